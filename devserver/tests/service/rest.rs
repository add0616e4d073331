use std::collections::HashSet;

use serde_json::{Value, json};

use crate::client::{Reply, call, claims, create, encoded, send, start};

#[test]
fn a_room_lives_through_its_whole_life() {
    let server = start();
    let token = server.token();
    let room = create(&server, json!({"customRoomId": "lab", "geoFence": "eu001"}));
    let room_id = room["roomId"].as_str().unwrap();
    assert_eq!(room["customRoomId"], "lab");
    assert_eq!(room["geoFence"], "eu001");
    assert_eq!(room["apiKey"], server.api_key());
    assert_eq!(room["disabled"], false);
    assert_eq!(room["webhook"], Value::Null);
    assert_eq!(
        room["links"]["get_room"],
        format!("{}/v2/rooms/{room_id}", server.http_url())
    );
    assert_eq!(room["createdAt"], room["updatedAt"]);

    // Creating it again changes nothing.
    assert_eq!(
        create(&server, json!({"customRoomId": "lab", "geoFence": "us001"})),
        room
    );

    for id in [room_id, "lab", room["id"].as_str().unwrap()] {
        let reply = call(
            &server,
            &token,
            "GET",
            &format!("/v2/rooms/{id}"),
            Value::Null,
        );
        assert_eq!(reply.status, 200);
        let mut with_user = reply.json();
        assert_eq!(with_user["user"]["id"], room["userId"]);
        with_user.as_object_mut().unwrap().remove("user");
        assert_eq!(with_user, room);
    }
    for id in [room_id, "lab"] {
        let path = format!("/v2/rooms/validate/{id}");
        let reply = call(&server, &token, "GET", &path, Value::Null);
        assert_eq!((reply.status, reply.json()), (200, room.clone()));
    }

    let deactivate = |id: &str| {
        call(
            &server,
            &token,
            "POST",
            "/v2/rooms/deactivate",
            json!({"roomId": id}),
        )
    };
    let refused = deactivate("lab");
    assert_eq!(refused.status, 402);
    assert!(
        refused.error().contains("not a customRoomId"),
        "{}",
        refused.error()
    );
    let off = deactivate(room_id).json();
    assert_eq!(off["disabled"], true);
    assert_eq!(off["meetingId"], room_id);
    assert_eq!(off["userMeetingId"], "lab");
    let reply = call(
        &server,
        &token,
        "GET",
        &format!("/v2/rooms/{room_id}"),
        Value::Null,
    );
    assert_eq!(reply.json()["disabled"], true);
}

#[test]
fn a_room_needs_no_body() {
    let server = start();
    let reply = send(
        &server,
        "POST",
        "/v2/rooms",
        &[("Authorization", &server.token())],
        "",
    );
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json()["customRoomId"], Value::Null);
    assert_eq!(
        create(&server, json!({}))["allowedParticipantIds"],
        Value::Null
    );
}

#[test]
fn unknown_ids_are_told_with_402_and_by_validate_with_400() {
    let server = start();
    let token = server.token();
    for (method, path, body, status) in [
        ("GET", "/v2/rooms/nope", Value::Null, 402),
        ("GET", "/v2/rooms/validate/nope", Value::Null, 400),
        (
            "POST",
            "/v2/rooms/deactivate",
            json!({"roomId": "nope"}),
            402,
        ),
    ] {
        let reply = call(&server, &token, method, path, body);
        assert_eq!(reply.status, status, "{path}");
        assert!(
            reply
                .error()
                .contains("no room of this project has this id"),
            "{path}"
        );
    }
}

#[test]
fn ids_of_any_kind_are_decoded_exactly_once() {
    let server = start();
    let token = server.token();
    let mut seen = HashSet::new();
    for id in [
        "a/b",
        "a?b=c",
        "a#b",
        ".",
        "..",
        "../..",
        " ",
        "a b",
        "a+b",
        "100%",
        "%2F",
        "%252F",
        "\u{1f600}",
        "caf\u{e9}",
        "deactivate",
        "validate",
        "validate/x",
        "a\\b",
        "a;b",
        "a:b@c",
        "\"'<>&",
        "{id}",
        "*",
    ] {
        let room = create(&server, json!({"customRoomId": id}));
        assert!(
            seen.insert(room["roomId"].clone()),
            "{id:?} is mixed up with another id"
        );
        for prefix in ["/v2/rooms/", "/v2/rooms/validate/"] {
            let path = format!("{prefix}{}", encoded(id));
            let reply = call(&server, &token, "GET", &path, Value::Null);
            assert_eq!(reply.status, 200, "{path}: {}", reply.text());
            assert_eq!(reply.json()["roomId"], room["roomId"], "{path}");
            assert_eq!(reply.json()["customRoomId"], id, "{path}");
        }
    }
    let plain = call(&server, &token, "GET", "/v2/rooms/deactivate", Value::Null);
    assert_eq!(plain.json()["customRoomId"], "deactivate");
    let not_utf8 = call(&server, &token, "GET", "/v2/rooms/%FF", Value::Null);
    assert_eq!(not_utf8.status, 400);
    assert!(not_utf8.error().contains("UTF-8"));
}

