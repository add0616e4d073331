from __future__ import annotations

import asyncio
import gc
import json
import threading
import time
from collections.abc import Coroutine

import pytest
from conftest import (
    LIMIT_S,
    Service,
    SilentService,
    counts,
    init,
    is_given_up,
    token_with,
    wait_until,
)

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
        loop = asyncio.get_running_loop()
        cancelled = loop.create_future()
        wakes._waiting.update((loop.create_future(), cancelled))
        cancelled.cancel()
        resolve(cancelled)

    asyncio.run(wait_and_go())
    wakes.give()
    assert told == [True]


def test_hundreds_at_once(service: Service) -> None:
    async def main() -> set[str]:
        rooms = await asyncio.gather(*(vsdk.create_room_async() for _ in range(300)))
        return {room.id for room in rooms}

    assert len(asyncio.run(main())) == 300


def test_a_meeting_needs_no_thread(service: Service) -> None:
    room = vsdk.create_room().id
    threads = threading.active_count()

    async def main() -> None:
        ann, bob = init(room, "Ann"), init(room, "Bob")
        await asyncio.gather(ann.join_async(), bob.join_async())
        assert ann.snapshot().state == vsdk.MeetingState.CONNECTED
        await ann.subscribe_async("CHAT")
        await bob.publish_async(
            "CHAT", "grüß dich", persist=True, send_only=["ann"], payload={"a": 1}
        )
        async for event in ann.events_async(LIMIT_S):
            if event.type == vsdk.EventType.MESSAGE:
                break
        assert event.payload.decode() == "grüß dich"
        assert json.loads(event.json)["payload"] == {"a": 1}
        await bob.change_mode_async(vsdk.Mode.SIGNALLING_ONLY)
        assert bob.snapshot().mode == vsdk.Mode.SIGNALLING_ONLY
        await ann.moderate_async("bob", vsdk.Moderation.REMOVE)
        assert [it.state async for it in bob.events_async()][-1] == vsdk.MeetingState.LEFT
        with pytest.raises(vsdk.InvalidStateError):
            await bob.publish_async("CHAT", "hello")
        await ann.end_async()
        await ann.leave_async()
        await bob.leave_async(timeout=0)
        assert ann.snapshot().state == vsdk.MeetingState.LEFT
        assert threading.active_count() == threads
        await ann.close_async()
        await bob.close_async()
        with pytest.raises(vsdk.InvalidStateError):
            await ann.next_event_async()

    asyncio.run(main())


def test_what_is_shared_in_a_meeting_needs_no_thread(service: Service) -> None:
    room, other = vsdk.create_room().id, vsdk.create_room().id
    threads = threading.active_count()

    async def main() -> None:
        ann, bot = init(room, "Ann"), init(room, "Bot", peer_type=vsdk.PeerType.AGENT)
        await asyncio.gather(ann.join_async(), bot.join_async())

        async def told(kind: vsdk.EventType) -> vsdk.Event:
            async for event in ann.events_async(LIMIT_S):
                if event.type == kind:
                    return event
            raise AssertionError(kind)

        options = vsdk.ServiceOptions(layout=vsdk.Layout.SIDEBAR)
        await bot.start_service_async(vsdk.ServiceKind.RECORDING, options)
        assert (await told(vsdk.EventType.RECORDING_STATE_CHANGED)).text == "RECORDING_STARTING"
        await bot.stop_service_async(vsdk.ServiceKind.RECORDING)
        with pytest.raises(vsdk.MeetingError):
            await bot.stop_service_async(vsdk.ServiceKind.RECORDING)
        await bot.start_service_async(vsdk.ServiceKind.TRANSLATION)
        await bot.change_translation_language_async("de")
        assert (await told(vsdk.EventType.TRANSLATION_LANGUAGE_CHANGED)).text == "de"

        assert await ann.store_get_async("key") is None
        await ann.store_observe_async("key")
        await bot.store_set_async("key", "value")
        assert (await told(vsdk.EventType.STORE_VALUE_CHANGED)).payload == b"value"
        assert await ann.store_get_async("key") == "value"
        await ann.store_stop_observing_async("key")

        url = await ann.upload_file_async("file", b"a\0b")
        assert await bot.fetch_file_async(url) == b"a\0b"

        await bot.send_agent_state_async(vsdk.AgentState.LISTENING)
        assert (await told(vsdk.EventType.AGENT_STATE_CHANGED)).text == "listening"
        await bot.send_agent_transcript_async("ann", "hello", is_final=True)
        assert (await told(vsdk.EventType.AGENT_TRANSCRIPT)).text == "hello"
        await bot.send_agent_metrics_async({"latencyMs": 250})
        assert "250" in (await told(vsdk.EventType.AGENT_METRICS)).json

        await bot.request_switch_async("ann", other, payload={"table": 7})
        assert (await told(vsdk.EventType.SWITCH_REQUESTED)).text == other
        await ann.switch_to_async(other)
        assert ann.snapshot().meeting_id == other
        assert threading.active_count() == threads
        await asyncio.gather(ann.close_async(), bot.close_async())

    asyncio.run(main())


