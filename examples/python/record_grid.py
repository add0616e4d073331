#!/usr/bin/env python3
"""Records a meeting as one picture: a tile for each participant, and a row for each moment.

  record_grid --room ID --seconds 60 --output meeting.png            every ten seconds a row
  record_grid --room ID --seconds 60 --rows 12 --output meeting.png  every five

Who comes in between gets a column of their own from then on. Needs NumPy and Pillow, and a library
with raw pictures (the feature `vp8`). The token comes from --token, VIDEOSDK_TOKEN or --token-url,
as in quickstart.
"""

import getopt
import os
import shutil
import sys
import time
from dataclasses import dataclass, field
from functools import partial
from typing import Optional

import numpy as np
from PIL import Image, ImageDraw, ImageFont

import vsdk

USAGE = """\
usage: record_grid [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--api-url URL]
                   [--seconds N] [--rows N] [--output FILE.png]

  --token TOKEN      a token, e.g. a temporary one from the dashboard
  --token-url URL    where to fetch one (default http://localhost:3000/get-token)
  --room ID          record this room instead of creating one
  --name NAME        the name that others see
  --api-url URL      another server than https://api.videosdk.live
  --seconds N        for how long (default 60)
  --rows N           how many moments are kept (default 6)
  --output FILE.png  where to write the picture (default meeting.png)"""

# In pixels.
TILE = (320, 180)
GAP, MARGIN, HEADER, TIMES = 12, 24, 56, 76

BACKGROUND, EMPTY = (17, 20, 26), (31, 36, 46)
BRIGHT, DIM = (240, 243, 248), (148, 158, 174)
CIRCLES = ((99, 102, 241), (14, 165, 164), (217, 119, 6), (219, 39, 119), (37, 99, 235))

# Between two looks at what has come, in seconds.
PAUSE = 0.05

# Each line at once, also into a pipe.
say = partial(print, flush=True)


@dataclass
class Arguments:
    token: Optional[str] = os.environ.get("VIDEOSDK_TOKEN")
    token_url: str = "http://localhost:3000/get-token"
    room: Optional[str] = None
    name: Optional[str] = None
    api_url: Optional[str] = None
    seconds: str = "60"
    rows: str = "6"
    output: str = "meeting.png"


def read_arguments() -> Arguments:
    given = Arguments()
    names = ["token", "token-url", "room", "name", "api-url", "seconds", "rows", "output"]
    try:
        options, _ = getopt.getopt(sys.argv[1:], "", [*(f"{it}=" for it in names), "help"])
    except getopt.GetoptError as error:
        sys.exit(f"record_grid: {error}\n{USAGE}")
    for name, value in options:
        if name == "--help":
            print(USAGE)
            sys.exit()
        if name in ("--seconds", "--rows") and not (value.isdecimal() and int(value) > 0):
            sys.exit(f"{name} wants a number from 1 on")
        if name == "--token-url":
            given.token = None
        setattr(given, name[2:].replace("-", "_"), value)
    return given


