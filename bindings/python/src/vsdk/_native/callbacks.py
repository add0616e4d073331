"""Callbacks out of the library.

The library gets a number as user data, and one function per kind of callback, which finds under
the number what to call. `destroy` takes the number out. An exception never enters the library:
ctypes hands it to `sys.unraisablehook`.
"""

from __future__ import annotations

import itertools
from typing import Any, Callable, Optional

from . import process
from .calls import call
from .functions import DestroyFn, EventFn, LogFn, OpFn, WakeFn
from .loading import lib

_keys = itertools.count(1)
_registered: dict[int, Callable[..., object]] = {}


@DestroyFn
def _destroy(key: int) -> None:
    _registered.pop(key, None)


@LogFn
def _on_log(level: int, target: Optional[bytes], message: Optional[bytes], key: int) -> None:
    _registered[key](level, target, message)


@OpFn
def _on_completion(op: Optional[int], status: int, key: int) -> None:
    _registered[key]()


@EventFn
def _on_event(event: Optional[int], key: int) -> None:
    _registered[key](event)


@WakeFn
def _on_wake(key: int) -> None:
    _registered[key]()


def _register(
    function: Callable[..., int],
    before: tuple[object, ...],
    trampoline: Any,
    callback: Callable[..., object] | None,
    after: tuple[object, ...] = (),
) -> None:
    if callback is None:
        call(function, *before, type(trampoline)(), None, DestroyFn(), *after)
        return
    with process.registering():
        key = next(_keys)
        _registered[key] = callback
        # From here on it is the library's: it destroys it also when the call fails.
        call(function, *before, trampoline, key, _destroy, *after)


def set_log_handler(level: int, handler: Callable[[int, Any, Any], object] | None) -> None:
    _register(lib.vsdk_set_log_handler, (level,), _on_log, handler)


def set_event_handler(meeting: Any, handler: Callable[[Any], object] | None) -> None:
    _register(lib.vsdk_meeting_set_event_handler, (meeting,), _on_event, handler)


def set_wake_handler(meeting: Any, handler: Callable[[], object] | None) -> None:
    _register(lib.vsdk_meeting_set_wake_handler, (meeting,), _on_wake, handler)


def start(
    function: Callable[..., int], arguments: tuple[object, ...], done: Callable[[], object], op: Any
) -> None:
    """Start an operation; `done` is called once when it has completed, in whatever way."""
    _register(function, arguments, _on_completion, done, (op,))


def _forget() -> None:
    # What the parent's library would call; this process's never had it.
    _registered.clear()


process.in_forked_child(_forget)
