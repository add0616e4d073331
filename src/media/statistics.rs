//! Figures of what flows, as they stood at the last look: transports are looked at once a second.
//!
//! Counts begin anew with each transport, so after a lost connection they begin at 0 again. What is
//! counted is named as in the statistics of WebRTC (W3C, "Identifiers for WebRTC's Statistics API").

use serde_json::{Value, json};

use super::frame::TrackKind;
use super::negotiation::{Codec, TransportProtocol};

/// How one way of media is doing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TransportStatistics {
    /// Whether something can go that way.
    pub is_connected: bool,
    /// All datagrams together, without the headers of UDP and TCP, in bytes.
    pub bytes_sent: u64,
    /// Likewise.
    pub bytes_received: u64,
    /// Datagrams: media, repairs, probes, reports, data, and what keeps the way open.
    pub packets_sent: u64,
    /// Likewise.
    pub packets_received: u64,
    /// There and back, in milliseconds.
    pub round_trip_ms: Option<f64>,
    /// What the network carries, in kilobits per second, as far as it was found out.
    pub estimated_kbps: Option<u32>,
    /// Which part of the packets that were sent in the last second got lost, from 0 to 1.
    pub loss_sent: Option<f32>,
    /// Which part of those that were to come since the look before did.
    pub loss_received: Option<f32>,
    /// What it goes by, once a way was found.
    pub protocol: Option<TransportProtocol>,
}

/// How one stream of a track is doing: one of the sizes of a simulcast, or all there is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StreamStatistics {
    /// What its packets are known by (RFC 3550, section 3), once some flowed.
    pub ssrc: Option<u32>,
    /// In the packets, without their headers and with what was sent again.
    pub bytes: u64,
    /// With what was sent again.
    pub packets: u64,
    /// Of a track that is sent, how many packets the service says that it never got the first time
    /// (RFC 3550, section 6.4.1); nothing counts those of a track that is received.
    pub packets_lost: Option<u64>,
    /// Messages that asked for packets once more (RFC 4585, section 6.2.1): those that came for a
    /// track that is sent, those that went out for one that is received. One can ask for several.
    pub nack_count: u64,
    /// Likewise those that asked for a key frame after a loss (RFC 4585, section 6.3.1).
    pub pli_count: u64,
    /// Likewise those that asked for one for another reason (RFC 5104, section 4.3.1).
    pub fir_count: u64,
    /// Which part of the packets got lost before any were sent again, from 0 to 1, by the last
    /// report of whoever receives it.
    pub loss: Option<f32>,
    /// There and back, in milliseconds, by that report.
    pub round_trip_ms: Option<f64>,
    /// How unevenly packets come, in milliseconds, by that report (RFC 3550, section 6.4.1).
    pub jitter_ms: Option<f64>,
}

/// How the sound of one track is played, of which raw sound is asked for. Frames are those of
/// 48,000 hertz.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PlayoutStatistics {
    /// How long sound is held back, against the fastest packets, in milliseconds.
    pub delay_ms: f64,
    /// How long it should be, for most packets to come in time.
    pub target_delay_ms: f64,
    /// All that was asked for.
    pub played_frames: u64,
    /// Of those, what was made up because it got lost or was late.
    pub concealed_frames: u64,
    /// Of those, what was silence because nothing was to be heard.
    pub silent_frames: u64,
    /// What was left out to shorten the delay.
    pub removed_frames: u64,
    /// What was played twice to lengthen it.
    pub inserted_frames: u64,
    /// Packets that came too late to be played.
    pub late_packets: u64,
    /// Packets that the app's transform has refused.
    pub dropped_packets: u64,
}

/// How the pictures of one track are encoded, which raw ones are pushed for. All count from the
/// beginning of the input.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct EncodingStatistics {
    /// Those that were encoded, in one size or in several.
    pub pictures: u64,
    /// Those that a later one has overtaken because encoding does not keep up: the encoder is
    /// overloaded, and sends fewer.
    pub overtaken: u64,
    /// How often one was left out in one size or in all, because the network or the bit rate does not
    /// carry more.
    pub left_out: u64,
    /// How long one takes, in all its sizes, in milliseconds; the mean of the last ten or so.
    pub encode_ms: f64,
    /// By what each side is divided because the encoder would not keep up otherwise; 1 while it does.
    pub reduced_by: f64,
}

/// How the pictures of one track are decoded, of which raw ones are asked for. All count from the
/// beginning of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DecodingStatistics {
    /// Those that were decoded.
    pub pictures: u64,
    /// Of those, what a later one has overtaken before it was read.
    pub overtaken: u64,
    /// Frames that could not be decoded, for want of others or because they came faster than they are
    /// decoded.
    pub undecodable: u64,
    /// How long one takes, in milliseconds; the mean of the last ten or so.
    pub decode_ms: f64,
}

