"""The samples of meetings, as processes: what the comparison with those in C does not reach.

That comparison is made by test.sh.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Optional

import pytest
from conftest import CLONE, LIMIT_S, Service, event_of, init
from media import Camera, Microphone, send_until

import vsdk

KINDS = {".ogg": "audio", ".ivf": "video"}


@contextmanager
def sample(
    service: Service, name: str, *arguments: str, stdin: int | IO[Any] = subprocess.PIPE
) -> Iterator[subprocess.Popen[str]]:
    """Run a sample; whatever it does, it does not outlive the test."""
    path = CLONE / "examples" / "python" / f"{name}.py"
    process = subprocess.Popen(
        [sys.executable, path, "--api-url", service.base, *arguments],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "VIDEOSDK_TOKEN": service.token()},
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def lines(process: subprocess.Popen[str], count: int) -> list[str]:
    assert process.stdout is not None
    return [process.stdout.readline().rstrip("\n") for _ in range(count)]


def rest(process: subprocess.Popen[str]) -> tuple[list[str], str, int]:
    """Give what else it printed, its complaints, and how it ended."""
    out, err = process.communicate(timeout=LIMIT_S)
    return out.splitlines(), err, process.returncode


def test_chat_tells_of_its_connection_and_of_the_end(service: Service) -> None:
    room = vsdk.create_room().id
    with sample(service, "chat", "--room", room, "--name", "Ann") as chat:
        assert lines(chat, 2) == [f"room {room}", "* in the room: Ann (you)"]
        assert chat.stdin is not None
        chat.stdin.write("hello\n")
        chat.stdin.flush()
        assert lines(chat, 1) == ["Ann: hello"]
        service.request("POST", "/admin/sockets", {"kind": "cut"})
        assert lines(chat, 2) == ["* connection lost, trying again", "* back in the room"]
        with init(room, "Bob") as bob:
            bob.join()
            assert lines(chat, 1) == ["* Bob joined"]
            bob.end()
        # Not by the end of its input, which is open as yet.
        assert "* the meeting has ended: ROOM_CLOSE" in lines(chat, 2)
        assert rest(chat)[1:] == ("", 0)


def test_chat_says_why_the_meeting_ended_while_it_published(service: Service) -> None:
    room = vsdk.create_room().id
    with init(room, "Bob") as bob:
        bob.join()
        with sample(service, "chat", "--room", room, "--name", "Ann") as chat:
            assert lines(chat, 2) == [f"room {room}", "* in the room: Ann (you), Bob"]
            service.signaling_fault("pubsubPublish", "ignore")
            assert chat.stdin is not None
            chat.stdin.write("is anybody there?\n")
            chat.stdin.flush()
            event_of(bob, vsdk.EventType.PARTICIPANT_JOINED)
            end = time.monotonic() + LIMIT_S
            while not service.request("GET", "/admin/faults")["signalingFaults"][-1]["applied"]:
                assert time.monotonic() < end, "it published nothing"
                time.sleep(0.01)
            bob.end()
            assert rest(chat) == (["* the meeting has ended: ROOM_CLOSE"], "", 0)


def test_chat_takes_its_lines_from_a_file(service: Service, tmp_path: Path) -> None:
    room = vsdk.create_room().id
    (tmp_path / "lines").write_text("hello\n\nlast", "utf-8")
    with init(room, "Bob") as bob:
        bob.join()
        bob.subscribe("CHAT")
        with (
            (tmp_path / "lines").open() as file,
            sample(service, "chat", "--room", room, "--name", "Ann", stdin=file) as chat,
        ):
            said, complaints, status = rest(chat)
        assert said[:2] == [f"room {room}", "* in the room: Ann (you), Bob"]
        assert said[-1] == "* you left"
        assert (complaints, status) == ("", 0)
        written = [event_of(bob, vsdk.EventType.MESSAGE) for _ in range(2)]
        assert [it.payload for it in written] == [b"hello", b"last"]
        # Who comes later gets them too.
        with init(room, "Eve") as eve:
            eve.join()
            eve.subscribe("CHAT")
            kept = [event_of(eve, vsdk.EventType.MESSAGE) for _ in range(2)]
        assert [(it.payload, it.code) for it in kept] == [(b"hello", 1), (b"last", 1)]


def test_two_meetings_repeat_what_is_new(service: Service) -> None:
    room, other = vsdk.create_room().id, vsdk.create_room().id
    with init(room, "Bob") as bob:
        bob.join()
        bob.publish("CHAT", "before", persist=True)
        arguments = ("--room", room, "--other-room", other, "--messages", "1")
        with sample(service, "two_meetings", *arguments) as process:
            assert lines(process, 1) == [f"rooms {room} {other}"]
            bob.publish("CHAT", "now")
            assert rest(process) == ([f"{room} -> {other}: Bob: now"], "", 0)


@pytest.mark.parametrize("name", ["greeter", "two_meetings"])
def test_a_sample_ends_with_its_input(service: Service, name: str) -> None:
    with sample(service, name, stdin=subprocess.DEVNULL) as process:
        said, complaints, status = rest(process)
    assert len(said) == 1
    assert (complaints, status) == ("", 0)


@pytest.mark.skipif(os.name != "posix", reason="there are no signals like these")
@pytest.mark.parametrize("name", ["chat", "greeter", "record", "talk", "two_meetings"])
def test_ctrl_c_leaves_quietly(service: Service, name: str, tmp_path: Path) -> None:
    room = vsdk.create_room().id
    more = ["--seconds", "60", "--output", str(tmp_path / "heard.wav")] if name == "talk" else []
    with init(room, "Bob") as bob:
        bob.join()
        with sample(service, name, "--room", room, *more) as process:
            event_of(bob, vsdk.EventType.PARTICIPANT_JOINED)
            lines(process, 1)
            process.send_signal(signal.SIGINT)
            _, complaints, status = rest(process)
            assert (complaints, status) == ("", 130)
            # It has said goodbye.
            assert event_of(bob, vsdk.EventType.PARTICIPANT_LEFT).code == 1101


@pytest.mark.parametrize(
    ("name", "argument"), [("greeter", "--guests"), ("two_meetings", "--messages")]
)
def test_what_is_no_number_is_told(service: Service, name: str, argument: str) -> None:
    with sample(service, name, argument, "few") as process:
        said, complaints, status = rest(process)
    assert (said, status) == ([], 1)
    assert complaints.startswith(f"{name}: {argument} takes a number\nusage: {name} ")


@pytest.mark.skipif(
    "VSDK_WITHOUT_MEDIA" in os.environ, reason=os.environ.get("VSDK_WITHOUT_MEDIA", "")
)
def test_record_writes_what_is_heard_and_seen(service: Service, tmp_path: Path) -> None:
    room = vsdk.create_room().id
    with (
        init(room, "Ann") as ann,
        ann.add_track(vsdk.TrackKind.AUDIO) as microphone,
        ann.add_track(vsdk.TrackKind.VIDEO) as camera,
        sample(service, "record", "--room", room, "--directory", str(tmp_path)) as process,
    ):
        ann.join()
        assert lines(process, 2) == [f"room {room}", "* recording"]
        sources = Microphone(microphone), Camera(camera)

        def size_of(ending: str) -> int:
            return sum(it.stat().st_size for it in tmp_path.glob(f"*{ending}"))

        def both() -> Optional[bool]:
            sources[1].push()
            return True if size_of(".ivf") and size_of(".ogg") else None

        # Files are written in blocks.
        send_until(sources[0], both)
        said, complaints, status = rest(process)
    assert (complaints, status) == ("", 0)
    files = {it.suffix: it.read_bytes() for it in tmp_path.iterdir()}
    assert set(files) == {".ogg", ".ivf"}
    for path in tmp_path.iterdir():
        assert any(it == f"* {path}: {KINDS[path.suffix]} of ann" for it in said)
    frames = {it.split(": ")[0][-4:]: int(it.split()[-2]) for it in said if it.endswith("frames")}

    ogg, pages = files[".ogg"], 0
    while ogg:
        segments = ogg[26]
        head, size = 27 + segments, sum(ogg[27 : 27 + segments])
        assert ogg[:4] == b"OggS"
        if pages >= 2 and size:
            assert ogg[head + 5 : head + size] == b"\x55" * 80
        ogg, pages = ogg[head + size :], pages + 1
    assert pages == frames[".ogg"] + 3

    ivf = files[".ivf"]
    assert ivf[:16] == b"DKIF\0\0\x20\0VP80" + bytes((0x80, 2, 0x68, 1))
    assert int.from_bytes(ivf[24:28], "little") == frames[".ivf"]
    ivf, pictures = ivf[32:], 0
    while ivf:
        size = int.from_bytes(ivf[:4], "little")
        assert set(ivf[12 + 15 : 12 + size]) == {0x66}
        ivf, pictures = ivf[12 + size :], pictures + 1
    assert pictures == frames[".ivf"]

    # And the files go back into a meeting as they were.
    heard: list[bytes] = []
    paths = [str(it) for it in tmp_path.iterdir()]
    room = vsdk.create_room().id
    with init(room, "Bob") as bob:
        bob.set_frame_handler(lambda frame: heard.append(bytes(frame.data)))
        bob.join()
        with sample(service, "send_file", "--room", room, *paths) as process:
            said, complaints, status = rest(process)
        assert (complaints, status) == ("", 0)
        assert said[:2] == [f"room {room}", "* sending"]
        told = {f"* {it}: {frames[it[-4:]]} frames sent, 0 not taken" for it in paths}
        assert set(said[2:]) == told
    assert len(heard) == sum(frames.values())
    assert {it[-80:] for it in heard} == {b"\x55" * 80, b"\x66" * 80}


def test_send_file_tells_what_is_wrong_with_a_file(service: Service, tmp_path: Path) -> None:
    for content, problem in (
        (b"", "it is neither Ogg, nor IVF, nor H.264 with start codes"),
        (b"OggS", "it is broken"),
        (b"DKIF\0\0\x20\0VP90" + bytes(20), "it is an IVF file, but not of VP8"),
        (b"DKIF\0\0\x20\0VP80" + bytes(20), "its IVF header has no unit of time"),
        (b"DKIF\0\0\x20\0VP80" + b"\1\0\0\0" * 5, "there is no frame in it"),
    ):
        path = tmp_path / "file"
        path.write_bytes(content)
        with sample(service, "send_file", str(path)) as process:
            assert rest(process) == ([], f"cannot send {path}: {problem}\n", 1)
