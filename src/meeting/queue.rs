//! The queue between a meeting and its app: bounded, in order, honest about what it lost.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use super::event::{Event, EventType};
#[cfg(unix)]
use super::readiness::Readiness;
use crate::runtime::{
    Callback, CallbackSlot, Condition, Timeout, engine, is_dispatcher_thread, lock, would_deadlock,
};
use crate::{Error, Result, Status};

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

#[derive(Default)]
pub(super) struct EventQueue {
    state: Mutex<State>,
    changed: Condition,
    handler: CallbackSlot<Arc<Event>>,
    wake: CallbackSlot<()>,
}

#[derive(Default)]
struct State {
    events: VecDeque<Arc<Event>>,
    /// The number of the latest event, also of those that were refused.
    sequence: u64,
    refused: u64,
    closed: bool,
    pushing: bool,
    /// Whether a delivery to the handler is on its way to the dispatcher.
    delivery_posted: bool,
    waking: bool,
    #[cfg(unix)]
    readiness: Option<Readiness>,
}

impl State {
    fn number(&mut self, mut event: Event) -> Arc<Event> {
        self.sequence += 1;
        event.sequence = self.sequence;
        event.time_ms = now_ms();
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

    fn pop(&mut self) -> Option<Arc<Event>> {
        let event = self.events.pop_front().or_else(|| self.overflow());
        self.tell_readiness();
        event
    }

    fn is_readable(&self) -> bool {
        !self.events.is_empty() || self.refused > 0 || self.closed
    }

    fn tell_readiness(&mut self) {
        #[cfg(unix)]
        {
            let readable = self.is_readable();
            if let Some(readiness) = &mut self.readiness {
                readiness.set(readable);
            }
        }
    }
}

fn now_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(0))
}

impl EventQueue {
    /// Adds an event; beyond the queue's depth it is counted instead.
    pub(super) fn push(self: &Arc<Self>, event: Event) {
        let mut state = lock(&self.state);
        if state.closed {
            return;
        }
        let was_empty = !state.is_readable();
        // One place is kept for the event that tells of lost ones.
        if state.refused > 0 && state.events.len() < EVENT_QUEUE_DEPTH - 1 {
            let overflow = state.overflow();
            state.events.extend(overflow);
        }
        if state.refused > 0 || state.events.len() >= EVENT_QUEUE_DEPTH {
            state.sequence += 1;
            state.refused += 1;
        } else {
            let event = state.number(event);
            state.events.push_back(event);
        }
        self.tell(state, was_empty);
    }

    /// Says that no more events will come, and wakes everyone who waits.
    pub(super) fn close(self: &Arc<Self>) {
        let mut state = lock(&self.state);
        state.closed = true;
        // Whoever waits for the next event learns of the end, even when events are left to read.
        self.tell(state, true);
    }

    fn tell(self: &Arc<Self>, mut state: std::sync::MutexGuard<'_, State>, became_readable: bool) {
        state.tell_readiness();
        let deliver = state.pushing && !state.delivery_posted && !state.events.is_empty();
        state.delivery_posted |= deliver;
        let wake = became_readable && state.waking;
        drop(state);
        self.changed.notify_all();
        if deliver {
            self.post_delivery();
        }
        if wake {
            self.post_wake();
        }
    }

    fn post_delivery(self: &Arc<Self>) {
        let queue = Arc::clone(self);
        // Without an engine there is nobody to deliver; setting the handler started one, so this
        // fails only in a process that cannot start threads any more.
        if let Ok(engine) = engine() {
            engine.dispatch(move || queue.deliver());
        }
    }

    fn deliver(&self) {
        loop {
            let delivered = self.handler.call_with(|| lock(&self.state).pop());
            let mut state = lock(&self.state);
            if !delivered || !state.pushing {
                state.delivery_posted = false;
                // What came between the last look and now posts a delivery of its own.
                if state.pushing && (!state.events.is_empty() || state.refused > 0) {
                    state.delivery_posted = true;
                    continue;
                }
                return;
            }
        }
    }

    fn post_wake(self: &Arc<Self>) {
        let queue = Arc::clone(self);
        if let Ok(engine) = engine() {
            engine.dispatch(move || {
                queue.wake.call_with(|| Some(()));
            });
        }
    }

