//! Joining a meeting over https, from the call until the meeting is connected, with microphone and
//! camera off.
//!
//! Beside the library: the official SDK for Python, and [`bare`], which takes the same steps over the
//! network and does nothing else. In each round everybody takes a turn alone, in a new process: its
//! first join, in which all is made that a process makes once, and more of them. Leaving is not
//! measured.
//!
//! A worker is asked `<room> <joins>`, and answers the milliseconds of each.

pub mod bare;
mod ways;

use crate::support::figures::{Figure, Table};
use crate::support::others::{Contender, Other};
use crate::support::rounds;
use crate::support::service::Service;
use crate::support::worker::{Goal, answer_orders};

/// Whom the others are compared with.
const BARE: &str = ways::NAMES[0];
const OFFICIAL: &str = "videosdk, Python";

const OTHERS: [Other; 2] = [
    ("python-join", "vsdk, Python"),
    ("videosdk-meetings", OFFICIAL),
];

/// How many joins of a process there are after its first.
const LATER: usize = 20;

/// Is the worker of that name.
pub fn work(name: &str, goal: &Goal) {
    let mut join = ways::find(name, goal).expect("a way that is known");
    answer_orders(|order| {
        let count: usize = order[1].parse().expect("a number");
        let took = (0..count).map(|_| join(order[0]).as_secs_f64() * 1e3);
        took.collect()
    });
}

/// What one contender came to in one round, in milliseconds.
struct Sample {
    first: f64,
    later: f64,
}

pub fn run() {
    let service = Service::start();
    let contenders = Contender::all("join", &ways::NAMES, &OTHERS);
    let rooms = service.rooms(contenders.len());
    let sample = |index: usize| {
        let mut worker = contenders[index].start(&service);
        let mut joins = |count| worker.ask(&format!("{} {count}", rooms[index]));
        Sample {
            first: joins(1)[0],
            later: Figure::of(joins(LATER)).median,
        }
    };
    // Programs come from the disk once.
    for index in 0..contenders.len() {
        sample(index);
    }
    let rounds = rounds(31);
    let mut taken: Vec<Vec<Sample>> = Vec::new();
    for round in 0..rounds {
        let mut samples: Vec<Option<Sample>> = contenders.iter().map(|_| None).collect();
        for turn in 0..contenders.len() {
            let index = (round + turn) % contenders.len();
            samples[index] = Some(sample(index));
        }
        taken.push(samples.into_iter().flatten().collect());
    }
    let title = format!("the first join of a process; {rounds} rounds");
    print(&title, &contenders, &taken, |sample| sample.first);
    let title = format!("later joins of a process; {rounds} rounds, medians of {LATER} joins");
    print(&title, &contenders, &taken, |sample| sample.later);
}

fn print(
    title: &str,
    contenders: &[Contender],
    taken: &[Vec<Sample>],
    value: impl Fn(&Sample) -> f64,
) {
    let mut table = Table::new(&["client", "ms", "to videosdk", "to bare"]);
    for (index, contender) in contenders.iter().enumerate() {
        let figure = |of: &dyn Fn(&[Sample]) -> f64| {
            Figure::of(taken.iter().map(|samples| of(samples)).collect())
        };
        // Within a round.
        let to = |name: &str| {
            let other = contenders.iter().position(|other| other.name() == name);
            other.map_or("-".to_owned(), |other| {
                figure(&|samples| value(&samples[index]) / value(&samples[other])).show(2)
            })
        };
        table.row([
            contender.name().to_owned(),
            figure(&|samples| value(&samples[index])).show(2),
            to(OFFICIAL),
            to(BARE),
        ]);
    }
    table.print(&format!("join, {title}"));
}
