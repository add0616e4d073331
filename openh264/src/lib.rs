//! H.264 by openh264, encoded and decoded in real time.
//!
//! The crate `openh264` does nearly all of it. What it lacks is a bit rate that changes without a key
//! frame, which takes the one call here that nothing checks.

use openh264::OpenH264API;
use openh264::Timestamp;
use openh264::encoder::{
    BitRate, Complexity, EncoderConfig, FrameRate, FrameType, Profile, RateControlMode, UsageType,
    VuiConfig,
};
use openh264::formats::YUVSource;
use openh264_sys2::{
    ENCODER_OPTION, ENCODER_OPTION_BITRATE, ENCODER_OPTION_MAX_BITRATE, LAYER_NUM, SBitrateInfo,
    SPATIAL_LAYER_0, SPATIAL_LAYER_ALL,
};

pub use openh264::Error;

/// The shortest and the longest side, and the longest of the shorter one, that the encoder takes.
const SIDES: [usize; 3] = [16, 3840, 2160];

/// An I420 picture that somebody else holds, without gaps between its rows.
#[derive(Clone, Copy, Debug)]
pub struct Picture<'a> {
    size: (usize, usize),
    planes: [&'a [u8]; 3],
}

/// A plane that does not fit its picture, or a picture of a size that there is none of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misfit;

impl<'a> Picture<'a> {
    /// From its width and height in pixels, and its planes Y, U and V.
    ///
    /// # Errors
    ///
    /// Unless it has a [size that is encoded](nearest_size), and its planes have all of it.
    pub fn new(size: (usize, usize), planes: [&'a [u8]; 3]) -> Result<Self, Misfit> {
        // No product of sides that long overflows.
        if size.0.max(size.1) > SIDES[1] || nearest_size(size) != size {
            return Err(Misfit);
        }
        let pixels = size.0 * size.1;
        let lengths = planes.map(<[u8]>::len);
        match lengths == [pixels, pixels / 4, pixels / 4] {
            true => Ok(Self { size, planes }),
            false => Err(Misfit),
        }
    }
}

impl YUVSource for Picture<'_> {
    fn dimensions(&self) -> (usize, usize) {
        self.size
    }

    fn strides(&self) -> (usize, usize, usize) {
        (self.size.0, self.size.0 / 2, self.size.0 / 2)
    }

    fn y(&self) -> &[u8] {
        self.planes[0]
    }

    fn u(&self) -> &[u8] {
        self.planes[1]
    }

    fn v(&self) -> &[u8] {
        self.planes[2]
    }
}

/// The size nearest to a picture's that is encoded: sides are even, at least 16 pixels, and what is
/// larger than 3840 by 2160, lying or standing, is made smaller without being distorted.
#[must_use]
pub fn nearest_size((width, height): (usize, usize)) -> (usize, usize) {
    let [least, longest, shorter] = SIDES;
    let (long, short) = (width.max(height), width.min(height));
    // As a fraction: what a side is divided by.
    let (part, whole) = if long * shorter > short * longest {
        (longest.min(long), long)
    } else {
        (shorter.min(short), short)
    };
    let side = |length: usize| (length * part / whole.max(1)).max(least) & !1;
    (side(width), side(height))
}

/// How pictures are encoded.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How many kilobits a second are aimed at.
    pub kbps: u32,
    /// How many pictures a second are to be expected.
    pub fps: u32,
    /// Whether most of it is text and stands still.
    pub is_screen: bool,
}

impl Settings {
    fn config(&self) -> EncoderConfig {
        EncoderConfig::new()
            .bitrate(BitRate::from_bps(self.kbps.saturating_mul(1000)))
            .max_frame_rate(FrameRate::from_hz(self.fps as f32))
            .rate_control_mode(RateControlMode::Bitrate)
            .usage_type(match self.is_screen {
                true => UsageType::ScreenContentRealTime,
                false => UsageType::CameraVideoRealTime,
            })
            .profile(Profile::Baseline)
            .complexity(Complexity::Low)
            .num_threads(1)
            .vui(VuiConfig::bt601())
    }
}

/// Encodes pictures, of any sizes: another one begins with a key frame.
pub struct Encoder {
    settings: Settings,
    /// Once it has encoded a picture: before that it takes no change of its settings.
    encoder: Option<openh264::encoder::Encoder>,
    /// The highest that it was set to, which is its limit as well.
    most_kbps: u32,
    data: Vec<u8>,
}

/// A picture as it was encoded.
#[derive(Clone, Copy, Debug)]
pub struct Encoded<'a> {
    /// An access unit with start codes; parameter sets are before each key frame.
    pub data: &'a [u8],
    /// Whether it can be decoded without any before it.
    pub is_key_frame: bool,
}

