//! Data channels as `produceData` and `newDataConsumer` have them.

use serde_json::{Value, json};

use super::reading::Part;
use crate::Result;

/// The greatest id of a stream; the one above is reserved (RFC 8832).
const MAX_STREAM_ID: u64 = 65_534;

/// One direction of a data channel; both ends know its stream without asking each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DataChannelParameters {
    /// The SCTP stream.
    pub(crate) stream_id: u16,
    /// Whether messages arrive in the order they were sent in.
    pub(crate) ordered: bool,
    /// How often a message is sent again before it is given up; none: until it arrived.
    pub(crate) max_retransmits: Option<u16>,
    /// What it is for.
    pub(crate) label: String,
    /// The app's own protocol on it; mostly empty.
    pub(crate) protocol: String,
}

impl DataChannelParameters {
    /// The channel that the official SDKs call reliable: it is neither ordered nor fully so, and
    /// must be the same here for those to receive it.
    pub(crate) fn reliable(stream_id: u16) -> Self {
        Self {
            stream_id,
            ordered: false,
            max_retransmits: Some(5),
            label: "reliable_data_producer".to_owned(),
            protocol: String::new(),
        }
    }

    /// The channel that the official SDKs call unreliable. It has no order, and in spite of its
    /// name no limit of sending again.
    pub(crate) fn unreliable(stream_id: u16) -> Self {
        Self {
            max_retransmits: None,
            label: "unreliable_data_producer".to_owned(),
            ..Self::reliable(stream_id)
        }
    }

    /// Reads the data of `newDataConsumer`.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidResponse`](crate::Status::InvalidResponse), naming what is missing or
    /// makes no sense.
    pub(crate) fn read(consumer: &Value) -> Result<Self> {
        let root = Part::root("newDataConsumer", consumer);
        let stream = root.required("sctpStreamParameters")?;
        let ordered = stream.optional("ordered");
        let max_retransmits = stream.optional("maxRetransmits");
        let text = |name: &str| match root.optional(name) {
            Some(text) => text.text().map(str::to_owned),
            None => Ok(String::new()),
        };
        Ok(Self {
            stream_id: stream.required("streamId")?.number(0, MAX_STREAM_ID)?,
            ordered: ordered.map_or(Ok(true), |flag| flag.flag())?,
            max_retransmits: max_retransmits
                .map(|number| number.number(0, u16::MAX.into()))
                .transpose()?,
            label: text("label")?,
            protocol: text("protocol")?,
        })
    }

    /// What `produceData` says of it; transport and `appData` are the caller's.
    pub(crate) fn to_json(&self) -> Value {
        let mut stream = json!({
            "streamId": self.stream_id,
            // The service refuses a limit together with order.
            "ordered": self.ordered && self.max_retransmits.is_none(),
        });
        if let Some(limit) = self.max_retransmits {
            stream["maxRetransmits"] = limit.into();
        }
        json!({
            "sctpStreamParameters": stream,
            "label": self.label,
            "protocol": self.protocol,
        })
    }
}
