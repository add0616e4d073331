//! The C programs of `tests/c/programs`: they judge the library at run time, each one topic.
//!
//! Every one runs against a local service over real sockets, ends with nothing left of the library
//! (no handle, no thread) and writes nothing to its standard error. Where only the server can tell
//! what happened, the test asks it.

#[path = "support/bursts.rs"]
mod bursts;
#[path = "support/meetings.rs"]
mod meetings;
mod support;

use std::env;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use devserver::{Fault, FaultKind, Options, Server, SignalingFault, SignalingFaultKind};
use support::{Compilation, Language, Program};

fn start() -> Server {
    Server::start(Options::default()).expect("loopback has free ports")
}

fn add(server: &Server, fault: Fault) {
    server.faults().add(fault).expect("a fault that acts");
}

/// A service where everything under `/stall` never answers.
fn start_with_stall() -> Server {
    let server = start();
    add(&server, Fault::new("/stall/*", FaultKind::Stall).always());
    server
}

fn compilation(name: &str) -> Compilation {
    Compilation::new(name, Language::C)
        .flags(&["-std=c11", "-D_DEFAULT_SOURCE", "-D_POSIX_C_SOURCE=200809L"])
        .source(format!("tests/c/programs/{name}.c"))
}

/// Runs a program to its good end; gives what it told before that.
fn judge(program: &Program, arguments: &[&str]) -> String {
    let output = program.run(arguments);
    assert_eq!(output.code, Some(0), "{}\n{}", output.stdout, output.stderr);
    assert_eq!(output.stderr, "", "nothing is ever written there");
    output
        .stdout
        .strip_suffix("all is over\n")
        .unwrap_or_else(|| panic!("the program did not reach its end: {}", output.stdout))
        .to_owned()
}

fn judge_program(name: &str, arguments: &[&str]) -> String {
    judge(&compilation(name).build(), arguments)
}

fn requests(server: &Server, route: &str) -> u64 {
    let by_route = server.stats().requests_by_route;
    by_route.get(route).copied().unwrap_or_default()
}

#[test]
fn seed_flow() {
    let server = start();
    let told = judge_program("seed_flow", &[server.http_url(), server.api_key()]);
    assert!(told.starts_with("room "), "{told}");
    for route in [
        "GET /get-token",
        "POST /v2/rooms",
        "GET /v2/rooms",
        "GET /v2/rooms/{id}",
        "GET /v2/rooms/validate/{id}",
        "POST /v2/rooms/deactivate",
    ] {
        assert_eq!(requests(&server, route), 1, "{route}");
    }
    // The worker that watches tokens has made all calls before; the meeting joins on another.
    let workers = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(2);
    let connections = server.stats().connections_total;
    assert_eq!(connections, workers as u64, "they are kept and reused");
}

#[test]
fn operations() {
    let server = start_with_stall();
    judge_program("operations", &[server.http_url()]);
}

#[test]
fn a_thousand_operations_at_once() {
    let server = start();
    // Slow enough that many are under way together.
    add(&server, Fault::delay("POST /v2/rooms", 50).always());
    judge_program("thousand", &[server.http_url()]);
    assert_eq!(requests(&server, "POST /v2/rooms"), 1000);
    let stats = server.stats();
    assert!(stats.connections_peak <= 32, "{}", stats.connections_peak);
    let peak = stats.requests_peak;
    assert!((4..=32).contains(&peak), "{peak} requests at a time");
}

fn seconds_since_1970() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.expect("it is after 1970").as_secs() as i64
}

/// A token for joining with these permissions that ends so many seconds from now.
fn token(server: &Server, permissions: &[&str], seconds: i64) -> String {
    let now = seconds_since_1970();
    server.mint(&serde_json::json!({
        "apikey": server.api_key(), "permissions": permissions,
        "iat": now - 60, "exp": now + seconds,
    }))
}

/// A token that draws exactly one warning: it names a permission that does not exist.
fn warning_token(server: &Server) -> String {
    token(server, &["allow_join", "allow_fly"], 3600)
}

