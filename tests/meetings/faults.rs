//! What networks and servers do to meetings, through a proxy: nothing hangs, gets lost or comes
//! twice.

use std::collections::BTreeSet;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use devserver::{Options, Server, SignalingFault};
use vsdk::meeting::{EventType, MeetingState, PublishOptions};
use vsdk::{RequestOptions, RoomOptions, Status, Timeout};

use crate::proxy::Proxy;
use crate::support::{Client, LONG, room, server, token_with};

fn through(proxy: &Proxy, server: &Server, room: &str, id: &str) -> Client {
    Client::new(server, room, id, |options| {
        options.set_api_base_url(Some(&proxy.url("http")));
    })
}

#[test]
fn a_join_that_is_cut_at_any_byte_fails_with_its_reason_and_succeeds_afterwards() {
    let server = server();
    let room = room(&server);
    let proxy = Proxy::to(server.http_url());
    let whole = {
        let before = proxy.passed();
        let client = through(&proxy, &server, &room, "measure");
        client.join();
        proxy.passed() - before
    };
    assert!(whole > 500, "{whole} bytes");

    let mut failures = BTreeSet::new();
    for at in (1..whole).step_by(whole / 40) {
        let client = through(&proxy, &server, &room, "ann");
        // A connection that is kept from before would not be one that a join begins with.
        proxy.cut();
        proxy.cut_after(at);
        match client.try_join() {
            Ok(()) => {}
            Err(error) => {
                let status = error.status();
                assert!(
                    matches!(status, Status::NetworkBroken | Status::ConnectionLost),
                    "cut after {at}: {error:?}"
                );
                assert!(!error.remedy().is_empty(), "{error:?}");
                assert_eq!(client.state(MeetingState::Failed).status(), Some(status));
                assert!(proxy.has_cut(), "it failed without being cut: {error:?}");
                failures.insert(status.name());
                client.join();
            }
        }
        proxy.has_cut();
        // Once it is in the room, a cut is made good by itself.
        client.next_where("in the room", |event| {
            event.kind() == EventType::StateChanged
                && event.code() == MeetingState::Connected as i32
        });
        client.leave();
    }
    assert!(!failures.is_empty());
}

#[test]
fn messages_get_neither_lost_nor_doubled_while_the_connection_is_cut_again_and_again() {
    const MESSAGES: usize = 400;
    let server = server();
    let room = room(&server);
    let proxy = Proxy::to(server.http_url());
    let ann = Client::new(&server, &room, "ann", |_| ());
    ann.join();
    ann.meeting.subscribe("numbers", LONG).wait().unwrap();
    let bob = through(&proxy, &server, &room, "bob");
    bob.join();

    let mut published = Vec::new();
    let mut unknown = 0;
    for number in 0..MESSAGES {
        if number % 100 == 50 {
            proxy.cut();
        }
        let text = number.to_string();
        let publishing = bob
            .meeting
            .publish("numbers", &text, &PublishOptions::new(), LONG);
        match publishing.wait() {
            Ok(()) => published.push(number),
            Err(error) => {
                assert_eq!(error.status(), Status::ConnectionLost, "{error:?}");
                assert!(!error.is_retryable(), "it may have arrived");
                unknown += 1;
            }
        }
    }
    assert!(unknown <= 4, "{unknown} of {MESSAGES} have an unknown fate");
    assert_eq!(
        bob.states()
            .iter()
            .filter(|it| *it == "RECONNECTING")
            .count(),
        4
    );

    let mut arrived = Vec::new();
    while arrived.last() != published.last() {
        let message = ann.next(EventType::Message);
        let text = String::from_utf8(message.payload().to_vec()).unwrap();
        arrived.push(text.parse::<usize>().unwrap());
    }
    let once: BTreeSet<_> = arrived.iter().copied().collect();
    assert_eq!(once.len(), arrived.len(), "none came twice: {arrived:?}");
    assert!(published.iter().all(|number| once.contains(number)));
    assert!(arrived.is_sorted(), "{arrived:?}");
    // Others saw somebody who was never away for good.
    assert_eq!(ann.snapshot().participants().len(), 2);
}

