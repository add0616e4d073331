#!/usr/bin/env python3
"""A host that never sleeps: lets in everybody who asks, and welcomes everybody who comes.

  greeter                        in a new room; its id is printed for the guests
  greeter --room ID --guests 2   in a room that exists; leaves after two guests

The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in quickstart. Guests whose token
has the permission ask_join and not allow_join have to ask.
"""

import getopt
import os
import select
import sys
from dataclasses import dataclass
from functools import partial
from typing import Optional

import vsdk

TOPIC = "CHAT"

USAGE = """\
usage: greeter [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--guests N] \
[--api-url URL]

  --token TOKEN    a token, e.g. a temporary one from the dashboard
  --token-url URL  where to fetch one (default http://localhost:3000/get-token)
  --room ID        meet in this room instead of creating one
  --name NAME      the name that others see
  --guests N       leave after so many guests (default: when the input ends)
  --api-url URL    another server than https://api.videosdk.live"""

# Each line at once, also into a pipe.
say = partial(print, flush=True)


@dataclass
class Arguments:
    token: Optional[str] = os.environ.get("VIDEOSDK_TOKEN")
    token_url: str = "http://localhost:3000/get-token"
    room: Optional[str] = None
    name: Optional[str] = None
    guests: Optional[str] = None
    api_url: Optional[str] = None


def read_arguments() -> Arguments:
    given = Arguments()
    names = ["token=", "token-url=", "room=", "name=", "guests=", "api-url=", "help"]
    try:
        options, _ = getopt.getopt(sys.argv[1:], "", names)
    except getopt.GetoptError as error:
        sys.exit(f"greeter: {error}\n{USAGE}")
    for name, value in options:
        if name == "--help":
            print(USAGE)
            sys.exit()
        if name == "--guests" and not value.isdecimal():
            sys.exit(f"greeter: --guests takes a number\n{USAGE}")
        if name == "--token-url":
            given.token = None
        setattr(given, name[2:].replace("-", "_"), value)
    return given


def configure(given: Arguments) -> None:
    """Gives the token to the library: the one that was passed, or a fetched one."""
    token = given.token or vsdk.fetch_token(given.token_url).text
    vsdk.config(token, api_base_url=given.api_url)


def let_in(meeting: vsdk.Meeting, participant_id: str, name: str) -> None:
    meeting.moderate(participant_id, vsdk.Moderation.ALLOW_ENTRY)
    say(f"* {name} asks to come in: let in")


def welcome(meeting: vsdk.Meeting, participant_id: str, name: str) -> None:
    """Sends a welcome that only the newcomer gets, who subscribes the topic later."""
    meeting.publish(TOPIC, f"Welcome, {name}!", persist=True, send_only=[participant_id])
    say(f"* {name} joined: welcomed")


def greet(meeting: vsdk.Meeting, guests: int) -> None:
    """Does what a host does, for so many guests; for 0 until the input ends."""
    standard_input = sys.stdin.fileno()
    sources = [meeting.event_descriptor()]
    if guests == 0:
        sources.append(standard_input)
    welcomed = 0
    while True:
        for event in meeting.events(timeout=0):
            participant_id, name = event.participant_id or "", event.participant_name or ""
            if event.type == vsdk.EventType.ENTRY_REQUESTED:
                let_in(meeting, participant_id, name)
            elif event.type == vsdk.EventType.PARTICIPANT_JOINED:
                welcome(meeting, participant_id, name)
                welcomed += 1
                if welcomed == guests:
                    return
            elif event.type == vsdk.EventType.MEETING_LEFT:
                say(f"* the meeting has ended: {event.text}")
                return
        readable, _, _ = select.select(sources, [], [])
        if standard_input in readable and not os.read(standard_input, 4096):
            return


def main() -> None:
    given = read_arguments()
    try:
        configure(given)
        room_id = given.room or vsdk.create_room().id
        say(f"room {room_id}")
        # Microphone and camera are off.
        with vsdk.init_meeting(room_id, name=given.name) as meeting:
            meeting.join()
            greet(meeting, int(given.guests or 0))
            meeting.leave()
    except vsdk.VsdkError as error:
        sys.exit(f"{error.operation} failed: {error.message}\n  {error.remedy}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
