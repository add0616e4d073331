"""Memory of the library as Python reads it, without a copy."""

from __future__ import annotations

from ctypes import Union, c_uint8

from .calls import Owned


class _Byte(Union):
    # Of numbers ctypes tells the order of their bytes, even of a single byte, and a memoryview with
    # that cannot be indexed. A union has none.
    _fields_ = (("value", c_uint8),)


# One type for all lengths: making one takes longer than copying most frames.
_Memory = _Byte * (2**31 - 1)


def lent(address: int | None, length: int, owner: Owned) -> memoryview:
    """Give a view that keeps the owner of the memory, and with it the memory, alive."""
    if address is None:
        return memoryview(b"")
    memory = _Memory.from_address(address)
    memory.owner = owner  # type: ignore[attr-defined]
    return memoryview(memory)[:length].toreadonly()
