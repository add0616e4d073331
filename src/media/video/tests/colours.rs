//! Colours and sizes, from the app's pixels to an encoder's and back.

use proptest::prelude::*;

use super::bars::{Owned, bar, bars, differences, is_inside, picture};
use super::*;
use crate::media::video::codec::Colours;
use crate::media::video::colour;
use crate::media::video::i420::I420;

const SIZES: [(usize, usize); 5] = [(1, 1), (2, 2), (17, 33), (160, 90), (1921, 1081)];

fn read(picture: &Owned) -> I420 {
    let mut into = I420::default();
    let picture = picture.lend(Rotation::None);
    picture.check().expect("a good picture");
    colour::read(&picture, &Colours::new().unwrap(), &mut into);
    into
}

fn to_rgba(picture: &I420) -> Vec<u8> {
    let mut rgba = Vec::new();
    Colours::new().unwrap().to_rgba(picture, &mut rgba);
    rgba
}

fn assert_close(one: &[u8], other: &[u8], most: u8, what: &str) {
    for (one, other) in one.iter().zip(other) {
        assert!(one.abs_diff(*other) <= most, "{one} for {other}, {what}");
    }
}

#[test]
fn colour_bars_keep_their_colours_in_every_format_and_size() {
    for (width, height) in SIZES {
        for format in PictureFormat::ALL {
            for gap in [0, 13] {
                let what = format!("{} {width} x {height}, {gap}", format.name());
                let read = read(&bars(*format, (width, height), gap));
                assert_eq!(read.size(), (width, height));
                let rgba = to_rgba(&read);
                assert_eq!(rgba.len(), 4 * width * height);
                let [y, u, v] = read.planes();
                for row in [0, height / 2, height - 1] {
                    for column in (0..width).filter(|column| is_inside(*column, width)) {
                        let expected = bar(column, width);
                        let pixel = &rgba[4 * (row * width + column)..][..4];
                        assert_close(&pixel[..3], &expected, 4, &what);
                        assert_eq!(pixel[3], 255, "{what}");
                        let inner = [
                            y.row(row)[column],
                            u.row(row / 2)[column / 2],
                            v.row(row / 2)[column / 2],
                        ];
                        assert_close(&inner, &differences(expected), 2, &what);
                    }
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn one_colour_is_one_colour_whatever_its_format_size_and_gaps(
        width in 1..70_usize,
        height in 1..70_usize,
        gap in 0..40_usize,
        colour in any::<[u8; 3]>(),
    ) {
        let [y, u, v] = differences(colour);
        for format in PictureFormat::ALL {
            let read = read(&picture(*format, (width, height), gap, |_| colour));
            for (plane, expected) in read.planes().iter().zip([y, u, v]) {
                prop_assert!(plane.bytes.iter().all(|byte| byte.abs_diff(expected) <= 2),
                    "{:?}, not {expected}, {format:?}", plane.bytes.iter().max());
            }
        }
    }

    #[test]
    fn planes_are_taken_byte_by_byte(
        (width, height) in (1..40_usize, 1..40_usize),
        gap in 0..20_usize,
        seed in any::<u8>(),
    ) {
        let noise = |index: usize| (index as u8).wrapping_mul(37).wrapping_add(seed);
        let size = (width as u32, height as u32);
        let (half_width, half_height) = (width.div_ceil(2), height.div_ceil(2));
        let mut expected = I420::default();
        expected.resize((width, height));
        let mut first = 0;
        for plane in expected.planes_mut() {
            for byte in plane.bytes.iter_mut() {
                *byte = noise(first);
                first += 1;
            }
        }
        let [y, u, v] = expected.planes();
        let with_gaps = |rows: Vec<Vec<u8>>| -> Vec<u8> {
            rows.into_iter().flat_map(|mut row| { row.resize(row.len() + gap, 9); row }).collect()
        };
        let whole = with_gaps((0..height).map(|row| y.row(row).to_vec()).collect());
        let pairs = with_gaps((0..half_height).map(|row| {
            let pairs = u.row(row).iter().zip(v.row(row));
            pairs.flat_map(|(u, v)| [*u, *v]).collect()
        }).collect());
        let picture = crate::media::VideoPicture {
            format: PictureFormat::Nv12,
            width: size.0,
            height: size.1,
            planes: [&whole, &pairs, &[]],
            strides: [width + gap, 2 * half_width + gap, 0],
            rotation: Rotation::None,
        };
        picture.check().unwrap();
        let mut into = I420::default();
        colour::read(&picture, &Colours::new().unwrap(), &mut into);
        prop_assert_eq!(into, expected);
    }
}