#[test]
fn events() {
    let server = start();
    let plain = token(&server, &["allow_join"], 3600);
    let ending = token(&server, &["allow_join"], 40);
    judge_program(
        "events",
        &[server.http_url(), &plain, &warning_token(&server), &ending],
    );
}

#[test]
fn load() {
    let server = Arc::new(start());
    let room = meetings::room(&server);
    let _driver = bursts::Bursts::begin(&server, &room);
    // Valgrind makes each of them fifty times as long.
    let count = if env::var_os("VSDK_TEST_RUNNER").is_some() {
        "10000"
    } else {
        "100000"
    };
    judge_program("load", &[server.http_url(), &room, count]);
}

#[test]
fn callbacks() {
    let server = start_with_stall();
    let told = judge_program("callbacks", &[server.http_url(), &warning_token(&server)]);
    let mut refused: Vec<&str> = told
        .lines()
        .filter_map(|line| line.strip_prefix("refused "))
        .collect();
    refused.sort_unstable();
    assert_eq!(refused, blocking_functions());
}

/// The functions that are documented to block until something comes or a time is up.
fn blocking_functions() -> Vec<String> {
    let api: serde_json::Value =
        serde_json::from_str(&support::committed("bindings/api.json")).expect("it is JSON");
    let functions = api["functions"].as_array().expect("a list of functions");
    let mut names: Vec<String> = functions
        .iter()
        // What is not joined is left without waiting, and the program joins nothing. Tracks of others
        // and their pictures need a media server: the tests of media refuse theirs.
        .filter(|function| function["blocks"] == true && function["name"] != "vsdk_meeting_leave")
        .filter(|function| function["section"] != "remote_track")
        .filter(|function| function["section"] != "video_output")
        .filter(|function| function["name"] != "vsdk_audio_device_open_track_speaker")
        .map(|function| function["name"].as_str().expect("a name").to_owned())
        .collect();
    names.sort_unstable();
    names
}

#[test]
fn shutdown_reuse() {
    let server = start_with_stall();
    let never = SignalingFault::new("pubsubSubscribe", SignalingFaultKind::Ignore);
    let never = never.always();
    server.faults().add_signaling(never).expect("it acts");
    judge_program("shutdown_reuse", &[server.http_url()]);
}

#[test]
fn fork() {
    let server = start_with_stall();
    judge_program("fork", &[server.http_url()]);
}

#[test]
fn threads() {
    let server = start();
    judge_program("threads", &[server.http_url(), &warning_token(&server)]);
}

#[test]
fn unload() {
    let server = start();
    // Nothing of the library is used by name, so the program does not load it at its start.
    let program = compilation("unload").flags(&["-Wl,--as-needed"]).build();
    let library = support::library_directory().join(support::library_file());
    let path = library.to_str().expect("test paths are plain text");
    judge(&program, &[server.http_url(), path]);
}

#[test]
fn small_stack() {
    let server = Server::start(Options {
        https: Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
        ..Options::default()
    });
    let server = server.expect("loopback has free ports");
    // What is said of the library as it is delivered; a debug build needs more.
    let (program, kib) = match &env::var_os("VSDK_TEST_BUILT") {
        Some(folder) => (compilation("small_stack").library(folder.as_ref()), "64"),
        None => (compilation("small_stack"), "512"),
    };
    let arguments = [server.https_url(), server.ca_pem(), kib];
    judge(&program.build(), &arguments);
}

#[test]
fn sigpipe() {
    let server = start();
    for (below, kind) in [
        ("/reset/*", FaultKind::Reset),
        ("/close/*", FaultKind::CloseBeforeReply),
        ("/cut/*", FaultKind::CutBody),
        ("/chunk/*", FaultKind::TruncatedChunked),
    ] {
        add(&server, Fault::new(below, kind).always());
    }
    end_those_who_set_a_value(&server, SignalingFaultKind::Reset);
    let resetting = start();
    add(
        &resetting,
        Fault::new("*", FaultKind::ResetBeforeRequestRead).always(),
    );
    judge_program("sigpipe", &[server.http_url(), resetting.http_url()]);
    assert!(server.stats().faults_applied >= 130);
    assert!(resetting.stats().faults_applied >= 30);
}

