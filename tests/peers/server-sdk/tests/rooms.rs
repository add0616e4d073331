//! The SDK's room calls, unmodified, against the local service; and each client sees what the other
//! has done.

use std::fs;

use futures_util::TryStreamExt;
use serde_json::{Value, json};
use server_sdk::{Service, their_client};
use videosdk::{
    AutoCloseConfigInput, AutoCloseType, AutoStartConfig, MultiComposition, Region,
    RoomCreateParams, RoomListParams, RoomWebhookInput,
};
use vsdk::{RoomListOptions, RoomOptions, Status};

fn named(custom_room_id: &str) -> RoomCreateParams {
    RoomCreateParams {
        custom_room_id: Some(custom_room_id.to_owned()),
        ..RoomCreateParams::default()
    }
}

#[tokio::test]
async fn a_room_without_wishes_is_created_and_found_under_all_its_ids() {
    let service = Service::start();
    let rooms_of = service.theirs();
    let rooms = rooms_of.rooms();

    let created = rooms.create(RoomCreateParams::default()).await.unwrap();
    let groups: Vec<usize> = created.room_id.split('-').map(str::len).collect();
    assert_eq!(groups, [4, 4, 4], "{}", created.room_id);
    assert_eq!(created.id.len(), 24);
    assert!(!created.disabled);
    assert_eq!(created.custom_room_id, None);
    let link = format!("{}/v2/rooms/{}", service.url(), created.room_id);
    assert_eq!(created.links["get_room"], link);

    for id in [&created.room_id, &created.id] {
        assert_eq!(rooms.get(id).await.unwrap().room_id, created.room_id);
    }
    let validation = rooms.validate(&created.room_id).await.unwrap();
    assert!(validation.valid);
    assert_eq!(validation.room_id, created.room_id);
}

#[tokio::test]
async fn all_that_the_sdk_can_wish_for_reaches_the_library() {
    let service = Service::start();
    let theirs = service.theirs();
    let created = theirs
        .rooms()
        .create(RoomCreateParams {
            custom_room_id: Some("lesson".into()),
            geo_fence: Some(Region::EU001),
            webhook: Some(RoomWebhookInput {
                url: "https://example.com/hook".into(),
                events: vec!["session*".into()],
            }),
            auto_close_config: Some(AutoCloseConfigInput {
                after_inactive_seconds: Some(300),
                kind: None,
            }),
            auto_start_config: Some(AutoStartConfig {
                recording: Some(json!({"config": {"quality": "high"}})),
                ..AutoStartConfig::default()
            }),
            multi_composition: Some(MultiComposition {
                recording: Some(true),
                hls: Some(false),
                rtmp: Some(false),
            }),
            allowed_participant_ids: Some(vec!["ann".into(), "bob".into()]),
        })
        .await
        .unwrap();

    let seen = vsdk::get_room("lesson", &service.ours()).wait().unwrap();
    assert_eq!(seen.id(), created.room_id);
    assert_eq!(seen.database_id(), Some(created.id.as_str()));
    assert_eq!(seen.api_key(), created.api_key.as_deref());
    assert_eq!(seen.created_at(), created.created_at.as_deref());
    assert_eq!(seen.custom_room_id(), Some("lesson"));
    assert_eq!(seen.geo_fence(), Some("eu001"));
    assert_eq!(seen.webhook_url(), Some("https://example.com/hook"));
    assert_eq!(seen.webhook_events(), ["session*"]);
    assert_eq!(seen.auto_close_type(), Some("session-ends"));
    assert_eq!(seen.auto_close_duration(), Some(300));
    let start: Value = serde_json::from_str(seen.auto_start_json().unwrap()).unwrap();
    assert_eq!(start, json!({"recording": {"config": {"quality": "high"}}}));
    let compositions = seen.multi_composition().unwrap();
    assert!(compositions.recording && !compositions.hls && !compositions.rtmp);
    assert_eq!(seen.allowed_participant_ids(), ["ann", "bob"]);
}

