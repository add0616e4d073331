//! The rooms client against a real server.

use std::time::Duration;

use devserver::{Fault, Options, Server};
use serde_json::json;
use tokio::time::Instant;

use super::*;
use crate::http::tests::{add, client, far, poll_and_drop, server};
use crate::http::{MAX_IN_FLIGHT, Settings, Slots};
use crate::redact::Secret;

fn access_with(base_url: &str, token: &str) -> Access {
    let base_url = parse_base_url("base URL", base_url).expect("a good base URL");
    Access::new(&base_url, &Secret::new(token)).expect("a good token")
}

fn access(server: &Server) -> Access {
    access_with(server.http_url(), &server.token())
}

fn named(id: &str) -> RoomOptions {
    let mut options = RoomOptions::new();
    options.set_custom_room_id(id).expect("an id");
    options
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_lives_from_creation_to_deactivation() -> Result<()> {
    let (server, client) = (server(), client());
    let access = access(&server);
    let created = create(&client, &access, named("lab 7/ü?#%").to_json(), far()).await?;
    assert!(!created.id().is_empty());
    assert_eq!(created.custom_room_id(), Some("lab 7/ü?#%"));
    assert_eq!(created.is_disabled(), Some(false));
    assert!(created.json().contains("\"roomId\""));
    let again = create(&client, &access, named("lab 7/ü?#%").to_json(), far()).await?;
    assert_eq!(
        again.id(),
        created.id(),
        "creating is idempotent on the custom id"
    );
    for id in [created.id(), "lab 7/ü?#%"] {
        assert_eq!(
            validate(&client, &access, id, far()).await?.id(),
            created.id()
        );
        assert_eq!(get(&client, &access, id, far()).await?.id(), created.id());
    }
    let listed = list(&client, &access, &RoomListOptions::new(), far()).await?;
    assert_eq!(
        (listed.total(), listed.page(), listed.rooms().len()),
        (1, 1, 1)
    );
    assert_eq!(listed.rooms()[0].id(), created.id());
    let closed = deactivate(&client, &access, created.id(), far()).await?;
    assert_eq!(closed.id(), created.id(), "legacy names are mapped");
    assert!(
        client
            .clock_offset()
            .is_some_and(|offset| offset.abs() <= 5)
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_awkward_id_reaches_the_server_as_one_segment() -> Result<()> {
    let (server, client) = (server(), client());
    let access = access(&server);
    for id in [
        "a/b", "a?b", "a#b", "100%", "%2e%2e", "../x", "a b", "🎉", "...", "a+b", "ä&ö",
    ] {
        let room = create(&client, &access, named(id).to_json(), far()).await?;
        let found = get(&client, &access, id, far()).await?;
        assert_eq!((found.id(), found.custom_room_id()), (room.id(), Some(id)));
        let found = validate(&client, &access, id, far()).await?;
        assert_eq!(found.id(), room.id());
        let mut query = RoomListOptions::new();
        query.set_query(id);
        assert_eq!(
            list(&client, &access, &query, far()).await?.total(),
            1,
            "{id}"
        );
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_that_are_none_never_reach_the_server() {
    let (server, client) = (server(), client());
    let access = access(&server);
    for id in ["", " ", ".", ".."] {
        for outcome in [
            validate(&client, &access, id, far()).await,
            get(&client, &access, id, far()).await,
        ] {
            let error = outcome.expect_err(id);
            assert_eq!(error.status(), Status::InvalidArgument);
            assert!(!error.operation().is_empty());
        }
    }
    let error = deactivate(&client, &access, "", far())
        .await
        .expect_err("an empty id");
    assert_eq!(
        (error.status(), error.operation()),
        (Status::InvalidArgument, "room_deactivate")
    );
    assert_eq!(server.stats().requests_total, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_service_refuses_is_told_in_its_words() {
    let (server, client) = (server(), client());
    let access = access(&server);
    let error = get(&client, &access, "no-such-room", far())
        .await
        .expect_err("nothing there");
    assert_eq!(
        (error.status(), error.operation()),
        (Status::NotFound, "room_get"),
        "{error}"
    );
    let expired = server.mint(&json!({ "apikey": server.api_key(), "iat": 1, "exp": 2 }));
    for token in [expired.as_str(), "not-a-token"] {
        let wrong = access_with(server.http_url(), token);
        let error = create(&client, &wrong, RoomOptions::new().to_json(), far())
            .await
            .expect_err(token);
        assert_eq!(error.status(), Status::Unauthorized, "{error}");
        assert!(error.service_text().is_some(), "{error}");
        assert!(error.request_id().is_some(), "{error}");
        assert!(!format!("{error:?}").contains(token), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_status_with_a_useless_body_is_no_room() {
    for (body, part) in [
        ("", "an empty reply"),
        ("{}", "an empty JSON object"),
        (r#"{"room":"a"}"#, "the keys room"),
        (r#"{"roomId":null}"#, "the keys roomId"),
        (r#"{"roomId":""}"#, "the keys roomId"),
        (r#"{"error":"sorry","code":4006}"#, "an error: “sorry”"),
        ("<html><title>Sign in</title>", "an HTML page: “Sign in”"),
        (r#""done""#, "only the text: “done”"),
        (r#"{"roomId":"a"#, "ends too early"),
        ("[]", "a JSON array"),
    ] {
        let (server, client) = (server(), client());
        add(
            &server,
            Fault::reply("*", 200, body).content_type("text/plain"),
        );
        let outcome = create(
            &client,
            &access(&server),
            RoomOptions::new().to_json(),
            far(),
        )
        .await;
        let error = outcome.expect_err(body);
        assert_eq!(error.status(), Status::InvalidResponse, "{error}");
        assert!(error.message().contains(part), "{part}: {error}");
        assert_eq!(error.http_status(), Some(200));
        let code = body.contains("4006").then_some(4006);
        assert_eq!(error.service_code(), code);
    }
    let (server, client) = (server(), client());
    add(
        &server,
        Fault::reply("*", 200, r#"{"roomId":12}"#).content_type("text/html"),
    );
    let room = create(
        &client,
        &access(&server),
        RoomOptions::new().to_json(),
        far(),
    )
    .await;
    assert_eq!(
        room.expect("any content type, and numbers as ids").id(),
        "12"
    );
    add(&server, Fault::reply("*", 200, r#"{"error":"no"}"#));
    let listed = list(&client, &access(&server), &RoomListOptions::new(), far()).await;
    assert_eq!(
        listed.expect_err("no list").status(),
        Status::InvalidResponse
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_base_url_may_have_a_prefix() {
    let server = server();
    let base = format!("{}/some/prefix/", server.http_url());
    let access = access_with(&base, &server.token());
    add(
        &server,
        Fault::reply("POST /some/prefix/v2/rooms", 200, r#"{"roomId":"a"}"#),
    );
    let room = create(&client(), &access, RoomOptions::new().to_json(), far()).await;
    assert_eq!(room.expect("the fault's own reply").id(), "a");
}

#[tokio::test(flavor = "multi_thread")]
async fn creating_can_be_dropped_at_every_await() {
    let server = server();
    let access = access(&server);
    let slots = Slots::new(MAX_IN_FLIGHT);
    for polls in 0..500 {
        // Each time from the beginning, with connections yet to be made.
        let client = Client::new(Settings::default(), slots.clone()).expect("settings");
        let options = RoomOptions::new();
        // Long enough that the reply is never there by the first poll.
        server.faults().clear();
        add(&server, Fault::delay("*", 50));
        let finished =
            poll_and_drop(create(&client, &access, options.to_json(), far()), polls).await;
        assert_eq!(slots.free(), MAX_IN_FLIGHT);
        server.faults().clear();
        create(&client, &access, options.to_json(), far())
            .await
            .expect("the next one");
        if let Some(outcome) = finished {
            outcome.expect("the one that was left alone");
            assert!(polls >= 2, "only {polls} polls");
            return;
        }
    }
    panic!("creating never ended");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_rooms_at_once() {
    let server = Server::start(Options::default()).expect("a server");
    let (client, access) = (client(), access(&server));
    let begin = Instant::now();
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..1000 {
        let (client, access) = (client.clone(), access.clone());
        running.spawn(async move {
            create(&client, &access, RoomOptions::new().to_json(), far()).await
        });
    }
    let mut ids = std::collections::HashSet::new();
    while let Some(outcome) = running.join_next().await {
        ids.insert(outcome.expect("no panic").expect("a room").id().to_owned());
    }
    let stats = server.stats();
    println!(
        "1,000 rooms in {:?}, {} connections at most",
        begin.elapsed(),
        stats.connections_peak
    );
    assert_eq!((ids.len(), stats.requests_total), (1000, 1000));
    assert!(stats.connections_peak <= MAX_IN_FLIGHT, "{stats:?}");
    assert!(begin.elapsed() < Duration::from_secs(60));
}
