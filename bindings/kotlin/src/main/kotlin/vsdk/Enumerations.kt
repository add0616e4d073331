// Generated from include/vsdk.h by `make header`: the enumerations.
// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

/**
 * How a call ended: 0 is success, negative a failure, positive a piece of information.
 *
 * Numbers are never reused. Treat an unknown negative one as a failure and an unknown positive one
 * as success without a result.
 */
public class Status private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** Success. */
        @JvmField
        public val OK: Status = Status(0, "OK")

        /** Nothing to read within the time given. */
        @JvmField
        public val NO_EVENT: Status = Status(1, "NO_EVENT")

        /**
         * The meeting has ended and all its events were read, or a track has and all its frames
         * were.
         */
        @JvmField
        public val CLOSED: Status = Status(2, "CLOSED")

        /**
         * The frame was not taken, for nobody is there to take it: the track is off, the meeting
         * not joined, or the connection is being made anew. Go on; frames are taken again once
         * there is a way.
         */
        @JvmField
        public val NOT_SENDING: Status = Status(3, "NOT_SENDING")

        /**
         * Not taken, for too much waits already: the network is slower than the app. Make less;
         * data can be sent again a little later, and a track of pictures goes on with its next key
         * frame.
         */
        @JvmField
        public val FULL: Status = Status(4, "FULL")

        /**
         * The frame was not taken, for it cannot be decoded without one that was not sent. Make a
         * key frame.
         */
        @JvmField
        public val NEEDS_KEY_FRAME: Status = Status(5, "NEEDS_KEY_FRAME")

        /**
         * The frame was not taken, for its layer is switched off for lack of bandwidth. Nothing is
         * lost; save the work of encoding it until its target is active again.
         */
        @JvmField
        public val LAYER_OFF: Status = Status(6, "LAYER_OFF")

        /**
         * The frame was not taken, for the app's transform of frames has dropped it. A track of
         * pictures goes on with its next key frame.
         */
        @JvmField
        public val DROPPED: Status = Status(7, "DROPPED")

        /** A required pointer was NULL. */
        @JvmField
        public val NULL_POINTER: Status = Status(-1, "NULL_POINTER")

        /** A handle is stale, was freed already, or is of another type. */
        @JvmField
        public val INVALID_HANDLE: Status = Status(-2, "INVALID_HANDLE")

        /** An argument has a value that is not allowed. */
        @JvmField
        public val INVALID_ARGUMENT: Status = Status(-3, "INVALID_ARGUMENT")

        /** A text is not valid UTF-8. */
        @JvmField
        public val INVALID_UTF8: Status = Status(-4, "INVALID_UTF8")

        /** The object is in a state that does not allow the call. */
        @JvmField
        public val INVALID_STATE: Status = Status(-5, "INVALID_STATE")

        /** This build or version cannot do it. */
        @JvmField
        public val UNSUPPORTED: Status = Status(-6, "UNSUPPORTED")

        /** A blocking call from inside a callback: it would wait for itself. */
        @JvmField
        public val WOULD_DEADLOCK: Status = Status(-7, "WOULD_DEADLOCK")

        /** The process was forked; see the C header. */
        @JvmField
        public val FORKED: Status = Status(-8, "FORKED")

        /** A defect of the library was caught at its boundary. */
        @JvmField
        public val PANIC: Status = Status(-9, "PANIC")

        /** The deadline passed. */
        @JvmField
        public val TIMEOUT: Status = Status(-10, "TIMEOUT")

        /** The operation was cancelled. */
        @JvmField
        public val CANCELLED: Status = Status(-11, "CANCELLED")

        /** The library was shut down while the operation was running. */
        @JvmField
        public val SHUTDOWN: Status = Status(-12, "SHUTDOWN")

        /** Header and library disagree about the ABI. */
        @JvmField
        public val ABI_MISMATCH: Status = Status(-13, "ABI_MISMATCH")

        /** Threads, handles or descriptors are used up. */
        @JvmField
        public val RESOURCE_EXHAUSTED: Status = Status(-14, "RESOURCE_EXHAUSTED")

        /** No token: neither the options nor [Vsdk.config] gave one. */
        @JvmField
        public val NOT_CONFIGURED: Status = Status(-15, "NOT_CONFIGURED")

        /** The token is not a token of this service. */
        @JvmField
        public val TOKEN_MALFORMED: Status = Status(-100, "TOKEN_MALFORMED")

        /** The token's life is over. */
        @JvmField
        public val TOKEN_EXPIRED: Status = Status(-101, "TOKEN_EXPIRED")

        /** The token is not valid yet. */
        @JvmField
        public val TOKEN_NOT_YET_VALID: Status = Status(-102, "TOKEN_NOT_YET_VALID")

        /** The token's permissions contradict each other (service number 4008). */
        @JvmField
        public val TOKEN_PERMISSIONS: Status = Status(-103, "TOKEN_PERMISSIONS")

        /** The token is for another room (service number 4022). */
        @JvmField
        public val TOKEN_ROOM_MISMATCH: Status = Status(-104, "TOKEN_ROOM_MISMATCH")

        /** The token is for another participant (service number 4023). */
        @JvmField
        public val TOKEN_PARTICIPANT_MISMATCH: Status = Status(-105, "TOKEN_PARTICIPANT_MISMATCH")

        /** The token's roles do not allow this use (service number 4024). */
        @JvmField
        public val TOKEN_ROLE: Status = Status(-106, "TOKEN_ROLE")

        /** The token server answered, but with no token in its reply. */
        @JvmField
        public val TOKEN_SERVER_REPLY: Status = Status(-107, "TOKEN_SERVER_REPLY")

        /** The host name could not be resolved. */
        @JvmField
        public val NETWORK_DNS: Status = Status(-200, "NETWORK_DNS")

        /** No connection could be made. */
        @JvmField
        public val NETWORK_CONNECT: Status = Status(-201, "NETWORK_CONNECT")

        /** The TLS handshake failed. */
        @JvmField
        public val NETWORK_TLS: Status = Status(-202, "NETWORK_TLS")

        /** The proxy refused or failed. */
        @JvmField
        public val NETWORK_PROXY: Status = Status(-203, "NETWORK_PROXY")

        /** The connection broke during the exchange. */
        @JvmField
        public val NETWORK_BROKEN: Status = Status(-204, "NETWORK_BROKEN")

        /** Plain http or ws to a host that is not this machine. */
        @JvmField
        public val NETWORK_INSECURE: Status = Status(-205, "NETWORK_INSECURE")

        /** The reply is not what the protocol promises. */
        @JvmField
        public val INVALID_RESPONSE: Status = Status(-220, "INVALID_RESPONSE")

        /** The reply is larger than the library accepts. */
        @JvmField
        public val RESPONSE_TOO_LARGE: Status = Status(-221, "RESPONSE_TOO_LARGE")

        /** The server answered with a redirect; redirects are never followed. */
        @JvmField
        public val REDIRECT: Status = Status(-222, "REDIRECT")

        /**
         * HTTP 400 and other 4xx without a status of their own: the request was refused as wrong.
         */
        @JvmField
        public val BAD_REQUEST: Status = Status(-230, "BAD_REQUEST")

        /** HTTP 401: the token was refused. */
        @JvmField
        public val UNAUTHORIZED: Status = Status(-231, "UNAUTHORIZED")

        /** HTTP 403: the token's rights do not cover this. */
        @JvmField
        public val FORBIDDEN: Status = Status(-232, "FORBIDDEN")

        /** HTTP 404, and 402, which this service uses for the same. */
        @JvmField
        public val NOT_FOUND: Status = Status(-233, "NOT_FOUND")

        /** HTTP 409: it exists already, or contradicts what exists. */
        @JvmField
        public val CONFLICT: Status = Status(-234, "CONFLICT")

        /** HTTP 429: too many requests. */
        @JvmField
        public val RATE_LIMITED: Status = Status(-235, "RATE_LIMITED")

        /** HTTP 5xx: the service failed. */
        @JvmField
        public val SERVER_ERROR: Status = Status(-236, "SERVER_ERROR")

        /** The connection to the meeting was lost. */
        @JvmField
        public val CONNECTION_LOST: Status = Status(-300, "CONNECTION_LOST")

        /** Somebody in the room decided not to let this participant in. */
        @JvmField
        public val ENTRY_DENIED: Status = Status(-301, "ENTRY_DENIED")

        /** The participant was removed from the meeting. */
        @JvmField
        public val REMOVED: Status = Status(-302, "REMOVED")

        /** The meeting was ended for everybody. */
        @JvmField
        public val MEETING_ENDED: Status = Status(-303, "MEETING_ENDED")

        /** Somebody joined with the same participant id. */
        @JvmField
        public val DUPLICATE_PARTICIPANT: Status = Status(-304, "DUPLICATE_PARTICIPANT")

        /** A limit of the room or the account is reached, e.g. the number of participants. */
        @JvmField
        public val LIMIT_REACHED: Status = Status(-305, "LIMIT_REACHED")

        /** The service refused a request of the meeting; its own number says why. */
        @JvmField
        public val REFUSED: Status = Status(-306, "REFUSED")

        private val known: Map<Int, Status> = listOf(
            OK,
            NO_EVENT,
            CLOSED,
            NOT_SENDING,
            FULL,
            NEEDS_KEY_FRAME,
            LAYER_OFF,
            DROPPED,
            NULL_POINTER,
            INVALID_HANDLE,
            INVALID_ARGUMENT,
            INVALID_UTF8,
            INVALID_STATE,
            UNSUPPORTED,
            WOULD_DEADLOCK,
            FORKED,
            PANIC,
            TIMEOUT,
            CANCELLED,
            SHUTDOWN,
            ABI_MISMATCH,
            RESOURCE_EXHAUSTED,
            NOT_CONFIGURED,
            TOKEN_MALFORMED,
            TOKEN_EXPIRED,
            TOKEN_NOT_YET_VALID,
            TOKEN_PERMISSIONS,
            TOKEN_ROOM_MISMATCH,
            TOKEN_PARTICIPANT_MISMATCH,
            TOKEN_ROLE,
            TOKEN_SERVER_REPLY,
            NETWORK_DNS,
            NETWORK_CONNECT,
            NETWORK_TLS,
            NETWORK_PROXY,
            NETWORK_BROKEN,
            NETWORK_INSECURE,
            INVALID_RESPONSE,
            RESPONSE_TOO_LARGE,
            REDIRECT,
            BAD_REQUEST,
            UNAUTHORIZED,
            FORBIDDEN,
            NOT_FOUND,
            CONFLICT,
            RATE_LIMITED,
            SERVER_ERROR,
            CONNECTION_LOST,
            ENTRY_DENIED,
            REMOVED,
            MEETING_ENDED,
            DUPLICATE_PARTICIPANT,
            LIMIT_REACHED,
            REFUSED,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): Status = known[number] ?: Status(number, UNKNOWN_NAME)
    }
}

