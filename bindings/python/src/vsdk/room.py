"""Rooms as the service describes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

from ._native.calls import Owned, call, optional_json, optional_text, text
from ._native.functions import Handle
from ._native.loading import lib


@dataclass(frozen=True)
class Room:
    """A room as the service described it; None stands for what it did not say."""

    id: str
    """Its room id: what a meeting takes as meeting id."""

    custom_id: str | None
    """Your own id of it."""

    database_id: str | None
    """The service's internal id of it."""

    user_id: str | None
    """The account it belongs to."""

    api_key: str | None
    """The API key it belongs to."""

    geo_fence: str | None
    """The region in which its media stays."""

    webhook_url: str | None
    """Where the service reports what happens in it."""

    auto_close_type: str | None
    """When it closes by itself, e.g. "session-ends"."""

    auto_close_duration: int | None
    """How long a session may last, in the unit of the service."""

    auto_start: dict[str, Any] | None = field(hash=False)
    """What starts by itself with a session."""

    created_at: str | None
    """When it was created, e.g. "2026-07-01T08:30:00.125Z"."""

    updated_at: str | None
    """When it was changed last."""

    room_link: str | None
    """Its address in the REST API."""

    session_link: str | None
    """The address of its sessions in the REST API."""

    is_disabled: bool
    """Whether it was deactivated; False when the service did not say."""

    json: str = field(repr=False)
    """All that the service said about it, as it came: a JSON object."""

    @classmethod
    def _read(cls, handle: Handle) -> Room:
        duration = lib.vsdk_room_auto_close_duration(handle)
        return cls(
            id=text(lib.vsdk_room_id(handle)),
            custom_id=optional_text(lib.vsdk_room_custom_id(handle)),
            database_id=optional_text(lib.vsdk_room_database_id(handle)),
            user_id=optional_text(lib.vsdk_room_user_id(handle)),
            api_key=optional_text(lib.vsdk_room_api_key(handle)),
            geo_fence=optional_text(lib.vsdk_room_geo_fence(handle)),
            webhook_url=optional_text(lib.vsdk_room_webhook_url(handle)),
            auto_close_type=optional_text(lib.vsdk_room_auto_close_type(handle)),
            auto_close_duration=None if duration < 0 else duration,
            auto_start=optional_json(lib.vsdk_room_auto_start_json(handle)),
            created_at=optional_text(lib.vsdk_room_created_at(handle)),
            updated_at=optional_text(lib.vsdk_room_updated_at(handle)),
            room_link=optional_text(lib.vsdk_room_room_link(handle)),
            session_link=optional_text(lib.vsdk_room_session_link(handle)),
            is_disabled=lib.vsdk_room_is_disabled(handle) != 0,
            json=text(lib.vsdk_room_json(handle)),
        )


@dataclass(frozen=True)
class RoomList(Sequence[Room]):
    """One page of rooms: a sequence of them that knows its place."""

    rooms: tuple[Room, ...]
    """The rooms of the page."""

    page: int
    """Which page it is, from 1."""

    per_page: int
    """How many rooms a full page has."""

    last_page: int
    """How many pages there are."""

    total: int
    """How many rooms there are on all pages."""

    @classmethod
    def _read(cls, handle: Handle) -> RoomList:
        rooms = []
        for index in range(lib.vsdk_room_list_count(handle)):
            with Owned(lib.vsdk_room_free) as room:
                call(lib.vsdk_room_list_room, handle, index, room.out)
                rooms.append(Room._read(room.handle))
        return cls(
            rooms=tuple(rooms),
            page=lib.vsdk_room_list_page(handle),
            per_page=lib.vsdk_room_list_per_page(handle),
            last_page=lib.vsdk_room_list_last_page(handle),
            total=lib.vsdk_room_list_total(handle),
        )

    @overload
    def __getitem__(self, index: int) -> Room: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Room, ...]: ...
    def __getitem__(self, index: int | slice) -> Room | tuple[Room, ...]:
        """Give a room of the page, or several."""
        return self.rooms[index]

    def __iter__(self) -> Iterator[Room]:
        """Go through the rooms of the page."""
        return iter(self.rooms)

    def __len__(self) -> int:
        """Give how many rooms are on the page."""
        return len(self.rooms)
