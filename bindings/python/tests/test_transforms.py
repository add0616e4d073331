"""What the program does to frames on their way."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Callable, Optional, Union

import pytest
from conftest import LIMIT_S, Service, init, wait_until
from media import Camera, Microphone, added, picture_number, published, send_until, sound_number

import vsdk
from vsdk._native import callbacks

KIND, RESULT = vsdk.TrackKind, vsdk.PushResult

WITHOUT_MEDIA = os.environ.get("VSDK_WITHOUT_MEDIA")
pytestmark = pytest.mark.skipif(WITHOUT_MEDIA is not None, reason=str(WITHOUT_MEDIA))

Bytes = Union[bytes, bytearray, memoryview]


def hidden(info: vsdk.FrameInfo, data: bytes) -> bytearray:
    """Change each byte behind what the service has to read, and add some."""
    return changed(info, data) + b"tail"


def found(info: vsdk.FrameInfo, data: bytes) -> memoryview | None:
    """Undo that; nothing of a frame that is not made so."""
    if not data.endswith(b"tail"):
        return None
    return memoryview(changed(info, data[:-4]))


def changed(info: vsdk.FrameInfo, data: bytes) -> bytearray:
    readable = 1 if info.kind == KIND.AUDIO else 10 if info.is_key_frame else 3
    return bytearray(data[:readable] + bytes(it ^ 0x5A for it in data[readable:]))


@contextmanager
def pair(
    kind: vsdk.TrackKind,
    sending: Optional[vsdk.FrameTransform],
    receiving: Optional[vsdk.FrameTransform],
) -> Iterator[tuple[vsdk.Meeting, vsdk.LocalTrack, vsdk.Meeting, vsdk.RemoteTrack]]:
    """Give a sender, its track, a receiver and the track there, each with its transform."""
    room = vsdk.create_room().id
    with init(room, "Ann") as ann, init(room, "Bob") as bob, ann.add_track(kind) as track:
        ann.set_frame_transform(sending)
        bob.set_frame_transform(receiving)
        bob.join()
        ann.join()
        published(ann, track)
        with added(bob) as remote:
            yield ann, track, bob, remote


def test_what_one_makes_of_sound_the_other_undoes(service: Service) -> None:
    infos: list[vsdk.FrameInfo] = []

    def noted(transform: vsdk.FrameTransform) -> vsdk.FrameTransform:
        def both(info: vsdk.FrameInfo, data: bytes) -> Optional[Bytes]:
            infos.append(info)
            assert type(data) is bytes
            return transform(info, data)

        return both

    with pair(KIND.AUDIO, noted(hidden), noted(found)) as (_, track, bob, remote):
        microphone = Microphone(track)
        frame = send_until(microphone, lambda: remote.next_frame(0))
        assert sound_number(frame) == 0
        sent, received = infos[0], next(it for it in infos if not it.is_sent)
        assert sent == vsdk.FrameInfo(
            is_sent=True,
            participant_id="ann",
            track_id=track.id,
            kind=KIND.AUDIO,
            codec=vsdk.Codec.OPUS,
            timestamp_us=0,
            is_key_frame=sent.is_key_frame,
            layer=0,
        )
        assert (received.participant_id, received.track_id) == ("ann", remote.id)
        assert received.timestamp_us == frame.timestamp_us

        # Without it they are what they were made to.
        for _ in remote.frames(0.2):
            pass
        bob.set_frame_transform(None)
        frame = send_until(microphone, lambda: remote.next_frame(0))
        assert bytes(frame.data).endswith(b"tail")


def test_pictures_go_to_handlers_and_event_loops_likewise(service: Service) -> None:
    frames: list[vsdk.ReceivedFrame] = []
    with pair(KIND.VIDEO, hidden, found) as (_, track, _bob, remote):
        remote.set_frame_handler(frames.append)
        camera = Camera(track)
        send_until(camera, lambda: True if len(frames) >= 10 else None)
        remote.set_frame_handler(None)
        assert {it.is_key_frame for it in frames} == {True, False}
        numbers = [picture_number(it) for it in frames]
        assert numbers == sorted(numbers)


def test_what_is_dropped_is_told_and_counted(
    service: Service, unraised: list[BaseException | None]
) -> None:
    made: list[object] = []

    def sending(info: vsdk.FrameInfo, data: bytes) -> Optional[Bytes]:
        it = made.pop(0)
        if isinstance(it, BaseException):
            raise it
        return it(data) if callable(it) else it  # type: ignore[return-value]

    with pair(KIND.AUDIO, sending, None) as (ann, track, _, _):
        microphone = Microphone(track)
        wrong: list[object] = [
            None,
            b"",
            KeyError("no key"),
            lambda data: data + bytes(8193),
            "text",
            7,
        ]
        made += wrong
        for _ in wrong:
            assert microphone.push() == RESULT.DROPPED
        assert [type(it) for it in unraised] == [
            KeyError,
            vsdk.InvalidArgumentError,
            TypeError,
            TypeError,
        ]
        assert "became 8278" in str(unraised[1])
        # Sound goes into one datagram.
        made += [bytes(1120), bytes(1121)]
        assert microphone.push() == RESULT.QUEUED
        assert microphone.push() == RESULT.DROPPED
        (statistics,) = ann.media_statistics().tracks
        assert (statistics.frames, statistics.frames_dropped) == (1, 7)


def test_pictures_go_on_with_a_key_frame_after_one_that_was_dropped(service: Service) -> None:
    drops = threading.Event()

    def receiving(info: vsdk.FrameInfo, data: bytes) -> Optional[Bytes]:
        return None if drops.is_set() else found(info, data)

    with pair(KIND.VIDEO, hidden, receiving) as (_, track, _bob, remote):
        camera = Camera(track)
        send_until(camera, lambda: remote.next_frame(0))
        drops.set()
        for _ in range(5):
            camera.push()
            assert remote.next_frame(0.02) is None
        drops.clear()
        frame = send_until(camera, lambda: remote.next_frame(0))
        assert frame.is_key_frame
        assert frame.follows_gap


def test_several_threads_are_in_it_at_once(service: Service) -> None:
    both = threading.Barrier(2, timeout=LIMIT_S)

    def sending(info: vsdk.FrameInfo, data: bytes) -> bytes:
        both.wait()
        return data

    room = vsdk.create_room().id
    with (
        init(room, "Ann") as ann,
        ann.add_track(KIND.AUDIO) as one,
        ann.add_track(KIND.SHARE_AUDIO) as two,
    ):
        ann.set_frame_transform(sending)
        ann.join()
        wait_until(lambda: one.is_sending and two.is_sending, lambda: "nothing is sent")
        results: list[vsdk.PushResult] = []
        threads = [
            threading.Thread(target=lambda it=it: results.append(Microphone(it).push()))
            for it in (one, two)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert results == [RESULT.QUEUED] * 2


def test_waiting_inside_is_refused(service: Service) -> None:
    caught: list[BaseException] = []
    remote: vsdk.RemoteTrack

    def receiving(info: vsdk.FrameInfo, data: bytes) -> bytes:
        uses: tuple[Callable[[], object], ...] = (
            lambda: remote.next_frame(LIMIT_S),
            lambda: remote.pause(timeout=LIMIT_S),
        )
        for use in uses:
            try:
                use()
            except vsdk.VsdkError as error:
                caught.append(error)
        return data

    with pair(KIND.AUDIO, None, receiving) as (_, track, _bob, remote):
        Microphone(track).push()
        frame = remote.next_frame(LIMIT_S)
        assert frame is not None
        assert sound_number(frame) == 0
        assert [type(it) for it in caught] == [vsdk.WouldDeadlockError] * 2


def test_after_taking_it_out_it_does_not_run(service: Service) -> None:
    inside, runs = threading.Event(), []

    def sending(info: vsdk.FrameInfo, data: bytes) -> bytes:
        runs.append(info)
        inside.set()
        time.sleep(0.2)
        inside.clear()
        return data

    with pair(KIND.AUDIO, None, None) as (ann, track, _, _):
        microphone = Microphone(track)
        ways: tuple[Callable[[], None], ...] = (
            lambda: ann.set_frame_transform(None),
            lambda: ann.set_frame_transform(lambda info, data: data),
            ann.close,
        )
        for take_out in ways:
            ann.set_frame_transform(sending)
            thread = threading.Thread(target=microphone.push)
            thread.start()
            assert inside.wait(LIMIT_S)
            take_out()
            assert not inside.is_set()
            thread.join()
            count = len(runs)
            microphone.push()
            assert len(runs) == count
        assert all("transformed" not in str(it) for it in callbacks._registered.values())


def test_closing_does_not_hold_up_the_event_loop(service: Service) -> None:
    inside, goes_on = threading.Event(), threading.Event()
    went_on: list[bool] = []

    def sending(info: vsdk.FrameInfo, data: bytes) -> bytes:
        inside.set()
        went_on.append(goes_on.wait(LIMIT_S))
        return data

    async def main(ann: vsdk.Meeting, microphone: Microphone) -> None:
        pushing = asyncio.create_task(asyncio.to_thread(microphone.push))
        assert await asyncio.to_thread(inside.wait, LIMIT_S)
        closing = asyncio.create_task(ann.close_async(timeout=0))
        await asyncio.sleep(0.1)
        goes_on.set()
        await closing
        await pushing

    with pair(KIND.AUDIO, sending, None) as (ann, track, _, _):
        asyncio.run(main(ann, Microphone(track)))
        assert went_on == [True]


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal to itself")
@pytest.mark.parametrize("where", ["in a push", "in a read", "while waiting"])
def test_ctrl_c_goes_on_through_it(
    service: Service, where: str, unraised: list[BaseException | None]
) -> None:
    main = threading.main_thread().ident
    assert main is not None
    armed = threading.Event()

    def transform(info: vsdk.FrameInfo, data: bytes) -> bytes:
        if armed.is_set() and threading.current_thread() is threading.main_thread():
            armed.clear()
            signal.raise_signal(signal.SIGINT)
        return data

    sending, receiving = (transform, None) if where == "in a push" else (None, transform)
    with pair(KIND.AUDIO, sending, receiving) as (_, track, _bob, remote):
        microphone = Microphone(track)
        if where == "while waiting":
            stopped = threading.Event()

            def send() -> None:
                while not stopped.wait(0.002):
                    microphone.push()

            thread = threading.Thread(target=send)
            thread.start()
            timer = threading.Timer(0.2, signal.pthread_kill, [main, signal.SIGINT])
            timer.start()
            with pytest.raises(KeyboardInterrupt):  # noqa: PT012 - it may come at any of them
                end = time.monotonic() + LIMIT_S
                while time.monotonic() < end:
                    remote.next_frame()
            stopped.set()
            thread.join()
            timer.join()
        elif where == "in a push":
            armed.set()
            with pytest.raises(KeyboardInterrupt):
                microphone.push()
        else:
            microphone.push()
            armed.set()
            with pytest.raises(KeyboardInterrupt):
                remote.next_frame(LIMIT_S)
        send_until(microphone, lambda: remote.next_frame(0))
        assert unraised == []
