//! H.264, by the implementation of Cisco.

use vsdk_openh264::{Picture, Settings};

use super::super::i420::I420;
use super::{Encoded, EncoderSettings, copy_plane, failed};
use crate::Result;
use crate::media::negotiation::Codec;

pub(super) struct Encoder {
    size: (usize, usize),
    encoder: vsdk_openh264::Encoder,
}

impl Encoder {
    pub(super) fn new(settings: &EncoderSettings) -> Self {
        Self {
            size: settings.size,
            encoder: vsdk_openh264::Encoder::new(Settings {
                kbps: settings.kbps,
                fps: settings.fps,
                is_screen: settings.is_screen,
            }),
        }
    }
}

impl super::Encoder for Encoder {
    fn size(&self) -> (usize, usize) {
        self.size
    }

    fn set_kbps(&mut self, kbps: u32) {
        let set = self.encoder.set_kbps(kbps);
        debug_assert!(set.is_ok(), "{set:?}");
    }

    fn encode(
        &mut self,
        picture: &I420,
        time_us: i64,
        _: u32,
        is_key_frame: bool,
    ) -> Result<Option<Encoded<'_>>> {
        let planes = picture.planes().map(|plane| plane.bytes);
        let Ok(picture) = Picture::new(picture.size(), planes) else {
            unreachable!("a picture has all its rows");
        };
        let time_ms = time_us.unsigned_abs() / 1000;
        let encoded = self.encoder.encode(&picture, time_ms, is_key_frame);
        let encoded = encoded.map_err(|error| failed(Codec::H264, &error))?;
        Ok(encoded.map(|encoded| Encoded {
            data: encoded.data,
            is_key_frame: encoded.is_key_frame,
        }))
    }
}

pub(super) struct Decoder(vsdk_openh264::Decoder);

impl Decoder {
    pub(super) fn new() -> Result<Self> {
        let decoder = vsdk_openh264::Decoder::new();
        Ok(Self(decoder.map_err(|error| failed(Codec::H264, &error))?))
    }
}

impl super::Decoder for Decoder {
    // What a stranger says about the size is bounded by the decoder: no level has more than 36,864
    // macroblocks, which is 9.4 million pixels (ITU-T H.264, table A-1).
    fn decode(&mut self, data: &[u8], into: &mut I420) -> Option<bool> {
        let Some(picture) = self.0.decode(data).ok()? else {
            return Some(false);
        };
        into.resize(picture.size());
        for (index, plane) in into.planes_mut().into_iter().enumerate() {
            copy_plane(picture.rows(index), plane);
        }
        Some(true)
    }
}
