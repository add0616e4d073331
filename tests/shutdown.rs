//! The end of the library while meetings go on, in a process of its own.

#[path = "support/meetings.rs"]
mod support;

use support::{Client, room, server};
use vsdk::Status;
use vsdk::meeting::{EventType, MeetingState};

#[test]
fn a_shutdown_ends_what_is_joined_and_a_later_join_works() {
    let server = server();
    let room = room(&server);
    let client = Client::new(&server, &room, "ann", |_| ());
    client.join();
    vsdk::shutdown(vsdk::Timeout::Default).unwrap();
    // The service was told: who lost a connection would have another reason.
    assert_eq!(client.next(EventType::MeetingLeft).code(), 1101);
    let over = client.state(MeetingState::Left);
    assert_eq!(over.status(), Some(Status::Shutdown));
    assert!(client.is_closed());
    let later = Client::new(&server, &room, "ann", |_| ());
    later.join();
}
