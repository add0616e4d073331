"""Raw sound, through the media server of the local service, judged by what is heard."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Callable

import pytest
from audio import (
    LEVEL,
    RATE,
    Kind,
    Voice,
    heard_whole,
    joined_pair,
    listen,
    microphone_of,
    tone,
)
from conftest import LIMIT_S, Service, init, wait_until
from media import Microphone, added, pair, send_until, sound_number

import vsdk

EVENT, KIND, RESULT = vsdk.EventType, vsdk.TrackKind, vsdk.PushResult

WITHOUT_MEDIA = os.environ.get("VSDK_WITHOUT_MEDIA")
pytestmark = pytest.mark.skipif(WITHOUT_MEDIA is not None, reason=str(WITHOUT_MEDIA))


# ---- What is heard -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pushed", "pushed_as", "pulled", "pulled_as"),
    [
        ((RATE, 1), "h", (RATE, 1), "f"),
        ((44_100, 2), "f", (16_000, 2), "h"),
        ((8_000, 1), "bytes", (44_100, 1), "bytes"),
    ],
    ids=str,
)
def test_a_tone_is_heard_at_its_pitch_and_level(
    service: Service,
    pushed: tuple[int, int],
    pushed_as: Kind,
    pulled: tuple[int, int],
    pulled_as: Kind,
) -> None:
    with (
        joined_pair() as (_, track, bob),
        track.audio_input(*pushed) as source,
        Voice(source, 440, pushed_as) as voice,
        added(bob) as remote,
        remote.audio_output(*pulled) as output,
    ):
        heard = heard_whole(output, 2, pulled_as)
        assert heard.decoded == len(heard.samples) == 2 * pulled[0]
        assert 0.8 * LEVEL < heard.level(440) < 1.2 * LEVEL
        assert heard.level(880) < 0.1 * LEVEL
        # A tone of an amplitude of 0.3 has 13.5 dB less than full scale.
        assert -15 <= source.level <= -12
        (received,) = bob.media_statistics().tracks
        assert received.playout is not None
        assert received.playout.played_frames > 2 * 48_000
        assert received.playout.delay_ms > 0
        assert received.playout.target_delay_ms > 0
    assert voice.answers[RESULT.QUEUED] > 150
    assert set(voice.answers) <= {RESULT.QUEUED, RESULT.NOT_SENDING}


def test_a_new_buffer_is_as_good_as_an_old_one(service: Service) -> None:
    with (
        joined_pair() as (_, track, bob),
        track.audio_input() as source,
        Voice(source, 440),
        added(bob) as remote,
        remote.audio_output(RATE, 2) as output,
    ):
        heard_whole(output, 0.5)
        samples, told = output.pull(480)
        assert (samples.typecode, len(samples)) == ("h", 960)
        assert max(samples) > 32_768 * LEVEL / 2
        assert samples[0::2] == samples[1::2]
        floats, told_again = output.pull(4_800, "f")
        assert (floats.typecode, len(floats)) == ("f", 9_600)
        assert LEVEL / 2 < max(floats) < 2 * LEVEL
        for frames, it in ((480, told), (4_800, told_again)):
            assert it.decoded_frames + it.concealed_frames + it.silent_frames == frames
            assert -20 < it.audio_level < -10
        assert output.pull(0)[0] == array("h")


def test_a_mixer_hears_everybody_who_comes_and_nobody_who_has_gone(service: Service) -> None:
    with (
        joined_pair() as (ann, low, bob),
        low.audio_input() as low_source,
        Voice(low_source, 440),
        bob.audio_mixer(RATE, 2) as mixer,
    ):
        alone = heard_whole(mixer, 1)
        assert alone.level(440) > 0.8 * LEVEL
        assert alone.level(1_000) < 0.1 * LEVEL
        with init(ann.snapshot().meeting_id, "Cid") as cid:
            cid.join()
            high = microphone_of(cid)
            with high.audio_input(16_000) as high_source, Voice(high_source, 1_000):
                wait_until(lambda: listen(mixer, 0.5).level(1_000) > 0.8 * LEVEL, str)
                both = heard_whole(mixer, 1)
                assert both.level(440) > 0.8 * LEVEL
                assert both.level(700) < 0.1 * LEVEL
        wait_until(lambda: listen(mixer, 0.5).level(1_000) < 0.05 * LEVEL, str)
        assert listen(mixer, 0.5).level(440) > 0.8 * LEVEL


def test_several_outputs_each_get_all_of_a_track(service: Service) -> None:
    with (
        joined_pair() as (_, track, bob),
        track.audio_input() as source,
        Voice(source, 440),
        added(bob) as remote,
        bob.audio_mixer() as mixer,
    ):
        with remote.audio_output() as output:
            # It goes on without the object that it came from.
            remote.close()
            heard = []
            other = threading.Thread(target=lambda: heard.append(heard_whole(mixer, 0.5)))
            other.start()
            heard.append(heard_whole(output, 0.5))
            other.join(2 * LIMIT_S)
        assert [it.level(440) > 0.8 * LEVEL for it in heard] == [True, True]
        assert heard_whole(mixer, 0.5).level(440) > 0.8 * LEVEL


# ---- Who waits for frames ------------------------------------------------------------------------


def test_an_output_takes_the_frames_and_gives_them_back(service: Service) -> None:
    with pair(KIND.AUDIO) as (_, track, bob), added(bob) as remote:
        microphone = Microphone(track)
        send_until(microphone, lambda: remote.next_frame(0))
        ways: tuple[Callable[[], vsdk.AudioOutput], ...] = (remote.audio_output, bob.audio_mixer)
        for take in ways:
            with take():
                for use in (lambda: remote.next_frame(0), lambda: list(remote.frames(0))):
                    with pytest.raises(vsdk.InvalidStateError, match="output"):
                        use()
                with pytest.raises(vsdk.InvalidStateError, match="output"):
                    remote.set_frame_handler(print)
            first = send_until(microphone, lambda: remote.next_frame(0))
            assert sound_number(first) > 0
        remote.set_frame_handler(lambda frame: None)
        for take in ways:
            with pytest.raises(vsdk.InvalidStateError, match="handler"):
                take()
        remote.set_frame_handler(None)


@pytest.mark.parametrize("way", ["track", "mixer"])
def test_who_waits_is_woken_when_an_output_takes_the_frames(service: Service, way: str) -> None:
    with pair(KIND.AUDIO) as (_, track, bob), added(bob) as remote:
        outputs: list[vsdk.AudioOutput] = []

        @contextmanager
        def taken_soon() -> Iterator[None]:
            take = remote.audio_output if way == "track" else bob.audio_mixer
            timer = threading.Timer(0.2, lambda: outputs.append(take()))
            timer.start()
            began = time.monotonic()
            with pytest.raises(vsdk.InvalidStateError, match="output"):
                yield
            assert time.monotonic() - began < LIMIT_S / 2
            timer.join()
            outputs.pop().close()

        with taken_soon():
            remote.next_frame(LIMIT_S)
        with taken_soon():
            asyncio.run(remote.next_frame_async(LIMIT_S))
        # Those who wait afterwards are woken by frames again.
        timer = threading.Timer(0.2, Microphone(track).push)
        timer.start()
        began = time.monotonic()
        frame = remote.next_frame(LIMIT_S)
        assert frame is not None
        assert time.monotonic() - began < LIMIT_S / 2
        timer.join()


# ---- Handlers and transforms ---------------------------------------------------------------------


def test_a_handler_may_push_and_pull(service: Service) -> None:
    done: list[object] = []
    with joined_pair() as (ann, track, bob):
        source, mixer = track.audio_input(), bob.audio_mixer()

        def on_event(event: vsdk.Event) -> None:
            if event.type == EVENT.MESSAGE:
                chunk = bytearray(960)
                done.extend((source.push(bytes(960)), source.level, mixer.pull_into(chunk)))
                with bob.audio_mixer(8_000) as other:
                    done.append(other.pull(80, "f")[1].silent_frames)

        bob.subscribe("CHAT")
        bob.set_event_handler(on_event)
        ann.publish("CHAT", "now")
        wait_until(lambda: len(done) == 4, lambda: done)
        assert done[:2] == [RESULT.QUEUED, -127]
        assert done[3] == 80
        source.close()
        mixer.close()


def test_raw_sound_is_transformed_on_its_way(service: Service) -> None:
    threads: set[str] = set()
    infos: set[tuple[bool, vsdk.Codec]] = set()

    def changed(info: vsdk.FrameInfo, data: bytes) -> bytes:
        infos.add((info.is_sent, info.codec))
        if not info.is_sent:
            threads.add(threading.current_thread().name)
        return data[:1] + bytes(it ^ 0x5A for it in data[1:])

    with joined_pair() as (ann, track, bob):
        ann.set_frame_transform(changed)
        bob.set_frame_transform(changed)
        with track.audio_input() as source, Voice(source, 440), bob.audio_mixer() as mixer:
            assert heard_whole(mixer, 1).level(440) > 0.8 * LEVEL
        assert infos == {(True, vsdk.Codec.OPUS), (False, vsdk.Codec.OPUS)}
        assert threads == {threading.current_thread().name}


def test_a_transform_must_not_pull(service: Service, unraised: list[BaseException | None]) -> None:
    with joined_pair() as (_, track, bob):
        mixer = bob.audio_mixer()

        def pulling(info: vsdk.FrameInfo, data: bytes) -> bytes:
            mixer.pull(480)
            return data

        bob.set_frame_transform(pulling)
        with track.audio_input() as source, Voice(source, 440):
            while not unraised:
                listen(mixer, 0.1)
        bob.set_frame_transform(None)
        mixer.close()
    assert {type(it) for it in unraised} == {vsdk.WouldDeadlockError}


@pytest.mark.skipif(os.name != "posix", reason="there are no signals like these")
def test_ctrl_c_in_a_transform_ends_the_pull(service: Service) -> None:
    def interrupting(info: vsdk.FrameInfo, data: bytes) -> bytes:
        signal.raise_signal(signal.SIGINT)
        return data

    with (
        joined_pair() as (_, track, bob),
        track.audio_input() as source,
        Voice(source, 440),
        bob.audio_mixer() as mixer,
    ):
        heard_whole(mixer, 0.2)
        bob.set_frame_transform(interrupting)
        with pytest.raises(KeyboardInterrupt):
            listen(mixer, LIMIT_S)
        bob.set_frame_transform(None)
        assert heard_whole(mixer, 0.2).level(440) > 0.8 * LEVEL


# ---- Many threads --------------------------------------------------------------------------------


def test_many_threads_push_and_pull_at_once(service: Service) -> None:
    answers: list[vsdk.PushResult] = []
    failures: list[BaseException] = []
    with joined_pair() as (_, track, bob):
        source, mixer = track.audio_input(), bob.audio_mixer(RATE, 2)
        chunk = tone(440, RATE, 1)[0]
        is_over = threading.Event()

        def until_closed(use: Callable[[], object]) -> None:
            try:
                while not is_over.is_set():
                    use()
            except vsdk.InvalidStateError:
                pass
            except BaseException as error:
                failures.append(error)

        def push() -> None:
            answers.append(source.push(chunk))
            assert -127 <= source.level <= 0

        def pull() -> None:
            samples, told = mixer.pull(480)
            assert len(samples) == 960
            assert told.decoded_frames + told.concealed_frames + told.silent_frames == 480

        threads = [threading.Thread(target=until_closed, args=(it,)) for it in [push, pull] * 16]
        for thread in threads:
            thread.start()
        wait_until(lambda: {RESULT.QUEUED, RESULT.FULL} <= set(answers), lambda: set(answers))
        source.close()
        mixer.close()
        for thread in threads:
            thread.join(LIMIT_S)
        is_over.set()
        assert not any(thread.is_alive() for thread in threads)
    assert not failures
    assert set(answers) <= {RESULT.QUEUED, RESULT.FULL, RESULT.NOT_SENDING}


# ---- When nobody is there ------------------------------------------------------------------------


def test_a_track_that_is_off_is_silent(service: Service) -> None:
    with (
        joined_pair() as (_, track, bob),
        track.audio_input() as source,
        Voice(source, 440) as voice,
        bob.audio_mixer() as mixer,
    ):
        heard_whole(mixer, 0.5)
        track.set_enabled(False)
        wait_until(partial(is_silent, mixer), str)
        wait_until(lambda: voice.answers[RESULT.NOT_SENDING] > 10, lambda: voice.answers)
        # What is pushed is measured all the same.
        assert -15 <= source.level <= -12
        track.set_enabled(True)
        assert heard_whole(mixer, 0.5).level(440) > 0.7 * LEVEL


def is_silent(output: vsdk.AudioOutput) -> bool:
    return listen(output, 0.1).silent == output.sample_rate // 10


def test_after_leaving_nothing_is_taken_and_all_is_silent(service: Service) -> None:
    with joined_pair() as (ann, track, bob):
        source, mixer = track.audio_input(), bob.audio_mixer()
        remote = added(bob)
        output = remote.audio_output()
        with Voice(source, 440):
            heard_whole(mixer, 0.5)
        chunk = tone(440, RATE, 1)[0]
        ann.leave()
        assert source.push(chunk) == RESULT.NOT_SENDING
        for one in (output, mixer):
            wait_until(partial(is_silent, one), str)
        bob.leave()
        ann.close()
        bob.close()
        assert source.push(chunk) == RESULT.NOT_SENDING
        for one in (output, mixer):
            assert one.pull(480)[1].silent_frames == 480
            # What was heard last dies away.
            wait_until(lambda one=one: not any(one.pull(480)[0]), str)  # type: ignore[misc]
        track.close()
        assert source.push(chunk) == RESULT.NOT_SENDING
        with pytest.raises(vsdk.InvalidStateError):
            bob.audio_mixer()
        for it in (source, output, mixer, remote):
            it.close()
