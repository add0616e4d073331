//! Transports without a network, and streams without a socket.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use str0m::channel::ChannelId;
use turn_client_proto::stun::Instant as Moment;

use super::framing::{self, Framing, Unframer};
use super::peer::pair::{Pair, Stream, Toward, consumer_id, fair};
use super::relay::Conversation;
use crate::media::frame::EncodedFrame;
use crate::media::negotiation::{Codec, DataChannelParameters, IceParameters};
use crate::media::plane::{Direction, TrackKey};
use crate::media::sink::{Frames, TrackSink};
use crate::media::source::TrackSource;
use crate::media::transform::Transformed;
use crate::media::{Pushed, Reliability};
use crate::redact::Secret;
use crate::runtime::panics;
use crate::signaling::{RelayServer, RelayTransport};

/// The packets in a stream that comes in those pieces, until it makes no sense; whether it did to the
/// end. With `turn` it comes from a TURN server, else each packet is behind its length.
pub fn unframed<'a>(turn: bool, pieces: impl Iterator<Item = &'a [u8]>) -> (Vec<Vec<u8>>, bool) {
    let framing = if turn { Framing::Turn } else { Framing::Length };
    let mut unframer = Unframer::new(framing);
    let mut packets = Vec::new();
    for mut piece in pieces {
        while !piece.is_empty() {
            let room = unframer.room();
            let count = room.len().min(piece.len());
            room[..count].copy_from_slice(&piece[..count]);
            unframer.filled(count);
            piece = &piece[count..];
            loop {
                match unframer.has_packet() {
                    Ok(true) => packets.extend(unframer.take().map(<[u8]>::to_vec)),
                    Ok(false) => break,
                    Err(_) => return (packets, false),
                }
            }
        }
    }
    (packets, true)
}

/// A packet behind its length; none when it is too long for that.
pub fn framed(packet: &[u8]) -> Option<Vec<u8>> {
    framing::framed(packet)
}

/// A message of TURN as it goes into a stream.
pub fn padded(message: Vec<u8>) -> Vec<u8> {
    framing::padded(message)
}

/// The user name and the password for every [`Turn`] server.
pub const TURN_USERNAME: &str = "user";
/// See [`TURN_USERNAME`].
pub const TURN_PASSWORD: &str = "password";

/// What is said to a TURN server, in virtual time.
pub struct Turn {
    conversation: Conversation,
    now: Duration,
}

impl Turn {
    /// With a server that is reached by datagrams, or by a stream.
    pub fn new(is_stream: bool) -> Self {
        let server = RelayServer {
            host: "turn.example".to_owned(),
            port: 3478,
            transport: RelayTransport::Udp,
            username: Secret::new(TURN_USERNAME),
            password: Secret::new(TURN_PASSWORD),
        };
        let address = |last, port| SocketAddr::from(([192, 0, 2, last], port));
        let ends = (address(1, 40_000), address(2, 3478));
        Self {
            conversation: Conversation::new(&server, ends, is_stream, vec![address(3, 44_444)]),
            now: Duration::ZERO,
        }
    }

    fn moment(&self) -> Moment {
        Moment::ZERO + self.now
    }

    /// A message of the server; the datagram in it.
    pub fn receive(&mut self, message: &[u8]) -> Result<Option<(SocketAddr, Vec<u8>)>, String> {
        let now = self.moment();
        self.conversation.receive(message, now)
    }

    /// A datagram for the service, as the server gets it.
    pub fn wrap(&mut self, datagram: &[u8]) -> Option<Vec<u8>> {
        let (now, peer) = (self.moment(), SocketAddr::from(([192, 0, 2, 3], 44_444)));
        self.conversation.wrap(peer, datagram.to_vec(), now)
    }

    /// Time passes; what is said meanwhile.
    pub fn pass(&mut self, time: Duration) -> Result<Vec<Vec<u8>>, String> {
        let end = self.now + time;
        let mut said = Vec::new();
        loop {
            let now = self.moment();
            let until = self.conversation.wait(now)?;
            said.extend(std::iter::from_fn(|| self.conversation.say(now)));
            self.conversation.look(now)?;
            said.extend(std::iter::from_fn(|| self.conversation.say(now)));
            assert!(said.len() < 10_000, "it has always something to say");
            if self.now >= end {
                return Ok(said);
            }
            let least = self.now + Duration::from_millis(1);
            let until = until.map_or(Duration::ZERO, |until| until - Moment::ZERO);
            self.now = until.max(least).min(end);
        }
    }

