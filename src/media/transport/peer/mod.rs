//! One end of a transport: ICE, DTLS, SRTP and SCTP, without sockets and without a clock.

mod allocating;
mod channels;
mod expected;
mod figures;
#[cfg(any(test, fuzzing))]
pub(super) mod pair;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use str0m::bwe::{Bitrate, BweKind};
use str0m::config::Fingerprint;
use str0m::media::{KeyframeRequestKind, MediaData, MediaKind, MediaTime, Mid, Pt, Rid};
use str0m::net::{Protocol, Receive};
use str0m::{Candidate, Event, IceConnectionState, IceCreds, Input, Rtc, RtcConfig};
use tokio::sync::Notify;

use super::certificate::Identity;
use super::rtp;
use super::sockets::Local;
use super::{Settings, TransportEvent, TransportState};
use crate::media::allocation::{Demand, Layer};
use crate::media::frame::{EncodedFrame, ReceivedFrame};
use crate::media::limitation::Limitation;
use crate::media::negotiation::{IceParameters, Kind, TransportProtocol};
use crate::media::outbox::Outbox;
use crate::media::plane::{ConsumerSetup, Direction, ProducerSetup, TrackKey};
use crate::media::sink::TrackSink;
use crate::media::source::TrackSource;
use crate::media::tracks::Figures;
use crate::runtime::lock;
use channels::Channels;
use figures::Traffic;

/// What sending begins with until the network has told more.
const INITIAL_BITRATE: Bitrate = Bitrate::kbps(1000);

/// How often the same key frame is asked for while it does not come.
const KEY_FRAME_PAUSE: Duration = Duration::from_millis(500);

/// How many packets are waited for when one is missing. Of video that is the time in which it is
/// sent once more; sound is not sent again, so it only waits for what was overtaken.
const VIDEO_REORDERING: usize = 100;
const AUDIO_REORDERING: usize = 10;
const AUDIO_PATIENCE: Duration = Duration::from_millis(60);

/// What is kept to be sent again, and which part of all that is sent that may be: where a third gets
/// lost it is a third. Beyond that the rest of what was asked for is forgotten, so that a network that
/// is too narrow is not filled with the past.
const RESENT_PACKETS: usize = 1024;
const RESENT_AGE: Duration = Duration::from_secs(3);
const RESENT_PART: f32 = 0.5;

/// How often its figures are looked at.
const STATISTICS_INTERVAL: Duration = Duration::from_secs(1);

/// What comes out.
pub(super) enum Output {
    Transmit {
        protocol: TransportProtocol,
        source: SocketAddr,
        destination: SocketAddr,
        datagram: Vec<u8>,
    },
    Event(TransportEvent),
    /// Nothing before that moment.
    Wait(Instant),
}

pub(super) struct Peer {
    rtc: Rtc,
    /// Told by sources that they have frames.
    wake: Arc<Notify>,
    /// Datagrams get to the service, whether it is secured yet or not.
    has_way: bool,
    is_connected: bool,
    /// From [`close`](Self::close) on nothing is taken, whatever still comes of the other end.
    is_closed: bool,
    producers: Vec<Producer>,
    consumers: Vec<Consumer>,
    channels: Channels,
    outbox: Option<Arc<Outbox>>,
    direction: Direction,
    figures: Figures,
    sent: Traffic,
    received: Traffic,
    /// What the network carries, once that is known.
    estimated_kbps: Option<u32>,
    events: VecDeque<TransportEvent>,
    frames: VecDeque<EncodedFrame>,
}

struct Producer {
    track: TrackKey,
    source: Arc<TrackSource>,
    mid: Mid,
    payload_type: Pt,
    /// By layer; one without a name when there is only one.
    rids: Vec<Option<Rid>>,
    /// Likewise.
    ssrcs: Vec<u32>,
    demand: Demand,
    limitation: Limitation,
    /// What was told of [`reduced_by`](crate::media::EncodingStatistics::reduced_by).
    reduced_by: f64,
}

