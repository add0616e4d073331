#!/usr/bin/env python3
"""Two meetings at once, with asyncio: what somebody writes in one room is repeated in the other.

  two_meetings                              two new rooms; their ids are printed
  two_meetings --room ID --other-room ID    rooms that exist

The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in quickstart.
"""

import asyncio
import getopt
import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Optional

import vsdk

TOPIC = "CHAT"

USAGE = """\
usage: two_meetings [--token TOKEN | --token-url URL] [--room ID] [--other-room ID] \
[--messages N] [--api-url URL]

  --token TOKEN    a token, e.g. a temporary one from the dashboard
  --token-url URL  where to fetch one (default http://localhost:3000/get-token)
  --room ID        one room, instead of creating it
  --other-room ID  the other one, instead of creating it
  --messages N     leave after so many messages (default: when the input ends)
  --api-url URL    another server than https://api.videosdk.live"""

# Each line at once, also into a pipe.
say = partial(print, flush=True)


@dataclass
class Arguments:
    token: Optional[str] = os.environ.get("VIDEOSDK_TOKEN")
    token_url: str = "http://localhost:3000/get-token"
    room: Optional[str] = None
    other_room: Optional[str] = None
    messages: Optional[str] = None
    api_url: Optional[str] = None


def read_arguments() -> Arguments:
    given = Arguments()
    names = ["token=", "token-url=", "room=", "other-room=", "messages=", "api-url=", "help"]
    try:
        options, _ = getopt.getopt(sys.argv[1:], "", names)
    except getopt.GetoptError as error:
        sys.exit(f"two_meetings: {error}\n{USAGE}")
    for name, value in options:
        if name == "--help":
            print(USAGE)
            sys.exit()
        if name == "--messages" and not value.isdecimal():
            sys.exit(f"two_meetings: --messages takes a number\n{USAGE}")
        if name == "--token-url":
            given.token = None
        setattr(given, name[2:].replace("-", "_"), value)
    return given


async def configure(given: Arguments) -> None:
    """Gives the token to the library: the one that was passed, or a fetched one."""
    token = given.token or (await vsdk.fetch_token_async(given.token_url)).text
    vsdk.config(token, api_base_url=given.api_url)


async def repeat(
    source: vsdk.Meeting, target: vsdk.Meeting, numbers: Iterator[int], messages: int
) -> None:
    """Repeats what is written in one meeting in the other; ends after `messages` in all."""
    here, there = source.snapshot(), target.snapshot()
    async for event in source.events_async():
        if event.type == vsdk.EventType.MEETING_LEFT:
            return
        # Earlier ones were written when nobody was there to repeat them, and so they stay.
        if event.type != vsdk.EventType.MESSAGE or event.code == 1:
            continue
        if event.participant_id == here.participant_id:
            continue
        text = f"{event.participant_name or '?'}: {event.payload.decode()}"
        await target.publish_async(TOPIC, text)
        say(f"{here.meeting_id} -> {there.meeting_id}: {text}")
        if next(numbers) == messages:
            return


async def end_of_input() -> None:
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()

    def read() -> None:
        while os.read(0, 4096):
            pass
        loop.call_soon_threadsafe(ended.set)

    # A daemon: when a meeting ends first, nobody waits for it.
    threading.Thread(target=read, daemon=True).start()
    await ended.wait()


async def relay(one: vsdk.Meeting, other: vsdk.Meeting, messages: int) -> None:
    """Repeats in both directions until there were so many messages; for 0 until the input ends."""
    numbers = count(1)
    tasks = [
        asyncio.create_task(repeat(one, other, numbers, messages)),
        asyncio.create_task(repeat(other, one, numbers, messages)),
    ]
    if messages == 0:
        tasks.append(asyncio.create_task(end_of_input()))
    try:
        ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            task.result()  # Raises what went wrong.
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def run(given: Arguments) -> None:
    await configure(given)
    room = given.room or (await vsdk.create_room_async()).id
    other_room = given.other_room or (await vsdk.create_room_async()).id
    # Leaves both in the end.
    async with (
        vsdk.init_meeting(room, name="relay") as one,
        vsdk.init_meeting(other_room, name="relay") as other,
    ):
        for meeting in (one, other):
            await meeting.join_async()
            await meeting.subscribe_async(TOPIC)
        say(f"rooms {room} {other_room}")
        await relay(one, other, int(given.messages or 0))


def main() -> None:
    given = read_arguments()
    try:
        asyncio.run(run(given))
    except vsdk.VsdkError as error:
        sys.exit(f"{error.operation} failed: {error.message}\n  {error.remedy}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
