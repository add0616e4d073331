// How tasks wait for the next event or frame without holding a thread.
internal import CVsdk
import Foundation

/// Tells tasks that there may be something to read.
///
/// `@unchecked Sendable` because the compiler does not see that `lock` guards everything that
/// changes.
final class WakeSignal: @unchecked Sendable {
    private let lock = NSLock()
    private var count: UInt64 = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// How often it was given. To be read before looking for something, and handed to
    /// ``wait(after:)`` when there was nothing: so no signal in between is missed.
    var given: UInt64 {
        lock.withLock { count }
    }

    /// Wakes everyone who waits.
    func give() {
        let waiting = lock.withLock {
            count += 1
            defer { self.waiting = [] }
            return self.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Waits until it was given more often than `seen`, or the task is cancelled.
    func wait(after seen: UInt64) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = lock.withLock {
                    if count == seen { waiting.append(continuation) }
                    return count != seen
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            // Wakes the others too: they find nothing and wait again.
            give()
        }
    }

    /// As ``wait(after:)``, until that moment at most.
    func wait(after seen: UInt64, until deadline: ContinuousClock.Instant) async {
        let timer = Task {
            try await Task.sleep(until: deadline)
            give()
        }
        await wait(after: seen)
        timer.cancel()
    }

    /// Lets the library give it: `function` gets the last four arguments of its function of vsdk.h.
    func listen(
        _ function: (VsdkWakeFn?, UnsafeMutableRawPointer?, VsdkDestroyFn?, Place) -> VsdkStatus
    ) throws {
        try call { error in
            function(
                { userData in
                    Unmanaged<WakeSignal>.fromOpaque(userData!).takeUnretainedValue().give()
                },
                Unmanaged.passRetained(self).toOpaque(), releaseCallback, error)
        }
    }
}
