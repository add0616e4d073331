"""A participant of the official SDK. Imported before the SDK: what it trusts is decided here."""

import asyncio
import os
import resource
import sys
from collections.abc import Awaitable, Callable

# What the SDK's HTTP client trusts, and the WebSocket behind it: decided when they are imported.
os.environ["REQUESTS_CA_BUNDLE"] = os.environ["SSL_CERT_FILE"] = os.environ["VSDK_BENCH_CA_FILE"]

from videosdk import MeetingEventHandler, ParticipantEventHandler, VideoSDK

HOST = os.environ["VSDK_BENCH_HTTPS"].removeprefix("https://")
TOKEN = os.environ["VIDEOSDK_TOKEN"]

# Far more than a join takes; it only turns a hang into a failure.
HANG = 120


class Meeting(MeetingEventHandler):
    def __init__(self, room: str, mode: str = "SEND_AND_RECV") -> None:
        super().__init__()
        self._joined = asyncio.Event()
        self._left = asyncio.Event()
        self.meeting = VideoSDK.init_meeting(
            meeting_id=room,
            token=TOKEN,
            name="benchmark",
            mode=mode,
            mic_enabled=False,
            webcam_enabled=False,
            signaling_base_url=HOST,
            loop=asyncio.get_running_loop(),
        )
        self.meeting.add_event_listener(self)

    async def join(self) -> None:
        # A join that fails says so in an event, and then nothing.
        await asyncio.wait_for(self.meeting.async_join(), HANG)
        await asyncio.wait_for(self._joined.wait(), HANG)

    async def leave(self) -> None:
        self.meeting.leave()
        await asyncio.wait_for(self._left.wait(), HANG)
        # It goes on in tasks of the SDK's own.
        await asyncio.sleep(0.02)

    def on_meeting_joined(self, data: object) -> None:
        self._joined.set()

    def on_meeting_left(self, data: object) -> None:
        self._left.set()

    def on_error(self, data: object) -> None:
        print("videosdk:", data, file=sys.stderr, flush=True)


class Streams(ParticipantEventHandler):
    def __init__(self, added: Callable) -> None:
        super().__init__()
        self._added = added

    def on_stream_enabled(self, stream: object) -> None:
        self._added(stream)


class Viewer(Meeting):
    """Reads all that is sent to it; `came` is told the stream of each frame, and the frame."""

    def __init__(self, room: str, came: Callable[[object, object], None]) -> None:
        super().__init__(room, "RECV_ONLY")
        self._came = came
        self._reading: list[asyncio.Task] = []

    def on_participant_joined(self, participant: object) -> None:
        participant.add_event_listener(Streams(self._added))

    def _added(self, stream: object) -> None:
        self._reading.append(asyncio.ensure_future(self._read(stream)))

    async def _read(self, stream: object) -> None:
        while True:
            frame = await stream.track.recv()
            self._came(stream, frame)

    async def leave(self) -> None:
        for task in self._reading:
            task.cancel()
        await super().leave()


async def answer_orders(make: Callable[[], object]) -> None:
    """Does what a worker does: each order is a method of the client that is made here."""
    client = make()
    print("ready", flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        order, *words = line.split()
        carry_out: Callable[..., Awaitable[list[float]]] = getattr(client, order)
        print(*await carry_out(*words), flush=True)
    await client.leave()


def processor_time() -> float:
    """Of this process so far, in seconds."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
