// Calls that wait for the service, as `async` functions over the operations of vsdk.h.
internal import CVsdk
import Dispatch
import Foundation

/// Calls a function of vsdk.h whose name ends in `_async`, and waits for its result without holding
/// a thread. A task that is cancelled cancels the operation.
///
/// - Parameters:
///   - take: Reads the result out of the completed operation.
///   - startsWhenCancelled: Whether the call is made also by a task that is cancelled already. It
///     waits for nothing then.
///   - start: Makes the call, by way of ``PendingCall/start(_:)``.
func perform<Value: Sendable>(
    taking take: @escaping @Sendable (OpaquePointer) throws -> Value,
    startsWhenCancelled: Bool = false,
    start: (PendingCall<Value>) throws -> Void
) async throws -> Value {
    if !startsWhenCancelled { try Task.checkCancellation() }
    let pending = PendingCall(taking: take)
    // The operation's handle goes with the end of the call, not with that of the last reference.
    defer { pending.free() }
    return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
            pending.await(continuation)
            do {
                try start(pending)
            } catch {
                pending.fail(error)
            }
        }
    } onCancel: {
        pending.cancel()
    }
}

/// Reads the result of an operation that has none: only how it ended.
@Sendable func nothing(from operation: OpaquePointer) throws {
    try call { error in vsdk_op_outcome(operation, error) }
}

/// What the library tells about an operation; the user data of its callback.
class CompletionReceiver {
    /// The operation has completed. `operation` is borrowed, and NULL when no handle could be made.
    func complete(_ operation: OpaquePointer?, _ status: VsdkStatus) {}

    /// The callback has returned, or was never registered: nothing more will come.
    func end() {}
}

/// One call that waits, between its start, its completion and its cancellation, which come from
/// three threads in any order.
///
/// `@unchecked Sendable` because the compiler does not see that `lock` guards everything that
/// changes.
final class PendingCall<Value: Sendable>: CompletionReceiver, @unchecked Sendable {
    private let take: @Sendable (OpaquePointer) throws -> Value
    private let lock = NSLock()
    private var continuation: CheckedContinuation<Value, any Error>?
    private var outcome: Result<Value, any Error>?
    private var operation: OpaquePointer?
    private var isCancelled = false

    init(taking take: @escaping @Sendable (OpaquePointer) throws -> Value) {
        self.take = take
    }

    func await(_ continuation: CheckedContinuation<Value, any Error>) {
        lock.withLock { self.continuation = continuation }
    }

    /// Starts the operation: `function` gets the last five arguments of its `_async` function.
    func start(
        _ function: (VsdkOpFn, UnsafeMutableRawPointer, VsdkDestroyFn, Place, Place) -> VsdkStatus
    ) throws {
        var operation: OpaquePointer?
        try call { error in
            // From the call on the reference is the library's, also when the call fails.
            let receiver = Unmanaged<CompletionReceiver>.passRetained(self).toOpaque()
            return function(
                { operation, status, receiver in
                    Unmanaged<CompletionReceiver>.fromOpaque(receiver!).takeUnretainedValue()
                        .complete(operation, status)
                },
                receiver,
                { receiver in
                    Unmanaged<CompletionReceiver>.fromOpaque(receiver!).takeRetainedValue().end()
                },
                &operation, error)
        }
        let isCancelled = lock.withLock {
            self.operation = operation
            return self.isCancelled
        }
        if isCancelled { vsdk_op_cancel(operation, nil) }
    }

    /// Cancels the operation; one that is yet to start is cancelled by ``start(_:)``.
    func cancel() {
        let operation = lock.withLock {
            isCancelled = true
            return self.operation
        }
        // No effect on an operation that has completed, nor on one whose handle was freed.
        if let operation { vsdk_op_cancel(operation, nil) }
    }

    /// The call could not be made.
    func fail(_ error: any Error) {
        finish { .failure(error) }
    }

    /// Frees the operation's handle.
    func free() {
        vsdk_op_free(lock.withLock { operation })
    }

    override func complete(_ operation: OpaquePointer?, _ status: VsdkStatus) {
        let outcome = Result {
            guard let operation else {
                throw VsdkError(status: Status(rawValue: status), reading: nil)
            }
            return try take(operation)
        }.mapError { error in
            // What a meeting was asked for is cancelled as well when the meeting is left meanwhile.
            let isOwn = lock.withLock { isCancelled }
            return isOwn && (error as? VsdkError)?.status == .cancelled ? CancellationError() : error
        }
        lock.withLock { self.outcome = outcome }
    }

    // Here and not in `complete`, so that nothing of the operation is left when the caller goes on.
    override func end() {
        finish { outcome }
    }

    /// Resumes the caller with an outcome, if there is one and it was not resumed before.
    private func finish(_ outcome: () -> Result<Value, any Error>?) {
        let resume: (() -> Void)? = lock.withLock {
            guard let outcome = outcome(), let continuation else { return nil }
            self.continuation = nil
            return { continuation.resume(with: outcome) }
        }
        resume?()
    }
}

/// Calls a function of vsdk.h that blocks, on a thread that may: those of tasks are few, and must not.
/// It cannot be interrupted.
func performBlocking<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(with: Result(catching: body)) }
    }
}
