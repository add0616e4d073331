"""Log records: silent unless a handler is set. Never a secret in them."""

from __future__ import annotations

import logging
from typing import Callable, Optional

from ._native import callbacks, process
from ._native.calls import text
from .enumerations import LogLevel

LogHandler = Callable[[LogLevel, str, str], object]
"""Receives a record: its level, the part of the library it is from, e.g. "rooms", and its text."""

TRACE = 5
"""The level of `logging` for records of LogLevel.TRACE."""

_LEVELS = {
    LogLevel.ERROR: logging.ERROR,
    LogLevel.WARNING: logging.WARNING,
    LogLevel.INFO: logging.INFO,
    LogLevel.DEBUG: logging.DEBUG,
    LogLevel.TRACE: TRACE,
}


def set_log_handler(level: LogLevel, handler: Optional[LogHandler]) -> None:
    """Set who receives the records of this level and the more important ones; None is silence.

    It takes the place of the present handler and runs on the library's thread for callbacks, so
    that it should be quick. When this returns, the earlier handler is not running and will not run
    again, unless this is called from inside it. Its exceptions go to `sys.unraisablehook`.
    """
    if handler is None:
        callbacks.set_log_handler(level, None)
        return
    told = handler

    def on_log(number: int, target: bytes, message: bytes) -> None:
        told(LogLevel(number), text(target), text(message))

    callbacks.set_log_handler(level, on_log)


def log_to_logging(
    level: LogLevel = LogLevel.INFO, logger: Optional[logging.Logger] = None
) -> None:
    """Send the records of this level and the more important ones to Python's `logging`.

    They go to children of the logger, one for each part of the library: `vsdk.rooms` with the
    default logger, `vsdk`. Ends with `set_log_handler(LogLevel.OFF, None)`.
    """
    parent = logger if logger is not None else logging.getLogger("vsdk")

    def on_log(severity: LogLevel, target: str, message: str) -> None:
        parent.getChild(target).log(_LEVELS.get(severity, TRACE), "%s", message)

    set_log_handler(level, on_log)


process.before_exit(lambda: callbacks.set_log_handler(LogLevel.OFF, None))
