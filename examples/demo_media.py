"""Two participants who see and hear each other: the part of `make demo-media` with raw media.

Ann is in the room when Bob joins. Both film a test pattern and say a tone. How long it takes from
Bob's joining until each sees and hears the other is printed, and what they saw goes into a PNG
file, side by side. Needs nothing but Python.

  demo_media --token-url URL --api-url URL [--output demo.png]

Without a picture (exit status 3) the library was built without the feature `vp8`.
"""

import argparse
import math
import struct
import sys
import threading
import time
import zlib
from array import array
from dataclasses import dataclass, field
from typing import Any, Callable, Optional, TypeVar

import vsdk

WIDTH, HEIGHT, RAMP_TOP = 640, 360, 288
RATE = 48_000
CHUNKS_PER_SECOND = 100
CHUNKS_PER_PICTURE = 6

# How long they look at each other, in seconds: the first picture is coarse.
LOOKING = 4
# Only ends what hangs.
LIMIT = 60

# Louder than silence, in decibels below full scale.
AUDIBLE = -50

# Three quarters of white, yellow, cyan, green, magenta, red and blue, as BT.601 has them.
BARS = (
    (180, 128, 128),
    (162, 44, 142),
    (131, 156, 44),
    (112, 72, 58),
    (84, 184, 198),
    (65, 100, 212),
    (35, 212, 114),
)


Made = TypeVar("Made")


