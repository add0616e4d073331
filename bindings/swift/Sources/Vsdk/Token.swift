internal import CVsdk
import Foundation

/// A token, as it was minted or fetched.
public struct Token: Hashable, Sendable {
    /// The token's text, for ``config(_:)`` or the options of a room or meeting. A secret.
    @Secret public private(set) var text: String

    /// When its life is over, as far as it can be read; absent when it has no end.
    public let expiresAt: Date?

    init(reading token: OpaquePointer) {
        text = Vsdk.text(vsdk_token_text(token))
        expiresAt = optionalDate(seconds: vsdk_token_expires_at_s(token))
    }
}

/// What is added to the request of ``fetchToken(from:options:timeout:)``.
public struct TokenFetchOptions: Hashable, Sendable {
    /// Headers, such as the app's own login: `["Authorization": "..."]`.
    @Secret public var headers: [String: String]

    /// Asks for a token for this room, with the query parameter `roomId`; `nil` for any.
    public var roomId: String?

    /// Asks for a token for this participant, with the query parameter `peerId`; `nil` for any.
    public var participantId: String?

    /// Options that add what is given here.
    public init(
        headers: [String: String] = [:], roomId: String? = nil, participantId: String? = nil
    ) {
        self.headers = headers
        self.roomId = roomId
        self.participantId = participantId
    }
}

/// Fetches a token from a token server: GET with JSON expected, `{"token": "..."}`. An app gets its
/// tokens from a server of its own.
///
/// - Parameters:
///   - url: Where, e.g. `http://localhost:3000/get-token`. Plain http only on this machine, unless
///     the configuration allows more.
///   - options: What to add to the request.
///   - timeout: How long all of it may take.
/// - Throws: ``VsdkError`` (`invalidArgument`, `timeout`, `tokenServerReply`, `shutdown`, those of
///   networks and replies); `CancellationError` when the task is cancelled.
public func fetchToken(
    from url: String,
    options: TokenFetchOptions = TokenFetchOptions(),
    timeout: Duration = defaultTimeout
) async throws -> Token {
    try await perform(taking: Token.taken) { pending in
        try url.withC { url in
            try options.withC { options in
                try pending.start { callback, userData, destroy, operation, error in
                    vsdk_token_fetch_async(
                        url, options, timeout.milliseconds, callback, userData, destroy, operation,
                        error)
                }
            }
        }
    }
}

extension Token {
    /// The result of a completed operation.
    @Sendable static func taken(from operation: OpaquePointer) throws -> Token {
        try read(Token.init(reading:), free: vsdk_token_free) { token, error in
            vsdk_op_take_token(operation, token, error)
        }
    }
}

extension TokenFetchOptions {
    func withC<Value>(_ body: (OpaquePointer) throws -> Value) throws -> Value {
        try withOptions(
            vsdk_token_fetch_options_new, free: vsdk_token_fetch_options_free
        ) { options in
            for (name, value) in headers {
                try name.withC { name in
                    try value.withC { value in
                        try call { error in
                            vsdk_token_fetch_options_set_header(options, name, value, error)
                        }
                    }
                }
            }
            try set(options, vsdk_token_fetch_options_set_room_id, roomId)
            try set(options, vsdk_token_fetch_options_set_participant_id, participantId)
            return try body(options)
        }
    }
}
