internal import CVsdk
import Foundation

/// Says what becomes of an encoded frame on its way: gives its new bytes, or `nil` to drop it.
///
/// See ``Meeting/setFrameTransform(_:)``. A frame that becomes empty, that grows by more than 8 KiB,
/// or beyond 1,120 bytes of sound or 4 MiB of pictures, is dropped too, and so is one at which the transform
/// throws: nobody is told of the error. What is dropped counts among
/// ``TrackStatistics/framesDropped``, and pictures go on with a key frame, which is asked for.
///
/// Leave the beginning of frames as it is, for the service looks into it to find key frames: 10 bytes
/// of a key frame of VP8, 3 of its other frames, 1 of Opus. Of H.264 start codes and the byte behind
/// each stay, and none may come about by encrypting.
///
/// It runs within ``LocalTrack/push(_:timestampUs:isKeyFrame:layer:audioLevel:)``, and within the
/// reading of a frame or just before a handler of frames gets it, on the same thread; several threads
/// may be in it at once, for different frames. A slow one delays only whoever pushes or reads, but
/// those that read may be the threads of all tasks: do not block in it.
public typealias FrameTransform = @Sendable (FrameInfo, Data) throws -> Data?

/// What a transform is told of a frame.
public struct FrameInfo: Hashable, Sendable {
    /// Whether this participant sends it; else it is somebody else's.
    public let isSent: Bool

    /// Who sends it: the same at both ends.
    public let participantId: String

    /// What events call the track here: not the same at both ends.
    public let trackId: String

    /// What the track is.
    public let kind: TrackKind

    /// How it is encoded.
    public let codec: Codec

    /// As in the frame, in microseconds: not the same at both ends.
    public let timestampUs: Int64

    /// Whether it can be decoded without those before it, as all sound can.
    public let isKeyFrame: Bool

    /// Which of the sizes of a simulcast it is, where it is sent; always 0 where it is received.
    public let layer: Int

    init(reading info: VsdkFrameInfo) {
        isSent = info.is_sent != 0
        participantId = text(info.participant_id)
        trackId = text(info.track_id)
        kind = TrackKind(rawValue: info.kind)
        codec = Codec(rawValue: info.codec)
        timestampUs = info.timestamp_us
        isKeyFrame = info.is_key_frame != 0
        layer = Int(info.layer)
    }
}

/// A frame of vsdk.h while a transform has it, and the place for what it becomes.
private struct PassingFrame {
    let info: UnsafePointer<VsdkFrameInfo>
    let data: UnsafeRawBufferPointer
    let output: UnsafeMutableRawBufferPointer
    let written: UnsafeMutablePointer<Int>

    func pass(through transform: FrameTransform) {
        // Whatever is wrong drops the frame: nothing is written then.
        let become = try? transform(FrameInfo(reading: info.pointee), Data(data))
        guard let become, become.count <= output.count else { return }
        become.copyBytes(to: output)
        written.pointee = become.count
    }
}

/// Sets a transform of frames: `function` gets the last four arguments of its function of vsdk.h.
func setFrameTransform(
    _ transform: FrameTransform?,
    _ function: (VsdkFrameTransformFn?, UnsafeMutableRawPointer?, VsdkDestroyFn?, Place) -> VsdkStatus
) throws {
    let callback = transform.map { transform in
        Callback<PassingFrame> { frame in frame.pass(through: transform) }
    }
    try call { error in
        function(
            callback == nil ? nil : { info, data, length, output, capacity, written, userData in
                guard let info, let written else { return }
                Callback<PassingFrame>.from(userData).run(
                    PassingFrame(
                        info: info, data: UnsafeRawBufferPointer(start: data, count: length),
                        output: UnsafeMutableRawBufferPointer(start: output, count: capacity),
                        written: written))
            },
            callback?.retained(), callback == nil ? nil : releaseCallback, error)
    }
}
