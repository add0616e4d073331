use std::io::{Read, Write};
use std::net::Shutdown;
use std::time::{Duration, Instant};

use devserver::{Fault, FaultKind, Options, Server};
use serde_json::{Value, json};

use crate::client::{
    End, Reply, call, connect, exchange, get, read_all, request, send, wait_until,
};
use crate::status::Events;

const ROOMS: &str = "POST /v2/rooms";

fn start() -> Server {
    Server::start(Options::default()).unwrap()
}

fn with_fault(fault: Fault) -> Server {
    let server = start();
    server.faults().add(fault).unwrap();
    server
}

fn create_request(server: &Server) -> Vec<u8> {
    let token = server.token();
    let headers = [
        ("Authorization", token.as_str()),
        ("Content-Type", "application/json"),
    ];
    request("POST", "/v2/rooms", &headers, "{}")
}

fn create(server: &Server) -> Reply {
    call(server, &server.token(), "POST", "/v2/rooms", json!({}))
}

fn admin(server: &Server, method: &str, body: Value) -> Reply {
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    send(server, method, "/admin/faults", &[], &body)
}

#[test]
fn a_reply_is_given_as_often_as_told_and_then_no_more() {
    let server = with_fault(
        Fault::reply(ROOMS, 503, "<html>Down</html>")
            .content_type("text/html")
            .header("x-cause", "maintenance")
            .times(2),
    );
    for _ in 0..2 {
        let reply = create(&server);
        assert_eq!(reply.status, 503);
        assert_eq!(reply.text(), "<html>Down</html>");
        assert_eq!(reply.header("content-type"), Some("text/html"));
        assert_eq!(reply.header("x-cause"), Some("maintenance"));
        assert!(reply.header("date").is_some());
        assert_eq!(reply.header("x-request-id").unwrap().len(), 16);
    }
    assert_eq!(create(&server).status, 200);
    assert_eq!(server.stats().faults_applied, 2);
    assert_eq!(server.stats().requests_by_route[ROOMS], 3);
}

#[test]
fn other_routes_are_left_alone() {
    let server = with_fault(Fault::reply(ROOMS, 500, "").always());
    assert_eq!(get(&server, "/get-token").status, 200);
    let list = call(&server, &server.token(), "GET", "/v2/rooms", Value::Null);
    assert_eq!(list.json()["pageInfo"]["total"], 0);
    assert_eq!(create(&server).status, 500);
}

#[test]
fn the_token_endpoint_and_the_samples_routes_can_fail_too() {
    for path in ["/get-token", "/v2/rooms/validate/x"] {
        let server = with_fault(Fault::reply(path, 418, "no"));
        assert_eq!(get(&server, path).status, 418);
    }
}

#[test]
fn a_star_spares_the_page_for_people_and_the_switchboard() {
    let server = with_fault(Fault::reply("*", 500, "").always());
    for path in ["/", "/status.json", "/admin/faults"] {
        assert_eq!(get(&server, path).status, 200, "{path}");
    }
    Events::open(&server).next();
    for path in ["/get-token", "/nothing"] {
        assert_eq!(get(&server, path).status, 500, "{path}");
    }
}

#[test]
fn rate_limits_carry_their_header() {
    let date = "Wed, 01 Jul 2026 08:30:00 GMT";
    for retry_after in ["7", date] {
        let server = with_fault(Fault::rate_limit(ROOMS, retry_after));
        let reply = create(&server);
        assert_eq!(reply.status, 429);
        assert_eq!(reply.header("retry-after"), Some(retry_after));
        assert_eq!(reply.error(), "Too many requests");
    }
}

#[test]
fn redirects_name_their_target() {
    let target = "https://elsewhere.example/v2/rooms";
    let reply = create(&with_fault(Fault::redirect(ROOMS, target)));
    assert_eq!(
        (reply.status, reply.header("location")),
        (302, Some(target))
    );
    let reply = create(&with_fault(Fault::redirect(ROOMS, target).status(307)));
    assert_eq!(
        (reply.status, reply.header("location")),
        (307, Some(target))
    );
}

#[test]
fn headers_that_every_reply_has_can_be_changed_and_taken_away() {
    let server = with_fault(
        Fault::reply(ROOMS, 200, "{}")
            .header("date", "yesterday")
            .without_header("x-request-id"),
    );
    let reply = create(&server);
    assert_eq!(reply.header("date"), Some("yesterday"));
    assert_eq!(reply.header("x-request-id"), None);
    let server = with_fault(
        Fault::reply(ROOMS, 200, "{}")
            .without_header("Date")
            .without_header("content-type"),
    );
    let reply = create(&server);
    assert_eq!(
        (reply.header("date"), reply.header("content-type")),
        (None, None)
    );
}

