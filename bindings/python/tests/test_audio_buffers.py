"""Which buffers raw sound goes from and to, and what is refused. Nobody has to hear it."""

from __future__ import annotations

import ctypes
import gc
import math
import os
import pickle
import subprocess
import sys
import tracemalloc
from array import array
from collections.abc import Iterator
from typing import Any, Callable

import numpy as np
import pytest
from conftest import LIMIT_S, Service, init, run_program

import vsdk

KIND, RESULT = vsdk.TrackKind, vsdk.PushResult


@pytest.fixture
def meeting(service: Service) -> Iterator[vsdk.Meeting]:
    """One that is not joined: nothing is sent, and all is silent."""
    with init("room", "Ann") as it:
        yield it


@pytest.fixture
def source(meeting: vsdk.Meeting) -> Iterator[vsdk.AudioInput]:
    with meeting.add_track(KIND.AUDIO) as track, track.audio_input(48_000, 2) as it:
        yield it


@pytest.fixture
def mixer(meeting: vsdk.Meeting) -> Iterator[vsdk.AudioOutput]:
    with meeting.audio_mixer(48_000, 2) as it:
        yield it


# A tenth of full scale, which has 20 dB less than that, in as many as the meter needs.
COUNT = 48_000
INTEGERS = array("h", [3_277]) * COUNT
FLOATS = array("f", [0.1]) * COUNT

