//! A talk of two, by ways that a test prepares.

use std::net::SocketAddr;
use std::time::Duration;

use devserver::{Announced, Server};
use vsdk::media::{TrackKind, TrackOptions};
use vsdk::meeting::{LocalTrack, PreferredProtocol, RemoteTrack};

use crate::meetings::{Client, room};
use crate::relay::media_addresses;
use crate::{added, frame_now, published, send_until, sound, sound_number};

const PACKET: Duration = Duration::from_millis(20);

/// One who speaks and one who hears, both with that protocol.
pub struct Talk {
    pub ann: Client,
    pub bob: Client,
    microphone: LocalTrack,
    heard: RemoteTrack,
}

impl Talk {
    pub fn new(server: &Server, protocol: PreferredProtocol) -> Self {
        let room = room(server);
        let client = |id| {
            Client::new(server, &room, id, |options| {
                options.set_preferred_protocol(protocol);
            })
        };
        let (ann, bob) = (client("ann"), client("bob"));
        ann.join();
        bob.join();
        let microphone = ann
            .meeting
            .add_track(&TrackOptions::new(TrackKind::Audio))
            .unwrap();
        published(&ann, &microphone);
        let heard = added(&bob, "audio");
        Self {
            ann,
            bob,
            microphone,
            heard,
        }
    }

    /// Sends until something of what is sent from now on has come as well.
    pub fn is_heard(&self) {
        while frame_now(&self.heard).is_some() {}
        let mut numbers = Vec::new();
        send_until(&self.microphone, PACKET, sound, || {
            while let Some(frame) = frame_now(&self.heard) {
                let number = sound_number(&frame);
                assert_eq!(frame.data, sound(number).data);
                numbers.push(number);
            }
            (numbers.len() >= 25).then_some(())
        });
    }
}

/// Clients are told these addresses of the media server from now on.
pub fn announce(server: &Server, udp: SocketAddr, tcp: SocketAddr) {
    let announced = Announced {
        udp: Some(udp),
        tcp: Some(tcp),
    };
    server
        .announce_media(Some(announced))
        .expect("it has media");
}

/// The addresses of the media server, which runs once somebody has joined.
pub fn addresses(server: &Server) -> (SocketAddr, SocketAddr) {
    let first = Client::new(server, &room(server), "first", |_| ());
    first.join();
    let addresses = media_addresses(server);
    first.leave();
    addresses
}
