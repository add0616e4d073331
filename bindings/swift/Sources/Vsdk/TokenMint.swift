internal import CVsdk

/// What a token is minted from: by default one that may join and moderate, in any room, for an hour.
public struct TokenMintOptions: Hashable, Sendable {
    /// The API key of the project, from the dashboard.
    public var apiKey: String

    /// The API secret of the project, from the dashboard. Keep it on a server.
    @Secret public var secret: String

    /// `allow_join`, `ask_join` (alone) or `allow_mod`; none for `allow_join` and `allow_mod`.
    public var permissions: [String] = []

    /// `rtc` (joining) or `crawler` (the REST API); without any the token is good for everything.
    public var roles: [String] = []

    /// Makes the token good for this room only.
    public var roomId: String?

    /// Makes the token good for this participant only.
    public var participantId: String?

    /// How long the token is good for: from one second, rounded up to whole ones; `nil` for an hour.
    public var lifetime: Duration?

    /// Further claims: a JSON object, without those that have a property here, `iat` and `exp`.
    public var claimsJson: String?

    /// For a token with the defaults.
    public init(apiKey: String, secret: String) {
        self.apiKey = apiKey
        self.secret = secret
    }
}

/// Mints a token: signs it with the API secret, which belongs on a server and never into an app. For
/// servers, tests and demos.
///
/// Refuses what the service would refuse later, with the reason.
///
/// - Throws: ``VsdkError`` (`invalidArgument`, `tokenPermissions`).
public func mintToken(_ options: TokenMintOptions) throws -> Token {
    try options.withC { options in
        try read(Token.init(reading:), free: vsdk_token_free) { token, error in
            vsdk_token_mint(options, token, error)
        }
    }
}

extension TokenMintOptions {
    func withC<Value>(_ body: (OpaquePointer) throws -> Value) throws -> Value {
        try withOptions(
            vsdk_token_mint_options_new, free: vsdk_token_mint_options_free
        ) { options in
            try set(options, vsdk_token_mint_options_set_api_key, apiKey)
            try set(options, vsdk_token_mint_options_set_secret, secret)
            for permission in permissions {
                try set(options, vsdk_token_mint_options_add_permission, permission)
            }
            for role in roles {
                try set(options, vsdk_token_mint_options_add_role, role)
            }
            try set(options, vsdk_token_mint_options_set_room_id, roomId)
            try set(options, vsdk_token_mint_options_set_participant_id, participantId)
            if let lifetime {
                try call { error in
                    vsdk_token_mint_options_set_lifetime_s(options, lifetime.wholeSeconds, error)
                }
            }
            try set(options, vsdk_token_mint_options_set_claims_json, claimsJson)
            return try body(options)
        }
    }
}
