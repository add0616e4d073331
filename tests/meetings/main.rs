//! Meetings over real sockets, with the local service on the other side.

#[path = "../support/proxy.rs"]
mod proxy;
#[path = "../support/meetings.rs"]
mod support;

mod agents;
mod bad_frames;
mod failures;
mod faults;
mod files;
mod given_up;
mod killed;
mod services;
mod store;
mod switching;

use support::{Client, room, server, token_with};
use vsdk::Status;
use vsdk::meeting::{EventType, MeetingState};

#[test]
fn two_join_see_each_other_and_one_leaves() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |options| {
        options.set_name(Some("Ann é😀")).unwrap();
        options
            .set_metadata_json(Some(r#"{"team":"blue"}"#))
            .unwrap();
    });
    let bob = Client::new(&server, &room, "bob", |_| ());
    ann.join();
    assert_eq!(ann.snapshot().state(), MeetingState::Connected);
    assert_eq!(ann.states(), ["INITIALISED", "CONNECTING", "CONNECTED"]);

    bob.join();
    let snapshot = bob.snapshot();
    let seen = snapshot.participant("ann").expect("ann is in the room");
    assert_eq!(seen.name(), "Ann é😀");
    assert_eq!(seen.metadata_json().as_deref(), Some(r#"{"team":"blue"}"#));
    assert!(!seen.is_local());
    assert!(snapshot.participants()[0].is_local());
    assert_eq!(snapshot.participants().len(), 2);
    let joined = ann.next(EventType::ParticipantJoined);
    assert_eq!(joined.participant_id(), Some("bob"));
    // Told of twice, by the answer and by a notification, and once to the app.
    assert_eq!(
        bob.next(EventType::ParticipantJoined).participant_id(),
        Some("ann")
    );

    bob.leave();
    assert_eq!(bob.snapshot().state(), MeetingState::Left);
    assert_eq!(bob.next(EventType::MeetingLeft).code(), 1101);
    let left = ann.next(EventType::ParticipantLeft);
    assert_eq!((left.participant_id(), left.code()), (Some("bob"), 1101));
    assert_eq!(ann.snapshot().participants().len(), 1);
    assert!(bob.is_closed());
}

#[test]
fn the_same_participant_id_removes_the_earlier_one() {
    let server = server();
    let room = room(&server);
    let first = Client::new(&server, &room, "ann", |_| ());
    first.join();
    let second = Client::new(&server, &room, "ann", |_| ());
    second.join();
    let left = first.next(EventType::MeetingLeft);
    assert_eq!(
        (left.code(), left.text()),
        (1011, Some("DUPLICATE_PARTICIPANT"))
    );
    let over = first.state(MeetingState::Left);
    assert_eq!(over.status(), Some(Status::DuplicateParticipant));
    assert_eq!(second.snapshot().state(), MeetingState::Connected);
}

#[test]
fn a_cancelled_join_leaves_the_meeting_joinable() {
    let server = server();
    let room = room(&server);
    let asking = token_with(&server, |claims| {
        claims["permissions"] = ["ask_join"].into()
    });
    let client = Client::with_token(&server, &room, "ann", &asking, |_| ());
    let joining = client.meeting.join(vsdk::Timeout::Default);
    client.state(MeetingState::WaitingEntry);
    joining.cancel();
    assert_eq!(joining.wait().unwrap_err().status(), Status::Cancelled);
    assert_eq!(client.snapshot().state(), MeetingState::Initialised);
    client.meeting.set_token(&server.token()).unwrap();
    client.join();
}
