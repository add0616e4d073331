//! A TURN server that relays (RFC 8656): an allocation on it, kept up as long as it is used.

mod conversation;
mod pipe;
mod refusal;

use std::collections::VecDeque;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Instant;

use tokio::time::{Sleep, sleep_until};
use turn_client_proto::stun::Instant as Moment;

use crate::http::Client;
use crate::signaling::RelayServer;
pub(in crate::media::transport) use conversation::Conversation;
use pipe::Pipe;

/// Messages of TURN are little more than the datagrams in them.
const MESSAGE_BYTES: usize = 4096;

/// How many messages are taken before other things get their turn.
const BATCH: usize = 64;

/// To how many addresses of the service is relayed.
const MOST_PEERS: usize = 8;

type Opening = Pin<Box<dyn Future<Output = Result<Pipe, String>> + Send>>;

pub(in crate::media::transport) struct Relay {
    server: RelayServer,
    peers: Vec<SocketAddr>,
    state: State,
}

enum State {
    Opening(Opening),
    Open(Box<Allocation>),
    Lost,
}

/// Where a relay can be reached, and where this end sends to it from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::media::transport) struct Relayed {
    pub(in crate::media::transport) address: SocketAddr,
    pub(in crate::media::transport) local: SocketAddr,
}

/// What became of a relay.
pub(in crate::media::transport) enum Change {
    Opened(Relayed),
    /// It does not work, or no longer, and why, for a person; with where it was.
    Failed(Option<Relayed>, String),
}

struct Allocation {
    pipe: Pipe,
    conversation: Conversation,
    /// The conversation counts from there.
    base: Instant,
    timer: Pin<Box<Sleep>>,
    received: VecDeque<(SocketAddr, Vec<u8>)>,
}

impl Relay {
    /// Begins to ask for an allocation, for those peers alone.
    pub(in crate::media::transport) fn open(
        server: RelayServer,
        client: Client,
        peers: &[SocketAddr],
    ) -> Self {
        Self {
            peers: peers.iter().copied().take(MOST_PEERS).collect(),
            state: State::Opening(Box::pin(Pipe::open(server.clone(), client))),
            server,
        }
    }

    /// When datagrams may be sent.
    pub(in crate::media::transport) fn relayed(&self) -> Option<Relayed> {
        match &self.state {
            State::Open(allocation) => allocation.conversation.relayed(),
            _ => None,
        }
    }

    pub(in crate::media::transport) fn is_flushed(&self) -> bool {
        match &self.state {
            State::Open(allocation) => allocation.pipe.is_flushed(),
            _ => true,
        }
    }

    pub(in crate::media::transport) fn send(&mut self, destination: SocketAddr, datagram: Vec<u8>) {
        if let State::Open(allocation) = &mut self.state {
            allocation.send(destination, datagram);
        }
    }

    /// Takes a datagram that is there: its length and who sent it; its bytes go into the buffer.
    pub(in crate::media::transport) fn receive(
        &mut self,
        buffer: &mut [u8],
    ) -> Option<(usize, SocketAddr)> {
        let State::Open(allocation) = &mut self.state else {
            return None;
        };
        while let Some((source, datagram)) = allocation.received.pop_front() {
            // Larger ones are none of ours.
            if let Some(place) = buffer.get_mut(..datagram.len()) {
                place.copy_from_slice(&datagram);
                return Some((datagram.len(), source));
            }
        }
        None
    }

    /// Goes on with everything; ready when something has changed, or a datagram is there.
    pub(in crate::media::transport) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Change>> {
        loop {
            let outcome = match &mut self.state {
                State::Lost => return Poll::Pending,
                State::Opening(opening) => match ready!(opening.as_mut().poll(context)) {
                    Ok(pipe) => {
                        let peers = self.peers.clone();
                        let allocation = Allocation::new(pipe, &self.server, peers);
                        self.state = State::Open(Box::new(allocation));
                        continue;
                    }
                    Err(reason) => Err(reason),
                },
                State::Open(allocation) => ready!(allocation.poll(context)),
            };
            return Poll::Ready(outcome.unwrap_or_else(|reason| {
                let relayed = self.relayed();
                self.state = State::Lost;
                let server = &self.server;
                Some(Change::Failed(
                    relayed,
                    format!(
                        "The TURN server {} cannot be used by {}: {reason}. Media goes without it.",
                        server.host,
                        server.transport.name()
                    ),
                ))
            }));
        }
    }

    /// Gives the allocation back. Over a stream its end does.
    pub(in crate::media::transport) fn close(self) {
        if let State::Open(mut allocation) = self.state
            && !allocation.pipe.is_stream()
        {
            let now = allocation.now();
            allocation.conversation.end(now);
            allocation.transmit(now);
        }
    }
}

impl Allocation {
    fn new(pipe: Pipe, server: &RelayServer, peers: Vec<SocketAddr>) -> Self {
        let ends = (pipe.local, pipe.remote);
        let base = Instant::now();
        Self {
            conversation: Conversation::new(server, ends, pipe.is_stream(), peers),
            pipe,
            base,
            timer: Box::pin(sleep_until(base.into())),
            received: VecDeque::new(),
        }
    }

    fn now(&self) -> Moment {
        Moment::from_std(self.base)
    }

    fn send(&mut self, destination: SocketAddr, datagram: Vec<u8>) {
        let now = self.now();
        if let Some(message) = self.conversation.wrap(destination, datagram, now) {
            self.pipe.send(message);
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Change>, String>> {
        for _ in 0..BATCH {
            let is_readable = match self.pipe.poll(context) {
                Poll::Pending => false,
                Poll::Ready(Ok(())) => true,
                Poll::Ready(Err(error)) => {
                    return Poll::Ready(Err(format!("the connection is gone ({error})")));
                }
            };
            if is_readable && self.received.is_empty() {
                self.take_messages()?;
            }
            let now = self.now();
            let Some(until) = self.conversation.wait(now)? else {
                continue;
            };
            let has_sent = self.transmit(now);
            if let Some(relayed) = self.conversation.look(now)? {
                return Poll::Ready(Ok(Some(Change::Opened(relayed))));
            }
            if !self.received.is_empty() {
                return Poll::Ready(Ok(None));
            }
            if has_sent || is_readable {
                continue;
            }
            let until = until.to_std(self.base);
            if self.timer.deadline() != until.into() || self.timer.is_elapsed() {
                self.timer.as_mut().reset(until.into());
            }
            if self.timer.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
        }
        // Others have their turn now.
        context.waker().wake_by_ref();
        Poll::Pending
    }

    /// Sends what there is to say; whether there was anything.
    fn transmit(&mut self, now: Moment) -> bool {
        let mut has_sent = false;
        while let Some(message) = self.conversation.say(now) {
            self.pipe.send(message);
            has_sent = true;
        }
        has_sent
    }

    fn take_messages(&mut self) -> Result<(), String> {
        let mut buffer = [0; MESSAGE_BYTES];
        for _ in 0..BATCH {
            let Some(length) = self.pipe.receive(&mut buffer) else {
                break;
            };
            let now = self.now();
            let datagram = self.conversation.receive(&buffer[..length], now)?;
            self.received.extend(datagram);
        }
        Ok(())
    }
}
