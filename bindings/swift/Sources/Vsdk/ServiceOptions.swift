internal import CVsdk

/// What ``Meeting/startService(_:_:timeout:)`` starts a service with.
///
/// Everything is optional: what is `nil`, the service decides. An option that the service of that
/// kind does not know is refused when it is started.
public struct ServiceOptions: Hashable, Sendable {
    /// How participants are arranged: recording, livestream and HLS.
    public var layout: Layout?

    /// Who comes first in the layout: recording, livestream and HLS.
    public var layoutPriority: LayoutPriority?

    /// How many participants are seen at most, from 1: recording, livestream and HLS. The service has
    /// its own limit.
    public var gridSize: Int?

    /// The colours: recording, livestream and HLS.
    public var theme: Theme?

    /// Whether there is a picture: recording, livestream and HLS.
    public var content: ServiceContent?

    /// How good it is: recording, livestream and HLS.
    public var quality: ServiceQuality?

    /// Which way up it is: recording, livestream and HLS.
    public var orientation: Orientation?

    /// Where a livestream goes: to one platform at least, and to 100 at most.
    public var outputs: [Output] = []

    /// The URL that the service calls when something happens: recording and transcription.
    public var webhookUrl: String?

    /// The language that is spoken, e.g. `en`: transcription.
    public var language: String?

    /// All else, as the service names it: a JSON object. Properties that are set here win.
    @Secret public var json: String?

    /// As the service decides; everything can be set afterwards.
    public init() {}

    /// Where a livestream goes.
    public struct Output: Hashable, Sendable {
        /// The URL of the platform, as it gave it; not empty.
        public var url: String

        /// The key that the platform gave; not empty. Whoever has it streams there.
        @Secret public var streamKey: String

        /// To this platform.
        public init(url: String, streamKey: String) {
            self.url = url
            self.streamKey = streamKey
        }
    }
}

extension ServiceOptions {
    func withC<Value>(_ body: (OpaquePointer) throws -> Value) throws -> Value {
        try withOptions(vsdk_service_options_new, free: vsdk_service_options_free) { options in
            try set(options, vsdk_service_options_set_layout, layout)
            try set(options, vsdk_service_options_set_layout_priority, layoutPriority)
            if let gridSize {
                try call { error in
                    vsdk_service_options_set_grid_size(options, Int32(clamping: gridSize), error)
                }
            }
            try set(options, vsdk_service_options_set_theme, theme)
            try set(options, vsdk_service_options_set_content, content)
            try set(options, vsdk_service_options_set_quality, quality)
            try set(options, vsdk_service_options_set_orientation, orientation)
            for output in outputs { try output.add(to: options) }
            try set(options, vsdk_service_options_set_webhook_url, webhookUrl)
            try set(options, vsdk_service_options_set_language, language)
            try set(options, vsdk_service_options_set_json, json)
            return try body(options)
        }
    }
}

extension ServiceOptions.Output {
    fileprivate func add(to options: OpaquePointer) throws {
        try url.withC { url in
            try streamKey.withC { streamKey in
                try call { error in
                    vsdk_service_options_add_output(options, url, streamKey, error)
                }
            }
        }
    }
}
