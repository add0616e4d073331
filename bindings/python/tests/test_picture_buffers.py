"""Which buffers raw pictures go from, and what is refused. Nobody has to see it.

Without the feature `vp8` this is not collected: see conftest.py.
"""

from __future__ import annotations

import ctypes
import gc
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
from vsdk import VideoPicture

FORMAT, KIND, RESULT = vsdk.PictureFormat, vsdk.TrackKind, vsdk.PushResult

# Of a picture in RGBA.
WIDTH, HEIGHT = 37, 21
ROW = 4 * WIDTH
BYTES = bytes(ROW * HEIGHT)


@pytest.fixture
def meeting(service: Service) -> Iterator[vsdk.Meeting]:
    """One that is not joined: nothing is sent."""
    with init("room", "Ann") as it:
        yield it


@pytest.fixture
def source(meeting: vsdk.Meeting) -> Iterator[vsdk.VideoInput]:
    with meeting.add_track(KIND.VIDEO) as track, track.video_input() as it:
        yield it


def rgba(plane: Any, *strides: int, **more: Any) -> VideoPicture:
    return VideoPicture(FORMAT.RGBA, WIDTH, HEIGHT, [plane], strides or None, **more)


BUFFERS: dict[str, Callable[[], Any]] = {
    "bytes": lambda: BYTES,
    "bytearray": lambda: bytearray(BYTES),
    "array": lambda: array("B", BYTES),
    "array with a sign": lambda: array("b", BYTES),
    "view": lambda: memoryview(BYTES),
    "part of a view": lambda: memoryview(BYTES + b"xyz")[1:-2],
    "view with rows": lambda: memoryview(BYTES).cast("B", (HEIGHT, ROW)),
    "rows of a view": lambda: memoryview(BYTES * 2).cast("B", (2 * HEIGHT, ROW))[7 : HEIGHT + 7],
    "every second row": lambda: memoryview(BYTES * 2).cast("B", (2 * HEIGHT, ROW))[::2],
    "characters": lambda: ctypes.create_string_buffer(BYTES, len(BYTES)),
    "ctypes": lambda: (ctypes.c_uint8 * len(BYTES))(),
    "numpy, flat": lambda: np.zeros(len(BYTES), np.uint8),
    "numpy, rows": lambda: np.zeros((HEIGHT, ROW), np.uint8),
    "numpy, pixels": lambda: np.zeros((HEIGHT, WIDTH, 4), np.uint8),
    "numpy, read-only": lambda: np.frombuffer(BYTES, np.uint8).reshape(HEIGHT, WIDTH, 4),
    "numpy, in a larger one": lambda: np.zeros((50, 60, 4), np.uint8)[
        9 : 9 + HEIGHT, 5 : 5 + WIDTH
    ],
    "numpy, every third row": lambda: np.zeros((3 * HEIGHT, WIDTH, 4), np.uint8)[::3],
}


@pytest.mark.parametrize("kind", BUFFERS)
def test_pictures_are_pushed_from_any_buffer(source: vsdk.VideoInput, kind: str) -> None:
    buffer = BUFFERS[kind]()
    assert source.push(rgba(buffer)) == RESULT.NOT_SENDING
    assert source.push(rgba(buffer, capture_time_us=0, rotation=270)) == RESULT.NOT_SENDING
    # One row less it has not: the library has seen all of it.
    higher = VideoPicture(FORMAT.RGBA, WIDTH, HEIGHT + 1, (buffer,))
    with pytest.raises(vsdk.InvalidArgumentError, match="Plane 0 has"):
        source.push(higher)


def test_a_single_row_may_have_any_stride(source: vsdk.VideoInput) -> None:
    row = np.lib.stride_tricks.as_strided(np.zeros(ROW, np.uint8), (1, ROW), (-5, 1))
    assert source.push(VideoPicture(FORMAT.RGBA, WIDTH, 1, [row])) == RESULT.NOT_SENDING
    nothing = np.empty((0, ROW), np.uint8)
    with pytest.raises(vsdk.InvalidArgumentError, match="0 bytes"):
        source.push(VideoPicture(FORMAT.RGBA, WIDTH, 1, [nothing]))


