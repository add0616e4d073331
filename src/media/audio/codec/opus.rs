//! Opus, by its reference implementation.

use opus::{Application, Bandwidth, Bitrate, Channels};

use super::super::format::INNER_RATE;
use super::{EncoderSettings, LONGEST_PACKET, QUANTUM};
use crate::{Error, Result, Status};

/// How much work the encoder makes of it, of 10: more is hardly heard.
const COMPLEXITY: i32 = 9;

pub(in crate::media) fn is_present() -> Result<()> {
    Ok(())
}

fn channels(count: usize) -> Channels {
    match count {
        1 => Channels::Mono,
        _ => Channels::Stereo,
    }
}

fn failed(error: &opus::Error) -> Error {
    Error::new(
        Status::ResourceExhausted,
        format!("Opus could not be set up: {error}"),
        "It needs a hundred kilobytes for each track; free some memory.",
    )
}

pub(in super::super) struct Encoder {
    encoder: opus::Encoder,
}

impl Encoder {
    pub(in super::super) fn new(settings: &EncoderSettings) -> Result<Self> {
        let application = match settings.is_speech {
            true => Application::Voip,
            false => Application::Audio,
        };
        let bandwidth = match settings.max_playback_rate {
            0..=8_000 => Bandwidth::Narrowband,
            8_001..=16_000 => Bandwidth::Wideband,
            16_001..=32_000 => Bandwidth::Superwideband,
            _ => Bandwidth::Fullband,
        };
        let make = || {
            let mut encoder =
                opus::Encoder::new(INNER_RATE, channels(settings.channels), application)?;
            encoder.set_complexity(COMPLEXITY)?;
            encoder.set_max_bandwidth(bandwidth)?;
            encoder.set_inband_fec(settings.fec)?;
            encoder.set_dtx(settings.dtx)?;
            Ok(encoder)
        };
        let encoder = make().map_err(|error| failed(&error))?;
        let mut made = Self { encoder };
        made.set_kbps(settings.kbps);
        Ok(made)
    }

    pub(in super::super) fn set_kbps(&mut self, kbps: u32) {
        // Opus knows 6 to 510 kbit/s.
        let bits = kbps.clamp(6, 510) * 1000;
        let set = self.encoder.set_bitrate(Bitrate::Bits(bits as i32));
        debug_assert!(set.is_ok(), "{set:?}");
    }

    /// Which part of the packets is likely to get lost, in percent: the copies of earlier packets
    /// get a share accordingly.
    pub(in super::super) fn set_expected_loss(&mut self, percent: u8) {
        let set = self
            .encoder
            .set_packet_loss_perc(i32::from(percent.min(100)));
        debug_assert!(set.is_ok(), "{set:?}");
    }

    /// One packet; how many bytes of `packet` it has.
    pub(in super::super) fn encode(&mut self, samples: &[f32], packet: &mut [u8]) -> Result<usize> {
        self.encoder
            .encode_float(samples, packet)
            .map_err(|error| failed(&error))
    }
}

pub(in super::super) struct Decoder {
    decoder: opus::Decoder,
    channels: usize,
}

impl Decoder {
    /// Gives that many channels, whatever is encoded.
    pub(in super::super) fn new(count: usize) -> Result<Self> {
        let decoder = opus::Decoder::new(INNER_RATE, channels(count));
        Ok(Self {
            decoder: decoder.map_err(|error| failed(&error))?,
            channels: count,
        })
    }

    /// How many frames a packet is; `None` when it is none.
    pub(in super::super) fn frames(&self, packet: &[u8]) -> Option<usize> {
        if packet.is_empty() {
            return None;
        }
        let frames = self.decoder.get_nb_samples(packet).ok()?;
        (QUANTUM..=LONGEST_PACKET)
            .contains(&frames)
            .then_some(frames)
    }

    /// Decodes a packet; how many frames it was.
    pub(in super::super) fn decode(&mut self, packet: &[u8], into: &mut [f32]) -> Option<usize> {
        self.decoder.decode_float(packet, into, false).ok()
    }

    /// Fills `into` with what was before `packet`, as far as that tells.
    pub(in super::super) fn recover(&mut self, packet: &[u8], into: &mut [f32]) -> bool {
        let frames = into.len() / self.channels;
        matches!(self.decoder.decode_float(packet, into, true), Ok(made) if made == frames)
    }

    /// Fills `into` with what may have followed.
    pub(in super::super) fn conceal(&mut self, into: &mut [f32]) -> bool {
        let frames = into.len() / self.channels;
        matches!(self.decoder.decode_float(&[], into, false), Ok(made) if made == frames)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_packet_is_told_and_harms_nothing() {
        let mut decoder = Decoder::new(1).unwrap();
        let mut samples = vec![0.0; LONGEST_PACKET];
        assert_eq!(decoder.frames(&[]), None);
        // Three frames of unequal sizes that are not there.
        assert_eq!(decoder.decode(&[0xff, 0xff, 0xff], &mut samples), None);
        assert!(decoder.conceal(&mut samples[..480]));
    }
}
