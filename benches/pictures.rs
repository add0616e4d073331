//! Raw pictures from a camera to a screen through the media server of the service: VP8, encoded and
//! decoded by who sends and who shows.
//!
//! Beside the library: the official SDK for Python, whose encoder and decoder are those of the same
//! libvpx. Whoever sends and whoever shows are processes of their own; everybody films the same
//! ([`film`]). In each picture stands when it was filmed, and the clock is the same for all processes:
//! who shows a picture knows how long that took from end to end.
//!
//! What a worker is asked, and what it answers:
//!
//! | Order | Answer |
//! |---|---|
//! | `publish <room> <width> <height> <pictures a second> <kbit/s> <file>` | nothing, when it has joined and films |
//! | `watch <room> <width> <height>` | nothing, when it has shown a picture |
//! | `measure <seconds>`, after `publish` | microseconds of processor time; pictures that were filmed, encoded, left out; milliseconds that encoding one of them took; bytes that were sent |
//! | the same, after `watch` | microseconds of processor time; pictures that were shown, those of them that were made smaller, those that cannot be read; of the others, how many microseconds ago each was filmed |

mod film;
mod ours;
mod report;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::support::figures::{load_average, processor_time_us};
use crate::support::meetings;
use crate::support::others::{Contender, Other};
use crate::support::service::Service;
use crate::support::targets::Targets;
use crate::support::worker::{Goal, Worker, answer_orders};
use crate::support::{is_quick, rounds};
use film::Size;
use ours::{Publisher, Watcher};
use report::Sample;

const OURS: &str = "vsdk, Rust";
const OFFICIAL: &str = "videosdk, Python";
/// With the settings of the library's encoder.
const ALIKE: &str = "videosdk, Python, encoder set alike";
const OTHERS: [Other; 2] = [
    ("videosdk-pictures", OFFICIAL),
    ("videosdk-pictures-alike", ALIKE),
];

/// What is filmed: rates are those that the service's clients have for these sizes.
const CAMERAS: [Camera; 2] = [
    Camera {
        size: (1280, 720),
        fps: 30,
        kbps: 1500,
    },
    Camera {
        size: (640, 360),
        fps: 20,
        kbps: 400,
    },
];

/// How often the library's figures are looked at: it tells what the latest pictures took.
const LOOK: Duration = Duration::from_millis(250);

#[derive(Clone, Copy)]
struct Camera {
    size: Size,
    fps: u32,
    kbps: u32,
}

impl Camera {
    /// As an order to a worker has it.
    fn words(self) -> String {
        let Self { size, fps, kbps } = self;
        format!("{} {} {fps} {kbps}", size.0, size.1)
    }

    fn of(words: [&str; 4]) -> Self {
        let [width, height, fps, kbps] = words.map(|word| word.parse().expect("a number"));
        Self {
            size: (width as usize, height as usize),
            fps,
            kbps,
        }
    }

    /// From one picture to the next.
    fn pace(self) -> Duration {
        Duration::from_secs(1) / self.fps
    }
}

/// What who films has done so far.
#[derive(Clone, Copy, Default)]
struct Filmed {
    filmed: f64,
    encoded: f64,
    left_out: f64,
    /// Of the latest.
    encode_ms: f64,
    bytes: f64,
}

/// What who shows has seen.
#[derive(Default)]
struct Watched {
    shown: u64,
    smaller: u64,
    unreadable: u64,
    ages_us: Vec<f64>,
}

impl Watched {
    fn count(&mut self, age_us: Option<f64>, is_smaller: bool) {
        self.shown += 1;
        self.smaller += u64::from(is_smaller);
        match age_us {
            Some(age_us) => self.ages_us.push(age_us),
            None => self.unreadable += 1,
        }
    }
}

enum Role {
    None,
    Publishes(Publisher),
    Watches(Watcher),
}

