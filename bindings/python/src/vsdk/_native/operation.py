"""Calls that wait for the service, in their two forms."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from ctypes import byref, c_void_p
from typing import Callable, Generic, TypeVar

from ..enumerations import Status
from . import callbacks, process
from .calls import Owned, call, milliseconds, taken_error
from .functions import DestroyFn, Handle, OpFn
from .loading import lib
from .wakes import resolve

T = TypeVar("T")

INTERRUPTIBLE_S = 0.1
"""How long the main thread waits before it looks whether Ctrl-C was pressed."""


class Waiting(Generic[T]):
    """A function that waits, with its twin that does not, and what both give."""

    def __init__(
        self,
        blocking: Callable[..., int],
        starting: Callable[..., int],
        take: Callable[..., int],
        free: Callable[[Handle], None],
        read: Callable[[Handle], T],
    ) -> None:
        self._blocking = blocking
        self._starting = starting
        self._take = take
        self._free = free
        self._read = read

    def wait(self, *arguments: object, timeout: float) -> T:
        """Call it and wait."""
        timeout_ms = milliseconds(timeout)
        with Owned(self._free) as result:
            if threading.current_thread() is threading.main_thread():
                self._wait_interruptibly((*arguments, timeout_ms), result)
            else:
                # Only the main thread is interrupted. Inside a handler this is refused at once.
                error = c_void_p()
                status = self._blocking(*arguments, timeout_ms, result.out, byref(error))
                if status < 0:
                    process.freeze_at_exit()
                    raise taken_error(status, error)
            return self._read(result.handle)

    def _wait_interruptibly(self, arguments: tuple[object, ...], result: Owned) -> None:
        with Owned(lib.vsdk_op_free) as op:
            try:
                call(self._starting, *arguments, OpFn(), None, DestroyFn(), op.out)
                while (
                    lib.vsdk_op_wait(op.handle, milliseconds(INTERRUPTIBLE_S), None)
                    == Status.TIMEOUT
                ):
                    pass
            except BaseException:
                lib.vsdk_op_cancel(op.handle, None)
                raise
            call(self._take, op.handle, result.out)

    async def wait_async(self, *arguments: object, timeout: float) -> T:
        """Call it without holding up the loop. Cancelling the task cancels the operation."""
        loop = asyncio.get_running_loop()
        completed = loop.create_future()

        def tell() -> None:
            # The loop may be closed by now, and with it whoever waited.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(resolve, completed)

        with Owned(lib.vsdk_op_free) as op, Owned(self._free) as result:
            callbacks.start(self._starting, (*arguments, milliseconds(timeout)), tell, op.out)
            try:
                await completed
            except BaseException:
                lib.vsdk_op_cancel(op.handle, None)
                raise
            call(self._take, op.handle, result.out)
            return self._read(result.handle)
