//! Medians, spreads and tables.

use std::fmt::Write as _;

/// Median and quartiles of what was measured in several rounds.
#[derive(Clone, Copy)]
pub struct Figure {
    pub median: f64,
    pub lower: f64,
    pub upper: f64,
}

impl Figure {
    pub fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let at = |part: f64| values[((values.len() - 1) as f64 * part).round() as usize];
        Self {
            median: at(0.5),
            lower: at(0.25),
            upper: at(0.75),
        }
    }

    /// `median (lower - upper)`, with that many decimals.
    pub fn show(&self, decimals: usize) -> String {
        let Self {
            median,
            lower,
            upper,
        } = self;
        format!("{median:.decimals$} ({lower:.decimals$} - {upper:.decimals$})")
    }
}

/// A table in Markdown, as it stands in `docs/benchmarks.md`.
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new(headings: &[&str]) -> Self {
        Self {
            rows: vec![headings.iter().map(ToString::to_string).collect()],
        }
    }

    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    pub fn print(&self, title: &str) {
        let columns = self.rows[0].len();
        let width = |column: usize| {
            let cells = self.rows.iter().map(|row| row[column].chars().count());
            cells.max().unwrap_or(0)
        };
        let widths: Vec<_> = (0..columns).map(width).collect();
        let mut text = format!("\n{title}\n\n");
        for (number, row) in self.rows.iter().enumerate() {
            for (cell, width) in row.iter().zip(&widths) {
                let _ = write!(text, "| {cell:width$} ");
            }
            text.push_str("|\n");
            if number == 0 {
                for width in &widths {
                    let _ = write!(text, "|{}", "-".repeat(width + 2));
                }
                text.push_str("|\n");
            }
        }
        println!("{text}");
    }
}

/// What stands at that part of them all, from 0 to 1.
pub fn percentile(mut values: Vec<f64>, part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values[((values.len() - 1) as f64 * part).round() as usize]
}

/// Processor time of this process so far, user and system, in microseconds.
pub fn processor_time_us() -> f64 {
    // SAFETY: all zeros is a valid value of this plain struct.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: `usage` is writable through the call.
    let result = unsafe { libc::getrusage(libc::RUSAGE_SELF, &raw mut usage) };
    assert_eq!(result, 0, "getrusage of this process cannot fail");
    let micros = |time: libc::timeval| time.tv_sec as f64 * 1e6 + time.tv_usec as f64;
    micros(usage.ru_utime) + micros(usage.ru_stime)
}

/// Processor time of the calling thread so far, in microseconds.
pub fn thread_time_us() -> f64 {
    clock_us(libc::CLOCK_THREAD_CPUTIME_ID)
}

/// On a clock that all processes of the machine share, in microseconds.
pub fn monotonic_us() -> f64 {
    clock_us(libc::CLOCK_MONOTONIC)
}

fn clock_us(clock: libc::clockid_t) -> f64 {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: `time` is writable through the call.
    let result = unsafe { libc::clock_gettime(clock, &raw mut time) };
    assert_eq!(result, 0, "these clocks cannot fail");
    time.tv_sec as f64 * 1e6 + time.tv_nsec as f64 / 1e3
}

/// How many threads of the machine were busy or waited to be, in the last 1, 5 and 15 minutes: what
/// was measured and all else.
pub fn load_average() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let averages: Vec<_> = text.split_whitespace().take(3).collect();
    averages.join(", ")
}
