//! What a getter costs: the check of its handle is nearly all of it.

use std::hint::black_box;
use std::sync::Barrier;
use std::time::Instant;

use crate::support::figures::{Figure, Table};
use crate::support::library::{Handle, Library};
use crate::support::probe::Probe;
use crate::support::service::Service;

/// Nanoseconds per call, on as many threads as there are rooms.
fn measure(library: &Library, rooms: &[Handle], calls: usize) -> f64 {
    let rooms: Vec<usize> = rooms.iter().map(|room| *room as usize).collect();
    let barrier = Barrier::new(rooms.len());
    let slowest = std::thread::scope(|scope| {
        let threads: Vec<_> = rooms
            .iter()
            .map(|room| {
                let barrier = &barrier;
                scope.spawn(move || {
                    barrier.wait();
                    let start = Instant::now();
                    for _ in 0..calls {
                        // SAFETY: a handle is a number that the library checks.
                        black_box(unsafe {
                            (library.vsdk_room_is_disabled)(black_box(*room) as Handle)
                        });
                    }
                    start.elapsed().as_secs_f64()
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"))
            .fold(0.0, f64::max)
    });
    slowest * 1e9 / calls as f64
}

pub fn run() {
    let service = Service::start();
    let library = Library::load();
    library.configure(&service.token, Some(&service.url), None);
    let rooms: Vec<_> = (0..8)
        .map(|_| library.create_room(std::ptr::null_mut()))
        .collect();
    let same = vec![rooms[0]; 8];
    let cases: [(&str, &[Handle]); 4] = [
        ("one thread", &rooms[..1]),
        (
            "one thread, a stale handle",
            &[(rooms[0] as usize ^ 1 << 31) as Handle],
        ),
        ("8 threads, each its own handle", &rooms),
        ("8 threads, one handle", &same),
    ];
    let calls = 400_000;
    let mut rounds: Vec<Vec<f64>> = vec![Vec::new(); cases.len()];
    for round in 0..21 {
        for turn in 0..cases.len() {
            let index = (round + turn) % cases.len();
            rounds[index].push(measure(&library, cases[index].1, calls));
        }
    }
    // More threads than cores wait for each other: per core and call.
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut table = Table::new(&[
        "vsdk_room_is_disabled",
        "ns per call",
        "ns of a core per call",
    ]);
    for ((name, handles), values) in cases.iter().zip(rounds) {
        let figure = Figure::of(values);
        let share = cores.min(handles.len()) as f64 / handles.len() as f64;
        table.row([
            (*name).to_owned(),
            figure.show(1),
            format!("{:.1}", figure.median * share),
        ]);
    }
    table.print(&format!(
        "handles, {calls} calls a round and thread, {cores} cores"
    ));
    let probe = Probe::build();
    if let Some(count) = probe.instructions("getter", 20_000, &[&service.url, &service.token]) {
        println!("Instructions per call: {count:.0}");
    }
    for room in rooms {
        // SAFETY: freed once.
        unsafe { (library.vsdk_room_free)(room) };
    }
}
