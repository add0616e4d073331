//! Characters, which come and go and say nothing.

use serde_json::{Value, json};

use crate::client::{get, start};
use crate::participant::{Participant, joining, room};

#[test]
fn a_character_comes_is_told_to_newcomers_and_goes() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    let mut bob = Participant::join(&server, &room_id, "bob");
    ann.settled();
    let config = json!({
        "characterId": "c1", "interactionId": "i1", "characterRole": "host",
        "displayName": "<Doctor>", "characterMode": "co_pilot", "knowledgeBases": ["k"],
        "language": "en", "metaData": {"a": 1}, "unknown": true,
    });
    let answer = json!({
        "characterId": "c1", "interactionId": "i1", "characterRole": "host",
        "displayName": "<Doctor>", "characterMode": "co_pilot", "knowledgeBases": ["k"],
        "language": "en",
    });
    let join = json!({"config": config});
    assert_eq!(
        ann.request("joinCharacter", join.clone()),
        Ok(answer.clone())
    );
    let mut told = answer;
    told["id"] = json!("c1");
    told["metaData"] = json!({"a": 1});
    for one in [&mut ann, &mut bob] {
        assert_eq!(one.notification("addCharacter"), told);
    }
    assert_eq!(bob.request("joinCharacter", join).unwrap_err().0, 4033);
    let mut eve = Participant::connect(&server, &room_id, "eve");
    eve.request("join", joining("eve")).unwrap();
    assert_eq!(eve.notification("addCharacter"), told);
    let page = get(&server, "/");
    assert!(
        page.text()
            .contains("Characters: <bdi>&lt;Doctor&gt;</bdi>.")
    );

    // Who did not bring it may send it away.
    let leave = json!({"config": {"interactionId": "i1"}});
    assert_eq!(eve.request("leaveCharacter", leave.clone()), Ok(json!({})));
    for one in [&mut ann, &mut bob, &mut eve] {
        assert_eq!(one.notification("removeCharacter"), json!({"id": "c1"}));
    }
    assert_eq!(eve.request("leaveCharacter", leave).unwrap_err().0, 4034);
    let mut tom = Participant::join(&server, &room_id, "tom");
    let characters = |frame: &Value| frame["method"] == "addCharacter";
    assert!(!tom.settled().iter().any(characters));
}

#[test]
fn a_character_without_ids_gets_some() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    let join = json!({"config": {"displayName": "Nurse"}});
    let first = ann.request("joinCharacter", join.clone()).unwrap();
    let second = ann.request("joinCharacter", join).unwrap();
    for name in ["characterId", "interactionId"] {
        assert!(!first[name].as_str().unwrap().is_empty());
        assert_ne!(first[name], second[name]);
    }
    assert_eq!(first["characterMode"], Value::Null);
    let leave = json!({"config": {"characterId": second["characterId"]}});
    ann.request("leaveCharacter", leave).unwrap();
    let gone = ann.notification("removeCharacter");
    assert_eq!(gone["id"], second["characterId"]);
}

#[test]
fn a_character_that_is_not_as_it_should_be_does_not_join() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    for config in [
        Value::Null,
        json!([]),
        json!({"characterMode": "silent"}),
        json!({"characterMode": 1}),
        json!({"characterId": ""}),
        json!({"interactionId": 7}),
        json!({"metaData": {"text": "x".repeat(64 * 1024)}}),
    ] {
        let refused = ann.request("joinCharacter", json!({"config": config}));
        assert_eq!(refused.unwrap_err().0, 4033);
    }
    assert_eq!(ann.settled(), Vec::<Value>::new());
}

#[test]
fn nobody_is_behind_a_character() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    let join = json!({"config": {"interactionId": "i1"}});
    ann.request("joinCharacter", join).unwrap();
    for (method, code, says) in [
        ("sendCharacterMessage", 4035, "no model"),
        ("interruptCharacter", 4036, "say nothing"),
    ] {
        for (interaction, says) in [("i1", says), ("i2", "\"i2\"")] {
            let message = json!({"interactionId": interaction, "text": "hello"});
            let (got, reason) = ann.request(method, message).unwrap_err();
            assert_eq!(got, code);
            assert!(reason.contains(says), "{reason}");
        }
        assert_eq!(ann.request(method, json!({})).unwrap_err().0, 400);
    }
}
