//! One transport: the WebRTC library and a UDP socket.

use std::net::{SocketAddr, UdpSocket};
use std::os::fd::AsFd;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use nix::poll::{PollFd, PollFlags, ppoll};
use nix::sys::time::TimeSpec;
use serde_json::{Value, json};
use str0m::bwe::Bitrate;
use str0m::config::{CryptoProvider, DtlsCert, Fingerprint};
use str0m::crypto::from_feature_flags;
use str0m::format::{Codec, FormatParams};
use str0m::media::{Frequency, MediaKind, MediaTime, Mid, Pt};
use str0m::net::{Protocol, Receive};
use str0m::rtp::Extension;
use str0m::{Candidate, Event, IceCreds, Input, Output, Rtc, RtcConfig};

use super::feed::Feed;
use super::room::Consumer;
use crate::support::meetings::HANG;

/// What the service fills the line with, and what pictures are sent to find out how much it carries:
/// as the library has them.
pub const PROBATOR: (&str, u32) = ("probator", 1234);
const PROBES: u8 = 127;

/// What a room carries, as its own capabilities have it.
#[derive(Default)]
pub struct Negotiated {
    /// Of sound, of pictures, and of pictures that are sent again.
    codecs: [Value; 3],
    extensions: Vec<Value>,
}

impl Negotiated {
    pub fn read(capabilities: &Value) -> Self {
        let list = |name: &str| capabilities[name].as_array().expect("a list").clone();
        let all = list("codecs");
        let number = |codec: &Value| codec["preferredPayloadType"].clone();
        let find = |fits: &dyn Fn(&Value) -> bool| {
            let mut found = all.iter().find(|it| fits(it)).expect("a codec").clone();
            found["payloadType"] = number(&found);
            found
        };
        let sound = find(&|codec| codec["mimeType"] == "audio/opus");
        let picture = find(&|codec| codec["mimeType"] == "video/VP8");
        let again = find(&|codec| {
            codec["mimeType"] == "video/rtx"
                && codec["parameters"]["apt"] == picture["preferredPayloadType"]
        });
        Self {
            codecs: [sound, picture, again],
            extensions: list("headerExtensions"),
        }
    }

    fn payload_type(&self, codec: usize) -> Pt {
        let number = self.codecs[codec]["payloadType"].as_u64();
        Pt::from(number.expect("a number") as u8)
    }

    pub fn codecs(&self, is_picture: bool) -> &[Value] {
        match is_picture {
            true => &self.codecs[1..],
            false => &self.codecs[..1],
        }
    }

    /// As they are announced for a track that is sent.
    pub fn extensions(&self, is_picture: bool) -> Vec<Value> {
        let kind = if is_picture { "video" } else { "audio" };
        let sent = |it: &&Value| it["kind"] == kind && it["direction"] != "sendonly";
        let announced = |it: &Value| {
            json!({
                "uri": it["uri"], "id": it["preferredId"], "encrypt": false, "parameters": {},
            })
        };
        let all = self.extensions.iter().filter(sent);
        all.map(announced).collect()
    }
}

/// The names of what the tracks of a transport are made of.
pub fn mid(track: usize) -> Mid {
    Mid::from(track.to_string().as_str())
}

/// The track of that name.
pub fn track(mid: Mid) -> usize {
    mid.parse().expect("one of ours")
}

pub const fn ssrc(track: usize) -> u32 {
    1000 + track as u32 * 2
}

pub const fn retransmission_ssrc(track: usize) -> u32 {
    ssrc(track) + 1
}

pub struct Transport {
    rtc: Rtc,
    socket: UdpSocket,
    address: SocketAddr,
    buffer: [u8; 2048],
    /// By the numbers of tracks.
    pictures: Vec<bool>,
    payload_types: [Pt; 2],
    /// The streams that are received.
    ssrcs: Vec<u32>,
    /// How many packets of those came.
    pub media_packets: u64,
    is_connected: bool,
}

