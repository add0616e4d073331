//! A service that is killed under those who are in a room, and begins anew with nothing.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use vsdk::meeting::{EventType, MeetingState, PublishOptions};
use vsdk::{Meeting, MeetingOptions, Operation, RequestOptions, RoomOptions, Status, Timeout};

use crate::proxy::Proxy;
use crate::support::LONG;

const ROOM: &str = "lesson";
const PARTICIPANTS: usize = 100;
/// So many of them listen.
const LISTENERS: usize = 5;
/// How many messages each publishes before the end, across it, and after it.
const EACH: usize = 4;

/// The service as a process of its own.
struct Service {
    process: Child,
    url: String,
}

impl Service {
    fn start() -> Service {
        let test = std::env::current_exe().expect("it runs");
        let folder = test.ancestors().nth(2).expect("target/debug/deps");
        let program = folder.join("devserver");
        let mut process = Command::new(&program)
            .args(["--http", "127.0.0.1:0"])
            .env("VIDEOSDK_API_KEY", "3f9a1c52-6d0e-4b7a-9e44-0c1d2e3f4a5b")
            .env(
                "VIDEOSDK_SECRET",
                "5ec2e7a0b1c2d3e4f5061728394a5b6c".repeat(2),
            )
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{} must be built: {error}", program.display()));
        let mut line = String::new();
        let output = process.stdout.take().expect("piped");
        BufReader::new(output).read_line(&mut line).expect("a line");
        let ready: Value = serde_json::from_str(&line).expect("it is JSON");
        let url = ready["http"].as_str().expect("an address").to_owned();
        let service = Service { process, url };
        let mut request = RequestOptions::new();
        let token = service.token();
        request
            .set_token(Some(&token))
            .set_api_base_url(Some(&service.url));
        let mut options = RoomOptions::new();
        options.set_custom_room_id(ROOM).expect("a good id");
        vsdk::create_room(&options, &request)
            .wait()
            .expect("a room");
        service
    }

    fn token(&self) -> String {
        let url = format!("{}/get-token", self.url);
        let token = vsdk::fetch_token(&url, &vsdk::FetchOptions::new(), LONG);
        token.wait().expect("a token").text().expose().to_owned()
    }

    /// Without a word to anybody.
    fn kill(mut self) {
        self.process.kill().expect("it is ours");
        self.process.wait().expect("it has ended");
    }
}

/// One who is in the room, and what it has heard.
struct Participant {
    meeting: Meeting,
    states: Vec<i32>,
    /// The numbers that came, by who published them.
    heard: BTreeMap<String, Vec<usize>>,
}

impl Participant {
    fn new(number: usize, url: &str, token: &str) -> Participant {
        let mut options = MeetingOptions::new(ROOM);
        options
            .set_api_base_url(Some(url))
            .set_token(Some(token))
            .set_participant_id(Some(&format!("participant-{number}")))
            .expect("a good id");
        Participant {
            meeting: vsdk::init_meeting(&options).expect("good options"),
            states: Vec::new(),
            heard: BTreeMap::new(),
        }
    }

    /// Reads what was told until it is so.
    fn read_until(&mut self, what: &str, is_so: impl Fn(&Participant) -> bool) {
        let began = Instant::now();
        while !is_so(self) {
            assert!(
                began.elapsed() < LONG,
                "never {what}: {:?} {:?}",
                self.states,
                self.heard
            );
            let soon = Timeout::After(Duration::from_millis(100));
            let next = self.meeting.next_event(soon);
            let Ok(vsdk::NextEvent::Event(event)) = next else {
                continue;
            };
            match event.kind() {
                EventType::StateChanged => self.states.push(event.code()),
                EventType::Message => {
                    let number = String::from_utf8_lossy(event.payload()).parse();
                    let sender = event.participant_id().expect("a sender").to_owned();
                    let heard = self.heard.entry(sender).or_default();
                    heard.push(number.expect("a number"));
                }
                EventType::Overflow => panic!("{event:?}"),
                _ => {}
            }
        }
    }

    fn publish(&self, number: usize) -> Operation<()> {
        let options = PublishOptions::new();
        let text = number.to_string();
        self.meeting.publish("numbers", &text, &options, LONG)
    }
}

/// Publishes a number after another for everybody, without waiting.
fn publish_all(participants: &[Participant], first: usize) -> Vec<(usize, Operation<()>)> {
    let mut all = Vec::new();
    for number in first..first + EACH {
        for (index, one) in participants.iter().enumerate() {
            all.push((index * 1000 + number, one.publish(number)));
        }
    }
    all
}

#[test]
fn nothing_is_lost_in_silence_or_doubled_under_a_hundred_participants() {
    let first = Service::start();
    let proxy = Proxy::to(&first.url);
    let token = first.token();
    let mut participants: Vec<Participant> = (0..PARTICIPANTS)
        .map(|number| Participant::new(number, &proxy.url("http"), &token))
        .collect();
    let joins: Vec<_> = participants
        .iter()
        .map(|one| one.meeting.join(LONG))
        .collect();
    for join in joins {
        join.wait().expect("a join");
    }
    for one in &participants[..LISTENERS] {
        one.meeting.subscribe("numbers", LONG).wait().unwrap();
    }

    // What is published before arrives.
    for (_, publishing) in publish_all(&participants, 0) {
        publishing.wait().expect("it is there");
    }
    let has_all = |heard: &BTreeMap<String, Vec<usize>>, last: usize| {
        let has = |numbers: &Vec<usize>| numbers.contains(&last);
        heard.len() == PARTICIPANTS && heard.values().all(has)
    };
    for one in &mut participants[..LISTENERS] {
        one.read_until("the first", |it| has_all(&it.heard, EACH - 1));
    }

    // What is published while it is killed arrived, is said to be unknown, or waits.
    let across = publish_all(&participants, EACH);
    first.kill();
    let second = Service::start();
    proxy.lead_to(&second.url);
    let connected = MeetingState::Connected as i32;
    let count = |one: &Participant| one.states.iter().filter(|it| **it == connected).count();
    for one in &mut participants {
        one.read_until("back", |it| count(it) == 2);
    }
    let (mut published, mut unknown) = (0, 0);
    for (number, publishing) in across {
        match publishing.wait() {
            Ok(()) => published += 1,
            Err(error) => {
                assert_eq!(error.status(), Status::ConnectionLost, "{number}: {error}");
                unknown += 1;
            }
        }
    }
    println!("{published} were published across the end, of {unknown} nobody knows");
    assert_eq!(published + unknown, EACH * PARTICIPANTS);

    // What is published after it arrives, too.
    for (_, publishing) in publish_all(&participants, 2 * EACH) {
        publishing.wait().expect("it is there");
    }
    for one in &mut participants[..LISTENERS] {
        one.read_until("the last", |it| has_all(&it.heard, 3 * EACH - 1));
        for (sender, numbers) in &one.heard {
            let rises = numbers.windows(2).all(|two| two[0] < two[1]);
            assert!(rises, "{sender}: {numbers:?}");
            let is_told = |number: usize| numbers.contains(&number);
            assert!((0..EACH).all(is_told), "{sender}: {numbers:?}");
            assert!((2 * EACH..3 * EACH).all(is_told), "{sender}: {numbers:?}");
        }
    }
    let states = [
        MeetingState::Initialised,
        MeetingState::Connecting,
        MeetingState::Connected,
        MeetingState::Reconnecting,
        MeetingState::Connected,
    ];
    for one in &mut participants {
        one.read_until("all", |_| true);
        assert_eq!(one.states, states.map(|state| state as i32));
    }
    second.kill();
}
