//! What is filmed: a camera that moves up and down along a still picture with a grain, and in its corner
//! the time at which it was filmed, as black and white cells that survive being encoded.
//!
//! Everybody films the same file, which has more rows than a picture: from one picture to the next
//! the camera moves by two of them.

use std::path::Path;

/// In pixels.
pub type Size = (usize, usize);

/// A step of the camera, in rows of brightness; a row of colours has the height of two.
const STEP: usize = 2;
const STEPS: usize = 120;

/// The times are those of the common clock in tenths of a millisecond, as far as these bits go.
const TIME_BITS: u32 = 24;
/// Behind them stands what the others come to, so that what cannot be read is not taken for a time.
const CHECK_BITS: u32 = 8;
const CHECK: u32 = 0x5a;

/// A cell is a macroblock of VP8.
const CELL: usize = 16;
const CELLS_PER_ROW: usize = 16;
const BLACK: u8 = 16;
const WHITE: u8 = 235;

/// Writes the file for pictures of that size.
pub fn write(file: &Path, (width, height): Size) {
    let rows = height + STEP * STEPS;
    let grain = |place: usize| ((place as u32).wrapping_mul(2_654_435_761) >> 28) as f32;
    let wave = |length: f32, place: usize| (place as f32 / length).sin();
    let bright = |place: usize| {
        let (row, column) = (place / width, place % width);
        let shapes = wave(37.0, row) * wave(61.0, column) + 0.3 * wave(5.0, row + 2 * column);
        (118.0 + 60.0 * shapes + grain(place)) as u8
    };
    let colour = |place: usize, length: f32| {
        let (row, column) = (place / (width / 2), place % (width / 2));
        (128.0 + 50.0 * wave(length, row) * wave(length * 1.5, column)) as u8
    };
    let half = rows * width / 4;
    let bytes: Vec<u8> = (0..rows * width)
        .map(bright)
        .chain((0..half).map(|place| colour(place, 71.0)))
        .chain((0..half).map(|place| colour(place, 53.0)))
        .collect();
    std::fs::write(file, bytes).expect("the folder for files of benchmarks");
}

/// What a camera fills.
pub struct Film {
    size: Size,
    file: Vec<u8>,
    planes: [Vec<u8>; 3],
}

impl Film {
    pub fn read(file: &Path, size: Size) -> Self {
        let file = std::fs::read(file).expect("the benchmark wrote it");
        Self {
            size,
            file,
            planes: Default::default(),
        }
    }

    /// The picture of that number, filmed at that time on the common clock.
    pub fn picture(&mut self, number: usize, time_us: f64) -> [&[u8]; 3] {
        let (width, height) = self.size;
        let rows = height + STEP * STEPS;
        let place = number % (2 * STEPS);
        let row = STEP * place.min(2 * STEPS - place);
        let (bright, colours) = self.file.split_at(rows * width);
        let (u, v) = colours.split_at(rows * width / 4);
        for (plane, (from, width)) in
            self.planes
                .iter_mut()
                .zip([(bright, 4 * width), (u, width), (v, width)])
        {
            // Of a row of colours, half as many, there is one for two.
            let (begin, length) = (row * width / 4, height * width / 4);
            plane.clear();
            plane.extend_from_slice(&from[begin..begin + length]);
        }
        draw(&mut self.planes[0], width, stamp(time_us));
        self.planes.each_ref().map(Vec::as_slice)
    }
}

/// That time, as it stands in a picture.
fn stamp(time_us: f64) -> u32 {
    (time_us / 100.0) as u64 as u32 & ((1 << TIME_BITS) - 1)
}

fn check(time: u32) -> u32 {
    (time ^ (time >> 8) ^ (time >> 16) ^ CHECK) & ((1 << CHECK_BITS) - 1)
}

fn draw(bright: &mut [u8], width: usize, time: u32) {
    let bits = (time << CHECK_BITS) | check(time);
    for (index, row) in bright.chunks_exact_mut(width).enumerate() {
        let first = index / CELL * CELLS_PER_ROW;
        if first >= u32::BITS as usize {
            return;
        }
        for (cell, pixels) in row.chunks_exact_mut(CELL).take(CELLS_PER_ROW).enumerate() {
            let is_white = bits >> (u32::BITS as usize - 1 - first - cell) & 1 == 1;
            pixels.fill(if is_white { WHITE } else { BLACK });
        }
    }
}

/// How long ago a picture was filmed, in microseconds; `None` when that cannot be read. A picture may
/// be smaller than it was filmed.
pub fn age_us(bright: (&[u8], usize), size: Size, filmed: Size, now_us: f64) -> Option<f64> {
    let (bytes, stride) = bright;
    let side = |cell: usize, part: usize, whole: usize| (cell * CELL + CELL / 2) * part / whole;
    let mut bits = 0;
    for index in 0..u32::BITS as usize {
        let row = side(index / CELLS_PER_ROW, size.1, filmed.1);
        let column = side(index % CELLS_PER_ROW, size.0, filmed.0);
        let is_white = bytes[row * stride + column] >= 128;
        bits = bits << 1 | u32::from(is_white);
    }
    let time = bits >> CHECK_BITS;
    if check(time) != bits & ((1 << CHECK_BITS) - 1) {
        return None;
    }
    let passed = stamp(now_us).wrapping_sub(time) & ((1 << TIME_BITS) - 1);
    Some(f64::from(passed) * 100.0)
}
