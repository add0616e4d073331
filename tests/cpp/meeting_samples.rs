//! The samples that are in a meeting: real processes that are written to and listened to, in every
//! language that is compiled here.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use devserver::{Server, SignalingFault, SignalingFaultKind, SocketAction};
use vsdk::meeting::{Event, EventType, PublishOptions};

use crate::meetings::{Client, LONG, room, token_with};
use crate::samples::{Sample, after};
use crate::server;

/// A sample that runs, and what it printed.
struct Running {
    child: Child,
    input: Option<ChildStdin>,
    lines: Receiver<String>,
}

impl Running {
    fn start(sample: &Sample, arguments: &[&str]) -> Running {
        let mut command = sample.command(arguments);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {command:?}: {error}"));
        let output = BufReader::new(child.stdout.take().expect("piped"));
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        Running {
            input: child.stdin.take(),
            child,
            lines,
        }
    }

    /// The next line, which is printed while the sample goes on.
    fn line(&mut self) -> String {
        let line = self.next_line();
        line.unwrap_or_else(|| self.fail("no line any more"))
    }

    /// The next line, none when it prints nothing any more.
    fn next_line(&mut self) -> Option<String> {
        match self.lines.recv_timeout(LONG) {
            Ok(line) => Some(line),
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => self.fail("it hangs"),
        }
    }

    fn fail(&mut self, what: &str) -> ! {
        let _ = self.child.kill();
        let mut said = String::new();
        if let Some(mut errors) = self.child.stderr.take() {
            let _ = errors.read_to_string(&mut said);
        }
        panic!("{what}; its errors: {said:?}")
    }

    fn says(&mut self, expected: &str) {
        assert_eq!(self.line(), expected);
    }

    fn write(&mut self, text: &str) {
        let input = self.input.as_mut().expect("not ended");
        input.write_all(text.as_bytes()).expect("it reads");
    }

    /// Ends its input.
    fn end_input(&mut self) {
        self.input = None;
    }

    /// Waits for its end without errors, its input ended or not; gives the lines until then.
    fn ends(mut self) -> Vec<String> {
        let rest = std::iter::from_fn(|| self.next_line()).collect();
        let input = self.input.take();
        let output = self.child.wait_with_output().expect("our own child");
        drop(input);
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        assert_eq!(output.status.code(), Some(0));
        rest
    }
}

