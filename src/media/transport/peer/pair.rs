//! Both ends of a transport without a network, in virtual time: ours, and one that stands for the
//! service. What is on its way can be changed.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use str0m::channel::{ChannelConfig, ChannelId, Reliability as ChannelReliability};
use str0m::config::Fingerprint;
use str0m::media::Mid;
use str0m::net::{Protocol, Receive};
use str0m::rtp::{ExtensionValues, RtpWrite};
use str0m::{Candidate, Event, IceCreds, Input, Rtc, RtcConfig};
use tokio::sync::Notify;

use super::{Local, Output, Peer, TransportEvent, TransportState, media_kind};
use crate::http::{Client, Slots};
use crate::media::PreferredProtocol;
use crate::media::frame::TrackKind;
use crate::media::negotiation::{
    Capabilities, Codec, ConsumerParameters, DataChannelParameters, Encoding, Kind, Negotiated,
    ProducerParameters, TransportParameters,
};
use crate::media::plane::{ConsumerSetup, Direction, ProducerSetup, TrackKey};
use crate::media::sink::TrackSink;
use crate::media::source::TrackSource;
use crate::media::tracks::Tracks;
use crate::media::transport::certificate::{self, Identity};
use crate::media::transport::{Settings, rtp};

/// Where this end is, and where the service.
const OURS: ([u8; 4], u16) = ([127, 0, 0, 1], 40_001);
const THEIRS: ([u8; 4], u16) = ([127, 0, 0, 1], 40_000);

/// Of what the service sends; each next track has the next but one.
const FIRST_SSRC: u32 = 0x0100_0000;

/// How much may be done at one moment. An end that is never done would take more.
const MOST_AT_ONCE: usize = 20_000;

/// Where a datagram goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::media::transport) enum Toward {
    Peer,
    Service,
}

/// What becomes of a datagram that is on its way.
pub(in crate::media::transport) type Fate<'a> = dyn FnMut(Toward, Vec<u8>) -> Vec<Vec<u8>> + 'a;

/// Everything arrives.
pub(in crate::media::transport) fn fair(_: Toward, datagram: Vec<u8>) -> Vec<Vec<u8>> {
    vec![datagram]
}

/// A stream of the service.
#[derive(Clone, Copy, Debug)]
pub(in crate::media::transport) struct Stream {
    pub(in crate::media::transport) ssrc: u32,
    pub(in crate::media::transport) payload_type: u8,
    mid: Mid,
}

pub(in crate::media::transport) struct Pair {
    pub(in crate::media::transport) peer: Peer,
    pub(in crate::media::transport) service: Rtc,
    pub(in crate::media::transport) now: Instant,
    pub(in crate::media::transport) tracks: Arc<Tracks>,
    local: Local,
    underway: VecDeque<(Toward, Vec<u8>)>,
    /// What our end told.
    pub(in crate::media::transport) told: Vec<TransportEvent>,
    /// What the service's end told.
    pub(in crate::media::transport) seen: Vec<Event>,
    is_service_gone: bool,
    /// Why our end has failed.
    pub(in crate::media::transport) failure: Option<String>,
    negotiated: Arc<Negotiated>,
    consumed: u32,
    produced: u32,
}