#[tokio::test]
async fn all_that_the_library_can_wish_for_reaches_the_sdk() {
    let service = Service::start();
    let mut options = RoomOptions::new();
    options
        .set_custom_room_id("lesson")
        .and_then(|options| options.set_geo_fence("us001"))
        .and_then(|options| options.set_webhook("https://example.com/hook", &["session-started"]))
        .and_then(|options| options.set_auto_close("session-end-and-deactivate", Some(600)))
        .and_then(|options| options.set_auto_start_json(r#"{"hls":{"config":{"theme":"DARK"}}}"#))
        .and_then(|options| options.set_allowed_participant_ids(&["ann"]))
        .unwrap()
        .set_multi_composition(false, true, false);
    let created = vsdk::create_room(&options, &service.ours()).wait().unwrap();

    let seen = service.theirs().rooms().get("lesson").await.unwrap();
    assert_eq!(seen.room_id, created.id());
    assert_eq!(seen.geo_fence, Some(Region::US001));
    let webhook = seen.webhook.unwrap();
    assert_eq!(webhook.end_point, "https://example.com/hook");
    assert_eq!(webhook.events, ["session-started"]);
    let close = seen.auto_close_config.unwrap();
    assert_eq!(close.kind, Some(AutoCloseType::SESSION_END_AND_DEACTIVATE));
    assert_eq!(close.duration, Some(600));
    let start = json!({"hls": {"config": {"theme": "DARK"}}});
    assert_eq!(seen.auto_start_config, Some(start));
    let compositions = json!({"recording": false, "hls": true, "rtmp": false});
    assert_eq!(seen.multi_composition, Some(compositions));
    assert_eq!(seen.allowed_participant_ids, ["ann"]);
}

#[tokio::test]
async fn a_custom_id_is_the_same_room_for_both() {
    let service = Service::start();
    let theirs = service.theirs();
    let created = theirs.rooms().create(named("standup")).await.unwrap();
    let again = theirs.rooms().create(named("standup")).await.unwrap();
    let mut options = RoomOptions::new();
    options.set_custom_room_id("standup").unwrap();
    let ours = vsdk::create_room(&options, &service.ours()).wait().unwrap();
    assert_eq!(again.room_id, created.room_id);
    assert_eq!(ours.id(), created.room_id);

    // The SDK gives the room's own id back, whatever it was asked for.
    let validation = theirs.rooms().validate("standup").await.unwrap();
    assert_eq!(validation.room_id, created.room_id);
    let validated = vsdk::validate_room("standup", &service.ours()).wait();
    assert_eq!(validated.unwrap().id(), created.room_id);
}

/// Both percent-encode ids, each in its own way: what one creates the other finds.
#[tokio::test]
async fn ids_of_every_kind_mean_the_same_in_both_urls() {
    let service = Service::start();
    let theirs = service.theirs();
    for id in [
        "a/b",
        "Grüße aus Köln",
        "50% off",
        "%2F",
        "who?what#where",
        "a+b&c=d",
        "会议",
        "deactivate",
        "validate",
        "~tilde.dot-dash_",
    ] {
        let created = theirs.rooms().create(named(id)).await.unwrap();
        let got = theirs.rooms().get(id).await.unwrap();
        assert_eq!(got.custom_room_id.as_deref(), Some(id));
        assert_eq!(got.room_id, created.room_id, "{id}");
        assert!(theirs.rooms().validate(id).await.unwrap().valid, "{id}");
        let got = vsdk::get_room(id, &service.ours()).wait().unwrap();
        assert_eq!(got.id(), created.room_id, "{id}");
        let validated = vsdk::validate_room(id, &service.ours()).wait().unwrap();
        assert_eq!(validated.id(), created.room_id, "{id}");
    }
}

#[tokio::test]
async fn an_unknown_room_is_told_in_the_way_of_each() {
    let service = Service::start();
    let theirs = service.theirs();
    let error = theirs.rooms().get("nowhere").await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    assert_eq!(error.status(), Some(402));
    // The SDK makes an answer out of it, the library a failure.
    let validation = theirs.rooms().validate("nowhere").await.unwrap();
    assert!(!validation.valid && validation.room.is_none());
    assert_eq!(validation.room_id, "nowhere");
    let error = vsdk::get_room("nowhere", &service.ours())
        .wait()
        .unwrap_err();
    assert_eq!(error.status(), Status::NotFound);
}

#[tokio::test]
async fn lists_are_walked_alike() {
    let service = Service::start();
    let theirs = service.theirs();
    for number in 1..=5 {
        let id = format!("room-{number}");
        theirs.rooms().create(named(&id)).await.unwrap();
    }
    let params = RoomListParams {
        per_page: Some(2),
        ..RoomListParams::default()
    };
    let page = theirs.rooms().list(params.clone()).await.unwrap();
    assert_eq!((page.data.len(), page.total()), (2, 5));
    assert_eq!(page.page_info().last_page, 3);
    assert!(page.has_next_page());

    let streamed: Vec<String> = theirs
        .rooms()
        .list_stream(params)
        .map_ok(|room| room.room_id)
        .try_collect()
        .await
        .unwrap();
    let mut walked = Vec::new();
    let mut number = 1;
    loop {
        let mut options = RoomListOptions::new();
        options.set_page(number).unwrap().set_per_page(2).unwrap();
        let list = vsdk::list_rooms(&options, &service.ours()).wait().unwrap();
        assert_eq!((list.total(), list.last_page()), (5, 3));
        walked.extend(list.rooms().iter().map(|room| room.id().to_owned()));
        if i64::from(number) == list.last_page() {
            break;
        }
        number += 1;
    }
    assert_eq!(streamed.len(), 5);
    assert_eq!(streamed, walked);
}

#[tokio::test]
async fn lists_are_narrowed_to_one_id() {
    let service = Service::start();
    let theirs = service.theirs();
    let wanted = theirs.rooms().create(named("a b&c")).await.unwrap();
    theirs.rooms().create(named("another")).await.unwrap();
    for (query, found) in [("a b&c", 1), (wanted.room_id.as_str(), 1), ("a", 0)] {
        let params = RoomListParams {
            query: Some(query.to_owned()),
            ..RoomListParams::default()
        };
        let page = theirs.rooms().list(params).await.unwrap();
        assert_eq!(page.data.len(), found, "{query}");
        let mut options = RoomListOptions::new();
        options.set_query(query);
        let list = vsdk::list_rooms(&options, &service.ours()).wait().unwrap();
        assert_eq!(list.rooms().len(), found, "{query}");
        if found == 1 {
            assert_eq!(page.data[0].room_id, wanted.room_id);
            assert_eq!(list.rooms()[0].id(), wanted.room_id);
        }
    }
    let of_account = RoomListParams {
        user_id: Some("000000000000000000000000".to_owned()),
        ..RoomListParams::default()
    };
    let page = theirs.rooms().list(of_account).await.unwrap();
    assert_eq!((page.data.len(), page.total()), (0, 0));
}

#[tokio::test]
async fn what_one_closes_is_closed_for_the_other() {
    let service = Service::start();
    let theirs = service.theirs();
    let created = theirs.rooms().create(named("first")).await.unwrap();
    let ended = theirs.rooms().end(&created.room_id).await.unwrap();
    assert!(ended.disabled);
    assert_eq!(ended.room_id, created.room_id);
    let seen = vsdk::get_room("first", &service.ours()).wait().unwrap();
    assert_eq!(seen.is_disabled(), Some(true));

    let created = theirs.rooms().create(named("second")).await.unwrap();
    let closed = vsdk::deactivate_room(&created.room_id, &service.ours()).wait();
    assert_eq!(closed.unwrap().is_disabled(), Some(true));
    assert!(theirs.rooms().get("second").await.unwrap().disabled);

    // Closing takes the service's own id only.
    let error = theirs.rooms().end("second").await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    let error = vsdk::deactivate_room("second", &service.ours())
        .wait()
        .unwrap_err();
    assert_eq!(error.status(), Status::NotFound);
}

/// The SDK's TLS is another implementation than the service's, and it negotiates HTTP/2.
#[tokio::test]
async fn the_sdk_gets_through_over_tls() {
    let folder = std::env::temp_dir().join(format!("vsdk-peers-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let ca_file = folder.join("ca.pem");
    let path = ca_file.to_str().expect("the folder has a plain name");
    let service = Service::start_with(&["--https", "127.0.0.1:0", "--ca-file", path]);
    let authority = reqwest::Certificate::from_pem(&fs::read(&ca_file).unwrap()).unwrap();
    fs::remove_dir_all(&folder).unwrap();

    let http = reqwest::Client::builder()
        .add_root_certificate(authority)
        .build()
        .unwrap();
    let theirs = their_client(service.https_url())
        .http_client(http.clone())
        .build()
        .unwrap();
    let created = theirs.rooms().create(named("secret")).await.unwrap();
    assert!(created.links["get_room"].starts_with(service.https_url()));
    let seen = vsdk::get_room("secret", &service.ours()).wait().unwrap();
    assert_eq!(seen.id(), created.room_id);
    let reply = http.get(service.https_url()).send().await.unwrap();
    assert_eq!(reply.version(), reqwest::Version::HTTP_2);

    let stranger = their_client(service.https_url()).max_retries(0).build();
    let error = stranger.unwrap().rooms().get("secret").await.unwrap_err();
    assert!(matches!(error, videosdk::Error::Network { .. }), "{error}");
}
