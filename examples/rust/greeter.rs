//! A host that never sleeps: lets in everybody who asks, and welcomes everybody who comes.
//!
//! ```console
//! $ cargo run --example greeter                              in a new room; its id is printed for the guests
//! $ cargo run --example greeter -- --room ID --guests 2      in a room that exists; leaves after two guests
//! ```
//!
//! The token comes from `--token`, `VIDEOSDK_TOKEN` or `--token-url`, as in quickstart. Guests whose
//! token has the permission `ask_join` and not `allow_join` have to ask.

use std::env;
use std::io::stdin;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use lexopt::{Arg, Parser, ValueExt};
use vsdk::meeting::{Event, EventType, Moderation, PublishOptions};
use vsdk::token::{FetchOptions, fetch_token};
use vsdk::{
    ConfigOptions, Meeting, MeetingOptions, RequestOptions, RoomOptions, Timeout, config_with,
    create_room, init_meeting,
};

const TOPIC: &str = "CHAT";

const USAGE: &str = "\
usage: greeter [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--guests N] [--api-url URL]

  --token TOKEN    a token, e.g. a temporary one from the dashboard
  --token-url URL  where to fetch one (default http://localhost:3000/get-token)
  --room ID        meet in this room instead of creating one
  --name NAME      the name that others see
  --guests N       leave after so many guests (default: when the input ends)
  --api-url URL    another server than https://api.videosdk.live
";

struct Arguments {
    token: Option<String>,
    token_url: String,
    api_url: Option<String>,
    room: Option<String>,
    name: Option<String>,
    /// 0: without end.
    guests: u64,
}

/// `None` when only the usage was asked for.
fn read_arguments() -> Result<Option<Arguments>, lexopt::Error> {
    let mut arguments = Arguments {
        token: env::var("VIDEOSDK_TOKEN").ok(),
        token_url: "http://localhost:3000/get-token".to_owned(),
        api_url: None,
        room: None,
        name: None,
        guests: 0,
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
            Arg::Long("guests") => arguments.guests = parser.value()?.parse()?,
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
    End,
    Event(Arc<Event>),
}

/// Lets events and the end of the input come in one by one.
fn listen(meeting: &Meeting) -> vsdk::Result<Receiver<Input>> {
    let (sender, receiver) = channel();
    let events = sender.clone();
    // Nobody hears what is sent after the end.
    meeting.set_event_handler(Some(Arc::new(move |event| {
        let _ = events.send(Input::Event(Arc::clone(event)));
    })))?;
    thread::spawn(move || {
        for _ in stdin().lines().map_while(Result::ok) {}
        let _ = sender.send(Input::End);
    });
    Ok(receiver)
}

/// Sends a welcome that only the newcomer gets, who subscribes the topic later.
fn welcome(meeting: &Meeting, id: &str, name: &str) -> vsdk::Result<()> {
    let mut options = PublishOptions::new();
    options.set_persist(true).add_send_only(id)?;
    let message = format!("Welcome, {name}!");
    let publishing = meeting.publish(TOPIC, &message, &options, Timeout::Default);
    publishing.wait()?;
    println!("* {name} joined: welcomed");
    Ok(())
}

fn let_in(meeting: &Meeting, id: &str, name: &str) -> vsdk::Result<()> {
    let letting = meeting.moderate(id, Moderation::AllowEntry, Timeout::Default);
    letting.wait()?;
    println!("* {name} asks to come in: let in");
    Ok(())
}

fn run(arguments: &Arguments) -> vsdk::Result<()> {
    configure(arguments)?;
    let meeting = join(arguments)?;
    let mut welcomed = 0;
    for input in listen(&meeting)? {
        let event = match input {
            Input::Event(event) => event,
            Input::End if arguments.guests == 0 => break,
            Input::End => continue,
        };
        let id = event.participant_id().unwrap_or_default();
        let name = event.participant_name().unwrap_or_default();
        match event.kind() {
            EventType::EntryRequested => let_in(&meeting, id, name)?,
            EventType::ParticipantJoined => {
                welcome(&meeting, id, name)?;
                welcomed += 1;
                if welcomed == arguments.guests {
                    break;
                }
            }
            EventType::MeetingLeft => {
                println!(
                    "* the meeting has ended: {}",
                    event.text().unwrap_or_default()
                );
                return Ok(());
            }
            _ => {}
        }
    }
    meeting.leave(Timeout::Default).wait()
}

fn main() -> ExitCode {
    let arguments = match read_arguments() {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprint!("greeter: {error}\n{USAGE}");
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
