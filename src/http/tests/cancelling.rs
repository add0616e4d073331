//! Dropping a call at any point leaves a client that works and a slot that is free.

use std::future::{Future, poll_fn};
use std::task::Poll;

use super::*;
use devserver::FaultKind;

/// Polls `future` at most `polls` times and drops it then.
pub(crate) async fn poll_and_drop<F: Future>(future: F, polls: usize) -> Option<F::Output> {
    let mut future = Box::pin(future);
    let mut left = polls;
    poll_fn(move |cx| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        match future.as_mut().poll(cx) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

async fn cancel_everywhere(fault: Option<Fault>) -> usize {
    let server = server();
    let slots = Slots::new(MAX_IN_FLIGHT);
    for polls in 0..500 {
        server.faults().clear();
        if let Some(fault) = &fault {
            add(&server, fault.clone());
        }
        // Each time from the beginning, with connections yet to be made.
        let client = Client::new(Settings::default(), slots.clone()).expect("settings");
        let call = get(server.http_url(), &server.token(), far());
        let finished = poll_and_drop(client.send(call), polls).await;
        assert_eq!(
            slots.free(),
            MAX_IN_FLIGHT,
            "the slot is free after {polls} polls"
        );
        server.faults().clear();
        let again = send(&client, get(server.http_url(), &server.token(), far())).await;
        assert!(again.is_ok(), "after {polls} polls: {again:?}");
        if let Some(outcome) = finished {
            outcome.expect("the call that was left alone");
            return polls;
        }
    }
    panic!("the call never ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_can_be_dropped_at_every_await() {
    // On a busy machine everything may be ready by the first poll, so the number says nothing.
    for _ in 0..5 {
        cancel_everywhere(None).await;
    }
    let slow = Fault::delay("*", 50);
    assert!(cancel_everywhere(Some(slow)).await >= 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_can_be_dropped_between_the_bytes_of_its_reply() {
    let slow = Fault::new("*", FaultKind::SlowLoris).byte_interval_ms(1);
    assert!(cancel_everywhere(Some(slow)).await >= 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_can_be_dropped_while_it_pauses_before_a_new_try() {
    assert!(cancel_everywhere(Some(Fault::reply("*", 500, ""))).await >= 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_dropped_calls_leave_nothing_behind() {
    let server = server();
    add(&server, Fault::new("*", FaultKind::Stall).always());
    let client = client();
    for polls in 0..1000 {
        let call = post(server.http_url(), &server.token(), far());
        // Nobody answers, so a call that is polled more often than it wakes is dropped by time.
        let dropped = poll_and_drop(client.send(call), polls % 6);
        let _ = tokio::time::timeout(Duration::from_millis(5), dropped).await;
    }
    server.faults().clear();
    send(&client, post(server.http_url(), &server.token(), far()))
        .await
        .expect("a room");
    let begin = Instant::now();
    while server.stats().connections_open > 1 && begin.elapsed() < Duration::from_secs(20) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(server.stats().connections_open <= 1, "{:?}", server.stats());
}