/** A kind of handle, for counting. */
public class HandleKind private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** All kinds together. */
        @JvmField
        public val ALL: HandleKind = HandleKind(0, "ALL")

        /** Error. */
        @JvmField
        public val ERROR: HandleKind = HandleKind(1, "ERROR")

        /** Op. */
        @JvmField
        public val OP: HandleKind = HandleKind(2, "OP")

        /** ConfigOptions. */
        @JvmField
        public val CONFIG_OPTIONS: HandleKind = HandleKind(3, "CONFIG_OPTIONS")

        /** Token. */
        @JvmField
        public val TOKEN: HandleKind = HandleKind(4, "TOKEN")

        /** TokenMintOptions. */
        @JvmField
        public val TOKEN_MINT_OPTIONS: HandleKind = HandleKind(5, "TOKEN_MINT_OPTIONS")

        /** TokenFetchOptions. */
        @JvmField
        public val TOKEN_FETCH_OPTIONS: HandleKind = HandleKind(6, "TOKEN_FETCH_OPTIONS")

        /** TokenReport. */
        @JvmField
        public val TOKEN_REPORT: HandleKind = HandleKind(7, "TOKEN_REPORT")

        /** RequestOptions. */
        @JvmField
        public val REQUEST_OPTIONS: HandleKind = HandleKind(8, "REQUEST_OPTIONS")

        /** RoomOptions. */
        @JvmField
        public val ROOM_OPTIONS: HandleKind = HandleKind(9, "ROOM_OPTIONS")

        /** RoomListOptions. */
        @JvmField
        public val ROOM_LIST_OPTIONS: HandleKind = HandleKind(10, "ROOM_LIST_OPTIONS")

        /** Room. */
        @JvmField
        public val ROOM: HandleKind = HandleKind(11, "ROOM")

        /** RoomList. */
        @JvmField
        public val ROOM_LIST: HandleKind = HandleKind(12, "ROOM_LIST")

        /** MeetingOptions. */
        @JvmField
        public val MEETING_OPTIONS: HandleKind = HandleKind(13, "MEETING_OPTIONS")

        /** Meeting. */
        @JvmField
        public val MEETING: HandleKind = HandleKind(14, "MEETING")

        /** MeetingSnapshot. */
        @JvmField
        public val MEETING_SNAPSHOT: HandleKind = HandleKind(15, "MEETING_SNAPSHOT")

        /** Event. */
        @JvmField
        public val EVENT: HandleKind = HandleKind(16, "EVENT")

        /** Participant. */
        @JvmField
        public val PARTICIPANT: HandleKind = HandleKind(17, "PARTICIPANT")

        /** PublishOptions. */
        @JvmField
        public val PUBLISH_OPTIONS: HandleKind = HandleKind(18, "PUBLISH_OPTIONS")

        /** ServiceOptions. */
        @JvmField
        public val SERVICE_OPTIONS: HandleKind = HandleKind(19, "SERVICE_OPTIONS")

        /** Content. */
        @JvmField
        public val CONTENT: HandleKind = HandleKind(20, "CONTENT")

        /** TrackOptions. */
        @JvmField
        public val TRACK_OPTIONS: HandleKind = HandleKind(21, "TRACK_OPTIONS")

        /** LocalTrack. */
        @JvmField
        public val LOCAL_TRACK: HandleKind = HandleKind(22, "LOCAL_TRACK")

        /** RemoteTrack. */
        @JvmField
        public val REMOTE_TRACK: HandleKind = HandleKind(23, "REMOTE_TRACK")

        /** ReceivedFrame. */
        @JvmField
        public val RECEIVED_FRAME: HandleKind = HandleKind(24, "RECEIVED_FRAME")

        /** MediaStatistics. */
        @JvmField
        public val MEDIA_STATISTICS: HandleKind = HandleKind(25, "MEDIA_STATISTICS")

        /** AudioInput. */
        @JvmField
        public val AUDIO_INPUT: HandleKind = HandleKind(26, "AUDIO_INPUT")

        /** AudioOutput. */
        @JvmField
        public val AUDIO_OUTPUT: HandleKind = HandleKind(27, "AUDIO_OUTPUT")

        /** VideoInput. */
        @JvmField
        public val VIDEO_INPUT: HandleKind = HandleKind(28, "VIDEO_INPUT")

        /** VideoOutput. */
        @JvmField
        public val VIDEO_OUTPUT: HandleKind = HandleKind(29, "VIDEO_OUTPUT")

        /** ReceivedPicture. */
        @JvmField
        public val RECEIVED_PICTURE: HandleKind = HandleKind(30, "RECEIVED_PICTURE")

        /** DeviceList. */
        @JvmField
        public val DEVICE_LIST: HandleKind = HandleKind(31, "DEVICE_LIST")

        /** AudioDevice. */
        @JvmField
        public val AUDIO_DEVICE: HandleKind = HandleKind(32, "AUDIO_DEVICE")

        private val known: Map<Int, HandleKind> = listOf(
            ALL,
            ERROR,
            OP,
            CONFIG_OPTIONS,
            TOKEN,
            TOKEN_MINT_OPTIONS,
            TOKEN_FETCH_OPTIONS,
            TOKEN_REPORT,
            REQUEST_OPTIONS,
            ROOM_OPTIONS,
            ROOM_LIST_OPTIONS,
            ROOM,
            ROOM_LIST,
            MEETING_OPTIONS,
            MEETING,
            MEETING_SNAPSHOT,
            EVENT,
            PARTICIPANT,
            PUBLISH_OPTIONS,
            SERVICE_OPTIONS,
            CONTENT,
            TRACK_OPTIONS,
            LOCAL_TRACK,
            REMOTE_TRACK,
            RECEIVED_FRAME,
            MEDIA_STATISTICS,
            AUDIO_INPUT,
            AUDIO_OUTPUT,
            VIDEO_INPUT,
            VIDEO_OUTPUT,
            RECEIVED_PICTURE,
            DEVICE_LIST,
            AUDIO_DEVICE,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): HandleKind = known[number] ?: HandleKind(number, UNKNOWN_NAME)
    }
}

/** How important a record is; a handler gets those of its level and the more important ones. */
public class LogLevel private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** No records. */
        @JvmField
        public val OFF: LogLevel = LogLevel(0, "OFF")

        /** Something failed that the app is not told in another way. */
        @JvmField
        public val ERROR: LogLevel = LogLevel(1, "ERROR")

        /** Something that will likely become a failure. */
        @JvmField
        public val WARNING: LogLevel = LogLevel(2, "WARNING")

        /** The milestones: configured, initialised, ended. */
        @JvmField
        public val INFO: LogLevel = LogLevel(3, "INFO")

        /** Requests, retries, operations with their times. */
        @JvmField
        public val DEBUG: LogLevel = LogLevel(4, "DEBUG")

        /** Everything. */
        @JvmField
        public val TRACE: LogLevel = LogLevel(5, "TRACE")

        private val known: Map<Int, LogLevel> = listOf(
            OFF,
            ERROR,
            WARNING,
            INFO,
            DEBUG,
            TRACE,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): LogLevel = known[number] ?: LogLevel(number, UNKNOWN_NAME)
    }
}

