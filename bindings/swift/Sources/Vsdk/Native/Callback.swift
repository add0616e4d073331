// Closures as callbacks of vsdk.h.
internal import CVsdk

/// A closure that the library calls. It is the user data of its callback and kept alive by the
/// library, until `releaseCallback` has run.
final class Callback<Argument>: Sendable {
    let run: @Sendable (Argument) -> Void

    init(_ run: @escaping @Sendable (Argument) -> Void) {
        self.run = run
    }

    /// A reference of the library's own.
    func retained() -> UnsafeMutableRawPointer {
        Unmanaged.passRetained(self).toOpaque()
    }

    /// The callback behind the user data.
    static func from(_ userData: UnsafeMutableRawPointer?) -> Callback {
        Unmanaged<Callback>.fromOpaque(userData!).takeUnretainedValue()
    }
}

/// The `destroy` of all callbacks: gives the library's reference back.
let releaseCallback: VsdkDestroyFn = { userData in
    Unmanaged<AnyObject>.fromOpaque(userData!).release()
}

/// Sets a handler of frames: `function` gets the last four arguments of its function of vsdk.h.
func setFrameHandler(
    _ handler: (@Sendable (ReceivedFrame) -> Void)?,
    _ function: (VsdkFrameFn?, UnsafeMutableRawPointer?, VsdkDestroyFn?, Place) -> VsdkStatus
) throws {
    let callback = handler.map(Callback<ReceivedFrame>.init)
    try call { error in
        function(
            callback == nil ? nil : { frame, userData in
                // A borrowed frame is valid here: reading it does not fail.
                guard let frame, let frame = try? ReceivedFrame(copying: frame) else { return }
                Callback<ReceivedFrame>.from(userData).run(frame)
            },
            callback?.retained(), callback == nil ? nil : releaseCallback, error)
    }
}
