//! From a frame that an app hands in to the same frame in the hands of another app: both are in one
//! process, the media server in another.

use super::content::Spec;
use super::{BARE, OFFICIAL, OURS};
use crate::support::figures::{Figure, Table};
use crate::support::others::Contender;
use crate::support::service::Service;
use crate::support::targets::Targets;
use crate::support::{is_quick, rounds};

const KINDS: [(&str, Spec, usize); 2] = [
    ("sound, 50 frames a second", Spec::sounds(1), 300),
    (
        "a picture of 2.5 Mbit/s, 30 frames a second",
        Spec::pictures(1),
        300,
    ),
];

/// Of all frames of a round, in milliseconds.
struct Sample {
    p50: f64,
    p99: f64,
}

impl Sample {
    fn of(mut latencies: Vec<f64>) -> Self {
        latencies.sort_by(f64::total_cmp);
        let at = |part: f64| latencies[((latencies.len() - 1) as f64 * part).round() as usize];
        Self {
            p50: at(0.5) / 1e3,
            p99: at(0.99) / 1e3,
        }
    }
}

pub fn run(service: &Service, contenders: &[Contender], targets: &mut Targets) {
    let takes_part = |it: &&Contender| it.name() != OFFICIAL;
    let contenders: Vec<_> = contenders.iter().filter(takes_part).collect();
    let rounds = rounds(5);
    for (what, spec, frames) in KINDS {
        let frames = if is_quick() { frames / 5 } else { frames };
        let measure = |contender: &Contender| {
            let room = service.room();
            let mut worker = contender.start(service);
            let words = spec.words();
            Sample::of(worker.ask(&format!("latency {room} {words} {frames}")))
        };
        let mut taken: Vec<Vec<Sample>> = contenders.iter().map(|_| Vec::new()).collect();
        for round in 0..rounds {
            for turn in 0..contenders.len() {
                let index = (round + turn) % contenders.len();
                taken[index].push(measure(contenders[index]));
            }
        }
        let mut table = Table::new(&[
            "client",
            "p50, ms",
            "more than bare",
            "p99, ms",
            "more than bare",
        ]);
        let bare = contenders.iter().position(|it| it.name() == BARE);
        let bare = &taken[bare.expect("it is there")];
        for (contender, samples) in contenders.iter().zip(&taken) {
            let show = |value: &dyn Fn(&Sample) -> f64| {
                Figure::of(samples.iter().map(value).collect()).show(3)
            };
            // Within a round.
            let mut more = |name: &str, value: &dyn Fn(&Sample) -> f64| {
                let pairs = samples.iter().zip(bare);
                let more = pairs.map(|(own, bare)| value(own) - value(bare));
                let more = Figure::of(more.collect());
                if contender.name() == OURS {
                    let what = format!("frame in to frame out, {what}, {name}, more than bare");
                    targets.at_most(&what, 2.0, more, 3, " ms");
                }
                more.show(3)
            };
            table.row([
                contender.name().to_owned(),
                show(&|sample| sample.p50),
                more("p50", &|sample| sample.p50),
                show(&|sample| sample.p99),
                more("p99", &|sample| sample.p99),
            ]);
        }
        table.print(&format!(
            "media, frame in to frame out, {what}; {rounds} rounds of {frames}"
        ));
    }
}
