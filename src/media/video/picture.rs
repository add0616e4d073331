//! What raw pictures are made of.

use crate::choice::choice;
use crate::{Error, Result, Status};

/// The longest side, in pixels: VP8 has no place for more (RFC 6386, section 9.1).
const LONGEST_SIDE: u32 = 16_383;

/// The most pixels: those of a screen of 8K. What says that it has more is a mistake.
const MOST_PIXELS: u64 = 7680 * 4320;

choice! {
    /// How the pixels of a picture lie in memory. Colours are those of BT.601, brightness in I420 and
    /// NV12 from 16 to 235, as VP8 has them.
    PictureFormat, "format of pictures" {
        /// Three planes: brightness, then the two colour differences U and V in half the width and
        /// height, rounded up.
        I420 = 1, "i420";
        /// Two planes: brightness, then U and V by turns in half the width and height, rounded up.
        Nv12 = 2, "nv12";
        /// One plane of four bytes for each pixel: red, green, blue, and one of no meaning here.
        Rgba = 3, "rgba";
        /// Likewise: blue, green, red.
        Bgra = 4, "bgra";
    }
}

choice! {
    /// How far a picture has to be turned clockwise to be upright. The numbers are degrees.
    Rotation, "rotation of pictures" {
        /// It is upright.
        None = 0, "none";
        /// A quarter: what is its left side becomes the top.
        Clockwise90 = 90, "clockwise90";
        /// It stands on its head.
        Clockwise180 = 180, "clockwise180";
        /// Three quarters: what is its right side becomes the top.
        Clockwise270 = 270, "clockwise270";
    }
}

impl PictureFormat {
    /// How many planes it has.
    #[must_use]
    pub const fn planes(self) -> usize {
        match self {
            Self::I420 => 3,
            Self::Nv12 => 2,
            Self::Rgba | Self::Bgra => 1,
        }
    }

    /// How many bytes a row of a plane has, and how many rows that plane has.
    pub(crate) fn plane_size(self, plane: usize, (width, height): (u32, u32)) -> (usize, usize) {
        let (width, height) = (width as usize, height as usize);
        let (half_width, half_height) = (width.div_ceil(2), height.div_ceil(2));
        match (self, plane) {
            (Self::Rgba | Self::Bgra, _) => (4 * width, height),
            (_, 0) => (width, height),
            (Self::Nv12, _) => (2 * half_width, half_height),
            (Self::I420, _) => (half_width, half_height),
        }
    }

    /// How many bytes a plane has whose rows begin so far apart, behind the last of which nothing need
    /// be.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] when rows cannot be that far apart.
    pub(crate) fn plane_length(
        self,
        plane: usize,
        size: (u32, u32),
        stride: usize,
    ) -> Result<usize> {
        let (row, rows) = self.plane_size(plane, size);
        let length = stride.checked_mul(rows - 1);
        let length = length.and_then(|length| length.checked_add(row));
        let most = isize::MAX as usize;
        match length {
            Some(length) if stride >= row && stride <= i32::MAX as usize && length <= most => {
                Ok(length)
            }
            _ => Err(wrong(
                format!("The stride of plane {plane} is {stride} bytes; a row has {row}"),
                "A stride is the distance from one row to the next in bytes, at least the length of a row.",
            )),
        }
    }
}

/// A picture of the app's, which lends it for a moment.
#[derive(Clone, Copy, Debug)]
pub struct VideoPicture<'a> {
    /// How its pixels lie in memory.
    pub format: PictureFormat,
    /// In pixels, before it is turned.
    pub width: u32,
    /// Likewise.
    pub height: u32,
    /// As many as the format has; the others are not looked at.
    pub planes: [&'a [u8]; 3],
    /// How far the beginnings of two rows of each plane are apart, in bytes.
    pub strides: [usize; 3],
    /// How it has to be turned to be upright; the library turns it.
    pub rotation: Rotation,
}

impl VideoPicture<'_> {
    /// Whether it can be one.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] for sides that are 0 or too long, and for planes that are shorter
    /// than their rows.
    pub(crate) fn check(&self) -> Result<()> {
        check_size((self.width, self.height))?;
        for plane in 0..self.format.planes() {
            let size = (self.width, self.height);
            let needed = self.format.plane_length(plane, size, self.strides[plane])?;
            let given = self.planes[plane].len();
            if given < needed {
                return Err(wrong(
                    format!("Plane {plane} has {given} bytes; with its stride it needs {needed}"),
                    "Pass whole planes, and the distance of two of their rows as the stride.",
                ));
            }
        }
        Ok(())
    }
}

/// Whether a picture may have that size.
pub(crate) fn check_size((width, height): (u32, u32)) -> Result<()> {
    let sides = 1..=LONGEST_SIDE;
    let pixels = u64::from(width) * u64::from(height);
    if sides.contains(&width) && sides.contains(&height) && pixels <= MOST_PIXELS {
        return Ok(());
    }
    Err(wrong(
        format!("{width} x {height} is no size of pictures"),
        "Width and height are 1 to 16,383, and both together at most 7680 x 4320 pixels.",
    ))
}

fn wrong(text: String, remedy: &str) -> Error {
    Error::new(Status::InvalidArgument, text, remedy)
}
