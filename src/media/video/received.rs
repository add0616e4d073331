//! Pictures of others, ready to be shown.

use std::sync::{Arc, Mutex, Weak};

use super::i420::planes;
use super::image::{ImageFormat, ImageSettings, Pixels};
use super::picture::PictureFormat;
use crate::Result;
use crate::runtime::lock;

/// How many pictures' memory is kept for the next ones: one waits, one is shown, one is filled.
const SPARE: usize = 3;

/// Memory of pictures that nobody shows any more.
#[derive(Default)]
pub(super) struct Spare(Mutex<Vec<Vec<u8>>>);

impl Spare {
    pub(super) fn take(&self) -> Vec<u8> {
        lock(&self.0).pop().unwrap_or_default()
    }

    fn keep(&self, bytes: Vec<u8>) {
        let mut spare = lock(&self.0);
        if spare.len() < SPARE {
            spare.push(bytes);
        }
    }
}

/// A decoded picture of somebody else. It keeps its memory until it is dropped, whatever becomes of
/// the track.
pub struct ReceivedPicture {
    pub(super) participant_id: Arc<str>,
    pub(super) track_id: Arc<str>,
    pub(super) format: PictureFormat,
    pub(super) size: (u32, u32),
    pub(super) timestamp_us: i64,
    pub(super) is_resized: bool,
    /// Plane after plane, without gaps.
    pub(super) bytes: Vec<u8>,
    /// Where its memory goes.
    pub(super) spare: Weak<Spare>,
}

impl ReceivedPicture {
    /// Who sent it.
    #[must_use]
    pub fn participant_id(&self) -> &str {
        &self.participant_id
    }

    /// Which track it belongs to.
    #[must_use]
    pub fn track_id(&self) -> &str {
        &self.track_id
    }

    /// How its pixels lie in memory: as its output was asked for.
    #[must_use]
    pub fn format(&self) -> PictureFormat {
        self.format
    }

    /// In pixels.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.size.0
    }

    /// In pixels.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.size.1
    }

    /// When it was filmed, in microseconds from an arbitrary moment of its track.
    #[must_use]
    pub fn timestamp_us(&self) -> i64 {
        self.timestamp_us
    }

    /// Whether the picture that was read before it from the same output had another size, or there
    /// was none.
    #[must_use]
    pub fn is_resized(&self) -> bool {
        self.is_resized
    }

    /// The bytes of one of its planes, and how far the beginnings of two of its rows are apart; `None`
    /// when its format has no such plane.
    #[must_use]
    pub fn plane(&self, plane: usize) -> Option<(&[u8], usize)> {
        if plane >= self.format.planes() {
            return None;
        }
        let length = |plane: usize| {
            let (row, rows) = self.format.plane_size(plane, self.size);
            row * rows
        };
        let before: usize = (0..plane).map(length).sum();
        let (row, _) = self.format.plane_size(plane, self.size);
        Some((&self.bytes[before..before + length(plane)], row))
    }

    /// The bytes of an image file with it.
    ///
    /// A JPEG has a quality from 1 to 100, 0 for a good one; a PNG has none, so 0. It is encoded on this
    /// very thread, which takes about 20 milliseconds for each million pixels.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`](crate::Status::InvalidArgument) for another quality.
    pub fn encode_image(&self, format: ImageFormat, quality: i32) -> Result<Vec<u8>> {
        let settings = ImageSettings::new(format, quality)?;
        settings.encode(&self.pixels())
    }

    fn pixels(&self) -> Pixels<'_> {
        let (width, height) = (self.size.0 as usize, self.size.1 as usize);
        match self.format {
            PictureFormat::I420 => Pixels::I420(planes(&self.bytes, (width, height))),
            _ => Pixels::Rgba((width, height), &self.bytes),
        }
    }
}

impl Drop for ReceivedPicture {
    fn drop(&mut self) {
        if let Some(spare) = self.spare.upgrade() {
            spare.keep(std::mem::take(&mut self.bytes));
        }
    }
}

impl std::fmt::Debug for ReceivedPicture {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ReceivedPicture")
            .field("format", &self.format)
            .field("size", &self.size)
            .field("timestamp_us", &self.timestamp_us)
            .finish_non_exhaustive()
    }
}
