//! The parameters with which audio or video is announced by `produce`.

use serde_json::{Map, Number, Value, json};

use super::capabilities::{Negotiated, NegotiatedCodec};
use super::codec::{Codec, Kind};
use super::layers::Layer;
use crate::{Error, Result, Status};

/// The most encodings of one producer.
pub(super) const MAX_ENCODINGS: usize = 8;

/// Three temporal layers in one stream: what each layer of a simulcast is announced as.
const SIMULCAST_SCALABILITY: &str = "L1T3";

/// One stream of a producer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Encoding {
    /// The name on the wire of a layer of a simulcast. With one, the SSRCs are not told: the
    /// service learns them from the packets.
    pub(crate) rid: Option<String>,
    /// Of its packets.
    pub(crate) ssrc: u32,
    /// Of its packets that are sent again.
    pub(crate) retransmission_ssrc: Option<u32>,
    /// In bits per second.
    pub(crate) max_bitrate: Option<u32>,
    /// In pictures per second.
    pub(crate) max_framerate: Option<u32>,
    /// What width and height of the source are divided by.
    pub(crate) scale_resolution_down_by: Option<f64>,
    /// Whether nothing is sent while nothing changes.
    pub(crate) dtx: bool,
    /// E.g. `L1T3`.
    pub(crate) scalability_mode: Option<String>,
}

impl Encoding {
    /// One stream without limits.
    pub(crate) fn single(ssrc: u32, retransmission_ssrc: Option<u32>) -> Self {
        Self {
            rid: None,
            ssrc,
            retransmission_ssrc,
            max_bitrate: None,
            max_framerate: None,
            scale_resolution_down_by: None,
            dtx: false,
            scalability_mode: None,
        }
    }

    /// The streams of layers; several are a simulcast, named `r0`, `r1` … `ssrcs` gives each its
    /// own: of its packets, and of those that are sent again.
    pub(crate) fn of_layers(
        layers: &[Layer],
        mut ssrcs: impl FnMut() -> (u32, Option<u32>),
    ) -> Vec<Self> {
        let is_simulcast = layers.len() > 1;
        let encoding = |(index, layer): (usize, &Layer)| {
            let (ssrc, retransmission_ssrc) = ssrcs();
            Self {
                rid: is_simulcast.then(|| format!("r{index}")),
                max_bitrate: layer.max_kbps.map(|kbps| kbps * 1000),
                max_framerate: layer.max_fps,
                scale_resolution_down_by: layer.scale,
                scalability_mode: is_simulcast.then(|| SIMULCAST_SCALABILITY.to_owned()),
                ..Self::single(ssrc, retransmission_ssrc)
            }
        };
        layers.iter().enumerate().map(encoding).collect()
    }

    fn to_json(&self, kind: Kind) -> Value {
        let mut fields = Map::new();
        let mut put = |name: &str, value: Option<Value>| {
            fields.extend(value.map(|value| (name.to_owned(), value)));
        };
        match &self.rid {
            Some(rid) => put("rid", Some(rid.as_str().into())),
            None => {
                put("ssrc", Some(self.ssrc.into()));
                put(
                    "rtx",
                    self.retransmission_ssrc.map(|ssrc| json!({"ssrc": ssrc})),
                );
            }
        }
        put("active", (kind == Kind::Video).then_some(true.into()));
        put(
            "scaleResolutionDownBy",
            self.scale_resolution_down_by.map(scale),
        );
        put("maxBitrate", self.max_bitrate.map(Value::from));
        put("maxFramerate", self.max_framerate.map(Value::from));
        put(
            "scalabilityMode",
            self.scalability_mode.as_deref().map(Value::from),
        );
        put("dtx", Some(self.dtx.into()));
        Value::Object(fields)
    }
}

/// A scale as browsers write it: 4, not 4.0.
pub(super) fn scale(scale: f64) -> Value {
    let whole = scale.trunc();
    // No scale that means anything is near the limit; a greater one stays a fraction.
    if whole == scale && (0.0..65_536.0).contains(&scale) {
        Value::from(whole as u32)
    } else {
        Number::from_f64(scale).map_or(Value::Null, Value::Number)
    }
}

/// How Opus is used; told to receivers so that they prepare for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OpusOptions {
    /// Two channels.
    pub(crate) stereo: bool,
    /// Nothing is sent in silence.
    pub(crate) dtx: bool,
    /// Packets carry a coarse copy of the one before.
    pub(crate) fec: bool,
    /// The sound in one packet, in milliseconds; none leaves it to the receiver's default.
    pub(crate) packet_time: Option<u8>,
}

impl OpusOptions {
    fn put_into(self, parameters: &mut Map<String, Value>) {
        let mut put = |name: &str, value: u8| {
            parameters.insert(name.to_owned(), value.into());
        };
        put("useinbandfec", self.fec.into());
        put("sprop-stereo", self.stereo.into());
        put("usedtx", self.dtx.into());
        if let Some(packet_time) = self.packet_time {
            put("ptime", packet_time);
        }
    }
}

/// What is announced by `produce`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ProducerParameters<'a> {
    /// The name of the media section: a number in decimal, never used twice on a transport.
    pub(crate) mid: &'a str,
    /// One of [`Negotiated::codecs`].
    pub(crate) codec: &'a NegotiatedCodec,
    /// The same for all that belongs together: receivers keep it in sync.
    pub(crate) cname: &'a str,
    /// One, or one for each layer.
    pub(crate) encodings: &'a [Encoding],
    /// Without a meaning for other codecs than Opus.
    pub(crate) opus: Option<OpusOptions>,
}

impl ProducerParameters<'_> {
    /// As `produce.rtpParameters` has it.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`], when there is no encoding, or when several are not told apart
    /// by their rids.
    pub(crate) fn to_json(&self, negotiated: &Negotiated) -> Result<Value> {
        self.check()?;
        let kind = self.codec.codec.kind();
        let mut parameters = self.codec.parameters.clone();
        if let Some(opus) = self.opus.filter(|_| self.codec.codec == Codec::Opus) {
            opus.put_into(&mut parameters);
        }
        let extensions: Vec<Value> = negotiated
            .extensions(kind)
            .filter(|it| it.is_sent)
            .map(|it| it.extension.to_parameters())
            .collect();
        let encodings: Vec<Value> = self.encodings.iter().map(|it| it.to_json(kind)).collect();
        Ok(json!({
            "mid": self.mid,
            "codecs": self.codec.to_json("payloadType", &parameters),
            "headerExtensions": extensions,
            "encodings": encodings,
            "rtcp": {"cname": self.cname, "reducedSize": true},
        }))
    }

    fn check(&self) -> Result<()> {
        let invalid = |message: String| {
            let remedy = "Give one encoding, or up to 8 with a rid of its own each.";
            Err(Error::new(Status::InvalidArgument, message, remedy))
        };
        let count = self.encodings.len();
        if !(1..=MAX_ENCODINGS).contains(&count) {
            return invalid(format!("{count} encodings cannot be sent"));
        }
        for (index, encoding) in self.encodings.iter().enumerate() {
            let rest = &self.encodings[index + 1..];
            let is_distinct =
                encoding.rid.is_some() && rest.iter().all(|it| it.rid != encoding.rid);
            if count > 1 && !is_distinct {
                return invalid(format!("encoding {index} has no rid of its own"));
            }
        }
        Ok(())
    }
}
