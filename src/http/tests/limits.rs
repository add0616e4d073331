//! At most 32 requests in flight, and no more connections than that.

use super::*;
use tokio::task::JoinSet;

/// Sends `count` requests at once and gives the server's counters.
async fn burst(server: &Server, client: &Client, count: usize) -> devserver::Stats {
    let mut running = JoinSet::new();
    for _ in 0..count {
        let client = client.clone();
        let call = post(server.http_url(), &server.token(), far());
        running.spawn(async move { send(&client, call).await.map(|reply| reply.status) });
    }
    while let Some(outcome) = running.join_next().await {
        assert_eq!(outcome.expect("no panic").expect("a room"), 200);
    }
    server.stats()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_requests_share_32_connections() {
    let server = server();
    let client = client();
    for round in 1..=3 {
        let stats = burst(&server, &client, 1000).await;
        println!(
            "round {round}: {} connections at most, {} in all; {} requests at most",
            stats.connections_peak, stats.connections_total, stats.requests_peak
        );
        assert!(stats.connections_peak <= MAX_IN_FLIGHT, "{stats:?}");
        assert!(stats.requests_peak <= MAX_IN_FLIGHT, "{stats:?}");
        assert_eq!(stats.requests_total, 1000 * round);
    }
    // Keep-alive works: connections are reused, not replaced.
    assert!(
        server.stats().connections_total <= 2 * MAX_IN_FLIGHT as u64,
        "{:?}",
        server.stats()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn slow_replies_fill_all_32_slots_and_no_more() {
    let server = server();
    add(&server, Fault::delay("*", 500).always());
    let stats = burst(&server, &client(), 64).await;
    assert_eq!(stats.requests_peak, MAX_IN_FLIGHT);
    assert!(stats.connections_peak <= MAX_IN_FLIGHT, "{stats:?}");
}

#[tokio::test]
async fn one_thread_keeps_the_bound_as_well() {
    let server = server();
    let stats = burst(&server, &client(), 1000).await;
    assert!(stats.connections_peak <= MAX_IN_FLIGHT, "{stats:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_one_after_the_other_share_one_connection() {
    let server = server();
    let client = client();
    for _ in 0..50 {
        send(&client, post(server.http_url(), &server.token(), far()))
            .await
            .expect("a room");
    }
    assert!(
        server.stats().connections_total <= 5,
        "{:?}",
        server.stats()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn servers_that_close_every_connection_do_not_hold_anyone_up() {
    let server = server();
    add(
        &server,
        Fault::reply("*", 200, "{}")
            .header("connection", "close")
            .always(),
    );
    let begin = Instant::now();
    let stats = burst(&server, &client(), 320).await;
    println!(
        "{} connections at most, {:?}",
        stats.connections_peak,
        begin.elapsed()
    );
    assert_eq!(stats.requests_total, 320);
    assert!(begin.elapsed() < Duration::from_secs(20));
}

/// The gap that the handover closes opens by chance: many beginnings find it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_bound_holds_from_every_beginning() {
    for round in 0..20 {
        let server = server();
        add(&server, Fault::delay("*", 1).times(round * 10 + 1));
        let stats = burst(&server, &client(), 400).await;
        assert!(
            stats.connections_peak <= MAX_IN_FLIGHT,
            "round {round}: {stats:?}"
        );
    }
}
