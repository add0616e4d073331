"""Calls that wait for the service, in their two forms."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Iterator
from ctypes import byref, c_void_p
from typing import Callable, Generic, TypeVar

from ..enumerations import Status
from ..errors import EventsEndedError, InvalidStateError
from . import callbacks, process
from .calls import Owned, call, milliseconds, milliseconds_for_events, taken_error
from .functions import DestroyFn, Handle, OpFn
from .loading import lib
from .wakes import resolve

T = TypeVar("T")

INTERRUPTIBLE_S = 0.1
"""How long the main thread waits before it looks whether Ctrl-C was pressed."""


class Doing:
    """A function that waits, with its twin that does not."""

    def __init__(
        self,
        blocking: Callable[..., int],
        starting: Callable[..., int],
        take: Callable[..., int] = lib.vsdk_op_outcome,
    ) -> None:
        self._blocking = blocking
        self._starting = starting
        self._take = take

    def wait(self, *arguments: object, timeout: float, outs: tuple[object, ...] = ()) -> None:
        """Call it and wait; what it gives goes to `outs`."""
        timeout_ms = milliseconds(timeout)
        # Only the main thread is interrupted. Inside a callback this is refused at once.
        is_main = threading.current_thread() is threading.main_thread()
        if timeout_ms == 0 or not is_main or callbacks.is_transforming():
            self._block((*arguments, timeout_ms), outs)
        else:
            self._wait_interruptibly((*arguments, timeout_ms), outs)

    async def wait_async(
        self, *arguments: object, timeout: float, outs: tuple[object, ...] = ()
    ) -> None:
        """Do as `wait()` without holding up the loop. Cancelling the task cancels the operation."""
        timeout_ms = milliseconds(timeout)
        if timeout_ms == 0:
            self._block((*arguments, timeout_ms), outs)
            return
        loop = asyncio.get_running_loop()
        completed = loop.create_future()

        def tell() -> None:
            # The loop may be closed by now, and with it whoever waited.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(resolve, completed)

        with Owned(lib.vsdk_op_free) as op:
            callbacks.start(self._starting, (*arguments, timeout_ms), tell, op.out)
            try:
                await completed
            except BaseException:
                _cancel(op.handle)
                raise
            call(self._take, op.handle, *outs)

    def _block(self, arguments: tuple[object, ...], outs: tuple[object, ...]) -> None:
        error = c_void_p()
        status = self._blocking(*arguments, *outs, byref(error))
        if status < 0:
            process.freeze_at_exit()
            raise taken_error(status, error)

    def _wait_interruptibly(self, arguments: tuple[object, ...], outs: tuple[object, ...]) -> None:
        with Owned(lib.vsdk_op_free) as op:
            try:
                call(self._starting, *arguments, OpFn(), None, DestroyFn(), op.out)
                while (
                    lib.vsdk_op_wait(op.handle, milliseconds(INTERRUPTIBLE_S), None)
                    == Status.TIMEOUT
                ):
                    pass
            except BaseException:
                _cancel(op.handle)
                raise
            call(self._take, op.handle, *outs)


class Waiting(Generic[T]):
    """As `Doing`, with what both give."""

    def __init__(
        self,
        blocking: Callable[..., int],
        starting: Callable[..., int],
        take: Callable[..., int],
        free: Callable[[Handle], None],
        read: Callable[[Handle], T],
    ) -> None:
        self._doing = Doing(blocking, starting, take)
        self._free = free
        self._read = read

    def wait(self, *arguments: object, timeout: float) -> T:
        """Call it and wait."""
        with Owned(self._free) as result:
            self._doing.wait(*arguments, timeout=timeout, outs=(result.out,))
            return self._read(result.handle)

    async def wait_async(self, *arguments: object, timeout: float) -> T:
        """Call it without holding up the loop. Cancelling the task cancels the operation."""
        with Owned(self._free) as result:
            await self._doing.wait_async(*arguments, timeout=timeout, outs=(result.out,))
            return self._read(result.handle)


def giving_content(
    blocking: Callable[..., int], starting: Callable[..., int], read: Callable[[Handle], T]
) -> Waiting[T]:
    """Make one of a function that gives a text or bytes."""
    return Waiting(blocking, starting, lib.vsdk_op_take_content, lib.vsdk_content_free, read)


def next_one(look: Callable[[int], T | None], timeout: float | None) -> T | None:
    """Wait for the next one of a queue; `look` waits for at most so many milliseconds."""
    if threading.current_thread() is not threading.main_thread():
        return look(milliseconds_for_events(timeout))
    # Python acts on Ctrl-C in the main thread, between two calls.
    end = None if timeout is None else time.monotonic() + timeout
    while True:
        left = INTERRUPTIBLE_S if end is None else end - time.monotonic()
        one = look(milliseconds(min(left, INTERRUPTIBLE_S)))
        if one is not None or left <= 0:
            return one


def each(following: Callable[[float | None], T | None], timeout: float | None) -> Iterator[T]:
    """Go through a queue until nothing more will come, it is closed, or none came in time."""
    with _until_the_end():
        while (one := following(timeout)) is not None:
            yield one
            # What it holds is not kept while the next one is waited for.
            del one


async def each_async(
    following: Callable[[float | None], Awaitable[T | None]], timeout: float | None
) -> AsyncIterator[T]:
    """Do as `each()` without holding up the loop."""
    with _until_the_end():
        while (one := await following(timeout)) is not None:
            yield one
            del one


@contextlib.contextmanager
def _until_the_end() -> Iterator[None]:
    """Let a loop end with what it reads: when nothing more will come, or it is closed."""
    try:
        yield
    except EventsEndedError:
        pass
    except InvalidStateError as error:
        if error.status != Status.INVALID_HANDLE:
            raise


def _cancel(op: Handle) -> None:
    lib.vsdk_op_cancel(op, None)
    # It ends within a moment, and what it held is free again then: a meeting can be joined anew.
    lib.vsdk_op_wait(op, milliseconds(INTERRUPTIBLE_S), None)
