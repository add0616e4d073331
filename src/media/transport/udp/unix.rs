//! A UDP socket that is watched for what comes, and only while it is full for room.
//!
//! Whoever watches for room all the time is woken after each datagram that has left: a thread that
//! sends a thousand in a second, a thousand times for nothing.

#![expect(
    deprecated,
    reason = "its successor is unsafe; a socket of std keeps its descriptor"
)]

use std::io::{self, ErrorKind};
use std::net::{SocketAddr, UdpSocket};
use std::task::{Context, Poll, ready};

use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

pub(super) struct Socket {
    socket: AsyncFd<UdpSocket>,
    /// The same socket, while there is no room in it.
    full: Option<AsyncFd<UdpSocket>>,
}

impl Socket {
    /// Takes a socket that does not block.
    pub(super) fn new(socket: UdpSocket) -> io::Result<Self> {
        Ok(Self {
            socket: AsyncFd::with_interest(socket, Interest::READABLE)?,
            full: None,
        })
    }

    pub(super) fn local_addr(&self) -> io::Result<SocketAddr> {
        self.socket.get_ref().local_addr()
    }

    pub(super) fn try_send_to(&self, datagram: &[u8], to: SocketAddr) -> io::Result<usize> {
        self.socket.get_ref().send_to(datagram, to)
    }

    pub(super) fn poll_send_to(
        &mut self,
        context: &mut Context<'_>,
        datagram: &[u8],
        to: SocketAddr,
    ) -> Poll<io::Result<usize>> {
        loop {
            let Some(full) = &self.full else {
                match self.try_send_to(datagram, to) {
                    Err(error) if error.kind() == ErrorKind::WouldBlock => {
                        let same = self.socket.get_ref().try_clone()?;
                        self.full = Some(AsyncFd::with_interest(same, Interest::WRITABLE)?);
                        continue;
                    }
                    sent => return Poll::Ready(sent),
                }
            };
            let mut guard = ready!(full.poll_write_ready(context))?;
            if let Ok(sent) = guard.try_io(|socket| socket.get_ref().send_to(datagram, to)) {
                self.full = None;
                return Poll::Ready(sent);
            }
        }
    }

    pub(super) fn poll_recv_ready(&self, context: &mut Context<'_>) -> Poll<()> {
        self.socket.poll_read_ready(context).map(|_| ())
    }

    pub(super) fn try_recv_from(&self, buffer: &mut [u8]) -> io::Result<(usize, SocketAddr)> {
        let receive = |socket: &UdpSocket| socket.recv_from(buffer);
        self.socket.try_io(Interest::READABLE, receive)
    }
}
