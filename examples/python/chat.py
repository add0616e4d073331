#!/usr/bin/env python3
"""A chat in the terminal: what you write goes to everybody in the room, and you see who comes and
goes.

  chat --name Ann                  in a new room; its id is printed for the others
  chat --name Bob --room ID        in a room that exists

The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in quickstart.
"""

import getopt
import os
import select
import sys
from dataclasses import dataclass
from functools import partial
from io import FileIO
from typing import Optional

import vsdk

TOPIC = "CHAT"

USAGE = """\
usage: chat [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--api-url URL]

  --token TOKEN    a token, e.g. a temporary one from the dashboard
  --token-url URL  where to fetch one (default http://localhost:3000/get-token)
  --room ID        meet in this room instead of creating one
  --name NAME      the name that others see
  --api-url URL    another server than https://api.videosdk.live"""

# Each line at once, also into a pipe.
say = partial(print, flush=True)


@dataclass
class Arguments:
    token: Optional[str] = os.environ.get("VIDEOSDK_TOKEN")
    token_url: str = "http://localhost:3000/get-token"
    room: Optional[str] = None
    name: Optional[str] = None
    api_url: Optional[str] = None


def read_arguments() -> Arguments:
    given = Arguments()
    names = ["token=", "token-url=", "room=", "name=", "api-url=", "help"]
    try:
        options, _ = getopt.getopt(sys.argv[1:], "", names)
    except getopt.GetoptError as error:
        sys.exit(f"chat: {error}\n{USAGE}")
    for name, value in options:
        if name == "--help":
            print(USAGE)
            sys.exit()
        if name == "--token-url":
            given.token = None
        setattr(given, name[2:].replace("-", "_"), value)
    return given


def configure(given: Arguments) -> None:
    """Gives the token to the library: the one that was passed, or a fetched one."""
    token = given.token or vsdk.fetch_token(given.token_url).text
    vsdk.config(token, api_base_url=given.api_url)


def show_room(meeting: vsdk.Meeting) -> int:
    """Prints who is in the room; gives up to which event that is."""
    snapshot = meeting.snapshot()
    names = [f"{it.name} (you)" if it.is_local else it.name for it in snapshot.participants]
    say(f"* in the room: {', '.join(names)}")
    return snapshot.event_sequence


def show(event: vsdk.Event, seen: int) -> None:
    name = event.participant_name or "?"
    if event.type == vsdk.EventType.MESSAGE:
        earlier = "(earlier) " if event.code == 1 else ""
        say(f"{earlier}{name}: {event.payload.decode()}")
    elif event.sequence <= seen:
        return
    elif event.type == vsdk.EventType.PARTICIPANT_JOINED:
        say(f"* {name} joined")
    elif event.type == vsdk.EventType.PARTICIPANT_LEFT:
        say(f"* {name} left")
    elif event.state == vsdk.MeetingState.RECONNECTING:
        say("* connection lost, trying again")
    elif event.state == vsdk.MeetingState.CONNECTED:
        say("* back in the room")


def show_events(meeting: vsdk.Meeting, seen: int, has_left: bool) -> bool:
    """Prints what has happened; whether the meeting goes on."""
    for event in meeting.events(timeout=0):
        if event.type == vsdk.EventType.MEETING_LEFT:
            say("* you left" if has_left else f"* the meeting has ended: {event.text}")
            return False
        show(event, seen)
    return True


def chat(meeting: vsdk.Meeting, seen: int, lines: FileIO) -> None:
    """Passes messages on in both directions until the input or the meeting ends."""
    meeting.subscribe(TOPIC)
    sources = [meeting.event_descriptor(), lines.fileno()]
    has_left = False
    while show_events(meeting, seen, has_left):
        readable, _, _ = select.select(sources, [], [])
        if lines.fileno() not in readable:
            continue
        line = lines.readline()
        text = line.decode(errors="replace").rstrip("\n")
        if text:
            try:
                # Those who come later are to see it too.
                meeting.publish(TOPIC, text, persist=True)
            except vsdk.VsdkError:
                # When the meeting has ended, what to tell is why it did.
                if show_events(meeting, seen, has_left):
                    raise
                return
        elif not line:
            has_left = True
            sources.remove(lines.fileno())
            meeting.leave()


def main() -> None:
    given = read_arguments()
    try:
        configure(given)
        room_id = given.room or vsdk.create_room().id
        say(f"room {room_id}")
        # Microphone and camera are off.
        with vsdk.init_meeting(room_id, name=given.name) as meeting:
            meeting.join()
            seen = show_room(meeting)
            # Without a buffer: select() does not know what has been read ahead.
            with open(0, "rb", buffering=0, closefd=False) as lines:
                chat(meeting, seen, lines)
    except vsdk.VsdkError as error:
        sys.exit(f"{error.operation} failed: {error.message}\n  {error.remedy}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
