from __future__ import annotations

import asyncio
import gc
import threading
import time
from collections.abc import Coroutine

import pytest
from conftest import LIMIT_S, Service, SilentService, is_given_up, wait_until

import vsdk
from vsdk._native import callbacks
from vsdk._native.wakes import Wakes, resolve


def test_the_loop_goes_on_during_a_wait(service: Service) -> None:
    service.fault("POST /v2/rooms", latencyMs=300)
    threads = threading.active_count()

    async def count_while_it_waits() -> int:
        ticks = 0
        creation = asyncio.create_task(vsdk.create_room_async())
        while not creation.done():
            await asyncio.sleep(0.01)
            ticks += 1
            assert threading.active_count() == threads
        assert creation.result().id
        return ticks

    assert asyncio.run(count_while_it_waits()) > 5


def test_cancelling_a_task_cancels_the_request(
    service: Service, silent_service: SilentService
) -> None:
    def create() -> Coroutine[object, object, vsdk.Room]:
        return vsdk.create_room_async(api_base_url=silent_service.base, timeout=1000)

    async def cancel() -> None:
        creation = asyncio.create_task(create())
        connection = await asyncio.to_thread(silent_service.request)
        assert vsdk.live_handles(vsdk.HandleKind.OP) == 1
        creation.cancel()
        with pytest.raises(asyncio.CancelledError):
            await creation
        assert await asyncio.to_thread(is_given_up, connection)
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(create(), timeout=0.1)
        assert await asyncio.to_thread(is_given_up, await asyncio.to_thread(silent_service.request))

    asyncio.run(cancel())


def test_each_call_can_be_cancelled(service: Service) -> None:
    service.fault("*", kind="stall", times=None)

    async def cancel_all() -> None:
        calls = (
            vsdk.create_room_async(timeout=1000),
            vsdk.validate_room_async("x", timeout=1000),
            vsdk.get_room_async("x", timeout=1000),
            vsdk.list_rooms_async(timeout=1000),
            vsdk.deactivate_room_async("x", timeout=1000),
            vsdk.fetch_token_async(f"{service.base}/get-token", timeout=1000),
        )
        tasks = [asyncio.ensure_future(it) for it in calls]
        await asyncio.sleep(0.2)
        assert vsdk.live_handles(vsdk.HandleKind.OP) == len(tasks)
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(it) for it in results] == [asyncio.CancelledError] * len(tasks)

    asyncio.run(cancel_all())
    # They end now and not with their time.
    wait_until(lambda: not callbacks._registered, lambda: callbacks._registered)


def test_failures_come_as_from_the_plain_form(service: Service) -> None:
    service.fault("GET /v2/rooms/*", kind="stall", times=None)
    with pytest.raises(vsdk.TimeoutError):
        asyncio.run(vsdk.get_room_async("x", timeout=0.2))
    with pytest.raises(vsdk.InvalidArgumentError):
        asyncio.run(vsdk.get_room_async("a\0b"))

    async def shut_down() -> None:
        waiting = asyncio.create_task(vsdk.get_room_async("x", timeout=1000))
        await asyncio.sleep(0.1)
        await asyncio.to_thread(vsdk.shutdown)
        with pytest.raises(vsdk.ShutdownError):
            await waiting

    asyncio.run(shut_down())
    service.request("DELETE", "/admin/faults")
    assert vsdk.create_room().id


def test_a_loop_that_ends_first_takes_nothing_with_it(service: Service) -> None:
    service.fault("POST /v2/rooms", latencyMs=200, times=None)
    loop = asyncio.new_event_loop()
    creation = loop.create_task(vsdk.create_room_async())
    loop.run_until_complete(asyncio.sleep(0.05))
    # Python tells of the task that was still pending; that is the point here.
    loop.set_exception_handler(lambda *_: None)
    loop.close()
    time.sleep(0.4)
    creation._log_destroy_pending = False  # type: ignore[attr-defined]
    del creation
    gc.collect()


def test_events_come_to_a_loop(service: Service) -> None:
    async def read() -> list[str | None]:
        async with vsdk.init_meeting("room") as meeting:
            leaving = asyncio.get_running_loop().call_later(0.1, meeting.leave)
            texts = [event.text async for event in meeting.events_async()]
            assert leaving.when() > 0
            with pytest.raises(vsdk.EventsEndedError):
                await meeting.next_event_async()
        with pytest.raises(vsdk.InvalidStateError):
            meeting.snapshot()
        return texts

    assert asyncio.run(read()) == ["INITIALISED", "LEFT"]


