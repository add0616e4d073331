use serde_json::{Value, json};

use super::{captured, changed, negotiated, sorted};
use crate::Status;
use crate::media::negotiation::{
    AudioProfile, AudioSettings, BitrateMode, Codec, Encoding, Kind, OpusOptions,
    ProducerParameters, camera_app_data, camera_layers, screen_share_layers,
};

const CAMERA: (u32, u32) = (1280, 720);

fn parameters(
    kind: Kind,
    codec: Option<Codec>,
    cname: &str,
    encodings: &[Encoding],
    opus: Option<OpusOptions>,
) -> Value {
    let negotiated = negotiated();
    let parameters = ProducerParameters {
        mid: "1",
        codec: negotiated.codec_for_sending(kind, codec).unwrap(),
        cname,
        encodings,
        opus,
    };
    parameters.to_json(&negotiated).unwrap()
}

/// Every client numbers payload types and extensions in its own way; all else must be the same.
fn without_numbers(mut parameters: Value) -> Value {
    for codec in parameters["codecs"].as_array_mut().unwrap() {
        let codec = codec.as_object_mut().unwrap();
        assert!(codec.remove("payloadType").unwrap().is_u64());
        let feedback = codec.get_mut("rtcpFeedback").unwrap();
        *feedback = json!(sorted(feedback));
        if let Some(apt) = codec["parameters"].get_mut("apt") {
            assert!(apt.take().is_u64());
        }
    }
    let extensions = parameters["headerExtensions"].as_array_mut().unwrap();
    for extension in extensions.iter_mut() {
        assert!(extension["id"].take().is_u64());
    }
    // A picture that is upright in itself needs none; browsers turn it before they send it.
    extensions.retain(|it| it["uri"] != "urn:3gpp:video-orientation");
    parameters["headerExtensions"] = json!(sorted(&parameters["headerExtensions"]));
    parameters
}

fn camera_encodings() -> Vec<Encoding> {
    let layers = camera_layers(CAMERA, BitrateMode::Balanced, 3, true);
    Encoding::of_layers(&layers, || (1, Some(2)))
}

#[test]
fn simulcast_is_what_a_browser_sends() {
    let own = parameters(Kind::Video, None, "", &camera_encodings(), None);
    let browser = captured("/javascript/produceVideo");
    let expected = changed(&browser["rtpParameters"], "/msid", Value::Null);
    assert_eq!(without_numbers(own), without_numbers(expected));
    let layers = camera_layers(CAMERA, BitrateMode::Balanced, 3, true);
    let app_data = Value::Object(camera_app_data(&layers, CAMERA));
    assert_eq!(app_data, browser["appData"]);
}

#[test]
fn a_microphone_is_what_a_browser_sends() {
    let expected = captured("/javascript/produceAudio/rtpParameters");
    let mut expected = changed(&expected, "/msid", Value::Null);
    for key in ["active", "networkPriority"] {
        expected = changed(&expected, &format!("/encodings/0/{key}"), Value::Null);
    }
    let encoding = Encoding::single(2_995_148_403, None);
    let opus = Some(AudioProfile::SpeechStandard.settings().opus);
    let own = parameters(Kind::Audio, None, "oPYmRyHaSfj9STZG", &[encoding], opus);
    let own = changed(&own, "/mid", "0".into());
    assert_eq!(without_numbers(own), without_numbers(expected));
}

#[test]
fn a_single_layer_is_what_python_sends_with_the_feedback_and_extensions_of_a_browser() {
    let python = captured("/python/produceVideo/rtpParameters");
    let browser = captured("/javascript/produceVideo/rtpParameters");
    let encoding = Encoding::single(1_772_075_788, Some(804_007_258));
    let cname = "752c7294-1f14-45e4-afbc-efa7f545e078";
    let own = without_numbers(parameters(Kind::Video, None, cname, &[encoding], None));
    let browser = without_numbers(browser);
    assert_eq!(own["codecs"], browser["codecs"]);
    assert_eq!(own["headerExtensions"], browser["headerExtensions"]);
    assert_eq!(own["rtcp"], python["rtcp"]);
    let encodings = changed(&own["encodings"], "/0/active", Value::Null);
    assert_eq!(encodings, python["encodings"]);
}