def tile_of(picture: vsdk.ReceivedPicture) -> Image.Image:
    """Give a copy in the size of a tile; the library's memory is given back."""
    pixels = np.asarray(picture.planes[0])
    image = Image.fromarray(np.ascontiguousarray(pixels[:, :, :3]))
    image.thumbnail(TILE)
    tile = Image.new("RGB", TILE, EMPTY)
    tile.paste(image, ((TILE[0] - image.width) // 2, (TILE[1] - image.height) // 2))
    return tile


@dataclass
class Column:
    """One participant over time."""

    name: str
    screen: Optional[vsdk.VideoOutput] = None
    track_id: str = ""
    latest: Optional[vsdk.ReceivedPicture] = None
    is_there: bool = True
    tiles: dict[int, Optional[Image.Image]] = field(default_factory=dict)
    """By row; None where they were there without a picture."""

    def look(self) -> None:
        if self.screen is None:
            return
        try:
            self.latest = self.screen.next_picture(0) or self.latest
        except vsdk.EventsEndedError:
            self.show(None, "")

    def show(self, screen: Optional[vsdk.VideoOutput], track_id: str) -> None:
        self.screen, self.track_id, self.latest = screen, track_id, None

    def keep(self, row: int) -> None:
        if self.is_there:
            self.tiles[row] = None if self.latest is None else tile_of(self.latest)


class Recording:
    """Everybody who was there, and what they looked like at each moment."""

    def __init__(self, meeting: vsdk.Meeting) -> None:
        self._meeting = meeting
        self.columns: dict[str, Column] = {}
        self.times: list[float] = []
        self.is_over = False

    def update(self) -> None:
        """Read what has come."""
        while not self.is_over and (event := self._next_event()) is not None:
            self._take(event)
        for column in self.columns.values():
            column.look()

    def keep(self, seconds: float) -> None:
        for column in self.columns.values():
            column.keep(len(self.times))
        self.times.append(seconds)

    def _next_event(self) -> Optional[vsdk.Event]:
        try:
            return self._meeting.next_event(0)
        except vsdk.EventsEndedError:
            self.is_over = True
            return None

    def _take(self, event: vsdk.Event) -> None:
        kind, who = event.type, event.participant_id
        if kind == vsdk.EventType.MEETING_LEFT:
            self.is_over = True
        elif who is None:
            return
        elif kind == vsdk.EventType.PARTICIPANT_JOINED:
            column = self.columns.setdefault(who, Column(event.text or who))
            column.is_there = True
        elif who not in self.columns:
            return
        elif kind == vsdk.EventType.PARTICIPANT_LEFT:
            self.columns[who].is_there = False
        elif kind == vsdk.EventType.PARTICIPANT_NAME_CHANGED:
            self.columns[who].name = event.text or who
        elif kind == vsdk.EventType.TRACK_ADDED and event.code == vsdk.TrackKind.VIDEO:
            self._open(event.track_id or "")
        elif kind == vsdk.EventType.TRACK_REMOVED:
            column = self.columns[who]
            if column.track_id == event.track_id:
                column.show(None, "")

    def _open(self, track_id: str) -> None:
        try:
            track = self._meeting.remote_track(track_id)
        except vsdk.NotFoundError:
            return  # Gone again already.
        screen = track.video_output(vsdk.PictureFormat.RGBA)
        self.columns[track.participant_id].show(screen, track_id)


class Progress:
    """A bar on a terminal; elsewhere nothing but the end."""

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds
        self._is_shown = sys.stderr.isatty()

    def show(self, elapsed: float, recording: Recording) -> None:
        if not self._is_shown:
            return
        part = min(elapsed / self._seconds, 1.0)
        people = sum(it.is_there for it in recording.columns.values())
        told = f" {elapsed:3.0f} of {self._seconds} s, {len(recording.times)} rows, {people} here"
        width = max(10, min(40, shutil.get_terminal_size().columns - len(told) - 3))
        filled = round(part * width)
        print(f"\r|{'█' * filled}{'·' * (width - filled)}|{told}", end="\x1b[K", file=sys.stderr)

    def end(self) -> None:
        if self._is_shown:
            print(file=sys.stderr)


class Sheet:
    """The picture: names above, times to the left, tiles between them."""

    def __init__(self, columns: list[Column], times: list[float], room: str) -> None:
        count = max(len(columns), 1)
        width = MARGIN + TIMES + count * (TILE[0] + GAP) - GAP + MARGIN
        height = MARGIN + 2 * HEADER + len(times) * (TILE[1] + GAP) - GAP + MARGIN
        self._image = Image.new("RGB", (width, height), BACKGROUND)
        self._draw = ImageDraw.Draw(self._image)
        self._write(f"room {room}", (MARGIN, MARGIN + HEADER // 2), 22, BRIGHT, "lm", width)
        for index, column in enumerate(columns):
            self._place(index, column, times)
        for row, seconds in enumerate(times):
            place = (MARGIN + TIMES - GAP, self._top(row) + TILE[1] // 2)
            self._write(_clock(seconds), place, 16, DIM, "rm", TIMES)

    @staticmethod
    def _top(row: int) -> int:
        return MARGIN + 2 * HEADER + row * (TILE[1] + GAP)

    def _place(self, index: int, column: Column, times: list[float]) -> None:
        left = MARGIN + TIMES + index * (TILE[0] + GAP)
        name_at = (left, MARGIN + HEADER + HEADER // 2)
        self._write(column.name, name_at, 18, BRIGHT, "lm", TILE[0])
        for row in range(len(times)):
            if row not in column.tiles:
                continue  # Not there at that moment.
            tile = column.tiles[row] or self._without_picture(column.name, index)
            mask = Image.new("L", (2 * TILE[0], 2 * TILE[1]), 0)
            ImageDraw.Draw(mask).rounded_rectangle((0, 0, *(it - 1 for it in mask.size)), 24, 255)
            self._image.paste(tile, (left, self._top(row)), mask.resize(TILE))

    @staticmethod
    def _without_picture(name: str, index: int) -> Image.Image:
        # Drawn twice as large, and so with smooth edges.
        tile = Image.new("RGB", (2 * TILE[0], 2 * TILE[1]), EMPTY)
        draw = ImageDraw.Draw(tile)
        middle, radius = (TILE[0], TILE[1]), 2 * TILE[1] // 5
        draw.ellipse(
            [middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius],
            CIRCLES[index % len(CIRCLES)],
        )
        initials = "".join(word[0] for word in name.split()[:2]).upper()
        draw.text(middle, initials, BRIGHT, ImageFont.load_default(float(radius)), "mm")
        return tile.resize(TILE)

    def _write(
        self,
        text: str,
        place: tuple[int, int],
        size: int,
        colour: tuple[int, int, int],
        anchor: str,
        width: int,
    ) -> None:
        font = ImageFont.load_default(float(size))
        shown = text
        while shown and self._draw.textlength(shown, font) > width:
            text = text[:-1]
            shown = f"{text}..."
        self._draw.text(place, shown, colour, font, anchor)

    def save(self, path: str) -> None:
        self._image.save(path, "PNG")


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def record(given: Arguments, meeting: vsdk.Meeting) -> Recording:
    seconds, rows = int(given.seconds), int(given.rows)
    recording, progress = Recording(meeting), Progress(seconds)
    begin = time.monotonic()
    try:
        while len(recording.times) < rows:
            recording.update()
            elapsed = time.monotonic() - begin
            # The last row is that of the end.
            if recording.is_over or elapsed >= seconds * (len(recording.times) + 1) / rows:
                recording.keep(elapsed)
            progress.show(elapsed, recording)
            if recording.is_over:
                break
            time.sleep(PAUSE)
    except KeyboardInterrupt:
        recording.keep(time.monotonic() - begin)
    progress.end()
    return recording


def main() -> None:
    given = read_arguments()
    try:
        token = given.token or vsdk.fetch_token(given.token_url).text
        vsdk.config(token, api_base_url=given.api_url)
        room_id = given.room or vsdk.create_room().id
        say(f"room {room_id}")
        with vsdk.init_meeting(room_id, name=given.name, mode=vsdk.Mode.RECV_ONLY) as meeting:
            meeting.join()
            say("* recording")
            recording = record(given, meeting)
        columns = list(recording.columns.values())
        Sheet(columns, recording.times, room_id).save(given.output)
        pictures = sum(tile is not None for it in columns for tile in it.tiles.values())
        rows, people = len(recording.times), len(columns)
        say(f"* {given.output}: {rows} rows, {people} participants, {pictures} pictures")
    except vsdk.VsdkError as error:
        sys.exit(f"{error.operation} failed: {error.message}\n  {error.remedy}")
    except OSError as error:
        sys.exit(f"cannot write {given.output}: {error.strerror or error}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
