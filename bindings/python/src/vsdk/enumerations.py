# Generated from src/ffi by `make header`. Do not edit.
"""The enumerations: numbers with names, open for names of later versions."""

from ._open_enum import OpenEnum


class Status(OpenEnum):
    """How a call ended: 0 is success, negative a failure, positive a piece of information.

    Numbers are never reused. Treat an unknown negative one as a failure and an unknown positive one
    as success without a result.
    """

    OK = 0
    """Success."""

    NO_EVENT = 1
    """Nothing to read within the time given."""

    CLOSED = 2
    """The meeting has ended and all its events were read, or a track has and all its frames were.
    """

    NOT_SENDING = 3
    """The frame was not taken, for nobody is there to take it: the track is off, the meeting not
    joined, or the connection is being made anew. Go on; frames are taken again once there is a way.
    """

    FULL = 4
    """Not taken, for too much waits already: the network is slower than the app. Make less; data
    can be sent again a little later, and a track of pictures goes on with its next key frame.
    """

    NEEDS_KEY_FRAME = 5
    """The frame was not taken, for it cannot be decoded without one that was not sent. Make a key
    frame.
    """

    LAYER_OFF = 6
    """The frame was not taken, for its layer is switched off for lack of bandwidth. Nothing is
    lost; save the work of encoding it until its target is active again.
    """

    DROPPED = 7
    """The frame was not taken, for the app's transform of frames has dropped it. A track of
    pictures goes on with its next key frame.
    """

    NULL_POINTER = -1
    """A required pointer was NULL."""

    INVALID_HANDLE = -2
    """A handle is stale, was freed already, or is of another type."""

    INVALID_ARGUMENT = -3
    """An argument has a value that is not allowed."""

    INVALID_UTF8 = -4
    """A text is not valid UTF-8."""

    INVALID_STATE = -5
    """The object is in a state that does not allow the call."""

    UNSUPPORTED = -6
    """This build or version cannot do it."""

    WOULD_DEADLOCK = -7
    """A blocking call from inside a callback: it would wait for itself."""

    FORKED = -8
    """The process was forked; see `after_fork_child()`."""

    PANIC = -9
    """A defect of the library was caught at its boundary."""

    TIMEOUT = -10
    """The deadline passed."""

    CANCELLED = -11
    """The operation was cancelled."""

    SHUTDOWN = -12
    """The library was shut down while the operation was running."""

    ABI_MISMATCH = -13
    """Header and library disagree about the ABI."""

    RESOURCE_EXHAUSTED = -14
    """Threads, handles or descriptors are used up."""

    NOT_CONFIGURED = -15
    """No token: neither the options nor `config()` gave one."""

    TOKEN_MALFORMED = -100
    """The token is not a token of this service."""

    TOKEN_EXPIRED = -101
    """The token's life is over."""

    TOKEN_NOT_YET_VALID = -102
    """The token is not valid yet."""

    TOKEN_PERMISSIONS = -103
    """The token's permissions contradict each other (service number 4008)."""

    TOKEN_ROOM_MISMATCH = -104
    """The token is for another room (service number 4022)."""

    TOKEN_PARTICIPANT_MISMATCH = -105
    """The token is for another participant (service number 4023)."""

    TOKEN_ROLE = -106
    """The token's roles do not allow this use (service number 4024)."""

    TOKEN_SERVER_REPLY = -107
    """The token server answered, but with no token in its reply."""

    NETWORK_DNS = -200
    """The host name could not be resolved."""

    NETWORK_CONNECT = -201
    """No connection could be made."""

    NETWORK_TLS = -202
    """The TLS handshake failed."""

    NETWORK_PROXY = -203
    """The proxy refused or failed."""

    NETWORK_BROKEN = -204
    """The connection broke during the exchange."""

    NETWORK_INSECURE = -205
    """Plain http or ws to a host that is not this machine."""

    INVALID_RESPONSE = -220
    """The reply is not what the protocol promises."""

    RESPONSE_TOO_LARGE = -221
    """The reply is larger than the library accepts."""

    REDIRECT = -222
    """The server answered with a redirect; redirects are never followed."""

    BAD_REQUEST = -230
    """HTTP 400 and other 4xx without a status of their own: the request was refused as wrong."""

    UNAUTHORIZED = -231
    """HTTP 401: the token was refused."""

    FORBIDDEN = -232
    """HTTP 403: the token's rights do not cover this."""

    NOT_FOUND = -233
    """HTTP 404, and 402, which this service uses for the same."""

    CONFLICT = -234
    """HTTP 409: it exists already, or contradicts what exists."""

    RATE_LIMITED = -235
    """HTTP 429: too many requests."""

    SERVER_ERROR = -236
    """HTTP 5xx: the service failed."""

    CONNECTION_LOST = -300
    """The connection to the meeting was lost."""

    ENTRY_DENIED = -301
    """Somebody in the room decided not to let this participant in."""

    REMOVED = -302
    """The participant was removed from the meeting."""

    MEETING_ENDED = -303
    """The meeting was ended for everybody."""

    DUPLICATE_PARTICIPANT = -304
    """Somebody joined with the same participant id."""

    LIMIT_REACHED = -305
    """A limit of the room or the account is reached, e.g. the number of participants."""

    REFUSED = -306
    """The service refused a request of the meeting; its own number says why."""


