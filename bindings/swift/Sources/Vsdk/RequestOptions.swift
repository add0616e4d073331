internal import CVsdk

/// For a call with another token, or to another server, than the configured ones.
public struct RequestOptions: Hashable, Sendable {
    /// Another token; `nil` for the configured one.
    @Secret public var token: String?

    /// The base URL of another server's REST API; `nil` for the configured one.
    public var apiBaseUrl: String?

    /// Options that change what is given here.
    public init(token: String? = nil, apiBaseUrl: String? = nil) {
        self.token = token
        self.apiBaseUrl = apiBaseUrl
    }
}

extension RequestOptions {
    func withC<Value>(_ body: (OpaquePointer) throws -> Value) throws -> Value {
        try withOptions(vsdk_request_options_new, free: vsdk_request_options_free) { options in
            try set(options, vsdk_request_options_set_token, token)
            try set(options, vsdk_request_options_set_api_base_url, apiBaseUrl)
            return try body(options)
        }
    }
}
