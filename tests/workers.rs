//! How many connections the library makes, in a process where nothing else uses it.

use std::thread;
use std::time::{Duration, Instant};

use devserver::{Fault, Options, Server};
use vsdk::{ConfigOptions, Operation, RequestOptions, Room, RoomOptions};

fn start() -> Operation<Room> {
    vsdk::create_room(&RoomOptions::new(), &RequestOptions::new())
}

#[test]
fn one_connection_is_enough_for_one_call_after_another_and_32_for_everything() {
    let server = Server::start(Options::default()).expect("loopback has free ports");
    let options = ConfigOptions::new()
        .token(&server.token())
        .api_base_url(Some(server.http_url()));
    vsdk::config_with(&options).expect("a good token");

    for _ in 0..50 {
        start().wait().expect("a room");
    }
    assert_eq!(server.stats().connections_total, 1);

    // All that may be in flight are in flight, and more wait, whatever workers they are on.
    server
        .faults()
        .add(Fault::delay("*", 200).times(u32::MAX))
        .expect("a good fault");
    let begin = Instant::now();
    let operations: Vec<_> = (0..96).map(|_| start()).collect();
    let ids: std::collections::BTreeSet<_> = operations
        .into_iter()
        .map(|operation| operation.wait().expect("a room").id().to_owned())
        .collect();
    assert_eq!(ids.len(), 96);
    let stats = server.stats();
    // Three workers have ten each.
    assert!((30..=32).contains(&stats.requests_peak), "{stats:?}");
    assert!((30..=32).contains(&stats.connections_peak), "{stats:?}");
    assert_eq!(stats.requests_total, 50 + 96);
    // Three times 200 ms; in turn it would be 96 times.
    assert!(
        begin.elapsed() < Duration::from_secs(6),
        "{:?}",
        begin.elapsed()
    );

    server.faults().clear();
    // From several threads at once nothing is lost either.
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| (0..25).for_each(|_| drop(start().wait().expect("a room"))));
        }
    });
    assert_eq!(server.stats().requests_total, 50 + 96 + 200);
    assert_eq!(server.stats().connections_peak, stats.connections_peak);
}
