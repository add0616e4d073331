//! Any reply of a server: it becomes a room, a list, a token, or an error that says why, without
//! the secret of the request.
//!
//! An input looks like a reply: a line with the status, lines of headers, an empty line, the body.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vsdk::fuzzing::{Answer, room_list, room_reply, token_reply};
use vsdk::{Error, Room, Status};
use vsdk_fuzz::{assert_hidden, assert_told};

/// As a header for a token server may be: in several words, with quotes.
const SECRET: &str = "Digest ann \"hunter22\"";

fuzz_target!(|input: &[u8]| {
    let answer = answer(input);
    let rooms = [false, true].map(|legacy| room_reply(&answer, legacy));
    for (room, legacy) in rooms.iter().zip([false, true]) {
        match room {
            Ok(room) => assert_room(room, legacy),
            Err(error) => assert_error(error, &answer, Status::InvalidResponse),
        }
    }
    if let [Ok(current), Ok(legacy)] = &rooms {
        assert_eq!(current.id(), legacy.id());
    }
    match room_list(&answer) {
        Ok(list) => {
            assert!(list.rooms().len() <= answer.body.len());
            list.rooms().iter().for_each(|room| assert_room(room, true));
        }
        Err(error) => assert_error(&error, &answer, Status::InvalidResponse),
    }
    match token_reply(&answer) {
        Ok(token) => assert!(!token.trim().is_empty()),
        Err(error) => assert_error(&error, &answer, Status::TokenServerReply),
    }
});

fn assert_room(room: &Room, legacy: bool) {
    assert!(!room.id().is_empty());
    let value: serde_json::Value = serde_json::from_str(room.json()).expect("JSON");
    assert!(value.is_object());
    if let Some(json) = room.auto_start_json() {
        let value: serde_json::Value = serde_json::from_str(json).expect("JSON");
        assert!(value.is_object());
    }
    let again = Answer {
        status: 200,
        body: room.json().as_bytes().to_vec(),
        secret: SECRET.to_owned(),
        ..Answer::default()
    };
    assert!(
        room_reply(&again, legacy).as_ref() == Ok(room),
        "{}",
        room.json()
    );
}

fn assert_error(error: &Error, answer: &Answer, unusable: Status) {
    assert_told(error);
    assert_eq!(error.http_status(), Some(answer.status), "{error}");
    let good = (200..=299).contains(&answer.status);
    assert_eq!(error.status() == unusable && good, good, "{error}");
    assert!(error.retry_after() <= Some(std::time::Duration::from_secs(24 * 3600)));
    assert_hidden(SECRET, &format!("{error:?}"));
    for text in [error.service_text(), error.request_id()] {
        text.inspect(|text| assert_hidden(SECRET, text));
    }
}

fn answer(input: &[u8]) -> Answer {
    let mut answer = Answer {
        status: 200,
        secret: SECRET.to_owned(),
        ..Answer::default()
    };
    let mut rest = input;
    let mut is_first = true;
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let line = &rest[..end];
        rest = &rest[end + 1..];
        if std::mem::take(&mut is_first) {
            let status = str::from_utf8(line).ok().and_then(|line| line.parse().ok());
            answer.status = status.unwrap_or(200_u16).clamp(100, 999);
        } else if line.is_empty() {
            break;
        } else if let Some(colon) = line.iter().position(|byte| *byte == b':') {
            let name = String::from_utf8_lossy(&line[..colon]).into_owned();
            answer.headers.push((name, line[colon + 1..].to_vec()));
        }
    }
    answer.body = rest.to_vec();
    answer
}
