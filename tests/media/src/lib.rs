//! What the tests of media have in common: meetings, and frames that tell who made them.

pub mod alsa;
pub mod data;
pub mod images;
#[path = "../../support/meetings.rs"]
pub mod meetings;
pub mod network;
pub mod pictures;
pub mod relay;
pub mod sound;
pub mod talk;
pub mod turn;

use std::sync::Arc;
use std::time::{Duration, Instant};

use meetings::{Client, LONG};
use vsdk::media::{EncodedFrame, Pushed, ReceivedFrame};
use vsdk::meeting::{EventType, LocalTrack, NextFrame, RemoteTrack};

/// A packet of Opus as far as anybody looks into it on the way, with a number in it.
pub fn sound(number: u32) -> EncodedFrame {
    let mut data = vec![0xfc];
    data.extend(number.to_be_bytes());
    data.extend([0x55; 80]);
    EncodedFrame {
        data: data.into(),
        timestamp_us: i64::from(number) * 20_000,
        is_key_frame: true,
        layer: 0,
        audio_level: Some(-30),
    }
}

/// A picture of VP8 as far as anybody looks into it on the way, with a number in it. Key frames are
/// larger than one packet.
pub fn picture(number: u32, is_key_frame: bool, layer: u8, size: (u16, u16)) -> EncodedFrame {
    // RFC 6386, 9.1: the lowest bit of the first byte is 0 for a key frame, then come a start code
    // and the size.
    let mut data = vec![if is_key_frame { 0x10 } else { 0x11 }, 0, 0];
    if is_key_frame {
        data.extend([0x9d, 0x01, 0x2a]);
        data.extend(size.0.to_le_bytes());
        data.extend(size.1.to_le_bytes());
    }
    data.extend(number.to_be_bytes());
    data.extend([layer]);
    data.extend(vec![0x66; if is_key_frame { 6000 } else { 700 }]);
    EncodedFrame {
        data: data.into(),
        timestamp_us: i64::from(number) * 33_333,
        is_key_frame,
        layer,
        audio_level: None,
    }
}

/// The number in a frame of [`sound`].
pub fn sound_number(frame: &ReceivedFrame) -> u32 {
    number_at(&frame.data, 1)
}

/// The number in a frame of [`picture`], and its layer.
pub fn picture_number(frame: &ReceivedFrame) -> (u32, u8) {
    let at = if frame.is_key_frame { 10 } else { 3 };
    (number_at(&frame.data, at), frame.data[at + 4])
}

fn number_at(data: &[u8], at: usize) -> u32 {
    let bytes = data[at..at + 4].try_into().expect("four bytes");
    u32::from_be_bytes(bytes)
}

/// Sends frames at their pace until something has happened.
pub fn send_until<T>(
    track: &LocalTrack,
    pace: Duration,
    mut frame: impl FnMut(u32) -> EncodedFrame,
    mut happened: impl FnMut() -> Option<T>,
) -> T {
    let begin = Instant::now();
    for number in 0.. {
        if let Some(it) = happened() {
            return it;
        }
        assert!(begin.elapsed() < LONG, "it did not happen");
        track.push(frame(number)).expect("a good frame");
        std::thread::sleep(pace);
    }
    unreachable!("numbers do not end before the test does")
}

/// Sends pictures like an encoder: key frames where they are wanted.
pub fn film(track: &LocalTrack) -> impl FnMut(u32) -> EncodedFrame + '_ {
    move |number| {
        let target = track.encoder_target(0).expect("a layer");
        picture(number, target.wants_key_frame, 0, (640, 360))
    }
}

/// The track that somebody sends, once what is sent from now on comes: the service has to be asked to
/// begin, and has done so when it answers to the same question.
pub fn added(client: &Client, kind: &str) -> RemoteTrack {
    let track = told_of(client, kind);
    track.resume(LONG).wait().expect("an answer");
    track
}

/// The track that somebody sends, as soon as it is told of.
pub fn told_of(client: &Client, kind: &str) -> RemoteTrack {
    let event = client.next_where(&format!("track of {kind}"), |event| {
        event.kind() == EventType::TrackAdded && event.text() == Some(kind)
    });
    let id = event.track_id().expect("a track id");
    let track = client.meeting.remote_track(id).expect("it was added");
    assert_eq!(event.participant_id(), Some(track.participant_id()));
    track
}

/// Waits until a track is sent, so that nothing that is pushed then is lost on the way.
pub fn published(client: &Client, track: &LocalTrack) {
    client.next_where("published track", |event| {
        event.kind() == EventType::TrackPublished && event.track_id() == Some(track.id())
    });
    let begin = Instant::now();
    while !track.is_sending() {
        assert!(begin.elapsed() < LONG, "it never sends");
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// The next frame that is there without waiting.
pub fn frame_now(track: &RemoteTrack) -> Option<Arc<ReceivedFrame>> {
    match track.next_frame(Duration::ZERO.into()).expect("no handler") {
        NextFrame::Frame(frame) => Some(frame),
        NextFrame::None | NextFrame::Closed => None,
    }
}

/// Whether a frame was taken.
pub fn is_queued(pushed: Pushed) -> bool {
    pushed == Pushed::Queued
}