def test_a_wait_for_events_can_have_a_limit(service: Service) -> None:
    async def wait() -> None:
        async with vsdk.init_meeting("room") as meeting:
            assert await meeting.next_event_async(0) is not None
            assert await meeting.next_event_async(0) is None
            began = time.monotonic()
            assert await meeting.next_event_async(0.2) is None
            assert time.monotonic() - began >= 0.2
            assert [it async for it in meeting.events_async(timeout=0)] == []
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(meeting.next_event_async(), 0.1)
            assert not meeting._wakes._waiting

    asyncio.run(wait())


@pytest.mark.parametrize("end", ["leave", "close"])
def test_many_who_wait_are_woken_by_the_end(service: Service, end: str) -> None:
    meeting = vsdk.init_meeting("room")

    async def read() -> int:
        return len([event async for event in meeting.events_async()])

    async def main() -> list[int]:
        tasks = [asyncio.create_task(read()) for _ in range(10)]
        await asyncio.sleep(0.1)
        await asyncio.to_thread(getattr(meeting, end))
        return await asyncio.wait_for(asyncio.gather(*tasks), LIMIT_S)

    assert sum(asyncio.run(main())) in (1, 2)
    meeting.close()


def test_loops_in_two_threads_read_one_meeting(service: Service) -> None:
    read: list[int] = []
    with vsdk.init_meeting("room") as meeting:

        async def reader() -> None:
            async for event in meeting.events_async():
                read.append(event.sequence)

        threads = [threading.Thread(target=lambda: asyncio.run(reader())) for _ in range(2)]
        for thread in threads:
            thread.start()
        wait_until(lambda: read == [1], lambda: read)
        meeting.leave()
        for thread in threads:
            thread.join(LIMIT_S)
            assert not thread.is_alive()
    assert read == [1, 2]


def test_what_comes_between_looking_and_waiting_wakes(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken = threading.Event()

    async def main() -> None:
        with vsdk.init_meeting("room") as meeting:
            assert await meeting.next_event_async() is not None
            meeting.set_wake_handler(woken.set)
            look = meeting._next_event

            def look_and_leave(timeout_ms: int) -> vsdk.Event | None:
                event = look(timeout_ms)
                if event is None:
                    woken.clear()
                    meeting.leave()
                    assert woken.wait(LIMIT_S)
                return event

            monkeypatch.setattr(meeting, "_next_event", look_and_leave)
            event = await asyncio.wait_for(meeting.next_event_async(), LIMIT_S)
            assert event is not None
            assert event.state == vsdk.MeetingState.LEFT

    asyncio.run(main())


def test_whoever_has_gone_does_not_mind_being_woken() -> None:
    wakes = Wakes()
    told: list[bool] = []
    wakes.handler = lambda: told.append(True)

    async def wait_and_go() -> None:
        wakes.waiter()
        wakes.waiter().cancel()
        cancelled = asyncio.get_running_loop().create_future()
        cancelled.cancel()
        resolve(cancelled)

    asyncio.run(wait_and_go())
    wakes.give()
    assert told == [True]


def test_what_blocks_does_not_run_on_the_loop(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []
    meeting = vsdk.init_meeting("room")
    names = ("join", "leave", "close")

    async def main() -> None:
        for name in names:
            await getattr(meeting, f"{name}_async")()
        assert threading.get_ident() not in threads

    with monkeypatch.context() as patch:
        for name in names:
            note = lambda timeout: threads.append(threading.get_ident())  # noqa: E731
            patch.setattr(meeting, name, note)
        asyncio.run(main())
    assert len(threads) == len(names)
    meeting.close()


def test_hundreds_at_once(service: Service) -> None:
    async def main() -> set[str]:
        rooms = await asyncio.gather(*(vsdk.create_room_async() for _ in range(300)))
        return {room.id for room in rooms}

    assert len(asyncio.run(main())) == 300


def test_joining_and_leaving_have_their_forms(service: Service) -> None:
    async def main() -> None:
        room = await vsdk.create_room_async()
        meeting = vsdk.init_meeting(room.id)
        await meeting.join_async()
        assert meeting.snapshot().state == vsdk.MeetingState.CONNECTED
        await meeting.leave_async()
        assert meeting.snapshot().state == vsdk.MeetingState.LEFT
        await meeting.close_async()
        with pytest.raises(vsdk.InvalidStateError):
            await meeting.next_event_async()

    asyncio.run(main())