#[test]
fn packets_have_the_numbers_of_the_room_and_only_extensions_that_are_sent() {
    let encoding = Encoding::single(1, Some(2));
    let video = parameters(Kind::Video, Some(Codec::H264), "c", &[encoding], None);
    assert_eq!(video["codecs"][0]["payloadType"], 103);
    assert_eq!(video["codecs"][1]["payloadType"], 104);
    assert_eq!(video["codecs"][1]["parameters"], json!({"apt": 103}));
    assert_eq!(
        video["codecs"][0]["parameters"],
        json!({"packetization-mode": 1, "level-asymmetry-allowed": 1, "profile-level-id": "42e01f"})
    );
    let ids = |parameters: &Value| -> Vec<u64> {
        let extensions = parameters["headerExtensions"].as_array().unwrap();
        extensions
            .iter()
            .map(|it| it["id"].as_u64().unwrap())
            .collect()
    };
    assert_eq!(ids(&video), [1, 2, 3, 4, 5, 11, 12]);
    let audio = parameters(Kind::Audio, None, "c", &[Encoding::single(1, None)], None);
    assert_eq!(ids(&audio), [1, 4, 5, 10]);
    assert_eq!(audio["codecs"][0]["channels"], 2);
    assert_eq!(video["codecs"][0].get("channels"), None);
}

#[test]
fn a_shared_screen_is_one_stream_without_a_bit_rate() {
    let layers = screen_share_layers(None, false);
    let mut encodings = Encoding::of_layers(&layers, || (7, Some(8)));
    encodings[0].dtx = true;
    let own = parameters(Kind::Video, None, "c", &encodings, None);
    assert_eq!(
        own["encodings"],
        json!([{"ssrc": 7, "rtx": {"ssrc": 8}, "active": true, "dtx": true, "maxFramerate": 30}])
    );
    let opus = OpusOptions {
        stereo: true,
        dtx: true,
        fec: true,
        packet_time: None,
    };
    let sound = parameters(
        Kind::Audio,
        None,
        "c",
        &[Encoding::single(9, None)],
        Some(opus),
    );
    assert_eq!(sound["encodings"], json!([{"ssrc": 9, "dtx": false}]));
    assert_eq!(
        sound["codecs"][0]["parameters"],
        json!({"minptime": 10, "useinbandfec": 1, "sprop-stereo": 1, "usedtx": 1})
    );
}

#[test]
fn options_of_opus_are_for_opus() {
    let opus = AudioProfile::HighQualityStereo.settings().opus;
    let own = parameters(
        Kind::Video,
        None,
        "c",
        &[Encoding::single(1, None)],
        Some(opus),
    );
    assert_eq!(own["codecs"][0]["parameters"], json!({}));
}

#[test]
fn encodings_that_cannot_be_told_apart_are_refused() {
    let negotiated = negotiated();
    let refusal = |encodings: &[Encoding]| {
        let parameters = ProducerParameters {
            mid: "0",
            codec: &negotiated.codecs(Kind::Video)[0],
            cname: "c",
            encodings,
            opus: None,
        };
        let error = parameters.to_json(&negotiated).unwrap_err();
        assert_eq!(error.status(), Status::InvalidArgument);
        error.message().to_owned()
    };
    let single = Encoding::single(1, None);
    let named = |rid: &str| Encoding {
        rid: Some(rid.to_owned()),
        ..single.clone()
    };
    assert!(refusal(&[]).contains("0 encodings"));
    assert!(refusal(&vec![single.clone(); 9]).contains("9 encodings"));
    assert!(refusal(&[named("r0"), single.clone()]).contains("encoding 1"));
    assert!(refusal(&[named("r0"), named("r1"), named("r0")]).contains("encoding 0"));
}

#[test]
fn audio_profiles_are_the_official_ones() {
    let row = |profile: AudioProfile| {
        let AudioSettings {
            max_playback_rate,
            kbps,
            is_processed,
            opus,
        } = profile.settings();
        assert!(opus.dtx && opus.fec);
        (
            profile.name(),
            max_playback_rate,
            opus.packet_time.unwrap(),
            opus.stereo,
            kbps,
            is_processed,
        )
    };
    let table: Vec<_> = AudioProfile::ALL.iter().copied().map(row).collect();
    assert_eq!(
        table,
        [
            ("speech_low_quality", 16_000, 20, false, 24, true),
            ("speech_standard", 32_000, 30, false, 24, true),
            ("music_standard", 48_000, 40, false, 32, false),
            ("standard_stereo", 48_000, 40, true, 64, false),
            ("high_quality", 48_000, 60, false, 128, false),
            ("high_quality_stereo", 48_000, 60, true, 192, false),
        ]
    );
}