#[test]
fn a_connection_that_says_nothing_any_more_is_noticed_and_made_anew() {
    let server = server();
    let room = room(&server);
    let proxy = Proxy::to(server.http_url());
    let client = through(&proxy, &server, &room, "ann");
    client.join();
    let began = Instant::now();
    proxy.silence(true);
    let waiting = client.meeting.subscribe("topic", LONG);
    client.state(MeetingState::Reconnecting);
    // Two heartbeats of ten seconds each went unanswered.
    assert!(began.elapsed() >= Duration::from_secs(10), "{began:?}");
    proxy.silence(false);
    client.next_where("back in the room", |event| {
        event.kind() == EventType::StateChanged
            && event.code() == MeetingState::Connected as i32
            && event.sequence() > 3
    });
    // Nobody could say what became of it, or it was done on the new connection: it ended.
    if let Err(error) = waiting.wait() {
        let status = error.status();
        assert!(
            matches!(status, Status::ConnectionLost | Status::Timeout),
            "{error:?}"
        );
    }
    client.leave();
}

#[test]
fn who_sees_connected_misses_no_message_from_then_on() {
    let server = server();
    let room = room(&server);
    let proxy = Proxy::to(server.http_url());
    let ann = through(&proxy, &server, &room, "ann");
    let bob = Client::new(&server, &room, "bob", |_| ());
    ann.join();
    bob.join();
    ann.meeting.subscribe("topic", LONG).wait().unwrap();
    ann.state(MeetingState::Connected);
    for number in ["1", "2", "3"] {
        // The service takes its time with the subscription that is made again.
        let slow = SignalingFault::delay("pubsubSubscribe", 300);
        server.faults().add_signaling(slow).expect("it acts");
        proxy.cut();
        ann.state(MeetingState::Reconnecting);
        let connected = ann.state(MeetingState::Connected);
        // Nobody keeps it for those who come too late.
        let publishing = bob
            .meeting
            .publish("topic", number, &PublishOptions::new(), LONG);
        publishing.wait().unwrap();
        let message = ann.next(EventType::Message);
        assert_eq!(message.payload(), number.as_bytes());
        assert!(message.sequence() > connected.sequence());
    }
}

#[test]
fn a_burst_that_is_cut_is_told_one_by_one_and_what_was_not_sent_arrives_once() {
    const MESSAGES: usize = 240;
    // More together than the system takes for a connection, less than a meeting holds.
    const BYTES: usize = 48 * 1024;
    let server = server();
    let room = room(&server);
    let proxy = Proxy::to(server.http_url());
    let ann = Client::new(&server, &room, "ann", |_| ());
    ann.join();
    ann.meeting.subscribe("numbers", LONG).wait().unwrap();
    let bob = through(&proxy, &server, &room, "bob");
    bob.join();
    let publish = |number: usize| {
        let text = format!("{number} {}", "x".repeat(BYTES));
        let options = PublishOptions::new();
        bob.meeting.publish("numbers", &text, &options, LONG)
    };
    publish(0).wait().unwrap();

    proxy.fill_up(true);
    let burst: Vec<_> = (1..=MESSAGES).map(publish).collect();
    // All that goes out goes out; the rest waits in the meeting.
    std::thread::sleep(Duration::from_millis(500));
    proxy.cut();
    bob.state(MeetingState::Reconnecting);
    proxy.fill_up(false);
    let mut published = vec![0];
    let mut unknown = Vec::new();
    let mut refused = 0;
    for (number, publishing) in (1..).zip(burst) {
        match publishing.wait() {
            Ok(()) => published.push(number),
            Err(error) => {
                assert_eq!(error.status(), Status::ConnectionLost, "{error:?}");
                match error.is_retryable() {
                    false => unknown.push(number),
                    true => refused += 1,
                }
            }
        }
    }
    publish(MESSAGES + 1).wait().unwrap();
    published.push(MESSAGES + 1);
    // Some had gone out, some were kept for the new connection, and there was no room for all.
    println!(
        "{} published, {} unknown, {refused} refused",
        published.len(),
        unknown.len()
    );
    assert!(published.len() > 2, "nothing was kept");
    assert!(!unknown.is_empty() && refused > 0);
    assert!(
        unknown.last() < published.get(1),
        "the first went out first"
    );

    let mut arrived = Vec::new();
    while arrived.last() != Some(&(MESSAGES + 1)) {
        let message = ann.next(EventType::Message);
        let text = std::str::from_utf8(message.payload()).unwrap();
        let (number, _) = text.split_once(' ').unwrap();
        arrived.push(number.parse::<usize>().unwrap());
    }
    assert!(arrived.windows(2).all(|two| two[0] < two[1]), "{arrived:?}");
    assert!(published.iter().all(|number| arrived.contains(number)));
    let known = |number: &usize| published.contains(number) || unknown.contains(number);
    assert!(arrived.iter().all(known), "{arrived:?}");
}

