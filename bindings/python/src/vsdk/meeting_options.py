"""What a meeting is made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._native.calls import Owned, call, created, encoded, encoded_json, flag
from ._native.loading import lib
from .enumerations import AudioCodec, MaxResolution, Mode, PeerType, PreferredProtocol


def meeting_options(
    *,
    options: Mapping[str, Any] | None,
    meeting_id: str | None,
    token: str | None,
    participant_id: str | None,
    name: str | None,
    mic_enabled: bool | None,
    webcam_enabled: bool | None,
    metadata: Mapping[str, Any] | None,
    mode: Mode | None,
    preferred_protocol: PreferredProtocol | None,
    max_resolution: MaxResolution | None,
    audio_codec: AudioCodec | None,
    peer_type: PeerType | None,
    multi_stream: bool | None,
    auto_consume: bool | None,
    codec_switch_enabled: bool | None,
    batching_enabled: bool | None,
    debug_mode: bool | None,
    chat_enabled: bool | None,
    translation_language: str | None,
    speaking_language: str | None,
    device_info: Mapping[str, Any] | None,
    api_base_url: str | None,
    signaling_base_url: str | None,
) -> Owned:
    """Make the options of `init_meeting()`."""
    new = created(lib.vsdk_meeting_options_new, lib.vsdk_meeting_options_free)
    to = new.handle
    if options is not None:
        call(lib.vsdk_meeting_options_set_json, to, encoded_json(options, "options"))
    texts = (
        (lib.vsdk_meeting_options_set_meeting_id, meeting_id, "meeting_id"),
        (lib.vsdk_meeting_options_set_token, token, "token"),
        (lib.vsdk_meeting_options_set_participant_id, participant_id, "participant_id"),
        (lib.vsdk_meeting_options_set_name, name, "name"),
        (
            lib.vsdk_meeting_options_set_translation_language,
            translation_language,
            "translation_language",
        ),
        (lib.vsdk_meeting_options_set_speaking_language, speaking_language, "speaking_language"),
        (lib.vsdk_meeting_options_set_api_base_url, api_base_url, "api_base_url"),
        (lib.vsdk_meeting_options_set_signaling_base_url, signaling_base_url, "signaling_base_url"),
    )
    for setter, text, called in texts:
        if text is not None:
            call(setter, to, encoded(text, called))
    objects = (
        (lib.vsdk_meeting_options_set_metadata_json, metadata, "metadata"),
        (lib.vsdk_meeting_options_set_device_info_json, device_info, "device_info"),
    )
    for setter, value, called in objects:
        if value is not None:
            call(setter, to, encoded_json(value, called))
    flags = (
        (lib.vsdk_meeting_options_set_mic_enabled, mic_enabled, "mic_enabled"),
        (lib.vsdk_meeting_options_set_webcam_enabled, webcam_enabled, "webcam_enabled"),
        (lib.vsdk_meeting_options_set_multi_stream, multi_stream, "multi_stream"),
        (lib.vsdk_meeting_options_set_auto_consume, auto_consume, "auto_consume"),
        (
            lib.vsdk_meeting_options_set_codec_switch_enabled,
            codec_switch_enabled,
            "codec_switch_enabled",
        ),
        (lib.vsdk_meeting_options_set_batching_enabled, batching_enabled, "batching_enabled"),
        (lib.vsdk_meeting_options_set_debug_mode, debug_mode, "debug_mode"),
        (lib.vsdk_meeting_options_set_chat_enabled, chat_enabled, "chat_enabled"),
    )
    for set_flag, enabled, called in flags:
        if enabled is not None:
            call(set_flag, to, flag(enabled, called))
    choices = (
        (lib.vsdk_meeting_options_set_mode, mode),
        (lib.vsdk_meeting_options_set_preferred_protocol, preferred_protocol),
        (lib.vsdk_meeting_options_set_max_resolution, max_resolution),
        (lib.vsdk_meeting_options_set_audio_codec, audio_codec),
        (lib.vsdk_meeting_options_set_peer_type, peer_type),
    )
    for set_choice, choice in choices:
        if choice is not None:
            call(set_choice, to, choice)
    return new