struct Consumer {
    id: String,
    mid: Mid,
    /// The SSRC and the payload type of its packets.
    stream: (u32, u8),
    /// Likewise of those that are sent again.
    retransmissions: Option<(u32, u8)>,
    sink: Arc<TrackSink>,
    asked_at: Option<Instant>,
}

impl Peer {
    pub(super) fn new(settings: &Settings, identity: &Identity, now: Instant) -> Self {
        let mut config = RtcConfig::new()
            .set_crypto_provider(Arc::clone(&identity.provider))
            .set_dtls_cert(identity.certificate.clone())
            .clear_codecs()
            .clear_extension_map()
            .set_reordering_size_audio(AUDIO_REORDERING)
            .set_reordering_timeout_audio(Some(AUDIO_PATIENCE))
            .set_reordering_size_video(VIDEO_REORDERING)
            .set_stats_interval(Some(STATISTICS_INTERVAL));
        if settings.sends() {
            config = config.enable_bwe(Some(INITIAL_BITRATE));
        }
        for extension in settings.negotiated.extension_map() {
            if let Some(known) = rtp::extension(extension.uri) {
                config = config.set_extension(extension.id, known);
            }
        }
        match settings.sends() {
            true => rtp::declare_probes(config.codec_config()),
            false => rtp::declare_probator(config.codec_config()),
        }
        for kind in [Kind::Audio, Kind::Video] {
            for codec in settings.negotiated.codecs(kind) {
                rtp::declare_codec(config.codec_config(), codec);
            }
        }
        let mut rtc = config.build(now);
        let mut direct = rtc.direct_api();
        direct.set_ice_controlling(true);
        direct.set_remote_ice_credentials(credentials(&settings.parameters.ice));
        direct.set_remote_fingerprint(Fingerprint {
            hash_func: "sha-256".to_owned(),
            bytes: settings.parameters.dtls.sha256.to_vec(),
        });
        if !settings.sends() {
            direct.enable_twcc_feedback();
            let mid = Mid::from(rtp::PROBATOR_MID);
            direct.declare_media(mid, MediaKind::Audio);
            direct
                .expect_stream_rx(rtp::PROBATOR_SSRC.into(), None, mid, None)
                .suppress_nack(true);
        }
        for protocol in [TransportProtocol::Udp, TransportProtocol::Tcp] {
            for address in settings.remote_addresses(protocol) {
                if let Ok(candidate) = Candidate::host(address, wire(protocol)) {
                    rtc.add_remote_candidate(candidate);
                }
            }
        }
        Self {
            rtc,
            wake: Arc::clone(&settings.wake),
            has_way: false,
            is_connected: false,
            is_closed: false,
            producers: Vec::new(),
            consumers: Vec::new(),
            channels: Channels::default(),
            outbox: settings.outbox.clone(),
            direction: settings.direction,
            figures: Arc::clone(&settings.figures),
            sent: Traffic::default(),
            received: Traffic::default(),
            estimated_kbps: None,
            events: VecDeque::new(),
            frames: VecDeque::new(),
        }
    }

    /// It can be reached there.
    pub(super) fn add_address(&mut self, local: Local) {
        if let Some(candidate) = candidate(local) {
            self.rtc.add_local_candidate(candidate);
        }
    }

    /// No longer there.
    pub(super) fn remove_address(&mut self, local: Local) {
        if let Some(candidate) = candidate(local) {
            self.rtc.direct_api().invalidate_candidate(&candidate);
        }
    }

    /// Whether a way to the service was found.
    pub(super) fn has_way(&self) -> bool {
        self.has_way
    }

    /// The service knows this end now: the handshake may begin.
    pub(super) fn start_dtls(&mut self, with_data: bool) -> Result<(), String> {
        let mut direct = self.rtc.direct_api();
        direct.start_dtls(true).map_err(|error| error.to_string())?;
        if with_data {
            direct.start_sctp(true);
        }
        Ok(())
    }

    pub(super) fn restart_ice(&mut self, parameters: &IceParameters) {
        let mut direct = self.rtc.direct_api();
        direct.set_remote_ice_credentials(credentials(parameters));
    }

