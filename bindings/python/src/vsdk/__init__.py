"""vsdk: a native client library for VideoSDK (videosdk.live).

    import vsdk

    vsdk.config(token)
    room = vsdk.create_room()
    with vsdk.init_meeting(room.id, name="Ann") as meeting:
        meeting.join()
        for event in meeting.events():
            ...

What waits for the service has an `_async` form with the same arguments, for asyncio. Every failure
is a `VsdkError` that says what happened, why, and what to do.
"""

from .audio_input import AudioInput
from .audio_output import AudioOutput, PulledAudio
from .configuration import UNCHANGED, Setting, Unchanged, config
from .device import AudioDevice, Device, list_devices
from .enumerations import (
    AgentState,
    AudioCodec,
    AudioProfile,
    BitrateMode,
    Codec,
    DeviceKind,
    EventType,
    HandleKind,
    ImageFormat,
    Layout,
    LayoutPriority,
    LogLevel,
    MaxResolution,
    MediaKind,
    MeetingState,
    Mode,
    Moderation,
    Orientation,
    PeerType,
    PictureFormat,
    PreferredProtocol,
    Reliability,
    ScreenShareProfile,
    ServiceContent,
    ServiceKind,
    ServiceQuality,
    ServiceState,
    Severity,
    Status,
    Theme,
    TokenFinding,
    TokenPurpose,
    TrackKind,
    TransportDirection,
    TransportProtocol,
)
from .errors import (
    CancelledError,
    EventsEndedError,
    ForbiddenError,
    InvalidArgumentError,
    InvalidStateError,
    MeetingError,
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
from .frame_transform import FrameInfo, FrameTransform
from .initialisation import init_meeting
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
from .local_track import EncoderTarget, LocalTrack, TrackLayer
from .log import TRACE, LogHandler, log_to_logging, set_log_handler
from .media_statistics import (
    DecodingStatistics,
    EncodingStatistics,
    MediaStatistics,
    PlayoutStatistics,
    StreamStatistics,
    TrackStatistics,
    TransportStatistics,
)
from .meeting import EventHandler, Meeting
from .participant import Participant
from .push_result import PushResult
from .received_frame import FrameHandler, ReceivedFrame
from .received_picture import PlaneView, ReceivedPicture
from .remote_track import RemoteTrack
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
from .service_options import LivestreamOutput, ServiceOptions
from .snapshot import MeetingSnapshot
from .token_report import Finding, TokenReport, inspect_token
from .tokens import Token, fetch_token, fetch_token_async, mint_token
from .video_input import VideoInput
from .video_output import VideoOutput
from .video_picture import VideoPicture
from .wake_handler import WakeHandler

__all__ = [
    "DEFAULT_TIMEOUT",
    "TRACE",
    "UNCHANGED",
    "AgentState",
    "AudioCodec",
    "AudioDevice",
    "AudioInput",
    "AudioOutput",
    "AudioProfile",
    "AutoClose",
    "BitrateMode",
    "CancelledError",
    "Codec",
    "DecodingStatistics",
    "Device",
    "DeviceKind",
    "EncoderTarget",
    "EncodingStatistics",
    "Event",
    "EventHandler",
    "EventType",
    "EventsEndedError",
    "Finding",
    "ForbiddenError",
    "FrameHandler",
    "FrameInfo",
    "FrameTransform",
    "HandleKind",
    "ImageFormat",
    "InvalidArgumentError",
    "InvalidStateError",
    "Layout",
    "LayoutPriority",
    "LivestreamOutput",
    "LocalTrack",
    "LogHandler",
    "LogLevel",
    "MaxResolution",
    "MediaKind",
    "MediaStatistics",
    "Meeting",
    "MeetingError",
    "MeetingSnapshot",
    "MeetingState",
    "Mode",
    "Moderation",
    "MultiComposition",
    "NetworkError",
    "NotConfiguredError",
    "NotFoundError",
    "Orientation",
    "Participant",
    "PeerType",
    "PictureFormat",
    "PlaneView",
    "PlayoutStatistics",
    "PreferredProtocol",
    "PulledAudio",
    "PushResult",
    "RateLimitedError",
    "ReceivedFrame",
    "ReceivedPicture",
    "Reliability",
    "RemoteTrack",
    "ResourceExhaustedError",
    "Room",
    "RoomList",
    "ScreenShareProfile",
    "ServiceContent",
    "ServiceError",
    "ServiceKind",
    "ServiceOptions",
    "ServiceQuality",
    "ServiceState",
    "Setting",
    "Severity",
    "ShutdownError",
    "Status",
    "StreamStatistics",
    "Theme",
    "TimeoutError",
    "Token",
    "TokenError",
    "TokenFinding",
    "TokenPurpose",
    "TokenReport",
    "TrackKind",
    "TrackLayer",
    "TrackStatistics",
    "TransportDirection",
    "TransportProtocol",
    "TransportStatistics",
    "UnauthorizedError",
    "Unchanged",
    "UnsupportedError",
    "VideoInput",
    "VideoOutput",
    "VideoPicture",
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
    "list_devices",
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
