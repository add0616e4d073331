internal import CVsdk

/// Sets the token that applies wherever options give none, like `VideoSDK.config(token)`.
///
/// The doctor looks at it first, see ``inspectToken(_:purpose:roomId:participantId:)``: what can
/// never work fails here, with the reason. A later call replaces it; meetings that are initialised
/// already keep theirs.
///
/// - Parameter token: The token as it was issued: no prefix, no quotes, no white space.
/// - Throws: ``VsdkError`` (`tokenMalformed`, `tokenExpired`, `tokenNotYetValid`,
///   `tokenPermissions`).
public func config(_ token: String) throws {
    try token.withC { token in try call { error in vsdk_config(token, error) } }
}

/// Changes what is set in the options and leaves the rest as it is. All or nothing.
///
/// - Throws: ``VsdkError`` (as ``config(_:)``; `invalidArgument`, `networkInsecure`).
public func config(with options: ConfigOptions) throws {
    try options.withC { options in try call { error in vsdk_config_with(options, error) } }
}

/// What ``config(with:)`` changes; what is `nil` stays as it is.
public struct ConfigOptions: Hashable, Sendable {
    /// The token, as for ``config(_:)``.
    @Secret public var token: String?

    /// The base URL of the REST API, e.g. `http://127.0.0.1:3000`; at first the service's own.
    public var apiBaseUrl: String?

    /// An HTTP proxy for all requests, e.g. `http://user:password@host:3128`; at first none. The
    /// environment's proxy variables are not looked at.
    @Secret public var proxy: String?

    /// Certificate authorities that are trusted besides the platform's, in PEM; at first none.
    public var extraCaPem: String?

    /// What is added to the `User-Agent` header, e.g. `my-app/2.1`; at first nothing.
    public var userAgentSuffix: String?

    /// Whether tokens are checked against this machine's clock; at first they are. Switch it off on
    /// boards without a clock: the service then is the only judge of expiry.
    public var clockCheck: Bool?

    /// Whether plain http may leave this machine; at first it may not: everyone on the way can then
    /// read the token.
    public var allowPlainHttp: Bool?

    /// What goes back to what it was at first. A value given beside it wins.
    public var resets: Set<Resettable> = []

    /// A part of the configuration that can be put back to what it was at first.
    public enum Resettable: Hashable, Sendable {
        /// The base URL of the REST API, which then is the service's own.
        case apiBaseUrl
        /// The proxy: none.
        case proxy
        /// The further certificate authorities: none.
        case extraCaPem
        /// What is added to the `User-Agent` header: nothing.
        case userAgentSuffix
    }

    /// Options that change the token and the server, or nothing yet.
    public init(token: String? = nil, apiBaseUrl: String? = nil) {
        self.token = token
        self.apiBaseUrl = apiBaseUrl
    }
}

extension ConfigOptions {
    func withC<Value>(_ body: (OpaquePointer) throws -> Value) throws -> Value {
        try withOptions(vsdk_config_options_new, free: vsdk_config_options_free) { options in
            for part in resets {
                try call { error in part.setter(options, nil, error) }
            }
            try set(options, vsdk_config_options_set_token, token)
            try set(options, vsdk_config_options_set_api_base_url, apiBaseUrl)
            try set(options, vsdk_config_options_set_proxy, proxy)
            try set(options, vsdk_config_options_set_extra_ca_pem, extraCaPem)
            try set(options, vsdk_config_options_set_user_agent_suffix, userAgentSuffix)
            try set(options, vsdk_config_options_set_clock_check, clockCheck)
            try set(options, vsdk_config_options_set_allow_plain_http, allowPlainHttp)
            return try body(options)
        }
    }
}

extension ConfigOptions.Resettable {
    fileprivate var setter: Setter<UnsafePointer<CChar>?> {
        switch self {
        case .apiBaseUrl: vsdk_config_options_set_api_base_url
        case .proxy: vsdk_config_options_set_proxy
        case .extraCaPem: vsdk_config_options_set_extra_ca_pem
        case .userAgentSuffix: vsdk_config_options_set_user_agent_suffix
        }
    }
}
