//! Workers in other languages, and those that use what others wrote.
//!
//! `benches/workers/build.sh` has prepared them: a file `<name>.command` in their folder holds what
//! starts one, a file `<name>.missing` why there is none.

use std::path::PathBuf;
use std::process::Command;

use super::worker::Worker;
use crate::support::service::Service;

/// The file's name, and what its row is called.
type Other = (&'static str, &'static str);

const ALL: [Other; 9] = [
    ("server-sdk", "videosdk-server-sdk, Rust"),
    ("libcurl", "libcurl, C"),
    ("requests", "requests, Python"),
    ("fetch", "fetch, Node"),
    ("swift", "vsdk, Swift"),
    ("jvm", "vsdk, JVM"),
    ("jvm-blocking", "vsdk, JVM, blocking"),
    ("python", "vsdk, Python"),
    ("python-asyncio", "vsdk, Python, asyncio"),
];

/// Those whose first room is looked at. Swift is not among them: it starts in a root of its own.
pub const FIRST: [Other; 7] = [
    ("libcurl", "libcurl, C"),
    ("server-sdk", "videosdk-server-sdk, Rust"),
    ("python", "vsdk, Python"),
    ("requests", "requests, Python"),
    ("videosdk", "`import videosdk`, then requests"),
    ("fetch", "fetch, Node"),
    ("jvm-blocking", "vsdk, JVM"),
];

/// Those that are there. Of the others it is told why not.
pub fn start_all(service: &Service) -> Vec<Worker> {
    let there = ALL.iter().filter_map(|other| find(*other));
    there.map(|found| found.start(service)).collect()
}

/// One that is there, or tells why not.
pub fn find((file, name): Other) -> Option<Found> {
    let Some(folder) = std::env::var_os("VSDK_BENCH_WORKERS").map(PathBuf::from) else {
        println!("*** without {name}: `make bench` prepares it");
        return None;
    };
    let missing = std::fs::read_to_string(folder.join(format!("{file}.missing")));
    if let Ok(reason) = missing {
        println!("*** without {name}: {}", reason.trim_end());
        return None;
    }
    let script = folder.join(format!("{file}.command"));
    Some(Found { name, script })
}

/// A program that can be started.
pub struct Found {
    pub name: &'static str,
    script: PathBuf,
}

impl Found {
    pub fn start(&self, service: &Service) -> Worker {
        let mut command = Command::new("sh");
        command.arg(&self.script);
        let worker = Worker::start(self.name, command, service);
        worker.unwrap_or_else(|reason| panic!("{}: {reason}", self.name))
    }
}