/// Whoever sets a value in a meeting loses its connection.
fn end_those_who_set_a_value(server: &Server, kind: SignalingFaultKind) {
    let fault = SignalingFault::new("realtimeStoreSet", kind).always();
    server.faults().add_signaling(fault).expect("it acts");
}

/// Everything that can be wrong with a reply, each under a path of its own.
fn add_failures(server: &Server) {
    let wrong = |status: u16| format!(r#"{{"statusCode":{status},"error":"wrong on purpose"}}"#);
    for status in [400, 401, 402, 403, 404, 409, 418] {
        let reply = Fault::reply(&format!("/{status}/*"), status, &wrong(status));
        add(server, reply.always());
    }
    let in_two_hours = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(7200));
    for fault in [
        Fault::rate_limit("/429-seconds/*", "3600"),
        Fault::rate_limit("/429-date/*", &in_two_hours),
        Fault::reply("/500-html/*", 500, "<html><h1>Oh no</h1></html>").content_type("text/html"),
        Fault::reply("/503/*", 503, &wrong(503)).header("retry-after", "5"),
        Fault::reply(
            "/own-number/*",
            401,
            r#"{"statusCode":4002,"error":"Token is invalid"}"#,
        ),
        Fault::reply("/200-error/*", 200, &wrong(400)),
        Fault::reply("/empty/*", 200, ""),
        Fault::reply("/truncated/*", 200, r#"{"roomId":"aaaa-bb"#),
        Fault::reply("/html/*", 200, "<html>Welcome to the hotel</html>").content_type("text/html"),
        Fault::reply("/no-room-id/*", 200, r#"{"disabled":false}"#),
        Fault::redirect("/redirect/*", "https://elsewhere.example/login"),
        Fault::new("/garbage/*", FaultKind::HttpGarbage),
        Fault::new("/endless/*", FaultKind::EndlessBody),
        Fault::new("/cut/*", FaultKind::CutBody),
        Fault::new("/chunk/*", FaultKind::TruncatedChunked),
        Fault::new("/close/*", FaultKind::CloseBeforeReply),
        Fault::new("/reset/*", FaultKind::Reset),
        Fault::new("/stall/*", FaultKind::Stall),
        Fault::new("/stall-body/*", FaultKind::StallBody),
    ] {
        add(server, fault.always());
    }
}

/// A URL on this machine where nobody listens.
fn closed_url() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("free ports");
    format!("http://{}", listener.local_addr().expect("just bound"))
}

#[test]
fn failures() {
    let server = start();
    add_failures(&server);
    judge_program("failures", &[server.http_url(), &closed_url()]);
}

/// Creates a room without the library; gives its id.
fn create_room(server: &Server) -> String {
    let address = server.http_url().trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("it accepts connections");
    write!(
        stream,
        "POST /v2/rooms HTTP/1.1\r\nhost: {address}\r\nauthorization: {}\r\nconnection: close\r\n\r\n",
        server.token()
    )
    .expect("it reads");
    let mut reply = String::new();
    stream.read_to_string(&mut reply).expect("it answers");
    let body = reply.split("\r\n\r\n").nth(1).expect("a head and a body");
    let room: serde_json::Value = serde_json::from_str(body).expect("a room");
    room["roomId"].as_str().expect("an id").to_owned()
}

#[test]
fn two_meetings() {
    let (first, second) = (start(), start());
    let bound = |room: &str, seconds: i64| {
        let now = seconds_since_1970();
        first.mint(&serde_json::json!({
            "apikey": first.api_key(), "permissions": ["allow_join"], "version": 2,
            "roomId": room, "iat": now - 60, "exp": now + seconds,
        }))
    };
    let (room_a, room_b) = (create_room(&first), create_room(&first));
    judge_program(
        "two_meetings",
        &[
            first.http_url(),
            second.http_url(),
            &first.token(),
            &second.token(),
            &room_a,
            &bound(&room_a, 3600),
            &room_b,
            &bound(&room_b, 1800),
        ],
    );
}

#[test]
fn in_a_meeting() {
    let server = start();
    let room = create_room(&server);
    judge_program(
        "in_a_meeting",
        &[
            server.http_url(),
            &room,
            &token(&server, &["ask_join"], 3600),
        ],
    );
}

#[test]
fn given_up() {
    let program = compilation("given_up").build();
    let holds: [fn(&Server); 4] = [
        |server| add(server, Fault::new("POST /infra/*", FaultKind::Stall)),
        |server| add(server, Fault::new("GET /", FaultKind::Stall)),
        |server| ignore(server, "requestEntry"),
        |server| ignore(server, "join"),
    ];
    for (step, hold) in holds.iter().enumerate() {
        for end in ["cancel", "leave", "free"] {
            let server = start();
            let room = create_room(&server);
            // Only who has to ask waits for the answer to that.
            let permission = if step == 2 { "ask_join" } else { "allow_join" };
            let token = token(&server, &[permission], 3600);
            hold(&server);
            let mut child = program
                .command(&[server.http_url(), &room, &token, end])
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("it was built");
            let began = Instant::now();
            while server.stats().faults_applied == 0 {
                assert!(
                    began.elapsed() < meetings::LONG,
                    "{step} {end}: nothing came"
                );
                std::thread::sleep(Duration::from_millis(2));
            }
            let mut input = child.stdin.take().expect("piped");
            input.write_all(b"\n").expect("it reads");
            let output = child.wait_with_output().expect("our own child");
            let said = String::from_utf8_lossy(&output.stdout);
            assert_eq!(said, "all is over\n", "{step} {end}: {output:?}");
            assert_eq!(output.status.code(), Some(0), "{step} {end}");
            while server.stats().signaling_open > 0 {
                assert!(began.elapsed() < meetings::LONG, "{step} {end}: it stays");
                std::thread::sleep(Duration::from_millis(2));
            }
            assert_eq!(server.stats().participants, 0, "{step} {end}");
        }
    }
}

fn ignore(server: &Server, method: &str) {
    let fault = SignalingFault::new(method, SignalingFaultKind::Ignore);
    server.faults().add_signaling(fault).expect("it acts");
}

#[test]
fn media() {
    let server = start();
    judge_program("media", &[server.http_url(), &create_room(&server)]);
}

#[test]
fn services() {
    let server = start();
    let rooms = [create_room(&server), create_room(&server)];
    judge_program("services", &[server.http_url(), &rooms[0], &rooms[1]]);
}

#[test]
fn panic() {
    let server = start();
    let program = compilation("panic").library(&library_with_defect()).build();
    judge(&program, &[server.http_url()]);
}

/// Where a library lies that was built with `--cfg vsdk_test`: the one under test when another
/// build was asked for, else one of its own.
fn library_with_defect() -> PathBuf {
    if env::var_os("VSDK_TEST_LIBRARY_DIR").is_some_and(|directory| !directory.is_empty()) {
        return support::library_directory();
    }
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("vsdk_test");
    let output = Command::new(env!("CARGO"))
        .args(["build", "--lib", "--locked", "--target-dir"])
        .arg(&target)
        .current_dir(support::root())
        .env("RUSTFLAGS", "--cfg vsdk_test")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .output()
        .expect("cargo runs");
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaints}");
    target.join("debug")
}

