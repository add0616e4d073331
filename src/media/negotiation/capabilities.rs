//! What a room's router and this library have in common.

use serde_json::{Map, Value, json};

use super::codec::{Codec, Feedback, Kind, is_retransmission};
use super::h264::Profile;
use super::header_extension::{HeaderExtension, NegotiatedExtension, negotiate};
use super::reading::Part;
use crate::{Error, Result, Status};

/// The most codecs that are read from one list.
pub(super) const MAX_CODECS: usize = 64;

/// The greatest RTP payload type.
pub(super) const MAX_PAYLOAD_TYPE: u64 = 127;

/// The official SDKs' number for a codec that cannot be sent.
const CODEC_NOT_SUPPORTED: i32 = 3045;

/// The codecs that this side can send and receive, the preferred ones first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Capabilities {
    codecs: Vec<Codec>,
}

impl Default for Capabilities {
    /// All that the transport can put into packets and take out of them.
    fn default() -> Self {
        Self::of(&[
            Codec::Opus,
            Codec::G722,
            Codec::Pcmu,
            Codec::Pcma,
            Codec::Vp8,
            Codec::H264,
            Codec::Vp9,
            Codec::Av1,
        ])
    }
}

impl Capabilities {
    /// These codecs only.
    pub(crate) fn of(codecs: &[Codec]) -> Self {
        Self {
            codecs: codecs.to_vec(),
        }
    }

    /// Reads the reply to `getRouterRtpCapabilities` and keeps what both sides can do, with the
    /// router's payload types and ids.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidResponse`], when the reply lacks what it must have or contradicts itself.
    /// Not when there is nothing in common: then [`Negotiated::codec_for_sending`] says so.
    pub(crate) fn negotiate(&self, router: &Value) -> Result<Negotiated> {
        let router = Part::root("routerRtpCapabilities", router);
        let parts = router.required("codecs")?.items(MAX_CODECS)?;
        let mut offered = Vec::new();
        let mut retransmissions = Vec::new();
        let mut payload_types = Vec::new();
        for part in &parts {
            let mime_type = part.required("mimeType")?.text()?;
            let is_retransmission = is_retransmission(mime_type);
            let codec = Codec::from_mime_type(mime_type).filter(|it| self.codecs.contains(it));
            if codec.is_none() && !is_retransmission {
                continue;
            }
            let number = part.required("preferredPayloadType")?;
            let payload_type: u8 = number.number(0, MAX_PAYLOAD_TYPE)?;
            if payload_types.contains(&payload_type) {
                return Err(number.senseless("is that of another codec, too"));
            }
            payload_types.push(payload_type);
            match codec {
                Some(codec) => offered.extend(NegotiatedCodec::read(codec, payload_type, part)?),
                None => retransmissions.extend(retransmitted(part)?.map(|of| (of, payload_type))),
            }
        }
        for codec in &mut offered {
            codec.retransmission_payload_type = retransmissions
                .iter()
                .find(|(retransmitted, _)| *retransmitted == codec.payload_type)
                .map(|(_, payload_type)| *payload_type);
        }
        // A stable sort: what is preferred equally stays in the router's order.
        let preference = |codec: Codec| self.codecs.iter().position(|it| *it == codec);
        offered.sort_by_key(|it| (preference(it.codec), it.profile));
        let (audio, video) = offered
            .into_iter()
            .partition(|it| it.codec.kind() == Kind::Audio);
        Ok(Negotiated {
            audio,
            video,
            extensions: negotiate(&router)?,
        })
    }
}

/// The payload type that a retransmission codec is for; none when it does not say.
pub(super) fn retransmitted(part: &Part<'_>) -> Result<Option<u8>> {
    let apt = part
        .optional("parameters")
        .and_then(|it| it.optional("apt"));
    apt.map(|it| it.number(0, MAX_PAYLOAD_TYPE)).transpose()
}

