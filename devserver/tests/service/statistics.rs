//! Asking clients how their media is doing.

use serde_json::{Value, json};

use crate::client::start;
use crate::participant::{Participant, room};

/// Answers the next request for figures.
fn answer(participant: &mut Participant, answer: &Value) {
    let asked = participant.next_where(|frame| frame["method"] == "statsData");
    assert_eq!(asked["request"], true);
    assert_eq!(asked["data"], json!({}));
    let mut frame = answer.clone();
    frame["response"] = true.into();
    frame["id"] = asked["id"].clone();
    participant.send_text(&frame.to_string());
}

#[test]
fn those_who_have_joined_are_asked_and_what_they_say_is_told() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    let mut bob = Participant::join(&server, &room_id, "bob");
    let mut eve = Participant::join(&server, &room_id, "eve");
    let mut outside = Participant::connect(&server, &room_id, "outside");
    let told = std::thread::scope(|scope| {
        let asking = scope.spawn(|| server.ask_for_statistics());
        let of_ann = json!({"peerId": "ann", "statsData": {"producerStats": {}}});
        answer(&mut ann, &json!({"ok": true, "data": of_ann}));
        // Who refuses is left out, and nobody waits for more of it.
        answer(
            &mut bob,
            &json!({"ok": false, "errorCode": 404, "errorReason": "what?"}),
        );
        answer(&mut eve, &json!({"ok": true}));
        asking.join().expect("no panic")
    });
    let told_of =
        |id: &str, answer: Value| json!({"roomId": room_id, "peerId": id, "answer": answer});
    let of_ann = json!({"peerId": "ann", "statsData": {"producerStats": {}}});
    assert_eq!(told, [told_of("ann", of_ann), told_of("eve", Value::Null)]);
    assert!(
        !outside
            .settled()
            .iter()
            .any(|frame| frame["method"] == "statsData")
    );
}
