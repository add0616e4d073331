//! How often a request really arrives at the server.

use super::*;
use crate::error::Status;
use devserver::FaultKind;

async fn tries(fault: Fault, by_post: bool) -> (u64, Result<Reply>) {
    let server = server();
    add(&server, fault);
    let make = if by_post { post } else { get };
    let outcome = send(&client(), make(server.http_url(), &server.token(), far())).await;
    (server.stats().requests_total, outcome)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_get_survives_passing_failures() {
    for fault in [
        Fault::reply("*", 500, ""),
        Fault::reply("*", 503, ""),
        Fault::rate_limit("*", "0"),
        Fault::new("*", FaultKind::Reset),
        Fault::new("*", FaultKind::CloseBeforeReply),
        Fault::new("*", FaultKind::CutBody),
    ] {
        let (count, outcome) = tries(fault.clone(), false).await;
        assert_eq!(count, 2, "{fault:?}");
        assert_eq!(outcome.expect("the second try").attempts, 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_get_gives_up_after_four_tries_and_says_so() {
    let (count, outcome) = tries(Fault::reply("*", 502, "").always(), false).await;
    assert_eq!(count, 4);
    let error = outcome.expect_err("a failure");
    assert_eq!(error.status(), Status::ServerError);
    assert!(error.message().ends_with("(tried 4 times)"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_may_have_arrived_is_never_sent_twice() {
    for fault in [
        Fault::reply("*", 500, ""),
        Fault::reply("*", 503, "").header("retry-after", "0"),
        Fault::new("*", FaultKind::Reset),
        Fault::new("*", FaultKind::CloseBeforeReply),
        Fault::new("*", FaultKind::CutBody),
        Fault::new("*", FaultKind::HttpGarbage),
    ] {
        let (count, outcome) = tries(fault.clone(), true).await;
        assert_eq!(count, 1, "{fault:?}");
        let error = outcome.expect_err("a failure");
        assert!(!error.message().contains("tried"), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_was_turned_away_is_sent_again() {
    let (count, outcome) = tries(Fault::rate_limit("*", "0").times(2), true).await;
    assert_eq!(count, 3);
    assert_eq!(outcome.expect("the third try").attempts, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_found_nobody_is_sent_when_somebody_comes() {
    let port = closed_port();
    let call = post(&format!("http://127.0.0.1:{port}"), "t", far());
    let sending = tokio::spawn(async move { send(&client(), call).await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let late = Server::start(Options {
        http: Some(address),
        ..Options::default()
    })
    .expect("a server");
    let outcome = sending.await.expect("no panic");
    assert_eq!(
        outcome.expect_err("the token is no token").status(),
        Status::Unauthorized
    );
    assert_eq!(late.stats().requests_total, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_not_repeated() {
    for http in [400, 401, 402, 403, 404, 409, 422] {
        let (count, outcome) = tries(Fault::reply("*", http, "").always(), false).await;
        assert_eq!(count, 1, "HTTP {http}");
        assert!(!outcome.expect_err("a failure").is_retryable());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_beyond_the_deadline_is_not_begun() {
    let (count, outcome) = tries(Fault::rate_limit("*", "3600").always(), false).await;
    assert_eq!(count, 1);
    let error = outcome.expect_err("a failure");
    assert_eq!(error.status(), Status::RateLimited);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    assert!(error.is_retryable());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wait_that_the_server_asks_for_is_kept() {
    let server = server();
    add(&server, Fault::rate_limit("*", "1"));
    let begin = Instant::now();
    send(&client(), get(server.http_url(), &server.token(), far()))
        .await
        .expect("the second try");
    assert!(begin.elapsed() >= Duration::from_secs(1));
}