    pub(super) fn add_producer(&mut self, setup: ProducerSetup) {
        let mid = Mid::from(setup.mid.as_str());
        let kind = media_kind(setup.source.kind.kind());
        let mut direct = self.rtc.direct_api();
        direct.declare_media(mid, kind);
        let mut rids = Vec::new();
        for encoding in &setup.encodings {
            let rid = encoding.rid.as_deref().map(Rid::from);
            let repair = encoding.retransmission_ssrc.map(Into::into);
            let stream = direct.declare_stream_tx(encoding.ssrc.into(), repair, mid, rid);
            // Sound goes first and is small.
            stream.set_unpaced(kind == MediaKind::Audio);
            stream.set_rtx_cache(RESENT_PACKETS, RESENT_AGE, Some(RESENT_PART));
            rids.push(rid);
        }
        if self.is_connected && !self.is_closed {
            setup.source.begin(&self.wake);
        }
        // What was switched off on an earlier connection has to come back.
        let layer = |(wanted, is_on): (u32, bool)| Layer {
            wanted,
            granted: if is_on { wanted } else { 0 },
        };
        let are_on = setup.source.active_layers();
        let layers = setup.kbps.into_iter().zip(are_on).map(layer);
        self.producers.push(Producer {
            track: setup.track,
            demand: Demand {
                kind: setup.source.kind,
                layers: layers.collect(),
            },
            source: setup.source,
            mid,
            payload_type: setup.payload_type.into(),
            rids,
            ssrcs: setup.encodings.iter().map(|one| one.ssrc).collect(),
            limitation: Limitation::default(),
            reduced_by: 1.0,
        });
        self.demand_changed();
    }

    pub(super) fn remove_producer(&mut self, track: TrackKey) {
        let Some(index) = self.producers.iter().position(|one| one.track == track) else {
            return;
        };
        let producer = self.producers.remove(index);
        producer.source.end(&self.wake);
        self.rtc.direct_api().remove_media(producer.mid);
        self.demand_changed();
    }

    pub(super) fn add_consumer(&mut self, setup: ConsumerSetup) {
        let mid = Mid::from(setup.mid.as_str());
        let kind = media_kind(setup.sink.kind.kind());
        let parameters = &setup.parameters;
        let mut direct = self.rtc.direct_api();
        direct.declare_media(mid, kind);
        let repair = parameters.retransmission_ssrc.map(Into::into);
        direct.expect_stream_rx(parameters.ssrc.into(), repair, mid, None);
        self.events.push_back(TransportEvent::ConsumerReady {
            id: setup.id.clone(),
        });
        let retransmissions = parameters
            .retransmission_ssrc
            .zip(parameters.retransmission_payload_type);
        self.consumers.push(Consumer {
            id: setup.id,
            mid,
            stream: (parameters.ssrc, parameters.payload_type),
            retransmissions,
            sink: setup.sink,
            asked_at: None,
        });
    }

    pub(super) fn remove_consumer(&mut self, id: &str) {
        if let Some(index) = self.consumers.iter().position(|one| one.id == id) {
            let consumer = self.consumers.remove(index);
            self.rtc.direct_api().remove_media(consumer.mid);
        }
    }

    pub(super) fn request_key_frame(&mut self, id: &str, now: Instant) {
        if let Some(index) = self.consumers.iter().position(|one| one.id == id) {
            self.ask_for_key_frame(index, now);
        }
    }

    fn ask_for_key_frame(&mut self, index: usize, now: Instant) {
        let consumer = &mut self.consumers[index];
        if consumer
            .asked_at
            .is_some_and(|at| now.duration_since(at) < KEY_FRAME_PAUSE)
        {
            return;
        }
        let mut direct = self.rtc.direct_api();
        if let Some(stream) = direct.stream_rx_by_mid(consumer.mid, None) {
            stream.request_keyframe(KeyframeRequestKind::Pli);
            consumer.asked_at = Some(now);
        }
    }

