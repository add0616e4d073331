//! Very many meetings at once, in a process where nothing else uses the library.
#![cfg(target_os = "linux")]

#[path = "support/meetings.rs"]
mod support;

use std::time::{Duration, Instant};

use nix::sys::resource::{Resource, getrlimit, setrlimit};
use support::{Client, LONG, room, server};
use vsdk::Operation;
use vsdk::meeting::{MeetingState, Mode};

const MEETINGS: usize = 1000;
/// In each room.
const PARTICIPANTS: usize = 10;
/// Two workers, one that carries operations to their callers, and one that looks after tokens.
const MOST_THREADS: usize = 8;

/// The names of the library's threads.
fn threads() -> Vec<String> {
    let tasks = std::fs::read_dir("/proc/self/task").expect("a list of threads");
    let names = tasks.filter_map(|task| {
        let path = task.ok()?.path().join("comm");
        // It may have ended meanwhile.
        std::fs::read_to_string(path).ok()
    });
    names.filter(|name| name.starts_with("vsdk-")).collect()
}

/// Waits for all of them; the most threads that the library had meanwhile.
fn wait_for(operations: Vec<Operation<()>>) -> Vec<String> {
    let mut most = Vec::new();
    for operation in operations {
        let now = threads();
        if now.len() > most.len() {
            most = now;
        }
        operation.wait().expect("it succeeds");
    }
    most
}

#[test]
fn a_thousand_are_joined_and_left_at_once_without_a_thread_for_each() {
    // A connection has an end in the library and one in the service, which is in this process too.
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).expect("a limit");
    setrlimit(Resource::RLIMIT_NOFILE, hard, hard).expect("up to the hard limit it may be raised");
    assert!(hard > 3 * MEETINGS as u64, "only {hard} files may be open");

    let server = server();
    let rooms: Vec<String> = (0..MEETINGS / PARTICIPANTS)
        .map(|_| room(&server))
        .collect();
    let clients: Vec<Client> = (0..MEETINGS)
        .map(|number| {
            let room = &rooms[number / PARTICIPANTS];
            Client::new(&server, room, &format!("participant-{number}"), |options| {
                options.set_mode(Mode::SignallingOnly);
            })
        })
        .collect();
    let began = Instant::now();
    let most = wait_for(clients.iter().map(|it| it.meeting.join(LONG)).collect());
    println!("joined after {:?}, threads {most:?}", began.elapsed());
    assert!((2..=MOST_THREADS).contains(&most.len()), "{most:?}");
    assert_eq!(server.stats().participants, MEETINGS);
    for client in &clients {
        assert_eq!(client.snapshot().state(), MeetingState::Connected);
        let began = Instant::now();
        while client.snapshot().participants().len() < PARTICIPANTS {
            assert!(began.elapsed() < LONG, "somebody was not seen");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
    let most = wait_for(clients.iter().map(|it| it.meeting.leave(LONG)).collect());
    assert!(most.len() <= MOST_THREADS, "{most:?}");
    for client in &clients {
        assert_eq!(client.snapshot().state(), MeetingState::Left);
        assert!(client.is_closed());
    }
    let began = Instant::now();
    while server.stats().signaling_open > 0 {
        assert!(began.elapsed() < LONG, "{:?}", server.stats());
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(server.stats().participants, 0);
}