class HandleKind(OpenEnum):
    """A kind of handle, for counting."""

    ALL = 0
    """All kinds together."""

    ERROR = 1
    """VsdkError."""

    OP = 2
    """VsdkOp."""

    CONFIG_OPTIONS = 3
    """VsdkConfigOptions."""

    TOKEN = 4
    """VsdkToken."""

    TOKEN_MINT_OPTIONS = 5
    """VsdkTokenMintOptions."""

    TOKEN_FETCH_OPTIONS = 6
    """VsdkTokenFetchOptions."""

    TOKEN_REPORT = 7
    """VsdkTokenReport."""

    REQUEST_OPTIONS = 8
    """VsdkRequestOptions."""

    ROOM_OPTIONS = 9
    """VsdkRoomOptions."""

    ROOM_LIST_OPTIONS = 10
    """VsdkRoomListOptions."""

    ROOM = 11
    """VsdkRoom."""

    ROOM_LIST = 12
    """VsdkRoomList."""

    MEETING_OPTIONS = 13
    """VsdkMeetingOptions."""

    MEETING = 14
    """VsdkMeeting."""

    MEETING_SNAPSHOT = 15
    """VsdkMeetingSnapshot."""

    EVENT = 16
    """VsdkEvent."""

    PARTICIPANT = 17
    """VsdkParticipant."""

    PUBLISH_OPTIONS = 18
    """VsdkPublishOptions."""

    SERVICE_OPTIONS = 19
    """VsdkServiceOptions."""

    CONTENT = 20
    """VsdkContent."""

    TRACK_OPTIONS = 21
    """VsdkTrackOptions."""

    LOCAL_TRACK = 22
    """VsdkLocalTrack."""

    REMOTE_TRACK = 23
    """VsdkRemoteTrack."""

    RECEIVED_FRAME = 24
    """VsdkReceivedFrame."""

    MEDIA_STATISTICS = 25
    """VsdkMediaStatistics."""

    AUDIO_INPUT = 26
    """VsdkAudioInput."""

    AUDIO_OUTPUT = 27
    """VsdkAudioOutput."""

    VIDEO_INPUT = 28
    """VsdkVideoInput."""

    VIDEO_OUTPUT = 29
    """VsdkVideoOutput."""

    RECEIVED_PICTURE = 30
    """VsdkReceivedPicture."""

    DEVICE_LIST = 31
    """VsdkDeviceList."""

    AUDIO_DEVICE = 32
    """VsdkAudioDevice."""


class LogLevel(OpenEnum):
    """How important a record is; a handler gets those of its level and the more important ones."""

    OFF = 0
    """No records."""

    ERROR = 1
    """Something failed that the app is not told in another way."""

    WARNING = 2
    """Something that will likely become a failure."""

    INFO = 3
    """The milestones: configured, initialised, ended."""

    DEBUG = 4
    """Requests, retries, operations with their times."""

    TRACE = 5
    """Everything."""


class TokenFinding(OpenEnum):
    """What a finding is about."""

    EMPTY = 100
    """There is no token in the text."""

    TOO_LONG = 101
    """The text is longer than any token."""

    BEARER_PREFIX = 102
    """`Bearer` stands before the token."""

    BASIC_PREFIX = 103
    """`Basic` stands before the token."""

    QUOTES = 104
    """Quotes stand around the token."""

    WHITE_SPACE_AROUND = 105
    """White space stands around the token, often a line break at its end."""

    WHITE_SPACE_INSIDE = 106
    """White space stands inside the token."""

    LINE_BREAK_INSIDE = 107
    """The token is broken into lines."""

    LOOKS_LIKE_API_KEY = 108
    """The text is an API key, not a token."""

    LOOKS_LIKE_SECRET = 109
    """The text is an API secret, not a token."""

    NOT_THREE_PARTS = 200
    """The text does not consist of three parts with dots between them."""

    PART_EMPTY = 201
    """The header or the payload is empty."""

    HEADER_NOT_BASE64URL = 202
    """The header is not base64url."""

    PAYLOAD_NOT_BASE64URL = 203
    """The payload is not base64url."""

    SIGNATURE_NOT_BASE64URL = 204
    """The signature is not base64url."""

    STANDARD_BASE64 = 205
    """A part is standard base64 (`+`, `/`, `=`) where base64url is needed."""

    HEADER_NOT_JSON = 206
    """The header is not JSON."""

    HEADER_NOT_OBJECT = 207
    """The header is JSON, but not an object."""

    PAYLOAD_NOT_JSON = 208
    """The payload is not JSON."""

    PAYLOAD_NOT_OBJECT = 209
    """The payload is JSON, but not an object."""

    ALGORITHM_MISSING = 210
    """The header does not say how the token is signed."""

    ALGORITHM_NOT_HS256 = 211
    """The token is signed in another way than HS256, or not at all."""

    SIGNATURE_MISSING = 212
    """The signature is empty."""

    SIGNATURE_LENGTH = 213
    """The signature is not as long as HS256 makes it: the token was cut, or something was added."""

    API_KEY_MISSING = 300
    """The claim `apikey` is missing."""

    API_KEY_MISSPELT = 301
    """The claim `apikey` is written in another way, e.g. `apiKey`."""

    API_KEY_EMPTY = 302
    """The claim `apikey` is empty."""

    API_KEY_NOT_TEXT = 303
    """The claim `apikey` is not text."""

    API_KEY_WHITE_SPACE = 304
    """The claim `apikey` has white space in it."""

    API_KEY_LOOKS_LIKE_SECRET = 305
    """The claim `apikey` holds what looks like the API secret."""

    VERSION_IS_TEXT = 310
    """The claim `version` is text; it has to be a number."""

    VERSION_MISSING = 311
    """The claim `version` is missing though other claims need it."""

    VERSION_UNKNOWN = 312
    """The claim `version` is something else than the number 2."""

    ID_NOT_TEXT = 320
    """The claim `roomId` or `participantId` is not text."""

    ID_EMPTY = 321
    """The claim `roomId` or `participantId` is empty."""

    CLAIM_MISSPELT = 322
    """A claim is written in a way that the service does not read."""

    EXPIRED = 400
    """The token's life is over."""

    NOT_YET_VALID = 401
    """The token is not valid yet."""

    ISSUED_IN_FUTURE = 402
    """The token claims to be issued in the future."""

    EXPIRES_SOON = 403
    """The token's life is over within a minute."""

    LONG_LIFE = 404
    """The token lives longer than seven days."""

    NO_EXPIRY = 405
    """The token never expires."""

    CLOCK_SKEW = 406
    """This machine's clock differs from the service's."""

    TIME_NOT_NUMBER = 407
    """A time is not a number."""

    TIME_FRACTION = 408
    """A time has a fraction of a second."""

    TIME_OUT_OF_RANGE = 409
    """A time is negative, or beyond the year 9999."""

    TIME_IN_MILLISECONDS = 410
    """A time is given in milliseconds; it has to be in seconds."""

    NO_LIFE = 411
    """The token expires no later than it was issued."""

    PERMISSIONS_MISSING = 500
    """The claim `permissions` is missing, which means full rights."""

    PERMISSIONS_EMPTY = 501
    """The claim `permissions` is empty, which means full rights."""

    PERMISSIONS_NOT_ARRAY = 502
    """The claim `permissions` is not an array."""

    PERMISSION_NOT_TEXT = 503
    """An entry of `permissions` is not text."""

    PERMISSION_UNKNOWN = 504
    """An entry of `permissions` is none that the service knows."""

    ASK_JOIN_MIXED = 505
    """`ask_join` stands beside other permissions."""

    NO_JOIN_PERMISSION = 506
    """No permission admits the holder to a meeting, e.g. `allow_mod` alone."""

    ROLES_NOT_ARRAY = 600
    """The claim `roles` is not an array."""

    ROLES_EMPTY = 601
    """The claim `roles` is empty."""

    ROLE_NOT_TEXT = 602
    """An entry of `roles` is not text."""

    ROLE_UNKNOWN = 603
    """An entry of `roles` is none that the service knows."""

    ROLE_CANNOT_JOIN = 604
    """The roles allow the REST API only, not joining."""

    ROLE_CANNOT_USE_REST = 605
    """The roles allow joining only, not the REST API."""

    ROOM_MISMATCH = 700
    """The token is for another room."""

    PARTICIPANT_MISMATCH = 701
    """The token is for another participant."""

    PARTICIPANT_ID_NOT_GIVEN = 702
    """The token is for one participant id, and the caller named none."""


