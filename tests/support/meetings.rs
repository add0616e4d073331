//! Meetings of this library against the local service, for tests.

// Each test program uses what it needs.
#![allow(dead_code)]

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

use devserver::{Options, Server};
use serde_json::{Value, json};
use vsdk::meeting::{Event, EventType, MeetingSnapshot, MeetingState};
use vsdk::{Meeting, MeetingOptions, NextEvent, RequestOptions, RoomOptions, Status, Timeout};

/// Only catches what hangs.
pub const LONG: Duration = Duration::from_secs(120);

pub fn server() -> Server {
    Server::start(Options::default()).expect("loopback has free ports")
}

pub fn room(server: &Server) -> String {
    let mut request = RequestOptions::new();
    request
        .set_token(Some(&server.token()))
        .set_api_base_url(Some(server.http_url()));
    let room = vsdk::create_room(&RoomOptions::new(), &request).wait();
    room.expect("a room").id().to_owned()
}

/// A token with other claims than the ordinary one.
pub fn token_with(server: &Server, change: impl FnOnce(&mut Value)) -> String {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .expect("a clock")
        .as_secs();
    let mut claims = json!({
        "apikey": server.api_key(), "permissions": ["allow_join", "allow_mod"],
        "version": 2, "iat": now, "exp": now + 3600,
    });
    change(&mut claims);
    server.mint(&claims)
}

/// A meeting, and what it told so far.
pub struct Client {
    pub meeting: Meeting,
    read: RefCell<Vec<Arc<Event>>>,
    /// How many of those were looked at by [`Client::next`].
    looked: RefCell<std::collections::HashSet<u64>>,
}

impl Client {
    pub fn new(
        server: &Server,
        room: &str,
        id: &str,
        change: impl FnOnce(&mut MeetingOptions),
    ) -> Client {
        Client::with_token(server, room, id, &server.token(), change)
    }

    pub fn with_token(
        server: &Server,
        room: &str,
        id: &str,
        token: &str,
        change: impl FnOnce(&mut MeetingOptions),
    ) -> Client {
        let mut options = MeetingOptions::new(room);
        options
            .set_api_base_url(Some(server.http_url()))
            .set_token(Some(token));
        options.set_participant_id(Some(id)).expect("a good id");
        options.set_name(Some(id)).expect("a good name");
        change(&mut options);
        Client {
            meeting: vsdk::init_meeting(&options).expect("good options"),
            read: RefCell::default(),
            looked: RefCell::default(),
        }
    }

    pub fn try_join(&self) -> vsdk::Result<()> {
        self.meeting.join(LONG).wait()
    }

    pub fn join(&self) {
        self.try_join().expect("a join");
    }

    /// Fails to join, with one truth for whoever waits and for whoever reads events, and in the same
    /// way when it is tried again. `number`: the service's own.
    pub fn fails_to_join(&self, what: &str, status: Status, number: Option<i32>) -> vsdk::Error {
        let fail = || {
            let error = self.try_join().expect_err(what);
            let told = (error.status(), error.service_code());
            assert_eq!(told, (status, number), "{what}: {error:?}");
            assert_eq!(error.operation(), "meeting_join", "{what}");
            assert!(
                error.message().starts_with("Could not join the meeting: ")
                    || status == Status::MeetingEnded,
                "{what}: {error}"
            );
            assert!(!error.remedy().is_empty(), "{what}: {error}");
            assert_eq!(self.snapshot().state(), MeetingState::Failed, "{what}");
            let failed = self.state(MeetingState::Failed);
            assert_eq!(failed.status(), Some(status), "{what}");
            let told: Value = serde_json::from_str(&failed.to_json()).expect("it is JSON");
            assert_eq!(told["serviceCode"], json!(number), "{what}: {told}");
            assert_eq!(told["message"], error.message(), "{what}");
            assert_eq!(told["remedy"], error.remedy(), "{what}");
            assert_eq!(told["serviceText"], json!(error.service_text()), "{what}");
            error
        };
        fail();
        fail()
    }

    pub fn leave(&self) {
        self.meeting.leave(LONG).wait().expect("a goodbye");
    }

    pub fn snapshot(&self) -> MeetingSnapshot {
        self.meeting.snapshot()
    }

    fn read(&self, timeout: Timeout) -> bool {
        match self.meeting.next_event(timeout).expect("no handler is set") {
            NextEvent::Event(event) => {
                self.read.borrow_mut().push(event);
                true
            }
            NextEvent::None | NextEvent::Closed => false,
        }
    }

    /// The names of the states so far.
    pub fn states(&self) -> Vec<String> {
        while self.read(Timeout::After(Duration::ZERO)) {}
        let read = self.read.borrow();
        let states = read
            .iter()
            .filter(|event| event.kind() == EventType::StateChanged);
        states
            .map(|event| event.text().unwrap_or_default().to_owned())
            .collect()
    }

    /// Everything that was told so far.
    pub fn all(&self) -> Vec<Arc<Event>> {
        while self.read(Timeout::After(Duration::ZERO)) {}
        self.read.borrow().clone()
    }

    /// The first event of that kind that was not looked at, waiting for it.
    pub fn next(&self, kind: EventType) -> Arc<Event> {
        self.next_where(&format!("{kind:?}"), |event| event.kind() == kind)
    }

    /// The event of that state, waiting for it.
    pub fn state(&self, state: MeetingState) -> Arc<Event> {
        self.next_where(&format!("{state:?}"), |event| {
            event.kind() == EventType::StateChanged && event.code() == state as i32
        })
    }

    pub fn next_where(&self, what: &str, fits: impl Fn(&Event) -> bool) -> Arc<Event> {
        loop {
            let found = {
                let looked = self.looked.borrow();
                let read = self.read.borrow();
                read.iter()
                    .find(|event| !looked.contains(&event.sequence()) && fits(event))
                    .cloned()
            };
            if let Some(event) = found {
                self.looked.borrow_mut().insert(event.sequence());
                return event;
            }
            assert!(
                self.read(LONG.into()),
                "no {what} among {:#?}",
                self.read.borrow()
            );
        }
    }

    /// Whether all is read and nothing will come.
    pub fn is_closed(&self) -> bool {
        while self.read(Timeout::After(Duration::ZERO)) {}
        // The last event can be read a moment before the end is told.
        let next = self.meeting.next_event(LONG.into());
        matches!(next, Ok(NextEvent::Closed))
    }
}
