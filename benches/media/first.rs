//! From the call of join until something is heard and seen, in a room where somebody sends already.
//! The first of each process, and later ones.

use super::content::Spec;
use super::{BARE, OFFICIAL, OURS, own};
use crate::support::figures::{Figure, Table};
use crate::support::others::Contender;
use crate::support::rounds;
use crate::support::service::Service;
use crate::support::targets::Targets;

/// How often a process joins after its first time.
const LATER: usize = 5;

/// Sound and picture, in milliseconds.
type Took = [f64; 2];

pub fn run(service: &Service, contenders: &[Contender], targets: &mut Targets) {
    let room = service.room();
    let mut sender = own(OURS, service);
    let spec = Spec {
        sounds: 1,
        ..Spec::pictures(1)
    };
    sender.ask(&format!("send {room} {}", spec.words()));
    let order = format!("first {room}");
    let sample = |contender: &Contender| -> [Took; 2] {
        let mut worker = contender.start(service);
        let mut first = || Took::try_from(worker.ask(&order)).expect("two figures");
        let at_first = first();
        let later: Vec<Took> = (0..LATER).map(|_| first()).collect();
        let median = |index: usize| Figure::of(later.iter().map(|it| it[index]).collect()).median;
        [at_first, [median(0), median(1)]]
    };
    // Programs come from the disk once.
    contenders.iter().for_each(|contender| {
        sample(contender);
    });
    let rounds = rounds(11);
    let mut taken: Vec<Vec<[Took; 2]>> = contenders.iter().map(|_| Vec::new()).collect();
    for round in 0..rounds {
        for turn in 0..contenders.len() {
            let index = (round + turn) % contenders.len();
            taken[index].push(sample(&contenders[index]));
        }
    }
    for (time, name, medians) in [
        (0, "first join of a process", String::new()),
        (1, "later joins", format!(", medians of {LATER}")),
    ] {
        let title = format!("{name}; {rounds} rounds{medians}");
        print(&title, contenders, &taken, time);
        for (kind, what) in [(0, "first sound"), (1, "first key frame")] {
            if let Some(ratio) = ratio(contenders, &taken, [time, kind], OURS, OFFICIAL) {
                let what = format!(
                    "{what} after the call of join, {name}, beside the official Python SDK"
                );
                targets.at_most(&what, 1.0, ratio, 2, "");
            }
        }
    }
}

/// Which part of another's time somebody takes, within a round.
fn ratio(
    contenders: &[Contender],
    taken: &[Vec<[Took; 2]>],
    [time, kind]: [usize; 2],
    own: &str,
    other: &str,
) -> Option<Figure> {
    let find = |name: &str| contenders.iter().position(|it| it.name() == name);
    let pairs = taken[find(own)?].iter().zip(&taken[find(other)?]);
    let ratios = pairs.map(|(own, other)| own[time][kind] / other[time][kind]);
    Some(Figure::of(ratios.collect()))
}

fn print(title: &str, contenders: &[Contender], taken: &[Vec<[Took; 2]>], time: usize) {
    let mut table = Table::new(&[
        "client",
        "first sound, ms",
        "to videosdk",
        "to bare",
        "first key frame, ms",
        "to videosdk",
        "to bare",
    ]);
    for (index, contender) in contenders.iter().enumerate() {
        let mut row = vec![contender.name().to_owned()];
        for kind in [0, 1] {
            let values = taken[index].iter().map(|took| took[time][kind]);
            row.push(Figure::of(values.collect()).show(1));
            for name in [OFFICIAL, BARE] {
                let ratio = ratio(contenders, taken, [time, kind], contender.name(), name);
                row.push(ratio.map_or("-".to_owned(), |ratio| ratio.show(2)));
            }
        }
        table.row(row);
    }
    table.print(&format!(
        "media, join to what is first heard and seen, {title}"
    ));
}
