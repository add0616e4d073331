//! What raw sound and raw pictures cost where they are encoded, decoded, mixed and converted: the
//! processor time of the threads that do it, and nothing of the network but where it is said.
//!
//! Sound goes through the library as an app's does, at its pace, while the media server of the service
//! is another process ([`sound`]). Beside it is libopus, called directly with the same settings at the
//! same pace. Pixels are converted by the library's own files ([`pixels`]) and by libyuv in C, without
//! any pause.
//!
//! What a worker is asked, and what it answers:
//!
//! | Order | Answer |
//! |---|---|
//! | `encode <room> <load> <seconds>` | microseconds of processor time for 20 ms of sound |
//! | `decode <room> <tracks> <seconds>` | microseconds of processor time for 20 ms of sound, all tracks together; the same of the whole process; which part of it was made up |
//! | `send <room> <tracks>` | nothing, when it has joined and sends speech that was encoded before |
//! | `convert <what> <pictures>` | microseconds of processor time for each picture |

#[cfg(feature = "opus")]
mod direct;
#[cfg(feature = "opus")]
mod load;
#[cfg(feature = "video")]
mod pixels;
#[cfg(feature = "opus")]
mod sound;

use crate::support::figures::{Figure, Table, load_average};
use crate::support::others::{Contender, Other};
use crate::support::service::Service;
use crate::support::targets::Targets;
use crate::support::worker::{Goal, Worker, answer_orders};
use crate::support::{is_quick, rounds};

const OURS: &str = "vsdk, Rust";
const LIBOPUS: &str = "libopus, directly";
const LIBYUV: Other = ("libyuv", "libyuv, C");

/// What is encoded, as workers are told it.
const ENCODED: [(&str, &str); 2] = [
    ("speech", "speech, mono, 24 kbit/s"),
    ("shared", "shared sound, stereo, 192 kbit/s"),
];

/// How many tracks are heard at once.
const HEARD: [usize; 2] = [1, 50];

/// What is done with pictures of 1280 x 720, as workers are told it.
const CONVERTED: [(&str, &str); 5] = [
    ("i420-rgba", "I420 to RGBA"),
    ("rgba-i420", "RGBA to I420"),
    ("bgra-i420", "BGRA to I420"),
    ("nv12-i420", "NV12 to I420"),
    ("scale", "I420 to 640 x 360"),
];

/// Is the worker of that name.
pub fn work(name: &str, goal: &Goal) {
    #[cfg(feature = "opus")]
    let mut client = sound::client(name, goal);
    answer_orders(|order| match order {
        #[cfg(feature = "opus")]
        ["encode", room, load, seconds] => client.encode(
            room,
            load::Load::of(load),
            seconds.parse().expect("a number"),
        ),
        #[cfg(feature = "opus")]
        ["decode", room, tracks, seconds] => {
            let [tracks, seconds] = [tracks, seconds].map(|it| it.parse().expect("a number"));
            client.decode(room, tracks, seconds as u32)
        }
        #[cfg(feature = "opus")]
        ["send", room, tracks] => {
            client.send(room, tracks.parse().expect("a number"));
            Vec::new()
        }
        #[cfg(feature = "video")]
        ["convert", what, pictures] => {
            let us = pixels::convert(what, pictures.parse().expect("a number"));
            vec![us]
        }
        _ => panic!("{order:?}: {name} does not know it"),
    });
    // Without both it is nobody.
    let _ = goal;
}

pub fn run() {
    let mut targets = Targets::new();
    println!("load average at the beginning: {}", load_average());
    match cfg!(feature = "opus") {
        true => {
            if let Some(service) = Service::forwarding("sound") {
                encoding(&service);
                decoding(&service, &mut targets);
            }
        }
        false => println!("*** without sound: built without `opus`"),
    }
    match cfg!(feature = "video") {
        true => converting(),
        false => println!("*** without pixels: libvpx is missing (Debian: apt install libvpx-dev)"),
    }
    println!("load average at the end: {}", load_average());
    targets.print("codecs");
}

/// All answers of each contender, which take turns.
fn taken(
    contenders: &[Contender],
    rounds: usize,
    mut measure: impl FnMut(&Contender) -> Vec<f64>,
) -> Vec<Vec<Vec<f64>>> {
    let mut taken: Vec<Vec<Vec<f64>>> = contenders.iter().map(|_| Vec::new()).collect();
    for round in 0..rounds {
        for turn in 0..contenders.len() {
            let index = (round + turn) % contenders.len();
            taken[index].push(measure(&contenders[index]));
        }
    }
    taken
}

fn figure(answers: &[Vec<f64>], value: impl Fn(&[f64]) -> f64) -> Figure {
    Figure::of(answers.iter().map(|answer| value(answer)).collect())
}