impl Encoder {
    /// One that has encoded nothing yet.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            encoder: None,
            most_kbps: settings.kbps,
            data: Vec::new(),
        }
    }

    /// Aims at another bit rate from the next picture on.
    ///
    /// # Errors
    ///
    /// When it cannot be kept in any way: less than a bit for each picture.
    pub fn set_kbps(&mut self, kbps: u32) -> Result<(), Error> {
        self.settings.kbps = kbps;
        self.most_kbps = self.most_kbps.max(kbps);
        let Some(encoder) = &mut self.encoder else {
            return Ok(());
        };
        // The limit first: what is aimed at is never above it.
        for (option, layer, kbps) in [
            (ENCODER_OPTION_MAX_BITRATE, SPATIAL_LAYER_0, self.most_kbps),
            (ENCODER_OPTION_BITRATE, SPATIAL_LAYER_ALL, kbps),
        ] {
            set_bitrate(encoder, option, layer, kbps)?;
        }
        Ok(())
    }

    /// Encodes a picture that was taken at that time, in milliseconds; `None` when it is left out so
    /// that the bit rate is kept.
    ///
    /// # Errors
    ///
    /// When there is no memory for it.
    pub fn encode(
        &mut self,
        picture: &Picture<'_>,
        time_ms: u64,
        is_key_frame: bool,
    ) -> Result<Option<Encoded<'_>>, Error> {
        // One that fails is not used again.
        let mut encoder = match self.encoder.take() {
            Some(mut encoder) => {
                if is_key_frame {
                    encoder.force_intra_frame();
                }
                encoder
            }
            // Begins with a key frame, and must not be asked for one before.
            None => {
                self.most_kbps = self.settings.kbps;
                let (api, config) = (OpenH264API::from_source(), self.settings.config());
                openh264::encoder::Encoder::with_api_config(api, config)?
            }
        };
        let encoded = encoder.encode_at(picture, Timestamp::from_millis(time_ms))?;
        self.data.clear();
        encoded.write_vec(&mut self.data);
        let is_key_frame = encoded.frame_type() == FrameType::IDR;
        self.encoder = Some(encoder);
        Ok((!self.data.is_empty()).then_some(Encoded {
            data: &self.data,
            is_key_frame,
        }))
    }
}

fn set_bitrate(
    encoder: &mut openh264::encoder::Encoder,
    option: ENCODER_OPTION,
    layer: LAYER_NUM,
    kbps: u32,
) -> Result<(), Error> {
    let mut wanted = SBitrateInfo {
        iLayer: layer,
        iBitrate: i32::try_from(kbps.saturating_mul(1000)).unwrap_or(i32::MAX),
    };
    // SAFETY: the encoder lives, and has encoded a picture, so that it was initialized. Both options
    // take an `SBitrateInfo`, read it, and keep no pointer to it.
    let failure = unsafe {
        let wanted = (&raw mut wanted).cast();
        encoder.raw_api().set_option(option, wanted)
    };
    match failure {
        0 => Ok(()),
        failure => Err(Error::msg(&format!("a bit rate is refused: {failure}"))),
    }
}

/// Decodes pictures.
pub struct Decoder(openh264::decoder::Decoder);

/// A decoded picture, until the next one is decoded.
pub struct Decoded<'a>(openh264::decoder::DecodedYUV<'a>);

impl Decoder {
    /// One that waits for a key frame.
    ///
    /// # Errors
    ///
    /// When there is no memory for it.
    pub fn new() -> Result<Self, Error> {
        Ok(Self(openh264::decoder::Decoder::new()?))
    }

    /// Decodes an access unit; `None` when it shows nothing.
    ///
    /// # Errors
    ///
    /// When it cannot be decoded: it is damaged, or one before it is missing.
    pub fn decode(&mut self, data: &[u8]) -> Result<Option<Decoded<'_>>, Error> {
        if i32::try_from(data.len()).is_err() {
            return Err(Error::msg("it is too long"));
        }
        Ok(self.0.decode(data)?.map(Decoded))
    }
}

impl Decoded<'_> {
    /// Width and height in pixels.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        self.0.dimensions()
    }

    /// One of its three planes, Y, U or V, row by row.
    pub fn rows(&self, plane: usize) -> impl Iterator<Item = &[u8]> {
        let (width, height) = self.size();
        let (y, u, v) = self.0.strides();
        let (bytes, stride) = match plane {
            0 => (self.0.y(), y),
            1 => (self.0.u(), u),
            _ => (self.0.v(), v),
        };
        let (row, rows) = match plane {
            0 => (width, height),
            _ => (width.div_ceil(2), height.div_ceil(2)),
        };
        bytes
            .chunks(stride)
            .take(rows)
            .map(move |line| &line[..row])
    }
}

#[cfg(test)]
mod tests;
