/// @file
/// Events: what a meeting tells.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_EVENT_HPP
#define VSDK_EVENT_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "detail.hpp"
#include "snapshot.hpp"

namespace vsdk {

/// What kind of event it is. Ignore those that are unknown.
enum class EventType : std::int32_t {
    /// The meeting is in another state: `code` is its number (a MeetingState), `text` its name.
    /// When it ended by itself, `status` says why.
    state_changed = VSDK_EVENT_TYPE_STATE_CHANGED,
    /// The token works, but not for long or not as one would think: `code` is the number of the
    /// finding (a TokenFinding), `text` explains it and says what to do.
    token_warning = VSDK_EVENT_TYPE_TOKEN_WARNING,
    /// The token's life is over in a minute or less: `code` is the seconds left. Hand in a fresh
    /// one with Meeting::set_token().
    token_expiring = VSDK_EVENT_TYPE_TOKEN_EXPIRING,
    /// Events were lost because they were not read: `code` is how many. Read the snapshot again.
    overflow = VSDK_EVENT_TYPE_OVERFLOW,
    /// Something is not as it should be, but the meeting goes on.
    warning = VSDK_EVENT_TYPE_WARNING,
    /// The service reported an error.
    error = VSDK_EVENT_TYPE_ERROR,
    /// The connection was lost and is made anew.
    reconnecting = VSDK_EVENT_TYPE_RECONNECTING,
    /// This participant is no longer in the room.
    meeting_left = VSDK_EVENT_TYPE_MEETING_LEFT,
    /// The service told something that this version does not know.
    unknown = VSDK_EVENT_TYPE_UNKNOWN,
    /// Somebody is in the room.
    participant_joined = VSDK_EVENT_TYPE_PARTICIPANT_JOINED,
    /// Somebody is no longer in the room.
    participant_left = VSDK_EVENT_TYPE_PARTICIPANT_LEFT,
    /// Somebody has another name.
    participant_name_changed = VSDK_EVENT_TYPE_PARTICIPANT_NAME_CHANGED,
    /// Somebody does something else with media.
    participant_mode_changed = VSDK_EVENT_TYPE_PARTICIPANT_MODE_CHANGED,
    /// Somebody tells something else about itself.
    participant_metadata_changed = VSDK_EVENT_TYPE_PARTICIPANT_METADATA_CHANGED,
    /// Somebody began or stopped to send.
    media_state_changed = VSDK_EVENT_TYPE_MEDIA_STATE_CHANGED,
    /// Somebody else speaks, or nobody.
    active_speaker_changed = VSDK_EVENT_TYPE_ACTIVE_SPEAKER_CHANGED,
    /// Somebody was pinned or unpinned for everybody.
    pin_state_changed = VSDK_EVENT_TYPE_PIN_STATE_CHANGED,
    /// Somebody asks to be let in.
    entry_requested = VSDK_EVENT_TYPE_ENTRY_REQUESTED,
    /// It was decided whether somebody is let in.
    entry_responded = VSDK_EVENT_TYPE_ENTRY_RESPONDED,
    /// Somebody asks this participant to switch its microphone on.
    mic_requested = VSDK_EVENT_TYPE_MIC_REQUESTED,
    /// Somebody asks this participant to switch its camera on.
    webcam_requested = VSDK_EVENT_TYPE_WEBCAM_REQUESTED,
    /// Somebody asks this participant to go on in another meeting.
    switch_requested = VSDK_EVENT_TYPE_SWITCH_REQUESTED,
    /// A message came on a topic that is subscribed.
    message = VSDK_EVENT_TYPE_MESSAGE,
    /// A value that is observed has changed.
    store_value_changed = VSDK_EVENT_TYPE_STORE_VALUE_CHANGED,
    /// The recording is in another state.
    recording_state_changed = VSDK_EVENT_TYPE_RECORDING_STATE_CHANGED,
    /// The livestream is in another state.
    livestream_state_changed = VSDK_EVENT_TYPE_LIVESTREAM_STATE_CHANGED,
    /// The HLS stream is in another state.
    hls_state_changed = VSDK_EVENT_TYPE_HLS_STATE_CHANGED,
    /// The transcription is in another state.
    transcription_state_changed = VSDK_EVENT_TYPE_TRANSCRIPTION_STATE_CHANGED,
    /// The translation is in another state.
    translation_state_changed = VSDK_EVENT_TYPE_TRANSLATION_STATE_CHANGED,
    /// The whiteboard is in another state.
    whiteboard_state_changed = VSDK_EVENT_TYPE_WHITEBOARD_STATE_CHANGED,
    /// Somebody said something.
    transcription_text = VSDK_EVENT_TYPE_TRANSCRIPTION_TEXT,
    /// Somebody said something, translated.
    translation_text = VSDK_EVENT_TYPE_TRANSLATION_TEXT,
    /// Somebody wants translations in another language.
    translation_language_changed = VSDK_EVENT_TYPE_TRANSLATION_LANGUAGE_CHANGED,
    /// An agent does something else.
    agent_state_changed = VSDK_EVENT_TYPE_AGENT_STATE_CHANGED,
    /// An agent heard or said something.
    agent_transcript = VSDK_EVENT_TYPE_AGENT_TRANSCRIPT,
    /// Figures of an agent.
    agent_metrics = VSDK_EVENT_TYPE_AGENT_METRICS,
    /// A character joined.
    character_joined = VSDK_EVENT_TYPE_CHARACTER_JOINED,
    /// A character left.
    character_left = VSDK_EVENT_TYPE_CHARACTER_LEFT,
    /// A character is in another state.
    character_state_changed = VSDK_EVENT_TYPE_CHARACTER_STATE_CHANGED,
    /// A character said something.
    character_message = VSDK_EVENT_TYPE_CHARACTER_MESSAGE,
    /// Somebody said something to a character.
    character_user_message = VSDK_EVENT_TYPE_CHARACTER_USER_MESSAGE,
    /// A character sent data.
    character_data = VSDK_EVENT_TYPE_CHARACTER_DATA,
    /// A character failed.
    character_error = VSDK_EVENT_TYPE_CHARACTER_ERROR,
    /// A connection to another meeting was opened.
    connection_opened = VSDK_EVENT_TYPE_CONNECTION_OPENED,
    /// A connection to another meeting was closed.
    connection_closed = VSDK_EVENT_TYPE_CONNECTION_CLOSED,
    /// Somebody in a connected meeting wrote something.
    connection_message = VSDK_EVENT_TYPE_CONNECTION_MESSAGE,
    /// Somebody joined a connected meeting.
    connection_participant_joined = VSDK_EVENT_TYPE_CONNECTION_PARTICIPANT_JOINED,
    /// Somebody left a connected meeting.
    connection_participant_left = VSDK_EVENT_TYPE_CONNECTION_PARTICIPANT_LEFT,
    /// Media is relayed to another meeting.
    media_relay_started = VSDK_EVENT_TYPE_MEDIA_RELAY_STARTED,
    /// Media is no longer relayed to another meeting.
    media_relay_stopped = VSDK_EVENT_TYPE_MEDIA_RELAY_STOPPED,
    /// Media could not be relayed to another meeting.
    media_relay_error = VSDK_EVENT_TYPE_MEDIA_RELAY_ERROR,
    /// Somebody in another meeting asks to relay its media to this one.
    media_relay_requested = VSDK_EVENT_TYPE_MEDIA_RELAY_REQUESTED,
    /// Another meeting answered to the wish to relay media there.
    media_relay_responded = VSDK_EVENT_TYPE_MEDIA_RELAY_RESPONDED,
    /// Somebody sends a track that can be received now.
    track_added = VSDK_EVENT_TYPE_TRACK_ADDED,
    /// A track is no longer sent.
    track_removed = VSDK_EVENT_TYPE_TRACK_REMOVED,
    /// A track rests: its sender has paused it.
    track_paused = VSDK_EVENT_TYPE_TRACK_PAUSED,
    /// A track goes on.
    track_resumed = VSDK_EVENT_TYPE_TRACK_RESUMED,
    /// A track comes in another size or rate.
    track_layers_changed = VSDK_EVENT_TYPE_TRACK_LAYERS_CHANGED,
    /// One of this participant's own tracks is sent from now on.
    track_published = VSDK_EVENT_TYPE_TRACK_PUBLISHED,
    /// One of this participant's own tracks is no longer sent.
    track_unpublished = VSDK_EVENT_TYPE_TRACK_UNPUBLISHED,
    /// One of this participant's own tracks cannot be sent.
    track_failed = VSDK_EVENT_TYPE_TRACK_FAILED,
    /// The options of the meeting want a microphone or a camera, but there is no track to send.
    source_missing = VSDK_EVENT_TYPE_SOURCE_MISSING,
    /// Somebody cannot decode one of this participant's own tracks without a key frame: make one.
    key_frame_requested = VSDK_EVENT_TYPE_KEY_FRAME_REQUESTED,
    /// The network allows something else for one of this participant's own tracks.
    encoder_target_changed = VSDK_EVENT_TYPE_ENCODER_TARGET_CHANGED,
    /// The network limits one of this participant's own pictures, or no longer does.
    quality_limitation_changed = VSDK_EVENT_TYPE_QUALITY_LIMITATION_CHANGED,
    /// The way for media is another one.
    transport_state_changed = VSDK_EVENT_TYPE_TRANSPORT_STATE_CHANGED,
    /// Data came.
    data = VSDK_EVENT_TYPE_DATA,
    /// Microphones or speakers came or went, or another one is the default.
    devices_changed = VSDK_EVENT_TYPE_DEVICES_CHANGED,
    /// A microphone or speaker could not be opened, or does not work any more.
    device_failed = VSDK_EVENT_TYPE_DEVICE_FAILED,
};

/// One event of a meeting. Immutable: from any thread, several at once.
class Event : public detail::Object<VsdkEvent> {
public:
    /// Takes over a handle of vsdk.h. Never throws.
    explicit Event(VsdkEvent *owned) noexcept : Object(owned) {}

