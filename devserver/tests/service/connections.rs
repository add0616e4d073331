//! Connections between meetings.

use devserver::Server;
use serde_json::{Value, json};

use crate::client::{claims, create, start};
use crate::participant::{Participant, joining, room};

/// Two meetings with a connection, which ann has opened from the first; nothing is left to read.
fn connected(server: &Server) -> (String, String, Participant, Participant) {
    let (first, second) = (room(server), room(server));
    let mut ann = Participant::join(server, &first, "ann");
    let mut bob = Participant::join(server, &second, "bob");
    let open = json!({"roomId": second, "payload": {"from": "ann"}});
    assert_eq!(ann.request("openConnection", open), Ok(json!({})));
    ann.settled();
    bob.settled();
    (first, second, ann, bob)
}

/// What has come of this kind.
fn all(participant: &mut Participant, method: &str) -> Vec<Value> {
    let frames = participant.settled();
    let fits = frames.iter().filter(|frame| frame["method"] == method);
    fits.map(|frame| frame["data"].clone()).collect()
}

#[test]
fn both_meetings_are_told_who_is_in_the_other() {
    let server = start();
    let (first, second) = (room(&server), room(&server));
    let mut ann = Participant::join(&server, &first, "ann");
    let mut amy = Participant::join(&server, &first, "amy");
    let mut bob = Participant::join(&server, &second, "bob");
    let open = json!({"roomId": second, "payload": "hello"});
    ann.request("openConnection", open.clone()).unwrap();
    for (one, other, peers) in [
        (&mut ann, &second, vec!["bob"]),
        (&mut amy, &second, vec!["bob"]),
        (&mut bob, &first, vec!["ann", "amy"]),
    ] {
        let opened = one.notification("connectionOpen");
        assert_eq!(opened["roomId"], json!(other));
        assert_eq!(opened["payload"], "hello");
        let ids = opened["peers"].as_array().unwrap().iter();
        let ids: Vec<&str> = ids.map(|peer| peer["id"].as_str().unwrap()).collect();
        assert_eq!(ids, peers);
    }
    // There is one connection, whoever opens it.
    assert_eq!(amy.request("openConnection", open).unwrap_err().0, 400);
    let back = json!({"roomId": first});
    assert_eq!(bob.request("openConnection", back).unwrap_err().0, 400);
}

#[test]
fn who_comes_and_goes_is_told_to_the_other_meeting() {
    let server = start();
    let (first, second, mut ann, mut bob) = connected(&server);
    let mut eve = Participant::connect(&server, &first, "eve");
    // A connection alone is nobody in the meeting.
    assert_eq!(bob.settled(), Vec::<Value>::new());
    eve.request("join", joining("Eve")).unwrap();
    let joined = bob.notification("connectionParticipantJoined");
    assert_eq!(joined["roomId"], json!(first));
    assert_eq!(joined["peer"]["id"], "eve");
    assert_eq!(joined["peer"]["displayName"], "Eve");
    // A newcomer hears what its meeting is connected to.
    let opened = eve.notification("connectionOpen");
    assert_eq!(opened["roomId"], json!(second));
    assert_eq!(opened["payload"], json!({"from": "ann"}));
    assert_eq!(opened["peers"][0]["id"], "bob");

    // The same participant id once more is still the same participant for the other meeting.
    let again = Participant::join(&server, &first, "eve");
    assert_eq!(bob.settled(), Vec::<Value>::new());
    again.leave();
    let left = json!({"roomId": first, "peerId": "eve"});
    assert_eq!(bob.notification("connectionParticipantLeft"), left);

    let mut tom = Participant::join(&server, &first, "tom");
    bob.settled();
    ann.request("removePeer", json!({"peerId": "tom"})).unwrap();
    let left = json!({"roomId": first, "peerId": "tom"});
    assert_eq!(bob.notification("connectionParticipantLeft"), left);
    tom.closing();

    let mut max = Participant::join(&server, &first, "max");
    bob.settled();
    let third = room(&server);
    let switch = json!({"meetingId": third, "participantId": "max", "secret": server.token()});
    max.request("switchToMeeting", switch).unwrap();
    let left = json!({"roomId": first, "peerId": "max"});
    assert_eq!(bob.notification("connectionParticipantLeft"), left);
    // Nothing of this is about the meeting where it happened.
    assert_eq!(
        all(&mut ann, "connectionParticipantJoined"),
        Vec::<Value>::new()
    );
    assert_eq!(
        all(&mut ann, "connectionParticipantLeft"),
        Vec::<Value>::new()
    );
}

