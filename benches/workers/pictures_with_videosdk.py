"""Raw pictures with the official SDK; benches/pictures.rs says what is asked and answered.

    pictures_with_videosdk.py [alike]

Its encoder begins with 500 kbit/s and follows a receiver's estimate between fixed bounds: here it has
the bit rate that it is told from the beginning. With `alike` it is also as quick and as plain as the
library's (libvpx/src/glue.c and src/media/video/codec/vp8.rs); the SDK itself has no way to set that.
"""

import asyncio
import fractions
import sys
import time
from pathlib import Path
from types import SimpleNamespace

from videosdk_meeting import HANG, Meeting, Viewer, answer_orders, processor_time

import av
from videosdk import CustomVideoTrack
from vsaiortc import codecs
from vsaiortc.codecs import vpx

# As benches/pictures/film.rs has them.
STEP, STEPS = 2, 120
TIME_BITS, CHECK_BITS, CHECK = 24, 8, 0x5A
CELL, CELLS_PER_ROW = 16, 16
BLACK, WHITE = bytes([16]) * CELL, bytes([235]) * CELL

CLOCK_RATE = 90_000

ALIKE = {"cpu-used": "-8", "noise-sensitivity": "0", "drop-threshold": "30"}


def stamp() -> int:
    """The time on the clock that all processes share, as it stands in a picture."""
    tenths = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 100_000
    return tenths & ((1 << TIME_BITS) - 1)


def check(stamp: int) -> int:
    return (stamp ^ stamp >> 8 ^ stamp >> 16 ^ CHECK) & ((1 << CHECK_BITS) - 1)


class Camera(CustomVideoTrack):
    """Films as fast as it is told, whether what was filmed is asked for in time or not."""

    def __init__(self, film: bytes, width: int, height: int, fps: int) -> None:
        super().__init__()
        self._film, self._width, self._height, self._fps = memoryview(film), width, height, fps
        self._begin = time.perf_counter()
        self.filmed = self.left_out = 0

    async def recv(self) -> av.VideoFrame:
        passed = int((time.perf_counter() - self._begin) * self._fps)
        self.left_out += max(0, passed - self.filmed)
        self.filmed = number = max(passed, self.filmed)
        self.filmed += 1
        due = self._begin + number / self._fps
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        frame = self._picture(number, stamp())
        frame.pts, frame.time_base = number * CLOCK_RATE // self._fps, fractions.Fraction(1, CLOCK_RATE)
        return frame

    def _picture(self, number: int, stamp: int) -> av.VideoFrame:
        width, height = self._width, self._height
        place = number % (2 * STEPS)
        row = STEP * min(place, 2 * STEPS - place)
        rows = height + STEP * STEPS
        frame = av.VideoFrame(width, height, "yuv420p")
        begin = 0
        for index, plane in enumerate(frame.planes):
            # Of a row of colours, half as many, there is one for two.
            row_bytes = width if index == 0 else width // 4
            first = begin + row * row_bytes
            filled = bytearray(self._film[first : first + height * row_bytes])
            begin += rows * row_bytes
            if index == 0:
                self._draw(filled, stamp)
            assert plane.buffer_size == len(filled), "rows without gaps"
            plane.update(filled)
        return frame

    def _draw(self, bright: bytearray, stamp: int) -> None:
        bits = f"{stamp << CHECK_BITS | check(stamp):032b}"
        for first in range(0, len(bits), CELLS_PER_ROW):
            cells = bits[first : first + CELLS_PER_ROW]
            row = b"".join(WHITE if bit == "1" else BLACK for bit in cells)
            top = first // CELLS_PER_ROW * CELL
            for line in range(top, top + CELL):
                begin = line * self._width
                bright[begin : begin + len(row)] = row


class Encoder(vpx.Vp8Encoder):
    """Its encoder, whose time and bytes are counted."""

    pictures = 0
    sent_bytes = 0
    seconds = 0.0

    def encode(self, frame: av.VideoFrame, force_keyframe: bool = False) -> tuple[list[bytes], int]:
        begin = time.perf_counter()
        encoded = super().encode(frame, force_keyframe)
        Encoder.seconds += time.perf_counter() - begin
        Encoder.pictures += 1
        Encoder.sent_bytes += sum(map(len, encoded[0]))
        return encoded


