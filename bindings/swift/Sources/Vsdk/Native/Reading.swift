// How events, frames and pictures are read: one after the other, without holding a thread.

/// What a look for the next one finds.
enum Found<Item> {
    case item(Item)
    case nothing
    case ended
}

extension WakeSignal {
    /// The next one that `poll` finds, which does not wait; `nil` at the end, and once what it looks at
    /// is closed.
    func next<Item>(_ poll: () throws -> Found<Item>) async throws -> Item? {
        try await next(poll) { seen in await wait(after: seen) }
    }

    /// The same, for so long at most; then it throws what says that it is late.
    func next<Item>(
        within timeout: Duration?, late: @autoclosure () -> VsdkError,
        _ poll: () throws -> Found<Item>
    ) async throws -> Item? {
        guard let timeout else { return try await next(poll) }
        let deadline = ContinuousClock.now + timeout
        return try await next(poll) { seen in
            if deadline <= .now { throw late() }
            await wait(after: seen, until: deadline)
        }
    }

    private func next<Item>(
        _ poll: () throws -> Found<Item>, waiting: (UInt64) async throws -> Void
    ) async throws -> Item? {
        while true {
            try Task.checkCancellation()
            let seen = given
            do {
                switch try poll() {
                case .item(let item): return item
                case .ended: return nil
                case .nothing: break
                }
            } catch let error as VsdkError where error.status == .invalidHandle {
                return nil
            }
            try await waiting(seen)
        }
    }
}

extension AsyncThrowingStream where Failure == any Error {
    /// One after the other, until there is none, or the task is cancelled.
    init(each next: @escaping @Sendable () async throws -> Element?) {
        self.init(unfolding: {
            do {
                return try await next()
            } catch is CancellationError {
                return nil
            }
        })
    }
}
