//! Values that everybody in the session shares.

use vsdk::Status;
use vsdk::meeting::{EventType, MeetingState};

use super::support::{Client, LONG, room, server};

#[test]
fn values_are_set_read_observed_and_taken_away() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    let bob = Client::new(&server, &room, "bob", |_| ());
    ann.join();
    bob.join();
    let get = |client: &Client| client.meeting.store_get("topic", LONG).wait();
    let set = |value| ann.meeting.store_set("topic", value, LONG).wait();
    assert_eq!(get(&bob), Ok(None));
    set(Some("before")).expect("a value");
    assert_eq!(get(&bob).unwrap().as_deref(), Some("before"));

    bob.meeting
        .store_observe("topic", LONG)
        .wait()
        .expect("it is observed");
    for (value, code, payload) in [(Some("é😀"), 1, "é😀"), (Some(""), 1, ""), (None, 0, "")]
    {
        set(value).expect("a value");
        let changed = bob.next(EventType::StoreValueChanged);
        assert_eq!((changed.text(), changed.code()), (Some("topic"), code));
        assert_eq!(changed.payload(), payload.as_bytes());
        assert_eq!(changed.participant_id(), Some("ann"));
    }
    assert_eq!(get(&ann), Ok(None));

    bob.meeting
        .store_stop_observing("topic", LONG)
        .wait()
        .expect("it is not any more");
    set(Some("unseen")).expect("a value");
    bob.meeting
        .store_observe("other", LONG)
        .wait()
        .expect("it is observed");
    ann.meeting
        .store_set("other", Some("seen"), LONG)
        .wait()
        .expect("a value");
    // In order, so the other would have come before.
    assert_eq!(bob.next(EventType::StoreValueChanged).text(), Some("other"));
}

#[test]
fn observing_goes_on_over_a_new_connection() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    let bob = Client::new(&server, &room, "bob", |_| ());
    ann.join();
    bob.join();
    bob.state(MeetingState::Connected);
    bob.meeting
        .store_observe("topic", LONG)
        .wait()
        .expect("it is observed");
    bob.meeting.refresh_connection().expect("it is joined");
    bob.state(MeetingState::Connected);
    // Answered behind the request that observes anew.
    bob.meeting
        .store_get("topic", LONG)
        .wait()
        .expect("an answer");
    ann.meeting
        .store_set("topic", Some("new"), LONG)
        .wait()
        .expect("a value");
    let changed = bob.next(EventType::StoreValueChanged);
    assert_eq!(changed.payload(), b"new");
}

#[test]
fn what_cannot_be_stored_is_refused_before_it_is_sent() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    ann.join();
    let long = "x".repeat(1025);
    let error = ann
        .meeting
        .store_set("key", Some(&long), LONG)
        .wait()
        .unwrap_err();
    assert_eq!(
        (error.status(), error.service_code()),
        (Status::InvalidArgument, Some(3073))
    );
    assert!(error.message().contains("1025 bytes"), "{error}");
    ann.meeting
        .store_set("key", Some(&long[1..]), LONG)
        .wait()
        .expect("it fits");
    let error = ann.meeting.store_observe("", LONG).wait().unwrap_err();
    assert_eq!(error.status(), Status::InvalidArgument);
    assert_eq!(error.operation(), "meeting_store_observe");
}
