//! Signalling that goes wrong on purpose.

use std::time::{Duration, Instant};

use devserver::{Server, SignalingFault, SignalingFaultKind, SocketAction};
use serde_json::{Value, json};

use crate::client::{send, start, wait_until};
use crate::participant::{Participant, joining, room};

fn admin(server: &Server, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let reply = send(server, method, path, &[], &body.to_string());
    (reply.status, reply.json())
}

#[test]
fn a_refused_method_has_the_number_and_the_text_of_the_fault() {
    let server = start();
    let fault = json!({"method": "join", "kind": "refuse", "code": 4009, "reason": "Full"});
    let (status, active) = admin(&server, "POST", "/admin/faults", &fault);
    assert_eq!((status, &active["remaining"]), (201, &json!(1)));
    let mut ann = Participant::connect(&server, &room(&server), "ann");
    let refused = ann.request("join", joining("ann"));
    assert_eq!(refused, Err((4009, "Full".to_owned())));
    // Once, and it was not carried out.
    ann.request("join", joining("ann")).unwrap();
    let (_, list) = admin(&server, "GET", "/admin/faults", &Value::Null);
    assert_eq!(list["signalingFaults"][0]["applied"], 1);
    assert_eq!(list["signalingFaults"][0]["remaining"], 0);
    assert_eq!(server.stats().faults_applied, 1);
    let (_, cleared) = admin(&server, "DELETE", "/admin/faults", &Value::Null);
    assert_eq!(cleared["cleared"], 1);
}

#[test]
fn every_step_of_joining_can_break_off() {
    let server = start();
    let room_id = room(&server);
    let steps = [
        ("requestEntry", json!({"name": "ann"})),
        ("getRouterRtpCapabilities", json!({})),
        ("createWebRtcTransport", json!({"producing": true})),
        ("join", joining("ann")),
    ];
    let mut host = Participant::join(&server, &room_id, "host");
    for kind in [
        SignalingFaultKind::Cut,
        SignalingFaultKind::Reset,
        SignalingFaultKind::CutAfterwards,
    ] {
        for (at, (method, _)) in steps.iter().enumerate() {
            let fault = SignalingFault::new(method, kind);
            server.faults().add_signaling(fault).unwrap();
            let mut ann = Participant::connect(&server, &room_id, "ann");
            for (method, data) in &steps[..at] {
                ann.request(method, data.clone()).unwrap();
            }
            let id = ann.send(method, steps[at].1.clone());
            assert_eq!(ann.closing(), None, "{method}: no orderly end");
            let answered = |frame: &Value| frame["response"] == true && frame["id"] == id;
            assert!(!ann.received.iter().any(answered), "{method} was answered");
            // Only a join that was carried out is seen by the others.
            if *method == "join" && kind == SignalingFaultKind::CutAfterwards {
                assert_eq!(host.notification("newPeer")["id"], "ann");
                let gone = host.notification("peerClosed");
                assert_eq!(gone["reason"]["code"], 1001);
            }
        }
    }
    assert_eq!(host.settled(), Vec::<Value>::new());
    wait_until("the connections have ended", || {
        server.stats().signaling_open == 1
    });
}

#[test]
fn a_method_is_answered_late_or_never() {
    let server = start();
    let mut ann = Participant::join(&server, &room(&server), "ann");
    let faults = server.faults();
    let key = json!({"key": "a"});
    faults
        .add_signaling(SignalingFault::delay("realtimeStoreGet", 100))
        .unwrap();
    let begin = Instant::now();
    ann.request("realtimeStoreGet", key.clone()).unwrap();
    assert!(begin.elapsed() >= Duration::from_millis(100));

    let ignore = SignalingFault::new("realtimeStoreGet", SignalingFaultKind::Ignore);
    faults.add_signaling(ignore.times(2)).unwrap();
    for _ in 0..2 {
        let id = ann.send("realtimeStoreGet", key.clone());
        let answer = |frame: &Value| frame["id"] == id && frame["response"] == true;
        assert!(!ann.settled().iter().any(answer));
    }
    ann.request("realtimeStoreGet", key).unwrap();
}

