//! A chat in the terminal: what you write goes to everybody in the room, and you see who comes and
//! goes.
//!
//! ```console
//! $ cargo run --example chat -- --name Ann                  in a new room; its id is printed for the others
//! $ cargo run --example chat -- --name Bob --room ID        in a room that exists
//! ```
//!
//! The token comes from `--token`, `VIDEOSDK_TOKEN` or `--token-url`, as in quickstart.

use std::env;
use std::io::stdin;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use lexopt::{Arg, Parser, ValueExt};
use vsdk::meeting::{Event, EventType, MeetingState, PublishOptions};
use vsdk::token::{FetchOptions, fetch_token};
use vsdk::{
    ConfigOptions, Meeting, MeetingOptions, RequestOptions, RoomOptions, Timeout, config_with,
    create_room, init_meeting,
};

const TOPIC: &str = "CHAT";

const USAGE: &str = "\
usage: chat [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--api-url URL]

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
            let fetching =
                fetch_token(&arguments.token_url, &FetchOptions::new(), Timeout::Default);
            options.token(fetching.wait()?.text().expose())
        }
    };
    config_with(&options)
}

/// Joins the room that was asked for, or a new one, with microphone and camera off.
fn join(arguments: &Arguments) -> vsdk::Result<Meeting> {
    let room = match &arguments.room {
        Some(id) => id.clone(),
        None => {
            let creating = create_room(&RoomOptions::new(), &RequestOptions::new());
            creating.wait()?.id().to_owned()
        }
    };
    println!("room {room}");
    let mut options = MeetingOptions::new(&room);
    options.set_name(arguments.name.as_deref())?;
    let meeting = init_meeting(&options)?;
    meeting.join(Timeout::Default).wait()?;
    Ok(meeting)
}

/// What is waited for.
enum Input {
    Line(String),
    End,
    Event(Arc<Event>),
}

/// Lets lines and events come in one by one.
fn listen(meeting: &Meeting) -> vsdk::Result<Receiver<Input>> {
    let (sender, receiver) = channel();
    let events = sender.clone();
    // Nobody hears what is sent after the end.
    meeting.set_event_handler(Some(Arc::new(move |event| {
        let _ = events.send(Input::Event(Arc::clone(event)));
    })))?;
    thread::spawn(move || {
        for line in stdin().lines().map_while(Result::ok) {
            let _ = sender.send(Input::Line(line));
        }
        let _ = sender.send(Input::End);
    });
    Ok(receiver)
}

/// Prints who is in the room; gives up to which event that is.
fn print_room(meeting: &Meeting) -> u64 {
    let snapshot = meeting.snapshot();
    let names: Vec<String> = snapshot
        .participants()
        .iter()
        .map(|one| {
            format!(
                "{}{}",
                one.name(),
                if one.is_local() { " (you)" } else { "" }
            )
        })
        .collect();
    println!("* in the room: {}", names.join(", "));
    snapshot.event_sequence()
}

fn print_event(event: &Event, seen: u64) {
    let name = event.participant_name().unwrap_or("?");
    let is_new = event.sequence() > seen;
    match event.kind() {
        EventType::Message => {
            let earlier = if event.code() == 1 { "(earlier) " } else { "" };
            println!(
                "{earlier}{name}: {}",
                String::from_utf8_lossy(event.payload())
            );
        }
        EventType::ParticipantJoined if is_new => println!("* {name} joined"),
        EventType::ParticipantLeft if is_new => println!("* {name} left"),
        EventType::StateChanged if is_new => {
            if event.code() == MeetingState::Reconnecting as i32 {
                println!("* connection lost, trying again");
            } else if event.code() == MeetingState::Connected as i32 {
                println!("* back in the room");
            }
        }
        _ => {}
    }
}

/// Whether the meeting has ended: then the event that says why is on its way.
fn is_over(meeting: &Meeting) -> bool {
    let state = meeting.snapshot().state();
    matches!(state, MeetingState::Left | MeetingState::Failed)
}

fn run(arguments: &Arguments) -> vsdk::Result<()> {
    configure(arguments)?;
    let meeting = join(arguments)?;
    let seen = print_room(&meeting);
    let inputs = listen(&meeting)?;
    meeting.subscribe(TOPIC, Timeout::Default).wait()?;

    // Those who come later are to see it too.
    let mut options = PublishOptions::new();
    options.set_persist(true);
    let mut has_left = false;
    for input in inputs {
        match input {
            Input::Line(line) if line.is_empty() || has_left => {}
            Input::Line(line) => {
                let publishing = meeting.publish(TOPIC, &line, &options, Timeout::Default);
                match publishing.wait() {
                    Err(error) if !is_over(&meeting) => return Err(error),
                    _ => {}
                }
            }
            Input::End => {
                has_left = true;
                meeting.leave(Timeout::Default).wait()?;
            }
            Input::Event(event) if event.kind() == EventType::MeetingLeft => {
                match event.text() {
                    Some(reason) if !has_left => println!("* the meeting has ended: {reason}"),
                    _ => println!("* you left"),
                }
                break;
            }
            Input::Event(event) => print_event(&event, seen),
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    let arguments = match read_arguments() {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprint!("chat: {error}\n{USAGE}");
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