#[test]
fn a_fresh_token_is_used_for_the_way_back_and_at_once() {
    const TRY: i32 = 4;
    let server = server();
    let room = room(&server);
    let proxy = Proxy::to(server.http_url());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let end = now.as_secs() + 4;
    let token = token_with(&server, |claims| claims["exp"] = end.into());
    let client = Client::with_token(&server, &room, "ann", &token, |options| {
        options.set_api_base_url(Some(&proxy.url("http")));
    });
    client.join();
    client.state(MeetingState::Connected);
    let left = (UNIX_EPOCH + Duration::from_secs(end)).duration_since(SystemTime::now());
    std::thread::sleep(left.unwrap_or_default());
    proxy.cut();
    client.state(MeetingState::Reconnecting);
    let pausing = loop {
        let reconnecting = client.next(EventType::Reconnecting);
        if reconnecting.code() > 1 {
            let words = reconnecting.text().unwrap_or_default();
            assert!(words.contains("expired"), "{words}");
        }
        if reconnecting.code() == TRY {
            break reconnecting;
        }
    };
    let told: serde_json::Value = serde_json::from_str(&pausing.to_json()).unwrap();
    let pause = Duration::from_millis(told["delayMs"].as_u64().expect("a number"));
    assert!(pause >= Duration::from_secs(4), "{told}");
    let began = Instant::now();
    client.meeting.set_token(&server.token()).unwrap();
    client.state(MeetingState::Connected);
    // Not the pause's end brought it back.
    assert!(began.elapsed() < pause, "{:?}", began.elapsed());
    let tries = client.all();
    let tries = tries
        .iter()
        .filter(|event| event.kind() == EventType::Reconnecting);
    assert_eq!(tries.count(), TRY as usize);
    client.leave();
}

