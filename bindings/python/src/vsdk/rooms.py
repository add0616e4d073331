"""Calls about rooms: create, look up, list, deactivate.

Each has an `_async` form with the same arguments. All of them take `token` and `api_base_url` for
another token or server than the configured ones, and wait at most `timeout` seconds, within which
what can be repeated safely is repeated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ._native.calls import encoded
from ._native.loading import lib
from ._native.operation import Waiting
from .library import DEFAULT_TIMEOUT
from .room import Room, RoomList
from .room_options import (
    AutoClose,
    MultiComposition,
    Webhook,
    request_options,
    room_list_options,
    room_options,
)

_TAKE_ROOM = (lib.vsdk_op_take_room, lib.vsdk_room_free, Room._read)
_TAKE_LIST = (lib.vsdk_op_take_room_list, lib.vsdk_room_list_free, RoomList._read)

_CREATE = Waiting(lib.vsdk_create_room, lib.vsdk_create_room_async, *_TAKE_ROOM)
_VALIDATE = Waiting(lib.vsdk_room_validate, lib.vsdk_room_validate_async, *_TAKE_ROOM)
_GET = Waiting(lib.vsdk_room_get, lib.vsdk_room_get_async, *_TAKE_ROOM)
_DEACTIVATE = Waiting(lib.vsdk_room_deactivate, lib.vsdk_room_deactivate_async, *_TAKE_ROOM)
_LIST = Waiting(lib.vsdk_rooms_list, lib.vsdk_rooms_list_async, *_TAKE_LIST)


def create_room(
    custom_room_id: str | None = None,
    *,
    geo_fence: str | None = None,
    region: str | None = None,
    webhook: Webhook | None = None,
    auto_close: AutoClose | None = None,
    auto_start: Mapping[str, Any] | None = None,
    multi_composition: MultiComposition | None = None,
    allowed_participant_ids: Iterable[str] = (),
    token: str | None = None,
    api_base_url: str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
) -> Room:
    """Create a room; None stands for the service's defaults.

    Waits at most `timeout` seconds; Ctrl-C cancels. From any thread, but not inside a handler.

    Args:
        custom_room_id: An id of your own. Creating with one that exists gives the existing room.
        geo_fence: Keeps the media in a region, e.g. "eu001"; by default that of the API key.
        region: The older name of the geo fence, for services that still read it.
        webhook: Where the service reports what happens in the room.
        auto_close: When the room closes by itself.
        auto_start: What starts by itself with a session, e.g. `{"recording": {"config": {...}}}`.
        multi_composition: Whether several recordings or streams of one kind may run at once.
        allowed_participant_ids: Who may join; none means everyone.
        token: Another token than the configured one.
        api_base_url: Another server than the configured one.
        timeout: Seconds for all of it.

    Raises:
        TokenError: There is no token, or it cannot do it.
        TimeoutError: The time is over.
        NetworkError: The service was not reached.
        ServiceError: The service refused or failed.
        InvalidArgumentError: A value is not allowed.
        WouldDeadlockError: It was called inside a handler.

    """
    options = room_options(
        custom_room_id=custom_room_id,
        geo_fence=geo_fence,
        region=region,
        webhook=webhook,
        auto_close=auto_close,
        auto_start=auto_start,
        multi_composition=multi_composition,
        allowed_participant_ids=allowed_participant_ids,
        token=token,
        api_base_url=api_base_url,
    )
    with options:
        return _CREATE.wait(options.handle, timeout=timeout)


async def create_room_async(
    custom_room_id: str | None = None,
    *,
    geo_fence: str | None = None,
    region: str | None = None,
    webhook: Webhook | None = None,
    auto_close: AutoClose | None = None,
    auto_start: Mapping[str, Any] | None = None,
    multi_composition: MultiComposition | None = None,
    allowed_participant_ids: Iterable[str] = (),
    token: str | None = None,
    api_base_url: str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
) -> Room:
    """Do as `create_room()` without holding up the event loop; cancelling the task cancels it."""
    options = room_options(
        custom_room_id=custom_room_id,
        geo_fence=geo_fence,
        region=region,
        webhook=webhook,
        auto_close=auto_close,
        auto_start=auto_start,
        multi_composition=multi_composition,
        allowed_participant_ids=allowed_participant_ids,
        token=token,
        api_base_url=api_base_url,
    )
    with options:
        return await _CREATE.wait_async(options.handle, timeout=timeout)


def validate_room(
    room_id: str,
    *,
    token: str | None = None,
    api_base_url: str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
) -> Room:
    """Look a room up by its room id or custom id; check that it belongs to the token's account.

    Waits and raises as `create_room()`; a room that does not exist is a NotFoundError or another
    ServiceError.
    """
    with request_options(token, api_base_url) as options:
        return _VALIDATE.wait(encoded(room_id, "room_id"), options.handle, timeout=timeout)


async def validate_room_async(
    room_id: str,
    *,
    token: str | None = None,
    api_base_url: str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
) -> Room:
    """Do as `validate_room()` without holding up the event loop."""
    with request_options(token, api_base_url) as options:
        id_ = encoded(room_id, "room_id")
        return await _VALIDATE.wait_async(id_, options.handle, timeout=timeout)


def get_room(
    room_id: str,
    *,
    token: str | None = None,
    api_base_url: str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
) -> Room:
    """Look a room up by its room id, custom id or database id.

    Waits and raises as `create_room()`; a room that does not exist is a NotFoundError.
    """
    with request_options(token, api_base_url) as options:
        return _GET.wait(encoded(room_id, "room_id"), options.handle, timeout=timeout)


async def get_room_async(
    room_id: str,
    *,
    token: str | None = None,
    api_base_url: str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
) -> Room:
    """Do as `get_room()` without holding up the event loop."""
    with request_options(token, api_base_url) as options:
        id_ = encoded(room_id, "room_id")
        return await _GET.wait_async(id_, options.handle, timeout=timeout)


def deactivate_room(
    room_id: str,
    *,
    token: str | None = None,
    api_base_url: str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
) -> Room:
    """Close a room for good: nobody can join it any more.

    Takes its room id; the service takes no custom id here. Waits and raises as `create_room()`; a
    room that does not exist is a NotFoundError.
    """
    with request_options(token, api_base_url) as options:
        return _DEACTIVATE.wait(encoded(room_id, "room_id"), options.handle, timeout=timeout)


async def deactivate_room_async(
    room_id: str,
    *,
    token: str | None = None,
    api_base_url: str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
) -> Room:
    """Do as `deactivate_room()` without holding up the event loop."""
    with request_options(token, api_base_url) as options:
        id_ = encoded(room_id, "room_id")
        return await _DEACTIVATE.wait_async(id_, options.handle, timeout=timeout)


def list_rooms(
    *,
    page: int | None = None,
    per_page: int | None = None,
    query: str | None = None,
    user_id: str | None = None,
    token: str | None = None,
    api_base_url: str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
) -> RoomList:
    """List rooms, one page at a time: by default the first, in the service's own page size.

    Waits and raises as `create_room()`.

    Args:
        page: Which page, from 1.
        per_page: How many rooms a page has, from 1; the service sets the upper limit.
        query: Lists only the room with this room id or custom id.
        user_id: Lists the rooms of this account; for administrators.
        token: Another token than the configured one.
        api_base_url: Another server than the configured one.
        timeout: Seconds for all of it.

    """
    options = room_list_options(
        page=page,
        per_page=per_page,
        query=query,
        user_id=user_id,
        token=token,
        api_base_url=api_base_url,
    )
    with options:
        return _LIST.wait(options.handle, timeout=timeout)


async def list_rooms_async(
    *,
    page: int | None = None,
    per_page: int | None = None,
    query: str | None = None,
    user_id: str | None = None,
    token: str | None = None,
    api_base_url: str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
) -> RoomList:
    """Do as `list_rooms()` without holding up the event loop."""
    options = room_list_options(
        page=page,
        per_page=per_page,
        query=query,
        user_id=user_id,
        token=token,
        api_base_url=api_base_url,
    )
    with options:
        return await _LIST.wait_async(options.handle, timeout=timeout)
