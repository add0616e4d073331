//! The library through its Rust API, as an app uses it: a thread of the app makes frames at their
//! pace, and a handler takes those that come.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use vsdk::Meeting;
use vsdk::media::{EncodedFrame, Kind, ReceivedFrame, TrackKind, TrackOptions};
use vsdk::meeting::{LocalTrack, Mode};

use super::Client;
use super::content::{Content, Schedule, Spec, stamp_of};
use crate::support::meetings;
use crate::support::worker::Goal;

#[derive(Default)]
pub struct Ours {
    sending: Option<Sending>,
    receiving: Option<Meeting>,
    frames: Arc<AtomicU64>,
}

struct Sending {
    quiet: Arc<Quiet>,
    // Ends what is sent.
    _meeting: Meeting,
}

/// Whether nothing is to be sent; who sends waits meanwhile.
#[derive(Default)]
struct Quiet {
    is_quiet: Mutex<bool>,
    changed: Condvar,
}

impl Quiet {
    fn set(&self, is_quiet: bool) {
        *self.is_quiet.lock().expect("no panic") = is_quiet;
        self.changed.notify_all();
    }

    /// Waits until it is over; whether there was anything to wait for.
    fn pass(&self) -> bool {
        let mut is_quiet = self.is_quiet.lock().expect("no panic");
        let waits = *is_quiet;
        while *is_quiet {
            is_quiet = self.changed.wait(is_quiet).expect("no panic");
        }
        waits
    }
}

impl Ours {
    pub fn new(goal: &Goal) -> Self {
        meetings::configure(goal, false);
        Self::default()
    }
}

/// Joins and adds tracks; gives those once they are sent.
fn publish(room: &str, spec: Spec) -> (Meeting, Vec<LocalTrack>) {
    let meeting = meetings::init(room, Mode::SendAndReceive);
    meeting.join(meetings::HANG).wait().expect("a join");
    let add = |track: usize| {
        let mut options = TrackOptions::new(match spec.is_picture(track) {
            true => TrackKind::Video,
            false => TrackKind::Audio,
        });
        if spec.is_picture(track) {
            options
                .set_size(1920, 1080)
                .expect("a size")
                .set_bitrate_mode(vsdk::media::BitrateMode::HighQuality);
        }
        meeting.add_track(&options).expect("a meeting that goes on")
    };
    let tracks: Vec<_> = (0..spec.tracks()).map(add).collect();
    meetings::wait_until(|| tracks.iter().all(LocalTrack::is_sending));
    (meeting, tracks)
}

/// Pushes the next frame of a track as an encoder would.
fn push(track: &LocalTrack, content: &Content, pushed: Duration, stamp: Option<u64>) {
    let is_picture = track.kind() == TrackKind::Video;
    let is_key_frame = !is_picture
        || track
            .encoder_target(0)
            .is_some_and(|target| target.wants_key_frame);
    let frame = EncodedFrame {
        data: content.make(is_picture, is_key_frame, stamp),
        timestamp_us: pushed.as_micros() as i64,
        is_key_frame,
        layer: 0,
        audio_level: (!is_picture).then_some(-30),
    };
    track.push(frame).expect("a good frame");
}

impl Client for Ours {
    fn send(&mut self, room: &str, spec: Spec) {
        let (meeting, tracks) = publish(room, spec);
        let quiet = Arc::new(Quiet::default());
        self.sending = Some(Sending {
            quiet: Arc::clone(&quiet),
            _meeting: meeting,
        });
        thread::spawn(move || {
            let content = Content::of(spec);
            let begin = Instant::now();
            let mut silence = Duration::ZERO;
            let mut schedule = Schedule::of(spec);
            loop {
                let quiet_from = Instant::now();
                if quiet.pass() {
                    silence += quiet_from.elapsed();
                }
                let (track, due) = schedule.next();
                thread::sleep((begin + silence + due).saturating_duration_since(Instant::now()));
                push(&tracks[track], &content, silence + due, None);
            }
        });
    }

    fn set_quiet(&mut self, is_quiet: bool) {
        let sending = self.sending.as_ref().expect("it sends");
        sending.quiet.set(is_quiet);
    }

    fn receive(&mut self, room: &str, tracks: usize) {
        if self.receiving.is_none() {
            let meeting = meetings::init(room, Mode::ReceiveOnly);
            let frames = Arc::clone(&self.frames);
            let count = move |_: &Arc<ReceivedFrame>| {
                frames.fetch_add(1, Ordering::Relaxed);
            };
            let set = meeting.set_frame_handler(Some(Arc::new(count)));
            set.expect("threads");
            meeting.join(meetings::HANG).wait().expect("a join");
            self.receiving = Some(meeting);
        }
        let meeting = self.receiving.as_ref().expect("it has joined");
        meetings::wait_until(|| {
            let statistics = meeting.media_statistics();
            statistics.tracks.iter().filter(|it| it.frames > 0).count() == tracks
        });
    }

    fn received(&self) -> u64 {
        self.frames.load(Ordering::Relaxed)
    }

    fn first(&mut self, room: &str) -> [Duration; 2] {
        let (sender, receiver) = channel();
        let meeting = meetings::init(room, Mode::ReceiveOnly);
        let told = [AtomicBool::new(false), AtomicBool::new(false)];
        let tell = move |frame: &Arc<ReceivedFrame>| {
            let kind = frame.kind.kind();
            let has_told = &told[usize::from(kind == Kind::Video)];
            if frame.is_key_frame && !has_told.swap(true, Ordering::Relaxed) {
                let _ = sender.send((kind, Instant::now()));
            }
        };
        let set = meeting.set_frame_handler(Some(Arc::new(tell)));
        set.expect("threads");
        let begin = Instant::now();
        meeting.join(meetings::HANG).wait().expect("a join");
        let mut took = [Duration::ZERO; 2];
        for _ in 0..2 {
            let (kind, at) = receiver.recv_timeout(meetings::HANG).expect("a frame");
            took[usize::from(kind == Kind::Video)] = at - begin;
        }
        meetings::leave(&meeting);
        took
    }

    fn latencies(&mut self, room: &str, spec: Spec, frames: usize) -> Vec<f64> {
        let begin = Instant::now();
        let receiver = meetings::init(room, Mode::ReceiveOnly);
        let (sender, came) = channel();
        let note = move |frame: &Arc<ReceivedFrame>| {
            let now = begin.elapsed();
            let is_picture = frame.kind.kind() == Kind::Video;
            let made = Duration::from_nanos(stamp_of(&frame.data, is_picture));
            let _ = sender.send((now - made).as_secs_f64() * 1e6);
        };
        let set = receiver.set_frame_handler(Some(Arc::new(note)));
        set.expect("threads");
        receiver.join(meetings::HANG).wait().expect("a join");
        let (meeting, tracks) = publish(room, spec);
        let content = Content::of(spec);
        let mut schedule = Schedule::of(spec);
        let first = begin.elapsed();
        let mut took = Vec::new();
        while took.len() < super::LATENCY_WARM_UP + frames {
            let (track, due) = schedule.next();
            thread::sleep((first + due).saturating_sub(begin.elapsed()));
            let stamp = begin.elapsed().as_nanos() as u64;
            push(&tracks[track], &content, due, Some(stamp));
            took.extend(came.try_iter());
        }
        meetings::leave(&receiver);
        drop(tracks);
        meetings::leave(&meeting);
        took.split_off(super::LATENCY_WARM_UP)
    }
}
