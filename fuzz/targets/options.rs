//! Any text as options in JSON: what is accepted and written again is accepted again and means
//! the same; what is refused changes nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::{Map, Value};
use vsdk::fuzzing::room_options_json;
use vsdk::{MeetingOptions, Result, RoomOptions, init_meeting};
use vsdk_fuzz::{assert_told, token};

fuzz_target!(|json: &str| {
    let value: Option<Value> = serde_json::from_str(json).ok();
    // Written in two other ways.
    let again = value.map(|value| [value.to_string(), format!("{value:#}")]);
    let accepted = assert_stable(
        json,
        &again,
        &MeetingOptions::new("room"),
        |options, json| options.set_json(json).map(drop),
    );
    if let Some(accepted) = accepted {
        assert_written(accepted);
    }
    assert_stable(json, &again, &MeetingOptions::default(), |options, json| {
        options.set_metadata_json(Some(json)).map(drop)
    });
    assert_stable(json, &again, &MeetingOptions::default(), |options, json| {
        options.set_device_info_json(Some(json)).map(drop)
    });
    let accepted = assert_stable(json, &again, &RoomOptions::new(), |options, json| {
        options.set_auto_start_json(json).map(drop)
    });
    if let Some(options) = accepted {
        let body: Value = serde_json::from_str(&room_options_json(&options)).expect("JSON");
        let mut read = RoomOptions::new();
        let config = body["autoStartConfig"].to_string();
        read.set_auto_start_json(&config).expect("what was written");
        assert!(read == options, "{config}");
    }
});

/// What a snapshot tells besides the options.
const STATE: [&str; 9] = [
    "state",
    "tokenExpiresAt",
    "participants",
    "activeSpeakerId",
    "sessionId",
    "services",
    "iceServers",
    "eventSequence",
    "malformedFrames",
];

/// What a meeting tells of its options makes the same meeting once more.
fn assert_written(mut options: MeetingOptions) {
    options.set_token(Some(&token()));
    let meeting = match init_meeting(&options) {
        Ok(meeting) => meeting,
        Err(error) => return assert_told(&error),
    };
    let written = meeting.snapshot().to_json();
    let mut told: Map<String, Value> = serde_json::from_str(&written).expect("JSON");
    for key in STATE {
        assert!(told.remove(key).is_some(), "{key} is not in {written}");
    }
    let mut again = MeetingOptions::default();
    again.set_token(Some(&token()));
    let json = Value::Object(told).to_string();
    if json.len() < 60_000 {
        again.set_json(&json).expect("what was written");
        let meeting = init_meeting(&again).expect("a meeting");
        assert_eq!(meeting.snapshot().to_json(), written);
    }
}

fn assert_stable<T: Clone + PartialEq>(
    json: &str,
    again: &Option<[String; 2]>,
    fresh: &T,
    set: impl Fn(&mut T, &str) -> Result<()>,
) -> Option<T> {
    let mut options = fresh.clone();
    if let Err(error) = set(&mut options, json) {
        assert_told(&error);
        assert!(
            options == *fresh,
            "what was refused changed something: {json}"
        );
        return None;
    }
    let written = again.iter().flatten();
    // What is longer than before may be too long.
    for same in written.filter(|same| same.len() <= json.len().max(60_000)) {
        for mut other in [fresh.clone(), options.clone()] {
            set(&mut other, same).expect("what was accepted");
            assert!(other == options, "{json} is not {same}");
        }
    }
    Some(options)
}
