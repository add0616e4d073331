"""Tones that are pushed as a microphone would, pulled as a loudspeaker would, and found again."""

from __future__ import annotations

import math
import threading
import time
from array import array
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Literal

from conftest import LIMIT_S, init
from media import published

import vsdk

RATE = 48_000

# What is pushed and pulled at a time.
CHUNK_S = 0.01

# The amplitude of tones.
LEVEL = 0.3

# In which kind of buffer sound is: array.array with that typecode, or bytes and a bytearray.
Kind = Literal["h", "f", "bytes"]


def tone(hertz: int, sample_rate: int, channels: int, kind: Kind = "f") -> list[Any]:
    """Give a second of a tone, in chunks."""
    wave: list[float] = []
    for frame in range(sample_rate):
        sample = LEVEL * math.sin(2 * math.pi * hertz * frame / sample_rate)
        wave += [sample] * channels
    size = round(sample_rate * CHUNK_S) * channels
    parts = [wave[at : at + size] for at in range(0, len(wave), size)]
    if kind == "f":
        return [array("f", part) for part in parts]
    integers = [array("h", (round(it * 32_767) for it in part)) for part in parts]
    return list(integers) if kind == "h" else [it.tobytes() for it in integers]


class Voice:
    """Pushes a tone at its pace, for a `with`."""

    def __init__(self, source: vsdk.AudioInput, hertz: int, kind: Kind = "f") -> None:
        self.answers: Counter[vsdk.PushResult] = Counter()
        self._source = source
        self._chunks = tone(hertz, source.sample_rate, source.channels, kind)
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._speak)

    def _speak(self) -> None:
        for number in at_pace():
            if self._is_over.is_set():
                return
            self.answers[self._source.push(self._chunks[number % len(self._chunks)])] += 1

    def __enter__(self) -> Voice:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._is_over.set()
        self._thread.join(LIMIT_S)


@dataclass
class Heard:
    """What an output gave in some time."""

    sample_rate: int
    samples: list[float] = field(default_factory=list)
    """Of the first channel."""
    decoded: int = 0
    concealed: int = 0
    silent: int = 0

    def add(self, samples: list[float], told: vsdk.PulledAudio) -> None:
        self.samples += samples
        self.decoded += told.decoded_frames
        self.concealed += told.concealed_frames
        self.silent += told.silent_frames

    def level(self, hertz: int) -> float:
        """Give how loud a frequency is: the mean of each tenth of a second."""
        size = self.sample_rate // 10
        ends = range(size, len(self.samples) + 1, size)
        levels = [_level(self.samples[end - size : end], self.sample_rate, hertz) for end in ends]
        return sum(levels) / len(levels)


def _level(samples: list[float], sample_rate: int, hertz: int) -> float:
    turn = 2 * math.pi * hertz / sample_rate
    real = sum(sample * math.cos(turn * at) for at, sample in enumerate(samples))
    imaginary = sum(sample * math.sin(turn * at) for at, sample in enumerate(samples))
    return 2 * math.hypot(real, imaginary) / len(samples)


def listen(output: vsdk.AudioOutput, seconds: float, kind: Kind = "f") -> Heard:
    """Play an output for so long."""
    frames = round(output.sample_rate * CHUNK_S)
    count = frames * output.channels
    heard = Heard(output.sample_rate)
    buffer: Any = bytearray(2 * count) if kind == "bytes" else array(kind, [0]) * count
    with memoryview(buffer).cast("B").cast("f" if kind == "f" else "h") as samples:
        for number in at_pace():
            if number * CHUNK_S >= seconds:
                break
            told = output.pull_into(buffer)
            assert told.decoded_frames + told.concealed_frames + told.silent_frames == frames
            scale = 1 if kind == "f" else 32_768
            heard.add([it / scale for it in samples[:: output.channels].tolist()], told)
    return heard


def heard_whole(output: vsdk.AudioOutput, seconds: float, kind: Kind = "f") -> Heard:
    """Listen until all of so long a time came in time: on a busy machine some does not."""
    end = time.monotonic() + 2 * LIMIT_S
    while True:
        heard = listen(output, seconds, kind)
        if heard.concealed + heard.silent == 0:
            return heard
        assert time.monotonic() < end, f"it is never heard whole: {heard.concealed} made up"


def at_pace() -> Iterator[int]:
    """Give the number of each chunk when it is due; what was missed is made up for."""
    begin, number = time.monotonic(), 0
    while True:
        time.sleep(max(0, begin + number * CHUNK_S - time.monotonic()))
        yield number
        number += 1


@contextmanager
def joined_pair() -> Iterator[tuple[vsdk.Meeting, vsdk.LocalTrack, vsdk.Meeting]]:
    """Give somebody with a microphone, and somebody who can hear it."""
    room = vsdk.create_room().id
    with init(room, "Ann") as ann, init(room, "Bob") as bob:
        bob.join()
        ann.join()
        with microphone_of(ann) as track:
            yield ann, track, bob


def microphone_of(meeting: vsdk.Meeting) -> vsdk.LocalTrack:
    track = meeting.add_track(vsdk.TrackKind.AUDIO)
    published(meeting, track)
    return track
