"""Samples in buffers of the program: read and filled where they are, without a copy."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import (
    PYFUNCTYPE,
    Structure,
    addressof,
    byref,
    c_int,
    c_int64,
    c_ssize_t,
    c_void_p,
    py_object,
    pythonapi,
)
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Union, cast

from ..enumerations import Status
from ..errors import InvalidArgumentError

if TYPE_CHECKING:
    # What has the buffer protocol; typing has no name for it before Python 3.12.
    from _typeshed import ReadableBuffer, WriteableBuffer

    ReadableSamples = Union[ReadableBuffer, "_Array"]
    WritableSamples = Union[WriteableBuffer, "_Array"]


class _Array(Protocol):
    # An array of numpy, of which type checkers before Python 3.12 do not know that it is a buffer.

    @property
    def __array_interface__(self) -> Any: ...


class _PyBuffer(Structure):
    """`Py_buffer` of Python's interface for C."""

    _fields_ = (
        ("buf", c_void_p),
        ("obj", c_void_p),
        ("len", c_ssize_t),
        ("itemsize", c_ssize_t),
        ("readonly", c_int),
        ("ndim", c_int),
        ("format", c_void_p),
        ("shape", c_void_p),
        ("strides", c_void_p),
        ("suboffsets", c_void_p),
        ("internal", c_void_p),
    )


# ctypes itself tells the address of what can be written to only. Prototypes of our own: those that
# `pythonapi` keeps belong to the whole process.
_get_buffer = PYFUNCTYPE(c_int, py_object, c_void_p, c_int)(("PyObject_GetBuffer", pythonapi))
_release_buffer = PYFUNCTYPE(None, c_void_p)(("PyBuffer_Release", pythonapi))

# Where a buffer without samples begins: the library wants an address that samples could have.
_NOTHING = c_int64()

# What the module struct puts before a format whose bytes are in the order of this machine.
_NATIVE = "@=<" if sys.byteorder == "little" else "@=>!"

# By the format of the items of a buffer, how long a sample is. Bytes stand for 16 bits.
_SAMPLE_SIZES = {"h": 2, "f": 4, "B": 2, "c": 2}


class Samples(NamedTuple):
    """Samples in memory that stays where it is, as long as it is held."""

    address: int
    sample_count: int
    are_floats: bool


@contextmanager
def reading(buffer: ReadableSamples, channels: int) -> Iterator[Samples]:
    """Hold what is in a buffer, for a `with`."""
    with _held(buffer) as view:
        yield _samples(view, channels)


@contextmanager
def filling(buffer: WritableSamples, channels: int) -> Iterator[Samples]:
    """Hold a buffer that is to be filled, for a `with`."""
    with _held(buffer) as view:
        if view.readonly:
            raise _wrong(
                "samples cannot be written to",
                "Pass a bytearray, an array.array or a numpy array that can be.",
            )
        yield _samples(view, channels)


def _held(buffer: ReadableSamples) -> memoryview:
    try:
        return memoryview(cast("ReadableBuffer", buffer))
    except TypeError:
        raise TypeError(
            "samples has to be a buffer, such as bytes, an array.array or a numpy array, not"
            f" {type(buffer).__name__}"
        ) from None


def _samples(view: memoryview, channels: int) -> Samples:
    kind = view.format.lstrip(_NATIVE)
    size = _SAMPLE_SIZES.get(kind)
    if size is None:
        raise _wrong(
            f"the items of samples have the format {view.format!r}",
            "Pass items of 16 bits ('h', int16) or floats ('f', float32) in this machine's order"
            " of bytes, or bytes that hold samples of 16 bits.",
        )
    if not view.c_contiguous:
        raise _wrong(
            "samples is not contiguous",
            "Pass a copy, such as bytes() or numpy.ascontiguousarray() makes.",
        )
    if view.nbytes % size != 0:
        raise _wrong(
            f"samples has {view.nbytes} bytes, which is half a sample at the end",
            "Pass 2 bytes for each sample.",
        )
    shape = view.shape or ()
    # Planes, one channel after the other, would be heard as noise at a wrong pitch.
    if len(shape) > 1 and shape[0] != 1 and shape[-1] != channels:
        raise _wrong(
            f"samples has the shape {shape}, and a frame has {channels} channels",
            "Let each row be a frame; what has a row for each channel has to be turned and copied.",
        )
    return Samples(_address(view), view.nbytes // size, kind == "f")


def _address(view: memoryview) -> int:
    buffer = _PyBuffer()
    _get_buffer(view, byref(buffer), 0)
    address: int | None = buffer.buf
    # The view itself holds the memory.
    _release_buffer(byref(buffer))
    if address is None or view.nbytes == 0:
        return addressof(_NOTHING)
    return address


def _wrong(message: str, remedy: str) -> InvalidArgumentError:
    return InvalidArgumentError(Status.INVALID_ARGUMENT, message, remedy=remedy)
