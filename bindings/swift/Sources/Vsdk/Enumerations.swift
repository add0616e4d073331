// Generated from include/vsdk.h by `make header`. Do not edit.

/// How a call ended: 0 is success, negative a failure, positive a piece of information.
///
/// Numbers are never reused. Treat an unknown negative one as a failure and an unknown positive one
/// as success without a result.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct Status: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Success.
    public static let ok = Status(rawValue: 0)

    /// Nothing to read within the time given.
    public static let noEvent = Status(rawValue: 1)

    /// The meeting has ended and all its events were read, or a track has and all its frames were.
    public static let closed = Status(rawValue: 2)

    /// The frame was not taken, for nobody is there to take it: the track is off, the meeting not
    /// joined, or the connection is being made anew. Go on; frames are taken again once there is a
    /// way.
    public static let notSending = Status(rawValue: 3)

    /// Not taken, for too much waits already: the network is slower than the app. Make less; data
    /// can be sent again a little later, and a track of pictures goes on with its next key frame.
    public static let full = Status(rawValue: 4)

    /// The frame was not taken, for it cannot be decoded without one that was not sent. Make a key
    /// frame.
    public static let needsKeyFrame = Status(rawValue: 5)

    /// The frame was not taken, for its layer is switched off for lack of bandwidth. Nothing is
    /// lost; save the work of encoding it until its target is active again.
    public static let layerOff = Status(rawValue: 6)

    /// The frame was not taken, for the app's transform of frames has dropped it. A track of
    /// pictures goes on with its next key frame.
    public static let dropped = Status(rawValue: 7)

    /// A required pointer was NULL.
    public static let nullPointer = Status(rawValue: -1)

    /// A handle is stale, was freed already, or is of another type.
    public static let invalidHandle = Status(rawValue: -2)

    /// An argument has a value that is not allowed.
    public static let invalidArgument = Status(rawValue: -3)

    /// A text is not valid UTF-8.
    public static let invalidUtf8 = Status(rawValue: -4)

    /// The object is in a state that does not allow the call.
    public static let invalidState = Status(rawValue: -5)

    /// This build or version cannot do it.
    public static let unsupported = Status(rawValue: -6)

    /// A blocking call from inside a callback: it would wait for itself.
    public static let wouldDeadlock = Status(rawValue: -7)

    /// The process was forked; see ``afterForkChild()``.
    public static let forked = Status(rawValue: -8)

    /// A defect of the library was caught at its boundary.
    public static let panic = Status(rawValue: -9)

    /// The deadline passed.
    public static let timeout = Status(rawValue: -10)

    /// The operation was cancelled.
    public static let cancelled = Status(rawValue: -11)

    /// The library was shut down while the operation was running.
    public static let shutdown = Status(rawValue: -12)

    /// Header and library disagree about the ABI.
    public static let abiMismatch = Status(rawValue: -13)

    /// Threads, handles or descriptors are used up.
    public static let resourceExhausted = Status(rawValue: -14)

    /// No token: neither the options nor ``config(_:)`` gave one.
    public static let notConfigured = Status(rawValue: -15)

    /// The token is not a token of this service.
    public static let tokenMalformed = Status(rawValue: -100)

    /// The token's life is over.
    public static let tokenExpired = Status(rawValue: -101)

    /// The token is not valid yet.
    public static let tokenNotYetValid = Status(rawValue: -102)

    /// The token's permissions contradict each other (service number 4008).
    public static let tokenPermissions = Status(rawValue: -103)

    /// The token is for another room (service number 4022).
    public static let tokenRoomMismatch = Status(rawValue: -104)

    /// The token is for another participant (service number 4023).
    public static let tokenParticipantMismatch = Status(rawValue: -105)

    /// The token's roles do not allow this use (service number 4024).
    public static let tokenRole = Status(rawValue: -106)

    /// The token server answered, but with no token in its reply.
    public static let tokenServerReply = Status(rawValue: -107)

    /// The host name could not be resolved.
    public static let networkDns = Status(rawValue: -200)

    /// No connection could be made.
    public static let networkConnect = Status(rawValue: -201)

    /// The TLS handshake failed.
    public static let networkTls = Status(rawValue: -202)

    /// The proxy refused or failed.
    public static let networkProxy = Status(rawValue: -203)

    /// The connection broke during the exchange.
    public static let networkBroken = Status(rawValue: -204)

    /// Plain http or ws to a host that is not this machine.
    public static let networkInsecure = Status(rawValue: -205)

    /// The reply is not what the protocol promises.
    public static let invalidResponse = Status(rawValue: -220)

    /// The reply is larger than the library accepts.
    public static let responseTooLarge = Status(rawValue: -221)

    /// The server answered with a redirect; redirects are never followed.
    public static let redirect = Status(rawValue: -222)

    /// HTTP 400 and other 4xx without a status of their own: the request was refused as wrong.
    public static let badRequest = Status(rawValue: -230)

    /// HTTP 401: the token was refused.
    public static let unauthorized = Status(rawValue: -231)

    /// HTTP 403: the token's rights do not cover this.
    public static let forbidden = Status(rawValue: -232)

    /// HTTP 404, and 402, which this service uses for the same.
    public static let notFound = Status(rawValue: -233)

    /// HTTP 409: it exists already, or contradicts what exists.
    public static let conflict = Status(rawValue: -234)

    /// HTTP 429: too many requests.
    public static let rateLimited = Status(rawValue: -235)

    /// HTTP 5xx: the service failed.
    public static let serverError = Status(rawValue: -236)

    /// The connection to the meeting was lost.
    public static let connectionLost = Status(rawValue: -300)

    /// Somebody in the room decided not to let this participant in.
    public static let entryDenied = Status(rawValue: -301)

    /// The participant was removed from the meeting.
    public static let removed = Status(rawValue: -302)

    /// The meeting was ended for everybody.
    public static let meetingEnded = Status(rawValue: -303)

    /// Somebody joined with the same participant id.
    public static let duplicateParticipant = Status(rawValue: -304)

    /// A limit of the room or the account is reached, e.g. the number of participants.
    public static let limitReached = Status(rawValue: -305)

    /// The service refused a request of the meeting; its own number says why.
    public static let refused = Status(rawValue: -306)
}

extension Status: CustomStringConvertible {
    /// Its name here; `Status(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 0: "ok"
        case 1: "noEvent"
        case 2: "closed"
        case 3: "notSending"
        case 4: "full"
        case 5: "needsKeyFrame"
        case 6: "layerOff"
        case 7: "dropped"
        case -1: "nullPointer"
        case -2: "invalidHandle"
        case -3: "invalidArgument"
        case -4: "invalidUtf8"
        case -5: "invalidState"
        case -6: "unsupported"
        case -7: "wouldDeadlock"
        case -8: "forked"
        case -9: "panic"
        case -10: "timeout"
        case -11: "cancelled"
        case -12: "shutdown"
        case -13: "abiMismatch"
        case -14: "resourceExhausted"
        case -15: "notConfigured"
        case -100: "tokenMalformed"
        case -101: "tokenExpired"
        case -102: "tokenNotYetValid"
        case -103: "tokenPermissions"
        case -104: "tokenRoomMismatch"
        case -105: "tokenParticipantMismatch"
        case -106: "tokenRole"
        case -107: "tokenServerReply"
        case -200: "networkDns"
        case -201: "networkConnect"
        case -202: "networkTls"
        case -203: "networkProxy"
        case -204: "networkBroken"
        case -205: "networkInsecure"
        case -220: "invalidResponse"
        case -221: "responseTooLarge"
        case -222: "redirect"
        case -230: "badRequest"
        case -231: "unauthorized"
        case -232: "forbidden"
        case -233: "notFound"
        case -234: "conflict"
        case -235: "rateLimited"
        case -236: "serverError"
        case -300: "connectionLost"
        case -301: "entryDenied"
        case -302: "removed"
        case -303: "meetingEnded"
        case -304: "duplicateParticipant"
        case -305: "limitReached"
        case -306: "refused"
        default: "Status(\(rawValue))"
        }
    }
}

