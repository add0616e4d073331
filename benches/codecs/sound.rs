//! Sound through the library as an app's: pushed by one of its threads and encoded on the library's, or
//! pulled, which decodes and mixes on the thread that pulls.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use vsdk::Meeting;
use vsdk::media::{AudioFormat, EncodedFrame, PulledAudio, Pushed, TrackKind, TrackOptions};
use vsdk::meeting::{LocalTrack, Mode};

use super::LIBOPUS;
use super::direct::Direct;
use super::load::{Load, PACKET_FRAMES, RATE, Voice, at_pace};
use crate::media::content::{Schedule, Spec};
use crate::support::figures::{processor_time_us, thread_time_us};
use crate::support::meetings;
use crate::support::worker::Goal;

/// The thread on which the library encodes.
const ENCODES: &str = "vsdk-audio";

/// In which as much is held back as the network needs, and no more.
const SETTLE: Duration = Duration::from_secs(3);

/// Whoever encodes and decodes.
pub trait Client {
    /// Microseconds for 20 ms.
    fn encode(&mut self, room: &str, load: Load, seconds: u32) -> Vec<f64>;
    /// Microseconds for 20 ms, the same of the whole process, and which part was made up.
    fn decode(&mut self, room: &str, tracks: usize, seconds: u32) -> Vec<f64>;
    fn send(&mut self, room: &str, tracks: usize);
}

pub fn client(name: &str, goal: &Goal) -> Box<dyn Client> {
    match name {
        LIBOPUS => Box::new(Direct),
        _ => {
            meetings::configure(goal, false);
            Box::new(Ours { sending: None })
        }
    }
}

struct Ours {
    // Ends what is sent.
    sending: Option<Meeting>,
}

/// Joins and adds tracks; gives those once they are sent.
fn publish(room: &str, options: &TrackOptions, count: usize) -> (Meeting, Vec<LocalTrack>) {
    let meeting = meetings::init(room, Mode::SendAndReceive);
    meeting.join(meetings::HANG).wait().expect("a join");
    let add = |_| meeting.add_track(options).expect("a meeting that goes on");
    let tracks: Vec<_> = (0..count).map(add).collect();
    meetings::wait_until(|| tracks.iter().all(LocalTrack::is_sending));
    (meeting, tracks)
}

impl Client for Ours {
    fn encode(&mut self, room: &str, load: Load, seconds: u32) -> Vec<f64> {
        let (meeting, tracks) = publish(room, &load.options(), 1);
        let format = AudioFormat::new(RATE, load.channels()).expect("a format");
        let input = tracks[0].audio_input(format).expect("raw sound");
        let mut voice = Voice::new(load.channels());
        let (mut used, mut count, mut encoder) = (0.0, 0.0, None);
        at_pace(seconds, |measures| {
            let samples = voice.next();
            if measures && encoder.is_none() {
                let thread = thread_of_this_process(ENCODES);
                let before = time_of_us(&thread);
                encoder = Some((thread, before));
            }
            let begin = thread_time_us();
            let pushed = input.push_f32(samples, None).expect("good samples");
            assert_eq!(pushed, Pushed::Queued);
            if measures {
                used += thread_time_us() - begin;
                count += 1.0;
            }
        });
        // The last packet is soon encoded, too.
        thread::sleep(Duration::from_millis(10));
        let (thread, before) = encoder.expect("it measured");
        used += time_of_us(&thread) - before;
        meetings::leave(&meeting);
        vec![used / count]
    }

    fn decode(&mut self, room: &str, tracks: usize, seconds: u32) -> Vec<f64> {
        let meeting = meetings::init(room, Mode::ReceiveOnly);
        let format = AudioFormat::new(RATE, 1).expect("a format");
        let mixer = (tracks > 1).then(|| meeting.audio_mixer(format).expect("raw sound"));
        meeting.join(meetings::HANG).wait().expect("a join");
        let output = mixer.unwrap_or_else(|| {
            let track = meetings::next_track(&meeting);
            track.audio_output(format).expect("raw sound")
        });
        let mut samples = vec![0.0; PACKET_FRAMES];
        let mut pull = || -> PulledAudio { output.pull_f32(&mut samples).expect("good samples") };
        let begin = Instant::now();
        let mut all_came = None;
        // It has to be pulled meanwhile.
        while all_came.is_none_or(|at: Instant| at.elapsed() < SETTLE) {
            assert!(begin.elapsed() < meetings::HANG, "not all tracks come");
            let statistics = meeting.media_statistics();
            let came = statistics.tracks.iter().filter(|it| it.frames > 0).count();
            if came == tracks {
                all_came.get_or_insert_with(Instant::now);
            }
            let due = Instant::now() + super::load::PACKET;
            pull();
            thread::sleep(due.saturating_duration_since(Instant::now()));
        }
        let (mut used, mut count, mut made_up) = (0.0, 0.0, 0);
        let mut process_before = None;
        at_pace(seconds, |measures| {
            let begin = thread_time_us();
            let pulled = pull();
            if measures {
                process_before.get_or_insert_with(processor_time_us);
                used += thread_time_us() - begin;
                count += 1.0;
                made_up += pulled.concealed_frames;
            }
        });
        let process = processor_time_us() - process_before.expect("it measured");
        meetings::leave(&meeting);
        let all = count * PACKET_FRAMES as f64;
        vec![used / count, process / count, made_up as f64 / all]
    }

    fn send(&mut self, room: &str, tracks: usize) {
        let packets = Load::Speech.packets(250);
        let mut options = TrackOptions::new(TrackKind::Audio);
        options.set_audio_profile(vsdk::media::AudioProfile::SpeechLowQuality);
        let (meeting, tracks) = publish(room, &options, tracks);
        self.sending = Some(meeting);
        thread::spawn(move || {
            let mut schedule = Schedule::of(Spec::sounds(tracks.len()));
            let mut numbers: Vec<_> = (0..tracks.len()).collect();
            let begin = Instant::now();
            loop {
                let (track, due) = schedule.next();
                thread::sleep((begin + due).saturating_duration_since(Instant::now()));
                let frame = EncodedFrame {
                    data: packets[numbers[track] % packets.len()].as_slice().into(),
                    timestamp_us: due.as_micros() as i64,
                    is_key_frame: true,
                    layer: 0,
                    audio_level: Some(-20),
                };
                numbers[track] += 1;
                tracks[track].push(frame).expect("a good frame");
            }
        });
    }
}

/// Where the kernel tells of the thread of that name.
fn thread_of_this_process(name: &str) -> PathBuf {
    let threads = std::fs::read_dir("/proc/self/task").expect("Linux");
    let mut folders = threads.map(|thread| thread.expect("it runs").path());
    let has_name = |folder: &PathBuf| {
        let found = std::fs::read_to_string(folder.join("comm"));
        found.is_ok_and(|found| found.trim_end() == name)
    };
    folders
        .find(has_name)
        .unwrap_or_else(|| panic!("{name}: there is no such thread"))
}

/// Its processor time so far, in microseconds.
fn time_of_us(thread: &Path) -> f64 {
    let text = std::fs::read_to_string(thread.join("schedstat")).expect("the kernel tells");
    let nanoseconds = text.split_whitespace().next().expect("a number");
    nanoseconds.parse::<f64>().expect("a number") / 1e3
}
