//! RTP header extensions that the transport understands.

use serde_json::{Value, json};

use super::codec::Kind;
use super::reading::Part;
use crate::Result;

/// The most that are read from one list.
pub(super) const MAX_HEADER_EXTENSIONS: usize = 32;

/// The greatest id that fits the one-byte form of RFC 8285; 15 is reserved there.
const MAX_ID: u64 = 14;

const BOTH: &[Kind] = &[Kind::Audio, Kind::Video];
const AUDIO: &[Kind] = &[Kind::Audio];
const VIDEO: &[Kind] = &[Kind::Video];

/// What is understood, and for which kinds it means something.
const UNDERSTOOD: &[(&str, &[Kind])] = &[
    ("urn:ietf:params:rtp-hdrext:sdes:mid", BOTH),
    ("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id", VIDEO),
    (
        "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id",
        VIDEO,
    ),
    (
        "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
        BOTH,
    ),
    (
        "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
        BOTH,
    ),
    ("urn:ietf:params:rtp-hdrext:ssrc-audio-level", AUDIO),
    ("urn:3gpp:video-orientation", VIDEO),
    ("urn:ietf:params:rtp-hdrext:toffset", VIDEO),
    (
        "http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time",
        BOTH,
    ),
    (
        "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay",
        VIDEO,
    ),
];

/// The URIs of all that are understood.
#[cfg(test)]
pub(crate) fn understood() -> impl Iterator<Item = &'static str> {
    UNDERSTOOD.iter().map(|(uri, _)| *uri)
}

/// A header extension with the id that it has in this room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HeaderExtension {
    /// 1 to 14.
    pub(crate) id: u8,
    /// What it is.
    pub(crate) uri: &'static str,
}

impl HeaderExtension {
    /// One of `rtpParameters.headerExtensions`; none when it is not understood.
    pub(super) fn read(part: &Part<'_>) -> Result<Option<Self>> {
        let uri = part.required("uri")?.text()?;
        let Some((uri, _)) = UNDERSTOOD.iter().find(|(understood, _)| *understood == uri) else {
            return Ok(None);
        };
        let id = part.required("id")?.number(1, MAX_ID)?;
        Ok(Some(Self { id, uri }))
    }

    /// As `rtpParameters.headerExtensions` has it.
    pub(super) fn to_parameters(self) -> Value {
        json!({"uri": self.uri, "id": self.id, "encrypt": false, "parameters": {}})
    }
}

/// A header extension that was agreed on for a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NegotiatedExtension {
    /// The extension.
    pub(crate) extension: HeaderExtension,
    /// For this kind; the same extension may be there for the other as well.
    pub(crate) kind: Kind,
    /// Whether packets to the service carry it.
    pub(crate) is_sent: bool,
    /// Whether packets of the service carry it.
    pub(crate) is_received: bool,
}

impl NegotiatedExtension {
    /// As `rtpCapabilities.headerExtensions` has it.
    pub(super) fn to_capability(self) -> Value {
        json!({
            "kind": self.kind.name(),
            "uri": self.extension.uri,
            "preferredId": self.extension.id,
            "preferredEncrypt": false,
            "direction": match (self.is_sent, self.is_received) {
                (true, true) => "sendrecv",
                (true, false) => "sendonly",
                (false, true) => "recvonly",
                (false, false) => "inactive",
            },
        })
    }
}

/// What a router says of one extension.
struct Offered {
    extension: HeaderExtension,
    kind: Option<Kind>,
    is_sent: bool,
    is_received: bool,
}

/// What of the router's extensions is used here, by kind.
///
/// A router lists an extension per kind, but some list each once, under either kind: what decides
/// is the URI. The entry of the kind is only preferred, for its direction.
pub(super) fn negotiate(router: &Part<'_>) -> Result<Vec<NegotiatedExtension>> {
    let mut offers: Vec<Offered> = Vec::new();
    for part in router.optional_items("headerExtensions", MAX_HEADER_EXTENSIONS)? {
        let Some(offer) = read_offer(&part)? else {
            continue;
        };
        let contradicts = |other: &Offered| {
            (other.extension.id == offer.extension.id)
                != (other.extension.uri == offer.extension.uri)
        };
        if offers.iter().any(contradicts) {
            return Err(part.senseless("has an id that contradicts another header extension"));
        }
        offers.push(offer);
    }
    let mut negotiated = Vec::new();
    for (uri, kinds) in UNDERSTOOD {
        for kind in *kinds {
            let same = || offers.iter().filter(|offer| offer.extension.uri == *uri);
            let offer = same()
                .find(|offer| offer.kind == Some(*kind))
                .or_else(|| same().next());
            negotiated.extend(offer.map(|offer| NegotiatedExtension {
                extension: offer.extension,
                kind: *kind,
                is_sent: offer.is_sent,
                is_received: offer.is_received,
            }));
        }
    }
    Ok(negotiated)
}

fn read_offer(part: &Part<'_>) -> Result<Option<Offered>> {
    let uri = part.required("uri")?.text()?;
    let Some((uri, _)) = UNDERSTOOD.iter().find(|(understood, _)| *understood == uri) else {
        return Ok(None);
    };
    let id: u64 = part.required("preferredId")?.number(1, 255)?;
    let is_encrypted = match part.optional("preferredEncrypt") {
        Some(flag) => flag.flag()?,
        None => false,
    };
    // Neither greater ids nor encrypted extensions can be had; a room works without them.
    let Some(id) = u8::try_from(id)
        .ok()
        .filter(|id| u64::from(*id) <= MAX_ID && !is_encrypted)
    else {
        return Ok(None);
    };
    let kind = match part.optional("kind") {
        Some(kind) => Kind::from_name(kind.text()?).ok(),
        None => None,
    };
    // The direction is the router's: what it receives is what is sent here.
    let (is_sent, is_received) = match part.optional("direction") {
        None => (true, true),
        Some(direction) => match direction.text()? {
            "sendrecv" => (true, true),
            "recvonly" => (true, false),
            "sendonly" => (false, true),
            "inactive" => (false, false),
            _ => return Err(direction.wrong("a direction")),
        },
    };
    Ok(Some(Offered {
        extension: HeaderExtension { id, uri },
        kind,
        is_sent,
        is_received,
    }))
}
