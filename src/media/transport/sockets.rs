//! The sockets of one transport, of all kinds.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::task::{Context, Poll};

use super::relay::{self, Relay, Relayed};
use super::tcp::{Change, Tcp};
use super::udp::Udp;
use super::ways::Kind;
use crate::http::Client;
use crate::media::negotiation::TransportProtocol;
use crate::signaling::RelayServer;

/// To how many addresses of the service TCP connections are made at once.
const MOST_CONNECTIONS: usize = 8;

/// Where this end can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Local {
    Udp(SocketAddr),
    Tcp(SocketAddr),
    Relay(Relayed),
}

impl Local {
    pub(super) const fn kind(self) -> Kind {
        match self {
            Local::Udp(_) => Kind::Udp,
            Local::Tcp(_) => Kind::Tcp,
            Local::Relay(_) => Kind::Relays,
        }
    }

    pub(super) const fn address(self) -> SocketAddr {
        match self {
            Local::Udp(address) | Local::Tcp(address) => address,
            Local::Relay(relayed) => relayed.address,
        }
    }

    /// What is spoken with the service there.
    pub(super) const fn protocol(self) -> TransportProtocol {
        match self {
            Local::Udp(_) | Local::Relay(_) => TransportProtocol::Udp,
            Local::Tcp(_) => TransportProtocol::Tcp,
        }
    }
}

/// What sockets have to tell.
pub(super) enum Happened {
    /// A datagram came to that address. Its bytes are in the caller's buffer.
    Received {
        local: Local,
        source: SocketAddr,
        length: usize,
    },
    Opened(Local),
    Closed(Local),
    /// Something does not work, for a person.
    Warning(String),
}

#[derive(Default)]
pub(super) struct Sockets {
    udp: Vec<Udp>,
    tcp: Vec<Tcp>,
    relays: Vec<Relay>,
    happened: VecDeque<Happened>,
}

impl Sockets {
    /// Opens sockets from which the remote addresses can be reached by UDP.
    pub(super) fn open_udp(&mut self, remote: &[SocketAddr]) -> io::Result<()> {
        let opened = Udp::open(remote)?;
        let locals = opened.iter().map(|one| Local::Udp(one.address));
        self.happened.extend(locals.map(Happened::Opened));
        self.udp.extend(opened);
        Ok(())
    }

    /// Begins to connect to the remote addresses.
    pub(super) fn open_tcp(&mut self, remote: &[SocketAddr]) {
        let remote = remote.iter().take(MOST_CONNECTIONS);
        self.tcp.extend(remote.map(|remote| Tcp::open(*remote)));
    }

    /// Begins to ask TURN servers for addresses from which those of the service are reached.
    pub(super) fn open_relays(
        &mut self,
        servers: &[RelayServer],
        client: &Client,
        peers: &[SocketAddr],
    ) {
        let opened = servers
            .iter()
            .map(|server| Relay::open(server.clone(), client.clone(), peers));
        self.relays.extend(opened);
    }

    /// Closes those of that kind; where they were.
    pub(super) fn close_kind(&mut self, kind: Kind) -> Vec<Local> {
        self.happened.retain(
            |happened| !matches!(happened, Happened::Opened(local) if local.kind() == kind),
        );
        match kind {
            Kind::Udp => {
                let closed = self.udp.drain(..);
                closed.map(|one| Local::Udp(one.address)).collect()
            }
            Kind::Tcp => {
                let closed = self.tcp.drain(..).filter_map(|one| one.local());
                closed.map(Local::Tcp).collect()
            }
            Kind::Relays => {
                let closed = self.relays.drain(..).filter_map(|relay| {
                    let relayed = relay.relayed();
                    relay.close();
                    relayed.map(Local::Relay)
                });
                closed.collect()
            }
        }
    }

    /// Closes all; where they were.
    pub(super) fn close(&mut self) -> Vec<Local> {
        let kinds = [Kind::Udp, Kind::Tcp, Kind::Relays];
        kinds.map(|kind| self.close_kind(kind)).concat()
    }