/// The arguments for this service, and these.
fn arguments<'a>(service: &'a [String; 4], further: &[&'a str]) -> Vec<&'a str> {
    let service = service.iter().map(String::as_str);
    service.chain(further.iter().copied()).collect()
}

fn service(server: &Server) -> [String; 4] {
    let base = server.http_url();
    let token_url = format!("{base}/get-token");
    [
        "--token-url".into(),
        token_url,
        "--api-url".into(),
        base.into(),
    ]
}

fn client(server: &Server, room: &str, name: &str) -> Client {
    let client = Client::new(server, room, name, |_| ());
    client.join();
    client
}

fn publish(client: &Client, text: &str) {
    let published = client
        .meeting
        .publish("CHAT", text, &PublishOptions::new(), LONG);
    published.wait().expect("published");
}

fn subscribe(client: &Client) {
    let subscribed = client.meeting.subscribe("CHAT", LONG);
    subscribed.wait().expect("subscribed");
}

fn message(event: &Event) -> String {
    String::from_utf8(event.payload().to_vec()).expect("UTF-8")
}

/// What a sample says about failures and wrong arguments.
///
/// The last argument is what is printed before a room is found not to exist.
fn assert_explains_failures(sample: &Sample, name: &str, printed: &[&str]) {
    let server = server();
    let service = service(&server);
    let (out, _) = sample.lines(0, &["--help"]);
    assert!(out[0].starts_with(&format!("usage: {name} ")), "{out:#?}");
    let (out, err) = sample.lines(1, &["--unknown"]);
    assert!(out.is_empty());
    let usage = format!("usage: {name} ");
    assert!(err.concat().contains(&usage), "{err:#?}");

    let (out, err) = sample.lines(1, &["--token", "Bearer x.y.z"]);
    assert!(out.is_empty(), "{out:#?}");
    assert!(err[0].starts_with("config failed: "), "{err:#?}");
    assert!(err[1].starts_with("  ") && err[1].len() > 12, "{err:#?}");
    assert_eq!(err.len(), 2);
    let (out, err) = sample.lines(1, &arguments(&service, &["--room", "nowhere"]));
    assert_eq!(out, printed);
    assert!(err[0].starts_with("meeting_join failed: "), "{err:#?}");
    assert_eq!(err.len(), 2, "{err:#?}");
}

#[test]
fn sample_chat_shows_who_comes_and_goes_and_what_they_write() {
    for sample in Sample::all("chat") {
        assert_explains_failures(&sample, "chat", &["room nowhere"]);
        let server = server();
        let service = service(&server);
        let mut ann = Running::start(&sample, &arguments(&service, &["--name", "Ann"]));
        let room = after(&ann.line(), "room ").to_owned();
        ann.says("* in the room: Ann (you)");
        ann.write("alone\n");
        ann.says("Ann: alone");
        assert_eq!(server.act_on_sockets(&SocketAction::Cut), 1);
        ann.says("* connection lost, trying again");
        ann.says("* back in the room");
        ann.write("first\n\nsecond\n");
        ann.says("Ann: first");
        ann.says("Ann: second");

        // What was kept while she was alone went with that session.
        let joining = ["--name", "Bob é", "--room", &room];
        let mut bob = Running::start(&sample, &arguments(&service, &joining));
        bob.says(&format!("room {room}"));
        bob.says("* in the room: Bob é (you), Ann");
        bob.says("(earlier) Ann: first");
        bob.says("(earlier) Ann: second");
        ann.says("* Bob é joined");
        bob.write("hello 😀\n");
        for one in [&mut ann, &mut bob] {
            one.says("Bob é: hello 😀");
        }
        ann.write("without a line break");
        ann.end_input();
        bob.says("Ann: without a line break");
        bob.says("* Ann left");
        // It may leave before its own message is back.
        let rest = ann.ends();
        let (last, before) = rest.split_last().expect("a line");
        assert_eq!(last, "* you left");
        let own = "Ann: without a line break".to_owned();
        assert!(before.is_empty() || *before == [own], "{before:?}");

        let host = client(&server, &room, "host");
        bob.says("* host joined");
        host.meeting.end(LONG).wait().expect("ended");
        assert_eq!(bob.ends(), ["* the meeting has ended: ROOM_CLOSE"]);
    }
}

#[test]
fn sample_chat_says_why_the_meeting_ended_while_it_published() {
    for sample in Sample::all("chat") {
        let server = server();
        let service = service(&server);
        let room = room(&server);
        let host = client(&server, &room, "host");
        let joining = ["--name", "Ann", "--room", &room];
        let mut ann = Running::start(&sample, &arguments(&service, &joining));
        ann.says(&format!("room {room}"));
        ann.says("* in the room: Ann (you), host");
        let unanswered = SignalingFault::new("pubsubPublish", SignalingFaultKind::Ignore);
        server.faults().add_signaling(unanswered).expect("a fault");
        ann.write("is anybody there?\n");
        let began = Instant::now();
        while server.faults().list_signaling()[0].applied == 0 {
            assert!(began.elapsed() < LONG, "it published nothing");
            thread::sleep(Duration::from_millis(5));
        }
        host.meeting.end(LONG).wait().expect("ended");
        assert_eq!(ann.ends(), ["* the meeting has ended: ROOM_CLOSE"]);
    }
}

#[test]
fn sample_greeter_lets_in_and_welcomes() {
    for sample in Sample::all("greeter") {
        assert_explains_failures(&sample, "greeter", &["room nowhere"]);
        let server = server();
        let service = service(&server);
        let room = room(&server);
        let witness = client(&server, &room, "witness");
        let guests = ["--room", &room, "--name", "Greeter", "--guests", "3"];
        let mut greeter = Running::start(&sample, &arguments(&service, &guests));
        greeter.says(&format!("room {room}"));
        greeter.says("* witness joined: welcomed"); // Who is there already is a guest too.
        subscribe(&witness);
        let welcome = witness.next(EventType::Message);
        assert_eq!(message(&welcome), "Welcome, witness!");

        let asking = token_with(&server, |claims| {
            claims["permissions"] = ["ask_join"].into();
        });
        let ann = Client::with_token(&server, &room, "ann", &asking, |options| {
            options.set_name(Some("Ann é")).expect("a good name");
        });
        ann.join();
        greeter.says("* Ann é asks to come in: let in");
        greeter.says("* Ann é joined: welcomed");
        subscribe(&ann); // Later than it was said: it was kept.
        let welcome = ann.next(EventType::Message);
        assert_eq!(message(&welcome), "Welcome, Ann é!");

        let bob = client(&server, &room, "bob");
        greeter.says("* bob joined: welcomed");
        assert_eq!(greeter.ends(), [""; 0]);
        subscribe(&bob);
        let welcome = bob.next(EventType::Message);
        assert_eq!(message(&welcome), "Welcome, bob!");
        // It was said to nobody else: what follows is the next that the others read.
        publish(&bob, "thanks");
        for one in [&witness, &ann] {
            assert_eq!(message(&one.next(EventType::Message)), "thanks");
        }

        let mut endless = Running::start(&sample, &arguments(&service, &["--name", "Greeter"]));
        let room = after(&endless.line(), "room ").to_owned();
        let _cem = client(&server, &room, "cem");
        endless.says("* cem joined: welcomed");
        endless.end_input();
        assert_eq!(endless.ends(), [""; 0]);
    }
}

#[test]
fn sample_two_meetings_passes_on_what_is_written() {
    for sample in Sample::all("two_meetings") {
        assert_explains_failures(&sample, "two_meetings", &[]);
        let server = server();
        let service = service(&server);
        let rooms = [room(&server), room(&server)];
        let [a, b] = &rooms;
        let chosen = ["--room", a, "--other-room", b, "--messages", "2"];
        let mut bridge = Running::start(&sample, &arguments(&service, &chosen));
        bridge.says(&format!("rooms {a} {b}"));

        // Once both are joined and subscribed, what is written here is read there.
        let (ann, bob) = (client(&server, a, "ann"), client(&server, b, "bob é"));
        subscribe(&ann);
        subscribe(&bob);
        publish(&ann, "hello 😀");
        bridge.says(&format!("{a} -> {b}: ann: hello 😀"));
        assert_eq!(message(&bob.next(EventType::Message)), "ann: hello 😀");
        publish(&bob, "back");
        bridge.says(&format!("{b} -> {a}: bob é: back"));
        assert_eq!(bridge.ends(), [""; 0]);
        // Nothing that it wrote itself came back.
        let mut read = Vec::new();
        for _ in 0..2 {
            read.push(message(&ann.next(EventType::Message)));
        }
        assert_eq!(read, ["hello 😀", "bob é: back"]);

        let mut endless = Running::start(&sample, &arguments(&service, &[]));
        let rooms = endless.line();
        let rooms: Vec<&str> = after(&rooms, "rooms ").split(' ').collect();
        assert!(rooms.len() == 2 && rooms[0] != rooms[1], "{rooms:?}");
        endless.end_input();
        assert_eq!(endless.ends(), [""; 0]);
    }
}