#[test]
fn a_message_goes_to_everybody_in_the_other_meeting() {
    let server = start();
    let (first, second, mut ann, mut bob) = connected(&server);
    let mut eve = Participant::join(&server, &second, "eve");
    let mut amy = Participant::join(&server, &first, "amy");
    let message = json!({"roomId": second, "message": "hei \u{1f44b}"});
    assert_eq!(
        ann.request("connectionSendChatMessage", message),
        Ok(json!({}))
    );
    let told = json!({"roomId": first, "peerId": "ann", "message": "hei \u{1f44b}"});
    for one in [&mut bob, &mut eve] {
        assert_eq!(one.notification("connectionChatMessage"), told);
    }
    for one in [&mut ann, &mut amy] {
        assert_eq!(all(one, "connectionChatMessage"), Vec::<Value>::new());
    }
    for message in [json!(1), Value::Null, json!("x".repeat(64 * 1024 + 1))] {
        let message = json!({"roomId": second, "message": message});
        let refused = ann.request("connectionSendChatMessage", message);
        assert_eq!(refused.unwrap_err().0, 400);
    }
}

#[test]
fn somebody_in_the_other_meeting_is_asked_to_come() {
    let server = start();
    let (first, second, mut ann, mut bob) = connected(&server);
    let wish = |peer: &str| {
        json!({
            "roomId": first, "connectionRoomId": second, "peerId": peer, "token": "t",
            "payload": {"why": "lunch"},
        })
    };
    let reply = ann.request("connectionSwitchPeerRoom", wish("bob"));
    assert_eq!(reply, Ok(json!({})));
    assert_eq!(
        bob.asked("switchRoom"),
        json!({
            "roomId": first, "token": "t", "payload": {"why": "lunch"},
            "connectionPeerId": "ann", "connectionRoomId": first,
        })
    );
    // It is for those in the other meeting.
    let refused = ann.request("connectionSwitchPeerRoom", wish("ann"));
    assert_eq!(refused.unwrap_err().0, 4077);
}

#[test]
fn a_closed_connection_is_closed_on_both_sides() {
    let server = start();
    let (first, second, mut ann, mut bob) = connected(&server);
    // From the other side than the one that has opened it.
    let close = json!({"roomId": first});
    assert_eq!(bob.request("closeConnection", close.clone()), Ok(json!({})));
    let closed = |room_id: &str| json!({"roomId": room_id});
    assert_eq!(ann.notification("connectionClose"), closed(&second));
    assert_eq!(bob.notification("connectionClose"), closed(&first));
    assert_eq!(bob.request("closeConnection", close).unwrap_err().0, 404);
    let mut eve = Participant::join(&server, &first, "eve");
    assert_eq!(all(&mut eve, "connectionOpen"), Vec::<Value>::new());
    assert_eq!(bob.settled(), Vec::<Value>::new());
    for (method, code) in [
        ("connectionSendChatMessage", 404),
        ("connectionCloseRoom", 404),
        ("connectionSwitchPeerRoom", 4077),
    ] {
        let this = json!({
            "roomId": second, "connectionRoomId": second, "peerId": "bob", "message": "x",
        });
        let (got, reason) = ann.request(method, this).unwrap_err();
        assert_eq!(got, code, "{method}");
        assert!(reason.contains("openConnection"), "{reason}");
    }
}