    /// Hands on all frames that wait. Outputs have to be taken afterwards.
    pub(super) fn send_frames(&mut self, now: Instant) {
        for index in 0..self.producers.len() {
            self.producers[index].source.take(&mut self.frames);
            while let Some(frame) = self.frames.pop_front() {
                self.send_frame(index, &frame, now);
            }
        }
    }

    fn send_frame(&mut self, index: usize, frame: &EncodedFrame, now: Instant) {
        let producer = &self.producers[index];
        let Some(mut writer) = self.rtc.writer(producer.mid) else {
            return;
        };
        if let Some(rid) = producer.rids[usize::from(frame.layer)] {
            writer = writer.rid(rid);
        }
        if let Some(level) = frame.audio_level {
            writer = writer.audio_level(level, level > VOICE_LEVEL);
        }
        let micros = u64::try_from(frame.timestamp_us).unwrap_or(0);
        let time = MediaTime::from_micros(micros).rebase(rtp::clock(producer.source.codec));
        let written = writer.write(producer.payload_type, now, time, Arc::clone(&frame.data));
        debug_assert!(written.is_ok(), "{written:?}");
    }

    pub(super) fn receive(
        &mut self,
        local: Local,
        source: SocketAddr,
        datagram: &[u8],
        now: Instant,
    ) -> Result<(), String> {
        if !self.is_expected(datagram) {
            return Ok(());
        }
        // What is no packet of these protocols is somebody's mistake, and nobody's loss.
        let Ok(received) = Receive::new(wire(local.protocol()), source, local.address(), datagram)
        else {
            return Ok(());
        };
        let input = Input::Receive(now, received);
        if !self.rtc.accepts(&input) {
            return Ok(());
        }
        self.received.count(datagram);
        self.rtc
            .handle_input(input)
            .map_err(|error| error.to_string())
    }

    pub(super) fn time_passed(&mut self, now: Instant) -> Result<(), String> {
        self.rtc
            .handle_input(Input::Timeout(now))
            .map_err(|error| error.to_string())
    }

    fn stop_taking(&self) {
        for producer in &self.producers {
            producer.source.end(&self.wake);
        }
        if let Some(outbox) = &self.outbox {
            outbox.end(&self.wake);
        }
    }

    /// Says goodbye; what comes out is to be sent.
    pub(super) fn close(&mut self) {
        self.is_closed = true;
        self.stop_taking();
        // What cannot be closed is gone already.
        let _ = self.rtc.close();
    }

    pub(super) fn poll(&mut self, now: Instant) -> Result<Output, String> {
        loop {
            if let Some(event) = self.events.pop_front() {
                return Ok(Output::Event(event));
            }
            if !self.rtc.is_alive() {
                return Err("the other side closed it".to_owned());
            }
            match self.rtc.poll_output() {
                Ok(str0m::Output::Timeout(at)) => return Ok(Output::Wait(at)),
                Ok(str0m::Output::Transmit(transmit)) => {
                    self.sent.count(&transmit.contents);
                    return Ok(Output::Transmit {
                        protocol: match transmit.proto {
                            Protocol::Udp => TransportProtocol::Udp,
                            _ => TransportProtocol::Tcp,
                        },
                        source: transmit.source,
                        destination: transmit.destination,
                        datagram: transmit.contents.into(),
                    });
                }
                Ok(str0m::Output::Event(event)) => self.happened(event, now),
                // A packet that makes no sense ends nothing but itself.
                Err(str0m::RtcError::Packet(..)) => {}
                Err(error) => return Err(error.to_string()),
            }
        }
    }

