//! From frames to pictures, on a thread for that.

use std::sync::Arc;
use std::time::Instant;

use super::arrivals::Arrivals;
use super::codec::{self, Colours, Decoder};
use super::i420::I420;
use super::picture::PictureFormat;
use super::received::{ReceivedPicture, Spare};
use crate::Result;
use crate::media::frame::ReceivedFrame;
use crate::media::negotiation::Codec;
use crate::runtime::Pumped;

/// Which part a picture has in the mean time that decoding takes.
const SMOOTHING: f64 = 0.1;

pub(super) struct Decoding {
    arrivals: Arc<Arrivals>,
    decoder: Box<dyn Decoder>,
    colours: Colours,
    format: PictureFormat,
    /// What is shown, once something is.
    decoded: I420,
    spare: Arc<Spare>,
}

impl Decoding {
    pub(super) fn new(
        arrivals: &Arc<Arrivals>,
        codec: Codec,
        format: PictureFormat,
    ) -> Result<Self> {
        Ok(Self {
            arrivals: Arc::clone(arrivals),
            decoder: codec::decoder(codec)?,
            colours: Colours::new()?,
            format,
            decoded: I420::default(),
            spare: Arc::default(),
        })
    }

    fn decode(&mut self, frame: &ReceivedFrame) {
        let begin = Instant::now();
        match self.decoder.decode(&frame.data, &mut self.decoded) {
            Some(true) => self.show(frame, begin),
            Some(false) => {}
            None => self.arrivals.lose(),
        }
    }

    fn show(&mut self, frame: &ReceivedFrame, begin: Instant) {
        let (width, height) = self.decoded.size();
        let mut bytes = self.spare.take();
        match self.format {
            PictureFormat::Rgba => self.colours.to_rgba(&self.decoded, &mut bytes),
            _ => self.decoded.copy_to(&mut bytes),
        }
        let picture = ReceivedPicture {
            participant_id: Arc::clone(&frame.participant_id),
            track_id: Arc::clone(&frame.track_id),
            format: self.format,
            size: (width as u32, height as u32),
            timestamp_us: frame.timestamp_us,
            is_resized: false,
            bytes,
            spare: Arc::downgrade(&self.spare),
        };
        let milliseconds = begin.elapsed().as_secs_f64() * 1000.0;
        self.arrivals.count(|statistics| {
            statistics.decode_ms = match statistics.pictures {
                0 => milliseconds,
                _ => statistics.decode_ms + (milliseconds - statistics.decode_ms) * SMOOTHING,
            };
            statistics.pictures += 1;
        });
        let pictures = &self.arrivals.pictures;
        if pictures.fill(|latest| latest.put(picture)) == Some(true) {
            self.arrivals.count(|statistics| statistics.overtaken += 1);
        }
    }
}

impl Pumped for Decoding {
    fn turn(&mut self) -> bool {
        loop {
            // What came before the end is still decoded.
            let is_closed = self.arrivals.is_closed();
            match self.arrivals.take() {
                Some(frame) => self.decode(&frame),
                None => {
                    if self.decoded.size() != (0, 0) {
                        self.arrivals.captures.give(&self.decoded);
                    }
                    return !is_closed;
                }
            }
        }
    }
}

impl Drop for Decoding {
    /// However it ends, no picture will come.
    fn drop(&mut self) {
        self.arrivals.captures.end_with_track();
        self.arrivals.pictures.close();
    }
}
