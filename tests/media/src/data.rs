//! Data from one to another.

use std::time::{Duration, Instant};

use vsdk::Status;
use vsdk::media::{Reliability, Sent};
use vsdk::meeting::EventType;

use crate::meetings::{Client, LONG};

/// Sends once there is a way, and says so when there never is.
pub fn send(client: &Client, data: &[u8], is_text: bool, reliability: Reliability) {
    let begin = Instant::now();
    loop {
        match client.meeting.send_data(data, is_text, reliability) {
            Ok(Sent::Queued) => return,
            Ok(Sent::Full) => {}
            Err(error) => assert_eq!(error.status(), Status::InvalidState, "{error}"),
        }
        assert!(begin.elapsed() < LONG, "data can never be sent");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Greets until it was heard: what is sent before the other end is there is lost.
pub fn greet(from: &Client, to: &Client, id: &str) {
    let begin = Instant::now();
    loop {
        send(from, b"hello", true, Reliability::Reliable);
        send(from, b"hello", true, Reliability::Unreliable);
        let heard = |reliability: Reliability| {
            to.all().iter().any(|event| {
                event.kind() == EventType::Data
                    && event.participant_id() == Some(id)
                    && event.code() == reliability as i32
            })
        };
        if heard(Reliability::Reliable) && heard(Reliability::Unreliable) {
            return;
        }
        assert!(begin.elapsed() < LONG, "nothing is heard");
        std::thread::sleep(Duration::from_millis(20));
    }
}