#[test]
fn lists_come_in_pages_and_can_be_searched() {
    let server = start();
    let token = server.token();
    let list = |query: &str| {
        call(
            &server,
            &token,
            "GET",
            &format!("/v2/rooms{query}"),
            Value::Null,
        )
    };
    assert_eq!(
        list("").json(),
        json!({
            "pageInfo": {"currentPage": 1, "perPage": 20, "lastPage": 1, "total": 0}, "data": [],
        })
    );
    let mut newest = Value::Null;
    for number in 1..=23 {
        newest = create(&server, json!({"customRoomId": format!("room & {number}")}));
    }
    let names = |reply: Reply| -> Vec<String> {
        let json = reply.json();
        let rooms = json["data"].as_array().unwrap().iter();
        rooms
            .map(|room| room["customRoomId"].as_str().unwrap().to_owned())
            .collect()
    };
    let first = list("").json();
    assert_eq!(
        first["pageInfo"],
        json!({"currentPage": 1, "perPage": 20, "lastPage": 2, "total": 23})
    );
    assert_eq!(first["data"].as_array().unwrap().len(), 20);
    assert_eq!(first["data"][0]["roomId"], newest["roomId"]);
    assert_eq!(first["data"][0]["user"]["id"], newest["userId"]);
    assert_eq!(names(list("?page=2")), ["room & 3", "room & 2", "room & 1"]);
    assert_eq!(names(list("?page=3&perPage=5")).len(), 5);
    assert_eq!(names(list("?page=9")), Vec::<String>::new());
    assert_eq!(names(list("?query=room+%26%207")), ["room & 7"]);
    let by_id = format!("?query={}", newest["roomId"].as_str().unwrap());
    assert_eq!(names(list(&by_id)), ["room & 23"]);
    assert_eq!(names(list("?query=room")), Vec::<String>::new());
    let by_user = format!("?userId={}&perPage=50", newest["userId"].as_str().unwrap());
    assert_eq!(names(list(&by_user)).len(), 23);
    assert_eq!(names(list("?userId=somebody-else")), Vec::<String>::new());

    for query in [
        "?page=0",
        "?page=x",
        "?page=-1",
        "?perPage=0",
        "?perPage=1.5",
    ] {
        let reply = list(query);
        assert_eq!(reply.status, 400, "{query}");
        assert!(
            reply.error().contains("must be a whole number from 1 on"),
            "{query}"
        );
    }
}

#[test]
fn wrong_requests_are_answered_in_the_services_shape() {
    let server = start();
    let token = server.token();
    let json_type = ("Content-Type", "application/json");
    let with_token = ("Authorization", token.as_str());
    let large = format!("{{\"customRoomId\":\"{}\"}}", "x".repeat(100 * 1024));
    for (method, path, headers, body, status, text) in [
        (
            "GET",
            "/nothing",
            vec![],
            "",
            404,
            "There is nothing at /nothing",
        ),
        (
            "GET",
            "/v2/rooms/",
            vec![with_token],
            "",
            404,
            "There is nothing at",
        ),
        (
            "DELETE",
            "/v2/rooms",
            vec![with_token],
            "",
            405,
            "does not take this method",
        ),
        (
            "POST",
            "/get-token",
            vec![],
            "",
            405,
            "does not take this method",
        ),
        (
            "POST",
            "/v2/rooms",
            vec![with_token, json_type],
            "{",
            400,
            "not JSON",
        ),
        (
            "POST",
            "/v2/rooms",
            vec![with_token, json_type],
            "[]",
            400,
            "must be a JSON object",
        ),
        (
            "POST",
            "/v2/rooms",
            vec![with_token],
            "{}",
            400,
            "Content-Type: application/json",
        ),
        (
            "POST",
            "/v2/rooms",
            vec![with_token, json_type],
            "{\"webhook\":{\"endPoint\":\"http://x.example\"}}",
            400,
            "webhook.endPoint must be an https URL",
        ),
        (
            "POST",
            "/v2/rooms",
            vec![with_token, json_type],
            &large,
            413,
            "more than 102400 bytes",
        ),
        (
            "POST",
            "/v2/rooms/deactivate",
            vec![with_token],
            "",
            400,
            "roomId is required",
        ),
        (
            "POST",
            "/v2/rooms/deactivate",
            vec![with_token, json_type],
            "{\"roomId\":7}",
            400,
            "roomId must be a string",
        ),
    ] {
        let reply = send(&server, method, path, &headers, body);
        assert_eq!(reply.status, status, "{method} {path}: {}", reply.text());
        assert!(
            reply.error().contains(text),
            "{method} {path}: {}",
            reply.error()
        );
        assert_eq!(
            reply.header("content-type"),
            Some("application/json; charset=utf-8")
        );
    }
    let allowed = send(&server, "DELETE", "/v2/rooms", &[], "");
    let mut methods: Vec<&str> = allowed.header("allow").unwrap().split(',').collect();
    methods.sort_unstable();
    assert_eq!(methods, ["GET", "HEAD", "POST"]);
}