/** What a finding is about. */
public class TokenFinding private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** There is no token in the text. */
        @JvmField
        public val EMPTY: TokenFinding = TokenFinding(100, "EMPTY")

        /** The text is longer than any token. */
        @JvmField
        public val TOO_LONG: TokenFinding = TokenFinding(101, "TOO_LONG")

        /** `Bearer` stands before the token. */
        @JvmField
        public val BEARER_PREFIX: TokenFinding = TokenFinding(102, "BEARER_PREFIX")

        /** `Basic` stands before the token. */
        @JvmField
        public val BASIC_PREFIX: TokenFinding = TokenFinding(103, "BASIC_PREFIX")

        /** Quotes stand around the token. */
        @JvmField
        public val QUOTES: TokenFinding = TokenFinding(104, "QUOTES")

        /** White space stands around the token, often a line break at its end. */
        @JvmField
        public val WHITE_SPACE_AROUND: TokenFinding = TokenFinding(105, "WHITE_SPACE_AROUND")

        /** White space stands inside the token. */
        @JvmField
        public val WHITE_SPACE_INSIDE: TokenFinding = TokenFinding(106, "WHITE_SPACE_INSIDE")

        /** The token is broken into lines. */
        @JvmField
        public val LINE_BREAK_INSIDE: TokenFinding = TokenFinding(107, "LINE_BREAK_INSIDE")

        /** The text is an API key, not a token. */
        @JvmField
        public val LOOKS_LIKE_API_KEY: TokenFinding = TokenFinding(108, "LOOKS_LIKE_API_KEY")

        /** The text is an API secret, not a token. */
        @JvmField
        public val LOOKS_LIKE_SECRET: TokenFinding = TokenFinding(109, "LOOKS_LIKE_SECRET")

        /** The text does not consist of three parts with dots between them. */
        @JvmField
        public val NOT_THREE_PARTS: TokenFinding = TokenFinding(200, "NOT_THREE_PARTS")

        /** The header or the payload is empty. */
        @JvmField
        public val PART_EMPTY: TokenFinding = TokenFinding(201, "PART_EMPTY")

        /** The header is not base64url. */
        @JvmField
        public val HEADER_NOT_BASE64URL: TokenFinding = TokenFinding(202, "HEADER_NOT_BASE64URL")

        /** The payload is not base64url. */
        @JvmField
        public val PAYLOAD_NOT_BASE64URL: TokenFinding = TokenFinding(203, "PAYLOAD_NOT_BASE64URL")

        /** The signature is not base64url. */
        @JvmField
        public val SIGNATURE_NOT_BASE64URL: TokenFinding = TokenFinding(204, "SIGNATURE_NOT_BASE64URL")

        /** A part is standard base64 (`+`, `/`, `=`) where base64url is needed. */
        @JvmField
        public val STANDARD_BASE64: TokenFinding = TokenFinding(205, "STANDARD_BASE64")

        /** The header is not JSON. */
        @JvmField
        public val HEADER_NOT_JSON: TokenFinding = TokenFinding(206, "HEADER_NOT_JSON")

        /** The header is JSON, but not an object. */
        @JvmField
        public val HEADER_NOT_OBJECT: TokenFinding = TokenFinding(207, "HEADER_NOT_OBJECT")

        /** The payload is not JSON. */
        @JvmField
        public val PAYLOAD_NOT_JSON: TokenFinding = TokenFinding(208, "PAYLOAD_NOT_JSON")

        /** The payload is JSON, but not an object. */
        @JvmField
        public val PAYLOAD_NOT_OBJECT: TokenFinding = TokenFinding(209, "PAYLOAD_NOT_OBJECT")

        /** The header does not say how the token is signed. */
        @JvmField
        public val ALGORITHM_MISSING: TokenFinding = TokenFinding(210, "ALGORITHM_MISSING")

        /** The token is signed in another way than HS256, or not at all. */
        @JvmField
        public val ALGORITHM_NOT_HS256: TokenFinding = TokenFinding(211, "ALGORITHM_NOT_HS256")

        /** The signature is empty. */
        @JvmField
        public val SIGNATURE_MISSING: TokenFinding = TokenFinding(212, "SIGNATURE_MISSING")

        /**
         * The signature is not as long as HS256 makes it: the token was cut, or something was
         * added.
         */
        @JvmField
        public val SIGNATURE_LENGTH: TokenFinding = TokenFinding(213, "SIGNATURE_LENGTH")

        /** The claim `apikey` is missing. */
        @JvmField
        public val API_KEY_MISSING: TokenFinding = TokenFinding(300, "API_KEY_MISSING")

        /** The claim `apikey` is written in another way, e.g. `apiKey`. */
        @JvmField
        public val API_KEY_MISSPELT: TokenFinding = TokenFinding(301, "API_KEY_MISSPELT")

        /** The claim `apikey` is empty. */
        @JvmField
        public val API_KEY_EMPTY: TokenFinding = TokenFinding(302, "API_KEY_EMPTY")

        /** The claim `apikey` is not text. */
        @JvmField
        public val API_KEY_NOT_TEXT: TokenFinding = TokenFinding(303, "API_KEY_NOT_TEXT")

        /** The claim `apikey` has white space in it. */
        @JvmField
        public val API_KEY_WHITE_SPACE: TokenFinding = TokenFinding(304, "API_KEY_WHITE_SPACE")

        /** The claim `apikey` holds what looks like the API secret. */
        @JvmField
        public val API_KEY_LOOKS_LIKE_SECRET: TokenFinding = TokenFinding(305, "API_KEY_LOOKS_LIKE_SECRET")

        /** The claim `version` is text; it has to be a number. */
        @JvmField
        public val VERSION_IS_TEXT: TokenFinding = TokenFinding(310, "VERSION_IS_TEXT")

        /** The claim `version` is missing though other claims need it. */
        @JvmField
        public val VERSION_MISSING: TokenFinding = TokenFinding(311, "VERSION_MISSING")

        /** The claim `version` is something else than the number 2. */
        @JvmField
        public val VERSION_UNKNOWN: TokenFinding = TokenFinding(312, "VERSION_UNKNOWN")

        /** The claim `roomId` or `participantId` is not text. */
        @JvmField
        public val ID_NOT_TEXT: TokenFinding = TokenFinding(320, "ID_NOT_TEXT")

        /** The claim `roomId` or `participantId` is empty. */
        @JvmField
        public val ID_EMPTY: TokenFinding = TokenFinding(321, "ID_EMPTY")

        /** A claim is written in a way that the service does not read. */
        @JvmField
        public val CLAIM_MISSPELT: TokenFinding = TokenFinding(322, "CLAIM_MISSPELT")

        /** The token's life is over. */
        @JvmField
        public val EXPIRED: TokenFinding = TokenFinding(400, "EXPIRED")

        /** The token is not valid yet. */
        @JvmField
        public val NOT_YET_VALID: TokenFinding = TokenFinding(401, "NOT_YET_VALID")

        /** The token claims to be issued in the future. */
        @JvmField
        public val ISSUED_IN_FUTURE: TokenFinding = TokenFinding(402, "ISSUED_IN_FUTURE")

        /** The token's life is over within a minute. */
        @JvmField
        public val EXPIRES_SOON: TokenFinding = TokenFinding(403, "EXPIRES_SOON")

        /** The token lives longer than seven days. */
        @JvmField
        public val LONG_LIFE: TokenFinding = TokenFinding(404, "LONG_LIFE")

        /** The token never expires. */
        @JvmField
        public val NO_EXPIRY: TokenFinding = TokenFinding(405, "NO_EXPIRY")

        /** This machine's clock differs from the service's. */
        @JvmField
        public val CLOCK_SKEW: TokenFinding = TokenFinding(406, "CLOCK_SKEW")

        /** A time is not a number. */
        @JvmField
        public val TIME_NOT_NUMBER: TokenFinding = TokenFinding(407, "TIME_NOT_NUMBER")

        /** A time has a fraction of a second. */
        @JvmField
        public val TIME_FRACTION: TokenFinding = TokenFinding(408, "TIME_FRACTION")

        /** A time is negative, or beyond the year 9999. */
        @JvmField
        public val TIME_OUT_OF_RANGE: TokenFinding = TokenFinding(409, "TIME_OUT_OF_RANGE")

        /** A time is given in milliseconds; it has to be in seconds. */
        @JvmField
        public val TIME_IN_MILLISECONDS: TokenFinding = TokenFinding(410, "TIME_IN_MILLISECONDS")

        /** The token expires no later than it was issued. */
        @JvmField
        public val NO_LIFE: TokenFinding = TokenFinding(411, "NO_LIFE")

        /** The claim `permissions` is missing, which means full rights. */
        @JvmField
        public val PERMISSIONS_MISSING: TokenFinding = TokenFinding(500, "PERMISSIONS_MISSING")

        /** The claim `permissions` is empty, which means full rights. */
        @JvmField
        public val PERMISSIONS_EMPTY: TokenFinding = TokenFinding(501, "PERMISSIONS_EMPTY")

        /** The claim `permissions` is not an array. */
        @JvmField
        public val PERMISSIONS_NOT_ARRAY: TokenFinding = TokenFinding(502, "PERMISSIONS_NOT_ARRAY")

        /** An entry of `permissions` is not text. */
        @JvmField
        public val PERMISSION_NOT_TEXT: TokenFinding = TokenFinding(503, "PERMISSION_NOT_TEXT")

        /** An entry of `permissions` is none that the service knows. */
        @JvmField
        public val PERMISSION_UNKNOWN: TokenFinding = TokenFinding(504, "PERMISSION_UNKNOWN")

        /** `ask_join` stands beside other permissions. */
        @JvmField
        public val ASK_JOIN_MIXED: TokenFinding = TokenFinding(505, "ASK_JOIN_MIXED")

        /** No permission admits the holder to a meeting, e.g. `allow_mod` alone. */
        @JvmField
        public val NO_JOIN_PERMISSION: TokenFinding = TokenFinding(506, "NO_JOIN_PERMISSION")

        /** The claim `roles` is not an array. */
        @JvmField
        public val ROLES_NOT_ARRAY: TokenFinding = TokenFinding(600, "ROLES_NOT_ARRAY")

        /** The claim `roles` is empty. */
        @JvmField
        public val ROLES_EMPTY: TokenFinding = TokenFinding(601, "ROLES_EMPTY")

        /** An entry of `roles` is not text. */
        @JvmField
        public val ROLE_NOT_TEXT: TokenFinding = TokenFinding(602, "ROLE_NOT_TEXT")

        /** An entry of `roles` is none that the service knows. */
        @JvmField
        public val ROLE_UNKNOWN: TokenFinding = TokenFinding(603, "ROLE_UNKNOWN")

        /** The roles allow the REST API only, not joining. */
        @JvmField
        public val ROLE_CANNOT_JOIN: TokenFinding = TokenFinding(604, "ROLE_CANNOT_JOIN")

        /** The roles allow joining only, not the REST API. */
        @JvmField
        public val ROLE_CANNOT_USE_REST: TokenFinding = TokenFinding(605, "ROLE_CANNOT_USE_REST")

        /** The token is for another room. */
        @JvmField
        public val ROOM_MISMATCH: TokenFinding = TokenFinding(700, "ROOM_MISMATCH")

        /** The token is for another participant. */
        @JvmField
        public val PARTICIPANT_MISMATCH: TokenFinding = TokenFinding(701, "PARTICIPANT_MISMATCH")

        /** The token is for one participant id, and the caller named none. */
        @JvmField
        public val PARTICIPANT_ID_NOT_GIVEN: TokenFinding = TokenFinding(702, "PARTICIPANT_ID_NOT_GIVEN")

        private val known: Map<Int, TokenFinding> = listOf(
            EMPTY,
            TOO_LONG,
            BEARER_PREFIX,
            BASIC_PREFIX,
            QUOTES,
            WHITE_SPACE_AROUND,
            WHITE_SPACE_INSIDE,
            LINE_BREAK_INSIDE,
            LOOKS_LIKE_API_KEY,
            LOOKS_LIKE_SECRET,
            NOT_THREE_PARTS,
            PART_EMPTY,
            HEADER_NOT_BASE64URL,
            PAYLOAD_NOT_BASE64URL,
            SIGNATURE_NOT_BASE64URL,
            STANDARD_BASE64,
            HEADER_NOT_JSON,
            HEADER_NOT_OBJECT,
            PAYLOAD_NOT_JSON,
            PAYLOAD_NOT_OBJECT,
            ALGORITHM_MISSING,
            ALGORITHM_NOT_HS256,
            SIGNATURE_MISSING,
            SIGNATURE_LENGTH,
            API_KEY_MISSING,
            API_KEY_MISSPELT,
            API_KEY_EMPTY,
            API_KEY_NOT_TEXT,
            API_KEY_WHITE_SPACE,
            API_KEY_LOOKS_LIKE_SECRET,
            VERSION_IS_TEXT,
            VERSION_MISSING,
            VERSION_UNKNOWN,
            ID_NOT_TEXT,
            ID_EMPTY,
            CLAIM_MISSPELT,
            EXPIRED,
            NOT_YET_VALID,
            ISSUED_IN_FUTURE,
            EXPIRES_SOON,
            LONG_LIFE,
            NO_EXPIRY,
            CLOCK_SKEW,
            TIME_NOT_NUMBER,
            TIME_FRACTION,
            TIME_OUT_OF_RANGE,
            TIME_IN_MILLISECONDS,
            NO_LIFE,
            PERMISSIONS_MISSING,
            PERMISSIONS_EMPTY,
            PERMISSIONS_NOT_ARRAY,
            PERMISSION_NOT_TEXT,
            PERMISSION_UNKNOWN,
            ASK_JOIN_MIXED,
            NO_JOIN_PERMISSION,
            ROLES_NOT_ARRAY,
            ROLES_EMPTY,
            ROLE_NOT_TEXT,
            ROLE_UNKNOWN,
            ROLE_CANNOT_JOIN,
            ROLE_CANNOT_USE_REST,
            ROOM_MISMATCH,
            PARTICIPANT_MISMATCH,
            PARTICIPANT_ID_NOT_GIVEN,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): TokenFinding = known[number] ?: TokenFinding(number, UNKNOWN_NAME)
    }
}

/** What a token is meant for. */
public class TokenPurpose private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** Not known. */
        @JvmField
        public val ANY: TokenPurpose = TokenPurpose(0, "ANY")

        /** Joining a meeting. */
        @JvmField
        public val JOIN: TokenPurpose = TokenPurpose(1, "JOIN")

        /** The REST API, such as creating a room. */
        @JvmField
        public val REST: TokenPurpose = TokenPurpose(2, "REST")

        private val known: Map<Int, TokenPurpose> = listOf(
            ANY,
            JOIN,
            REST,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): TokenPurpose = known[number] ?: TokenPurpose(number, UNKNOWN_NAME)
    }
}

