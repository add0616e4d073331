//! From raw sound to packets, on the thread for that.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::codec::{Encoder, EncoderSettings, Resampler, convert_channels};
use super::format::{BLOCK, INNER_RATE};
use super::input::Shared;
use super::level;
use crate::Result;
use crate::media::frame::{EncodedFrame, MAX_SENT_AUDIO_BYTES};
use crate::runtime::Pumped;

/// The largest packet, in bytes: one that a transform makes a little longer still goes out. Where a
/// loud moment would need more, the encoder takes it from the quality.
const LARGEST_PACKET: usize = MAX_SENT_AUDIO_BYTES - 64;

/// A packet that says only that there is nothing to hear has no more bytes.
const PAUSE_BYTES: usize = 2;

/// What is less than 40 ms late comes from an uneven clock of the app; beyond, sound is missing.
const GAP_US: i64 = 40_000;

/// The least loss that packets are made for, in percent, and the most that copies help against.
const EXPECTED_LOSS: (f32, f32) = (5.0, 30.0);

/// How many packets pass until the loss is looked at again.
const LOOK_AT_LOSS: u32 = 50;

pub(super) struct Encoding {
    shared: Arc<Shared>,
    encoder: Encoder,
    resampler: Resampler,
    settings: EncoderSettings,
    /// As pushed, then with the channels of the encoder, then at its rate.
    pushed: Vec<f32>,
    mixed: Vec<f32>,
    block: Vec<f32>,
    /// What is not a whole packet yet.
    samples: Vec<f32>,
    packet: Vec<u8>,
    /// When the first of `samples` was recorded.
    time_us: Option<i64>,
    /// Counted from there, so that a long track does not drift.
    frames_since: i64,
    kbps: u32,
    is_pause: bool,
    packets: u32,
    /// As it was last seen.
    begins_at: u64,
}

impl Encoding {
    pub(super) fn new(shared: Arc<Shared>, settings: &EncoderSettings) -> Result<Self> {
        let channels = settings.channels;
        let mut encoder = Encoder::new(settings)?;
        encoder.set_expected_loss(EXPECTED_LOSS.0 as u8);
        let resampler = Resampler::to_inner(shared.format.sample_rate(), channels)?;
        Ok(Self {
            encoder,
            block: vec![0.0; resampler.most_out() * channels],
            resampler,
            settings: *settings,
            pushed: Vec::new(),
            mixed: Vec::new(),
            samples: Vec::new(),
            packet: vec![0; LARGEST_PACKET],
            time_us: None,
            frames_since: 0,
            kbps: settings.kbps,
            is_pause: false,
            packets: 0,
            begins_at: 0,
            shared,
        })
    }

    fn packet_samples(&self) -> usize {
        BLOCK * self.settings.packet_ms as usize / 10 * self.settings.channels
    }

    /// The next block of what was pushed; `false` when there is less.
    fn take_block(&mut self) -> bool {
        let (format, channels) = (self.shared.format, self.settings.channels);
        let ring = &self.shared.ring;
        let begins_at = self.shared.begins_at.load(Ordering::Acquire);
        if std::mem::replace(&mut self.begins_at, begins_at) != begins_at {
            ring.skip_to(begins_at);
            self.samples.clear();
            self.is_pause = false;
        }
        let position = ring.position();
        self.pushed
            .resize(self.resampler.wants() * format.channels(), 0.0);
        if !ring.take(&mut self.pushed) {
            return false;
        }
        if let Some((from, time_us)) = ring.time_at(position) {
            let frames = (position - from) as i64 / format.channels() as i64;
            let passed = frames * 1_000_000 / i64::from(format.sample_rate());
            self.keep_time(time_us + passed);
        }
        self.mixed.clear();
        convert_channels(&self.pushed, format.channels(), &mut self.mixed, channels);
        let frames = self.resampler.process(&self.mixed, &mut self.block);
        self.samples
            .extend_from_slice(&self.block[..frames * channels]);
        true
    }

    /// What is taken next was recorded at that time. Unless sound is missing before it, what was
    /// counted is told instead: receivers take each jump for a loss.
    fn keep_time(&mut self, time_us: i64) {
        let waiting = (self.samples.len() / self.settings.channels) as i64;
        let counted = self.now_us(waiting);
        if counted.is_some_and(|counted| time_us < counted + GAP_US) {
            return;
        }
        self.samples.clear();
        self.time_us = Some(time_us);
        self.frames_since = 0;
    }

    /// When the frame was recorded that is so many behind the first that waits.
    fn now_us(&self, frames: i64) -> Option<i64> {
        let passed = (self.frames_since + frames) * 1_000_000 / i64::from(INNER_RATE);
        Some(self.time_us? + passed)
    }

    fn encode(&mut self, length: usize) {
        self.adapt();
        let samples = &self.samples[..length];
        let level = level::packet_level(level::power(samples));
        let encoded = self.encoder.encode(samples, &mut self.packet);
        let timestamp_us = self.now_us(0).unwrap_or(0);
        self.samples.drain(..length);
        self.frames_since += (length / self.settings.channels) as i64;
        let Ok(bytes) = encoded else {
            return;
        };
        // The first packet of a pause tells that it is one; the others tell nothing.
        let was_pause = std::mem::replace(&mut self.is_pause, bytes <= PAUSE_BYTES);
        if bytes == 0 || (self.is_pause && was_pause) {
            return;
        }
        // Refused only if the connection was lost just now.
        let frame = EncodedFrame {
            data: self.packet[..bytes].into(),
            timestamp_us,
            is_key_frame: true,
            layer: 0,
            audio_level: Some(level),
        };
        let transform = &self.shared.transform;
        let source = &self.shared.source;
        let _ = source.push(frame, |frame| transform.apply(frame));
    }

    /// Does what the network asks for.
    fn adapt(&mut self) {
        let source = &self.shared.source;
        if let Some(target) = source.target(0)
            && target.kbps > 0
        {
            let kbps = target.kbps.min(self.settings.kbps);
            if std::mem::replace(&mut self.kbps, kbps) != kbps {
                self.encoder.set_kbps(kbps);
            }
        }
        self.packets += 1;
        if self.packets.is_multiple_of(LOOK_AT_LOSS) {
            let loss = source.statistics().first().and_then(|stream| stream.loss);
            let (least, most) = EXPECTED_LOSS;
            let percent = (loss.unwrap_or(0.0) * 100.0).clamp(least, most);
            self.encoder.set_expected_loss(percent as u8);
        }
    }

    /// Nobody takes anything: what comes later begins anew.
    fn forget(&mut self) {
        self.shared.ring.skip_to(self.shared.ring.written());
        self.samples.clear();
        self.is_pause = false;
    }
}

impl Pumped for Encoding {
    fn turn(&mut self) -> bool {
        loop {
            if self.shared.is_closed.load(Ordering::Acquire) {
                return false;
            }
            if !self.shared.source.is_sending() {
                self.forget();
                return true;
            }
            let length = self.packet_samples();
            if self.samples.len() >= length {
                if self.shared.source.is_full() {
                    // What is pushed waits, until there is no room for that either.
                    return true;
                }
                self.encode(length);
            } else if !self.take_block() {
                return true;
            }
        }
    }
}
