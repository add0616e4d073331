#!/usr/bin/env python3
"""Rooms on the service: create, list, look up, deactivate.

  rooms create [CUSTOM_ID]
  rooms list [PAGE]
  rooms validate ID
  rooms get ID
  rooms deactivate ID

The token comes from the environment variable VIDEOSDK_TOKEN, or is fetched from the URL in
VIDEOSDK_TOKEN_URL; another server than the service's own from VIDEOSDK_API_ENDPOINT.
"""

import os
import sys
from typing import Optional

import vsdk

USAGE = "usage: rooms create [CUSTOM_ID] | list [PAGE] | validate ID | get ID | deactivate ID"


def configure() -> None:
    vsdk.config(api_base_url=os.environ.get("VIDEOSDK_API_ENDPOINT"))
    token = os.environ.get("VIDEOSDK_TOKEN")
    url = os.environ.get("VIDEOSDK_TOKEN_URL")
    if token is None and url is not None:
        token = vsdk.fetch_token(url).text
    if token is not None:
        vsdk.config(token)


def show(room: vsdk.Room) -> None:
    state = "disabled" if room.is_disabled else "open"
    print(f"{room.id:16}  {state:10}  {room.created_at or '-':24}  {room.custom_id or '-'}")


def list_page(page: int) -> None:
    rooms = vsdk.list_rooms(page=page)
    for room in rooms:
        show(room)
    print(f"page {rooms.page} of {rooms.last_page}, {rooms.total} rooms in all")


def run(command: str, argument: Optional[str]) -> None:
    if argument is None and command not in ("create", "list"):
        sys.exit(USAGE)
    configure()
    if command == "create":
        show(vsdk.create_room(argument))
    elif command == "list":
        list_page(int(argument or 1))
    elif command == "validate" and argument:
        show(vsdk.validate_room(argument))
    elif command == "get" and argument:
        show(vsdk.get_room(argument))
    elif command == "deactivate" and argument:
        show(vsdk.deactivate_room(argument))
    else:
        sys.exit(USAGE)


def main() -> None:
    command, argument, *_ = [*sys.argv[1:], None, None]
    try:
        run(command or "", argument)
    except vsdk.VsdkError as error:
        sys.exit(f"{error.message}\n  {error.remedy}")


if __name__ == "__main__":
    main()
