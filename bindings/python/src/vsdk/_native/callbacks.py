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


def _destroy(key: int) -> None:
    _registered.pop(key, None)


def _on_log(level: int, target: Optional[bytes], message: Optional[bytes], key: int) -> None:
    _registered[key](level, target, message)


def _on_completion(op: Optional[int], status: int, key: int) -> None:
    _registered[key]()


def _on_event(event: Optional[int], key: int) -> None:
    _registered[key](event)


def _on_wake(key: int) -> None:
    _registered[key]()


# Kept for good: ctypes frees the code of a callback together with its object.
_DESTROY = DestroyFn(_destroy)
_LOG = LogFn(_on_log)
_COMPLETION = OpFn(_on_completion)
_EVENT = EventFn(_on_event)
_WAKE = WakeFn(_on_wake)


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
        call(function, *before, trampoline, key, _DESTROY, *after)


def set_log_handler(level: int, handler: Callable[[int, Any, Any], object] | None) -> None:
    _register(lib.vsdk_set_log_handler, (level,), _LOG, handler)


def set_event_handler(meeting: Any, handler: Callable[[Any], object] | None) -> None:
    _register(lib.vsdk_meeting_set_event_handler, (meeting,), _EVENT, handler)


def set_wake_handler(meeting: Any, handler: Callable[[], object] | None) -> None:
    _register(lib.vsdk_meeting_set_wake_handler, (meeting,), _WAKE, handler)


def start(
    function: Callable[..., int], arguments: tuple[object, ...], done: Callable[[], object], op: Any
) -> None:
    """Start an operation; `done` is called once when it has completed, in whatever way."""
    _register(function, arguments, _COMPLETION, done, (op,))


def _forget() -> None:
    # What the parent's library would call; this process's never had it.
    _registered.clear()


process.in_forked_child(_forget)
