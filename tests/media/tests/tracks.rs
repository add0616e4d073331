//! Tracks of ours to ours, judged by what is in the frames.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use media_tests::meetings::{Client, LONG, room, server};
use media_tests::{
    added, film, frame_now, picture_number, published, send_until, sound, sound_number,
};
use vsdk::media::{Codec, TrackKind, TrackOptions};
use vsdk::meeting::{EventType, Moderation, NextFrame};

const PICTURE: Duration = Duration::from_millis(33);
const PACKET: Duration = Duration::from_millis(20);

#[test]
fn who_is_asked_to_speak_or_to_be_seen_accepts_by_adding_a_track_or_enabling_it() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    let bob = Client::new(&server, &room, "bob", |_| ());
    ann.join();
    bob.join();
    let ask = |moderation| {
        let asked = bob.meeting.moderate("ann", moderation, LONG).wait();
        asked.expect("it is asked");
    };
    // Somebody began to send that, or stopped.
    let changed = |code: i32, kind: &str| {
        bob.next_where(&format!("{kind} {code}"), |event| {
            event.kind() == EventType::MediaStateChanged
                && (event.participant_id(), event.code()) == (Some("ann"), code)
                && event.text() == Some(kind)
        });
    };
    let asks = [
        (Moderation::RequestMic, EventType::MicRequested, "audio"),
        (
            Moderation::RequestWebcam,
            EventType::WebcamRequested,
            "video",
        ),
    ];
    let mut tracks = Vec::new();
    for (moderation, told, kind) in asks {
        let flags = || {
            let snapshot = bob.snapshot();
            let ann = snapshot.participant("ann").expect("she is here");
            (ann.is_mic_on(), ann.is_webcam_on())
        };
        ask(moderation);
        assert_eq!(ann.next(told).participant_id(), Some("bob"));
        let before = flags();
        let options = TrackOptions::new(match kind {
            "audio" => TrackKind::Audio,
            _ => TrackKind::Video,
        });
        let track = ann.meeting.add_track(&options).expect("a track");
        changed(1, kind);
        assert_ne!(flags(), before, "it is on");
        track.set_enabled(false);
        changed(0, kind);
        assert_eq!(flags(), before, "it is off");
        ask(moderation);
        assert_eq!(ann.next(told).participant_id(), Some("bob"));
        track.set_enabled(true);
        changed(1, kind);
        tracks.push(track);
    }
}

#[test]
fn sound_arrives_whole_and_in_order() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    let bob = Client::new(&server, &room, "bob", |_| ());
    ann.join();
    bob.join();
    let microphone = ann
        .meeting
        .add_track(&TrackOptions::new(TrackKind::Audio))
        .unwrap();
    published(&ann, &microphone);
    let heard = added(&bob, "audio");
    assert_eq!(heard.participant_id(), "ann");
    assert_eq!(
        (heard.kind(), heard.codec()),
        (TrackKind::Audio, Codec::Opus)
    );
    let mut numbers = Vec::new();
    send_until(&microphone, PACKET, sound, || {
        while let Some(frame) = frame_now(&heard) {
            let number = sound_number(&frame);
            assert_eq!(frame.data, sound(number).data);
            assert_eq!(frame.participant_id.as_ref(), "ann");
            numbers.push((number, frame.timestamp_us));
        }
        (numbers.len() >= 50).then_some(())
    });
    for pair in numbers.windows(2) {
        assert_eq!(pair[1].0, pair[0].0 + 1, "{numbers:?}");
        assert_eq!(pair[1].1, pair[0].1 + 20_000, "{numbers:?}");
    }
    assert!(bob.snapshot().participant("ann").unwrap().is_mic_on());

    // The largest packet that there may be is still one.
    let largest = |number: u32| {
        let mut frame = sound(number);
        let mut data = frame.data.to_vec();
        data.resize(1120, b'l');
        frame.data = data.into();
        frame
    };
    let number = numbers.last().unwrap().0 + 100;
    let heard_whole = send_until(
        &microphone,
        PACKET,
        |more| largest(number + more),
        || frame_now(&heard).filter(|frame| sound_number(frame) >= number),
    );
    assert_eq!(heard_whole.data.len(), 1120);

    microphone.set_enabled(false);
    let removed = bob.next(EventType::TrackRemoved);
    assert_eq!(removed.track_id(), Some(heard.id()));
    loop {
        match heard.next_frame(vsdk::Timeout::Default).unwrap() {
            NextFrame::Frame(_) => {}
            NextFrame::Closed => break,
            NextFrame::None => panic!("it has ended"),
        }
    }
    microphone.set_enabled(true);
    let again = added(&bob, "audio");
    assert_ne!(again.id(), heard.id(), "the service has a new producer");
    send_until(&microphone, PACKET, sound, || frame_now(&again));
}

#[test]
fn pictures_arrive_and_a_late_comer_gets_a_key_frame() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    ann.join();
    let camera = ann
        .meeting
        .add_track(&TrackOptions::new(TrackKind::Video))
        .unwrap();
    published(&ann, &camera);
    for late in ["bob", "cid"] {
        let client = Client::new(&server, &room, late, |_| ());
        client.join();
        let seen = added(&client, "video");
        let mut numbers = Vec::new();
        send_until(&camera, PICTURE, film(&camera), || {
            while let Some(frame) = frame_now(&seen) {
                assert!(
                    frame.is_key_frame || !numbers.is_empty(),
                    "it begins with a key frame"
                );
                numbers.push(picture_number(&frame).0);
            }
            (numbers.len() >= 30).then_some(())
        });
        assert!(
            numbers.windows(2).all(|pair| pair[1] == pair[0] + 1),
            "{numbers:?}"
        );
        client.leave();
    }
}

#[test]
fn whoever_polls_is_woken_once_there_is_something_and_at_the_end() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    let bob = Client::new(&server, &room, "bob", |_| ());
    ann.join();
    bob.join();
    let microphone = ann
        .meeting
        .add_track(&TrackOptions::new(TrackKind::Audio))
        .unwrap();
    published(&ann, &microphone);
    let heard = added(&bob, "audio");
    let woken = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&woken);
    heard
        .set_wake_handler(Some(Arc::new(move |()| {
            count.fetch_add(1, Ordering::SeqCst);
        })))
        .unwrap();
    let has_woken = |times| (woken.load(Ordering::SeqCst) >= times).then_some(());
    send_until(&microphone, PACKET, sound, || has_woken(1));
    send_until(&microphone, PACKET, sound, || {
        (heard.waiting_frames() > 5).then_some(())
    });
    assert_eq!(
        woken.load(Ordering::SeqCst),
        1,
        "there was something all the time"
    );
    let waiting = heard.waiting_frames();
    heard.flush();
    assert!(heard.waiting_frames() < waiting);
    send_until(&microphone, PACKET, sound, || has_woken(2));
    let next = heard.next_frame(vsdk::Timeout::Default).unwrap();
    assert!(matches!(next, NextFrame::Frame(frame) if frame.follows_gap));
    while frame_now(&heard).is_some() {}
    let before = woken.load(Ordering::SeqCst);
    microphone.set_enabled(false);
    let wait_until = |what: &str, happened: &dyn Fn() -> bool| {
        let begin = std::time::Instant::now();
        while !happened() {
            assert!(begin.elapsed() < media_tests::meetings::LONG, "{what}");
            std::thread::sleep(Duration::from_millis(1));
        }
    };
    wait_until("it never ends", &|| woken.load(Ordering::SeqCst) > before);
    drop(heard);
    // With its last handle the handler is gone.
    wait_until("it is still held", &|| Arc::strong_count(&woken) == 1);
}
