"""The process: Ctrl-C, forks, the end of the interpreter. Each in an interpreter of its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from conftest import (
    LIMIT_S,
    Service,
    SilentService,
    is_given_up,
    own_service,
    run_program,
    token_with,
)

import vsdk

posix = pytest.mark.skipif(os.name != "posix", reason="there are no signals and forks like these")

WAITS = {
    "create_room": "vsdk.create_room(timeout=1000)",
    "fetch_token": "vsdk.fetch_token(sys.argv[1] + '/get-token', timeout=1000)",
    "next_event": "vsdk.init_meeting('room').next_event() and meeting.next_event()",
    "events": "list(meeting.events())",
    "asyncio": "asyncio.run(vsdk.create_room_async(timeout=1000))",
    "asyncio events": "asyncio.run(read())",
}


@contextmanager
def ended(process: subprocess.Popen[str]) -> Iterator[None]:
    """End a process that a failed test would wait for."""
    try:
        yield
    except BaseException:
        process.kill()
        raise


@posix
@pytest.mark.parametrize("wait", WAITS)
def test_ctrl_c_ends_a_wait(service: Service, wait: str) -> None:
    service.fault("POST /v2/rooms", kind="stall", times=None)
    token = service.token()
    service.fault("/get-token", kind="stall", times=None)
    program = f"""
import asyncio, sys, time, vsdk
vsdk.config(sys.argv[2], api_base_url=sys.argv[1])
meeting = vsdk.init_meeting("room")
meeting.next_event()
async def read():
    async for event in meeting.events_async():
        pass
print("ready", flush=True)
try:
    {WAITS[wait]}
except KeyboardInterrupt:
    print("interrupted", flush=True)
meeting.close()
# What was cancelled may still be told to its callback, which is lent a handle.
end = time.monotonic() + 10
while vsdk.live_handles() and time.monotonic() < end:
    time.sleep(0.01)
print(vsdk.live_handles())
"""
    process = subprocess.Popen(
        [sys.executable, "-c", program, service.base, token],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.3)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        with ended(process):
            out, err = process.communicate(timeout=LIMIT_S)
    assert out.splitlines() == ["interrupted", "0"], err
    assert time.monotonic() - began < LIMIT_S / 2


WAITS_OF_A_MEETING = {
    "join": "bob.join(timeout=1000)",
    "join with asyncio": "asyncio.run(bob.join_async(timeout=1000))",
    "publish": "meeting.publish('CHAT', 'hello', timeout=1000)",
    "subscribe": "meeting.subscribe('CHAT', timeout=1000)",
    "moderate": "meeting.moderate('bob', vsdk.Moderation.REMOVE, timeout=1000)",
    "change_mode": "meeting.change_mode(vsdk.Mode.RECV_ONLY, timeout=1000)",
    "start_service": "meeting.start_service(vsdk.ServiceKind.RECORDING, timeout=1000)",
    "store_get": "meeting.store_get('key', timeout=1000)",
    "upload_file": "meeting.upload_file('file', b'hello', timeout=1000)",
    "switch_to": "meeting.switch_to('room', timeout=1000)",
    "end": "meeting.end(timeout=1000)",
    "leave": "meeting.leave(timeout=1000)",
    "close": "meeting.close(timeout=1000)",
    "with": "with meeting: pass",
}


@posix
@pytest.mark.parametrize("wait", WAITS_OF_A_MEETING)
def test_ctrl_c_ends_a_wait_of_a_meeting(wait: str) -> None:
    program = f"""
import asyncio, sys, time, vsdk
vsdk.config(sys.argv[2], api_base_url=sys.argv[1])
room = vsdk.create_room().id
meeting, bob = vsdk.init_meeting(room), vsdk.init_meeting(room)
meeting.join()
print("ready", flush=True)
# From here on the service does nothing.
sys.stdin.readline()
began = time.monotonic()
try:
    {WAITS_OF_A_MEETING[wait]}
except KeyboardInterrupt:
    print("interrupted", time.monotonic() - began < 1.5, flush=True)
bob.close(timeout=0)
meeting.close(timeout=0)
end = time.monotonic() + 10
while vsdk.live_handles() and time.monotonic() < end:
    time.sleep(0.01)
