//! Colour bars in every format, and how much pictures differ from each other.

use crate::media::video::{PictureFormat, Rotation, VideoPicture};

/// Red, green and blue of each bar.
const BARS: [[u8; 3]; 8] = [
    [235, 235, 235],
    [200, 200, 20],
    [20, 200, 200],
    [20, 200, 20],
    [200, 20, 200],
    [200, 20, 20],
    [20, 20, 200],
    [16, 16, 16],
];

/// A picture that owns its planes.
pub(crate) struct Owned {
    format: PictureFormat,
    size: (u32, u32),
    pub(crate) planes: Vec<Vec<u8>>,
    strides: [usize; 3],
}

impl Owned {
    pub(crate) fn lend(&self, rotation: Rotation) -> VideoPicture<'_> {
        let plane = |index: usize| self.planes.get(index).map_or(&[][..], Vec::as_slice);
        VideoPicture {
            format: self.format,
            width: self.size.0,
            height: self.size.1,
            planes: [plane(0), plane(1), plane(2)],
            strides: self.strides,
            rotation,
        }
    }
}

/// The bar at that column.
pub(crate) fn bar(column: usize, width: usize) -> [u8; 3] {
    BARS[(column * BARS.len() / width).min(BARS.len() - 1)]
}

/// Whether the bar there is the same a little to both sides, so that halved colours are as well.
pub(crate) fn is_inside(column: usize, width: usize) -> bool {
    let here = bar(column, width);
    let (left, right) = (column.saturating_sub(2), (column + 2).min(width - 1));
    bar(left, width) == here && bar(right, width) == here
}

/// Of a colour, its brightness and colour differences (BT.601, 16 to 235).
pub(crate) fn differences([red, green, blue]: [u8; 3]) -> [u8; 3] {
    let [red, green, blue] = [red, green, blue].map(|one| f64::from(one) / 255.0);
    let brightness = 0.299 * red + 0.587 * green + 0.114 * blue;
    let y = 16.0 + 219.0 * brightness;
    let u = 128.0 + 224.0 * (blue - brightness) / 1.772;
    let v = 128.0 + 224.0 * (red - brightness) / 1.402;
    [y, u, v].map(|one| one.round() as u8)
}

/// A picture whose colours are told by column, with gaps of so many bytes between the rows.
pub(crate) fn picture(
    format: PictureFormat,
    (width, height): (usize, usize),
    gap: usize,
    colour: impl Fn(usize) -> [u8; 3],
) -> Owned {
    let size = (width as u32, height as u32);
    let mut planes = Vec::new();
    let mut strides = [0; 3];
    for (plane, stride) in strides.iter_mut().enumerate().take(format.planes()) {
        let (row, rows) = format.plane_size(plane, size);
        let byte = |place: usize| {
            let halved = |column: usize, which: usize| differences(colour(2 * column))[which];
            match (format, plane) {
                (PictureFormat::Rgba, _) if place % 4 < 3 => colour(place / 4)[place % 4],
                (PictureFormat::Bgra, _) if place % 4 < 3 => colour(place / 4)[2 - place % 4],
                (PictureFormat::Rgba | PictureFormat::Bgra, _) => 255,
                (_, 0) => differences(colour(place))[0],
                (PictureFormat::Nv12, _) => halved(place / 2, 1 + place % 2),
                (PictureFormat::I420, which) => halved(place, which),
            }
        };
        let row: Vec<u8> = (0..row).map(byte).collect();
        let mut bytes = Vec::new();
        for _ in 0..rows {
            bytes.extend_from_slice(&row);
            bytes.resize(bytes.len() + gap, 77);
        }
        // Behind the last row there need not be a gap.
        bytes.truncate(bytes.len() - gap);
        *stride = row.len() + gap;
        planes.push(bytes);
    }
    Owned {
        format,
        size,
        planes,
        strides,
    }
}

/// Colour bars.
pub(crate) fn bars(format: PictureFormat, size: (usize, usize), gap: usize) -> Owned {
    picture(format, size, gap, |column| {
        bar(column.min(size.0 - 1), size.0)
    })
}

/// What cannot be foreseen from the picture before.
pub(crate) fn noise(size: (usize, usize), number: u32) -> Owned {
    let mut noise = picture(PictureFormat::I420, size, 0, |_| [128; 3]);
    let mut seed = number;
    for byte in &mut noise.planes[0] {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *byte = 96 + (seed >> 26) as u8;
    }
    noise
}

/// How alike two planes are, in decibels.
pub(crate) fn psnr(one: &[u8], other: &[u8]) -> f64 {
    assert_eq!(one.len(), other.len());
    let squares = one.iter().zip(other).map(|(one, other)| {
        let difference = f64::from(*one) - f64::from(*other);
        difference * difference
    });
    let mean = squares.sum::<f64>() / one.len() as f64;
    10.0 * (255.0 * 255.0 / mean.max(1e-9)).log10()
}
