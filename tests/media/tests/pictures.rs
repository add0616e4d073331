//! Raw pictures through the real media server, judged by what is seen.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use devserver::Server;
use media_tests::meetings::{Client, LONG, room, server};
use media_tests::pictures::{Camera, bars, likeness, next, next_where};
use media_tests::{added, published};
use vsdk::Timeout;
use vsdk::media::{
    Codec, NextPicture, PictureFormat, Rotation, TrackKind, TrackOptions, TrackStatistics,
    VideoPicture,
};
use vsdk::meeting::{EventType, LocalTrack};

const SIZE: (u32, u32) = (320, 180);

/// So many places the bars move through.
const MOVES: usize = 8;

fn joined(server: &Server, room: &str, id: &str) -> Client {
    let client = Client::new(server, room, id, |_| ());
    client.join();
    client
}

/// Somebody's camera.
fn camera(client: &Client, change: impl FnOnce(&mut TrackOptions)) -> (LocalTrack, Camera) {
    let mut options = TrackOptions::new(TrackKind::Video);
    options.set_size(SIZE.0, SIZE.1).unwrap();
    change(&mut options);
    let track = client.meeting.add_track(&options).unwrap();
    published(client, &track);
    let input = track.video_input().unwrap();
    (track, Camera::new(input, SIZE, MOVES))
}

fn statistics(client: &Client, is_local: bool) -> TrackStatistics {
    let statistics = client.meeting.media_statistics();
    let mut tracks = statistics.tracks.into_iter();
    let found = tracks.find(|one| one.is_local == is_local);
    found.expect("a track")
}

#[test]
fn bars_are_seen_as_they_are_filmed_and_better_with_more_bits() {
    let server = server();
    let mut found = Vec::new();
    for mode in [
        vsdk::media::BitrateMode::BandwidthOptimized,
        vsdk::media::BitrateMode::HighQuality,
    ] {
        let room = room(&server);
        let (ann, bob) = (joined(&server, &room, "ann"), joined(&server, &room, "bob"));
        let (track, camera) = camera(&ann, |options| {
            options.set_bitrate_mode(mode);
        });
        let kbps = track.layers()[0].max_kbps;
        let seen = added(&bob, "video");
        let output = seen.video_output(PictureFormat::I420).unwrap();
        let first = next(&output);
        assert!(first.is_resized(), "the first one tells its size");
        assert_eq!(
            (first.participant_id(), first.track_id()),
            ("ann", seen.id())
        );
        // Once the encoder has found its pace.
        for _ in 0..40 {
            assert_eq!((next(&output).width(), first.height()), SIZE);
        }
        let best: Vec<f64> = (0..10).map(|_| likeness(&next(&output), MOVES)).collect();
        let mean = best.iter().sum::<f64>() / best.len() as f64;
        println!("{kbps} kbit/s: {mean:.1} dB, {best:.1?}");
        assert!(mean > 25.0, "{mean} dB at {kbps} kbit/s");
        found.push((kbps, mean));
        let sent = statistics(&ann, true).encoding.expect("it is encoded");
        let received = statistics(&bob, false).decoding.expect("it is decoded");
        println!("{sent:?}, {received:?}");
        assert!(sent.pictures > 50 && received.pictures > 50);
        assert!(camera.answers()[0] > 50);
    }
    let [(few, low), (many, high)] = found[..] else {
        panic!("two modes");
    };
    assert!(few < many && low < high, "{found:?}");
}

#[test]
fn pictures_are_seen_as_h264_too_also_by_one_who_comes_late() {
    let server = server();
    let room = room(&server);
    let (ann, bob) = (joined(&server, &room, "ann"), joined(&server, &room, "bob"));
    let (_track, _camera) = camera(&ann, |options| {
        options.set_codec(Codec::H264).unwrap();
    });
    let is_good = |it: &vsdk::media::ReceivedPicture| likeness(it, MOVES) > 25.0;
    let output = added(&bob, "video")
        .video_output(PictureFormat::I420)
        .unwrap();
    next_where(&output, "a good picture", is_good);
    let cid = joined(&server, &room, "cid");
    let seen = added(&cid, "video");
    let late = seen.video_output(PictureFormat::I420).unwrap();
    let picture = next_where(&late, "a good picture", is_good);
    assert_eq!((picture.width(), picture.height()), SIZE);
    assert_eq!(seen.codec(), Codec::H264);
}

#[test]
fn a_size_that_changes_in_the_middle_is_seen_and_told() {
    let server = server();
    let room = room(&server);
    let (ann, bob) = (joined(&server, &room, "ann"), joined(&server, &room, "bob"));
    let (_track, camera) = camera(&ann, |_| ());
    let seen = added(&bob, "video");
    let output = seen.video_output(PictureFormat::Rgba).unwrap();
    next(&output);
    for size in [(160, 120), (333, 77), SIZE] {
        camera.resize(size);
        let has_size =
            |picture: &vsdk::media::ReceivedPicture| (picture.width(), picture.height()) == size;
        let picture = next_where(&output, "the other size", has_size);
        assert!(picture.is_resized());
        let (bytes, stride) = picture.plane(0).unwrap();
        assert_eq!(bytes.len(), stride * size.1 as usize);
        assert!(!next(&output).is_resized());
    }
}

