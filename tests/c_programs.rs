//! The C programs of `tests/c/programs`: they judge the library at run time, each one topic.
//!
//! Every one runs against a local service over real sockets, ends with nothing left of the library
//! (no handle, no thread) and writes nothing to its standard error. Where only the server can tell
//! what happened, the test asks it.

mod support;

use devserver::{Fault, FaultKind, Options, Server};
use support::{Compilation, Language, Program};

/// What a room looks like in a reply that the service did not make.
const ROOM: &str = r#"{"roomId":"aaaa-bbbb-cccc","customRoomId":null,"disabled":false}"#;

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
    assert_eq!(server.stats().connections_total, 1, "it is kept and reused");
}

#[test]
fn operations() {
    let server = start_with_stall();
    judge_program("operations", &[server.http_url()]);
}

#[test]
fn a_thousand_operations_at_once() {
    let server = start();
    // Slow enough that those which may are under way together.
    add(&server, Fault::delay("POST /v2/rooms", 20).always());
    judge_program("thousand", &[server.http_url()]);
    assert_eq!(requests(&server, "POST /v2/rooms"), 1000);
    let stats = server.stats();
    assert!(stats.connections_peak <= 32, "{}", stats.connections_peak);
    assert_eq!(stats.requests_peak, 32, "as many as may be under way");
}

/// A token for joining with these permissions that ends so many seconds from now.
fn token(server: &Server, permissions: &[&str], seconds: i64) -> String {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .expect("it is after 1970")
        .as_secs() as i64;
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
        // One that blocks answers UNSUPPORTED before it could wait, so far.
        .filter(|function| function["blocks"] == true && function["name"] != "vsdk_meeting_join")
        .map(|function| function["name"].as_str().expect("a name").to_owned())
        .collect();
    names.sort_unstable();
    names
}

#[test]
fn shutdown_reuse() {
    let server = start_with_stall();
    judge_program("shutdown_reuse", &[server.http_url()]);
}
