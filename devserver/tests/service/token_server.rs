use devserver::{Options, Server};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};

use crate::client::{call, get, send};

fn start() -> Server {
    let options = Options {
        api_key: Some("key-1".to_owned()),
        secret: Some("secret-1".to_owned()),
        ..Options::default()
    };
    Server::start(options).unwrap()
}

/// The claims of the token that this path answers, with the times taken out.
fn claims_at(server: &Server, path: &str) -> Value {
    let reply = get(server, path);
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    let body = reply.json();
    assert_eq!(body.as_object().unwrap().len(), 1, "{body}");
    let key = DecodingKey::from_secret(b"secret-1");
    // This checks signature and expiry with the machine's own clock.
    let validation = Validation::new(Algorithm::HS256);
    let token = body["token"].as_str().unwrap();
    let mut claims = jsonwebtoken::decode::<Value>(token, &key, &validation)
        .unwrap()
        .claims;
    let fields = claims.as_object_mut().unwrap();
    let issued = fields.remove("iat").unwrap().as_i64().unwrap();
    assert_eq!(
        fields.remove("exp").unwrap().as_i64().unwrap() - issued,
        7200
    );
    claims
}

#[test]
fn a_plain_token_is_good_for_everything() {
    let server = start();
    let expected = json!({"apikey": "key-1", "permissions": ["allow_join", "allow_mod"]});
    assert_eq!(claims_at(&server, "/get-token"), expected);
    assert_eq!(claims_at(&server, "/get-token?roomId=&peerId="), expected);
    assert_eq!(claims_at(&server, "/get-token?somethingElse=1"), expected);

    let token = get(&server, "/get-token").json()["token"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        call(&server, &token, "POST", "/v2/rooms", Value::Null).status,
        200
    );
}

#[test]
fn a_token_can_have_other_permissions() {
    let server = start();
    for (query, permissions) in [
        ("ask_join", json!(["ask_join"])),
        ("allow_join", json!(["allow_join"])),
        ("allow_join,allow_mod", json!(["allow_join", "allow_mod"])),
        ("", json!(["allow_join", "allow_mod"])),
    ] {
        let claims = claims_at(&server, &format!("/get-token?permissions={query}"));
        assert_eq!(claims["permissions"], permissions, "{query}");
    }
}

#[test]
fn a_token_with_ids_is_for_joining_only() {
    let server = start();
    assert_eq!(
        claims_at(&server, "/get-token?roomId=a%2Fb+c&peerId=ann"),
        json!({
            "apikey": "key-1", "permissions": ["allow_join", "allow_mod"],
            "version": 2, "roles": ["rtc"], "roomId": "a/b c", "participantId": "ann",
        })
    );
    let one = claims_at(&server, "/get-token?peerId=ann");
    assert_eq!(
        (&one["version"], &one["participantId"]),
        (&json!(2), &json!("ann"))
    );
    assert_eq!(one.get("roomId"), None);

    let token = get(&server, "/get-token?roomId=x").json()["token"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        call(&server, &token, "POST", "/v2/rooms", Value::Null).status,
        403
    );
}

#[test]
fn meetings_are_created_and_validated_with_a_token_in_the_body() {
    let server = start();
    let post = |path: &str, body: Value| {
        send(
            &server,
            "POST",
            path,
            &[("Content-Type", "application/json")],
            &body.to_string(),
        )
    };
    let token = server.token();
    let room = post(
        "/create-meeting",
        json!({"token": token, "region": "sg001"}),
    );
    assert_eq!(room.status, 200);
    let room = room.json();
    let room_id = room["roomId"].as_str().unwrap();

    let valid = post(
        &format!("/validate-meeting/{room_id}"),
        json!({"token": token}),
    );
    assert_eq!((valid.status, valid.json()), (200, room.clone()));

    // The statuses of the rooms interface come through.
    let unknown = post("/validate-meeting/nope%2F", json!({"token": token}));
    assert_eq!(unknown.status, 400);
    assert!(unknown.error().contains("no room of this project"));
    for path in ["/create-meeting", "/validate-meeting/x"] {
        let missing = post(path, json!({}));
        assert_eq!(missing.status, 401);
        assert!(missing.error().contains("carries no token"));
        let bad = post(path, json!({"token": "a.b.c"}));
        assert_eq!(bad.status, 401);
        assert!(bad.error().contains("cannot be read"), "{}", bad.error());
    }
    assert_eq!(
        post("/create-meeting", json!({"token": token, "region": 5})).status,
        400
    );
}
