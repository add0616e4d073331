//! The replies that the SDK's own unit tests expect, served by the local service's faults: the SDK
//! reads them as its tests say, and the library reads the same in them.

use std::time::{Duration, Instant};

use futures_util::StreamExt;
use serde_json::{Value, json};
use server_sdk::Service;
use videosdk::{AutoCloseType, Region, RoomCreateParams, RoomListParams};
use vsdk::{RoomListOptions, RoomOptions, Status};

/// The next requests to a route get this reply; `more` holds further fields of the fault.
async fn answer(service: &Service, route: &str, body: &Value, more: Value) {
    let mut fault = json!({"route": route, "times": 2, "status": 200, "body": body.to_string()});
    for (name, value) in more.as_object().expect("fields of a fault") {
        fault[name] = value.clone();
    }
    service.misbehave(&fault).await;
}

#[tokio::test]
async fn a_new_room_may_have_nothing_but_its_ids() {
    let service = Service::start();
    let body = json!({"id": "db-1", "roomId": "abcd-efgh-ijkl"});
    answer(&service, "POST /v2/rooms", &body, json!({})).await;
    let theirs = service.theirs();
    let theirs = theirs.rooms().create(RoomCreateParams::default()).await;
    let theirs = theirs.unwrap();
    let ours = vsdk::create_room(&RoomOptions::new(), &service.ours()).wait();
    let ours = ours.unwrap();
    assert_eq!(
        (theirs.room_id.as_str(), ours.id()),
        ("abcd-efgh-ijkl", "abcd-efgh-ijkl")
    );
    assert_eq!(
        (theirs.id.as_str(), ours.database_id()),
        ("db-1", Some("db-1"))
    );
    assert_eq!((theirs.custom_room_id, ours.custom_room_id()), (None, None));
}

/// The fault's route is the path as it is on the wire: both percent-encode the slash.
#[tokio::test]
async fn an_id_with_a_slash_is_one_segment_of_the_path() {
    let service = Service::start();
    let body = json!({"id": "db-1", "roomId": "a/b"});
    answer(&service, "GET /v2/rooms/a%2Fb", &body, json!({})).await;
    assert_eq!(
        service.theirs().rooms().get("a/b").await.unwrap().room_id,
        "a/b"
    );
    assert_eq!(
        vsdk::get_room("a/b", &service.ours()).wait().unwrap().id(),
        "a/b"
    );
}

#[tokio::test]
async fn validating_resolves_a_custom_id() {
    let service = Service::start();
    let body = json!({"id": "db-1", "roomId": "abcd-efgh-ijkl"});
    answer(&service, "GET /v2/rooms/validate/my-room", &body, json!({})).await;
    let theirs = service.theirs().rooms().validate("my-room").await.unwrap();
    let ours = vsdk::validate_room("my-room", &service.ours())
        .wait()
        .unwrap();
    assert_eq!(
        (theirs.room_id.as_str(), ours.id()),
        ("abcd-efgh-ijkl", "abcd-efgh-ijkl")
    );
}

#[tokio::test]
async fn a_closed_room_is_disabled_under_new_names_and_old_ones() {
    let service = Service::start();
    let route = "POST /v2/rooms/deactivate";
    let body = json!({"id": "db-1", "roomId": "abcd-efgh-ijkl", "disabled": true});
    answer(&service, route, &body, json!({})).await;
    let theirs = service
        .theirs()
        .rooms()
        .end("abcd-efgh-ijkl")
        .await
        .unwrap();
    let ours = vsdk::deactivate_room("abcd-efgh-ijkl", &service.ours()).wait();
    assert!(theirs.disabled);
    assert_eq!(ours.unwrap().is_disabled(), Some(true));

    // The names that the SDK's tests still expect where sessions end.
    let body = json!({"id": "s-1", "meetingId": "abcd-efgh-ijkl", "userMeetingId": "my-room"});
    answer(&service, route, &body, json!({"times": 1})).await;
    let ours = vsdk::deactivate_room("abcd-efgh-ijkl", &service.ours()).wait();
    let ours = ours.unwrap();
    assert_eq!(
        (ours.id(), ours.custom_room_id()),
        ("abcd-efgh-ijkl", Some("my-room"))
    );
}

