"""Coloured bars that are pushed as a camera would, and found again in what is shown."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Callable

from conftest import LIMIT_S
from media import added, pair

import vsdk

FORMAT, KIND, RESULT = vsdk.PictureFormat, vsdk.TrackKind, vsdk.PushResult

Colour = tuple[int, int, int]

# Red, green and blue of four bars, from left to right.
BARS: tuple[Colour, ...] = ((200, 30, 30), (30, 180, 60), (40, 60, 200), (210, 210, 210))

# Odd, and not to be divided by what a codec divides pictures by.
SIZE = (161, 91)

# By how much a colour may be off after it was encoded.
TOLERANCE = 40


def _yuv(colour: Colour) -> Colour:
    """Convert as BT.601 does, brightness from 16 to 235."""
    red, green, blue = colour
    return (
        round(16 + 0.257 * red + 0.504 * green + 0.098 * blue),
        round(128 - 0.148 * red - 0.291 * green + 0.439 * blue),
        round(128 + 0.439 * red - 0.368 * green - 0.071 * blue),
    )


def _rgb(colour: Colour) -> Colour:
    y, u, v = colour[0] - 16, colour[1] - 128, colour[2] - 128
    return (
        round(1.164 * y + 1.596 * v),
        round(1.164 * y - 0.392 * u - 0.813 * v),
        round(1.164 * y + 2.017 * u),
    )


def painted(
    format_: vsdk.PictureFormat, size: tuple[int, int] = SIZE, gap: int = 0
) -> tuple[list[bytearray], list[int]]:
    """Paint the bars: the planes, and their strides, with that many bytes between rows.

    There is nothing behind the last row.
    """
    width, height = size
    half = (width + 1) // 2

    def row(columns: int, pixel: Callable[[Colour], tuple[int, ...]]) -> bytes:
        bars = (BARS[column * len(BARS) // columns] for column in range(columns))
        return bytes(part for bar in bars for part in pixel(bar))

    if format_ == FORMAT.I420:
        rows = [(row(width, lambda it: _yuv(it)[:1]), height)]
        rows += [(row(half, lambda it: _yuv(it)[1:2]), (height + 1) // 2)]
        rows += [(row(half, lambda it: _yuv(it)[2:]), (height + 1) // 2)]
    elif format_ == FORMAT.NV12:
        rows = [(row(width, lambda it: _yuv(it)[:1]), height)]
        rows += [(row(half, lambda it: _yuv(it)[1:]), (height + 1) // 2)]
    elif format_ == FORMAT.RGBA:
        rows = [(row(width, lambda it: (*it, 7)), height)]
    else:
        rows = [(row(width, lambda it: (*it[::-1], 7)), height)]
    planes = [bytearray((one + b"\x55" * gap) * count) for one, count in rows]
    if gap > 0:
        planes = [plane[:-gap] for plane in planes]
    return planes, [len(one) + gap for one, _ in rows]


def bars(size: tuple[int, int] = SIZE, **more: Any) -> vsdk.VideoPicture:
    """Give a picture of the bars."""
    planes, _ = painted(FORMAT.I420, size)
    return vsdk.VideoPicture(FORMAT.I420, *size, planes, **more)


def colour_at(picture: vsdk.ReceivedPicture, column: int, row: int) -> Colour:
    def byte(plane: int, column: int, row: int) -> int:
        view = picture.planes[plane]
        return view.data[row * view.stride + column]

    if picture.format == FORMAT.RGBA:
        assert byte(0, 4 * column + 3, row) == 255
        red, green, blue = (byte(0, 4 * column + part, row) for part in range(3))
        return red, green, blue
    u, v = (byte(plane, column // 2, row // 2) for plane in (1, 2))
    return _rgb((byte(0, column, row), u, v))


def seen(picture: vsdk.ReceivedPicture, *, from_top: bool = False) -> list[Colour]:
    """Tell the colours in the middles of the bars, from left to right or from top to bottom."""
    width, height = picture.width, picture.height
    parts = [(2 * bar + 1) / (2 * len(BARS)) for bar in range(len(BARS))]
    if from_top:
        return [colour_at(picture, width // 2, int(part * height)) for part in parts]
    return [colour_at(picture, int(part * width), height // 2) for part in parts]


def has_bars(picture: vsdk.ReceivedPicture, *, from_top: bool = False) -> bool:
    pairs = zip(seen(picture, from_top=from_top), BARS)
    return all(abs(a - b) <= TOLERANCE for is_, is_to_be in pairs for a, b in zip(is_, is_to_be))


def shown(
    source: vsdk.VideoInput,
    pushed: vsdk.VideoPicture,
    output: vsdk.VideoOutput,
    is_wanted: Callable[[vsdk.ReceivedPicture], bool] = has_bars,
) -> vsdk.ReceivedPicture:
    """Film until a picture is shown that is as wanted."""
    end, last = time.monotonic() + LIMIT_S, None
    while time.monotonic() < end:
        assert source.push(pushed) == RESULT.QUEUED
        picture = output.next_picture(0.02)
        if picture is not None and is_wanted(picture):
            return picture
        last = picture or last
    raise AssertionError(f"it is never shown, but {last}: {last and seen(last)}")


@contextmanager
def filming(
    format_: vsdk.PictureFormat = FORMAT.I420,
) -> Iterator[tuple[vsdk.Meeting, vsdk.VideoInput, vsdk.Meeting, vsdk.VideoOutput]]:
    """Give Ann, who films, and Bob, who looks."""
    with (
        pair(KIND.VIDEO) as (ann, track, bob),
        track.video_input() as source,
        added(bob) as remote,
        remote.video_output(format_) as output,
    ):
        yield ann, source, bob, output
