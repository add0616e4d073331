"""Sound, pictures and data, through the media server of the local service."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import pickle
import threading
import time
from typing import Callable

import pytest
from conftest import LIMIT_S, Service, counts, event_of, init, wait_until
from media import (
    Camera,
    Microphone,
    added,
    pair,
    picture,
    picture_layer,
    picture_number,
    published,
    send_until,
    sound,
    sound_number,
)

import vsdk
from vsdk._native import callbacks

EVENT, KIND, RESULT = vsdk.EventType, vsdk.TrackKind, vsdk.PushResult

WITHOUT_MEDIA = os.environ.get("VSDK_WITHOUT_MEDIA")
pytestmark = pytest.mark.skipif(WITHOUT_MEDIA is not None, reason=str(WITHOUT_MEDIA))


# ---- Frames --------------------------------------------------------------------------------------


def test_sound_arrives_as_it_was_sent(service: Service) -> None:
    with pair(KIND.AUDIO) as (_, track, bob), added(bob) as remote:
        assert (remote.kind, remote.codec) == (KIND.AUDIO, vsdk.Codec.OPUS)
        microphone = Microphone(track)
        frames = [send_until(microphone, lambda: remote.next_frame(0)) for _ in range(20)]
        numbers = [sound_number(it) for it in frames]
        assert numbers == list(range(numbers[0], numbers[0] + 20))
        for earlier, frame in zip(frames, frames[1:]):
            assert frame.timestamp_us - earlier.timestamp_us == 20_000
            assert not frame.follows_gap
            assert frame.is_key_frame
            assert (frame.participant_id, frame.track_id) == ("ann", remote.id)
            assert (frame.kind, frame.codec) == (KIND.AUDIO, vsdk.Codec.OPUS)
            assert frame.audio_level == -30


def test_pictures_begin_with_a_key_frame(service: Service) -> None:
    with pair(KIND.VIDEO) as (_, track, bob), added(bob) as remote:
        camera = Camera(track)
        frames = [send_until(camera, lambda: remote.next_frame(0)) for _ in range(10)]
        numbers = [picture_number(it) for it in frames]
        assert numbers == list(range(numbers[0], numbers[0] + 10))
        assert frames[0].is_key_frame
        assert len(frames[0].data) > 6000
        assert {it.audio_level for it in frames} == {None}

        def wanted() -> bool | None:
            frame = remote.next_frame(0)
            return True if frame is not None and frame.is_key_frame else None

        remote.request_key_frame()
        assert send_until(camera, wanted)


def test_a_wait_gives_the_frame_or_nothing(service: Service) -> None:
    with pair(KIND.AUDIO) as (_, track, bob), added(bob) as remote:
        begin = time.monotonic()
        assert remote.next_frame(0.2) is None
        assert 0.2 <= time.monotonic() - begin < LIMIT_S
        timer = threading.Timer(0.2, Microphone(track).push)
        timer.start()
        frame = remote.next_frame(LIMIT_S)
        timer.join()
        assert frame is not None
        assert sound_number(frame) == 0


def test_a_loop_over_frames_ends_with_the_track(service: Service) -> None:
    with pair(KIND.AUDIO) as (_, track, bob), added(bob) as remote:
        microphone = Microphone(track)
        first = send_until(microphone, lambda: remote.next_frame(0))
        for _ in range(5):
            microphone.push()
        threading.Timer(0.3, track.close).start()
        numbers = [sound_number(it) for it in remote.frames(LIMIT_S)]
        assert numbers == list(range(sound_number(first) + 1, microphone.sent))
        assert event_of(bob, EVENT.TRACK_REMOVED).track_id == remote.id
        with pytest.raises(vsdk.EventsEndedError):
            remote.next_frame()
        with pytest.raises(vsdk.NotFoundError):
            bob.remote_track(remote.id)
        with pytest.raises(vsdk.NotFoundError):
            remote.pause()


def test_data_of_a_frame_lives_as_long_as_it_is_looked_at(service: Service) -> None:
    with pair(KIND.AUDIO) as (_, track, bob), added(bob) as remote:
        frame = send_until(Microphone(track), lambda: remote.next_frame(0))
        number = sound_number(frame)
        data = frame.data
        assert data.readonly
        with pytest.raises(TypeError):
            data[0] = 0
        part = data[1:5]
        assert vsdk.live_handles(vsdk.HandleKind.RECEIVED_FRAME) == 1
        copy = pickle.loads(pickle.dumps(frame))
        assert copy == frame
        assert repr(frame) == repr(copy)
        del frame
        remote.close()
        assert vsdk.live_handles(vsdk.HandleKind.RECEIVED_FRAME) == 1
        assert data == copy.data == sound(number)
        del data
        assert int.from_bytes(part, "big") == number
        del part
        assert vsdk.live_handles(vsdk.HandleKind.RECEIVED_FRAME) == 0
        assert sound_number(copy) == number


# ---- Handlers ------------------------------------------------------------------------------------


def test_a_handler_gets_the_frames_of_a_track(service: Service) -> None:
    frames: list[vsdk.ReceivedFrame] = []
    with pair(KIND.VIDEO) as (_, track, bob), added(bob) as remote:
        remote.set_frame_handler(frames.append)
        with pytest.raises(vsdk.InvalidStateError):
            remote.next_frame(0)
        send_until(Camera(track), lambda: True if len(frames) >= 10 else None)
        remote.set_frame_handler(None)
        count = len(frames)
        # They outlive the handler.
        numbers = [picture_number(it) for it in frames]
        assert numbers == list(range(numbers[0], numbers[0] + count))
        assert vsdk.live_handles(vsdk.HandleKind.RECEIVED_FRAME) == 0
        camera = Camera(track)
        assert send_until(camera, lambda: remote.next_frame(0)) is not None
        assert len(frames) == count


def test_a_handler_of_the_meeting_gets_all(service: Service) -> None:
    frames: list[vsdk.ReceivedFrame] = []
    with pair(KIND.AUDIO) as (ann, track, bob), ann.add_track(KIND.VIDEO) as film:
        bob.set_frame_handler(frames.append)
        published(ann, film)
        microphone, camera = Microphone(track), Camera(film)

        def both() -> bool | None:
            camera.push()
            return True if {it.kind for it in frames} == {KIND.AUDIO, KIND.VIDEO} else None

        assert send_until(microphone, both)
        bob.set_frame_handler(None)
        for frame in frames:
            (sound_number if frame.kind == KIND.AUDIO else picture_number)(frame)
            assert frame.participant_id == "ann"


def test_what_a_frame_handler_throws_goes_to_the_hook(
    service: Service, unraised: list[BaseException | None]
) -> None:
    def on_frame(frame: vsdk.ReceivedFrame) -> None:
        raise KeyError(frame.track_id)

    with pair(KIND.AUDIO) as (_, track, bob), added(bob) as remote:
        remote.set_frame_handler(on_frame)
        send_until(Microphone(track), lambda: True if len(unraised) > 1 else None)
        remote.set_frame_handler(None)
        assert {repr(it) for it in unraised} == {f"KeyError({remote.id!r})"}


def test_after_taking_out_a_frame_handler_does_not_run(service: Service) -> None:
    inside = threading.Event()
    runs = []

    def on_frame(frame: vsdk.ReceivedFrame) -> None:
        runs.append(frame)
        inside.set()
        time.sleep(0.2)
        inside.clear()

    with pair(KIND.AUDIO) as (_, track, bob), added(bob) as remote:
        microphone = Microphone(track)
        ways: tuple[Callable[[], None], ...] = (
            lambda: remote.set_frame_handler(None),
            lambda: bob.set_frame_handler(None),
            lambda: remote.set_frame_handler(lambda frame: None),
        )
        for take_out in ways:
            remote.set_frame_handler(on_frame)
            send_until(microphone, lambda: inside.is_set() or None)
            take_out()
            assert not inside.is_set()
            count = len(runs)
            for _ in range(5):
                microphone.push()
                time.sleep(0.01)
            assert len(runs) == count


# ---- asyncio -------------------------------------------------------------------------------------


def test_frames_arrive_in_an_event_loop(service: Service) -> None:
    async def send(track: vsdk.LocalTrack, count: int) -> None:
        microphone = Microphone(track)
        for _ in range(count):
            microphone.push()
            await asyncio.sleep(0.005)
        track.close()

    async def main() -> list[int]:
        with pair(KIND.AUDIO) as (_, track, bob), added(bob) as remote:
            threads = threading.active_count()
            begin = time.monotonic()
            assert await remote.next_frame_async(0.2) is None
            assert 0.2 <= time.monotonic() - begin < LIMIT_S
            sending = asyncio.create_task(send(track, 100))
            numbers = []
            async for frame in remote.frames_async(LIMIT_S):
                numbers.append(sound_number(frame))
                if len(numbers) == 10:
                    # What is not read meanwhile waits, in the order in which it came.
                    await asyncio.sleep(0.1)
                assert threading.active_count() == threads
            await sending
            with pytest.raises(vsdk.EventsEndedError):
                await remote.next_frame_async()
            return numbers

    numbers = asyncio.run(main())
    assert numbers == list(range(100))


def test_a_cancelled_wait_loses_no_frame(service: Service) -> None:
    async def main() -> None:
        with pair(KIND.AUDIO) as (_, track, bob), added(bob) as remote:
            microphone = Microphone(track)
            numbers = []
            for number in range(30):
                waiting = asyncio.create_task(remote.next_frame_async())
                await asyncio.sleep(0)
                microphone.push()
                # Now before, now after it came.
                await asyncio.sleep(number / 2000)
                if waiting.done():
                    numbers.append(waiting.result())
                else:
                    waiting.cancel()
            numbers += list(remote.frames(1))
            assert [sound_number(it) for it in numbers if it is not None] == list(range(30))
            assert remote.next_frame(0) is None
        wait_until(lambda: not callbacks._registered, lambda: callbacks._registered)

    asyncio.run(main())


def test_a_handler_that_is_set_meanwhile_stays(service: Service) -> None:
    frames: list[vsdk.ReceivedFrame] = []

    async def main() -> None:
        with pair(KIND.AUDIO) as (_, track, bob), added(bob) as remote:
            waiting = asyncio.create_task(remote.next_frame_async())
            await asyncio.sleep(0.05)
            remote.set_frame_handler(frames.append)
            with pytest.raises(vsdk.InvalidStateError):
                await asyncio.wait_for(waiting, LIMIT_S)
            send_until(Microphone(track), lambda: True if frames else None)

    asyncio.run(main())


def test_closing_ends_a_wait(service: Service) -> None:
    async def main() -> None:
        with pair(KIND.AUDIO) as (_, _track, bob), added(bob) as remote:
            waiting = asyncio.create_task(remote.next_frame_async())
            await asyncio.sleep(0.05)
            remote.close()
            with pytest.raises(vsdk.InvalidStateError):
                await asyncio.wait_for(waiting, LIMIT_S)
            with bob.remote_track(remote.id) as again:
                assert [it async for it in again.frames_async(0)] == []

    asyncio.run(main())


# ---- What a sender is told -----------------------------------------------------------------------


def test_a_track_rests_until_somebody_takes_it(service: Service) -> None:
    with init(vsdk.create_room().id, "Ann") as ann, ann.add_track(KIND.VIDEO) as track:
        camera = Camera(track)
        assert not track.is_sending
        assert camera.push() == RESULT.NOT_SENDING
        ann.join()
        published(ann, track)
        assert track.push(picture(0, False), 0) == RESULT.NEEDS_KEY_FRAME
        assert track.encoder_target().wants_key_frame
        assert track.encoder_target().is_active
        assert track.push(picture(1, True), 33_333, key_frame=True) == RESULT.QUEUED

        track.set_enabled(False)
        assert event_of(ann, EVENT.TRACK_UNPUBLISHED).track_id == track.id
        wait_until(lambda: not track.is_sending, lambda: "it goes on")
        assert camera.push() == RESULT.NOT_SENDING
        track.set_enabled(True)
        published(ann, track)


def test_the_others_see_that_a_track_is_off(service: Service) -> None:
    with pair(KIND.AUDIO) as (_, track, bob), added(bob) as remote:
        assert bob.snapshot().participants[1].is_mic_on
        track.set_enabled(False)
        assert event_of(bob, EVENT.TRACK_REMOVED).track_id == remote.id
        assert not bob.snapshot().participants[1].is_mic_on
        track.set_enabled(True)
        with added(bob) as again:
            frame = send_until(Microphone(track), lambda: again.next_frame(0))
            assert sound_number(frame) >= 0


def test_a_receiver_pauses_a_track(service: Service) -> None:
    async def by_asyncio(remote: vsdk.RemoteTrack, microphone: Microphone) -> None:
        await remote.pause_async()
        rests(remote, microphone)
        await remote.resume_async()
        await remote.set_preferred_layers_async(0, 0)

    def rests(remote: vsdk.RemoteTrack, microphone: Microphone) -> None:
        while remote.next_frame(0.2) is not None:
            pass
        for _ in range(20):
            microphone.push()
            time.sleep(0.005)
        assert remote.next_frame(0.2) is None

    with pair(KIND.AUDIO) as (_, track, bob), added(bob) as remote:
        microphone = Microphone(track)
        send_until(microphone, lambda: remote.next_frame(0))
        remote.pause()
        rests(remote, microphone)
        remote.resume()
        send_until(microphone, lambda: remote.next_frame(0))
        asyncio.run(by_asyncio(remote, microphone))
        send_until(microphone, lambda: remote.next_frame(0))


def test_of_several_sizes_each_can_be_chosen(service: Service) -> None:
    room = vsdk.create_room().id
    with (
        init(room, "Ann") as ann,
        init(room, "Bob") as bob,
        ann.add_track(KIND.VIDEO, multi_stream=True, size=(1280, 720)) as track,
    ):
        assert [it.scale for it in track.layers] == [4, 2, 1]
        assert all(it.max_kbps for it in track.layers)
        bob.join()
        ann.join()
        published(ann, track)
        with added(bob) as remote:
            number = 0
            # By hand and by the size in which it is shown; what is said last holds.
            choices: list[tuple[int, Callable[[], None]]] = [
                (0, lambda: remote.set_preferred_layers(0, 2)),
                (1, lambda: remote.set_preferred_layers(1, 2)),
                (2, lambda: remote.set_viewport(1280, 720)),
                (0, lambda: remote.set_viewport(320, 180)),
                (1, lambda: remote.set_viewport(321, 180)),
            ]
            for wanted, choose in choices:
                choose()
                end = time.monotonic() + LIMIT_S
                on_end = 0
                while on_end < 10:
                    assert time.monotonic() < end, f"layer {wanted} never comes"
                    push_all_layers(track, number)
                    number += 1
                    time.sleep(0.033)
                    for layer in map(picture_layer, remote.frames(0)):
                        on_end = on_end + 1 if layer == wanted else 0
            with pytest.raises(vsdk.InvalidArgumentError, match="`height` is -1"):
                remote.set_viewport(320, -1)
            with pytest.raises(TypeError):
                remote.set_viewport(320.5, 180)  # type: ignore[arg-type]


def push_all_layers(track: vsdk.LocalTrack, number: int) -> None:
    for layer, info in enumerate(track.layers):
        key_frame = track.encoder_target(layer).wants_key_frame
        width, height = int(1280 / info.scale), int(720 / info.scale)
        data = picture(number, key_frame, layer, width, height)
        track.push(data, number * 33_333, key_frame=key_frame, layer=layer)


# ---- Data ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("reliability", list(vsdk.Reliability), ids=str)
def test_data_goes_both_ways(service: Service, reliability: vsdk.Reliability) -> None:
    room = vsdk.create_room().id
    with init(room, "Ann") as ann, init(room, "Bob") as bob:
        ann.join()
        bob.join()
        for sender, receiver in ((ann, bob), (bob, ann)):
            for data in ("grüß dich\0😀", b"\xff\0\xfe", bytearray(15 * 1024)):
                event = exchange(sender, receiver, data, reliability)
                expected = data.encode() if isinstance(data, str) else bytes(data)
                assert event.payload == expected
                assert event.participant_id == sender.snapshot().participant_id
                assert event.code == reliability


def exchange(
    sender: vsdk.Meeting,
    receiver: vsdk.Meeting,
    data: str | bytes | bytearray,
    reliability: vsdk.Reliability,
) -> vsdk.Event:
    """Send until it has arrived: channels open a while after joining."""
    wanted = data.encode() if isinstance(data, str) else bytes(data)
    end = time.monotonic() + LIMIT_S
    while time.monotonic() < end:
        with contextlib.suppress(vsdk.InvalidStateError):
            sender.send_data(data, reliability=reliability)
        for event in receiver.events(0.1):
            if event.type == EVENT.DATA and event.payload == wanted:
                return event
    raise AssertionError("it never arrived")


# ---- What is wrong -------------------------------------------------------------------------------


def test_wrong_frames_are_told(service: Service) -> None:
    with init("room", "Ann") as ann, ann.add_track(KIND.AUDIO) as track:
        wrong: tuple[Callable[[], object], ...] = (
            lambda: track.push(b"", 0),
            lambda: track.push(bytes(64 * 1024 + 1), 0),
            lambda: track.push(sound(0), -1),
            lambda: track.push(sound(0), 2**63),
            lambda: track.push(sound(0), 0, layer=1),
            lambda: track.push(sound(0), 0, layer=-1),
            lambda: track.push(sound(0), 0, audio_level=1),
            lambda: track.push(sound(0), 0, audio_level=-128),
            lambda: track.encoder_target(1),
            lambda: ann.add_track(vsdk.TrackKind(9)),
            lambda: ann.add_track(KIND.AUDIO, codec=vsdk.Codec.VP8),
            lambda: ann.add_track(KIND.VIDEO, size=(0, 100)),
            lambda: ann.add_track(KIND.VIDEO, max_layers=4),
            lambda: ann.add_track(KIND.VIDEO, bitrate_mode=vsdk.BitrateMode(9)),
            lambda: ann.add_track(KIND.AUDIO, audio_profile=vsdk.AudioProfile(9)),
            lambda: ann.add_track(KIND.SHARE, share_profile=vsdk.ScreenShareProfile(9)),
            lambda: ann.add_track(KIND.AUDIO, app_data={"text": "x" * 16384}),
            lambda: ann.send_data("half \ud800"),
            lambda: ann.send_data(b"", reliability=vsdk.Reliability(9)),
        )
        for call in wrong:
            with pytest.raises(vsdk.InvalidArgumentError) as caught:
                call()
            assert caught.value.remedy
        for call in (
            lambda: track.push("text", 0),  # type: ignore[arg-type]
            lambda: track.push(7, 0),  # type: ignore[arg-type]
            lambda: track.push(sound(0), 0.5),  # type: ignore[arg-type]
            lambda: track.push(sound(0), 0, key_frame=1),  # type: ignore[arg-type]
            lambda: track.set_enabled("off"),  # type: ignore[arg-type]
            lambda: ann.add_track(KIND.AUDIO, enabled="no"),  # type: ignore[arg-type]
            lambda: ann.send_data(7),  # type: ignore[arg-type]
        ):
            with pytest.raises(TypeError):
                call()
        with pytest.raises(vsdk.InvalidStateError) as state:
            ann.send_data(b"early")
        assert state.value.service_code == 3048
        with pytest.raises(vsdk.NotFoundError):
            ann.remote_track("nobody's")


def test_data_that_is_too_long_is_told(service: Service) -> None:
    room = vsdk.create_room().id
    with init(room, "Ann") as ann, init(room, "Bob") as bob:
        ann.join()
        bob.join()
        exchange(ann, bob, b"open", vsdk.Reliability.RELIABLE)
        with pytest.raises(vsdk.InvalidArgumentError) as caught:
            ann.send_data(bytes(15 * 1024 + 1))
        assert caught.value.service_code == 3072


# ---- Their end -----------------------------------------------------------------------------------


def test_a_track_can_be_closed_again_and_is_told_by_the_others(service: Service) -> None:
    with pair(KIND.AUDIO) as (_, track, bob), added(bob) as remote:
        assert repr(track) == f"<vsdk.LocalTrack {track.id!r}: AUDIO, OPUS>"
        track.close()
        track.close()
        assert not track.is_sending
        assert repr(track).endswith(" closed>")
        uses: tuple[Callable[[], object], ...] = (
            lambda: track.push(sound(0), 0),
            lambda: track.set_enabled(False),
            lambda: track.encoder_target(),
            lambda: remote.next_frame(0),
            lambda: remote.frames(),
            lambda: remote.frames_async(),
            lambda: remote.set_frame_handler(None),
            lambda: remote.set_wake_handler(None),
            lambda: remote.flush(),
            lambda: remote.request_key_frame(),
            lambda: remote.resume(),
        )
        assert event_of(bob, EVENT.TRACK_REMOVED).track_id == remote.id
        remote.close()
        remote.close()
        for use in uses:
            with pytest.raises(vsdk.InvalidStateError):
                use()


def test_a_forgotten_track_is_taken_out(service: Service) -> None:
    with init(vsdk.create_room().id, "Ann") as ann:
        ann.join()
        track = ann.add_track(KIND.AUDIO)
        published(ann, track)
        del track
        gc.collect()
        assert event_of(ann, EVENT.TRACK_UNPUBLISHED).participant_id == "ann"
        assert vsdk.live_handles(vsdk.HandleKind.LOCAL_TRACK) == 0


@pytest.mark.parametrize("order", ["meetings first", "tracks first", "frames first"])
def test_all_may_be_closed_in_any_order(service: Service, order: str) -> None:
    room = vsdk.create_room().id
    ann, bob = init(room, "Ann"), init(room, "Bob")
    track = ann.add_track(KIND.AUDIO)
    bob.join()
    ann.join()
    published(ann, track)
    remote = added(bob)
    data = send_until(Microphone(track), lambda: remote.next_frame(0)).data
    if order == "frames first":
        del data
    if order != "meetings first":
        track.close()
        remote.close()
    bob.close()
    ann.close()
    if order == "meetings first":
        assert sum(sound_number(it) < 0 for it in remote.frames()) == 0
        track.set_enabled(False)
        track.close()
        remote.close()
    if order != "frames first":
        assert data[5:] == b"\x55" * 80
        del data
    wait_until(lambda: vsdk.live_handles() == 0, counts)


def test_closing_the_meeting_ends_its_frame_handlers(service: Service) -> None:
    running, ended = threading.Event(), threading.Event()

    def on_frame(frame: vsdk.ReceivedFrame) -> None:
        running.set()
        time.sleep(0.2)
        ended.set()

    with pair(KIND.AUDIO) as (_, track, bob):
        remote = added(bob)
        remote.set_frame_handler(on_frame)
        send_until(Microphone(track), lambda: running.is_set() or None)
        bob.close()
        assert ended.is_set()
        wait_until(lambda: not callbacks._registered, lambda: callbacks._registered)
        remote.close()
