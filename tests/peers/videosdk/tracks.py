"""A tone and a moving picture that the official SDK sends."""

import asyncio
import time

import service  # Before the SDK.
from signals import FRAMES_PER_SECOND, RATE, SAMPLES, moving_bar, tone
from videosdk import CustomAudioTrack, CustomVideoTrack


class Pace:
    """Lets frames be made at their pace, and counts them."""

    def __init__(self, seconds):
        self._seconds = seconds
        self._count = 0
        self._began = None

    async def number(self):
        if self._began is None:
            self._began = time.time()
        await asyncio.sleep(max(0, self._began + self._count * self._seconds - time.time()))
        self._count += 1
        return self._count - 1


class Tone(CustomAudioTrack):
    """A sine of this many hertz."""

    def __init__(self, hertz):
        super().__init__()
        self._hertz = hertz
        self._pace = Pace(SAMPLES / RATE)

    async def recv(self):
        return tone(self._hertz, await self._pace.number())


class MovingBar(CustomVideoTrack):
    def __init__(self):
        super().__init__()
        self._pace = Pace(1 / FRAMES_PER_SECOND)

    async def recv(self):
        return moving_bar(await self._pace.number())
