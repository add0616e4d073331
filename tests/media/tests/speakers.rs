//! Who speaks, as the media server finds it out from how loud the sound of each is.

use std::time::{Duration, Instant};

use media_tests::meetings::{Client, LONG, room, server};
use media_tests::{added, frame_now, published, sound};
use vsdk::media::{EncodedFrame, TrackKind, TrackOptions};
use vsdk::meeting::{EventType, LocalTrack};

const PACKET: Duration = Duration::from_millis(20);
const LOUD: i8 = -20;
const QUIET: i8 = -50;
const SILENT: i8 = -127;

/// Sends of both, each as loud as that, until the third has been told that somebody speaks, or that
/// nobody does.
fn send_until_told(
    tracks: [&LocalTrack; 2],
    levels: [i8; 2],
    third: &Client,
    speaker: Option<&str>,
) {
    let begin = Instant::now();
    let is_told = || {
        let told = third.all();
        let mut told = told.iter().rev();
        let last = told.find(|event| event.kind() == EventType::ActiveSpeakerChanged);
        last.is_some_and(|event| event.participant_id() == speaker)
    };
    for number in 0.. {
        for (track, level) in tracks.into_iter().zip(levels) {
            let frame = EncodedFrame {
                audio_level: Some(level),
                ..sound(number)
            };
            track.push(frame).expect("a good frame");
        }
        if is_told() {
            return;
        }
        assert!(begin.elapsed() < LONG, "{speaker:?} is never told");
        std::thread::sleep(PACKET);
    }
}

#[test]
fn a_third_is_told_who_is_the_louder_of_two_and_that_it_is_quiet() {
    let server = server();
    let room = room(&server);
    let join = |id: &str| {
        let client = Client::new(&server, &room, id, |_| ());
        client.join();
        client
    };
    let (ann, bob, cid) = (join("ann"), join("bob"), join("cid"));
    let speak = |client: &Client| {
        let options = TrackOptions::new(TrackKind::Audio);
        let track = client.meeting.add_track(&options).expect("a track");
        published(client, &track);
        track
    };
    let tracks = [&speak(&ann), &speak(&bob)];
    let heard = [added(&cid, "audio"), added(&cid, "audio")];
    let tell = |levels, speaker| send_until_told(tracks, levels, &cid, speaker);
    tell([LOUD, QUIET], Some("ann"));
    for track in &heard {
        let level = match track.participant_id() {
            "ann" => LOUD,
            _ => QUIET,
        };
        let frame = frame_now(track).expect("many were sent");
        assert_eq!(frame.audio_level, Some(level), "{frame:?}");
    }
    tell([QUIET, LOUD], Some("bob"));
    tell([LOUD, QUIET], Some("ann"));
    tell([SILENT, SILENT], None);
}
