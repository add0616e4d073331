//! Pictures that are turned and made smaller.

use std::ops::Range;

use super::i420::{I420, Plane, PlaneMut};
use super::picture::Rotation;

/// Turns a picture.
pub(super) fn turn(from: &I420, rotation: Rotation, into: &mut I420) {
    let (width, height) = from.size();
    into.resize(match rotation {
        Rotation::None | Rotation::Clockwise180 => (width, height),
        Rotation::Clockwise90 | Rotation::Clockwise270 => (height, width),
    });
    for (from, into) in from.planes().iter().zip(into.planes_mut()) {
        turn_plane(from, rotation, into);
    }
}

fn turn_plane(from: &Plane<'_>, rotation: Rotation, into: PlaneMut<'_>) {
    let (last_row, last_column) = (from.height - 1, from.width - 1);
    for (row, bytes) in into.bytes.chunks_exact_mut(into.width).enumerate() {
        let source = |column: usize| match rotation {
            Rotation::None => (row, column),
            Rotation::Clockwise90 => (last_row - column, row),
            Rotation::Clockwise180 => (last_row - row, last_column - column),
            Rotation::Clockwise270 => (column, last_column - row),
        };
        for (column, byte) in bytes.iter_mut().enumerate() {
            let (row, column) = source(column);
            *byte = from.bytes[row * from.width + column];
        }
    }
}

/// Makes pictures smaller; or a little larger, where an encoder takes none that small.
#[derive(Default)]
pub(super) struct Scaler {
    /// Of one row that is being made, the sum of what each column of the source has.
    sums: Vec<u32>,
    /// The same of two rows, for halves.
    short_sums: Vec<u16>,
}

impl Scaler {
    /// Makes of `from` a picture of that size: each pixel is the mean of those that it covers.
    pub(super) fn scale(&mut self, from: &I420, size: (usize, usize), into: &mut I420) {
        into.resize(size);
        for (from, into) in from.planes().iter().zip(into.planes_mut()) {
            if (from.width, from.height) == (2 * into.width, 2 * into.height) {
                self.halve_plane(from, into);
            } else {
                self.scale_plane(from, into);
            }
        }
    }

    fn scale_plane(&mut self, from: &Plane<'_>, into: PlaneMut<'_>) {
        for (index, line) in into.bytes.chunks_exact_mut(into.width).enumerate() {
            let rows = covered(index, into.height, from.height);
            self.sums.clear();
            self.sums.resize(from.width, 0);
            for row in rows.clone() {
                for (sum, byte) in self.sums.iter_mut().zip(from.row(row)) {
                    *sum += u32::from(*byte);
                }
            }
            for (index, byte) in line.iter_mut().enumerate() {
                let columns = covered(index, into.width, from.width);
                let count = (columns.len() * rows.len()) as u32;
                let sum: u32 = self.sums[columns].iter().sum();
                *byte = ((sum + count / 2) / count) as u8;
            }
        }
    }

    /// The same for half the width and height, as the ladders of simulcast have it: in a form that
    /// processors do many pixels of at once.
    fn halve_plane(&mut self, from: &Plane<'_>, into: PlaneMut<'_>) {
        self.short_sums.resize(from.width, 0);
        let lines = into.bytes.chunks_exact_mut(into.width);
        for (line, rows) in lines.zip(from.bytes.chunks_exact(2 * from.width)) {
            let (upper, lower) = rows.split_at(from.width);
            let sums = self.short_sums.iter_mut();
            for ((sum, upper), lower) in sums.zip(upper).zip(lower) {
                *sum = u16::from(*upper) + u16::from(*lower);
            }
            for (byte, pair) in line.iter_mut().zip(self.short_sums.chunks_exact(2)) {
                *byte = ((pair[0] + pair[1] + 2) / 4) as u8;
            }
        }
    }
}

