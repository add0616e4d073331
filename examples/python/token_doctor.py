#!/usr/bin/env python3
"""Explains a token: what is in it, what is wrong with it, and what to do. Needs no network and no
secret.

  token_doctor TOKEN
  token_doctor --room ID --participant ID --for join|rest TOKEN
  some-command | token_doctor -                read it from standard input

Without a token, the environment variable VIDEOSDK_TOKEN is examined. The exit status is 0 when
nothing was found that the service is certain to refuse.
"""

import getopt
import json
import os
import sys

import vsdk

USAGE = "usage: token_doctor [--for join|rest] [--room ID] [--participant ID] [TOKEN | -]"

PURPOSES = {
    None: vsdk.TokenPurpose.ANY,
    "join": vsdk.TokenPurpose.JOIN,
    "rest": vsdk.TokenPurpose.REST,
}


def life(report: vsdk.TokenReport) -> str:
    if report.claims is None:
        return "-"
    if report.time_left is None:
        return "no end"
    seconds = int(report.time_left.total_seconds())
    return f"ended {-seconds} s ago" if seconds < 0 else f"{seconds} s left"


def show(report: vsdk.TokenReport) -> None:
    claims = None if report.claims is None else json.dumps(report.claims, separators=(",", ":"))
    print(f"API key       {report.api_key or '-'}")
    print(f"room          {report.room_id or '-'}")
    print(f"participant   {report.participant_id or '-'}")
    print(f"life          {life(report)}")
    print(f"claims        {claims or '-'}")
    print()
    for finding in report.findings:
        print(f"{finding.severity:8}  {finding.name}")
        print(f"          {finding.explanation}.")
        print(f"          {finding.remedy}")
    if not report.findings:
        print("Nothing was found.")
    print()
    if report.is_usable:
        print("Usable, as far as can be told without the secret.")
    else:
        print("Not usable: mend the errors above.")


def main() -> None:
    names = ["for=", "room=", "participant=", "help"]
    try:
        options, rest = getopt.getopt(sys.argv[1:], "", names)
    except getopt.GetoptError as error:
        sys.exit(f"token_doctor: {error}\n{USAGE}")
    given = dict(options)
    if "--help" in given:
        print(USAGE)
        sys.exit()
    argument = rest[0] if rest else os.environ.get("VIDEOSDK_TOKEN")
    purpose = PURPOSES.get(given.get("--for"))
    if argument is None or purpose is None:
        sys.exit(USAGE)
    # Unchanged, so that a line break at its end is found, as a server would.
    token = sys.stdin.read() if argument == "-" else argument

    try:
        report = vsdk.inspect_token(
            token, purpose, room_id=given.get("--room"), participant_id=given.get("--participant")
        )
    except vsdk.VsdkError as error:
        sys.exit(f"{error.message}\n  {error.remedy}")
    show(report)
    sys.exit(0 if report.is_usable else 1)


if __name__ == "__main__":
    main()
