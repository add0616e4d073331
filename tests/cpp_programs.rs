//! Programs in C++ against a real service, and the samples of every language that is compiled here.

#[path = "support/bursts.rs"]
mod bursts;
#[path = "cpp/meeting_samples.rs"]
mod meeting_samples;
#[path = "support/meetings.rs"]
mod meetings;
#[path = "cpp/samples.rs"]
mod samples;
mod support;

use std::sync::Arc;

use devserver::{Fault, FaultKind, Options, Server};
use serde_json::json;
use support::{Compilation, Language, Program};

const FLAGS: &[&str] = &["-Wshadow", "-Wconversion"];

fn server() -> Server {
    Server::start(Options::default()).expect("loopback has free ports")
}

/// A service that never answers.
fn stalled() -> Server {
    let server = server();
    let stall = Fault::new("*", FaultKind::Stall).always();
    server.faults().add(stall).expect("a valid fault");
    server
}

/// A program of `tests/cpp`, from every compiler.
fn programs(name: &str) -> Vec<Program> {
    let compilers = Language::Cxx.compilers();
    let programs = compilers.iter().map(|compiler| {
        println!("{name} {compiler}");
        Compilation::new(&format!("{name}-{compiler}"), Language::Cxx)
            .compiler(compiler)
            .flags(&["-std=c++17"])
            .flags(FLAGS)
            .source(format!("tests/cpp/{name}.cpp"))
            .build()
    });
    programs.collect()
}

#[test]
fn the_header_is_clean_and_fits_into_two_units_under_every_compiler_and_standard() {
    for compiler in Language::Cxx.compilers() {
        for standard in ["-std=c++17", "-std=c++20"] {
            Compilation::new(&format!("units-{compiler}{standard}"), Language::Cxx)
                .compiler(&compiler)
                .flags(&[standard, "-Wundef", "-Wextra-semi", "-Wnon-virtual-dtor"])
                .flags(FLAGS)
                .source("tests/cpp/units/first.cpp")
                .source("tests/cpp/units/second.cpp")
                .build()
                .succeed(&[]);
            println!("{compiler} {standard}");
        }
    }
}

#[test]
fn the_program_in_its_opening_comment_works_and_explains_a_failure() {
    let header = support::committed("include/vsdk.hpp");
    let code = header
        .split_once("@code\n")
        .and_then(|(_, rest)| rest.split_once("/// @endcode"))
        .expect("it has a program")
        .0;
    let code: String = code
        .lines()
        .map(|line| line.trim_start_matches("///"))
        .flat_map(|line| [line.strip_prefix(' ').unwrap_or(line), "\n"])
        .collect();
    let output = Compilation::new("opening", Language::Cxx)
        .flags(&["-std=c++17"])
        .flags(FLAGS)
        .text("opening.cpp", &code)
        .build()
        .run(&[]);
    assert_eq!(output.code, Some(1), "{output:?}");
    assert_eq!(output.stdout, "");
    assert_eq!(output.stderr.lines().count(), 2, "{}", output.stderr);
}

#[test]
fn values_and_what_holds_nothing() {
    for program in programs("values") {
        assert_eq!(program.succeed(&[]), "done\n");
    }
}

#[test]
fn from_a_token_server_to_a_meeting() {
    for program in programs("flow") {
        let server = server();
        let arguments = [server.http_url(), server.api_key(), server.secret()];
        assert_eq!(program.succeed(&arguments), "done\n");
    }
}

#[test]
fn exceptions_carry_all_that_is_known() {
    for program in programs("errors") {
        let server = server();
        let refusal = json!({"statusCode": 429, "error": "slow down"}).to_string();
        let fault = Fault::reply("POST /v2/rooms", 429, &refusal)
            .header("retry-after", "90")
            .header("x-request-id", "request-7")
            .always();
        server.faults().add(fault).expect("a valid fault");
        let expired = expired_token(&server);
        assert_eq!(program.succeed(&[server.http_url(), &expired]), "done\n");
    }
}

#[test]
fn callbacks_keep_exceptions_in_and_are_destroyed_once() {
    for program in programs("callbacks") {
        assert_eq!(program.succeed(&[server().http_url()]), "done\n");
    }
}

#[test]
fn operations_complete_once_in_every_way() {
    for program in programs("async") {
        let (server, stalled) = (server(), stalled());
        let arguments = [server.http_url(), stalled.http_url()];
        assert_eq!(program.succeed(&arguments), "done\n");
    }
}

#[test]
fn events_come_in_every_way_and_nothing_is_left() {
    for program in programs("events") {
        let server = server();
        let other = server.mint(&json!({
            "apikey": server.api_key(), "permissions": ["allow_join"],
            "iat": 1_700_000_000, "exp": 4_000_000_000_i64,
        }));
        let arguments = [&server.token() as &str, &other];
        assert_eq!(program.succeed(&arguments), "done\n");
    }
}

#[test]
fn very_many_events_are_read_in_time_or_told_to_be_lost() {
    for program in programs("load") {
        let server = Arc::new(server());
        let room = meetings::room(&server);
        let _driver = bursts::Bursts::begin(&server, &room);
        let arguments = [server.http_url(), &room, "100000"];
        assert_eq!(program.succeed(&arguments), "done\n");
    }
}

#[test]
fn several_meet_in_a_room_and_write_to_each_other() {
    for program in programs("meetings") {
        assert_eq!(program.succeed(&[server().http_url()]), "done\n");
    }
}

#[test]
fn participants_let_in_ask_pin_remove_and_end() {
    for program in programs("moderation") {
        let server = server();
        let asking = server.mint(&json!({
            "apikey": server.api_key(), "permissions": ["ask_join"], "version": 2,
            "iat": 1_700_000_000, "exp": 4_000_000_000_i64,
        }));
        let arguments = [server.http_url(), &asking];
        assert_eq!(program.succeed(&arguments), "done\n");
    }
}

#[test]
fn services_run_beside_a_meeting_and_agents_tell_of_themselves() {
    for program in programs("services") {
        assert_eq!(program.succeed(&[server().http_url()]), "done\n");
    }
}

#[test]
fn participants_share_values_and_files() {
    for program in programs("sharing") {
        let (server, stalled) = (server(), stalled());
        let arguments = [server.http_url(), stalled.http_url()];
        assert_eq!(program.succeed(&arguments), "done\n");
    }
}

#[test]
fn tracks_are_made_and_refused_and_handlers_are_destroyed_once() {
    for program in programs("media") {
        assert_eq!(program.succeed(&[server().http_url()]), "done\n");
    }
}

#[test]
fn participants_go_to_other_meetings() {
    for program in programs("switching") {
        let server = server();
        let arguments = [server.http_url(), server.api_key(), server.secret()];
        assert_eq!(program.succeed(&arguments), "done\n");
    }
}

fn expired_token(server: &Server) -> String {
    server.mint(&json!({
        "apikey": server.api_key(), "permissions": ["allow_join"],
        "iat": 1_600_000_000, "exp": 1_600_003_600,
    }))
}