#[test]
fn a_delay_only_makes_the_real_reply_late() {
    let server = with_fault(Fault::delay(ROOMS, 120));
    let begin = Instant::now();
    let reply = create(&server);
    assert!(begin.elapsed() >= Duration::from_millis(120));
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json()["roomId"].as_str().unwrap().len(), 14);
}

#[test]
fn a_cut_body_announces_more_than_it_sends() {
    let server = with_fault(
        Fault::new(ROOMS, FaultKind::CutBody)
            .body("0123456789")
            .cut_after_bytes(4),
    );
    let exchange = exchange(&server, &create_request(&server));
    let reply = Reply::parse(&exchange.bytes);
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-length"), Some("10"));
    assert_eq!(reply.text(), "0123");
    assert_eq!(exchange.end, End::Orderly);
}

#[test]
fn a_truncated_chunked_body_lacks_its_last_chunk() {
    let server = with_fault(
        Fault::new(ROOMS, FaultKind::TruncatedChunked)
            .body("0123456789")
            .cut_after_bytes(4),
    );
    let exchange = exchange(&server, &create_request(&server));
    let reply = Reply::parse(&exchange.bytes);
    assert_eq!(reply.header("transfer-encoding"), Some("chunked"));
    assert_eq!(reply.text(), "4\r\n0123\r\n");
    assert_eq!(exchange.end, End::Orderly);
}

#[test]
fn a_stalled_body_sends_its_head_and_then_nothing() {
    let server = with_fault(Fault::new(ROOMS, FaultKind::StallBody).body("0123456789"));
    let mut stream = connect(&server);
    stream.write_all(&create_request(&server)).unwrap();
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        bytes.push(byte[0]);
    }
    assert_eq!(Reply::parse(&bytes).header("content-length"), Some("10"));
    assert_eq!(server.stats().connections_open, 1);
    server.stop();
    let rest = read_all(&mut stream);
    assert!(rest.bytes.is_empty(), "{:?}", rest.bytes);
}

#[test]
fn a_stalled_request_is_never_answered() {
    let server = with_fault(Fault::new(ROOMS, FaultKind::Stall));
    let mut stream = connect(&server);
    stream.write_all(&create_request(&server)).unwrap();
    wait_until("the fault is applied", || {
        server.stats().faults_applied == 1
    });
    assert_eq!(server.stats().requests_open, 1);
    // The server does not wait for it, and the client sees an end without an answer.
    server.stop();
    assert!(read_all(&mut stream).bytes.is_empty());
}

#[test]
fn a_client_that_gives_up_frees_its_stalled_request() {
    let server = with_fault(Fault::new(ROOMS, FaultKind::Stall));
    let mut stream = connect(&server);
    stream.write_all(&create_request(&server)).unwrap();
    wait_until("the request waits", || server.stats().requests_open == 1);
    stream.shutdown(Shutdown::Both).unwrap();
    drop(stream);
    wait_until("nothing is left of it", || {
        let stats = server.stats();
        stats.requests_open == 0 && stats.connections_open == 0
    });
}

#[test]
fn a_slow_reply_comes_byte_by_byte_and_complete() {
    let interval = 2;
    let server = with_fault(
        Fault::new(ROOMS, FaultKind::SlowLoris)
            .body("0123456789")
            .byte_interval_ms(interval),
    );
    let mut stream = connect(&server);
    let begin = Instant::now();
    stream.write_all(&create_request(&server)).unwrap();
    let exchange = read_all(&mut stream);
    let expected = Duration::from_millis(interval * (exchange.bytes.len() as u64 - 1));
    assert!(
        begin.elapsed() >= expected,
        "{:?} < {expected:?}",
        begin.elapsed()
    );
    let reply = Reply::parse(&exchange.bytes);
    assert_eq!((reply.status, reply.text()), (200, "0123456789"));
    assert_eq!(exchange.end, End::Orderly);
}

#[test]
fn an_endless_body_has_no_end() {
    let server = with_fault(Fault::new(ROOMS, FaultKind::EndlessBody).body("{\"roomId\":\""));
    let mut stream = connect(&server);
    stream.write_all(&create_request(&server)).unwrap();
    let mut begin = vec![0; 4 * 1024 * 1024];
    stream.read_exact(&mut begin).unwrap();
    let reply = Reply::parse(&begin);
    assert_eq!(reply.header("transfer-encoding"), Some("chunked"));
    assert!(
        reply
            .body
            .starts_with(b"B\r\n{\"roomId\":\"\r\n4000\r\n    ")
    );
    drop(stream);
    wait_until("the connection ends", || {
        server.stats().connections_open == 0
    });
}

