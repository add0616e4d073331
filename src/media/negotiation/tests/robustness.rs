//! Whatever JSON comes, reading it ends, with a result or an error, and never with a panic.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{captured, router};
use crate::media::negotiation::{
    Capabilities, ConsumerParameters, DataChannelParameters, Encoding, Kind, ProducerParameters,
    TransportParameters,
};

/// Everything that is read, from one value; what was read is used.
fn read_all(value: &Value) {
    drop(ConsumerParameters::read(value));
    drop(DataChannelParameters::read(value).map(|it| it.to_json()));
    drop(TransportParameters::read(value));
    let Ok(negotiated) = Capabilities::default().negotiate(value) else {
        return;
    };
    // A room that read itself from what it told others would find the same.
    let told = negotiated.receive_capabilities();
    let again = Capabilities::default().negotiate(&told).unwrap();
    for kind in [Kind::Audio, Kind::Video] {
        assert_eq!(again.codecs(kind), negotiated.codecs(kind));
        for codec in negotiated.codecs(kind) {
            let parameters = ProducerParameters {
                mid: "0",
                codec,
                cname: "c",
                encodings: &[Encoding::single(
                    1,
                    codec.retransmission_payload_type.map(|_| 2),
                )],
                opus: None,
            };
            // What is produced can be consumed.
            let consumer =
                ConsumerParameters::read(&parameters.to_json(&negotiated).unwrap()).unwrap();
            assert_eq!(consumer.codec, codec.codec);
            assert_eq!(
                consumer.retransmission_payload_type,
                codec.retransmission_payload_type
            );
        }
    }
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (0_u64..300).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
        proptest::sample::select(
            &[
                "audio/opus",
                "video/VP8",
                "video/H264",
                "video/rtx",
                "audio/PCMU",
                "sendonly",
                "udp",
                "host",
                "::1",
                "sha-256",
                "L3T3",
                "42e01f",
                "urn:ietf:params:rtp-hdrext:sdes:mid"
            ][..]
        )
        .prop_map(Value::from),
    ]
}

fn any_json() -> impl Strategy<Value = Value> {
    let key = proptest::sample::select(
        &[
            "codecs",
            "headerExtensions",
            "mimeType",
            "preferredPayloadType",
            "payloadType",
            "clockRate",
            "channels",
            "parameters",
            "apt",
            "rtcpFeedback",
            "type",
            "uri",
            "preferredId",
            "id",
            "encodings",
            "ssrc",
            "rtx",
            "rtcp",
            "cname",
            "iceParameters",
            "iceCandidates",
            "dtlsParameters",
            "fingerprints",
            "sctpParameters",
            "sctpStreamParameters",
            "streamId",
            "other",
        ][..],
    )
    .prop_map(str::to_owned);
    leaf().prop_recursive(5, 64, 8, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            proptest::collection::hash_map(key.clone(), inner, 0..8)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// The pointers of all parts of a value.
fn pointers(value: &Value, at: &str, into: &mut Vec<String>) {
    into.push(at.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &format!("{at}/{index}"), into);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                pointers(field, &format!("{at}/{}", name.replace('/', "~1")), into);
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn any_json_can_be_read(value in any_json()) {
        read_all(&value);
    }

    /// Nearly right goes deeper than anything made at random.
    #[test]
    fn any_change_of_good_json_can_be_read(
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any_json()), 1..4),
        which in 0..4_usize,
    ) {
        let mut value = match which {
            0 => router(),
            1 => captured("/javascript/transport"),
            2 => captured("/javascript/consumerOfSimulcast/rtpParameters"),
            _ => captured("/python/dataConsumers/0"),
        };
        for (index, part) in changes {
            let mut all = Vec::new();
            pointers(&value, "", &mut all);
            *value.pointer_mut(&all[index.index(all.len())]).unwrap() = part;
        }
        read_all(&value);
    }
}

#[test]
fn deep_and_long_json_can_be_read() {
    let mut deep = json!({});
    for _ in 0..100 {
        deep = json!({"codecs": [deep], "parameters": "x".repeat(2000)});
    }
    read_all(&deep);
}
