"""The life of the process: its end, and forks."""

from __future__ import annotations

import atexit
import os
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Callable

from ..enumerations import Status
from ..errors import ShutdownError
from .loading import lib

# How long the end of the interpreter waits for handlers that are running, in milliseconds.
_EXIT_TIMEOUT_MS = 10_000


class _Gate:
    """Lets callbacks be registered until the interpreter ends.

    After that the library must not have any: its thread would enter an interpreter that is gone.
    """

    def __init__(self) -> None:
        self.is_closed = False
        self._inside = 0
        self._changed = threading.Condition()

    @contextmanager
    def passage(self) -> Iterator[None]:
        with self._changed:
            if self.is_closed:
                raise ShutdownError(
                    Status.SHUTDOWN,
                    "the interpreter is at its end",
                    remedy="Start nothing and set no handlers in what runs at exit.",
                )
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    def close(self) -> None:
        with self._changed:
            self.is_closed = True
            self._changed.wait_for(lambda: self._inside == 0, _EXIT_TIMEOUT_MS / 1000)


_gate = _Gate()
_at_exit: list[Callable[[], None]] = []
_in_forked_child: list[Callable[[], None]] = []


def registering() -> AbstractContextManager[None]:
    """Guard a call that gives a callback to the library, for a `with`."""
    return _gate.passage()


def before_exit(action: Callable[[], None]) -> None:
    """Have something done at the end of the interpreter, while callbacks may still come."""
    _at_exit.append(action)


def in_forked_child(action: Callable[[], None]) -> None:
    """Have something done in a forked child, before anything else there."""
    _in_forked_child.append(action)


def freeze_at_exit() -> None:
    """Keep a daemon thread, woken from a wait by the end, from going on: nobody is left to tell.

    Python stops such threads at whatever they do next; without this they would first print a
    traceback about a failure that is none.
    """
    while _gate.is_closed and threading.current_thread().daemon:
        time.sleep(3600)


def _exit() -> None:
    _gate.close()
    for action in _at_exit:
        action()
    lib.vsdk_shutdown(_EXIT_TIMEOUT_MS, None)


def _after_fork() -> None:
    global _gate
    # Other threads, which are not here, may have held the lock.
    _gate = _Gate()
    for action in _in_forked_child:
        action()
    # It can fail after 31 generations; then every call here says so.
    lib.vsdk_after_fork_child(None)


atexit.register(_exit)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
