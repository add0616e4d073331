from __future__ import annotations

import asyncio
import dataclasses
import pickle
from typing import Any

import pytest
from conftest import API_KEY, SECRET, Service, run_program

import vsdk


def test_a_room_lives_from_creation_to_deactivation(service: Service) -> None:
    room = vsdk.create_room("lesson")
    assert room.custom_id == "lesson"
    assert not room.is_disabled
    assert f'"roomId":"{room.id}"' in room.json
    assert room.created_at is not None
    assert room.created_at.endswith("Z")
    assert room.room_link == f"{service.base}/v2/rooms/{room.id}"
    assert vsdk.validate_room("lesson").id == room.id
    assert vsdk.get_room(room.id).database_id == room.database_id
    assert vsdk.create_room("lesson").id == room.id
    page = vsdk.list_rooms(query=room.id)
    assert [it.id for it in page] == [room.id]
    assert vsdk.deactivate_room(room.id).is_disabled
    assert vsdk.get_room(room.id).is_disabled


def test_everything_of_a_room_is_sent_and_read(service: Service) -> None:
    room = vsdk.create_room(
        geo_fence="eu001",
        region="eu001",
        webhook=vsdk.Webhook("https://example.com/hook", ("participant-joined",)),
        auto_close=vsdk.AutoClose("session-ends", 60),
        auto_start={"recording": {"config": {}}},
        multi_composition=vsdk.MultiComposition(recording=True, rtmp=True),
        allowed_participant_ids=["ann", "ben"],
        timeout=20,
    )
    assert room.geo_fence == "eu001"
    assert room.webhook_url == "https://example.com/hook"
    assert (room.auto_close_type, room.auto_close_duration) == ("session-ends", 60)
    assert room.auto_start is not None
    assert "recording" in room.auto_start
    for text in ('"ann"', '"ben"', '"participant-joined"'):
        assert text in room.json


def test_pages_know_their_place(service: Service) -> None:
    for number in range(3):
        vsdk.create_room(f"page-{number}")
    page = vsdk.list_rooms(page=2, per_page=1)
    assert (len(page), page.page, page.per_page) == (1, 2, 1)
    assert page.total == page.last_page >= 3
    assert page[0] == next(iter(page)) == page.rooms[0]
    assert page[0:1] == page.rooms
    assert page[0] in page


@pytest.mark.parametrize("option", ["page", "per_page"])
def test_a_number_is_not_cut_off(option: str) -> None:
    arguments: dict[str, Any] = {option: 2**32 + 1}
    with pytest.raises(vsdk.InvalidArgumentError, match=f"{option} is 4294967297"):
        vsdk.list_rooms(**arguments)
    with pytest.raises(TypeError, match=option):
        vsdk.list_rooms(**{option: "2"})  # type: ignore[arg-type]


def test_the_asyncio_forms_do_the_same(service: Service) -> None:
    async def all_of_them() -> None:
        room = await vsdk.create_room_async("in-async", timeout=20)
        assert (await vsdk.validate_room_async("in-async")).id == room.id
        assert (await vsdk.get_room_async(room.id)).id == room.id
        page = await vsdk.list_rooms_async(query="in-async")
        assert [it.id for it in page] == [room.id]
        assert (await vsdk.deactivate_room_async(room.id)).is_disabled

    asyncio.run(all_of_them())


def test_a_call_may_have_a_token_and_a_server_of_its_own(service: Service) -> None:
    token = service.token()
    vsdk.config(api_base_url="http://127.0.0.1:1")
    room = vsdk.create_room(token=token, api_base_url=service.base)
    for look_up in (vsdk.get_room, vsdk.validate_room, vsdk.deactivate_room):
        assert look_up(room.id, token=token, api_base_url=service.base).id == room.id
    assert vsdk.list_rooms(token=token, api_base_url=service.base).total > 0


def test_a_token_stays_with_the_call_that_has_it(service: Service) -> None:
    own = service.token()
    # Well formed, and refused by the service.
    vsdk.config(vsdk.mint_token(API_KEY, "not-" + SECRET).text)

    def look_up(token: str | None) -> None:
        for _ in range(2):
            assert vsdk.create_room("two-tokens", token=token).id
            for call in (vsdk.get_room, vsdk.validate_room):
                assert call("two-tokens", token=token).id
            assert vsdk.list_rooms(token=token).total > 0

    async def look_up_async(token: str | None) -> None:
        assert (await vsdk.create_room_async("two-tokens", token=token)).id
        for call in (vsdk.get_room_async, vsdk.validate_room_async):
            assert (await call("two-tokens", token=token)).id
        assert (await vsdk.list_rooms_async(token=token)).total > 0

    with vsdk.init_meeting("room", token=own) as meeting:
        meeting.set_token(own)
        look_up(own)
        asyncio.run(look_up_async(own))
        for refused in (
            vsdk.create_room,
            lambda: vsdk.get_room("two-tokens"),
            lambda: vsdk.validate_room("two-tokens"),
            vsdk.list_rooms,
            lambda: vsdk.deactivate_room("two-tokens"),
        ):
            with pytest.raises(vsdk.UnauthorizedError):
                refused()


def test_without_a_token_the_error_says_so() -> None:
    program = """
import vsdk
try:
    vsdk.create_room()
except vsdk.NotConfiguredError as error:
    print(error.name, isinstance(error, vsdk.TokenError))
"""
    assert run_program(program).stdout == "NOT_CONFIGURED True\n"


def test_a_room_is_a_value(service: Service) -> None:
    room = vsdk.create_room()
    assert pickle.loads(pickle.dumps(room)) == room
    assert dataclasses.replace(room, id="other") != room
    assert len({room, pickle.loads(pickle.dumps(room))}) == 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        room.id = "other"  # type: ignore[misc]