def test_a_cancelled_join_may_be_made_again(service: Service) -> None:
    room = vsdk.create_room().id
    threads = threading.active_count()

    async def main() -> None:
        async with init(room, "Bob", token=token_with("ask_join")) as bob:
            for _ in range(20):
                joining = asyncio.create_task(bob.join_async(timeout=1000))
                async for event in bob.events_async():
                    if event.state == vsdk.MeetingState.WAITING_ENTRY:
                        break
                assert threading.active_count() == threads
                joining.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await joining
                assert bob.snapshot().state == vsdk.MeetingState.INITIALISED
            bob.set_token(service.token())
            await bob.join_async()
            assert bob.snapshot().state == vsdk.MeetingState.CONNECTED

    asyncio.run(main())


def test_each_call_of_a_meeting_can_be_cancelled(service: Service) -> None:
    async def main() -> None:
        async with init((await vsdk.create_room_async()).id, "Ann") as ann:
            await ann.join_async()
            service.signaling_fault("*", "ignore", times=None)
            service.fault("*", kind="stall", times=None)
            calls = (
                ann.publish_async("CHAT", "hello", timeout=1000),
                ann.subscribe_async("CHAT", timeout=1000),
                ann.moderate_async("bob", vsdk.Moderation.REMOVE, timeout=1000),
                ann.change_mode_async(vsdk.Mode.RECV_ONLY, timeout=1000),
                ann.start_service_async(
                    vsdk.ServiceKind.RECORDING, vsdk.ServiceOptions(grid_size=4), timeout=1000
                ),
                ann.stop_service_async(vsdk.ServiceKind.RECORDING, timeout=1000),
                ann.change_translation_language_async("de", timeout=1000),
                ann.store_set_async("key", "value", timeout=1000),
                ann.store_get_async("key", timeout=1000),
                ann.store_observe_async("key", timeout=1000),
                ann.store_stop_observing_async("key", timeout=1000),
                ann.upload_file_async("file", b"hello", timeout=1000),
                ann.fetch_file_async(f"{service.base}/files/1", timeout=1000),
                ann.request_switch_async("bob", "room", timeout=1000),
                ann.switch_to_async("room", timeout=1000),
                ann.end_async(timeout=1000),
            )
            tasks = [asyncio.ensure_future(it) for it in calls]
            await asyncio.sleep(0.2)
            assert vsdk.live_handles(vsdk.HandleKind.OP) == len(tasks)
            for task in tasks:
                task.cancel()
            results = await asyncio.gather(*tasks, return_exceptions=True)
            assert [type(it) for it in results] == [asyncio.CancelledError] * len(tasks)
            # Each is lent to the callback that tells its end, a moment later, on another thread.
            wait_until(lambda: vsdk.live_handles(vsdk.HandleKind.OP) == 0, counts)
            assert vsdk.live_handles() == 1

    asyncio.run(main())


def test_a_meeting_is_closed_though_its_task_is_cancelled(service: Service) -> None:
    room = vsdk.create_room().id

    async def stay(joined: asyncio.Event) -> None:
        async with init(room, "Ann") as ann:
            await ann.join_async()
            joined.set()
            await asyncio.sleep(1000)

    async def main() -> None:
        joined = asyncio.Event()
        task = asyncio.create_task(stay(joined))
        await asyncio.wait_for(joined.wait(), LIMIT_S)
        task.cancel()
        # And once more while it leaves.
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert vsdk.live_handles(vsdk.HandleKind.MEETING) == 0

    asyncio.run(main())


def test_many_meetings_on_one_loop(service: Service) -> None:
    room = vsdk.create_room().id
    threads = threading.active_count()

    async def main() -> None:
        meetings = [init(room, f"P{number}") for number in range(40)]
        await asyncio.gather(*(it.join_async() for it in meetings))
        assert threading.active_count() == threads
        await asyncio.gather(*(it.subscribe_async("CHAT") for it in meetings))
        await meetings[0].publish_async("CHAT", "to all")

        async def message(meeting: vsdk.Meeting) -> bytes:
            async for event in meeting.events_async(LIMIT_S):
                if event.type == vsdk.EventType.MESSAGE:
                    return event.payload
            return b""

        assert set(await asyncio.gather(*map(message, meetings))) == {b"to all"}
        assert len(meetings[0].snapshot().participants) == 40
        await asyncio.gather(*(it.leave_async() for it in meetings))
        for meeting in meetings:
            meeting.close()

    asyncio.run(main())
