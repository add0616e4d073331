"""Who is to know that there is something to read: whoever waits, and the app's own handler."""

from __future__ import annotations

import asyncio
import contextlib
import math
import queue
import sys
import threading
import time
from typing import Callable, Optional, TypeVar, Union

from . import callbacks
from .calls import milliseconds_for_events

T = TypeVar("T")

_Waiter = Union["asyncio.Future[None]", "queue.SimpleQueue[None]"]

# Only Windows does not let Ctrl-C end a wait of Python: there each is short.
_LONGEST_S = 0.1 if sys.platform == "win32" else threading.TIMEOUT_MAX


class Wakes:
    """Wakes who waits for events of one meeting, or for frames of one track.

    Has no lock: one that was held during a fork would never be free again in the child. Adding to
    a set and taking out of it are indivisible in Python, and a SimpleQueue may be put to wherever
    Python collects garbage.
    """

    def __init__(self) -> None:
        self.handler: Callable[[], object] | None = None
        self.key = 0
        """Under which the library was last asked to call `give()`."""
        self._waiting: set[_Waiter] = set()

    def next(
        self,
        look: Callable[[int], Optional[T]],
        timeout: float | None,
        start_waking: Callable[[], object],
    ) -> T | None:
        """Wait for the next one; `look` waits for at most so many milliseconds.

        The main thread waits in Python, where Ctrl-C ends it at once. Inside a callback the
        library refuses to wait.
        """
        limit_ms = milliseconds_for_events(timeout)
        is_main = threading.current_thread() is threading.main_thread()
        if not is_main or callbacks.is_transforming():
            return look(limit_ms)
        end = math.inf if timeout is None else time.monotonic() + timeout
        one = look(0)
        while one is None and (left := end - time.monotonic()) > 0:
            waiter: queue.SimpleQueue[None] = queue.SimpleQueue()
            self._waiting.add(waiter)
            try:
                start_waking()
                # Now, so that what came in between is not missed.
                one = look(0)
                if one is None:
                    with contextlib.suppress(queue.Empty):
                        waiter.get(timeout=min(left, _LONGEST_S))
                    one = look(0)
            finally:
                self._waiting.discard(waiter)
        return one

    async def next_async(
        self,
        look: Callable[[int], Optional[T]],
        timeout: float | None,
        start_waking: Callable[[], object],
    ) -> T | None:
        """Do as `next()` without holding up the event loop, and without a thread."""
        loop = asyncio.get_running_loop()
        end = math.inf if timeout is None else time.monotonic() + timeout
        one = look(0)
        while one is None and (left := end - time.monotonic()) > 0:
            waiter = loop.create_future()
            self._waiting.add(waiter)
            timer = None if timeout is None else loop.call_later(left, resolve, waiter)
            try:
                start_waking()
                one = look(0)
                if one is None:
                    await waiter
                    one = look(0)
            finally:
                self._waiting.discard(waiter)
                if timer is not None:
                    timer.cancel()
        return one

    def give(self) -> None:
        """Wake all who wait, from any thread, and tell the handler."""
        self.look_again()
        handler = self.handler
        if handler is not None:
            handler()

    def look_again(self) -> None:
        """Wake all who wait, from any thread."""
        while self._waiting:
            try:
                waiter = self._waiting.pop()
            except KeyError:
                break
            if isinstance(waiter, queue.SimpleQueue):
                waiter.put(None)
                continue
            # A loop that is closed has nobody left who waits.
            with contextlib.suppress(RuntimeError):
                waiter.get_loop().call_soon_threadsafe(resolve, waiter)

    def end(self) -> None:
        """Tell the handler nothing any more, and have all who wait find out why."""
        self.handler = None
        self.look_again()


def resolve(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