BUFFERS: dict[str, Callable[[], Any]] = {
    "array of 16 bits": lambda: INTEGERS[:],
    "array of floats": lambda: FLOATS[:],
    "bytes": INTEGERS.tobytes,
    "bytearray": lambda: bytearray(INTEGERS.tobytes()),
    "array of bytes": lambda: array("B", INTEGERS.tobytes()),
    "view": lambda: memoryview(INTEGERS[:]),
    "view that is read-only": lambda: memoryview(FLOATS).toreadonly(),
    "view of bytes as floats": lambda: memoryview(FLOATS.tobytes()).cast("f"),
    "part of a view": lambda: memoryview(array("h", [0]) * 2 + INTEGERS)[2:],
    "characters": lambda: ctypes.create_string_buffer(INTEGERS.tobytes(), 2 * COUNT),
    "ctypes": lambda: (ctypes.c_float * COUNT)(*FLOATS),
    "numpy.int16": lambda: np.array(INTEGERS, np.int16),
    "numpy.float32": lambda: np.array(FLOATS, np.float32),
    "numpy, read-only": lambda: np.frombuffer(FLOATS.tobytes(), np.float32),
    "numpy, a row for each frame": lambda: np.full((COUNT // 2, 2), 0.1, np.float32),
    "numpy, one row": lambda: np.full((1, COUNT), 3_277, np.int16),
    "numpy, the middle": lambda: np.full(COUNT + 20, 3_277, np.int16)[10:-10],
}


@pytest.mark.parametrize("kind", BUFFERS)
def test_sound_is_pushed_from_any_buffer(source: vsdk.AudioInput, kind: str) -> None:
    buffer = BUFFERS[kind]()
    assert source.level == -127
    assert source.push(buffer) == RESULT.NOT_SENDING
    assert source.level == -20
    assert source.push(buffer, capture_time_us=0) == RESULT.NOT_SENDING


@pytest.mark.parametrize("kind", BUFFERS)
def test_sound_is_pulled_into_any_buffer(mixer: vsdk.AudioOutput, kind: str) -> None:
    buffer = BUFFERS[kind]()
    view = memoryview(buffer)
    before = view.tobytes()
    assert any(before)
    if view.readonly:
        with pytest.raises(vsdk.InvalidArgumentError, match="written") as caught:
            mixer.pull_into(buffer)
        assert caught.value.remedy
        assert view.tobytes() == before
    else:
        told = mixer.pull_into(buffer)
        assert told == vsdk.PulledAudio(0, 0, COUNT // 2, -127)
        assert view.tobytes() == bytes(view.nbytes)
        assert pickle.loads(pickle.dumps(told)) == told


@pytest.mark.parametrize("kind", ["bytes", "array of floats", "numpy.int16", "numpy, read-only"])
def test_nothing_is_copied_on_the_way(
    source: vsdk.AudioInput, mixer: vsdk.AudioOutput, kind: str
) -> None:
    buffer = BUFFERS[kind]()
    size = memoryview(buffer).nbytes
    is_readonly = memoryview(buffer).readonly

    def move() -> None:
        source.push(buffer)
        if not is_readonly:
            mixer.pull_into(buffer)

    move()
    tracemalloc.start()
    try:
        move()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < size / 4


def test_a_buffer_is_held_during_the_call_alone(
    source: vsdk.AudioInput, mixer: vsdk.AudioOutput
) -> None:
    buffer = bytearray(962)
    for use in (source.push, mixer.pull_into):
        # Its traceback has everything that the call held.
        with pytest.raises(vsdk.InvalidArgumentError) as caught:
            use(buffer)
        # This it refuses as long as anybody looks at it.
        buffer.append(0)
        del buffer[-1]
        assert caught.value.operation
    del buffer[-2:]
    source.push(buffer)
    mixer.pull_into(buffer)
    buffer.append(0)


def test_nothing_may_be_pushed_and_pulled(source: vsdk.AudioInput, mixer: vsdk.AudioOutput) -> None:
    for nothing in (b"", bytearray(), array("f"), memoryview(b"x")[:0], np.empty(0, np.int16)):
        assert source.push(nothing) == RESULT.NOT_SENDING
    for place in (bytearray(), array("h"), np.empty((0, 2), np.float32)):
        assert mixer.pull_into(place).silent_frames == 0
    assert mixer.pull(0) == (array("h"), vsdk.PulledAudio(0, 0, 0, -127))


WRONG: dict[str, tuple[Callable[[], Any], str]] = {
    "half a frame": (lambda: array("h", [1]) * 3, "3 samples"),
    "half a sample": (lambda: bytearray(7), "7 bytes"),
    "more than a second": (lambda: bytearray(4 * 48_001), "a second"),
    "far more than a second": (lambda: bytearray(10_000_000), "a second"),
    "doubles": (lambda: array("d", [0.1]) * 4, "'d'"),
    "whole numbers of 32 bits": (lambda: array("i", [1]) * 4, "'i'"),
    "without a sign": (lambda: array("H", [1]) * 4, "'H'"),
    "one byte a sample": (lambda: array("b", [1]) * 4, "'b'"),
    "numpy.float64": (lambda: np.zeros(4), "'d'"),
    "numpy.float16": (lambda: np.zeros(4, np.float16), "'e'"),
    "another order of bytes": (
        lambda: np.zeros(4, np.dtype(np.int16).newbyteorder("S")),
        "'[<>]h'",
    ),
    "gaps": (lambda: np.zeros(8, np.int16)[::2], "contiguous"),
    "backwards": (lambda: memoryview(array("f", [0.1] * 4))[::-1], "contiguous"),
    "columns": (lambda: np.zeros((2, 480), np.float32).T, "contiguous"),
    "planes": (lambda: np.zeros((2, 480), np.float32), r"\(2, 480\)"),
    "an odd address": (lambda: memoryview(bytearray(9))[1:], "odd address"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_buffer_is_told(
    source: vsdk.AudioInput, mixer: vsdk.AudioOutput, kind: str
) -> None:
    make, words = WRONG[kind]
    for use in (source.push, mixer.pull_into):
        with pytest.raises(vsdk.InvalidArgumentError, match=words) as caught:
            use(make())
        assert caught.value.status == vsdk.Status.INVALID_ARGUMENT
        assert caught.value.remedy


@pytest.mark.parametrize("value", [7, 0.5, None, "sound", [1, 2], object()], ids=repr)
def test_what_is_no_buffer_is_told(
    source: vsdk.AudioInput, mixer: vsdk.AudioOutput, value: Any
) -> None:
    for use in (source.push, mixer.pull_into):
        with pytest.raises(TypeError, match=f"has to be a buffer.* not {type(value).__name__}"):
            use(value)


def test_other_wrong_arguments_are_told(
    meeting: vsdk.Meeting, source: vsdk.AudioInput, mixer: vsdk.AudioOutput
) -> None:
    track = source.track
    film = meeting.add_track(KIND.VIDEO)
    telephone = meeting.add_track(KIND.AUDIO, codec=vsdk.Codec.PCMU)
    invalid: list[Callable[[], object]] = [
        lambda: source.push(bytes(4), capture_time_us=-1),
        lambda: source.push(bytes(4), capture_time_us=-2),
        lambda: source.push(bytes(4), capture_time_us=2**63),
        lambda: mixer.pull(-1),
        lambda: mixer.pull(48_001),
        lambda: mixer.pull(2**40),
        lambda: mixer.pull(480, "d"),  # type: ignore[call-overload]
        lambda: film.audio_input(),
    ]
    for format_ in ((7_999, 1), (192_001, 1), (48_000, 0), (48_000, 3), (-1, 1), (2**40, 1)):
        invalid.append(lambda it=format_: telephone.audio_input(*it))  # type: ignore[misc]
        invalid.append(lambda it=format_: meeting.audio_mixer(*it))  # type: ignore[misc]
    for call in invalid:
        with pytest.raises(vsdk.InvalidArgumentError) as caught:
            call()
        assert caught.value.remedy
    for call in (
        lambda: source.push(bytes(4), capture_time_us=0.5),  # type: ignore[arg-type]
        lambda: mixer.pull(0.5),  # type: ignore[call-overload]
        lambda: meeting.audio_mixer("48000"),  # type: ignore[arg-type]
        lambda: track.audio_input(48_000, 1.0),  # type: ignore[arg-type]
    ):
        with pytest.raises(TypeError):
            call()
    with pytest.raises(vsdk.UnsupportedError):
        telephone.audio_input()
    for call in (track.audio_input, lambda: track.push(b"\xfc" + bytes(80), 0)):
        with pytest.raises(vsdk.InvalidStateError):
            call()
    for it in (film, telephone, source):
        it.close()
    with track.audio_input(192_000, 2) as fast, meeting.audio_mixer(192_000, 2) as loud:
        assert fast.push(bytes(4 * 192_000)) == RESULT.NOT_SENDING
        assert len(loud.pull(192_000, "f")[0]) == 384_000


def test_what_is_beyond_full_scale_is_cut_off_and_no_number_is_silence(
    source: vsdk.AudioInput,
) -> None:
    track = source.track
    source.close()
    for value, level in ((7.0, 0), (math.inf, -127), (math.nan, -127), (-7.0, 0)):
        with track.audio_input() as fresh:
            fresh.push(array("f", [value]) * 48_000)
            assert fresh.level == level


# ---- Their end -----------------------------------------------------------------------------------


def test_what_is_closed_is_told(meeting: vsdk.Meeting) -> None:
    track = meeting.add_track(KIND.AUDIO)
    source, mixer = track.audio_input(44_100, 2), meeting.audio_mixer(8_000)
    assert repr(source) == "<vsdk.AudioInput: 44100 Hz, channels: 2>"
    assert repr(mixer) == "<vsdk.AudioOutput: 8000 Hz, channels: 1>"
    assert source.track is track
    for it in (source, mixer):
        it.close()
        it.close()
        assert repr(it).endswith(" closed>")
        with pytest.raises(TypeError):
            pickle.dumps(it)
    uses: tuple[Callable[[], object], ...] = (
        lambda: source.push(bytes(4)),
        lambda: source.level,
        lambda: mixer.pull(80),
        lambda: mixer.pull_into(bytearray(160)),
    )
    for use in uses:
        with pytest.raises(vsdk.InvalidStateError, match="is closed") as caught:
            use()
        assert caught.value.remedy
    assert (source.sample_rate, source.channels) == (44_100, 2)
    # Then there may be another one.
    track.audio_input().close()
    track.close()
    meeting.close()
    for take in (track.audio_input, meeting.audio_mixer):
        with pytest.raises(vsdk.InvalidStateError):
            take()


def test_what_is_forgotten_is_freed(meeting: vsdk.Meeting) -> None:
    def count(kind: vsdk.HandleKind) -> int:
        gc.collect()
        return vsdk.live_handles(kind)

    mixer = meeting.audio_mixer()
    assert count(vsdk.HandleKind.AUDIO_OUTPUT) == 1
    del mixer
    assert count(vsdk.HandleKind.AUDIO_OUTPUT) == 0
    # An input keeps its track.
    source = meeting.add_track(KIND.AUDIO).audio_input()
    assert count(vsdk.HandleKind.LOCAL_TRACK) == count(vsdk.HandleKind.AUDIO_INPUT) == 1
    track = source.track
    del source
    assert (count(vsdk.HandleKind.LOCAL_TRACK), count(vsdk.HandleKind.AUDIO_INPUT)) == (1, 0)
    track.audio_input().close()
    del track
    assert count(vsdk.HandleKind.LOCAL_TRACK) == 0


# ---- The process ---------------------------------------------------------------------------------


def test_numpy_is_not_needed(service: Service) -> None:
    program = """
import sys
sys.modules["numpy"] = None
import vsdk
vsdk.config(sys.argv[2], api_base_url=sys.argv[1])
with vsdk.init_meeting("room") as meeting, meeting.add_track(vsdk.TrackKind.AUDIO) as track:
    print(track.audio_input().push(bytes(960)), meeting.audio_mixer().pull(480)[1].silent_frames)
"""
    ran = run_program(program, service.base, service.token())
    assert (ran.stdout, ran.stderr, ran.returncode) == ("NOT_SENDING 480\n", "", 0)


def test_threads_of_a_sound_device_may_go_on_to_the_end(service: Service) -> None:
    program = """
import sys, threading, time, vsdk
vsdk.config(sys.argv[2], api_base_url=sys.argv[1])
room = vsdk.create_room().id
meeting, other = vsdk.init_meeting(room), vsdk.init_meeting(room)
for it in (meeting, other):
    it.set_frame_transform(lambda info, data: data)
    it.join()
source, mixer = meeting.add_track(vsdk.TrackKind.AUDIO).audio_input(), other.audio_mixer()
def forever(use):
    while True:
        use()
        time.sleep(0.001)
for use in (lambda: source.push(bytes(96)), lambda: mixer.pull(48), lambda: source.level):
    threading.Thread(target=forever, args=(use,), daemon=True).start()
time.sleep(0.5)
"""
    for _ in range(5):
        ran = run_program(program, service.base, service.token())
        assert (ran.stdout, ran.stderr, ran.returncode) == ("", "", 0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_in_a_forked_child_raw_sound_is_closed(service: Service) -> None:
    program = """
import os, sys, vsdk
vsdk.config(sys.argv[2], api_base_url=sys.argv[1])
meeting = vsdk.init_meeting("room")
source, mixer = meeting.add_track(vsdk.TrackKind.AUDIO).audio_input(), meeting.audio_mixer()
child = os.fork()
if child == 0:
    for use in (lambda: source.push(bytes(4)), lambda: source.level, lambda: mixer.pull(480)):
        try:
            use()
        except vsdk.InvalidStateError:
            print("closed", flush=True)
    source.close()
    mixer.close()
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
print(source.push(bytes(4)), mixer.pull(480)[1].silent_frames)
"""
    # Newer versions of Python warn of any fork of a process with threads.
    ran = subprocess.run(
        [sys.executable, "-c", program, service.base, service.token()],
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert (ran.stdout, ran.returncode) == ("closed\n" * 3 + "NOT_SENDING 480\n", 0), ran.stderr
