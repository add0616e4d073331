"""The parts of programs in the README: each is run. The whole programs are run by test.sh."""

from __future__ import annotations

import os
import re

import pytest
from conftest import API_KEY, CLONE, HAS_RAW_PICTURES, SECRET, Service, run_program

import vsdk

README = (CLONE / "bindings" / "python" / "README.md").read_text("utf-8")
PARTS = re.findall(r"(?<!<!-- test: run -->\n)```python\n(.*?)```", README, re.DOTALL)

# What the text around them speaks of.
BEFORE = """
import asyncio, sys, threading, time
import vsdk
packets = [b"\\xfc" + bytes(80)] * 50
service, token, api_key, secret = sys.argv[1:]
vsdk.config(token, api_base_url=service)
"""


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.splitlines()[0])
def test_a_part_does_what_it_says(service: Service, part: str) -> None:
    if "add_track" in part and "VSDK_WITHOUT_MEDIA" in os.environ:
        pytest.skip(os.environ["VSDK_WITHOUT_MEDIA"])
    program = BEFORE + part.replace("http://localhost:3000", service.base)
    ran = run_program(program, service.base, service.token(), API_KEY, SECRET)
    if "video_input" in part and not HAS_RAW_PICTURES:
        assert "UnsupportedError" in ran.stderr
        return
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""


def test_the_parts_are_found() -> None:
    assert len(PARTS) >= 6


def test_the_table_of_errors_is_complete() -> None:
    table = README[README.index("| Class | When |") : README.index("Each also has")]
    named = set(re.findall(r"`(\w+Error)`", table)) - {"ConnectionError", "ValueError"}
    kinds = {name for name in vsdk.__all__ if name.endswith("Error") and name != "VsdkError"}
    assert named == kinds
