internal import CVsdk
import Foundation

/// The pictures of a track of somebody else; see ``RemoteTrack/videoOutput(_:)``.
///
/// They are decoded by a thread of the library. Of those that are not read in time only the latest is
/// kept: whoever is slow sees fewer of them, and no late ones. One that is closed, or no longer
/// referenced, lets the frames of its track be read again.
///
/// `@unchecked Sendable` for the same reason as ``Meeting``.
public final class VideoOutput: @unchecked Sendable {
    /// How its pictures lie in memory.
    public let format: PictureFormat

    private let handle: OpaquePointer
    /// Given when there is a picture after there was none, and at the end of the track.
    private let wake = WakeSignal()

    /// Takes over a handle of vsdk.h, also when this throws.
    init(owning handle: OpaquePointer) throws {
        self.handle = handle
        format = PictureFormat(rawValue: vsdk_video_output_format(handle))
        try wake.listen { function, userData, destroy, error in
            vsdk_video_output_set_wake_handler(handle, function, userData, destroy, error)
        }
    }

    deinit {
        vsdk_video_output_free(handle)
    }

    /// Frees it; the track itself goes on. Loops over its pictures end, and whatever else is called on
    /// it afterwards throws `invalidHandle`. Again is no mistake.
    public func close() {
        withHandle { handle in vsdk_video_output_free(handle) }
        // Whoever waits for a picture learns that none will come.
        wake.give()
    }

    /// The pictures one after the other: `for try await picture in output.pictures`.
    ///
    /// It ends when the track is no longer sent, when this object is closed, and when the task is
    /// cancelled. While it waits no thread is held. A loop keeps this object alive. Several loops share
    /// the pictures.
    public var pictures: AsyncThrowingStream<ReceivedPicture, any Error> {
        AsyncThrowingStream(each: { [self] in try await nextPicture() })
    }

    /// The latest picture, if it was not read yet; else the next one, for which it waits without holding
    /// a thread.
    ///
    /// - Parameter timeout: How long to wait for one; `nil` for as long as it takes.
    /// - Returns: The picture; `nil` when none will come: the track is no longer sent, or this object
    ///   was closed.
    /// - Throws: ``VsdkError`` (`timeout` when none came in time); `CancellationError` when the task is
    ///   cancelled.
    public func nextPicture(timeout: Duration? = nil) async throws -> ReceivedPicture? {
        try await wake.next(within: timeout, late: Self.late) { try poll() }
    }

    /// The latest picture, if it was not read yet. Does not wait, and so may be used anywhere.
    ///
    /// - Returns: The picture; `nil` when there is none at this moment.
    /// - Throws: ``VsdkError`` (`invalidHandle` once closed).
    public func pollPicture() throws -> ReceivedPicture? {
        guard case .item(let picture) = try poll() else { return nil }
        return picture
    }

    private func poll() throws -> Found<ReceivedPicture> {
        var picture: OpaquePointer?
        let status = try withHandle { handle in
            try answer { error in vsdk_video_output_next_picture(handle, 0, &picture, error) }
        }
        if let picture { return .item(try ReceivedPicture(owning: picture)) }
        return status == VSDK_STATUS_CLOSED ? .ended : .nothing
    }

    /// Captures what it shows, as the bytes of an image file; waits without holding a thread.
    ///
    /// That is the latest picture, whether it was read or not, or the first one when there was none yet.
    /// Nothing is taken from those who read pictures. It is encoded on a thread of the library, and up
    /// to 16 captures may be under way.
    ///
    /// - Parameters:
    ///   - format: PNG or JPEG.
    ///   - quality: Of a JPEG, from 1 (small) to 100 (good), or 0 for a good one; of a PNG 0.
    ///   - timeout: How long all of it may take.
    /// - Throws: ``VsdkError`` (`invalidArgument` for another quality, `invalidState` when the track is
    ///   no longer sent or this is closed meanwhile, `timeout` when there was no picture,
    ///   `resourceExhausted` when too many are under way, `shutdown`, `invalidHandle` once closed);
    ///   `CancellationError` when the task is cancelled.
    public func captureImage(
        _ format: ImageFormat, quality: Int = 0, timeout: Duration = defaultTimeout
    ) async throws -> Data {
        try await perform(taking: data(from:)) { pending in
            try withHandle { handle in
                try pending.start { callback, userData, destroy, operation, error in
                    vsdk_video_output_capture_image_async(
                        handle, format.rawValue, Int32(clamping: quality), timeout.milliseconds,
                        callback, userData, destroy, operation, error)
                }
            }
        }
    }

    private static var late: VsdkError {
        VsdkError(
            status: .timeout, message: "No picture came in time.",
            remedy: "Allow more time, or look whether its sender has paused the track.",
            operation: "video_output_next_picture", isRetryable: true)
    }

    /// The handle for the duration of a call, in which the output stays alive.
    private func withHandle<Value>(_ body: (OpaquePointer) throws -> Value) rethrows -> Value {
        try withExtendedLifetime(self) { try body(handle) }
    }
}