print(vsdk.live_handles())
"""
    with own_service() as (service, service_process):
        process = subprocess.Popen(
            [sys.executable, "-c", program, service.base, service.token()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        with process, ended(process):
            assert process.stdin is not None
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            service_process.send_signal(signal.SIGSTOP)
            # Until then it may still answer.
            os.waitpid(service_process.pid, os.WUNTRACED)
            process.stdin.write("\n")
            process.stdin.flush()
            time.sleep(0.3)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=LIMIT_S)
    assert out.splitlines() == ["interrupted True", "0"], err
    assert err == ""


@posix
def test_after_ctrl_c_the_join_is_made_again(service: Service) -> None:
    program = """
import sys, vsdk
vsdk.config(sys.argv[2], api_base_url=sys.argv[1])
with vsdk.init_meeting(vsdk.create_room().id, token=sys.argv[3]) as meeting:
    print("ready", flush=True)
    try:
        meeting.join(timeout=1000)
    except KeyboardInterrupt:
        print(meeting.snapshot().state, flush=True)
    meeting.set_token(sys.argv[2])
    meeting.join()
    print(meeting.snapshot().state)
"""
    process = subprocess.Popen(
        [sys.executable, "-c", program, service.base, service.token(), token_with("ask_join")],
        stdout=subprocess.PIPE,
        text=True,
    )
    with process, ended(process):
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=LIMIT_S)[0] == "INITIALISED\nCONNECTED\n"


@posix
@pytest.mark.parametrize("wait", ["create_room", "asyncio"])
def test_ctrl_c_cancels_the_request(
    service: Service, silent_service: SilentService, wait: str
) -> None:
    program = f"""
import asyncio, sys, vsdk
vsdk.config(sys.argv[2], api_base_url=sys.argv[1])
try:
    {WAITS[wait]}
except KeyboardInterrupt:
    print("interrupted", flush=True)
# Not the end of the process is to end the request.
sys.stdin.read()
"""
    process = subprocess.Popen(
        [sys.executable, "-c", program, silent_service.base, service.token()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process, ended(process):
        connection = silent_service.request()
        process.send_signal(signal.SIGINT)
        assert is_given_up(connection)
        assert process.poll() is None
        assert process.communicate(timeout=LIMIT_S)[0] == "interrupted\n"
        assert process.returncode == 0


def test_nothing_has_to_be_closed_before_the_end(service: Service) -> None:
    program = """
import asyncio, sys, threading, time, vsdk
vsdk.config(sys.argv[2], api_base_url=sys.argv[1])
meeting = vsdk.init_meeting("room")
meeting.set_event_handler(lambda event: print(event.text, flush=True))
vsdk.set_log_handler(vsdk.LogLevel.TRACE, lambda *record: None)
waiting = vsdk.init_meeting("other")
threading.Thread(target=lambda: list(waiting.events()), daemon=True).start()
threading.Thread(target=vsdk.create_room, kwargs={"timeout": 1000}, daemon=True).start()
loop = asyncio.new_event_loop()
creation = loop.create_task(vsdk.create_room_async(timeout=1000))
loop.run_until_complete(asyncio.sleep(0.2))
creation._log_destroy_pending = False
globals()["cycle"] = [meeting, waiting, loop, globals()]
print("end")
"""
    service.fault("POST /v2/rooms", kind="stall", times=None)
    began = time.monotonic()
    for _ in range(5):
        ran = subprocess.run(
            [sys.executable, "-c", program, service.base, service.token()],
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        assert ran.stdout.splitlines()[:2] == ["INITIALISED", "end"]
        assert ran.stderr == ""
    assert time.monotonic() - began < LIMIT_S


def test_at_the_end_nothing_new_begins(service: Service) -> None:
    program = """
import atexit, sys
def at_exit():
    import vsdk
    for use in (lambda: meeting.set_event_handler(print), lambda: vsdk.create_room()):
        try:
            print("went", use())
        except vsdk.VsdkError as error:
            print(error.name)
    print(meeting.snapshot().state)
atexit.register(at_exit)
import vsdk
vsdk.config(sys.argv[2], api_base_url=sys.argv[1])
meeting = vsdk.init_meeting("room")
# What is registered last runs first: this one sees the library before its end.
atexit.register(lambda: print(vsdk.create_room().is_disabled))
"""
    ran = run_program(program, service.base, service.token())
    lines = ran.stdout.splitlines()
    assert lines[:2] == ["False", "SHUTDOWN"], ran.stderr
    assert ran.returncode == 0


@posix
def test_a_forked_child_begins_anew(service: Service) -> None:
    program = """
