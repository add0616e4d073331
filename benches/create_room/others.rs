//! Workers in other languages, and those that use what others wrote.
//!
//! `benches/workers/build.sh` has prepared them: a file `<name>.command` in their folder holds what
//! starts one, a file `<name>.missing` why there is none.

use std::path::PathBuf;
use std::process::Command;

use super::worker::Worker;
use crate::support::service::Service;

/// The files' names, and what the rows are called.
const ALL: [(&str, &str); 9] = [
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

/// Those that are there. Of the others it is told why not.
pub fn start(service: &Service) -> Vec<Worker> {
    let Some(folder) = std::env::var_os("VSDK_BENCH_WORKERS").map(PathBuf::from) else {
        println!("Only Rust and C: `make bench` prepares what there is in other languages.");
        return Vec::new();
    };
    let workers = ALL.iter().filter_map(|(file, name)| {
        let missing = std::fs::read_to_string(folder.join(format!("{file}.missing")));
        if let Ok(reason) = missing {
            println!("*** without {name}: {}", reason.trim_end());
            return None;
        }
        let mut command = Command::new("sh");
        command.arg(folder.join(format!("{file}.command")));
        let worker = Worker::start(name, command, service);
        Some(worker.unwrap_or_else(|reason| panic!("{name}: {reason}")))
    });
    workers.collect()
}
