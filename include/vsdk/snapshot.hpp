/// @file
/// Snapshots: all of a meeting at one moment.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_SNAPSHOT_HPP
#define VSDK_SNAPSHOT_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "detail.hpp"
#include "meeting_options.hpp"
#include "participant.hpp"
#include "service.hpp"

namespace vsdk {

/// Where a meeting stands.
enum class MeetingState : std::int32_t {
    /// Made, not joined.
    initialised = VSDK_MEETING_STATE_INITIALISED,
    /// Joining.
    connecting = VSDK_MEETING_STATE_CONNECTING,
    /// Waits until somebody in the room lets it in.
    waiting_entry = VSDK_MEETING_STATE_WAITING_ENTRY,
    /// In the room.
    connected = VSDK_MEETING_STATE_CONNECTED,
    /// Lost the connection and is making a new one.
    reconnecting = VSDK_MEETING_STATE_RECONNECTING,
    /// Leaving.
    leaving = VSDK_MEETING_STATE_LEAVING,
    /// Has left: the end.
    left = VSDK_MEETING_STATE_LEFT,
    /// Could not join or lost the connection for good.
    failed = VSDK_MEETING_STATE_FAILED,
};

/// All of a meeting at one moment. Immutable: from any thread, several at once. Take another one
/// to see what has changed.
class MeetingSnapshot : public detail::Object<VsdkMeetingSnapshot> {
public:
    /// Takes over a handle of vsdk.h. Never throws.
    explicit MeetingSnapshot(VsdkMeetingSnapshot *owned) noexcept : Object(owned) {}

    /// Where the meeting stands. Never throws.
    MeetingState state() const noexcept {
        return static_cast<MeetingState>(vsdk_meeting_snapshot_state(native_handle()));
    }

    /// The room's id, as it was given.
    std::string meeting_id() const {
        return detail::text(vsdk_meeting_snapshot_meeting_id(native_handle()));
    }

    /// The local participant's id.
    std::string participant_id() const {
        return detail::text(vsdk_meeting_snapshot_participant_id(native_handle()));
    }

    /// The local participant's name.
    std::string name() const { return detail::text(vsdk_meeting_snapshot_name(native_handle())); }

    /// Whether the microphone is wanted. Never throws.
    bool mic_enabled() const noexcept {
        return vsdk_meeting_snapshot_mic_enabled(native_handle()) != 0;
    }

    /// Whether the camera is wanted. Never throws.
    bool webcam_enabled() const noexcept {
        return vsdk_meeting_snapshot_webcam_enabled(native_handle()) != 0;
    }

    /// What the local participant does with media. Never throws.
    Mode mode() const noexcept {
        return static_cast<Mode>(vsdk_meeting_snapshot_mode(native_handle()));
    }

    /// What others read about the local participant, as a JSON object; absent when there is none.
    std::optional<std::string> metadata_json() const {
        return detail::optional_text(vsdk_meeting_snapshot_metadata_json(native_handle()));
    }

    /// Who is in the room: the local participant first, then in the order in which they were seen.
    /// Only the local one while the meeting is not joined.
    std::vector<Participant> participants() const {
        const std::size_t count = vsdk_meeting_snapshot_participant_count(native_handle());
        std::vector<Participant> participants;
        participants.reserve(count);
        for (std::size_t index = 0; index < count; ++index)
            participants.push_back(detail::make<Participant>(vsdk_meeting_snapshot_participant,
                                                             native_handle(), index));
        return participants;
    }

    /// Up to which event it is: what events with a greater Event::sequence() tell has happened
    /// since. 0 before the first. Never throws.
    std::int64_t event_sequence() const noexcept {
        return vsdk_meeting_snapshot_event_sequence(native_handle());
    }

    /// The id of the participant who speaks; absent when nobody does.
    std::optional<std::string> active_speaker_id() const {
        return detail::optional_text(vsdk_meeting_snapshot_active_speaker_id(native_handle()));
    }

    /// The session that the service counts this meeting to; absent before it was told.
    std::optional<std::string> session_id() const {
        return detail::optional_text(vsdk_meeting_snapshot_session_id(native_handle()));
    }

    /// How far a service is; absent when nothing was told of it. Never throws.
    std::optional<ServiceState> service_state(ServiceKind kind) const noexcept {
        const VsdkServiceState state = vsdk_meeting_snapshot_service_state(
            native_handle(), static_cast<VsdkServiceKind>(kind));
        return state == 0 ? std::nullopt
                          : std::optional<ServiceState>(static_cast<ServiceState>(state));
    }

    /// When the token's life is over; absent when it has no end.
    std::optional<TimeSeconds> token_expires_at() const noexcept {
        return detail::optional_time(vsdk_meeting_snapshot_token_expires_at_s(native_handle()));
    }

    /// All of it, also what has no getter of its own: a JSON object.
    std::string json() const { return detail::text(vsdk_meeting_snapshot_json(native_handle())); }
};

} // namespace vsdk

#endif // VSDK_SNAPSHOT_HPP
