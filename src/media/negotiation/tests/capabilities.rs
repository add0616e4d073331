use serde_json::{Value, json};

use super::{captured, changed, negotiated, router, sorted};
use crate::Status;
use crate::media::negotiation::{
    Capabilities, Codec, Feedback, HeaderExtension, Kind, Negotiated, NegotiatedCodec,
    NegotiatedExtension,
};

/// Codecs with sorted feedback, by payload type.
fn comparable_codecs(capabilities: &Value) -> Vec<String> {
    let mut codecs = capabilities["codecs"].clone();
    for codec in codecs.as_array_mut().unwrap() {
        codec["rtcpFeedback"] = json!(sorted(&codec["rtcpFeedback"]));
    }
    sorted(&codecs)
}

/// What counts of an extension for a router: `uri` and id, whatever the kind.
fn ids(capabilities: &Value) -> Vec<String> {
    let mut ids: Vec<String> = capabilities["headerExtensions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| format!("{} {}", it["preferredId"], it["uri"]))
        .collect();
    ids.sort();
    ids.dedup();
    ids
}

fn numbers(codecs: &[NegotiatedCodec]) -> Vec<(Codec, u8, Option<u8>)> {
    codecs
        .iter()
        .map(|it| (it.codec, it.payload_type, it.retransmission_payload_type))
        .collect()
}

#[test]
fn what_is_received_is_what_a_browser_receives_and_the_orientation_of_pictures() {
    let own = negotiated().receive_capabilities();
    let browser = captured("/javascript/joinCapabilities");
    assert_eq!(comparable_codecs(&own), comparable_codecs(&browser));
    let mut extensions = ids(&own);
    extensions.retain(|it| !it.contains("urn:3gpp:video-orientation"));
    assert_eq!(extensions, ids(&browser));
    assert_eq!(own["fecMechanisms"], json!([]));
}

#[test]
fn what_python_receives_is_a_part_of_it() {
    let own = negotiated().receive_capabilities();
    let python = captured("/python/joinCapabilities");
    let own_extensions = sorted(&own["headerExtensions"]);
    for extension in sorted(&python["headerExtensions"]) {
        assert!(own_extensions.contains(&extension), "{extension}");
    }
    for codec in python["codecs"].as_array().unwrap() {
        let same = |it: &&Value| it["preferredPayloadType"] == codec["preferredPayloadType"];
        let list = own["codecs"].as_array().unwrap();
        let own = list.iter().find(same).unwrap();
        assert_eq!(own["mimeType"], codec["mimeType"]);
        let feedback = sorted(&own["rtcpFeedback"]);
        assert!(
            sorted(&codec["rtcpFeedback"])
                .iter()
                .all(|it| feedback.contains(it))
        );
    }
}

#[test]
fn payload_types_and_feedback_are_those_of_the_router() {
    let negotiated = negotiated();
    assert_eq!(
        numbers(negotiated.codecs(Kind::Audio)),
        [(Codec::Opus, 100, None)]
    );
    assert_eq!(
        numbers(negotiated.codecs(Kind::Video)),
        [(Codec::Vp8, 101, Some(102)), (Codec::H264, 103, Some(104))]
    );
    let audio = &negotiated.codecs(Kind::Audio)[0];
    assert_eq!(audio.feedback, [Feedback::TransportWide]);
    let without = changed(
        &router(),
        "/codecs/1/rtcpFeedback",
        json!([{"type": "nack"}, {"type": "x"}]),
    );
    let negotiated = Capabilities::default().negotiate(&without).unwrap();
    assert_eq!(negotiated.codecs(Kind::Video)[0].feedback, [Feedback::Nack]);
}

#[test]
fn a_transport_gets_each_extension_once() {
    let map = negotiated().extension_map();
    let ids: Vec<u8> = map.iter().map(|it| it.id).collect();
    assert_eq!(ids, [1, 2, 3, 4, 5, 10, 11, 12]);
    let mid = HeaderExtension {
        id: 1,
        uri: "urn:ietf:params:rtp-hdrext:sdes:mid",
    };
    assert_eq!(map[0], mid);
}

#[test]
fn directions_are_turned_round_and_those_of_the_kind() {
    let negotiated = negotiated();
    let directions = |kind, id: u8| {
        let it: &NegotiatedExtension = negotiated
            .extensions(kind)
            .find(|it| it.extension.id == id)?;
        assert_eq!(it.kind, kind);
        Some((it.is_sent, it.is_received))
    };
    assert_eq!(directions(Kind::Audio, 5), Some((true, false)));
    assert_eq!(directions(Kind::Video, 5), Some((true, true)));
    assert_eq!(directions(Kind::Video, 2), Some((true, false)));
    assert_eq!(directions(Kind::Audio, 2), None);
    assert_eq!(directions(Kind::Video, 10), None);
}

#[test]
fn an_extension_listed_under_one_kind_serves_both() {
    let mut router = router();
    router["headerExtensions"] = json!([
        {"kind": "video", "uri": "urn:ietf:params:rtp-hdrext:sdes:mid", "preferredId": 7},
        {"kind": "", "uri": "urn:ietf:params:rtp-hdrext:ssrc-audio-level", "preferredId": 14},
    ]);
    let negotiated = Capabilities::default().negotiate(&router).unwrap();
    for (kind, expected) in [(Kind::Audio, vec![7, 14]), (Kind::Video, vec![7])] {
        let ids: Vec<u8> = negotiated
            .extensions(kind)
            .map(|it| it.extension.id)
            .collect();
        assert_eq!(ids, expected);
    }
}

/// A router of one codec, beside VP8.
fn router_with(codec: Value) -> Value {
    let vp8 = json!({"mimeType": "video/VP8", "clockRate": 90000, "preferredPayloadType": 96});
    json!({"codecs": [codec, vp8]})
}

fn negotiate(router: &Value) -> Negotiated {
    Capabilities::default().negotiate(router).unwrap()
}

#[test]
fn only_profiles_that_can_be_spoken_are_taken() {
    let h264 = |parameters: Value| json!({"mimeType": "video/h264", "clockRate": 90000, "preferredPayloadType": 97, "parameters": parameters});
    let other = |name: &str, parameters: Value| json!({"mimeType": name, "clockRate": 90000, "preferredPayloadType": 97, "parameters": parameters});
    for (codec, is_taken) in [
        (
            h264(json!({"packetization-mode": 1, "profile-level-id": "42001f"})),
            true,
        ),
        (
            h264(json!({"packetization-mode": "1", "profile-level-id": "42E034"})),
            true,
        ),
        (h264(json!({"packetization-mode": 1})), true),
        (h264(json!({"profile-level-id": "42e01f"})), false),
        (
            h264(json!({"packetization-mode": 0, "profile-level-id": "42e01f"})),
            false,
        ),
        (
            h264(json!({"packetization-mode": [], "profile-level-id": "42e01f"})),
            false,
        ),
        (
            h264(json!({"packetization-mode": 1, "profile-level-id": "4d0032"})),
            false,
        ),
        (other("video/VP9", json!({})), true),
        (other("video/VP9", json!({"profile-id": 2})), false),
        (
            other(
                "video/AV1",
                json!({"profile": 0, "level-idx": 5, "tier": 0}),
            ),
            true,
        ),
        (other("video/AV1", json!({"profile": 1})), false),
        (other("video/H265", json!({})), false),
        (
            json!({"mimeType": "audio/PCMU", "clockRate": 8000, "preferredPayloadType": 0}),
            true,
        ),
        (
            json!({"mimeType": "audio/opus", "clockRate": 48000, "channels": 1, "preferredPayloadType": 97}),
            false,
        ),
        (
            json!({"mimeType": "audio/PCMA", "clockRate": 16000, "preferredPayloadType": 97}),
            false,
        ),
    ] {
        let negotiated = negotiate(&router_with(codec.clone()));
        let count = negotiated.codecs(Kind::Audio).len() + negotiated.codecs(Kind::Video).len();
        assert_eq!(count == 2, is_taken, "{codec}");
    }
}

#[test]
fn the_preferred_codec_is_first_whatever_the_order_of_the_router() {
    let video = |name: &str, number: u8, profile: &str| {
        json!({"mimeType": name, "clockRate": 90000, "preferredPayloadType": number,
               "parameters": {"packetization-mode": 1, "profile-level-id": profile}})
    };
    let router = json!({"codecs": [
        video("video/AV1", 1, ""), video("video/VP9", 2, ""), video("video/H264", 3, "42001f"),
        video("video/H264", 4, "42e01f"), video("video/VP8", 5, ""),
        {"mimeType": "audio/PCMA", "clockRate": 8000, "preferredPayloadType": 8},
        {"mimeType": "audio/opus", "clockRate": 48000, "channels": 2, "preferredPayloadType": 9},
    ]});
    let negotiated = negotiate(&router);
    let order: Vec<u8> = negotiated
        .codecs(Kind::Video)
        .iter()
        .map(|it| it.payload_type)
        .collect();
    assert_eq!(order, [5, 4, 3, 2, 1]);
    assert_eq!(
        negotiated
            .codec_for_sending(Kind::Audio, None)
            .unwrap()
            .codec,
        Codec::Opus
    );
    let own = Capabilities::of(&[Codec::H264, Codec::Vp8])
        .negotiate(&router)
        .unwrap();
    assert_eq!(
        own.codec_for_sending(Kind::Video, None)
            .unwrap()
            .payload_type,
        4
    );
    assert!(own.codecs(Kind::Audio).is_empty());
}

#[test]
fn a_codec_that_cannot_be_sent_is_named_with_those_that_can() {
    let negotiated = negotiated();
    let vp8 = negotiated.codec_for_sending(Kind::Video, None).unwrap();
    assert_eq!(vp8.codec, Codec::Vp8);
    let h264 = negotiated
        .codec_for_sending(Kind::Video, Some(Codec::H264))
        .unwrap();
    assert_eq!(h264.payload_type, 103);

    let error = negotiated
        .codec_for_sending(Kind::Video, Some(Codec::Vp9))
        .unwrap_err();
    assert_eq!(error.status(), Status::Unsupported);
    assert_eq!(error.service_code(), Some(3045));
    assert!(error.message().contains("VP9"), "{error}");
    assert!(error.remedy().contains("VP8, H264"), "{error}");

    let error = negotiated
        .codec_for_sending(Kind::Video, Some(Codec::Opus))
        .unwrap_err();
    assert_eq!(error.status(), Status::InvalidArgument);

    let nothing = negotiate(&json!({"codecs": []}));
    let error = nothing.codec_for_sending(Kind::Audio, None).unwrap_err();
    assert!(error.message().contains("no audio codec"), "{error}");
}

#[test]
fn codecs_have_the_numbers_of_audio_codecs_and_their_mime_types() {
    for codec in Codec::ALL {
        assert_eq!(Codec::from_mime_type(&codec.mime_type()), Some(*codec));
    }
    for audio in crate::meeting::AudioCodec::ALL {
        let codec = Codec::from_number(*audio as i32).unwrap();
        assert!(codec.name().eq_ignore_ascii_case(audio.name()));
    }
    assert_eq!(Codec::from_mime_type("AUDIO/VP8"), None);
    assert_eq!(Codec::from_mime_type("VP8"), None);
}

#[test]
fn extensions_that_cannot_be_had_are_left_out() {
    let uri = "urn:ietf:params:rtp-hdrext:sdes:mid";
    for (extension, is_taken) in [
        (json!({"uri": uri, "preferredId": 14}), true),
        (json!({"uri": uri, "preferredId": 15}), false),
        (
            json!({"uri": uri, "preferredId": 1, "preferredEncrypt": true}),
            false,
        ),
        (json!({"uri": "urn:other", "preferredId": "?"}), false),
        (
            json!({"uri": uri, "preferredId": 1, "direction": "inactive"}),
            false,
        ),
    ] {
        let router = json!({"codecs": [], "headerExtensions": [extension.clone()]});
        assert_eq!(
            !negotiate(&router).extension_map().is_empty(),
            is_taken,
            "{extension}"
        );
    }
}

#[test]
fn wrong_capabilities_say_where_they_are_wrong() {
    let router = router();
    let many = vec![router["codecs"][0].clone(); 65];
    for (wrong, words) in [
        (json!(null), "`routerRtpCapabilities.codecs` is missing"),
        (
            json!({"codecs": {}}),
            "`routerRtpCapabilities.codecs` is not an array",
        ),
        (json!({"codecs": many}), "at most 64"),
        (
            json!({"codecs": [7]}),
            "`routerRtpCapabilities.codecs[0].mimeType` is missing",
        ),
        (
            changed(&router, "/codecs/1/preferredPayloadType", json!(100)),
            "codecs[1].preferredPayloadType` is that of another",
        ),
        (
            changed(&router, "/codecs/2/preferredPayloadType", json!(128)),
            "codecs[2].preferredPayloadType` is not a whole number from 0 to 127: 128",
        ),
        (
            changed(&router, "/codecs/0/clockRate", json!("48k")),
            "codecs[0].clockRate` is not a whole number",
        ),
        (
            changed(&router, "/codecs/0/clockRate", json!(null)),
            "codecs[0].clockRate` is missing",
        ),
        (
            changed(&router, "/codecs/2/parameters/apt", json!(-1)),
            "codecs[2].parameters.apt` is not",
        ),
        (
            changed(&router, "/codecs/1/rtcpFeedback", json!("nack")),
            "codecs[1].rtcpFeedback` is not an array",
        ),
        (
            changed(&router, "/headerExtensions/0/preferredId", json!(0)),
            "headerExtensions[0].preferredId` is not a whole number from 1 to 255",
        ),
        (
            changed(&router, "/headerExtensions/1/preferredId", json!(9)),
            "headerExtensions[1]` has an id that contradicts",
        ),
        (
            changed(&router, "/headerExtensions/2/preferredId", json!(1)),
            "headerExtensions[2]` has an id that contradicts",
        ),
        (
            changed(&router, "/headerExtensions/0/direction", json!("up")),
            "headerExtensions[0].direction` is not a direction: `up`",
        ),
    ] {
        let error = Capabilities::default().negotiate(&wrong).unwrap_err();
        assert_eq!(error.status(), Status::InvalidResponse);
        assert!(error.message().contains(words), "{error}\nlacks {words}");
    }
}