/** How bad a finding is. */
public class Severity private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** Good to know. */
        @JvmField
        public val NOTICE: Severity = Severity(1, "NOTICE")

        /** It works, but not for long or not as one would think. */
        @JvmField
        public val WARNING: Severity = Severity(2, "WARNING")

        /** The service is certain to refuse it. */
        @JvmField
        public val ERROR: Severity = Severity(3, "ERROR")

        private val known: Map<Int, Severity> = listOf(
            NOTICE,
            WARNING,
            ERROR,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): Severity = known[number] ?: Severity(number, UNKNOWN_NAME)
    }
}

/** What a participant does with media. */
public class Mode private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** Sends and receives: the default. */
        @JvmField
        public val SEND_AND_RECV: Mode = Mode(1, "SEND_AND_RECV")

        /** Receives only. */
        @JvmField
        public val RECV_ONLY: Mode = Mode(2, "RECV_ONLY")

        /** Neither: events, messages and moderation only. */
        @JvmField
        public val SIGNALLING_ONLY: Mode = Mode(3, "SIGNALLING_ONLY")

        private val known: Map<Int, Mode> = listOf(
            SEND_AND_RECV,
            RECV_ONLY,
            SIGNALLING_ONLY,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): Mode = known[number] ?: Mode(number, UNKNOWN_NAME)
    }
}

/** How media travels. */
public class PreferredProtocol private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** UDP, or TCP where UDP does not get through: the default. */
        @JvmField
        public val UDP_OVER_TCP: PreferredProtocol = PreferredProtocol(1, "UDP_OVER_TCP")

        /** UDP only. */
        @JvmField
        public val UDP_ONLY: PreferredProtocol = PreferredProtocol(2, "UDP_ONLY")

        /** TCP only. */
        @JvmField
        public val TCP_ONLY: PreferredProtocol = PreferredProtocol(3, "TCP_ONLY")

        private val known: Map<Int, PreferredProtocol> = listOf(
            UDP_OVER_TCP,
            UDP_ONLY,
            TCP_ONLY,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): PreferredProtocol = known[number] ?: PreferredProtocol(number, UNKNOWN_NAME)
    }
}

/** The largest picture that the camera publishes. */
public class MaxResolution private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** 1280 x 720: the default. */
        @JvmField
        public val HD: MaxResolution = MaxResolution(1, "HD")

        /** 640 x 360. */
        @JvmField
        public val SD: MaxResolution = MaxResolution(2, "SD")

        private val known: Map<Int, MaxResolution> = listOf(
            HD,
            SD,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): MaxResolution = known[number] ?: MaxResolution(number, UNKNOWN_NAME)
    }
}

/** The codec of published audio. */
public class AudioCodec private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** Opus: the default. */
        @JvmField
        public val OPUS: AudioCodec = AudioCodec(1, "OPUS")

        /** G.711 mu-law. */
        @JvmField
        public val PCMU: AudioCodec = AudioCodec(2, "PCMU")

        /** G.711 A-law. */
        @JvmField
        public val PCMA: AudioCodec = AudioCodec(3, "PCMA")

        /** G.722. */
        @JvmField
        public val G722: AudioCodec = AudioCodec(4, "G722")

        private val known: Map<Int, AudioCodec> = listOf(
            OPUS,
            PCMU,
            PCMA,
            G722,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): AudioCodec = known[number] ?: AudioCodec(number, UNKNOWN_NAME)
    }
}

/** What kind of participant this is. */
public class PeerType private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** A person or an ordinary program: the default. */
        @JvmField
        public val NORMAL: PeerType = PeerType(1, "NORMAL")

        /** An AI agent; others see it as one. */
        @JvmField
        public val AGENT: PeerType = PeerType(2, "AGENT")

        private val known: Map<Int, PeerType> = listOf(
            NORMAL,
            AGENT,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): PeerType = known[number] ?: PeerType(number, UNKNOWN_NAME)
    }
}

/** Where a meeting stands. */
public class MeetingState private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** Made, not joined. */
        @JvmField
        public val INITIALISED: MeetingState = MeetingState(1, "INITIALISED")

        /** Joining. */
        @JvmField
        public val CONNECTING: MeetingState = MeetingState(2, "CONNECTING")

        /** Waits until somebody in the room lets it in. */
        @JvmField
        public val WAITING_ENTRY: MeetingState = MeetingState(3, "WAITING_ENTRY")

        /** In the room. */
        @JvmField
        public val CONNECTED: MeetingState = MeetingState(4, "CONNECTED")

        /** Lost the connection and is making a new one. */
        @JvmField
        public val RECONNECTING: MeetingState = MeetingState(5, "RECONNECTING")

        /** Leaving. */
        @JvmField
        public val LEAVING: MeetingState = MeetingState(6, "LEAVING")

        /** Has left: the end. */
        @JvmField
        public val LEFT: MeetingState = MeetingState(7, "LEFT")

        /** Could not join or lost the connection for good. */
        @JvmField
        public val FAILED: MeetingState = MeetingState(8, "FAILED")

        private val known: Map<Int, MeetingState> = listOf(
            INITIALISED,
            CONNECTING,
            WAITING_ENTRY,
            CONNECTED,
            RECONNECTING,
            LEAVING,
            LEFT,
            FAILED,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): MeetingState = known[number] ?: MeetingState(number, UNKNOWN_NAME)
    }
}

/** Something that is done to a participant. */
public class Moderation private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** Lets in who asked for it. */
        @JvmField
        public val ALLOW_ENTRY: Moderation = Moderation(1, "ALLOW_ENTRY")

        /** Does not let in who asked for it. */
        @JvmField
        public val DENY_ENTRY: Moderation = Moderation(2, "DENY_ENTRY")

        /** Asks to switch the microphone on; the participant decides. */
        @JvmField
        public val REQUEST_MIC: Moderation = Moderation(3, "REQUEST_MIC")

        /** Switches the microphone off. */
        @JvmField
        public val DISABLE_MIC: Moderation = Moderation(4, "DISABLE_MIC")

        /** Asks to switch the camera on; the participant decides. */
        @JvmField
        public val REQUEST_WEBCAM: Moderation = Moderation(5, "REQUEST_WEBCAM")

        /** Switches the camera off. */
        @JvmField
        public val DISABLE_WEBCAM: Moderation = Moderation(6, "DISABLE_WEBCAM")

        /** Removes from the meeting. */
        @JvmField
        public val REMOVE: Moderation = Moderation(7, "REMOVE")

        /**
         * Pins the camera for everybody. That the service has pins for native clients is inferred.
         */
        @JvmField
        public val PIN_CAMERA: Moderation = Moderation(8, "PIN_CAMERA")

        /** Takes the pin off the camera. */
        @JvmField
        public val UNPIN_CAMERA: Moderation = Moderation(9, "UNPIN_CAMERA")

        /** Pins the shared screen for everybody. */
        @JvmField
        public val PIN_SCREEN_SHARE: Moderation = Moderation(10, "PIN_SCREEN_SHARE")

        /** Takes the pin off the shared screen. */
        @JvmField
        public val UNPIN_SCREEN_SHARE: Moderation = Moderation(11, "UNPIN_SCREEN_SHARE")

        private val known: Map<Int, Moderation> = listOf(
            ALLOW_ENTRY,
            DENY_ENTRY,
            REQUEST_MIC,
            DISABLE_MIC,
            REQUEST_WEBCAM,
            DISABLE_WEBCAM,
            REMOVE,
            PIN_CAMERA,
            UNPIN_CAMERA,
            PIN_SCREEN_SHARE,
            UNPIN_SCREEN_SHARE,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): Moderation = known[number] ?: Moderation(number, UNKNOWN_NAME)
    }
}

/** How participants are arranged in a recording or stream. */
public class Layout private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** All are equally large. */
        @JvmField
        public val GRID: Layout = Layout(1, "GRID")

        /** One is large, nobody else is seen. */
        @JvmField
        public val SPOTLIGHT: Layout = Layout(2, "SPOTLIGHT")

        /** One is large, the others are beside it. */
        @JvmField
        public val SIDEBAR: Layout = Layout(3, "SIDEBAR")

        private val known: Map<Int, Layout> = listOf(
            GRID,
            SPOTLIGHT,
            SIDEBAR,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): Layout = known[number] ?: Layout(number, UNKNOWN_NAME)
    }
}

/** Who comes first in a layout. */
public class LayoutPriority private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** Who speaks. */
        @JvmField
        public val SPEAKER: LayoutPriority = LayoutPriority(1, "SPEAKER")

        /** Who is pinned. */
        @JvmField
        public val PIN: LayoutPriority = LayoutPriority(2, "PIN")

        private val known: Map<Int, LayoutPriority> = listOf(
            SPEAKER,
            PIN,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): LayoutPriority = known[number] ?: LayoutPriority(number, UNKNOWN_NAME)
    }
}

/** The colours of a recording or stream. */
public class Theme private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** Those of the service. */
        @JvmField
        public val DEFAULT: Theme = Theme(1, "DEFAULT")

        /** Light ones. */
        @JvmField
        public val LIGHT: Theme = Theme(2, "LIGHT")

        /** Dark ones. */
        @JvmField
        public val DARK: Theme = Theme(3, "DARK")

        private val known: Map<Int, Theme> = listOf(
            DEFAULT,
            LIGHT,
            DARK,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): Theme = known[number] ?: Theme(number, UNKNOWN_NAME)
    }
}

/** What is recorded or streamed. */
public class ServiceContent private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** Picture and sound. */
        @JvmField
        public val VIDEO_AND_AUDIO: ServiceContent = ServiceContent(1, "VIDEO_AND_AUDIO")

        /** Sound only. */
        @JvmField
        public val AUDIO: ServiceContent = ServiceContent(2, "AUDIO")

        private val known: Map<Int, ServiceContent> = listOf(
            VIDEO_AND_AUDIO,
            AUDIO,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): ServiceContent = known[number] ?: ServiceContent(number, UNKNOWN_NAME)
    }
}

/** How good a recording or stream is. */
public class ServiceQuality private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** Low. */
        @JvmField
        public val LOW: ServiceQuality = ServiceQuality(1, "LOW")

        /** Medium. */
        @JvmField
        public val MEDIUM: ServiceQuality = ServiceQuality(2, "MEDIUM")

        /** High. */
        @JvmField
        public val HIGH: ServiceQuality = ServiceQuality(3, "HIGH")

        /** The highest; known from the REST interface alone. */
        @JvmField
        public val ULTRA: ServiceQuality = ServiceQuality(4, "ULTRA")

        private val known: Map<Int, ServiceQuality> = listOf(
            LOW,
            MEDIUM,
            HIGH,
            ULTRA,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): ServiceQuality = known[number] ?: ServiceQuality(number, UNKNOWN_NAME)
    }
}

/** Which way up a recording or stream is; known from the REST interface alone. */
public class Orientation private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** Wider than high. */
        @JvmField
        public val LANDSCAPE: Orientation = Orientation(1, "LANDSCAPE")

        /** Higher than wide. */
        @JvmField
        public val PORTRAIT: Orientation = Orientation(2, "PORTRAIT")

        private val known: Map<Int, Orientation> = listOf(
            LANDSCAPE,
            PORTRAIT,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): Orientation = known[number] ?: Orientation(number, UNKNOWN_NAME)
    }
}

