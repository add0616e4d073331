"""Who is to know that there is something to read: tasks that wait, and the app's own handler."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Callable


class Wakes:
    """Wakes the tasks that wait for an event of one meeting.

    Has no lock: one that was held during a fork would never be free again in the child. Adding to
    a set and taking out of it are indivisible in Python.
    """

    def __init__(self) -> None:
        self.handler: Callable[[], object] | None = None
        self._waiting: set[asyncio.Future[None]] = set()

    def waiter(self) -> asyncio.Future[None]:
        """Give what `give()` will resolve. Look for an event after this, and only then wait."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        return future

    def forget(self, future: asyncio.Future[None]) -> None:
        self._waiting.discard(future)

    def give(self) -> None:
        """Wake all who wait, from any thread, and tell the handler."""
        while self._waiting:
            try:
                future = self._waiting.pop()
            except KeyError:
                break
            # A loop that is closed has nobody left who waits.
            with contextlib.suppress(RuntimeError):
                future.get_loop().call_soon_threadsafe(resolve, future)
        handler = self.handler
        if handler is not None:
            handler()


def resolve(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