#[test]
fn a_connection_ends_with_each_of_its_meetings() {
    let server = start();
    // The last one goes.
    let (_, second, mut ann, bob) = connected(&server);
    bob.leave();
    let closed = |room_id: &str| json!({"roomId": room_id});
    assert_eq!(ann.notification("connectionClose"), closed(&second));
    // The meeting is ended from inside.
    let (_, second, mut ann, mut bob) = connected(&server);
    bob.request("closeRoom", json!({})).unwrap();
    assert_eq!(ann.notification("connectionClose"), closed(&second));
    assert_eq!(bob.closing(), Some(1000));
    // The only participant goes to another meeting, and takes no connection along.
    let (_, second, mut ann, mut bob) = connected(&server);
    let third = room(&server);
    let switch = json!({"meetingId": third, "participantId": "bob", "secret": server.token()});
    bob.request("switchToMeeting", switch).unwrap();
    assert_eq!(ann.notification("connectionClose"), closed(&second));
    bob.request("join", joining("bob")).unwrap();
    assert_eq!(all(&mut bob, "connectionOpen"), Vec::<Value>::new());
}

#[test]
fn the_other_meeting_can_be_ended_with_a_token_that_is_good_for_it() {
    let server = start();
    let (first, second, mut ann, mut bob) = connected(&server);
    let only_here =
        json!({"permissions": ["allow_join", "allow_mod"], "version": 2, "roomId": first});
    let token = server.mint(&claims(&server, only_here));
    let mut eve = Participant::try_connect(&server, &first, "eve", &token).unwrap();
    eve.request("join", joining("eve")).unwrap();
    ann.settled();
    let end = json!({"roomId": second});
    let refused = eve.request("connectionCloseRoom", end.clone());
    assert_eq!(refused.unwrap_err().0, 4022);
    assert_eq!(
        ann.request("connectionCloseRoom", end.clone()),
        Ok(json!({}))
    );
    assert_eq!(bob.asked("close")["reason"]["code"], 1006);
    assert_eq!(bob.closing(), Some(1000));
    assert_eq!(ann.notification("connectionClose"), end);
    // The meeting of the one who has ended the other goes on.
    assert_eq!(ann.settled(), Vec::<Value>::new());
}

#[test]
fn a_connection_needs_another_meeting_with_somebody_in_it() {
    let server = start();
    let room_id = room(&server);
    let empty = create(&server, json!({"customRoomId": "empty"}));
    let mut ann = Participant::join(&server, &room_id, "ann");
    for (other, code, says) in [
        (json!("none"), 4003, "no room"),
        (json!(room_id), 400, "own meeting"),
        (empty["roomId"].clone(), 404, "Nobody is in"),
        (json!("empty"), 404, "Nobody is in"),
        (Value::Null, 400, "roomId"),
    ] {
        let (got, reason) = ann
            .request("openConnection", json!({"roomId": other}))
            .unwrap_err();
        assert_eq!(got, code, "{reason}");
        assert!(reason.contains(says), "{reason}");
    }
    let mut bob = Participant::join(&server, "empty", "bob");
    let long = json!({"roomId": "empty", "payload": "x".repeat(64 * 1024)});
    assert_eq!(ann.request("openConnection", long).unwrap_err().0, 400);
    // A token for one room makes no connection with others.
    let only_here = json!({"version": 2, "roomId": room_id});
    let token = server.mint(&claims(&server, only_here));
    let mut eve = Participant::try_connect(&server, &room_id, "eve", &token).unwrap();
    let open = json!({"roomId": "empty"});
    assert_eq!(
        eve.request("openConnection", open.clone()).unwrap_err().0,
        4025
    );
    eve.request("join", joining("eve")).unwrap();
    assert_eq!(
        eve.request("openConnection", open.clone()).unwrap_err().0,
        4022
    );
    assert_eq!(bob.settled(), Vec::<Value>::new());
    // The own id of a room works as well; what is told has the service's.
    ann.request("openConnection", open).unwrap();
    let opened = ann.notification("connectionOpen");
    assert_eq!(opened["roomId"], empty["roomId"]);
    let refused = ann.request("openConnection", json!({"roomId": "empty"}));
    assert!(refused.unwrap_err().1.contains("already"));
}