/// A kind of handle, for counting.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct HandleKind: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// All kinds together.
    public static let all = HandleKind(rawValue: 0)

    /// VsdkError.
    public static let error = HandleKind(rawValue: 1)

    /// Op.
    public static let op = HandleKind(rawValue: 2)

    /// ConfigOptions.
    public static let configOptions = HandleKind(rawValue: 3)

    /// Token.
    public static let token = HandleKind(rawValue: 4)

    /// TokenMintOptions.
    public static let tokenMintOptions = HandleKind(rawValue: 5)

    /// TokenFetchOptions.
    public static let tokenFetchOptions = HandleKind(rawValue: 6)

    /// TokenReport.
    public static let tokenReport = HandleKind(rawValue: 7)

    /// RequestOptions.
    public static let requestOptions = HandleKind(rawValue: 8)

    /// RoomOptions.
    public static let roomOptions = HandleKind(rawValue: 9)

    /// RoomListOptions.
    public static let roomListOptions = HandleKind(rawValue: 10)

    /// Room.
    public static let room = HandleKind(rawValue: 11)

    /// RoomList.
    public static let roomList = HandleKind(rawValue: 12)

    /// MeetingOptions.
    public static let meetingOptions = HandleKind(rawValue: 13)

    /// Meeting.
    public static let meeting = HandleKind(rawValue: 14)

    /// MeetingSnapshot.
    public static let meetingSnapshot = HandleKind(rawValue: 15)

    /// Event.
    public static let event = HandleKind(rawValue: 16)

    /// Participant.
    public static let participant = HandleKind(rawValue: 17)

    /// PublishOptions.
    public static let publishOptions = HandleKind(rawValue: 18)

    /// ServiceOptions.
    public static let serviceOptions = HandleKind(rawValue: 19)

    /// Content.
    public static let content = HandleKind(rawValue: 20)

    /// TrackOptions.
    public static let trackOptions = HandleKind(rawValue: 21)

    /// LocalTrack.
    public static let localTrack = HandleKind(rawValue: 22)

    /// RemoteTrack.
    public static let remoteTrack = HandleKind(rawValue: 23)

    /// ReceivedFrame.
    public static let receivedFrame = HandleKind(rawValue: 24)

    /// MediaStatistics.
    public static let mediaStatistics = HandleKind(rawValue: 25)

    /// AudioInput.
    public static let audioInput = HandleKind(rawValue: 26)

    /// AudioOutput.
    public static let audioOutput = HandleKind(rawValue: 27)

    /// VideoInput.
    public static let videoInput = HandleKind(rawValue: 28)

    /// VideoOutput.
    public static let videoOutput = HandleKind(rawValue: 29)

    /// ReceivedPicture.
    public static let receivedPicture = HandleKind(rawValue: 30)

    /// DeviceList.
    public static let deviceList = HandleKind(rawValue: 31)

    /// AudioDevice.
    public static let audioDevice = HandleKind(rawValue: 32)
}

extension HandleKind: CustomStringConvertible {
    /// Its name here; `HandleKind(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 0: "all"
        case 1: "error"
        case 2: "op"
        case 3: "configOptions"
        case 4: "token"
        case 5: "tokenMintOptions"
        case 6: "tokenFetchOptions"
        case 7: "tokenReport"
        case 8: "requestOptions"
        case 9: "roomOptions"
        case 10: "roomListOptions"
        case 11: "room"
        case 12: "roomList"
        case 13: "meetingOptions"
        case 14: "meeting"
        case 15: "meetingSnapshot"
        case 16: "event"
        case 17: "participant"
        case 18: "publishOptions"
        case 19: "serviceOptions"
        case 20: "content"
        case 21: "trackOptions"
        case 22: "localTrack"
        case 23: "remoteTrack"
        case 24: "receivedFrame"
        case 25: "mediaStatistics"
        case 26: "audioInput"
        case 27: "audioOutput"
        case 28: "videoInput"
        case 29: "videoOutput"
        case 30: "receivedPicture"
        case 31: "deviceList"
        case 32: "audioDevice"
        default: "HandleKind(\(rawValue))"
        }
    }
}

/// How important a record is; a handler gets those of its level and the more important ones.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct LogLevel: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// No records.
    public static let off = LogLevel(rawValue: 0)

    /// Something failed that the app is not told in another way.
    public static let error = LogLevel(rawValue: 1)

    /// Something that will likely become a failure.
    public static let warning = LogLevel(rawValue: 2)

    /// The milestones: configured, initialised, ended.
    public static let info = LogLevel(rawValue: 3)

    /// Requests, retries, operations with their times.
    public static let debug = LogLevel(rawValue: 4)

    /// Everything.
    public static let trace = LogLevel(rawValue: 5)
}

extension LogLevel: CustomStringConvertible {
    /// Its name here; `LogLevel(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 0: "off"
        case 1: "error"
        case 2: "warning"
        case 3: "info"
        case 4: "debug"
        case 5: "trace"
        default: "LogLevel(\(rawValue))"
        }
    }
}

/// What a finding is about.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct TokenFinding: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// There is no token in the text.
    public static let empty = TokenFinding(rawValue: 100)

    /// The text is longer than any token.
    public static let tooLong = TokenFinding(rawValue: 101)

    /// `Bearer` stands before the token.
    public static let bearerPrefix = TokenFinding(rawValue: 102)

    /// `Basic` stands before the token.
    public static let basicPrefix = TokenFinding(rawValue: 103)

    /// Quotes stand around the token.
    public static let quotes = TokenFinding(rawValue: 104)

    /// White space stands around the token, often a line break at its end.
    public static let whiteSpaceAround = TokenFinding(rawValue: 105)

    /// White space stands inside the token.
    public static let whiteSpaceInside = TokenFinding(rawValue: 106)

    /// The token is broken into lines.
    public static let lineBreakInside = TokenFinding(rawValue: 107)

    /// The text is an API key, not a token.
    public static let looksLikeApiKey = TokenFinding(rawValue: 108)

    /// The text is an API secret, not a token.
    public static let looksLikeSecret = TokenFinding(rawValue: 109)

    /// The text does not consist of three parts with dots between them.
    public static let notThreeParts = TokenFinding(rawValue: 200)

    /// The header or the payload is empty.
    public static let partEmpty = TokenFinding(rawValue: 201)

    /// The header is not base64url.
    public static let headerNotBase64url = TokenFinding(rawValue: 202)

    /// The payload is not base64url.
    public static let payloadNotBase64url = TokenFinding(rawValue: 203)

    /// The signature is not base64url.
    public static let signatureNotBase64url = TokenFinding(rawValue: 204)

    /// A part is standard base64 (`+`, `/`, `=`) where base64url is needed.
    public static let standardBase64 = TokenFinding(rawValue: 205)

    /// The header is not JSON.
    public static let headerNotJson = TokenFinding(rawValue: 206)

    /// The header is JSON, but not an object.
    public static let headerNotObject = TokenFinding(rawValue: 207)

    /// The payload is not JSON.
    public static let payloadNotJson = TokenFinding(rawValue: 208)

    /// The payload is JSON, but not an object.
    public static let payloadNotObject = TokenFinding(rawValue: 209)

    /// The header does not say how the token is signed.
    public static let algorithmMissing = TokenFinding(rawValue: 210)

    /// The token is signed in another way than HS256, or not at all.
    public static let algorithmNotHs256 = TokenFinding(rawValue: 211)

    /// The signature is empty.
    public static let signatureMissing = TokenFinding(rawValue: 212)

    /// The signature is not as long as HS256 makes it: the token was cut, or something was added.
    public static let signatureLength = TokenFinding(rawValue: 213)

    /// The claim `apikey` is missing.
    public static let apiKeyMissing = TokenFinding(rawValue: 300)

    /// The claim `apikey` is written in another way, e.g. `apiKey`.
    public static let apiKeyMisspelt = TokenFinding(rawValue: 301)

    /// The claim `apikey` is empty.
    public static let apiKeyEmpty = TokenFinding(rawValue: 302)

    /// The claim `apikey` is not text.
    public static let apiKeyNotText = TokenFinding(rawValue: 303)

    /// The claim `apikey` has white space in it.
    public static let apiKeyWhiteSpace = TokenFinding(rawValue: 304)

    /// The claim `apikey` holds what looks like the API secret.
    public static let apiKeyLooksLikeSecret = TokenFinding(rawValue: 305)

    /// The claim `version` is text; it has to be a number.
    public static let versionIsText = TokenFinding(rawValue: 310)

    /// The claim `version` is missing though other claims need it.
    public static let versionMissing = TokenFinding(rawValue: 311)

    /// The claim `version` is something else than the number 2.
    public static let versionUnknown = TokenFinding(rawValue: 312)

    /// The claim `roomId` or `participantId` is not text.
    public static let idNotText = TokenFinding(rawValue: 320)

    /// The claim `roomId` or `participantId` is empty.
    public static let idEmpty = TokenFinding(rawValue: 321)

    /// A claim is written in a way that the service does not read.
    public static let claimMisspelt = TokenFinding(rawValue: 322)

    /// The token's life is over.
    public static let expired = TokenFinding(rawValue: 400)

    /// The token is not valid yet.
    public static let notYetValid = TokenFinding(rawValue: 401)

    /// The token claims to be issued in the future.
    public static let issuedInFuture = TokenFinding(rawValue: 402)

    /// The token's life is over within a minute.
    public static let expiresSoon = TokenFinding(rawValue: 403)

    /// The token lives longer than seven days.
    public static let longLife = TokenFinding(rawValue: 404)

    /// The token never expires.
    public static let noExpiry = TokenFinding(rawValue: 405)

    /// This machine's clock differs from the service's.
    public static let clockSkew = TokenFinding(rawValue: 406)

    /// A time is not a number.
    public static let timeNotNumber = TokenFinding(rawValue: 407)

    /// A time has a fraction of a second.
    public static let timeFraction = TokenFinding(rawValue: 408)

    /// A time is negative, or beyond the year 9999.
    public static let timeOutOfRange = TokenFinding(rawValue: 409)

    /// A time is given in milliseconds; it has to be in seconds.
    public static let timeInMilliseconds = TokenFinding(rawValue: 410)

    /// The token expires no later than it was issued.
    public static let noLife = TokenFinding(rawValue: 411)

    /// The claim `permissions` is missing, which means full rights.
    public static let permissionsMissing = TokenFinding(rawValue: 500)

    /// The claim `permissions` is empty, which means full rights.
    public static let permissionsEmpty = TokenFinding(rawValue: 501)

    /// The claim `permissions` is not an array.
    public static let permissionsNotArray = TokenFinding(rawValue: 502)

    /// An entry of `permissions` is not text.
    public static let permissionNotText = TokenFinding(rawValue: 503)

    /// An entry of `permissions` is none that the service knows.
    public static let permissionUnknown = TokenFinding(rawValue: 504)

    /// `ask_join` stands beside other permissions.
    public static let askJoinMixed = TokenFinding(rawValue: 505)

    /// No permission admits the holder to a meeting, e.g. `allow_mod` alone.
    public static let noJoinPermission = TokenFinding(rawValue: 506)

    /// The claim `roles` is not an array.
    public static let rolesNotArray = TokenFinding(rawValue: 600)

    /// The claim `roles` is empty.
    public static let rolesEmpty = TokenFinding(rawValue: 601)

    /// An entry of `roles` is not text.
    public static let roleNotText = TokenFinding(rawValue: 602)

    /// An entry of `roles` is none that the service knows.
    public static let roleUnknown = TokenFinding(rawValue: 603)

    /// The roles allow the REST API only, not joining.
    public static let roleCannotJoin = TokenFinding(rawValue: 604)

    /// The roles allow joining only, not the REST API.
    public static let roleCannotUseRest = TokenFinding(rawValue: 605)

    /// The token is for another room.
    public static let roomMismatch = TokenFinding(rawValue: 700)

    /// The token is for another participant.
    public static let participantMismatch = TokenFinding(rawValue: 701)

    /// The token is for one participant id, and the caller named none.
    public static let participantIdNotGiven = TokenFinding(rawValue: 702)
}