    /// Where the relay is, once it may be used.
    pub fn relayed(&self) -> Option<SocketAddr> {
        self.conversation.relayed().map(|relayed| relayed.address)
    }
}

/// What becomes of one datagram on its way to our end.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    /// Where; counted anew from the beginning when it is behind the end.
    pub at: u16,
    /// Which bits there are another.
    pub bits: u8,
    /// Whether the datagram ends there.
    pub cuts: bool,
    /// Whether the true one comes as well.
    pub keeps: bool,
}

/// Both ends of a transport, of which the other one plays the service, in virtual time.
pub struct Ends {
    pair: Pair,
    consumed: Vec<(u32, Stream, Arc<TrackSink>)>,
    produced: Vec<(TrackKey, Arc<TrackSource>)>,
    channels: Vec<(u16, ChannelId)>,
    next_consumer: u32,
}

impl Ends {
    /// `sends`: our end is the one that sends. Connected ones have keys.
    pub fn new(sends: bool, is_connected: bool) -> Self {
        let direction = match sends {
            true => Direction::Send,
            false => Direction::Receive,
        };
        Self {
            pair: match is_connected {
                true => Pair::connected(direction),
                false => Pair::new(direction),
            },
            consumed: Vec::new(),
            produced: Vec::new(),
            channels: Vec::new(),
            next_consumer: 0,
        }
    }

    /// Why our end has failed.
    pub fn failure(&self) -> Option<&str> {
        self.pair.failure.as_deref()
    }

    /// A defect of the WebRTC library ends the transport and nothing else, as where it really runs.
    fn contain(&mut self, action: impl FnOnce(&mut Self)) {
        if self.pair.failure.is_some() {
            return;
        }
        if let Err(panic) = panics::caught(|| action(self)) {
            self.pair.failure = Some(panic.message().to_owned());
        }
    }

    /// Something comes to our end.
    pub fn arrive(&mut self, datagram: &[u8]) {
        self.contain(|ends| {
            ends.pair.arrive(datagram);
            ends.pair.settle(&mut fair);
        });
    }

    /// Our end knows that the service knows it.
    pub fn start_dtls(&mut self) {
        self.contain(|ends| ends.pair.check(|peer| peer.start_dtls(true)));
    }

    /// Time passes; datagrams on their way to our end are changed, one after the other.
    pub fn pass(&mut self, time: Duration, changes: &[Change]) {
        let mut changes = changes.iter();
        self.contain(|ends| {
            ends.pair.pass(time, &mut |toward, datagram| {
                let change = changes.next().filter(|_| toward == Toward::Peer);
                let Some(change) = change else {
                    return vec![datagram];
                };
                let mut changed = datagram.clone();
                let at = usize::from(change.at) % changed.len().max(1);
                if change.cuts {
                    changed.truncate(at);
                }
                if let Some(byte) = changed.get_mut(at) {
                    *byte ^= change.bits;
                }
                match change.keeps {
                    true => vec![changed, datagram],
                    false => vec![changed],
                }
            });
        });
    }

    /// The service sends another track, of the codec with that number.
    pub fn consume(&mut self, codec: usize) {
        let codec = Codec::ALL[codec % Codec::ALL.len()];
        self.contain(|ends| {
            let (stream, sink) = ends.pair.consume(codec);
            ends.consumed.push((ends.next_consumer, stream, sink));
            ends.next_consumer += 1;
        });
    }

    /// It ends one.
    pub fn stop_consuming(&mut self, index: usize) {
        if !self.consumed.is_empty() {
            let (number, ..) = self.consumed.remove(index % self.consumed.len());
            self.contain(|ends| ends.pair.peer.remove_consumer(&consumer_id(number)));
        }
    }

    /// The app wants a key frame.
    pub fn request_key_frame(&mut self, index: usize) {
        if !self.consumed.is_empty() {
            let number = self.consumed[index % self.consumed.len()].0;
            let now = self.pair.now;
            self.contain(|ends| ends.pair.peer.request_key_frame(&consumer_id(number), now));
        }
    }

