//! What a packet costs: processor time and allocations of the process that sends it, or receives it,
//! with all that it does besides. In each round all take turns.
//!
//! Who receives listens to the library; a further participant, of [`super::bare`], counts the packets
//! of whoever sends, so that everybody's are counted alike. What the process needs when nothing is sent
//! is told, not subtracted: who has pictures to send uses the rest to find out what the network carries.

use std::time::Duration;

use super::content::Spec;
use super::{BARE, HANDED, OFFICIAL, OURS, own};
use crate::support::figures::{Figure, Table};
use crate::support::others::Contender;
use crate::support::service::Service;
use crate::support::targets::Targets;
use crate::support::{is_quick, rounds};

#[derive(Clone, Copy, PartialEq)]
enum Role {
    Sends,
    Receives,
}

const LOADS: [(&str, Spec); 3] = [
    ("one sound, 50 packets a second", Spec::sounds(1)),
    ("20 sounds, 1,000 packets a second", Spec::sounds(20)),
    ("one picture, 2.5 Mbit/s", Spec::pictures(1)),
];

/// What one contender came to in one round.
struct Sample {
    packets_per_second: f64,
    /// Milliseconds of processor time in a second of rest.
    rest_ms: f64,
    /// Milliseconds of processor time for 1,000 packets.
    ms: f64,
    /// For each packet.
    allocations: f64,
    /// How many such tracks one core could carry.
    tracks_per_core: f64,
}

/// How long it takes until the way out carries all that is sent.
const SETTLE: Duration = Duration::from_secs(3);

/// In which one that had something to send comes to rest.
const CALM: Duration = Duration::from_secs(1);

/// In seconds.
const REST: u32 = 3;

fn measure(service: &Service, contender: &Contender, role: Role, spec: Spec) -> Sample {
    let seconds = if is_quick() { 2 } else { 6 };
    let room = service.room();
    let send = format!("send {room} {}", spec.words());
    let receive = format!("receive {room} {}", spec.tracks());
    let mut counter = own(BARE, service);
    let mut measured = contender.start(service);
    let mut other = (role == Role::Receives).then(|| own(OURS, service));
    other.as_mut().unwrap_or(&mut measured).ask(&send);
    counter.ask(&receive);
    if role == Role::Receives {
        measured.ask(&receive);
    }
    std::thread::sleep(SETTLE);
    let order = format!("measure {seconds}");
    let (used, packets) = std::thread::scope(|scope| {
        let counted = scope.spawn(|| counter.ask(&order)[2]);
        let used = measured.ask(&order);
        (used, counted.join().expect("no panic"))
    });
    other.as_mut().unwrap_or(&mut measured).ask("quiet");
    std::thread::sleep(CALM);
    let rest = measured.ask(&format!("measure {REST}"));
    let seconds = f64::from(seconds);
    assert!(packets > 0.0, "{}: nothing came", contender.name());
    Sample {
        packets_per_second: packets / seconds,
        rest_ms: rest[0] / 1e3 / f64::from(REST),
        ms: used[0] / packets,
        allocations: used[1] / packets,
        tracks_per_core: spec.tracks() as f64 * seconds * 1e6 / used[0],
    }
}

pub fn run(service: &Service, contenders: &[Contender], targets: &mut Targets) {
    let rounds = rounds(3);
    for (name, spec) in LOADS {
        for role in [Role::Sends, Role::Receives] {
            // Of its own sound a participant of that SDK has one.
            let fits = |it: &&Contender| {
                it.name() != OFFICIAL || role == Role::Receives || spec.tracks() == 1
            };
            let contenders: Vec<_> = contenders.iter().filter(fits).collect();
            let mut taken: Vec<Vec<Sample>> = contenders.iter().map(|_| Vec::new()).collect();
            for round in 0..rounds {
                for turn in 0..contenders.len() {
                    let index = (round + turn) % contenders.len();
                    let sample = measure(service, contenders[index], role, spec);
                    taken[index].push(sample);
                }
            }
            let verb = match role {
                Role::Sends => "sending",
                Role::Receives => "receiving",
            };
            let load = format!("{verb} {name}");
            print(
                &format!("media, {load}; {rounds} rounds"),
                &contenders,
                &taken,
            );
            let ours = |other: &str, value: &dyn Fn(&Sample, &Sample) -> f64| {
                beside(&contenders, &taken, OURS, other, value)
            };
            let ratio = |own: &Sample, other: &Sample| own.ms / other.ms;
            if let Some(ratio) = ours(BARE, &ratio) {
                let what = format!("processor time of {load}, beside bare");
                targets.at_most(&what, 1.3, ratio, 2, "");
            }
            if let Some(ratio) = ours(OFFICIAL, &ratio) {
                let what = format!("processor time of {load}, beside the official Python SDK");
                targets.at_most(&what, 0.2, ratio, 2, "");
            }
            if let Some(ratio) = ours(HANDED, &ratio) {
                let what = format!("processor time of {load}, beside bare with two threads");
                targets.told(&what, ratio, 2, "");
            }
            if let Some(more) = ours(BARE, &|own, other| own.allocations - other.allocations) {
                let what = format!("allocations per packet of {load}, more than bare");
                targets.told(&what, more, 2, "");
            }
        }
    }
}

/// What one came to beside another, within a round.
fn beside(
    contenders: &[&Contender],
    taken: &[Vec<Sample>],
    own: &str,
    other: &str,
    value: &dyn Fn(&Sample, &Sample) -> f64,
) -> Option<Figure> {
    let find = |name: &str| contenders.iter().position(|it| it.name() == name);
    let pairs = taken[find(own)?].iter().zip(&taken[find(other)?]);
    Some(Figure::of(
        pairs.map(|(own, other)| value(own, other)).collect(),
    ))
}

fn print(title: &str, contenders: &[&Contender], taken: &[Vec<Sample>]) {
    let mut table = Table::new(&[
        "client",
        "packets per second",
        "at rest, ms per second",
        "ms per 1,000 packets",
        "to videosdk",
        "to bare",
        "to handed over",
        "allocations per packet",
        "more than bare",
        "tracks per core",
    ]);
    for (index, contender) in contenders.iter().enumerate() {
        let show = |decimals, value: &dyn Fn(&Sample) -> f64| {
            Figure::of(taken[index].iter().map(value).collect()).show(decimals)
        };
        let to = |other: &str, value: &dyn Fn(&Sample, &Sample) -> f64| {
            let found = beside(contenders, taken, contender.name(), other, value);
            found.map_or("-".to_owned(), |found| found.show(2))
        };
        let counts = contender.name() != OFFICIAL;
        let or_none = |text: String| if counts { text } else { "-".to_owned() };
        table.row([
            contender.name().to_owned(),
            show(0, &|sample| sample.packets_per_second),
            show(2, &|sample| sample.rest_ms),
            show(1, &|sample| sample.ms),
            to(OFFICIAL, &|own, other| own.ms / other.ms),
            to(BARE, &|own, other| own.ms / other.ms),
            to(HANDED, &|own, other| own.ms / other.ms),
            or_none(show(2, &|sample| sample.allocations)),
            or_none(to(BARE, &|own, other| own.allocations - other.allocations)),
            show(0, &|sample| sample.tracks_per_core),
        ]);
    }
    table.print(title);
}
