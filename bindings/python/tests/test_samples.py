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
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Optional

import pytest
from conftest import CLONE, LIMIT_S, Service, event_of, init
from media import Camera, Microphone, send_until
from pictures import BARS, TOLERANCE, bars
from PIL import Image

import vsdk

KINDS = {".ogg": "audio", ".ivf": "video"}


@contextmanager
def sample(
    service: Service,
    name: str,
    *arguments: str,
    stdin: int | IO[Any] = subprocess.PIPE,
    stderr: int = subprocess.PIPE,
) -> Iterator[subprocess.Popen[str]]:
    """Run a sample; whatever it does, it does not outlive the test."""
    path = CLONE / "examples" / "python" / f"{name}.py"
    process = subprocess.Popen(
        [sys.executable, path, "--api-url", service.base, *arguments],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=stderr,
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


@pytest.mark.skipif(
    "VSDK_WITHOUT_MEDIA" in os.environ, reason=os.environ.get("VSDK_WITHOUT_MEDIA", "")
)
@pytest.mark.skipif("VSDK_WITH_VP8" not in os.environ, reason="the library has no raw pictures")
def test_record_grid_shows_everybody_over_time(service: Service, tmp_path: Path) -> None:
    sheet = tmp_path / "meeting.png"
    room = vsdk.create_room().id
    # A row every four seconds.
    arguments = ("--room", room, "--seconds", "12", "--rows", "3", "--output", str(sheet))
    with init(room, "Ann Archer") as ann, init(room, "Bob") as bob:
        ann.join()
        bob.join()
        with (
            ann.add_track(vsdk.TrackKind.VIDEO, size=(320, 180)) as track,
            track.video_input() as camera,
            sample(service, "record_grid", *arguments) as process,
        ):
            assert lines(process, 2) == [f"room {room}", "* recording"]
            grey = vsdk.VideoPicture(vsdk.PictureFormat.RGBA, 320, 180, [b"\x80" * (4 * 320 * 180)])
            begin = time.monotonic()
            # Ann films bars, and after half of the time something grey.
            while process.poll() is None:
                elapsed = time.monotonic() - begin
                assert elapsed < LIMIT_S, "it does not end"
                camera.push(bars((320, 180)) if elapsed < 6 else grey)
                time.sleep(0.05)
            said, complaints, status = rest(process)
    assert (said, complaints, status) == ([f"* {sheet}: 3 rows, 2 participants, 3 pictures"], "", 0)

    with Image.open(sheet) as image:
        pixels = image.convert("RGB")

    def colours(column: int, row: int) -> list[tuple[int, ...]]:
        """Those in the middles of four bars of a tile."""
        left, middle = 100 + 332 * column, 136 + 192 * row + 90
        found = (pixels.getpixel((left + 40 + 80 * bar, middle)) for bar in range(4))
        return [it for it in found if isinstance(it, tuple)]

    def are_alike(one: list[tuple[int, ...]], other: list[tuple[int, ...]]) -> bool:
        return all(abs(a - b) <= TOLERANCE for x, y in zip(one, other) for a, b in zip(x, y))

    assert are_alike(colours(0, 0), list(BARS)), colours(0, 0)
    assert are_alike(colours(0, 2), [(128, 128, 128)] * 4), colours(0, 2)
    for row in range(3):
        # Bob has no picture, but his initial in a circle.
        assert colours(1, row)[0] == (31, 36, 46)
        tile = pixels.crop((432, 136 + 192 * row, 752, 316 + 192 * row))
        assert len(tile.getcolors(1 << 16) or []) > 3, "no initial"
    # Names stand above.
    for left in (100, 432):
        name = pixels.crop((left, 80, left + 320, 136)).convert("L")
        assert sum(name.histogram()[200:]) > 20, "no name"


def test_record_grid_tells_what_is_wrong(service: Service) -> None:
    for option in ("--seconds", "--rows"):
        with sample(service, "record_grid", option, "0") as process:
            assert rest(process) == ([], f"{option} wants a number from 1 on\n", 1)
    with sample(service, "record_grid", "--help") as process:
        said, complaints, status = rest(process)
    assert said[0].startswith("usage: record_grid ")
    assert (complaints, status) == ("", 0)
    with sample(service, "record_grid", "--room", "none") as process:
        said, complaints, status = rest(process)
    assert complaints.startswith("meeting_join failed: ")
    assert (said, status) == (["room none"], 1)


@pytest.mark.skipif(os.name != "posix", reason="there are no terminals like these")
def test_record_grid_shows_on_a_terminal_how_far_it_is(service: Service, tmp_path: Path) -> None:
    terminal, its_end = os.openpty()
    output = tmp_path / "empty.png"
    arguments = ("--seconds", "2", "--rows", "2", "--output", str(output))
    told = b""
    with sample(service, "record_grid", *arguments, stderr=its_end) as process:
        os.close(its_end)
        with suppress(OSError), open(terminal, "rb", buffering=0) as shown:
            # Fails at the end, or gives nothing, according to the system.
            while part := shown.read(4096):
                told += part
        assert process.wait(LIMIT_S) == 0
    steps = [it for it in told.decode().split("\r") if it.startswith("|")]
    assert steps[0].startswith("|·")
    assert " 0 of 2 s, 0 rows, 0 here" in steps[0]
    assert steps[-1].startswith("|█")
    assert " 2 of 2 s, 2 rows, 0 here" in steps[-1]
    assert output.read_bytes().startswith(b"\x89PNG")
