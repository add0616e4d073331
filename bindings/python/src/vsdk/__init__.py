"""vsdk: a native client library for VideoSDK (videosdk.live).

    import vsdk

    vsdk.config(token)
    room = vsdk.create_room()
    with vsdk.init_meeting(room.id, name="Ann", mic_enabled=True) as meeting:
        for event in meeting.events():
            ...

What waits for the service has an `_async` form with the same arguments, for asyncio. Every failure
is a `VsdkError` that says what happened, why, and what to do.
"""

from .configuration import UNCHANGED, Setting, Unchanged, config
from .enumerations import (
    AudioCodec,
    EventType,
    HandleKind,
    LogLevel,
    MaxResolution,
    MeetingState,
    Mode,
    PeerType,
    PreferredProtocol,
    Severity,
    Status,
    TokenFinding,
    TokenPurpose,
)
from .errors import (
    CancelledError,
    EventsEndedError,
    ForbiddenError,
    InvalidArgumentError,
    InvalidStateError,
    NetworkError,
    NotConfiguredError,
    NotFoundError,
    RateLimitedError,
    ResourceExhaustedError,
    ServiceError,
    ShutdownError,
    TimeoutError,  # noqa: A004 - it is one
    TokenError,
    UnauthorizedError,
    UnsupportedError,
    VsdkError,
    WouldDeadlockError,
    error_class,
)
from .event import Event
from .library import (
    DEFAULT_TIMEOUT,
    __version__,
    abi_version,
    after_fork_child,
    check_abi,
    live_handles,
    shutdown,
    version,
)
from .log import TRACE, LogHandler, log_to_logging, set_log_handler
from .meeting import EventHandler, Meeting, WakeHandler, init_meeting
from .room import Room, RoomList
from .room_options import AutoClose, MultiComposition, Webhook
from .rooms import (
    create_room,
    create_room_async,
    deactivate_room,
    deactivate_room_async,
    get_room,
    get_room_async,
    list_rooms,
    list_rooms_async,
    validate_room,
    validate_room_async,
)
from .snapshot import MeetingSnapshot
from .token_report import Finding, TokenReport, inspect_token
from .tokens import Token, fetch_token, fetch_token_async, mint_token

__all__ = [
    "DEFAULT_TIMEOUT",
    "TRACE",
    "UNCHANGED",
    "AudioCodec",
    "AutoClose",
    "CancelledError",
    "Event",
    "EventHandler",
    "EventType",
    "EventsEndedError",
    "Finding",
    "ForbiddenError",
    "HandleKind",
    "InvalidArgumentError",
    "InvalidStateError",
    "LogHandler",
    "LogLevel",
    "MaxResolution",
    "Meeting",
    "MeetingSnapshot",
    "MeetingState",
    "Mode",
    "MultiComposition",
    "NetworkError",
    "NotConfiguredError",
    "NotFoundError",
    "PeerType",
    "PreferredProtocol",
    "RateLimitedError",
    "ResourceExhaustedError",
    "Room",
    "RoomList",
    "ServiceError",
    "Setting",
    "Severity",
    "ShutdownError",
    "Status",
    "TimeoutError",
    "Token",
    "TokenError",
    "TokenFinding",
    "TokenPurpose",
    "TokenReport",
    "UnauthorizedError",
    "Unchanged",
    "UnsupportedError",
    "VsdkError",
    "WakeHandler",
    "Webhook",
    "WouldDeadlockError",
    "__version__",
    "abi_version",
    "after_fork_child",
    "check_abi",
    "config",
    "create_room",
    "create_room_async",
    "deactivate_room",
    "deactivate_room_async",
    "error_class",
    "fetch_token",
    "fetch_token_async",
    "get_room",
    "get_room_async",
    "init_meeting",
    "inspect_token",
    "list_rooms",
    "list_rooms_async",
    "live_handles",
    "log_to_logging",
    "mint_token",
    "set_log_handler",
    "shutdown",
    "validate_room",
    "validate_room_async",
    "version",
]
