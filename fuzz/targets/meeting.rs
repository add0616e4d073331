//! Any frames of the service in a meeting with media, while the app and the network do what they
//! like: whoever follows the events knows what the snapshot says, every request is answered, tracks
//! come before they go, and in the end nothing is left under way.
//!
//! An input is lines. One that begins with a brace is a frame; any other is a letter and what belongs
//! to it (see `step`).
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use vsdk::fuzzing::Meeting;

/// Lines of one input; more find nothing that these do not.
const MOST_LINES: usize = 64;

fuzz_target!(|input: &str| {
    let mut meeting = Meeting::inside();
    for line in input.lines().take(MOST_LINES) {
        step(&mut meeting, line);
    }
    meeting.finish();
    for event in meeting.events() {
        let event: Value = serde_json::from_str(&event).expect("JSON");
        assert!(event.is_object(), "{event}");
    }
});

fn step(meeting: &mut Meeting, line: &str) {
    let mut letters = line.chars();
    let Some(letter) = letters.next() else {
        return;
    };
    let rest = letters.as_str();
    let (digits, json) = rest.split_once(' ').unwrap_or((rest, "{}"));
    let number: usize = digits.parse().unwrap_or(0);
    match letter {
        '{' => meeting.receive(line),
        // An answer to a request, counted from the latest.
        'a' => {
            if let Ok(data) = serde_json::from_str(json) {
                meeting.answer(number, data);
            }
        }
        'w' => meeting.wait(),
        'l' => meeting.lose(),
        'c' => meeting.connect(),
        'd' => meeting.disconnect(number % 2 == 1, number & 2 != 0),
        'm' => meeting.data(u16::try_from(number).unwrap_or(0), json.as_bytes()),
        't' => meeting.add_track(number),
        'x' => meeting.change_track(number as u64, None),
        'o' => meeting.change_track(number as u64, Some(json == "on")),
        _ => {}
    }
}
