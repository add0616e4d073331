"""The official SDK with media; benches/media.rs says what is asked and answered.

What it sends is encoded already, so that its encoders cost nothing. What it receives it decodes by
itself, whether that is wanted or not. Of allocations it knows nothing: it answers 0.
"""

import asyncio
import fractions
import time

from videosdk_meeting import HANG, Meeting, Viewer, answer_orders, processor_time

from av import Packet
from videosdk import CustomAudioTrack, CustomVideoTrack

# As benches/media/content.rs has them.
SOUND = bytes.fromhex("fb4150fffe") + bytes(80)
# It is not told when a key frame is wanted, so all are.
PICTURE = bytes.fromhex("7002009d012a10001000390500011c240c2c2c44cc244010000030cb0000")
MICROSECONDS = fractions.Fraction(1, 1_000_000)


class Pace:
    """Gives the same packet again and again, as fast as an encoder would, or nothing for a while."""

    def __init__(self, data: bytes, seconds: float, is_loud: asyncio.Event) -> None:
        self._data, self._seconds, self._is_loud = data, seconds, is_loud
        self._due = 0.0
        self._time = 0.0

    async def packet(self) -> Packet:
        await self._is_loud.wait()
        now = time.perf_counter()
        # After a pause it goes on from now.
        self._due = max(self._due + self._seconds, now - 0.1)
        await asyncio.sleep(max(0.0, self._due - now))
        self._time += self._seconds
        packet = Packet(self._data)
        packet.pts, packet.time_base = int(self._time * 1e6), MICROSECONDS
        return packet


class Sound(CustomAudioTrack):
    def __init__(self, pace: Pace) -> None:
        super().__init__()
        self._pace = pace

    async def recv(self) -> Packet:
        return await self._pace.packet()


class Pictures(CustomVideoTrack):
    def __init__(self, pace: Pace) -> None:
        super().__init__()
        self._pace = pace

    async def recv(self) -> Packet:
        return await self._pace.packet()


class Client:
    def __init__(self) -> None:
        self._is_loud = asyncio.Event()
        self._is_loud.set()
        self._frames = 0
        self._meetings: list[Meeting] = []

    async def send(self, room: str, sounds: str, pictures: str, picture_bytes: str) -> list[float]:
        assert int(sounds) <= 1 and int(pictures) <= 1, "a participant has one of each"
        meeting = Meeting(room)
        await meeting.join()
        if int(sounds):
            meeting.meeting.enable_mic(Sound(Pace(SOUND, 0.02, self._is_loud)))
        if int(pictures):
            picture = PICTURE.ljust(int(picture_bytes), b"\0")
            meeting.meeting.enable_webcam(Pictures(Pace(picture, 1 / 30, self._is_loud)))
        self._meetings.append(meeting)
        return []

    async def quiet(self) -> list[float]:
        self._is_loud.clear()
        return []

    async def loud(self) -> list[float]:
        self._is_loud.set()
        return []

    async def receive(self, room: str, tracks: str) -> list[float]:
        heard = set()
        all_came = asyncio.Event()

        def came(stream: object, frame: object) -> None:
            self._frames += 1
            if len(heard) < int(tracks):
                heard.add(stream.id)
                if len(heard) == int(tracks):
                    all_came.set()

        viewer = Viewer(room, came)
        await viewer.join()
        await asyncio.wait_for(all_came.wait(), HANG)
        self._meetings.append(viewer)
        return []

    async def measure(self, seconds: str) -> list[float]:
        used, frames = processor_time(), self._frames
        await asyncio.sleep(int(seconds))
        return [(processor_time() - used) * 1e6, 0, self._frames - frames]

    async def first(self, room: str) -> list[float]:
        took: dict[str, float] = {}
        both_came = asyncio.Event()

        def came(stream: object, frame: object) -> None:
            if stream.kind not in took:
                took[stream.kind] = (time.perf_counter() - begin) * 1e3
                if len(took) == 2:
                    both_came.set()

        viewer = Viewer(room, came)
        begin = time.perf_counter()
        await viewer.join()
        await asyncio.wait_for(both_came.wait(), HANG)
        await viewer.leave()
        return [took["audio"], took["video"]]

    async def leave(self) -> None:
        await asyncio.gather(*(meeting.leave() for meeting in self._meetings))


asyncio.run(answer_orders(Client))
