//! Fetching against a real token server, good and bad.

use devserver::{Fault, FaultKind};

use super::*;
use crate::http::tests::{add, after, all_of, client, far, server};

fn error(outcome: Result<Secret>) -> Error {
    let error = outcome.expect_err("a failure");
    assert_eq!(error.operation(), "token_fetch");
    assert!(!error.remedy().is_empty());
    error
}

#[test]
fn ids_are_added_to_the_query_that_is_there() -> Result<()> {
    let mut options = FetchOptions::new();
    options
        .set_header("X-User", "ann")?
        .set_header("x-user", "bob")?;
    options
        .set_room_id(Some("a b&c"))
        .set_participant_id(Some("ü"));
    let call = prepare("http://localhost:9000/get-token?user=7", &options, far())?;
    assert_eq!(
        call.address.url().as_str(),
        "http://localhost:9000/get-token?user=7&roomId=a+b%26c&peerId=%C3%BC"
    );
    let sent = call.all_headers();
    assert_eq!(
        sent.get("accept").map(HeaderValue::as_bytes),
        Some(&b"application/json"[..])
    );
    assert_eq!(
        sent.get("x-user").map(HeaderValue::as_bytes),
        Some(&b"bob"[..])
    );
    Ok(())
}

#[test]
fn bad_headers_and_urls_are_refused_without_being_shown() {
    let mut options = FetchOptions::new();
    for (name, value) in [
        ("", "hunter22"),
        ("a b", "hunter22"),
        ("hunter22: x", "y"),
        ("x", "hunter22\r\nevil: 1"),
        ("x", "hunter22-ü"),
        ("Host", "hunter22"),
        ("content-length", "7"),
    ] {
        let error = options.set_header(name, value).map(|_| ()).expect_err(name);
        assert_eq!(error.status(), Status::InvalidArgument);
        assert!(!error.to_string().contains("hunter22"), "{error}");
    }
    for url in ["", "get-token", "ftp://a.b/", "https://ann:hunter22@a.b/"] {
        let error = prepare(url, &options, far()).err().expect("a refusal");
        assert_eq!(error.status(), Status::InvalidArgument);
        assert!(!error.to_string().contains("hunter22"), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_fetched_and_works() -> Result<()> {
    let (server, client) = (server(), client());
    let url = format!("{}/get-token", server.http_url());
    let token = fetch(&client, &url, &FetchOptions::new(), far()).await?;
    assert_eq!(token.expose().split('.').count(), 3);
    assert_eq!(
        client.clock_offset(),
        None,
        "a token server's clock is not the service's"
    );
    let mut options = FetchOptions::new();
    options.set_room_id(Some("a")).set_participant_id(Some("b"));
    let restricted = fetch(&client, &url, &options, far()).await?;
    assert!(restricted.expose().len() > token.expose().len());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn replies_without_a_token_are_explained() {
    for (body, part, remedy) in [
        (
            "<html><title>Welcome</title>",
            "an HTML page: “Welcome”",
            "right URL",
        ),
        ("", "an empty reply", "right URL"),
        ("hello", "not JSON: “hello”", "right URL"),
        ("[]", "a JSON array", "right URL"),
        (
            r#"{"jwt":"hunter22","user":"hunter22"}"#,
            "the keys jwt, user",
            "under the key `token`",
        ),
        (
            r#"{"error":"who are you"}"#,
            "an error: “who are you”",
            "under the key",
        ),
        (r#"{"token":""}"#, "the keys token", "empty"),
        (r#"{"token":" "}"#, "the keys token", "empty"),
        (r#"{"token":null}"#, "the keys token", "JSON text"),
        (r#"{"token":7}"#, "the keys token", "JSON text"),
    ] {
        let server = server();
        add(&server, Fault::reply("*", 200, body));
        let url = format!("{}/get-token", server.http_url());
        let error = error(fetch(&client(), &url, &FetchOptions::new(), far()).await);
        assert_eq!(error.status(), Status::TokenServerReply, "{error}");
        assert!(error.message().contains(part), "{part}: {error}");
        assert!(error.remedy().contains(remedy), "{remedy}: {error}");
        assert!(!all_of(&error).contains("hunter22"), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_name_the_token_server_and_never_the_headers() -> Result<()> {
    let mut options = FetchOptions::new();
    options
        .set_header("Cookie", "session=marked-cookie")?
        .set_header("X-Key", "marked-key")?;
    let echo = r#"{"message":"no session=marked-cookie marked-key"}"#;
    for (fault, status) in [
        (Fault::reply("*", 401, echo), Status::Unauthorized),
        (Fault::reply("*", 404, echo), Status::NotFound),
        (Fault::reply("*", 500, echo).always(), Status::ServerError),
        (Fault::reply("*", 200, echo), Status::TokenServerReply),
        (
            Fault::reply("*", 200, "marked-key"),
            Status::TokenServerReply,
        ),
        (Fault::redirect("*", "http://marked-key/"), Status::Redirect),
        (Fault::new("*", FaultKind::Stall).always(), Status::Timeout),
    ] {
        let server = server();
        add(&server, fault);
        let deadline = if status == Status::Timeout {
            after(200)
        } else {
            far()
        };
        let url = format!("{}/get-token", server.http_url());
        let error = error(fetch(&client(), &url, &options, deadline).await);
        assert_eq!(error.status(), status, "{error}");
        assert!(!all_of(&error).contains("marked-"), "{}", all_of(&error));
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_was_not_started_is_the_first_guess() {
    // Port 1 on loopback: nobody listens there.
    let url = "http://localhost:1/get-token";
    let error = error(fetch(&client(), url, &FetchOptions::new(), far()).await);
    assert_eq!(error.status(), Status::NetworkConnect, "{error}");
    assert!(
        error.remedy().contains("Is the token server running?"),
        "{error}"
    );
    let remote = "http://tokens.example/get-token";
    let error = fetch(&client(), remote, &FetchOptions::new(), far())
        .await
        .expect_err("plain http");
    assert_eq!(error.status(), Status::NetworkInsecure);
}
