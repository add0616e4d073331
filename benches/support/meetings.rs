//! Meetings through the Rust API.

use std::time::{Duration, Instant};

use vsdk::meeting::{EventType, MeetingState, Mode, NextEvent, RemoteTrack};
use vsdk::{ConfigOptions, Meeting, MeetingOptions, Timeout};

use super::worker::Goal;

/// Far more than anything here takes; it only turns a hang into a failure.
pub const HANG: Duration = Duration::from_secs(120);

/// Configures this process for the service, over https unless `plain`.
pub fn configure(goal: &Goal, plain: bool) {
    let url = if plain { &goal.url } else { &goal.https_url };
    let config = ConfigOptions::new()
        .token(&goal.token)
        .api_base_url(Some(url))
        .extra_ca_pem(Some(&goal.ca_pem));
    vsdk::config_with(&config).expect("a good token and URL");
}

/// A meeting in that room, with microphone and camera off.
pub fn init(room: &str, mode: Mode) -> Meeting {
    let mut options = MeetingOptions::new(room);
    options
        .set_mode(mode)
        .set_mic_enabled(false)
        .set_webcam_enabled(false);
    vsdk::init_meeting(&options).expect("good options")
}

pub fn leave(meeting: &Meeting) {
    meeting.leave(HANG).wait().expect("a goodbye");
}

pub fn is_connected(meeting: &Meeting) -> bool {
    meeting.snapshot().state() == MeetingState::Connected
}

/// The next track that somebody sends.
pub fn next_track(meeting: &Meeting) -> RemoteTrack {
    loop {
        let event = match meeting.next_event(Timeout::After(HANG)) {
            Ok(NextEvent::Event(event)) => event,
            other => panic!("{other:?} instead of a track"),
        };
        if event.kind() == EventType::TrackAdded {
            let id = event.track_id().expect("its id");
            return meeting.remote_track(id).expect("it was added");
        }
    }
}

/// Waits for something that comes without being told.
pub fn wait_until(mut holds: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !holds() {
        assert!(begin.elapsed() < HANG, "it does not come");
        std::thread::sleep(Duration::from_millis(5));
    }
}