impl Transport {
    /// With what the library tells the WebRTC library, too, but for its figures.
    pub fn new(negotiated: &Negotiated, parameters: &Value, sends: bool) -> Self {
        let (provider, certificate) = identity();
        let mut config = RtcConfig::new()
            .set_crypto_provider(Arc::clone(provider))
            .set_dtls_cert(certificate.clone())
            .clear_codecs()
            .clear_extension_map()
            .set_reordering_size_audio(10)
            .set_reordering_timeout_audio(Some(Duration::from_millis(60)))
            .set_reordering_size_video(100);
        if sends {
            config = config.enable_bwe(Some(Bitrate::kbps(1000)));
        }
        for one in &negotiated.extensions {
            if let Some(known) = extension(&one["uri"]) {
                let id = one["preferredId"].as_u64().expect("a number") as u8;
                config = config.set_extension(id, known);
            }
        }
        declare_codecs(&mut config, negotiated, sends);
        let now = Instant::now();
        let mut rtc = config.build(now);
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        let ice = &parameters["iceParameters"];
        let mut direct = rtc.direct_api();
        direct.set_ice_controlling(true);
        direct.set_remote_ice_credentials(IceCreds {
            ufrag: text(&ice["usernameFragment"]),
            pass: text(&ice["password"]),
        });
        direct.set_remote_fingerprint(sha256(&parameters["dtlsParameters"]["fingerprints"]));
        if sends {
            let wanted = Bitrate::kbps(2700);
            rtc.bwe().set_bitrate(Bitrate::ZERO, wanted);
        } else {
            direct.enable_twcc_feedback();
            let (name, ssrc) = PROBATOR;
            direct.declare_media(Mid::from(name), MediaKind::Audio);
            let filling = direct.expect_stream_rx(ssrc.into(), None, Mid::from(name), None);
            filling.suppress_nack(true);
        }
        let remote = udp_address(&parameters["iceCandidates"]);
        let candidate = |address| Candidate::host(address, Protocol::Udp).expect("an address");
        rtc.add_remote_candidate(candidate(remote));
        let socket = UdpSocket::bind((remote.ip(), 0)).expect("a free port");
        socket.set_nonblocking(true).expect("a socket");
        let address = socket.local_addr().expect("it is bound");
        rtc.add_local_candidate(candidate(address));
        Self {
            rtc,
            socket,
            address,
            buffer: [0; 2048],
            pictures: Vec::new(),
            payload_types: [negotiated.payload_type(0), negotiated.payload_type(1)],
            ssrcs: Vec::new(),
            media_packets: 0,
            is_connected: false,
        }
    }

    pub fn fingerprint(&mut self) -> String {
        let fingerprint = self.rtc.direct_api().local_dtls_fingerprint().clone();
        let pairs: Vec<_> = fingerprint
            .bytes
            .iter()
            .map(|it| format!("{it:02X}"))
            .collect();
        pairs.join(":")
    }

    pub fn is_picture(&self, track: usize) -> bool {
        self.pictures[track]
    }

    /// Declares the next track that is sent.
    pub fn declare(&mut self, track: usize, is_picture: bool) {
        let kind = media_kind(is_picture);
        let mut direct = self.rtc.direct_api();
        direct.declare_media(mid(track), kind);
        let again = is_picture.then(|| retransmission_ssrc(track).into());
        direct
            .declare_stream_tx(ssrc(track).into(), again, mid(track), None)
            .set_unpaced(!is_picture);
        self.pictures.push(is_picture);
    }

    /// Declares a track that is received.
    pub fn expect(&mut self, consumer: &Consumer) {
        let mid = mid(self.ssrcs.len());
        let mut direct = self.rtc.direct_api();
        direct.declare_media(mid, media_kind(consumer.is_picture));
        let again = consumer.retransmission_ssrc.map(Into::into);
        direct.expect_stream_rx(consumer.ssrc.into(), again, mid, None);
        self.ssrcs.push(consumer.ssrc);
    }

    /// Begins DTLS, and goes on until there is a way.
    pub fn connect(&mut self) {
        let started = self.rtc.direct_api().start_dtls(true);
        started.expect("parameters of the service");
        let begin = Instant::now();
        while !self.is_connected {
            assert!(begin.elapsed() < HANG, "there is no way to the service");
            self.step(None, begin + HANG, &mut |_| ());
        }
    }

    pub fn write(&mut self, track: usize, time: Duration, frame: Arc<[u8]>) {
        let is_picture = self.pictures[track];
        let clock = match is_picture {
            true => Frequency::NINETY_KHZ,
            false => Frequency::FORTY_EIGHT_KHZ,
        };
        let mut writer = self.rtc.writer(mid(track)).expect("it was declared");
        if !is_picture {
            writer = writer.audio_level(-30, true);
        }
        let time = MediaTime::from_micros(time.as_micros() as u64).rebase(clock);
        let payload_type = self.payload_types[usize::from(is_picture)];
        let written = writer.write(payload_type, Instant::now(), time, frame);
        written.expect("there is a way");
    }

    /// Sends and receives until that moment.
    pub fn run(&mut self, until: Instant, mut happened: impl FnMut(Event)) {
        while self.step(None, until, &mut happened) {}
    }

    /// The same, but no longer than until a frame was made.
    pub fn run_with(&mut self, feed: &Feed, until: Instant, mut happened: impl FnMut(Event)) {
        while self.step(Some(feed), until, &mut happened) {}
    }

    /// One thing that is to be done; `false`: nothing before that moment, or before a frame is written.
    fn step(
        &mut self,
        feed: Option<&Feed>,
        until: Instant,
        happened: &mut dyn FnMut(Event),
    ) -> bool {
        let wait_until = loop {
            match self.rtc.poll_output().expect("a transport that works") {
                Output::Timeout(at) => break at.min(until),
                Output::Transmit(transmit) => {
                    let sent = self
                        .socket
                        .send_to(&transmit.contents, transmit.destination);
                    sent.expect("room for a datagram");
                }
                Output::Event(event) => {
                    self.is_connected |= matches!(event, Event::Connected);
                    happened(event);
                }
            }
        };
        let now = Instant::now();
        if now < wait_until {
            let [has_come, was_made] = self.wait(feed, wait_until - now);
            if has_come {
                self.receive();
            }
            !was_made
        } else if now < until {
            let time = Input::Timeout(now);
            self.rtc.handle_input(time).expect("time passes");
            true
        } else {
            false
        }
    }

