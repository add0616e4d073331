//! Reading what clients say of themselves. mediasoup's own types take some things more strictly than
//! clients write them, and its complaints name no cause: both is made good here.

use mediasoup::prelude::{
    DtlsParameters, MediaKind, RtpCapabilities, RtpHeaderExtensionUri, RtpParameters,
    SctpStreamParameters,
};
use mediasoup::types::rtp_parameters::{MimeType, RtpCodecCapability, RtpHeaderExtension};
use serde_json::{Map, Value, json};

use crate::sfu::Failed;

/// The most codecs, encodings or fingerprints that one request may list.
const ENTRY_LIMIT: usize = 64;

/// What a client can receive.
#[derive(Clone)]
pub(crate) struct Capabilities(pub(super) RtpCapabilities);

impl Capabilities {
    /// Codecs and extensions that mediasoup does not know are left out: it would not send them.
    pub fn read(value: &Value) -> Capabilities {
        let entries = |name: &str| {
            let entries = value[name].as_array();
            let entries = entries.into_iter().flatten().take(ENTRY_LIMIT).cloned();
            entries.map(without_nulls)
        };
        Capabilities(RtpCapabilities {
            codecs: entries("codecs")
                .filter_map(|codec| serde_json::from_value::<RtpCodecCapability>(codec).ok())
                .collect(),
            header_extensions: entries("headerExtensions")
                .filter_map(|one| serde_json::from_value::<RtpHeaderExtension>(one).ok())
                .collect(),
        })
    }
}

/// The `rtpParameters` of a producer.
pub(super) fn rtp(kind: MediaKind, value: &Value) -> Result<RtpParameters, Failed> {
    let mut value = without_nulls(value.clone());
    let Some(parameters) = value.as_object_mut() else {
        return Err(failed("rtpParameters must be an object"));
    };
    for codec in list(parameters, "codecs", "rtpParameters")? {
        check_codec(kind, codec)?;
    }
    for encoding in list(parameters, "encodings", "rtpParameters")? {
        if !encoding.is_object() {
            return Err(failed(
                "an entry of encodings in rtpParameters must be an object",
            ));
        }
    }
    let extensions = parameters
        .entry("headerExtensions")
        .or_insert_with(|| json!([]));
    let Some(extensions) = extensions.as_array_mut() else {
        return Err(failed("headerExtensions in rtpParameters must be an array"));
    };
    extensions.retain(|extension| {
        let uri = extension["uri"].as_str().unwrap_or_default();
        uri.parse::<RtpHeaderExtensionUri>().is_ok()
    });
    for extension in extensions {
        or_default(extension, "encrypt", json!(false));
        or_default(extension, "parameters", json!({}));
    }
    let rtcp = parameters.entry("rtcp").or_insert_with(|| json!({}));
    or_default(rtcp, "reducedSize", json!(true));
    // Browsers have no name for streams that are told apart by rid; then mediasoup makes one up.
    if rtcp["cname"] == json!("")
        && let Some(rtcp) = rtcp.as_object_mut()
    {
        rtcp.remove("cname");
    }
    serde_json::from_value(value)
        .map_err(|error| Failed(format!("rtpParameters cannot be used: {error}")))
}

fn check_codec(kind: MediaKind, codec: &mut Value) -> Result<(), Failed> {
    let Some(mime_type) = codec["mimeType"].as_str().map(str::to_owned) else {
        return Err(failed(
            "an entry of codecs in rtpParameters has no mimeType",
        ));
    };
    let fits = match mime_type.parse::<MimeType>() {
        Ok(MimeType::Audio(_)) => kind == MediaKind::Audio,
        Ok(MimeType::Video(_)) => kind == MediaKind::Video,
        Err(_) => {
            let text = format!("mimeType {mime_type:?} in rtpParameters is not known");
            return Err(Failed(text));
        }
    };
    if !fits {
        let kind = match kind {
            MediaKind::Audio => "audio",
            MediaKind::Video => "video",
        };
        let text = format!("mimeType {mime_type:?} in rtpParameters does not fit the kind {kind}");
        return Err(Failed(text));
    }
    for (name, most) in [("payloadType", 127), ("clockRate", u64::from(u32::MAX))] {
        if codec[name].as_u64().is_none_or(|number| number > most) {
            let text = format!(
                "{name} of the codec {mime_type} in rtpParameters must be a number up to {most}"
            );
            return Err(Failed(text));
        }
    }
    if kind == MediaKind::Audio {
        or_default(codec, "channels", json!(1));
    }
    if let Some(parameters) = codec["parameters"].as_object_mut() {
        for value in parameters.values_mut() {
            if !value.is_string() && value.as_u64().is_none_or(|number| number > u32::MAX.into()) {
                *value = json!(value.to_string());
            }
        }
    }
    Ok(())
}

