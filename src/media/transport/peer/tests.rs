//! Our end against a network that does what it likes, in virtual time.

use std::sync::Arc;
use std::time::Duration;

use str0m::Event;

use super::pair::{Fate, Pair, Stream, Toward, fair};
use super::{TransportEvent, rtp};
use crate::media::negotiation::{
    DataChannelParameters, IceParameters, MAX_USERNAME_FRAGMENT_BYTES,
};
use crate::media::plane::Direction;
use crate::media::sink::TrackSink;
use crate::media::transform::Transformed;
use crate::media::{Codec, EncodedFrame, Pushed, Reliability};
use crate::redact::Secret;
use crate::runtime::Buffer;

const PACKET: Duration = Duration::from_millis(20);

/// Any sequence that looks like chance, the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        ((mixed ^ (mixed >> 27)) >> 16) as usize % limit.max(1)
    }

    /// The packet among what somebody on the way makes of it.
    fn accompany(&mut self, packet: Vec<u8>) -> Vec<Vec<u8>> {
        let mut packets = Vec::new();
        for _ in 0..3 {
            let mut damaged = packet.clone();
            // Headers are what could be believed.
            let at = self.below(damaged.len().min(40));
            damaged[at] ^= 1 << self.below(8);
            packets.push(damaged);
        }
        packets.push(packet[..self.below(packet.len())].to_vec());
        packets.push((0..self.below(60)).map(|_| self.below(256) as u8).collect());
        packets.push(packet.clone());
        packets.push(packet);
        packets
    }
}

/// A packet of Opus, as far as anybody looks into it.
fn sound(number: u16) -> Vec<u8> {
    let number = number.to_be_bytes();
    [&[0xfc], &number[..], &[0x55; 40]].concat()
}

/// A picture of VP8 in one packet, without the descriptor of RTP; every thirtieth is a key frame.
fn picture(number: u16) -> Vec<u8> {
    let header: &[u8] = match number % 30 {
        0 => &[0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01],
        _ => &[0x11, 0, 0],
    };
    [header, &number.to_be_bytes(), &[0x66; 60]].concat()
}

struct Talk {
    pair: Pair,
    voice: (Stream, std::sync::Arc<TrackSink>),
    film: (Stream, std::sync::Arc<TrackSink>),
    number: u16,
    sounds: Vec<Vec<u8>>,
    pictures: Vec<Vec<u8>>,
}

impl Talk {
    fn new() -> Self {
        let mut pair = Pair::connected(Direction::Receive);
        Self {
            voice: pair.consume(Codec::Opus),
            film: pair.consume(Codec::Vp8),
            pair,
            number: 0,
            sounds: Vec::new(),
            pictures: Vec::new(),
        }
    }

    /// The service sends the next sound and the next picture.
    fn go_on(&mut self, fate: &mut Fate<'_>) {
        let number = self.number;
        self.number += 1;
        let time = u32::from(number);
        let frame = [&[0x10], &picture(number)[..]].concat();
        let pair = &mut self.pair;
        pair.send_packet(self.voice.0, number, time * 960, false, &sound(number));
        pair.send_packet(self.film.0, number, time * 1800, true, &frame);
        pair.pass(PACKET, fate);
        self.sounds.extend(taken(&self.voice.1));
        self.pictures.extend(taken(&self.film.1));
    }

    /// Everything that was sent has come, in order, and nothing else.
    fn check(&mut self) {
        self.pair.pass(Duration::from_secs(1), &mut fair);
        self.sounds.extend(taken(&self.voice.1));
        self.pictures.extend(taken(&self.film.1));
        assert_eq!(self.pair.failure, None);
        assert!(self.pair.is_connected());
        let numbers = 0..self.number;
        assert!(
            self.sounds.iter().cloned().eq(numbers.clone().map(sound)),
            "{} sounds of {}, and perhaps others",
            self.sounds.len(),
            self.number
        );
        assert!(
            self.pictures.iter().cloned().eq(numbers.map(picture)),
            "{} pictures of {}, and perhaps others",
            self.pictures.len(),
            self.number
        );
    }
}

/// What a track got, without waiting.
fn taken(sink: &TrackSink) -> Vec<Vec<u8>> {
    let frames = sink.frames.fill(|waiting| {
        let frames = std::iter::from_fn(|| waiting.pop());
        frames.map(|waiting| waiting.frame.data.to_vec()).collect()
    });
    frames.expect("it is not closed")
}

fn ssrc_of(packet: &[u8]) -> Option<u32> {
    let is_rtp = (128..192).contains(packet.first()?) && !(64..96).contains(&(packet[1] & 0x7f));
    let ssrc = packet.get(8..12).filter(|_| is_rtp)?;
    Some(u32::from_be_bytes(ssrc.try_into().expect("four bytes")))
}

#[test]
fn what_does_not_authenticate_changes_nothing_about_what_is_received() {
    for seed in 0..10 {
        let mut talk = Talk::new();
        let mut chance = Chance(seed);
        for _ in 0..300 {
            talk.go_on(&mut |toward, packet| match toward {
                Toward::Peer => chance.accompany(packet),
                Toward::Service => vec![packet],
            });
        }
        talk.check();
    }
}

