//! From one meeting to another.

use vsdk::Status;
use vsdk::meeting::{EventType, MeetingState, Moderation};

use super::support::{Client, LONG, room, server, token_with};

#[test]
fn a_participant_goes_to_another_meeting_and_comes_back_there_after_a_loss() {
    let server = server();
    let (first, second) = (room(&server), room(&server));
    // One token for each of the two, good in no other.
    let token_for = |room: &str| token_with(&server, |claims| claims["roomId"] = room.into());
    let ann = Client::with_token(&server, &first, "ann", &token_for(&first), |_| ());
    let bob = Client::new(&server, &first, "bob", |_| ());
    let cem = Client::new(&server, &second, "cem", |_| ());
    for client in [&ann, &bob, &cem] {
        client.join();
    }
    let switched = ann
        .meeting
        .switch_to(&second, Some(&token_for(&second)), LONG);
    switched.wait().expect("it is there");
    let left = bob.next(EventType::ParticipantLeft);
    assert_eq!((left.participant_id(), left.code()), (Some("ann"), 1005));
    assert_eq!(
        cem.next(EventType::ParticipantJoined).participant_id(),
        Some("ann")
    );
    let behind = ann.next(EventType::ParticipantLeft);
    assert_eq!(
        (behind.participant_id(), behind.code()),
        (Some("bob"), 1005)
    );
    let snapshot = ann.snapshot();
    assert_eq!(snapshot.meeting_id(), second);
    assert_eq!(snapshot.participants().len(), 2);
    assert!(snapshot.participant("cem").is_some());
    let states = [
        "INITIALISED",
        "CONNECTING",
        "CONNECTED",
        "CONNECTING",
        "CONNECTED",
    ];
    assert_eq!(ann.states(), states);

    // A new connection leads to where it is now, with the token that is good there alone.
    for _ in 0..2 {
        ann.state(MeetingState::Connected);
    }
    ann.meeting.refresh_connection().expect("it is joined");
    ann.state(MeetingState::Connected);
    assert_eq!(ann.snapshot().meeting_id(), second);
    ann.meeting
        .publish("chat", "hi", &Default::default(), LONG)
        .wait()
        .expect("it is joined");
}

#[test]
fn what_is_refused_leaves_everything_as_it_was() {
    let server = server();
    let first = room(&server);
    let ann = Client::new(&server, &first, "ann", |_| ());
    ann.join();
    let switch = |to: &str, token: Option<&str>| ann.meeting.switch_to(to, token, LONG).wait();
    let error = switch("no-such-room", None).unwrap_err();
    assert_eq!(
        (error.status(), error.service_code()),
        (Status::NotFound, Some(4003))
    );
    assert_eq!(error.operation(), "meeting_switch_to");
    assert_eq!(switch(&first, None).unwrap_err().service_code(), Some(4076));
    // A token for another room is not even sent.
    let token = token_with(&server, |claims| claims["roomId"] = "elsewhere".into());
    let error = switch("no-such-room", Some(&token)).unwrap_err();
    assert_eq!(error.status(), Status::TokenRoomMismatch, "{error}");
    assert_eq!(ann.snapshot().state(), MeetingState::Connected);
    assert_eq!(ann.snapshot().meeting_id(), first);
}

#[test]
fn who_has_to_ask_waits_until_somebody_there_decides() {
    let server = server();
    let (first, second) = (room(&server), room(&server));
    let asking = token_with(&server, |claims| {
        claims["permissions"] = ["ask_join"].into()
    });
    let cem = Client::new(&server, &second, "cem", |_| ());
    cem.join();
    for (decision, id) in [
        (Moderation::AllowEntry, "ann"),
        (Moderation::DenyEntry, "bob"),
    ] {
        let guest = Client::new(&server, &first, id, |_| ());
        guest.join();
        let switching = guest.meeting.switch_to(&second, Some(&asking), LONG);
        guest.state(MeetingState::WaitingEntry);
        let asks = cem.next(EventType::EntryRequested);
        assert_eq!(asks.participant_id(), Some(id));
        cem.meeting
            .moderate(id, decision, LONG)
            .wait()
            .expect("a decision");
        let outcome = switching.wait();
        if decision == Moderation::AllowEntry {
            outcome.expect("it was let in");
            assert_eq!(guest.snapshot().meeting_id(), second);
            continue;
        }
        assert_eq!(outcome.unwrap_err().status(), Status::EntryDenied);
        assert_eq!(guest.next(EventType::MeetingLeft).code(), 1104);
        assert_eq!(guest.snapshot().state(), MeetingState::Failed);
        // Its token is the one from before, and so is its meeting.
        guest.join();
        assert_eq!(guest.snapshot().meeting_id(), first);
    }
}

#[test]
fn a_participant_is_asked_to_switch_and_decides() {
    let server = server();
    let (first, second) = (room(&server), room(&server));
    let ann = Client::new(&server, &first, "ann", |_| ());
    let bob = Client::new(&server, &first, "bob", |_| ());
    ann.join();
    bob.join();
    let ask = |id: &str, payload| {
        let token = server.token();
        let asked = ann
            .meeting
            .request_switch(id, &second, Some(&token), payload, LONG);
        asked.wait()
    };
    ask("bob", Some(r#"{"table": 7}"#)).expect("it was asked");
    let asked = bob.next(EventType::SwitchRequested);
    assert_eq!(asked.participant_id(), Some("ann"));
    assert_eq!(asked.text(), Some(second.as_str()));
    let json = asked.to_json();
    assert!(json.contains(r#""table":7"#), "{json}");
    assert!(!json.contains(&server.token()[..20]), "{json}");
    bob.meeting
        .switch_to(&second, None, LONG)
        .wait()
        .expect("it goes");
    assert_eq!(bob.snapshot().meeting_id(), second);
    assert_eq!(ask("nobody", None).unwrap_err().service_code(), Some(4077));
    assert_eq!(
        ask("bob", Some("{")).unwrap_err().status(),
        Status::InvalidArgument
    );
}
