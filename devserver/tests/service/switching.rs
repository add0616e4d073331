//! From one meeting to another on the same connection.

use devserver::Server;
use serde_json::{Value, json};

use crate::client::{claims, start};
use crate::participant::{Participant, joining, room, rtp_parameters};

fn switch(server: &Server, room_id: &str) -> Value {
    json!({"meetingId": room_id, "participantId": "ann", "secret": server.token()})
}

#[test]
fn a_participant_leaves_one_meeting_and_joins_the_other() {
    let server = start();
    let (first, second) = (room(&server), room(&server));
    let mut bob = Participant::join(&server, &first, "bob");
    let mut eve = Participant::join(&server, &second, "eve");
    let mut ann = Participant::join(&server, &first, "ann");
    bob.notification("newPeer");
    ann.request("pubsubSubscribe", json!({"topic": "CHAT"}))
        .unwrap();

    ann.request("switchToMeeting", switch(&server, &second))
        .unwrap();
    let decision = ann.notification("entryResponded");
    assert_eq!(decision["decision"], "allowed");
    assert_eq!(decision["switchingRoomId"], json!(second));
    let reason = json!({"code": 1005, "message": "SWITCH_ROOM"});
    assert_eq!(
        bob.notification("peerClosed"),
        json!({"peerId": "ann", "reason": reason})
    );
    ann.received.clear();
    let mut join = joining("ann");
    join["switchingRoom"] = json!(true);
    let reply = ann.request("join", join).unwrap();
    assert_eq!(reply["peers"][0]["id"], "eve");
    assert_eq!(eve.notification("newPeer")["id"], "ann");

    // What happens in the first meeting is no longer heard, and neither are its topics.
    let message = json!({"topic": "CHAT", "message": "x", "options": {}, "payload": null});
    for one in [&mut bob, &mut eve] {
        one.request("pubsubPublish", message.clone()).unwrap();
    }
    let published = |frame: &Value| frame["method"] == "pubsubMessage";
    assert!(!ann.settled().iter().any(published));
    ann.leave();
    assert_eq!(eve.notification("peerClosed")["peerId"], "ann");
}

#[test]
fn what_a_participant_sends_comes_along() {
    let server = start();
    let (first, second) = (room(&server), room(&server));
    let mut eve = Participant::join(&server, &second, "eve");
    let mut ann = Participant::join(&server, &first, "ann");
    let transport = ann
        .request("createWebRtcTransport", json!({"producing": true}))
        .unwrap();
    let produce = json!({
        "transportId": transport["id"], "kind": "video", "appData": {},
        "rtpParameters": rtp_parameters("video", 1),
    });
    let producer = ann.request("produce", produce).unwrap();
    ann.request("switchToMeeting", switch(&server, &second))
        .unwrap();
    ann.request("join", joining("ann")).unwrap();
    assert_eq!(
        eve.notification("participantMediaStateChanged"),
        json!({"peerId": "ann", "kind": "video", "newState": true})
    );
    ann.request("closeProducer", json!({"producerId": producer["id"]}))
        .unwrap();
    let state = eve.notification("participantMediaStateChanged");
    assert_eq!(state["newState"], false);
}

#[test]
fn who_has_to_ask_in_the_other_meeting_waits_for_its_host() {
    let server = start();
    let (first, second) = (room(&server), room(&server));
    let mut host = Participant::join(&server, &second, "host");
    let mut ann = Participant::join(&server, &first, "ann");
    let mut wish = switch(&server, &second);
    wish["secret"] = json!(server.mint(&claims(&server, json!({"permissions": ["ask_join"]}))));
    ann.request("switchToMeeting", wish).unwrap();
    assert_eq!(
        host.notification("entryRequested"),
        json!({"id": "ann", "name": "ann"})
    );
    let answer = json!({"id": "ann", "decision": "allowed"});
    host.request("respondEntry", answer).unwrap();
    let decision = ann.notification("entryResponded");
    assert_eq!(decision["switchingRoomId"], json!(second));
    ann.request("join", joining("ann")).unwrap();
    assert_eq!(host.notification("newPeer")["id"], "ann");
}

#[test]
fn a_refused_switch_changes_nothing() {
    let server = start();
    let (first, second) = (room(&server), room(&server));
    let mut bob = Participant::join(&server, &first, "bob");
    let mut ann = Participant::join(&server, &first, "ann");
    bob.notification("newPeer");
    let with = |name: &str, value: Value| {
        let mut wish = switch(&server, &second);
        wish[name] = value;
        wish
    };
    let elsewhere = server.mint(&claims(
        &server,
        json!({"version": 2, "roles": ["rtc"], "roomId": first}),
    ));
    for (wish, code) in [
        (with("meetingId", json!(first)), 4076),
        (with("meetingId", json!("none-such-room")), 4003),
        (with("participantId", json!("bob")), 4076),
        (with("mode", json!("LOUD")), 4076),
        (with("secret", Value::Null), 4002),
        (with("secret", json!(elsewhere)), 4022),
    ] {
        let refused = ann.request("switchToMeeting", wish.clone());
        assert_eq!(refused.unwrap_err().0, code, "{wish}");
    }
    assert_eq!(bob.settled(), Vec::<Value>::new());
    ann.request("removePeer", json!({"peerId": "bob"})).unwrap();
}

#[test]
fn a_participant_is_asked_to_switch() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    let mut bob = Participant::join(&server, &room_id, "bob");
    let mut wish =
        json!({"peerId": "bob", "roomId": "abcd-efgh-ijkl", "token": "t", "payload": "come"});
    ann.request("switchPeerRoom", wish.clone()).unwrap();
    let expected =
        json!({"peerId": "ann", "roomId": "abcd-efgh-ijkl", "token": "t", "payload": "come"});
    assert_eq!(bob.asked("switchRoom"), expected);
    wish["peerId"] = json!("nobody");
    assert_eq!(ann.request("switchPeerRoom", wish).unwrap_err().0, 4077);
}
