"""Samples in buffers of the program: read and filled where they are, without a copy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from .buffers import address, held, item_format, wrong

if TYPE_CHECKING:
    from .buffers import Readable, Writable

# By the format of the items of a buffer, how long a sample is. Bytes stand for 16 bits.
_SAMPLE_SIZES = {"h": 2, "f": 4, "B": 2, "c": 2}


class Samples(NamedTuple):
    """Samples in memory that stays where it is, as long as it is held."""

    address: int
    sample_count: int
    are_floats: bool


@contextmanager
def reading(buffer: Readable, channels: int) -> Iterator[Samples]:
    """Hold what is in a buffer, for a `with`."""
    with held(buffer, "samples") as view:
        yield _samples(view, channels)


@contextmanager
def filling(buffer: Writable, channels: int) -> Iterator[Samples]:
    """Hold a buffer that is to be filled, for a `with`."""
    with held(buffer, "samples") as view:
        if view.readonly:
            raise wrong(
                "samples cannot be written to",
                "Pass a bytearray, an array.array or a numpy array that can be.",
            )
        yield _samples(view, channels)


def _samples(view: memoryview, channels: int) -> Samples:
    kind = item_format(view)
    size = _SAMPLE_SIZES.get(kind)
    if size is None:
        raise wrong(
            f"the items of samples have the format {view.format!r}",
            "Pass items of 16 bits ('h', int16) or floats ('f', float32) in this machine's order"
            " of bytes, or bytes that hold samples of 16 bits.",
        )
    if not view.c_contiguous:
        raise wrong(
            "samples is not contiguous",
            "Pass a copy, such as bytes() or numpy.ascontiguousarray() makes.",
        )
    if view.nbytes % size != 0:
        raise wrong(
            f"samples has {view.nbytes} bytes, which is half a sample at the end",
            "Pass 2 bytes for each sample.",
        )
    shape = view.shape or ()
    # Planes, one channel after the other, would be heard as noise at a wrong pitch.
    if len(shape) > 1 and shape[0] != 1 and shape[-1] != channels:
        raise wrong(
            f"samples has the shape {shape}, and a frame has {channels} channels",
            "Let each row be a frame; what has a row for each channel has to be turned and copied.",
        )
    return Samples(address(view), view.nbytes // size, kind == "f")