    /// Takes what has come; outputs have to be taken in between.
    fn receive(&mut self) {
        if let Ok((length, source)) = self.socket.recv_from(&mut self.buffer) {
            let datagram = &self.buffer[..length];
            self.media_packets += u64::from(is_one_of(&self.ssrcs, datagram));
            let received = Receive::new(Protocol::Udp, source, self.address, datagram);
            let input = Input::Receive(Instant::now(), received.expect("a packet"));
            self.rtc.handle_input(input).expect("a good packet");
        }
    }

    /// Until something comes or a frame is made, but no longer; which of both it was.
    fn wait(&self, feed: Option<&Feed>, most: Duration) -> [bool; 2] {
        let watched = |it| PollFd::new(it, PollFlags::POLLIN);
        let socket = self.socket.as_fd();
        let mut polled = [socket, feed.map_or(socket, AsFd::as_fd)].map(watched);
        let count = 1 + usize::from(feed.is_some());
        let most = TimeSpec::from_duration(most);
        ppoll(&mut polled[..count], Some(most), None).expect("descriptors");
        let rang = |one: &PollFd<'_>| one.any().unwrap_or(false);
        [rang(&polled[0]), feed.is_some() && rang(&polled[1])]
    }
}

/// One certificate for all transports of a process, as the library has it.
fn identity() -> &'static (Arc<CryptoProvider>, DtlsCert) {
    static IDENTITY: OnceLock<(Arc<CryptoProvider>, DtlsCert)> = OnceLock::new();
    IDENTITY.get_or_init(|| {
        let provider = Arc::new(from_feature_flags());
        let certificate = provider.dtls_provider.generate_certificate();
        (provider, certificate.expect("a certificate"))
    })
}

/// Whether it is a packet of one of those streams (RFC 3550, 5.1; RFC 5761, 4).
fn is_one_of(ssrcs: &[u32], datagram: &[u8]) -> bool {
    let is_rtp =
        datagram.len() >= 12 && datagram[0] >> 6 == 2 && !(192..224).contains(&datagram[1]);
    is_rtp && {
        let ssrc = u32::from_be_bytes(datagram[8..12].try_into().expect("four bytes"));
        ssrcs.contains(&ssrc)
    }
}

fn declare_codecs(config: &mut RtcConfig, negotiated: &Negotiated, sends: bool) {
    let codecs = config.codec_config();
    let none = FormatParams::default();
    let (sound, picture) = (Frequency::FORTY_EIGHT_KHZ, Frequency::NINETY_KHZ);
    match sends {
        true => codecs.add_config(PROBES.into(), None, Codec::Vp8, picture, None, none),
        false => codecs.add_config(PROBES.into(), None, Codec::Opus, sound, Some(2), none),
    }
    let [opus, vp8, again] = [0, 1, 2].map(|codec| negotiated.payload_type(codec));
    codecs.add_config(opus, None, Codec::Opus, sound, Some(2), none);
    codecs.add_config(vp8, Some(again), Codec::Vp8, picture, None, none);
}

fn extension(uri: &Value) -> Option<Extension> {
    let known = [
        Extension::RtpMid,
        Extension::AbsoluteSendTime,
        Extension::TransportSequenceNumber,
        Extension::AudioLevel,
        Extension::AbsoluteCaptureTime,
    ];
    known.into_iter().find(|known| *uri == known.as_uri())
}

fn sha256(fingerprints: &Value) -> Fingerprint {
    let all = fingerprints.as_array().expect("a list").iter();
    let mut fitting = all.filter(|one| one["algorithm"] == "sha-256");
    let digits = fitting.next().and_then(|one| one["value"].as_str());
    let pairs = digits.expect("a fingerprint of SHA-256").split(':');
    Fingerprint {
        hash_func: "sha-256".to_owned(),
        bytes: pairs
            .map(|pair| u8::from_str_radix(pair, 16).expect("digits"))
            .collect(),
    }
}

fn udp_address(candidates: &Value) -> SocketAddr {
    let all = candidates.as_array().expect("a list").iter();
    let mut udp = all.filter(|one| one["protocol"] == "udp");
    let udp = udp.next().expect("an address by UDP");
    let address = udp["address"].as_str().or(udp["ip"].as_str());
    let ip = address.expect("an address").parse().expect("an address");
    SocketAddr::new(ip, udp["port"].as_u64().expect("a port") as u16)
}

fn media_kind(is_picture: bool) -> MediaKind {
    match is_picture {
        true => MediaKind::Video,
        false => MediaKind::Audio,
    }
}