class Alike:
    """A codec whose options are set as those of the library's encoder."""

    def __init__(self, codec: object) -> None:
        object.__setattr__(self, "_codec", codec)

    def __getattr__(self, name: str) -> object:
        return getattr(self._codec, name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self._codec, name, value | ALIKE if name == "options" else value)


class Client:
    def __init__(self) -> None:
        self._meetings: list[Meeting] = []
        self._camera: Camera | None = None
        self._shown = self._smaller = self._unreadable = 0
        self._ages: list[float] = []

    async def publish(self, room: str, width: str, height: str, fps: str, kbps: str, file: str) -> list[float]:
        vpx.DEFAULT_BITRATE = vpx.MIN_BITRATE = vpx.MAX_BITRATE = int(kbps) * 1000
        film = Path(file).read_bytes()
        meeting = Meeting(room)
        await meeting.join()
        self._meetings.append(meeting)
        self._camera = Camera(film, int(width), int(height), int(fps))
        meeting.meeting.enable_webcam(self._camera)
        return []

    async def watch(self, room: str, width: str, height: str) -> list[float]:
        self._filmed = int(width), int(height)
        viewer = Viewer(room, self._came)
        await viewer.join()
        self._meetings.append(viewer)
        async with asyncio.timeout(HANG):
            while not self._ages:
                await asyncio.sleep(0.01)
        return []

    def _came(self, stream: object, frame: av.VideoFrame) -> None:
        now = stamp()
        self._shown += 1
        self._smaller += (frame.width, frame.height) != self._filmed
        bright = frame.planes[0]
        pixels, stride = memoryview(bright), bright.line_size
        bits = 0
        for cell in range(TIME_BITS + CHECK_BITS):
            row = (cell // CELLS_PER_ROW * CELL + CELL // 2) * frame.height // self._filmed[1]
            column = (cell % CELLS_PER_ROW * CELL + CELL // 2) * frame.width // self._filmed[0]
            bits = bits << 1 | (pixels[row * stride + column] >= 128)
        time = bits >> CHECK_BITS
        if check(time) == bits & ((1 << CHECK_BITS) - 1):
            self._ages.append(((now - time) & ((1 << TIME_BITS) - 1)) * 100)
        else:
            self._unreadable += 1

    def _filmed_so_far(self) -> list[float]:
        camera = self._camera
        milliseconds = Encoder.seconds * 1e3
        return [camera.filmed, Encoder.pictures, camera.left_out, milliseconds, Encoder.sent_bytes]

    async def measure(self, seconds: str) -> list[float]:
        if self._camera:
            filmed, used = self._filmed_so_far(), processor_time()
            await asyncio.sleep(int(seconds))
            used = (processor_time() - used) * 1e6
            both = zip(self._filmed_so_far(), filmed, strict=True)
            filmed, encoded, left_out, encode_ms, sent_bytes = (now - before for now, before in both)
            return [used, filmed, encoded, left_out, encode_ms / max(1, encoded), sent_bytes]
        self._shown = self._smaller = self._unreadable = 0
        self._ages = []
        used = processor_time()
        await asyncio.sleep(int(seconds))
        used = (processor_time() - used) * 1e6
        return [used, self._shown, self._smaller, self._unreadable, *self._ages]

    async def leave(self) -> None:
        await asyncio.gather(*(meeting.leave() for meeting in self._meetings))


codecs.Vp8Encoder = Encoder
if sys.argv[1:] == ["alike"]:
    # What the module of that encoder uses of PyAV.
    vpx.av = SimpleNamespace(
        CodecContext=SimpleNamespace(create=lambda *which: Alike(av.CodecContext.create(*which))),
        FFmpegError=av.FFmpegError,
        video=av.video,
    )
asyncio.run(answer_orders(Client))
