//! What was measured, as tables.

use super::{ALIKE, Camera, OFFICIAL, OURS};
use crate::support::figures::{Figure, Table, percentile};
use crate::support::others::Contender;
use crate::support::targets::Targets;

/// What one contender came to in one round.
pub struct Sample {
    publishing: Process,
    filmed: f64,
    encoded: f64,
    left_out: f64,
    /// In milliseconds, of one picture.
    encode_ms: f64,
    kbps: f64,
    receiving: Process,
    shown: f64,
    smaller: f64,
    unreadable: f64,
    /// From end to end, in milliseconds.
    p50: f64,
    p95: f64,
}

/// What a process needs.
struct Process {
    /// Milliseconds of processor time in a second.
    ms: f64,
    /// The same for each picture that it encoded, or showed: whoever has no time for all leaves some
    /// out.
    ms_per_picture: f64,
    resident_mib: f64,
}

impl Process {
    fn of(seconds: f64, used_us: f64, pictures: f64, resident_kib: f64) -> Self {
        Self {
            ms: used_us / 1e3 / seconds,
            ms_per_picture: used_us / 1e3 / pictures,
            resident_mib: resident_kib / 1024.0,
        }
    }
}

impl Sample {
    /// Of the answers of both, each with what it has in memory.
    pub fn of(seconds: f64, published: (Vec<f64>, f64), watched: (Vec<f64>, f64)) -> Self {
        let (published, publisher_kib) = published;
        let [used, filmed, encoded, left_out, encode_ms, bytes] = published[..] else {
            panic!("six figures");
        };
        let (watched, watcher_kib) = watched;
        let (counts, ages) = watched.split_at(4);
        let age = |part: f64| match ages {
            [] => f64::NAN,
            _ => percentile(ages.to_vec(), part) / 1e3,
        };
        Self {
            publishing: Process::of(seconds, used, encoded, publisher_kib),
            filmed: filmed / seconds,
            encoded: encoded / seconds,
            left_out: left_out / seconds,
            encode_ms,
            kbps: bytes * 8.0 / 1e3 / seconds,
            receiving: Process::of(seconds, counts[0], counts[1], watcher_kib),
            shown: counts[1] / seconds,
            smaller: counts[2] / seconds,
            unreadable: counts[3] / seconds,
            p50: age(0.5),
            p95: age(0.95),
        }
    }
}

type Value<'a> = &'a dyn Fn(&Sample) -> f64;
/// That of one of both roles.
type ProcessOf = fn(&Sample) -> &Process;

/// Which part of another's somebody needs, within a round.
fn ratio(
    contenders: &[Contender],
    taken: &[Vec<Sample>],
    own: &str,
    other: &str,
    value: Value<'_>,
) -> Option<Figure> {
    let find = |name: &str| contenders.iter().position(|it| it.name() == name);
    let pairs = taken[find(own)?].iter().zip(&taken[find(other)?]);
    let ratios = pairs.map(|(own, other)| value(own) / value(other));
    Some(Figure::of(ratios.collect()))
}

pub fn print(
    camera: Camera,
    rounds: usize,
    contenders: &[Contender],
    taken: &[Vec<Sample>],
    targets: &mut Targets,
) {
    let Camera { size, fps, kbps } = camera;
    let what = format!("{} x {}, {fps} a second, {kbps} kbit/s", size.0, size.1);
    let roles: [(&str, ProcessOf); 2] = [
        ("publishing", |it| &it.publishing),
        ("receiving", |it| &it.receiving),
    ];
    let mut costs = Table::new(&[
        "process",
        "client",
        "ms of processor time per second",
        "per picture",
        "to videosdk",
        "to videosdk set alike",
        "resident, MiB",
    ]);
    for (role, process) in roles {
        let per_picture = |it: &Sample| process(it).ms_per_picture;
        for (contender, samples) in contenders.iter().zip(taken) {
            let show = |decimals, value: Value<'_>| {
                Figure::of(samples.iter().map(value).collect()).show(decimals)
            };
            let to = |other: &str| {
                let ratio = ratio(contenders, taken, contender.name(), other, &per_picture);
                ratio.map_or("-".to_owned(), |ratio| ratio.show(2))
            };
            costs.row([
                role.to_owned(),
                contender.name().to_owned(),
                show(0, &|it| process(it).ms),
                show(2, &per_picture),
                to(OFFICIAL),
                to(ALIKE),
                show(1, &|it| process(it).resident_mib),
            ]);
        }
        for (other, called) in [
            (OFFICIAL, "as it is"),
            (ALIKE, "with its encoder set alike"),
        ] {
            if let Some(ratio) = ratio(contenders, taken, OURS, other, &per_picture) {
                let what = format!(
                    "processor time per picture, {role} {what}, beside the official Python SDK {called}"
                );
                targets.at_most(&what, 0.5, ratio, 2, "");
            }
        }
    }
    costs.print(&format!(
        "pictures, what they cost, {what}; {rounds} rounds"
    ));

    let mut latency = Table::new(&[
        "client",
        "filmed",
        "encoded",
        "left out",
        "shown",
        "made smaller",
        "unreadable",
        "kbit/s",
        "encoding, ms",
        "p50, ms",
        "p95, ms",
        "p50 without encoding, ms",
        "p95 without encoding, ms",
    ]);
    for (contender, samples) in contenders.iter().zip(taken) {
        let figure = |value: Value<'_>| Figure::of(samples.iter().map(value).collect());
        let show = |decimals, value: Value<'_>| figure(value).show(decimals);
        let without: [Value<'_>; 2] = [&|it| it.p50 - it.encode_ms, &|it| it.p95 - it.encode_ms];
        latency.row([
            contender.name().to_owned(),
            show(1, &|it| it.filmed),
            show(1, &|it| it.encoded),
            show(1, &|it| it.left_out),
            show(1, &|it| it.shown),
            show(1, &|it| it.smaller),
            show(1, &|it| it.unreadable),
            show(0, &|it| it.kbps),
            show(1, &|it| it.encode_ms),
            show(1, &|it| it.p50),
            show(1, &|it| it.p95),
            show(1, without[0]),
            show(1, without[1]),
        ]);
        if contender.name() == OURS {
            let what = format!("camera to screen without encoding, {what}, p95");
            targets.at_most(&what, 40.0, figure(without[1]), 1, " ms");
        }
    }
    latency.print(&format!(
        "pictures, from camera to screen, {what}, pictures a second; {rounds} rounds"
    ));
}
