"""Errors: what happened, why, and what to do."""

from __future__ import annotations

import builtins
from typing import Any

from .enumerations import Status


class VsdkError(Exception):
    """A failure of the library; every other exception here is one of these.

    It holds all that is known, never a token or another secret. Its text is one line with all that
    matters. Decide by the class, by `status` or by `service_code`, never by a text: texts may be
    reworded in any release.
    """

    status: Status
    """The status of the failure."""

    name: str
    """The stable name of its status, e.g. "TOKEN_EXPIRED"."""

    message: str
    """What happened and why: one English sentence with the values at hand."""

    remedy: str
    """What to do about it: English, possibly empty."""

    operation: str
    """During what it happened, e.g. "create_room"; possibly empty."""

    http_status: int | None
    """The HTTP status of the reply, e.g. 401; None when there was no reply."""

    service_code: int | None
    """The service's own number for it, e.g. 4002 for an invalid token; None when there is none."""

    service_text: str | None
    """The service's own words, with secrets taken out; None when there are none."""

    request_id: str | None
    """The id under which the service logged the request: give it to its support."""

    retry_after: float | None
    """How many seconds the service asked to wait before the next try; None when it did not ask."""

    retryable: bool
    """Whether the same call can succeed later without any change, and may be made again.

    False for a creation that may have been carried out in spite of the failure.
    """

    def __init__(
        self,
        status: Status,
        message: str,
        *,
        name: str | None = None,
        remedy: str = "",
        operation: str = "",
        http_status: int | None = None,
        service_code: int | None = None,
        service_text: str | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
        retryable: bool = False,
    ) -> None:
        """Make an error, as for a test of your own; see `error_class` for the class to use."""
        self.status = status
        self.name = name or status.name
        self.message = message
        self.remedy = remedy
        self.operation = operation
        self.http_status = http_status
        self.service_code = service_code
        self.service_text = service_text
        self.request_id = request_id
        self.retry_after = retry_after
        self.retryable = retryable
        super().__init__(self._line())

    def _line(self) -> str:
        facts = [self.name]
        if self.http_status is not None:
            facts.append(f"HTTP {self.http_status}")
        if self.service_code is not None:
            facts.append(f"service number {self.service_code}")
        place = f"{self.operation}: " if self.operation else ""
        remedy = f". {self.remedy}" if self.remedy else ""
        return f"{place}{self.message} [{', '.join(facts)}]{remedy}"

    def __reduce__(self) -> tuple[Any, ...]:
        """Let it travel between processes."""
        return _again, (type(self), dict(vars(self)))


def _again(kind: type[VsdkError], fields: dict[str, Any]) -> VsdkError:
    arguments = {name: fields.pop(name) for name in tuple(fields) if name in _FIELDS}
    error = kind(**arguments)
    vars(error).update(fields)
    return error


_FIELDS = frozenset(VsdkError.__annotations__)


class InvalidArgumentError(VsdkError, ValueError):
    """An argument has a value that is not allowed; the message names it."""


class InvalidStateError(VsdkError):
    """The object does not allow the call now: it was closed, has ended, or is used otherwise."""


class EventsEndedError(VsdkError, EOFError):
    """None will come any more: the meeting has ended and all its events were read."""


class WouldDeadlockError(VsdkError, RuntimeError):
    """A call inside a handler would wait for itself: use its `_async` form, or another thread."""


class UnsupportedError(VsdkError, NotImplementedError):
    """This build or version cannot do it."""


class ResourceExhaustedError(VsdkError):
    """Threads, handles or descriptors are used up."""


class TimeoutError(VsdkError, builtins.TimeoutError):  # noqa: A001 - that it is one is its point
    """The deadline passed. Also a built-in TimeoutError."""


class CancelledError(VsdkError):
    """The operation was cancelled by something else than asyncio, whose own error is another."""


class ShutdownError(VsdkError):
    """The library was shut down during the call, or the interpreter is at its end."""


class TokenError(VsdkError):
    """The token cannot do it: malformed, expired, or with other rights than needed."""


class NotConfiguredError(TokenError):
    """There is no token: neither the call nor `config()` gave one."""


class NetworkError(VsdkError, ConnectionError):
    """The server was not reached, or the connection broke. Also a built-in ConnectionError."""


class ServiceError(VsdkError):
    """The service refused, failed, or answered with what the protocol does not promise."""


class UnauthorizedError(ServiceError):
    """The token was refused (HTTP 401)."""


class ForbiddenError(ServiceError):
    """The token's rights do not cover this (HTTP 403)."""


class NotFoundError(ServiceError):
    """It does not exist in this account (HTTP 404, or 402, which the service uses for it too)."""


class RateLimitedError(ServiceError):
    """Too many requests (HTTP 429); `retry_after` says how long to wait."""


class MeetingError(ServiceError):
    """What became of this participant or its request in the meeting; `status` tells it.

    It was not let in (ENTRY_DENIED), was removed (REMOVED), the meeting was ended (MEETING_ENDED),
    somebody joined with the same id (DUPLICATE_PARTICIPANT), a limit is reached (LIMIT_REACHED), or
    a request was refused (REFUSED).
    """


_CLASSES: dict[Status, type[VsdkError]] = {
    Status.CLOSED: EventsEndedError,
    Status.NULL_POINTER: InvalidArgumentError,
    Status.INVALID_ARGUMENT: InvalidArgumentError,
    Status.INVALID_UTF8: InvalidArgumentError,
    Status.INVALID_HANDLE: InvalidStateError,
    Status.INVALID_STATE: InvalidStateError,
    Status.UNSUPPORTED: UnsupportedError,
    Status.WOULD_DEADLOCK: WouldDeadlockError,
    Status.TIMEOUT: TimeoutError,
    Status.CANCELLED: CancelledError,
    Status.SHUTDOWN: ShutdownError,
    Status.RESOURCE_EXHAUSTED: ResourceExhaustedError,
    Status.NOT_CONFIGURED: NotConfiguredError,
    Status.UNAUTHORIZED: UnauthorizedError,
    Status.FORBIDDEN: ForbiddenError,
    Status.NOT_FOUND: NotFoundError,
    Status.RATE_LIMITED: RateLimitedError,
    Status.CONNECTION_LOST: NetworkError,
}

# Statuses come in ranges per area, also those of later versions.
_AREAS: tuple[tuple[range, type[VsdkError]], ...] = (
    (range(-199, -99), TokenError),
    (range(-219, -199), NetworkError),
    (range(-299, -219), ServiceError),
    (range(-399, -299), MeetingError),
)


def error_class(status: Status) -> type[VsdkError]:
    """Give the class of the errors with this status: by its area, where it has none of its own."""
    own = _CLASSES.get(status)
    if own is not None:
        return own
    return next((kind for area, kind in _AREAS if status in area), VsdkError)
