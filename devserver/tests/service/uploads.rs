//! Files that participants upload and fetch.

use devserver::Server;
use serde_json::{Value, json};

use crate::client::{call, claims, create, start};
use crate::participant::room;

/// `hello` in Base64.
const HELLO: &str = "aGVsbG8=";

fn upload(server: &Server, room_id: &str, data: Value) -> crate::client::Reply {
    let path = format!("/base64-upload?roomId={room_id}");
    let body = json!({"fileName": "hello.txt", "base64Data": data});
    call(server, &server.token(), "POST", &path, body)
}

fn path_of(reply: &crate::client::Reply) -> String {
    let url = reply.json()["url"].as_str().unwrap().to_owned();
    let at = url.find("/files/").unwrap();
    // The host is the one that the request named.
    assert_eq!(&url[..at], "http://localhost");
    url[at..].to_owned()
}

#[test]
fn an_uploaded_file_is_fetched_with_a_token_for_its_room() {
    let server = start();
    let room_id = room(&server);
    // As it should be, and as the published Python client sends it.
    for data in [json!(HELLO), json!(format!("\"{HELLO}\""))] {
        let reply = upload(&server, &room_id, data);
        assert_eq!(reply.status, 200, "{}", reply.text());
        let path = path_of(&reply);
        let file = call(&server, &server.token(), "GET", &path, Value::Null);
        assert_eq!((file.status, file.text()), (200, "hello"));
        assert_eq!(file.header("content-disposition"), Some("attachment"));

        assert_eq!(call(&server, "x", "GET", &path, Value::Null).status, 401);
        let other = json!({"version": 2, "roles": ["rtc"], "roomId": "other-room"});
        let other = server.mint(&claims(&server, other));
        let refused = call(&server, &other, "GET", &path, Value::Null);
        assert_eq!(refused.status, 403);
        assert_eq!(refused.json()["code"], 4022);
    }
    let nothing = call(&server, &server.token(), "GET", "/files/x", Value::Null);
    assert_eq!(nothing.status, 404);
}

#[test]
fn what_cannot_be_kept_is_refused() {
    let server = start();
    let room_id = room(&server);
    assert_eq!(upload(&server, "none-such", json!(HELLO)).status, 402);
    assert_eq!(upload(&server, &room_id, json!("???")).status, 400);
    assert_eq!(upload(&server, &room_id, Value::Null).status, 400);
    // More than an ordinary request may have is good here, up to 16 MiB.
    let reply = upload(&server, &room_id, json!("QUJD".repeat(1024 * 1024)));
    let file = call(
        &server,
        &server.token(),
        "GET",
        &path_of(&reply),
        Value::Null,
    );
    assert_eq!(file.text().len(), 3 * 1024 * 1024);
    let reply = upload(&server, &room_id, json!("QUJD".repeat(4 * 1024 * 1024)));
    assert_eq!(reply.status, 413);
}

#[test]
fn all_files_together_have_a_limit() {
    let server = start();
    let room_id = create(&server, json!({}))["roomId"]
        .as_str()
        .unwrap()
        .to_owned();
    // 9 MiB each, of 64 MiB.
    let data = json!("QUJD".repeat(3 * 1024 * 1024));
    let statuses: Vec<u16> = (0..8)
        .map(|_| upload(&server, &room_id, data.clone()).status)
        .collect();
    assert_eq!(statuses, [200, 200, 200, 200, 200, 200, 200, 507]);
}
