//! What the app does to frames on their way.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use media_tests::meetings::{Client, room, server};
use media_tests::{added, film, frame_now, picture_number, published, send_until, sound};
use vsdk::media::{Codec, FrameInfo, FrameTransform, Pushed, TrackKind, TrackOptions};
use vsdk::meeting::{EventType, LocalTrack};

const PACE: Duration = Duration::from_millis(20);
const KEY: u8 = 0xa5;
const TAG: [u8; 4] = *b"true";

/// What of the frame stays readable, for those who look for key frames.
fn clear(info: &FrameInfo<'_>) -> usize {
    match (info.codec, info.is_key_frame) {
        (Codec::Vp8, true) => 10,
        (Codec::Vp8, false) => 3,
        _ => 1,
    }
}

/// No cipher, but as good as one here: what it makes is longer, unreadable, and told from all else.
fn cipher() -> FrameTransform {
    Arc::new(|info: &FrameInfo<'_>, data: &[u8], output: &mut Vec<u8>| {
        assert_eq!(info.participant_id, "ann");
        let data = match info.is_sent {
            true => data,
            false => match data.strip_suffix(&TAG) {
                Some(data) => data,
                None => return false,
            },
        };
        let (head, body) = data.split_at(clear(info));
        output.extend(head);
        output.extend(body.iter().map(|byte| byte ^ KEY));
        if info.is_sent {
            output.extend(TAG);
        }
        true
    })
}

fn sending(client: &Client, kind: TrackKind) -> LocalTrack {
    let track = client.meeting.add_track(&TrackOptions::new(kind)).unwrap();
    published(client, &track);
    track
}

#[test]
fn only_who_has_the_other_half_gets_what_was_sent() {
    let server = server();
    let room = room(&server);
    let client = |id| Client::new(&server, &room, id, |_| ());
    let (ann, bob, cid) = (client("ann"), client("bob"), client("cid"));
    ann.meeting.set_frame_transform(Some(cipher()));
    bob.meeting.set_frame_transform(Some(cipher()));
    for client in [&ann, &bob, &cid] {
        client.join();
    }
    let microphone = sending(&ann, TrackKind::Audio);
    let (heard, noise) = (added(&bob, "audio"), added(&cid, "audio"));
    let (mut good, mut bad) = (0, 0);
    send_until(&microphone, PACE, sound, || {
        while let Some(frame) = frame_now(&heard) {
            let number = u32::from_be_bytes(frame.data[1..5].try_into().unwrap());
            assert_eq!(frame.data, sound(number).data);
            good += 1;
        }
        while let Some(frame) = frame_now(&noise) {
            let clear: Vec<u8> = frame.data[1..5].iter().map(|byte| byte ^ KEY).collect();
            let number = u32::from_be_bytes(clear.try_into().unwrap());
            assert_ne!(frame.data[1..], sound(number).data[1..]);
            assert_eq!(frame.data.len(), sound(number).data.len() + TAG.len());
            bad += 1;
        }
        (good >= 30 && bad >= 30).then_some(())
    });

    // Pictures, to a handler: key frames are found though the rest is unreadable.
    let camera = sending(&ann, TrackKind::Video);
    let seen = added(&bob, "video");
    let pictures = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&pictures);
    seen.set_frame_handler(Some(Arc::new(move |frame: &Arc<_>| {
        let (number, layer) = picture_number(frame);
        let made = media_tests::picture(number, frame.is_key_frame, layer, (640, 360));
        assert_eq!(frame.data, made.data);
        assert!(frame.is_key_frame || count.load(Ordering::SeqCst) > 0);
        count.fetch_add(1, Ordering::SeqCst);
    })))
    .unwrap();
    send_until(&camera, PACE, film(&camera), || {
        (pictures.load(Ordering::SeqCst) >= 30).then_some(())
    });
    let statistics = bob.meeting.media_statistics();
    assert!(
        statistics
            .tracks
            .iter()
            .all(|track| track.frames_dropped == 0)
    );
}

#[test]
fn what_a_transform_refuses_is_dropped_and_pictures_go_on_with_a_key_frame() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    let bob = Client::new(&server, &room, "bob", |_| ());
    ann.join();
    bob.join();
    let refuses = Arc::new(AtomicBool::new(false));
    let refusing = |refuses: &Arc<AtomicBool>| -> FrameTransform {
        let refuses = Arc::clone(refuses);
        Arc::new(
            move |_: &FrameInfo<'_>, data: &[u8], output: &mut Vec<u8>| {
                output.extend(data);
                !refuses.load(Ordering::SeqCst)
            },
        )
    };
    bob.meeting.set_frame_transform(Some(refusing(&refuses)));
    let camera = sending(&ann, TrackKind::Video);
    let seen = added(&bob, "video");
    send_until(&camera, PACE, film(&camera), || frame_now(&seen));

    // Where it is received: a key frame is asked for, and is what goes on.
    ann.all();
    refuses.store(true, Ordering::SeqCst);
    let dropped = || {
        let statistics = bob.meeting.media_statistics();
        statistics.tracks[0].frames_dropped
    };
    send_until(&camera, PACE, film(&camera), || {
        assert_eq!(frame_now(&seen), None);
        (dropped() > 0).then_some(())
    });
    let asked = |client: &Client| {
        let all = client.all();
        let kinds = all.iter().map(|event| event.kind());
        kinds
            .filter(|kind| *kind == EventType::KeyFrameRequested)
            .count()
    };
    let before = asked(&ann);
    send_until(&camera, PACE, film(&camera), || {
        assert_eq!(frame_now(&seen), None);
        (asked(&ann) > before).then_some(())
    });
    refuses.store(false, Ordering::SeqCst);
    let first = send_until(&camera, PACE, film(&camera), || frame_now(&seen));
    assert!(first.is_key_frame && first.follows_gap);

    // Where it is sent.
    ann.meeting.set_frame_transform(Some(refusing(&refuses)));
    refuses.store(true, Ordering::SeqCst);
    let picture = |is_key_frame| media_tests::picture(1_000_000, is_key_frame, 0, (640, 360));
    let before = ann.meeting.media_statistics().tracks[0].frames_dropped;
    assert_eq!(camera.push(picture(true)).unwrap(), Pushed::Dropped);
    refuses.store(false, Ordering::SeqCst);
    assert_eq!(camera.push(picture(false)).unwrap(), Pushed::NeedsKeyFrame);
    assert_eq!(camera.push(picture(true)).unwrap(), Pushed::Queued);
    let after = ann.meeting.media_statistics().tracks[0].frames_dropped;
    assert_eq!(after - before, 2);
}

#[test]
fn nothing_that_was_to_be_transformed_goes_out_once_the_meeting_is_gone() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    ann.join();
    ann.meeting.set_frame_transform(Some(cipher()));
    let microphone = sending(&ann, TrackKind::Audio);
    assert_eq!(microphone.push(sound(0)).unwrap(), Pushed::Queued);
    drop(ann);
    let pushed = microphone.push(sound(1)).unwrap();
    assert!(
        matches!(pushed, Pushed::Dropped | Pushed::NotSending),
        "{pushed:?}"
    );
}
