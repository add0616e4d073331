//! What a worker is asked and answers: `<in flight> <calls>`, and then `<microseconds per call>
//! <microseconds of processor time per call> <median latency in microseconds>`.

use super::ways;
use crate::support::worker::{Goal, Worker, answer_orders};

/// What one round of one way came to.
pub struct Sample {
    pub latency_us: f64,
    pub per_call_us: f64,
    pub processor_us: f64,
}

/// Is the worker of that name.
pub fn work(name: &str, goal: &Goal) {
    let measure = ways::find(name, goal).expect("a way that is known");
    answer_orders(|order| {
        let number = |index: usize| order[index].parse().expect("a number");
        let sample = measure(number(0), number(1));
        vec![sample.per_call_us, sample.processor_us, sample.latency_us]
    });
}

pub fn round(worker: &mut Worker, in_flight: usize, calls: usize) -> Sample {
    let answer = worker.ask(&format!("{in_flight} {calls}"));
    let [per_call_us, processor_us, latency_us] = answer[..] else {
        panic!("{} answers {answer:?}", worker.name);
    };
    Sample {
        latency_us,
        per_call_us,
        processor_us,
    }
}
