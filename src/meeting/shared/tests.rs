//! Without a driver: what the session wants done is looked at here.

use std::pin::pin;
use std::task::{Context, Waker};

use super::*;
use crate::meeting::object::{Meeting, init_meeting};
use crate::signaling::Frame;
use crate::token::MintOptions;

pub(in crate::meeting) fn meeting() -> Meeting {
    let minted = MintOptions::new("an-api-key", Secret::new("a-secret"));
    let token = crate::token::mint(&minted).expect("a token");
    let mut options = MeetingOptions::new("room");
    options.set_token(Some(token.text().expose()));
    init_meeting(&options).expect("good options")
}

fn waiter() -> (Waiting, oneshot::Receiver<Result<Value>>) {
    let (sender, receiver) = oneshot::channel();
    (Waiting(sender), receiver)
}

impl Shared {
    pub(in crate::meeting) fn begin_join(&self) -> oneshot::Receiver<Result<Value>> {
        let (waiter, told) = waiter();
        self.with(|session, now| session.join(now, now.at + Duration::from_secs(30), waiter))
            .expect("it can be joined");
        told
    }

    /// The requests that are to be sent, by method: their ids and data.
    fn sent(&self) -> Vec<(String, u64, Value)> {
        let (actions, _) = self.take_actions();
        let frames = actions.into_iter().filter_map(|action| match action {
            Action::Send { text, .. } => serde_json::from_str::<Value>(&text).ok(),
            _ => None,
        });
        let requests = frames.filter(|frame| frame["request"] == true);
        requests
            .map(|frame| {
                let method = frame["method"].as_str().unwrap_or_default().to_owned();
                (
                    method,
                    frame["id"].as_u64().unwrap_or(0),
                    frame["data"].clone(),
                )
            })
            .collect()
    }

    /// Opens a connection and has the service accept the join; what it was asked with.
    fn get_in(&self) -> Value {
        self.opened(Ok(IceServers::default()));
        let (id, _) = self.asked("getRouterRtpCapabilities");
        self.answer(id, json!({"codecs": [], "headerExtensions": []}));
        let (id, data) = self.asked("join");
        self.answer(id, json!({"peers": []}));
        data
    }

    /// The id and the data of the request with that method, which is among those that are to be sent.
    fn asked(&self, method: &str) -> (u64, Value) {
        let sent = self.sent();
        let request = sent.into_iter().find(|(one, ..)| one == method);
        let (_, id, data) = request.expect(method);
        (id, data)
    }

    fn answer(&self, id: u64, data: Value) {
        let answer = Ok(data);
        self.with_driver(|session, now| session.received(now, Frame::Response { id, answer }));
    }

    /// Whether the driver was woken since this was last asked.
    fn was_woken(&self) -> bool {
        let woken = pin!(self.wake.notified());
        woken
            .poll(&mut Context::from_waker(Waker::noop()))
            .is_ready()
    }

    fn is_driven(&self) -> bool {
        lock(&self.state).driver.is_some()
    }
}

#[test]
fn a_new_connection_joins_in_the_mode_that_was_changed_to() {
    let meeting = meeting();
    let shared = &meeting.shared;
    let _told = shared.begin_join();
    assert_eq!(shared.get_in()["mode"], "SEND_AND_RECV");

    let (waiter, _told) = waiter();
    shared
        .with(|session, now| session.change_mode(now, Mode::SignallingOnly, waiter))
        .unwrap();
    let (id, _) = shared.asked("changeMode");
    shared.answer(id, json!({}));

    shared.with(|session, now| session.refresh(now)).unwrap();
    assert!(shared.renew(Vec::new()));
    shared.with(|session, now| session.tick(now));
    assert_eq!(shared.destination().mode, "SIGNALLING_ONLY");
    assert_eq!(shared.get_in()["mode"], "SIGNALLING_ONLY");
}

