//! Images: pictures as files, for those who keep or pass them on.

use super::codec;
use super::i420::Plane;
use crate::choice::choice;
use crate::{Error, Result, Status};

choice! {
    /// How an image is encoded.
    ImageFormat, "format of images" {
        /// PNG: every pixel as it was decoded.
        Png = 1, "png";
        /// JPEG: a fraction of that size, without what is hardly seen.
        Jpeg = 2, "jpeg";
    }
}

/// The quality of a JPEG for whom any good one will do: from here on more of it is hardly seen.
const DEFAULT_QUALITY: u8 = 85;

/// What an image is made of, row after row without gaps.
#[derive(Clone, Copy)]
// A build without pictures looks at none.
#[cfg_attr(not(feature = "video"), allow(dead_code))]
pub(super) enum Pixels<'a> {
    /// Brightness and colour differences.
    I420([Plane<'a>; 3]),
    /// A width and a height, and four bytes for each pixel, the last of which is of no meaning.
    Rgba((usize, usize), &'a [u8]),
}

impl Pixels<'_> {
    #[cfg(feature = "video")]
    pub(super) fn size(&self) -> (usize, usize) {
        match self {
            Self::I420([y, ..]) => (y.width, y.height),
            Self::Rgba(size, _) => *size,
        }
    }
}

/// How an image is to be encoded.
#[derive(Clone, Copy, Debug)]
pub(super) struct ImageSettings {
    format: ImageFormat,
    /// Of a JPEG, 1 to 100.
    quality: u8,
}

impl ImageSettings {
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] when there is no such quality.
    pub(super) fn new(format: ImageFormat, quality: i32) -> Result<Self> {
        let wrong = |text, remedy| Err(Error::new(Status::InvalidArgument, text, remedy));
        let quality = match (format, quality) {
            (_, 0) => DEFAULT_QUALITY,
            (ImageFormat::Jpeg, 1..=100) => quality as u8,
            (ImageFormat::Jpeg, _) => {
                return wrong(
                    format!("{quality} is no quality of a JPEG"),
                    "Pass 1 (small) to 100 (good), or 0 for a good one.",
                );
            }
            (ImageFormat::Png, _) => {
                return wrong(
                    format!("A PNG of quality {quality} was asked for"),
                    "A PNG has every pixel as it is: pass 0, or ask for a JPEG.",
                );
            }
        };
        Ok(Self { format, quality })
    }

    /// The bytes of an image file.
    pub(super) fn encode(self, pixels: &Pixels<'_>) -> Result<Vec<u8>> {
        match self.format {
            ImageFormat::Png => codec::png(pixels),
            ImageFormat::Jpeg => codec::jpeg(pixels, self.quality),
        }
    }
}
