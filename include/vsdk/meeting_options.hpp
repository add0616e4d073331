/// @file
/// Meeting options: what initMeeting({...}) takes in the official SDKs.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_MEETING_OPTIONS_HPP
#define VSDK_MEETING_OPTIONS_HPP

#include <cstdint>

#include "detail.hpp"
#include "text.hpp"

namespace vsdk {

/// What a participant does with media.
enum class Mode : std::int32_t {
    /// Sends and receives: the default.
    send_and_recv = VSDK_MODE_SEND_AND_RECV,
    /// Receives only.
    recv_only = VSDK_MODE_RECV_ONLY,
    /// Neither: events, messages and moderation only.
    signalling_only = VSDK_MODE_SIGNALLING_ONLY,
};

/// How media travels.
enum class PreferredProtocol : std::int32_t {
    /// UDP, or TCP where UDP does not get through: the default.
    udp_over_tcp = VSDK_PREFERRED_PROTOCOL_UDP_OVER_TCP,
    /// UDP only.
    udp_only = VSDK_PREFERRED_PROTOCOL_UDP_ONLY,
    /// TCP only.
    tcp_only = VSDK_PREFERRED_PROTOCOL_TCP_ONLY,
};

/// The largest picture that the camera publishes.
enum class MaxResolution : std::int32_t {
    /// 1280 x 720: the default.
    hd = VSDK_MAX_RESOLUTION_HD,
    /// 640 x 360.
    sd = VSDK_MAX_RESOLUTION_SD,
};

/// The codec of published audio.
enum class AudioCodec : std::int32_t {
    /// Opus: the default.
    opus = VSDK_AUDIO_CODEC_OPUS,
    /// G.711 mu-law.
    pcmu = VSDK_AUDIO_CODEC_PCMU,
    /// G.711 A-law.
    pcma = VSDK_AUDIO_CODEC_PCMA,
    /// G.722.
    g722 = VSDK_AUDIO_CODEC_G722,
};

/// What kind of participant this is.
enum class PeerType : std::int32_t {
    /// A person or an ordinary program: the default.
    normal = VSDK_PEER_TYPE_NORMAL,
    /// An AI agent; others see it as one.
    agent = VSDK_PEER_TYPE_AGENT,
};

/// What a meeting is made from; only the meeting id is required. To be set by one thread at a
/// time.
class MeetingOptions : public detail::Object<VsdkMeetingOptions> {
public:
    /// The defaults. Throws Error (resource_exhausted).
    MeetingOptions() : Object(detail::create(vsdk_meeting_options_new)) {}

    /// Takes over a handle of vsdk.h. Never throws.
    explicit MeetingOptions(VsdkMeetingOptions *owned) noexcept : Object(owned) {}

    /// Sets everything that a JSON object names, with the names of the official SDKs: {"meetingId":
    /// "...", "micEnabled": true, "metaData": {...}, ...}. A null puts an option back to its
    /// default. All or nothing: a name that does not exist is an error. Throws Error
    /// (invalid_argument).
    MeetingOptions &set_json(const TextArg &json) {
        detail::call(vsdk_meeting_options_set_json, native_handle(), json.c_str());
        return *this;
    }

    /// The room to meet in: a room id of the service or a custom one, at most 1,024 bytes, not
    /// empty. Required. Throws Error (invalid_argument).
    MeetingOptions &set_meeting_id(const TextArg &meeting_id) {
        detail::call(vsdk_meeting_options_set_meeting_id, native_handle(), meeting_id.c_str());
        return *this;
    }

    /// The token of this meeting; absent for the configured one. It is looked at by init_meeting(),
    /// where room and participant are known.
    MeetingOptions &set_token(const TextArg &token) {
        detail::call(vsdk_meeting_options_set_token, native_handle(), token.c_str());
        return *this;
    }

    /// The participant's id, at most 1,024 bytes, not empty; absent for 8 random characters.
    /// Joining with an id removes whoever is in the room with it. Throws Error (invalid_argument).
    MeetingOptions &set_participant_id(const TextArg &participant_id) {
        detail::call(vsdk_meeting_options_set_participant_id, native_handle(),
                     participant_id.c_str());
        return *this;
    }

    /// The name that others see, at most 1,024 bytes, not empty; absent for 6 random characters.
    /// Throws Error (invalid_argument).
    MeetingOptions &set_name(const TextArg &name) {
        detail::call(vsdk_meeting_options_set_name, native_handle(), name.c_str());
        return *this;
    }

    /// Whether the microphone is wanted from the start, by default not. A library has no device of
    /// its own: publishing begins once a source is attached.
    MeetingOptions &set_mic_enabled(bool enabled) {
        detail::call(vsdk_meeting_options_set_mic_enabled, native_handle(), detail::flag(enabled));
        return *this;
    }

    /// Whether the camera is wanted from the start, by default not; as set_mic_enabled().
    MeetingOptions &set_webcam_enabled(bool enabled) {
        detail::call(vsdk_meeting_options_set_webcam_enabled, native_handle(),
                     detail::flag(enabled));
        return *this;
    }

