"""Calls into the library: arguments, errors, handles."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Mapping
from ctypes import byref, c_size_t, c_void_p, string_at
from datetime import datetime, timedelta, timezone
from types import TracebackType
from typing import Any, Callable, NoReturn, Union

from ..enumerations import Status
from ..errors import InvalidArgumentError, VsdkError, error_class
from .functions import ABI_VERSION, CAPTURE_TIME_NOW, TIMEOUT_INFINITE, Handle, Text
from .loading import lib

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_LONGEST_MS = 2**62


def call(function: Callable[..., int], *arguments: object) -> int:
    """Call a function whose last parameter is the error; raise what it reports."""
    error = c_void_p()
    status = function(*arguments, byref(error))
    if status < 0:
        raise taken_error(status, error)
    return status


def taken_error(status: int, slot: c_void_p) -> VsdkError:
    """Make an exception of an error of the library, which it frees."""
    handle, slot.value = slot.value, None
    if handle is None:
        known = Status(status)
        return error_class(known)(known, "no more is known about this failure")
    try:
        return _read_error(handle)
    finally:
        lib.vsdk_error_free(handle)


def _read_error(handle: int) -> VsdkError:
    status = Status(lib.vsdk_error_status(handle))
    retry_after_ms = lib.vsdk_error_retry_after_ms(handle)
    return error_class(status)(
        status,
        text(lib.vsdk_error_message(handle)),
        # A newer library knows names that this package does not.
        name=text(lib.vsdk_error_name(handle)),
        remedy=text(lib.vsdk_error_remedy(handle)),
        operation=text(lib.vsdk_error_operation(handle)),
        http_status=lib.vsdk_error_http_status(handle) or None,
        service_code=lib.vsdk_error_service_code(handle) or None,
        service_text=optional_text(lib.vsdk_error_service_text(handle)),
        request_id=optional_text(lib.vsdk_error_request_id(handle)),
        retry_after=None if retry_after_ms < 0 else retry_after_ms / 1000,
        retryable=lib.vsdk_error_is_retryable(handle) != 0,
    )


class Owned:
    """A handle that is freed once: by `close()` or at the end of a `with`.

    Has no finaliser: a wait makes one of these every moment, and of a Ctrl-C that arrives inside a
    finaliser Python only prints that it was ignored.
    """

    def __init__(self, free: Callable[[Handle], None], handle: Handle = None) -> None:
        self._free = free
        self._slot = c_void_p(handle)

    @property
    def handle(self) -> Handle:
        return self._slot.value

    @property
    def out(self) -> object:
        """The place where a function of the library writes the handle."""
        return byref(self._slot)

    def taken(self) -> Handle:
        """Give up the handle: whoever asked has to free it."""
        handle, self._slot.value = self._slot.value, None
        return handle

    def close(self) -> None:
        handle = self.taken()
        # Of two threads that meet here one frees what is freed already, which does nothing.
        if handle is not None:
            self._free(handle)

    def __reduce__(self) -> NoReturn:
        # A copy would free it a second time, and another process has no use for it.
        raise TypeError("what is open in the library cannot be copied or pickled")

    def __enter__(self) -> Owned:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class Kept(Owned):
    """A handle that lives longer than a `with`: it is freed with this object too."""

    def __del__(self) -> None:
        # At the end of the interpreter the process gives everything back.
        if not sys.is_finalizing():
            self.close()


def created(
    new: Callable[[], Handle], free: Callable[[Handle], None], owner: type[Owned] = Kept
) -> Owned:
    """Make options. Raises ResourceExhaustedError, or, in a forked child, why there are none."""
    options = owner(free, new())
    if options.handle is None:
        call(lib.vsdk_check_abi, ABI_VERSION)
        raise error_class(Status.RESOURCE_EXHAUSTED)(
            Status.RESOURCE_EXHAUSTED,
            "no more handles can be made",
            remedy="Close meetings that are not needed any more; see live_handles().",
        )
    return options


def text(value: Text) -> str:
    return "" if value is None else value.decode()


def optional_text(value: Text) -> str | None:
    return None if value is None else value.decode()


def content_bytes(content: Handle) -> bytes:
    start, length = c_void_p(), c_size_t()
    call(lib.vsdk_content_bytes, content, byref(start), byref(length))
    return b"" if start.value is None else string_at(start.value, length.value)


def content_text(content: Handle) -> str:
    # Of its bytes, in which a NUL is itself.
    return content_bytes(content).decode()


def optional_content_text(content: Handle) -> str | None:
    return None if content is None else content_text(content)


def optional_json(value: Text) -> dict[str, Any] | None:
    if value is None:
        return None
    parsed: dict[str, Any] = json.loads(value)
    return parsed


def optional_time(seconds: int) -> datetime | None:
    """Give a moment; None for what never is, or lies beyond what datetime can tell."""
    if seconds < 0:
        return None
    try:
        return _EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        return datetime.max.replace(tzinfo=timezone.utc)


def time_of_ms(milliseconds: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=milliseconds)


def encoded(value: str | None, name: str) -> Text:
    """Give a text as the library takes it."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"{name} has to be a str, not {type(value).__name__}")
    position = value.find("\0")
    if position >= 0:
        raise InvalidArgumentError(
            Status.INVALID_ARGUMENT,
            f"{name} has a NUL character at position {position}",
            remedy="Pass the text without it: texts end at their first NUL.",
        )
    try:
        return value.encode()
    except UnicodeEncodeError as error:
        # Without the exception of the codec: it would hold the text, which may be a secret.
        position = error.start
    raise InvalidArgumentError(
        Status.INVALID_UTF8,
        f"{name} has half a surrogate pair at position {position}",
        remedy="Decode the text properly where it comes from.",
    )