extension TokenFinding: CustomStringConvertible {
    /// Its name here; `TokenFinding(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 100: "empty"
        case 101: "tooLong"
        case 102: "bearerPrefix"
        case 103: "basicPrefix"
        case 104: "quotes"
        case 105: "whiteSpaceAround"
        case 106: "whiteSpaceInside"
        case 107: "lineBreakInside"
        case 108: "looksLikeApiKey"
        case 109: "looksLikeSecret"
        case 200: "notThreeParts"
        case 201: "partEmpty"
        case 202: "headerNotBase64url"
        case 203: "payloadNotBase64url"
        case 204: "signatureNotBase64url"
        case 205: "standardBase64"
        case 206: "headerNotJson"
        case 207: "headerNotObject"
        case 208: "payloadNotJson"
        case 209: "payloadNotObject"
        case 210: "algorithmMissing"
        case 211: "algorithmNotHs256"
        case 212: "signatureMissing"
        case 213: "signatureLength"
        case 300: "apiKeyMissing"
        case 301: "apiKeyMisspelt"
        case 302: "apiKeyEmpty"
        case 303: "apiKeyNotText"
        case 304: "apiKeyWhiteSpace"
        case 305: "apiKeyLooksLikeSecret"
        case 310: "versionIsText"
        case 311: "versionMissing"
        case 312: "versionUnknown"
        case 320: "idNotText"
        case 321: "idEmpty"
        case 322: "claimMisspelt"
        case 400: "expired"
        case 401: "notYetValid"
        case 402: "issuedInFuture"
        case 403: "expiresSoon"
        case 404: "longLife"
        case 405: "noExpiry"
        case 406: "clockSkew"
        case 407: "timeNotNumber"
        case 408: "timeFraction"
        case 409: "timeOutOfRange"
        case 410: "timeInMilliseconds"
        case 411: "noLife"
        case 500: "permissionsMissing"
        case 501: "permissionsEmpty"
        case 502: "permissionsNotArray"
        case 503: "permissionNotText"
        case 504: "permissionUnknown"
        case 505: "askJoinMixed"
        case 506: "noJoinPermission"
        case 600: "rolesNotArray"
        case 601: "rolesEmpty"
        case 602: "roleNotText"
        case 603: "roleUnknown"
        case 604: "roleCannotJoin"
        case 605: "roleCannotUseRest"
        case 700: "roomMismatch"
        case 701: "participantMismatch"
        case 702: "participantIdNotGiven"
        default: "TokenFinding(\(rawValue))"
        }
    }
}

/// What a token is meant for.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct TokenPurpose: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Not known.
    public static let any = TokenPurpose(rawValue: 0)

    /// Joining a meeting.
    public static let join = TokenPurpose(rawValue: 1)

    /// The REST API, such as creating a room.
    public static let rest = TokenPurpose(rawValue: 2)
}

extension TokenPurpose: CustomStringConvertible {
    /// Its name here; `TokenPurpose(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 0: "any"
        case 1: "join"
        case 2: "rest"
        default: "TokenPurpose(\(rawValue))"
        }
    }
}

/// How bad a finding is.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct Severity: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Good to know.
    public static let notice = Severity(rawValue: 1)

    /// It works, but not for long or not as one would think.
    public static let warning = Severity(rawValue: 2)

    /// The service is certain to refuse it.
    public static let error = Severity(rawValue: 3)
}

extension Severity: CustomStringConvertible {
    /// Its name here; `Severity(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "notice"
        case 2: "warning"
        case 3: "error"
        default: "Severity(\(rawValue))"
        }
    }
}

/// What a participant does with media.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct Mode: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Sends and receives: the default.
    public static let sendAndRecv = Mode(rawValue: 1)

    /// Receives only.
    public static let recvOnly = Mode(rawValue: 2)

    /// Neither: events, messages and moderation only.
    public static let signallingOnly = Mode(rawValue: 3)
}

extension Mode: CustomStringConvertible {
    /// Its name here; `Mode(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "sendAndRecv"
        case 2: "recvOnly"
        case 3: "signallingOnly"
        default: "Mode(\(rawValue))"
        }
    }
}

/// How media travels.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct PreferredProtocol: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// UDP, or TCP where UDP does not get through: the default.
    public static let udpOverTcp = PreferredProtocol(rawValue: 1)

    /// UDP only.
    public static let udpOnly = PreferredProtocol(rawValue: 2)

    /// TCP only.
    public static let tcpOnly = PreferredProtocol(rawValue: 3)
}

extension PreferredProtocol: CustomStringConvertible {
    /// Its name here; `PreferredProtocol(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "udpOverTcp"
        case 2: "udpOnly"
        case 3: "tcpOnly"
        default: "PreferredProtocol(\(rawValue))"
        }
    }
}

/// The largest picture that the camera publishes.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct MaxResolution: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// 1280 x 720: the default.
    public static let hd = MaxResolution(rawValue: 1)

    /// 640 x 360.
    public static let sd = MaxResolution(rawValue: 2)
}

extension MaxResolution: CustomStringConvertible {
    /// Its name here; `MaxResolution(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "hd"
        case 2: "sd"
        default: "MaxResolution(\(rawValue))"
        }
    }
}

/// The codec of published audio.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct AudioCodec: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Opus: the default.
    public static let opus = AudioCodec(rawValue: 1)

    /// G.711 mu-law.
    public static let pcmu = AudioCodec(rawValue: 2)

    /// G.711 A-law.
    public static let pcma = AudioCodec(rawValue: 3)

    /// G.722.
    public static let g722 = AudioCodec(rawValue: 4)
}

extension AudioCodec: CustomStringConvertible {
    /// Its name here; `AudioCodec(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "opus"
        case 2: "pcmu"
        case 3: "pcma"
        case 4: "g722"
        default: "AudioCodec(\(rawValue))"
        }
    }
}

