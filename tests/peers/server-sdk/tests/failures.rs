//! The failures that the SDK's own unit tests expect, served by the local service's faults: both
//! clients tell the same kind, text, request id and time to wait, and try again in the same cases.

use std::time::{Duration, Instant, SystemTime};

use serde_json::{Value, json};
use server_sdk::{Service, agree};
use videosdk::RoomCreateParams;
use vsdk::{RoomOptions, Status};

/// What both make of one reply to `GET /v2/rooms/x`, and that they agree about it.
async fn told(service: &Service, mut fault: Value) -> server_sdk::Refusal {
    fault["route"] = json!("GET /v2/rooms/*");
    fault["times"] = json!(1);
    service.misbehave(&fault).await;
    let theirs = service.theirs().with_max_retries(0);
    let theirs = theirs.rooms().get("x").await.unwrap_err();
    // The library has no option to try only once: as long as the fault acts, it fails.
    fault["times"] = json!(4);
    service.misbehave(&fault).await;
    let ours = vsdk::get_room("x", &service.ours()).wait().unwrap_err();
    agree(&theirs, &ours)
}

#[tokio::test]
async fn a_status_says_enough_when_the_body_says_nothing() {
    for status in [400, 401, 402, 403, 404, 409, 418] {
        let service = Service::start();
        let told = told(&service, json!({"status": status})).await;
        assert_eq!((told.http_status, told.text), (Some(status), None));
    }
}

#[tokio::test]
async fn the_text_is_found_under_each_of_its_names() {
    for (body, text) in [
        (
            json!({"message": "nope", "code": "room_gone"}),
            Some("nope"),
        ),
        (json!({"message": "boom"}), Some("boom")),
        (json!({"error": "boom"}), Some("boom")),
        (json!({"msg": "boom"}), Some("boom")),
        (json!({"statusMessage": "boom"}), Some("boom")),
        (json!({"errorCode": "E42"}), None),
        (json!({"message": "", "error": "real"}), Some("real")),
        (json!("plain text failure"), Some("plain text failure")),
        (json!("gone"), Some("gone")),
        (json!({}), None),
    ] {
        let service = Service::start();
        let fault = json!({"status": 404, "body": body.to_string()});
        assert_eq!(told(&service, fault).await.text.as_deref(), text, "{body}");
    }
}

#[tokio::test]
async fn a_conflict_comes_with_its_text_and_the_id_of_the_request() {
    let service = Service::start();
    let body = json!({"message": "already exists", "code": "duplicate"});
    let fault = json!({"status": 409, "body": body.to_string(),
        "headers": {"x-request-id": "req-123"}});
    let told = told(&service, fault).await;
    assert_eq!(told.http_status, Some(409));
    assert_eq!(told.text.as_deref(), Some("already exists"));
    assert_eq!(told.request_id.as_deref(), Some("req-123"));
}

#[tokio::test]
async fn the_request_id_is_found_under_the_names_of_gateways() {
    for name in ["request-id", "x-amzn-requestid", "x-amz-request-id"] {
        let service = Service::start();
        let mut headers = json!({"x-request-id": null});
        headers[name] = json!("amz");
        let told = told(&service, json!({"status": 404, "headers": headers})).await;
        assert_eq!(told.request_id.as_deref(), Some("amz"), "{name}");
    }
}

/// Where the SDK repeats the page, the library shows its text.
#[tokio::test]
async fn a_page_in_place_of_json_still_has_a_text() {
    let service = Service::start();
    let fault = json!({"route": "GET /v2/rooms/*", "times": null, "status": 502,
        "body": "<html>bad gateway</html>", "contentType": "text/html"});
    service.misbehave(&fault).await;
    let theirs = service.theirs().with_max_retries(0);
    let theirs = theirs.rooms().get("x").await.unwrap_err();
    assert_eq!(theirs.as_api().unwrap().message, "<html>bad gateway</html>");
    let ours = vsdk::get_room("x", &service.ours()).wait().unwrap_err();
    assert_eq!(ours.service_text(), Some("bad gateway"));
    assert_eq!(
        (ours.status(), ours.http_status()),
        (Status::ServerError, theirs.status())
    );
}

#[tokio::test]
async fn an_unknown_room_is_no_failure_of_validating_for_the_sdk() {
    let service = Service::start();
    for status in [400, 402, 404] {
        let fault = json!({"route": "GET /v2/rooms/validate/*", "times": 2, "status": status});
        service.misbehave(&fault).await;
        let theirs = service.theirs().rooms().validate("nope").await.unwrap();
        assert!(!theirs.valid && theirs.room.is_none());
        let ours = vsdk::validate_room("nope", &service.ours())
            .wait()
            .unwrap_err();
        assert_eq!(ours.http_status(), Some(status));
        assert!(!ours.is_retryable());
    }
    let fault = json!({"route": "GET /v2/rooms/validate/*", "times": 2, "status": 401});
    service.misbehave(&fault).await;
    let theirs = service.theirs().rooms().validate("x").await.unwrap_err();
    let ours = vsdk::validate_room("x", &service.ours())
        .wait()
        .unwrap_err();
    assert_eq!(agree(&theirs, &ours).http_status, Some(401));
}