class TokenPurpose(OpenEnum):
    """What a token is meant for."""

    ANY = 0
    """Not known."""

    JOIN = 1
    """Joining a meeting."""

    REST = 2
    """The REST API, such as creating a room."""


class Severity(OpenEnum):
    """How bad a finding is."""

    NOTICE = 1
    """Good to know."""

    WARNING = 2
    """It works, but not for long or not as one would think."""

    ERROR = 3
    """The service is certain to refuse it."""


class Mode(OpenEnum):
    """What a participant does with media."""

    SEND_AND_RECV = 1
    """Sends and receives: the default."""

    RECV_ONLY = 2
    """Receives only."""

    SIGNALLING_ONLY = 3
    """Neither: events, messages and moderation only."""


class PreferredProtocol(OpenEnum):
    """How media travels."""

    UDP_OVER_TCP = 1
    """UDP, or TCP where UDP does not get through: the default."""

    UDP_ONLY = 2
    """UDP only."""

    TCP_ONLY = 3
    """TCP only."""


class MaxResolution(OpenEnum):
    """The largest picture that the camera publishes."""

    HD = 1
    """1280 x 720: the default."""

    SD = 2
    """640 x 360."""


class AudioCodec(OpenEnum):
    """The codec of published audio."""

    OPUS = 1
    """Opus: the default."""

    PCMU = 2
    """G.711 mu-law."""

    PCMA = 3
    """G.711 A-law."""

    G722 = 4
    """G.722."""


class PeerType(OpenEnum):
    """What kind of participant this is."""

    NORMAL = 1
    """A person or an ordinary program: the default."""

    AGENT = 2
    """An AI agent; others see it as one."""


class MeetingState(OpenEnum):
    """Where a meeting stands."""

    INITIALISED = 1
    """Made, not joined."""

    CONNECTING = 2
    """Joining."""

    WAITING_ENTRY = 3
    """Waits until somebody in the room lets it in."""

    CONNECTED = 4
    """In the room."""

    RECONNECTING = 5
    """Lost the connection and is making a new one."""

    LEAVING = 6
    """Leaving."""

    LEFT = 7
    """Has left: the end."""

    FAILED = 8
    """Could not join or lost the connection for good."""


class Moderation(OpenEnum):
    """Something that is done to a participant."""

    ALLOW_ENTRY = 1
    """Lets in who asked for it."""

    DENY_ENTRY = 2
    """Does not let in who asked for it."""

    REQUEST_MIC = 3
    """Asks to switch the microphone on; the participant decides."""

    DISABLE_MIC = 4
    """Switches the microphone off."""

    REQUEST_WEBCAM = 5
    """Asks to switch the camera on; the participant decides."""

    DISABLE_WEBCAM = 6
    """Switches the camera off."""

    REMOVE = 7
    """Removes from the meeting."""

    PIN_CAMERA = 8
    """Pins the camera for everybody. That the service has pins for native clients is inferred."""

    UNPIN_CAMERA = 9
    """Takes the pin off the camera."""

    PIN_SCREEN_SHARE = 10
    """Pins the shared screen for everybody."""

    UNPIN_SCREEN_SHARE = 11
    """Takes the pin off the shared screen."""


