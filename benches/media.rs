//! Media through the media server of the service: how soon it comes, what it costs, how long it takes.
//!
//! Beside the library: the official SDK for Python, and [`bare`], which drives the WebRTC library under
//! this one directly and does nothing else; once more with threads of its own for what is sent and what
//! came, as the app of any library has them. Everybody is in a process of its own and carries the same
//! frames ([`content`]), which decode to next to nothing: that SDK decodes what it receives, whether
//! that is wanted or not, and what decoding costs is none of what is compared here.
//!
//! What a worker is asked, and what it answers:
//!
//! | Order | Answer |
//! |---|---|
//! | `send <room> <sounds> <pictures> <bytes of a picture>` | nothing, when it has joined and sends |
//! | `quiet`, `loud` | nothing; who sends goes on to do so later, or now |
//! | `receive <room> <tracks>` | nothing, when it has joined and of each track something came |
//! | `measure <seconds>` | microseconds of processor time, allocations, packets or frames that came |
//! | `first <room>` | milliseconds from the call of join to the first sound, and to the first key frame |
//! | `latency <room> <sounds> <pictures> <bytes of a picture> <frames>` | microseconds of each frame |

mod bare;
pub mod content;
mod first;
mod latency;
mod load;
mod memory;
mod ours;

use std::time::Duration;

use crate::support::allocations;
use crate::support::figures::processor_time_us;
use crate::support::others::{Contender, Other};
use crate::support::service::Service;
use crate::support::targets::Targets;
use crate::support::worker::{Goal, Worker, answer_orders};
use bare::Threads;
use content::Spec;

const BARE: &str = "bare";
const HANDED: &str = "bare, handed over";
const OURS: &str = "vsdk, Rust";
const OFFICIAL: &str = "videosdk, Python";
const OTHERS: [Other; 1] = [("videosdk-media", OFFICIAL)];

/// How many frames come before the first whose latency counts.
const LATENCY_WARM_UP: usize = 25;

/// A participant, or several, of one kind.
trait Client {
    fn send(&mut self, room: &str, spec: Spec);
    fn set_quiet(&mut self, is_quiet: bool);
    fn receive(&mut self, room: &str, tracks: usize);
    /// How many packets came so far, or frames.
    fn received(&self) -> u64;
    /// From the call of join to the first sound, and to the first key frame.
    fn first(&mut self, room: &str) -> [Duration; 2];
    /// Of so many frames, in microseconds.
    fn latencies(&mut self, room: &str, spec: Spec, frames: usize) -> Vec<f64>;
}

/// Is the worker of that name.
pub fn work(name: &str, goal: &Goal) {
    let mut client: Box<dyn Client> = match name {
        BARE => Box::new(bare::Bare::new(goal, Threads::One)),
        HANDED => Box::new(bare::Bare::new(goal, Threads::Two)),
        _ => Box::new(ours::Ours::new(goal)),
    };
    allocations::begin();
    answer_orders(|order| match order {
        ["send", room, spec @ ..] => {
            client.send(room, Spec::of(spec));
            Vec::new()
        }
        ["quiet"] => {
            client.set_quiet(true);
            Vec::new()
        }
        ["loud"] => {
            client.set_quiet(false);
            Vec::new()
        }
        ["receive", room, tracks] => {
            client.receive(room, tracks.parse().expect("a number"));
            Vec::new()
        }
        ["measure", seconds] => {
            let seconds = Duration::from_secs(seconds.parse().expect("a number"));
            let now = || {
                let allocations = allocations::so_far() as f64;
                [processor_time_us(), allocations, client.received() as f64]
            };
            let before = now();
            std::thread::sleep(seconds);
            let mut used = now();
            used.iter_mut()
                .zip(before)
                .for_each(|(it, before)| *it -= before);
            used.to_vec()
        }
        ["first", room] => {
            let took = client.first(room);
            took.map(|took| took.as_secs_f64() * 1e3).to_vec()
        }
        ["latency", room, spec @ .., frames] => {
            let frames = frames.parse().expect("a number");
            client.latencies(room, Spec::of(spec), frames)
        }
        _ => panic!("{order:?}: it is not known"),
    });
}

/// Somebody of the benchmark's own.
fn own(name: &'static str, service: &Service) -> Worker {
    Worker::own("media", name, service)
}

pub fn run() {
    let Some(service) = Service::forwarding("media") else {
        return;
    };
    let mut contenders = Contender::all("media", &[BARE, OURS], &OTHERS);
    let mut targets = Targets::new();
    first::run(&service, &contenders, &mut targets);
    // Threads matter to what a frame costs, and how long it takes.
    contenders.insert(1, Contender::Own("media", HANDED));
    load::run(&service, &contenders, &mut targets);
    latency::run(&service, &contenders, &mut targets);
    targets.print("media");
}

pub fn run_memory() {
    if let Some(service) = Service::forwarding("media") {
        // The official SDK ends its transport when it is to receive that many tracks.
        memory::run(&service, &Contender::all("media", &[BARE, OURS], &[]));
    }
}
