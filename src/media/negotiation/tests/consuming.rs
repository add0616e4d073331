use serde_json::{Value, json};

use super::{captured, changed};
use crate::Status;
use crate::media::negotiation::{Codec, ConsumerParameters, DataChannelParameters};

fn simulcast() -> Value {
    captured("/javascript/consumerOfSimulcast/rtpParameters")
}

#[test]
fn the_consumer_of_a_simulcast_is_one_stream_with_layers_to_choose_from() {
    let consumer = ConsumerParameters::read(&simulcast()).unwrap();
    let ids: Vec<u8> = consumer.header_extensions.iter().map(|it| it.id).collect();
    assert_eq!(ids, [1, 4, 5, 12]);
    assert_eq!(
        consumer,
        ConsumerParameters {
            mid: Some("3".to_owned()),
            codec: Codec::Vp8,
            payload_type: 101,
            retransmission_payload_type: Some(102),
            clock_rate: 90_000,
            channels: 1,
            ssrc: 497_500_557,
            retransmission_ssrc: Some(497_500_558),
            cname: Some("oPYmRyHaSfj9STZG".to_owned()),
            header_extensions: consumer.header_extensions.clone(),
            spatial_layers: 3,
            temporal_layers: 3,
        }
    );
}

#[test]
fn the_consumer_of_audio_has_neither_layers_nor_retransmissions() {
    let parameters = captured("/javascript/consumerOfAudio/rtpParameters");
    let consumer = ConsumerParameters::read(&parameters).unwrap();
    assert_eq!(consumer.codec, Codec::Opus);
    assert_eq!((consumer.clock_rate, consumer.channels), (48_000, 2));
    assert_eq!(consumer.retransmission_payload_type, None);
    assert_eq!(consumer.retransmission_ssrc, None);
    assert_eq!((consumer.spatial_layers, consumer.temporal_layers), (1, 1));
}

#[test]
fn what_is_not_needed_may_be_absent_or_unknown() {
    let parameters = json!({
        "codecs": [{"mimeType": "video/h264", "payloadType": 103, "clockRate": 90000}],
        "headerExtensions": [{"uri": "urn:other", "id": "?"}],
        "encodings": [{"ssrc": 1, "scalabilityMode": "K-SVC"}],
    });
    let consumer = ConsumerParameters::read(&parameters).unwrap();
    assert_eq!(consumer.codec, Codec::H264);
    assert_eq!((consumer.mid, consumer.cname), (None, None));
    assert!(consumer.header_extensions.is_empty());
    assert_eq!((consumer.spatial_layers, consumer.temporal_layers), (1, 1));
}

#[test]
fn wrong_consumers_say_where_they_are_wrong() {
    let good = simulcast();
    let many = json!(vec![json!({"ssrc": 1}); 9]);
    let many_extensions = json!(vec![good["headerExtensions"][0].clone(); 33]);
    for (pointer, value, words) in [
        ("/codecs", Value::Null, "`rtpParameters.codecs` is missing"),
        (
            "/codecs",
            json!([]),
            "`rtpParameters.codecs` names no codec",
        ),
        (
            "/codecs/0/mimeType",
            json!("video/H265"),
            "codecs[0].mimeType` is not a codec that was offered to the service: `video/H265`",
        ),
        (
            "/codecs/0/payloadType",
            Value::Null,
            "codecs[0].payloadType` is missing",
        ),
        (
            "/codecs/0/payloadType",
            json!(101.5),
            "codecs[0].payloadType` is not a whole number from 0 to 127: 101.5",
        ),
        (
            "/codecs/0/clockRate",
            json!(48000),
            "codecs[0].clockRate` is not the clock rate of VP8: 48000",
        ),
        (
            "/codecs/1/payloadType",
            json!(101),
            "retransmits a codec under its own payload type",
        ),
        (
            "/encodings",
            json!([]),
            "`rtpParameters.encodings` is empty",
        ),
        ("/encodings", many, "at most 8"),
        (
            "/encodings/0/ssrc",
            Value::Null,
            "encodings[0].ssrc` is missing",
        ),
        (
            "/encodings/0/ssrc",
            json!(4_294_967_296_u64),
            "encodings[0].ssrc` is not a whole number from 0 to 4294967295",
        ),
        (
            "/encodings/0/rtx",
            json!({}),
            "encodings[0].rtx.ssrc` is missing",
        ),
        (
            "/encodings/0/rtx/ssrc",
            json!(497_500_557),
            "retransmits under its own SSRC",
        ),
        ("/headerExtensions", many_extensions, "at most 32"),
        (
            "/headerExtensions/0/id",
            json!(15),
            "headerExtensions[0].id` is not a whole number from 1 to 14: 15",
        ),
        ("/mid", json!(3), "`rtpParameters.mid` is not a text: 3"),
        (
            "/mid",
            json!("3".repeat(1025)),
            "`rtpParameters.mid` is not a text of at most 1024 bytes",
        ),
    ] {
        let error = ConsumerParameters::read(&changed(&good, pointer, value)).unwrap_err();
        assert_eq!(error.status(), Status::InvalidResponse);
        assert!(error.message().contains(words), "{error}\nlacks {words}");
    }
}

