//! UDP sockets, one for each address of this machine that reaches the other end.

#[cfg(not(unix))]
mod elsewhere;
#[cfg(unix)]
mod unix;

use std::collections::VecDeque;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::task::{Context, Poll};

use socket2::{Domain, Protocol, Type};

#[cfg(not(unix))]
use elsewhere::Socket;
#[cfg(unix)]
use unix::Socket;

/// What the system may hold for us between two looks, in bytes: a burst of key frames.
const BUFFER_BYTES: usize = 1024 * 1024;

/// How many datagrams wait while the system takes none; further ones are lost, as on any network.
pub(super) const MOST_UNSENT: usize = 512;

pub(super) struct Udp {
    socket: Socket,
    pub(super) address: SocketAddr,
    unsent: VecDeque<(SocketAddr, Vec<u8>)>,
}

impl Udp {
    /// Sockets from which the remote addresses can be reached.
    pub(super) fn open(remote: &[SocketAddr]) -> io::Result<Vec<Self>> {
        let mut udp: Vec<Udp> = Vec::new();
        let mut problem = None;
        for remote in remote {
            match local_address(*remote) {
                Ok(local) if udp.iter().any(|one| one.address.ip() == local) => {}
                Ok(local) => udp.push(Udp::bind(local)?),
                Err(error) => problem = Some(error),
            }
        }
        match (udp.is_empty(), problem) {
            (true, Some(error)) => Err(error),
            (true, None) => Err(io::Error::from(ErrorKind::AddrNotAvailable)),
            (false, _) => Ok(udp),
        }
    }

    pub(super) fn bind(address: IpAddr) -> io::Result<Self> {
        let domain = Domain::for_address(SocketAddr::new(address, 0));
        let socket = socket2::Socket::new(domain, Type::DGRAM, Some(Protocol::UDP))?;
        // A smaller one is no failure.
        let _ = socket.set_recv_buffer_size(BUFFER_BYTES);
        let _ = socket.set_send_buffer_size(BUFFER_BYTES);
        socket.set_nonblocking(true)?;
        socket.bind(&SocketAddr::new(address, 0).into())?;
        let socket = Socket::new(socket.into())?;
        let address = socket.local_addr()?;
        Ok(Self {
            socket,
            address,
            unsent: VecDeque::new(),
        })
    }

    /// Sends a datagram, or keeps it until the system takes it.
    pub(super) fn send(&mut self, destination: SocketAddr, datagram: Vec<u8>) {
        if self.unsent.is_empty() {
            match self.socket.try_send_to(&datagram, destination) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                // An error is about this datagram or about the way, which ICE looks after.
                _ => return,
            }
        }
        if self.unsent.len() < MOST_UNSENT {
            self.unsent.push_back((destination, datagram));
        }
    }

    fn poll_unsent(&mut self, context: &mut Context<'_>) {
        while let Some((destination, datagram)) = self.unsent.front() {
            match self.socket.poll_send_to(context, datagram, *destination) {
                Poll::Pending => return,
                Poll::Ready(_) => {
                    self.unsent.pop_front();
                }
            }
        }
    }

    /// Waits until something can be received. Meanwhile what waits to be sent is sent.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        self.poll_unsent(context);
        self.socket.poll_recv_ready(context)
    }

    /// Whether nothing waits to be sent.
    pub(super) fn is_flushed(&self) -> bool {
        self.unsent.is_empty()
    }

    /// Takes a datagram that is there: its length, and who sent it.
    pub(super) fn receive(&self, buffer: &mut [u8]) -> Option<(usize, SocketAddr)> {
        loop {
            match self.socket.try_recv_from(buffer) {
                Ok(received) => return Some(received),
                Err(error) if error.kind() == ErrorKind::WouldBlock => return None,
                // What a router or the other end said about an earlier datagram. Consent checks
                // tell whether the way is still there.
                Err(_) => {}
            }
        }
    }
}

/// The address of this machine from which that one is reached. Nothing is sent.
fn local_address(remote: SocketAddr) -> io::Result<IpAddr> {
    let any: IpAddr = match remote {
        SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    let probe = std::net::UdpSocket::bind((any, 0))?;
    probe.connect(remote)?;
    Ok(probe.local_addr()?.ip())
}