    /// The service sends a packet of one of its tracks, encrypted as it should be, whatever is in it.
    pub fn packet(&mut self, index: usize, number: u16, time: u32, is_last: bool, payload: &[u8]) {
        if !self.consumed.is_empty() {
            let (_, stream, _) = self.consumed[index % self.consumed.len()];
            self.contain(|ends| {
                ends.pair
                    .send_packet(stream, number, time, is_last, payload);
                ends.pair.settle(&mut fair);
            });
        }
    }

    /// Our end sends another track, of the codec with that number.
    pub fn produce(&mut self, codec: usize) {
        let codec = Codec::ALL[codec % Codec::ALL.len()];
        self.contain(|ends| {
            let produced = ends.pair.produce(codec);
            ends.produced.push(produced);
        });
    }

    /// It ends one.
    pub fn stop_producing(&mut self, index: usize) {
        if !self.produced.is_empty() {
            let (track, _) = self.produced.remove(index % self.produced.len());
            self.contain(|ends| ends.pair.peer.remove_producer(track));
        }
    }

    /// The app sends a frame; whether it was taken.
    pub fn frame(
        &mut self,
        index: usize,
        timestamp_us: i64,
        is_key_frame: bool,
        data: &[u8],
    ) -> bool {
        if self.produced.is_empty() {
            return false;
        }
        let (_, source) = &self.produced[index % self.produced.len()];
        let frame = EncodedFrame {
            data: data.into(),
            timestamp_us,
            is_key_frame,
            layer: 0,
            audio_level: None,
        };
        let pushed = source.push(frame, |_| Transformed::Unchanged);
        self.contain(|ends| {
            ends.pair.peer.send_frames(ends.pair.now);
            ends.pair.settle(&mut fair);
        });
        pushed == Ok(Pushed::Queued)
    }

    /// Both ends have a channel for data from now on.
    pub fn add_channel(&mut self, stream_id: u16, is_ordered: bool, max_retransmits: Option<u16>) {
        self.contain(|ends| {
            let parameters = DataChannelParameters {
                ordered: is_ordered,
                max_retransmits,
                ..DataChannelParameters::reliable(stream_id)
            };
            // The end that plays the service has to keep to the rules.
            let mut channels = ends.channels.iter();
            if channels.any(|(known, _)| *known == stream_id) {
                ends.pair.peer.add_channel(&parameters);
            } else {
                let id = ends.pair.add_channel(&parameters);
                ends.channels.push((stream_id, id));
            }
        });
    }

    /// Our end of one is closed.
    pub fn remove_channel(&mut self, index: usize) {
        if !self.channels.is_empty() {
            let (stream_id, _) = self.channels[index % self.channels.len()];
            self.contain(|ends| ends.pair.peer.remove_channel(stream_id));
        }
    }

    /// The service sends data.
    pub fn data(&mut self, index: usize, is_text: bool, data: &[u8]) {
        if !self.channels.is_empty() {
            let (_, id) = self.channels[index % self.channels.len()];
            if let Some(mut channel) = self.pair.service.channel(id) {
                let _ = channel.write(!is_text, data);
            }
            self.contain(|ends| {
                ends.pair.settle(&mut fair);
            });
        }
    }

    /// The app sends data; whether it was taken.
    pub fn send_data(&mut self, is_text: bool, data: &[u8]) -> bool {
        let sent = self
            .pair
            .tracks
            .outbox
            .push(Reliability::Reliable, is_text, data);
        self.contain(|ends| {
            while ends.pair.peer.send_data() {
                ends.pair.settle(&mut fair);
            }
        });
        sent.is_ok()
    }

    /// The service has other credentials from now on.
    pub fn restart_ice(&mut self, username_fragment: &str, password: &str) {
        let parameters = IceParameters {
            username_fragment: username_fragment.to_owned(),
            password: Secret::new(password),
            ice_lite: true,
        };
        self.contain(|ends| ends.pair.peer.restart_ice(&parameters));
    }

    /// Our end says goodbye.
    pub fn close(&mut self) {
        self.contain(|ends| ends.pair.peer.close());
    }

    /// How many events our end told since the last time.
    pub fn told(&mut self) -> usize {
        self.pair.seen.clear();
        std::mem::take(&mut self.pair.told).len()
    }

    /// How many frames wait for the app, on the track that has most.
    pub fn waiting(&self) -> u64 {
        let waiting = |sink: &Arc<TrackSink>| sink.frames.look(Frames::len) as u64;
        let tracks = self.consumed.iter();
        tracks.map(|(_, _, sink)| waiting(sink)).max().unwrap_or(0)
    }
}
