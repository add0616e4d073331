//! Packets over a stream.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::framing::{Framing, Unframer};
use super::unsent::Unsent;

pub(super) struct Connection<S> {
    stream: S,
    unsent: Unsent,
    unframer: Unframer,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Connection<S> {
    pub(super) fn new(stream: S, framing: Framing) -> Self {
        Self {
            stream,
            unsent: Unsent::default(),
            unframer: Unframer::new(framing),
        }
    }

    /// Sends a frame with the next [`Self::poll`].
    pub(super) fn send(&mut self, frame: Vec<u8>) {
        self.unsent.push(frame);
    }

    /// Whether nothing waits to be sent.
    pub(super) fn is_flushed(&self) -> bool {
        self.unsent.is_empty()
    }

    /// Goes on with sending and reading; ready when there is a packet.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.unsent.write(&mut self.stream, context)?;
        while !self.unframer.has_packet()? {
            let mut room = ReadBuf::new(self.unframer.room());
            ready!(Pin::new(&mut self.stream).poll_read(context, &mut room))?;
            let count = room.filled().len();
            if count == 0 {
                return Poll::Ready(Err(io::ErrorKind::UnexpectedEof.into()));
            }
            self.unframer.filled(count);
        }
        Poll::Ready(Ok(()))
    }

    /// Takes a packet that is there: its length, and its bytes into the buffer.
    pub(super) fn receive(&mut self, buffer: &mut [u8]) -> Option<usize> {
        while let Some(packet) = self.unframer.take() {
            // Larger ones are none of ours.
            if let Some(place) = buffer.get_mut(..packet.len()) {
                place.copy_from_slice(packet);
                return Some(packet.len());
            }
        }
        None
    }
}
