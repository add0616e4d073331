"""Frames that pass for encoded ones on the way, and tell who made them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Callable, Optional, TypeVar

from conftest import LIMIT_S, event_of, init

import vsdk

T = TypeVar("T")


def sound(number: int) -> bytes:
    """Give a packet of Opus, as far as anybody looks into it on the way, with a number in it."""
    return b"\xfc" + number.to_bytes(4, "big") + b"\x55" * 80


def picture(
    number: int, key_frame: bool, layer: int = 0, width: int = 640, height: int = 360
) -> bytes:
    """Give a picture of VP8 likewise. Key frames are larger than one packet."""
    # RFC 6386, 9.1: the lowest bit of the first byte is 0 for a key frame, then come a start code
    # and the size.
    if key_frame:
        size = width.to_bytes(2, "little") + height.to_bytes(2, "little")
        head, filling = b"\x10\0\0\x9d\x01\x2a" + size, b"\x66" * 6000
    else:
        head, filling = b"\x11\0\0", b"\x66" * 700
    return head + number.to_bytes(4, "big") + bytes([layer]) + filling


def sound_number(frame: vsdk.ReceivedFrame) -> int:
    number = int.from_bytes(frame.data[1:5], "big")
    assert frame.data == sound(number)
    return number


def picture_number(frame: vsdk.ReceivedFrame) -> int:
    at = 10 if frame.is_key_frame else 3
    number = int.from_bytes(frame.data[at : at + 4], "big")
    assert frame.data == picture(number, frame.is_key_frame)
    return number


def picture_layer(frame: vsdk.ReceivedFrame) -> int:
    return frame.data[14 if frame.is_key_frame else 7]


class Microphone:
    """Sends sound whose numbers go up, each frame 20 ms later than the one before."""

    def __init__(self, track: vsdk.LocalTrack) -> None:
        self.track = track
        self.sent = 0

    def push(self) -> vsdk.PushResult:
        at = self.sent * 20_000
        result = self.track.push(sound(self.sent), at, audio_level=-30)
        self.sent += 1
        return result


class Camera:
    """Sends pictures like an encoder: key frames where they are wanted."""

    def __init__(self, track: vsdk.LocalTrack) -> None:
        self.track = track
        self.sent = 0

    def push(self) -> vsdk.PushResult:
        key_frame = self.track.encoder_target().wants_key_frame
        data = picture(self.sent, key_frame)
        result = self.track.push(data, self.sent * 33_333, key_frame=key_frame)
        self.sent += 1
        return result


def send_until(
    source: Microphone | Camera, happened: Callable[[], Optional[T]], pace: float = 0.005
) -> T:
    """Send frames until there is something."""
    end = time.monotonic() + LIMIT_S
    while (it := happened()) is None:
        assert time.monotonic() < end, "it did not happen"
        source.push()
        time.sleep(pace)
    return it


@contextmanager
def pair(kind: vsdk.TrackKind) -> Iterator[tuple[vsdk.Meeting, vsdk.LocalTrack, vsdk.Meeting]]:
    """Give a participant with a track, and another that can receive it."""
    room = vsdk.create_room().id
    with init(room, "Ann") as ann, init(room, "Bob") as bob, ann.add_track(kind) as track:
        bob.join()
        ann.join()
        published(ann, track)
        yield ann, track, bob


def published(meeting: vsdk.Meeting, track: vsdk.LocalTrack) -> None:
    """Wait until a track is sent, so that nothing that is pushed then is lost on the way."""
    assert event_of(meeting, vsdk.EventType.TRACK_PUBLISHED).track_id == track.id
    end = time.monotonic() + LIMIT_S
    while not track.is_sending:
        assert time.monotonic() < end, "it never sends"
        time.sleep(0.001)


def added(meeting: vsdk.Meeting) -> vsdk.RemoteTrack:
    """Give the track that somebody sends, once what is sent from now on comes.

    The service has to be asked to begin, and has done so when it answers to the same question.
    """
    event = event_of(meeting, vsdk.EventType.TRACK_ADDED)
    assert event.track_id is not None
    track = meeting.remote_track(event.track_id)
    assert (track.participant_id, track.kind) == (event.participant_id, event.code)
    track.resume()
    return track
