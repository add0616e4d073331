//! The status page while people come and go, and the events that keep it up to date.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use devserver::{Fault, Server};
use serde_json::{Value, json};

use crate::client::{End, HANG, Reply, claims, connect, get, read_all, request, start, wait_until};
use crate::participant::{Participant, joining, room, rtp_parameters};

/// The least time between two events.
const INTERVAL: Duration = Duration::from_millis(250);

/// An open stream of events.
pub struct Events {
    stream: BufReader<TcpStream>,
    head: Vec<u8>,
}

impl Events {
    /// Opens a stream, which must be allowed.
    pub fn open(server: &Server) -> Events {
        let mut stream = connect(server);
        stream
            .write_all(&request("GET", "/status-events", &[], ""))
            .unwrap();
        let mut stream = BufReader::new(stream);
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            assert_ne!(stream.read_until(b'\n', &mut head).unwrap(), 0);
        }
        assert_eq!(Reply::parse(&head).status, 200);
        Events { stream, head }
    }

    /// The count that the next event has.
    pub fn next(&mut self) -> u64 {
        let start = Instant::now();
        loop {
            // Comments come all the time, so that reading alone would never give up.
            assert!(start.elapsed() < HANG, "there was no event");
            let mut line = String::new();
            assert_ne!(self.stream.read_line(&mut line).unwrap(), 0);
            if let Some(count) = line.strip_prefix("data: ") {
                return count.trim().parse().unwrap();
            }
        }
    }

    /// Waits for the page to show this, looking only when it is told to.
    fn until_page(&mut self, server: &Server, what: &str, holds: impl Fn(&str) -> bool) {
        let start = Instant::now();
        loop {
            self.next();
            let page = get(server, "/");
            if holds(page.text()) {
                return;
            }
            assert!(start.elapsed() < HANG, "never: {what}");
        }
    }
}

fn status(server: &Server) -> Value {
    get(server, "/status.json").json()
}

#[test]
fn the_events_are_for_this_page_alone() {
    let server = start();
    let events = Events::open(&server);
    let head = Reply::parse(&events.head);
    assert_eq!(head.header("content-type"), Some("text/event-stream"));
    assert_eq!(head.header("cache-control"), Some("no-store"));
    // A browser lets no other page read them.
    assert_eq!(head.header("access-control-allow-origin"), None);
    let page = get(&server, "/");
    let policy = page.header("content-security-policy").unwrap();
    for rule in [
        "default-src 'none'",
        "connect-src 'self'",
        "script-src 'sha256-",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(rule), "{policy}");
    }
    assert!(!policy.contains("script-src 'self'"), "{policy}");
    assert_eq!(page.header("access-control-allow-origin"), None);
}

#[test]
fn a_participant_appears_with_what_it_sends_and_goes_again() {
    let server = start();
    let room_id = room(&server);
    let mut events = Events::open(&server);
    events.next();
    assert!(get(&server, "/").text().contains("Nobody is connected."));

    let id = "<b>p1</b>";
    let name = "<script>alert('ann')</script>";
    let mut ann = Participant::connect(&server, &room_id, id);
    events.until_page(&server, "ann is connected", |page| {
        page.contains("has not joined yet")
    });
    ann.request("join", joining(name)).unwrap();
    events.until_page(&server, "ann is there", |page| {
        page.contains("<bdi>&lt;script&gt;alert(&#39;ann&#39;)&lt;/script&gt;</bdi>")
            && page.contains("<bdi>&lt;b&gt;p1&lt;/b&gt;</bdi>")
            && page.contains("<td>SEND_AND_RECV</td><td>off</td><td>off</td><td>off</td><td>since ")
    });
    assert!(!get(&server, "/").text().contains("<script>alert"));

    let transport = json!({"producing": true, "consuming": false});
    let transport = ann.request("createWebRtcTransport", transport).unwrap();
    for (kind, share) in [("audio", false), ("video", true)] {
        let produce = json!({
            "transportId": transport["id"], "kind": kind, "appData": {"share": share},
            "rtpParameters": rtp_parameters(kind, 1 + u32::from(share)),
        });
        ann.request("produce", produce).unwrap();
    }
    ann.request("startRecording", json!({})).unwrap();
    events.until_page(&server, "ann sends and is recorded", |page| {
        page.contains("<td>on</td><td>off</td><td>on</td>")
            && page.contains("Running: <b>recording</b>")
    });
    ann.request("changeMode", json!({"mode": "RECV_ONLY"}))
        .unwrap();
    ann.request("stopRecording", json!({})).unwrap();
    events.until_page(&server, "ann only receives", |page| {
        page.contains("<td>RECV_ONLY</td><td>off</td><td>off</td><td>off</td>")
            && page.contains("Running: <b>nothing</b>")
    });

    let meeting = &status(&server)["meetings"][0];
    assert_eq!(meeting["roomId"], room_id.as_str());
    let participant = &meeting["participants"][0];
    assert_eq!(participant["displayName"], name);
    assert_eq!(participant["entry"], "joined");
    assert_eq!(participant["mode"], "RECV_ONLY");

    ann.leave();
    events.until_page(&server, "ann is gone", |page| {
        page.contains("Nobody is connected.") && !page.contains("p1")
    });
    assert_eq!(status(&server)["meetings"], json!([]));
}