    pub(super) fn next(&self, timeout: Timeout) -> Result<NextEvent> {
        let deadline = timeout.deadline();
        let mut state = lock(&self.state);
        loop {
            if state.pushing {
                return Err(Error::new(
                    Status::InvalidState,
                    "An event handler is set, so events go there",
                    "Take the handler out with NULL before reading events, or use it alone.",
                ));
            }
            if let Some(event) = state.pop() {
                return Ok(NextEvent::Event(event));
            }
            if state.closed {
                return Ok(NextEvent::Closed);
            }
            if timeout.is_zero() {
                return Ok(NextEvent::None);
            }
            if is_dispatcher_thread() {
                return Err(would_deadlock("next_event"));
            }
            state = match deadline {
                None => self.changed.wait(state),
                Some(deadline) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        return Ok(NextEvent::None);
                    }
                    self.changed.wait_for(state, left)
                }
            };
        }
    }

    /// Puts an event back to the front, whatever the depth.
    pub(super) fn put_back(&self, event: Arc<Event>) {
        let mut state = lock(&self.state);
        state.events.push_front(event);
        state.tell_readiness();
    }

    /// From now on events go to the handler, the waiting ones first; without one they wait.
    pub(super) fn set_handler(
        self: &Arc<Self>,
        handler: Option<Callback<Arc<Event>>>,
    ) -> Result<()> {
        if handler.is_some() {
            engine()?;
        }
        let pushing = handler.is_some();
        self.handler.set_and(handler, is_dispatcher_thread(), || {
            lock(&self.state).pushing = pushing;
        });
        if pushing {
            self.tell(lock(&self.state), false);
        }
        Ok(())
    }

    /// Called whenever the queue becomes readable.
    pub(super) fn set_wake_handler(self: &Arc<Self>, handler: Option<Callback<()>>) -> Result<()> {
        if handler.is_some() {
            engine()?;
        }
        let waking = handler.is_some();
        self.wake.set_and(handler, is_dispatcher_thread(), || {
            lock(&self.state).waking = waking;
        });
        if waking {
            let state = lock(&self.state);
            let readable = state.is_readable();
            self.tell(state, readable);
        }
        Ok(())
    }

    /// A descriptor that polls readable while there is something to read.
    #[cfg(unix)]
    pub(super) fn descriptor(&self) -> Result<i32> {
        let mut state = lock(&self.state);
        if state.readiness.is_none() {
            state.readiness = Some(Readiness::new()?);
            state.tell_readiness();
        }
        Ok(state.readiness.as_ref().map_or(-1, Readiness::descriptor))
    }

    /// Whether the app's callbacks are set; they are taken out when the meeting is freed.
    pub(super) fn forget_callbacks(self: &Arc<Self>) {
        // Taking one out cannot fail.
        let _ = self.set_handler(None);
        let _ = self.set_wake_handler(None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(code: i32) -> Event {
        Event::new(EventType::StateChanged).with_code(code)
    }

    fn read(queue: &EventQueue) -> Option<Arc<Event>> {
        match queue
            .next(Timeout::After(std::time::Duration::ZERO))
            .unwrap()
        {
            NextEvent::Event(event) => Some(event),
            NextEvent::None | NextEvent::Closed => None,
        }
    }

    #[test]
    fn events_come_in_order_with_numbers_from_one() {
        let queue = Arc::new(EventQueue::default());
        for code in 0..10 {
            queue.push(event(code));
        }
        for code in 0..10 {
            let event = read(&queue).unwrap();
            assert_eq!(event.code(), code);
            assert_eq!(event.sequence(), code as u64 + 1);
        }
        assert!(read(&queue).is_none());
    }

    #[test]
    fn overflow_refuses_the_newest_and_tells_how_many_once() {
        let queue = Arc::new(EventQueue::default());
        for code in 0..EVENT_QUEUE_DEPTH as i32 + 3 {
            queue.push(event(code));
        }
        for code in 0..EVENT_QUEUE_DEPTH as i32 {
            assert_eq!(read(&queue).unwrap().code(), code);
        }
        let overflow = read(&queue).unwrap();
        assert_eq!(overflow.kind(), EventType::Overflow);
        assert_eq!(overflow.code(), 3);
        assert_eq!(overflow.sequence(), EVENT_QUEUE_DEPTH as u64 + 4);
        assert!(read(&queue).is_none());
    }

    #[test]
    fn a_later_event_comes_after_the_one_that_tells_of_lost_ones() {
        let queue = Arc::new(EventQueue::default());
        for code in 0..EVENT_QUEUE_DEPTH as i32 + 1 {
            queue.push(event(code));
        }
        for _ in 0..2 {
            read(&queue);
        }
        queue.push(event(-7));
        let mut last = [None, None];
        while let Some(event) = read(&queue) {
            last = [last[1].take(), Some(event)];
        }
        let [overflow, newest] = last.map(Option::unwrap);
        assert_eq!(overflow.kind(), EventType::Overflow);
        assert_eq!(overflow.code(), 1);
        assert_eq!(newest.code(), -7);
        assert!(newest.sequence() == overflow.sequence() + 1);
    }

    #[test]
    fn closing_lets_the_rest_be_read_and_then_says_so() {
        let queue = Arc::new(EventQueue::default());
        queue.push(event(1));
        queue.close();
        queue.push(event(2));
        assert_eq!(read(&queue).unwrap().code(), 1);
        assert!(matches!(
            queue.next(Timeout::Infinite).unwrap(),
            NextEvent::Closed
        ));
    }

    #[test]
    fn closing_wakes_a_waiting_reader() {
        let queue = Arc::new(EventQueue::default());
        let reader = Arc::clone(&queue);
        let thread = std::thread::spawn(move || reader.next(Timeout::Infinite).unwrap());
        queue.close();
        assert!(matches!(thread.join().unwrap(), NextEvent::Closed));
    }

    #[cfg(unix)]
    #[test]
    fn the_descriptor_is_readable_exactly_while_there_is_something_to_read() {
        use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
        use std::os::fd::BorrowedFd;

        let queue = Arc::new(EventQueue::default());
        queue.push(event(1));
        let descriptor = queue.descriptor().unwrap();
        assert_eq!(queue.descriptor().unwrap(), descriptor, "one per meeting");
        let state = lock(&queue.state);
        let readable = {
            let borrowed: BorrowedFd<'_> = state.readiness.as_ref().unwrap().borrow();
            let copy = borrowed.try_clone_to_owned().unwrap();
            move || {
                use std::os::fd::AsFd;
                let mut polled = [PollFd::new(copy.as_fd(), PollFlags::POLLIN)];
                poll(&mut polled, PollTimeout::ZERO).unwrap() == 1
            }
        };
        drop(state);
        assert!(readable());
        read(&queue).unwrap();
        assert!(!readable());
        queue.push(event(2));
        queue.push(event(3));
        read(&queue).unwrap();
        assert!(readable());
        read(&queue).unwrap();
        assert!(!readable());
        queue.close();
        assert!(readable());
    }
}
