//! What was aimed at, and what was found, as rows of the table of targets in `docs/benchmarks.md`.

use super::figures::{Figure, Table};

pub struct Targets(Table);

impl Targets {
    pub fn new() -> Self {
        Self(Table::new(&["What", "Target", "Found", ""]))
    }

    /// At most so much, with that many decimals and in that unit.
    pub fn at_most(&mut self, what: &str, most: f64, found: Figure, decimals: usize, unit: &str) {
        let verdict = match found.median <= most {
            true => "met",
            false => "missed",
        };
        self.0.row([
            what.to_owned(),
            format!("at most {most}{unit}"),
            format!("{:.decimals$}{unit}", found.median),
            verdict.to_owned(),
        ]);
    }

    /// Without a target.
    pub fn told(&mut self, what: &str, found: Figure, decimals: usize, unit: &str) {
        self.0.row([
            what.to_owned(),
            "told".to_owned(),
            format!("{:.decimals$}{unit}", found.median),
            String::new(),
        ]);
    }

    pub fn print(&self, benchmark: &str) {
        self.0.print(&format!("{benchmark}, targets"));
    }
}