#[test]
fn a_server_that_never_comes_back_ends_the_meeting_with_the_last_attempt() {
    const ATTEMPTS: i32 = 10;
    let server = server();
    let room = room(&server);
    let client = Client::new(&server, &room, "ann", |_| ());
    client.join();
    server.stop();
    for attempt in 1..=ATTEMPTS {
        let reconnecting = client.next(EventType::Reconnecting);
        assert_eq!(reconnecting.code(), attempt);
        // Without the pauses, which are a minute together: the app says that the network is there.
        client.meeting.refresh_connection().expect("it is joined");
    }
    let left = client.next(EventType::MeetingLeft);
    assert_eq!(left.code(), 1102);
    let failed = client.state(MeetingState::Failed);
    assert_eq!(failed.status(), Some(Status::ConnectionLost));
    assert!(failed.sequence() > left.sequence());
    let told = failed.to_json();
    assert!(told.contains(r#""serviceCode":1102"#), "{told}");
    assert!(told.contains("10 tries"), "{told}");
    assert_eq!(
        client.states(),
        [
            "INITIALISED",
            "CONNECTING",
            "CONNECTED",
            "RECONNECTING",
            "FAILED"
        ]
    );
    let error = client.meeting.refresh_connection().expect_err("it is over");
    assert_eq!(error.status(), Status::InvalidState);
}

#[test]
fn a_slow_network_makes_joining_slow_and_nothing_else() {
    let server = server();
    let room = room(&server);
    let proxy = Proxy::to(server.http_url());
    proxy.slow_down(Duration::from_millis(5));
    let ann = through(&proxy, &server, &room, "ann");
    let bob = through(&proxy, &server, &room, "bob");
    ann.join();
    bob.join();
    assert_eq!(bob.snapshot().participants().len(), 2);
    ann.meeting.subscribe("topic", LONG).wait().unwrap();
    let long = "é".repeat(10_000);
    let publishing = bob
        .meeting
        .publish("topic", &long, &PublishOptions::new(), LONG);
    publishing.wait().unwrap();
    assert_eq!(ann.next(EventType::Message).payload(), long.as_bytes());
    assert_eq!(ann.states(), ["INITIALISED", "CONNECTING", "CONNECTED"]);
}

#[test]
fn a_join_through_silence_ends_with_its_time_and_says_where_it_was() {
    let server = Server::start(Options {
        https: Some(([127, 0, 0, 1], 0).into()),
        ..Options::default()
    })
    .expect("loopback has free ports");
    let room = room(&server);
    for (scheme, target) in [("http", server.http_url()), ("https", server.https_url())] {
        let proxy = Proxy::to(target);
        proxy.silence(true);
        let client = Client::new(&server, &room, "ann", |options| {
            options.set_api_base_url(Some(&proxy.url(scheme)));
        });
        let began = Instant::now();
        let error = client
            .meeting
            .join(Duration::from_millis(700))
            .wait()
            .expect_err("nobody answers");
        assert_eq!(error.status(), Status::Timeout, "{error:?}");
        assert!(
            error.message().contains("127.0.0.1") || error.message().contains("localhost"),
            "{error}"
        );
        assert!(began.elapsed() < LONG / 10, "{:?}", began.elapsed());
        assert_eq!(client.snapshot().state(), MeetingState::Failed);
    }
}

#[test]
fn a_hundred_participants_come_back_to_a_server_that_was_restarted() {
    const PARTICIPANTS: usize = 100;
    let keys = Options {
        api_key: Some("3f9a1c52-6d0e-4b7a-9e44-0c1d2e3f4a5b".to_owned()),
        secret: Some("5ec2e7a0b1c2d3e4f5061728394a5b6c".repeat(2)),
        ..Options::default()
    };
    let start = || {
        let server = Server::start(keys.clone()).expect("loopback has free ports");
        let mut request = RequestOptions::new();
        request
            .set_token(Some(&server.token()))
            .set_api_base_url(Some(server.http_url()));
        let mut options = RoomOptions::new();
        options.set_custom_room_id("lesson").expect("a good id");
        vsdk::create_room(&options, &request)
            .wait()
            .expect("a room");
        server
    };
    let first = start();
    let proxy = Proxy::to(first.http_url());
    let clients: Vec<Client> = (0..PARTICIPANTS)
        .map(|number| through(&proxy, &first, "lesson", &format!("participant-{number}")))
        .collect();
    let joins: Vec<_> = clients.iter().map(|it| it.meeting.join(LONG)).collect();
    for join in joins {
        join.wait().expect("a join");
    }
    first.stop();
    let second = start();
    proxy.lead_to(second.http_url());
    for client in &clients {
        client.state(MeetingState::Connected);
        client.state(MeetingState::Connected);
    }
    let end = Instant::now() + LONG;
    for client in &clients {
        while client.snapshot().participants().len() < PARTICIPANTS {
            assert!(Instant::now() < end, "somebody was not seen again");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    // Nobody came twice, or went without having come: whoever needed longer than the others waited
    // may have gone and come again.
    for client in &clients {
        let mut present = BTreeSet::new();
        for event in client.all() {
            let id = event.participant_id().unwrap_or_default().to_owned();
            match event.kind() {
                EventType::ParticipantJoined => assert!(present.insert(id), "{event:?}"),
                EventType::ParticipantLeft => assert!(present.remove(&id), "{event:?}"),
                _ => {}
            }
        }
        assert_eq!(present.len(), PARTICIPANTS - 1);
    }
    let leaving: Vec<_> = clients
        .iter()
        .map(|it| it.meeting.leave(Timeout::Default))
        .collect();
    for leave in leaving {
        leave.wait().expect("a goodbye");
    }
}