    fn happened(&mut self, event: Event, now: Instant) {
        if let Event::IceConnectionStateChange(state) = &event {
            self.has_way = state.is_connected();
        }
        match event {
            Event::Connected => self.set_connected(true),
            Event::IceConnectionStateChange(IceConnectionState::Disconnected) => {
                self.set_connected(false);
            }
            // The way is back; DTLS goes on as if nothing had been.
            Event::IceConnectionStateChange(
                IceConnectionState::Connected | IceConnectionState::Completed,
            ) if self.rtc.is_connected() => self.set_connected(true),
            Event::MediaData(data) => self.frame_came(data, now),
            Event::KeyframeRequest(request) => {
                let layer_of = |producer: &Producer| {
                    let index = producer.rids.iter().position(|rid| *rid == request.rid);
                    index.and_then(|index| u8::try_from(index).ok())
                };
                let producers = &self.producers;
                if let Some(producer) = producers.iter().find(|one| one.mid == request.mid)
                    && producer.source.request_key_frame(layer_of(producer))
                {
                    let track = producer.track;
                    self.events
                        .push_back(TransportEvent::KeyFrameWanted { track });
                }
            }
            Event::EgressBitrateEstimate(kind) => {
                let estimate = match kind {
                    BweKind::Twcc { estimate, .. } | BweKind::Remb { estimate, .. } => estimate,
                    _ => return,
                };
                let kbps = u32::try_from(estimate.as_u64() / 1000).unwrap_or(u32::MAX);
                self.estimated_kbps = Some(kbps);
                self.allocate();
            }
            Event::ChannelOpen(id, _) => self.channel_opened(id),
            Event::ChannelClose(id) => self.channel_closed(id),
            Event::ChannelData(data) => self.data_came(data),
            Event::PeerStats(told) => {
                self.transport_measured(&told);
                self.look_for_limitations();
            }
            Event::MediaEgressStats(told) => self.stream_sent(&told),
            Event::MediaIngressStats(told) => self.stream_received(&told),
            _ => {}
        }
    }

    fn set_connected(&mut self, is_connected: bool) {
        if self.is_connected == is_connected {
            return;
        }
        self.is_connected = is_connected;
        lock(&self.figures).is_connected = is_connected;
        for producer in &self.producers {
            if is_connected && !self.is_closed {
                producer.source.begin(&self.wake);
            } else {
                producer.source.end(&self.wake);
            }
        }
        let state = match is_connected {
            true => TransportState::Connected,
            false => TransportState::Disconnected,
        };
        self.events.push_back(TransportEvent::State(state));
    }

    fn frame_came(&mut self, data: MediaData, now: Instant) {
        let Some(index) = self.consumers.iter().position(|one| one.mid == data.mid) else {
            return;
        };
        let sink = &self.consumers[index].sink;
        let is_video = sink.kind.kind() == Kind::Video;
        let frame = ReceivedFrame {
            participant_id: Arc::clone(&sink.participant_id),
            track_id: Arc::clone(&sink.track_id),
            kind: sink.kind,
            codec: sink.codec,
            timestamp_us: i64::try_from(data.time.as_micros()).unwrap_or(i64::MAX),
            is_key_frame: !is_video || data.is_keyframe(),
            follows_gap: !data.contiguous,
            audio_level: data.ext_vals.audio_level,
            data: data.data,
        };
        if !sink.take(frame, now) {
            self.ask_for_key_frame(index, now);
        }
    }
}

/// Louder than this, in dB below full scale, it counts as a voice.
const VOICE_LEVEL: i8 = -60;

impl Drop for Peer {
    /// However it ends, nobody takes anything any more.
    fn drop(&mut self) {
        self.stop_taking();
    }
}

fn media_kind(kind: Kind) -> MediaKind {
    match kind {
        Kind::Audio => MediaKind::Audio,
        Kind::Video => MediaKind::Video,
    }
}

fn candidate(local: Local) -> Option<Candidate> {
    let protocol = wire(local.protocol());
    let candidate = match local {
        Local::Udp(address) | Local::Tcp(address) => Candidate::host(address, protocol),
        Local::Relay(relayed) => Candidate::relayed(relayed.address, relayed.local, protocol),
    };
    candidate.ok()
}

const fn wire(protocol: TransportProtocol) -> Protocol {
    match protocol {
        TransportProtocol::Udp => Protocol::Udp,
        TransportProtocol::Tcp => Protocol::Tcp,
    }
}

fn credentials(parameters: &IceParameters) -> IceCreds {
    IceCreds {
        ufrag: parameters.username_fragment.clone(),
        pass: parameters.password.expose().to_owned(),
    }
}
