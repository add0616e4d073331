//! VP8 by libvpx, encoded and decoded in real time.
//!
//! No wrapper that was published keeps what this library needs: a bit rate that changes without a
//! key frame, odd sizes, and pictures that cannot outlive their decoder. `glue.c` has all that
//! depends on the version of libvpx, so that any will do.

use std::ffi::{CStr, c_char, c_int};
use std::fmt;
use std::ptr::NonNull;

/// The longest side that VP8 has a place for, in pixels (RFC 6386, section 9.1).
pub const LONGEST_SIDE: u32 = 16_383;

/// An I420 picture that somebody else holds: full brightness, and colours of half the width and
/// height, rounded up.
#[derive(Clone, Copy, Debug)]
pub struct Picture<'a> {
    width: u32,
    height: u32,
    planes: [&'a [u8]; 3],
    strides: [usize; 3],
}

/// A plane that does not fit its picture, or a picture of no size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misfit;

impl<'a> Picture<'a> {
    /// From its planes Y, U and V; a stride is the distance of two rows in bytes.
    ///
    /// # Errors
    ///
    /// When a plane is shorter than its rows, or a side is 0 or longer than [`LONGEST_SIDE`].
    pub fn new(
        (width, height): (u32, u32),
        planes: [&'a [u8]; 3],
        strides: [usize; 3],
    ) -> Result<Self, Misfit> {
        let sides = 1..=LONGEST_SIDE;
        if !sides.contains(&width) || !sides.contains(&height) {
            return Err(Misfit);
        }
        let picture = Self {
            width,
            height,
            planes,
            strides,
        };
        for (index, plane) in planes.iter().enumerate() {
            let (row, rows) = picture.plane_size(index);
            let stride = strides[index];
            let last = stride.checked_mul(rows - 1).ok_or(Misfit)?;
            let fits = last.checked_add(row).is_some_and(|all| all <= plane.len());
            if stride < row || i32::try_from(stride).is_err() || !fits {
                return Err(Misfit);
            }
        }
        Ok(picture)
    }

    /// Width and height in pixels.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// One of its three planes, row by row.
    pub fn rows(&self, plane: usize) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let (row, rows) = self.plane_size(plane);
        let (bytes, stride) = (self.planes[plane], self.strides[plane]);
        (0..rows).map(move |index| &bytes[index * stride..index * stride + row])
    }

    fn plane_size(&self, plane: usize) -> (usize, usize) {
        let (width, height) = (self.width as usize, self.height as usize);
        match plane {
            0 => (width, height),
            _ => (width.div_ceil(2), height.div_ceil(2)),
        }
    }
}

/// How an encoder is set up.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// In pixels, 1 to [`LONGEST_SIDE`].
    pub width: u32,
    /// Likewise.
    pub height: u32,
    /// In kilobits per second.
    pub kbps: u32,
    /// How many pictures a second are to be expected.
    pub fps: u32,
    /// How much quality is given for time: 0 for none, up to 16.
    pub speed: u8,
    /// Whether most of it is text and stands still.
    pub is_screen: bool,
}

/// A picture as it was encoded.
#[derive(Clone, Copy, Debug)]
pub struct Encoded<'a> {
    /// What a decoder wants.
    pub data: &'a [u8],
    /// Whether it can be decoded without those before it.
    pub is_key_frame: bool,
}

/// Why libvpx has refused something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error(c_int);

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // SAFETY: takes every number, and gives a text that lives as long as the program.
        let reason = unsafe { CStr::from_ptr(glue::libvpx_glue_reason(self.0)) };
        formatter.write_str(&reason.to_string_lossy())
    }
}

impl std::error::Error for Error {}

fn check(code: c_int) -> Result<(), Error> {
    match code {
        0 => Ok(()),
        code => Err(Error(code)),
    }
}

/// Makes VP8 of pictures of one size. A new one begins with a key frame, and makes no other unless
/// it is asked for one.
pub struct Encoder {
    encoder: NonNull<glue::Encoder>,
    size: (u32, u32),
    last_us: i64,
}

// SAFETY: nothing in it belongs to the thread that made it.
unsafe impl Send for Encoder {}

