//! Against the local service, over real sockets.

mod proxies;
mod stalls;

use std::time::Duration;

use devserver::{Options, Server};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{Destination, Frame, Link, LinkEvent, Opened, open, request};
use crate::http::tests::{client, client_with, far, server};
use crate::http::{Address, Settings};
use crate::redact::Secret;
use crate::{Result, Status};

fn destination(base: &str, server: &Server, room_id: &str) -> Destination {
    Destination {
        service: Address::parse("URL", base).unwrap(),
        room_id: room_id.to_owned(),
        participant_id: "ann é&=".to_owned(),
        token: Secret::new(server.token()),
        mode: "SEND_AND_RECV",
        peer_type: "normal",
    }
}

/// A new room of the server.
async fn room(server: &Server, base: &str, client: &crate::http::Client) -> String {
    let access = crate::rooms::Access::new(
        &Address::parse("URL", base).unwrap(),
        &Secret::new(server.token()),
    )
    .unwrap();
    let options = crate::rooms::RoomOptions::new().to_json();
    let room = crate::rooms::create(client, &access, options, far()).await;
    room.expect("a room").id().to_owned()
}

async fn frame(link: &mut Link) -> Frame {
    let event = tokio::time::timeout(Duration::from_secs(60), link.next()).await;
    match event.expect("no hang") {
        LinkEvent::Frame(frame) => frame,
        other => panic!("{other:?}"),
    }
}

/// The answer to a request; what comes before it is dropped.
async fn answer(link: &mut Link, id: u64, method: &str, data: Value) -> Value {
    link.send(Some(id), request(id, method, &data));
    loop {
        match frame(link).await {
            Frame::Response { id: of, answer } if of == id => {
                return answer.expect("a good answer");
            }
            _ => {}
        }
    }
}

async fn join(link: &mut Link) -> Value {
    answer(link, 1, "requestEntry", json!({"name": "Ann"})).await;
    let data = json!({"displayName": "Ann", "device": "Unknown", "metaData": null});
    answer(link, 2, "join", data).await
}

#[tokio::test]
async fn a_room_is_joined_over_plain_and_over_secure_connections() {
    let server = Server::start(Options {
        https: Some(([127, 0, 0, 1], 0).into()),
        ice_servers: json!([{"urls": "stun:127.0.0.1:3478"}]),
        ..Options::default()
    })
    .unwrap();
    let trusting = Settings {
        extra_ca_pem: Some(server.ca_pem().to_owned()),
        ..Settings::default()
    };
    let client = client_with(trusting);
    for base in [server.http_url(), server.https_url()] {
        let room_id = room(&server, base, &client).await;
        let destination = destination(base, &server, &room_id);
        let Opened {
            mut link,
            ice_servers,
        } = open(&client, &destination, far(), true).await.unwrap();
        assert_eq!(ice_servers.unwrap().urls(), ["stun:127.0.0.1:3478"]);
        assert_eq!(join(&mut link).await["peers"], json!([]));
        link.close();
        let ended = tokio::time::timeout(Duration::from_secs(60), link.next()).await;
        assert!(matches!(ended, Ok(LinkEvent::Ended(_))), "{ended:?}");
    }
}

async fn refusal(server: &Server, change: impl FnOnce(&mut Destination)) -> crate::Error {
    let client = client();
    let room_id = room(server, server.http_url(), &client).await;
    let mut destination = destination(server.http_url(), server, &room_id);
    change(&mut destination);
    let opened: Result<Opened> = open(&client, &destination, far(), true).await;
    let error = opened.err().expect("a refusal");
    assert_eq!(error.operation(), "meeting_join");
    assert!(
        error.message().starts_with("Could not join the meeting: "),
        "{error}"
    );
    error
}

#[tokio::test]
async fn refusals_keep_the_service_s_number_wherever_they_come() {
    let server = server();
    let error = refusal(&server, |it| it.room_id = "no-such-room".to_owned()).await;
    assert_eq!(
        (error.status(), error.service_code()),
        (Status::NotFound, Some(4003))
    );
    let error = refusal(&server, |it| it.token = Secret::new("a.b.c")).await;
    assert_eq!(
        (error.status(), error.service_code()),
        (Status::Unauthorized, Some(4002))
    );
    // Init-config knows nothing of participants: this is the WebSocket's own refusal.
    let error = refusal(&server, |it| it.participant_id = "x".repeat(300)).await;
    assert_eq!(error.service_code(), Some(4004), "{error}");
    assert_eq!(error.http_status(), Some(400));
}

#[tokio::test]
async fn a_server_that_stops_ends_the_connection() {
    let server = server();
    let client = client();
    let room_id = room(&server, server.http_url(), &client).await;
    let destination = destination(server.http_url(), &server, &room_id);
    let mut link = open(&client, &destination, far(), true).await.unwrap().link;
    join(&mut link).await;
    tokio::task::spawn_blocking(move || server.stop());
    let ended = tokio::time::timeout(Duration::from_secs(60), link.next()).await;
    assert!(matches!(ended, Ok(LinkEvent::Ended(_))), "{ended:?}");
}

#[tokio::test]
async fn a_deadline_that_passes_is_told() {
    let server = server();
    let room_id = room(&server, server.http_url(), &client()).await;
    let destination = destination(server.http_url(), &server, &room_id);
    let error = open(&client(), &destination, Instant::now(), true)
        .await
        .err()
        .expect("too late");
    assert_eq!(error.status(), Status::Timeout);
}
