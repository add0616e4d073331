//! How messages get to a TURN server and back: by UDP, TCP or TLS.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use crate::http::{Client, explain_tls};
use crate::media::transport::connection::Connection;
use crate::media::transport::framing::{Framing, padded};
use crate::media::transport::tcp;
use crate::media::transport::udp::Udp;
use crate::signaling::{RelayServer, RelayTransport};

/// How long finding and reaching a server may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

enum Way {
    Datagrams(Udp),
    Stream(Connection<Box<dyn Stream>>),
}

pub(super) struct Pipe {
    pub(super) local: SocketAddr,
    pub(super) remote: SocketAddr,
    way: Way,
}

impl Pipe {
    /// The way to the server, or why there is none.
    pub(super) async fn open(server: RelayServer, client: Client) -> Result<Self, String> {
        let opened = timeout(CONNECT_TIMEOUT, Self::connect(&server, &client)).await;
        opened.unwrap_or_else(|_| Err("it cannot be reached in time".to_owned()))
    }

    async fn connect(server: &RelayServer, client: &Client) -> Result<Self, String> {
        let found = tokio::net::lookup_host((server.host.as_str(), server.port)).await;
        let remote = found
            .map_err(|error| format!("it has no address ({error})"))?
            .next()
            .ok_or("it has no address")?;
        let unreachable = |error: io::Error| format!("it cannot be reached ({error})");
        if server.transport == RelayTransport::Udp {
            let udp = Udp::open(&[remote]).map_err(unreachable)?;
            let udp = udp.into_iter().next().ok_or("it cannot be reached")?;
            return Ok(Self {
                local: udp.address,
                remote,
                way: Way::Datagrams(udp),
            });
        }
        let stream = tcp::connect(remote).await.map_err(unreachable)?;
        let local = stream.local_addr().map_err(unreachable)?;
        let stream: Box<dyn Stream> = match server.transport {
            RelayTransport::Tls => {
                let config = client.tls_config().await?;
                let name = ServerName::try_from(server.host.clone())
                    .map_err(|_| "its name can be in no certificate")?;
                let connecting = TlsConnector::from(Arc::new(config)).connect(name, stream);
                let secured = connecting.await;
                Box::new(secured.map_err(|error| insecure(&error, &server.host))?)
            }
            _ => Box::new(stream),
        };
        Ok(Self {
            local,
            remote,
            way: Way::Stream(Connection::new(stream, Framing::Turn)),
        })
    }

    pub(super) fn is_stream(&self) -> bool {
        matches!(self.way, Way::Stream(_))
    }

    /// Whether nothing waits to be sent.
    pub(super) fn is_flushed(&self) -> bool {
        match &self.way {
            Way::Datagrams(udp) => udp.is_flushed(),
            Way::Stream(connection) => connection.is_flushed(),
        }
    }

    pub(super) fn send(&mut self, message: Vec<u8>) {
        match &mut self.way {
            Way::Datagrams(udp) => udp.send(self.remote, message),
            Way::Stream(connection) => connection.send(padded(message)),
        }
    }

    /// Goes on with sending and reading; ready when there is something to receive.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.way {
            Way::Datagrams(udp) => udp.poll(context).map(Ok),
            Way::Stream(connection) => connection.poll(context),
        }
    }

    /// Takes a message that is there: its length, and its bytes into the buffer.
    pub(super) fn receive(&mut self, buffer: &mut [u8]) -> Option<usize> {
        match &mut self.way {
            Way::Stream(connection) => connection.receive(buffer),
            Way::Datagrams(udp) => loop {
                let (length, source) = udp.receive(buffer)?;
                if source == self.remote {
                    return Some(length);
                }
            },
        }
    }
}

/// Why there is no TLS.
fn insecure(error: &io::Error, host: &str) -> String {
    let cause = error.get_ref().and_then(|cause| cause.downcast_ref());
    match cause {
        Some(cause) => explain_tls(cause, host).0,
        None => format!("it ended the TLS handshake ({error})"),
    }
}