    /// Sends a datagram, or keeps it until the system takes it.
    pub(super) fn send(
        &mut self,
        protocol: TransportProtocol,
        source: SocketAddr,
        destination: SocketAddr,
        datagram: Vec<u8>,
    ) {
        match protocol {
            TransportProtocol::Udp => {
                let mut relays = self.relays.iter_mut();
                if let Some(one) = self.udp.iter_mut().find(|one| one.address == source) {
                    one.send(destination, datagram);
                } else if let Some(one) = relays.find(|one| {
                    one.relayed()
                        .is_some_and(|relayed| relayed.address == source)
                }) {
                    one.send(destination, datagram);
                }
            }
            // ICE also tries each connection's address with all the others' destinations.
            TransportProtocol::Tcp => {
                let mut tcp = self.tcp.iter_mut();
                if let Some(one) =
                    tcp.find(|one| one.local() == Some(source) && one.remote == destination)
                {
                    one.send(&datagram);
                }
            }
        }
    }

    /// Waits until something has happened. Meanwhile what waits to be sent is sent.
    pub(super) async fn ready(&mut self) {
        poll_fn(|context| self.poll(context)).await;
    }

    /// Waits until all is sent.
    pub(super) async fn flushed(&mut self) {
        poll_fn(|context| {
            let _ = self.poll(context);
            let is_flushed = self.udp.iter().all(Udp::is_flushed)
                && self.tcp.iter().all(Tcp::is_flushed)
                && self.relays.iter().all(Relay::is_flushed);
            match is_flushed {
                true => Poll::Ready(()),
                false => Poll::Pending,
            }
        })
        .await;
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let mut is_ready = false;
        for one in &mut self.udp {
            is_ready |= one.poll(context).is_ready();
        }
        for one in &mut self.tcp {
            let Poll::Ready(change) = one.poll(context) else {
                continue;
            };
            is_ready = true;
            match change {
                Some(Change::Opened(local)) => {
                    self.happened.push_back(Happened::Opened(Local::Tcp(local)));
                }
                Some(Change::Closed(local)) => {
                    self.happened.push_back(Happened::Closed(Local::Tcp(local)));
                }
                Some(Change::Refused) | None => {}
            }
        }
        for one in &mut self.relays {
            let Poll::Ready(change) = one.poll(context) else {
                continue;
            };
            is_ready = true;
            match change {
                Some(relay::Change::Opened(relayed)) => {
                    let opened = Happened::Opened(Local::Relay(relayed));
                    self.happened.push_back(opened);
                }
                Some(relay::Change::Failed(relayed, reason)) => {
                    let closed = relayed.map(|relayed| Happened::Closed(Local::Relay(relayed)));
                    self.happened.extend(closed);
                    self.happened.push_back(Happened::Warning(reason));
                }
                None => {}
            }
        }
        match is_ready || !self.happened.is_empty() {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    }

    /// Takes what has happened.
    pub(super) fn take(&mut self, buffer: &mut [u8]) -> Option<Happened> {
        if let Some(happened) = self.happened.pop_front() {
            return Some(happened);
        }
        let udp = self.udp.iter().find_map(|one| {
            let (length, source) = one.receive(buffer)?;
            Some((Local::Udp(one.address), source, length))
        });
        let received = udp
            .or_else(|| {
                self.tcp.iter_mut().find_map(|one| {
                    let length = one.receive(buffer)?;
                    Some((Local::Tcp(one.local()?), one.remote, length))
                })
            })
            .or_else(|| {
                self.relays.iter_mut().find_map(|one| {
                    let relayed = one.relayed()?;
                    let (length, source) = one.receive(buffer)?;
                    Some((Local::Relay(relayed), source, length))
                })
            });
        let (local, source, length) = received?;
        Some(Happened::Received {
            local,
            source,
            length,
        })
    }
}
