"""Callbacks out of the library.

The library gets a number as user data, and one function per kind of callback, which finds under
the number what to call. `destroy` takes the number out. An exception never enters the library:
ctypes hands it to `sys.unraisablehook`. But for Ctrl-C in a transform, which may be called on the
main thread: that goes on where the app had called the library.
"""

from __future__ import annotations

import itertools
import threading
from ctypes import memmove, string_at
from typing import Any, Callable, Optional

from . import process
from .calls import call
from .functions import DestroyFn, EventFn, FrameFn, FrameTransformFn, LogFn, OpFn, WakeFn
from .loading import lib

_keys = itertools.count(1)
_registered: dict[int, Callable[..., object]] = {}
_when_let_go: dict[int, Callable[[], object]] = {}


class _Transforming(threading.local):
    """What a thread has to know of transforms: the app's own threads call them."""

    is_inside = False
    interrupt: KeyboardInterrupt | None = None


_transforming = _Transforming()


def _destroy(key: int) -> None:
    _registered.pop(key, None)
    let_go = _when_let_go.pop(key, None)
    if let_go is not None:
        let_go()


def _on_log(level: int, target: Optional[bytes], message: Optional[bytes], key: int) -> None:
    _registered[key](level, target, message)


def _on_completion(op: Optional[int], status: int, key: int) -> None:
    _registered[key]()


def _on_event(event: Optional[int], key: int) -> None:
    _registered[key](event)


def _on_wake(key: int) -> None:
    _registered[key]()


def _on_frame(frame: Optional[int], key: int) -> None:
    _registered[key](frame)


def _on_transform(
    info: int, data: int, length: int, output: int, capacity: int, written: Any, key: int
) -> None:
    was_inside, _transforming.is_inside = _transforming.is_inside, True
    try:
        made: Any = _registered[key](info, string_at(data, length), capacity)
        if made is not None:
            memmove(output, made, len(made))
            # Only now: one that throws drops the frame.
            written[0] = len(made)
    except KeyboardInterrupt as interrupt:
        _transforming.interrupt = interrupt
    finally:
        _transforming.is_inside = was_inside


def is_transforming() -> bool:
    """Tell whether this thread is inside a transform."""
    return _transforming.is_inside


def go_on_with_interrupt() -> None:
    """Raise the Ctrl-C that came during a transform, once the library has returned."""
    interrupt, _transforming.interrupt = _transforming.interrupt, None
    if interrupt is not None:
        raise interrupt


# Kept for good: ctypes frees the code of a callback together with its object.
_DESTROY = DestroyFn(_destroy)
_LOG = LogFn(_on_log)
_COMPLETION = OpFn(_on_completion)
_EVENT = EventFn(_on_event)
_WAKE = WakeFn(_on_wake)
_FRAME = FrameFn(_on_frame)
_TRANSFORM = FrameTransformFn(_on_transform)


def _register(
    function: Callable[..., int],
    before: tuple[object, ...],
    trampoline: Any,
    callback: Callable[..., object] | None,
    after: tuple[object, ...] = (),
    let_go: Callable[[], object] | None = None,
) -> int:
    """Give the number under which it is kept until the library lets it go; 0 for none.

    Then `let_go` is called.
    """
    if callback is None:
        call(function, *before, type(trampoline)(), None, DestroyFn(), *after)
        return 0
    with process.registering():
        key = next(_keys)
        _registered[key] = callback
        if let_go is not None:
            _when_let_go[key] = let_go
        # From here on it is the library's: it destroys it also when the call fails.
        call(function, *before, trampoline, key, _DESTROY, *after)
    return key


def is_kept(key: int) -> bool:
    """Tell whether a callback has neither been replaced nor ended."""
    return key in _registered


def set_log_handler(level: int, handler: Callable[[int, Any, Any], object] | None) -> None:
    _register(lib.vsdk_set_log_handler, (level,), _LOG, handler)


def set_event_handler(meeting: Any, handler: Callable[[Any], object] | None) -> None:
    _register(lib.vsdk_meeting_set_event_handler, (meeting,), _EVENT, handler)


def set_wake_handler(meeting: Any, handler: Callable[[], object] | None) -> None:
    _register(lib.vsdk_meeting_set_wake_handler, (meeting,), _WAKE, handler)


def set_meeting_frame_handler(meeting: Any, handler: Callable[[Any], object] | None) -> None:
    _register(lib.vsdk_meeting_set_frame_handler, (meeting,), _FRAME, handler)


def set_frame_handler(track: Any, handler: Callable[[Any], object] | None) -> None:
    _register(lib.vsdk_remote_track_set_frame_handler, (track,), _FRAME, handler)


def set_track_wake_handler(
    track: Any, handler: Callable[[], object], let_go: Callable[[], object]
) -> int:
    function = lib.vsdk_remote_track_set_wake_handler
    return _register(function, (track,), _WAKE, handler, let_go=let_go)


def set_output_wake_handler(
    output: Any, handler: Callable[[], object], let_go: Callable[[], object]
) -> int:
    function = lib.vsdk_video_output_set_wake_handler
    return _register(function, (output,), _WAKE, handler, let_go=let_go)


def set_frame_transform(
    meeting: Any, transform: Callable[[int, bytes, int], bytes | None] | None
) -> None:
    """Set what gets the address of a frame's info, its data, and how many bytes it may become."""
    _register(lib.vsdk_meeting_set_frame_transform, (meeting,), _TRANSFORM, transform)


def start(
    function: Callable[..., int], arguments: tuple[object, ...], done: Callable[[], object], op: Any
) -> None:
    """Start an operation; `done` is called once when it has completed, in whatever way."""
    _register(function, arguments, _COMPLETION, done, (op,))


def _forget() -> None:
    # What the parent's library would call; this process's never had it.
    _registered.clear()
    _when_let_go.clear()


process.in_forked_child(_forget)
