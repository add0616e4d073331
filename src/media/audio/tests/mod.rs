//! Raw sound from one end to the other, without a network and without its time.

mod misuse;
pub(super) mod tone;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use tokio::sync::Notify;

use super::codec::{Decoder, LONGEST_PACKET};
use super::format::INNER_RATE;
use super::{AudioFormat, AudioInput, AudioOutput, PulledAudio};
use crate::media::frame::{EncodedFrame, ReceivedFrame};
use crate::media::sink::TrackSink;
use crate::media::source::TrackSource;
use crate::media::transform::SentTransform;
use crate::media::{AudioProfile, Codec, Pushed, TrackKind, TrackOptions};
use tone::{beside, level_of, tone};

/// Only ends what hangs.
const LONG: Duration = Duration::from_secs(120);

/// Between two looks at what another thread does.
const PAUSE: Duration = Duration::from_millis(1);

const LEVEL: f32 = 0.4;

fn options(profile: AudioProfile) -> TrackOptions {
    let mut options = TrackOptions::new(TrackKind::Audio);
    options.set_audio_profile(profile);
    options
}

/// A track that is sent, as far as it can tell.
fn source() -> Arc<TrackSource> {
    let source = Arc::new(TrackSource::new(TrackKind::Audio, Codec::Opus, 1));
    source.begin(&Arc::new(Notify::new()));
    source
}

/// What is sent goes out as it was encoded.
fn untransformed() -> Arc<SentTransform> {
    Arc::new(SentTransform {
        slot: Arc::default(),
        kind: TrackKind::Audio,
        codec: Codec::Opus,
        participant_id: "ann".to_owned(),
        track_id: "local-1".to_owned(),
    })
}

fn input(source: &Arc<TrackSource>, format: AudioFormat, profile: AudioProfile) -> AudioInput {
    let settings = options(profile).encoder().expect("sound");
    AudioInput::new(source, &untransformed(), format, &settings).expect("an input")
}

fn sink() -> Arc<TrackSink> {
    let sink = TrackSink::new(
        "ann",
        "track",
        TrackKind::Audio,
        Codec::Opus,
        Arc::default(),
    );
    Arc::new(sink)
}

fn received(frame: &EncodedFrame) -> ReceivedFrame {
    ReceivedFrame {
        participant_id: "ann".into(),
        track_id: "track".into(),
        kind: TrackKind::Audio,
        codec: Codec::Opus,
        data: Arc::clone(&frame.data),
        timestamp_us: frame.timestamp_us,
        is_key_frame: true,
        follows_gap: false,
        audio_level: frame.audio_level,
    }
}

fn take(source: &TrackSource, frames: &mut Vec<EncodedFrame>) {
    let mut taken = VecDeque::new();
    source.take(&mut taken);
    frames.extend(taken);
}

/// What is made of interleaved samples that are pushed in these chunks, of frames each.
fn encode(
    samples: &[f32],
    format: AudioFormat,
    profile: AudioProfile,
    chunk: usize,
) -> Vec<EncodedFrame> {
    let source = source();
    let input = input(&source, format, profile);
    let begin = Instant::now();
    let mut frames = Vec::new();
    for chunk in samples.chunks(chunk * format.channels()) {
        while input.push_f32(chunk, None).expect("good samples") == Pushed::Full {
            assert!(begin.elapsed() < LONG, "it never takes more");
            take(&source, &mut frames);
            std::thread::sleep(PAUSE);
        }
    }
    let packet = options(profile).encoder().expect("sound").packet_ms as usize;
    let milliseconds = samples.len() / format.channels() * 1000 / format.sample_rate() as usize;
    // The filter of the conversion keeps a little until there is more.
    let silence = vec![0.0; chunk.min(480) * format.channels()];
    while frames.len() < milliseconds / packet {
        assert!(begin.elapsed() < LONG, "{} frames in the end", frames.len());
        input.push_f32(&silence, None).expect("good samples");
        std::thread::sleep(PAUSE);
        take(&source, &mut frames);
    }
    frames.truncate(milliseconds / packet);
    frames
}

