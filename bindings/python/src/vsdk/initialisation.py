"""How a meeting begins: with its options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._native.calls import call
from ._native.loading import lib
from .enumerations import AudioCodec, MaxResolution, Mode, PeerType, PreferredProtocol
from .meeting import Meeting
from .meeting_handle import OwnedMeeting
from .meeting_options import meeting_options


def init_meeting(
    meeting_id: str | None = None,
    *,
    name: str | None = None,
    participant_id: str | None = None,
    mic_enabled: bool | None = None,
    webcam_enabled: bool | None = None,
    metadata: Mapping[str, Any] | None = None,
    mode: Mode | None = None,
    preferred_protocol: PreferredProtocol | None = None,
    max_resolution: MaxResolution | None = None,
    audio_codec: AudioCodec | None = None,
    peer_type: PeerType | None = None,
    multi_stream: bool | None = None,
    auto_consume: bool | None = None,
    codec_switch_enabled: bool | None = None,
    batching_enabled: bool | None = None,
    debug_mode: bool | None = None,
    chat_enabled: bool | None = None,
    translation_language: str | None = None,
    speaking_language: str | None = None,
    device_info: Mapping[str, Any] | None = None,
    token: str | None = None,
    api_base_url: str | None = None,
    signaling_base_url: str | None = None,
    options: Mapping[str, Any] | None = None,
) -> Meeting:
    """Make a meeting, like `VideoSDK.initMeeting({...})`; None stands for the defaults.

    Checks everything that can be checked without a network: the options, and whether the token can
    join this room as this participant. The first event is the change to
    `MeetingState.INITIALISED`; warnings about the token follow. Does not wait. From any thread.

    Args:
        meeting_id: The room to meet in: a room id of the service or a custom one. Required, here or
            in `options`.
        name: The name that others see; by default 6 random characters.
        participant_id: The participant's id; by default 8 random characters. Joining with an id
            removes whoever is in the room with it.
        mic_enabled: Whether the microphone is wanted from the start, by default not. A library has
            no device of its own: publishing begins once a source is attached.
        webcam_enabled: Whether the camera is wanted from the start, by default not.
        metadata: What others read about this participant: at most 64 KiB as JSON.
        mode: What this participant does with media; by default it sends and receives.
        preferred_protocol: How media travels; by default UDP, or TCP where that is blocked.
        max_resolution: The largest picture that the camera publishes; by default HD.
        audio_codec: The codec of published audio; by default Opus.
        peer_type: What kind of participant this is; by default a person or ordinary program.
        multi_stream: Whether the camera publishes several simulcast layers, as by default.
        auto_consume: Whether the media of others comes without asking for it, as by default.
        codec_switch_enabled: Whether the service may ask for another video codec during the
            meeting, as by default.
        batching_enabled: Whether the service may bundle what it tells about large rooms, as by
            default.
        debug_mode: Whether the service may keep diagnostic data of this participant, as by default.
        chat_enabled: Whether data channels are opened, as by default.
        translation_language: Into which language the service translates, e.g. "en".
        speaking_language: Which language this participant speaks, e.g. "de".
        device_info: What the service keeps about the device, added to the library's own: at most
            64 KiB as JSON.
        token: The token of this meeting in place of the configured one.
        api_base_url: The base URL of the REST API for this meeting in place of the configured one.
        signaling_base_url: The signalling service for this meeting: a host, host:port or URL.
        options: The same with the names of the official SDKs, `{"meetingId": ..., "micEnabled":
            True, ...}`; the arguments above come first.

    Raises:
        InvalidArgumentError: An option is missing or not allowed.
        TokenError: There is no token, or it cannot join this room as this participant.
        NetworkError: A base URL with plain http that leads to another machine.

    """
    new = meeting_options(
        options=options,
        meeting_id=meeting_id,
        token=token,
        participant_id=participant_id,
        name=name,
        mic_enabled=mic_enabled,
        webcam_enabled=webcam_enabled,
        metadata=metadata,
        mode=mode,
        preferred_protocol=preferred_protocol,
        max_resolution=max_resolution,
        audio_codec=audio_codec,
        peer_type=peer_type,
        multi_stream=multi_stream,
        auto_consume=auto_consume,
        codec_switch_enabled=codec_switch_enabled,
        batching_enabled=batching_enabled,
        debug_mode=debug_mode,
        chat_enabled=chat_enabled,
        translation_language=translation_language,
        speaking_language=speaking_language,
        device_info=device_info,
        api_base_url=api_base_url,
        signaling_base_url=signaling_base_url,
    )
    with new:
        owned = OwnedMeeting(lib.vsdk_meeting_free)
        call(lib.vsdk_init_meeting, new.handle, owned.out)
        return Meeting(owned)
