//! The two ends of a WebRTC transport: the reply to `createWebRtcTransport`, and what
//! `connectWebRtcTransport` tells of this end.

use std::net::IpAddr;

use serde_json::{Value, json};

use super::reading::Part;
use crate::choice::choice;
use crate::redact::{Secret, shown};
use crate::{Error, Result, Status};

/// The most ICE candidates of one transport.
const MAX_CANDIDATES: usize = 64;

/// The most fingerprints of one certificate.
const MAX_FINGERPRINTS: usize = 16;

/// The longest username fragment, in bytes. Checks carry both ends' and a colon, of which str0m 0.25
/// signs at most 128 bytes and defects at more; RFC 8839 (section 5.4) would allow 256 of each.
pub(crate) const MAX_USERNAME_FRAGMENT_BYTES: usize = 100;

/// The bytes that a peer takes at once when it does not say (RFC 8841).
const DEFAULT_MESSAGE_SIZE: u32 = 65_536;

/// The service's end of a transport.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TransportParameters {
    /// Names the transport in requests.
    pub(crate) id: String,
    /// Who may send to it.
    pub(crate) ice: IceParameters,
    /// Where it can be reached; never empty.
    pub(crate) candidates: Vec<IceCandidate>,
    /// Who it is.
    pub(crate) dtls: DtlsParameters,
    /// For data channels; none when the service has none.
    pub(crate) sctp: Option<SctpParameters>,
    /// The candidates that were left out, each with the reason: for the log.
    pub(crate) notes: Vec<String>,
}

/// The credentials of ICE.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IceParameters {
    /// Names the other end in checks.
    pub(crate) username_fragment: String,
    /// Signs the checks.
    pub(crate) password: Secret,
    /// Whether the other end only answers checks.
    pub(crate) ice_lite: bool,
}

/// An address to reach a transport at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IceCandidate {
    /// The same for candidates of the same origin.
    pub(crate) foundation: String,
    /// Greater ones are tried first.
    pub(crate) priority: u32,
    /// IPv4 or IPv6.
    pub(crate) address: IpAddr,
    /// UDP or TCP port.
    pub(crate) port: u16,
    /// What is spoken there.
    pub(crate) protocol: TransportProtocol,
    /// Where the address comes from.
    pub(crate) kind: CandidateKind,
    /// Who opens the connection; none for UDP.
    pub(crate) tcp_kind: Option<TcpKind>,
}

choice! {
    /// What media goes by.
    TransportProtocol, "transport protocol" {
        /// UDP.
        Udp = 1, "udp";
        /// TCP.
        Tcp = 2, "tcp";
    }
}

/// Where a candidate's address comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CandidateKind {
    /// `host`: an interface.
    Host,
    /// `srflx`: what a STUN server saw.
    ServerReflexive,
    /// `prflx`: what the peer saw.
    PeerReflexive,
    /// `relay`: a TURN server's.
    Relay,
}

/// Who opens the connection of a TCP candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TcpKind {
    /// `active`: the owner of the candidate.
    Active,
    /// `passive`: the other end.
    Passive,
    /// `so`: both at once.
    SimultaneousOpen,
}

/// The other end of DTLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DtlsParameters {
    /// What it wants to be.
    pub(crate) role: DtlsRole,
    /// The SHA-256 of its certificate. Other digests that it tells are not used.
    pub(crate) sha256: [u8; 32],
}

/// Who starts the handshake of DTLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DtlsRole {
    /// `auto`: either.
    Auto,
    /// `client`: it does.
    Client,
    /// `server`: it waits.
    Server,
}

/// The other end of SCTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SctpParameters {
    /// Inside DTLS; nobody else sees it.
    pub(crate) port: u16,
    /// Streams it sends at first.
    pub(crate) outgoing_streams: u16,
    /// Streams it receives at most.
    pub(crate) max_incoming_streams: u16,
    /// In bytes.
    pub(crate) max_message_size: u32,
}

impl TransportParameters {
    /// Reads the reply to `createWebRtcTransport`.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidResponse`], naming what is missing or makes no sense; also when no
    /// candidate can be used.
    pub(crate) fn read(reply: &Value) -> Result<Self> {
        let root = Part::root("transport", reply);
        let ice = root.required("iceParameters")?;
        let list = root.required("iceCandidates")?;
        let mut candidates = Vec::new();
        let mut notes = Vec::new();
        for part in list.items(MAX_CANDIDATES)? {
            match IceCandidate::read(&part)? {
                Ok(candidate) => candidates.push(candidate),
                Err(note) => notes.push(note),
            }
        }
        if candidates.is_empty() {
            let reasons = if notes.is_empty() {
                "it is empty".to_owned()
            } else {
                notes.join("; ")
            };
            return Err(list.senseless(&format!("has no candidate to connect to: {reasons}")));
        }
        Ok(Self {
            id: root.required("id")?.non_empty_text()?.to_owned(),
            ice: IceParameters::read(&ice)?,
            candidates,
            dtls: DtlsParameters::read(&root.required("dtlsParameters")?)?,
            sctp: root
                .optional("sctpParameters")
                .map(|part| SctpParameters::read(&part))
                .transpose()?,
            notes,
        })
    }
}

impl IceParameters {
    /// Reads fresh ones, which the reply to `restartIce` is itself.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidResponse`], naming what is missing or makes no sense.
    pub(crate) fn read_restart(reply: &Value) -> Result<Self> {
        Self::read(&Part::root("restartIce", reply))
    }

