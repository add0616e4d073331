//! Explains a token: what is in it, what is wrong with it, and what to do. Needs no network and no
//! secret.
//!
//! ```console
//! $ cargo run --example token_doctor -- TOKEN
//! $ cargo run --example token_doctor -- --room ID --participant ID --for join TOKEN
//! $ some-command | cargo run --example token_doctor -- -
//! ```
//!
//! Without a token, the environment variable `VIDEOSDK_TOKEN` is examined. The exit status is 0
//! when nothing was found that the service is certain to refuse.

use std::env;
use std::io::{self, Read};
use std::process::ExitCode;

use lexopt::{Arg, Parser, ValueExt};
use vsdk::token::{Context, Purpose, Report, inspect};

const USAGE: &str =
    "usage: token_doctor [--for join|rest] [--room ID] [--participant ID] [TOKEN | -]";

struct Arguments {
    purpose: Purpose,
    room: Option<String>,
    participant: Option<String>,
    token: String,
}

/// `None` when only the usage was asked for.
fn read_arguments() -> Result<Option<Arguments>, lexopt::Error> {
    let mut purpose = Purpose::Any;
    let (mut room, mut participant, mut token) = (None, None, None);
    let mut parser = Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("for") => {
                purpose = match parser.value()?.string()?.as_str() {
                    "join" => Purpose::Join,
                    "rest" => Purpose::Rest,
                    other => return Err(format!("there is no purpose '{other}'").into()),
                }
            }
            Arg::Long("room") => room = Some(parser.value()?.string()?),
            Arg::Long("participant") => participant = Some(parser.value()?.string()?),
            Arg::Long("help") => return Ok(None),
            Arg::Value(text) if token.is_none() => token = Some(text.string()?),
            other => return Err(other.unexpected()),
        }
    }
    let token = token
        .or_else(|| env::var("VIDEOSDK_TOKEN").ok())
        .ok_or("there is no token")?;
    Ok(Some(Arguments {
        purpose,
        room,
        participant,
        token,
    }))
}

fn show_text(label: &str, text: Option<&str>) {
    println!("{label:<14}{}", text.unwrap_or("-"));
}

fn life(report: &Report) -> String {
    match report.seconds_left() {
        None if report.claims_json().is_none() => "-".to_owned(),
        None => "no end".to_owned(),
        Some(left) if left < 0 => format!("ended {} s ago", -left),
        Some(left) => format!("{left} s left"),
    }
}

fn show(report: &Report) {
    show_text("API key", report.api_key());
    show_text("room", report.room_id());
    show_text("participant", report.participant_id());
    show_text("life", Some(&life(report)));
    show_text("claims", report.claims_json());
    println!();
    for finding in report.findings() {
        let severity = finding.severity.name().to_uppercase();
        println!("{severity:<8}  {}", finding.code.name());
        println!("          {}.", finding.explanation);
        println!("          {}", finding.remedy);
    }
    if report.findings().is_empty() {
        println!("Nothing was found.");
    }
    let verdict = if report.is_usable() {
        "Usable, as far as can be told without the secret."
    } else {
        "Not usable: mend the errors above."
    };
    println!("\n{verdict}");
}

fn main() -> ExitCode {
    let mut arguments = match read_arguments() {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("token_doctor: {error}\n{USAGE}");
            return ExitCode::FAILURE;
        }
    };
    if arguments.token == "-" {
        // Unchanged, so that a line break at its end is found, as a server would.
        arguments.token.clear();
        if let Err(error) = io::stdin().read_to_string(&mut arguments.token) {
            eprintln!("token_doctor: {error}");
            return ExitCode::FAILURE;
        }
    }
    let report = inspect(
        &arguments.token,
        &Context {
            room_id: arguments.room.as_deref(),
            participant_id: arguments.participant.as_deref(),
            ..Context::new(arguments.purpose)
        },
    );
    show(&report);
    if report.is_usable() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
