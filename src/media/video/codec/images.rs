//! Images, as PNG and JPEG.

use jpeg_encoder::{Encoder, ImageBuffer, JpegColorType, SamplingFactor, rgb_to_ycbcr};

use super::super::image::Pixels;
use super::colours;
use crate::{Error, Result, Status};

/// A PNG has red, green and blue.
pub(in super::super) fn png(pixels: &Pixels<'_>) -> Result<Vec<u8>> {
    let (width, height) = pixels.size();
    let mut rgb = vec![0; 3 * width * height];
    match pixels {
        Pixels::I420(planes) => colours::to_rgb(planes, &mut rgb),
        Pixels::Rgba(_, rgba) => {
            for (three, four) in rgb.chunks_exact_mut(3).zip(rgba.chunks_exact(4)) {
                three.copy_from_slice(&four[..3]);
            }
        }
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width as u32, height as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    // With more, what is filmed becomes 4 % smaller in a hundred times the time.
    encoder.set_compression(png::Compression::Fast);
    let written = encoder.write_header().and_then(|mut writer| {
        writer.write_image_data(&rgb)?;
        writer.finish()
    });
    written.map_err(|error| failed(&error))?;
    Ok(bytes)
}

/// A JPEG has brightness and colour differences as well, but uses all of their range (JFIF 1.02).
pub(in super::super) fn jpeg(pixels: &Pixels<'_>, quality: u8) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    // No picture was received with more colours than that.
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    let encoded = encoder.encode_image(Rows(*pixels));
    encoded.map_err(|error| failed(&error))?;
    Ok(bytes)
}

fn failed(error: &dyn std::fmt::Display) -> Error {
    Error::new(
        Status::ResourceExhausted,
        format!("The image could not be encoded: {error}"),
        "It needs some megabytes; free some memory.",
    )
}

/// What the encoder of JPEGs asks for, row by row. Of each square of four pixels it takes the colour
/// of the first.
struct Rows<'a>(Pixels<'a>);

impl ImageBuffer for Rows<'_> {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        JpegColorType::Ycbcr
    }

    // No side of a picture is longer than VP8 and H.264 have place for.
    fn width(&self) -> u16 {
        self.0.size().0 as u16
    }

    fn height(&self) -> u16 {
        self.0.size().1 as u16
    }

    fn fill_buffers(&self, row: u16, [luma, blue, red, _]: &mut [Vec<u8>; 4]) {
        let row = usize::from(row);
        match self.0 {
            Pixels::I420([y, u, v]) => {
                let widened = |bytes: &[u8], table: &[u8; 256], times: usize| -> Vec<u8> {
                    let pixels = bytes.iter().map(|byte| table[usize::from(*byte)]);
                    let pixels = pixels.flat_map(|byte| std::iter::repeat_n(byte, times));
                    pixels.take(y.width).collect()
                };
                luma.extend(widened(y.row(row), &BRIGHTNESS, 1));
                blue.extend(widened(u.row(row / 2), &DIFFERENCE, 2));
                red.extend(widened(v.row(row / 2), &DIFFERENCE, 2));
            }
            Pixels::Rgba((width, _), rgba) => {
                for pixel in rgba[4 * row * width..][..4 * width].chunks_exact(4) {
                    let [y, cb, cr]: [u8; 3] = rgb_to_ycbcr(pixel[0], pixel[1], pixel[2]).into();
                    luma.push(y);
                    blue.push(cb);
                    red.push(cr);
                }
            }
        }
    }
}

/// Of 16 to 235, 0 to 255.
const BRIGHTNESS: [u8; 256] = widened(16, 219, 0);

/// Of 16 to 240, 1 to 255; 128 is no difference.
const DIFFERENCE: [u8; 256] = widened(128, 224, 128);

/// For every byte what becomes of it when a range is widened to 255, from one zero to another.
const fn widened(zero: i32, range: i32, new_zero: i32) -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let rounded = (2 * 255 * (byte - zero) + range).div_euclid(2 * range) + new_zero;
        table[byte as usize] = match rounded {
            ..0 => 0,
            0..=255 => rounded as u8,
            _ => 255,
        };
        byte += 1;
    }
    table
}
