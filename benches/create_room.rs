//! Creating rooms through the library, from each language, beside what others wrote doing the same.
//!
//! Each way is a program of its own, so that none finds its code warm because another has the same;
//! the service is one too. All of them take their turn in each of many short rounds. Everyone asks
//! for the same own id, so that the service always has one room to look through, however long this
//! runs.

pub mod others;
mod ways;
mod worker;

use crate::support::figures::{Figure, Table};
use crate::support::service::Service;
use crate::support::worker::Worker;
use worker::Sample;

pub use worker::{round, work};

/// The rows that the others are compared with, by their place in [`ways::NAMES`].
const PEER: usize = 0;
const C: usize = 3;

pub fn run() {
    let service = Service::start();
    let mut workers: Vec<_> = ways::NAMES
        .iter()
        .map(|name| Worker::own("create_room", name, &service))
        .collect();
    workers.extend(others::start_all(&service));
    // What compiles while it runs has done so by then.
    for worker in &mut workers {
        for in_flight in [1, 16, 256] {
            round(worker, in_flight, 2048);
        }
    }
    for (in_flight, rounds, calls) in [(1, 101, 100), (16, 41, 800), (256, 15, 3072)] {
        compare(
            &mut workers,
            in_flight,
            crate::support::rounds(rounds),
            calls,
        );
    }
}

/// Each way in turn, round after round; ratios are taken within a round.
fn compare(workers: &mut [Worker], in_flight: usize, rounds: usize, calls: usize) {
    let mut taken: Vec<Vec<Sample>> = Vec::new();
    for number in 0..rounds {
        let mut samples: Vec<Option<Sample>> = workers.iter().map(|_| None).collect();
        for turn in 0..workers.len() {
            let index = (number + turn) % workers.len();
            samples[index] = Some(round(&mut workers[index], in_flight, calls));
        }
        taken.push(samples.into_iter().flatten().collect());
    }
    let mut table = Table::new(&[
        "way",
        "latency, us",
        "time per call, us",
        "to reqwest",
        "to C",
        "processor time per call, us",
        "to reqwest",
    ]);
    for (index, worker) in workers.iter().enumerate() {
        let figure = |value: &dyn Fn(&[Sample]) -> f64| {
            Figure::of(taken.iter().map(|samples| value(samples)).collect())
        };
        let to = |other: usize| {
            figure(&|samples| samples[index].per_call_us / samples[other].per_call_us).show(2)
        };
        table.row([
            worker.name.to_owned(),
            figure(&|samples| samples[index].latency_us).show(0),
            figure(&|samples| samples[index].per_call_us).show(1),
            to(PEER),
            to(C),
            figure(&|samples| samples[index].processor_us).show(1),
            figure(&|samples| samples[index].processor_us / samples[PEER].processor_us).show(2),
        ]);
    }
    table.print(&format!(
        "create_room, {in_flight} in flight; {rounds} rounds of {calls} calls"
    ));
}
