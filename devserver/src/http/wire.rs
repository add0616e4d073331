//! The streams of one connection: the socket itself, and one that two owners can use.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

use super::control::Control;
use crate::stats::Counters;

/// An accepted socket. It counts as an open connection for as long as it lives, can send byte by
/// byte, and can end with a reset.
pub(crate) struct Wire {
    socket: TcpStream,
    control: Arc<Control>,
    counters: Arc<Counters>,
    until_next_byte: Option<Pin<Box<Sleep>>>,
}

impl Wire {
    pub fn new(socket: TcpStream, control: Arc<Control>, counters: Arc<Counters>) -> Wire {
        counters.connection_opened();
        Wire {
            socket,
            control,
            counters,
            until_next_byte: None,
        }
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        if self.control.must_reset() {
            // Closing with a linger time of zero makes the kernel send RST in place of FIN. When
            // that cannot be set the peer sees an ordinary end, and the test that wanted a reset
            // says so.
            let _ = socket2::SockRef::from(&self.socket).set_linger(Some(Duration::ZERO));
        }
        self.counters.connection_closed();
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let Some(interval) = self.control.drip_interval() else {
            return Pin::new(&mut self.socket).poll_write(context, bytes);
        };
        if let Some(timer) = &mut self.until_next_byte {
            ready!(timer.as_mut().poll(context));
        }
        let written =
            ready!(Pin::new(&mut self.socket).poll_write(context, &bytes[..bytes.len().min(1)]));
        self.until_next_byte = Some(Box::pin(tokio::time::sleep(interval)));
        Poll::Ready(written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(context)
    }
}

/// A stream with two owners: the HTTP machinery, and the connection's task, which goes on with it
/// once the machinery was dropped. They never use it at the same time.
pub(crate) struct SharedStream<Stream>(Arc<Mutex<Stream>>);

impl<Stream> SharedStream<Stream> {
    pub fn new(stream: Stream) -> SharedStream<Stream> {
        SharedStream(Arc::new(Mutex::new(stream)))
    }

    fn stream(&self) -> MutexGuard<'_, Stream> {
        self.0
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

impl<Stream> Clone for SharedStream<Stream> {
    fn clone(&self) -> Self {
        SharedStream(self.0.clone())
    }
}

impl<Stream: AsyncRead + Unpin> AsyncRead for SharedStream<Stream> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.stream()).poll_read(context, buffer)
    }
}

impl<Stream: AsyncWrite + Unpin> AsyncWrite for SharedStream<Stream> {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut *self.stream()).poll_write(context, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.stream()).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.stream()).poll_shutdown(context)
    }
}
