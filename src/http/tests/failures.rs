//! Every failure has its own status, and says cause and remedy.

use super::*;
use crate::error::Status;
use devserver::FaultKind;

/// One fault, one status, one telling part of the message.
async fn expect(fault: Fault, status: Status, part: &str) -> Error {
    let server = server();
    add(&server, fault.always());
    // By POST, which is not repeated: the matrix is about the failures, not about retries.
    let error = error_of(&client(), post(server.http_url(), &server.token(), far())).await;
    assert_eq!(error.status(), status, "{error}");
    assert!(error.message().contains(part), "{part:?} is not in {error}");
    error
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals() {
    for (http, body, status, code, part) in [
        (
            400,
            r#"{"message":"bad","code":"12"}"#,
            Status::BadRequest,
            Some(12),
            "“bad”",
        ),
        (
            401,
            r#"{"statusCode":401,"error":"log in"}"#,
            Status::Unauthorized,
            None,
            "refused the token",
        ),
        (
            401,
            r#"{"error":"x","errorCode":4002}"#,
            Status::Unauthorized,
            Some(4002),
            "“x”",
        ),
        (402, r#""gone""#, Status::NotFound, None, "“gone”"),
        (403, "", Status::Forbidden, None, "gave no reason"),
        (
            404,
            "<html><title>Not here</title>",
            Status::NotFound,
            None,
            "“Not here”",
        ),
        (
            409,
            r#"{"error":{"message":"deep","code":4022}}"#,
            Status::Conflict,
            Some(4022),
            "“deep”",
        ),
        (418, "teapot", Status::BadRequest, None, "“teapot”"),
        (500, r#"{"mess"#, Status::ServerError, None, r#"“{"mess”"#),
        (503, "<h1>Busy</h1>", Status::ServerError, None, "“Busy”"),
    ] {
        let fault = Fault::reply("*", http, body).header("x-request-id", "req-7");
        let error = expect(fault, status, part).await;
        assert_eq!(error.http_status(), Some(http));
        assert_eq!(error.service_code(), code, "{body}");
        assert_eq!(error.request_id(), Some("req-7"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_break() {
    let cut = Fault::new("*", FaultKind::CutBody);
    expect(cut, Status::NetworkBroken, "bytes of the reply").await;
    let truncated = Fault::new("*", FaultKind::TruncatedChunked);
    expect(truncated, Status::NetworkBroken, "bytes of the reply").await;
    let closed = Fault::new("*", FaultKind::CloseBeforeReply);
    let error = expect(closed, Status::NetworkBroken, "before the reply").await;
    assert!(error.remedy().contains("look before you repeat"), "{error}");
    expect(
        Fault::new("*", FaultKind::Reset),
        Status::NetworkBroken,
        "before the reply",
    )
    .await;
    // Whether a reset at once hits the connecting or the exchange is a race in the kernel.
    let server = server();
    add(
        &server,
        Fault::new("*", FaultKind::ResetBeforeRequestRead).always(),
    );
    let expected = [Status::NetworkBroken, Status::NetworkConnect];
    for attempt in 1.. {
        let error = error_of(&client(), post(server.http_url(), "t", far())).await;
        assert!(expected.contains(&error.status()), "{error}");
        if error.message().contains("reset") {
            break;
        }
        // Now and then the kernel tells the reset to a call that nobody hears, such as the end of
        // connecting, and a plain end to the next one: then that is what the error says.
        assert!(error.message().contains("closed the connection"), "{error}");
        assert!(attempt < 20, "no reset was told as one: {error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn replies_that_are_none() {
    expect(
        Fault::new("*", FaultKind::HttpGarbage),
        Status::InvalidResponse,
        "does not speak HTTP",
    )
    .await;
    let error = expect(
        Fault::redirect("*", "https://ann:secret7@login.example/x?y=1"),
        Status::Redirect,
        "`login.example`",
    )
    .await;
    assert_eq!(error.http_status(), Some(302));
    expect(
        Fault::reply("*", 304, ""),
        Status::Redirect,
        "not to any address",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn replies_that_are_too_large() {
    expect(
        Fault::new("*", FaultKind::EndlessBody),
        Status::ResponseTooLarge,
        "1024 KiB",
    )
    .await;
    let announced = scripted(replying(
        "HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n",
    ));
    let error = error_of(&client(), post(&format!("http://{announced}"), "t", far())).await;
    assert_eq!(error.status(), Status::ResponseTooLarge, "{error}");
    let server = server();
    let largest = "x".repeat(super::super::MAX_REPLY_BYTES);
    add(&server, Fault::reply("*", 200, &largest));
    let reply = send(&client(), get(server.http_url(), "t", far()))
        .await
        .expect("just fits");
    assert_eq!(reply.body.len(), largest.len());
    add(
        &server,
        Fault::new("*", FaultKind::EndlessBody)
            .status(401)
            .body("no"),
    );
    let error = error_of(&client(), get(server.http_url(), "t", far())).await;
    assert_eq!(
        error.status(),
        Status::Unauthorized,
        "a refusal stays one: {error}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn deadlines_say_what_was_going_on() {
    for (fault, doing) in [
        (Fault::new("*", FaultKind::Stall), "waiting for the reply"),
        (Fault::delay("*", 30_000), "waiting for the reply"),
        (
            Fault::new("*", FaultKind::SlowLoris),
            "waiting for the reply",
        ),
        (Fault::new("*", FaultKind::StallBody), "reading the reply"),
    ] {
        let server = server();
        add(&server, fault.always());
        let error = error_of(
            &client(),
            get(server.http_url(), &server.token(), after(200)),
        )
        .await;
        assert_eq!(error.status(), Status::Timeout, "{error}");
        assert!(error.message().contains(doing), "{doing}: {error}");
        assert!(error.message().contains(" ms, while"), "{error}");
        assert!(error.is_retryable());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn waiting_for_a_slot_counts() {
    let client = Client::new(Settings::default(), Slots::new(0)).expect("settings");
    let error = error_of(&client, get("http://127.0.0.1:9", "t", after(50))).await;
    assert_eq!(error.status(), Status::Timeout);
    assert!(
        error.message().contains("waiting for a free slot"),
        "{error}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_that_has_passed_sends_nothing() {
    let server = server();
    let error = error_of(
        &client(),
        post(server.http_url(), &server.token(), Instant::now()),
    )
    .await;
    assert_eq!(error.status(), Status::Timeout, "{error}");
    assert_eq!(server.stats().requests_total, 0);
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_accepts_nobody_is_told_from_a_slow_one() {
    use socket2::{Domain, Socket, Type};
    // With a full backlog, Linux leaves further connections unanswered.
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
    socket
        .bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into())
        .expect("a port");
    socket.listen(0).expect("listening");
    let address = socket
        .local_addr()
        .ok()
        .and_then(|a| a.as_socket())
        .expect("an address");
    let _fillers: Vec<_> = (0..4)
        .filter_map(|_| TcpStream::connect_timeout(&address, Duration::from_millis(100)).ok())
        .collect();
    let error = error_of(
        &client(),
        get(&format!("http://{address}"), "t", after(300)),
    )
    .await;
    assert_eq!(error.status(), Status::Timeout, "{error}");
    assert!(error.message().contains("connecting to"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_there() {
    let port = closed_port();
    let error = error_of(
        &client(),
        post(&format!("http://localhost:{port}"), "t", far()),
    )
    .await;
    assert_eq!(error.status(), Status::NetworkConnect, "{error}");
    assert!(
        error.message().contains(&format!("localhost:{port}")),
        "{error}"
    );
    assert!(error.message().contains("refused"), "{error}");
    assert!(error.remedy().contains("Is the server running?"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_such_host() {
    let error = error_of(&client(), get("https://no-such-host.invalid", "t", far())).await;
    assert_eq!(error.status(), Status::NetworkDns, "{error}");
    assert!(
        error.message().contains("`no-such-host.invalid`"),
        "{error}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_http_leaves_this_machine_only_when_allowed() {
    let error = error_of(&client(), get("http://no-such-host.invalid", "t", far())).await;
    assert_eq!(error.status(), Status::NetworkInsecure, "{error}");
    let allowing = client_with(Settings {
        allow_plain_http: true,
        ..Settings::default()
    });
    let error = error_of(&allowing, get("http://no-such-host.invalid", "t", far())).await;
    assert_eq!(error.status(), Status::NetworkDns, "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_reply_teaches_the_clock_and_keeps_its_request_id() {
    let skewed = Server::start(Options {
        clock_offset_seconds: 5000,
        ..Options::default()
    })
    .unwrap();
    let client = client();
    assert_eq!(client.clock_offset(), None);
    let mut foreign = get(skewed.http_url(), &skewed.token(), far());
    foreign.purpose.peer = Peer::TokenServer;
    send(&client, foreign).await.expect("a reply");
    assert_eq!(
        client.clock_offset(),
        None,
        "only the service's clock counts"
    );
    let reply = send(&client, get(skewed.http_url(), &skewed.token(), far()))
        .await
        .expect("a reply");
    assert!(reply.request_id().is_some());
    let offset = client.clock_offset().expect("a clock");
    assert!((4990..=5010).contains(&offset), "{offset}");
}
