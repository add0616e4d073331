//! A service that sends what is no frame, over real sockets.

use std::time::{Duration, Instant};

use devserver::SocketAction;
use serde_json::Value;
use vsdk::meeting::{EventType, PublishOptions};

use crate::support::{Client, LONG, room, server};

fn malformed(client: &Client) -> u64 {
    let snapshot: Value = serde_json::from_str(&client.snapshot().to_json()).unwrap();
    snapshot["malformedFrames"].as_u64().expect("a number")
}

#[test]
fn they_are_counted_warned_of_once_and_what_asks_is_answered() {
    let server = server();
    let room = room(&server);
    let client = Client::new(&server, &room, "ann", |_| ());
    client.join();
    client.meeting.subscribe("topic", LONG).wait().unwrap();
    let before = server.stats().signaling_messages_received;
    let text = |text: &str| SocketAction::Send {
        text: text.to_owned(),
    };
    let binary = |text: &str| SocketAction::SendBinary {
        text: text.to_owned(),
    };
    for action in [
        text("{"),
        text(""),
        text("[1,2]"),
        text(r#"{"request":true,"id":7,"method":7}"#),
        text(r#"{"response":true,"ok":true}"#),
        binary("\u{0}\u{1}"),
        binary(r#"{"notification":true,"method":"newPeer","data":{"id":"ghost"}}"#),
    ] {
        assert_eq!(server.act_on_sockets(&action), 1);
    }
    // It goes on behind them.
    let publishing = client
        .meeting
        .publish("topic", "still here", &PublishOptions::new(), LONG);
    publishing.wait().unwrap();
    let message = client.next(EventType::Message);
    assert_eq!(message.payload(), b"still here");
    assert_eq!(malformed(&client), 7);
    assert_eq!(client.snapshot().participants().len(), 1);
    let events = client.all();
    let warnings: Vec<_> = events
        .iter()
        .filter(|event| event.kind() == EventType::Warning)
        .collect();
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    let words = warnings[0].text().unwrap();
    assert!(words.contains("it is not a JSON object"), "{words}");
    assert_eq!(client.states(), ["INITIALISED", "CONNECTING", "CONNECTED"]);
    // The one answer, and the publish; which of them comes first nobody knows.
    let received = || server.stats().signaling_messages_received - before;
    let began = Instant::now();
    while received() < 2 {
        assert!(began.elapsed() < LONG, "the answer does not come");
        std::thread::sleep(Duration::from_millis(2));
    }
    assert_eq!(received(), 2);
}
