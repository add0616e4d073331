//! Messages from a participant to itself: published, and received because it has subscribed.
//!
//! Messages are published at fixed moments, whether earlier ones have come back or not, and the time
//! of each counts from its moment: who falls behind does not get fewer messages, but late ones. The
//! moments are kept by a thread that sleeps until each, with everybody, so that its waking is in
//! every figure. Beside the library are the official SDK for Python, and [`echo`]: a WebSocket that
//! sends back what it gets, with frames as long as those that publish.
//!
//! A worker is asked `<room> <messages per second> <messages>`, and answers the microseconds of each
//! message, in the order in which they were published; `NaN` for one that did not come back.

mod echo;
mod ways;

use crate::support::figures::{Figure, Table};
use crate::support::others::{Contender, Other};
use crate::support::service::Service;
use crate::support::worker::Worker;
use crate::support::{is_quick, rounds};

pub use ways::work;

const OTHERS: [Other; 1] = [("videosdk-meetings", "videosdk, Python")];

/// Messages per second, rounds, and messages of a round.
const CASES: [(usize, usize, usize); 3] = [(1, 3, 20), (100, 7, 300), (1000, 7, 3000)];

/// What one round came to. Times are in microseconds.
struct Sample {
    median: f64,
    /// 99 of 100 messages came within this time, and one later.
    p99: f64,
    /// Messages that came back, per second from the first moment to the last arrival.
    rate: f64,
    lost: usize,
}

impl Sample {
    fn of(times: &[f64], rate: usize) -> Self {
        let seconds = |(number, time): (usize, &f64)| number as f64 / rate as f64 + time / 1e6;
        let arrivals = times.iter().enumerate().filter(|(_, time)| !time.is_nan());
        let came: Vec<f64> = arrivals.clone().map(|(_, time)| *time).collect();
        assert!(!came.is_empty(), "no message came back");
        let last = arrivals.map(seconds).fold(0.0, f64::max);
        Self {
            rate: came.len() as f64 / last.max(times.len() as f64 / rate as f64),
            lost: times.len() - came.len(),
            median: Figure::of(came.clone()).median,
            p99: p99(came),
        }
    }
}

fn p99(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[(values.len() * 99).div_ceil(100) - 1]
}

pub fn run() {
    let service = Service::start();
    let mut echo_server = Worker::own("messages", ways::ECHO_SERVER, &service);
    let port = echo_server.ask("port")[0].to_string();
    let contenders = Contender::all("messages", &ways::NAMES, &OTHERS);
    let goals: Vec<_> = contenders
        .iter()
        .map(|contender| match contender.name() {
            ways::ECHO => port.clone(),
            _ => service.room(),
        })
        .collect();
    let mut workers: Vec<_> = contenders.iter().map(|it| it.start(&service)).collect();
    for (worker, goal) in workers.iter_mut().zip(&goals) {
        worker.ask(&format!("{goal} 100 100"));
    }
    for (rate, usual_rounds, usual_count) in CASES {
        let rounds = rounds(usual_rounds);
        let count = if is_quick() { rate.max(2) } else { usual_count };
        let mut taken: Vec<Vec<Sample>> = workers.iter().map(|_| Vec::new()).collect();
        for round in 0..rounds {
            for turn in 0..workers.len() {
                let index = (round + turn) % workers.len();
                let times = workers[index].ask(&format!("{} {rate} {count}", goals[index]));
                assert_eq!(times.len(), count, "{}", workers[index].name);
                taken[index].push(Sample::of(&times, rate));
            }
        }
        print(&workers, &taken, rate, count);
    }
}

fn print(workers: &[Worker], taken: &[Vec<Sample>], rate: usize, count: usize) {
    let mut table = Table::new(&[
        "client",
        "p50, us",
        "p99, us",
        "p50 to echo",
        "back per second",
        "lost",
    ]);
    let echo = workers.iter().position(|worker| worker.name == ways::ECHO);
    let echo = &taken[echo.expect("it is one of our own")];
    for (worker, samples) in workers.iter().zip(taken) {
        let figure =
            |value: &dyn Fn(&Sample) -> f64| Figure::of(samples.iter().map(value).collect());
        let ratios = samples.iter().zip(echo);
        let ratios = ratios.map(|(sample, echo)| sample.median / echo.median);
        let lost: usize = samples.iter().map(|sample| sample.lost).sum();
        table.row([
            worker.name.to_owned(),
            figure(&|sample| sample.median).show(0),
            figure(&|sample| sample.p99).show(0),
            Figure::of(ratios.collect()).show(2),
            format!("{:.0}", figure(&|sample| sample.rate).median),
            lost.to_string(),
        ]);
    }
    table.print(&format!(
        "messages, {rate} per second; {} rounds of {count} messages",
        echo.len()
    ));
}
