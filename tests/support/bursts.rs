//! Very many messages for a program under test, whenever it asks for them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use devserver::{Server, SocketAction};
use serde_json::{Value, json};
use vsdk::meeting::EventType;
use vsdk::{NextEvent, Timeout};

use crate::meetings::{Client, LONG};

/// How many come at once: less than the queue of a meeting holds.
const BURST: u64 = 1000;

/// Somebody in the room who sends [`BURST`] messages of the topic `numbers` to everybody, from that
/// number on, whenever one is published on the topic `more`; and for the word `unknown` there, what
/// nobody knows yet. Until it is dropped.
pub struct Bursts {
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Bursts {
    pub fn begin(server: &Arc<Server>, room: &str) -> Bursts {
        let is_over = Arc::new(AtomicBool::new(false));
        let driver = Client::new(server, room, "driver", |_| ());
        driver.join();
        driver.meeting.subscribe("more", LONG).wait().unwrap();
        let (over, server) = (Arc::clone(&is_over), Arc::clone(server));
        let thread = thread::spawn(move || {
            while !over.load(Ordering::Relaxed) {
                let soon = Timeout::After(Duration::from_millis(50));
                let next = driver.meeting.next_event(soon);
                let Ok(NextEvent::Event(event)) = next else {
                    continue;
                };
                if event.kind() == EventType::Message {
                    let text = match event.payload() {
                        b"unknown" => unknown(),
                        first => burst(String::from_utf8_lossy(first).parse().expect("a number")),
                    };
                    server.act_on_sockets(&SocketAction::Send { text });
                }
            }
            driver.leave();
        });
        Bursts {
            is_over,
            thread: Some(thread),
        }
    }
}

impl Drop for Bursts {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        let ended = self.thread.take().map(JoinHandle::join);
        assert!(thread::panicking() || matches!(ended, Some(Ok(()))));
    }
}

/// All of them as one message of the service.
fn burst(first: u64) -> String {
    let messages: Vec<Value> = (first..first + BURST).map(message).collect();
    json!({
        "notification": true, "method": "batchNotification", "data": {"notifications": messages},
    })
    .to_string()
}

fn message(number: u64) -> Value {
    json!({
        "method": "pubsubMessage",
        "data": {
            "id": format!("burst-{number}"), "topic": "numbers", "timestamp": "2026-01-01T00:00:00Z",
            "message": format!("message {number} ☃"), "senderId": "driver", "senderName": "Driver",
        },
    })
}

/// What a later version of the service might tell.
fn unknown() -> String {
    json!({
        "notification": true, "method": "somethingNew", "data": {"peerId": "driver", "depth": [1, {"é": null}]},
    })
    .to_string()
}