class TestPattern:
    """Colour bars that move, one way or the other, a ramp and a ball, as I420."""

    def __init__(self, is_reversed: bool) -> None:
        bars = BARS[::-1] if is_reversed else BARS
        self._direction = -1 if is_reversed else 1
        # Twice, so that a part of it is the same row moved.
        self._rows = [
            bytes(bars[at * len(bars) // width][plane] for at in range(width)) * 2
            for plane, width in ((0, WIDTH), (1, WIDTH // 2), (2, WIDTH // 2))
        ]
        self._ramp = bytes(16 + 219 * at // WIDTH for at in range(WIDTH)) * 2

    def draw(self, number: int) -> vsdk.VideoPicture:
        moved = self._direction * 4 * number % WIDTH
        ramp = self._ramp[moved : moved + WIDTH] * (HEIGHT - RAMP_TOP)
        planes = [bytearray(self._rows[0][moved : moved + WIDTH] * RAMP_TOP + ramp)]
        for row in self._rows[1:]:
            part = row[moved // 2 : moved // 2 + WIDTH // 2] * (RAMP_TOP // 2)
            planes.append(bytearray(part + b"\x80" * ((HEIGHT - RAMP_TOP) // 2 * WIDTH // 2)))
        self._draw_ball(planes, number)
        return vsdk.VideoPicture(vsdk.PictureFormat.I420, WIDTH, HEIGHT, planes)

    @staticmethod
    def _draw_ball(planes: list[bytearray], number: int) -> None:
        radius = 36
        x = WIDTH // 2 + round(220 * math.sin(number / 17))
        y = RAMP_TOP // 2 + round(90 * math.sin(number / 11))
        for row in range(-radius, radius):
            half = math.isqrt(radius * radius - row * row)
            at = (y + row) * WIDTH + x - half
            planes[0][at : at + 2 * half] = b"\xeb" * (2 * half)
            at = (y + row) // 2 * (WIDTH // 2) + (x - half) // 2
            for plane in planes[1:]:
                plane[at : at + half] = b"\x80" * half


@dataclass
class Participant:
    """One of the two, and what became of the other's sound and pictures."""

    name: str
    hertz: int
    meeting: vsdk.Meeting
    pattern: TestPattern
    heard_at: Optional[float] = None
    seen_at: Optional[float] = None
    seen: Optional[vsdk.ReceivedPicture] = None
    missing: set[str] = field(default_factory=set)
    failure: Optional[Exception] = None

    def take_part(self, is_over: threading.Event) -> None:
        try:
            self._take_part(is_over)
        except Exception as error:  # The main thread tells it.
            self.failure = error

    def _take_part(self, is_over: threading.Event) -> None:
        """Speak, film, listen and look, ten milliseconds at a time."""
        meeting = self.meeting
        audio = meeting.add_track(vsdk.TrackKind.AUDIO)
        video = meeting.add_track(vsdk.TrackKind.VIDEO, size=(WIDTH, HEIGHT))
        microphone = self._unless_missing("sound", lambda: audio.audio_input(RATE, 1))
        camera = self._unless_missing("pictures", video.video_input)
        mixer = self._unless_missing("sound", lambda: meeting.audio_mixer(RATE, 1))
        screen: Optional[vsdk.VideoOutput] = None
        chunk = array("f", bytes(4 * (RATE // CHUNKS_PER_SECOND)))
        tone = self._tone()
        begin = time.monotonic()
        number = 0
        while not is_over.is_set():
            event = meeting.next_event(0)
            if (
                event is not None
                and event.type == vsdk.EventType.TRACK_ADDED
                and camera is not None
            ):
                track = meeting.remote_track(event.track_id or "")
                if track.kind == vsdk.TrackKind.VIDEO:
                    screen = track.video_output(vsdk.PictureFormat.RGBA)
            if microphone is not None:
                microphone.push(tone[number % len(tone)])
            if camera is not None and number % CHUNKS_PER_PICTURE == 0:
                camera.push(self.pattern.draw(number // CHUNKS_PER_PICTURE))
            if mixer is not None and mixer.pull_into(chunk).audio_level > AUDIBLE:
                self.heard_at = self.heard_at or time.monotonic()
            picture = screen.next_picture(0) if screen is not None else None
            if picture is not None:
                self.seen = picture
                self.seen_at = self.seen_at or time.monotonic()
            number += 1
            time.sleep(max(0, begin + number / CHUNKS_PER_SECOND - time.monotonic()))

    def _unless_missing(self, what: str, make: Callable[[], Made]) -> Optional[Made]:
        """Make an input or an output, if the library was built for that."""
        try:
            return make()
        except vsdk.UnsupportedError:
            self.missing.add(what)
            return None

    def _tone(self) -> list[Any]:
        """Give a second of it in chunks."""
        size = RATE // CHUNKS_PER_SECOND
        turn = 2 * math.pi * self.hertz / RATE
        wave = [0.2 * math.sin(turn * at) for at in range(RATE)]
        return [array("f", wave[at : at + size]) for at in range(0, RATE, size)]

    @property
    def has_all(self) -> bool:
        is_heard = "sound" in self.missing or self.heard_at is not None
        return is_heard and ("pictures" in self.missing or self.seen_at is not None)


# Letters of five by seven points, a row each, for what stands below the pictures.
LETTERS = {
    "A": "0e11111f111111", "B": "1e11111e11111e", "a": "00000e010f110f", "b": "10101e1111111e",
    "d": "01010f1111110f", "e": "00000e111f100e", "f": "0609081c080808", "h": "10101619111111",
    "n": "00001619111111", "o": "00000e1111110e", "r": "00001619101010", "s": "00000f100e011e",
    "t": "08081c08080906", "w": "0000111115150a", ",": "00000000060408", ".": "00000000000c0c",
    "0": "0e11131519110e", "1": "040c040404040e", "2": "0e11010204081f", "3": "1f02040201110e",
    "4": "02060a121f0202", "5": "1f101e0101110e", "6": "0608101e11110e", "7": "1f010204080808",
    "8": "0e11110e11110e", "9": "0e11110f01020c",
}  # fmt: skip


class Sheet:
    """A picture that is put together and written as PNG."""

    def __init__(self, width: int, height: int, colour: bytes) -> None:
        self.width, self.height = width, height
        self._rows = [bytearray(colour * width) for _ in range(height)]

    def paste(self, picture: vsdk.ReceivedPicture, x: int, y: int) -> None:
        plane = picture.planes[0]
        for row in range(picture.height):
            begin = row * plane.stride
            part = plane.data[begin : begin + 4 * picture.width]
            self._rows[y + row][4 * x : 4 * (x + picture.width)] = part

    def write(self, text: str, x: int, y: int, scale: int, colour: bytes) -> None:
        for letter in text:
            rows = bytes.fromhex(LETTERS.get(letter, "00" * 7))
            for row, points in enumerate(rows):
                for column in range(5):
                    if points >> (4 - column) & 1:
                        at = 4 * (x + column * scale)
                        for line in range(y + row * scale, y + (row + 1) * scale):
                            self._rows[line][at : at + 4 * scale] = colour * scale
            x += (6 if letter != " " else 4) * scale

    def save(self, path: str) -> None:
        def chunk(kind: bytes, data: bytes) -> bytes:
            sum_ = zlib.crc32(kind + data)
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", sum_)

        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 6, 0, 0, 0)
        data = zlib.compress(b"".join(b"\0" + row for row in self._rows))
        with open(path, "wb") as file:
            file.write(b"\x89PNG\r\n\x1a\n")
            file.write(chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b""))


def side_by_side(participants: list[Participant], begin: float, path: str) -> None:
    margin, caption = 24, 84
    pictures = [it.seen for it in participants if it.seen is not None]
    width = sum(it.width + margin for it in pictures) + margin
    height = max(it.height for it in pictures) + margin + caption
    sheet = Sheet(width, height, bytes((17, 20, 26, 255)))
    x = margin
    for one, other, picture in zip(participants, participants[::-1], pictures):
        y = margin + picture.height
        sheet.paste(picture, x, margin)
        sheet.write(f"{one.name} saw {other.name}", x, y + 14, 3, bytes((240, 243, 248, 255)))
        told = f"after {(one.seen_at or begin) - begin:.2f} s"
        if one.heard_at is not None:
            told += f", heard after {one.heard_at - begin:.2f} s"
        sheet.write(told, x, y + 48, 2, bytes((148, 158, 174, 255)))
        x += picture.width + margin
    sheet.save(path)


def meet(given: argparse.Namespace) -> int:
    vsdk.config(vsdk.fetch_token(given.token_url).text, api_base_url=given.api_url)
    room = vsdk.create_room().id
    is_over = threading.Event()
    with vsdk.init_meeting(room, name="Ann") as ann, vsdk.init_meeting(room, name="Bob") as bob:
        participants = [
            Participant("Ann", 440, ann, TestPattern(False)),
            Participant("Bob", 660, bob, TestPattern(True)),
        ]
        threads = [threading.Thread(target=it.take_part, args=(is_over,)) for it in participants]
        try:
            ann.join()
            threads[0].start()
            time.sleep(1)  # She is there already.
            begin = time.monotonic()
            bob.join()
            print(f"Bob joined in {time.monotonic() - begin:.2f} s")
            threads[1].start()
            while not all(it.has_all or it.failure for it in participants):
                if time.monotonic() > begin + LIMIT:
                    sys.exit(f"demo-media: after {LIMIT} s they do not see and hear each other")
                time.sleep(0.01)
            time.sleep(LOOKING)
        finally:
            is_over.set()
            for thread in threads:
                if thread.ident is not None:
                    thread.join()
        for one, other in zip(participants, participants[::-1]):
            if one.failure is not None:
                raise one.failure
            tell(one, other, begin)
        for what in sorted(participants[0].missing):
            print(f"no raw {what}: this build of the library has none")
        if "pictures" in participants[0].missing:
            return 3
        side_by_side(participants, begin, given.output)
        return 0


def tell(one: Participant, other: Participant, begin: float) -> None:
    for verb, at in (("heard", one.heard_at), ("saw", one.seen_at)):
        if at is not None:
            print(f"{one.name} {verb} {other.name} {at - begin:.2f} s after Bob began to join")


def main() -> None:
    parser = argparse.ArgumentParser(prog="demo_media", allow_abbrev=False)
    parser.add_argument("--token-url", required=True)
    parser.add_argument("--api-url", required=True)
    parser.add_argument("--output", default="demo.png")
    try:
        sys.exit(meet(parser.parse_args()))
    except vsdk.VsdkError as error:
        sys.exit(f"{error.operation} failed: {error.message}\n  {error.remedy}")


if __name__ == "__main__":
    main()
