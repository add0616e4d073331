"""What raw sound that is sent and raw sound that is received have in common."""

from __future__ import annotations

from .media_handle import MediaHandle


class AudioHandle(MediaHandle):
    """What has the handle of raw sound. Use it in a `with`, or close it.

    A frame is one sample of each channel, the left one first.
    """

    sample_rate: int
    """In hertz."""

    channels: int
    """1 or 2."""

    def _told(self) -> str:
        return f": {self.sample_rate} Hz, channels: {self.channels}"
