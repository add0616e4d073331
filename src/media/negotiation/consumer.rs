//! What is received: the parameters that come with `newConsumer`.

use serde_json::Value;

use super::capabilities::{MAX_CODECS, MAX_PAYLOAD_TYPE, retransmitted};
use super::codec::{Codec, is_retransmission};
use super::header_extension::{HeaderExtension, MAX_HEADER_EXTENSIONS};
use super::producer::MAX_ENCODINGS;
use super::reading::Part;
use crate::Result;

/// How the packets of one consumer look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ConsumerParameters {
    /// The name of the media section, when the service gives one.
    pub(crate) mid: Option<String>,
    /// What the packets carry.
    pub(crate) codec: Codec,
    /// Of the packets.
    pub(crate) payload_type: u8,
    /// Of the packets that are sent again.
    pub(crate) retransmission_payload_type: Option<u8>,
    /// Of the timestamps, in hertz.
    pub(crate) clock_rate: u32,
    /// As RTP counts them.
    pub(crate) channels: u8,
    /// Of the packets.
    pub(crate) ssrc: u32,
    /// Of the packets that are sent again.
    pub(crate) retransmission_ssrc: Option<u32>,
    /// What has the same one is kept in sync.
    pub(crate) cname: Option<String>,
    /// Those that are understood.
    pub(crate) header_extensions: Vec<HeaderExtension>,
    /// How many sizes can be chosen from, at least 1.
    pub(crate) spatial_layers: u8,
    /// How many rates can be chosen from, at least 1.
    pub(crate) temporal_layers: u8,
}

impl ConsumerParameters {
    /// Reads `newConsumer.rtpParameters`.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidResponse`](crate::Status::InvalidResponse), naming what is missing or
    /// makes no sense.
    pub(crate) fn read(parameters: &Value) -> Result<Self> {
        let root = Part::root("rtpParameters", parameters);
        let list = root.required("codecs")?;
        let mut main = None;
        let mut retransmissions = Vec::new();
        for part in list.items(MAX_CODECS)? {
            let mime_type = part.required("mimeType")?;
            let payload_type: u8 = part.required("payloadType")?.number(0, MAX_PAYLOAD_TYPE)?;
            if is_retransmission(mime_type.text()?) {
                retransmissions.extend(retransmitted(&part)?.map(|of| (of, payload_type)));
            } else if main.is_none() {
                let codec = Codec::from_mime_type(mime_type.text()?)
                    .ok_or_else(|| mime_type.wrong("a codec that was offered to the service"))?;
                main = Some((codec, payload_type, part));
            }
        }
        let Some((codec, payload_type, part)) = main else {
            return Err(list.senseless("names no codec"));
        };
        let clock_rate = part.required("clockRate")?;
        if clock_rate.number::<u32>(1, u32::MAX.into())? != codec.clock_rate() {
            return Err(clock_rate.wrong(&format!("the clock rate of {}", codec.name())));
        }
        let channels = match part.optional("channels") {
            Some(channels) => channels.number(1, 255)?,
            None => codec.channels(),
        };
        let retransmission_payload_type = retransmissions
            .into_iter()
            .find(|(of, _)| *of == payload_type)
            .map(|(_, payload_type)| payload_type);
        if retransmission_payload_type == Some(payload_type) {
            return Err(list.senseless("retransmits a codec under its own payload type"));
        }

        let encodings = root.required("encodings")?;
        let items = encodings.items(MAX_ENCODINGS)?;
        // Whatever the sender has, the service forwards one stream.
        let Some(encoding) = items.first() else {
            return Err(encodings.senseless("is empty"));
        };
        let ssrc = encoding.required("ssrc")?.number(0, u32::MAX.into())?;
        let retransmission = encoding.optional("rtx");
        let retransmission_ssrc = retransmission
            .map(|it| it.required("ssrc")?.number(0, u32::MAX.into()))
            .transpose()?;
        if retransmission_ssrc == Some(ssrc) {
            return Err(encoding.senseless("retransmits under its own SSRC"));
        }
        let (spatial_layers, temporal_layers) = match encoding.optional("scalabilityMode") {
            Some(mode) => layer_counts(mode.text()?).unwrap_or((1, 1)),
            None => (1, 1),
        };

        let owned = |part: Part<'_>| part.text().map(str::to_owned);
        let cname = root.optional("rtcp").and_then(|it| it.optional("cname"));
        let mut header_extensions = Vec::new();
        for part in root.optional_items("headerExtensions", MAX_HEADER_EXTENSIONS)? {
            header_extensions.extend(HeaderExtension::read(&part)?);
        }
        Ok(Self {
            mid: root.optional("mid").map(owned).transpose()?,
            codec,
            payload_type,
            retransmission_payload_type,
            clock_rate: codec.clock_rate(),
            channels,
            ssrc,
            retransmission_ssrc,
            cname: cname.map(owned).transpose()?,
            header_extensions,
            spatial_layers,
            temporal_layers,
        })
    }
}

/// The spatial and temporal layers of a scalability mode: `L1T3`, `S3T3`, `L3T3_KEY`.
fn layer_counts(mode: &str) -> Option<(u8, u8)> {
    let (spatial, temporal) = mode.strip_prefix(['L', 'S'])?.split_once('T')?;
    let temporal = temporal.split('_').next().unwrap_or_default();
    let count = |digits: &str| {
        let are_digits =
            (1..=2).contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit());
        let count: u8 = digits.parse().ok().filter(|_| are_digits)?;
        (count > 0).then_some(count)
    };
    Some((count(spatial)?, count(temporal)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_are_counted_from_the_scalability_mode() {
        for (mode, counts) in [
            ("L1T3", Some((1, 3))),
            ("S3T3", Some((3, 3))),
            ("L3T3_KEY", Some((3, 3))),
            ("L2T1h", None),
            ("S10T2", Some((10, 2))),
            ("L0T1", None),
            ("L1T+1", None),
            ("L100T1", None),
            ("none", None),
            ("L", None),
            ("", None),
        ] {
            assert_eq!(layer_counts(mode), counts, "{mode}");
        }
    }
}
