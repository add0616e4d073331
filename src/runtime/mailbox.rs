//! What lies between the library and the app: read by waiting, by a handler, or from an event loop.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Instant;

use super::callback::{Callback, CallbackSlot};
use super::dispatcher::{Deliver, Lane, is_dispatcher_thread};
use super::engine::{engine, engine_if_started, would_deadlock};
#[cfg(unix)]
use super::readiness::Readiness;
use super::sync::{Condition, lock};
use super::timeout::Timeout;
use crate::{Error, Result, Status};

/// What a mailbox holds: in what order, how much, and what becomes of the rest.
pub(crate) trait Buffer {
    type Item: Send + 'static;

    /// On which thread a handler is called.
    const LANE: Lane;

    /// The next one for the app.
    fn pop(&mut self) -> Option<Self::Item>;

    /// Puts one that could not be handed on back to the front, whatever the depth.
    fn put_back(&mut self, item: Self::Item);

    /// Whether [`Self::pop`] would give nothing.
    fn is_empty(&self) -> bool;

    /// While all goes elsewhere, why it cannot be read, and the remedy. Whoever waits is told as well.
    fn refusal(&self) -> Option<[&'static str; 2]> {
        None
    }
}

/// What [`Mailbox::next`] found.
#[derive(Debug)]
pub(crate) enum Next<T> {
    Item(T),
    /// None within the time given.
    None,
    /// None, and none will come.
    Closed,
}

pub(crate) struct Mailbox<B: Buffer> {
    state: Mutex<State<B>>,
    changed: Condition,
    handler: CallbackSlot<B::Item>,
    wake: CallbackSlot<()>,
}

struct State<B> {
    buffer: B,
    closed: bool,
    pushing: bool,
    /// Whether a delivery to the handler is on its way to the dispatcher.
    delivery_posted: bool,
    waking: bool,
    #[cfg(unix)]
    readiness: Option<Readiness>,
}

impl<B: Buffer> State<B> {
    fn pop(&mut self) -> Option<B::Item> {
        let item = self.buffer.pop();
        self.tell_readiness();
        item
    }

    fn check(&self) -> Result<()> {
        match self.buffer.refusal() {
            None => Ok(()),
            Some([message, remedy]) => Err(Error::new(Status::InvalidState, message, remedy)),
        }
    }