impl Pair {
    pub(in crate::media::transport) fn new(direction: Direction) -> Self {
        let now = Instant::now();
        let identity = certificate::identity().expect("a certificate");
        let negotiated = Capabilities::default().negotiate(&router());
        let negotiated = Arc::new(negotiated.expect("a router"));
        let mut config = RtcConfig::new()
            .set_crypto_provider(Arc::clone(&identity.provider))
            .set_dtls_cert(identity.certificate.clone())
            .set_ice_lite(true)
            .set_rtp_mode(true)
            .clear_codecs()
            .clear_extension_map();
        for extension in negotiated.extension_map() {
            if let Some(known) = rtp::extension(extension.uri) {
                config = config.set_extension(extension.id, known);
            }
        }
        for kind in [Kind::Audio, Kind::Video] {
            for codec in negotiated.codecs(kind) {
                rtp::declare_codec(config.codec_config(), codec);
            }
        }
        let mut service = config.build(now);
        let credentials = service.direct_api().local_ice_credentials();
        let tracks = Arc::new(Tracks::default());
        let sends = direction == Direction::Send;
        let settings = Settings {
            direction,
            parameters: TransportParameters::read(&transport(&credentials, identity))
                .expect("a transport"),
            negotiated: Arc::clone(&negotiated),
            protocol: PreferredProtocol::UdpOnly,
            relays: Vec::new(),
            client: Client::new(Default::default(), Slots::new(0)).expect("settings"),
            wake: Arc::new(Notify::new()),
            figures: tracks.open_transport(direction),
            outbox: sends.then(|| Arc::clone(&tracks.outbox)),
        };
        let mut peer = Peer::new(&settings, identity, now);
        let candidate = |(ip, port): ([u8; 4], u16)| {
            let address = SocketAddr::from((ip, port));
            Candidate::host(address, Protocol::Udp).expect("an address")
        };
        service.add_local_candidate(candidate(THEIRS));
        service.add_remote_candidate(candidate(OURS));
        let mut direct = service.direct_api();
        direct.set_ice_controlling(false);
        direct.set_remote_ice_credentials(peer.rtc.direct_api().local_ice_credentials());
        direct.set_remote_fingerprint(Fingerprint {
            hash_func: "sha-256".to_owned(),
            bytes: settings.parameters.dtls.sha256.to_vec(),
        });
        direct.start_dtls(false).expect("it waits");
        direct.start_sctp(false);
        let local = Local::Udp(OURS.into());
        peer.add_address(local);
        Self {
            peer,
            service,
            now,
            tracks,
            local,
            underway: VecDeque::new(),
            told: Vec::new(),
            seen: Vec::new(),
            is_service_gone: false,
            failure: None,
            negotiated,
            consumed: 0,
            produced: 0,
        }
    }

    /// With keys on both ends.
    pub(in crate::media::transport) fn connected(direction: Direction) -> Self {
        let mut pair = Self::new(direction);
        pair.check(|peer| peer.start_dtls(true));
        for _ in 0..100 {
            pair.pass(Duration::from_millis(20), &mut fair);
            if pair.is_connected() {
                return pair;
            }
        }
        panic!("it never connects: {:?} {:?}", pair.told, pair.failure);
    }

    pub(in crate::media::transport) fn is_connected(&self) -> bool {
        let states = self.told.iter().rev();
        let mut states = states.filter_map(|told| match told {
            TransportEvent::State(state) => Some(state),
            _ => None,
        });
        states.next() == Some(&TransportState::Connected)
    }

    /// Does something with our end, which may end it.
    pub(in crate::media::transport) fn check(
        &mut self,
        action: impl FnOnce(&mut Peer) -> Result<(), String>,
    ) {
        if self.failure.is_none() {
            self.failure = action(&mut self.peer).err();
        }
    }

    /// Something comes to our end.
    pub(in crate::media::transport) fn arrive(&mut self, datagram: &[u8]) {
        let (local, now) = (self.local, self.now);
        self.check(|peer| peer.receive(local, THEIRS.into(), datagram, now));
    }

    /// Time passes, and both ends do what they have to.
    pub(in crate::media::transport) fn pass(&mut self, time: Duration, fate: &mut Fate<'_>) {
        let end = self.now + time;
        loop {
            let next = self.settle(fate).min(end);
            if next <= self.now {
                return;
            }
            self.now = next;
            self.check(|peer| peer.time_passed(next));
            self.serve(Input::Timeout(next));
        }
    }

    /// Everything that is due now happens; when there is more to do.
    pub(in crate::media::transport) fn settle(&mut self, fate: &mut Fate<'_>) -> Instant {
        for _ in 0..MOST_AT_ONCE {
            let next = self.poll_peer().min(self.poll_service());
            let Some((toward, datagram)) = self.underway.pop_front() else {
                // What is due now is due a moment later: time goes on.
                return next.max(self.now + Duration::from_micros(100));
            };
            for datagram in fate(toward, datagram) {
                match toward {
                    Toward::Peer => self.arrive(&datagram),
                    Toward::Service => self.arrive_at_service(&datagram),
                }
                self.poll_peer();
                self.poll_service();
            }
        }
        panic!("it is never done");
    }

    fn poll_peer(&mut self) -> Instant {
        let far = self.now + Duration::from_secs(3600);
        for _ in 0..MOST_AT_ONCE {
            if self.failure.is_some() {
                return far;
            }
            match self.peer.poll(self.now) {
                Ok(Output::Wait(until)) => return until,
                Ok(Output::Event(event)) => self.told.push(event),
                Ok(Output::Transmit { datagram, .. }) => {
                    self.underway.push_back((Toward::Service, datagram));
                }
                Err(reason) => self.failure = Some(reason),
            }
        }
        panic!("it always has something to say");
    }

