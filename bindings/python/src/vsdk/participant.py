"""Participants: who is in the room."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ._native.calls import optional_json, optional_text, text, time_of_ms
from ._native.functions import Handle
from ._native.loading import lib
from .enumerations import Mode, PeerType


@dataclass(frozen=True)
class Participant:
    """Somebody in the room, as a snapshot has them; the next snapshot has what changed."""

    id: str
    """The participant's id."""

    name: str
    """The name that others see."""

    is_local: bool
    """Whether it is the participant of this meeting object itself."""

    mode: Mode | None
    """What it does with media; None when that is not known."""

    peer_type: PeerType
    """What kind of participant it is."""

    metadata: dict[str, Any] | None = field(hash=False)
    """What it tells about itself; None when there is nothing."""

    is_mic_on: bool
    """Whether its microphone is on."""

    is_webcam_on: bool
    """Whether its camera is on."""

    is_screen_share_on: bool
    """Whether it shares a screen."""

    is_screen_share_audio_on: bool
    """Whether it shares the sound of what it shares."""

    is_camera_pinned: bool
    """Whether its camera is pinned."""

    is_screen_share_pinned: bool
    """Whether its shared screen is pinned."""

    agent_state: str | None
    """What an agent is doing: "idle", "listening", "thinking" or "speaking"; None when it told
    nothing."""

    joined_at: datetime | None
    """When this meeting first saw it, the local participant: when it joined (UTC); None before."""

    json: str = field(repr=False)
    """All of it, also what has no field of its own: a JSON object."""

    @classmethod
    def _read(cls, handle: Handle) -> Participant:
        mode = lib.vsdk_participant_mode(handle)
        joined_at_ms = lib.vsdk_participant_joined_at_ms(handle)
        return cls(
            id=text(lib.vsdk_participant_id(handle)),
            name=text(lib.vsdk_participant_name(handle)),
            is_local=lib.vsdk_participant_is_local(handle) != 0,
            mode=None if mode == 0 else Mode(mode),
            peer_type=PeerType(lib.vsdk_participant_peer_type(handle)),
            metadata=optional_json(lib.vsdk_participant_metadata_json(handle)),
            is_mic_on=lib.vsdk_participant_is_mic_on(handle) != 0,
            is_webcam_on=lib.vsdk_participant_is_webcam_on(handle) != 0,
            is_screen_share_on=lib.vsdk_participant_is_screen_share_on(handle) != 0,
            is_screen_share_audio_on=lib.vsdk_participant_is_screen_share_audio_on(handle) != 0,
            is_camera_pinned=lib.vsdk_participant_is_camera_pinned(handle) != 0,
            is_screen_share_pinned=lib.vsdk_participant_is_screen_share_pinned(handle) != 0,
            agent_state=optional_text(lib.vsdk_participant_agent_state(handle)),
            joined_at=None if joined_at_ms == 0 else time_of_ms(joined_at_ms),
            json=text(lib.vsdk_participant_json(handle)),
        )
