"""Encoded frames from files: Opus from Ogg, VP8 from IVF, H.264 from a file of start codes.

What a file is, its first bytes tell.
"""

from collections.abc import Iterator
from typing import NamedTuple, Optional

from media_writer import opus_duration

import vsdk


class Frame(NamedTuple):
    data: bytes
    timestamp_us: int
    is_key_frame: bool


class BrokenFileError(Exception):
    """What is wrong with a file."""


class MediaReader:
    """Reads the frames of a file. Raises BrokenFileError, and OSError when there is none."""

    def __init__(self, path: str, pictures_per_second: int) -> None:
        with open(path, "rb") as file:
            content = file.read()
        # Width and height, where the file tells them at its beginning.
        self.size: Optional[tuple[int, int]] = None
        if content.startswith(b"OggS"):
            self.codec = vsdk.Codec.OPUS
            packets = _ogg_packets(content)
            if not next(packets, b"").startswith(b"OpusHead"):
                raise BrokenFileError("it is an Ogg file, but its first stream is not Opus")
            if not next(packets, b"").startswith(b"OpusTags"):
                raise BrokenFileError("its Ogg headers are broken")
            self.frames = _sound(packets)
        elif content.startswith(b"DKIF"):
            self.codec = vsdk.Codec.VP8
            if not 32 <= _number(content, 6, 2) <= len(content):
                raise BrokenFileError("its IVF header is broken")
            if content[8:12] != b"VP80":
                raise BrokenFileError("it is an IVF file, but not of VP8")
            self.size = _number(content, 12, 2), _number(content, 14, 2)
            if 0 in (_number(content, 16, 4), _number(content, 20, 4)):
                raise BrokenFileError("its IVF header has no unit of time")
            self.frames = _ivf_pictures(content)
        elif content.startswith((b"\0\0\1", b"\0\0\0\1")) and len(content) >= 5:
            self.codec = vsdk.Codec.H264
            self.frames = _h264_pictures(content, pictures_per_second)
        else:
            raise BrokenFileError("it is neither Ogg, nor IVF, nor H.264 with start codes")


def _number(content: bytes, at: int, size: int) -> int:
    return int.from_bytes(content[at : at + size], "little")


def _ogg_packets(content: bytes) -> Iterator[bytes]:
    """Puts packets together, which may go over several pages."""
    packet, at = b"", 0
    while at < len(content):
        head = content[at : at + 27]
        if len(head) < 27 or not head.startswith(b"OggS"):
            raise BrokenFileError("it is broken")
        lengths = content[at + 27 : at + 27 + head[26]]
        at += 27 + head[26]
        if len(lengths) < head[26] or len(content) - at < sum(lengths):
            raise BrokenFileError("it is broken")
        for length in lengths:
            packet += content[at : at + length]
            at += length
            if length < 255:
                yield packet
                packet = b""
    if packet:
        raise BrokenFileError("it is broken")


def _sound(packets: Iterator[bytes]) -> Iterator[Frame]:
    samples = 0
    for packet in packets:
        # The last page may have an empty one.
        if packet:
            yield Frame(packet, samples * 1000 // 48, True)
            samples += opus_duration(packet)


def _ivf_pictures(content: bytes) -> Iterator[Frame]:
    # A unit of time is numerator / denominator seconds.
    denominator, numerator = _number(content, 16, 4), _number(content, 20, 4)
    at = _number(content, 6, 2)
    first = None
    while at < len(content):
        length, time = _number(content, at, 4), _number(content, at + 4, 8)
        first = time if first is None else first
        picture = content[at + 12 : at + 12 + length]
        if not picture or len(picture) < length or time < first:
            raise BrokenFileError("it is broken")
        # RFC 6386, 9.1: the lowest bit of a key frame is 0.
        at_us = (time - first) * 1_000_000 * numerator // denominator
        yield Frame(picture, at_us, picture[0] & 1 == 0)
        at += 12 + length


def _h264_pictures(content: bytes, pictures_per_second: int) -> Iterator[Frame]:
    """Gives access units: each up to a unit that can only begin another one (H.264, 7.4.1.2.3)."""
    begin = at = count = 0
    has_picture = is_key_frame = False
    while at < len(content):
        unit = at + (3 if content[at + 2] == 1 else 4)
        kind = content[unit] & 31 if unit < len(content) else 0
        is_slice = 1 <= kind <= 5
        # Of a slice, the first bit says whether it is the first of its picture.
        is_first = is_slice and content[unit + 1 : unit + 2] >= b"\x80"
        if has_picture and (6 <= kind <= 9 or is_first):
            at_us = count * 1_000_000 // pictures_per_second
            yield Frame(content[begin:at], at_us, is_key_frame)
            begin, count = at, count + 1
            has_picture = is_key_frame = False
        has_picture |= is_slice
        is_key_frame |= kind == 5
        following = content.find(b"\0\0\1", unit)
        at = len(content) if following < 0 else following
        if following > unit and content[at - 1] == 0:
            at -= 1
    yield Frame(content[begin:], count * 1_000_000 // pictures_per_second, is_key_frame)