#[tokio::test]
async fn what_the_api_adds_later_does_not_break_a_room() {
    let service = Service::start();
    for body in [
        json!({"id": "d-1", "roomId": "r-1", "geoFence": "mars001"}),
        json!({"id": "d-1", "roomId": "r-1",
            "autoCloseConfig": {"type": "session-archive", "duration": 60}}),
        json!({"id": "d-1", "roomId": "r-1", "somethingNew": 42}),
    ] {
        answer(&service, "GET /v2/rooms/*", &body, json!({})).await;
        let theirs = service.theirs().rooms().get("r-1").await.unwrap();
        let ours = vsdk::get_room("r-1", &service.ours()).wait().unwrap();
        assert_eq!(theirs.room_id, ours.id());
        let region = theirs.geo_fence.as_ref().map(Region::as_str);
        assert_eq!(region, ours.geo_fence());
        assert_eq!(region, body["geoFence"].as_str());
        let close = theirs.auto_close_config.as_ref();
        let kind = close.and_then(|close| close.kind.as_ref());
        assert_eq!(kind.map(AutoCloseType::as_str), ours.auto_close_type());
        let duration = close.and_then(|close| close.duration).map(i64::from);
        assert_eq!(duration, ours.auto_close_duration());
        assert_eq!(duration, body["autoCloseConfig"]["duration"].as_i64());
        // What neither knows, both keep.
        let whole: Value = serde_json::from_str(ours.json()).unwrap();
        assert_eq!(theirs.extra.get("somethingNew"), body.get("somethingNew"));
        assert_eq!(whole, body);
    }
}

/// The one difference: a room without an id is an empty one to the SDK, and none to the library.
#[tokio::test]
async fn nulls_are_absent_but_a_room_needs_its_id() {
    let service = Service::start();
    let body = json!({"id": "d-1", "roomId": "r-1", "disabled": null, "webhook": null,
        "allowedParticipantIds": null, "links": null});
    answer(&service, "GET /v2/rooms/*", &body, json!({})).await;
    let theirs = service.theirs().rooms().get("r-1").await.unwrap();
    let ours = vsdk::get_room("r-1", &service.ours()).wait().unwrap();
    assert!(!theirs.disabled && theirs.links.is_empty());
    assert_eq!((ours.is_disabled(), ours.room_link()), (None, None));
    assert!(theirs.allowed_participant_ids.is_empty());
    assert!(ours.allowed_participant_ids().is_empty());
    assert!(theirs.webhook.is_none());
    assert_eq!(ours.webhook_url(), None);

    let body = json!({"id": "d-1", "roomId": null, "disabled": null});
    answer(&service, "GET /v2/rooms/*", &body, json!({})).await;
    let theirs = service.theirs().rooms().get("r-1").await.unwrap();
    assert_eq!(theirs.room_id, "");
    let error = vsdk::get_room("r-1", &service.ours()).wait().unwrap_err();
    assert_eq!(error.status(), Status::InvalidResponse);
    assert!(error.message().contains("`roomId`"), "{error}");
}

#[tokio::test]
async fn lists_come_in_several_envelopes() {
    let service = Service::start();
    for (body, ids, place) in [
        (
            json!([{"id": "1", "roomId": "a"}, {"id": "2", "roomId": "b"}]),
            vec!["a", "b"],
            (1, 2, 1, 2),
        ),
        (
            json!({"data": [{"id": "1", "roomId": "r-1"}]}),
            vec!["r-1"],
            (1, 1, 1, 1),
        ),
        (
            json!({"pageInfo": {"currentPage": 2, "perPage": 10, "lastPage": 5, "total": 47},
                "data": [{"id": "1", "roomId": "a"}]}),
            vec!["a"],
            (2, 10, 5, 47),
        ),
        (
            json!({"pageInfo": {"page": 3, "totalPages": 9}, "data": [{"id": "1", "roomId": "a"}]}),
            vec!["a"],
            (3, 1, 9, 1),
        ),
        (
            json!({"pagination": {"page": 1, "perPage": 20, "totalPages": 3, "total": 55},
                "data": [{"id": "1", "roomId": "a"}]}),
            vec!["a"],
            (1, 20, 3, 55),
        ),
        (json!({"data": []}), vec![], (1, 0, 1, 0)),
    ] {
        answer(&service, "GET /v2/rooms", &body, json!({})).await;
        let theirs = service.theirs();
        let page = theirs
            .rooms()
            .list(RoomListParams::default())
            .await
            .unwrap();
        let list = vsdk::list_rooms(&RoomListOptions::new(), &service.ours()).wait();
        let list = list.unwrap();
        let of_theirs: Vec<_> = page.data.iter().map(|room| room.room_id.as_str()).collect();
        let of_ours: Vec<_> = list.rooms().iter().map(vsdk::Room::id).collect();
        assert_eq!((&of_theirs, &of_ours), (&ids, &ids), "{body}");
        let info = page.page_info();
        let (page, per_page, last_page, total) = place;
        assert_eq!(
            (info.current_page, info.per_page, info.last_page, info.total),
            (page, per_page, last_page, total),
            "{body}"
        );
        assert_eq!(
            (list.page(), list.per_page(), list.last_page(), list.total()),
            (page.into(), per_page.into(), last_page.into(), total as i64),
            "{body}"
        );
    }
}

