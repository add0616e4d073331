//! What a track that is received needs of memory: a process with one of them, beside one with 50
//! more.

use std::time::Duration;

use super::content::Spec;
use super::{OURS, own};
use crate::support::figures::{Figure, Table};
use crate::support::others::Contender;
use crate::support::rounds;
use crate::support::service::Service;

const MORE: usize = 50;

/// In which buffers fill that are kept.
const FILL: Duration = Duration::from_secs(5);

/// Pictures of one packet each: what waits in a socket or for a player is not what is asked here.
const SMALL: usize = 800;

const KINDS: [(&str, Spec); 2] = [
    ("sound", Spec::sounds(1)),
    (
        "pictures",
        Spec {
            picture_bytes: SMALL,
            ..Spec::pictures(1)
        },
    ),
];

/// What a process that receives so many tracks has in memory, in KiB: resident, and of it private.
fn memory(service: &Service, contender: &Contender, spec: Spec) -> [f64; 2] {
    let room = service.room();
    let mut sender = own(OURS, service);
    let mut receiver = contender.start(service);
    sender.ask(&format!("send {room} {}", spec.words()));
    receiver.ask(&format!("receive {room} {}", spec.tracks()));
    std::thread::sleep(FILL);
    receiver.memory()
}

/// For each track.
fn measure(service: &Service, contender: &Contender, one: Spec) -> [f64; 2] {
    let more = Spec {
        sounds: one.sounds * (1 + MORE),
        pictures: one.pictures * (1 + MORE),
        ..one
    };
    let [fewer, more] = [one, more].map(|spec| memory(service, contender, spec));
    [0, 1].map(|index| (more[index] - fewer[index]) / MORE as f64)
}

pub fn run(service: &Service, contenders: &[Contender]) {
    let rounds = rounds(3);
    let mut table = Table::new(&["client", "receives", "KiB per track", "of it private, KiB"]);
    for (name, one) in KINDS {
        for contender in contenders {
            let samples: Vec<_> = (0..rounds)
                .map(|_| measure(service, contender, one))
                .collect();
            let show =
                |index: usize| Figure::of(samples.iter().map(|it| it[index]).collect()).show(1);
            table.row([
                contender.name().to_owned(),
                name.to_owned(),
                show(0),
                show(1),
            ]);
        }
    }
    table.print(&format!(
        "media, memory of tracks that are received; {rounds} rounds, {MORE} tracks"
    ));
}