@pytest.mark.parametrize("kind", ["bytes", "numpy, pixels", "numpy, in a larger one"])
def test_nothing_is_copied_on_the_way(source: vsdk.VideoInput, kind: str) -> None:
    width, height = 640, 360
    whole: dict[str, Any] = {
        "bytes": bytes(4 * width * height),
        "numpy, pixels": np.zeros((height, width, 4), np.uint8),
        "numpy, in a larger one": np.zeros((height + 9, width + 9, 4), np.uint8)[5:-4, 2:-7],
    }
    picture = VideoPicture(FORMAT.RGBA, width, height, [whole[kind]])
    source.push(picture)
    tracemalloc.start()
    try:
        source.push(picture)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 100_000


def test_a_buffer_is_held_during_the_call_alone(source: vsdk.VideoInput) -> None:
    buffer = bytearray(BYTES)
    with pytest.raises(vsdk.InvalidArgumentError) as caught:
        source.push(rgba(buffer, 3))
    # Its traceback has everything that the call held. This it refuses while anybody looks at it.
    buffer.append(0)
    assert caught.value.operation
    source.push(rgba(buffer))
    buffer.append(0)


def test_odd_sizes_have_halves_rounded_up(source: vsdk.VideoInput) -> None:
    y, half = bytes(5 * 3), bytes(3 * 2)
    ways: tuple[Any, ...] = ((y, half, half), [y, half, bytearray(half)])
    for planes in ways:
        picture = VideoPicture(FORMAT.I420, 5, 3, planes)
        assert source.push(picture) == RESULT.NOT_SENDING
    assert source.push(VideoPicture(FORMAT.NV12, 5, 3, [y, half * 2])) == RESULT.NOT_SENDING
    pairs = np.zeros((2, 3, 2), np.uint8)
    assert source.push(VideoPicture(FORMAT.NV12, 5, 3, [y, pairs])) == RESULT.NOT_SENDING
    apart = VideoPicture(FORMAT.I420, 5, 3, [bytes(25), bytes(15), bytes(15)], (10, 12, 12))
    assert source.push(apart) == RESULT.NOT_SENDING
    for at in range(3):
        planes = [y, half, half]
        planes[at] = planes[at][:-1]
        with pytest.raises(vsdk.InvalidArgumentError, match=f"Plane {at} has"):
            source.push(VideoPicture(FORMAT.I420, 5, 3, planes))


