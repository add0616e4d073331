"""A local service for the suite, and a look after each test at what it left behind."""

from __future__ import annotations

import gc
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable

import pytest

import vsdk
from vsdk._native import callbacks

CLONE = Path(__file__).resolve().parents[3]
API_KEY = "bb33a5bc-17ae-2fe5-9237-6529590d5116"
SECRET = "the-secret-of-the-suite-0123456789"

# Ten times what is expected, and more: it only catches hangs.
LIMIT_S = 30.0


def has_raw_pictures() -> bool:
    """Tell whether this build of the library has the feature `vp8`."""
    vsdk.config(vsdk.mint_token(API_KEY, SECRET, permissions=["allow_join"]).text)
    with vsdk.init_meeting("room") as meeting, meeting.add_track(vsdk.TrackKind.VIDEO) as track:
        try:
            track.video_input().close()
        except vsdk.UnsupportedError:
            return False
    return True


HAS_RAW_PICTURES = has_raw_pictures()

# Without it there is nothing to film with; test_picture_support.py sees that this is told.
RAW_PICTURE_TESTS = ["test_images.py", "test_picture_buffers.py", "test_pictures.py"]
collect_ignore = [] if HAS_RAW_PICTURES else RAW_PICTURE_TESTS


def pytest_report_header() -> str:
    return f"raw pictures: {'tested' if HAS_RAW_PICTURES else 'NOT TESTED, built without vp8'}"


@dataclass(frozen=True)
class Service:
    """The local service."""

    base: str

    def request(self, method: str, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, method=method)
        with urllib.request.urlopen(request, timeout=LIMIT_S) as reply:
            text = reply.read()
        return json.loads(text) if text else None

    def fault(self, route: str, **what: object) -> None:
        self.request("POST", "/admin/faults", {"route": route, **what})

    def signaling_fault(self, method: str, kind: str, **what: object) -> None:
        self.request("POST", "/admin/faults", {"method": method, "kind": kind, **what})

    def token(self) -> str:
        token = self.request("GET", "/get-token")["token"]
        assert isinstance(token, str)
        return token


@contextmanager
def own_service() -> Iterator[tuple[Service, subprocess.Popen[bytes]]]:
    """Give a service and its process, for a test that stops it."""
    target = Path(os.environ.get("CARGO_TARGET_DIR") or CLONE / "target")
    command: list[str | Path] = [target / "debug" / "devserver", "--http", "127.0.0.1:0"]
    with subprocess.Popen(
        [*command, "--api-key", API_KEY, "--secret", SECRET], stdout=subprocess.PIPE
    ) as process:
        try:
            assert process.stdout is not None
            ready = json.loads(process.stdout.readline())
            yield Service(ready["http"]), process
        finally:
            process.kill()


@pytest.fixture(scope="session")
def running_service() -> Iterator[Service]:
    with own_service() as (service, _):
        yield service


@pytest.fixture
def service(running_service: Service) -> Iterator[Service]:
    """The service, configured with a token, and without faults."""
    vsdk.config(running_service.token(), api_base_url=running_service.base)
    yield running_service
    running_service.request("DELETE", "/admin/faults")


@dataclass(frozen=True)
class SilentService:
    """Takes one request, and never answers."""

    listener: socket.socket

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def request(self) -> socket.socket:
        """Give the connection of a request that is there."""
        connection = self.listener.accept()[0]
        connection.settimeout(LIMIT_S)
        assert connection.recv(65536)
        return connection


@pytest.fixture
def silent_service() -> Iterator[SilentService]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(LIMIT_S)
        yield SilentService(listener)


def is_given_up(connection: socket.socket) -> bool:
    """Wait until the other side has closed it. That takes a request that has ended."""
    with connection:
        while True:
            try:
                if not connection.recv(65536):
                    return True
            except ConnectionError:
                return True
            except OSError:
                return False


@pytest.fixture(autouse=True)
def nothing_is_left() -> Iterator[None]:
    yield
    vsdk.set_log_handler(vsdk.LogLevel.OFF, None)
    gc.collect()
    wait_until(lambda: vsdk.live_handles() == 0 and not callbacks._registered, left)
    vsdk.shutdown()
    vsdk.config(
        api_base_url=None,
        proxy=None,
        extra_ca_pem=None,
        user_agent_suffix=None,
        clock_check=True,
        allow_plain_http=False,
    )


def token_with(*permissions: str) -> str:
    return vsdk.mint_token(API_KEY, SECRET, permissions=permissions).text


def init(room_id: str, name: str, **options: Any) -> vsdk.Meeting:
    """Make a meeting of somebody whose id is the name in small letters."""
    return vsdk.init_meeting(room_id, name=name, participant_id=name.lower(), **options)


def event_of(meeting: vsdk.Meeting, kind: vsdk.EventType) -> vsdk.Event:
    """Read on up to the next event of that kind."""
    read = []
    for event in meeting.events(LIMIT_S):
        if event.type == kind:
            return event
        read.append(event)
    raise AssertionError(f"no {kind} among {read}")


def until(meeting: vsdk.Meeting, state: vsdk.MeetingState) -> vsdk.Event:
    """Read on up to the change to that state."""
    while (event := event_of(meeting, vsdk.EventType.STATE_CHANGED)).state != state:
        pass
    return event


def counts() -> dict[str, int]:
    return {kind.name: count for kind in vsdk.HandleKind if (count := vsdk.live_handles(kind))}


def left() -> object:
    return counts(), callbacks._registered


def wait_until(condition: Callable[[], bool], told: Callable[[], object]) -> None:
    end = time.monotonic() + LIMIT_S
    while not condition():
        assert time.monotonic() < end, told()
        time.sleep(0.005)


@pytest.fixture
def unraised(monkeypatch: pytest.MonkeyPatch) -> list[BaseException | None]:
    """What handlers threw, in place of a warning of pytest."""
    thrown: list[BaseException | None] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda it: thrown.append(it.exc_value))
    return thrown


def run_program(text: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program in an interpreter of its own."""
    return subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", text, *arguments],
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
