//! VP8, by its reference implementation.

use vsdk_libvpx::Settings;

use super::super::i420::I420;
use super::super::picture::check_size;
use super::{Encoded, EncoderSettings, copy_plane, failed};
use crate::Result;
use crate::media::negotiation::Codec;

/// How much quality is given for time, of 16: from here on more of it saves hardly any.
const SPEED: u8 = 8;

/// A key frame tells its size behind so many bytes (RFC 6386, section 9.1).
const SIZE_AT: usize = 6;

pub(super) struct Encoder(vsdk_libvpx::Encoder);

impl Encoder {
    pub(super) fn new(settings: &EncoderSettings) -> Result<Self> {
        let (width, height) = settings.size;
        let encoder = vsdk_libvpx::Encoder::new(&Settings {
            width: width as u32,
            height: height as u32,
            kbps: settings.kbps,
            fps: settings.fps,
            speed: SPEED,
            is_screen: settings.is_screen,
        });
        Ok(Self(encoder.map_err(|error| failed(Codec::Vp8, &error))?))
    }
}

impl super::Encoder for Encoder {
    fn size(&self) -> (usize, usize) {
        let (width, height) = self.0.size();
        (width as usize, height as usize)
    }

    fn set_kbps(&mut self, kbps: u32) {
        let set = self.0.set_kbps(kbps);
        debug_assert!(set.is_ok(), "{set:?}");
    }

    fn encode(
        &mut self,
        picture: &I420,
        time_us: i64,
        duration_us: u32,
        is_key_frame: bool,
    ) -> Result<Option<Encoded<'_>>> {
        let (width, height) = picture.size();
        let planes = picture.planes();
        let picture = vsdk_libvpx::Picture::new(
            (width as u32, height as u32),
            planes.map(|plane| plane.bytes),
            planes.map(|plane| plane.width),
        );
        let Ok(picture) = picture else {
            unreachable!("a picture has all its rows");
        };
        let encoded = self.0.encode(&picture, time_us, duration_us, is_key_frame);
        let encoded = encoded.map_err(|error| failed(Codec::Vp8, &error))?;
        Ok(encoded.map(|encoded| Encoded {
            data: encoded.data,
            is_key_frame: encoded.is_key_frame,
        }))
    }
}

pub(super) struct Decoder(vsdk_libvpx::Decoder);

impl Decoder {
    pub(super) fn new() -> Result<Self> {
        let decoder = vsdk_libvpx::Decoder::new();
        Ok(Self(decoder.map_err(|error| failed(Codec::Vp8, &error))?))
    }
}

impl super::Decoder for Decoder {
    fn decode(&mut self, data: &[u8], into: &mut I420) -> Option<bool> {
        // Memory is asked for by what a stranger says.
        if let Some(size) = key_frame_size(data) {
            check_size(size).ok()?;
        }
        let Some(picture) = self.0.decode(data).ok()? else {
            return Some(false);
        };
        let (width, height) = picture.size();
        into.resize((width as usize, height as usize));
        for (index, plane) in into.planes_mut().into_iter().enumerate() {
            copy_plane(picture.rows(index), plane);
        }
        Some(true)
    }
}

/// The size that a key frame tells; `None` for all others.
fn key_frame_size(data: &[u8]) -> Option<(u32, u32)> {
    if data.first()? & 1 == 1 {
        return None;
    }
    let side = |at: usize| {
        let bytes = data.get(at..at + 2)?.try_into().ok()?;
        // The two highest bits say how it should be stretched.
        Some(u32::from(u16::from_le_bytes(bytes) & 0x3fff))
    };
    Some((side(SIZE_AT)?, side(SIZE_AT + 2)?))
}
