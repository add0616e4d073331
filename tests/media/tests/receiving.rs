//! Choosing what to receive: whose tracks, and what is paused.

use std::time::Duration;

use media_tests::meetings::{Client, room, server};
use media_tests::{added, film, frame_now, published, send_until, sound, told_of};
use vsdk::media::{Kind, TrackKind, TrackOptions};
use vsdk::meeting::{EventType, LocalTrack, MeetingState, RemoteTrack};
use vsdk::{Status, Timeout};

const PACE: Duration = Duration::from_millis(20);

fn sending(client: &Client, kind: TrackKind) -> LocalTrack {
    let track = client.meeting.add_track(&TrackOptions::new(kind)).unwrap();
    published(client, &track);
    track
}

/// The kinds of the tracks that were told of so far.
fn told(client: &Client) -> Vec<String> {
    let all = client.all();
    let added = all
        .iter()
        .filter(|event| event.kind() == EventType::TrackAdded);
    added
        .map(|event| event.text().unwrap_or_default().to_owned())
        .collect()
}

/// Sends pictures and sound until so many pictures have come, and gives how much of the sound did.
fn sounds_beside_pictures(
    camera: &LocalTrack,
    microphone: &LocalTrack,
    seen: &RemoteTrack,
    heard: &RemoteTrack,
) -> usize {
    heard.flush();
    let (mut pictures, mut sounds) = (0, 0);
    let mut film = film(camera);
    let both = |number| {
        microphone.push(sound(number)).expect("a good frame");
        film(number)
    };
    send_until(camera, PACE, both, || {
        pictures += std::iter::from_fn(|| frame_now(seen)).count();
        sounds += std::iter::from_fn(|| frame_now(heard)).count();
        (pictures >= 30).then_some(())
    });
    sounds
}

#[test]
fn who_chooses_gets_what_was_subscribed_and_nothing_else() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    let bob = Client::new(&server, &room, "bob", |options| {
        options.set_auto_consume(false);
    });
    ann.join();
    bob.join();
    let microphone = sending(&ann, TrackKind::Audio);
    let camera = sending(&ann, TrackKind::Video);
    let error = ann
        .meeting
        .subscribe_tracks("bob", Kind::Audio, Timeout::Default);
    assert_eq!(error.wait().unwrap_err().status(), Status::InvalidState);
    let error = bob
        .meeting
        .subscribe_tracks("cid", Kind::Audio, Timeout::Default);
    assert_eq!(error.wait().unwrap_err().status(), Status::NotFound);

    // Of what is there only that kind comes, and what is new of it.
    let choose = |kind| {
        let chosen = bob.meeting.subscribe_tracks("ann", kind, Timeout::Default);
        chosen.wait().unwrap();
    };
    choose(Kind::Video);
    let seen = added(&bob, "video");
    send_until(&camera, PACE, film(&camera), || frame_now(&seen));
    let share = sending(&ann, TrackKind::Share);
    let shared = added(&bob, "share");
    send_until(&share, PACE, film(&share), || frame_now(&shared));
    assert_eq!(told(&bob), ["video", "share"]);
    choose(Kind::Audio);
    let heard = added(&bob, "audio");
    send_until(&microphone, PACE, sound, || frame_now(&heard));

    // It is the same on a new connection.
    bob.meeting.refresh_connection().unwrap();
    bob.state(MeetingState::Reconnecting);
    bob.state(MeetingState::Connected);
    heard.flush();
    send_until(&microphone, PACE, sound, || frame_now(&heard));

    let ended = bob
        .meeting
        .unsubscribe_tracks("ann", Kind::Video, Timeout::Default);
    ended.wait().unwrap();
    let mut removed: Vec<String> = (0..2)
        .map(|_| {
            let event = bob.next(EventType::TrackRemoved);
            event.text().unwrap_or_default().to_owned()
        })
        .collect();
    removed.sort();
    assert_eq!(removed, ["share", "video"]);
    // A camera that is new is not told of: the microphone that is new after it is.
    let _another = sending(&ann, TrackKind::Video);
    let _second = sending(&ann, TrackKind::Audio);
    added(&bob, "audio");
    assert_eq!(told(&bob), ["video", "share", "audio", "audio"]);
}

#[test]
fn what_is_paused_altogether_rests_and_what_is_new_of_it_too() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    let bob = Client::new(&server, &room, "bob", |_| ());
    ann.join();
    bob.join();
    let camera = sending(&ann, TrackKind::Video);
    let microphone = sending(&ann, TrackKind::Audio);
    let (seen, heard) = (added(&bob, "video"), added(&bob, "audio"));
    assert!(sounds_beside_pictures(&camera, &microphone, &seen, &heard) > 0);

    let audio = Some(TrackKind::Audio);
    let paused = bob.meeting.pause_all_tracks(audio, Timeout::Default);
    paused.wait().unwrap();
    // What was on its way has come by then.
    sounds_beside_pictures(&camera, &microphone, &seen, &heard);
    assert_eq!(
        sounds_beside_pictures(&camera, &microphone, &seen, &heard),
        0
    );
    let second = sending(&ann, TrackKind::Audio);
    let new = told_of(&bob, "audio");
    assert_eq!(sounds_beside_pictures(&camera, &second, &seen, &new), 0);

    bob.meeting.refresh_connection().unwrap();
    bob.state(MeetingState::Reconnecting);
    bob.state(MeetingState::Connected);
    assert_eq!(sounds_beside_pictures(&camera, &second, &seen, &new), 0);
    // One alone can be had, and all of them.
    send_until(&microphone, PACE, sound, || {
        heard.resume(Timeout::Default).wait().ok()
    });
    assert!(sounds_beside_pictures(&camera, &microphone, &seen, &heard) > 0);
    assert_eq!(sounds_beside_pictures(&camera, &second, &seen, &new), 0);
    let resumed = bob.meeting.resume_all_tracks(None, Timeout::Default);
    resumed.wait().unwrap();
    assert!(sounds_beside_pictures(&camera, &second, &seen, &new) > 0);

    let paused = bob.meeting.pause_all_tracks(None, Timeout::Default);
    paused.wait().unwrap();
    let third = sending(&ann, TrackKind::Audio);
    let last = added(&bob, "audio");
    bob.meeting
        .resume_all_tracks(audio, Timeout::Default)
        .wait()
        .unwrap();
    send_until(&third, PACE, sound, || frame_now(&last));
}
