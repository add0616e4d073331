//! One of the sizes in which the pictures of a track are sent.

use super::codec::{self, Encoded, Encoder, EncoderSettings};
use super::geometry::Scaler;
use super::i420::I420;
use crate::Result;
use crate::media::negotiation::Codec;
use crate::media::source::{EncoderTarget, LayerInfo};

/// What an encoder reckons with when nothing limits the rate of pictures.
const USUAL_FPS: u32 = 30;

/// Without any limit of the bit rate, so many bits for each pixel that is sent; and within these
/// bounds, in kilobits per second.
const BITS_PER_PIXEL: f64 = 0.06;
const UNLIMITED_KBPS: (u32, u32) = (100, 4000);

/// A side that is shorter is not made shorter still for want of time: nobody would know what it shows.
const SHORTEST: usize = 90;

/// A change of the bit rate by less than this part is not worth disturbing the encoder.
const NEWS: u32 = 20;

pub(super) struct Layer {
    info: LayerInfo,
    codec: Codec,
    is_screen: bool,
    /// Of the size of the last picture.
    encoder: Option<Box<dyn Encoder>>,
    kbps: u32,
    scaled: I420,
    /// A picture that is earlier comes too soon.
    due_us: i64,
}

impl Layer {
    pub(super) fn new(info: LayerInfo, codec: Codec, is_screen: bool) -> Self {
        Self {
            info,
            codec,
            is_screen,
            encoder: None,
            kbps: 0,
            scaled: I420::default(),
            due_us: i64::MIN,
        }
    }

    /// How many pictures a second it has at most.
    pub(super) fn fps(&self) -> u32 {
        match self.info.max_fps {
            0 => USUAL_FPS,
            fps => fps,
        }
    }

    fn interval_us(&self) -> i64 {
        1_000_000 / i64::from(self.fps())
    }

    /// Whether a picture of that time is within the limit of pictures per second; counts it if so.
    pub(super) fn is_due(&mut self, time_us: i64) -> bool {
        if self.info.max_fps == 0 {
            return true;
        }
        let interval = self.interval_us();
        // Cameras are not exact.
        if time_us.saturating_add(interval / 4) < self.due_us {
            return false;
        }
        let earliest = time_us.saturating_add(interval / 2);
        self.due_us = self.due_us.saturating_add(interval).max(earliest);
        true
    }

    /// Times begin anew.
    pub(super) fn forget_times(&mut self) {
        self.due_us = i64::MIN;
    }

    /// Encodes a picture in the size of this layer, divided by `reduction`; `None` when the encoder
    /// leaves it out.
    pub(super) fn encode(
        &mut self,
        picture: &I420,
        reduction: f64,
        time_us: i64,
        target: EncoderTarget,
        scaler: &mut Scaler,
    ) -> Result<Option<Encoded<'_>>> {
        let (fps, interval_us) = (self.fps(), self.interval_us() as u32);
        let size = scaled_size(picture.size(), self.info.scale);
        let size = reduced_size(size, reduction);
        let size = codec::encoded_size(self.codec, size);
        let kbps = kbps(target.kbps, self.info.max_kbps, size, fps);
        let picture = if size == picture.size() {
            picture
        } else {
            scaler.scale(picture, size, &mut self.scaled);
            &self.scaled
        };
        let encoder = match self.encoder.take().filter(|encoder| encoder.size() == size) {
            Some(mut encoder) => {
                if kbps.abs_diff(self.kbps) * NEWS > self.kbps {
                    encoder.set_kbps(kbps);
                    self.kbps = kbps;
                }
                encoder
            }
            None => {
                self.kbps = kbps;
                let settings = EncoderSettings {
                    size,
                    kbps,
                    fps,
                    is_screen: self.is_screen,
                };
                codec::encoder(self.codec, &settings)?
            }
        };
        let encoder = self.encoder.insert(encoder);
        encoder.encode(picture, time_us, interval_us, target.wants_key_frame)
    }
}

