//! What is encoded, and how: the library's settings once more, as whoever calls libopus makes them.

use std::time::{Duration, Instant};

use opus::{Application, Bandwidth, Bitrate, Channels, Encoder};
use vsdk::media::{AudioProfile, TrackKind, TrackOptions};

/// Everything is 48,000 hertz, in packets of 20 ms.
pub const RATE: u32 = 48_000;
pub const PACKET_FRAMES: usize = RATE as usize / 50;
pub const PACKET: Duration = Duration::from_millis(20);

/// In bytes, more than any packet has here.
const LARGEST_PACKET: usize = 1_200;

#[derive(Clone, Copy, PartialEq)]
pub enum Load {
    Speech,
    Shared,
}

impl Load {
    pub fn of(name: &str) -> Self {
        match name {
            "speech" => Self::Speech,
            "shared" => Self::Shared,
            _ => panic!("{name}: no such load"),
        }
    }

    pub fn channels(self) -> usize {
        match self {
            Self::Speech => 1,
            Self::Shared => 2,
        }
    }

    pub fn options(self) -> TrackOptions {
        let (kind, profile) = match self {
            Self::Speech => (TrackKind::Audio, AudioProfile::SpeechLowQuality),
            Self::Shared => (TrackKind::ShareAudio, AudioProfile::HighQualityStereo),
        };
        let mut options = TrackOptions::new(kind);
        options.set_audio_profile(profile);
        options
    }

    /// Set up as src/media/audio/codec/opus.rs does it for these options.
    pub fn encoder(self) -> Encoder {
        let (channels, application, bandwidth, kbps) = match self {
            Self::Speech => (Channels::Mono, Application::Voip, Bandwidth::Wideband, 24),
            Self::Shared => (
                Channels::Stereo,
                Application::Audio,
                Bandwidth::Fullband,
                192,
            ),
        };
        let make = || {
            let mut encoder = Encoder::new(RATE, channels, application)?;
            encoder.set_complexity(9)?;
            encoder.set_max_bandwidth(bandwidth)?;
            encoder.set_inband_fec(true)?;
            encoder.set_dtx(true)?;
            encoder.set_bitrate(Bitrate::Bits(kbps * 1000))?;
            encoder.set_packet_loss_perc(5)?;
            Ok::<_, opus::Error>(encoder)
        };
        make().expect("libopus")
    }

    pub fn encode(self, encoder: &mut Encoder, samples: &[f32]) -> Vec<u8> {
        let mut packet = vec![0; LARGEST_PACKET];
        let bytes = encoder.encode_float(samples, &mut packet);
        packet.truncate(bytes.expect("libopus"));
        packet
    }

    /// What a listener gets of so many packets of speech.
    pub fn packets(self, count: usize) -> Vec<Vec<u8>> {
        let (mut voice, mut encoder) = (Voice::new(self.channels()), self.encoder());
        (0..count)
            .map(|_| self.encode(&mut encoder, voice.next()))
            .collect()
    }
}

/// Somebody who hums and hisses, with a voice that goes up and down and never pauses.
pub struct Voice {
    samples: Vec<f32>,
    channels: usize,
    frame: u32,
    phase: f32,
    noise: u32,
}

impl Voice {
    pub fn new(channels: usize) -> Self {
        Self {
            samples: vec![0.0; PACKET_FRAMES * channels],
            channels,
            frame: 0,
            phase: 0.0,
            noise: 1,
        }
    }

    /// The next 20 ms.
    pub fn next(&mut self) -> &[f32] {
        let turn = std::f32::consts::TAU;
        for frame in self.samples.chunks_exact_mut(self.channels) {
            let second = self.frame as f32 / RATE as f32;
            let pitch = 140.0 + 30.0 * (turn * 0.7 * second).sin();
            self.phase = (self.phase + pitch / RATE as f32).fract();
            // Harmonics, the higher the weaker; syllables, four a second.
            let hum: f32 = (1..=12)
                .map(|number| (turn * self.phase * number as f32).sin() / number as f32)
                .sum();
            self.noise = self
                .noise
                .wrapping_mul(1_664_525)
                .wrapping_add(1_013_904_223);
            let hiss = (self.noise >> 8) as f32 / (1 << 24) as f32 - 0.5;
            let loud = 0.55 + 0.45 * (turn * 4.0 * second).sin();
            for (channel, sample) in frame.iter_mut().enumerate() {
                let side = if channel == 0 { 1.0 } else { 0.6 };
                *sample = side * (0.2 * loud * hum + 0.05 * (1.1 - loud) * hiss);
            }
            self.frame = (self.frame + 1) % (RATE * 60);
        }
        &self.samples
    }
}

/// Does something for each packet of so many seconds, when it is due; the first of them is a
/// warm-up, in which `measures` is no.
pub fn at_pace(seconds: u32, mut each: impl FnMut(bool)) {
    const WARM_UP: u32 = 1;
    let begin = Instant::now();
    for number in 0..50 * (WARM_UP + seconds) {
        let due = begin + PACKET * number;
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        each(number >= 50 * WARM_UP);
    }
}