/// What the first number came to beside that of another, within a round.
fn ratio(own: &[Vec<f64>], other: &[Vec<f64>]) -> Figure {
    let pairs = own.iter().zip(other);
    Figure::of(pairs.map(|(own, other)| own[0] / other[0]).collect())
}

fn seconds() -> u32 {
    if is_quick() { 1 } else { 6 }
}

fn encoding(service: &Service) {
    let contenders = Contender::all("codecs", &[LIBOPUS, OURS], &[]);
    let rounds = rounds(5);
    let mut table = Table::new(&["what", "client", "us for 20 ms", "to libopus"]);
    for (load, what) in ENCODED {
        let order = |room: String| format!("encode {room} {load} {}", seconds());
        let taken = taken(&contenders, rounds, |contender| {
            contender.start(service).ask(&order(service.room()))
        });
        for (contender, answers) in contenders.iter().zip(&taken) {
            table.row([
                what.to_owned(),
                contender.name().to_owned(),
                figure(answers, |it| it[0]).show(1),
                ratio(answers, &taken[0]).show(2),
            ]);
        }
    }
    table.print(&format!("codecs, sound encoded; {rounds} rounds"));
}

fn decoding(service: &Service, targets: &mut Targets) {
    let contenders = Contender::all("codecs", &[LIBOPUS, OURS], &[]);
    let rounds = rounds(5);
    let mut table = Table::new(&[
        "tracks",
        "client",
        "us for 20 ms",
        "to libopus",
        "ms of processor time per second",
        "tracks per core",
        "with the network, ms per second",
        "tracks per core",
        "made up, %",
    ]);
    for tracks in HEARD {
        let measure = |contender: &Contender| {
            let room = service.room();
            let mut sender = Worker::own("codecs", OURS, service);
            sender.ask(&format!("send {room} {tracks}"));
            let order = format!("decode {room} {tracks} {}", seconds());
            contender.start(service).ask(&order)
        };
        let taken = taken(&contenders, rounds, measure);
        // 50 times 20 ms are a second.
        let per_second = |us: f64| us * 50.0 / 1e3;
        let per_core = |us: f64| tracks as f64 * 1e3 / per_second(us);
        for (contender, answers) in contenders.iter().zip(&taken) {
            let show =
                |decimals, value: &dyn Fn(&[f64]) -> f64| figure(answers, value).show(decimals);
            let networked = |text: String| match contender.name() {
                LIBOPUS => "-".to_owned(),
                _ => text,
            };
            table.row([
                tracks.to_string(),
                contender.name().to_owned(),
                show(1, &|it| it[0]),
                ratio(answers, &taken[0]).show(2),
                show(1, &|it| per_second(it[0])),
                show(0, &|it| per_core(it[0])),
                networked(show(1, &|it| per_second(it[1]))),
                networked(show(0, &|it| per_core(it[1]))),
                networked(show(2, &|it| it[2] * 100.0)),
            ]);
            if contender.name() == OURS && tracks > 1 {
                let what = format!("{tracks} received sounds, mixed: tracks per core");
                targets.told(&what, figure(answers, |it| per_core(it[0])), 0, "");
                let what = format!("{what}, with all that the process does");
                targets.told(&what, figure(answers, |it| per_core(it[1])), 0, "");
            }
        }
    }
    table.print(&format!("codecs, sound decoded and mixed; {rounds} rounds"));
}

fn converting() {
    // Nothing of it is asked for; workers are told of one.
    let service = Service::start();
    let contenders = Contender::all("codecs", &[OURS], &[LIBYUV]);
    let rounds = rounds(11);
    let pictures = if is_quick() { 20 } else { 200 };
    let mut table = Table::new(&["what", "client", "us for a picture", "to libyuv"]);
    let mut workers: Vec<Worker> = contenders.iter().map(|it| it.start(&service)).collect();
    for (what, called) in CONVERTED {
        let mut taken: Vec<Vec<Vec<f64>>> = workers.iter().map(|_| Vec::new()).collect();
        for _ in 0..rounds {
            for (worker, answers) in workers.iter_mut().zip(&mut taken) {
                answers.push(worker.ask(&format!("convert {what} {pictures}")));
            }
        }
        for (worker, answers) in workers.iter().zip(&taken) {
            let to = (taken.len() > 1).then(|| ratio(answers, &taken[1]).show(2));
            table.row([
                called.to_owned(),
                worker.name.to_owned(),
                figure(answers, |it| it[0]).show(0),
                to.unwrap_or("-".to_owned()),
            ]);
        }
    }
    table.print(&format!(
        "codecs, pixels of 1280 x 720; {rounds} rounds of {pictures}"
    ));
}