    fn read(ice: &Part<'_>) -> Result<Self> {
        let lite = ice.optional("iceLite");
        let username_fragment = ice.required("usernameFragment")?;
        if username_fragment.non_empty_text()?.len() > MAX_USERNAME_FRAGMENT_BYTES {
            let expected = format!("a text of at most {MAX_USERNAME_FRAGMENT_BYTES} bytes");
            return Err(username_fragment.wrong(&expected));
        }
        // Not by the reader: its errors show what is wrong, and this is a secret.
        let password = ice.required("password")?;
        let password = match password.value().as_str() {
            Some(text) if (1..=256).contains(&text.len()) => Secret::new(text),
            _ => return Err(password.senseless("is not a text of 1 to 256 bytes")),
        };
        Ok(Self {
            username_fragment: username_fragment.text()?.to_owned(),
            password,
            ice_lite: lite.map_or(Ok(false), |flag| flag.flag())?,
        })
    }
}

impl IceCandidate {
    /// The candidate, or why it is of no use here.
    fn read(part: &Part<'_>) -> Result<Result<Self, String>> {
        let protocol = match part.required("protocol")?.text()? {
            "udp" => TransportProtocol::Udp,
            "tcp" => TransportProtocol::Tcp,
            other => return Ok(Err(format!("{} is no known protocol", shown(other)))),
        };
        // `ip` is the older name of the field.
        let address = match part.optional("address") {
            Some(address) => address.text()?,
            None => part.required("ip")?.text()?,
        };
        let Ok(address) = address.parse() else {
            return Ok(Err(format!("{} is not an IP address", shown(address))));
        };
        let kind = match part.required("type")?.text()? {
            "host" => CandidateKind::Host,
            "srflx" => CandidateKind::ServerReflexive,
            "prflx" => CandidateKind::PeerReflexive,
            "relay" => CandidateKind::Relay,
            other => return Ok(Err(format!("{} is no known type", shown(other)))),
        };
        let tcp_kind = match part
            .optional("tcpType")
            .filter(|_| protocol == TransportProtocol::Tcp)
        {
            None => None,
            Some(tcp_kind) => match tcp_kind.text()? {
                "active" => Some(TcpKind::Active),
                "passive" => Some(TcpKind::Passive),
                "so" => Some(TcpKind::SimultaneousOpen),
                other => return Ok(Err(format!("{} is no known type of TCP", shown(other)))),
            },
        };
        Ok(Ok(Self {
            foundation: part.required("foundation")?.text()?.to_owned(),
            priority: part.required("priority")?.number(0, u32::MAX.into())?,
            address,
            port: part.required("port")?.number(1, u16::MAX.into())?,
            protocol,
            kind,
            tcp_kind,
        }))
    }
}

impl DtlsParameters {
    fn read(part: &Part<'_>) -> Result<Self> {
        let role = match part.optional("role") {
            None => DtlsRole::Auto,
            Some(role) => match role.text()? {
                "auto" => DtlsRole::Auto,
                "client" => DtlsRole::Client,
                "server" => DtlsRole::Server,
                _ => return Err(role.wrong("`auto`, `client` or `server`")),
            },
        };
        let list = part.required("fingerprints")?;
        for fingerprint in list.items(MAX_FINGERPRINTS)? {
            let algorithm = fingerprint.required("algorithm")?.text()?;
            if algorithm.eq_ignore_ascii_case(SHA256) {
                let value = fingerprint.required("value")?;
                let sha256 = sha256(value.text()?)
                    .ok_or_else(|| value.senseless("is not 32 bytes in hexadecimal with colons"))?;
                return Ok(Self { role, sha256 });
            }
        }
        Err(list.senseless("has no sha-256 fingerprint, the one that certificates are checked by"))
    }
}

impl SctpParameters {
    fn read(part: &Part<'_>) -> Result<Self> {
        let streams = |name: &str| part.required(name)?.number(1, u16::MAX.into());
        Ok(Self {
            port: part.required("port")?.number(1, u16::MAX.into())?,
            outgoing_streams: streams("OS")?,
            max_incoming_streams: streams("MIS")?,
            max_message_size: match part.optional("maxMessageSize") {
                Some(size) => size.number(1, u32::MAX.into())?,
                None => DEFAULT_MESSAGE_SIZE,
            },
        })
    }
}

const SHA256: &str = "sha-256";

/// The bytes of `AB:CD:…`.
fn sha256(text: &str) -> Option<[u8; 32]> {
    let mut pairs = text.split(':');
    let mut bytes = [0; 32];
    for byte in &mut bytes {
        let pair = pairs.next()?;
        // Not left to the parser: it takes a sign.
        let is_pair = pair.len() == 2 && pair.bytes().all(|digit| digit.is_ascii_hexdigit());
        *byte = u8::from_str_radix(pair, 16).ok().filter(|_| is_pair)?;
    }
    pairs.next().is_none().then_some(bytes)
}

/// What `connectWebRtcTransport` sends: this end opens DTLS and is known by its fingerprint, which
/// is given as SDP has it, e.g. `sha-256 AB:CD:…`.
///
/// # Errors
///
/// [`Status::InvalidArgument`], when that is no fingerprint by SHA-256.
pub(crate) fn connect_request(transport_id: &str, fingerprint: &str) -> Result<Value> {
    let value = fingerprint
        .split_once(' ')
        .filter(|(algorithm, value)| {
            algorithm.eq_ignore_ascii_case(SHA256) && sha256(value).is_some()
        })
        .map(|(_, value)| value)
        .ok_or_else(|| {
            Error::new(
                Status::InvalidArgument,
                format!("{} is no fingerprint by SHA-256", shown(fingerprint)),
                "Give it as SDP has it: `sha-256` and 32 bytes in hexadecimal with colons.",
            )
        })?;
    Ok(json!({
        "transportId": transport_id,
        "dtlsParameters": {
            "role": "client",
            "fingerprints": [{"algorithm": SHA256, "value": value}],
        },
    }))
}
