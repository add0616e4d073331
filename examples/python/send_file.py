#!/usr/bin/env python3
"""Sends files into a meeting in real time, as microphone and camera.

Opus comes from Ogg, VP8 from IVF, H.264 from a file of start codes.

  send_file --room ID speech.ogg film.ivf

The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in quickstart. Key frames come where
the file has them: who joins in between sees a picture from the next one on.
"""

import getopt
import os
import sys
import time
from dataclasses import dataclass, field
from functools import partial
from typing import Optional

from media_reader import BrokenFileError, Frame, MediaReader

import vsdk

MAX_FILES = 4
# What is pushed last needs a moment to go out.
LAST_FRAMES_S = 1

USAGE = """\
usage: send_file [--token TOKEN | --token-url URL] [--room ID] [--name NAME]
                 [--api-url URL] [--delay SECONDS] [--fps N] FILE ...

  FILE             Ogg with Opus, IVF with VP8, or H.264 with start codes; at most 4
  --token TOKEN    a token, e.g. a temporary one from the dashboard
  --token-url URL  where to fetch one (default http://localhost:3000/get-token)
  --room ID        send into this room instead of creating one
  --name NAME      the name that others see
  --api-url URL    another server than https://api.videosdk.live
  --delay SECONDS  begin so long after joining, so that others are ready (default 2)
  --fps N          pictures per second of H.264, which has no times (default 30)"""

# Each line at once, also into a pipe.
say = partial(print, flush=True)


@dataclass
class Arguments:
    token: Optional[str] = os.environ.get("VIDEOSDK_TOKEN")
    token_url: str = "http://localhost:3000/get-token"
    room: Optional[str] = None
    name: Optional[str] = None
    api_url: Optional[str] = None
    delay: str = "2"
    fps: str = "30"
    files: list[str] = field(default_factory=list)


def read_arguments() -> Arguments:
    given = Arguments()
    names = ["token=", "token-url=", "room=", "name=", "api-url=", "delay=", "fps=", "help"]
    try:
        options, given.files = getopt.gnu_getopt(sys.argv[1:], "", names)
    except getopt.GetoptError as error:
        sys.exit(f"send_file: {error}\n{USAGE}")
    for name, value in options:
        if name == "--help":
            print(USAGE)
            sys.exit()
        if name == "--delay" and not (value.isdecimal() and int(value) <= 3600):
            sys.exit("--delay wants a number of seconds, 0 to 3600")
        if name == "--fps" and not (value.isdecimal() and 1 <= int(value) <= 1000):
            sys.exit("--fps wants a number from 1 to 1000")
        if name == "--token-url":
            given.token = None
        setattr(given, name[2:].replace("-", "_"), value)
    if not 1 <= len(given.files) <= MAX_FILES:
        sys.exit(USAGE)
    return given


class SendingEndedError(Exception):
    """There is nobody to send to any more."""


class Source:
    """A file, and the track that it is sent as."""

    track: vsdk.LocalTrack

    def __init__(self, path: str, pictures_per_second: int) -> None:
        self.path = path
        self.reader = MediaReader(path, pictures_per_second)
        self.sent = self.not_taken = 0
        self.frame: Optional[Frame] = next(self.reader.frames, None)
        if self.frame is None:
            raise BrokenFileError("there is no frame in it")

    def add_to(self, meeting: vsdk.Meeting) -> None:
        is_sound = self.reader.codec == vsdk.Codec.OPUS
        kind = vsdk.TrackKind.AUDIO if is_sound else vsdk.TrackKind.VIDEO
        self.track = meeting.add_track(kind, codec=self.reader.codec, size=self.reader.size)

    def push(self, frame: Frame) -> None:
        """Sends the frame, and reads the next one."""
        result = self.track.push(frame.data, frame.timestamp_us, key_frame=frame.is_key_frame)
        if result == vsdk.PushResult.QUEUED:
            self.sent += 1
        else:
            self.not_taken += 1  # The file goes on; it cannot make a key frame.
        try:
            self.frame = next(self.reader.frames, None)
        except BrokenFileError:
            self.frame = None
            number = self.sent + self.not_taken
            told = f"{self.path} is broken behind frame {number}: the rest of it is not sent"
            print(told, file=sys.stderr)


def open_files(given: Arguments) -> list[Source]:
    sources = []
    for path in given.files:
        try:
            sources.append(Source(path, int(given.fps)))
        except OSError as error:
            sys.exit(f"cannot send {path}: {error.strerror}")
        except BrokenFileError as error:
            sys.exit(f"cannot send {path}: {error}")
    return sources


def wait_until(meeting: vsdk.Meeting, moment: float) -> None:
    """Waits until then, and reads events meanwhile. Raises SendingEndedError."""
    while (event := meeting.next_event(max(0, moment - time.monotonic()))) is not None:
        if event.type == vsdk.EventType.MEETING_LEFT:
            say(f"* the meeting has ended: {event.text}")
            raise SendingEndedError
        if event.type == vsdk.EventType.TRACK_FAILED:
            print(f"a track cannot be sent: {event.text}", file=sys.stderr)
            raise SendingEndedError


def send_files(meeting: vsdk.Meeting, sources: list[Source], delay: int) -> None:
    """Sends all files at the pace of their times."""
    for source in sources:
        source.add_to(meeting)
    # Nothing of the beginning is to be lost.
    while not all(it.track.is_sending for it in sources):
        wait_until(meeting, time.monotonic() + 0.02)
    wait_until(meeting, time.monotonic() + delay)
    say("* sending")
    began = time.monotonic()
    while due := [(it.frame.timestamp_us, at) for at, it in enumerate(sources) if it.frame]:
        timestamp_us, at = min(due)
        wait_until(meeting, began + timestamp_us / 1_000_000)
        frame = sources[at].frame
        assert frame is not None
        sources[at].push(frame)
    wait_until(meeting, time.monotonic() + LAST_FRAMES_S)


def main() -> None:
    given = read_arguments()
    sources = open_files(given)
    has_ended = False
    try:
        token = given.token or vsdk.fetch_token(given.token_url).text
        vsdk.config(token, api_base_url=given.api_url)
        room_id = given.room or vsdk.create_room().id
        say(f"room {room_id}")
        with vsdk.init_meeting(room_id, name=given.name) as meeting:
            meeting.join()
            try:
                send_files(meeting, sources, int(given.delay))
            except SendingEndedError:
                has_ended = True
            for source in sources:
                told = f"{source.sent} frames sent, {source.not_taken} not taken"
                say(f"* {source.path}: {told}")
    except vsdk.VsdkError as error:
        sys.exit(f"{error.operation} failed: {error.message}\n  {error.remedy}")
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(1 if has_ended else 0)


if __name__ == "__main__":
    main()