/** What a meeting may have running beside itself. */
public class ServiceKind private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** The meeting is recorded into a file. */
        @JvmField
        public val RECORDING: ServiceKind = ServiceKind(1, "RECORDING")

        /** It is sent to other platforms, by RTMP. */
        @JvmField
        public val LIVESTREAM: ServiceKind = ServiceKind(2, "LIVESTREAM")

        /** It can be watched with any player, by HLS. */
        @JvmField
        public val HLS: ServiceKind = ServiceKind(3, "HLS")

        /** What is said is written down. */
        @JvmField
        public val TRANSCRIPTION: ServiceKind = ServiceKind(4, "TRANSCRIPTION")

        /** What is said is translated. */
        @JvmField
        public val TRANSLATION: ServiceKind = ServiceKind(5, "TRANSLATION")

        /** Everybody can draw on one board. */
        @JvmField
        public val WHITEBOARD: ServiceKind = ServiceKind(6, "WHITEBOARD")

        private val known: Map<Int, ServiceKind> = listOf(
            RECORDING,
            LIVESTREAM,
            HLS,
            TRANSCRIPTION,
            TRANSLATION,
            WHITEBOARD,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): ServiceKind = known[number] ?: ServiceKind(number, UNKNOWN_NAME)
    }
}

/** How far a service is; `code` of its events. */
public class ServiceState private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** It was asked for. */
        @JvmField
        public val STARTING: ServiceState = ServiceState(1, "STARTING")

        /** It runs. */
        @JvmField
        public val STARTED: ServiceState = ServiceState(2, "STARTED")

        /** It was asked to end. */
        @JvmField
        public val STOPPING: ServiceState = ServiceState(3, "STOPPING")

        /** It does not run. */
        @JvmField
        public val STOPPED: ServiceState = ServiceState(4, "STOPPED")

        /** It runs, and what it makes can be watched: HLS only. */
        @JvmField
        public val PLAYABLE: ServiceState = ServiceState(5, "PLAYABLE")

        private val known: Map<Int, ServiceState> = listOf(
            STARTING,
            STARTED,
            STOPPING,
            STOPPED,
            PLAYABLE,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): ServiceState = known[number] ?: ServiceState(number, UNKNOWN_NAME)
    }
}

/** What an agent is doing. */
public class AgentState private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** Nothing. */
        @JvmField
        public val IDLE: AgentState = AgentState(1, "IDLE")

        /** Somebody speaks to it. */
        @JvmField
        public val LISTENING: AgentState = AgentState(2, "LISTENING")

        /** It looks for an answer. */
        @JvmField
        public val THINKING: AgentState = AgentState(3, "THINKING")

        /** It speaks. */
        @JvmField
        public val SPEAKING: AgentState = AgentState(4, "SPEAKING")

        private val known: Map<Int, AgentState> = listOf(
            IDLE,
            LISTENING,
            THINKING,
            SPEAKING,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): AgentState = known[number] ?: AgentState(number, UNKNOWN_NAME)
    }
}

/** What a track is: shared screens and their sound are told from the rest. */
public class TrackKind private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** A microphone, or any other sound. */
        @JvmField
        public val AUDIO: TrackKind = TrackKind(1, "AUDIO")

        /** A camera, or any other picture. */
        @JvmField
        public val VIDEO: TrackKind = TrackKind(2, "VIDEO")

        /** A shared screen. */
        @JvmField
        public val SHARE: TrackKind = TrackKind(3, "SHARE")

        /** The sound of what is shared. */
        @JvmField
        public val SHARE_AUDIO: TrackKind = TrackKind(4, "SHARE_AUDIO")

        private val known: Map<Int, TrackKind> = listOf(
            AUDIO,
            VIDEO,
            SHARE,
            SHARE_AUDIO,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): TrackKind = known[number] ?: TrackKind(number, UNKNOWN_NAME)
    }
}

/** How a track is encoded. */
public class Codec private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** Opus, 48 kHz. */
        @JvmField
        public val OPUS: Codec = Codec(1, "OPUS")

        /** G.711 mu-law. */
        @JvmField
        public val PCMU: Codec = Codec(2, "PCMU")

        /** G.711 A-law. */
        @JvmField
        public val PCMA: Codec = Codec(3, "PCMA")

        /** G.722. */
        @JvmField
        public val G722: Codec = Codec(4, "G722")

        /** VP8. */
        @JvmField
        public val VP8: Codec = Codec(5, "VP8")

        /** H.264, baseline; frames are access units with start codes (Annex B). */
        @JvmField
        public val H264: Codec = Codec(6, "H264")

        /** VP9, profile 0. */
        @JvmField
        public val VP9: Codec = Codec(7, "VP9")

        /** AV1, main profile. */
        @JvmField
        public val AV1: Codec = Codec(8, "AV1")

        private val known: Map<Int, Codec> = listOf(
            OPUS,
            PCMU,
            PCMA,
            G722,
            VP8,
            H264,
            VP9,
            AV1,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): Codec = known[number] ?: Codec(number, UNKNOWN_NAME)
    }
}

/** What the bit rates of pictures aim at. */
public class BitrateMode private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** Little bandwidth. */
        @JvmField
        public val BANDWIDTH_OPTIMIZED: BitrateMode = BitrateMode(1, "BANDWIDTH_OPTIMIZED")

        /** Between the two. */
        @JvmField
        public val BALANCED: BitrateMode = BitrateMode(2, "BALANCED")

        /** A good picture. */
        @JvmField
        public val HIGH_QUALITY: BitrateMode = BitrateMode(3, "HIGH_QUALITY")

        private val known: Map<Int, BitrateMode> = listOf(
            BANDWIDTH_OPTIMIZED,
            BALANCED,
            HIGH_QUALITY,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): BitrateMode = known[number] ?: BitrateMode(number, UNKNOWN_NAME)
    }
}

/** What is heard by a microphone. */
public class AudioProfile private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** Speech, over little bandwidth. */
        @JvmField
        public val SPEECH_LOW_QUALITY: AudioProfile = AudioProfile(1, "SPEECH_LOW_QUALITY")

        /** Speech. */
        @JvmField
        public val SPEECH_STANDARD: AudioProfile = AudioProfile(2, "SPEECH_STANDARD")

        /** Music. */
        @JvmField
        public val MUSIC_STANDARD: AudioProfile = AudioProfile(3, "MUSIC_STANDARD")

        /** Music in stereo. */
        @JvmField
        public val STANDARD_STEREO: AudioProfile = AudioProfile(4, "STANDARD_STEREO")

        /** Music, over much bandwidth. */
        @JvmField
        public val HIGH_QUALITY: AudioProfile = AudioProfile(5, "HIGH_QUALITY")

        /** The same in stereo. */
        @JvmField
        public val HIGH_QUALITY_STEREO: AudioProfile = AudioProfile(6, "HIGH_QUALITY_STEREO")

        private val known: Map<Int, AudioProfile> = listOf(
            SPEECH_LOW_QUALITY,
            SPEECH_STANDARD,
            MUSIC_STANDARD,
            STANDARD_STEREO,
            HIGH_QUALITY,
            HIGH_QUALITY_STEREO,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): AudioProfile = known[number] ?: AudioProfile(number, UNKNOWN_NAME)
    }
}

/** The height and rate of a shared screen. */
public class ScreenShareProfile private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** 640 x 360, 30 pictures per second. */
        @JvmField
        public val H360_FPS30: ScreenShareProfile = ScreenShareProfile(1, "H360_FPS30")

        /** 720 x 480, 15 pictures per second. */
        @JvmField
        public val H480_FPS15: ScreenShareProfile = ScreenShareProfile(2, "H480_FPS15")

        /** 720 x 480, 30 pictures per second. */
        @JvmField
        public val H480_FPS30: ScreenShareProfile = ScreenShareProfile(3, "H480_FPS30")

        /** 1280 x 720, 5 pictures per second. */
        @JvmField
        public val H720_FPS5: ScreenShareProfile = ScreenShareProfile(4, "H720_FPS5")

        /** 1280 x 720, 15 pictures per second. */
        @JvmField
        public val H720_FPS15: ScreenShareProfile = ScreenShareProfile(5, "H720_FPS15")

        /** 1280 x 720, 30 pictures per second. */
        @JvmField
        public val H720_FPS30: ScreenShareProfile = ScreenShareProfile(6, "H720_FPS30")

        /** 1920 x 1080, 15 pictures per second. */
        @JvmField
        public val H1080_FPS15: ScreenShareProfile = ScreenShareProfile(7, "H1080_FPS15")

        /** 1920 x 1080, 30 pictures per second. */
        @JvmField
        public val H1080_FPS30: ScreenShareProfile = ScreenShareProfile(8, "H1080_FPS30")

        private val known: Map<Int, ScreenShareProfile> = listOf(
            H360_FPS30,
            H480_FPS15,
            H480_FPS30,
            H720_FPS5,
            H720_FPS15,
            H720_FPS30,
            H1080_FPS15,
            H1080_FPS30,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): ScreenShareProfile = known[number] ?: ScreenShareProfile(number, UNKNOWN_NAME)
    }
}

/**
 * How the pixels of a picture lie in memory.
 *
 * Colours are those of BT.601, brightness in I420 and NV12 from 16 to 235.
 */
public class PictureFormat private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /**
         * Three planes: brightness, then the colour differences U and V in half the width and
         * height, rounded up.
         */
        @JvmField
        public val I420: PictureFormat = PictureFormat(1, "I420")

        /**
         * Two planes: brightness, then U and V by turns in half the width and height, rounded up.
         */
        @JvmField
        public val NV12: PictureFormat = PictureFormat(2, "NV12")

        /**
         * One plane of four bytes for each pixel: red, green, blue, and one of no meaning for what
         * is sent.
         */
        @JvmField
        public val RGBA: PictureFormat = PictureFormat(3, "RGBA")

        /**
         * One plane of four bytes for each pixel: blue, green, red, and one of no meaning for what
         * is sent.
         */
        @JvmField
        public val BGRA: PictureFormat = PictureFormat(4, "BGRA")

        private val known: Map<Int, PictureFormat> = listOf(
            I420,
            NV12,
            RGBA,
            BGRA,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): PictureFormat = known[number] ?: PictureFormat(number, UNKNOWN_NAME)
    }
}

/** How data is delivered. Neither way keeps the order. */
public class Reliability private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** What is lost is sent again, up to five times. */
        @JvmField
        public val RELIABLE: Reliability = Reliability(1, "RELIABLE")

        /** What is lost stays lost; it never waits behind reliable data. */
        @JvmField
        public val UNRELIABLE: Reliability = Reliability(2, "UNRELIABLE")

        private val known: Map<Int, Reliability> = listOf(
            RELIABLE,
            UNRELIABLE,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): Reliability = known[number] ?: Reliability(number, UNKNOWN_NAME)
    }
}

