internal import CVsdk

/// Raw pictures for a track that this participant sends; see ``LocalTrack/videoInput()``.
///
/// What is pushed is converted, turned upright, made as small as each layer of the track wants it,
/// encoded by a thread of the library, and sent. Pictures may have any size, and another one from one
/// to the next. One that is not encoded before the next comes makes place for it: whoever films faster
/// than is encoded sends fewer pictures, and no late ones. Any number of threads may push. One that is
/// closed, or no longer referenced, leaves the track as it is, and lets it take encoded frames or
/// another input.
///
/// `@unchecked Sendable` for the same reason as ``Meeting``.
public final class VideoInput: @unchecked Sendable {
    private let handle: OpaquePointer

    init(owning handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        vsdk_video_input_free(handle)
    }

    /// Frees it. Whatever is called on it afterwards throws `invalidHandle`. Again is no mistake.
    public func close() {
        withHandle { handle in vsdk_video_input_free(handle) }
    }

    /// Sends a picture, which is copied. Does not wait. What is not taken is no failure: the answer
    /// says why, such as ``Pushed/notSending``: go on pushing.
    ///
    /// - Parameter picture: Its planes have to be there until this returns.
    /// - Throws: ``VsdkError`` (`invalidArgument` for sizes, strides, formats, turns and times that
    ///   cannot be, and for planes that are too short or too few; `invalidHandle` once closed).
    @discardableResult
    public func push(_ picture: VideoPicture) throws -> Pushed {
        try picture.withC { picture in
            try withHandle { handle in
                try Pushed(
                    rawValue: answer { error in vsdk_video_input_push(handle, picture, error) })
            }
        }
    }

    /// The handle for the duration of a call, in which the input stays alive.
    private func withHandle<Value>(_ body: (OpaquePointer) throws -> Value) rethrows -> Value {
        try withExtendedLifetime(self) { try body(handle) }
    }
}