/// A codec as both sides will speak it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NegotiatedCodec {
    /// Which one.
    pub(crate) codec: Codec,
    /// The router's number for its packets.
    pub(crate) payload_type: u8,
    /// The router's number for packets that are sent again.
    pub(crate) retransmission_payload_type: Option<u8>,
    /// What both sides understand.
    pub(crate) feedback: Vec<Feedback>,
    /// The format parameters as the room has them, e.g. `profile-level-id`.
    pub(crate) parameters: Map<String, Value>,
    profile: Option<Profile>,
}

impl NegotiatedCodec {
    /// The codec of the router's entry, unless it is of a profile that is not spoken here.
    fn read(codec: Codec, payload_type: u8, part: &Part<'_>) -> Result<Option<Self>> {
        let rate = part
            .required("clockRate")?
            .number::<u32>(1, u32::MAX.into())?;
        let channels = match part.optional("channels") {
            Some(channels) => channels.number::<u8>(1, 255)?,
            None => 1,
        };
        if rate != codec.clock_rate() || channels != codec.channels() {
            return Ok(None);
        }
        let Some((parameters, profile)) = parameters(codec, part.optional("parameters"))? else {
            return Ok(None);
        };
        let mut offered = Vec::new();
        for feedback in part.optional_items("rtcpFeedback", MAX_CODECS)? {
            let parameter = match feedback.optional("parameter") {
                Some(parameter) => parameter.text()?,
                None => "",
            };
            offered.push((feedback.required("type")?.text()?, parameter));
        }
        let feedback = Feedback::understood(codec.kind())
            .iter()
            .copied()
            .filter(|it| offered.contains(&it.words()))
            .collect();
        Ok(Some(Self {
            codec,
            payload_type,
            retransmission_payload_type: None,
            feedback,
            parameters,
            profile,
        }))
    }

    /// Clocks, channels and feedback, which capabilities and parameters say alike; then the codec
    /// of its retransmissions. `number` is the name that the payload type has there.
    pub(super) fn to_json(&self, number: &str, parameters: &Map<String, Value>) -> Vec<Value> {
        let feedback: Vec<Value> = self
            .feedback
            .iter()
            .map(|it| {
                let (name, parameter) = it.words();
                json!({"type": name, "parameter": parameter})
            })
            .collect();
        let mut codec = json!({
            "mimeType": self.codec.mime_type(),
            number: self.payload_type,
            "clockRate": self.codec.clock_rate(),
            "parameters": parameters,
            "rtcpFeedback": feedback,
        });
        if self.codec.channels() > 1 {
            codec["channels"] = self.codec.channels().into();
        }
        let retransmission = self.retransmission_payload_type.map(|payload_type| {
            json!({
                "mimeType": format!("{}/rtx", self.codec.kind().name()),
                number: payload_type,
                "clockRate": self.codec.clock_rate(),
                "parameters": {"apt": self.payload_type},
                "rtcpFeedback": [],
            })
        });
        [codec].into_iter().chain(retransmission).collect()
    }
}

/// The parameters that both sides must have alike; none when this side cannot have them so.
type Parameters = Option<(Map<String, Value>, Option<Profile>)>;

fn parameters(codec: Codec, part: Option<Part<'_>>) -> Result<Parameters> {
    let given = |name: &str| part.as_ref().and_then(|it| it.optional(name));
    let is = |name: &str, wanted: u64, default: u64| {
        number_of(given(name).as_ref()).unwrap_or(default) == wanted
    };
    let mut profile = None;
    let (usable, names): (bool, &[&str]) = match codec {
        Codec::Opus => {
            let parameters = json!({"minptime": 10, "useinbandfec": 1});
            return Ok(parameters.as_object().cloned().map(|it| (it, None)));
        }
        Codec::Pcmu | Codec::Pcma | Codec::G722 | Codec::Vp8 => (true, &[]),
        Codec::H264 => {
            let id = given("profile-level-id").map(|it| it.text()).transpose()?;
            profile = Profile::of(id);
            let usable = profile.is_some() && is("packetization-mode", 1, 0);
            (
                usable,
                &[
                    "level-asymmetry-allowed",
                    "packetization-mode",
                    "profile-level-id",
                ],
            )
        }
        Codec::Vp9 => (is("profile-id", 0, 0), &["profile-id"]),
        Codec::Av1 => (is("profile", 0, 0), &["profile", "level-idx", "tier"]),
    };
    let common = names
        .iter()
        .filter_map(|name| given(name).map(|it| ((*name).to_owned(), it.value().clone())))
        .collect();
    Ok(usable.then_some((common, profile)))
}

