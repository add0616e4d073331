"""The library, as its samples in C show it. tests/peers/test.sh compiles them."""

import os
import pathlib
import re
import subprocess

PROGRAMS = pathlib.Path(os.environ["VSDK_PROGRAMS"])
FINDING = re.compile(r"^(ERROR|WARNING|NOTICE) +([A-Z0-9_]+)$", re.MULTILINE)
ID = re.compile(r"[a-z0-9]{4}(-[a-z0-9]{4}){2}")


def run(name, *arguments, token=None):
    """What a program prints, and whether it succeeded."""
    environment = {**os.environ, "VIDEOSDK_TOKEN": token or ""}
    done = subprocess.run(
        [PROGRAMS / name, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
        text=True,
    )
    return done.stdout, done.returncode == 0


def examine(token, *arguments):
    """What the doctor finds, as {name: severity}, and whether it calls the token usable."""
    text, usable = run("token_doctor", *arguments, token)
    assert ("Nothing was found." in text) != bool(FINDING.search(text)), text
    return {name: severity for severity, name in FINDING.findall(text)}, usable


def mint(*arguments):
    """A token of the library's."""
    text, succeeded = run("mint", *arguments)
    assert succeeded, text
    return text.strip()