/// A side is never less than a pixel.
fn scaled_size((width, height): (usize, usize), scale: f64) -> (usize, usize) {
    let side = |length: usize| ((length as f64 / scale.max(1.0)) as usize).max(1);
    (side(width), side(height))
}

/// Both sides are divided by the same, which is less than `reduction` where that would be too much.
fn reduced_size((width, height): (usize, usize), reduction: f64) -> (usize, usize) {
    let most = width.min(height) as f64 / SHORTEST as f64;
    scaled_size((width, height), reduction.min(most))
}

/// What is aimed at: 0 stands for what is not known, or not limited.
fn kbps(target: u32, most: u32, (width, height): (usize, usize), fps: u32) -> u32 {
    match (target, most) {
        (0, 0) => {
            let pixels = (width * height) as f64 * f64::from(fps);
            let (least, most) = UNLIMITED_KBPS;
            ((pixels * BITS_PER_PIXEL / 1000.0) as u32).clamp(least, most)
        }
        (0, most) => most,
        (target, 0) => target,
        (target, most) => target.min(most),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(max_fps: u32) -> Layer {
        let info = LayerInfo {
            scale: 1.0,
            max_kbps: 0,
            max_fps,
        };
        Layer::new(info, Codec::Vp8, false)
    }

    /// How many of so many seconds of pictures at that rate are sent.
    fn sent(layer: &mut Layer, fps: i64, seconds: i64, uneven_us: i64) -> i64 {
        let times = (0..fps * seconds).map(|number| {
            let uneven = if number % 2 == 0 { uneven_us } else { 0 };
            number * 1_000_000 / fps + uneven
        });
        times.filter(|time| layer.is_due(*time)).count() as i64
    }

    #[test]
    fn a_limit_of_pictures_is_kept_whatever_the_camera_does() {
        for (limit, fps, expected) in [
            (0, 60, 60),
            (30, 30, 30),
            (20, 30, 20),
            (15, 30, 15),
            (25, 30, 25),
            (30, 15, 15),
            (5, 60, 5),
        ] {
            for uneven_us in [0, 4_000] {
                let sent = sent(&mut layer(limit), fps, 10, uneven_us);
                let about = (expected * 10 - expected)..=(expected * 10 + expected);
                assert!(
                    about.contains(&sent),
                    "{sent} of {limit} at {fps}, {uneven_us}"
                );
            }
        }
    }

    #[test]
    fn after_a_pause_nothing_is_made_up_for() {
        let mut layer = layer(20);
        assert!(layer.is_due(0));
        let later = 60_000_000;
        let times = (0..30).map(|number| later + number * 33_333);
        let sent = times.filter(|time| layer.is_due(*time)).count();
        assert!((19..=22).contains(&sent), "{sent}");
    }

    #[test]
    fn bit_rates_are_those_of_the_network_within_those_of_the_layer() {
        let size = (1280, 720);
        assert_eq!(kbps(700, 1500, size, 30), 700);
        assert_eq!(kbps(2000, 1500, size, 30), 1500);
        assert_eq!(kbps(0, 1500, size, 30), 1500);
        assert_eq!(kbps(2000, 0, size, 30), 2000);
        assert_eq!(kbps(0, 0, size, 30), 1658);
        assert_eq!(kbps(0, 0, (1, 1), 30), UNLIMITED_KBPS.0);
        assert_eq!(kbps(0, 0, (7680, 4320), 60), UNLIMITED_KBPS.1);
    }

    #[test]
    fn sizes_are_divided_and_never_nothing() {
        assert_eq!(scaled_size((1280, 720), 4.0), (320, 180));
        assert_eq!(scaled_size((640, 480), 2.667), (239, 179));
        assert_eq!(scaled_size((3, 1), 4.0), (1, 1));
        assert_eq!(scaled_size((3, 1), 0.5), (3, 1), "never larger");
        assert_eq!(reduced_size((1280, 720), 1.0), (1280, 720));
        assert_eq!(reduced_size((1280, 720), 2.0), (640, 360));
        assert_eq!(reduced_size((320, 180), 4.0), (160, 90));
        assert_eq!(reduced_size((101, 57), 4.0), (101, 57));
    }
}
