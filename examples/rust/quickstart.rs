//! From nothing to an initialised meeting: get a token, create a room, make the meeting, and show
//! what came back.
//!
//! ```console
//! $ cargo run --example quickstart                                token from http://localhost:3000/get-token
//! $ cargo run --example quickstart -- --token TOKEN               a temporary token from the dashboard
//! $ cargo run --example quickstart -- --token-url URL             your own token server
//! $ cargo run --example quickstart -- --room ID --name Ann        meet in a room that exists
//! ```
//!
//! Without `--token`, the environment variable `VIDEOSDK_TOKEN` is looked at first.

use std::env;
use std::process::ExitCode;
use std::time::Duration;

use lexopt::{Arg, Parser, ValueExt};
use vsdk::meeting::NextEvent;
use vsdk::token::{FetchOptions, fetch_token};
use vsdk::{
    ConfigOptions, Meeting, MeetingOptions, RequestOptions, Room, RoomOptions, Timeout,
    config_with, create_room, init_meeting, validate_room,
};

const USAGE: &str = "\
usage: quickstart [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--api-url URL]

  --token TOKEN    a token, e.g. a temporary one from the dashboard
  --token-url URL  where to fetch one (default http://localhost:3000/get-token)
  --room ID        meet in this room instead of creating one
  --name NAME      the name that others see
  --api-url URL    another server than https://api.videosdk.live
";

struct Arguments {
    token: Option<String>,
    token_url: String,
    api_url: Option<String>,
    room: Option<String>,
    name: Option<String>,
}

/// `None` when only the usage was asked for.
fn read_arguments() -> Result<Option<Arguments>, lexopt::Error> {
    let mut arguments = Arguments {
        token: env::var("VIDEOSDK_TOKEN").ok(),
        token_url: "http://localhost:3000/get-token".to_owned(),
        api_url: None,
        room: None,
        name: None,
    };
    let mut parser = Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("token") => arguments.token = Some(parser.value()?.string()?),
            Arg::Long("token-url") => {
                arguments.token_url = parser.value()?.string()?;
                arguments.token = None;
            }
            Arg::Long("room") => arguments.room = Some(parser.value()?.string()?),
            Arg::Long("name") => arguments.name = Some(parser.value()?.string()?),
            Arg::Long("api-url") => arguments.api_url = Some(parser.value()?.string()?),
            Arg::Long("help") => return Ok(None),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Some(arguments))
}

/// Gives the token to the library: the one that was passed, or a fetched one.
fn configure(arguments: &Arguments) -> vsdk::Result<()> {
    let options = ConfigOptions::new().api_base_url(arguments.api_url.as_deref());
    let options = match &arguments.token {
        Some(token) => options.token(token),
        None => {
            println!("fetching a token from {}", arguments.token_url);
            let fetching =
                fetch_token(&arguments.token_url, &FetchOptions::new(), Timeout::Default);
            options.token(fetching.wait()?.text().expose())
        }
    };
    config_with(&options)
}

/// Finds the room that was asked for, or creates one.
fn find_room(arguments: &Arguments) -> vsdk::Result<Room> {
    let request = RequestOptions::new();
    if let Some(id) = &arguments.room {
        return validate_room(id, &request).wait();
    }
    println!("creating a room");
    create_room(&RoomOptions::new(), &request).wait()
}

/// Makes the meeting; nothing is sent anywhere yet.
fn make_meeting(arguments: &Arguments, room: &Room) -> vsdk::Result<Meeting> {
    let mut options = MeetingOptions::new(room.id());
    options
        .set_name(arguments.name.as_deref())?
        .set_mic_enabled(true)
        .set_metadata_json(Some(r#"{"from": "quickstart"}"#))?;
    init_meeting(&options)
}

fn show(room: &Room, meeting: &Meeting) -> vsdk::Result<()> {
    let snapshot = meeting.snapshot();
    println!("room         {}", room.id());
    println!("created      {}", room.created_at().unwrap_or("-"));
    println!("participant  {}", snapshot.participant_id());
    println!("name         {}", snapshot.name());
    let microphone = if snapshot.mic_enabled() {
        "wanted"
    } else {
        "off"
    };
    println!("microphone   {microphone}");
    println!("meeting      {}", snapshot.to_json());

    // Everything that has happened so far waits in the queue.
    while let NextEvent::Event(event) = meeting.next_event(Duration::ZERO.into())? {
        let text = event.text().unwrap_or_default();
        println!(
            "event {}      {} {text}",
            event.sequence(),
            event.kind().name()
        );
    }
    Ok(())
}

fn run(arguments: &Arguments) -> vsdk::Result<()> {
    configure(arguments)?;
    let room = find_room(arguments)?;
    let meeting = make_meeting(arguments, &room)?;
    show(&room, &meeting)
}

fn main() -> ExitCode {
    let arguments = match read_arguments() {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprint!("quickstart: {error}\n{USAGE}");
            return ExitCode::FAILURE;
        }
    };
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{} failed: {}", error.operation(), error.message());
            eprintln!("  {}", error.remedy());
            ExitCode::FAILURE
        }
    }
}
