"""Snapshots: all of a meeting at one moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ._native.calls import optional_json, optional_time, text
from ._native.functions import Handle
from ._native.loading import lib
from .enumerations import MeetingState, Mode


@dataclass(frozen=True)
class MeetingSnapshot:
    """All of a meeting at one moment. Take another one to see what has changed."""

    state: MeetingState
    """Where the meeting stands."""

    meeting_id: str
    """The room's id, as it was given."""

    participant_id: str
    """The local participant's id."""

    name: str
    """The local participant's name."""

    mic_enabled: bool
    """Whether the microphone is wanted."""

    webcam_enabled: bool
    """Whether the camera is wanted."""

    mode: Mode
    """What the local participant does with media."""

    metadata: dict[str, Any] | None = field(hash=False)
    """What others read about the local participant; None when there is nothing."""

    token_expires_at: datetime | None
    """When the life of the meeting's token is over (UTC); None when it has no end."""

    json: str = field(repr=False)
    """All of it, also what has no field of its own: a JSON object."""

    @classmethod
    def _read(cls, handle: Handle) -> MeetingSnapshot:
        return cls(
            state=MeetingState(lib.vsdk_meeting_snapshot_state(handle)),
            meeting_id=text(lib.vsdk_meeting_snapshot_meeting_id(handle)),
            participant_id=text(lib.vsdk_meeting_snapshot_participant_id(handle)),
            name=text(lib.vsdk_meeting_snapshot_name(handle)),
            mic_enabled=lib.vsdk_meeting_snapshot_mic_enabled(handle) != 0,
            webcam_enabled=lib.vsdk_meeting_snapshot_webcam_enabled(handle) != 0,
            mode=Mode(lib.vsdk_meeting_snapshot_mode(handle)),
            metadata=optional_json(lib.vsdk_meeting_snapshot_metadata_json(handle)),
            token_expires_at=optional_time(lib.vsdk_meeting_snapshot_token_expires_at_s(handle)),
            json=text(lib.vsdk_meeting_snapshot_json(handle)),
        )
