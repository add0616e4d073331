//! Ways to send messages that this program knows by itself, and the moments at which they are sent.

use std::time::{Duration, Instant};

use vsdk::meeting::{EventType, Mode, PublishOptions};
use vsdk::{Meeting, NextEvent, Timeout};

use super::echo;
use crate::support::meetings;
use crate::support::worker::{Goal, answer_orders};

/// The names of all ways.
pub const NAMES: [&str; 3] = [ECHO, PLAIN, "vsdk, Rust, TLS"];
pub const ECHO: &str = "WebSocket echo, plain";
const PLAIN: &str = "vsdk, Rust, plain";

/// Who sends back what the echo sends.
pub const ECHO_SERVER: &str = "the server of the echo";

/// How long what was published may take to come back after the last one.
const LATE: Duration = Duration::from_secs(10);

pub const TOPIC: &str = "BENCHMARK";

/// How many bytes a message has.
const LENGTH: usize = 100;

/// A message that begins with its number.
pub fn text(number: usize) -> String {
    format!("{:.<LENGTH$}", format!("{number} "))
}

/// The number of a message.
pub fn number(text: &str) -> usize {
    let number = text.split(' ').next().and_then(|text| text.parse().ok());
    number.expect("a message of this program")
}

/// The moments at which messages are sent.
#[derive(Clone, Copy)]
pub struct Schedule {
    begin: Instant,
    interval: Duration,
    pub count: usize,
}

impl Schedule {
    pub fn new(rate: usize, count: usize) -> Self {
        Self {
            begin: Instant::now() + Duration::from_millis(20),
            interval: Duration::from_secs(1) / u32::try_from(rate).expect("a small number"),
            count,
        }
    }

    fn moment(&self, number: usize) -> Instant {
        self.begin + self.interval * u32::try_from(number).expect("a small number")
    }

    /// The thread that keeps them.
    pub fn keep(&self, mut send: impl FnMut(usize)) {
        for number in 0..self.count {
            std::thread::sleep(
                self.moment(number)
                    .saturating_duration_since(Instant::now()),
            );
            send(number);
        }
    }

    /// After which nobody waits any more.
    pub fn end(&self) -> Instant {
        self.moment(self.count) + LATE
    }
}

/// The messages that have come back.
pub struct Arrivals {
    schedule: Schedule,
    times_us: Vec<f64>,
    missing: usize,
}

impl Arrivals {
    pub fn new(schedule: Schedule) -> Self {
        Self {
            schedule,
            times_us: vec![f64::NAN; schedule.count],
            missing: schedule.count,
        }
    }

    /// Notes one; says whether it was the last.
    pub fn note(&mut self, number: usize) -> bool {
        let took = self.schedule.moment(number).elapsed();
        assert!(self.times_us[number].is_nan(), "{number} came twice");
        self.times_us[number] = took.as_secs_f64() * 1e6;
        self.missing -= 1;
        self.missing == 0
    }

    pub fn times_us(self) -> Vec<f64> {
        self.times_us
    }
}

/// Is the worker of that name.
pub fn work(name: &str, goal: &Goal) {
    if name == ECHO_SERVER {
        let port = echo::serve();
        answer_orders(|_| vec![port.into()]);
        return;
    }
    assert!(NAMES.contains(&name), "{name}: it is not known");
    if name != ECHO {
        meetings::configure(goal, name == PLAIN);
    }
    answer_orders(|order| {
        let number = |index: usize| order[index].parse().expect("a number");
        let (rate, count) = (number(1), number(2));
        if name == ECHO {
            return echo::send(order[0], rate, count);
        }
        let meeting = meetings::init(order[0], Mode::SignallingOnly);
        meeting.join(meetings::HANG).wait().expect("a join");
        let subscribed = meeting.subscribe(TOPIC, meetings::HANG);
        subscribed.wait().expect("a subscription");
        let times = send(&meeting, Schedule::new(rate, count));
        meetings::leave(&meeting);
        times
    });
}

/// One thread publishes, another reads the events.
fn send(meeting: &Meeting, schedule: Schedule) -> Vec<f64> {
    let options = PublishOptions::new();
    let mut arrivals = Arrivals::new(schedule);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            // Whether it was taken is seen when it comes back.
            schedule.keep(|number| {
                drop(meeting.publish(TOPIC, &text(number), &options, Timeout::Default));
            });
        });
        loop {
            let within = schedule.end().saturating_duration_since(Instant::now());
            let next = meeting.next_event(Timeout::After(within));
            let NextEvent::Event(event) = next.expect("no handler is set") else {
                break;
            };
            if event.kind() == EventType::Message {
                let text = std::str::from_utf8(event.payload()).expect("text");
                if arrivals.note(number(text)) {
                    break;
                }
            }
        }
    });
    arrivals.times_us()
}
