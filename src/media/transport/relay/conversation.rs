//! What is said to a TURN server and what it answers, without a socket and without a clock.

use std::net::SocketAddr;
use std::time::Duration;

use turn_client_proto::api::{Transmit, TurnConfig, TurnEvent, TurnPollRet, TurnRecvRet};
use turn_client_proto::prelude::TurnClientApi;
use turn_client_proto::stun::Instant as Moment;
use turn_client_proto::types::{AddressFamily, TransportType, TurnCredentials};
use turn_client_proto::udp::TurnClientUdp;

use super::Relayed;
use super::refusal::Refusals;
use crate::signaling::RelayServer;

/// One allocation, for some peers.
pub(in crate::media::transport) struct Conversation {
    client: TurnClientUdp,
    local: SocketAddr,
    remote: SocketAddr,
    peers: Vec<SocketAddr>,
    relayed: Option<SocketAddr>,
    /// Datagrams may be sent.
    is_permitted: bool,
    refusals: Refusals,
}

impl Conversation {
    /// `local` and `remote` are the ends of the way to the server.
    pub(in crate::media::transport) fn new(
        server: &RelayServer,
        (local, remote): (SocketAddr, SocketAddr),
        is_stream: bool,
        peers: Vec<SocketAddr>,
    ) -> Self {
        let credentials = TurnCredentials::new(server.username.expose(), server.password.expose());
        let mut config = TurnConfig::new(credentials);
        if peers.iter().all(SocketAddr::is_ipv6) {
            config.set_address_family(AddressFamily::IPV6);
        }
        // What goes over a stream arrives or never will: no message is repeated there. So the client
        // for datagrams serves for all, with messages that were taken out of the stream.
        match is_stream {
            true => config.set_request_retransmits(
                Duration::from_secs(10),
                Duration::from_secs(10),
                1,
                Duration::from_secs(10),
            ),
            false => config.set_request_retransmits(
                Duration::from_millis(500),
                Duration::from_secs(4),
                5,
                Duration::from_secs(4),
            ),
        }
        Self {
            client: TurnClientUdp::allocate(local, remote, config),
            local,
            remote,
            peers,
            relayed: None,
            is_permitted: false,
            refusals: Refusals::default(),
        }
    }

    /// When datagrams may be sent.
    pub(in crate::media::transport) fn relayed(&self) -> Option<Relayed> {
        let address = self.relayed.filter(|_| self.is_permitted)?;
        let local = self.local;
        Some(Relayed { address, local })
    }

    /// The message that lets the server send a datagram on. A destination without permission, which
    /// has none, is one that the server refused.
    pub(in crate::media::transport) fn wrap(
        &mut self,
        destination: SocketAddr,
        datagram: Vec<u8>,
        now: Moment,
    ) -> Option<Vec<u8>> {
        let client = &mut self.client;
        let message = client.send_to(TransportType::Udp, destination, datagram, now);
        Some(message.ok()??.build().data)
    }

    /// A message of the server; the datagram in it, with who sent that. An error: it will not relay.
    pub(in crate::media::transport) fn receive(
        &mut self,
        message: &[u8],
        now: Moment,
    ) -> Result<Option<(SocketAddr, Vec<u8>)>, String> {
        if self.relayed.is_none()
            && let Some(reason) = self.refusals.look_at(message)
        {
            return Err(reason);
        }
        let transmit = Transmit::new(message, TransportType::Udp, self.remote, self.local);
        Ok(match self.client.recv(transmit, now) {
            TurnRecvRet::PeerData(data) => Some((data.peer, data.data().to_vec())),
            _ => None,
        })
    }

    /// Until when there is nothing to do; none when that has to be asked again. An error: it is over.
    pub(in crate::media::transport) fn wait(
        &mut self,
        now: Moment,
    ) -> Result<Option<Moment>, String> {
        match self.client.poll(now) {
            TurnPollRet::WaitUntil(until) => Ok(Some(until)),
            TurnPollRet::Closed => Err(NO_ANSWER.to_owned()),
            // Those are about TCP behind the server.
            TurnPollRet::AllocateTcpSocket { .. } | TurnPollRet::TcpClose { .. } => Ok(None),
        }
    }

    /// The next message for the server.
    pub(in crate::media::transport) fn say(&mut self, now: Moment) -> Option<Vec<u8>> {
        let message = self.client.poll_transmit(now)?;
        Some(message.data.to_vec())
    }

    /// Looks at what has changed; where the relay is, when that has just become known.
    pub(in crate::media::transport) fn look(
        &mut self,
        now: Moment,
    ) -> Result<Option<Relayed>, String> {
        while let Some(event) = self.client.poll_event() {
            if let Some(relayed) = self.happened(event, now)? {
                return Ok(Some(relayed));
            }
        }
        Ok(None)
    }

    /// Gives the allocation back; what is to be said comes out.
    pub(in crate::media::transport) fn end(&mut self, now: Moment) {
        let _ = self.client.delete(now);
    }

    fn happened(&mut self, event: TurnEvent, now: Moment) -> Result<Option<Relayed>, String> {
        match event {
            TurnEvent::AllocationCreated(_, address) => {
                self.relayed = Some(address);
                let mut asked: Vec<_> = self.peers.iter().map(SocketAddr::ip).collect();
                asked.sort();
                asked.dedup();
                for peer in asked {
                    let client = &mut self.client;
                    let _ = client.create_permission(TransportType::Udp, peer, now);
                }
            }
            TurnEvent::AllocationCreateFailed(_) => return Err(NO_ANSWER.to_owned()),
            TurnEvent::PermissionCreated(_, address) => {
                // A channel costs 4 bytes with each datagram instead of 36. Where there is none, it
                // goes without.
                for peer in self.peers.iter().filter(|peer| peer.ip() == address) {
                    let _ = self.client.bind_channel(TransportType::Udp, *peer, now);
                }
                if !std::mem::replace(&mut self.is_permitted, true) {
                    return Ok(self.relayed());
                }
            }
            // The others may do.
            TurnEvent::PermissionCreateFailed(_, address) => {
                self.peers.retain(|peer| peer.ip() != address);
                if self.peers.is_empty() {
                    return Err("it refuses to relay to the service".to_owned());
                }
            }
            _ => {}
        }
        Ok(None)
    }
}

const NO_ANSWER: &str = "it does not answer, or not in a way that makes sense";