/** Which way media goes, as this participant sees it. */
public class TransportDirection private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** To the service. */
        @JvmField
        public val SEND: TransportDirection = TransportDirection(1, "SEND")

        /** From the service. */
        @JvmField
        public val RECEIVE: TransportDirection = TransportDirection(2, "RECEIVE")

        private val known: Map<Int, TransportDirection> = listOf(
            SEND,
            RECEIVE,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): TransportDirection = known[number] ?: TransportDirection(number, UNKNOWN_NAME)
    }
}

/** What media goes by. */
public class TransportProtocol private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** UDP. */
        @JvmField
        public val UDP: TransportProtocol = TransportProtocol(1, "UDP")

        /** TCP. */
        @JvmField
        public val TCP: TransportProtocol = TransportProtocol(2, "TCP")

        private val known: Map<Int, TransportProtocol> = listOf(
            UDP,
            TCP,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): TransportProtocol = known[number] ?: TransportProtocol(number, UNKNOWN_NAME)
    }
}

/** What tracks carry. */
public class MediaKind private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** Sound: of microphones and of what is shared. */
        @JvmField
        public val AUDIO: MediaKind = MediaKind(1, "AUDIO")

        /** Pictures: of cameras and of shared screens. */
        @JvmField
        public val VIDEO: MediaKind = MediaKind(2, "VIDEO")

        private val known: Map<Int, MediaKind> = listOf(
            AUDIO,
            VIDEO,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): MediaKind = known[number] ?: MediaKind(number, UNKNOWN_NAME)
    }
}

/** What a device is for. */
public class DeviceKind private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** It records. */
        @JvmField
        public val MICROPHONE: DeviceKind = DeviceKind(1, "MICROPHONE")

        /** It plays. */
        @JvmField
        public val SPEAKER: DeviceKind = DeviceKind(2, "SPEAKER")

        private val known: Map<Int, DeviceKind> = listOf(
            MICROPHONE,
            SPEAKER,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): DeviceKind = known[number] ?: DeviceKind(number, UNKNOWN_NAME)
    }
}

/** How an image is encoded. */
public class ImageFormat private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** PNG: every pixel as it was decoded. */
        @JvmField
        public val PNG: ImageFormat = ImageFormat(1, "PNG")

        /** JPEG: a fraction of that size, without what is hardly seen. */
        @JvmField
        public val JPEG: ImageFormat = ImageFormat(2, "JPEG")

        private val known: Map<Int, ImageFormat> = listOf(
            PNG,
            JPEG,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): ImageFormat = known[number] ?: ImageFormat(number, UNKNOWN_NAME)
    }
}

