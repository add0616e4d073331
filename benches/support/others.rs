//! Workers in other languages, and those that use what others wrote.
//!
//! `benches/workers/build.sh` has prepared them: a file `<name>.command` in their folder holds what
//! starts one, a file `<name>.missing` why there is none.

use std::path::PathBuf;
use std::process::Command;

use super::service::Service;
use super::worker::Worker;

/// The file's name, and what its row is called.
pub type Other = (&'static str, &'static str);

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

/// One of those that a benchmark compares: a way of its own, or another program.
pub enum Contender {
    Own(&'static str, &'static str),
    Other(Found),
}

impl Contender {
    /// All of a benchmark, its own first; the others as far as they are there.
    pub fn all(benchmark: &'static str, own: &[&'static str], others: &[Other]) -> Vec<Self> {
        let own = own.iter().map(|name| Self::Own(benchmark, name));
        let others = others.iter().copied().filter_map(find).map(Self::Other);
        own.chain(others).collect()
    }

    pub fn name(&self) -> &'static str {
        match self {
            Self::Own(_, name) => name,
            Self::Other(found) => found.name,
        }
    }

    pub fn start(&self, service: &Service) -> Worker {
        match self {
            Self::Own(benchmark, name) => Worker::own(benchmark, name, service),
            Self::Other(found) => found.start(service),
        }
    }
}
