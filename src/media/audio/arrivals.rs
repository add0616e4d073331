//! Packets on their way from the network to whoever plays them.
//!
//! The thread that plays neither waits nor asks for memory: it takes packets out only when nobody
//! else is at them, and gives back what it has emptied. The network's thread does the rest.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use super::format::INNER_RATE;
use crate::media::frame::ReceivedFrame;
use crate::media::sink::FrameOutput;
use crate::media::statistics::PlayoutStatistics;
use crate::media::transform::{ReceivedTransform, Transformed};
use crate::runtime::{lock, try_lock};

/// How many packets wait at most for somebody to play them: more than a second. The oldest go first.
pub(super) const DEPTH: usize = 64;

/// One packet of sound.
#[derive(Default)]
pub(super) struct Packet {
    /// When it begins, in frames at the inner rate.
    pub(super) timestamp: i64,
    /// When it came, in the same measure, on a clock of the receiver's.
    pub(super) arrival: i64,
    pub(super) data: Vec<u8>,
    /// Filled in by who plays it.
    pub(super) frames: i64,
}

pub(crate) struct Arrivals {
    began: Instant,
    waiting: Mutex<Waiting>,
    is_closed: AtomicBool,
    transform: Option<Arc<ReceivedTransform>>,
    pub(super) figures: Figures,
}

struct Waiting {
    packets: VecDeque<Packet>,
    /// Empty ones, each with the memory it once had.
    spare: Vec<Packet>,
}

impl Arrivals {
    /// Of packets that are as they were encoded once the transform was applied.
    pub(super) fn new(transform: Option<Arc<ReceivedTransform>>) -> Self {
        Self {
            began: Instant::now(),
            waiting: Mutex::new(Waiting {
                packets: VecDeque::with_capacity(DEPTH),
                // As many as a player holds may come back.
                spare: Vec::with_capacity(3 * DEPTH),
            }),
            is_closed: AtomicBool::new(false),
            transform,
            figures: Figures::default(),
        }
    }

    /// A frame came from the network, at a time in microseconds.
    pub(super) fn push_at(&self, timestamp_us: i64, arrival_us: i64, data: &[u8]) {
        let mut waiting = lock(&self.waiting);
        let oldest = match waiting.packets.len() >= DEPTH {
            true => waiting.packets.pop_front(),
            false => None,
        };
        let mut packet = oldest.or_else(|| waiting.spare.pop()).unwrap_or_default();
        packet.timestamp = frames_of(timestamp_us);
        packet.arrival = frames_of(arrival_us);
        packet.data.clear();
        packet.data.extend_from_slice(data);
        waiting.packets.push_back(packet);
    }

    /// What has come goes into `into`, as long as there is room, and the empty ones out of `emptied`
    /// come back. Never waits.
    pub(super) fn exchange(&self, into: &mut VecDeque<Packet>, emptied: &mut Vec<Packet>) {
        // Else they come with the next block.
        let Some(mut waiting) = try_lock(&self.waiting) else {
            return;
        };
        while into.len() < into.capacity() {
            let Some(packet) = waiting.packets.pop_front() else {
                break;
            };
            into.push_back(packet);
        }
        while waiting.spare.len() < waiting.spare.capacity() {
            let Some(packet) = emptied.pop() else {
                break;
            };
            waiting.spare.push(packet);
        }
    }

    /// Does to a packet what the app wants done; `false`: it is not to be played. For whoever plays it.
    pub(super) fn open(&self, packet: &mut Packet) -> bool {
        let Some(transform) = &self.transform else {
            return true;
        };
        let timestamp_us = packet.timestamp.saturating_mul(1_000) / i64::from(INNER_RATE / 1_000);
        match transform.apply(timestamp_us, true, &packet.data) {
            Transformed::Unchanged => true,
            Transformed::Changed(data) => {
                packet.data.clear();
                packet.data.extend_from_slice(&data);
                true
            }
            Transformed::Dropped => {
                count(&self.figures.dropped_packets, 1);
                false
            }
        }
    }

    pub(super) fn is_closed(&self) -> bool {
        self.is_closed.load(Ordering::Acquire)
    }

    pub(super) fn statistics(&self) -> PlayoutStatistics {
        self.figures.statistics()
    }
}

impl FrameOutput for Arrivals {
    fn push(&self, frame: &ReceivedFrame, now: Instant) -> bool {
        let arrival = now.saturating_duration_since(self.began).as_micros();
        let arrival = i64::try_from(arrival).unwrap_or(i64::MAX);
        self.push_at(frame.timestamp_us, arrival, &frame.data);
        true
    }