#[test]
fn silent() {
    let server = start();
    add_failures(&server);
    end_those_who_set_a_value(&server, SignalingFaultKind::Cut);
    let closed = closed_url();
    let directory = support::scratch().join("silent-directory");
    let _ = std::fs::remove_dir_all(&directory);
    std::fs::create_dir(&directory).expect("the scratch directory is writable");
    let path = directory.to_str().expect("test paths are plain text");
    let key_log = directory.join("keys");
    let mut program = compilation("silent").build();
    for (name, value) in [
        ("http_proxy", closed.as_str()),
        ("HTTP_PROXY", &closed),
        ("https_proxy", &closed),
        ("HTTPS_PROXY", &closed),
        ("all_proxy", &closed),
        ("ALL_PROXY", &closed),
        ("HOME", path),
        ("TMPDIR", path),
        ("SSLKEYLOGFILE", key_log.to_str().expect("plain text")),
        ("RUST_LOG", "trace"),
        ("RUST_BACKTRACE", "full"),
    ] {
        program = program.environment(name, value);
    }
    judge(&program, &[server.http_url(), &closed, path]);
    let left: Vec<_> = std::fs::read_dir(&directory)
        .expect("it is still there")
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

/// The key of its livestream, and the password that the service tells it.
const STREAM_KEY: &str = "stream-key-4d17a2";
const TURN_PASSWORD: &str = "turn-password-3c88";

/// What the program mints with.
const SECRET: &str = "5ec2e7aa5ec2e7aa5ec2e7aa5ec2e7aa5ec2e7aa5ec2e7aa5ec2e7aa5ec2e7aa";

/// Replies that repeat everything secret that the program uses.
fn add_echoes(server: &Server, token: &str) {
    // What no library could know to be a secret is not among them: all of it was given to the
    // library for this very request, or shows by its form what it is.
    let secrets = format!(
        "{token} Bearer {token} token={token} secret={SECRET} secret=query-secret-2b8d \
         http://ann:user-password-6e50@host/ http://ann:proxy-password-7f3a@host/"
    );
    for (path, status) in [("/echo-400/get-token", 400), ("/echo-200/get-token", 200)] {
        let body = r#"{"error":"header-value-9c41","token":["header-value-9c41"]}"#;
        add(server, Fault::reply(path, status, body).always());
    }
    let json = |status: u16| {
        serde_json::json!({"statusCode": status, "error": secrets, "message": secrets, "token": 7})
            .to_string()
    };
    for status in [400, 401, 403, 404, 409, 429, 500] {
        let fault = Fault::reply(&format!("/echo-{status}/*"), status, &json(status));
        add(server, fault.always());
    }
    let location = format!(
        "https://ann:user-password-6e50@elsewhere.example/{token}?secret=query-secret-2b8d"
    );
    let page = format!("<html><body>{secrets}</body></html>");
    for fault in [
        Fault::reply("/echo-html/*", 500, &page).content_type("text/html"),
        Fault::reply("/echo-text/*", 400, &secrets).content_type("text/plain"),
        Fault::reply("/echo-200/*", 200, &json(200)),
        Fault::redirect("/echo-redirect/*", &location),
        Fault::new("/echo-garbage/*", FaultKind::HttpGarbage).body(&format!("{secrets}\r\n\r\n")),
        Fault::reply("/echo-header/*", 400, "{}").header("x-request-id", token),
        Fault::new("/echo-cut/*", FaultKind::CutBody).body(&secrets),
        Fault::new("/stall/*", FaultKind::Stall),
        Fault::new("/reset/*", FaultKind::Reset),
        Fault::reply("/planted/*", 400, r#"{"error":"planted-in-a-body"}"#),
    ] {
        add(server, fault.always());
    }
}

#[test]
fn secrets() {
    let server = start();
    server.set_ice_servers(serde_json::json!([{
        "urls": "turn:127.0.0.1:3478", "username": "ann", "credential": TURN_PASSWORD,
    }]));
    let words = format!("The platform knows no {STREAM_KEY}");
    let refusal = SignalingFault::refuse("startLivestream", 4013, &words);
    server.faults().add_signaling(refusal).expect("it acts");
    end_those_who_set_a_value(&server, SignalingFaultKind::Cut);
    let token = server.token();
    add_echoes(&server, &token);
    let parts: Vec<&str> = token.split('.').collect();
    let closed = closed_url();
    let told = judge_program(
        "secrets",
        &[server.http_url(), &token, parts[1], parts[2], &closed],
    );
    println!("{told}");
}