#[tokio::test]
async fn reading_is_tried_again_after_a_failure_of_the_server() {
    let service = Service::start();
    let room = vsdk::create_room(&RoomOptions::new(), &service.ours()).wait();
    let room = room.unwrap();
    let fault = json!({"route": "GET /v2/rooms/*", "times": 2, "status": 503});
    service.misbehave(&fault).await;
    let theirs = service.theirs().rooms().get(room.id()).await.unwrap();
    assert_eq!(theirs.room_id, room.id());
    assert_eq!(service.requests("GET /v2/rooms/{id}").await, 3);
    service.misbehave(&fault).await;
    let ours = vsdk::get_room(room.id(), &service.ours()).wait().unwrap();
    assert_eq!(ours.id(), room.id());
    assert_eq!(service.requests("GET /v2/rooms/{id}").await, 6);
}

#[tokio::test]
async fn creating_is_not_tried_again_after_a_failure_of_the_server() {
    let service = Service::start();
    let fault = json!({"route": "POST /v2/rooms", "times": 1, "status": 503});
    service.misbehave(&fault).await;
    let theirs = service.theirs();
    let theirs = theirs.rooms().create(RoomCreateParams::default()).await;
    service.misbehave(&fault).await;
    let ours = vsdk::create_room(&RoomOptions::new(), &service.ours()).wait();
    assert_eq!(
        agree(&theirs.unwrap_err(), &ours.unwrap_err()).http_status,
        Some(503)
    );
    assert_eq!(service.requests("POST /v2/rooms").await, 2);
}

#[tokio::test]
async fn no_refusal_of_the_request_itself_is_tried_again() {
    let service = Service::start();
    for status in [400, 401, 402, 403, 404, 409] {
        let before = service.requests("GET /v2/rooms/{id}").await;
        let fault = json!({"route": "GET /v2/rooms/*", "times": 2, "status": status});
        service.misbehave(&fault).await;
        let theirs = service.theirs().rooms().get("x").await.unwrap_err();
        let ours = vsdk::get_room("x", &service.ours()).wait().unwrap_err();
        agree(&theirs, &ours);
        assert_eq!(service.requests("GET /v2/rooms/{id}").await, before + 2);
    }
}

#[tokio::test]
async fn creating_is_tried_again_when_there_were_too_many_requests() {
    let service = Service::start();
    let fault = json!({"route": "POST /v2/rooms", "times": 1, "status": 429});
    service.misbehave(&fault).await;
    let theirs = service.theirs();
    let theirs = theirs.rooms().create(RoomCreateParams::default()).await;
    assert!(!theirs.unwrap().room_id.is_empty());
    service.misbehave(&fault).await;
    let ours = vsdk::create_room(&RoomOptions::new(), &service.ours()).wait();
    assert!(!ours.unwrap().id().is_empty());
    assert_eq!(service.requests("POST /v2/rooms").await, 4);
}

#[tokio::test]
async fn both_wait_as_long_as_they_are_asked_to() {
    let service = Service::start();
    let room = vsdk::create_room(&RoomOptions::new(), &service.ours()).wait();
    let room = room.unwrap();
    let fault = json!({"route": "GET /v2/rooms/*", "times": 1, "status": 429,
        "headers": {"retry-after": "1"}});
    let at_least = Duration::from_millis(900);
    service.misbehave(&fault).await;
    let began = Instant::now();
    service.theirs().rooms().get(room.id()).await.unwrap();
    assert!(began.elapsed() >= at_least, "{:?}", began.elapsed());
    service.misbehave(&fault).await;
    let began = Instant::now();
    vsdk::get_room(room.id(), &service.ours()).wait().unwrap();
    assert!(began.elapsed() >= at_least, "{:?}", began.elapsed());
}

/// A wait that does not fit into the time of the call is told instead, as seconds or as a date.
#[tokio::test]
async fn both_tell_how_long_to_wait() {
    let service = Service::start();
    let after = |wait: &str| {
        json!({"route": "GET /v2/rooms/*", "times": 2, "status": 429,
            "headers": {"retry-after": wait}})
    };
    let both = async || {
        let theirs = service.theirs().with_max_retries(0);
        let theirs = theirs.rooms().get("x").await.unwrap_err();
        let ours = vsdk::get_room("x", &service.ours()).wait().unwrap_err();
        (theirs, ours)
    };
    service.misbehave(&after("120")).await;
    let (theirs, ours) = both().await;
    let told = agree(&theirs, &ours);
    assert_eq!(told.retry_after, Some(Duration::from_secs(120)));

    let date = SystemTime::now() + Duration::from_secs(120);
    service
        .misbehave(&after(&httpdate::fmt_http_date(date)))
        .await;
    let (theirs, ours) = both().await;
    // Each subtracts its own moment.
    for wait in [theirs.retry_after(), ours.retry_after()] {
        let wait = wait.expect("a date is understood");
        assert!((60..=120).contains(&wait.as_secs()), "{wait:?}");
    }
}

/// One that has passed already is none for the SDK, and for the library one of no time.
#[tokio::test]
async fn a_wait_that_cannot_be_read_is_none() {
    for wait in ["-5", "garbage"] {
        let service = Service::start();
        let fault = json!({"status": 429, "headers": {"retry-after": wait}});
        assert_eq!(told(&service, fault).await.retry_after, None, "{wait}");
    }
    let service = Service::start();
    let fault = json!({"route": "GET /v2/rooms/*", "times": null, "status": 429,
        "headers": {"retry-after": "0"}});
    service.misbehave(&fault).await;
    let theirs = service.theirs().with_max_retries(0);
    let theirs = theirs.rooms().get("x").await.unwrap_err();
    let ours = vsdk::get_room("x", &service.ours()).wait().unwrap_err();
    assert_eq!(
        (theirs.retry_after(), ours.retry_after()),
        (None, Some(Duration::ZERO))
    );
}