impl Encoder {
    /// Sets one up.
    ///
    /// # Errors
    ///
    /// For a size that is none, and when there is no memory.
    pub fn new(settings: &Settings) -> Result<Self, Error> {
        let raw = glue::Settings {
            width: settings.width,
            height: settings.height,
            kbps: settings.kbps.max(1),
            fps: settings.fps.clamp(1, 1000),
            // Negative ones are kept; positive ones would be chosen anew from picture to picture.
            speed: -i32::from(settings.speed.min(16)),
            is_screen: i32::from(settings.is_screen),
        };
        let mut error = 0;
        // SAFETY: both live through the call.
        let encoder = unsafe { glue::libvpx_glue_encoder_new(&raw const raw, &raw mut error) };
        Ok(Self {
            encoder: NonNull::new(encoder).ok_or(Error(error))?,
            size: (settings.width, settings.height),
            last_us: i64::MIN,
        })
    }

    /// Width and height of its pictures.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        self.size
    }

    /// Aims at another bit rate from the next picture on.
    ///
    /// # Errors
    ///
    /// When libvpx refuses it.
    pub fn set_kbps(&mut self, kbps: u32) -> Result<(), Error> {
        // SAFETY: made by `encoder_new`, and nobody else has it.
        check(unsafe { glue::libvpx_glue_encoder_set_kbps(self.encoder.as_ptr(), kbps.max(1)) })
    }

    /// Encodes the next picture; `None` when it is left out so that the bit rate is kept. A time that
    /// is not later than the last one counts as a little later.
    ///
    /// # Errors
    ///
    /// When it has another size than the encoder, and when libvpx fails.
    pub fn encode(
        &mut self,
        picture: &Picture<'_>,
        time_us: i64,
        duration_us: u32,
        force_key_frame: bool,
    ) -> Result<Option<Encoded<'_>>, Error> {
        if picture.size() != self.size {
            return Err(Error(glue::INVALID_PARAMETER));
        }
        let time_us = time_us.max(self.last_us.saturating_add(1));
        self.last_us = time_us;
        let raw = glue::Picture {
            planes: picture.planes.map(<[u8]>::as_ptr),
            // Checked when the picture was made.
            strides: picture.strides.map(|stride| stride as i32),
            width: picture.width,
            height: picture.height,
        };
        let (mut data, mut length, mut is_key_frame) = (std::ptr::null(), 0, 0);
        // SAFETY: made by `encoder_new`, and nobody else has it; the planes have all their rows, live
        // through the call, and are only read.
        check(unsafe {
            glue::libvpx_glue_encoder_encode(
                self.encoder.as_ptr(),
                &raw const raw,
                time_us,
                duration_us.max(1),
                c_int::from(force_key_frame),
                &raw mut data,
                &raw mut length,
                &raw mut is_key_frame,
            )
        })?;
        if data.is_null() || length == 0 {
            return Ok(None);
        }
        Ok(Some(Encoded {
            // SAFETY: it stays until the encoder is used again, which this borrow keeps from happening.
            data: unsafe { std::slice::from_raw_parts(data, length) },
            is_key_frame: is_key_frame != 0,
        }))
    }
}

impl Drop for Encoder {
    fn drop(&mut self) {
        // SAFETY: made by `encoder_new`, and never used again.
        unsafe { glue::libvpx_glue_encoder_free(self.encoder.as_ptr()) };
    }
}

/// Makes pictures of VP8, of any size and of changing ones.
pub struct Decoder {
    decoder: NonNull<glue::Decoder>,
}

// SAFETY: nothing in it belongs to the thread that made it.
unsafe impl Send for Decoder {}

impl Decoder {
    /// Sets one up; it begins with a key frame.
    ///
    /// # Errors
    ///
    /// When there is no memory.
    pub fn new() -> Result<Self, Error> {
        let mut error = 0;
        // SAFETY: it lives through the call.
        let decoder = unsafe { glue::libvpx_glue_decoder_new(&raw mut error) };
        Ok(Self {
            decoder: NonNull::new(decoder).ok_or(Error(error))?,
        })
    }

