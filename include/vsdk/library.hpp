/// @file
/// The library: version, its end, forks, and the counting of handles.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_LIBRARY_HPP
#define VSDK_LIBRARY_HPP

#include <cstdint>
#include <string_view>

#include "detail.hpp"
#include "timeout.hpp"

namespace vsdk {

/// A kind of handle, for counting.
enum class HandleKind : std::int32_t {
    /// All kinds together.
    all = VSDK_HANDLE_KIND_ALL,
    /// Error.
    error = VSDK_HANDLE_KIND_ERROR,
    /// Op.
    op = VSDK_HANDLE_KIND_OP,
    /// ConfigOptions.
    config_options = VSDK_HANDLE_KIND_CONFIG_OPTIONS,
    /// Token.
    token = VSDK_HANDLE_KIND_TOKEN,
    /// TokenMintOptions.
    token_mint_options = VSDK_HANDLE_KIND_TOKEN_MINT_OPTIONS,
    /// TokenFetchOptions.
    token_fetch_options = VSDK_HANDLE_KIND_TOKEN_FETCH_OPTIONS,
    /// TokenReport.
    token_report = VSDK_HANDLE_KIND_TOKEN_REPORT,
    /// RequestOptions.
    request_options = VSDK_HANDLE_KIND_REQUEST_OPTIONS,
    /// RoomOptions.
    room_options = VSDK_HANDLE_KIND_ROOM_OPTIONS,
    /// RoomListOptions.
    room_list_options = VSDK_HANDLE_KIND_ROOM_LIST_OPTIONS,
    /// Room.
    room = VSDK_HANDLE_KIND_ROOM,
    /// RoomList.
    room_list = VSDK_HANDLE_KIND_ROOM_LIST,
    /// MeetingOptions.
    meeting_options = VSDK_HANDLE_KIND_MEETING_OPTIONS,
    /// Meeting.
    meeting = VSDK_HANDLE_KIND_MEETING,
    /// MeetingSnapshot.
    meeting_snapshot = VSDK_HANDLE_KIND_MEETING_SNAPSHOT,
    /// Event.
    event = VSDK_HANDLE_KIND_EVENT,
    /// Participant.
    participant = VSDK_HANDLE_KIND_PARTICIPANT,
    /// PublishOptions.
    publish_options = VSDK_HANDLE_KIND_PUBLISH_OPTIONS,
    /// ServiceOptions.
    service_options = VSDK_HANDLE_KIND_SERVICE_OPTIONS,
    /// A text or bytes on the way to the program; no class holds it.
    content = VSDK_HANDLE_KIND_CONTENT,
    /// TrackOptions.
    track_options = VSDK_HANDLE_KIND_TRACK_OPTIONS,
    /// LocalTrack.
    local_track = VSDK_HANDLE_KIND_LOCAL_TRACK,
    /// RemoteTrack.
    remote_track = VSDK_HANDLE_KIND_REMOTE_TRACK,
    /// ReceivedFrame.
    received_frame = VSDK_HANDLE_KIND_RECEIVED_FRAME,
    /// MediaStatistics.
    media_statistics = VSDK_HANDLE_KIND_MEDIA_STATISTICS,
    /// AudioInput.
    audio_input = VSDK_HANDLE_KIND_AUDIO_INPUT,
    /// AudioOutput.
    audio_output = VSDK_HANDLE_KIND_AUDIO_OUTPUT,
    /// VideoInput.
    video_input = VSDK_HANDLE_KIND_VIDEO_INPUT,
    /// VideoOutput.
    video_output = VSDK_HANDLE_KIND_VIDEO_OUTPUT,
    /// ReceivedPicture.
    received_picture = VSDK_HANDLE_KIND_RECEIVED_PICTURE,
    /// What list_devices() reads.
    device_list = VSDK_HANDLE_KIND_DEVICE_LIST,
    /// AudioDevice.
    audio_device = VSDK_HANDLE_KIND_AUDIO_DEVICE,
};

/// The version of the library that is loaded, e.g. "0.1.0"; VSDK_VERSION is that of the header.
/// Never throws. From any thread.
inline std::string_view version() noexcept { return vsdk_version(); }

/// The ABI number of the library that is loaded; VSDK_ABI_VERSION is that of the header.
/// Never throws. From any thread.
inline std::int32_t abi_version() noexcept { return vsdk_abi_version(); }

/// Checks that header and library fit together. Throws Error (abi_mismatch) when they do not.
/// Everything that can throw does this by itself before its first use. From any thread.
inline void check_abi() { detail::call(vsdk_check_abi, VSDK_ABI_VERSION); }

/// Ends everything that runs: operations complete with Status::shutdown, meetings end, the
/// callbacks that are due are made, all threads of the library stop. Objects stay valid, and the
/// library may be used again.
///
/// Blocks at most `timeout`. Throws Error (timeout; would_deadlock inside a callback). From any
/// thread.
inline void shutdown(Timeout timeout = default_timeout) {
    detail::call(vsdk_shutdown, timeout.c_value());
}

/// Makes the library usable in a forked child, from nothing: objects of the parent are of no use
/// here, and destroying them does nothing.
///
/// Throws Error (invalid_state outside a forked child; resource_exhausted). From any thread.
inline void after_fork_child() {
    // Before the check of the ABI, which a forked child cannot pass.
    VsdkError *error = nullptr;
    const VsdkStatus status = vsdk_after_fork_child(&error);
    if (status < 0)
        detail::raise(status, error);
}

/// How many handles are live; a program that has destroyed all its objects ends with 0.
/// Never throws. From any thread.
inline std::int64_t live_handles(HandleKind kind = HandleKind::all) noexcept {
    return vsdk_debug_live_handles(static_cast<VsdkHandleKind>(kind));
}

} // namespace vsdk

#endif // VSDK_LIBRARY_HPP