#[test]
fn all_connections_end_at_once() {
    let server = start();
    for kind in ["cut", "reset"] {
        let mut all: Vec<Participant> = (0..3)
            .map(|index| Participant::join(&server, &room(&server), &format!("p{index}")))
            .collect();
        all.push(Participant::connect(&server, &room(&server), "outside"));
        assert_eq!(server.stats().participants, 3);
        // A connection counts once the reply that opens it has gone out.
        wait_until("all are counted", || server.stats().signaling_open == 4);
        let reply = admin(&server, "POST", "/admin/sockets", &json!({"kind": kind}));
        assert_eq!(reply, (200, json!({"sockets": 4})));
        for mut one in all {
            assert_eq!(one.closing(), None);
        }
        wait_until("nobody is left", || {
            let stats = server.stats();
            (stats.participants, stats.signaling_open) == (0, 0)
        });
        assert_eq!(server.stats().signaling_peak, 4);
    }
}

#[test]
fn every_client_gets_a_message_frame_or_not() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    let unknown = r#"{"notification":true,"method":"newThing","data":{"a":1}}"#;
    let reply = admin(
        &server,
        "POST",
        "/admin/sockets",
        &json!({"kind": "send", "text": unknown}),
    );
    assert_eq!(reply.1["sockets"], 1);
    assert_eq!(ann.notification("newThing"), json!({"a": 1}));
    let malformed = SocketAction::Send {
        text: "{".to_owned(),
    };
    assert_eq!(server.act_on_sockets(&malformed), 1);
    let message = ann.socket.read().unwrap();
    assert!(message.is_text());
    assert_eq!(message.to_text().unwrap(), "{");
    let binary = json!({"kind": "sendBinary", "text": "{}"});
    let reply = admin(&server, "POST", "/admin/sockets", &binary);
    assert_eq!(reply.1["sockets"], 1);
    let message = ann.socket.read().unwrap();
    assert!(message.is_binary());
    assert_eq!(message.into_data(), "{}");
    ann.request("realtimeStoreGet", json!({"key": "a"}))
        .unwrap();
}

#[test]
fn messages_are_counted_in_both_directions() {
    let server = start();
    let mut ann = Participant::join(&server, &room(&server), "ann");
    let before = server.stats();
    for _ in 0..5 {
        ann.request("realtimeStoreGet", json!({"key": "a"}))
            .unwrap();
    }
    let counted = |after: &devserver::Stats| {
        (
            after.signaling_messages_received - before.signaling_messages_received,
            after.signaling_messages_sent - before.signaling_messages_sent,
        )
    };
    wait_until("all are counted", || counted(&server.stats()) == (5, 5));
}

#[test]
fn a_fault_that_would_do_nothing_is_refused() {
    let server = start();
    for (fault, word) in [
        (json!({"method": "join", "kind": "delay"}), "latencyMs"),
        (json!({"method": "", "kind": "cut"}), "method"),
        (
            json!({"method": "join", "kind": "cut", "times": 0}),
            "times",
        ),
        (json!({"method": "join", "kind": "cut", "code": 1}), "code"),
        (
            json!({"method": "join", "kind": "cut", "reason": ""}),
            "reason",
        ),
        (json!({"method": "join", "kind": "explode"}), "explode"),
        (json!({"method": "join"}), "kind"),
        (json!({"method": "join", "kind": "cut", "more": 1}), "more"),
    ] {
        let (status, reply) = admin(&server, "POST", "/admin/faults", &fault);
        let text = reply["error"].as_str().unwrap();
        assert!(status == 400 && text.contains(word), "{fault}: {text}");
    }
    let (status, _) = admin(&server, "POST", "/admin/sockets", &json!({"kind": "x"}));
    assert_eq!(status, 400);
    let page = [("Origin", "http://127.0.0.1:1")];
    let reply = send(
        &server,
        "POST",
        "/admin/sockets",
        &page,
        r#"{"kind":"cut"}"#,
    );
    assert_eq!(reply.status, 403);
}
