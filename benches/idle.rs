//! Meetings in which nothing happens: what each needs of memory, threads and processor time, and how
//! long it takes to join them all at once.
//!
//! Each is in a room of its own, over https and without media; all are in one process. Memory is
//! taken before the first of them is made, and again when all have been at rest for a while. That
//! while is the library's interval between two signs of life, so that each meeting sends one.
//!
//! A worker is asked `join <room> ...` and answers the milliseconds until all had joined; `rest
//! <seconds>`, and answers the microseconds of processor time meanwhile.

use std::time::{Duration, Instant};

use vsdk::Meeting;
use vsdk::meeting::Mode;

use crate::support::figures::{Figure, Table, processor_time_us};
use crate::support::meetings;
use crate::support::others::{Contender, Other};
use crate::support::rounds;
use crate::support::service::Service;
use crate::support::worker::{Goal, answer_orders};

const OFFICIAL: &str = "videosdk, Python";
const OTHERS: [Other; 1] = [("videosdk-meetings", OFFICIAL)];

const COUNTS: [usize; 3] = [1, 100, 1000];

/// The most meetings that the official SDK is asked for: with more it is about its timeouts.
const MOST_OFFICIAL: usize = 100;

/// In seconds, between two signs of life.
const REST: u32 = 10;

/// Is the library's worker.
pub fn work(goal: &Goal) {
    meetings::configure(goal, false);
    let mut joined: Vec<Meeting> = Vec::new();
    answer_orders(|order| match order {
        ["join", rooms @ ..] => {
            let begin = Instant::now();
            let init = |room: &&str| meetings::init(room, Mode::SignallingOnly);
            let all: Vec<_> = rooms.iter().map(init).collect();
            let joins: Vec<_> = all.iter().map(|it| it.join(meetings::HANG)).collect();
            for join in joins {
                join.wait().expect("a join");
            }
            let took = begin.elapsed();
            joined.extend(all);
            vec![took.as_secs_f64() * 1e3]
        }
        ["rest", seconds] => {
            let before = processor_time_us();
            std::thread::sleep(Duration::from_secs(seconds.parse().expect("a number")));
            let used = processor_time_us() - before;
            assert!(joined.iter().all(meetings::is_connected));
            vec![used]
        }
        _ => panic!("{order:?}: it is not known"),
    });
    let goodbyes: Vec<_> = joined.iter().map(|it| it.leave(meetings::HANG)).collect();
    for goodbye in goodbyes {
        goodbye.wait().expect("a goodbye");
    }
}

/// What one round came to; memory in KiB.
struct Sample {
    join_ms: f64,
    resident: f64,
    resident_more: f64,
    private_more: f64,
    threads: f64,
    processor_us: f64,
}

fn measure(contender: &Contender, service: &Service, count: usize) -> Sample {
    let rooms = service.rooms(count);
    let mut worker = contender.start(service);
    let [resident_before, private_before] = worker.memory();
    let join_ms = worker.ask(&format!("join {}", rooms.join(" ")))[0];
    let processor_us = worker.ask(&format!("rest {REST}"))[0];
    let [resident, private] = worker.memory();
    Sample {
        join_ms,
        resident,
        resident_more: resident - resident_before,
        private_more: private - private_before,
        threads: worker.threads(),
        processor_us,
    }
}

pub fn run() {
    let service = Service::start();
    let contenders = Contender::all("idle", &["vsdk, Rust"], &OTHERS);
    let rounds = rounds(3);
    let mut table = Table::new(&[
        "client",
        "meetings",
        "all joined after, ms",
        "resident, MiB",
        "more per meeting, KiB",
        "of it private, KiB",
        "threads",
        "us of processor time per meeting and second",
    ]);
    for count in COUNTS {
        let takes_part =
            |contender: &&Contender| contender.name() != OFFICIAL || count <= MOST_OFFICIAL;
        let contenders: Vec<_> = contenders.iter().filter(takes_part).collect();
        let mut taken: Vec<Vec<Sample>> = contenders.iter().map(|_| Vec::new()).collect();
        for round in 0..rounds {
            for turn in 0..contenders.len() {
                let index = (round + turn) % contenders.len();
                taken[index].push(measure(contenders[index], &service, count));
            }
        }
        let each = 1.0 / count as f64;
        for (contender, samples) in contenders.iter().zip(&taken) {
            let show = |decimals, value: &dyn Fn(&Sample) -> f64| {
                Figure::of(samples.iter().map(value).collect()).show(decimals)
            };
            table.row([
                contender.name().to_owned(),
                count.to_string(),
                show(1, &|sample| sample.join_ms),
                show(1, &|sample| sample.resident / 1024.0),
                show(1, &|sample| sample.resident_more * each),
                show(1, &|sample| sample.private_more * each),
                show(0, &|sample| sample.threads),
                show(1, &|sample| sample.processor_us * each / f64::from(REST)),
            ]);
        }
    }
    table.print(&format!(
        "idle, meetings at rest for {REST} s; {rounds} rounds"
    ));
}