/// The service's names of media sections are not ours: what it calls 1 is our second.
#[test]
fn a_forged_packet_takes_no_stream_away() {
    let mut talk = Talk::new();
    talk.go_on(&mut fair);
    let film = talk.film.0.ssrc;
    talk.go_on(&mut |_, packet| {
        let mut forged = packet.clone();
        if ssrc_of(&packet) == Some(film) {
            forged[8] ^= 0xff;
        }
        vec![forged, packet]
    });
    for _ in 0..50 {
        talk.go_on(&mut fair);
    }
    talk.check();
}

#[test]
fn a_forged_payload_type_prevents_no_retransmission() {
    let mut talk = Talk::new();
    let film = talk.film.0.ssrc;
    let retransmissions = 102;
    // Far from where those are counted from; it begins with a key frame.
    let first = 39_990;
    talk.number = first;
    talk.go_on(&mut fair);
    talk.go_on(&mut |_, packet| {
        let mut forged = packet.clone();
        if ssrc_of(&packet) == Some(film) {
            forged[1] = forged[1] & 0x80 | retransmissions;
        }
        vec![forged, packet]
    });
    for number in 0..20 {
        talk.go_on(&mut |_, packet| {
            let is_lost = number == 5 && ssrc_of(&packet) == Some(film);
            if is_lost { Vec::new() } else { vec![packet] }
        });
    }
    talk.pair.pass(Duration::from_secs(1), &mut fair);
    talk.pictures.extend(taken(&talk.film.1));
    let sent = (first..talk.number).map(picture);
    assert!(talk.pictures.iter().cloned().eq(sent));
}

#[test]
fn data_keeps_coming_both_ways_through_a_hostile_network() {
    for (seed, direction) in [(1, Direction::Send), (2, Direction::Receive)] {
        let mut pair = Pair::connected(direction);
        let mut chance = Chance(seed);
        let channel = pair.add_channel(&DataChannelParameters::reliable(0));
        pair.pass(Duration::from_secs(1), &mut fair);
        for number in 0..200_u8 {
            match direction {
                Direction::Send => {
                    let outbox = &pair.tracks.outbox;
                    let sent = outbox.push(Reliability::Reliable, false, &[number; 100]);
                    sent.expect("there is a way");
                    while pair.peer.send_data() {}
                }
                Direction::Receive => {
                    let mut channel = pair.service.channel(channel).expect("it is open");
                    channel.write(true, &[number; 100]).expect("it is open");
                }
            }
            pair.pass(PACKET, &mut |toward, packet| match toward {
                Toward::Peer => chance.accompany(packet),
                Toward::Service => vec![packet],
            });
        }
        pair.pass(Duration::from_secs(5), &mut fair);
        assert_eq!(pair.failure, None);
        let told = pair.told.iter().filter_map(|told| match told {
            TransportEvent::Data { data, .. } => Some(data[0]),
            _ => None,
        });
        let seen = pair.seen.iter().filter_map(|seen| match seen {
            Event::ChannelData(data) => Some(data.data[0]),
            _ => None,
        });
        let mut came: Vec<u8> = told.chain(seen).collect();
        // The channel keeps no order.
        came.sort_unstable();
        assert!(came.into_iter().eq(0..200), "{direction:?}");
    }
}

#[test]
fn only_what_the_service_has_told_of_is_expected() {
    let mut talk = Talk::new();
    let (voice, film) = (talk.voice.0.ssrc, talk.film.0.ssrc);
    let packet = |ssrc: u32, payload_type: u8| {
        let mut packet = vec![0x80, payload_type, 0, 1, 0, 0, 0, 0];
        packet.extend(ssrc.to_be_bytes());
        packet
    };
    let peer = &talk.pair.peer;
    for (ssrc, payload_type, is_expected) in [
        (voice, 100, true),
        // With the marker.
        (voice, 100 | 0x80, true),
        (voice, 101, false),
        (film, 101, true),
        (film, 102, false),
        (film, 100, false),
        (film + 1, 102, true),
        (film + 1, 101, false),
        (film + 2, 101, false),
        (0, 101, false),
        (rtp::PROBATOR_SSRC, rtp::PROBATOR_PAYLOAD_TYPE, true),
        (rtp::PROBATOR_SSRC, 100, false),
    ] {
        let packet = packet(ssrc, payload_type);
        assert_eq!(
            peer.is_expected(&packet),
            is_expected,
            "{ssrc} {payload_type}"
        );
    }
    // Receiver reports, DTLS, STUN, and what is too short to tell.
    for datagram in [
        &packet(5, 201),
        &[22, 254, 253][..],
        &[0, 1],
        &[0x80, 101],
        &[],
    ] {
        assert!(peer.is_expected(datagram), "{datagram:?}");
    }
    talk.pair.peer.remove_consumer("consumer 0");
    assert!(!talk.pair.peer.is_expected(&packet(voice, 100)));
    let sender = Pair::new(Direction::Send);
    let probe = packet(rtp::PROBATOR_SSRC, rtp::PROBATOR_PAYLOAD_TYPE);
    assert!(!sender.peer.is_expected(&probe));
}