#[test]
fn the_data_channels_are_what_a_browser_sends() {
    let channels = [
        DataChannelParameters::reliable(0),
        DataChannelParameters::unreliable(1),
    ];
    for (index, channel) in channels.into_iter().enumerate() {
        let mut expected = captured(&format!("/javascript/produceData/{index}"));
        for key in ["/transportId", "/appData"] {
            expected = changed(&expected, key, Value::Null);
        }
        assert_eq!(channel.to_json(), expected);
        let received = captured(&format!("/python/dataConsumers/{index}"));
        assert_eq!(DataChannelParameters::read(&received).unwrap(), channel);
    }
}

#[test]
fn a_limit_takes_the_order_from_a_channel() {
    let channel = |max_retransmits| DataChannelParameters {
        ordered: true,
        max_retransmits,
        ..DataChannelParameters::reliable(2)
    };
    let stream =
        |max_retransmits| channel(max_retransmits).to_json()["sctpStreamParameters"].clone();
    assert_eq!(stream(None), json!({"streamId": 2, "ordered": true}));
    assert_eq!(
        stream(Some(0)),
        json!({"streamId": 2, "ordered": false, "maxRetransmits": 0})
    );
}

#[test]
fn data_consumers_need_a_stream_and_nothing_else() {
    let read = |value: Value| DataChannelParameters::read(&value);
    let channel =
        read(json!({"sctpStreamParameters": {"streamId": 65534}, "protocol": null})).unwrap();
    assert_eq!((channel.stream_id, channel.ordered), (65_534, true));
    assert_eq!(
        (channel.label.as_str(), channel.protocol.as_str()),
        ("", "")
    );
    for (wrong, words) in [
        (
            json!({}),
            "`newDataConsumer.sctpStreamParameters` is missing",
        ),
        (json!({"sctpStreamParameters": {}}), "streamId` is missing"),
        (
            json!({"sctpStreamParameters": {"streamId": 65535}}),
            "from 0 to 65534: 65535",
        ),
        (
            json!({"sctpStreamParameters": {"streamId": 0, "ordered": 1}}),
            "ordered` is not true or false: 1",
        ),
        (
            json!({"sctpStreamParameters": {"streamId": 0, "maxRetransmits": -1}}),
            "maxRetransmits` is not",
        ),
        (
            json!({"sctpStreamParameters": {"streamId": 0}, "label": 1}),
            "label` is not a text",
        ),
    ] {
        let error = read(wrong).unwrap_err();
        assert_eq!(error.status(), Status::InvalidResponse);
        assert!(error.message().contains(words), "{error}\nlacks {words}");
    }
}
