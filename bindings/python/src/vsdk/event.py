"""Events: what a meeting tells."""

from __future__ import annotations

from ctypes import byref, c_size_t, c_void_p, string_at
from dataclasses import dataclass, field
from datetime import datetime

from ._native.calls import call, optional_text, text, time_of_ms
from ._native.functions import Handle
from ._native.loading import lib
from .enumerations import EventType, MeetingState, Status


@dataclass(frozen=True)
class Event:
    """One event of a meeting."""

    type: EventType
    """What kind of event it is; be ready for kinds that are not known yet."""

    type_name: str
    """The stable name of its type, e.g. "STATE_CHANGED"."""

    sequence: int
    """Its number in the order of this meeting's events, from 1. A gap means lost events."""

    time: datetime
    """When it happened (UTC)."""

    participant_id: str | None
    """Whom it is about or from; None when it is about nobody."""

    participant_name: str | None
    """What that participant was called at that moment; None when nothing told the name."""

    track_id: str | None
    """Which track it is about; None when it is about none."""

    code: int
    """A number whose meaning depends on the type; 0 when there is none."""

    text: str | None
    """A text whose meaning depends on the type; None when there is none."""

    status: Status
    """The failure behind it; `Status.OK` when there is none."""

    payload: bytes = field(repr=False)
    """Bytes whose meaning depends on the type; mostly none."""

    json: str = field(repr=False)
    """All of it, also what has no field of its own: a JSON object."""

    @property
    def state(self) -> MeetingState | None:
        """The new state, when it is an `EventType.STATE_CHANGED`; else None."""
        return MeetingState(self.code) if self.type == EventType.STATE_CHANGED else None

    @classmethod
    def _read(cls, handle: Handle) -> Event:
        return cls(
            type=EventType(lib.vsdk_event_type(handle)),
            type_name=text(lib.vsdk_event_type_name(handle)),
            sequence=lib.vsdk_event_sequence(handle),
            time=time_of_ms(lib.vsdk_event_time_ms(handle)),
            participant_id=optional_text(lib.vsdk_event_participant_id(handle)),
            participant_name=optional_text(lib.vsdk_event_participant_name(handle)),
            track_id=optional_text(lib.vsdk_event_track_id(handle)),
            code=lib.vsdk_event_code(handle),
            text=optional_text(lib.vsdk_event_text(handle)),
            status=Status(lib.vsdk_event_status(handle)),
            payload=_payload(handle),
            json=text(lib.vsdk_event_json(handle)),
        )


def _payload(event: Handle) -> bytes:
    start, length = c_void_p(), c_size_t()
    call(lib.vsdk_event_payload, event, byref(start), byref(length))
    return b"" if start.value is None else string_at(start.value, length.value)