class Layout(OpenEnum):
    """How participants are arranged in a recording or stream."""

    GRID = 1
    """All are equally large."""

    SPOTLIGHT = 2
    """One is large, nobody else is seen."""

    SIDEBAR = 3
    """One is large, the others are beside it."""


class LayoutPriority(OpenEnum):
    """Who comes first in a layout."""

    SPEAKER = 1
    """Who speaks."""

    PIN = 2
    """Who is pinned."""


class Theme(OpenEnum):
    """The colours of a recording or stream."""

    DEFAULT = 1
    """Those of the service."""

    LIGHT = 2
    """Light ones."""

    DARK = 3
    """Dark ones."""


class ServiceContent(OpenEnum):
    """What is recorded or streamed."""

    VIDEO_AND_AUDIO = 1
    """Picture and sound."""

    AUDIO = 2
    """Sound only."""


class ServiceQuality(OpenEnum):
    """How good a recording or stream is."""

    LOW = 1
    """Low."""

    MEDIUM = 2
    """Medium."""

    HIGH = 3
    """High."""

    ULTRA = 4
    """The highest; known from the REST interface alone."""


class Orientation(OpenEnum):
    """Which way up a recording or stream is; known from the REST interface alone."""

    LANDSCAPE = 1
    """Wider than high."""

    PORTRAIT = 2
    """Higher than wide."""


class ServiceKind(OpenEnum):
    """What a meeting may have running beside itself."""

    RECORDING = 1
    """The meeting is recorded into a file."""

    LIVESTREAM = 2
    """It is sent to other platforms, by RTMP."""

    HLS = 3
    """It can be watched with any player, by HLS."""

    TRANSCRIPTION = 4
    """What is said is written down."""

    TRANSLATION = 5
    """What is said is translated."""

    WHITEBOARD = 6
    """Everybody can draw on one board."""


class ServiceState(OpenEnum):
    """How far a service is; `code` of its events."""

    STARTING = 1
    """It was asked for."""

    STARTED = 2
    """It runs."""

    STOPPING = 3
    """It was asked to end."""

    STOPPED = 4
    """It does not run."""

    PLAYABLE = 5
    """It runs, and what it makes can be watched: HLS only."""


class AgentState(OpenEnum):
    """What an agent is doing."""

    IDLE = 1
    """Nothing."""

    LISTENING = 2
    """Somebody speaks to it."""

    THINKING = 3
    """It looks for an answer."""

    SPEAKING = 4
    """It speaks."""


class TrackKind(OpenEnum):
    """What a track is: shared screens and their sound are told from the rest."""

    AUDIO = 1
    """A microphone, or any other sound."""

    VIDEO = 2
    """A camera, or any other picture."""

    SHARE = 3
    """A shared screen."""

    SHARE_AUDIO = 4
    """The sound of what is shared."""


class Codec(OpenEnum):
    """How a track is encoded."""

    OPUS = 1
    """Opus, 48 kHz."""

    PCMU = 2
    """G.711 mu-law."""

    PCMA = 3
    """G.711 A-law."""

    G722 = 4
    """G.722."""

    VP8 = 5
    """VP8."""

    H264 = 6
    """H.264, baseline; frames are access units with start codes (Annex B)."""

    VP9 = 7
    """VP9, profile 0."""

    AV1 = 8
    """AV1, main profile."""


class BitrateMode(OpenEnum):
    """What the bit rates of pictures aim at."""

    BANDWIDTH_OPTIMIZED = 1
    """Little bandwidth."""

    BALANCED = 2
    """Between the two."""

    HIGH_QUALITY = 3
    """A good picture."""


class AudioProfile(OpenEnum):
    """What is heard by a microphone."""

    SPEECH_LOW_QUALITY = 1
    """Speech, over little bandwidth."""

    SPEECH_STANDARD = 2
    """Speech."""

    MUSIC_STANDARD = 3
    """Music."""

    STANDARD_STEREO = 4
    """Music in stereo."""

    HIGH_QUALITY = 5
    """Music, over much bandwidth."""

    HIGH_QUALITY_STEREO = 6
    """The same in stereo."""


class ScreenShareProfile(OpenEnum):
    """The height and rate of a shared screen."""

    H360_FPS30 = 1
    """640 x 360, 30 pictures per second."""

    H480_FPS15 = 2
    """720 x 480, 15 pictures per second."""

    H480_FPS30 = 3
    """720 x 480, 30 pictures per second."""

    H720_FPS5 = 4
    """1280 x 720, 5 pictures per second."""

    H720_FPS15 = 5
    """1280 x 720, 15 pictures per second."""

    H720_FPS30 = 6
    """1280 x 720, 30 pictures per second."""

    H1080_FPS15 = 7
    """1920 x 1080, 15 pictures per second."""

    H1080_FPS30 = 8
    """1920 x 1080, 30 pictures per second."""