/// What kind of participant this is.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct PeerType: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// A person or an ordinary program: the default.
    public static let normal = PeerType(rawValue: 1)

    /// An AI agent; others see it as one.
    public static let agent = PeerType(rawValue: 2)
}

extension PeerType: CustomStringConvertible {
    /// Its name here; `PeerType(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "normal"
        case 2: "agent"
        default: "PeerType(\(rawValue))"
        }
    }
}

/// Where a meeting stands.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct MeetingState: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Made, not joined.
    public static let initialised = MeetingState(rawValue: 1)

    /// Joining.
    public static let connecting = MeetingState(rawValue: 2)

    /// Waits until somebody in the room lets it in.
    public static let waitingEntry = MeetingState(rawValue: 3)

    /// In the room.
    public static let connected = MeetingState(rawValue: 4)

    /// Lost the connection and is making a new one.
    public static let reconnecting = MeetingState(rawValue: 5)

    /// Leaving.
    public static let leaving = MeetingState(rawValue: 6)

    /// Has left: the end.
    public static let left = MeetingState(rawValue: 7)

    /// Could not join or lost the connection for good.
    public static let failed = MeetingState(rawValue: 8)
}

extension MeetingState: CustomStringConvertible {
    /// Its name here; `MeetingState(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "initialised"
        case 2: "connecting"
        case 3: "waitingEntry"
        case 4: "connected"
        case 5: "reconnecting"
        case 6: "leaving"
        case 7: "left"
        case 8: "failed"
        default: "MeetingState(\(rawValue))"
        }
    }
}

/// Something that is done to a participant.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct Moderation: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Lets in who asked for it.
    public static let allowEntry = Moderation(rawValue: 1)

    /// Does not let in who asked for it.
    public static let denyEntry = Moderation(rawValue: 2)

    /// Asks to switch the microphone on; the participant decides.
    public static let requestMic = Moderation(rawValue: 3)

    /// Switches the microphone off.
    public static let disableMic = Moderation(rawValue: 4)

    /// Asks to switch the camera on; the participant decides.
    public static let requestWebcam = Moderation(rawValue: 5)

    /// Switches the camera off.
    public static let disableWebcam = Moderation(rawValue: 6)

    /// Removes from the meeting.
    public static let remove = Moderation(rawValue: 7)

    /// Pins the camera for everybody. That the service has pins for native clients is inferred.
    public static let pinCamera = Moderation(rawValue: 8)

    /// Takes the pin off the camera.
    public static let unpinCamera = Moderation(rawValue: 9)

    /// Pins the shared screen for everybody.
    public static let pinScreenShare = Moderation(rawValue: 10)

    /// Takes the pin off the shared screen.
    public static let unpinScreenShare = Moderation(rawValue: 11)
}

extension Moderation: CustomStringConvertible {
    /// Its name here; `Moderation(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "allowEntry"
        case 2: "denyEntry"
        case 3: "requestMic"
        case 4: "disableMic"
        case 5: "requestWebcam"
        case 6: "disableWebcam"
        case 7: "remove"
        case 8: "pinCamera"
        case 9: "unpinCamera"
        case 10: "pinScreenShare"
        case 11: "unpinScreenShare"
        default: "Moderation(\(rawValue))"
        }
    }
}

/// How participants are arranged in a recording or stream.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct Layout: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// All are equally large.
    public static let grid = Layout(rawValue: 1)

    /// One is large, nobody else is seen.
    public static let spotlight = Layout(rawValue: 2)

    /// One is large, the others are beside it.
    public static let sidebar = Layout(rawValue: 3)
}

extension Layout: CustomStringConvertible {
    /// Its name here; `Layout(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "grid"
        case 2: "spotlight"
        case 3: "sidebar"
        default: "Layout(\(rawValue))"
        }
    }
}

/// Who comes first in a layout.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct LayoutPriority: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Who speaks.
    public static let speaker = LayoutPriority(rawValue: 1)

    /// Who is pinned.
    public static let pin = LayoutPriority(rawValue: 2)
}

extension LayoutPriority: CustomStringConvertible {
    /// Its name here; `LayoutPriority(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "speaker"
        case 2: "pin"
        default: "LayoutPriority(\(rawValue))"
        }
    }
}

/// The colours of a recording or stream.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct Theme: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Those of the service.
    public static let `default` = Theme(rawValue: 1)

    /// Light ones.
    public static let light = Theme(rawValue: 2)

    /// Dark ones.
    public static let dark = Theme(rawValue: 3)
}

extension Theme: CustomStringConvertible {
    /// Its name here; `Theme(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "default"
        case 2: "light"
        case 3: "dark"
        default: "Theme(\(rawValue))"
        }
    }
}

/// What is recorded or streamed.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct ServiceContent: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Picture and sound.
    public static let videoAndAudio = ServiceContent(rawValue: 1)

    /// Sound only.
    public static let audio = ServiceContent(rawValue: 2)
}

extension ServiceContent: CustomStringConvertible {
    /// Its name here; `ServiceContent(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "videoAndAudio"
        case 2: "audio"
        default: "ServiceContent(\(rawValue))"
        }
    }
}

/// How good a recording or stream is.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct ServiceQuality: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Low.
    public static let low = ServiceQuality(rawValue: 1)

    /// Medium.
    public static let medium = ServiceQuality(rawValue: 2)

    /// High.
    public static let high = ServiceQuality(rawValue: 3)

    /// The highest; known from the REST interface alone.
    public static let ultra = ServiceQuality(rawValue: 4)
}

extension ServiceQuality: CustomStringConvertible {
    /// Its name here; `ServiceQuality(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "low"
        case 2: "medium"
        case 3: "high"
        case 4: "ultra"
        default: "ServiceQuality(\(rawValue))"
        }
    }
}

/// Which way up a recording or stream is; known from the REST interface alone.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct Orientation: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Wider than high.
    public static let landscape = Orientation(rawValue: 1)

    /// Higher than wide.
    public static let portrait = Orientation(rawValue: 2)
}

extension Orientation: CustomStringConvertible {
    /// Its name here; `Orientation(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "landscape"
        case 2: "portrait"
        default: "Orientation(\(rawValue))"
        }
    }
}

/// What a meeting may have running beside itself.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct ServiceKind: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// The meeting is recorded into a file.
    public static let recording = ServiceKind(rawValue: 1)

    /// It is sent to other platforms, by RTMP.
    public static let livestream = ServiceKind(rawValue: 2)

    /// It can be watched with any player, by HLS.
    public static let hls = ServiceKind(rawValue: 3)

    /// What is said is written down.
    public static let transcription = ServiceKind(rawValue: 4)

    /// What is said is translated.
    public static let translation = ServiceKind(rawValue: 5)

    /// Everybody can draw on one board.
    public static let whiteboard = ServiceKind(rawValue: 6)
}

extension ServiceKind: CustomStringConvertible {
    /// Its name here; `ServiceKind(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "recording"
        case 2: "livestream"
        case 3: "hls"
        case 4: "transcription"
        case 5: "translation"
        case 6: "whiteboard"
        default: "ServiceKind(\(rawValue))"
        }
    }
}

/// How far a service is; `code` of its events.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct ServiceState: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// It was asked for.
    public static let starting = ServiceState(rawValue: 1)

    /// It runs.
    public static let started = ServiceState(rawValue: 2)

    /// It was asked to end.
    public static let stopping = ServiceState(rawValue: 3)

    /// It does not run.
    public static let stopped = ServiceState(rawValue: 4)

    /// It runs, and what it makes can be watched: HLS only.
    public static let playable = ServiceState(rawValue: 5)
}

extension ServiceState: CustomStringConvertible {
    /// Its name here; `ServiceState(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "starting"
        case 2: "started"
        case 3: "stopping"
        case 4: "stopped"
        case 5: "playable"
        default: "ServiceState(\(rawValue))"
        }
    }
}

/// What an agent is doing.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct AgentState: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Nothing.
    public static let idle = AgentState(rawValue: 1)

    /// Somebody speaks to it.
    public static let listening = AgentState(rawValue: 2)

    /// It looks for an answer.
    public static let thinking = AgentState(rawValue: 3)

    /// It speaks.
    public static let speaking = AgentState(rawValue: 4)
}

extension AgentState: CustomStringConvertible {
    /// Its name here; `AgentState(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "idle"
        case 2: "listening"
        case 3: "thinking"
        case 4: "speaking"
        default: "AgentState(\(rawValue))"
        }
    }
}

