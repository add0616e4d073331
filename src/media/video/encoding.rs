//! From raw pictures to frames, on a thread for that.

use std::sync::Arc;
use std::time::Instant;

use super::geometry::{self, Scaler};
use super::i420::I420;
use super::input::{Shared, Waiting};
use super::layer::Layer;
use super::overload::{Overload, Turn};
use super::picture::Rotation;
use crate::media::frame::EncodedFrame;
use crate::media::source::LayerInfo;
use crate::media::statistics::EncodingStatistics;
use crate::runtime::Pumped;

/// Which part a picture has in the mean time that encoding takes.
const SMOOTHING: f64 = 0.1;

pub(super) struct Encoding {
    shared: Arc<Shared>,
    layers: Vec<Layer>,
    /// None of a screen: what is written there has to be readable, be it shown less often.
    overload: Option<Overload>,
    /// When the last picture was encoded, and how many had been missed before; none after a pause.
    last: Option<(Instant, u64)>,
    scaler: Scaler,
    turned: I420,
    /// Of the latest picture.
    time_us: i64,
    statistics: EncodingStatistics,
}

impl Encoding {
    pub(super) fn new(shared: Arc<Shared>, layers: &[LayerInfo]) -> Self {
        let (codec, is_screen) = (shared.source.codec, shared.source.kind.is_share());
        let layer = |info: &LayerInfo| Layer::new(*info, codec, is_screen);
        let layers: Vec<_> = layers.iter().map(layer).collect();
        let most_fps = layers.iter().map(Layer::fps).max().unwrap_or_default();
        Self {
            overload: (!is_screen).then(|| Overload::new(most_fps)),
            last: None,
            layers,
            shared,
            scaler: Scaler::default(),
            turned: I420::default(),
            time_us: -1,
            statistics: EncodingStatistics {
                reduced_by: 1.0,
                ..EncodingStatistics::default()
            },
        }
    }

    fn encode(&mut self, waiting: &Waiting) {
        let begin = Instant::now();
        // Receivers take no picture that is older than the one before.
        let time_us = waiting.time_us.max(self.time_us.saturating_add(1));
        self.time_us = time_us;
        let picture = match waiting.rotation {
            Rotation::None => &waiting.picture,
            rotation => {
                geometry::turn(&waiting.picture, rotation, &mut self.turned);
                &self.turned
            }
        };
        let (source, transform) = (&self.shared.source, &self.shared.transform);
        let scale = self.overload.as_ref().map_or(1.0, Overload::scale);
        let mut has_encoded = false;
        for (index, layer) in (0..).zip(&mut self.layers) {
            let Some(target) = source.target(index).filter(|target| target.is_active) else {
                continue;
            };
            if !layer.is_due(time_us) {
                continue;
            }
            has_encoded = true;
            let encoded = layer.encode(picture, scale, time_us, target, &mut self.scaler);
            // Without memory for an encoder there is no picture; the next one may find some.
            let Ok(Some(encoded)) = encoded else {
                self.statistics.left_out += 1;
                continue;
            };
            let frame = EncodedFrame {
                data: encoded.data.into(),
                timestamp_us: time_us,
                is_key_frame: encoded.is_key_frame,
                layer: index,
                audio_level: None,
            };
            // Whatever is not taken makes the target want a key frame.
            let _ = source.push(frame, |frame| transform.apply(frame));
        }
        if has_encoded {
            self.count(begin);
            self.look_for_overload(begin);
        }
    }

    fn count(&mut self, begin: Instant) {
        let statistics = &mut self.statistics;
        let milliseconds = begin.elapsed().as_secs_f64() * 1000.0;
        statistics.encode_ms = match statistics.pictures {
            0 => milliseconds,
            _ => statistics.encode_ms + (milliseconds - statistics.encode_ms) * SMOOTHING,
        };
        statistics.pictures += 1;
    }

    fn look_for_overload(&mut self, begin: Instant) {
        let (now, (_, missed)) = (Instant::now(), self.shared.overtaken());
        let last = self.last.replace((now, missed));
        let (Some(overload), Some((before, missed_before))) = (&mut self.overload, last) else {
            return;
        };
        let us = |from: Instant, to: Instant| to.saturating_duration_since(from).as_micros() as u64;
        overload.count(Turn {
            time_us: us(before, now),
            missed: missed - missed_before,
            busy_us: us(begin, now),
        });
        self.statistics.reduced_by = overload.scale();
    }

    fn pause(&mut self) {
        self.last = None;
        if let Some(overload) = &mut self.overload {
            overload.pause();
        }
        for layer in &mut self.layers {
            layer.forget_times();
        }
    }

    fn publish(&mut self) {
        self.statistics.overtaken = self.shared.overtaken().0;
        self.shared.source.set_encoding(Some(self.statistics));
    }
}

impl Pumped for Encoding {
    fn turn(&mut self) -> bool {
        if self.shared.is_closed() {
            return false;
        }
        // One picture in each turn: others have theirs as well. Whoever pushes the next one wakes this
        // thread again.
        let Some(waiting) = self.shared.take() else {
            return true;
        };
        if !self.shared.source.is_sending() {
            self.pause();
        } else if self.shared.source.is_full() {
            // The network is slower than the encoder: a frame more would be refused.
            self.statistics.left_out += 1;
        } else {
            self.encode(&waiting);
        }
        self.publish();
        self.shared.give_back(waiting.picture);
        true
    }
}
