//! The C program beside the benchmarks: what has to be seen in a process of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::library;

/// `benches/c/probe.c`, compiled and linked to the library.
pub struct Probe(PathBuf);

impl Probe {
    pub fn build() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("probe");
        let directory = library::directory();
        let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
        let built = Command::new(&compiler)
            .args(["-O2", "-std=c11", "-D_POSIX_C_SOURCE=200809L", "-o"])
            .arg(&program)
            .arg(root.join("benches/c/probe.c"))
            .arg("-I")
            .arg(root.join("include"))
            .arg("-L")
            .arg(&directory)
            .arg("-lvsdk")
            .arg(format!("-Wl,-rpath,{}", directory.display()))
            .status()
            .unwrap_or_else(|error| panic!("{compiler}: {error}"));
        assert!(built.success(), "the probe does not compile");
        Self(program)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.0);
        command.args(arguments);
        command
    }

    /// What it prints.
    pub fn output(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().expect("the probe runs");
        assert!(output.status.success(), "the probe failed: {output:?}");
        String::from_utf8(output.stdout).expect("text")
    }

    /// Instructions per call of what `task` names, counted by Valgrind where there is one: the
    /// difference between many calls and more, so that start and end do not count.
    pub fn instructions(&self, task: &str, calls: u64, rest: &[&str]) -> Option<f64> {
        let fewer = self.instructions_of(task, calls, rest)?;
        let more = self.instructions_of(task, calls * 3, rest)?;
        Some((more - fewer) / (calls as f64 * 2.0))
    }

    fn instructions_of(&self, task: &str, calls: u64, rest: &[&str]) -> Option<f64> {
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(&self.0)
            .args([task, &calls.to_string()])
            .args(rest)
            .output()
            .ok()?;
        let text = String::from_utf8_lossy(&output.stderr);
        let collected = text.split("Collected : ").nth(1)?;
        collected.split_whitespace().next()?.parse().ok()
    }
}
