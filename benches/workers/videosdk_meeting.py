"""A participant of the official SDK. Imported before the SDK: what it trusts is decided here."""

import asyncio
import os
import resource
import sys

# What the SDK's HTTP client trusts, and the WebSocket behind it: decided when they are imported.
os.environ["REQUESTS_CA_BUNDLE"] = os.environ["SSL_CERT_FILE"] = os.environ["VSDK_BENCH_CA_FILE"]

from videosdk import MeetingEventHandler, VideoSDK

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


def processor_time() -> float:
    """Of this process so far, in seconds."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