/** What kind of event it is. Ignore those that are unknown. */
public class EventType private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /**
         * The meeting is in another state.
         *
         * - When: after each change of state; the first is that of [Vsdk.initMeeting], the last the
         * end. After a lost connection CONNECTED comes once topics and values are subscribed and
         * observed again. CONNECTING can follow CONNECTED: when the meeting is switched.
         * - `code`: the new state, a [MeetingState].
         * - `text`: its name, e.g. `INITIALISED`.
         * - `status`: why, a [Status], when the app did not ask for it; else 0.
         * - `json`: with a status, `message` and `remedy` say more, `serviceCode` and `serviceText`
         * are what the service gave. With CONNECTED, `lostTopics` and `lostKeys` are what could not
         * be subscribed and observed again on a new connection.
         * - `participantId`: the participant that the meeting joins as.
         */
        @JvmField
        public val STATE_CHANGED: EventType = EventType(1, "STATE_CHANGED")

        /**
         * The token works, but not for long or not as one would think.
         *
         * - When: once for each warning, behind the first event of a meeting and after each
         * [Meeting.setToken].
         * - `code`: the finding, a [TokenFinding].
         * - `text`: what it is, and what to do about it.
         * - `participantId`: the participant that the meeting joins as.
         * - `json`: `finding` is its name, a text.
         */
        @JvmField
        public val TOKEN_WARNING: EventType = EventType(2, "TOKEN_WARNING")

        /**
         * The token's life is over in a minute or less. Hand in a fresh one with
         * [Meeting.setToken].
         *
         * - When: 60 seconds before the end, once for each token; at once when less is left of it.
         * - `code`: the time left, in seconds.
         * - `text`: the same in words.
         * - `participantId`: the participant that the meeting joins as.
         * - `json`: `expiresAt` is the end, in seconds since 1970 (UTC).
         */
        @JvmField
        public val TOKEN_EXPIRING: EventType = EventType(3, "TOKEN_EXPIRING")

        /**
         * Events were lost because they were not read in time. Read the snapshot again.
         *
         * - When: behind the events that waited before the loss, as soon as there is room for it.
         * - `code`: how many were lost.
         * - `json`: `lost` is the same number, without an upper limit.
         */
        @JvmField
        public val OVERFLOW: EventType = EventType(4, "OVERFLOW")

        /**
         * Something is not as it should be, but the meeting goes on.
         *
         * - When: e.g. when the ICE servers cannot be read, or a message of the service is
         * malformed.
         * - `text`: what it is.
         * - `participantId`: the participant that the meeting joins as.
         */
        @JvmField
        public val WARNING: EventType = EventType(5, "WARNING")

        /**
         * The service reported an error.
         *
         * - When: whenever it does; the meeting goes on.
         * - `code`: the service's own number; 0 without one.
         * - `text`: the service's words, redacted.
         * - `status`: a [Status] for the number.
         */
        @JvmField
        public val ERROR: EventType = EventType(6, "ERROR")

        /**
         * The connection was lost and is made anew.
         *
         * - When: before each try.
         * - `code`: the number of the try, from 1.
         * - `text`: why it is needed: how the connection, or the last try, ended.
         * - `status`: `STATUS_CONNECTION_LOST`.
         * - `participantId`: the participant that the meeting joins as.
         * - `json`: `attempt` and `attempts` are the try and how many there are, `delayMs` the time
         * until it, in milliseconds.
         */
        @JvmField
        public val RECONNECTING: EventType = EventType(7, "RECONNECTING")

        /**
         * This participant is no longer in the room.
         *
         * - When: once, before the state that follows from it.
         * - `code`: the service's number for the reason, e.g. 1002 for removed, 1101 for left by
         * the app.
         * - `text`: its name, e.g. `REMOVE_PEER`.
         * - `participantId`: the participant that the meeting joined as.
         */
        @JvmField
        public val MEETING_LEFT: EventType = EventType(8, "MEETING_LEFT")

        /**
         * The service told something that this version does not know.
         *
         * - When: whenever it does.
         * - `text`: the name of what was told.
         * - `json`: `data` is what it held, without secrets.
         */
        @JvmField
        public val UNKNOWN: EventType = EventType(9, "UNKNOWN")

        /**
         * Somebody is in the room.
         *
         * - When: for everybody who is there already, behind the state CONNECTED (on a new
         * connection before it), and for each newcomer; never for the own participant.
         * - `participantId`: who.
         * - `text`: the name.
         * - `json`: `participant` is what the snapshot has of it.
         */
        @JvmField
        public val PARTICIPANT_JOINED: EventType = EventType(100, "PARTICIPANT_JOINED")

        /**
         * Somebody is no longer in the room.
         *
         * - When: once for each who leaves while this participant is in the room.
         * - `participantId`: who.
         * - `code`: the service's number for the reason, e.g. 1001 for a lost connection; 1007 when
         * it is unknown.
         * - `text`: its name.
         */
        @JvmField
        public val PARTICIPANT_LEFT: EventType = EventType(101, "PARTICIPANT_LEFT")

        /**
         * Somebody has another name.
         *
         * - When: on each change.
         * - `participantId`: who.
         * - `text`: the new name.
         */
        @JvmField
        public val PARTICIPANT_NAME_CHANGED: EventType = EventType(102, "PARTICIPANT_NAME_CHANGED")

        /**
         * Somebody does something else with media.
         *
         * - When: on each change, also of the own participant.
         * - `participantId`: who.
         * - `code`: a [Mode]; 0 when it is unknown.
         * - `text`: its name, e.g. `RECV_ONLY`.
         */
        @JvmField
        public val PARTICIPANT_MODE_CHANGED: EventType = EventType(103, "PARTICIPANT_MODE_CHANGED")

        /**
         * Somebody tells something else about itself.
         *
         * - When: when it came back with other metadata.
         * - `participantId`: who.
         * - `json`: `metaData` is all of it, an object or null.
         */
        @JvmField
        public val PARTICIPANT_METADATA_CHANGED: EventType = EventType(104, "PARTICIPANT_METADATA_CHANGED")

        /**
         * Somebody began or stopped to send.
         *
         * - When: on each change, also of the own participant.
         * - `participantId`: who.
         * - `code`: 1 or 0.
         * - `text`: what: `audio`, `video`, `share` or `shareAudio`.
         */
        @JvmField
        public val MEDIA_STATE_CHANGED: EventType = EventType(105, "MEDIA_STATE_CHANGED")

        /**
         * Somebody else speaks, or nobody.
         *
         * - When: on each change.
         * - `participantId`: who; NULL for nobody.
         */
        @JvmField
        public val ACTIVE_SPEAKER_CHANGED: EventType = EventType(106, "ACTIVE_SPEAKER_CHANGED")

        /**
         * Somebody was pinned or unpinned for everybody.
         *
         * - When: on each change.
         * - `participantId`: who.
         * - `json`: `cam` and `share` are what is pinned now, `pinnedBy` is who did it.
         */
        @JvmField
        public val PIN_STATE_CHANGED: EventType = EventType(107, "PIN_STATE_CHANGED")

        /**
         * Somebody asks to be let in.
         *
         * - When: to those whose token has the permission `allow_join`.
         * - `participantId`: who.
         * - `text`: the name.
         */
        @JvmField
        public val ENTRY_REQUESTED: EventType = EventType(200, "ENTRY_REQUESTED")

        /**
         * It was decided whether somebody is let in.
         *
         * - When: to those who may decide, and to who asked.
         * - `participantId`: who asked.
         * - `code`: 1 when it is let in, else 0.
         * - `text`: the decision, `allowed` or `denied`.
         */
        @JvmField
        public val ENTRY_RESPONDED: EventType = EventType(201, "ENTRY_RESPONDED")

        /**
         * Somebody asks this participant to switch its microphone on.
         *
         * - When: on each request. A microphone that is added or enabled accepts it, and everybody
         * is told so by MEDIA_STATE_CHANGED; who does nothing declines it: the service knows no
         * word for that.
         * - `participantId`: who asks.
         */
        @JvmField
        public val MIC_REQUESTED: EventType = EventType(202, "MIC_REQUESTED")

        /**
         * Somebody asks this participant to switch its camera on.
         *
         * - When: on each request. A camera that is added or enabled accepts it, and everybody is
         * told so by MEDIA_STATE_CHANGED; who does nothing declines it: the service knows no word
         * for that.
         * - `participantId`: who asks.
         */
        @JvmField
        public val WEBCAM_REQUESTED: EventType = EventType(203, "WEBCAM_REQUESTED")

        /**
         * Somebody asks this participant to go on in another meeting.
         *
         * - When: on each request.
         * - `participantId`: who asks.
         * - `text`: the id of that meeting.
         * - `json`: `data` is what came with it, without the token.
         */
        @JvmField
        public val SWITCH_REQUESTED: EventType = EventType(204, "SWITCH_REQUESTED")

        /**
         * A message came on a topic that is subscribed.
         *
         * - When: for what was kept before the subscription, in order, and for each new one.
         * - `participantId`: the sender.
         * - `text`: the topic.
         * - `payload`: the message, UTF-8.
         * - `code`: 1 when it is from before the subscription, else 0.
         * - `json`: `message`, `id`, `timestamp`, `payload` and `sendOnly` as the service tells
         * them.
         */
        @JvmField
        public val MESSAGE: EventType = EventType(300, "MESSAGE")

        /**
         * A value that is observed has changed.
         *
         * - When: on each change.
         * - `participantId`: who changed it.
         * - `text`: the key.
         * - `payload`: the value, UTF-8.
         * - `code`: 0 when the value is gone, else 1.
         * - `json`: `value` is the value; absent when it is gone.
         */
        @JvmField
        public val STORE_VALUE_CHANGED: EventType = EventType(301, "STORE_VALUE_CHANGED")

        /**
         * The recording is in another state.
         *
         * - When: on each change, to everybody in the room; and when the service told nothing of it
         * on a new connection: then it is unknown.
         * - `code`: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
         * - `text`: the name of the state, e.g. `RECORDING_STARTED`.
         * - `json`: what else the service tells, e.g. URLs.
         */
        @JvmField
        public val RECORDING_STATE_CHANGED: EventType = EventType(400, "RECORDING_STATE_CHANGED")

        /**
         * The livestream is in another state.
         *
         * - When: on each change, to everybody in the room; and when the service told nothing of it
         * on a new connection: then it is unknown.
         * - `code`: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
         * - `text`: the name of the state, e.g. `LIVESTREAM_STARTED`.
         * - `json`: what else the service tells, e.g. URLs.
         */
        @JvmField
        public val LIVESTREAM_STATE_CHANGED: EventType = EventType(401, "LIVESTREAM_STATE_CHANGED")

        /**
         * The HLS stream is in another state.
         *
         * - When: on each change, to everybody in the room; and when the service told nothing of it
         * on a new connection: then it is unknown.
         * - `code`: 1 starting, 2 started, 3 stopping, 4 stopped, 5 playable; 0 when it is unknown.
         * - `text`: the name of the state, e.g. `HLS_STARTED`.
         * - `json`: what else the service tells, e.g. URLs.
         */
        @JvmField
        public val HLS_STATE_CHANGED: EventType = EventType(402, "HLS_STATE_CHANGED")

        /**
         * The transcription is in another state.
         *
         * - When: on each change, to everybody in the room; and when the service told nothing of it
         * on a new connection: then it is unknown.
         * - `code`: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
         * - `text`: the name of the state, e.g. `TRANSCRIPTION_STARTED`.
         * - `json`: what else the service tells, e.g. URLs.
         */
        @JvmField
        public val TRANSCRIPTION_STATE_CHANGED: EventType = EventType(403, "TRANSCRIPTION_STATE_CHANGED")

        /**
         * The translation is in another state.
         *
         * - When: on each change, to everybody in the room; and when the service told nothing of it
         * on a new connection: then it is unknown.
         * - `code`: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
         * - `text`: the name of the state, e.g. `TRANSLATION_STARTED`.
         * - `json`: what else the service tells, e.g. URLs.
         */
        @JvmField
        public val TRANSLATION_STATE_CHANGED: EventType = EventType(404, "TRANSLATION_STATE_CHANGED")

        /**
         * The whiteboard is in another state.
         *
         * - When: on each change, to everybody in the room; and when the service told nothing of it
         * on a new connection: then it is unknown.
         * - `code`: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
         * - `text`: the name of the state, e.g. `WHITEBOARD_STARTED`.
         * - `json`: what else the service tells, e.g. URLs.
         */
        @JvmField
        public val WHITEBOARD_STATE_CHANGED: EventType = EventType(405, "WHITEBOARD_STATE_CHANGED")

        /**
         * Somebody said something.
         *
         * - When: while a transcription runs.
         * - `participantId`: who.
         * - `text`: what.
         * - `json`: `data` is all of it.
         */
        @JvmField
        public val TRANSCRIPTION_TEXT: EventType = EventType(410, "TRANSCRIPTION_TEXT")

        /**
         * Somebody said something, translated.
         *
         * - When: while a translation runs.
         * - `participantId`: who.
         * - `text`: what.
         * - `json`: `data` is all of it.
         */
        @JvmField
        public val TRANSLATION_TEXT: EventType = EventType(411, "TRANSLATION_TEXT")

        /**
         * Somebody wants translations in another language.
         *
         * - When: on each change.
         * - `participantId`: who.
         * - `text`: the language.
         * - `json`: `data` is all of it.
         */
        @JvmField
        public val TRANSLATION_LANGUAGE_CHANGED: EventType = EventType(412, "TRANSLATION_LANGUAGE_CHANGED")

        /**
         * An agent does something else.
         *
         * - When: on each change.
         * - `participantId`: the agent.
         * - `text`: `idle`, `listening`, `thinking` or `speaking`.
         */
        @JvmField
        public val AGENT_STATE_CHANGED: EventType = EventType(500, "AGENT_STATE_CHANGED")

        /**
         * An agent heard or said something.
         *
         * - When: for each piece of it.
         * - `participantId`: who spoke.
         * - `text`: what.
         * - `json`: `data` is all of it.
         */
        @JvmField
        public val AGENT_TRANSCRIPT: EventType = EventType(501, "AGENT_TRANSCRIPT")

        /**
         * Figures of an agent.
         *
         * - When: when the agent tells them.
         * - `participantId`: the agent.
         * - `json`: `data` is all of it.
         */
        @JvmField
        public val AGENT_METRICS: EventType = EventType(502, "AGENT_METRICS")

        /**
         * A character joined.
         *
         * - When: once for each.
         * - `participantId`: the character.
         * - `text`: its name.
         * - `json`: `data` is all of it.
         */
        @JvmField
        public val CHARACTER_JOINED: EventType = EventType(510, "CHARACTER_JOINED")

        /**
         * A character left.
         *
         * - When: once for each.
         * - `participantId`: the character.
         * - `json`: `data` is all of it.
         */
        @JvmField
        public val CHARACTER_LEFT: EventType = EventType(511, "CHARACTER_LEFT")

        /**
         * A character is in another state.
         *
         * - When: on each change.
         * - `participantId`: the character.
         * - `text`: the state, e.g. `CHARACTER_SPEAKING`.
         * - `json`: `data` is all of it.
         */
        @JvmField
        public val CHARACTER_STATE_CHANGED: EventType = EventType(512, "CHARACTER_STATE_CHANGED")

        /**
         * A character said something.
         *
         * - When: for each message.
         * - `participantId`: the character.
         * - `text`: what.
         * - `json`: `data` is all of it.
         */
        @JvmField
        public val CHARACTER_MESSAGE: EventType = EventType(513, "CHARACTER_MESSAGE")

        /**
         * Somebody said something to a character.
         *
         * - When: for each message.
         * - `participantId`: the character.
         * - `text`: what.
         * - `json`: `data` is all of it.
         */
        @JvmField
        public val CHARACTER_USER_MESSAGE: EventType = EventType(514, "CHARACTER_USER_MESSAGE")

        /**
         * A character sent data.
         *
         * - When: for each piece.
         * - `participantId`: the character.
         * - `text`: the topic.
         * - `json`: `data` is all of it.
         */
        @JvmField
        public val CHARACTER_DATA: EventType = EventType(515, "CHARACTER_DATA")

        /**
         * A character failed.
         *
         * - When: on each failure.
         * - `participantId`: the character.
         * - `json`: `data` is all of it.
         */
        @JvmField
        public val CHARACTER_ERROR: EventType = EventType(516, "CHARACTER_ERROR")

        /**
         * A connection to another meeting was opened.
         *
         * - When: once for each.
         * - `text`: the id of that meeting.
         * - `json`: `data` is all of it.
         */
        @JvmField
        public val CONNECTION_OPENED: EventType = EventType(600, "CONNECTION_OPENED")

        /**
         * A connection to another meeting was closed.
         *
         * - When: once for each.
         * - `text`: the id of that meeting.
         * - `json`: `data` is all of it.
         */
        @JvmField
        public val CONNECTION_CLOSED: EventType = EventType(601, "CONNECTION_CLOSED")

        /**
         * Somebody in a connected meeting wrote something.
         *
         * - When: for each message.
         * - `participantId`: who.
         * - `text`: what.
         * - `json`: `data` is all of it.
         */
        @JvmField
        public val CONNECTION_MESSAGE: EventType = EventType(602, "CONNECTION_MESSAGE")

        /**
         * Somebody joined a connected meeting.
         *
         * - When: once for each.
         * - `participantId`: who.
         * - `text`: the id of that meeting.
         * - `json`: `data` is all of it.
         */
        @JvmField
        public val CONNECTION_PARTICIPANT_JOINED: EventType = EventType(603, "CONNECTION_PARTICIPANT_JOINED")

        /**
         * Somebody left a connected meeting.
         *
         * - When: once for each.
         * - `participantId`: who.
         * - `text`: the id of that meeting.
         * - `json`: `data` is all of it.
         */
        @JvmField
        public val CONNECTION_PARTICIPANT_LEFT: EventType = EventType(604, "CONNECTION_PARTICIPANT_LEFT")

        /**
         * Media is relayed to another meeting.
         *
         * - When: on each beginning.
         * - `text`: the id of that meeting.
         * - `json`: `data` is all of it.
         */
        @JvmField
        public val MEDIA_RELAY_STARTED: EventType = EventType(610, "MEDIA_RELAY_STARTED")

        /**
         * Media is no longer relayed to another meeting.
         *
         * - When: on each end.
         * - `text`: the id of that meeting.
         * - `json`: `data` is all of it.
         */
        @JvmField
        public val MEDIA_RELAY_STOPPED: EventType = EventType(611, "MEDIA_RELAY_STOPPED")

        /**
         * Media could not be relayed to another meeting.
         *
         * - When: on each failure.
         * - `text`: the id of that meeting.
         * - `json`: `data` is all of it.
         */
        @JvmField
        public val MEDIA_RELAY_ERROR: EventType = EventType(612, "MEDIA_RELAY_ERROR")

        /**
         * Somebody in another meeting asks to relay its media to this one.
         *
         * - When: on each request.
         * - `participantId`: who asks.
         * - `text`: the id of that meeting.
         * - `json`: `data` is all of it.
         */
        @JvmField
        public val MEDIA_RELAY_REQUESTED: EventType = EventType(613, "MEDIA_RELAY_REQUESTED")

        /**
         * Another meeting answered to the wish to relay media there.
         *
         * - When: on each answer.
         * - `participantId`: who decided.
         * - `text`: the id of that meeting.
         * - `json`: `data` is all of it.
         */
        @JvmField
        public val MEDIA_RELAY_RESPONDED: EventType = EventType(614, "MEDIA_RELAY_RESPONDED")

        /**
         * Somebody sends a track that can be received now.
         *
         * - When: once for each track, also for those that were sent before this participant
         * joined.
         * - `participantId`: who sends it.
         * - `trackId`: the track.
         * - `code`: what it is, a [TrackKind].
         * - `text`: the name of that, e.g. `audio`.
         * - `json`: `codec` is its name, `spatialLayers` and `temporalLayers` are their numbers,
         * `paused` says whether it rests, `appData` is what its sender tells with it.
         */
        @JvmField
        public val TRACK_ADDED: EventType = EventType(700, "TRACK_ADDED")

        /**
         * A track is no longer sent.
         *
         * - When: once for each that was added; its frames that are left can still be read.
         * - `participantId`: who sent it.
         * - `trackId`: the track.
         * - `code`: what it was, a [TrackKind].
         * - `text`: the name of that.
         */
        @JvmField
        public val TRACK_REMOVED: EventType = EventType(701, "TRACK_REMOVED")

        /**
         * A track rests: its sender has paused it.
         *
         * - When: on each pause.
         * - `participantId`: who sends it.
         * - `trackId`: the track.
         * - `code`: what it is, a [TrackKind].
         * - `text`: the name of that.
         */
        @JvmField
        public val TRACK_PAUSED: EventType = EventType(702, "TRACK_PAUSED")

        /**
         * A track goes on.
         *
         * - When: on each end of a pause.
         * - `participantId`: who sends it.
         * - `trackId`: the track.
         * - `code`: what it is, a [TrackKind].
         * - `text`: the name of that.
         */
        @JvmField
        public val TRACK_RESUMED: EventType = EventType(703, "TRACK_RESUMED")

        /**
         * A track comes in another size or rate.
         *
         * - When: on each change.
         * - `participantId`: who sends it.
         * - `trackId`: the track.
         * - `code`: the spatial layer; -1 for none.
         * - `text`: what the track is, e.g. `video`.
         * - `json`: `spatialLayer` and `temporalLayer` are the layers.
         */
        @JvmField
        public val TRACK_LAYERS_CHANGED: EventType = EventType(704, "TRACK_LAYERS_CHANGED")

        /**
         * One of this participant's own tracks is sent from now on.
         *
         * - When: once the service has taken it, again after each new connection.
         * - `participantId`: this participant.
         * - `trackId`: the track.
         * - `code`: what it is, a [TrackKind].
         * - `text`: the name of that.
         */
        @JvmField
        public val TRACK_PUBLISHED: EventType = EventType(710, "TRACK_PUBLISHED")

        /**
         * One of this participant's own tracks is no longer sent.
         *
         * - When: when it was switched off or taken out, or the connection is lost.
         * - `participantId`: this participant.
         * - `trackId`: the track.
         * - `code`: what it is, a [TrackKind].
         * - `text`: the name of that.
         */
        @JvmField
        public val TRACK_UNPUBLISHED: EventType = EventType(711, "TRACK_UNPUBLISHED")

        /**
         * One of this participant's own tracks cannot be sent.
         *
         * - When: e.g. when the room does not offer its codec, or the service refuses it.
         * - `participantId`: this participant.
         * - `trackId`: the track.
         * - `code`: what it is, a [TrackKind].
         * - `text`: why.
         * - `status`: a [Status].
         * - `json`: `remedy` is what to do, `serviceCode` the service's own number or null.
         */
        @JvmField
        public val TRACK_FAILED: EventType = EventType(712, "TRACK_FAILED")

        /**
         * The options of the meeting want a microphone or a camera, but there is no track to send.
         *
         * - When: once for each, after joining; what is added later is sent all the same.
         * - `participantId`: this participant.
         * - `code`: what is missing, a [TrackKind].
         * - `text`: the name of that, `audio` or `video`.
         */
        @JvmField
        public val SOURCE_MISSING: EventType = EventType(713, "SOURCE_MISSING")

        /**
         * Somebody cannot decode one of this participant's own tracks without a key frame: make
         * one.
         *
         * - When: when nobody has asked since the last key frame.
         * - `participantId`: this participant.
         * - `trackId`: the track.
         * - `code`: what it is, a [TrackKind].
         * - `text`: the name of that.
         */
        @JvmField
        public val KEY_FRAME_REQUESTED: EventType = EventType(714, "KEY_FRAME_REQUESTED")

        /**
         * The network allows something else for one of this participant's own tracks.
         *
         * - When: when a layer goes on or off, or its rate changes by a tenth. Ask the track for
         * the target of its encoder.
         * - `participantId`: this participant.
         * - `trackId`: the track.
         * - `code`: the layer; 0 is the smallest.
         */
        @JvmField
        public val ENCODER_TARGET_CHANGED: EventType = EventType(715, "ENCODER_TARGET_CHANGED")

        /**
         * Network or processor limit one of this participant's own pictures, or no longer do.
         *
         * - When: when for two seconds a layer is off or all together get less than four fifths of
         * what they want; then when for four seconds they get nearly all of it. For the processor,
         * whenever the pictures of a camera become smaller than they should be, smaller still, or
         * larger again. A track that is no longer sent is not limited any more, and nothing but
         * `EVENT_TYPE_TRACK_UNPUBLISHED` says so.
         * - `participantId`: this participant.
         * - `trackId`: the track.
         * - `code`: 1 when it is limited from now on, 0 when it no longer is.
         * - `text`: what is scarce: `bandwidth`, or `cpu` when raw pictures are not encoded in
         * time.
         * - `json`: `state` is `detected` or `resolved`, as the official clients say it;
         * `wantedKbps` and `grantedKbps` are what all its layers together want and get, in kilobits
         * per second; for the processor `reducedBy` is by what each side is divided.
         */
        @JvmField
        public val QUALITY_LIMITATION_CHANGED: EventType = EventType(716, "QUALITY_LIMITATION_CHANGED")

        /**
         * The way for media is another one.
         *
         * - When: on each change.
         * - `participantId`: this participant.
         * - `code`: 1 connected, 2 disconnected, which is mended by itself, 3 failed.
         * - `text`: which way, `send` or `receive`.
         * - `status`: why it failed, a [Status]; else 0.
         * - `json`: `state` is the name of the state, `reason` says more where there is more to
         * say.
         */
        @JvmField
        public val TRANSPORT_STATE_CHANGED: EventType = EventType(720, "TRANSPORT_STATE_CHANGED")

        /**
         * Data came.
         *
         * - When: for each piece; the order is not that in which they were sent.
         * - `participantId`: who sent it.
         * - `payload`: the data.
         * - `text`: `text` when it is UTF-8, else `binary`.
         * - `code`: how it was sent, a [Reliability].
         */
        @JvmField
        public val DATA: EventType = EventType(730, "DATA")

        /**
         * Microphones or speakers of this machine came or went, or another one is the default.
         *
         * - When: within some two seconds of each change, after [Meeting.watchDevices].
         * - `participantId`: this participant.
         * - `code`: which, a [DeviceKind].
         * - `text`: the name of that, `microphone` or `speaker`.
         * - `json`: `added` and `removed` are lists of devices, each with `id` and `name`;
         * `default` is the device that is the default now, null when that is as before.
         */
        @JvmField
        public val DEVICES_CHANGED: EventType = EventType(740, "DEVICES_CHANGED")

        /**
         * A microphone or speaker could not be opened by the library, or does not work any more.
         *
         * - When: when the microphone that the options or [Meeting.setMicEnabled] want cannot be
         * opened, and once for each open device that fails. The meeting goes on.
         * - `participantId`: this participant.
         * - `code`: what it is, a [DeviceKind].
         * - `text`: why.
         * - `status`: a [Status].
         * - `json`: `remedy` is what to do, `kind` is `microphone` or `speaker`, `device` has `id`
         * and `name` of the device; it is null when none could be opened.
         */
        @JvmField
        public val DEVICE_FAILED: EventType = EventType(741, "DEVICE_FAILED")

        private val known: Map<Int, EventType> = listOf(
            STATE_CHANGED,
            TOKEN_WARNING,
            TOKEN_EXPIRING,
            OVERFLOW,
            WARNING,
            ERROR,
            RECONNECTING,
            MEETING_LEFT,
            UNKNOWN,
            PARTICIPANT_JOINED,
            PARTICIPANT_LEFT,
            PARTICIPANT_NAME_CHANGED,
            PARTICIPANT_MODE_CHANGED,
            PARTICIPANT_METADATA_CHANGED,
            MEDIA_STATE_CHANGED,
            ACTIVE_SPEAKER_CHANGED,
            PIN_STATE_CHANGED,
            ENTRY_REQUESTED,
            ENTRY_RESPONDED,
            MIC_REQUESTED,
            WEBCAM_REQUESTED,
            SWITCH_REQUESTED,
            MESSAGE,
            STORE_VALUE_CHANGED,
            RECORDING_STATE_CHANGED,
            LIVESTREAM_STATE_CHANGED,
            HLS_STATE_CHANGED,
            TRANSCRIPTION_STATE_CHANGED,
            TRANSLATION_STATE_CHANGED,
            WHITEBOARD_STATE_CHANGED,
            TRANSCRIPTION_TEXT,
            TRANSLATION_TEXT,
            TRANSLATION_LANGUAGE_CHANGED,
            AGENT_STATE_CHANGED,
            AGENT_TRANSCRIPT,
            AGENT_METRICS,
            CHARACTER_JOINED,
            CHARACTER_LEFT,
            CHARACTER_STATE_CHANGED,
            CHARACTER_MESSAGE,
            CHARACTER_USER_MESSAGE,
            CHARACTER_DATA,
            CHARACTER_ERROR,
            CONNECTION_OPENED,
            CONNECTION_CLOSED,
            CONNECTION_MESSAGE,
            CONNECTION_PARTICIPANT_JOINED,
            CONNECTION_PARTICIPANT_LEFT,
            MEDIA_RELAY_STARTED,
            MEDIA_RELAY_STOPPED,
            MEDIA_RELAY_ERROR,
            MEDIA_RELAY_REQUESTED,
            MEDIA_RELAY_RESPONDED,
            TRACK_ADDED,
            TRACK_REMOVED,
            TRACK_PAUSED,
            TRACK_RESUMED,
            TRACK_LAYERS_CHANGED,
            TRACK_PUBLISHED,
            TRACK_UNPUBLISHED,
            TRACK_FAILED,
            SOURCE_MISSING,
            KEY_FRAME_REQUESTED,
            ENCODER_TARGET_CHANGED,
            QUALITY_LIMITATION_CHANGED,
            TRANSPORT_STATE_CHANGED,
            DATA,
            DEVICES_CHANGED,
            DEVICE_FAILED,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): EventType = known[number] ?: EventType(number, UNKNOWN_NAME)
    }
}