class PictureFormat(OpenEnum):
    """How the pixels of a picture lie in memory.

    Colours are those of BT.601, brightness in I420 and NV12 from 16 to 235.
    """

    I420 = 1
    """Three planes: brightness, then the colour differences U and V in half the width and height,
    rounded up.
    """

    NV12 = 2
    """Two planes: brightness, then U and V by turns in half the width and height, rounded up."""

    RGBA = 3
    """One plane of four bytes for each pixel: red, green, blue, and one of no meaning for what is
    sent.
    """

    BGRA = 4
    """One plane of four bytes for each pixel: blue, green, red, and one of no meaning for what is
    sent.
    """


class Reliability(OpenEnum):
    """How data is delivered. Neither way keeps the order."""

    RELIABLE = 1
    """What is lost is sent again, up to five times."""

    UNRELIABLE = 2
    """What is lost stays lost; it never waits behind reliable data."""


class TransportDirection(OpenEnum):
    """Which way media goes, as this participant sees it."""

    SEND = 1
    """To the service."""

    RECEIVE = 2
    """From the service."""


class TransportProtocol(OpenEnum):
    """What media goes by."""

    UDP = 1
    """UDP."""

    TCP = 2
    """TCP."""


class MediaKind(OpenEnum):
    """What tracks carry."""

    AUDIO = 1
    """Sound: of microphones and of what is shared."""

    VIDEO = 2
    """Pictures: of cameras and of shared screens."""


class DeviceKind(OpenEnum):
    """What a device is for."""

    MICROPHONE = 1
    """It records."""

    SPEAKER = 2
    """It plays."""


class ImageFormat(OpenEnum):
    """How an image is encoded."""

    PNG = 1
    """PNG: every pixel as it was decoded."""

    JPEG = 2
    """JPEG: a fraction of that size, without what is hardly seen."""