#[test]
fn a_reset_is_a_reset_on_the_wire() {
    let server = with_fault(Fault::new(ROOMS, FaultKind::Reset));
    let reset = exchange(&server, &create_request(&server));
    assert_eq!((reset.bytes.len(), reset.end), (0, End::Reset));
    assert_eq!(create(&server).status, 200);
}

#[test]
fn a_close_before_the_reply_is_orderly() {
    let server = with_fault(Fault::new(ROOMS, FaultKind::CloseBeforeReply));
    let closed = exchange(&server, &create_request(&server));
    assert_eq!((closed.bytes.len(), closed.end), (0, End::Orderly));
    assert_eq!(create(&server).status, 200);
}

#[test]
fn a_connection_can_be_reset_before_anything_is_read() {
    let server = with_fault(Fault::new("*", FaultKind::ResetBeforeRequestRead));
    let mut stream = connect(&server);
    let reset = read_all(&mut stream);
    assert_eq!((reset.bytes.len(), reset.end), (0, End::Reset));
    let stats = server.stats();
    assert_eq!((stats.requests_total, stats.faults_applied), (0, 1));
    assert_eq!(create(&server).status, 200);
}

#[test]
fn garbage_is_not_http() {
    let server = with_fault(Fault::new(ROOMS, FaultKind::HttpGarbage).body("SSH-2.0-wrong\r\n"));
    let garbage = exchange(&server, &create_request(&server));
    assert_eq!(garbage.bytes, b"SSH-2.0-wrong\r\n");
    assert_eq!(garbage.end, End::Orderly);
    let server = with_fault(Fault::new(ROOMS, FaultKind::HttpGarbage));
    let garbage = exchange(&server, &create_request(&server));
    assert!(!garbage.bytes.is_empty() && !garbage.bytes.starts_with(b"HTTP"));
}

#[test]
fn latency_comes_before_any_kind() {
    let server = with_fault(Fault::new(ROOMS, FaultKind::Reset).latency_ms(80));
    let begin = Instant::now();
    assert_eq!(exchange(&server, &create_request(&server)).end, End::Reset);
    assert!(begin.elapsed() >= Duration::from_millis(80));
}

#[test]
fn faults_are_added_listed_and_cleared_over_http() {
    let server = start();
    let fault = json!({
        "route": ROOMS, "times": 2, "status": 500, "body": "x", "contentType": "text/plain",
        "headers": {"x-a": "b", "date": null},
    });
    let added = admin(&server, "POST", fault);
    assert_eq!(added.status, 201, "{}", added.text());
    assert_eq!(added.json()["id"], 1);
    assert_eq!(
        admin(&server, "POST", json!({"route": "*", "kind": "stall"})).status,
        201
    );

    let reply = create(&server);
    assert_eq!((reply.status, reply.text()), (500, "x"));
    assert_eq!(
        (reply.header("x-a"), reply.header("date")),
        (Some("b"), None)
    );

    let listed = admin(&server, "GET", Value::Null).json();
    assert_eq!(
        listed["faults"][0],
        json!({
            "id": 1, "route": ROOMS, "times": 2, "status": 500, "body": "x",
            "contentType": "text/plain", "headers": {"x-a": "b", "date": null}, "latencyMs": 0,
            "remaining": 1, "applied": 1,
        })
    );
    assert_eq!(listed["faults"][1]["kind"], "stall");
    assert_eq!(listed["faults"][1]["remaining"], 1);
    assert_eq!(
        admin(&server, "DELETE", Value::Null).json(),
        json!({"cleared": 2})
    );
    assert_eq!(
        admin(&server, "GET", Value::Null).json(),
        json!({"faults": [], "signalingFaults": []})
    );
    assert_eq!(create(&server).status, 200);
}

#[test]
fn faults_that_make_no_sense_are_refused_over_http() {
    let server = start();
    for (body, text) in [
        (json!({}), "missing field `route`"),
        (
            json!({"route": "*", "kind": "explode"}),
            "unknown variant `explode`",
        ),
        (json!({"route": "*"}), "does nothing"),
    ] {
        let reply = admin(&server, "POST", body);
        assert_eq!(reply.status, 400);
        assert!(reply.error().contains(text), "{}", reply.error());
    }
    assert!(server.faults().list_all().is_empty());
}

#[test]
fn web_pages_cannot_switch_faults() {
    let server = with_fault(Fault::reply(ROOMS, 500, ""));
    let origin = [("Origin", "http://evil.example")];
    let body = json!({"route": "*", "status": 500}).to_string();
    for (method, body) in [("POST", body.as_str()), ("DELETE", ""), ("GET", "")] {
        let reply = send(&server, method, "/admin/faults", &origin, body);
        assert_eq!(reply.status, 403, "{method}");
        assert!(reply.error().contains("web page"));
    }
    assert_eq!(server.faults().list_all().len(), 1);
}
