use super::*;

const SETTINGS: Settings = Settings {
    kbps: 500,
    fps: 30,
    is_screen: false,
};

/// A picture whose brightness rises from left to right, moved by a number of columns.
struct Slope {
    size: (usize, usize),
    planes: [Vec<u8>; 3],
}

impl Slope {
    fn new(size: (usize, usize), moved: usize) -> Self {
        let brightness = |column: usize| (16 + (column + moved) * 200 / size.0 % 200) as u8;
        let row: Vec<u8> = (0..size.0).map(brightness).collect();
        let colours = vec![128; size.0 * size.1 / 4];
        Self {
            size,
            planes: [row.repeat(size.1), colours.clone(), colours],
        }
    }

    fn picture(&self) -> Picture<'_> {
        let planes = [0, 1, 2].map(|plane| self.planes[plane].as_slice());
        Picture::new(self.size, planes).expect("a good one")
    }
}

/// The greatest difference between any two pixels of the same place.
fn difference(slope: &Slope, decoded: &Decoded<'_>) -> u8 {
    assert_eq!(decoded.size(), slope.size);
    let pushed = slope.planes[0].chunks(slope.size.0);
    let rows = pushed.zip(decoded.rows(0));
    let differences = rows.flat_map(|(one, other)| one.iter().zip(other));
    let differences = differences.map(|(one, other)| one.abs_diff(*other));
    differences.max().expect("a picture")
}

#[test]
fn a_picture_comes_out_as_it_went_in_in_every_size() {
    for size in [(16, 16), (16, 64), (34, 18), (160, 90), (1280, 720)] {
        let mut encoder = Encoder::new(SETTINGS);
        let mut decoder = Decoder::new().unwrap();
        for number in 0..4 {
            let slope = Slope::new(size, 0);
            let encoded = encoder.encode(&slope.picture(), number * 33, number == 2);
            let Some(encoded) = encoded.unwrap() else {
                assert!(number % 2 == 1, "a key frame is left out");
                continue;
            };
            assert_eq!(encoded.is_key_frame, number % 2 == 0);
            let decoded = decoder.decode(encoded.data).unwrap().expect("a picture");
            let difference = difference(&slope, &decoded);
            assert!(difference < 24, "{difference} in {size:?}");
            assert!(decoded.rows(1).all(|row| row.len() == size.0 / 2));
            assert_eq!(decoded.rows(2).count(), size.1 / 2);
        }
    }
}

#[test]
fn it_is_the_profile_that_every_browser_takes() {
    let mut encoder = Encoder::new(SETTINGS);
    let slope = Slope::new((320, 180), 0);
    let encoded = encoder.encode(&slope.picture(), 0, false).unwrap();
    let data = encoded.expect("a key frame").data;
    // A start code, a sequence parameter set, constrained baseline.
    assert_eq!(data[..7], [0, 0, 0, 1, 0x67, 0x42, 0xc0], "{data:x?}");
}

#[test]
fn another_size_begins_with_a_key_frame() {
    let mut encoder = Encoder::new(SETTINGS);
    let mut decoder = Decoder::new().unwrap();
    for (number, size) in [(160, 90), (64, 48), (320, 180)].into_iter().enumerate() {
        let slope = Slope::new(size, 0);
        let encoded = encoder.encode(&slope.picture(), number as u64 * 33, false);
        let encoded = encoded.unwrap().expect("a key frame");
        assert!(encoded.is_key_frame);
        let decoded = decoder.decode(encoded.data).unwrap().expect("a picture");
        assert_eq!(decoded.size(), size);
    }
}

/// What cannot be foreseen from the picture before.
fn noise(number: u64) -> Slope {
    let mut noise = Slope::new((320, 180), 0);
    let mut seed = number as u32;
    for byte in &mut noise.planes[0] {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *byte = 112 + (seed >> 28) as u8;
    }
    noise
}