    /// What kind of event it is; be ready for kinds that are not known yet. Never throws.
    EventType type() const noexcept {
        return static_cast<EventType>(vsdk_event_type(native_handle()));
    }

    /// The stable name of its type, e.g. "STATE_CHANGED".
    std::string type_name() const { return detail::text(vsdk_event_type_name(native_handle())); }

    /// Its number in the order of this meeting's events, from 1. A gap means lost events. Never
    /// throws.
    std::int64_t sequence() const noexcept { return vsdk_event_sequence(native_handle()); }

    /// When it happened. Never throws.
    TimeMilliseconds time() const noexcept {
        return TimeMilliseconds(std::chrono::milliseconds(vsdk_event_time_ms(native_handle())));
    }

    /// Whom it is about or from; absent when it is about nobody.
    std::optional<std::string> participant_id() const {
        return detail::optional_text(vsdk_event_participant_id(native_handle()));
    }

    /// What that participant was called at that moment; absent when it is about nobody, or nothing
    /// told the name.
    std::optional<std::string> participant_name() const {
        return detail::optional_text(vsdk_event_participant_name(native_handle()));
    }

    /// Which track it is about; absent when it is about none.
    std::optional<std::string> track_id() const {
        return detail::optional_text(vsdk_event_track_id(native_handle()));
    }