import os, sys, threading, time, vsdk
from vsdk._native import callbacks
base, token = sys.argv[1:]
vsdk.config(token, api_base_url=base)
room = vsdk.create_room()
meeting = vsdk.init_meeting(room.id)
meeting.set_event_handler(lambda event: None)
meeting.join()
vsdk.set_log_handler(vsdk.LogLevel.TRACE, lambda *record: None)
busy = threading.Thread(target=lambda: [vsdk.create_room() for _ in range(50)])
busy.start()
child = os.fork()
if child == 0:
    try:
        try:
            vsdk.create_room()
        except vsdk.NotConfiguredError:
            print("not configured", flush=True)
        try:
            meeting.snapshot()
        except vsdk.InvalidStateError:
            print("closed", flush=True)
        meeting.close()
        assert not callbacks._registered
        vsdk.config(token, api_base_url=base)
        assert vsdk.get_room(room.id).id == room.id
        with vsdk.init_meeting(room.id) as own:
            told = threading.Event()
            own.set_event_handler(lambda event: told.set())
            assert told.wait(20)
            own.join()
            assert len(own.snapshot().participants) == 2
        grandchild = os.fork()
        if grandchild == 0:
            vsdk.config(token, api_base_url=base)
            assert vsdk.create_room().id
            os._exit(0)
        assert os.waitpid(grandchild, 0)[1] == 0
        vsdk.shutdown()
        assert vsdk.live_handles() == 0
        print("child is done", flush=True)
    except BaseException as error:
        print(repr(error), flush=True)
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
busy.join()
assert meeting.snapshot().state == vsdk.MeetingState.CONNECTED
meeting.publish("CHAT", "still here")
assert vsdk.create_room().id
print("parent is done")
"""
    # Newer versions of Python warn of any fork of a process with threads.
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program, service.base, service.token()],
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert ran.stdout.splitlines() == [
        "not configured",
        "closed",
        "child is done",
        "parent is done",
    ], ran.stderr
    assert ran.stderr == ""


@posix
def test_a_child_does_not_inherit_a_lock(service: Service) -> None:
    program = """
import os, signal, threading, vsdk
from vsdk._native import process
is_held, is_over = threading.Event(), threading.Event()
def hold():
    with process._gate._changed:
        is_held.set()
        is_over.wait()
holder = threading.Thread(target=hold)
holder.start()
is_held.wait()
child = os.fork()
if child == 0:
    signal.alarm(10)
    vsdk.set_log_handler(vsdk.LogLevel.INFO, print)
    os._exit(0)
print(os.waitpid(child, 0)[1])
is_over.set()
holder.join()
"""
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert ran.stdout == "0\n", ran.stderr


def test_handlers_that_are_due_run_before_the_end(service: Service) -> None:
    program = """
import sys, time, vsdk
vsdk.config(sys.argv[2], api_base_url=sys.argv[1])
def on_event(event):
    # The program is at its end long before.
    time.sleep(0.2)
    print(event.text, flush=True)
meeting = vsdk.init_meeting("room")
meeting.set_event_handler(on_event)
meeting.leave()
"""
    ran = run_program(program, service.base, service.token())
    assert ran.stdout.splitlines() == ["INITIALISED", "LEFT"], ran.stderr
    assert ran.returncode == 0


def create_in_child(base: str, token: str) -> str:
    vsdk.config(token, api_base_url=base)
    return vsdk.create_room().id


@posix
@pytest.mark.parametrize("method", ["fork", "spawn"])
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_pools_of_processes_create_rooms(service: Service, method: str) -> None:
    with multiprocessing.get_context(method).Pool(3) as pool:
        arguments = [(service.base, service.token())] * 9
        rooms = pool.starmap_async(create_in_child, arguments).get(LIMIT_S * 2)
    assert len(set(rooms)) == 9


def test_a_child_that_needs_nothing_done_is_told(service: Service) -> None:
    with pytest.raises(vsdk.InvalidStateError):
        vsdk.after_fork_child()


def test_a_library_that_is_missing_or_another_is_told(tmp_path: os.PathLike[str]) -> None:
    other = os.path.join(tmp_path, "libother.so")
    with open(other, "wb") as file:
        file.write(b"not a library")
    for path, words in (("/nowhere/libvsdk.so", "there is no library at"), (other, "not load")):
        ran = subprocess.run(
            [sys.executable, "-c", "import vsdk"],
            env={**os.environ, "VSDK_LIBRARY": path},
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
        assert ran.returncode == 1
        assert words in ran.stderr
        assert "VSDK_LIBRARY" in ran.stderr
