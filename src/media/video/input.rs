//! Pictures of the app, as it makes them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::codec::Colours;
use super::colour;
use super::encoding::Encoding;
use super::i420::I420;
use super::picture::{Rotation, VideoPicture};
use crate::media::clock;
use crate::media::source::{LayerInfo, Pushed, TrackSource};
use crate::media::transform::SentTransform;
use crate::runtime::{Pump, engine, lock};
use crate::{Error, Result, Status};

/// How many pictures' memory is kept for the next ones: one waits, one is encoded, one is filled.
const SPARE: usize = 3;

/// Whoever encodes takes a picture sooner, unless it is busy. Those that are pushed two at a time
/// overtake each other as well, but at once.
const SOON: Duration = Duration::from_millis(5);

/// Raw pictures for a track that this participant sends: they are converted, turned, made as small
/// as each layer wants them, encoded, and sent. Dropping it ends that.
///
/// Pushing converts the colours on the thread that pushes, and waits for nothing; the rest is done by
/// a thread of the library. Any number of threads may push.
pub struct VideoInput {
    shared: Arc<Shared>,
    colours: Colours,
    pump: Arc<Pump>,
}

/// What those that push and the thread that encodes have in common.
pub(super) struct Shared {
    pub(super) source: Arc<TrackSource>,
    /// What the app does to what was encoded.
    pub(super) transform: Arc<SentTransform>,
    slot: Mutex<Slot>,
    is_closed: AtomicBool,
}

#[derive(Default)]
struct Slot {
    /// The latest that nobody has begun to encode.
    waiting: Option<Waiting>,
    spare: Vec<I420>,
    /// How many made place for a later one.
    overtaken: u64,
    /// Of those, how many the encoder had no time for.
    missed: u64,
}

/// A picture that was pushed.
pub(super) struct Waiting {
    pub(super) picture: I420,
    pub(super) rotation: Rotation,
    pub(super) time_us: i64,
    pub(super) since: Instant,
}

impl Shared {
    pub(super) fn is_closed(&self) -> bool {
        self.is_closed.load(Ordering::Acquire)
    }

    pub(super) fn take(&self) -> Option<Waiting> {
        lock(&self.slot).waiting.take()
    }

    /// How many have made place for a later one, and of those, how many the encoder had no time for.
    pub(super) fn overtaken(&self) -> (u64, u64) {
        let slot = lock(&self.slot);
        (slot.overtaken, slot.missed)
    }

    /// Keeps the memory of a picture for another.
    pub(super) fn give_back(&self, picture: I420) {
        lock(&self.slot).keep(picture);
    }

    fn offer(&self, waiting: Waiting) {
        let mut slot = lock(&self.slot);
        if let Some(overtaken) = slot.waiting.replace(waiting) {
            slot.overtaken += 1;
            slot.missed += u64::from(overtaken.since.elapsed() >= SOON);
            slot.keep(overtaken.picture);
        }
    }
}

impl Slot {
    fn keep(&mut self, picture: I420) {
        if self.spare.len() < SPARE {
            self.spare.push(picture);
        }
    }
}

impl VideoInput {
    /// For that track, which takes no other input meanwhile.
    pub(crate) fn new(
        source: &Arc<TrackSource>,
        transform: &Arc<SentTransform>,
        layers: &[LayerInfo],
    ) -> Result<Self> {
        let colours = Colours::new()?;
        let shared = Arc::new(Shared {
            source: Arc::clone(source),
            transform: Arc::clone(transform),
            slot: Mutex::default(),
            is_closed: AtomicBool::new(false),
        });
        clock::start();
        let pump = engine()?.video_pump()?;
        source.set_input(true)?;
        pump.add(Box::new(Encoding::new(Arc::clone(&shared), layers)));
        Ok(Self {
            shared,
            colours,
            pump,
        })
    }

    /// Sends a picture, of any size: others see a change of the size as it comes.
    ///
    /// `capture_time_us` is when it was filmed, in microseconds on the clock of the participant's other
    /// tracks; without one, the library assumes that it is handed over at once. Times count up: one
    /// that does not counts as a little later than the last. A picture that is not encoded before the next comes makes place for it, which
    /// [`EncodingStatistics::overtaken`](crate::media::EncodingStatistics::overtaken) counts.
    ///
    /// [`Pushed::NotSending`] says that nobody is there to take it.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] for a picture that cannot be one, and for a time before 0.
    pub fn push(&self, picture: &VideoPicture<'_>, capture_time_us: Option<i64>) -> Result<Pushed> {
        self.check(picture, capture_time_us)
            .map_err(|error| error.during("video_input_push"))?;
        let shared = &*self.shared;
        if !shared.source.is_sending() {
            return Ok(Pushed::NotSending);
        }
        let time_us = capture_time_us.unwrap_or_else(clock::now_us);
        let spare = lock(&shared.slot).spare.pop();
        let mut converted = spare.unwrap_or_default();
        colour::read(picture, &self.colours, &mut converted);
        shared.offer(Waiting {
            picture: converted,
            rotation: picture.rotation,
            time_us,
            since: Instant::now(),
        });
        self.pump.wake();
        Ok(Pushed::Queued)
    }

    fn check(&self, picture: &VideoPicture<'_>, capture_time_us: Option<i64>) -> Result<()> {
        picture.check()?;
        match capture_time_us {
            Some(time) if time < 0 => Err(Error::new(
                Status::InvalidArgument,
                format!("The capture time is {time} microseconds"),
                "Times count up from 0 or later.",
            )),
            _ => Ok(()),
        }
    }
}

impl Drop for VideoInput {
    fn drop(&mut self) {
        self.shared.is_closed.store(true, Ordering::Release);
        self.shared.source.set_encoding(None);
        let freed = self.shared.source.set_input(false);
        debug_assert!(freed.is_ok(), "{freed:?}");
        self.pump.wake();
    }
}