#[test]
fn the_bit_rate_changes_up_and_down_without_a_key_frame() {
    let mut encoder = Encoder::new(Settings {
        kbps: 300,
        ..SETTINGS
    });
    let mut rates = Vec::new();
    let mut number = 0;
    for kbps in [300, 1500, 200] {
        encoder.set_kbps(kbps).unwrap();
        let mut bytes = 0;
        for count in 0..90 {
            let encoded = encoder.encode(&noise(number).picture(), number * 33, false);
            if let Some(encoded) = encoded.unwrap() {
                assert_eq!(encoded.is_key_frame, number == 0, "at {number}");
                // It takes a while to find its pace.
                bytes += if count < 30 { 0 } else { encoded.data.len() };
            }
            number += 1;
        }
        rates.push((kbps, bytes * 8 / 2000));
    }
    println!("{rates:?}");
    for (wanted, found) in rates {
        let wanted = wanted as usize;
        assert!(
            (wanted / 2..wanted * 3 / 2).contains(&found),
            "{found} for {wanted}"
        );
    }
}

#[test]
fn sizes_are_even_and_neither_too_small_nor_too_large() {
    for (size, nearest) in [
        ((1280, 720), (1280, 720)),
        ((1, 1), (16, 16)),
        ((0, 0), (16, 16)),
        ((17, 33), (16, 32)),
        ((1921, 1081), (1920, 1080)),
        ((7680, 4320), (3840, 2160)),
        ((4320, 7680), (2160, 3840)),
        ((4000, 100), (3840, 96)),
        ((3000, 3000), (2160, 2160)),
        ((16_383, 1), (3840, 16)),
    ] {
        assert_eq!(nearest_size(size), nearest, "{size:?}");
        assert_eq!(nearest_size(nearest), nearest);
    }
}

#[test]
fn what_is_no_picture_is_refused() {
    let bytes = [0; 16 * 18];
    let planes = |y: usize, u: usize, v: usize| [&bytes[..y], &bytes[..u], &bytes[..v]];
    assert!(Picture::new((16, 18), planes(288, 72, 72)).is_ok());
    for (size, planes) in [
        ((16, 18), planes(287, 72, 72)),
        ((16, 18), planes(288, 71, 72)),
        ((16, 18), planes(288, 72, 71)),
        ((16, 17), planes(272, 68, 68)),
        ((14, 18), planes(252, 63, 63)),
        ((usize::MAX, usize::MAX), planes(288, 72, 72)),
        ((0, 0), planes(0, 0, 0)),
    ] {
        assert_eq!(Picture::new(size, planes).err(), Some(Misfit), "{size:?}");
    }
}

#[test]
fn what_is_no_frame_is_refused_and_harms_nothing() {
    let mut encoder = Encoder::new(SETTINGS);
    let slope = Slope::new((160, 90), 0);
    let encoded = encoder.encode(&slope.picture(), 0, false).unwrap();
    let key_frame = encoded.expect("a key frame").data.to_vec();
    let moved = Slope::new((160, 90), 3);
    let encoded = encoder.encode(&moved.picture(), 33, false).unwrap();
    let following = encoded.expect("a picture").data.to_vec();
    let mut decoder = Decoder::new().unwrap();
    assert!(decoder.decode(&following).is_err(), "without a key frame");
    for bad in [&[][..], &[1], &[0, 0, 0, 1], &[0, 0, 1, 0x65, 2, 3, 4]] {
        assert!(!matches!(decoder.decode(bad), Ok(Some(_))), "{bad:?}");
    }
    for length in 1..key_frame.len() {
        let _ = decoder.decode(&key_frame[..length]);
    }
    let mut damaged = key_frame.clone();
    for index in 4..damaged.len() {
        damaged[index] ^= 0xa5;
        let _ = decoder.decode(&damaged);
    }
    let decoded = decoder.decode(&key_frame).unwrap().expect("a picture");
    assert!(difference(&slope, &decoded) < 24);
}