/// What a track is: shared screens and their sound are told from the rest.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct TrackKind: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// A microphone, or any other sound.
    public static let audio = TrackKind(rawValue: 1)

    /// A camera, or any other picture.
    public static let video = TrackKind(rawValue: 2)

    /// A shared screen.
    public static let share = TrackKind(rawValue: 3)

    /// The sound of what is shared.
    public static let shareAudio = TrackKind(rawValue: 4)
}

extension TrackKind: CustomStringConvertible {
    /// Its name here; `TrackKind(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "audio"
        case 2: "video"
        case 3: "share"
        case 4: "shareAudio"
        default: "TrackKind(\(rawValue))"
        }
    }
}

/// How a track is encoded.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct Codec: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Opus, 48 kHz.
    public static let opus = Codec(rawValue: 1)

    /// G.711 mu-law.
    public static let pcmu = Codec(rawValue: 2)

    /// G.711 A-law.
    public static let pcma = Codec(rawValue: 3)

    /// G.722.
    public static let g722 = Codec(rawValue: 4)

    /// VP8.
    public static let vp8 = Codec(rawValue: 5)

    /// H.264, baseline; frames are access units with start codes (Annex B).
    public static let h264 = Codec(rawValue: 6)

    /// VP9, profile 0.
    public static let vp9 = Codec(rawValue: 7)

    /// AV1, main profile.
    public static let av1 = Codec(rawValue: 8)
}

extension Codec: CustomStringConvertible {
    /// Its name here; `Codec(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "opus"
        case 2: "pcmu"
        case 3: "pcma"
        case 4: "g722"
        case 5: "vp8"
        case 6: "h264"
        case 7: "vp9"
        case 8: "av1"
        default: "Codec(\(rawValue))"
        }
    }
}

/// What the bit rates of pictures aim at.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct BitrateMode: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Little bandwidth.
    public static let bandwidthOptimized = BitrateMode(rawValue: 1)

    /// Between the two.
    public static let balanced = BitrateMode(rawValue: 2)

    /// A good picture.
    public static let highQuality = BitrateMode(rawValue: 3)
}

extension BitrateMode: CustomStringConvertible {
    /// Its name here; `BitrateMode(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "bandwidthOptimized"
        case 2: "balanced"
        case 3: "highQuality"
        default: "BitrateMode(\(rawValue))"
        }
    }
}

/// What is heard by a microphone.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct AudioProfile: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Speech, over little bandwidth.
    public static let speechLowQuality = AudioProfile(rawValue: 1)

    /// Speech.
    public static let speechStandard = AudioProfile(rawValue: 2)

    /// Music.
    public static let musicStandard = AudioProfile(rawValue: 3)

    /// Music in stereo.
    public static let standardStereo = AudioProfile(rawValue: 4)

    /// Music, over much bandwidth.
    public static let highQuality = AudioProfile(rawValue: 5)

    /// The same in stereo.
    public static let highQualityStereo = AudioProfile(rawValue: 6)
}

extension AudioProfile: CustomStringConvertible {
    /// Its name here; `AudioProfile(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "speechLowQuality"
        case 2: "speechStandard"
        case 3: "musicStandard"
        case 4: "standardStereo"
        case 5: "highQuality"
        case 6: "highQualityStereo"
        default: "AudioProfile(\(rawValue))"
        }
    }
}

/// The height and rate of a shared screen.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct ScreenShareProfile: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// 640 x 360, 30 pictures per second.
    public static let h360Fps30 = ScreenShareProfile(rawValue: 1)

    /// 720 x 480, 15 pictures per second.
    public static let h480Fps15 = ScreenShareProfile(rawValue: 2)

    /// 720 x 480, 30 pictures per second.
    public static let h480Fps30 = ScreenShareProfile(rawValue: 3)

    /// 1280 x 720, 5 pictures per second.
    public static let h720Fps5 = ScreenShareProfile(rawValue: 4)

    /// 1280 x 720, 15 pictures per second.
    public static let h720Fps15 = ScreenShareProfile(rawValue: 5)

    /// 1280 x 720, 30 pictures per second.
    public static let h720Fps30 = ScreenShareProfile(rawValue: 6)

    /// 1920 x 1080, 15 pictures per second.
    public static let h1080Fps15 = ScreenShareProfile(rawValue: 7)

    /// 1920 x 1080, 30 pictures per second.
    public static let h1080Fps30 = ScreenShareProfile(rawValue: 8)
}

extension ScreenShareProfile: CustomStringConvertible {
    /// Its name here; `ScreenShareProfile(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "h360Fps30"
        case 2: "h480Fps15"
        case 3: "h480Fps30"
        case 4: "h720Fps5"
        case 5: "h720Fps15"
        case 6: "h720Fps30"
        case 7: "h1080Fps15"
        case 8: "h1080Fps30"
        default: "ScreenShareProfile(\(rawValue))"
        }
    }
}

/// How the pixels of a picture lie in memory.
///
/// Colours are those of BT.601, brightness in I420 and NV12 from 16 to 235.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct PictureFormat: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Three planes: brightness, then the colour differences U and V in half the width and height,
    /// rounded up.
    public static let i420 = PictureFormat(rawValue: 1)

    /// Two planes: brightness, then U and V by turns in half the width and height, rounded up.
    public static let nv12 = PictureFormat(rawValue: 2)

    /// One plane of four bytes for each pixel: red, green, blue, and one of no meaning for what is
    /// sent.
    public static let rgba = PictureFormat(rawValue: 3)

    /// One plane of four bytes for each pixel: blue, green, red, and one of no meaning for what is
    /// sent.
    public static let bgra = PictureFormat(rawValue: 4)
}

extension PictureFormat: CustomStringConvertible {
    /// Its name here; `PictureFormat(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "i420"
        case 2: "nv12"
        case 3: "rgba"
        case 4: "bgra"
        default: "PictureFormat(\(rawValue))"
        }
    }
}

/// How data is delivered. Neither way keeps the order.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct Reliability: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// What is lost is sent again, up to five times.
    public static let reliable = Reliability(rawValue: 1)

    /// What is lost stays lost; it never waits behind reliable data.
    public static let unreliable = Reliability(rawValue: 2)
}

extension Reliability: CustomStringConvertible {
    /// Its name here; `Reliability(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "reliable"
        case 2: "unreliable"
        default: "Reliability(\(rawValue))"
        }
    }
}

/// Which way media goes, as this participant sees it.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct TransportDirection: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// To the service.
    public static let send = TransportDirection(rawValue: 1)

    /// From the service.
    public static let receive = TransportDirection(rawValue: 2)
}

extension TransportDirection: CustomStringConvertible {
    /// Its name here; `TransportDirection(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "send"
        case 2: "receive"
        default: "TransportDirection(\(rawValue))"
        }
    }
}

/// What media goes by.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct TransportProtocol: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// UDP.
    public static let udp = TransportProtocol(rawValue: 1)

    /// TCP.
    public static let tcp = TransportProtocol(rawValue: 2)
}

extension TransportProtocol: CustomStringConvertible {
    /// Its name here; `TransportProtocol(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "udp"
        case 2: "tcp"
        default: "TransportProtocol(\(rawValue))"
        }
    }
}

/// What tracks carry.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct MediaKind: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Sound: of microphones and of what is shared.
    public static let audio = MediaKind(rawValue: 1)

    /// Pictures: of cameras and of shared screens.
    public static let video = MediaKind(rawValue: 2)
}

extension MediaKind: CustomStringConvertible {
    /// Its name here; `MediaKind(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "audio"
        case 2: "video"
        default: "MediaKind(\(rawValue))"
        }
    }
}

/// What a device is for.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct DeviceKind: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// It records.
    public static let microphone = DeviceKind(rawValue: 1)

    /// It plays.
    public static let speaker = DeviceKind(rawValue: 2)
}

extension DeviceKind: CustomStringConvertible {
    /// Its name here; `DeviceKind(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "microphone"
        case 2: "speaker"
        default: "DeviceKind(\(rawValue))"
        }
    }
}

/// How an image is encoded.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct ImageFormat: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// PNG: every pixel as it was decoded.
    public static let png = ImageFormat(rawValue: 1)

    /// JPEG: a fraction of that size, without what is hardly seen.
    public static let jpeg = ImageFormat(rawValue: 2)
}

extension ImageFormat: CustomStringConvertible {
    /// Its name here; `ImageFormat(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "png"
        case 2: "jpeg"
        default: "ImageFormat(\(rawValue))"
        }
    }
}