    fn poll_service(&mut self) -> Instant {
        while !self.is_service_gone {
            match self.service.poll_output() {
                Ok(str0m::Output::Timeout(until)) => return until,
                Ok(str0m::Output::Transmit(transmit)) => {
                    let datagram = transmit.contents.to_vec();
                    self.underway.push_back((Toward::Peer, datagram));
                }
                Ok(str0m::Output::Event(event)) => self.seen.push(event),
                Err(_) => self.is_service_gone = true,
            }
        }
        self.now + Duration::from_secs(3600)
    }

    /// The service may have enough of what it is told; then it is silent.
    fn serve(&mut self, input: Input<'_>) {
        if !self.is_service_gone && self.service.accepts(&input) {
            self.is_service_gone = self.service.handle_input(input).is_err();
        }
    }

    fn arrive_at_service(&mut self, datagram: &[u8]) {
        let received = Receive::new(Protocol::Udp, OURS.into(), THEIRS.into(), datagram);
        if let Ok(received) = received {
            let input = Input::Receive(self.now, received);
            if self.service.accepts(&input) {
                self.service
                    .handle_input(input)
                    .expect("the service goes on");
            }
        }
    }

    /// The service sends a track from now on, and our end knows of it.
    pub(in crate::media::transport) fn consume(
        &mut self,
        codec: Codec,
    ) -> (Stream, Arc<TrackSink>) {
        let kind = TrackKind::of(codec.kind(), false);
        let number = self.consumed;
        self.consumed += 1;
        let ssrc = FIRST_SSRC + 2 * number;
        let parameters = self.parameters(codec, ssrc);
        let sink = TrackSink::new(
            "ann",
            &format!("track {number}"),
            kind,
            codec,
            Arc::default(),
        );
        let sink = Arc::new(sink);
        let stream = Stream {
            ssrc,
            payload_type: parameters.payload_type,
            // As with mediasoup: it counts from 0, and our end from 1, for whatever came first.
            mid: Mid::from(number.to_string().as_str()),
        };
        let mut direct = self.service.direct_api();
        direct.declare_media(stream.mid, media_kind(codec.kind()));
        let repair = parameters.retransmission_ssrc.map(Into::into);
        direct.declare_stream_tx(ssrc.into(), repair, stream.mid, None);
        self.peer.add_consumer(ConsumerSetup {
            id: consumer_id(number),
            mid: self.consumed.to_string(),
            parameters,
            sink: Arc::clone(&sink),
        });
        (stream, sink)
    }

    /// Our end sends a track from now on.
    pub(in crate::media::transport) fn produce(
        &mut self,
        codec: Codec,
    ) -> (TrackKey, Arc<TrackSource>) {
        let kind = TrackKind::of(codec.kind(), false);
        let source = Arc::new(TrackSource::new(kind, codec, 1));
        let number = self.produced;
        self.produced += 1;
        let track = TrackKey(number.into());
        let parameters = self.parameters(codec, FIRST_SSRC + 2 * number);
        let repair = parameters.retransmission_ssrc;
        self.peer.add_producer(ProducerSetup {
            track,
            source: Arc::clone(&source),
            mid: number.to_string(),
            payload_type: parameters.payload_type,
            encodings: vec![Encoding::single(parameters.ssrc, repair)],
            kbps: vec![1000],
        });
        let mid = Mid::from(number.to_string().as_str());
        let mut direct = self.service.direct_api();
        direct.declare_media(mid, media_kind(codec.kind()));
        direct.expect_stream_rx(parameters.ssrc.into(), repair.map(Into::into), mid, None);
        (track, source)
    }

    /// What a room can carry can be produced, and what is produced can be consumed.
    fn parameters(&self, codec: Codec, ssrc: u32) -> ConsumerParameters {
        let codec = self.negotiated.codec_for_sending(codec.kind(), Some(codec));
        let codec = codec.expect("it can carry all");
        let repair = codec.retransmission_payload_type.map(|_| ssrc + 1);
        let produced = ProducerParameters {
            mid: "0",
            codec,
            cname: "",
            encodings: &[Encoding::single(ssrc, repair)],
            opus: None,
        };
        let produced = produced.to_json(&self.negotiated).expect("one encoding");
        ConsumerParameters::read(&produced).expect("a consumer")
    }

