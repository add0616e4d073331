//! Recording and its like: their states, told to everybody.

use serde_json::{Value, json};

use crate::client::start;
use crate::participant::{Participant, room};

/// What has been told of services, as method and status.
fn told(participant: &mut Participant) -> Vec<(String, Value)> {
    let frames = participant.settled();
    let notifications = frames.iter().filter(|frame| frame["notification"] == true);
    notifications
        .map(|frame| {
            let method = frame["method"].as_str().unwrap().to_owned();
            (method, frame["data"]["status"].clone())
        })
        .filter(|(method, _)| method != "newPeer")
        .collect()
}

fn expected(list: &[(&str, Option<&str>)]) -> Vec<(String, Value)> {
    let one = |(method, status): &(&str, Option<&str>)| ((*method).to_owned(), json!(status));
    list.iter().map(one).collect()
}

#[test]
fn each_service_starts_and_stops_with_all_its_states() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    let mut bob = Participant::join(&server, &room_id, "bob");
    ann.settled();
    bob.settled();
    for (name, notifications, prefix, own, codes) in [
        ("Recording", "recording", "RECORDING", true, (4011, 4012)),
        ("Livestream", "livestream", "LIVESTREAM", true, (4013, 4014)),
        ("Hls", "hls", "HLS", true, (4016, 4017)),
        (
            "Transcription",
            "transcription",
            "TRANSCRIPTION",
            false,
            (4031, 4032),
        ),
        (
            "Translation",
            "translation",
            "TRANSLATION",
            false,
            (4042, 4043),
        ),
    ] {
        let (start, stop) = (format!("start{name}"), format!("stop{name}"));
        let options = json!({
            "config": {"layout": {"type": "GRID"}},
            "outputs": [{"url": "rtmp://127.0.0.1/x", "streamKey": "key"}],
        });
        let changed = format!("{notifications}StateChanged");
        let states = |first: &str, second: &str| {
            [first, second].map(|state| (changed.clone(), json!(format!("{prefix}_{state}"))))
        };
        let (started, stopped) = (
            format!("{notifications}Started"),
            format!("{notifications}Stopped"),
        );

        assert_eq!(ann.request(&stop, json!({})).unwrap_err().0, codes.1);
        ann.request(&start, options.clone()).unwrap();
        let mut on = states("STARTING", "STARTED").to_vec();
        if own {
            on.push((started, Value::Null));
        }
        if name == "Hls" {
            on.push(("hlsPlayableStateChanged".to_owned(), Value::Null));
        }
        assert_eq!(bob.request(&start, options).unwrap_err().0, codes.0);
        assert_eq!(told(&mut ann), on);
        assert_eq!(told(&mut bob), on);

        // Who did not start it may stop it. The Python client sends null.
        bob.request(&stop, Value::Null).unwrap();
        let mut off = states("STOPPING", "STOPPED").to_vec();
        if own {
            off.push((stopped, Value::Null));
        }
        assert_eq!(told(&mut ann), off);
        assert_eq!(told(&mut bob), off);
    }
}

#[test]
fn hls_says_where_it_can_be_seen_and_transcription_which_it_is() {
    let server = start();
    let mut ann = Participant::join(&server, &room(&server), "ann");
    ann.request("startHls", json!({})).unwrap();
    let starting = ann.notification("hlsStateChanged");
    assert_eq!(starting, json!({"status": "HLS_STARTING"}));
    let started = ann.notification("hlsStateChanged");
    assert_eq!(started["status"], "HLS_STARTED");
    let playable = ann.notification("hlsPlayableStateChanged");
    assert_eq!(playable["isPlayable"], true);
    for name in ["downstreamUrl", "playbackHlsUrl", "livestreamUrl"] {
        assert!(started[name].as_str().unwrap().contains(".invalid/"));
        assert_eq!(playable[name], started[name]);
    }
    let address = ann.notification("hlsStarted");
    assert_eq!(address, json!({"downstreamUrl": started["downstreamUrl"]}));

    ann.request("startTranscription", json!({"config": {}}))
        .unwrap();
    ann.request("stopTranscription", json!({})).unwrap();
    let first = ann.notification("transcriptionStateChanged");
    assert_eq!(first["id"].as_str().unwrap().len(), 24);
    for _ in 0..3 {
        let next = ann.notification("transcriptionStateChanged");
        assert_eq!(next["id"], first["id"]);
    }
}

#[test]
fn a_whiteboard_has_an_address() {
    let server = start();
    let mut ann = Participant::join(&server, &room(&server), "ann");
    ann.request("startWhiteboard", json!({"version": "v2"}))
        .unwrap();
    let url = ann.notification("whiteboardStarted")["url"].clone();
    assert!(url.as_str().unwrap().starts_with("https://"));
    let again = ann.request("startWhiteboard", json!({"version": "v2"}));
    assert_eq!(again.unwrap_err().0, 4054);
    ann.request("stopWhiteboard", json!({})).unwrap();
    assert_eq!(ann.notification("whiteboardStopped"), json!({}));
    let again = ann.request("stopWhiteboard", json!({}));
    assert_eq!(again.unwrap_err().0, 4055);
}

#[test]
fn a_newcomer_hears_of_what_runs_and_a_new_session_has_nothing_running() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    ann.request("startRecording", json!({})).unwrap();
    let mut bob = Participant::join(&server, &room_id, "bob");
    assert_eq!(
        told(&mut bob),
        expected(&[
            ("recordingStateChanged", Some("RECORDING_STARTED")),
            ("recordingStarted", None)
        ])
    );
    ann.request("closeRoom", json!({})).unwrap();
    assert_eq!(bob.closing(), Some(1000));
    let mut ann = Participant::join(&server, &room_id, "ann");
    assert_eq!(told(&mut ann), expected(&[]));
}

#[test]
fn what_a_service_cannot_start_with_is_refused() {
    let server = start();
    let mut ann = Participant::join(&server, &room(&server), "ann");
    let refused = ann.request("startRecording", json!({"config": "GRID"}));
    assert_eq!(refused.unwrap_err().0, 4011);
    for outputs in [
        json!(null),
        json!([]),
        json!([{"url": "rtmp://127.0.0.1/x"}]),
    ] {
        let refused = ann.request("startLivestream", json!({"outputs": outputs}));
        assert_eq!(refused.unwrap_err().0, 4015, "{outputs}");
    }
}

#[test]
fn a_language_changes_while_the_translation_runs() {
    let server = start();
    let mut ann = Participant::join(&server, &room(&server), "ann");
    let french = json!({"language": "fr"});
    let refused = ann.request("changeTranslationLanguage", french.clone());
    assert_eq!(refused.unwrap_err().0, 4044);
    ann.request("startTranslation", json!({"config": {}}))
        .unwrap();
    ann.request("changeTranslationLanguage", french).unwrap();
    assert_eq!(
        ann.notification("translationLanguageChanged"),
        json!({"peerId": "ann", "language": "fr"})
    );
}