/// What one of `count` equal parts of `length` pixels covers, be it only in part.
fn covered(index: usize, count: usize, length: usize) -> Range<usize> {
    index * length / count..((index + 1) * length).div_ceil(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of that size, with a brightness for each pixel that tells where it is.
    fn numbered(width: usize, height: usize) -> I420 {
        let mut picture = I420::default();
        picture.resize((width, height));
        for plane in picture.planes_mut() {
            for (index, byte) in plane.bytes.iter_mut().enumerate() {
                *byte = (index * 7 % 251) as u8;
            }
        }
        picture
    }

    const SIZES: [(usize, usize); 6] = [(1, 1), (2, 1), (1, 2), (17, 33), (64, 48), (101, 7)];

    #[test]
    fn a_quarter_turn_makes_the_left_side_the_top() {
        let picture = numbered(3, 2);
        let mut turned = I420::default();
        turn(&picture, Rotation::Clockwise90, &mut turned);
        assert_eq!(turned.size(), (2, 3));
        // 0 7 14 / 21 28 35
        assert_eq!(turned.planes()[0].bytes, [21, 0, 28, 7, 35, 14]);
        turn(&picture, Rotation::Clockwise180, &mut turned);
        assert_eq!(turned.planes()[0].bytes, [35, 28, 21, 14, 7, 0]);
        turn(&picture, Rotation::Clockwise270, &mut turned);
        assert_eq!(turned.planes()[0].bytes, [14, 35, 7, 28, 0, 21]);
    }

    #[test]
    fn turns_add_up() {
        for (width, height) in SIZES {
            let picture = numbered(width, height);
            let turned = |from: &I420, rotation| {
                let mut into = I420::default();
                turn(from, rotation, &mut into);
                into
            };
            let mut quarters = picture.clone();
            for rotation in [
                Rotation::Clockwise90,
                Rotation::Clockwise180,
                Rotation::Clockwise270,
                Rotation::None,
            ] {
                quarters = turned(&quarters, Rotation::Clockwise90);
                assert_eq!(quarters, turned(&picture, rotation), "{width} x {height}");
            }
        }
    }

    #[test]
    fn a_smaller_picture_has_the_mean_of_what_it_covers() {
        let picture = numbered(4, 2);
        let mut smaller = I420::default();
        Scaler::default().scale(&picture, (2, 1), &mut smaller);
        // 0 7 14 21 / 28 35 42 49
        assert_eq!(smaller.planes()[0].bytes, [18, 32]);
        let mut same = I420::default();
        for size in SIZES {
            let picture = numbered(size.0, size.1);
            Scaler::default().scale(&picture, size, &mut same);
            assert_eq!(same, picture, "one of its own size is the same");
        }
    }

    #[test]
    fn halves_are_as_any_other_size() {
        for (width, height) in [(2, 2), (6, 4), (34, 66), (128, 96), (202, 14)] {
            let picture = numbered(width, height);
            let (mut half, mut scaler) = (I420::default(), Scaler::default());
            scaler.scale(&picture, (width / 2, height / 2), &mut half);
            for (from, half) in picture.planes().iter().zip(half.planes()) {
                let mut same = vec![0; half.bytes.len()];
                let into = PlaneMut {
                    width: half.width,
                    height: half.height,
                    bytes: &mut same,
                };
                scaler.scale_plane(from, into);
                assert_eq!(half.bytes, same, "{width} x {height}");
            }
        }
    }

    #[test]
    fn a_grey_picture_stays_grey_at_every_size() {
        let mut scaler = Scaler::default();
        for (width, height) in [(17, 33), (64, 48), (1921, 21)] {
            let mut picture = I420::default();
            picture.resize((width, height));
            for plane in picture.planes_mut() {
                plane.bytes.fill(93);
            }
            for (part, whole) in [(1, 4), (1, 2), (2, 3), (3, 8), (7, 9)] {
                let size = (
                    (width * part / whole).max(1),
                    (height * part / whole).max(1),
                );
                let mut smaller = I420::default();
                scaler.scale(&picture, size, &mut smaller);
                assert_eq!(smaller.size(), size);
                let bytes = smaller.planes().map(|plane| plane.bytes).concat();
                assert!(bytes.iter().all(|byte| *byte == 93));
            }
        }
    }
}
