"""What became of something that was pushed."""

from __future__ import annotations

from ._open_enum import OpenEnum
from .enumerations import Status


class PushResult(OpenEnum):
    """What became of a frame, or of raw sound, that was pushed.

    Each but QUEUED says that it was not taken.
    """

    QUEUED = Status.OK.value
    """It goes out."""

    NOT_SENDING = Status.NOT_SENDING.value
    """Nobody is there to take it: the track is off, the meeting not joined, or the connection is
    being made anew. Go on; pictures begin with a key frame once there is a way."""

    FULL = Status.FULL.value
    """Too much waits already: the network is slower than the encoder, or, with raw sound, encoding
    does not keep up, or another thread is pushing right now. Pictures are refused up to the next
    key frame."""

    NEEDS_KEY_FRAME = Status.NEEDS_KEY_FRAME.value
    """It cannot be decoded without one that was not sent. Make a key frame."""

    LAYER_OFF = Status.LAYER_OFF.value
    """Its layer is switched off for lack of bandwidth. Save the work of encoding it until its
    target is active again."""

    DROPPED = Status.DROPPED.value
    """The transform of `Meeting.set_frame_transform()` has dropped it. Of pictures, the next one
    has to be a key frame."""