WRONG: dict[str, tuple[Callable[[], VideoPicture], str]] = {
    "a byte too few": (lambda: rgba(BYTES[:-1]), f"needs {len(BYTES)}"),
    "no bytes": (lambda: rgba(b""), "0 bytes"),
    "a stride too short": (lambda: rgba(BYTES, ROW - 1), f"a row has {ROW}"),
    "a stride of nothing": (lambda: rgba(BYTES, 0), "stride"),
    "a stride below": (lambda: rgba(BYTES, -ROW), "stride"),
    "a stride too long": (lambda: rgba(BYTES, ROW + 1), "with its stride"),
    "a stride beyond all limits": (lambda: rgba(BYTES, 2**31), "stride"),
    "no width": (lambda: VideoPicture(FORMAT.RGBA, 0, 1, [BYTES]), "0 x 1"),
    "no height": (lambda: VideoPicture(FORMAT.RGBA, 1, 0, [BYTES]), "1 x 0"),
    "a width below": (lambda: VideoPicture(FORMAT.RGBA, -1, 1, [BYTES]), "width"),
    "a height below": (lambda: VideoPicture(FORMAT.RGBA, 1, -1, [BYTES]), "height"),
    "too wide": (lambda: VideoPicture(FORMAT.RGBA, 16_384, 1, [BYTES]), "16384 x 1"),
    "too many pixels": (lambda: VideoPicture(FORMAT.RGBA, 16_383, 16_383, [BYTES]), "size"),
    "beyond all limits": (lambda: VideoPicture(FORMAT.RGBA, 2**40, 1, [BYTES]), "width"),
    "a format that is none": (lambda: VideoPicture(FORMAT(9), 1, 1, [BYTES]), "9"),
    "a turn that is none": (lambda: rgba(BYTES, rotation=45), "45"),
    "a turn below": (lambda: rgba(BYTES, rotation=-90), "-90"),
    "a time below": (lambda: rgba(BYTES, capture_time_us=-1), "capture_time_us is -1"),
    "too few planes": (lambda: VideoPicture(FORMAT.NV12, 2, 2, [BYTES]), "NV12 has 2"),
    "too many planes": (lambda: VideoPicture(FORMAT.BGRA, 2, 2, [BYTES, BYTES]), "BGRA has 1"),
    "too few strides": (lambda: VideoPicture(FORMAT.NV12, 2, 2, [BYTES] * 2, [2]), "strides"),
    "floats": (lambda: rgba(np.zeros((HEIGHT, WIDTH, 4), np.float32)), "'f'"),
    "words": (lambda: rgba(np.zeros((HEIGHT, WIDTH), np.uint32)), "'I'"),
    "gaps in a row": (lambda: rgba(np.zeros((HEIGHT, WIDTH, 5), np.uint8)[..., :4]), "gaps"),
    "mirrored": (lambda: rgba(np.zeros((HEIGHT, WIDTH, 4), np.uint8)[:, ::-1]), "gaps"),
    "upside down": (lambda: rgba(np.zeros((HEIGHT, WIDTH, 4), np.uint8)[::-1]), "last row"),
    "columns": (lambda: rgba(np.zeros((WIDTH, HEIGHT, 4), np.uint8).transpose(1, 0, 2)), "gaps"),
    "width and height exchanged": (lambda: rgba(np.zeros((WIDTH, HEIGHT, 4), np.uint8)), "stride"),
    "three bytes a pixel": (lambda: rgba(np.zeros((HEIGHT, WIDTH, 3), np.uint8)), "a row has"),
    "a narrow part": (
        lambda: rgba(np.zeros((HEIGHT, 2 * WIDTH, 4), np.uint8)[:, : WIDTH - 1]),
        "Plane 0 has",
    ),
    "one row for all": (
        lambda: rgba(np.broadcast_to(np.zeros(ROW, np.uint8), (HEIGHT, ROW))),
        "is 0",
    ),
    "gaps and a stride": (lambda: rgba(memoryview(BYTES * 2)[::2], ROW), "contiguous"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_picture_is_told(source: vsdk.VideoInput, kind: str) -> None:
    make, words = WRONG[kind]
    with pytest.raises(vsdk.InvalidArgumentError, match=words) as caught:
        source.push(make())
    assert caught.value.status == vsdk.Status.INVALID_ARGUMENT
    assert caught.value.remedy


def test_what_is_of_another_type_is_told(source: vsdk.VideoInput) -> None:
    wrong: dict[str, Callable[[], Any]] = {
        "picture has to be a VideoPicture": lambda: BYTES,
        "planes has to be a list": lambda: VideoPicture(FORMAT.RGBA, 1, 1, BYTES),  # type: ignore[arg-type]
        "not ndarray": lambda: VideoPicture(FORMAT.RGBA, 1, 1, np.zeros((1, 1, 4), np.uint8)),  # type: ignore[arg-type]
        "strides has to be a list": lambda: VideoPicture(FORMAT.RGBA, 1, 1, [BYTES], 4),  # type: ignore[arg-type]
        r"planes\[0\] has to be a buffer.*not int": lambda: rgba(7),
        r"stride of planes\[0\]": lambda: rgba(BYTES, 4.0),  # type: ignore[arg-type]
        "width has to be": lambda: VideoPicture(FORMAT.RGBA, 1.0, 1, [BYTES]),  # type: ignore[arg-type]
        "format has to be": lambda: VideoPicture("rgba", 1, 1, [BYTES]),  # type: ignore[arg-type]
        "rotation has to be": lambda: rgba(BYTES, rotation=90.0),
        "capture_time_us has to be": lambda: rgba(BYTES, capture_time_us=0.5),
    }
    for words, make in wrong.items():
        with pytest.raises(TypeError, match=words):
            source.push(make())


# ---- Their end -----------------------------------------------------------------------------------


def test_what_is_closed_is_told(meeting: vsdk.Meeting) -> None:
    track = meeting.add_track(KIND.VIDEO)
    source = track.video_input()
    assert repr(source) == f"<vsdk.VideoInput: of track {track.id!r}>"
    assert source.track is track
    with pytest.raises(vsdk.InvalidStateError):
        track.video_input()
    source.close()
    source.close()
    assert repr(source).endswith(" closed>")
    with pytest.raises(TypeError):
        pickle.dumps(source)
    with pytest.raises(vsdk.InvalidStateError, match="the VideoInput is closed") as caught:
        source.push(rgba(BYTES))
    assert caught.value.remedy
    # Then there may be another one.
    track.video_input().close()
    track.close()
    with pytest.raises(vsdk.InvalidStateError, match="closed"):
        track.video_input()


def test_what_is_forgotten_is_freed(meeting: vsdk.Meeting) -> None:
    def count(kind: vsdk.HandleKind) -> int:
        gc.collect()
        return vsdk.live_handles(kind)

    # An input keeps its track.
    source = meeting.add_track(KIND.VIDEO).video_input()
    assert count(vsdk.HandleKind.LOCAL_TRACK) == count(vsdk.HandleKind.VIDEO_INPUT) == 1
    track = source.track
    del source
    assert (count(vsdk.HandleKind.LOCAL_TRACK), count(vsdk.HandleKind.VIDEO_INPUT)) == (1, 0)
    track.video_input().close()
    del track
    assert count(vsdk.HandleKind.LOCAL_TRACK) == 0


def test_numpy_is_not_needed(service: Service) -> None:
    program = """
import sys
sys.modules["numpy"] = None
import vsdk
vsdk.config(sys.argv[2], api_base_url=sys.argv[1])
with vsdk.init_meeting("room") as meeting, meeting.add_track(vsdk.TrackKind.VIDEO) as track:
    picture = vsdk.VideoPicture(vsdk.PictureFormat.BGRA, 3, 2, [bytes(24)])
    print(track.video_input().push(picture))
"""
    ran = run_program(program, service.base, service.token())
    assert (ran.stdout, ran.stderr, ran.returncode) == ("NOT_SENDING\n", "", 0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_in_a_forked_child_an_input_is_closed(service: Service) -> None:
    program = """
import os, sys, vsdk
vsdk.config(sys.argv[2], api_base_url=sys.argv[1])
meeting = vsdk.init_meeting("room")
source = meeting.add_track(vsdk.TrackKind.VIDEO).video_input()
picture = vsdk.VideoPicture(vsdk.PictureFormat.BGRA, 3, 2, [bytes(24)])
child = os.fork()
if child == 0:
    try:
        source.push(picture)
    except vsdk.InvalidStateError:
        print("closed", flush=True)
    source.close()
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
print(source.push(picture))
"""
    # Newer versions of Python warn of any fork of a process with threads.
    ran = subprocess.run(
        [sys.executable, "-c", program, service.base, service.token()],
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert (ran.stdout, ran.returncode) == ("closed\nNOT_SENDING\n", 0), ran.stderr
