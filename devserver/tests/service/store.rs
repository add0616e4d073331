//! The realtime store, and what agents tell.

use serde_json::{Value, json};

use crate::client::{encoded, start};
use crate::participant::{Participant, joining, room};

#[test]
fn values_are_set_read_observed_and_taken_away() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    let mut bob = Participant::join(&server, &room_id, "bob");
    let key = json!({"key": "slide"});
    let read = ann.request("realtimeStoreGet", key.clone()).unwrap();
    assert_eq!(read, json!({"status": "ok", "value": null}));
    bob.request("realtimeStoreObserve", key.clone()).unwrap();
    for value in [json!("7"), json!("8"), Value::Null] {
        ann.request("realtimeStoreSet", json!({"key": "slide", "value": value}))
            .unwrap();
        assert_eq!(
            bob.notification("realtimeStoreValueChanged"),
            json!({"key": "slide", "value": value, "updatedBy": "ann"})
        );
        let read = bob.request("realtimeStoreGet", key.clone()).unwrap();
        assert_eq!(read["value"], value);
    }
    bob.request("realtimeStoreStopObserve", key).unwrap();
    for key in ["slide", "other"] {
        ann.request("realtimeStoreSet", json!({"key": key, "value": "9"}))
            .unwrap();
    }
    let changed = |frame: &Value| frame["method"] == "realtimeStoreValueChanged";
    assert!(!bob.settled().iter().any(changed));
    assert!(!ann.settled().iter().any(changed));
}

#[test]
fn keys_and_values_have_limits() {
    let server = start();
    let mut ann = Participant::join(&server, &room(&server), "ann");
    let long = "x".repeat(1025);
    for (method, data, code) in [
        ("realtimeStoreSet", json!({"key": "a", "value": long}), 4045),
        ("realtimeStoreSet", json!({"key": "a", "value": 1}), 4045),
        ("realtimeStoreSet", json!({"key": "", "value": "x"}), 4045),
        ("realtimeStoreGet", json!({}), 4046),
        ("realtimeStoreObserve", json!({"key": long}), 4085),
        ("realtimeStoreStopObserve", json!({"key": 1}), 4086),
    ] {
        assert_eq!(ann.request(method, data).unwrap_err().0, code, "{method}");
    }
    let most = json!({"key": "a", "value": "x".repeat(1024)});
    ann.request("realtimeStoreSet", most).unwrap();
}

#[test]
fn what_an_agent_tells_is_passed_on() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    let query = format!(
        "roomId={}&peerId=bot&secret={}&mode=SEND_AND_RECV&peerType=agent",
        encoded(&room_id),
        server.token()
    );
    let mut agent = Participant::over(Participant::open(&server, &query).unwrap(), "bot");
    agent.request("join", joining("bot")).unwrap();
    assert_eq!(ann.notification("newPeer")["isAgent"], true);

    let state = json!({"state": "thinking"});
    agent.request("agentStateChanged", state.clone()).unwrap();
    let told = ann.notification("agentStateChanged");
    assert_eq!(told, json!({"peerId": "bot", "state": "thinking"}));
    let transcript = json!({"text": "hello", "peerId": "ann", "timestamp": "1", "type": "final"});
    agent
        .request("agentTranscript", transcript.clone())
        .unwrap();
    assert_eq!(ann.notification("agentTranscript"), transcript);
    agent.request("agentMetrics", json!({"ttft": 0.2})).unwrap();
    let told = ann.notification("agentMetrics");
    assert_eq!(told, json!({"peerId": "bot", "ttft": 0.2}));

    assert_eq!(ann.request("agentStateChanged", state).unwrap_err().0, 4025);
    let unknown = json!({"state": "asleep"});
    let refused = agent.request("agentStateChanged", unknown);
    assert_eq!(refused.unwrap_err().0, 400);
}
