//! Asking another meeting to take one's media.

use serde_json::{Value, json};

use crate::client::{claims, start};
use crate::participant::{Participant, joining, room};

fn ask(room_id: &str) -> Value {
    json!({"meetingId": room_id, "secret": null, "kinds": ["audio", "share_audio"]})
}

fn answer(decision: &str, room_id: &str) -> Value {
    json!({
        "decision": decision, "decidedBy": "somebody else", "peerId": "ann", "meetingId": room_id,
    })
}

#[cfg(not(feature = "sfu"))]
#[test]
fn a_wish_is_answered_once_and_says_that_nothing_can_be_relayed() {
    let server = start();
    let (first, second) = (room(&server), room(&server));
    let mut ann = Participant::join(&server, &first, "ann");
    let mut amy = Participant::join(&server, &first, "amy");
    let mut bob = Participant::join(&server, &second, "bob");
    let mut eve = Participant::join(&server, &second, "eve");
    for decision in ["rejected", "accepted"] {
        let reply = ann.request("mediaRelayRequestSent", ask(&second));
        assert_eq!(reply, Ok(json!({})));
        let told = json!({"peerId": "ann", "meetingId": first, "displayName": "ann"});
        for one in [&mut bob, &mut eve] {
            assert_eq!(one.notification("mediaRelayRequestReceived"), told);
        }
        let answer = answer(decision, &first);
        let reply = eve.request("respondToMediaRelayRequest", answer.clone());
        assert_eq!(reply, Ok(json!({})));
        let late = bob.request("respondToMediaRelayRequest", answer);
        assert_eq!(late.unwrap_err().0, 4084);
        for one in [&mut ann, &mut amy] {
            assert_eq!(
                one.notification("mediaRelayRequestResponse"),
                json!({"decision": decision, "decidedBy": "eve", "meetingId": second})
            );
            let frames = one.settled();
            let errors: Vec<&Value> = frames
                .iter()
                .filter(|frame| frame["method"] == "mediaRelayError")
                .map(|frame| &frame["data"])
                .collect();
            if decision == "rejected" {
                assert_eq!(errors, Vec::<&Value>::new());
                continue;
            }
            assert_eq!(errors.len(), 1);
            assert_eq!(errors[0]["meetingId"], json!(second));
            let reason = errors[0]["reason"].as_str().unwrap();
            assert!(reason.contains("forwards no media"), "{reason}");
            let started = |frame: &Value| frame["method"] == "mediaRelayStarted";
            assert!(!frames.iter().any(started));
        }
    }
}

#[test]
fn a_wish_can_be_taken_back_until_it_is_answered() {
    let server = start();
    let (first, second) = (room(&server), room(&server));
    let mut ann = Participant::join(&server, &first, "ann");
    let mut amy = Participant::join(&server, &first, "amy");
    let mut bob = Participant::join(&server, &second, "bob");
    ann.request("mediaRelayRequestSent", ask(&second)).unwrap();
    let stop = json!({"meetingId": second});
    // Of somebody else.
    let refused = amy.request("mediaRelayRequestStop", stop.clone());
    assert_eq!(refused.unwrap_err().0, 4079);
    let reply = ann.request("mediaRelayRequestStop", stop.clone());
    assert_eq!(reply, Ok(json!({})));
    let refused = ann.request("mediaRelayRequestStop", stop);
    assert_eq!(refused.unwrap_err().0, 4079);
    let late = bob.request("respondToMediaRelayRequest", answer("accepted", &first));
    assert_eq!(late.unwrap_err().0, 4084);
    for method in ["enableRelayMedia", "disableRelayMedia"] {
        let change = json!({"meetingId": second, "kind": "audio"});
        let (code, reason) = ann.request(method, change).unwrap_err();
        assert_eq!(code, 404);
        let why = reason.contains("forwards no media");
        assert_eq!(why, !cfg!(feature = "sfu"), "{reason}");
    }
}

#[test]
fn the_answer_comes_too_late_for_somebody_who_is_gone() {
    let server = start();
    let (first, second) = (room(&server), room(&server));
    let mut ann = Participant::join(&server, &first, "ann");
    let mut amy = Participant::join(&server, &first, "amy");
    let mut bob = Participant::join(&server, &second, "bob");
    ann.request("mediaRelayRequestSent", ask(&second)).unwrap();
    ann.leave();
    amy.notification("peerClosed");
    let late = bob.request("respondToMediaRelayRequest", answer("accepted", &first));
    let (code, reason) = late.unwrap_err();
    assert_eq!(code, 4084);
    assert!(reason.contains("is gone"), "{reason}");
    let responses = |frame: &Value| frame["method"] == "mediaRelayRequestResponse";
    assert!(!amy.settled().iter().any(responses));
}

#[test]
fn a_wish_needs_a_token_for_the_other_meeting_and_somebody_there() {
    let server = start();
    let (first, second, empty) = (room(&server), room(&server), room(&server));
    let mut bob = Participant::join(&server, &second, "bob");
    let token = server.mint(&claims(&server, json!({"version": 2, "roomId": first})));
    let mut ann = Participant::try_connect(&server, &first, "ann", &token).unwrap();
    ann.request("join", joining("ann")).unwrap();
    let mut with = |room_id: &str, secret: Value, kinds: Value| {
        let wish = json!({"meetingId": room_id, "secret": secret, "kinds": kinds});
        let reply = ann.request("mediaRelayRequestSent", wish);
        reply.map_err(|(code, _)| code)
    };
    let good = json!(server.token());
    assert_eq!(with(&second, Value::Null, Value::Null), Err(4022));
    assert_eq!(with(&second, json!(token), Value::Null), Err(4022));
    assert_eq!(with(&second, json!("x"), Value::Null), Err(4002));
    assert_eq!(with("none", good.clone(), Value::Null), Err(4003));
    assert_eq!(with(&empty, good.clone(), Value::Null), Err(4078));
    assert_eq!(with(&first, good.clone(), Value::Null), Err(4078));
    assert_eq!(with(&second, good.clone(), json!(["smell"])), Err(4078));
    assert_eq!(with(&second, good.clone(), json!("audio")), Err(4078));
    let asked = |frame: &Value| frame["method"] == "mediaRelayRequestReceived";
    assert!(!bob.settled().iter().any(asked));
    assert_eq!(with(&second, good, Value::Null), Ok(json!({})));
    assert!(bob.settled().iter().any(asked));
    let odd = bob.request("respondToMediaRelayRequest", answer("perhaps", &first));
    assert_eq!(odd.unwrap_err().0, 4084);
}
