//! A TCP connection to a passive candidate of the other end (RFC 6544).

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::net::TcpStream;

use super::connection::Connection;
use super::framing::{Framing, framed};

type Connecting = Pin<Box<dyn Future<Output = io::Result<TcpStream>> + Send>>;

/// Makes a connection. Small packets are sent at once.
pub(super) async fn connect(remote: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(remote).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

pub(super) struct Tcp {
    pub(super) remote: SocketAddr,
    state: State,
}

enum State {
    Connecting(Connecting),
    Connected {
        local: SocketAddr,
        connection: Connection<TcpStream>,
    },
    Lost,
}

/// What became of a connection.
pub(super) enum Change {
    /// Made, from that address.
    Opened(SocketAddr),
    /// Broken; it was from that address.
    Closed(SocketAddr),
    /// It was never made.
    Refused,
}

impl Tcp {
    /// Begins to connect.
    pub(super) fn open(remote: SocketAddr) -> Self {
        Self {
            remote,
            state: State::Connecting(Box::pin(connect(remote))),
        }
    }

    /// Its address on this side, when it is there.
    pub(super) fn local(&self) -> Option<SocketAddr> {
        match &self.state {
            State::Connected { local, .. } => Some(*local),
            _ => None,
        }
    }

    /// Whether nothing waits to be sent.
    pub(super) fn is_flushed(&self) -> bool {
        match &self.state {
            State::Connected { connection, .. } => connection.is_flushed(),
            _ => true,
        }
    }

    /// What is sent before there is a connection is lost.
    pub(super) fn send(&mut self, datagram: &[u8]) {
        if let State::Connected { connection, .. } = &mut self.state
            && let Some(frame) = framed(datagram)
        {
            connection.send(frame);
        }
    }

    /// Goes on with connecting, sending and reading; ready when something has changed, or when
    /// [`Self::receive`] has a datagram.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Change>> {
        match &mut self.state {
            State::Lost => Poll::Pending,
            State::Connecting(connecting) => {
                let stream = ready!(connecting.as_mut().poll(context));
                let connected = stream.and_then(|stream| Ok((stream.local_addr()?, stream)));
                let change = match connected {
                    Ok((local, stream)) => {
                        self.state = State::Connected {
                            local,
                            connection: Connection::new(stream, Framing::Length),
                        };
                        Change::Opened(local)
                    }
                    Err(_) => {
                        self.state = State::Lost;
                        Change::Refused
                    }
                };
                Poll::Ready(Some(change))
            }
            State::Connected { local, connection } => match ready!(connection.poll(context)) {
                Ok(()) => Poll::Ready(None),
                Err(_) => {
                    let local = *local;
                    self.state = State::Lost;
                    Poll::Ready(Some(Change::Closed(local)))
                }
            },
        }
    }

    /// Takes a datagram that is there; its bytes are put into the buffer.
    pub(super) fn receive(&mut self, buffer: &mut [u8]) -> Option<usize> {
        match &mut self.state {
            State::Connected { connection, .. } => connection.receive(buffer),
            _ => None,
        }
    }
}
