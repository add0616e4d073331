//! A worker: a program of its own that does one thing in one way, as often as it is asked to.
//!
//! It says `ready`, then answers each line that it reads with a line of numbers. It ends with its
//! standard input. Where the service is it reads in the environment.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use super::service::{API_KEY, SECRET, Service};

/// The argument that makes a benchmark be a worker.
const WORK: &str = "--work=";

/// Far more than any answer takes; it only turns a hang into a failure.
const HANG: Duration = Duration::from_secs(600);

/// Where the service is, and the token for it.
pub struct Goal {
    pub url: String,
    pub https_url: String,
    /// The certificate authority behind the latter, in PEM.
    pub ca_pem: String,
    pub token: String,
}

impl Goal {
    fn from_environment() -> Self {
        let setting = |name| std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set"));
        let ca_file = setting("VSDK_BENCH_CA_FILE");
        Self {
            url: setting("VIDEOSDK_API_ENDPOINT"),
            https_url: setting("VSDK_BENCH_HTTPS"),
            ca_pem: std::fs::read_to_string(ca_file).expect("the service wrote it"),
            token: setting("VIDEOSDK_TOKEN"),
        }
    }
}

/// What a process was started to be a worker for: the benchmark, and the way.
pub fn own_work() -> Option<(String, String, Goal)> {
    let work = std::env::args().find_map(|it| it.strip_prefix(WORK).map(str::to_owned))?;
    let (benchmark, name) = work.split_once('/').expect("a benchmark and a way");
    let goal = Goal::from_environment();
    Some((benchmark.to_owned(), name.to_owned(), goal))
}

/// Does what a worker does, until there are no orders any more.
pub fn answer_orders(mut carry_out: impl FnMut(&[&str]) -> Vec<f64>) {
    println!("ready");
    for line in std::io::stdin().lines() {
        let line = line.expect("text");
        let numbers = carry_out(&line.split(' ').collect::<Vec<_>>());
        let numbers: Vec<_> = numbers.iter().map(f64::to_string).collect();
        println!("{}", numbers.join(" "));
    }
}

/// A running worker; it ends with this.
pub struct Worker {
    pub name: &'static str,
    process: Child,
    orders: Option<ChildStdin>,
    answers: Receiver<String>,
}

impl Worker {
    /// This program, in one of the benchmark's own ways.
    pub fn own(benchmark: &str, name: &'static str, service: &Service) -> Self {
        let mut command = Command::new(std::env::current_exe().expect("the path of this program"));
        command.arg(format!("{WORK}{benchmark}/{name}"));
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
            .env("VSDK_BENCH_HTTPS", &service.https_url)
            .env("VSDK_BENCH_CA_FILE", &service.ca_file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{:?}: {error}", command.get_program()))?;
        let lines = BufReader::new(process.stdout.take().expect("it is piped")).lines();
        let (sender, answers) = channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        let worker = Self {
            name,
            orders: process.stdin.take(),
            answers,
            process,
        };
        match worker.answers.recv_timeout(HANG) {
            Ok(line) if line == "ready" => Ok(worker),
            // Its environment holds the secret.
            answer => Err(format!(
                "{:?} answers {answer:?} instead of being ready",
                command.get_program()
            )),
        }
    }

    /// Has something done; gives the numbers that it came to.
    pub fn ask(&mut self, order: &str) -> Vec<f64> {
        let orders = self.orders.as_mut().expect("open as long as this");
        writeln!(orders, "{order}").expect("it listens");
        let answer = self.answers.recv_timeout(HANG);
        let answer = answer.unwrap_or_else(|error| panic!("{} did not answer: {error}", self.name));
        let numbers = answer.split_whitespace().map(str::parse);
        let numbers: Result<_, _> = numbers.collect();
        numbers.unwrap_or_else(|_| panic!("{} answers {answer:?}", self.name))
    }

    /// What it has in memory, in KiB: resident, and the part of it that no other process shares.
    pub fn memory(&self) -> [f64; 2] {
        ["VmRSS:", "RssAnon:"].map(|name| self.status(name))
    }

    pub fn threads(&self) -> f64 {
        self.status("Threads:")
    }

    fn status(&self, name: &str) -> f64 {
        let path = format!("/proc/{}/status", self.process.id());
        let status = std::fs::read_to_string(path).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let number = line.expect("the kernel tells").split_whitespace().next();
        number.expect("a number").parse().expect("a number")
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        drop(self.orders.take());
        let begin = Instant::now();
        while matches!(self.process.try_wait(), Ok(None)) {
            if begin.elapsed() > HANG || std::thread::panicking() {
                let _ = self.process.kill();
                let _ = self.process.wait();
                return;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}