#[test]
fn each_rest_route_checks_its_token() {
    let server = start();
    let good = server.token();
    let bearer = format!("Bearer {good}");
    let expired = server.mint(&claims(&server, json!({"exp": 1})));
    let joining = server.mint(&claims(&server, json!({"roles": ["rtc"], "version": 2})));
    let foreign = server.mint(&json!({"apikey": "another", "permissions": ["allow_join"]}));
    let forged = devserver::tokens::sign(&claims(&server, json!({})), "another secret");
    for (method, path) in [
        ("POST", "/v2/rooms"),
        ("GET", "/v2/rooms"),
        ("GET", "/v2/rooms/x"),
        ("GET", "/v2/rooms/deactivate"),
        ("GET", "/v2/rooms/validate/x"),
        ("POST", "/v2/rooms/deactivate"),
    ] {
        for (token, status, text) in [
            (None, 401, "Please log in"),
            (Some(""), 401, "Please log in"),
            (Some(bearer.as_str()), 401, "without \"Bearer \""),
            (Some(expired.as_str()), 401, "expired"),
            (Some(joining.as_str()), 403, "Not permitted"),
            (
                Some(foreign.as_str()),
                401,
                "not the API key of this project",
            ),
            (Some(forged.as_str()), 401, "does not fit the secret"),
            (Some(server.api_key()), 401, "this is the API key"),
        ] {
            let headers: Vec<_> = token
                .map(|token| ("Authorization", token))
                .into_iter()
                .collect();
            let reply = send(&server, method, path, &headers, "");
            assert_eq!(
                reply.status,
                status,
                "{method} {path} {text}: {}",
                reply.text()
            );
            assert!(
                reply.error().contains(text),
                "{method} {path}: {}",
                reply.error()
            );
            assert!(!reply.text().contains(&good), "the reply repeats the token");
        }
    }
    let none = call(&server, &good, "GET", "/v2/rooms", Value::Null).json();
    assert_eq!(none["pageInfo"]["total"], 0, "a refused token made a room");
}

#[test]
fn a_token_for_one_room_touches_no_other() {
    let server = start();
    let mine = create(&server, json!({"customRoomId": "mine"}));
    let other = create(&server, json!({"customRoomId": "other"}));
    let other_id = other["roomId"].as_str().unwrap();
    let token = server.mint(&claims(
        &server,
        json!({"roomId": mine["roomId"], "version": 2}),
    ));
    for (method, path, body) in [
        ("GET", "/v2/rooms/other".to_owned(), Value::Null),
        ("GET", format!("/v2/rooms/{other_id}"), Value::Null),
        ("GET", "/v2/rooms/unknown".to_owned(), Value::Null),
        ("GET", "/v2/rooms/validate/other".to_owned(), Value::Null),
        (
            "POST",
            "/v2/rooms/deactivate".to_owned(),
            json!({"roomId": other_id}),
        ),
        (
            "POST",
            "/v2/rooms".to_owned(),
            json!({"customRoomId": "other"}),
        ),
        (
            "POST",
            "/v2/rooms".to_owned(),
            json!({"customRoomId": "new"}),
        ),
        ("POST", "/v2/rooms".to_owned(), json!({})),
    ] {
        let reply = call(&server, &token, method, &path, body.clone());
        assert_eq!(
            reply.status,
            403,
            "{method} {path} {body}: {}",
            reply.text()
        );
        assert!(reply.error().contains("restricted to another room"));
    }
    for (method, path, body) in [
        ("GET", "/v2/rooms/mine", Value::Null),
        ("GET", "/v2/rooms/validate/mine", Value::Null),
        ("POST", "/v2/rooms", json!({"customRoomId": "mine"})),
    ] {
        let reply = call(&server, &token, method, path, body);
        assert_eq!(reply.status, 200, "{method} {path}: {}", reply.text());
        assert_eq!(reply.json()["roomId"], mine["roomId"]);
    }
    let list = call(&server, &token, "GET", "/v2/rooms", Value::Null).json();
    assert_eq!(list["pageInfo"]["total"], 1);
    assert_eq!(list["data"][0]["roomId"], mine["roomId"]);
    let all = call(&server, &server.token(), "GET", "/v2/rooms", Value::Null).json();
    assert_eq!(all["pageInfo"]["total"], 2);
    assert_eq!(all["data"][0]["disabled"], false);
}