    /// A number whose meaning depends on the type; 0 when there is none. Never throws.
    std::int32_t code() const noexcept { return vsdk_event_code(native_handle()); }

    /// The new state, when it is an EventType::state_changed; else absent. Never throws.
    std::optional<MeetingState> state() const noexcept {
        if (type() != EventType::state_changed)
            return std::nullopt;
        return static_cast<MeetingState>(code());
    }

    /// A text whose meaning depends on the type; absent when there is none.
    std::optional<std::string> text() const {
        return detail::optional_text(vsdk_event_text(native_handle()));
    }

    /// The failure behind it; Status::ok when there is none. Never throws.
    Status status() const noexcept {
        return static_cast<Status>(vsdk_event_status(native_handle()));
    }

    /// Bytes whose meaning depends on the type; mostly none.
    std::vector<std::uint8_t> payload() const {
        const std::uint8_t *bytes = nullptr;
        std::size_t length = 0;
        detail::call(vsdk_event_payload, native_handle(), &bytes, &length);
        if (bytes == nullptr)
            return {};
        return std::vector<std::uint8_t>(bytes, bytes + length);
    }

    /// All of it, also what has no getter of its own: a JSON object.
    std::string json() const { return detail::text(vsdk_event_json(native_handle())); }
};

} // namespace vsdk

#endif // VSDK_EVENT_HPP