/// What kind of event it is. Ignore those that are unknown.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct EventType: RawRepresentable, Hashable, Sendable {
    /// The number, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// The meeting is in another state.
    ///
    /// - When: after each change of state; the first is that of ``initMeeting(_:)``, the last the
    /// end. After a lost connection CONNECTED comes once topics and values are subscribed and
    /// observed again. CONNECTING can follow CONNECTED: when the meeting is switched.
    /// - `code`: the new state, a ``MeetingState``.
    /// - `text`: its name, e.g. `INITIALISED`.
    /// - `status`: why, a ``Status``, when the app did not ask for it; else 0.
    /// - `json`: with a status, `message` and `remedy` say more, `serviceCode` and `serviceText`
    /// are what the service gave. With CONNECTED, `lostTopics` and `lostKeys` are what could not be
    /// subscribed and observed again on a new connection.
    /// - `participantId`: the participant that the meeting joins as.
    public static let stateChanged = EventType(rawValue: 1)

    /// The token works, but not for long or not as one would think.
    ///
    /// - When: once for each warning, behind the first event of a meeting and after each
    /// ``Meeting/setToken(_:)``.
    /// - `code`: the finding, a ``TokenFinding``.
    /// - `text`: what it is, and what to do about it.
    /// - `participantId`: the participant that the meeting joins as.
    /// - `json`: `finding` is its name, a text.
    public static let tokenWarning = EventType(rawValue: 2)

    /// The token's life is over in a minute or less. Hand in a fresh one with
    /// ``Meeting/setToken(_:)``.
    ///
    /// - When: 60 seconds before the end, once for each token; at once when less is left of it.
    /// - `code`: the time left, in seconds.
    /// - `text`: the same in words.
    /// - `participantId`: the participant that the meeting joins as.
    /// - `json`: `expiresAt` is the end, in seconds since 1970 (UTC).
    public static let tokenExpiring = EventType(rawValue: 3)

    /// Events were lost because they were not read in time. Read the snapshot again.
    ///
    /// - When: behind the events that waited before the loss, as soon as there is room for it.
    /// - `code`: how many were lost.
    /// - `json`: `lost` is the same number, without an upper limit.
    public static let overflow = EventType(rawValue: 4)

    /// Something is not as it should be, but the meeting goes on.
    ///
    /// - When: e.g. when the ICE servers cannot be read, or a message of the service is malformed.
    /// - `text`: what it is.
    /// - `participantId`: the participant that the meeting joins as.
    public static let warning = EventType(rawValue: 5)

    /// The service reported an error.
    ///
    /// - When: whenever it does; the meeting goes on.
    /// - `code`: the service's own number; 0 without one.
    /// - `text`: the service's words, redacted.
    /// - `status`: a ``Status`` for the number.
    public static let error = EventType(rawValue: 6)

    /// The connection was lost and is made anew.
    ///
    /// - When: before each try.
    /// - `code`: the number of the try, from 1.
    /// - `text`: why it is needed: how the connection, or the last try, ended.
    /// - `status`: ``Status/connectionLost``.
    /// - `participantId`: the participant that the meeting joins as.
    /// - `json`: `attempt` and `attempts` are the try and how many there are, `delayMs` the time
    /// until it, in milliseconds.
    public static let reconnecting = EventType(rawValue: 7)

    /// This participant is no longer in the room.
    ///
    /// - When: once, before the state that follows from it.
    /// - `code`: the service's number for the reason, e.g. 1002 for removed, 1101 for left by the
    /// app.
    /// - `text`: its name, e.g. `REMOVE_PEER`.
    /// - `participantId`: the participant that the meeting joined as.
    public static let meetingLeft = EventType(rawValue: 8)

    /// The service told something that this version does not know.
    ///
    /// - When: whenever it does.
    /// - `text`: the name of what was told.
    /// - `json`: `data` is what it held, without secrets.
    public static let unknown = EventType(rawValue: 9)

    /// Somebody is in the room.
    ///
    /// - When: for everybody who is there already, behind the state CONNECTED (on a new connection
    /// before it), and for each newcomer; never for the own participant.
    /// - `participantId`: who.
    /// - `text`: the name.
    /// - `json`: `participant` is what the snapshot has of it.
    public static let participantJoined = EventType(rawValue: 100)

    /// Somebody is no longer in the room.
    ///
    /// - When: once for each who leaves while this participant is in the room.
    /// - `participantId`: who.
    /// - `code`: the service's number for the reason, e.g. 1001 for a lost connection; 1007 when it
    /// is unknown.
    /// - `text`: its name.
    public static let participantLeft = EventType(rawValue: 101)

    /// Somebody has another name.
    ///
    /// - When: on each change.
    /// - `participantId`: who.
    /// - `text`: the new name.
    public static let participantNameChanged = EventType(rawValue: 102)

    /// Somebody does something else with media.
    ///
    /// - When: on each change, also of the own participant.
    /// - `participantId`: who.
    /// - `code`: a ``Mode``; 0 when it is unknown.
    /// - `text`: its name, e.g. `RECV_ONLY`.
    public static let participantModeChanged = EventType(rawValue: 103)

    /// Somebody tells something else about itself.
    ///
    /// - When: when it came back with other metadata.
    /// - `participantId`: who.
    /// - `json`: `metaData` is all of it, an object or null.
    public static let participantMetadataChanged = EventType(rawValue: 104)

    /// Somebody began or stopped to send.
    ///
    /// - When: on each change, also of the own participant.
    /// - `participantId`: who.
    /// - `code`: 1 or 0.
    /// - `text`: what: `audio`, `video`, `share` or `shareAudio`.
    public static let mediaStateChanged = EventType(rawValue: 105)

    /// Somebody else speaks, or nobody.
    ///
    /// - When: on each change.
    /// - `participantId`: who; NULL for nobody.
    public static let activeSpeakerChanged = EventType(rawValue: 106)

    /// Somebody was pinned or unpinned for everybody.
    ///
    /// - When: on each change.
    /// - `participantId`: who.
    /// - `json`: `cam` and `share` are what is pinned now, `pinnedBy` is who did it.
    public static let pinStateChanged = EventType(rawValue: 107)

    /// Somebody asks to be let in.
    ///
    /// - When: to those whose token has the permission `allow_join`.
    /// - `participantId`: who.
    /// - `text`: the name.
    public static let entryRequested = EventType(rawValue: 200)

    /// It was decided whether somebody is let in.
    ///
    /// - When: to those who may decide, and to who asked.
    /// - `participantId`: who asked.
    /// - `code`: 1 when it is let in, else 0.
    /// - `text`: the decision, `allowed` or `denied`.
    public static let entryResponded = EventType(rawValue: 201)

    /// Somebody asks this participant to switch its microphone on.
    ///
    /// - When: on each request. A microphone that is added or enabled accepts it, and everybody is
    /// told so by MEDIA_STATE_CHANGED; who does nothing declines it: the service knows no word for
    /// that.
    /// - `participantId`: who asks.
    public static let micRequested = EventType(rawValue: 202)

    /// Somebody asks this participant to switch its camera on.
    ///
    /// - When: on each request. A camera that is added or enabled accepts it, and everybody is told
    /// so by MEDIA_STATE_CHANGED; who does nothing declines it: the service knows no word for that.
    /// - `participantId`: who asks.
    public static let webcamRequested = EventType(rawValue: 203)

    /// Somebody asks this participant to go on in another meeting.
    ///
    /// - When: on each request.
    /// - `participantId`: who asks.
    /// - `text`: the id of that meeting.
    /// - `json`: `data` is what came with it, without the token.
    public static let switchRequested = EventType(rawValue: 204)

    /// A message came on a topic that is subscribed.
    ///
    /// - When: for what was kept before the subscription, in order, and for each new one.
    /// - `participantId`: the sender.
    /// - `text`: the topic.
    /// - `payload`: the message, UTF-8.
    /// - `code`: 1 when it is from before the subscription, else 0.
    /// - `json`: `message`, `id`, `timestamp`, `payload` and `sendOnly` as the service tells them.
    public static let message = EventType(rawValue: 300)

    /// A value that is observed has changed.
    ///
    /// - When: on each change.
    /// - `participantId`: who changed it.
    /// - `text`: the key.
    /// - `payload`: the value, UTF-8.
    /// - `code`: 0 when the value is gone, else 1.
    /// - `json`: `value` is the value; absent when it is gone.
    public static let storeValueChanged = EventType(rawValue: 301)

    /// The recording is in another state.
    ///
    /// - When: on each change, to everybody in the room; and when the service told nothing of it on
    /// a new connection: then it is unknown.
    /// - `code`: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
    /// - `text`: the name of the state, e.g. `RECORDING_STARTED`.
    /// - `json`: what else the service tells, e.g. URLs.
    public static let recordingStateChanged = EventType(rawValue: 400)

    /// The livestream is in another state.
    ///
    /// - When: on each change, to everybody in the room; and when the service told nothing of it on
    /// a new connection: then it is unknown.
    /// - `code`: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
    /// - `text`: the name of the state, e.g. `LIVESTREAM_STARTED`.
    /// - `json`: what else the service tells, e.g. URLs.
    public static let livestreamStateChanged = EventType(rawValue: 401)

    /// The HLS stream is in another state.
    ///
    /// - When: on each change, to everybody in the room; and when the service told nothing of it on
    /// a new connection: then it is unknown.
    /// - `code`: 1 starting, 2 started, 3 stopping, 4 stopped, 5 playable; 0 when it is unknown.
    /// - `text`: the name of the state, e.g. `HLS_STARTED`.
    /// - `json`: what else the service tells, e.g. URLs.
    public static let hlsStateChanged = EventType(rawValue: 402)

    /// The transcription is in another state.
    ///
    /// - When: on each change, to everybody in the room; and when the service told nothing of it on
    /// a new connection: then it is unknown.
    /// - `code`: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
    /// - `text`: the name of the state, e.g. `TRANSCRIPTION_STARTED`.
    /// - `json`: what else the service tells, e.g. URLs.
    public static let transcriptionStateChanged = EventType(rawValue: 403)

    /// The translation is in another state.
    ///
    /// - When: on each change, to everybody in the room; and when the service told nothing of it on
    /// a new connection: then it is unknown.
    /// - `code`: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
    /// - `text`: the name of the state, e.g. `TRANSLATION_STARTED`.
    /// - `json`: what else the service tells, e.g. URLs.
    public static let translationStateChanged = EventType(rawValue: 404)

    /// The whiteboard is in another state.
    ///
    /// - When: on each change, to everybody in the room; and when the service told nothing of it on
    /// a new connection: then it is unknown.
    /// - `code`: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
    /// - `text`: the name of the state, e.g. `WHITEBOARD_STARTED`.
    /// - `json`: what else the service tells, e.g. URLs.
    public static let whiteboardStateChanged = EventType(rawValue: 405)

    /// Somebody said something.
    ///
    /// - When: while a transcription runs.
    /// - `participantId`: who.
    /// - `text`: what.
    /// - `json`: `data` is all of it.
    public static let transcriptionText = EventType(rawValue: 410)

    /// Somebody said something, translated.
    ///
    /// - When: while a translation runs.
    /// - `participantId`: who.
    /// - `text`: what.
    /// - `json`: `data` is all of it.
    public static let translationText = EventType(rawValue: 411)

    /// Somebody wants translations in another language.
    ///
    /// - When: on each change.
    /// - `participantId`: who.
    /// - `text`: the language.
    /// - `json`: `data` is all of it.
    public static let translationLanguageChanged = EventType(rawValue: 412)

    /// An agent does something else.
    ///
    /// - When: on each change.
    /// - `participantId`: the agent.
    /// - `text`: `idle`, `listening`, `thinking` or `speaking`.
    public static let agentStateChanged = EventType(rawValue: 500)

    /// An agent heard or said something.
    ///
    /// - When: for each piece of it.
    /// - `participantId`: who spoke.
    /// - `text`: what.
    /// - `json`: `data` is all of it.
    public static let agentTranscript = EventType(rawValue: 501)

    /// Figures of an agent.
    ///
    /// - When: when the agent tells them.
    /// - `participantId`: the agent.
    /// - `json`: `data` is all of it.
    public static let agentMetrics = EventType(rawValue: 502)

    /// A character joined.
    ///
    /// - When: once for each.
    /// - `participantId`: the character.
    /// - `text`: its name.
    /// - `json`: `data` is all of it.
    public static let characterJoined = EventType(rawValue: 510)

    /// A character left.
    ///
    /// - When: once for each.
    /// - `participantId`: the character.
    /// - `json`: `data` is all of it.
    public static let characterLeft = EventType(rawValue: 511)

    /// A character is in another state.
    ///
    /// - When: on each change.
    /// - `participantId`: the character.
    /// - `text`: the state, e.g. `CHARACTER_SPEAKING`.
    /// - `json`: `data` is all of it.
    public static let characterStateChanged = EventType(rawValue: 512)

    /// A character said something.
    ///
    /// - When: for each message.
    /// - `participantId`: the character.
    /// - `text`: what.
    /// - `json`: `data` is all of it.
    public static let characterMessage = EventType(rawValue: 513)

    /// Somebody said something to a character.
    ///
    /// - When: for each message.
    /// - `participantId`: the character.
    /// - `text`: what.
    /// - `json`: `data` is all of it.
    public static let characterUserMessage = EventType(rawValue: 514)

    /// A character sent data.
    ///
    /// - When: for each piece.
    /// - `participantId`: the character.
    /// - `text`: the topic.
    /// - `json`: `data` is all of it.
    public static let characterData = EventType(rawValue: 515)

    /// A character failed.
    ///
    /// - When: on each failure.
    /// - `participantId`: the character.
    /// - `json`: `data` is all of it.
    public static let characterError = EventType(rawValue: 516)

    /// A connection to another meeting was opened.
    ///
    /// - When: once for each.
    /// - `text`: the id of that meeting.
    /// - `json`: `data` is all of it.
    public static let connectionOpened = EventType(rawValue: 600)

    /// A connection to another meeting was closed.
    ///
    /// - When: once for each.
    /// - `text`: the id of that meeting.
    /// - `json`: `data` is all of it.
    public static let connectionClosed = EventType(rawValue: 601)

    /// Somebody in a connected meeting wrote something.
    ///
    /// - When: for each message.
    /// - `participantId`: who.
    /// - `text`: what.
    /// - `json`: `data` is all of it.
    public static let connectionMessage = EventType(rawValue: 602)

    /// Somebody joined a connected meeting.
    ///
    /// - When: once for each.
    /// - `participantId`: who.
    /// - `text`: the id of that meeting.
    /// - `json`: `data` is all of it.
    public static let connectionParticipantJoined = EventType(rawValue: 603)

    /// Somebody left a connected meeting.
    ///
    /// - When: once for each.
    /// - `participantId`: who.
    /// - `text`: the id of that meeting.
    /// - `json`: `data` is all of it.
    public static let connectionParticipantLeft = EventType(rawValue: 604)

    /// Media is relayed to another meeting.
    ///
    /// - When: on each beginning.
    /// - `text`: the id of that meeting.
    /// - `json`: `data` is all of it.
    public static let mediaRelayStarted = EventType(rawValue: 610)

    /// Media is no longer relayed to another meeting.
    ///
    /// - When: on each end.
    /// - `text`: the id of that meeting.
    /// - `json`: `data` is all of it.
    public static let mediaRelayStopped = EventType(rawValue: 611)

    /// Media could not be relayed to another meeting.
    ///
    /// - When: on each failure.
    /// - `text`: the id of that meeting.
    /// - `json`: `data` is all of it.
    public static let mediaRelayError = EventType(rawValue: 612)

    /// Somebody in another meeting asks to relay its media to this one.
    ///
    /// - When: on each request.
    /// - `participantId`: who asks.
    /// - `text`: the id of that meeting.
    /// - `json`: `data` is all of it.
    public static let mediaRelayRequested = EventType(rawValue: 613)

    /// Another meeting answered to the wish to relay media there.
    ///
    /// - When: on each answer.
    /// - `participantId`: who decided.
    /// - `text`: the id of that meeting.
    /// - `json`: `data` is all of it.
    public static let mediaRelayResponded = EventType(rawValue: 614)

    /// Somebody sends a track that can be received now.
    ///
    /// - When: once for each track, also for those that were sent before this participant joined.
    /// - `participantId`: who sends it.
    /// - `track_id`: the track.
    /// - `code`: what it is, a ``TrackKind``.
    /// - `text`: the name of that, e.g. `audio`.
    /// - `json`: `codec` is its name, `spatialLayers` and `temporalLayers` are their numbers,
    /// `paused` says whether it rests, `appData` is what its sender tells with it.
    public static let trackAdded = EventType(rawValue: 700)

    /// A track is no longer sent.
    ///
    /// - When: once for each that was added; its frames that are left can still be read.
    /// - `participantId`: who sent it.
    /// - `track_id`: the track.
    /// - `code`: what it was, a ``TrackKind``.
    /// - `text`: the name of that.
    public static let trackRemoved = EventType(rawValue: 701)

    /// A track rests: its sender has paused it.
    ///
    /// - When: on each pause.
    /// - `participantId`: who sends it.
    /// - `track_id`: the track.
    /// - `code`: what it is, a ``TrackKind``.
    /// - `text`: the name of that.
    public static let trackPaused = EventType(rawValue: 702)

    /// A track goes on.
    ///
    /// - When: on each end of a pause.
    /// - `participantId`: who sends it.
    /// - `track_id`: the track.
    /// - `code`: what it is, a ``TrackKind``.
    /// - `text`: the name of that.
    public static let trackResumed = EventType(rawValue: 703)

    /// A track comes in another size or rate.
    ///
    /// - When: on each change.
    /// - `participantId`: who sends it.
    /// - `track_id`: the track.
    /// - `code`: the spatial layer; -1 for none.
    /// - `text`: what the track is, e.g. `video`.
    /// - `json`: `spatialLayer` and `temporalLayer` are the layers.
    public static let trackLayersChanged = EventType(rawValue: 704)

    /// One of this participant's own tracks is sent from now on.
    ///
    /// - When: once the service has taken it, again after each new connection.
    /// - `participantId`: this participant.
    /// - `track_id`: the track.
    /// - `code`: what it is, a ``TrackKind``.
    /// - `text`: the name of that.
    public static let trackPublished = EventType(rawValue: 710)

    /// One of this participant's own tracks is no longer sent.
    ///
    /// - When: when it was switched off or taken out, or the connection is lost.
    /// - `participantId`: this participant.
    /// - `track_id`: the track.
    /// - `code`: what it is, a ``TrackKind``.
    /// - `text`: the name of that.
    public static let trackUnpublished = EventType(rawValue: 711)

    /// One of this participant's own tracks cannot be sent.
    ///
    /// - When: e.g. when the room does not offer its codec, or the service refuses it.
    /// - `participantId`: this participant.
    /// - `track_id`: the track.
    /// - `code`: what it is, a ``TrackKind``.
    /// - `text`: why.
    /// - `status`: a ``Status``.
    /// - `json`: `remedy` is what to do, `serviceCode` the service's own number or null.
    public static let trackFailed = EventType(rawValue: 712)

    /// The options of the meeting want a microphone or a camera, but there is no track to send.
    ///
    /// - When: once for each, after joining; what is added later is sent all the same.
    /// - `participantId`: this participant.
    /// - `code`: what is missing, a ``TrackKind``.
    /// - `text`: the name of that, `audio` or `video`.
    public static let sourceMissing = EventType(rawValue: 713)

    /// Somebody cannot decode one of this participant's own tracks without a key frame: make one.
    ///
    /// - When: when nobody has asked since the last key frame.
    /// - `participantId`: this participant.
    /// - `track_id`: the track.
    /// - `code`: what it is, a ``TrackKind``.
    /// - `text`: the name of that.
    public static let keyFrameRequested = EventType(rawValue: 714)

    /// The network allows something else for one of this participant's own tracks.
    ///
    /// - When: when a layer goes on or off, or its rate changes by a tenth. Ask the track for the
    /// target of its encoder.
    /// - `participantId`: this participant.
    /// - `track_id`: the track.
    /// - `code`: the layer; 0 is the smallest.
    public static let encoderTargetChanged = EventType(rawValue: 715)

    /// Network or processor limit one of this participant's own pictures, or no longer do.
    ///
    /// - When: when for two seconds a layer is off or all together get less than four fifths of
    /// what they want; then when for four seconds they get nearly all of it. For the processor,
    /// whenever the pictures of a camera become smaller than they should be, smaller still, or
    /// larger again. A track that is no longer sent is not limited any more, and nothing but
    /// ``EventType/trackUnpublished`` says so.
    /// - `participantId`: this participant.
    /// - `track_id`: the track.
    /// - `code`: 1 when it is limited from now on, 0 when it no longer is.
    /// - `text`: what is scarce: `bandwidth`, or `cpu` when raw pictures are not encoded in time.
    /// - `json`: `state` is `detected` or `resolved`, as the official clients say it; `wantedKbps`
    /// and `grantedKbps` are what all its layers together want and get, in kilobits per second; for
    /// the processor `reducedBy` is by what each side is divided.
    public static let qualityLimitationChanged = EventType(rawValue: 716)

    /// The way for media is another one.
    ///
    /// - When: on each change.
    /// - `participantId`: this participant.
    /// - `code`: 1 connected, 2 disconnected, which is mended by itself, 3 failed.
    /// - `text`: which way, `send` or `receive`.
    /// - `status`: why it failed, a ``Status``; else 0.
    /// - `json`: `state` is the name of the state, `reason` says more where there is more to say.
    public static let transportStateChanged = EventType(rawValue: 720)

    /// Data came.
    ///
    /// - When: for each piece; the order is not that in which they were sent.
    /// - `participantId`: who sent it.
    /// - `payload`: the data.
    /// - `text`: `text` when it is UTF-8, else `binary`.
    /// - `code`: how it was sent, a ``Reliability``.
    public static let data = EventType(rawValue: 730)

    /// Microphones or speakers of this machine came or went, or another one is the default.
    ///
    /// - When: within some two seconds of each change, after ``Meeting/watchDevices(_:)``.
    /// - `participantId`: this participant.
    /// - `code`: which, a ``DeviceKind``.
    /// - `text`: the name of that, `microphone` or `speaker`.
    /// - `json`: `added` and `removed` are lists of devices, each with `id` and `name`; `default`
    /// is the device that is the default now, null when that is as before.
    public static let devicesChanged = EventType(rawValue: 740)

    /// A microphone or speaker could not be opened by the library, or does not work any more.
    ///
    /// - When: when the microphone that the options or ``Meeting/setMicEnabled(_:)`` want cannot be
    /// opened, and once for each open device that fails. The meeting goes on.
    /// - `participantId`: this participant.
    /// - `code`: what it is, a ``DeviceKind``.
    /// - `text`: why.
    /// - `status`: a ``Status``.
    /// - `json`: `remedy` is what to do, `kind` is `microphone` or `speaker`, `device` has `id` and
    /// `name` of the device; it is null when none could be opened.
    public static let deviceFailed = EventType(rawValue: 741)
}

