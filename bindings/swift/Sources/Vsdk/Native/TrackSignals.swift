// How tasks that wait for frames learn of what happens to their meeting.
import Foundation

/// The signals of the tracks of a meeting that others send.
///
/// A track has one place for what is called when frames come. So all objects for one track share
/// one signal, and it does not matter which of them has set it.
///
/// `@unchecked Sendable` because the compiler does not see that `lock` guards everything that
/// changes.
final class TrackSignals: @unchecked Sendable {
    private let lock = NSLock()
    private var signals: [String: Weak] = [:]
    private var hasEnded = false

    private struct Weak {
        weak var signal: WakeSignal?
    }

    /// Whether the meeting is closed: what has not come by then never will, and nothing says so.
    var isOver: Bool {
        lock.withLock { hasEnded }
    }

    /// The signal of the track with that id.
    func signal(of trackId: String) -> WakeSignal {
        lock.withLock {
            if let signal = signals[trackId]?.signal { return signal }
            signals = signals.filter { $0.value.signal != nil }
            let signal = WakeSignal()
            signals[trackId] = Weak(signal: signal)
            return signal
        }
    }

    /// Wakes everyone who waits for a frame of any track.
    func give() {
        for signal in lock.withLock({ signals.values.compactMap(\.signal) }) { signal.give() }
    }

    /// The meeting is closed.
    func end() {
        lock.withLock { hasEnded = true }
        give()
    }
}
