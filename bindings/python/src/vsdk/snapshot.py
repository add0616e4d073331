"""Snapshots: all of a meeting at one moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ._native.calls import Owned, call, optional_json, optional_text, optional_time, text
from ._native.functions import Handle
from ._native.loading import lib
from .enumerations import MeetingState, Mode, ServiceKind, ServiceState
from .participant import Participant


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

    participants: tuple[Participant, ...]
    """Who is in the room: the local participant first, then in the order in which they were seen.
    Before the meeting is joined, the local one alone."""

    event_sequence: int
    """Up to which event it is: what events with greater numbers tell has happened since. 0 before
    the first."""

    active_speaker_id: str | None
    """The id of the participant who speaks; None when nobody does."""

    session_id: str | None
    """The session that the service counts this meeting to; None before it was told."""

    token_expires_at: datetime | None
    """When the life of the meeting's token is over (UTC); None when it has no end."""

    json: str = field(repr=False)
    """All of it, also what has no field of its own: a JSON object."""

    _service_states: dict[ServiceKind, ServiceState] = field(repr=False, hash=False)

    def service_state(self, kind: ServiceKind) -> ServiceState | None:
        """Tell how far a service is; None when nothing was told of it."""
        return self._service_states.get(kind)

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
            participants=_participants(handle),
            event_sequence=lib.vsdk_meeting_snapshot_event_sequence(handle),
            active_speaker_id=optional_text(lib.vsdk_meeting_snapshot_active_speaker_id(handle)),
            session_id=optional_text(lib.vsdk_meeting_snapshot_session_id(handle)),
            token_expires_at=optional_time(lib.vsdk_meeting_snapshot_token_expires_at_s(handle)),
            json=text(lib.vsdk_meeting_snapshot_json(handle)),
            _service_states=_service_states(handle),
        )


def _service_states(snapshot: Handle) -> dict[ServiceKind, ServiceState]:
    told = ((it, lib.vsdk_meeting_snapshot_service_state(snapshot, it)) for it in ServiceKind)
    return {kind: ServiceState(state) for kind, state in told if state != 0}


def _participants(snapshot: Handle) -> tuple[Participant, ...]:
    participants = []
    for index in range(lib.vsdk_meeting_snapshot_participant_count(snapshot)):
        with Owned(lib.vsdk_participant_free) as participant:
            call(lib.vsdk_meeting_snapshot_participant, snapshot, index, participant.out)
            participants.append(Participant._read(participant.handle))
    return tuple(participants)
