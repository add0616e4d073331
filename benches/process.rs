//! From outside, in new processes: the time to the first room, memory and threads.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Instant;

use crate::create_room::{others, round};
use crate::support::figures::{Figure, Table};
use crate::support::others::find;
use crate::support::probe::Probe;
use crate::support::service::Service;

pub fn run() {
    let service = Service::start();
    let probe = Probe::build();
    first_call(&probe, &service);
    first_room_beside_others(&service);
    at_rest(&probe, &service);
}

fn first_call(probe: &Probe, service: &Service) {
    let (mut whole, mut inside, mut warm, mut nothing) = (vec![], vec![], vec![], vec![]);
    for _ in 0..51 {
        let start = Instant::now();
        // Without its arguments it ends at once: starting, loading and linking only.
        let _ = probe.command(&[]).stderr(Stdio::null()).status();
        nothing.push(start.elapsed().as_secs_f64() * 1e3);

        let start = Instant::now();
        let mut process = probe
            .command(&["first-call", &service.url, &service.token])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the probe runs");
        let mut lines = BufReader::new(process.stdout.take().expect("it is piped")).lines();
        let mut figure = || -> f64 {
            let line = lines.next().expect("two lines").expect("text");
            line.parse().expect("a number")
        };
        let first = figure();
        whole.push(start.elapsed().as_secs_f64() * 1e3);
        inside.push(first / 1e3);
        warm.push(figure() / 1e3);
        assert!(process.wait().expect("it ends").success());
    }
    let mut table = Table::new(&["first and later calls", "ms"]);
    for (name, values) in [
        ("a process that loads the library and ends", nothing),
        ("process start to the first room", whole),
        ("main to the first room", inside),
        ("each of the next 100 rooms", warm),
    ] {
        table.row([name.to_owned(), Figure::of(values).show(3)]);
    }
    table.print("First call, a C program, plain HTTP on loopback");
}

/// From outside: the start of a program, its libraries and all, to the reply that it has.
fn first_room_beside_others(service: &Service) {
    let mut table = Table::new(&[
        "program",
        "process start to the first room, ms",
        "resident then, MiB",
        "of it private, MiB",
    ]);
    for found in others::FIRST.into_iter().filter_map(find) {
        let (mut times, mut resident, mut private) = (vec![], vec![], vec![]);
        for number in 0..12 {
            let start = Instant::now();
            let mut worker = found.start(service);
            round(&mut worker, 1, 1);
            // The first one reads from the disk.
            if number > 0 {
                times.push(start.elapsed().as_secs_f64() * 1e3);
                let [all, own] = worker.memory();
                resident.push(all / 1024.0);
                private.push(own / 1024.0);
            }
        }
        table.row([
            found.name.to_owned(),
            Figure::of(times).show(1),
            Figure::of(resident).show(1),
            Figure::of(private).show(1),
        ]);
    }
    table.print("The same in other languages, and with what others wrote");
}

fn at_rest(probe: &Probe, service: &Service) {
    let mut table = Table::new(&["after", "resident, KiB", "of it private, KiB", "threads"]);
    let mut rounds: Vec<Vec<Vec<f64>>> = Vec::new();
    let mut steps = Vec::new();
    for _ in 0..11 {
        let output = probe.output(&["at-rest", &service.url, &service.token]);
        steps.clear();
        rounds.push(
            output
                .lines()
                .map(|line| {
                    let mut cells = line.split('\t');
                    steps.extend(cells.next().map(str::to_owned));
                    cells.map(|cell| cell.parse().expect("a number")).collect()
                })
                .collect(),
        );
    }
    for (number, step) in steps.iter().enumerate() {
        let figure = |column: usize| {
            let values = rounds.iter().map(|round| round[number][column]);
            format!("{:.0}", Figure::of(values.collect()).median)
        };
        table.row([step.clone(), figure(0), figure(1), figure(2)]);
    }
    table.print("Memory and threads, medians");
}