#[test]
fn what_a_hostile_network_sends_does_not_disturb_sending() {
    let mut pair = Pair::connected(Direction::Send);
    let mut chance = Chance(3);
    let (_, voice) = pair.produce(Codec::Opus);
    let (_, film) = pair.produce(Codec::Vp8);
    for number in 0..200_u16 {
        for (source, data) in [(&voice, sound(number)), (&film, picture(number))] {
            let is_key_frame = data[0] != 0x11;
            let frame = EncodedFrame {
                data: data.into(),
                timestamp_us: i64::from(number) * 20_000,
                is_key_frame,
                layer: 0,
                audio_level: None,
            };
            let pushed = source.push(frame, |_| Transformed::Unchanged);
            assert_eq!(pushed, Ok(Pushed::Queued));
        }
        pair.peer.send_frames(pair.now);
        pair.settle(&mut fair);
        pair.pass(PACKET, &mut |toward, packet| match toward {
            Toward::Peer => chance.accompany(packet),
            Toward::Service => vec![packet],
        });
    }
    assert_eq!(pair.failure, None);
    let packets = pair.seen.iter().filter_map(|seen| match seen {
        Event::RtpPacket(packet) => Some(packet),
        _ => None,
    });
    let (pictures, sounds): (Vec<_>, Vec<_>) =
        packets.partition(|packet| *packet.header.payload_type == 101);
    assert!(
        sounds
            .iter()
            .map(|it| it.payload.to_vec())
            .eq((0..200).map(sound))
    );
    // Behind the descriptor of RTP.
    let came = pictures.iter().zip(0..);
    assert!(
        came.clone()
            .all(|(it, number)| it.payload.ends_with(&picture(number)))
    );
    assert_eq!(came.count(), 200);
}

#[test]
fn checks_with_the_longest_username_can_be_sent() {
    let mut pair = Pair::connected(Direction::Receive);
    pair.peer.restart_ice(&IceParameters {
        username_fragment: "u".repeat(MAX_USERNAME_FRAGMENT_BYTES),
        password: Secret::new("p".repeat(256)),
        ice_lite: true,
    });
    let mut checks = 0;
    pair.pass(Duration::from_secs(10), &mut |toward, packet| {
        let is_stun = packet.first().is_some_and(|first| *first < 2);
        checks += usize::from(is_stun && toward == Toward::Service);
        vec![packet]
    });
    assert!(checks > 0);
    assert_eq!(pair.failure, None);
}

#[test]
fn once_it_is_closed_nothing_is_taken_whatever_still_opens() {
    for steps in [0, 1, 2, 100] {
        let mut pair = Pair::new(Direction::Send);
        let outbox = Arc::clone(&pair.tracks.outbox);
        pair.check(|peer| peer.start_dtls(true));
        pair.add_channel(&DataChannelParameters::reliable(3));
        for _ in 0..steps {
            pair.pass(Duration::from_millis(20), &mut fair);
        }
        let push = || outbox.push(Reliability::Reliable, true, b"x");
        assert!(steps < 100 || push().is_ok(), "its channel is open");
        pair.peer.close();
        pair.pass(Duration::from_secs(60), &mut fair);
        assert!(push().is_err(), "closed after {steps}");
    }
}

/// The service gives the streams of those that have left to others.
#[test]
fn a_stream_can_be_of_another_channel_afterwards_and_is_of_one_alone() {
    let mut pair = Pair::connected(Direction::Receive);
    let channel = DataChannelParameters::reliable(3);
    let first = pair.add_channel(&channel);
    // Once more, though it was not closed.
    pair.peer.add_channel(&channel);
    pair.pass(Duration::from_secs(1), &mut fair);
    let write = |pair: &mut Pair, id, text: &[u8]| {
        let mut channel = pair.service.channel(id).expect("it is open");
        assert!(channel.write(true, text).expect("it is open"));
        pair.pass(Duration::from_millis(200), &mut fair);
    };
    write(&mut pair, first, b"first");
    // Closed and needed again at once, as a channel that is not even open yet may be.
    for _ in 0..2 {
        pair.peer.remove_channel(3);
        pair.peer.add_channel(&channel);
    }
    pair.pass(Duration::from_secs(2), &mut fair);
    let second = pair.open_at_service(&channel);
    pair.pass(Duration::from_secs(2), &mut fair);
    write(&mut pair, second, b"second");
    pair.peer.remove_channel(3);
    write(&mut pair, second, b"third");
    assert_eq!(pair.failure, None);
    let data = pair.told.iter().filter_map(|told| match told {
        TransportEvent::Data {
            data, stream_id, ..
        } => Some((*stream_id, data.as_slice())),
        _ => None,
    });
    let data: Vec<_> = data.collect();
    assert_eq!(data, [(3, &b"first"[..]), (3, &b"second"[..])]);
}
