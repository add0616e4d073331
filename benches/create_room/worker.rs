//! A worker: a program of its own that creates rooms in one way, round after round.
//!
//! It says `ready`, then reads lines `<in flight> <calls>` and answers each with `<microseconds per
//! call> <microseconds of processor time per call> <median latency in microseconds>`. It ends with
//! its standard input. Where to create rooms it reads in the environment.

use std::io::{BufRead, BufReader, Lines, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::ways;
use crate::support::service::{API_KEY, SECRET, Service};

/// The argument that makes a benchmark be a worker.
const WORK: &str = "--work=";

/// Where rooms are created, and with which token.
pub struct Goal {
    pub url: String,
    pub token: String,
}

/// What one round of one way came to.
pub struct Sample {
    pub latency_us: f64,
    pub per_call_us: f64,
    pub processor_us: f64,
}

/// To be called first in `main`: whether this process was started to be a worker. If so, it has
/// been.
pub fn has_worked() -> bool {
    let Some(name) = std::env::args().find_map(|it| it.strip_prefix(WORK).map(str::to_owned))
    else {
        return false;
    };
    let setting = |name| std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set"));
    let goal = Goal {
        url: setting("VIDEOSDK_API_ENDPOINT"),
        token: setting("VIDEOSDK_TOKEN"),
    };
    let measure = ways::find(&name, &goal).expect("a way that is known");
    println!("ready");
    for line in std::io::stdin().lines() {
        let line = line.expect("text");
        let mut numbers = line.split(' ').map(|it| it.parse().expect("a number"));
        let mut number = || numbers.next().expect("two numbers");
        let sample = measure(number(), number());
        println!(
            "{} {} {}",
            sample.per_call_us, sample.processor_us, sample.latency_us
        );
    }
    true
}

/// A running worker; it ends with this.
pub struct Worker {
    pub name: &'static str,
    process: Child,
    orders: Option<ChildStdin>,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Worker {
    /// This program, in one of its own ways.
    pub fn own(name: &'static str, service: &Service) -> Self {
        let mut command = Command::new(std::env::current_exe().expect("the path of this program"));
        command.arg(format!("{WORK}{name}"));
        Self::start(name, command, service).unwrap_or_else(|reason| panic!("{name}: {reason}"))
    }

    /// Another program; the reason why there is none.
    pub fn start(
        name: &'static str,
        mut command: Command,
        service: &Service,
    ) -> Result<Self, String> {
        let mut process = command
            .env("VIDEOSDK_API_ENDPOINT", &service.url)
            .env("VIDEOSDK_TOKEN", &service.token)
            .env("VIDEOSDK_API_KEY", API_KEY)
            .env("VIDEOSDK_SECRET", SECRET)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{:?}: {error}", command.get_program()))?;
        let mut worker = Self {
            name,
            orders: process.stdin.take(),
            answers: BufReader::new(process.stdout.take().expect("it is piped")).lines(),
            process,
        };
        match worker.answers.next() {
            Some(Ok(line)) if line == "ready" => Ok(worker),
            // Its environment holds the secret.
            answer => Err(format!(
                "{:?} answers {answer:?} instead of being ready",
                command.get_program()
            )),
        }
    }

    pub fn round(&mut self, in_flight: usize, calls: usize) -> Sample {
        let orders = self.orders.as_mut().expect("open as long as this");
        writeln!(orders, "{in_flight} {calls}").expect("it listens");
        let answer = self.answers.next();
        let answer = answer
            .unwrap_or_else(|| panic!("{} has ended", self.name))
            .expect("text");
        let mut numbers = answer.split(' ').map(|it| it.parse().expect("a number"));
        let mut number = || numbers.next().expect("three numbers");
        Sample {
            per_call_us: number(),
            processor_us: number(),
            latency_us: number(),
        }
    }

    /// What it has in memory, in KiB: resident, and the part of it that no other process shares.
    pub fn memory(&self) -> [f64; 2] {
        let path = format!("/proc/{}/status", self.process.id());
        let status = std::fs::read_to_string(path).expect("it runs");
        ["VmRSS:", "RssAnon:"].map(|name| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let number = line.expect("the kernel tells").split_whitespace().next();
            number.expect("a number").parse().expect("a number")
        })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        drop(self.orders.take());
        let _ = self.process.wait();
    }
}
