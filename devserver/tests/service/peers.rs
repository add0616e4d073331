//! What participants want of each other, and what they change of themselves.

use serde_json::{Value, json};

use crate::client::{claims, start};
use crate::participant::{Participant, joining, room, rtp_parameters};

#[test]
fn a_microphone_or_webcam_is_asked_for_by_a_request_that_says_who_asks() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    let mut bob = Participant::join(&server, &room_id, "bob");
    let mut eve = Participant::join(&server, &room_id, "eve");
    for (method, request, code) in [
        ("enablePeerMic", "enableMic", 4067),
        ("disablePeerMic", "disableMic", 4068),
        ("enablePeerWebcam", "enableWebcam", 4069),
        ("disablePeerWebcam", "disableWebcam", 4070),
    ] {
        ann.request(method, json!({"peerId": "bob"})).unwrap();
        assert_eq!(bob.asked(request), json!({"peerId": "ann"}));
        let refused = ann.request(method, json!({"peerId": "nobody"}));
        assert_eq!(refused.unwrap_err().0, code);
    }
    let asked = |frame: &Value| frame["request"] == true;
    assert!(!eve.settled().iter().any(asked));
}

#[test]
fn the_microphones_of_others_take_a_moderator() {
    let server = start();
    let room_id = room(&server);
    let mut bob = Participant::join(&server, &room_id, "bob");
    let token = server.mint(&claims(&server, json!({"permissions": ["allow_join"]})));
    let mut eve = Participant::try_connect(&server, &room_id, "eve", &token).unwrap();
    eve.request("join", joining("eve")).unwrap();
    let (code, reason) = eve
        .request("disablePeerMic", json!({"peerId": "bob"}))
        .unwrap_err();
    assert_eq!(code, 4068);
    assert!(reason.contains("allow_mod"), "{reason}");
    let asked = |frame: &Value| frame["request"] == true;
    assert!(!bob.settled().iter().any(asked));
}

#[test]
fn requests_of_the_service_have_ids_of_their_own() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    let mut bob = Participant::join(&server, &room_id, "bob");
    for _ in 0..2 {
        ann.request("enablePeerMic", json!({"peerId": "bob"}))
            .unwrap();
    }
    let ids: Vec<u64> = bob
        .settled()
        .iter()
        .filter(|frame| frame["method"] == "enableMic")
        .map(|frame| frame["id"].as_u64().unwrap())
        .collect();
    assert_eq!(ids.len(), 2);
    assert_ne!(ids[0], ids[1]);
    // An answer, good or bad, is taken.
    for (id, ok) in [(ids[0], true), (ids[1], false)] {
        bob.send_text(&json!({"response": true, "id": id, "ok": ok, "data": {}}).to_string());
    }
    assert_eq!(bob.settled(), Vec::<Value>::new());
}

#[test]
fn a_pin_is_seen_by_everybody() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    let mut bob = Participant::join(&server, &room_id, "bob");
    for state in [json!({"cam": true, "share": true}), json!({"cam": false})] {
        ann.request("pinStateChanged", json!({"peerId": "bob", "state": state}))
            .unwrap();
        for one in [&mut ann, &mut bob] {
            assert_eq!(
                one.asked("pinStateChanged"),
                json!({"peerId": "bob", "state": state, "pinnedBy": "ann"})
            );
        }
    }
    for (peer_id, state, code) in [
        ("nobody", json!({"cam": true}), 4071),
        ("nobody", json!({"cam": false}), 4072),
        ("bob", json!({}), 4071),
        ("bob", json!({"cam": 1}), 4071),
    ] {
        let pin = json!({"peerId": peer_id, "state": state});
        assert_eq!(ann.request("pinStateChanged", pin).unwrap_err().0, code);
    }
}

#[test]
fn who_changes_to_a_mode_that_does_not_send_has_stopped_sending() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    let mut bob = Participant::join(&server, &room_id, "bob");
    let transport = json!({"producing": true, "consuming": false});
    let transport = ann.request("createWebRtcTransport", transport).unwrap();
    let produce = json!({
        "transportId": transport["id"], "kind": "audio", "appData": {},
        "rtpParameters": rtp_parameters("audio", 1),
    });
    ann.request("produce", produce.clone()).unwrap();
    for one in [&mut ann, &mut bob] {
        let state = one.notification("participantMediaStateChanged");
        assert_eq!(state["newState"], true);
    }
    let reply = ann.request("changeMode", json!({"mode": "RECV_ONLY"}));
    assert_eq!(reply.unwrap(), json!({"unsupportedCodecs": []}));
    for one in [&mut ann, &mut bob] {
        assert_eq!(
            one.notification("participantMediaStateChanged"),
            json!({"peerId": "ann", "kind": "audio", "newState": false})
        );
        assert_eq!(
            one.notification("peerModeChanged"),
            json!({"peerId": "ann", "mode": "RECV_ONLY"})
        );
    }
    assert_eq!(ann.request("produce", produce).unwrap_err().0, 4025);
    let refused = ann.request("changeMode", json!({"mode": "LOUD"}));
    assert_eq!(refused.unwrap_err().0, 4065);
    // A newcomer sees the mode that it is now.
    let mut eve = Participant::join(&server, &room_id, "eve");
    assert_eq!(eve.notification("newPeer")["mode"], "RECV_ONLY");
}
