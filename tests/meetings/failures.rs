//! Joins that the service refuses: one error each, with the service's number, wherever it comes from.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use devserver::{Fault, Options, Server, SignalingFault, SocketAction};
use serde_json::json;
use vsdk::meeting::{EventType, MeetingState};
use vsdk::{RequestOptions, RoomOptions, Status};

use crate::support::{Client, LONG, room, server, token_with};

/// How a refusal comes.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// As the answer to a request of HTTP.
    Http(&'static str),
    /// As the answer to a request of signalling.
    Signaling(&'static str),
}

const WAYS: [Way; 4] = [
    Way::Http("POST /infra/v1/meetings/server-init-config"),
    Way::Http("GET /"),
    Way::Signaling("requestEntry"),
    Way::Signaling("join"),
];

impl Way {
    /// The next two joins are refused so.
    fn refuse_twice(self, server: &Server, number: u16, text: &str) {
        let faults = server.faults();
        match self {
            Way::Http(route) => {
                let body = json!({"statusCode": 403, "error": text, "code": number}).to_string();
                let fault = Fault::reply(route, 403, &body);
                drop(faults.add(fault.times(2)).expect("it acts"));
            }
            Way::Signaling(method) => {
                let fault = SignalingFault::refuse(method, number, text);
                drop(faults.add_signaling(fault.times(2)).expect("it acts"));
            }
        }
    }
}

#[test]
fn each_number_means_the_same_wherever_it_comes_from() {
    use Status::*;
    let server = server();
    let room = room(&server);
    for (number, status) in [
        (4001, Unauthorized),
        (4002, Unauthorized),
        (4003, NotFound),
        (4004, BadRequest),
        (4005, DuplicateParticipant),
        (4006, Forbidden),
        (4007, Forbidden),
        (4008, TokenPermissions),
        (4009, LimitReached),
        (4010, LimitReached),
        (4021, Forbidden),
        (4022, TokenRoomMismatch),
        (4023, TokenParticipantMismatch),
        (4024, TokenRole),
        (4025, Forbidden),
        (4026, LimitReached),
        (4041, LimitReached),
        (4052, NotFound),
        (4053, Unauthorized),
        (5000, ServerError),
    ] {
        for way in WAYS {
            let what = format!("{number} by {way:?}");
            way.refuse_twice(&server, number, "It is so");
            let client = Client::new(&server, &room, "ann", |_| ());
            let error = client.fails_to_join(&what, status, Some(i32::from(number)));
            assert_eq!(error.service_text(), Some("It is so"), "{what}");
            client.join();
            client.leave();
        }
    }
}

#[test]
fn wrong_rooms_and_tokens_have_their_numbers() {
    let server = server();
    let good = room(&server);
    let token = server.token();
    let other = token_with(&server, |claims| claims["apikey"] = "another".into());
    let mut request = RequestOptions::new();
    request
        .set_token(Some(&token))
        .set_api_base_url(Some(server.http_url()));
    let disabled = room(&server);
    vsdk::deactivate_room(&disabled, &request).wait().unwrap();
    let mut options = RoomOptions::new();
    options
        .set_allowed_participant_ids(&["bob"])
        .expect("good ids");
    let restricted = vsdk::create_room(&options, &request).wait().unwrap();
    for (what, room, token, status, number) in [
        (
            "no such room",
            "no-such-room",
            &token,
            Status::NotFound,
            4003,
        ),
        (
            "another's token",
            good.as_str(),
            &other,
            Status::Unauthorized,
            4001,
        ),
        (
            "a room that was deactivated",
            disabled.as_str(),
            &token,
            Status::NotFound,
            4052,
        ),
        (
            "a room that does not have this participant",
            restricted.id(),
            &token,
            Status::TokenParticipantMismatch,
            4023,
        ),
    ] {
        let client = Client::with_token(&server, room, "ann", token, |_| ());
        client.fails_to_join(what, status, Some(number));
    }
}

/// A token that is good for so many seconds more, and when it ends.
fn short_lived(server: &Server, seconds: u64) -> (String, SystemTime) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let end = now.as_secs() + seconds;
    let token = token_with(server, |claims| claims["exp"] = end.into());
    (token, UNIX_EPOCH + Duration::from_secs(end))
}