#[test]
fn who_waits_to_be_let_in_is_shown_as_waiting() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    let token = server.mint(&claims(&server, json!({"permissions": ["ask_join"]})));
    let mut bob = Participant::try_connect(&server, &room_id, "bob", &token).unwrap();
    bob.request("requestEntry", json!({"name": "Bob"})).unwrap();
    let entry = |index: usize| {
        let status = status(&server);
        status["meetings"][0]["participants"][index]["entry"].clone()
    };
    assert_eq!(entry(0), "joined");
    assert_eq!(entry(1), "waits to be let in");
    ann.request("respondEntry", json!({"id": "bob", "decision": "denied"}))
        .unwrap();
    assert_eq!(entry(1), "was not let in");
    assert!(get(&server, "/").text().contains("<td>was not let in</td>"));
}

#[test]
fn rooms_and_faults_are_told_too() {
    let server = start();
    let mut events = Events::open(&server);
    events.next();
    let room_id = room(&server);
    events.until_page(&server, "the room is there", |page| page.contains(&room_id));
    server.faults().add(Fault::rate_limit("/x", "1")).unwrap();
    events.until_page(&server, "the fault is there", |page| {
        page.contains("<h2>Faults</h2>")
    });
    server.faults().clear();
    events.until_page(&server, "the fault is gone", |page| {
        !page.contains("<h2>Faults</h2>")
    });
}

#[test]
fn a_page_that_does_not_read_gets_few_events_for_many_changes() {
    let server = start();
    let start = Instant::now();
    let mut events = Events::open(&server);
    let before = events.next();
    const CHANGES: u64 = 100_000;
    for _ in 0..CHANGES {
        server.faults().clear();
    }
    let mut count = 0;
    while events.next() < before + CHANGES {
        count += 1;
    }
    let most = start.elapsed().as_millis() / INTERVAL.as_millis();
    assert!(count <= most, "{count} events within {most} intervals");
}

#[test]
fn pages_beyond_the_last_place_are_refused_until_one_goes() {
    let server = start();
    let mut pages: Vec<Events> = (0..64).map(|_| Events::open(&server)).collect();
    let refused = get(&server, "/status-events");
    assert_eq!(refused.status, 503);
    assert!(refused.error().contains("64"), "{}", refused.error());
    // The page itself is shown all the same.
    assert_eq!(get(&server, "/").status, 200);
    let open = server.stats().connections_open;
    drop(pages.pop());
    wait_until("the connection has ended", || {
        server.stats().connections_open < open
    });
    Events::open(&server).next();
}

#[test]
fn the_end_of_the_server_ends_the_events() {
    let server = start();
    let mut events = Events::open(&server);
    events.next();
    server.stop();
    assert_eq!(read_all(&mut events.stream).end, End::Orderly);
}
