//! The end of the library while meetings go on, in a process of its own.

#[path = "support/meetings.rs"]
mod support;

use support::{Client, LONG, room, server, token_with};
use vsdk::Status;
use vsdk::meeting::{EventType, MeetingState};

#[test]
fn a_shutdown_ends_what_is_joined_and_a_later_join_works() {
    let server = server();
    let room = room(&server);
    let clients: Vec<Client> = (0..100)
        .map(|number| Client::new(&server, &room, &format!("participant-{number}"), |_| ()))
        .collect();
    let joins: Vec<_> = clients.iter().map(|it| it.meeting.join(LONG)).collect();
    for join in joins {
        join.wait().unwrap();
    }
    // One more is on its way, and waits to be let in.
    let asking = token_with(&server, |claims| {
        claims["permissions"] = ["ask_join"].into()
    });
    let asker = Client::with_token(&server, &room, "asker", &asking, |_| ());
    let waiting = asker.meeting.join(LONG);
    asker.state(MeetingState::WaitingEntry);

    vsdk::shutdown(vsdk::Timeout::Default).unwrap();
    for client in &clients {
        // The service was told: who lost a connection would have another reason.
        assert_eq!(client.next(EventType::MeetingLeft).code(), 1101);
        let over = client.state(MeetingState::Left);
        assert_eq!(over.status(), Some(Status::Shutdown));
        assert!(client.is_closed());
    }
    assert_eq!(waiting.wait().unwrap_err().status(), Status::Shutdown);
    assert!(asker.is_closed());
    let later = Client::new(&server, &room, "ann", |_| ());
    later.join();
}
