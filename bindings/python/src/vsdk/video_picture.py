"""Pictures to send, as the program has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .enumerations import PictureFormat

if TYPE_CHECKING:
    from ._native.buffers import Readable


@dataclass(frozen=True, eq=False)
class VideoPicture:
    """A raw picture to send, for `VideoInput.push()`. It copies nothing of its planes."""

    format: PictureFormat
    """How its pixels lie in memory."""

    width: int
    """In pixels, before it is turned: 1 to 16,383, and with the height at most 7680 x 4320
    pixels."""

    height: int
    """In pixels, likewise."""

    planes: Sequence[Readable] = field(repr=False)
    """As many as the format has, in a list or a tuple: buffers of bytes, such as `bytes`, a
    `memoryview`, or numpy arrays of uint8. Of an array with a row for each row of the picture the
    rows may be apart, as they are in a part of a larger one. Behind the last row nothing need
    be."""

    strides: Sequence[int] | None = None
    """How far the beginnings of two rows of each plane are apart, in bytes. None when the rows of
    planes without a shape follow each other without gaps; others tell it themselves."""

    rotation: int = 0
    """How far it has to be turned clockwise to be upright, in degrees: 0, 90, 180 or 270. The
    library turns it."""

    capture_time_us: int | None = None
    """When it was filmed: microseconds from 0 on, on the clock of this participant's other tracks.
    None for a picture that was filmed just now."""
