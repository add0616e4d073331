"""Waiting for frames, and choosing what to receive."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from conftest import LIMIT_S, Service, event_of, init, wait_until
from media import Camera, Microphone, added, pair, picture_number, send_until, sound_number

import vsdk
from vsdk._native import callbacks

EVENT, KIND, RESULT = vsdk.EventType, vsdk.TrackKind, vsdk.PushResult

WITHOUT_MEDIA = os.environ.get("VSDK_WITHOUT_MEDIA")
pytestmark = pytest.mark.skipif(WITHOUT_MEDIA is not None, reason=str(WITHOUT_MEDIA))


# ---- Waking --------------------------------------------------------------------------------------


def test_a_wake_handler_tells_of_frames_and_of_the_end(service: Service) -> None:
    woken = threading.Semaphore(0)
    with pair(KIND.AUDIO) as (_, track, bob), added(bob) as remote:
        remote.set_wake_handler(woken.release)
        microphone = Microphone(track)
        for number in range(3):
            assert not woken.acquire(timeout=0.05)
            microphone.push()
            assert woken.acquire(timeout=LIMIT_S)
            assert [sound_number(it) for it in remote.frames(0)] == [number]
        track.close()
        assert woken.acquire(timeout=LIMIT_S)
        with pytest.raises(vsdk.EventsEndedError):
            remote.next_frame(0)


def test_a_wake_handler_that_is_taken_out_is_not_called(service: Service) -> None:
    woken: list[bool] = []
    with pair(KIND.AUDIO) as (_, track, bob), added(bob) as remote:
        remote.set_wake_handler(lambda: woken.append(True))
        remote.set_wake_handler(None)
        send_until(Microphone(track), lambda: remote.next_frame(0))
        assert woken == []
        remote.set_wake_handler(lambda: woken.append(True))
        bob.close()
        count = len(woken)
        time.sleep(0.1)
        assert len(woken) == count
        track.close()


def test_all_objects_of_a_track_are_woken(service: Service) -> None:
    async def main() -> None:
        with pair(KIND.AUDIO) as (_, track, bob), added(bob) as remote:
            microphone = Microphone(track)
            with bob.remote_track(remote.id) as again:
                key = next(callbacks._keys)
                waits = [it.next_frame_async() for it in (remote, again, remote, again)]
                tasks = [asyncio.create_task(it) for it in waits]
                await asyncio.sleep(0.05)
                # They do not take the library's attention away from each other.
                assert next(callbacks._keys) - key < 10
                for _ in tasks:
                    microphone.push()
                frames = await asyncio.wait_for(asyncio.gather(*tasks), LIMIT_S)
                assert sorted(sound_number(it) for it in frames if it) == [0, 1, 2, 3]
            # The one that was woken last is gone, the track is not.
            waiting = asyncio.create_task(remote.next_frame_async())
            await asyncio.sleep(0.05)
            microphone.push()
            frame = await asyncio.wait_for(waiting, LIMIT_S)
            assert frame is not None
            assert sound_number(frame) == 4

    asyncio.run(main())


@pytest.mark.parametrize("way", ["closed", "forgotten", "left", "at once"])
def test_the_end_of_the_meeting_ends_waits(service: Service, way: str) -> None:
    told: list[bool] = []

    async def main() -> None:
        room = vsdk.create_room().id
        with init(room, "Ann") as ann, ann.add_track(KIND.AUDIO):
            bob = init(room, "Bob")
            bob.join()
            ann.join()
            with added(bob) as remote:

                async def read() -> None:
                    async for _ in remote.frames_async():
                        pass

                remote.set_wake_handler(lambda: told.append(True))
                reading = asyncio.create_task(read())
                await asyncio.sleep(0.05)
                if way == "closed":
                    await bob.close_async()
                elif way == "at once":
                    bob.close(timeout=0)
                    told.clear()
                elif way == "left":
                    await bob.leave_async()
                else:
                    del bob
                    gc.collect()
                await asyncio.wait_for(reading, LIMIT_S)
                if way == "at once":
                    # The end came after the close, when no handler runs any more.
                    assert told == []

    asyncio.run(main())


def test_the_end_of_the_meeting_ends_a_wait_of_the_main_thread(service: Service) -> None:
    with pair(KIND.AUDIO) as (_, _track, bob), added(bob) as remote:
        threading.Timer(0.1, bob.close).start()
        begin = time.monotonic()
        with pytest.raises(vsdk.EventsEndedError):
            remote.next_frame(LIMIT_S)
        assert time.monotonic() - begin < LIMIT_S


def test_a_handler_that_is_set_meanwhile_ends_a_wait(service: Service) -> None:
    with pair(KIND.AUDIO) as (_, _track, bob), added(bob) as remote:
        for owner in (remote, bob):
            timer = threading.Timer(0.1, owner.set_frame_handler, [lambda frame: None])
            timer.start()
            begin = time.monotonic()
            with pytest.raises(vsdk.InvalidStateError, match="handler is set"):
                remote.next_frame(LIMIT_S)
            assert time.monotonic() - begin < LIMIT_S
            timer.join()
            owner.set_frame_handler(None)


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal to itself")
def test_ctrl_c_ends_a_wait_for_frames(service: Service) -> None:
    with pair(KIND.AUDIO) as (_, track, bob), added(bob) as remote:
        main = threading.main_thread().ident
        assert main is not None
        timer = threading.Timer(0.1, signal.pthread_kill, [main, signal.SIGINT])
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            remote.next_frame()
        timer.join()
        Microphone(track).push()
        frame = remote.next_frame(LIMIT_S)
        assert frame is not None
        assert sound_number(frame) == 0


def test_nothing_waits_to_wake_once_all_is_closed(service: Service) -> None:
    with pair(KIND.AUDIO) as (_, _track, bob):
        with added(bob) as remote:
            assert remote.next_frame(0.01) is None
            assert callbacks._registered
        bob.close()
        assert not callbacks._registered
        assert not callbacks._when_let_go


# ---- What waits ----------------------------------------------------------------------------------


def test_what_waits_can_be_thrown_away(service: Service) -> None:
    with pair(KIND.VIDEO) as (_, track, bob), added(bob) as remote:
        camera = Camera(track)
        send_until(camera, lambda: True if remote.waiting_frames >= 3 else None)
        remote.flush()
        assert remote.waiting_frames == 0
        frame = send_until(camera, lambda: remote.next_frame(0))
        assert picture_number(frame) > 0
        assert frame.is_key_frame
        assert frame.follows_gap
        remote.close()
        assert remote.waiting_frames == 0


# ---- Choosing ------------------------------------------------------------------------------------


@contextmanager
def chooser() -> Iterator[tuple[vsdk.Meeting, Microphone, Camera, vsdk.Meeting]]:
    """Give one who sends sound and pictures, and one who receives what it asks for."""
    room = vsdk.create_room().id
    with (
        init(room, "Ann") as ann,
        init(room, "Bob", auto_consume=False) as bob,
        ann.add_track(KIND.AUDIO) as voice,
        ann.add_track(KIND.VIDEO) as film,
    ):
        ann.join()
        bob.join()
        wait_until(lambda: voice.is_sending and film.is_sending, lambda: "nothing is sent")
        yield ann, Microphone(voice), Camera(film), bob


def test_nothing_comes_until_it_is_asked_for(service: Service) -> None:
    with chooser() as (_, microphone, camera, bob):
        events = list(bob.events(0.3))
        assert EVENT.TRACK_ADDED not in {it.type for it in events}
        bob.subscribe_tracks("ann", vsdk.MediaKind.AUDIO)
        with added(bob) as voice:
            assert voice.kind == KIND.AUDIO
            assert voice.next_frame(0.05) is None
            send_until(microphone, lambda: voice.next_frame(0))
            asyncio.run(bob.subscribe_tracks_async("ann", vsdk.MediaKind.VIDEO))
            with added(bob) as film:
                assert film.kind == KIND.VIDEO
                send_until(camera, lambda: film.next_frame(0))
                asyncio.run(bob.unsubscribe_tracks_async("ann", vsdk.MediaKind.VIDEO))
                assert event_of(bob, EVENT.TRACK_REMOVED).track_id == film.id
            bob.unsubscribe_tracks("ann", vsdk.MediaKind.AUDIO)
            assert event_of(bob, EVENT.TRACK_REMOVED).track_id == voice.id
            # It has the same id when it comes again, and is another one.
            bob.subscribe_tracks("ann", vsdk.MediaKind.AUDIO)
            with added(bob) as again:
                assert again.id == voice.id
                timer = threading.Timer(0.1, microphone.push)
                timer.start()
                begin = time.monotonic()
                assert again.next_frame(LIMIT_S) is not None
                # Woken, and not by the end of the wait.
                assert time.monotonic() - begin < LIMIT_S
                timer.join()


def test_what_cannot_be_chosen_is_told(service: Service) -> None:
    with chooser() as (ann, _, _, bob):
        with pytest.raises(vsdk.NotFoundError):
            bob.subscribe_tracks("nobody", vsdk.MediaKind.AUDIO)
        with pytest.raises(vsdk.InvalidArgumentError):
            bob.subscribe_tracks("ann", vsdk.MediaKind(9))
        with pytest.raises(vsdk.InvalidArgumentError):
            bob.pause_all_tracks(vsdk.TrackKind(9))
        with pytest.raises(TypeError):
            bob.unsubscribe_tracks(7, vsdk.MediaKind.AUDIO)  # type: ignore[arg-type]
        for call in (ann.subscribe_tracks, ann.unsubscribe_tracks):
            with pytest.raises(vsdk.InvalidStateError):
                call("bob", vsdk.MediaKind.VIDEO)


def test_all_tracks_rest_and_go_on(service: Service) -> None:
    async def by_asyncio(bob: vsdk.Meeting, remote: vsdk.RemoteTrack, source: Microphone) -> None:
        await bob.pause_all_tracks_async()
        rests(remote, source)
        await bob.resume_all_tracks_async()

    def rests(remote: vsdk.RemoteTrack, source: Microphone) -> None:
        while remote.next_frame(0.2) is not None:
            pass
        for _ in range(20):
            source.push()
            time.sleep(0.005)
        assert remote.next_frame(0.2) is None

    with pair(KIND.AUDIO) as (_, track, bob), added(bob) as remote:
        microphone = Microphone(track)
        bob.pause_all_tracks(KIND.VIDEO)
        send_until(microphone, lambda: remote.next_frame(0))
        bob.pause_all_tracks(KIND.AUDIO)
        rests(remote, microphone)
        bob.resume_all_tracks(KIND.AUDIO)
        send_until(microphone, lambda: remote.next_frame(0))
        asyncio.run(by_asyncio(bob, remote, microphone))
        send_until(microphone, lambda: remote.next_frame(0))