/// How one track is doing.
#[derive(Clone, Debug, PartialEq)]
pub struct TrackStatistics {
    /// Its id: for a local track what events call it.
    pub track_id: String,
    /// Who sends it.
    pub participant_id: String,
    /// Whether that is this participant.
    pub is_local: bool,
    /// What it is.
    pub kind: TrackKind,
    /// How it is encoded.
    pub codec: Codec,
    /// The frames that were taken: from the app, or from the network.
    pub frames: u64,
    /// Of a track that is sent those that were refused; of one that is received those that were not
    /// read in time. Of both those that the app's transform dropped, and of pictures what could not
    /// be decoded after that.
    pub frames_dropped: u64,
    /// Those that came and could not have been decoded for want of others.
    pub frames_undecodable: u64,
    /// How often frames were missing on arrival, lost for good on the way; of a track that is
    /// received.
    pub frame_gaps: u64,
    /// By layer, the smallest first; one for a track that is received.
    pub streams: Vec<StreamStatistics>,
    /// While raw sound is asked for.
    pub playout: Option<PlayoutStatistics>,
    /// While raw pictures are pushed.
    pub encoding: Option<EncodingStatistics>,
    /// While raw pictures are asked for.
    pub decoding: Option<DecodingStatistics>,
}

/// How the media of a meeting is doing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MediaStatistics {
    /// The way out, while there is one.
    pub send: Option<TransportStatistics>,
    /// The way in, while there is one.
    pub receive: Option<TransportStatistics>,
    /// Every track, those of this participant first.
    pub tracks: Vec<TrackStatistics>,
}

impl TransportStatistics {
    fn to_value(&self) -> Value {
        json!({
            "connected": self.is_connected,
            "bytesSent": self.bytes_sent,
            "bytesReceived": self.bytes_received,
            "packetsSent": self.packets_sent,
            "packetsReceived": self.packets_received,
            "roundTripMs": self.round_trip_ms,
            "estimatedKbps": self.estimated_kbps,
            "lossSent": self.loss_sent,
            "lossReceived": self.loss_received,
            "protocol": self.protocol.map(TransportProtocol::name),
        })
    }
}

impl StreamStatistics {
    fn to_value(self) -> Value {
        json!({
            "ssrc": self.ssrc,
            "bytes": self.bytes,
            "packets": self.packets,
            "packetsLost": self.packets_lost,
            "nackCount": self.nack_count,
            "pliCount": self.pli_count,
            "firCount": self.fir_count,
            "loss": self.loss,
            "roundTripMs": self.round_trip_ms,
            "jitterMs": self.jitter_ms,
        })
    }
}

impl PlayoutStatistics {
    fn to_value(self) -> Value {
        json!({
            "delayMs": self.delay_ms,
            "targetDelayMs": self.target_delay_ms,
            "playedFrames": self.played_frames,
            "concealedFrames": self.concealed_frames,
            "silentFrames": self.silent_frames,
            "removedFrames": self.removed_frames,
            "insertedFrames": self.inserted_frames,
            "latePackets": self.late_packets,
            "droppedPackets": self.dropped_packets,
        })
    }
}

impl EncodingStatistics {
    fn to_value(self) -> Value {
        json!({
            "pictures": self.pictures,
            "overtaken": self.overtaken,
            "leftOut": self.left_out,
            "reducedBy": self.reduced_by,
            "encodeMs": self.encode_ms,
        })
    }
}

impl DecodingStatistics {
    fn to_value(self) -> Value {
        json!({
            "pictures": self.pictures,
            "overtaken": self.overtaken,
            "undecodable": self.undecodable,
            "decodeMs": self.decode_ms,
        })
    }
}

impl TrackStatistics {
    fn to_value(&self) -> Value {
        let streams: Vec<Value> = self.streams.iter().map(|it| it.to_value()).collect();
        json!({
            "trackId": self.track_id,
            "participantId": self.participant_id,
            "local": self.is_local,
            "kind": self.kind.name(),
            "codec": self.codec.name(),
            "frames": self.frames,
            "framesDropped": self.frames_dropped,
            "framesUndecodable": self.frames_undecodable,
            "frameGaps": self.frame_gaps,
            "streams": streams,
            "playout": self.playout.map(PlayoutStatistics::to_value),
            "encoding": self.encoding.map(EncodingStatistics::to_value),
            "decoding": self.decoding.map(DecodingStatistics::to_value),
        })
    }
}

impl MediaStatistics {
    /// All of it as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.to_value().to_string()
    }

    pub(crate) fn to_value(&self) -> Value {
        let transport = |one: &Option<TransportStatistics>| match one {
            Some(one) => one.to_value(),
            None => Value::Null,
        };
        let tracks: Vec<Value> = self.tracks.iter().map(TrackStatistics::to_value).collect();
        json!({
            "send": transport(&self.send),
            "receive": transport(&self.receive),
            "tracks": tracks,
        })
    }
}
