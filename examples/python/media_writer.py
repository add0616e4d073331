"""Files for encoded frames.

Ogg for Opus (RFC 3533 and 7845), IVF for VP8, and start codes alone (Annex B) for H.264.
"""

from typing import BinaryIO

import vsdk

EXTENSIONS = {vsdk.Codec.OPUS: "ogg", vsdk.Codec.VP8: "ivf", vsdk.Codec.H264: "h264"}

# Flags of a page of Ogg.
CONTINUES, FIRST, LAST = 0, 2, 4


def _checksums() -> list[int]:
    table = []
    for byte in range(256):
        total = byte << 24
        for _ in range(8):
            total = (total << 1 ^ (0x04C11DB7 if total & 0x80000000 else 0)) & 0xFFFFFFFF
        table.append(total)
    return table


CHECKSUMS = _checksums()


def checksum(data: bytes) -> int:
    total = 0
    for byte in data:
        total = (total << 8 & 0xFFFFFFFF) ^ CHECKSUMS[total >> 24 ^ byte]
    return total


def opus_duration(packet: bytes) -> int:
    """Gives how long a packet of Opus lasts, in samples at 48 kHz: RFC 6716, 3.1."""
    configuration = packet[0] >> 3
    if configuration < 12:
        one = (480, 960, 1920, 2880)[configuration % 4]
    elif configuration < 16:
        one = 480 << configuration % 2
    else:
        one = 120 << configuration % 4
    if packet[0] & 3 == 3:
        return one * (packet[1] & 63) if len(packet) > 1 else 0
    return one if packet[0] & 3 == 0 else 2 * one


class MediaWriter:
    """Writes the frames of one track into a file."""

    def __init__(self, file: BinaryIO, codec: vsdk.Codec) -> None:
        self._file = file
        self._codec = codec
        self._first_us = 0
        self._pages = 0
        # Of Ogg: the end of the last packet, in samples at 48 kHz.
        self._position = 0
        self.frames = 0

    def write(self, data: bytes, timestamp_us: int) -> None:
        if not data:
            return
        if self.frames == 0:
            self._first_us = timestamp_us
            self._begin(data)
        time_us = timestamp_us - self._first_us
        if self._codec == vsdk.Codec.OPUS:
            # What was lost on the way leaves a gap in the positions.
            self._position = time_us * 48 // 1000 + opus_duration(data)
            self._write_page(CONTINUES, data)
        elif self._codec == vsdk.Codec.VP8:
            self._file.write(len(data).to_bytes(4, "little") + time_us.to_bytes(8, "little"))
            self._file.write(data)
        else:
            self._file.write(data)
        self.frames += 1

    def close(self) -> None:
        if self.frames > 0 and self._codec == vsdk.Codec.OPUS:
            self._write_page(LAST, None)
        if self.frames > 0 and self._codec == vsdk.Codec.VP8:
            self._file.seek(24)
            self._file.write(self.frames.to_bytes(4, "little"))
        self._file.close()

    def _begin(self, data: bytes) -> None:
        if self._codec == vsdk.Codec.OPUS:
            # Version 1, 2 channels, 312 samples to skip, 48 kHz, no gain, no mapping.
            rate = (48_000).to_bytes(4, "little")
            self._write_page(FIRST, b"OpusHead\1\2\x38\1" + rate + b"\0\0\0")
            self._write_page(CONTINUES, b"OpusTags\4\0\0\0vsdk\0\0\0\0")
        elif self._codec == vsdk.Codec.VP8:
            # A key frame tells the size of the picture: RFC 6386, 9.1. Times are in microseconds.
            size = bytes((data[6], data[7] & 0x3F, data[8], data[9] & 0x3F))
            unit = (1_000_000).to_bytes(4, "little") + (1).to_bytes(4, "little")
            self._file.write(b"DKIF\0\0\x20\0VP80" + size + unit + bytes(8))

    def _write_page(self, flags: int, packet: "bytes | None") -> None:
        """Writes a page with one packet, or with none."""
        body = packet or b""
        lacing = b"" if packet is None else b"\xff" * (len(body) // 255) + bytes([len(body) % 255])
        if len(lacing) > 255:
            raise OSError(f"a packet of {len(body)} bytes is too large for a page of Ogg")
        # The only stream of the file is number 1.
        head = b"OggS\0" + bytes([flags]) + self._position.to_bytes(8, "little")
        head += (1).to_bytes(4, "little") + self._pages.to_bytes(4, "little")
        tail = bytes([len(lacing)]) + lacing
        total = checksum(head + bytes(4) + tail + body)
        self._file.write(head + total.to_bytes(4, "little") + tail + body)
        self._pages += 1