#[test]
fn the_driver_is_woken_for_what_is_new_to_it_and_only_then() {
    let meeting = meeting();
    let shared = &meeting.shared;
    assert!(!shared.was_woken());
    let _told = shared.begin_join();
    assert!(shared.was_woken(), "a connection is to be made");
    shared.get_in();
    assert!(!shared.was_woken(), "these are the driver's own doings");

    for number in 0..100 {
        let data = json!({"id": format!("p{number}"), "displayName": "Pat"});
        let method = "newPeer".to_owned();
        let frame = Frame::Notification { method, data };
        shared.with_driver(|session, now| session.received(now, frame));
    }
    let asks = Frame::Request {
        id: 7,
        method: "statsData".to_owned(),
        data: Value::Null,
    };
    shared.with_driver(|session, now| session.received(now, asks));
    assert!(!shared.was_woken());
    assert_eq!(shared.take_actions().0.len(), 1);

    assert!(!shared.with(|session, _| session.unsubscribe("chat")));
    shared.with(|session, now| session.token_changed(now));
    assert!(!shared.was_woken(), "nothing is to be sent");
    let (waiter, _told) = waiter();
    let data = json!({"topic": "chat", "message": "hi", "options": {}});
    shared
        .with(|session, now| session.publish(now, data, waiter))
        .unwrap();
    assert!(shared.was_woken(), "a message is to be sent");
}

#[test]
fn what_no_driver_had_taken_up_when_the_connection_was_lost_goes_out_on_the_next_one() {
    sent_next_time(|shared, unsent| {
        shared.lost("broke", unsent);
        shared.with(|session, now| session.refresh(now)).unwrap();
    });
}

#[test]
fn nor_is_it_lost_with_a_connection_that_the_app_gives_up() {
    sent_next_time(|shared, unsent| {
        shared.with(|session, now| session.refresh(now)).unwrap();
        assert!(shared.renew(unsent));
        shared.with(|session, now| session.tick(now));
    });
}

#[test]
fn a_connection_over_which_the_goodbye_goes_is_not_made_anew() {
    let meeting = meeting();
    let shared = &meeting.shared;
    let _told = shared.begin_join();
    shared.get_in();
    shared.with(|session, now| session.refresh(now)).unwrap();
    shared.with(|session, now| session.leave(now, None, None));
    assert!(!shared.renew(Vec::new()));
    let (actions, _) = shared.take_actions();
    assert!(actions.iter().any(|it| matches!(it, Action::Close)));
}

/// Of two publishes one waits in the link and one for the driver, when the connection goes.
fn sent_next_time(goes: impl FnOnce(&Shared, Vec<u64>)) {
    let meeting = meeting();
    let shared = &meeting.shared;
    let _told = shared.begin_join();
    shared.get_in();
    let publish = |message: &str| {
        let (waiter, told) = waiter();
        let data = json!({"topic": "chat", "message": message, "options": {}});
        shared
            .with(|session, now| session.publish(now, data, waiter))
            .unwrap();
        told
    };
    let mut first = publish("first");
    let (on_its_way, _) = shared.asked("pubsubPublish");
    let mut second = publish("second");
    goes(shared, vec![on_its_way]);
    assert!(first.try_recv().is_err() && second.try_recv().is_err());
    assert!(shared.sent().is_empty(), "there is nothing to send it on");

    shared.get_in();
    // The one that the link had still to send comes before.
    let sent = shared.sent();
    let messages: Vec<_> = sent.iter().map(|(_, _, data)| &data["message"]).collect();
    assert_eq!(messages, ["first", "second"]);
    for (mut told, (_, id, _)) in [first, second].into_iter().zip(&sent) {
        shared.answer(*id, json!({}));
        assert!(told.try_recv().expect("an outcome").is_ok());
    }
}

#[test]
fn a_driver_that_cannot_begin_ends_the_join_and_the_next_one_can() {
    let meeting = meeting();
    let shared = &meeting.shared;
    let mut told = shared.begin_join();
    let gone = WorkerId {
        engine: u64::MAX,
        index: 0,
    };
    let error = shared.start_driving(gone).unwrap_err();
    assert_eq!(error.status(), Status::Shutdown);
    let outcome = told.try_recv().expect("an outcome").unwrap_err();
    assert_eq!(outcome.status(), Status::Shutdown);
    assert!(!shared.is_driven());
    assert_eq!(meeting.snapshot().state(), MeetingState::Failed);

    // Nothing of the failed one is left to be done by the next one's driver.
    let _told = shared.begin_join();
    let (actions, _) = shared.take_actions();
    assert!(
        matches!(actions.front(), Some(Action::Open { .. })),
        "{actions:?}"
    );
}
