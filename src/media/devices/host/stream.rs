//! Sound between a device and the library, in the device's samples.
//!
//! What runs here runs on the thread of the device: after its beginning it asks for no memory and
//! waits for nobody.

use std::sync::Arc;
use std::time::{Duration, Instant};

use cpal::traits::{DeviceTrait, StreamTrait};
use cpal::{
    BufferSize, Device, Error, ErrorKind, FromSample, I24, Sample, SampleFormat, SizedSample,
    Stream, StreamConfig, SupportedStreamConfig, U24,
};

use super::super::opened::{Feed, Running};
use super::failure::Opening;
use super::pace::Pace;
use super::quiet;
use crate::log::{self, Level};
use crate::media::{AudioInput, AudioOutput};
use crate::runtime::lock;

/// Connects both; nothing flows before [`start`].
pub(super) fn build(
    device: &Device,
    config: &SupportedStreamConfig,
    buffer_size: BufferSize,
    running: &Arc<Running>,
    feed: Feed,
) -> Result<Stream, Error> {
    let mut plain = config.config();
    plain.buffer_size = buffer_size;
    match config.sample_format() {
        SampleFormat::I8 => connect::<i8>(device, plain, running, feed),
        SampleFormat::I16 => connect::<i16>(device, plain, running, feed),
        SampleFormat::I24 => connect::<I24>(device, plain, running, feed),
        SampleFormat::I32 => connect::<i32>(device, plain, running, feed),
        SampleFormat::I64 => connect::<i64>(device, plain, running, feed),
        SampleFormat::U8 => connect::<u8>(device, plain, running, feed),
        SampleFormat::U16 => connect::<u16>(device, plain, running, feed),
        SampleFormat::U24 => connect::<U24>(device, plain, running, feed),
        SampleFormat::U32 => connect::<u32>(device, plain, running, feed),
        SampleFormat::U64 => connect::<u64>(device, plain, running, feed),
        SampleFormat::F32 => connect::<f32>(device, plain, running, feed),
        SampleFormat::F64 => connect::<f64>(device, plain, running, feed),
        other => Err(Error::with_message(
            ErrorKind::UnsupportedConfig,
            format!("samples of the format {other} are not understood"),
        )),
    }
}

pub(super) fn start(running: &Running) -> Result<(), Error> {
    match &*lock(running.stream()) {
        Some(stream) => stream.play(),
        // It has failed already.
        None => Err(ErrorKind::DeviceNotAvailable.into()),
    }
}

fn connect<T>(
    device: &Device,
    config: StreamConfig,
    running: &Arc<Running>,
    feed: Feed,
) -> Result<Stream, Error>
where
    T: SizedSample + FromSample<f32> + Send + 'static,
    f32: FromSample<T>,
{
    match feed {
        Feed::Microphone(input) => {
            let mut microphone = Microphone {
                block: Block::new(config, input.format().channels()),
                input,
                running: Arc::clone(running),
            };
            let hear = move |heard: &[T], _: &_| microphone.hear(heard);
            device.build_input_stream(config, hear, on_error(running), None)
        }
        Feed::Speaker(output) => {
            let mut speaker = Speaker {
                block: Block::new(config, output.format().channels()),
                output,
                running: Arc::clone(running),
            };
            let play = move |to_play: &mut [T], _: &_| speaker.play(to_play);
            device.build_output_stream(config, play, on_error(running), None)
        }
    }
}

fn on_error(running: &Arc<Running>) -> impl FnMut(Error) + Send + 'static {
    let running = Arc::clone(running);
    move |error| {
        quiet::begin_on_device_thread();
        let device = Opening {
            kind: running.kind(),
            name: running.device().name(),
        };
        match error.kind() {
            // It goes on, with a click at most.
            ErrorKind::Xrun | ErrorKind::DeviceChanged | ErrorKind::RealtimeDenied => {
                log::record(Level::Debug, "devices", || {
                    format!("the {} goes on after: {error}", device.kind.name())
                });
            }
            _ => running.fail(&device.is_lost(&error)),
        }
    }
}

/// Where samples are converted, and how.
struct Block {
    samples: Vec<f32>,
    /// Frames that are converted at a time: a fifth of a second.
    frames: usize,
    /// Of the device, at least as many as those that are used.
    channels: usize,
    used: usize,
    rate: u32,
    pace: Pace,
}

impl Block {
    fn new(config: StreamConfig, used: usize) -> Self {
        let frames = config.sample_rate as usize / 5;
        Self {
            samples: vec![0.0; frames * used],
            frames,
            channels: usize::from(config.channels),
            used,
            rate: config.sample_rate,
            pace: Pace::default(),
        }
    }

    /// So many samples of the device have passed: one that does not wait by itself waits here.
    fn keep_pace(&mut self, samples: usize) {
        let nanoseconds = (samples / self.channels) as u64 * 1_000_000_000 / u64::from(self.rate);
        let sound = Duration::from_nanos(nanoseconds);
        let wait = self.pace.pass(sound, Instant::now());
        if !wait.is_zero() {
            std::thread::sleep(wait);
        }
    }
}

struct Microphone {
    input: AudioInput,
    block: Block,
    running: Arc<Running>,
}

impl Microphone {
    fn hear<T: Sample>(&mut self, heard: &[T])
    where
        f32: FromSample<T>,
    {
        quiet::begin_on_device_thread();
        if !self.running.is_open() {
            return;
        }
        let block = &mut self.block;
        for part in heard.chunks(block.frames * block.channels) {
            let frames = part.chunks_exact(block.channels);
            let count = frames.len();
            for (place, frame) in block.samples.chunks_exact_mut(block.used).zip(frames) {
                for (place, sample) in place.iter_mut().zip(frame) {
                    *place = f32::from_sample(*sample);
                }
            }
            // It is taken, or nobody is there to take it: either way the next is heard.
            let _ = self
                .input
                .push_f32(&block.samples[..count * block.used], None);
        }
        self.running.set_level(self.input.level_dbfs());
        block.keep_pace(heard.len());
    }
}

struct Speaker {
    output: Box<AudioOutput>,
    block: Block,
    running: Arc<Running>,
}

impl Speaker {
    fn play<T: Sample + FromSample<f32>>(&mut self, to_play: &mut [T]) {
        quiet::begin_on_device_thread();
        to_play.fill(T::EQUILIBRIUM);
        if !self.running.is_open() {
            return;
        }
        let block = &mut self.block;
        let mut level = None;
        for part in to_play.chunks_mut(block.frames * block.channels) {
            let frames = part.chunks_exact_mut(block.channels);
            let samples = &mut block.samples[..frames.len() * block.used];
            let Ok(pulled) = self.output.pull_f32(samples) else {
                continue;
            };
            level = Some(pulled.level_dbfs);
            for (frame, samples) in frames.zip(samples.chunks_exact(block.used)) {
                for (place, sample) in frame.iter_mut().zip(samples) {
                    *place = T::from_sample(*sample);
                }
            }
        }
        if let Some(level) = level {
            self.running.set_level(level);
        }
        block.keep_pace(to_play.len());
    }
}
