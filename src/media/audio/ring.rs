//! Samples on their way from the thread that records to the one that encodes.
//!
//! Neither waits for the other: each place is an atomic number, and who reads or writes it follows
//! from two counters. One thread at a time puts in, one takes out.

use std::sync::atomic::{AtomicI64, AtomicU32, AtomicU64, Ordering};

/// How many pushes may wait that were not looked at: a second of chunks of 2 ms.
const MOST_TIMES: usize = 512;

/// Interleaved samples, and when they were recorded.
pub(super) struct SampleRing {
    samples: Box<[AtomicU32]>,
    /// All that was ever put in, and all that was ever taken out; in samples.
    written: AtomicU64,
    read: AtomicU64,
    times: Box<[Time]>,
    times_written: AtomicU64,
    times_read: AtomicU64,
}

/// From that sample on sound was recorded at that time.
#[derive(Default)]
struct Time {
    position: AtomicU64,
    time_us: AtomicI64,
}

impl SampleRing {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            samples: (0..capacity).map(|_| AtomicU32::new(0)).collect(),
            written: AtomicU64::new(0),
            read: AtomicU64::new(0),
            times: (0..MOST_TIMES).map(|_| Time::default()).collect(),
            times_written: AtomicU64::new(0),
            times_read: AtomicU64::new(0),
        }
    }

    /// How many samples wait.
    pub(super) fn len(&self) -> usize {
        let written = self.written.load(Ordering::Acquire);
        (written - self.read.load(Ordering::Acquire)) as usize
    }

    /// How many samples were put in so far.
    pub(super) fn written(&self) -> u64 {
        self.written.load(Ordering::Acquire)
    }

    /// How many were taken out so far: the position of the next one.
    pub(super) fn position(&self) -> u64 {
        self.read.load(Ordering::Acquire)
    }

    /// Puts all of them in, or none when there is no room. Called by one thread at a time.
    #[must_use]
    pub(super) fn push(&self, samples: impl ExactSizeIterator<Item = f32>, time_us: i64) -> bool {
        let written = self.written.load(Ordering::Relaxed);
        let times_written = self.times_written.load(Ordering::Relaxed);
        let room = self.samples.len() - self.len();
        let times_wait = times_written - self.times_read.load(Ordering::Acquire);
        if samples.len() > room || times_wait as usize >= self.times.len() {
            return false;
        }
        let time = &self.times[(times_written % self.times.len() as u64) as usize];
        time.position.store(written, Ordering::Relaxed);
        time.time_us.store(time_us, Ordering::Relaxed);
        self.times_written
            .store(times_written + 1, Ordering::Release);
        let count = samples.len() as u64;
        let mut place = (written % self.samples.len() as u64) as usize;
        for sample in samples {
            self.samples[place].store(sample.to_bits(), Ordering::Relaxed);
            place += 1;
            if place == self.samples.len() {
                place = 0;
            }
        }
        self.written.store(written + count, Ordering::Release);
        true
    }

    /// Fills all of `samples`, if there are as many. Called by one thread at a time.
    #[must_use]
    pub(super) fn take(&self, samples: &mut [f32]) -> bool {
        if samples.len() > self.len() {
            return false;
        }
        let read = self.read.load(Ordering::Relaxed);
        let mut place = (read % self.samples.len() as u64) as usize;
        for sample in &mut *samples {
            *sample = f32::from_bits(self.samples[place].load(Ordering::Relaxed));
            place += 1;
            if place == self.samples.len() {
                place = 0;
            }
        }
        self.read
            .store(read + samples.len() as u64, Ordering::Release);
        true
    }

    /// Forgets what waits before that position. Called by the thread that takes out.
    pub(super) fn skip_to(&self, position: u64) {
        let read = self.read.load(Ordering::Relaxed);
        let end = position.min(self.written.load(Ordering::Acquire)).max(read);
        self.read.store(end, Ordering::Release);
    }

    /// The last push that began at the position or before: where, and when that was recorded. Called
    /// by the thread that takes out, with positions that never go back.
    pub(super) fn time_at(&self, position: u64) -> Option<(u64, i64)> {
        let written = self.times_written.load(Ordering::Acquire);
        let mut read = self.times_read.load(Ordering::Relaxed);
        let at = |number: u64| {
            let time = &self.times[(number % self.times.len() as u64) as usize];
            (
                time.position.load(Ordering::Relaxed),
                time.time_us.load(Ordering::Relaxed),
            )
        };
        let mut latest = None;
        while read < written && at(read).0 <= position {
            latest = Some(at(read));
            read += 1;
        }
        // The latest stays: the next samples may be of the same push.
        if latest.is_some() {
            self.times_read.store(read - 1, Ordering::Release);
        }
        latest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(from: usize, count: usize) -> std::vec::IntoIter<f32> {
        let numbers: Vec<f32> = (from..from + count).map(|number| number as f32).collect();
        numbers.into_iter()
    }

    #[test]
    fn what_is_put_in_comes_out_in_order_and_no_more_than_there_is_room_for() {
        let ring = SampleRing::new(10);
        let mut taken = [0.0; 4];
        assert!(!ring.take(&mut taken));
        for round in 0..20 {
            assert!(ring.push(numbers(round * 4, 4), round as i64));
            assert!(ring.take(&mut taken));
            assert!(taken.into_iter().eq(numbers(round * 4, 4)));
        }
        assert!(ring.push(numbers(0, 7), 0));
        assert!(!ring.push(numbers(7, 4), 0), "all or none");
        assert!(ring.push(numbers(7, 3), 0));
        assert_eq!(ring.len(), 10);
    }

    #[test]
    fn each_sample_knows_when_it_was_recorded() {
        let ring = SampleRing::new(100);
        assert_eq!(ring.time_at(0), None);
        assert!(ring.push(numbers(0, 10), 1_000));
        assert!(ring.push(numbers(10, 10), 2_000));
        assert_eq!(ring.time_at(3), Some((0, 1_000)));
        assert_eq!(ring.time_at(9), Some((0, 1_000)));
        assert_eq!(ring.time_at(15), Some((10, 2_000)));
        assert_eq!(ring.time_at(19), Some((10, 2_000)));
    }

    #[test]
    fn many_small_pushes_fill_it_too() {
        let ring = SampleRing::new(10_000);
        let taken = (0..1_000).take_while(|time| ring.push(numbers(0, 1), *time));
        assert_eq!(taken.count(), MOST_TIMES);
        ring.skip_to(400);
        assert_eq!(ring.time_at(400), Some((400, 400)));
        assert!(ring.push(numbers(0, 1), 0));
        assert_eq!(ring.len(), MOST_TIMES - 400 + 1);
    }

    #[test]
    fn two_threads_lose_nothing() {
        const COUNT: usize = 100_000;
        let ring = SampleRing::new(1_000);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for number in 0..COUNT / 10 {
                    while !ring.push(numbers(number * 10, 10), 0) {
                        std::thread::yield_now();
                    }
                }
            });
            let mut next = 0;
            let mut taken = [0.0; 8];
            while next < COUNT {
                if ring.take(&mut taken) {
                    assert!(taken.into_iter().eq(numbers(next, 8)));
                    next += 8;
                    ring.time_at(ring.position());
                } else {
                    std::thread::yield_now();
                }
            }
        });
    }
}
