/// The events of a meeting one after the other: `for try await event in meeting.events`.
///
/// It ends when the meeting has ended and all its events were read, or when the meeting is closed.
/// It reads from the meeting's own queue, which holds 4,096 events and tells with an
/// ``EventType/overflow`` how many were lost beyond that: nothing is buffered twice, and nothing is
/// lost silently. Two loops over one meeting share its events: each event goes to one of them.
///
/// While it waits no thread is held. A task that is cancelled gets a `CancellationError`. A loop
/// keeps the meeting alive: ``Meeting/leave(timeout:)`` and ``Meeting/close()`` end it.
public struct MeetingEvents: AsyncSequence, Sendable {
    public typealias Element = Event

    let meeting: Meeting

    /// A reader of the meeting's queue.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(meeting: meeting)
    }

    /// Reads the next event with each step.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let meeting: Meeting

        /// The next event, as ``Meeting/nextEvent()``.
        public mutating func next() async throws -> Event? {
            try await meeting.nextEvent()
        }
    }
}