/// What is pulled of frames that come in time, in chunks of frames.
fn play(frames: &[EncodedFrame], format: AudioFormat, chunk: usize) -> (Vec<f32>, PulledAudio) {
    let sink = sink();
    let output = AudioOutput::of_track(&sink, format).expect("an output");
    let epoch = Instant::now();
    let first = frames[0].timestamp_us;
    let length = frames.last().expect("a frame").timestamp_us - first;
    let mut samples = Vec::new();
    let mut all = PulledAudio {
        decoded_frames: 0,
        concealed_frames: 0,
        silent_frames: 0,
        level_dbfs: 0.0,
    };
    let mut coming = frames.iter().peekable();
    let mut buffer = vec![9.0; chunk * format.channels()];
    loop {
        let played = samples.len() / format.channels();
        let now = played as i64 * 1_000_000 / i64::from(format.sample_rate());
        if now > length {
            return (samples, all);
        }
        while let Some(frame) = coming.next_if(|frame| frame.timestamp_us - first <= now) {
            let at = Duration::from_micros((frame.timestamp_us - first) as u64);
            assert!(sink.take(received(frame), epoch + at));
        }
        let pulled = output.pull_f32(&mut buffer).expect("a good buffer");
        let frames = pulled.decoded_frames + pulled.concealed_frames + pulled.silent_frames;
        assert_eq!(frames, chunk);
        all.decoded_frames += pulled.decoded_frames;
        all.concealed_frames += pulled.concealed_frames;
        all.silent_frames += pulled.silent_frames;
        samples.extend_from_slice(&buffer);
    }
}

fn interleaved(mono: &[f32], channels: usize) -> Vec<f32> {
    mono.iter()
        .flat_map(|sample| std::iter::repeat_n(*sample, channels))
        .collect()
}

/// What is in the packets, by the decoder alone, in one channel at the inner rate.
fn decoded(frames: &[EncodedFrame]) -> Vec<f32> {
    let mut decoder = Decoder::new(1).expect("a decoder");
    let mut samples = vec![0.0; LONGEST_PACKET];
    let mut all = Vec::new();
    for frame in frames {
        let count = decoder.decode(&frame.data, &mut samples);
        all.extend_from_slice(&samples[..count.expect("a packet")]);
    }
    all
}

fn channel(samples: &[f32], channels: usize, which: usize) -> Vec<f32> {
    samples
        .iter()
        .skip(which)
        .step_by(channels)
        .copied()
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 4, ..ProptestConfig::with_cases(6) })]

    /// Frequency and level; and that nothing else is there says that its phase never jumps.
    #[test]
    fn a_tone_comes_out_as_it_went_in_whatever_the_rates_and_chunks(
        rates in (8_000..192_000_u32, 8_000..192_000_u32),
        channels in (1..3_usize, 1..3_usize),
        chunks in (1..2_000_usize, 1..2_000_usize),
        hertz in 200.0..2_500.0_f32,
    ) {
        let from = AudioFormat::new(rates.0, channels.0).unwrap();
        let to = AudioFormat::new(rates.1, channels.1).unwrap();
        let sent = tone(rates.0 as usize * 3 / 2, rates.0, hertz, LEVEL);
        let sent = interleaved(&sent, channels.0);
        let frames = encode(&sent, from, AudioProfile::HighQualityStereo, chunks.0);
        // libopus 1.6.1 makes another sound of one tone in some hundred, which is as loud as two.
        let encoded = &decoded(&frames)[INNER_RATE as usize / 2..];
        prop_assume!(beside(encoded, INNER_RATE, hertz) < 0.02);
        let (heard, _) = play(&frames, to, chunks.1);
        for which in 0..channels.1 {
            let heard = channel(&heard, channels.1, which);
            let heard = &heard[rates.1 as usize / 2..];
            let level = level_of(heard, rates.1, hertz);
            prop_assert!((level - LEVEL).abs() < LEVEL * 0.1, "level {level}");
            let other = level_of(heard, rates.1, hertz * 1.3);
            prop_assert!(other < LEVEL * 0.02, "{other} at another frequency");
            let beside = beside(heard, rates.1, hertz);
            prop_assert!(beside < 0.03, "{beside} is no tone");
        }
    }
}

#[test]
fn every_profile_carries_a_tone_in_packets_of_its_length() {
    let format = AudioFormat::new(48_000, 1).unwrap();
    let sent = tone(2 * 48_000, 48_000, 440.0, LEVEL);
    for (profile, packet_us) in [
        (AudioProfile::SpeechLowQuality, 20_000),
        (AudioProfile::SpeechStandard, 40_000),
        (AudioProfile::MusicStandard, 40_000),
        (AudioProfile::StandardStereo, 40_000),
        (AudioProfile::HighQuality, 60_000),
        (AudioProfile::HighQualityStereo, 40_000),
    ] {
        let frames = encode(&sent, format, profile, 480);
        for pair in frames.windows(2) {
            assert_eq!(pair[1].timestamp_us - pair[0].timestamp_us, packet_us);
        }
        // A tone has 3 dB less than its peaks, and those are at -8.
        let level = frames[10].audio_level.expect("it is told");
        assert_eq!(level, -11, "{profile:?}");
        let bytes: usize = frames.iter().map(|frame| frame.data.len()).sum();
        let kbps = bytes as f32 * 8.0 / 2000.0;
        let most = options(profile).layers()[0].max_kbps.unwrap() as f32;
        assert!(kbps < most * 1.3, "{kbps} of {most} kbit/s");
        let (heard, shares) = play(&frames, format, 480);
        assert_eq!(shares.concealed_frames, 0, "{profile:?}");
        let level = level_of(&heard[48_000..], 48_000, 440.0);
        assert!((level - LEVEL).abs() < LEVEL * 0.15, "{profile:?}: {level}");
    }
}

