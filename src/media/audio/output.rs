//! Sound of others, as the app wants to have it.

use std::sync::{Arc, Mutex, MutexGuard};

use super::arrivals::Arrivals;
use super::codec::Resampler;
use super::format::{AudioFormat, BLOCK, INNER_RATE};
use super::level;
use super::mixer::{Members, Mixer};
use super::playout::Player;
use super::playout::content::{Contents, Shares};
use crate::media::sink::{FrameOutput, TrackSink};
use crate::media::tracks::Tracks;
use crate::runtime::{is_dispatcher_thread, lock, try_lock};
use crate::{Error, Result, Status};

/// What [`AudioOutput::pull_f32`] and its like have filled a buffer with. The numbers of frames add
/// up to those of the buffer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PulledAudio {
    /// What was sent.
    pub decoded_frames: usize,
    /// Made up, because it got lost on the way or is late.
    pub concealed_frames: usize,
    /// Nobody says anything: nothing came, or a pause of speech.
    pub silent_frames: usize,
    /// How loud it is, in decibels below full scale: 0 to -127.
    pub level_dbfs: f32,
}

/// The sound of a track of somebody else, or of all of them together, decoded for playing. Dropping
/// it gives the frames of its tracks back.
///
/// Pulling neither waits for the network nor asks for memory, and may be done on the thread of a
/// sound device.
pub struct AudioOutput {
    format: AudioFormat,
    state: Mutex<State>,
    origin: Origin,
}

/// Where packets come from.
enum Origin {
    Track(Arc<TrackSink>, Arc<dyn FrameOutput>),
    Tracks(Arc<Tracks>, Arc<Members>),
}

enum Voice {
    One(Box<Player>),
    All(Box<Mixer>),
}

struct State {
    voice: Voice,
    resampler: Resampler,
    block: Vec<f32>,
    /// What a block was converted into; from `next` on it was not pulled yet.
    converted: Vec<f32>,
    next: usize,
    end: usize,
    contents: Contents,
}

impl AudioOutput {
    /// Of one track, whose frames come here from now on.
    pub(crate) fn of_track(sink: &Arc<TrackSink>, format: AudioFormat) -> Result<Self> {
        let arrivals = Arc::new(Arrivals::new(Some(Arc::clone(&sink.transform))));
        let player = Player::new(Arc::clone(&arrivals), format.channels())?;
        let state = State::new(Voice::One(Box::new(player)), format)?;
        let arrivals: Arc<dyn FrameOutput> = arrivals;
        sink.add_output(&arrivals)?;
        Ok(Self {
            format,
            state: Mutex::new(state),
            origin: Origin::Track(Arc::clone(sink), arrivals),
        })
    }

    /// Of all tracks of a meeting, also those that will come.
    pub(crate) fn of_all(tracks: &Arc<Tracks>, format: AudioFormat) -> Result<Self> {
        super::codec::is_present()?;
        let members = Arc::new(Members::new(format.channels()));
        let mixer = Mixer::new(Arc::clone(&members));
        let state = State::new(Voice::All(Box::new(mixer)), format)?;
        tracks.add_mixer(&members)?;
        Ok(Self {
            format,
            state: Mutex::new(state),
            origin: Origin::Tracks(Arc::clone(tracks), members),
        })
    }

    /// How its sound is laid out.
    #[must_use]
    pub fn format(&self) -> AudioFormat {
        self.format
    }

    /// Fills all of `samples` with what is to be heard next, -1 to 1.
    ///
    /// Ask for as much as is played, at the pace at which it is played. Sound is held back so that
    /// most of it comes in time; when nothing came there is silence.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] when that is no whole number of frames, or more than a second;
    /// [`Status::WouldDeadlock`] inside a callback while another call pulls from it.
    pub fn pull_f32(&self, samples: &mut [f32]) -> Result<PulledAudio> {
        self.pull(samples, |sample| sample)
    }

    /// The same with 16 bits.
    ///
    /// # Errors
    ///
    /// As [`Self::pull_f32`].
    pub fn pull_s16(&self, samples: &mut [i16]) -> Result<PulledAudio> {
        self.pull(samples, |sample| {
            (sample * 32_768.0).round().clamp(-32_768.0, 32_767.0) as i16
        })
    }

    /// One call after another pulls.
    fn take_turn(&self) -> Result<MutexGuard<'_, State>> {
        match try_lock(&self.state) {
            Some(state) => Ok(state),
            // The transform of what is being pulled here may be what runs the callback.
            None if is_dispatcher_thread() => Err(Error::new(
                Status::WouldDeadlock,
                "Inside a callback an output was asked for sound while another call was pulling from it, \
                 perhaps the one that runs the callback: that would wait for itself",
                "Pull from a thread of your own, outside of callbacks.",
            )
            .during("audio_output_pull")),
            None => Ok(lock(&self.state)),
        }
    }

    fn pull<T>(&self, samples: &mut [T], convert: impl Fn(f32) -> T) -> Result<PulledAudio> {
        let frames = self.format.frames(samples.len());
        let frames = frames.map_err(|error| error.during("audio_output_pull"))?;
        // In frames as they are played, at least a block.
        let chunk = frames as u64 * u64::from(INNER_RATE) / u64::from(self.format.sample_rate());
        let chunk = (chunk as usize).max(BLOCK);
        let mut state = self.take_turn()?;
        let mut shares = Shares::default();
        let mut sum = 0.0;
        let mut filled = 0;
        while filled < samples.len() {
            if state.next == state.end {
                state.render(chunk);
            }
            let count = (samples.len() - filled).min(state.end - state.next);
            let from = &state.converted[state.next..state.next + count];
            for (place, sample) in samples[filled..filled + count].iter_mut().zip(from) {
                *place = convert(*sample);
            }
            sum += level::power(from) * count as f32;
            shares += state.contents.take(count / self.format.channels());
            state.next += count;
            filled += count;
        }
        Ok(PulledAudio {
            decoded_frames: shares.decoded,
            concealed_frames: shares.concealed,
            silent_frames: shares.silent,
            level_dbfs: level::dbfs(sum / filled.max(1) as f32),
        })
    }
}

impl Drop for AudioOutput {
    fn drop(&mut self) {
        match &self.origin {
            Origin::Track(sink, arrivals) => sink.remove_output(arrivals),
            Origin::Tracks(tracks, members) => tracks.remove_mixer(members),
        }
    }
}

impl State {
    fn new(voice: Voice, format: AudioFormat) -> Result<Self> {
        let channels = format.channels();
        let resampler = Resampler::from_inner(format.sample_rate(), channels)?;
        Ok(Self {
            voice,
            block: vec![0.0; BLOCK * channels],
            converted: vec![0.0; resampler.most_out() * channels],
            resampler,
            next: 0,
            end: 0,
            contents: Contents::new(8),
        })
    }

    /// The next block. At the low rates a few of the first give nothing yet.
    fn render(&mut self, chunk: usize) {
        let shares = match &mut self.voice {
            Voice::One(player) => player.play(chunk, &mut self.block),
            Voice::All(mixer) => mixer.play(chunk, &mut self.block),
        };
        let channels = self.block.len() / BLOCK;
        let frames = self.resampler.process(&self.block, &mut self.converted);
        self.contents.push_shares(shares.scaled(frames));
        self.next = 0;
        self.end = frames * channels;
    }
}