fn sleep_until(end: SystemTime) {
    if let Ok(left) = end.duration_since(SystemTime::now()) {
        std::thread::sleep(left);
    }
}

#[test]
fn a_token_that_has_ended_since_is_refused_and_a_fresh_one_gets_in() {
    let server = server();
    let room = room(&server);
    let (token, end) = short_lived(&server, 2);
    let client = Client::with_token(&server, &room, "ann", &token, |_| ());
    sleep_until(end);
    let error = client.fails_to_join("an expired token", Status::Unauthorized, Some(4002));
    let text = error.service_text().unwrap_or_default();
    assert!(text.contains("expired"), "{error}");
    client.meeting.set_token(&server.token()).unwrap();
    client.join();
}

#[test]
fn a_full_room_is_4009_and_free_again_when_somebody_has_left() {
    let server = Server::start(Options {
        participant_limit: 1,
        ..Options::default()
    })
    .expect("loopback has free ports");
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    ann.join();
    let bob = Client::new(&server, &room, "bob", |_| ());
    let error = bob.fails_to_join("a full room", Status::LimitReached, Some(4009));
    assert_eq!(error.service_text(), Some("The room is full"));
    ann.leave();
    let began = std::time::Instant::now();
    while server.stats().participants > 0 {
        assert!(began.elapsed() < LONG, "ann is still there");
        std::thread::sleep(Duration::from_millis(2));
    }
    bob.join();
}

#[test]
fn a_server_that_is_gone_is_told_and_the_join_may_be_tried_again() {
    let gone = server();
    let room = room(&gone);
    let client = Client::new(&gone, &room, "ann", |_| ());
    gone.stop();
    let error = client.fails_to_join("nobody is there", Status::NetworkConnect, None);
    assert!(error.is_retryable());
}

#[test]
fn a_name_that_does_not_exist_is_told() {
    let server = server();
    let client = Client::new(&server, "room", "ann", |options| {
        options.set_api_base_url(Some("https://nonexistent.invalid"));
    });
    let error = client.fails_to_join("no such name", Status::NetworkDns, None);
    assert!(error.message().contains("nonexistent.invalid"), "{error}");
}

#[test]
fn a_close_without_a_reason_is_1007_and_says_so() {
    let server = server();
    let room = room(&server);
    let client = Client::new(&server, &room, "ann", |_| ());
    client.join();
    let text = r#"{"request":true,"id":1,"method":"close"}"#.to_owned();
    assert_eq!(server.act_on_sockets(&SocketAction::Send { text }), 1);
    let left = client.next(EventType::MeetingLeft);
    assert_eq!((left.code(), left.text()), (1007, Some("UNKNOWN")));
    let over = client.state(MeetingState::Left);
    assert_eq!(over.status(), Some(Status::MeetingEnded));
    let told: serde_json::Value = serde_json::from_str(&over.to_json()).unwrap();
    assert_eq!(told["serviceCode"], 1007);
    let message = told["message"].as_str().unwrap();
    assert!(message.contains("it gave no reason"), "{message}");
    assert!(client.is_closed());
}

#[test]
fn ice_servers_that_cannot_be_read_are_warned_of_and_keep_nobody_out() {
    let server = server();
    let room = room(&server);
    let config = |ice_servers: &str| {
        let body = json!({"data": {
            "baseUrl": "localhost", "iceServers": ice_servers,
            "signalingUrl": server.http_url().replace("http:", "ws:"),
        }});
        Fault::reply(
            "POST /infra/v1/meetings/server-init-config",
            200,
            &body.to_string(),
        )
    };
    for (ice_servers, words) in [
        ("*", "they are not Base64"),
        ("AAAAAAAAAAAAAAAAAAAAAA==", "they cannot be decrypted"),
    ] {
        server.faults().add(config(ice_servers)).expect("it acts");
        let client = Client::new(&server, &room, "ann", |_| ());
        client.join();
        let events = client.all();
        let warnings: Vec<_> = events
            .iter()
            .filter(|event| event.kind() == EventType::Warning)
            .collect();
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        let text = warnings[0].text().unwrap();
        assert!(text.contains(words), "{text}");
        let snapshot: serde_json::Value =
            serde_json::from_str(&client.snapshot().to_json()).unwrap();
        assert_eq!(snapshot["iceServers"], json!([]));
        client.leave();
    }
}