    /// What others read about this participant: a JSON object of at most 64 KiB; absent for none.
    /// Throws Error (invalid_argument).
    MeetingOptions &set_metadata_json(const TextArg &json) {
        detail::call(vsdk_meeting_options_set_metadata_json, native_handle(), json.c_str());
        return *this;
    }

    /// What this participant does with media. Throws Error (invalid_argument) for an unknown value.
    MeetingOptions &set_mode(Mode mode) {
        detail::call(vsdk_meeting_options_set_mode, native_handle(), static_cast<VsdkMode>(mode));
        return *this;
    }

    /// How media travels. Throws Error (invalid_argument) for an unknown value.
    MeetingOptions &set_preferred_protocol(PreferredProtocol preferred_protocol) {
        detail::call(vsdk_meeting_options_set_preferred_protocol, native_handle(),
                     static_cast<VsdkPreferredProtocol>(preferred_protocol));
        return *this;
    }

    /// The largest picture that the camera publishes. Throws Error (invalid_argument) for an
    /// unknown value.
    MeetingOptions &set_max_resolution(MaxResolution max_resolution) {
        detail::call(vsdk_meeting_options_set_max_resolution, native_handle(),
                     static_cast<VsdkMaxResolution>(max_resolution));
        return *this;
    }

    /// The codec of published audio. Throws Error (invalid_argument) for an unknown value.
    MeetingOptions &set_audio_codec(AudioCodec audio_codec) {
        detail::call(vsdk_meeting_options_set_audio_codec, native_handle(),
                     static_cast<VsdkAudioCodec>(audio_codec));
        return *this;
    }

    /// What kind of participant this is. Throws Error (invalid_argument) for an unknown value.
    MeetingOptions &set_peer_type(PeerType peer_type) {
        detail::call(vsdk_meeting_options_set_peer_type, native_handle(),
                     static_cast<VsdkPeerType>(peer_type));
        return *this;
    }

    /// Whether the camera publishes several simulcast layers, as by default.
    MeetingOptions &set_multi_stream(bool enabled) {
        detail::call(vsdk_meeting_options_set_multi_stream, native_handle(), detail::flag(enabled));
        return *this;
    }

    /// Whether the media of others comes without asking for it, as by default; else with
    /// Meeting::subscribe_tracks().
    MeetingOptions &set_auto_consume(bool enabled) {
        detail::call(vsdk_meeting_options_set_auto_consume, native_handle(), detail::flag(enabled));
        return *this;
    }

    /// Whether the service may ask for another video codec during the meeting, as by default.
    MeetingOptions &set_codec_switch_enabled(bool enabled) {
        detail::call(vsdk_meeting_options_set_codec_switch_enabled, native_handle(),
                     detail::flag(enabled));
        return *this;
    }

    /// Whether the service may bundle what it tells about large rooms, as by default.
    MeetingOptions &set_batching_enabled(bool enabled) {
        detail::call(vsdk_meeting_options_set_batching_enabled, native_handle(),
                     detail::flag(enabled));
        return *this;
    }

    /// Whether the service may keep diagnostic data of this participant, as by default.
    MeetingOptions &set_debug_mode(bool enabled) {
        detail::call(vsdk_meeting_options_set_debug_mode, native_handle(), detail::flag(enabled));
        return *this;
    }

    /// Whether data channels are opened, as by default.
    MeetingOptions &set_chat_enabled(bool enabled) {
        detail::call(vsdk_meeting_options_set_chat_enabled, native_handle(), detail::flag(enabled));
        return *this;
    }

    /// The language into which the service translates for this participant, e.g. "en"; absent for
    /// none. Throws Error (invalid_argument).
    MeetingOptions &set_translation_language(const TextArg &translation_language) {
        detail::call(vsdk_meeting_options_set_translation_language, native_handle(),
                     translation_language.c_str());
        return *this;
    }

    /// The language that this participant speaks, e.g. "de"; absent for none. Throws Error
    /// (invalid_argument).
    MeetingOptions &set_speaking_language(const TextArg &speaking_language) {
        detail::call(vsdk_meeting_options_set_speaking_language, native_handle(),
                     speaking_language.c_str());
        return *this;
    }

    /// What the service keeps about the device, added to the library's own: a JSON object of at
    /// most 64 KiB; absent for none. Throws Error (invalid_argument).
    MeetingOptions &set_device_info_json(const TextArg &json) {
        detail::call(vsdk_meeting_options_set_device_info_json, native_handle(), json.c_str());
        return *this;
    }

    /// The base URL of the REST API for this meeting, e.g. "http://127.0.0.1:3000"; absent for the
    /// configured one. It is looked at by init_meeting().
    MeetingOptions &set_api_base_url(const TextArg &api_base_url) {
        detail::call(vsdk_meeting_options_set_api_base_url, native_handle(), api_base_url.c_str());
        return *this;
    }

    /// The signalling service for this meeting: a host, host:port or URL; absent for that of the
    /// API. It is looked at by init_meeting().
    MeetingOptions &set_signaling_base_url(const TextArg &signaling_base_url) {
        detail::call(vsdk_meeting_options_set_signaling_base_url, native_handle(),
                     signaling_base_url.c_str());
        return *this;
    }
};

} // namespace vsdk

#endif // VSDK_MEETING_OPTIONS_HPP
