//! Being let in, being removed, and the end of a meeting.

use devserver::Server;
use serde_json::{Value, json};

use crate::client::{claims, start};
use crate::participant::{Participant, joining, room};

/// Somebody whose token has to ask.
fn asking(server: &Server, room_id: &str, id: &str) -> Participant {
    let token = server.mint(&claims(server, json!({"permissions": ["ask_join"]})));
    Participant::try_connect(server, room_id, id, &token).unwrap()
}

fn name(name: &str) -> Value {
    json!({"name": name})
}

fn answer(id: &str, decision: &str) -> Value {
    json!({"id": id, "decision": decision})
}

#[test]
fn who_may_join_is_let_in_at_once() {
    let server = start();
    let mut ann = Participant::connect(&server, &room(&server), "ann");
    ann.request("requestEntry", name("Ann")).unwrap();
    let decision = ann.notification("entryResponded");
    assert_eq!(
        (&decision["id"], &decision["peerId"]),
        (&json!("ann"), &json!("ann"))
    );
    assert_eq!(decision["decision"], "allowed");
    assert_eq!(decision["sessionId"].as_str().unwrap().len(), 24);
}

#[test]
fn who_has_to_ask_waits_until_somebody_answers() {
    let server = start();
    let room_id = room(&server);
    let mut host = Participant::join(&server, &room_id, "host");
    let mut bob = asking(&server, &room_id, "bob");
    // As the official Python client does: the join right behind the question.
    let asked = bob.send("requestEntry", name("Bob"));
    let join = bob.send("join", joining("Bob"));
    bob.answer(asked).unwrap();
    assert_eq!(
        host.notification("entryRequested"),
        json!({"id": "bob", "name": "Bob"})
    );
    assert_eq!(bob.settled(), Vec::<Value>::new());
    assert_eq!(host.settled(), Vec::<Value>::new());

    host.request("respondEntry", answer("bob", "allowed"))
        .unwrap();
    let decision = host.notification("entryResponded");
    assert_eq!(decision["decision"], "allowed");
    assert_eq!(bob.notification("entryResponded"), decision);
    assert_eq!(bob.answer(join).unwrap()["peers"][0]["id"], "host");
    assert_eq!(host.notification("newPeer")["id"], "bob");

    // Nobody waits any more.
    let refused = host.request("respondEntry", answer("bob", "allowed"));
    assert_eq!(refused.unwrap_err().0, 4059);
}

#[test]
fn who_is_denied_stays_outside_and_may_ask_again() {
    let server = start();
    let room_id = room(&server);
    let mut host = Participant::join(&server, &room_id, "host");
    let mut bob = asking(&server, &room_id, "bob");
    bob.request("requestEntry", name("Bob")).unwrap();
    let join = bob.send("join", joining("Bob"));
    host.notification("entryRequested");
    host.request("respondEntry", answer("bob", "denied"))
        .unwrap();
    assert_eq!(bob.notification("entryResponded")["decision"], "denied");
    let (code, reason) = bob.answer(join).unwrap_err();
    assert_eq!(code, 4025);
    assert!(reason.contains("denied"), "{reason}");

    bob.request("requestEntry", name("Bob, please")).unwrap();
    assert_eq!(host.notification("entryRequested")["name"], "Bob, please");
    host.request("respondEntry", answer("bob", "allowed"))
        .unwrap();
    bob.request("join", joining("Bob")).unwrap();
    assert_eq!(host.notification("newPeer")["id"], "bob");
}

#[test]
fn a_join_without_asking_is_refused() {
    let server = start();
    let mut bob = asking(&server, &room(&server), "bob");
    let (code, reason) = bob.request("join", joining("Bob")).unwrap_err();
    assert_eq!(code, 4025);
    assert!(reason.contains("requestEntry"), "{reason}");
}

#[test]
fn a_host_who_comes_later_hears_of_those_who_wait() {
    let server = start();
    let room_id = room(&server);
    let mut bob = asking(&server, &room_id, "bob");
    bob.request("requestEntry", name("Bob")).unwrap();
    let mut host = Participant::join(&server, &room_id, "host");
    assert_eq!(host.notification("entryRequested")["id"], "bob");
}

#[test]
fn only_who_may_join_lets_others_in() {
    let server = start();
    let room_id = room(&server);
    let mut host = Participant::join(&server, &room_id, "host");
    let mut bob = asking(&server, &room_id, "bob");
    bob.request("requestEntry", name("Bob")).unwrap();
    host.request("respondEntry", answer("bob", "allowed"))
        .unwrap();
    bob.request("join", joining("Bob")).unwrap();
    let mut eve = asking(&server, &room_id, "eve");
    eve.request("requestEntry", name("Eve")).unwrap();
    assert_eq!(host.notification("entryRequested")["id"], "bob");
    assert_eq!(host.notification("entryRequested")["id"], "eve");
    let refused = bob.request("respondEntry", answer("eve", "allowed"));
    assert_eq!(refused.unwrap_err().0, 4059);
    let asked = |frame: &Value| frame["method"] == "entryRequested";
    assert!(!bob.settled().iter().any(asked));
}

#[test]
fn a_removed_participant_is_told_and_so_are_the_others() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    let mut bob = Participant::join(&server, &room_id, "bob");
    let mut eve = Participant::join(&server, &room_id, "eve");
    ann.request("removePeer", json!({"peerId": "bob"})).unwrap();
    let reason = json!({"code": 1002, "message": "REMOVE_PEER"});
    assert_eq!(bob.asked("close"), json!({"reason": reason}));
    assert_eq!(bob.closing(), Some(1000));
    for other in [&mut ann, &mut eve] {
        let gone = other.notification("peerClosed");
        assert_eq!(gone, json!({"peerId": "bob", "reason": reason}));
    }
    // Its socket ended afterwards, which nobody hears of once more.
    assert!(
        !ann.settled()
            .iter()
            .any(|frame| frame["method"] == "peerClosed")
    );
    let refused = ann.request("removePeer", json!({"peerId": "bob"}));
    assert_eq!(refused.unwrap_err().0, 4066);
}

#[test]
fn closing_the_room_is_answered_and_then_ends_it_for_all() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    let mut bob = Participant::join(&server, &room_id, "bob");
    let mut waiting = asking(&server, &room_id, "waiting");
    waiting.request("requestEntry", name("Waiting")).unwrap();
    let closed = ann.send("closeRoom", json!({}));
    ann.answer(closed).unwrap();
    let reason = json!({"reason": {"code": 1006, "message": "ROOM_CLOSE"}});
    for mut one in [ann, bob, waiting] {
        assert_eq!(one.asked("close"), reason);
        assert_eq!(one.closing(), Some(1000));
        let gone = |frame: &Value| frame["method"] == "peerClosed";
        assert!(!one.received.iter().any(gone), "{:?}", one.received);
    }
    // The room itself goes on: somebody may come back, to another session.
    bob = Participant::connect(&server, &room_id, "bob");
    let reply = bob.request("join", joining("Bob")).unwrap();
    assert_eq!(reply["peers"], json!([]));
}