#[test]
fn both_channels_stay_apart_in_stereo_and_come_together_in_mono() {
    let stereo = AudioFormat::new(48_000, 2).unwrap();
    let mono = AudioFormat::new(48_000, 1).unwrap();
    let left = tone(2 * 48_000, 48_000, 400.0, LEVEL);
    let right = tone(2 * 48_000, 48_000, 900.0, LEVEL);
    let both = left
        .iter()
        .zip(&right)
        .flat_map(|(left, right)| [*left, *right]);
    let both: Vec<f32> = both.collect();
    let frames = encode(&both, stereo, AudioProfile::HighQualityStereo, 480);
    let (heard, _) = play(&frames, stereo, 480);
    let levels = |samples: &[f32]| {
        [400.0, 900.0].map(|hertz| level_of(&samples[48_000..], 48_000, hertz) / LEVEL)
    };
    let [low, high] = levels(&channel(&heard, 2, 0));
    assert!(low > 0.9 && high < 0.05, "{low} {high}");
    let [low, high] = levels(&channel(&heard, 2, 1));
    assert!(low < 0.05 && high > 0.9, "{low} {high}");
    let (heard, _) = play(&frames, mono, 480);
    let [low, high] = levels(&heard);
    assert!(
        (low - 0.5).abs() < 0.1 && (high - 0.5).abs() < 0.1,
        "{low} {high}"
    );
}

#[test]
fn what_is_recorded_later_is_sent_as_later() {
    let format = AudioFormat::new(48_000, 1).unwrap();
    let source = source();
    let input = input(&source, format, AudioProfile::SpeechLowQuality);
    let chunk = tone(960, 48_000, 440.0, LEVEL);
    let mut frames = Vec::new();
    let begin = Instant::now();
    // With a clock that trembles, and a second of silence that nobody recorded.
    for number in 0..100_i64 {
        let gap = if number < 50 { 0 } else { 1_000_000 };
        let time = 5_000_000 + number * 20_000 + (number % 7) * 2_000 + gap;
        assert_eq!(input.push_f32(&chunk, Some(time)).unwrap(), Pushed::Queued);
        while frames.len() < number as usize {
            assert!(begin.elapsed() < LONG, "{} frames", frames.len());
            take(&source, &mut frames);
            std::thread::sleep(PAUSE);
        }
    }
    let steps: Vec<i64> = frames
        .windows(2)
        .map(|pair| pair[1].timestamp_us - pair[0].timestamp_us)
        .collect();
    assert_eq!(frames[0].timestamp_us, 5_000_000);
    assert_eq!(
        steps.iter().filter(|step| **step == 20_000).count(),
        steps.len() - 1,
        "{steps:?}"
    );
    assert!((1_000_000..1_040_000).contains(&steps[49]), "{steps:?}");
}

#[test]
fn the_bit_rate_follows_what_the_network_allows() {
    let format = AudioFormat::new(48_000, 1).unwrap();
    let source = source();
    let input = input(&source, format, AudioProfile::HighQuality);
    let chunk = tone(2_880, 48_000, 440.0, LEVEL);
    let bytes_with = |kbps| {
        source.set_target(0, true, kbps);
        let mut frames = Vec::new();
        let begin = Instant::now();
        for number in 1..=20 {
            input.push_f32(&chunk, None).unwrap();
            while frames.len() < number {
                assert!(begin.elapsed() < LONG, "{} frames", frames.len());
                take(&source, &mut frames);
                std::thread::sleep(PAUSE);
            }
        }
        frames[10..]
            .iter()
            .map(|frame| frame.data.len())
            .sum::<usize>()
    };
    let (much, little, again) = (bytes_with(128), bytes_with(16), bytes_with(128));
    assert!(little * 3 < much, "{little} and {much}");
    assert!(again * 2 > much, "{again} and {much}");
}