extension EventType: CustomStringConvertible {
    /// Its name here; `EventType(7)` for a value that this version does not know.
    public var description: String {
        switch rawValue {
        case 1: "stateChanged"
        case 2: "tokenWarning"
        case 3: "tokenExpiring"
        case 4: "overflow"
        case 5: "warning"
        case 6: "error"
        case 7: "reconnecting"
        case 8: "meetingLeft"
        case 9: "unknown"
        case 100: "participantJoined"
        case 101: "participantLeft"
        case 102: "participantNameChanged"
        case 103: "participantModeChanged"
        case 104: "participantMetadataChanged"
        case 105: "mediaStateChanged"
        case 106: "activeSpeakerChanged"
        case 107: "pinStateChanged"
        case 200: "entryRequested"
        case 201: "entryResponded"
        case 202: "micRequested"
        case 203: "webcamRequested"
        case 204: "switchRequested"
        case 300: "message"
        case 301: "storeValueChanged"
        case 400: "recordingStateChanged"
        case 401: "livestreamStateChanged"
        case 402: "hlsStateChanged"
        case 403: "transcriptionStateChanged"
        case 404: "translationStateChanged"
        case 405: "whiteboardStateChanged"
        case 410: "transcriptionText"
        case 411: "translationText"
        case 412: "translationLanguageChanged"
        case 500: "agentStateChanged"
        case 501: "agentTranscript"
        case 502: "agentMetrics"
        case 510: "characterJoined"
        case 511: "characterLeft"
        case 512: "characterStateChanged"
        case 513: "characterMessage"
        case 514: "characterUserMessage"
        case 515: "characterData"
        case 516: "characterError"
        case 600: "connectionOpened"
        case 601: "connectionClosed"
        case 602: "connectionMessage"
        case 603: "connectionParticipantJoined"
        case 604: "connectionParticipantLeft"
        case 610: "mediaRelayStarted"
        case 611: "mediaRelayStopped"
        case 612: "mediaRelayError"
        case 613: "mediaRelayRequested"
        case 614: "mediaRelayResponded"
        case 700: "trackAdded"
        case 701: "trackRemoved"
        case 702: "trackPaused"
        case 703: "trackResumed"
        case 704: "trackLayersChanged"
        case 710: "trackPublished"
        case 711: "trackUnpublished"
        case 712: "trackFailed"
        case 713: "sourceMissing"
        case 714: "keyFrameRequested"
        case 715: "encoderTargetChanged"
        case 716: "qualityLimitationChanged"
        case 720: "transportStateChanged"
        case 730: "data"
        case 740: "devicesChanged"
        case 741: "deviceFailed"
        default: "EventType(\(rawValue))"
        }
    }
}
