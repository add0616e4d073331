#!/usr/bin/env python3
"""From nothing to an initialised meeting: get a token, create a room, make the meeting, and show
what came back.

  quickstart                                   token from http://localhost:3000/get-token
  quickstart --token TOKEN                     a temporary token from the dashboard
  quickstart --token-url URL                   your own token server
  quickstart --room ID --name Ann              meet in a room that exists

Without --token, the environment variable VIDEOSDK_TOKEN is looked at first.
"""

import getopt
import os
import sys
from dataclasses import dataclass
from typing import Optional

import vsdk

USAGE = """\
usage: quickstart [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--api-url URL]

  --token TOKEN    a token, e.g. a temporary one from the dashboard
  --token-url URL  where to fetch one (default http://localhost:3000/get-token)
  --room ID        meet in this room instead of creating one
  --name NAME      the name that others see
  --api-url URL    another server than https://api.videosdk.live"""


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
        sys.exit(f"quickstart: {error}\n{USAGE}")
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
    token = given.token
    if token is None:
        print(f"fetching a token from {given.token_url}")
        token = vsdk.fetch_token(given.token_url).text
    vsdk.config(token, api_base_url=given.api_url)


def find_room(room_id: Optional[str]) -> vsdk.Room:
    """Finds the room that was asked for, or creates one."""
    if room_id is not None:
        return vsdk.validate_room(room_id)
    print("creating a room")
    return vsdk.create_room()


def show(room: vsdk.Room, meeting: vsdk.Meeting) -> None:
    snapshot = meeting.snapshot()
    print(f"room         {room.id}")
    print(f"created      {room.created_at or '-'}")
    print(f"participant  {snapshot.participant_id}")
    print(f"name         {snapshot.name}")
    print(f"microphone   {'wanted' if snapshot.mic_enabled else 'off'}")
    print(f"meeting      {snapshot.json}")

    # Everything that has happened so far waits in the queue.
    for event in meeting.events(timeout=0):
        print(f"event {event.sequence}      {event.type_name} {event.text or ''}")


def main() -> None:
    given = read_arguments()
    try:
        configure(given)
        room = find_room(given.room)
        # Nothing is sent anywhere yet.
        with vsdk.init_meeting(
            room.id, name=given.name, mic_enabled=True, metadata={"from": "quickstart"}
        ) as meeting:
            show(room, meeting)
    except vsdk.VsdkError as error:
        sys.exit(f"{error.operation} failed: {error.message}\n  {error.remedy}")


if __name__ == "__main__":
    main()
