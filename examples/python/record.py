#!/usr/bin/env python3
"""Records a meeting: what is heard and seen goes into files, one for each track.

Opus goes into Ogg, VP8 into IVF, H.264 into a file of start codes.

  record --room ID --directory recording                until the input ends (Ctrl-D)
  record --room ID --directory recording --seconds 60   for a minute

The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in quickstart.
"""

import getopt
import os
import select
import sys
import time
from dataclasses import dataclass
from functools import partial
from typing import Optional

from media_writer import EXTENSIONS, MediaWriter

import vsdk

MAX_TRACKS = 256

USAGE = """\
usage: record [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--api-url URL]
              [--directory DIRECTORY] [--seconds N]

  --token TOKEN          a token, e.g. a temporary one from the dashboard
  --token-url URL        where to fetch one (default http://localhost:3000/get-token)
  --room ID              record this room instead of creating one
  --name NAME            the name that others see
  --api-url URL          another server than https://api.videosdk.live
  --directory DIRECTORY  where the files go; it has to be there (default .)
  --seconds N            end after so long; otherwise it ends with its input"""

# Each line at once, also into a pipe.
say = partial(print, flush=True)


@dataclass
class Arguments:
    token: Optional[str] = os.environ.get("VIDEOSDK_TOKEN")
    token_url: str = "http://localhost:3000/get-token"
    room: Optional[str] = None
    name: Optional[str] = None
    api_url: Optional[str] = None
    directory: str = "."
    seconds: str = "0"


def read_arguments() -> Arguments:
    given = Arguments()
    names = ["token=", "token-url=", "room=", "name=", "api-url=", "directory=", "seconds=", "help"]
    try:
        options, _ = getopt.getopt(sys.argv[1:], "", names)
    except getopt.GetoptError as error:
        sys.exit(f"record: {error}\n{USAGE}")
    for name, value in options:
        if name == "--help":
            print(USAGE)
            sys.exit()
        if name == "--seconds" and not (value.isdecimal() and int(value) > 0):
            sys.exit("--seconds wants a number from 1 on")
        if name == "--token-url":
            given.token = None
        setattr(given, name[2:].replace("-", "_"), value)
    return given


class Recording:
    """The files, by track. Belongs to the media thread as long as the frame handler is set."""

    def __init__(self, directory: str) -> None:
        self._directory = directory
        # Without a writer, when the track cannot be recorded.
        self._tracks: dict[str, tuple[str, Optional[MediaWriter]]] = {}
        self.has_failed = False

    def write(self, frame: vsdk.ReceivedFrame) -> None:
        if frame.track_id not in self._tracks:
            if len(self._tracks) == MAX_TRACKS:
                return
            self._tracks[frame.track_id] = self._begin(frame)
        path, writer = self._tracks[frame.track_id]
        if writer is None:
            return
        try:
            writer.write(bytes(frame.data), frame.timestamp_us)
        except OSError as error:
            self._fail(path, error)
            self._tracks[frame.track_id] = path, None

    def _begin(self, frame: vsdk.ReceivedFrame) -> tuple[str, Optional[MediaWriter]]:
        kind = frame.kind.name.lower().replace("_", "-")
        extension = EXTENSIONS.get(frame.codec)
        if extension is None:
            owner = frame.participant_id
            say(f"* {kind} of {owner} is not recorded: its codec has no kind of file here")
            return "", None
        # Numbers instead of names, which the others choose.
        path = f"{self._directory}/{len(self._tracks) + 1}-{kind}.{extension}"
        try:
            writer = MediaWriter(open(path, "wb"), frame.codec)  # noqa: SIM115 - close() does
        except OSError as error:
            self._fail(path, error)
            return path, None
        say(f"* {path}: {kind} of {frame.participant_id}")
        return path, writer

    def _fail(self, path: str, error: OSError) -> None:
        print(f"cannot write {path}: {error.strerror or error}", file=sys.stderr)
        self.has_failed = True

    def close(self) -> None:
        for path, writer in self._tracks.values():
            if writer is None:
                continue
            say(f"* {path}: {writer.frames} frames")
            try:
                writer.close()
            except OSError as error:
                self._fail(path, error)


def await_end(meeting: vsdk.Meeting, seconds: int) -> None:
    """Waits until the time is over, or the input or the meeting has ended."""
    standard_input = sys.stdin.fileno()
    sources = [meeting.event_descriptor()]
    if seconds == 0:
        sources.append(standard_input)
    end = time.monotonic() + seconds
    while True:
        for event in meeting.events(timeout=0):
            if event.type == vsdk.EventType.MEETING_LEFT:
                say(f"* the meeting has ended: {event.text}")
                return
        left = end - time.monotonic() if seconds > 0 else None
        if left is not None and left <= 0:
            return
        readable, _, _ = select.select(sources, [], [], left)
        if standard_input in readable and not os.read(standard_input, 4096):
            return


def record(given: Arguments, recording: Recording) -> None:
    token = given.token or vsdk.fetch_token(given.token_url).text
    vsdk.config(token, api_base_url=given.api_url)
    room_id = given.room or vsdk.create_room().id
    say(f"room {room_id}")
    # Only to receive.
    with vsdk.init_meeting(room_id, name=given.name, mode=vsdk.Mode.RECV_ONLY) as meeting:
        # Before joining, so that no frame comes earlier.
        meeting.set_frame_handler(recording.write)
        try:
            meeting.join()
            say("* recording")
            await_end(meeting, int(given.seconds))
        finally:
            # When it is taken out, nothing is written any more.
            meeting.set_frame_handler(None)
            recording.close()


def main() -> None:
    given = read_arguments()
    try:
        os.scandir(given.directory).close()
    except OSError as error:
        sys.exit(f"cannot write into {given.directory}: {error.strerror}")
    recording = Recording(given.directory)
    try:
        record(given, recording)
    except vsdk.VsdkError as error:
        sys.exit(f"{error.operation} failed: {error.message}\n  {error.remedy}")
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(1 if recording.has_failed else 0)


if __name__ == "__main__":
    main()