    /// The service sends a packet.
    pub(in crate::media::transport) fn send_packet(
        &mut self,
        stream: Stream,
        number: u16,
        time: u32,
        is_last: bool,
        payload: &[u8],
    ) {
        let extensions = ExtensionValues {
            mid: Some(stream.mid),
            ..ExtensionValues::default()
        };
        let packet = RtpWrite::new(
            stream.payload_type.into(),
            u64::from(number).into(),
            time,
            self.now,
            payload,
        );
        let packet = packet.marker(is_last).nackable(true).ext_vals(extensions);
        let mut direct = self.service.direct_api();
        if let Some(sending) = direct.stream_tx(&stream.ssrc.into()) {
            sending.write_rtp(packet);
        }
    }

    /// A channel for data, on both ends.
    pub(in crate::media::transport) fn add_channel(
        &mut self,
        parameters: &DataChannelParameters,
    ) -> ChannelId {
        self.peer.add_channel(parameters);
        self.open_at_service(parameters)
    }

    /// The service's end of one.
    pub(in crate::media::transport) fn open_at_service(
        &mut self,
        parameters: &DataChannelParameters,
    ) -> ChannelId {
        self.service
            .direct_api()
            .create_data_channel(ChannelConfig {
                label: parameters.label.clone(),
                ordered: parameters.ordered,
                reliability: match parameters.max_retransmits {
                    Some(retransmits) => ChannelReliability::MaxRetransmits { retransmits },
                    None => ChannelReliability::Reliable,
                },
                negotiated: Some(parameters.stream_id),
                protocol: String::new(),
            })
    }
}

/// What a room can carry that has every codec.
fn router() -> Value {
    let mut codecs = Vec::new();
    for (payload_type, codec) in [
        (100, Codec::Opus),
        (0, Codec::Pcmu),
        (8, Codec::Pcma),
        (9, Codec::G722),
        (101, Codec::Vp8),
        (103, Codec::H264),
        (105, Codec::Vp9),
        (107, Codec::Av1),
    ] {
        let parameters = match codec {
            Codec::H264 => json!({"packetization-mode": 1, "profile-level-id": "42e01f"}),
            _ => json!({}),
        };
        codecs.push(json!({
            "mimeType": codec.mime_type(), "preferredPayloadType": payload_type,
            "clockRate": codec.clock_rate(), "channels": codec.channels(),
            "parameters": parameters,
        }));
        if codec.kind() == Kind::Video {
            codecs.push(json!({
                "mimeType": "video/rtx", "preferredPayloadType": payload_type + 1,
                "clockRate": codec.clock_rate(), "parameters": {"apt": payload_type},
            }));
        }
    }
    let mut extensions = Vec::new();
    for (id, uri) in [
        (1, "urn:ietf:params:rtp-hdrext:sdes:mid"),
        (
            4,
            "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
        ),
        (
            5,
            "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
        ),
    ] {
        for kind in ["audio", "video"] {
            extensions.push(json!({
                "kind": kind, "uri": uri, "preferredId": id, "preferredEncrypt": false,
                "direction": "sendrecv",
            }));
        }
    }
    json!({"codecs": codecs, "headerExtensions": extensions})
}

fn transport(credentials: &IceCreds, identity: &Identity) -> Value {
    let [a, b, c, d] = THEIRS.0;
    json!({
        "id": "transport",
        "iceParameters": {
            "usernameFragment": credentials.ufrag, "password": credentials.pass, "iceLite": true,
        },
        "iceCandidates": [{
            "foundation": "udpcandidate", "priority": 1, "protocol": "udp", "type": "host",
            "ip": format!("{a}.{b}.{c}.{d}"), "port": THEIRS.1,
        }],
        "dtlsParameters": {
            "role": "auto",
            "fingerprints": [{"algorithm": "sha-256", "value": identity.fingerprint}],
        },
        "sctpParameters": {"port": 5000, "OS": 1024, "MIS": 1024, "maxMessageSize": 262_144},
    })
}

/// What the service calls a consumer.
pub(in crate::media::transport) fn consumer_id(number: u32) -> String {
    format!("consumer {number}")
}
