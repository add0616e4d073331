//! Sound of the app, as it records it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use super::codec::EncoderSettings;
use super::encoding::Encoding;
use super::format::AudioFormat;
use super::level::Meter;
use super::ring::SampleRing;
use crate::media::clock;
use crate::media::source::{Pushed, TrackSource};
use crate::media::transform::SentTransform;
use crate::runtime::{Pump, engine, try_lock};
use crate::{Error, Result, Status};

/// How often a push looks again whether another thread's is over, before it gives up.
const LOOKS: usize = 100;

/// Raw sound for a track that this participant sends: it is converted, encoded as the track's audio
/// profile says, and sent. Dropping it ends that.
///
/// Pushing takes no lock that another thread holds while it works, asks for no memory and waits for
/// nothing: it may be done on the thread of a sound device.
pub struct AudioInput {
    shared: Arc<Shared>,
    pump: Arc<Pump>,
}

/// What the thread that pushes and the one that encodes have in common.
pub(super) struct Shared {
    pub(super) source: Arc<TrackSource>,
    /// What the app does to what was encoded.
    pub(super) transform: Arc<SentTransform>,
    pub(super) format: AudioFormat,
    pub(super) ring: SampleRing,
    /// What was put in before that position is of an earlier connection.
    pub(super) begins_at: AtomicU64,
    pub(super) is_closed: AtomicBool,
    /// Held by a thread that pushes; who does not get it goes away.
    pushing: Mutex<()>,
    was_not_sending: AtomicBool,
    meter: Meter,
    /// So many samples, 10 ms, are worth waking the thread that encodes.
    worth_waking: usize,
}

impl AudioInput {
    /// For that track, which takes no other input meanwhile.
    pub(crate) fn new(
        source: &Arc<TrackSource>,
        transform: &Arc<SentTransform>,
        format: AudioFormat,
        settings: &EncoderSettings,
    ) -> Result<Self> {
        let (rate, channels) = (format.sample_rate() as usize, format.channels());
        let shared = Arc::new(Shared {
            source: Arc::clone(source),
            transform: Arc::clone(transform),
            format,
            // A second waits at most, and the longest push goes in whole.
            ring: SampleRing::new(rate * channels),
            begins_at: AtomicU64::new(0),
            is_closed: AtomicBool::new(false),
            pushing: Mutex::new(()),
            was_not_sending: AtomicBool::new(true),
            meter: Meter::new(format.sample_rate()),
            worth_waking: rate * channels / 100,
        });
        clock::start();
        let encoding = Encoding::new(Arc::clone(&shared), settings)?;
        let pump = engine()?.audio_pump()?;
        source.set_input(true)?;
        pump.add(Box::new(encoding));
        Ok(Self { shared, pump })
    }

    /// How its sound is laid out.
    #[must_use]
    pub fn format(&self) -> AudioFormat {
        self.shared.format
    }

    /// Sends samples of -1 to 1, any number of frames up to a second. What is beyond that is cut
    /// off, and what is no number is silence.
    ///
    /// `capture_time_us` is when the first of them was recorded, in microseconds on the clock of the
    /// participant's other tracks; without one, the library assumes that it is handed over at once.
    ///
    /// [`Pushed::Full`] says that encoding does not keep up, or that another thread is pushing right
    /// now; the samples are dropped. [`Pushed::NotSending`] says that nobody is there to take them.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] when that is no whole number of frames, more than a second, or a
    /// time before 0.
    pub fn push_f32(&self, samples: &[f32], capture_time_us: Option<i64>) -> Result<Pushed> {
        self.push(samples, capture_time_us, |sample| {
            // Not a number is neither more nor less than anything.
            if sample.is_finite() {
                sample.clamp(-1.0, 1.0)
            } else {
                0.0
            }
        })
    }

    /// The same with 16 bits.
    ///
    /// # Errors
    ///
    /// As [`Self::push_f32`].
    pub fn push_s16(&self, samples: &[i16], capture_time_us: Option<i64>) -> Result<Pushed> {
        self.push(samples, capture_time_us, |sample| {
            f32::from(sample) / 32_768.0
        })
    }

    fn push<T: Copy>(
        &self,
        samples: &[T],
        capture_time_us: Option<i64>,
        convert: impl Fn(T) -> f32,
    ) -> Result<Pushed> {
        let shared = &*self.shared;
        let frames = shared.format.frames(samples.len());
        let frames = frames.map_err(|error| error.during("audio_input_push"))?;
        if capture_time_us.is_some_and(|time| time < 0) {
            return Err(Error::new(
                Status::InvalidArgument,
                format!(
                    "The capture time is {} microseconds",
                    capture_time_us.unwrap_or(0)
                ),
                "Times count up from 0 or later; pass none to have the library's.",
            )
            .during("audio_input_push"));
        }
        let samples = samples.iter().map(|sample| convert(*sample));
        let power: f32 = samples.clone().map(|sample| sample * sample).sum();
        shared
            .meter
            .pass(frames, power / samples.len().max(1) as f32);
        let time_us = capture_time_us.unwrap_or_else(|| {
            let length = frames as i64 * 1_000_000 / i64::from(shared.format.sample_rate());
            clock::now_us() - length
        });
        if !shared.source.is_sending() {
            shared.was_not_sending.store(true, Ordering::Relaxed);
            return Ok(Pushed::NotSending);
        }
        if frames == 0 {
            return Ok(Pushed::Queued);
        }
        let mut looks = 0;
        let pushing = loop {
            match try_lock(&shared.pushing) {
                Some(pushing) => break pushing,
                None if looks < LOOKS => looks += 1,
                None => return Ok(Pushed::Full),
            }
            std::hint::spin_loop();
        };
        if shared.was_not_sending.swap(false, Ordering::Relaxed) {
            shared
                .begins_at
                .store(shared.ring.written(), Ordering::Release);
        }
        let is_in = shared.ring.push(samples, time_us);
        drop(pushing);
        if shared.ring.len() >= shared.worth_waking {
            self.pump.wake();
        }
        Ok(match is_in {
            true => Pushed::Queued,
            false => Pushed::Full,
        })
    }

    /// How loud what is pushed is, sent or not, in decibels below full scale: 0 to -127. It follows
    /// within a twentieth of a second.
    #[must_use]
    pub fn level_dbfs(&self) -> f32 {
        self.shared.meter.dbfs()
    }
}

impl Drop for AudioInput {
    fn drop(&mut self) {
        self.shared.is_closed.store(true, Ordering::Release);
        let freed = self.shared.source.set_input(false);
        debug_assert!(freed.is_ok(), "{freed:?}");
        self.pump.wake();
    }
}