/// The SDK takes for an empty list what the library does not take for a list.
#[tokio::test]
async fn what_is_no_list_has_no_rooms() {
    let service = Service::start();
    for body in [json!(null), json!(42), json!({"data": "nope"})] {
        answer(&service, "GET /v2/rooms", &body, json!({})).await;
        let theirs = service.theirs();
        let page = theirs
            .rooms()
            .list(RoomListParams::default())
            .await
            .unwrap();
        assert_eq!(page.data.len(), 0, "{body}");
        let ours = vsdk::list_rooms(&RoomListOptions::new(), &service.ours()).wait();
        assert_eq!(
            ours.unwrap_err().status(),
            Status::InvalidResponse,
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_list_goes_on_over_pages_and_ends_with_the_first_failure() {
    let service = Service::start();
    let page = |number: u32, id: &str| {
        json!({
            "pageInfo": {"currentPage": number, "perPage": 1, "lastPage": 2, "total": 2},
            "data": [{"id": "db-1", "roomId": id}],
        })
    };
    for (number, id) in [(1, "r-1"), (2, "r-2")] {
        answer(
            &service,
            "GET /v2/rooms",
            &page(number, id),
            json!({"times": 1}),
        )
        .await;
    }
    let theirs = service.theirs();
    let streamed: Vec<_> = theirs
        .rooms()
        .list_stream(RoomListParams::default())
        .map(|room| room.unwrap().room_id)
        .collect()
        .await;
    assert_eq!(streamed, ["r-1", "r-2"]);

    answer(
        &service,
        "GET /v2/rooms",
        &json!({}),
        json!({"status": 403}),
    )
    .await;
    let streamed: Vec<_> = theirs
        .rooms()
        .list_stream(RoomListParams::default())
        .collect()
        .await;
    assert_eq!(streamed.len(), 1);
    let theirs = streamed[0].as_ref().unwrap_err();
    let ours = vsdk::list_rooms(&RoomListOptions::new(), &service.ours()).wait();
    let told = server_sdk::agree(theirs, &ours.unwrap_err());
    assert_eq!(told.http_status, Some(403));
}

#[tokio::test]
async fn a_good_status_with_something_else_than_json_is_no_success() {
    let service = Service::start();
    for body in ["not json", ""] {
        let fault = json!({"route": "GET /v2/rooms/*", "times": 2, "status": 200, "body": body});
        service.misbehave(&fault).await;
        let theirs = service.theirs().rooms().get("r-1").await.unwrap_err();
        assert!(matches!(theirs, videosdk::Error::Decode { .. }), "{theirs}");
        let ours = vsdk::get_room("r-1", &service.ours()).wait().unwrap_err();
        assert_eq!(ours.status(), Status::InvalidResponse, "{ours}");
    }
    let fault = json!({"route": "GET /v2/rooms/*", "times": 2, "status": 204});
    service.misbehave(&fault).await;
    assert!(service.theirs().rooms().get("r-1").await.is_err());
    let ours = vsdk::get_room("r-1", &service.ours()).wait().unwrap_err();
    assert_eq!(
        (ours.status(), ours.http_status()),
        (Status::InvalidResponse, Some(204))
    );
}

#[tokio::test]
async fn a_reply_that_does_not_come_is_a_timeout() {
    let service = Service::start();
    let limit = Duration::from_millis(100);
    let fault = json!({"route": "POST /v2/rooms", "times": 2, "kind": "stall"});
    service.misbehave(&fault).await;
    let began = Instant::now();
    let theirs = service.theirs().with_request_timeout(limit);
    let theirs = theirs.rooms().create(RoomCreateParams::default()).await;
    assert!(theirs.unwrap_err().is_timeout());
    let mut request = service.ours();
    request.set_timeout(limit);
    let ours = vsdk::create_room(&RoomOptions::new(), &request).wait();
    assert_eq!(ours.unwrap_err().status(), Status::Timeout);
    assert!(began.elapsed() >= 2 * limit);
}