/// The `dtlsParameters` of a transport.
pub(super) fn dtls(value: &Value) -> Result<DtlsParameters, Failed> {
    let mut value = without_nulls(value.clone());
    let Some(parameters) = value.as_object_mut() else {
        return Err(failed("dtlsParameters must be an object"));
    };
    parameters.entry("role").or_insert_with(|| json!("auto"));
    for fingerprint in list(parameters, "fingerprints", "dtlsParameters")? {
        let digits = fingerprint["value"].as_str().unwrap_or_default();
        let pair = |pair: &str| pair.len() == 2 && pair.bytes().all(|it| it.is_ascii_hexdigit());
        if !digits.split(':').all(pair) {
            return Err(failed(
                "the value of a fingerprint in dtlsParameters must be pairs of hexadecimal digits \
                 with colons between them",
            ));
        }
    }
    serde_json::from_value(value)
        .map_err(|error| Failed(format!("dtlsParameters cannot be used: {error}")))
}

/// The `sctpStreamParameters` of a data producer. A channel that gives up is not in order: so says
/// mediasoup, and so clients expect it back.
pub(super) fn sctp_stream(value: Option<&Value>) -> Result<SctpStreamParameters, Failed> {
    let value = value.cloned().unwrap_or_else(|| json!({}));
    let mut value = without_nulls(value);
    let gives_up = !value["maxRetransmits"].is_null() || !value["maxPacketLifeTime"].is_null();
    or_default(&mut value, "ordered", json!(!gives_up));
    if gives_up && let Some(parameters) = value.as_object_mut() {
        parameters.insert("ordered".to_owned(), json!(false));
    }
    serde_json::from_value(value)
        .map_err(|error| Failed(format!("sctpStreamParameters cannot be used: {error}")))
}

fn failed(text: &str) -> Failed {
    Failed(text.to_owned())
}

fn list<'value>(
    parameters: &'value mut Map<String, Value>,
    name: &str,
    of: &str,
) -> Result<&'value mut Vec<Value>, Failed> {
    match parameters.get_mut(name) {
        Some(Value::Array(entries)) if (1..=ENTRY_LIMIT).contains(&entries.len()) => Ok(entries),
        _ => Err(Failed(format!(
            "{of} must have 1 to {ENTRY_LIMIT} entries in {name}"
        ))),
    }
}

fn or_default(value: &mut Value, name: &str, default: Value) {
    if let Some(object) = value.as_object_mut() {
        object.entry(name).or_insert(default);
    }
}

/// Python clients write null for what they do not have, where mediasoup wants nothing.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(object) => object
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name, without_nulls(value)))
            .collect(),
        Value::Array(entries) => entries.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn audio() -> Value {
        json!({
            "codecs": [{
                "mimeType": "audio/opus", "payloadType": 96, "clockRate": 48000, "channels": 2,
                "parameters": {"stereo": true, "ptime": null}, "rtcpFeedback": [],
            }],
            "encodings": [{"ssrc": 1, "rtx": null}],
        })
    }

    #[test]
    fn what_clients_leave_out_or_write_otherwise_is_made_good() {
        let mut given = audio();
        given["rtcp"] = json!({"cname": ""});
        given["headerExtensions"] = json!([
            {"uri": "urn:ietf:params:rtp-hdrext:sdes:mid", "id": 1},
            {"uri": "urn:nobody:knows:this", "id": 2},
        ]);
        let read = rtp(MediaKind::Audio, &given).unwrap();
        assert_eq!(read.rtcp.cname, None);
        assert!(read.rtcp.reduced_size);
        assert_eq!(read.header_extensions.len(), 1);
        let parameters = json!(read.codecs[0].parameters());
        assert_eq!(parameters, json!({"stereo": "true"}));
        rtp(MediaKind::Audio, &audio()).unwrap();
    }

    #[test]
    fn a_channel_that_gives_up_is_not_in_order() {
        let read = |value| sctp_stream(Some(&value)).map(|stream| stream.ordered);
        assert_eq!(read(json!({"streamId": 1})), Ok(true));
        let ordered = json!({"streamId": 1, "ordered": true, "maxRetransmits": 5});
        assert_eq!(read(ordered), Ok(false));
        let timed = json!({"streamId": 1, "ordered": null, "maxPacketLifeTime": 5});
        assert_eq!(read(timed), Ok(false));
        assert!(sctp_stream(None).unwrap_err().0.contains("streamId"));
    }

    #[test]
    fn fingerprints_are_pairs_of_digits() {
        let value = ["AB"; 32].join(":");
        let read = |value: &str| {
            dtls(&json!({"fingerprints": [{"algorithm": "sha-256", "value": value}]}))
        };
        assert_eq!(read(&value).unwrap().fingerprints.len(), 1);
        // Of the right length in bytes, but not in characters.
        for wrong in ["", "AB", &"é".repeat(47), &value.replace("AB:", "A:B")] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        assert!(dtls(&json!([])).is_err());
    }

    #[test]
    fn capabilities_that_nobody_knows_are_left_out() {
        let read = Capabilities::read(&json!({
            "codecs": [
                {"kind": "audio", "mimeType": "audio/opus", "clockRate": 48000, "channels": 2},
                {"kind": "audio", "mimeType": "audio/unheard-of", "clockRate": 48000, "channels": 2},
                "opus",
            ],
            "headerExtensions": [{"uri": "urn:nobody:knows:this"}],
        }));
        assert_eq!(
            (read.0.codecs.len(), read.0.header_extensions.len()),
            (1, 0)
        );
        assert_eq!(Capabilities::read(&Value::Null).0.codecs.len(), 0);
    }
}