/// A format parameter, which some write as a number and some as its digits.
fn number_of(part: Option<&Part<'_>>) -> Option<u64> {
    match part?.value() {
        Value::String(digits) => digits.parse().ok(),
        // What is no number at all is none that could be wanted.
        other => Some(other.as_u64().unwrap_or(u64::MAX)),
    }
}

/// What is spoken in a room.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Negotiated {
    audio: Vec<NegotiatedCodec>,
    video: Vec<NegotiatedCodec>,
    extensions: Vec<NegotiatedExtension>,
}

impl Negotiated {
    /// The codecs of a kind, the preferred one first.
    pub(crate) fn codecs(&self, kind: Kind) -> &[NegotiatedCodec] {
        match kind {
            Kind::Audio => &self.audio,
            Kind::Video => &self.video,
        }
    }

    /// The codec to send: the wanted one, or else the preferred one of the kind.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] for a codec of the other kind, [`Status::Unsupported`] when the
    /// room does not have the codec, naming those it has.
    pub(crate) fn codec_for_sending(
        &self,
        kind: Kind,
        wanted: Option<Codec>,
    ) -> Result<&NegotiatedCodec> {
        if let Some(codec) = wanted.filter(|codec| codec.kind() != kind) {
            return Err(Error::new(
                Status::InvalidArgument,
                format!("{} is not a codec of {}", codec.name(), kind.name()),
                "Name a codec of the kind that is sent.",
            ));
        }
        let codecs = self.codecs(kind);
        let found = codecs
            .iter()
            .find(|it| wanted.is_none_or(|codec| it.codec == codec));
        found.ok_or_else(|| {
            let mut names: Vec<&str> = codecs.iter().map(|it| it.codec.name()).collect();
            names.dedup();
            let message = match wanted {
                Some(codec) => format!("this room does not offer {}", codec.name()),
                None => format!("this room offers no {} codec known here", kind.name()),
            };
            let remedy = match names.as_slice() {
                [] => format!("Send no {} in this room.", kind.name()),
                _ => format!(
                    "It offers {}: name one of these, or none.",
                    names.join(", ")
                ),
            };
            Error::new(Status::Unsupported, message, remedy).with_service_code(CODEC_NOT_SUPPORTED)
        })
    }

    /// The header extensions of a kind.
    pub(crate) fn extensions(&self, kind: Kind) -> impl Iterator<Item = &NegotiatedExtension> {
        self.extensions.iter().filter(move |it| it.kind == kind)
    }

    /// Every header extension once, for configuring a transport, by id.
    pub(crate) fn extension_map(&self) -> Vec<HeaderExtension> {
        let used = |it: &&NegotiatedExtension| it.is_sent || it.is_received;
        let mut map: Vec<HeaderExtension> = self
            .extensions
            .iter()
            .filter(used)
            .map(|it| it.extension)
            .collect();
        map.sort_by_key(|it| it.id);
        map.dedup();
        map
    }

    /// What can be received, as `join.rtpCapabilities` tells it.
    pub(crate) fn receive_capabilities(&self) -> Value {
        let codecs: Vec<Value> = self
            .audio
            .iter()
            .chain(&self.video)
            .flat_map(|it| {
                let mut entries = it.to_json("preferredPayloadType", &it.parameters);
                for entry in &mut entries {
                    entry["kind"] = it.codec.kind().name().into();
                }
                entries
            })
            .collect();
        let extensions: Vec<Value> = self
            .extensions
            .iter()
            .filter(|it| it.is_received)
            .map(|it| it.to_capability())
            .collect();
        json!({"codecs": codecs, "headerExtensions": extensions, "fecMechanisms": []})
    }
}
