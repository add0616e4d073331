/// @file
/// Participants: who is in the room, as a snapshot has them.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_PARTICIPANT_HPP
#define VSDK_PARTICIPANT_HPP

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "detail.hpp"
#include "meeting_options.hpp"

namespace vsdk {

/// Somebody in the room; see MeetingSnapshot::participants(). Immutable: from any thread, several
/// at once. It outlives the snapshot; the next one has what changed.
class Participant : public detail::Object<VsdkParticipant> {
public:
    /// Takes over a handle of vsdk.h. Never throws.
    explicit Participant(VsdkParticipant *owned) noexcept : Object(owned) {}

    /// Its id.
    std::string id() const { return detail::text(vsdk_participant_id(native_handle())); }

    /// Its name.
    std::string name() const { return detail::text(vsdk_participant_name(native_handle())); }

    /// Whether it is the participant of this meeting object itself. Never throws.
    bool is_local() const noexcept { return vsdk_participant_is_local(native_handle()) != 0; }

    /// What it does with media; absent when the service did not say or named a mode that this
    /// version does not know. Never throws.
    std::optional<Mode> mode() const noexcept {
        const VsdkMode mode = vsdk_participant_mode(native_handle());
        return mode == 0 ? std::nullopt : std::optional<Mode>(static_cast<Mode>(mode));
    }

    /// What kind of participant it is. Never throws.
    PeerType peer_type() const noexcept {
        return static_cast<PeerType>(vsdk_participant_peer_type(native_handle()));
    }

    /// What it tells about itself, as a JSON object; absent when there is none.
    std::optional<std::string> metadata_json() const {
        return detail::optional_text(vsdk_participant_metadata_json(native_handle()));
    }

    /// Whether its microphone is on. Never throws.
    bool is_mic_on() const noexcept { return vsdk_participant_is_mic_on(native_handle()) != 0; }

    /// Whether its camera is on. Never throws.
    bool is_webcam_on() const noexcept {
        return vsdk_participant_is_webcam_on(native_handle()) != 0;
    }

    /// Whether it shares a screen. Never throws.
    bool is_screen_share_on() const noexcept {
        return vsdk_participant_is_screen_share_on(native_handle()) != 0;
    }

    /// Whether it shares the sound of what it shares. Never throws.
    bool is_screen_share_audio_on() const noexcept {
        return vsdk_participant_is_screen_share_audio_on(native_handle()) != 0;
    }

    /// Whether its camera is pinned. Never throws.
    bool is_camera_pinned() const noexcept {
        return vsdk_participant_is_camera_pinned(native_handle()) != 0;
    }

    /// Whether its shared screen is pinned. Never throws.
    bool is_screen_share_pinned() const noexcept {
        return vsdk_participant_is_screen_share_pinned(native_handle()) != 0;
    }

    /// What an agent is doing: "idle", "listening", "thinking" or "speaking"; absent when it told
    /// nothing.
    std::optional<std::string> agent_state() const {
        return detail::optional_text(vsdk_participant_agent_state(native_handle()));
    }

    /// When this meeting first saw it, the local participant: when it joined; absent before that.
    /// Never throws.
    std::optional<TimeMilliseconds> joined_at() const noexcept {
        const std::int64_t milliseconds = vsdk_participant_joined_at_ms(native_handle());
        return milliseconds == 0 ? std::nullopt
                                 : std::optional<TimeMilliseconds>(
                                       TimeMilliseconds(std::chrono::milliseconds(milliseconds)));
    }

    /// All of it, also what has no getter of its own: a JSON object.
    std::string json() const { return detail::text(vsdk_participant_json(native_handle())); }
};

} // namespace vsdk

#endif // VSDK_PARTICIPANT_HPP
