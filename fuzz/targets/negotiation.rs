//! Any JSON of the service about media: what a room can carry, a transport, fresh credentials, a
//! track, and a channel for data. What is told because of it reads the same again, and secrets stay
//! secret.
//!
//! An input is one letter, which says what it is read as (see `READERS`), and JSON.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use vsdk::fuzzing::{Room, consumer, data_channel, ice_restart, media_transport};
use vsdk::{Error, Status};
use vsdk_fuzz::{assert_plain, assert_told};

const FINGERPRINT: &str = "sha-256 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF";

type Reader = fn(&Value);

const READERS: &[(char, Reader)] = &[
    ('r', read_router),
    ('t', read_transport),
    ('i', read_credentials),
    ('c', read_consumer),
    ('d', read_data_channel),
];

fuzz_target!(|input: &str| {
    let mut letters = input.chars();
    let letter = letters.next();
    let Some((_, read)) = READERS.iter().find(|(name, _)| Some(*name) == letter) else {
        return;
    };
    if let Ok(value) = serde_json::from_str(letters.as_str()) {
        read(&value);
    }
});

fn read_router(router: &Value) {
    let Some(room) = checked(Room::negotiate(router)) else {
        return;
    };
    let told = room.told();
    let again = Room::negotiate(&told).expect("what is told can be read");
    assert_eq!(again.told()["codecs"], told["codecs"]);
    for (kind, announced) in room.produced() {
        let (mime_type, ssrc, layers) = consumer(&announced).expect("what is sent can be received");
        assert!(mime_type.starts_with(kind), "{mime_type}");
        assert_eq!((ssrc, layers), (1, [1, 1]));
        assert!(checked(room.can_send(&mime_type)).expect("it is announced"));
        assert_eq!(announced["encodings"].as_array().map(Vec::len), Some(1));
    }
}

fn read_transport(reply: &Value) {
    let Some((shown, request)) = checked(media_transport(reply, FINGERPRINT)) else {
        return;
    };
    assert_password_is_hidden(reply, &shown);
    let request = request.expect("a fingerprint");
    assert_eq!(request["transportId"], reply["id"]);
}

fn read_credentials(reply: &Value) {
    if let Some(shown) = checked(ice_restart(reply)) {
        assert_password_is_hidden(reply, &shown);
    }
}

fn read_consumer(parameters: &Value) {
    if let Some((mime_type, ssrc, layers)) = checked(consumer(parameters)) {
        assert!(mime_type.starts_with("audio/") || mime_type.starts_with("video/"));
        assert_eq!(parameters["encodings"][0]["ssrc"], ssrc);
        assert!(layers.iter().all(|count| (1..=99).contains(count)));
    }
}

fn read_data_channel(told: &Value) {
    let Some(announced) = checked(data_channel(told)) else {
        return;
    };
    assert_eq!(data_channel(&announced).as_ref(), Ok(&announced));
    let stream = &announced["sctpStreamParameters"];
    assert_eq!(stream["streamId"], told["sctpStreamParameters"]["streamId"]);
    let is_limited = stream["maxRetransmits"].is_u64();
    assert!(
        !is_limited || stream["ordered"] == false,
        "the service refuses that"
    );
}

fn checked<T>(read: Result<T, Error>) -> Option<T> {
    read.inspect_err(|error| {
        assert_told(error);
        let status = error.status();
        assert!(
            matches!(status, Status::InvalidResponse | Status::Unsupported),
            "{error}"
        );
    })
    .ok()
}

/// Where it stands nowhere else in what came.
fn assert_password_is_hidden(reply: &Value, shown: &str) {
    assert_plain(shown);
    let password = reply["iceParameters"]["password"].as_str().expect("a text");
    if password.len() >= 4 && reply.to_string().matches(password).count() == 1 {
        assert!(!shown.contains(password), "a secret comes out: {shown}");
    }
}
