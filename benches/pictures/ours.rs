//! The library through its Rust API, as an app uses it: a thread of the app films, another one shows.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Instant;

use vsdk::media::{
    EncodingStatistics, NextPicture, PictureFormat, Pushed, Rotation, TrackKind, TrackOptions,
    VideoInput, VideoOutput, VideoPicture,
};
use vsdk::meeting::{LocalTrack, Mode};
use vsdk::{Meeting, Timeout};

use super::film::{self, Film, Size};
use super::{Camera, Filmed, Watched};
use crate::support::figures::monotonic_us;
use crate::support::meetings;

/// Who films.
pub struct Publisher {
    meeting: Meeting,
    // Ends what is sent.
    _track: LocalTrack,
    filmed: Arc<AtomicU64>,
}

impl Publisher {
    pub fn join(room: &str, file: &Path, camera: Camera) -> Self {
        let meeting = meetings::init(room, Mode::SendAndReceive);
        meeting.join(meetings::HANG).wait().expect("a join");
        let mut options = TrackOptions::new(TrackKind::Video);
        let (width, height) = camera.size;
        let sized = options.set_size(width as u32, height as u32);
        sized.expect("a size");
        let track = meeting.add_track(&options).expect("a meeting that goes on");
        let layer = track.layers()[0];
        let rates = (layer.max_fps, layer.max_kbps);
        assert_eq!(
            rates,
            (camera.fps, camera.kbps),
            "they follow from the size"
        );
        meetings::wait_until(|| track.is_sending());
        let input = track.video_input().expect("raw pictures");
        let film = Film::read(file, camera.size);
        let filmed = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&filmed);
        thread::spawn(move || record(&input, film, camera, &count));
        Self {
            meeting,
            _track: track,
            filmed,
        }
    }

    pub fn so_far(&self) -> Filmed {
        let statistics = self.meeting.media_statistics();
        let encoding: Option<EncodingStatistics> = statistics.tracks[0].encoding;
        let encoding = encoding.unwrap_or_default();
        let stream = &statistics.tracks[0].streams[0];
        Filmed {
            filmed: self.filmed.load(Ordering::Relaxed) as f64,
            encoded: encoding.pictures as f64,
            left_out: (encoding.overtaken + encoding.left_out) as f64,
            encode_ms: encoding.encode_ms,
            bytes: stream.bytes as f64,
        }
    }
}

fn record(input: &VideoInput, mut film: Film, camera: Camera, filmed: &AtomicU64) {
    let (width, height) = camera.size;
    let begin = Instant::now();
    for number in 0.. {
        let due = begin + camera.pace() * number;
        thread::sleep(due.saturating_duration_since(Instant::now()));
        let planes = film.picture(number as usize, monotonic_us());
        let picture = VideoPicture {
            format: PictureFormat::I420,
            width: width as u32,
            height: height as u32,
            planes,
            strides: [width, width / 2, width / 2],
            rotation: Rotation::None,
        };
        let pushed = input.push(&picture, None).expect("a good picture");
        if pushed == Pushed::Queued {
            filmed.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Who shows.
pub struct Watcher {
    // Ends what is received.
    _meeting: Meeting,
    watched: Arc<Mutex<Watched>>,
}

impl Watcher {
    pub fn join(room: &str, size: Size) -> Self {
        let meeting = meetings::init(room, Mode::ReceiveOnly);
        meeting.join(meetings::HANG).wait().expect("a join");
        let output = meetings::next_track(&meeting)
            .video_output(PictureFormat::I420)
            .expect("raw pictures");
        let watched = Arc::new(Mutex::new(Watched::default()));
        let tell = Arc::clone(&watched);
        thread::spawn(move || show(&output, size, &tell));
        meetings::wait_until(|| !watched.lock().expect("no panic").ages_us.is_empty());
        Self {
            _meeting: meeting,
            watched,
        }
    }

    /// Since it was taken the last time.
    pub fn take(&self) -> Watched {
        std::mem::take(&mut *self.watched.lock().expect("no panic"))
    }
}

fn show(output: &VideoOutput, filmed: Size, watched: &Mutex<Watched>) {
    while let Ok(NextPicture::Picture(picture)) = output.next_picture(Timeout::Infinite) {
        let now_us = monotonic_us();
        let size = (picture.width() as usize, picture.height() as usize);
        let bright = picture.plane(0).expect("I420");
        let age = film::age_us(bright, size, filmed, now_us);
        watched.lock().expect("no panic").count(age, size != filmed);
    }
}