    /// Decodes the next frame; `None` when it is not to be shown.
    ///
    /// # Errors
    ///
    /// When it is damaged, or none.
    pub fn decode(&mut self, data: &[u8]) -> Result<Option<Picture<'_>>, Error> {
        // Of no bytes libvpx thinks that a frame got lost, and shows the last one once more.
        let length = u32::try_from(data.len()).map_err(|_| Error(glue::INVALID_PARAMETER))?;
        if length == 0 {
            return Err(Error(glue::INVALID_PARAMETER));
        }
        let mut raw = glue::Picture {
            planes: [std::ptr::null(); 3],
            strides: [0; 3],
            width: 0,
            height: 0,
        };
        // SAFETY: made by `decoder_new`, and nobody else has it; the bytes live through the call.
        check(unsafe {
            glue::libvpx_glue_decoder_decode(
                self.decoder.as_ptr(),
                data.as_ptr(),
                length,
                &raw mut raw,
            )
        })?;
        if raw.planes.iter().any(|plane| plane.is_null()) {
            return Ok(None);
        }
        let mut picture = Picture {
            width: raw.width,
            height: raw.height,
            planes: [&[]; 3],
            strides: raw.strides.map(|stride| stride as usize),
        };
        for index in 0..3 {
            let (row, rows) = picture.plane_size(index);
            let length = picture.strides[index] * rows.saturating_sub(1) + row;
            // SAFETY: the decoder's own memory, which has so many rows at that distance. It stays
            // until the decoder is used again, which this borrow keeps from happening.
            picture.planes[index] =
                unsafe { std::slice::from_raw_parts(raw.planes[index], length) };
        }
        Ok(Some(picture))
    }
}

impl Drop for Decoder {
    fn drop(&mut self) {
        // SAFETY: made by `decoder_new`, and never used again.
        unsafe { glue::libvpx_glue_decoder_free(self.decoder.as_ptr()) };
    }
}

/// What `glue.c` has.
mod glue {
    use super::{c_char, c_int};

    /// `VPX_CODEC_INVALID_PARAM`.
    pub const INVALID_PARAMETER: c_int = 8;

    pub enum Encoder {}
    pub enum Decoder {}

    #[repr(C)]
    pub struct Picture {
        pub planes: [*const u8; 3],
        pub strides: [i32; 3],
        pub width: u32,
        pub height: u32,
    }

    #[repr(C)]
    pub struct Settings {
        pub width: u32,
        pub height: u32,
        pub kbps: u32,
        pub fps: u32,
        pub speed: i32,
        pub is_screen: i32,
    }

    unsafe extern "C" {
        pub fn libvpx_glue_encoder_new(
            settings: *const Settings,
            error: *mut c_int,
        ) -> *mut Encoder;
        pub fn libvpx_glue_encoder_set_kbps(encoder: *mut Encoder, kbps: u32) -> c_int;
        pub fn libvpx_glue_encoder_encode(
            encoder: *mut Encoder,
            picture: *const Picture,
            time_us: i64,
            duration_us: u32,
            force_key_frame: c_int,
            data: *mut *const u8,
            length: *mut usize,
            is_key_frame: *mut c_int,
        ) -> c_int;
        pub fn libvpx_glue_encoder_free(encoder: *mut Encoder);
        pub fn libvpx_glue_decoder_new(error: *mut c_int) -> *mut Decoder;
        pub fn libvpx_glue_decoder_decode(
            decoder: *mut Decoder,
            data: *const u8,
            length: u32,
            picture: *mut Picture,
        ) -> c_int;
        pub fn libvpx_glue_decoder_free(decoder: *mut Decoder);
        pub fn libvpx_glue_reason(error: c_int) -> *const c_char;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTINGS: Settings = Settings {
        width: 64,
        height: 48,
        kbps: 500,
        fps: 30,
        speed: 8,
        is_screen: false,
    };

    /// A slope of brightness that moves with the number, with strides that leave gaps.
    struct Slope([Vec<u8>; 3]);

    impl Slope {
        fn new(number: u32) -> Self {
            let brightness = |index: u32| ((index % 80) * 2 + index / 80 + number) as u8;
            let y = (0..80 * 48).map(brightness).collect();
            Self([y, vec![100; 40 * 24], vec![150; 40 * 24]])
        }

        fn picture(&self) -> Picture<'_> {
            let planes = [&self.0[0][..], &self.0[1], &self.0[2]];
            Picture::new((64, 48), planes, [80, 40, 40]).unwrap()
        }
    }