/// Is the library's worker.
pub fn work(goal: &Goal) {
    meetings::configure(goal, false);
    let mut role = Role::None;
    answer_orders(|order| match order {
        ["publish", room, width, height, fps, kbps, file] => {
            let camera = Camera::of([width, height, fps, kbps]);
            role = Role::Publishes(Publisher::join(room, Path::new(file), camera));
            Vec::new()
        }
        ["watch", room, width, height] => {
            let [width, height] = [width, height].map(|side| side.parse().expect("a number"));
            role = Role::Watches(Watcher::join(room, (width, height)));
            Vec::new()
        }
        ["measure", seconds] => {
            let seconds = Duration::from_secs(seconds.parse().expect("a number"));
            measure(&role, seconds)
        }
        _ => panic!("{order:?}: it is not known"),
    });
}

fn measure(role: &Role, seconds: Duration) -> Vec<f64> {
    let used = |begin: f64| processor_time_us() - begin;
    let begin_time = Instant::now();
    match role {
        Role::None => panic!("it has no role"),
        Role::Publishes(publisher) => {
            let (before, begin) = (publisher.so_far(), processor_time_us());
            let mut encode_ms = Vec::new();
            while begin_time.elapsed() < seconds {
                std::thread::sleep(LOOK);
                encode_ms.push(publisher.so_far().encode_ms);
            }
            let (used, now) = (used(begin), publisher.so_far());
            vec![
                used,
                now.filmed - before.filmed,
                now.encoded - before.encoded,
                now.left_out - before.left_out,
                encode_ms.iter().sum::<f64>() / encode_ms.len() as f64,
                now.bytes - before.bytes,
            ]
        }
        Role::Watches(watcher) => {
            watcher.take();
            let begin = processor_time_us();
            std::thread::sleep(seconds);
            let (used, watched) = (used(begin), watcher.take());
            let counts = [watched.shown, watched.smaller, watched.unreadable];
            let counts = counts.into_iter().map(|count| count as f64);
            std::iter::once(used)
                .chain(counts)
                .chain(watched.ages_us)
                .collect()
        }
    }
}

fn sample(service: &Service, contender: &Contender, camera: Camera, file: &Path) -> Sample {
    // Encoders need a while until they have found their bit rate.
    let (settle, seconds) = if is_quick() { (2, 2) } else { (6, 10) };
    let room = service.room();
    let mut publisher = contender.start(service);
    let mut watcher = contender.start(service);
    let words = camera.words();
    publisher.ask(&format!("publish {room} {words} {}", file.display()));
    let (width, height) = camera.size;
    watcher.ask(&format!("watch {room} {width} {height}"));
    std::thread::sleep(Duration::from_secs(settle));
    let order = format!("measure {seconds}");
    let ask = |worker: &mut Worker| {
        let answer = worker.ask(&order);
        (answer, worker.memory()[0])
    };
    let (published, watched) = std::thread::scope(|scope| {
        let published = scope.spawn(|| ask(&mut publisher));
        let watched = ask(&mut watcher);
        (published.join().expect("an answer"), watched)
    });
    Sample::of(f64::from(seconds), published, watched)
}

fn film_file(camera: Camera) -> PathBuf {
    let (width, height) = camera.size;
    let name = format!("film-{width}x{height}.i420");
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    film::write(&file, camera.size);
    file
}

pub fn run() {
    if !cfg!(feature = "vp8") {
        println!("*** without pictures: libvpx is missing (Debian: apt install libvpx-dev)");
        return;
    }
    let Some(service) = Service::forwarding("pictures") else {
        return;
    };
    let contenders = Contender::all("pictures", &[OURS], &OTHERS);
    let mut targets = Targets::new();
    let rounds = rounds(5);
    println!("load average at the beginning: {}", load_average());
    for camera in CAMERAS {
        let file = film_file(camera);
        let mut taken: Vec<Vec<Sample>> = contenders.iter().map(|_| Vec::new()).collect();
        for round in 0..rounds {
            for turn in 0..contenders.len() {
                let index = (round + turn) % contenders.len();
                taken[index].push(sample(&service, &contenders[index], camera, &file));
            }
        }
        let _ = std::fs::remove_file(file);
        report::print(camera, rounds, &contenders, &taken, &mut targets);
    }
    println!("load average at the end: {}", load_average());
    targets.print("pictures");
}