class EventType(OpenEnum):
    """What kind of event it is. Ignore those that are unknown."""

    STATE_CHANGED = 1
    """The meeting is in another state.

    - When: after each change of state; the first is that of `init_meeting()`, the last the end.
    After a lost connection CONNECTED comes once topics and values are subscribed and observed
    again. CONNECTING can follow CONNECTED: when the meeting is switched.
    - `code`: the new state, a `MeetingState`.
    - `text`: its name, e.g. `INITIALISED`.
    - `status`: why, a `Status`, when the app did not ask for it; else 0.
    - `json`: with a status, `message` and `remedy` say more, `serviceCode` and `serviceText` are
    what the service gave. With CONNECTED, `lostTopics` and `lostKeys` are what could not be
    subscribed and observed again on a new connection.
    - `participant_id`: the participant that the meeting joins as.
    """

    TOKEN_WARNING = 2
    """The token works, but not for long or not as one would think.

    - When: once for each warning, behind the first event of a meeting and after each
    `Meeting.set_token()`.
    - `code`: the finding, a `TokenFinding`.
    - `text`: what it is, and what to do about it.
    - `participant_id`: the participant that the meeting joins as.
    - `json`: `finding` is its name, a text.
    """

    TOKEN_EXPIRING = 3
    """The token's life is over in a minute or less. Hand in a fresh one with `Meeting.set_token()`.

    - When: 60 seconds before the end, once for each token; at once when less is left of it.
    - `code`: the time left, in seconds.
    - `text`: the same in words.
    - `participant_id`: the participant that the meeting joins as.
    - `json`: `expiresAt` is the end, in seconds since 1970 (UTC).
    """

    OVERFLOW = 4
    """Events were lost because they were not read in time. Read the snapshot again.

    - When: behind the events that waited before the loss, as soon as there is room for it.
    - `code`: how many were lost.
    - `json`: `lost` is the same number, without an upper limit.
    """

    WARNING = 5
    """Something is not as it should be, but the meeting goes on.

    - When: e.g. when the ICE servers cannot be read, or a message of the service is malformed.
    - `text`: what it is.
    - `participant_id`: the participant that the meeting joins as.
    """

    ERROR = 6
    """The service reported an error.

    - When: whenever it does; the meeting goes on.
    - `code`: the service's own number; 0 without one.
    - `text`: the service's words, redacted.
    - `status`: a `Status` for the number.
    """

    RECONNECTING = 7
    """The connection was lost and is made anew.

    - When: before each try.
    - `code`: the number of the try, from 1.
    - `text`: why it is needed: how the connection, or the last try, ended.
    - `status`: VSDK_STATUS_CONNECTION_LOST.
    - `participant_id`: the participant that the meeting joins as.
    - `json`: `attempt` and `attempts` are the try and how many there are, `delayMs` the time until
    it, in milliseconds.
    """

    MEETING_LEFT = 8
    """This participant is no longer in the room.

    - When: once, before the state that follows from it.
    - `code`: the service's number for the reason, e.g. 1002 for removed, 1101 for left by the app.
    - `text`: its name, e.g. `REMOVE_PEER`.
    - `participant_id`: the participant that the meeting joined as.
    """

    UNKNOWN = 9
    """The service told something that this version does not know.

    - When: whenever it does.
    - `text`: the name of what was told.
    - `json`: `data` is what it held, without secrets.
    """

    PARTICIPANT_JOINED = 100
    """Somebody is in the room.

    - When: for everybody who is there already, behind the state CONNECTED (on a new connection
    before it), and for each newcomer; never for the own participant.
    - `participant_id`: who.
    - `text`: the name.
    - `json`: `participant` is what the snapshot has of it.
    """

    PARTICIPANT_LEFT = 101
    """Somebody is no longer in the room.

    - When: once for each who leaves while this participant is in the room.
    - `participant_id`: who.
    - `code`: the service's number for the reason, e.g. 1001 for a lost connection; 1007 when it is
    unknown.
    - `text`: its name.
    """

    PARTICIPANT_NAME_CHANGED = 102
    """Somebody has another name.

    - When: on each change.
    - `participant_id`: who.
    - `text`: the new name.
    """

    PARTICIPANT_MODE_CHANGED = 103
    """Somebody does something else with media.

    - When: on each change, also of the own participant.
    - `participant_id`: who.
    - `code`: a `Mode`; 0 when it is unknown.
    - `text`: its name, e.g. `RECV_ONLY`.
    """

    PARTICIPANT_METADATA_CHANGED = 104
    """Somebody tells something else about itself.

    - When: when it came back with other metadata.
    - `participant_id`: who.
    - `json`: `metaData` is all of it, an object or null.
    """

    MEDIA_STATE_CHANGED = 105
    """Somebody began or stopped to send.

    - When: on each change, also of the own participant.
    - `participant_id`: who.
    - `code`: 1 or 0.
    - `text`: what: `audio`, `video`, `share` or `shareAudio`.
    """

    ACTIVE_SPEAKER_CHANGED = 106
    """Somebody else speaks, or nobody.

    - When: on each change.
    - `participant_id`: who; NULL for nobody.
    """

    PIN_STATE_CHANGED = 107
    """Somebody was pinned or unpinned for everybody.

    - When: on each change.
    - `participant_id`: who.
    - `json`: `cam` and `share` are what is pinned now, `pinnedBy` is who did it.
    """

    ENTRY_REQUESTED = 200
    """Somebody asks to be let in.

    - When: to those whose token has the permission `allow_join`.
    - `participant_id`: who.
    - `text`: the name.
    """

    ENTRY_RESPONDED = 201
    """It was decided whether somebody is let in.

    - When: to those who may decide, and to who asked.
    - `participant_id`: who asked.
    - `code`: 1 when it is let in, else 0.
    - `text`: the decision, `allowed` or `denied`.
    """

    MIC_REQUESTED = 202
    """Somebody asks this participant to switch its microphone on.

    - When: on each request. A microphone that is added or enabled accepts it, and everybody is told
    so by MEDIA_STATE_CHANGED; who does nothing declines it: the service knows no word for that.
    - `participant_id`: who asks.
    """

    WEBCAM_REQUESTED = 203
    """Somebody asks this participant to switch its camera on.

    - When: on each request. A camera that is added or enabled accepts it, and everybody is told so
    by MEDIA_STATE_CHANGED; who does nothing declines it: the service knows no word for that.
    - `participant_id`: who asks.
    """

    SWITCH_REQUESTED = 204
    """Somebody asks this participant to go on in another meeting.

    - When: on each request.
    - `participant_id`: who asks.
    - `text`: the id of that meeting.
    - `json`: `data` is what came with it, without the token.
    """

    MESSAGE = 300
    """A message came on a topic that is subscribed.

    - When: for what was kept before the subscription, in order, and for each new one.
    - `participant_id`: the sender.
    - `text`: the topic.
    - `payload`: the message, UTF-8.
    - `code`: 1 when it is from before the subscription, else 0.
    - `json`: `message`, `id`, `timestamp`, `payload` and `sendOnly` as the service tells them.
    """

    STORE_VALUE_CHANGED = 301
    """A value that is observed has changed.

    - When: on each change.
    - `participant_id`: who changed it.
    - `text`: the key.
    - `payload`: the value, UTF-8.
    - `code`: 0 when the value is gone, else 1.
    - `json`: `value` is the value; absent when it is gone.
    """

    RECORDING_STATE_CHANGED = 400
    """The recording is in another state.

    - When: on each change, to everybody in the room; and when the service told nothing of it on a
    new connection: then it is unknown.
    - `code`: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
    - `text`: the name of the state, e.g. `RECORDING_STARTED`.
    - `json`: what else the service tells, e.g. URLs.
    """

    LIVESTREAM_STATE_CHANGED = 401
    """The livestream is in another state.

    - When: on each change, to everybody in the room; and when the service told nothing of it on a
    new connection: then it is unknown.
    - `code`: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
    - `text`: the name of the state, e.g. `LIVESTREAM_STARTED`.
    - `json`: what else the service tells, e.g. URLs.
    """

    HLS_STATE_CHANGED = 402
    """The HLS stream is in another state.

    - When: on each change, to everybody in the room; and when the service told nothing of it on a
    new connection: then it is unknown.
    - `code`: 1 starting, 2 started, 3 stopping, 4 stopped, 5 playable; 0 when it is unknown.
    - `text`: the name of the state, e.g. `HLS_STARTED`.
    - `json`: what else the service tells, e.g. URLs.
    """

    TRANSCRIPTION_STATE_CHANGED = 403
    """The transcription is in another state.

    - When: on each change, to everybody in the room; and when the service told nothing of it on a
    new connection: then it is unknown.
    - `code`: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
    - `text`: the name of the state, e.g. `TRANSCRIPTION_STARTED`.
    - `json`: what else the service tells, e.g. URLs.
    """

    TRANSLATION_STATE_CHANGED = 404
    """The translation is in another state.

    - When: on each change, to everybody in the room; and when the service told nothing of it on a
    new connection: then it is unknown.
    - `code`: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
    - `text`: the name of the state, e.g. `TRANSLATION_STARTED`.
    - `json`: what else the service tells, e.g. URLs.
    """

    WHITEBOARD_STATE_CHANGED = 405
    """The whiteboard is in another state.

    - When: on each change, to everybody in the room; and when the service told nothing of it on a
    new connection: then it is unknown.
    - `code`: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
    - `text`: the name of the state, e.g. `WHITEBOARD_STARTED`.
    - `json`: what else the service tells, e.g. URLs.
    """

    TRANSCRIPTION_TEXT = 410
    """Somebody said something.

    - When: while a transcription runs.
    - `participant_id`: who.
    - `text`: what.
    - `json`: `data` is all of it.
    """

    TRANSLATION_TEXT = 411
    """Somebody said something, translated.

    - When: while a translation runs.
    - `participant_id`: who.
    - `text`: what.
    - `json`: `data` is all of it.
    """

    TRANSLATION_LANGUAGE_CHANGED = 412
    """Somebody wants translations in another language.

    - When: on each change.
    - `participant_id`: who.
    - `text`: the language.
    - `json`: `data` is all of it.
    """

    AGENT_STATE_CHANGED = 500
    """An agent does something else.

    - When: on each change.
    - `participant_id`: the agent.
    - `text`: `idle`, `listening`, `thinking` or `speaking`.
    """

    AGENT_TRANSCRIPT = 501
    """An agent heard or said something.

    - When: for each piece of it.
    - `participant_id`: who spoke.
    - `text`: what.
    - `json`: `data` is all of it.
    """

    AGENT_METRICS = 502
    """Figures of an agent.

    - When: when the agent tells them.
    - `participant_id`: the agent.
    - `json`: `data` is all of it.
    """

    CHARACTER_JOINED = 510
    """A character joined.

    - When: once for each.
    - `participant_id`: the character.
    - `text`: its name.
    - `json`: `data` is all of it.
    """

    CHARACTER_LEFT = 511
    """A character left.

    - When: once for each.
    - `participant_id`: the character.
    - `json`: `data` is all of it.
    """

    CHARACTER_STATE_CHANGED = 512
    """A character is in another state.

    - When: on each change.
    - `participant_id`: the character.
    - `text`: the state, e.g. `CHARACTER_SPEAKING`.
    - `json`: `data` is all of it.
    """

    CHARACTER_MESSAGE = 513
    """A character said something.

    - When: for each message.
    - `participant_id`: the character.
    - `text`: what.
    - `json`: `data` is all of it.
    """

    CHARACTER_USER_MESSAGE = 514
    """Somebody said something to a character.

    - When: for each message.
    - `participant_id`: the character.
    - `text`: what.
    - `json`: `data` is all of it.
    """

    CHARACTER_DATA = 515
    """A character sent data.

    - When: for each piece.
    - `participant_id`: the character.
    - `text`: the topic.
    - `json`: `data` is all of it.
    """

    CHARACTER_ERROR = 516
    """A character failed.

    - When: on each failure.
    - `participant_id`: the character.
    - `json`: `data` is all of it.
    """

    CONNECTION_OPENED = 600
    """A connection to another meeting was opened.

    - When: once for each.
    - `text`: the id of that meeting.
    - `json`: `data` is all of it.
    """

    CONNECTION_CLOSED = 601
    """A connection to another meeting was closed.

    - When: once for each.
    - `text`: the id of that meeting.
    - `json`: `data` is all of it.
    """

    CONNECTION_MESSAGE = 602
    """Somebody in a connected meeting wrote something.

    - When: for each message.
    - `participant_id`: who.
    - `text`: what.
    - `json`: `data` is all of it.
    """

    CONNECTION_PARTICIPANT_JOINED = 603
    """Somebody joined a connected meeting.

    - When: once for each.
    - `participant_id`: who.
    - `text`: the id of that meeting.
    - `json`: `data` is all of it.
    """

    CONNECTION_PARTICIPANT_LEFT = 604
    """Somebody left a connected meeting.

    - When: once for each.
    - `participant_id`: who.
    - `text`: the id of that meeting.
    - `json`: `data` is all of it.
    """

    MEDIA_RELAY_STARTED = 610
    """Media is relayed to another meeting.

    - When: on each beginning.
    - `text`: the id of that meeting.
    - `json`: `data` is all of it.
    """

    MEDIA_RELAY_STOPPED = 611
    """Media is no longer relayed to another meeting.

    - When: on each end.
    - `text`: the id of that meeting.
    - `json`: `data` is all of it.
    """

    MEDIA_RELAY_ERROR = 612
    """Media could not be relayed to another meeting.

    - When: on each failure.
    - `text`: the id of that meeting.
    - `json`: `data` is all of it.
    """

    MEDIA_RELAY_REQUESTED = 613
    """Somebody in another meeting asks to relay its media to this one.

    - When: on each request.
    - `participant_id`: who asks.
    - `text`: the id of that meeting.
    - `json`: `data` is all of it.
    """

    MEDIA_RELAY_RESPONDED = 614
    """Another meeting answered to the wish to relay media there.

    - When: on each answer.
    - `participant_id`: who decided.
    - `text`: the id of that meeting.
    - `json`: `data` is all of it.
    """

    TRACK_ADDED = 700
    """Somebody sends a track that can be received now.

    - When: once for each track, also for those that were sent before this participant joined.
    - `participant_id`: who sends it.
    - `track_id`: the track.
    - `code`: what it is, a `TrackKind`.
    - `text`: the name of that, e.g. `audio`.
    - `json`: `codec` is its name, `spatialLayers` and `temporalLayers` are their numbers, `paused`
    says whether it rests, `appData` is what its sender tells with it.
    """

    TRACK_REMOVED = 701
    """A track is no longer sent.

    - When: once for each that was added; its frames that are left can still be read.
    - `participant_id`: who sent it.
    - `track_id`: the track.
    - `code`: what it was, a `TrackKind`.
    - `text`: the name of that.
    """

    TRACK_PAUSED = 702
    """A track rests: its sender has paused it.

    - When: on each pause.
    - `participant_id`: who sends it.
    - `track_id`: the track.
    - `code`: what it is, a `TrackKind`.
    - `text`: the name of that.
    """

    TRACK_RESUMED = 703
    """A track goes on.

    - When: on each end of a pause.
    - `participant_id`: who sends it.
    - `track_id`: the track.
    - `code`: what it is, a `TrackKind`.
    - `text`: the name of that.
    """

    TRACK_LAYERS_CHANGED = 704
    """A track comes in another size or rate.

    - When: on each change.
    - `participant_id`: who sends it.
    - `track_id`: the track.
    - `code`: the spatial layer; -1 for none.
    - `text`: what the track is, e.g. `video`.
    - `json`: `spatialLayer` and `temporalLayer` are the layers.
    """

    TRACK_PUBLISHED = 710
    """One of this participant's own tracks is sent from now on.

    - When: once the service has taken it, again after each new connection.
    - `participant_id`: this participant.
    - `track_id`: the track.
    - `code`: what it is, a `TrackKind`.
    - `text`: the name of that.
    """

    TRACK_UNPUBLISHED = 711
    """One of this participant's own tracks is no longer sent.

    - When: when it was switched off or taken out, or the connection is lost.
    - `participant_id`: this participant.
    - `track_id`: the track.
    - `code`: what it is, a `TrackKind`.
    - `text`: the name of that.
    """

    TRACK_FAILED = 712
    """One of this participant's own tracks cannot be sent.

    - When: e.g. when the room does not offer its codec, or the service refuses it.
    - `participant_id`: this participant.
    - `track_id`: the track.
    - `code`: what it is, a `TrackKind`.
    - `text`: why.
    - `status`: a `Status`.
    - `json`: `remedy` is what to do, `serviceCode` the service's own number or null.
    """

    SOURCE_MISSING = 713
    """The options of the meeting want a microphone or a camera, but there is no track to send.

    - When: once for each, after joining; what is added later is sent all the same.
    - `participant_id`: this participant.
    - `code`: what is missing, a `TrackKind`.
    - `text`: the name of that, `audio` or `video`.
    """

    KEY_FRAME_REQUESTED = 714
    """Somebody cannot decode one of this participant's own tracks without a key frame: make one.

    - When: when nobody has asked since the last key frame.
    - `participant_id`: this participant.
    - `track_id`: the track.
    - `code`: what it is, a `TrackKind`.
    - `text`: the name of that.
    """

    ENCODER_TARGET_CHANGED = 715
    """The network allows something else for one of this participant's own tracks.

    - When: when a layer goes on or off, or its rate changes by a tenth. Ask the track for the
    target of its encoder.
    - `participant_id`: this participant.
    - `track_id`: the track.
    - `code`: the layer; 0 is the smallest.
    """

    QUALITY_LIMITATION_CHANGED = 716
    """Network or processor limit one of this participant's own pictures, or no longer do.

    - When: when for two seconds a layer is off or all together get less than four fifths of what
    they want; then when for four seconds they get nearly all of it. For the processor, whenever the
    pictures of a camera become smaller than they should be, smaller still, or larger again. A track
    that is no longer sent is not limited any more, and nothing but
    VSDK_EVENT_TYPE_TRACK_UNPUBLISHED says so.
    - `participant_id`: this participant.
    - `track_id`: the track.
    - `code`: 1 when it is limited from now on, 0 when it no longer is.
    - `text`: what is scarce: `bandwidth`, or `cpu` when raw pictures are not encoded in time.
    - `json`: `state` is `detected` or `resolved`, as the official clients say it; `wantedKbps` and
    `grantedKbps` are what all its layers together want and get, in kilobits per second; for the
    processor `reducedBy` is by what each side is divided.
    """

    TRANSPORT_STATE_CHANGED = 720
    """The way for media is another one.

    - When: on each change.
    - `participant_id`: this participant.
    - `code`: 1 connected, 2 disconnected, which is mended by itself, 3 failed.
    - `text`: which way, `send` or `receive`.
    - `status`: why it failed, a `Status`; else 0.
    - `json`: `state` is the name of the state, `reason` says more where there is more to say.
    """

    DATA = 730
    """Data came.

    - When: for each piece; the order is not that in which they were sent.
    - `participant_id`: who sent it.
    - `payload`: the data.
    - `text`: `text` when it is UTF-8, else `binary`.
    - `code`: how it was sent, a `Reliability`.
    """

    DEVICES_CHANGED = 740
    """Microphones or speakers of this machine came or went, or another one is the default.

    - When: within some two seconds of each change, after `Meeting.watch_devices()`.
    - `participant_id`: this participant.
    - `code`: which, a `DeviceKind`.
    - `text`: the name of that, `microphone` or `speaker`.
    - `json`: `added` and `removed` are lists of devices, each with `id` and `name`; `default` is
    the device that is the default now, null when that is as before.
    """

    DEVICE_FAILED = 741
    """A microphone or speaker could not be opened by the library, or does not work any more.

    - When: when the microphone that the options or `Meeting.set_mic_enabled()` want cannot be
    opened, and once for each open device that fails. The meeting goes on.
    - `participant_id`: this participant.
    - `code`: what it is, a `DeviceKind`.
    - `text`: why.
    - `status`: a `Status`.
    - `json`: `remedy` is what to do, `kind` is `microphone` or `speaker`, `device` has `id` and
    `name` of the device; it is null when none could be opened.
    """