#[test]
fn whoever_comes_late_sees_a_picture_and_so_does_one_who_asks_for_a_key_frame() {
    let server = server();
    let room = room(&server);
    let (ann, bob) = (joined(&server, &room, "ann"), joined(&server, &room, "bob"));
    let (_track, _camera) = camera(&ann, |_| ());
    let output = added(&bob, "video")
        .video_output(PictureFormat::I420)
        .unwrap();
    next_where(&output, "a good picture", |it| likeness(it, MOVES) > 25.0);

    let cid = joined(&server, &room, "cid");
    let late = added(&cid, "video");
    let late = late.video_output(PictureFormat::I420).unwrap();
    next_where(&late, "a good picture", |it| likeness(it, MOVES) > 25.0);

    // A second output in the middle, beside the first.
    let again = cid.meeting.remote_track(next(&late).track_id()).unwrap();
    let woken = Arc::new(AtomicU32::new(0));
    let told = Arc::clone(&woken);
    let second = again.video_output(PictureFormat::I420).unwrap();
    second
        .set_wake_handler(Some(Arc::new(move |_| {
            told.fetch_add(1, Ordering::Relaxed);
        })))
        .unwrap();
    let begin = Instant::now();
    let picture = loop {
        if let NextPicture::Picture(picture) = second.next_picture(Duration::ZERO.into()).unwrap() {
            break picture;
        }
        assert!(begin.elapsed() < LONG, "nothing comes in the middle");
        std::thread::sleep(Duration::from_millis(5));
    };
    assert!(likeness(&picture, MOVES) > 20.0);
    assert!(woken.load(Ordering::Relaxed) > 0);
}

#[test]
fn each_of_three_sizes_is_seen_when_it_is_chosen() {
    let server = server();
    let room = room(&server);
    let (ann, bob) = (joined(&server, &room, "ann"), joined(&server, &room, "bob"));
    let (track, _camera) = camera(&ann, |options| {
        options.set_size(960, 540).unwrap().set_multi_stream(true);
    });
    assert_eq!(track.layers().len(), 3);
    let seen = added(&bob, "video");
    let output = seen.video_output(PictureFormat::I420).unwrap();
    // The sizes that are filmed, divided by 3, 1.5 and 1.
    for (layer, size) in [(0, (106, 60)), (2, SIZE), (1, (213, 120)), (0, (106, 60))] {
        let chosen = seen.set_preferred_layers(layer, 2, Timeout::Default);
        chosen.wait().unwrap();
        let has_size =
            |picture: &vsdk::media::ReceivedPicture| (picture.width(), picture.height()) == size;
        next_where(&output, "the chosen size", has_size);
    }
}

/// More than any encoder on this thread does in time, 60 times a second.
#[test]
fn an_encoder_that_does_not_keep_up_is_given_smaller_pictures_and_that_is_told() {
    const LARGE: (usize, usize) = (3840, 2160);
    let server = server();
    let room = room(&server);
    let (ann, bob) = (joined(&server, &room, "ann"), joined(&server, &room, "bob"));
    let mut options = TrackOptions::new(TrackKind::Video);
    options.set_size(LARGE.0 as u32, LARGE.1 as u32).unwrap();
    let track = ann.meeting.add_track(&options).unwrap();
    published(&ann, &track);
    let input = track.video_input().unwrap();
    let is_over = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&is_over);
    let filming = std::thread::spawn(move || {
        let pictures = [0, 1].map(|moved| bars(LARGE, moved));
        for [y, u, v] in pictures.iter().cycle() {
            if told.load(Ordering::Relaxed) {
                return;
            }
            let picture = VideoPicture {
                format: PictureFormat::I420,
                width: LARGE.0 as u32,
                height: LARGE.1 as u32,
                planes: [y, u, v],
                strides: [LARGE.0, LARGE.0 / 2, LARGE.0 / 2],
                rotation: Rotation::None,
            };
            input.push(&picture, None).unwrap();
            std::thread::sleep(Duration::from_millis(16));
        }
    });
    let event = ann.next_where("limitation", |event| {
        event.kind() == EventType::QualityLimitationChanged && event.text() == Some("cpu")
    });
    assert_eq!((event.code(), event.track_id()), (1, Some(track.id())));
    let encoding = statistics(&ann, true).encoding.expect("it is encoded");
    assert!(encoding.reduced_by > 1.0, "{encoding:?}");
    let output = added(&bob, "video")
        .video_output(PictureFormat::I420)
        .unwrap();
    next_where(&output, "a smaller picture", |it| {
        (it.width() as usize) < LARGE.0
    });
    is_over.store(true, Ordering::Relaxed);
    filming.join().unwrap();
}

#[test]
fn a_meeting_that_is_left_takes_and_gives_nothing() {
    let server = server();
    let room = room(&server);
    let (ann, bob) = (joined(&server, &room, "ann"), joined(&server, &room, "bob"));
    let (track, camera) = camera(&ann, |_| ());
    let output = added(&bob, "video")
        .video_output(PictureFormat::I420)
        .unwrap();
    next(&output);
    assert!(
        track
            .push(media_tests::picture(0, true, 0, (320, 180)))
            .is_err()
    );
    ann.leave();
    let before = camera.answers();
    let begin = Instant::now();
    while camera.answers()[1] < before[1] + 5 {
        assert!(begin.elapsed() < LONG, "{:?}", camera.answers());
        std::thread::sleep(Duration::from_millis(10));
    }
    while !matches!(
        output.next_picture(LONG.into()).unwrap(),
        NextPicture::Closed
    ) {
        assert!(begin.elapsed() < LONG, "it never ends");
    }
}
