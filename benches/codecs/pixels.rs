//! Colours and sizes of pictures, converted by the library's own files: nothing of them is public, so
//! they are compiled once more here, with the same settings.
#![allow(dead_code)]

#[path = "../../src/media/video/colour.rs"]
mod colour;
#[path = "../../src/media/video/geometry.rs"]
mod geometry;
#[path = "../../src/media/video/i420.rs"]
mod i420;

mod codec;

/// What these files take from the one of that name. It knows more than they ask for.
mod picture {
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub enum Rotation {
        None,
        Clockwise90,
        Clockwise180,
        Clockwise270,
    }

    pub enum PictureFormat {
        I420,
        Nv12,
        Rgba,
        Bgra,
    }

    pub struct VideoPicture<'a> {
        pub format: PictureFormat,
        pub width: u32,
        pub height: u32,
        pub planes: [&'a [u8]; 3],
        pub strides: [usize; 3],
    }
}

use codec::Colours;
use geometry::Scaler;
use i420::I420;
use picture::{PictureFormat, VideoPicture};

use crate::support::figures::thread_time_us;

const SIZE: (usize, usize) = (1280, 720);
const SMALLER: (usize, usize) = (640, 360);

/// So many are converted before it counts.
const WARM_UP: usize = 5;

/// Microseconds of processor time for each of so many pictures.
pub fn convert(what: &str, pictures: usize) -> f64 {
    let colours = Colours::new().expect("it is built in");
    let (width, height) = SIZE;
    let noise = |place: usize| ((place as u32).wrapping_mul(2_654_435_761) >> 24) as u8;
    let bytes: Vec<u8> = (0..4 * width * height).map(noise).collect();
    let mut whole = I420::default();
    whole.resize(SIZE);
    for plane in whole.planes_mut() {
        plane.bytes.copy_from_slice(&bytes[..plane.bytes.len()]);
    }
    let packed = |format| VideoPicture {
        format,
        width: width as u32,
        height: height as u32,
        planes: [&bytes, &[], &[]],
        strides: [4 * width, 0, 0],
    };
    let (y, uv) = bytes.split_at(width * height);
    let nv12 = VideoPicture {
        planes: [y, uv, &[]],
        strides: [width, width, 0],
        ..packed(PictureFormat::Nv12)
    };
    let (mut into, mut rgba) = (I420::default(), Vec::new());
    let mut scaler = Scaler::default();
    let mut read = |picture: &VideoPicture<'_>| colour::read(picture, &colours, &mut into);
    match what {
        "i420-rgba" => timed(pictures, || colours.to_rgba(&whole, &mut rgba)),
        "rgba-i420" => timed(pictures, || read(&packed(PictureFormat::Rgba))),
        "bgra-i420" => timed(pictures, || read(&packed(PictureFormat::Bgra))),
        "nv12-i420" => timed(pictures, || read(&nv12)),
        "scale" => timed(pictures, || scaler.scale(&whole, SMALLER, &mut into)),
        _ => panic!("{what}: it is not known"),
    }
}

fn timed(pictures: usize, mut convert: impl FnMut()) -> f64 {
    (0..WARM_UP).for_each(|_| convert());
    let begin = thread_time_us();
    (0..pictures).for_each(|_| convert());
    (thread_time_us() - begin) / pictures as f64
}