def encoded_json(value: Mapping[str, Any] | None, name: str) -> Text:
    """Give a JSON object as the library takes it."""
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise TypeError(f"{name} has to be a mapping, not {type(value).__name__}")
    return encoded_json_value(dict(value), name)


def encoded_json_value(value: object, name: str) -> bytes:
    """Give whatever has a form in JSON as the library takes it."""
    try:
        return json.dumps(value, allow_nan=False).encode()
    except ValueError as error:
        raise InvalidArgumentError(
            Status.INVALID_ARGUMENT,
            f"{name} has no form in JSON: {error}",
            remedy="Use texts, finite numbers, booleans, None, lists and dicts.",
        ) from None


def flag(value: bool, name: str) -> int:
    # Truth is not enough: "false" is true.
    if not isinstance(value, bool):
        raise TypeError(f"{name} has to be True or False, not {type(value).__name__}")
    return int(value)


def whole(value: int, name: str, bits: int = 32) -> int:
    """Give a number of so many bits; ctypes would cut off what is too much."""
    if not isinstance(value, int):
        raise TypeError(f"{name} has to be an int, not {type(value).__name__}")
    limit = 2 ** (bits - 1)
    if not -limit <= value < limit:
        raise InvalidArgumentError(
            Status.INVALID_ARGUMENT,
            f"{name} is {value}, which is beyond all limits",
            remedy=f"Pass a number of {bits} bits.",
        )
    return value


def capture_time(time_us: int | None) -> int:
    """Give a capture time as the library takes it; None is now."""
    if time_us is None:
        return CAPTURE_TIME_NOW
    # -1 would be "now" to the library.
    if whole(time_us, "capture_time_us", bits=64) < 0:
        raise InvalidArgumentError(
            Status.INVALID_ARGUMENT,
            f"capture_time_us is {time_us}",
            remedy="Times count up from 0 or later; None stands for now.",
        )
    return time_us


def bytes_of(value: Union[bytes, bytearray, memoryview], name: str) -> bytes:
    """Give bytes as the library takes them: those of a bytes object without a copy."""
    # bytes(7) would be seven zeros.
    if not isinstance(value, (bytes, bytearray, memoryview)):
        raise TypeError(f"{name} has to be bytes, not {type(value).__name__}")
    return bytes(value)


def milliseconds(timeout: float) -> int:
    """Give a time limit in whole milliseconds, rounded up."""
    if not math.isfinite(timeout):
        raise InvalidArgumentError(
            Status.INVALID_ARGUMENT,
            f"the timeout is {timeout}, which is no time",
            remedy="Pass seconds, or 0 for no wait. Only a wait for events may be without end.",
        )
    return min(max(0, math.ceil(timeout * 1000)), _LONGEST_MS)


def milliseconds_for_events(timeout: float | None) -> int:
    """Do as `milliseconds()`; None and infinity are without end."""
    if timeout is None or timeout == math.inf:
        return TIMEOUT_INFINITE
    return milliseconds(timeout)
