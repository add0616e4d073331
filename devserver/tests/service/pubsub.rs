//! Messages under topics.

use serde_json::{Value, json};

use crate::client::start;
use crate::participant::{Participant, room};

fn publish(participant: &mut Participant, message: &str, options: Value) {
    let data =
        json!({"topic": "CHAT", "message": message, "options": options, "payload": {"n": 1}});
    let reply = participant.request("pubsubPublish", data).unwrap();
    assert_eq!(reply, json!({}));
}

fn subscribe(participant: &mut Participant) -> Vec<Value> {
    let topic = json!({"topic": "CHAT"});
    let reply = participant.request("pubsubSubscribe", topic).unwrap();
    reply["messages"].as_array().unwrap().clone()
}

fn texts(messages: &[Value]) -> Vec<&str> {
    let text = |index: usize| messages[index]["message"].as_str().unwrap();
    (0..messages.len()).map(text).collect()
}

#[test]
fn subscribers_get_each_message_once_whoever_sent_it() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    let mut bob = Participant::join(&server, &room_id, "bob");
    let mut eve = Participant::join(&server, &room_id, "eve");
    for one in [&mut ann, &mut bob] {
        assert_eq!(subscribe(one), Vec::<Value>::new());
    }
    subscribe(&mut bob);
    publish(&mut ann, "hi é😀\u{0}", json!({}));
    let message = bob.notification("pubsubMessage");
    assert_eq!(message["message"], "hi é😀\u{0}");
    assert_eq!(message["topic"], "CHAT");
    assert_eq!(message["senderId"], "ann");
    assert_eq!(message["senderName"], "ann");
    assert_eq!(message["payload"], json!({"n": 1}));
    assert!(message["timestamp"].as_str().unwrap().ends_with('Z'));
    assert_eq!(ann.notification("pubsubMessage"), message);
    for one in [&mut ann, &mut bob, &mut eve] {
        let more = |frame: &Value| frame["method"] == "pubsubMessage";
        assert!(!one.settled().iter().any(more), "{}", one.id);
    }
}

#[test]
fn long_messages_pass_unchanged() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    let mut bob = Participant::join(&server, &room_id, "bob");
    subscribe(&mut bob);
    let long = "é".repeat(32 * 1024);
    publish(&mut ann, &long, json!({}));
    assert_eq!(bob.notification("pubsubMessage")["message"], long);
}

#[test]
fn what_is_kept_is_there_for_those_who_come_later() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    publish(&mut ann, "kept 1", json!({"persist": true}));
    publish(&mut ann, "gone", json!({"persist": false}));
    publish(&mut ann, "kept 2", json!({"persist": true}));
    publish(
        &mut ann,
        "for eve",
        json!({"persist": true, "sendOnly": ["eve"]}),
    );
    let mut bob = Participant::join(&server, &room_id, "bob");
    assert_eq!(texts(&subscribe(&mut bob)), ["kept 1", "kept 2"]);
    let mut eve = Participant::join(&server, &room_id, "eve");
    assert_eq!(texts(&subscribe(&mut eve)), ["kept 1", "kept 2", "for eve"]);
    // The session ends with the last connection, and takes its messages along.
    for one in [ann, bob, eve] {
        one.leave();
    }
    let mut bob = Participant::join(&server, &room_id, "bob");
    assert_eq!(subscribe(&mut bob), Vec::<Value>::new());
}

#[test]
fn send_only_reaches_the_one_it_names() {
    let server = start();
    let room_id = room(&server);
    let ids = ["ann", "bob", "eve"];
    let [mut ann, mut bob, mut eve] = ids.map(|id| Participant::join(&server, &room_id, id));
    for one in [&mut ann, &mut bob, &mut eve] {
        subscribe(one);
    }
    publish(&mut ann, "to bob", json!({"sendOnly": ["bob"]}));
    publish(&mut ann, "to all", json!({"sendOnly": []}));
    let message = bob.notification("pubsubMessage");
    assert_eq!(message["message"], "to bob");
    assert_eq!(message["sendOnly"], json!(["bob"]));
    assert_eq!(bob.notification("pubsubMessage")["message"], "to all");
    for one in [&mut ann, &mut eve] {
        assert_eq!(one.notification("pubsubMessage")["message"], "to all");
    }
}

#[test]
fn what_is_no_message_is_refused() {
    let server = start();
    let mut ann = Participant::join(&server, &room(&server), "ann");
    for data in [
        json!({"message": "x"}),
        json!({"topic": "", "message": "x"}),
        json!({"topic": "x".repeat(1025), "message": "x"}),
        json!({"topic": "T", "message": 1}),
        json!({"topic": "T", "message": "x", "options": {"persist": "yes"}}),
        json!({"topic": "T", "message": "x", "options": {"sendOnly": "bob"}}),
        json!({"topic": "T", "message": "x", "options": {"sendOnly": [1]}}),
    ] {
        assert_eq!(
            ann.request("pubsubPublish", data.clone()).unwrap_err().0,
            4087,
            "{data}"
        );
    }
    assert_eq!(
        ann.request("pubsubSubscribe", json!({})).unwrap_err().0,
        4088
    );
    let topics = (0..1000).map(|number| json!({"topic": number.to_string()}));
    for topic in topics {
        ann.request("pubsubSubscribe", topic).unwrap();
    }
    let refused = ann.request("pubsubSubscribe", json!({"topic": "one more"}));
    assert_eq!(refused.unwrap_err().0, 4088);
    ann.request("pubsubSubscribe", json!({"topic": "0"}))
        .unwrap();
}
