"""Choosing what a meeting receives."""

from __future__ import annotations

from ._native.calls import encoded
from ._native.loading import lib
from ._native.operation import Doing
from .enumerations import MediaKind, TrackKind
from .library import DEFAULT_TIMEOUT
from .meeting_handle import MeetingHandle

_SUBSCRIBE = Doing(lib.vsdk_meeting_subscribe_tracks, lib.vsdk_meeting_subscribe_tracks_async)
_UNSUBSCRIBE = Doing(lib.vsdk_meeting_unsubscribe_tracks, lib.vsdk_meeting_unsubscribe_tracks_async)
_PAUSE_ALL = Doing(lib.vsdk_meeting_pause_all_tracks, lib.vsdk_meeting_pause_all_tracks_async)
_RESUME_ALL = Doing(lib.vsdk_meeting_resume_all_tracks, lib.vsdk_meeting_resume_all_tracks_async)

_ALL_KINDS = 0


class MeetingReceiving(MeetingHandle):
    """Choosing among what others send.

    By default a meeting receives all of it. With `auto_consume=False` it receives nothing until it
    is asked for, participant by participant.
    """

    def subscribe_tracks(
        self, participant_id: str, kind: MediaKind, *, timeout: float = DEFAULT_TIMEOUT
    ) -> None:
        """Receive what somebody sends of that kind, now and later.

        Only in a meeting with `auto_consume=False`. `EventType.TRACK_ADDED` tells of each track. On
        a new connection it is subscribed again by itself; when the participant leaves, it ends.
        That shared screens and their sound belong to it is inferred.

        Waits for the service at most `timeout` seconds, and raises as `Meeting.publish()`.

        Raises:
            NotFoundError: Nobody else in the meeting has that id.
            InvalidStateError: The meeting receives everything by itself, or this participant
                receives no media.

        """
        _SUBSCRIBE.wait(self._handle, *_whose(participant_id, kind), timeout=timeout)

    async def subscribe_tracks_async(
        self, participant_id: str, kind: MediaKind, *, timeout: float = DEFAULT_TIMEOUT
    ) -> None:
        """Do as `subscribe_tracks()` without holding up the event loop."""
        await _SUBSCRIBE.wait_async(self._handle, *_whose(participant_id, kind), timeout=timeout)

    def unsubscribe_tracks(
        self, participant_id: str, kind: MediaKind, *, timeout: float = DEFAULT_TIMEOUT
    ) -> None:
        """Receive what somebody sends of that kind no longer.

        `EventType.TRACK_REMOVED` tells of each track. Waits and raises as `subscribe_tracks()`.
        """
        _UNSUBSCRIBE.wait(self._handle, *_whose(participant_id, kind), timeout=timeout)

    async def unsubscribe_tracks_async(
        self, participant_id: str, kind: MediaKind, *, timeout: float = DEFAULT_TIMEOUT
    ) -> None:
        """Do as `unsubscribe_tracks()` without holding up the event loop."""
        await _UNSUBSCRIBE.wait_async(self._handle, *_whose(participant_id, kind), timeout=timeout)

    def pause_all_tracks(
        self, kind: TrackKind | None = None, *, timeout: float = DEFAULT_TIMEOUT
    ) -> None:
        """Let the service send nothing of that kind for now, or, with None, of any kind.

        Tracks that are new begin paused as well, on later connections too, until
        `resume_all_tracks()`. A single one can be had with `RemoteTrack.resume()`. Waits for the
        service at most `timeout` seconds, and raises as `Meeting.publish()`, a MeetingError also
        when the service did it for some of them only.
        """
        _PAUSE_ALL.wait(self._handle, _number(kind), timeout=timeout)

    async def pause_all_tracks_async(
        self, kind: TrackKind | None = None, *, timeout: float = DEFAULT_TIMEOUT
    ) -> None:
        """Do as `pause_all_tracks()` without holding up the event loop."""
        await _PAUSE_ALL.wait_async(self._handle, _number(kind), timeout=timeout)

    def resume_all_tracks(
        self, kind: TrackKind | None = None, *, timeout: float = DEFAULT_TIMEOUT
    ) -> None:
        """Let the service go on with all of that kind, or with everything.

        With tracks that were paused one by one as well. Waits and raises as `pause_all_tracks()`.
        """
        _RESUME_ALL.wait(self._handle, _number(kind), timeout=timeout)

    async def resume_all_tracks_async(
        self, kind: TrackKind | None = None, *, timeout: float = DEFAULT_TIMEOUT
    ) -> None:
        """Do as `resume_all_tracks()` without holding up the event loop."""
        await _RESUME_ALL.wait_async(self._handle, _number(kind), timeout=timeout)


def _whose(participant_id: str, kind: MediaKind) -> tuple[object, MediaKind]:
    return encoded(participant_id, "participant_id"), kind


def _number(kind: TrackKind | None) -> int:
    return _ALL_KINDS if kind is None else kind