    /// Whether reading answers at once.
    fn is_readable(&self) -> bool {
        !self.buffer.is_empty() || self.closed || self.buffer.refusal().is_some()
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

impl<B: Buffer + Default> Default for Mailbox<B> {
    fn default() -> Self {
        Self::new(B::default())
    }
}

impl<B: Buffer> Mailbox<B> {
    pub(crate) fn new(buffer: B) -> Self {
        Self {
            state: Mutex::new(State {
                buffer,
                closed: false,
                pushing: false,
                delivery_posted: false,
                waking: false,
                #[cfg(unix)]
                readiness: None,
            }),
            changed: Condition::default(),
            handler: CallbackSlot::default(),
            wake: CallbackSlot::default(),
        }
    }

    /// Whether it may be read.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidState`] while all goes elsewhere.
    pub(crate) fn check(&self) -> Result<()> {
        lock(&self.state).check()
    }

    /// Looks at what it holds.
    pub(crate) fn look<R>(&self, look: impl FnOnce(&B) -> R) -> R {
        look(&lock(&self.state).buffer)
    }
}

impl<B: Buffer + Send + 'static> Mailbox<B> {
    /// Puts something in, unless it was closed.
    pub(crate) fn fill<R>(self: &Arc<Self>, fill: impl FnOnce(&mut B) -> R) -> Option<R> {
        let mut state = lock(&self.state);
        if state.closed {
            return None;
        }
        let was_empty = !state.is_readable();
        let filled = fill(&mut state.buffer);
        let became_readable = was_empty && state.is_readable();
        self.tell(state, became_readable);
        Some(filled)
    }

    /// Says that nothing more will come, and wakes everyone who waits.
    pub(crate) fn close(self: &Arc<Self>) {
        let mut state = lock(&self.state);
        state.closed = true;
        // Whoever waits for the next one learns of the end, even when some are left to read.
        self.tell(state, true);
    }

    /// [`Self::close`], after which a handler gets what is left and is let go.
    pub(crate) fn end(self: &Arc<Self>) {
        self.close();
        let has_handler = lock(&self.state).pushing;
        if let (true, Some(engine)) = (has_handler, engine_if_started()) {
            // What is being delivered was posted before and comes first.
            let mailbox = Arc::clone(self);
            engine.dispatch(B::LANE, move || {
                let _ = mailbox.set_handler(None);
            });
        }
    }

    fn tell(self: &Arc<Self>, mut state: MutexGuard<'_, State<B>>, became_readable: bool) {
        state.tell_readiness();
        let deliver = state.pushing && !state.delivery_posted && !state.buffer.is_empty();
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
        // Setting the handler started an engine. One that is gone was shut down and is not started
        // again for this: what is there waits until there is another one.
        let Some(engine) = engine_if_started() else {
            lock(&self.state).delivery_posted = false;
            return;
        };
        let mailbox: Arc<Self> = Arc::clone(self);
        engine.deliver(B::LANE, mailbox);
    }

    fn post_wake(self: &Arc<Self>) {
        let mailbox = Arc::clone(self);
        if let Some(engine) = engine_if_started() {
            engine.dispatch(B::LANE, move || {
                mailbox.wake.call_with(|| Some(()));
            });
        }
    }

    /// The next one, waiting for it; `name` is what the app calls this.
    pub(crate) fn next(&self, name: &'static str, timeout: Timeout) -> Result<Next<B::Item>> {
        let deadline = timeout.deadline();
        let mut state = lock(&self.state);
        loop {
            if state.pushing {
                return Err(Error::new(
                    Status::InvalidState,
                    "A handler is set, so everything goes there",
                    "Take the handler out with NULL before reading, or use it alone.",
                ));
            }
            state.check()?;
            if let Some(item) = state.pop() {
                return Ok(Next::Item(item));
            }
            if state.closed {
                return Ok(Next::Closed);
            }
            if timeout.is_zero() {
                return Ok(Next::None);
            }
            if is_dispatcher_thread() {
                return Err(would_deadlock(name));
            }
            state = match deadline {
                None => self.changed.wait(state),
                Some(deadline) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        return Ok(Next::None);
                    }
                    self.changed.wait_for(state, left)
                }
            };
        }
    }

    /// Takes something out, or notes something.
    pub(crate) fn edit<R>(&self, edit: impl FnOnce(&mut B) -> R) -> R {
        let mut state = lock(&self.state);
        let edited = edit(&mut state.buffer);
        state.tell_readiness();
        edited
    }

    /// Puts one that could not be handed on back to where it was taken from.
    pub(crate) fn put_back(&self, item: B::Item) {
        let mut state = lock(&self.state);
        state.buffer.put_back(item);
        state.tell_readiness();
    }

    /// From now on everything goes to the handler, what waits first; without one it waits.
    pub(crate) fn set_handler(self: &Arc<Self>, handler: Option<Callback<B::Item>>) -> Result<()> {
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

    /// Called whenever there is something to read after there was nothing.
    pub(crate) fn set_wake_handler(self: &Arc<Self>, handler: Option<Callback<()>>) -> Result<()> {
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
    pub(crate) fn descriptor(&self) -> Result<i32> {
        let mut state = lock(&self.state);
        if state.readiness.is_none() {
            state.readiness = Some(Readiness::new()?);
            state.tell_readiness();
        }
        Ok(state.readiness.as_ref().map_or(-1, Readiness::descriptor))
    }

    /// Takes the app's callbacks out, when what it belongs to is freed.
    pub(crate) fn forget_callbacks(self: &Arc<Self>) {
        // Taking one out cannot fail.
        let _ = self.set_handler(None);
        let _ = self.set_wake_handler(None);
    }
}

impl<B: Buffer + Send + 'static> Deliver for Mailbox<B> {
    fn deliver(&self) {
        loop {
            let delivered = self.handler.call_with(|| lock(&self.state).pop());
            let mut state = lock(&self.state);
            if !delivered || !state.pushing {
                state.delivery_posted = false;
                // What came between the last look and now posts a delivery of its own.
                if state.pushing && !state.buffer.is_empty() {
                    state.delivery_posted = true;
                    continue;
                }
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::VecDeque;
    use std::time::Duration;

    #[derive(Default)]
    struct Numbers(VecDeque<i32>);

    impl Buffer for Numbers {
        type Item = i32;

        const LANE: Lane = Lane::Events;

        fn pop(&mut self) -> Option<i32> {
            self.0.pop_front()
        }

        fn put_back(&mut self, number: i32) {
            self.0.push_front(number);
        }

        fn is_empty(&self) -> bool {
            self.0.is_empty()
        }
    }

    fn mailbox() -> Arc<Mailbox<Numbers>> {
        Arc::default()
    }

    fn put(mailbox: &Arc<Mailbox<Numbers>>, number: i32) {
        mailbox.fill(|numbers| numbers.0.push_back(number));
    }

    fn read(mailbox: &Mailbox<Numbers>) -> Option<i32> {
        match mailbox
            .next("next", Timeout::After(Duration::ZERO))
            .unwrap()
        {
            Next::Item(number) => Some(number),
            Next::None | Next::Closed => None,
        }
    }

    #[test]
    fn what_is_put_back_comes_first() {
        let mailbox = mailbox();
        put(&mailbox, 1);
        put(&mailbox, 2);
        let first = read(&mailbox).unwrap();
        mailbox.put_back(first);
        assert_eq!(read(&mailbox), Some(1));
        assert_eq!(read(&mailbox), Some(2));
        assert_eq!(read(&mailbox), None);
    }

    #[test]
    fn closing_lets_the_rest_be_read_and_then_says_so() {
        let mailbox = mailbox();
        put(&mailbox, 1);
        mailbox.close();
        put(&mailbox, 2);
        assert_eq!(read(&mailbox), Some(1));
        let next = mailbox.next("next", Timeout::Infinite).unwrap();
        assert!(matches!(next, Next::Closed));
    }

    #[test]
    fn closing_wakes_a_waiting_reader() {
        let mailbox = mailbox();
        let reader = Arc::clone(&mailbox);
        let thread = std::thread::spawn(move || reader.next("next", Timeout::Infinite).unwrap());
        mailbox.close();
        assert!(matches!(thread.join().unwrap(), Next::Closed));
    }

    #[cfg(unix)]
    #[test]
    fn the_descriptor_is_readable_exactly_while_there_is_something_to_read() {
        use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
        use std::os::fd::{AsFd, BorrowedFd};

        let mailbox = mailbox();
        put(&mailbox, 1);
        let descriptor = mailbox.descriptor().unwrap();
        assert_eq!(mailbox.descriptor().unwrap(), descriptor, "one each");
        let state = lock(&mailbox.state);
        let readable = {
            let borrowed: BorrowedFd<'_> = state.readiness.as_ref().unwrap().borrow();
            let copy = borrowed.try_clone_to_owned().unwrap();
            move || {
                let mut polled = [PollFd::new(copy.as_fd(), PollFlags::POLLIN)];
                poll(&mut polled, PollTimeout::ZERO).unwrap() == 1
            }
        };
        drop(state);
        assert!(readable());
        read(&mailbox).unwrap();
        assert!(!readable());
        put(&mailbox, 2);
        put(&mailbox, 3);
        read(&mailbox).unwrap();
        assert!(readable());
        read(&mailbox).unwrap();
        assert!(!readable());
        mailbox.close();
        assert!(readable());
    }
}
