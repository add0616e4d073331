//! What all replies have in common, and the page for people.

use std::collections::HashSet;
use std::time::{Duration, SystemTime};

use devserver::{Options, Server};
use serde_json::{Value, json};

use crate::client::{call, claims, create, get, start};

#[test]
fn every_reply_has_a_date_and_a_request_id_of_its_own() {
    let server = start();
    let mut ids = HashSet::new();
    for path in [
        "/",
        "/status.json",
        "/get-token",
        "/nothing",
        "/v2/rooms",
        "/admin/faults",
    ] {
        let reply = get(&server, path);
        let date = httpdate::parse_http_date(reply.header("date").unwrap()).unwrap();
        let age = SystemTime::now().duration_since(date).unwrap();
        assert!(age < Duration::from_secs(60), "{path}: {age:?}");
        let id = reply.header("x-request-id").unwrap().to_owned();
        assert_eq!(id.len(), 16, "{id}");
        assert!(ids.insert(id), "{path}: a request id came twice");
        assert_eq!(
            reply
                .headers
                .iter()
                .filter(|(name, _)| name == "date")
                .count(),
            1
        );
    }
}

#[test]
fn a_shifted_clock_shows_in_dates_rooms_and_token_checks() {
    let hour = 3600;
    let ahead = Options {
        clock_offset_seconds: 2 * hour,
        ..Options::default()
    };
    let server = Server::start(ahead).unwrap();
    let real = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap()
        .as_secs() as i64;
    let status = |claim: &str, time: i64| {
        let token = server.mint(&claims(&server, json!({claim: time})));
        call(&server, &token, "GET", "/v2/rooms", Value::Null).status
    };
    assert_eq!(
        status("exp", real + hour),
        401,
        "good for an hour, but the server is two ahead"
    );
    assert_eq!(status("exp", real + 3 * hour), 200);
    assert_eq!(status("nbf", real + hour), 200);
    assert_eq!(status("nbf", real + 3 * hour), 401);

    let date = get(&server, "/get-token")
        .header("date")
        .unwrap()
        .to_owned();
    let date = httpdate::parse_http_date(&date).unwrap();
    let shift = date.duration_since(SystemTime::now()).unwrap().as_secs() as i64;
    assert!((2 * hour - 60..=2 * hour).contains(&shift), "{shift}");
    let room = create(&server, json!({}));
    let created = room["createdAt"].as_str().unwrap();
    let iso_hour = |seconds: i64| {
        // The header's hour and the room's are compared as text, so no calendar is needed here.
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds as u64);
        httpdate::fmt_http_date(time)[17..19].to_owned()
    };
    let possible = [iso_hour(real + 2 * hour), iso_hour(real + 2 * hour + 60)];
    assert!(
        possible.iter().any(|hour| hour == &created[11..13]),
        "{created} {possible:?}"
    );
}

#[test]
fn the_status_page_shows_rooms_as_text() {
    let server = start();
    let room = create(
        &server,
        json!({"customRoomId": "<script>alert(\"1\")</script>&"}),
    );
    let page = get(&server, "/");
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    let html = page.text();
    assert!(
        html.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;"),
        "{html}"
    );
    // One script, which is the page's own.
    assert_eq!(html.matches("<script").count(), 1, "{html}");
    assert!(html.contains(room["roomId"].as_str().unwrap()));
    assert!(html.contains(&format!("curl -s {}/get-token", server.http_url())));
    assert!(!html.contains(server.secret()), "the page shows the secret");
    for outside in ["src=", "@import", "url("] {
        assert!(
            !html.contains(outside),
            "the page loads something: {outside}"
        );
    }

    let status = get(&server, "/status.json");
    assert!(!status.text().contains(server.secret()));
    let status = status.json();
    assert_eq!(status["addresses"]["http"], server.http_url());
    assert_eq!(status["rooms"][0]["roomId"], room["roomId"]);
    assert_eq!(status["stats"]["requestsByRoute"]["POST /v2/rooms"], 1);
}
