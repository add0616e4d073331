"""Sound from WAV files: samples of 16 bits, as most recorders write them.

Used by talk. Python has `wave` for this, which talk writes with; here what is wrong with a file is
told in the words of the samples in other languages.
"""

from typing import BinaryIO


class BrokenFileError(Exception):
    """What is wrong with a file."""


class WavReader:
    """Reads a file as it goes along. Raises BrokenFileError, and OSError when there is none."""

    def __init__(self, path: str) -> None:
        try:
            self._file: BinaryIO = open(path, "rb")  # noqa: SIM115 - close() does
        except IsADirectoryError:
            raise BrokenFileError("it is no WAV file") from None
        self.sample_rate = 0
        self.channels = 0
        try:
            self._left = self._find_sound()
        except BrokenFileError:
            self._file.close()
            raise

    def _find_sound(self) -> int:
        """Gives how many bytes of sound come next."""
        head = self._file.read(12)
        if len(head) < 12 or head[:4] != b"RIFF" or head[8:] != b"WAVE":
            raise BrokenFileError("it is no WAV file")
        coding = bits = 0
        while len(chunk := self._file.read(8)) == 8:
            length = _number(chunk, 4, 4)
            if chunk[:4] == b"data":
                if coding != 1 or bits != 16 or self.channels not in (1, 2):
                    raise BrokenFileError("it is not PCM of 16 bits with one channel or two")
                return length // 2 * 2
            if chunk[:4] == b"fmt " and length >= 16:
                told = self._file.read(16)
                coding, self.channels = _number(told, 0, 2), _number(told, 2, 2)
                self.sample_rate, bits = _number(told, 4, 4), _number(told, 14, 2)
                length -= 16
            # Chunks have an even length.
            self._file.seek(length + length % 2, 1)
        raise BrokenFileError("there is no sound in it")

    def read(self, samples: int) -> bytes:
        """Gives so many samples, fewer at the end."""
        data = self._file.read(min(samples * 2, self._left))
        self._left -= len(data)
        return data[: len(data) // 2 * 2]

    def close(self) -> None:
        self._file.close()


def _number(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "little")