    #[test]
    fn what_is_encoded_is_decoded_and_key_frames_come_when_they_are_asked_for() {
        let mut encoder = Encoder::new(&SETTINGS).unwrap();
        let mut decoder = Decoder::new().unwrap();
        for number in 0..20 {
            let slope = Slope::new(number);
            let time_us = i64::from(number) * 33_333;
            let encoded = encoder.encode(&slope.picture(), time_us, 33_333, number == 10);
            let encoded = encoded.unwrap().expect("there is enough for each");
            assert_eq!(encoded.is_key_frame, number % 10 == 0, "{number}");
            let decoded = decoder.decode(encoded.data).unwrap().expect("it is shown");
            assert_eq!(decoded.size(), (64, 48));
            for plane in 0..3 {
                let (rows, expected) = (decoded.rows(plane), slope.picture().rows(plane));
                let pairs = rows.flatten().zip(expected.flatten());
                let differences = pairs.map(|(one, other)| u64::from(one.abs_diff(*other)));
                let (sum, count) =
                    differences.fold((0, 0), |(sum, count), it| (sum + it, count + 1));
                assert!(
                    sum < 4 * count,
                    "{sum} of {count}, plane {plane} of {number}"
                );
            }
        }
    }

    #[test]
    fn a_bit_rate_changes_without_a_key_frame() {
        let mut encoder = Encoder::new(&SETTINGS).unwrap();
        let mut bytes = [0; 2];
        for number in 0..120_u32 {
            if number == 60 {
                encoder.set_kbps(30).unwrap();
            }
            // What cannot be foreseen from the picture before.
            let mut slope = Slope::new(number);
            let mut seed = number;
            for place in &mut slope.0[0] {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                *place = (seed >> 24) as u8;
            }
            let encoded = encoder
                .encode(&slope.picture(), i64::from(number) * 33_333, 33_333, false)
                .unwrap();
            if let Some(encoded) = encoded {
                assert_eq!(encoded.is_key_frame, number == 0, "{number}");
                bytes[usize::from(number >= 60)] += encoded.data.len();
            }
        }
        assert!(bytes[1] * 3 < bytes[0], "{bytes:?}");
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        let planes = [&[0_u8; 6][..], &[0; 2], &[0; 2]];
        assert!(Picture::new((3, 2), planes, [3, 2, 2]).is_ok());
        for (size, strides) in [
            ((0, 2), [3, 2, 2]),
            ((3, 0), [3, 2, 2]),
            ((3, 3), [3, 2, 2]),
            ((3, 2), [2, 2, 2]),
            ((3, 2), [4, 2, 2]),
            ((3, 2), [3, 1, 2]),
            ((3, 2), [3, 2, usize::MAX]),
            ((3, 2), [usize::MAX, 2, 2]),
            ((LONGEST_SIDE + 1, 1), [16_384, 8192, 8192]),
        ] {
            let refused = Picture::new(size, planes, strides);
            // A stride of a plane with one row is of no meaning, but has to be one.
            assert!(refused.is_err(), "{size:?} {strides:?}");
        }
        let mut encoder = Encoder::new(&SETTINGS).unwrap();
        let other = Picture::new((3, 2), planes, [3, 2, 2]).unwrap();
        assert!(encoder.encode(&other, 0, 1, false).is_err());
        let none = Settings {
            width: 0,
            ..SETTINGS
        };
        let error = Encoder::new(&none).err().expect("no size");
        assert!(!error.to_string().is_empty());
    }

    #[test]
    fn what_is_no_frame_is_refused_and_harms_nothing() {
        let mut encoder = Encoder::new(&SETTINGS).unwrap();
        let slope = Slope::new(0);
        let encoded = encoder.encode(&slope.picture(), 0, 33_333, false);
        let key_frame = encoded.unwrap().unwrap().data.to_vec();
        let mut decoder = Decoder::new().unwrap();
        for bad in [
            &[][..],
            &[1],
            &[0x11, 2, 3, 4],
            &[0x10, 0, 0, 0x9d, 1, 0x2a, 0, 0, 0, 0],
        ] {
            assert!(decoder.decode(bad).is_err(), "{bad:?}");
        }
        assert!(decoder.decode(&key_frame).unwrap().is_some());
        for length in 1..key_frame.len() {
            // Some of what is missing is taken for nothing: a picture may come all the same.
            let _ = decoder.decode(&key_frame[..length]);
        }
        let mut damaged = key_frame.clone();
        for index in 10..damaged.len() {
            damaged[index] ^= 0xa5;
            let _ = decoder.decode(&damaged);
        }
        assert!(decoder.decode(&key_frame).unwrap().is_some());
    }
}
