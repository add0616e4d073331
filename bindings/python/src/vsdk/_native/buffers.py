"""Buffers of the program: held where they are during a call, without a copy."""

from __future__ import annotations

import sys
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
from typing import TYPE_CHECKING, Any, Protocol, Union, cast

from ..enumerations import Status
from ..errors import InvalidArgumentError

if TYPE_CHECKING:
    # What has the buffer protocol; typing has no name for it before Python 3.12.
    from _typeshed import ReadableBuffer, WriteableBuffer

    Readable = Union[ReadableBuffer, "_Array"]
    Writable = Union[WriteableBuffer, "_Array"]


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


# `PyBUF_STRIDES`: rows may be apart.
_WITH_STRIDES = 0x18

# ctypes itself tells the address of what can be written to only. Prototypes of our own: those that
# `pythonapi` keeps belong to the whole process.
_get_buffer = PYFUNCTYPE(c_int, py_object, c_void_p, c_int)(("PyObject_GetBuffer", pythonapi))
_release_buffer = PYFUNCTYPE(None, c_void_p)(("PyBuffer_Release", pythonapi))

# Where a buffer without items begins: the library wants an address that they could have.
_NOTHING = c_int64()

# What the module struct puts before a format whose bytes are in the order of this machine.
_NATIVE = "@=<" if sys.byteorder == "little" else "@=>!"


def held(buffer: Readable, name: str) -> memoryview:
    """Hold a buffer, for a `with`."""
    try:
        return memoryview(cast("ReadableBuffer", buffer))
    except TypeError:
        raise TypeError(
            f"{name} has to be a buffer, such as bytes, an array.array or a numpy array, not"
            f" {type(buffer).__name__}"
        ) from None


def item_format(view: memoryview) -> str:
    """Tell what its items are, as the module struct does, without the order of their bytes."""
    return view.format.lstrip(_NATIVE)


def address(view: memoryview) -> int:
    """Tell where what is held begins."""
    buffer = _PyBuffer()
    _get_buffer(view, byref(buffer), _WITH_STRIDES)
    begin: int | None = buffer.buf
    # The view itself holds the memory.
    _release_buffer(byref(buffer))
    if begin is None or view.nbytes == 0:
        return addressof(_NOTHING)
    return begin


def wrong(message: str, remedy: str) -> InvalidArgumentError:
    return InvalidArgumentError(Status.INVALID_ARGUMENT, message, remedy=remedy)
