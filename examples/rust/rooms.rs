//! Rooms on the service: create, list, look up, deactivate.
//!
//! ```console
//! $ cargo run --example rooms -- create [CUSTOM_ID]
//! $ cargo run --example rooms -- list [PAGE]
//! $ cargo run --example rooms -- validate ID
//! $ cargo run --example rooms -- get ID
//! $ cargo run --example rooms -- deactivate ID
//! ```
//!
//! The token comes from the environment variable `VIDEOSDK_TOKEN`, or is fetched from the URL in
//! `VIDEOSDK_TOKEN_URL`; another server than the service's own from `VIDEOSDK_API_ENDPOINT`.

use std::env;
use std::process::ExitCode;

use vsdk::token::{FetchOptions, fetch_token};
use vsdk::{
    ConfigOptions, RequestOptions, Room, RoomListOptions, RoomOptions, Timeout, config_with,
    create_room, deactivate_room, get_room, list_rooms, validate_room,
};

const USAGE: &str =
    "usage: rooms create [CUSTOM_ID] | list [PAGE] | validate ID | get ID | deactivate ID";

fn show(room: &Room) {
    let state = if room.is_disabled() == Some(true) {
        "disabled"
    } else {
        "open"
    };
    println!(
        "{:<16}  {state:<10}  {:<24}  {}",
        room.id(),
        room.created_at().unwrap_or("-"),
        room.custom_room_id().unwrap_or("-")
    );
}

fn configure() -> vsdk::Result<()> {
    let api = env::var("VIDEOSDK_API_ENDPOINT").ok();
    let mut options = ConfigOptions::new().api_base_url(api.as_deref());
    if let Ok(token) = env::var("VIDEOSDK_TOKEN") {
        options = options.token(&token);
    } else if let Ok(url) = env::var("VIDEOSDK_TOKEN_URL") {
        let token = fetch_token(&url, &FetchOptions::new(), Timeout::Default).wait()?;
        options = options.token(token.text().expose());
    }
    config_with(&options)
}

fn create(custom_id: Option<&str>, request: &RequestOptions) -> vsdk::Result<()> {
    let mut options = RoomOptions::new();
    if let Some(id) = custom_id {
        options.set_custom_room_id(id)?;
    }
    show(&create_room(&options, request).wait()?);
    Ok(())
}

fn list(page: u32, request: &RequestOptions) -> vsdk::Result<()> {
    let mut options = RoomListOptions::new();
    options.set_page(page)?;
    let list = list_rooms(&options, request).wait()?;
    list.rooms().iter().for_each(show);
    println!(
        "page {} of {}, {} rooms in all",
        list.page(),
        list.last_page(),
        list.total()
    );
    Ok(())
}

/// `None` when the arguments make no sense.
fn run(command: &str, id: Option<&str>) -> Option<vsdk::Result<()>> {
    if id.is_none() && !["create", "list"].contains(&command) {
        return None;
    }
    if let Err(error) = configure() {
        return Some(Err(error));
    }
    let request = RequestOptions::new();
    let result = match (command, id) {
        ("create", id) => create(id, &request),
        ("list", page) => list(page.map_or(Ok(1), str::parse).unwrap_or(0), &request),
        ("validate", Some(id)) => validate_room(id, &request).wait().map(|it| show(&it)),
        ("get", Some(id)) => get_room(id, &request).wait().map(|it| show(&it)),
        ("deactivate", Some(id)) => deactivate_room(id, &request).wait().map(|it| show(&it)),
        _ => return None,
    };
    Some(result)
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let command = arguments.first().map_or("", String::as_str);
    match run(command, arguments.get(1).map(String::as_str)) {
        Some(Ok(())) => ExitCode::SUCCESS,
        Some(Err(error)) => {
            eprintln!("{}\n  {}", error.message(), error.remedy());
            ExitCode::FAILURE
        }
        None => {
            eprintln!("{USAGE}");
            ExitCode::FAILURE
        }
    }
}
