//! Two meetings at once: what somebody writes in one room is repeated in the other.
//!
//! ```console
//! $ cargo run --example two_meetings                                  two new rooms; their ids are printed
//! $ cargo run --example two_meetings -- --room ID --other-room ID     rooms that exist
//! ```
//!
//! The token comes from `--token`, `VIDEOSDK_TOKEN` or `--token-url`, as in quickstart.

use std::env;
use std::io::stdin;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use lexopt::{Arg, Parser, ValueExt};
use vsdk::meeting::{Event, EventType, PublishOptions};
use vsdk::token::{FetchOptions, fetch_token};
use vsdk::{
    ConfigOptions, Meeting, MeetingOptions, RequestOptions, RoomOptions, Timeout, config_with,
    create_room, init_meeting,
};

const TOPIC: &str = "CHAT";

const USAGE: &str = "\
usage: two_meetings [--token TOKEN | --token-url URL] [--room ID] [--other-room ID] [--messages N] [--api-url URL]

  --token TOKEN    a token, e.g. a temporary one from the dashboard
  --token-url URL  where to fetch one (default http://localhost:3000/get-token)
  --room ID        one room, instead of creating it
  --other-room ID  the other one, instead of creating it
  --messages N     leave after so many messages (default: when the input ends)
  --api-url URL    another server than https://api.videosdk.live
";

struct Arguments {
    token: Option<String>,
    token_url: String,
    api_url: Option<String>,
    room: Option<String>,
    other_room: Option<String>,
    /// 0: without end.
    messages: u64,
}

/// `None` when only the usage was asked for.
fn read_arguments() -> Result<Option<Arguments>, lexopt::Error> {
    let mut arguments = Arguments {
        token: env::var("VIDEOSDK_TOKEN").ok(),
        token_url: "http://localhost:3000/get-token".to_owned(),
        api_url: None,
        room: None,
        other_room: None,
        messages: 0,
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
            Arg::Long("other-room") => arguments.other_room = Some(parser.value()?.string()?),
            Arg::Long("messages") => arguments.messages = parser.value()?.parse()?,
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

/// What is waited for; an event with the number of its side.
enum Input {
    End,
    Event(usize, Arc<Event>),
}

/// Joins the room, or a new one, and subscribes its chat.
fn join(room: Option<&str>, side: usize, inputs: &Sender<Input>) -> vsdk::Result<Meeting> {
    let room = match room {
        Some(id) => id.to_owned(),
        None => {
            let creating = create_room(&RoomOptions::new(), &RequestOptions::new());
            creating.wait()?.id().to_owned()
        }
    };
    let mut options = MeetingOptions::new(&room);
    options.set_name(Some("relay"))?;
    let meeting = init_meeting(&options)?;
    let inputs = inputs.clone();
    // Nobody hears what is sent after the end.
    meeting.set_event_handler(Some(Arc::new(move |event| {
        let _ = inputs.send(Input::Event(side, Arc::clone(event)));
    })))?;
    meeting.join(Timeout::Default).wait()?;
    meeting.subscribe(TOPIC, Timeout::Default).wait()?;
    Ok(meeting)
}

/// Repeats a message in another meeting; gives what was said there.
fn repeat(event: &Event, to: &Meeting) -> vsdk::Result<String> {
    let name = event.participant_name().unwrap_or("?");
    let text = format!("{name}: {}", String::from_utf8_lossy(event.payload()));
    let publishing = to.publish(TOPIC, &text, &PublishOptions::new(), Timeout::Default);
    publishing.wait()?;
    Ok(text)
}

/// Whether it is to be repeated: earlier ones were written when nobody was there to do it, and so
/// they stay.
fn is_news(event: &Event, own_id: &str) -> bool {
    event.kind() == EventType::Message
        && event.code() == 0
        && event.participant_id() != Some(own_id)
}

fn run(arguments: &Arguments) -> vsdk::Result<()> {
    configure(arguments)?;
    let (sender, inputs) = channel();
    let sides = [
        join(arguments.room.as_deref(), 0, &sender)?,
        join(arguments.other_room.as_deref(), 1, &sender)?,
    ];
    let rooms = sides.each_ref().map(Meeting::snapshot);
    println!("rooms {} {}", rooms[0].meeting_id(), rooms[1].meeting_id());
    thread::spawn(move || {
        for _ in stdin().lines().map_while(Result::ok) {}
        let _ = sender.send(Input::End);
    });

    let mut repeated = 0;
    for input in inputs {
        let (from, event) = match input {
            Input::Event(from, event) => (from, event),
            Input::End if arguments.messages == 0 => break,
            Input::End => continue,
        };
        if event.kind() == EventType::MeetingLeft {
            break;
        }
        if is_news(&event, rooms[from].participant_id()) {
            let to = 1 - from;
            let text = repeat(&event, &sides[to])?;
            println!(
                "{} -> {}: {text}",
                rooms[from].meeting_id(),
                rooms[to].meeting_id()
            );
            repeated += 1;
            if repeated == arguments.messages {
                break;
            }
        }
    }
    for side in &sides {
        side.leave(Timeout::Default).wait()?;
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
            eprint!("two_meetings: {error}\n{USAGE}");
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
