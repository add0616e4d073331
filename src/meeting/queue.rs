//! The queue of events between a meeting and its app: bounded, in order, honest about what it lost.

use std::collections::VecDeque;
use std::sync::Arc;

use super::clock;
use super::event::{Event, EventType};
use crate::runtime::{Buffer, Lane, Mailbox, Next};

/// How many events wait for the app; the newest are refused beyond that.
pub const EVENT_QUEUE_DEPTH: usize = 4096;

/// What [`Meeting::next_event`](super::Meeting::next_event) found.
#[derive(Clone, Debug)]
pub enum NextEvent {
    /// The next event.
    Event(Arc<Event>),
    /// None within the time given.
    None,
    /// None, and none will come: the meeting has ended.
    Closed,
}

impl From<Next<Arc<Event>>> for NextEvent {
    fn from(next: Next<Arc<Event>>) -> Self {
        match next {
            Next::Item(event) => NextEvent::Event(event),
            Next::None => NextEvent::None,
            Next::Closed => NextEvent::Closed,
        }
    }
}

pub(super) type EventQueue = Mailbox<Events>;

#[derive(Default)]
pub(super) struct Events {
    events: VecDeque<Arc<Event>>,
    /// The number of the latest event, also of those that were refused.
    sequence: u64,
    refused: u64,
}

impl Events {
    /// Adds an event; beyond the queue's depth it is counted instead.
    pub(super) fn push(&mut self, event: Event) {
        // One place is kept for the event that tells of lost ones.
        if self.refused > 0 && self.events.len() < EVENT_QUEUE_DEPTH - 1 {
            let overflow = self.overflow();
            self.events.extend(overflow);
        }
        if self.refused > 0 || self.events.len() >= EVENT_QUEUE_DEPTH {
            self.sequence += 1;
            self.refused += 1;
        } else {
            let event = self.number(event);
            self.events.push_back(event);
        }
    }

    /// The number of the latest event, 0 before the first.
    pub(super) fn last_sequence(&self) -> u64 {
        self.sequence
    }

    fn number(&mut self, mut event: Event) -> Arc<Event> {
        self.sequence += 1;
        event.sequence = self.sequence;
        event.time_ms = clock::unix_ms();
        Arc::new(event)
    }

    /// The event that tells of refused ones, once there is room for it.
    fn overflow(&mut self) -> Option<Arc<Event>> {
        let refused = std::mem::take(&mut self.refused);
        (refused > 0).then(|| {
            self.number(
                Event::new(EventType::Overflow)
                    .with_code(i32::try_from(refused).unwrap_or(i32::MAX))
                    .with_detail("lost", refused),
            )
        })
    }
}

impl Buffer for Events {
    type Item = Arc<Event>;

    const LANE: Lane = Lane::Events;

    fn pop(&mut self) -> Option<Arc<Event>> {
        self.events.pop_front().or_else(|| self.overflow())
    }

    fn put_back(&mut self, event: Arc<Event>) {
        self.events.push_front(event);
    }

    fn is_empty(&self) -> bool {
        self.events.is_empty() && self.refused == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(code: i32) -> Event {
        Event::new(EventType::StateChanged).with_code(code)
    }

    #[test]
    fn events_come_in_order_with_numbers_from_one() {
        let mut queue = Events::default();
        for code in 0..10 {
            queue.push(event(code));
        }
        for code in 0..10 {
            let event = queue.pop().unwrap();
            assert_eq!(event.code(), code);
            assert_eq!(event.sequence(), code as u64 + 1);
        }
        assert!(queue.pop().is_none());
    }

    #[test]
    fn overflow_refuses_the_newest_and_tells_how_many_once() {
        let mut queue = Events::default();
        for code in 0..EVENT_QUEUE_DEPTH as i32 + 3 {
            queue.push(event(code));
        }
        for code in 0..EVENT_QUEUE_DEPTH as i32 {
            assert_eq!(queue.pop().unwrap().code(), code);
        }
        let overflow = queue.pop().unwrap();
        assert_eq!(overflow.kind(), EventType::Overflow);
        assert_eq!(overflow.code(), 3);
        assert_eq!(overflow.sequence(), EVENT_QUEUE_DEPTH as u64 + 4);
        assert!(queue.pop().is_none());
    }

    #[test]
    fn a_later_event_comes_after_the_one_that_tells_of_lost_ones() {
        let mut queue = Events::default();
        for code in 0..EVENT_QUEUE_DEPTH as i32 + 1 {
            queue.push(event(code));
        }
        for _ in 0..2 {
            queue.pop();
        }
        queue.push(event(-7));
        let mut last = [None, None];
        while let Some(event) = queue.pop() {
            last = [last[1].take(), Some(event)];
        }
        let [overflow, newest] = last.map(Option::unwrap);
        assert_eq!(overflow.kind(), EventType::Overflow);
        assert_eq!(overflow.code(), 1);
        assert_eq!(newest.code(), -7);
        assert!(newest.sequence() == overflow.sequence() + 1);
    }
}