    fn close(&self) {
        self.is_closed.store(true, Ordering::Release);
    }

    fn playout(&self) -> Option<PlayoutStatistics> {
        Some(self.statistics())
    }
}

fn frames_of(micros: i64) -> i64 {
    let frames = i128::from(micros) * i128::from(INNER_RATE);
    i64::try_from((frames + 500_000) / 1_000_000).unwrap_or(i64::MAX / 4)
}

/// How playing goes, written by who plays and read by whoever asks.
#[derive(Default)]
pub(super) struct Figures {
    /// In frames.
    pub(super) delay: AtomicU32,
    pub(super) target_delay: AtomicU32,
    pub(super) played: AtomicU64,
    pub(super) concealed: AtomicU64,
    pub(super) silent: AtomicU64,
    pub(super) removed: AtomicU64,
    pub(super) inserted: AtomicU64,
    pub(super) late_packets: AtomicU64,
    pub(super) dropped_packets: AtomicU64,
}

impl Figures {
    fn statistics(&self) -> PlayoutStatistics {
        let count = |figure: &AtomicU64| figure.load(Ordering::Relaxed);
        let milliseconds = |figure: &AtomicU32| {
            f64::from(figure.load(Ordering::Relaxed)) * 1000.0 / f64::from(INNER_RATE)
        };
        PlayoutStatistics {
            delay_ms: milliseconds(&self.delay),
            target_delay_ms: milliseconds(&self.target_delay),
            played_frames: count(&self.played),
            concealed_frames: count(&self.concealed),
            silent_frames: count(&self.silent),
            removed_frames: count(&self.removed),
            inserted_frames: count(&self.inserted),
            late_packets: count(&self.late_packets),
            dropped_packets: count(&self.dropped_packets),
        }
    }
}

/// Counts more of something.
pub(super) fn count(figure: &AtomicU64, more: usize) {
    figure.fetch_add(more as u64, Ordering::Relaxed);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::transform::TransformSlot;
    use crate::media::{Codec, TrackKind};

    #[test]
    fn without_anybody_who_plays_the_latest_are_kept() {
        let arrivals = Arrivals::new(None);
        for number in 0..DEPTH as i64 + 3 {
            arrivals.push_at(number * 20_000, 0, &[number as u8]);
        }
        let mut taken = VecDeque::with_capacity(10);
        arrivals.exchange(&mut taken, &mut Vec::new());
        let numbers: Vec<u8> = taken.iter().map(|packet| packet.data[0]).collect();
        assert_eq!(numbers[..3], [3, 4, 5]);
        assert_eq!(taken.len(), taken.capacity(), "the rest waits");
        assert_eq!(taken[0].timestamp, 3 * 960);
    }

    #[test]
    fn emptied_packets_are_filled_again() {
        let arrivals = Arrivals::new(None);
        let mut taken = VecDeque::with_capacity(4);
        arrivals.push_at(0, 0, &[7; 100]);
        arrivals.exchange(&mut taken, &mut Vec::new());
        let memory = taken[0].data.as_ptr();
        let mut emptied: Vec<Packet> = taken.drain(..).collect();
        arrivals.exchange(&mut taken, &mut emptied);
        assert!(emptied.is_empty());
        arrivals.push_at(0, 0, &[8; 90]);
        arrivals.exchange(&mut taken, &mut emptied);
        assert_eq!(taken[0].data.as_ptr(), memory);
        assert_eq!(taken[0].data, [8; 90]);
    }

    #[test]
    fn packets_become_what_the_app_makes_of_them_or_are_not_played() {
        let slot = Arc::new(TransformSlot::default());
        let arrivals = Arrivals::new(Some(Arc::new(ReceivedTransform {
            slot: Arc::clone(&slot),
            participant_id: "ann".into(),
            track_id: "track".into(),
            kind: TrackKind::Audio,
            codec: Codec::Opus,
        })));
        let open = |data: &[u8]| {
            let mut packet = Packet {
                timestamp: 960,
                data: data.to_vec(),
                ..Packet::default()
            };
            arrivals.open(&mut packet).then_some(packet.data)
        };
        assert_eq!(open(&[1, 2]), Some(vec![1, 2]));
        slot.set(Some(Arc::new(|info, data, output| {
            assert_eq!((info.participant_id, info.timestamp_us), ("ann", 20_000));
            output.extend(data.iter().map(|byte| byte ^ 7));
            data[0] != 9
        })));
        assert_eq!(open(&[1, 2]), Some(vec![6, 5]));
        assert_eq!(open(&[9, 2]), None);
        assert_eq!(arrivals.statistics().dropped_packets, 1);
    }
}
