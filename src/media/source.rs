//! Where a track's encoded frames come from: what the app has pushed and nobody has sent yet.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use tokio::sync::Notify;

use super::frame::{EncodedFrame, TrackKind};
use super::negotiation::{Codec, Kind};
use super::statistics::{EncodingStatistics, StreamStatistics};
use super::taker::Taker;
use super::transform::Transformed;
use crate::runtime::lock;
use crate::{Error, Result, Status};

/// How many frames wait to be sent: about a second of sound, and of pictures what an encoder may
/// make before it learns that nothing goes out.
const AUDIO_DEPTH: usize = 64;
const VIDEO_DEPTH: usize = 32;

/// What became of a frame that was pushed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pushed {
    /// It goes out.
    Queued,
    /// Nobody is there to take it: the track is off, the meeting not joined, or the connection is
    /// being made anew.
    NotSending,
    /// Too many wait already: the network is slower than the encoder. Of video, the frames up to the
    /// next key frame are refused as well.
    Full,
    /// It cannot be decoded without one that was not sent. Make a key frame.
    NeedsKeyFrame,
    /// Its layer is switched off for lack of bandwidth. Nothing is lost; save the work of encoding.
    LayerOff,
    /// The app's transform of frames has dropped it. Of video, the next one has to be a key frame.
    Dropped,
}

/// What an encoder should do for one layer of a track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EncoderTarget {
    /// Whether its frames are sent.
    pub is_active: bool,
    /// In kilobits per second; 0 while it is not known.
    pub kbps: u32,
    /// Whether somebody waits for a key frame.
    pub wants_key_frame: bool,
}

/// One of the sizes in which the pictures of a track are sent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayerInfo {
    /// What width and height of the source are divided by; 1 for the whole picture.
    pub scale: f64,
    /// In kilobits per second; 0 when only the network limits it.
    pub max_kbps: u32,
    /// In pictures per second; 0 when nothing limits it.
    pub max_fps: u32,
}

/// How many frames went where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SourceCounts {
    pub(crate) queued: u64,
    /// Refused because too many waited, because they could not be decoded after that, or because the
    /// app's transform dropped them.
    pub(crate) refused: u64,
}

/// A track that the app sends: its frames, and what its encoder should know.
pub(crate) struct TrackSource {
    pub(crate) kind: TrackKind,
    pub(crate) codec: Codec,
    state: Mutex<State>,
    /// Whether there is a sender, for those who must not wait for the lock.
    is_sending: AtomicBool,
    /// Whether an input for raw sound or pictures makes the frames.
    has_input: AtomicBool,
}

struct State {
    frames: VecDeque<EncodedFrame>,
    /// Nobody while nothing is sent.
    taker: Taker,
    layers: Vec<Layer>,
    counts: SourceCounts,
    /// While an input for raw pictures makes the frames.
    encoding: Option<EncodingStatistics>,
}

#[derive(Clone, Copy)]
struct Layer {
    statistics: StreamStatistics,
    is_active: bool,
    kbps: u32,
    wants_key_frame: bool,
    /// The next frame that is taken must be a key frame.
    needs_key_frame: bool,
}

impl TrackSource {
    pub(crate) fn new(kind: TrackKind, codec: Codec, layers: usize) -> Self {
        let layer = Layer {
            statistics: StreamStatistics::default(),
            is_active: true,
            kbps: 0,
            wants_key_frame: false,
            needs_key_frame: kind.kind() == Kind::Video,
        };
        Self {
            kind,
            codec,
            state: Mutex::new(State {
                frames: VecDeque::new(),
                taker: Taker::default(),
                layers: vec![layer; layers.max(1)],
                counts: SourceCounts::default(),
                encoding: None,
            }),
            is_sending: AtomicBool::new(false),
            has_input: AtomicBool::new(false),
        }
    }

    /// Takes a frame for sending; never waits for the network. `transform` is what the app does to
    /// it, and called with no lock held.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] for a frame that cannot be one.
    pub(crate) fn push(
        &self,
        mut frame: EncodedFrame,
        transform: impl FnOnce(&EncodedFrame) -> Transformed,
    ) -> Result<Pushed> {
        {
            let mut state = lock(&self.state);
            self.check(&frame, state.layers.len())?;
            // What is not taken need not be transformed.
            if let Some(refusal) = self.refusal(&mut state, &frame) {
                return Ok(refusal);
            }
        }
        let transformed = transform(&frame);
        let mut state = lock(&self.state);
        match transformed {
            Transformed::Unchanged => {}
            Transformed::Changed(data) => frame.data = data,
            Transformed::Dropped => {
                let is_video = self.kind.kind() == Kind::Video;
                let layer = &mut state.layers[usize::from(frame.layer)];
                layer.needs_key_frame = is_video;
                layer.wants_key_frame |= is_video;
                state.counts.refused += 1;
                return Ok(Pushed::Dropped);
            }
        }
        // Much may have happened meanwhile.
        if let Some(refusal) = self.refusal(&mut state, &frame) {
            return Ok(refusal);
        }
        let Some(sender) = state.taker.get().cloned() else {
            return Ok(Pushed::NotSending);
        };
        if frame.is_key_frame {
            let layer = &mut state.layers[usize::from(frame.layer)];
            layer.needs_key_frame = false;
            layer.wants_key_frame = false;
        }
        state.frames.push_back(frame);
        state.counts.queued += 1;
        drop(state);
        sender.notify_one();
        Ok(Pushed::Queued)
    }

    /// Why a frame is not taken now, if it is not.
    fn refusal(&self, state: &mut State, frame: &EncodedFrame) -> Option<Pushed> {
        if state.taker.get().is_none() {
            return Some(Pushed::NotSending);
        }
        let is_full = state.frames.len() >= self.depth(state.layers.len());
        let is_video = self.kind.kind() == Kind::Video;
        let layer = &mut state.layers[usize::from(frame.layer)];
        if !layer.is_active {
            layer.needs_key_frame = is_video;
            return Some(Pushed::LayerOff);
        }
        let refusal = if is_full {
            layer.needs_key_frame = is_video;
            Pushed::Full
        } else if layer.needs_key_frame && !frame.is_key_frame {
            Pushed::NeedsKeyFrame
        } else {
            return None;
        };
        layer.wants_key_frame |= is_video;
        state.counts.refused += 1;
        Some(refusal)
    }

    fn depth(&self, layers: usize) -> usize {
        match self.kind.kind() {
            Kind::Audio => AUDIO_DEPTH,
            Kind::Video => VIDEO_DEPTH * layers,
        }
    }

    fn check(&self, frame: &EncodedFrame, layers: usize) -> Result<()> {
        let most = self.kind.kind().max_sent_bytes();
        let length = frame.data.len();
        let wrong =
            |text: String, remedy: &str| Err(Error::new(Status::InvalidArgument, text, remedy));
        if length == 0 || length > most {
            return wrong(
                format!("The frame has {length} bytes; a frame of this track has 1 to {most}"),
                "Push what the encoder made, one frame at a time.",
            );
        }
        if usize::from(frame.layer) >= layers {
            return wrong(
                format!(
                    "The frame is of layer {}; the track has {layers}, counted from 0",
                    frame.layer
                ),
                "Add the layer to the options of the track, or push frames of those that there are.",
            );
        }
        if frame.timestamp_us < 0 {
            return wrong(
                format!("The frame's time is {} microseconds", frame.timestamp_us),
                "Times count up from 0 or later.",
            );
        }
        Ok(())
    }

    /// From now on frames are taken, and `sender` is told of them.
    pub(crate) fn begin(&self, sender: &Arc<Notify>) {
        let mut state = lock(&self.state);
        state.frames.clear();
        let is_video = self.kind.kind() == Kind::Video;
        for layer in &mut state.layers {
            layer.needs_key_frame = is_video;
            layer.wants_key_frame = is_video;
        }
        state.taker.begin(sender);
        self.is_sending.store(true, Ordering::Release);
    }

    /// From now on nobody takes frames; those that wait are thrown away. Only if `sender` is still
    /// the one: another may have begun meanwhile.
    pub(crate) fn end(&self, sender: &Arc<Notify>) {
        let mut state = lock(&self.state);
        if state.taker.end(sender) {
            state.frames.clear();
            self.is_sending.store(false, Ordering::Release);
        }
    }

    /// The meeting is over: nobody takes frames any more.
    pub(crate) fn stop(&self) {
        let mut state = lock(&self.state);
        state.taker = Taker::default();
        state.frames.clear();
        self.is_sending.store(false, Ordering::Release);
    }

    /// Swaps what waits with an empty queue, so that no memory is asked for.
    pub(crate) fn take(&self, into: &mut VecDeque<EncodedFrame>) {
        debug_assert!(into.is_empty());
        std::mem::swap(&mut lock(&self.state).frames, into);
    }

    /// Somebody cannot decode without a key frame. Whether that is news.
    pub(crate) fn request_key_frame(&self, layer: Option<u8>) -> bool {
        let mut state = lock(&self.state);
        let mut is_news = false;
        for (index, one) in state.layers.iter_mut().enumerate() {
            if layer.is_none_or(|layer| usize::from(layer) == index) {
                is_news |= !std::mem::replace(&mut one.wants_key_frame, true);
            }
        }
        is_news
    }

    /// What the network allows. Whether the app should be told: a layer went on or off, or its rate
    /// changed by a tenth.
    pub(crate) fn set_target(&self, layer: u8, is_active: bool, kbps: u32) -> bool {
        let mut state = lock(&self.state);
        let is_video = self.kind.kind() == Kind::Video;
        let Some(layer) = state.layers.get_mut(usize::from(layer)) else {
            return false;
        };
        let is_news = layer.is_active != is_active || kbps.abs_diff(layer.kbps) * 10 > layer.kbps;
        if is_active && !layer.is_active && is_video {
            layer.needs_key_frame = true;
            layer.wants_key_frame = true;
        }
        if is_news {
            layer.is_active = is_active;
            layer.kbps = kbps;
        }
        is_news
    }

    pub(crate) fn target(&self, layer: u8) -> Option<EncoderTarget> {
        let state = lock(&self.state);
        let layer = state.layers.get(usize::from(layer))?;
        Some(EncoderTarget {
            is_active: layer.is_active,
            kbps: layer.kbps,
            wants_key_frame: layer.wants_key_frame,
        })
    }

    pub(crate) fn active_layers(&self) -> Vec<bool> {
        let state = lock(&self.state);
        state.layers.iter().map(|layer| layer.is_active).collect()
    }

    pub(crate) fn is_sending(&self) -> bool {
        self.is_sending.load(Ordering::Acquire)
    }

    /// Whether one more frame would be refused.
    pub(super) fn is_full(&self) -> bool {
        let state = lock(&self.state);
        state.frames.len() >= self.depth(state.layers.len())
    }

    /// From now on an input makes the frames, or the app does again.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidState`] when there is an input already.
    pub(super) fn set_input(&self, has_input: bool) -> Result<()> {
        if self.has_input.swap(has_input, Ordering::AcqRel) && has_input {
            return Err(Error::new(
                Status::InvalidState,
                format!("The track has an input for raw {} already", self.raw()),
                "Push into that one, or free it first.",
            ));
        }
        Ok(())
    }

    /// Whether the app may push frames itself.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidState`] while there is an input.
    pub(crate) fn check_no_input(&self) -> Result<()> {
        if self.has_input.load(Ordering::Acquire) {
            let raw = self.raw();
            return Err(Error::new(
                Status::InvalidState,
                format!("The track has an input for raw {raw}, which makes its frames"),
                format!("Push raw {raw} into that, or free it before pushing frames."),
            ));
        }
        Ok(())
    }

    fn raw(&self) -> &'static str {
        match self.kind.kind() {
            Kind::Audio => "sound",
            Kind::Video => "pictures",
        }
    }

    /// How its input for raw pictures is doing, if there is one.
    pub(super) fn set_encoding(&self, encoding: Option<EncodingStatistics>) {
        lock(&self.state).encoding = encoding;
    }

    pub(super) fn encoding(&self) -> Option<EncodingStatistics> {
        lock(&self.state).encoding
    }

    pub(crate) fn counts(&self) -> SourceCounts {
        lock(&self.state).counts
    }

    pub(crate) fn set_statistics(&self, layer: usize, mut statistics: StreamStatistics) {
        if let Some(layer) = lock(&self.state).layers.get_mut(layer) {
            // The library below tells of it only when a report has come since it last told.
            statistics.loss = statistics.loss.or(layer.statistics.loss);
            layer.statistics = statistics;
        }
    }

    pub(crate) fn statistics(&self) -> Vec<StreamStatistics> {
        let state = lock(&self.state);
        state.layers.iter().map(|layer| layer.statistics).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(is_key_frame: bool, layer: u8) -> EncodedFrame {
        EncodedFrame {
            data: Arc::from([1_u8].as_slice()),
            timestamp_us: 0,
            is_key_frame,
            layer,
            audio_level: None,
        }
    }

    fn push(source: &TrackSource, frame: EncodedFrame) -> Result<Pushed> {
        source.push(frame, |_| Transformed::Unchanged)
    }

    fn video(layers: usize) -> (TrackSource, Arc<Notify>) {
        let source = TrackSource::new(TrackKind::Video, Codec::Vp8, layers);
        let sender = Arc::new(Notify::new());
        source.begin(&sender);
        (source, sender)
    }

    #[test]
    fn nothing_is_kept_before_somebody_sends() {
        let source = TrackSource::new(TrackKind::Audio, Codec::Opus, 1);
        assert_eq!(push(&source, frame(true, 0)).unwrap(), Pushed::NotSending);
        let sender = Arc::new(Notify::new());
        source.begin(&sender);
        assert_eq!(push(&source, frame(false, 0)).unwrap(), Pushed::Queued);
        source.end(&Arc::new(Notify::new()));
        assert!(source.is_sending(), "that was somebody else's end");
        source.end(&sender);
        assert_eq!(push(&source, frame(false, 0)).unwrap(), Pushed::NotSending);
        let mut taken = VecDeque::new();
        source.take(&mut taken);
        assert!(taken.is_empty());
    }

    #[test]
    fn video_begins_with_a_key_frame() {
        let (source, _) = video(1);
        assert!(source.target(0).unwrap().wants_key_frame);
        assert_eq!(
            push(&source, frame(false, 0)).unwrap(),
            Pushed::NeedsKeyFrame
        );
        assert_eq!(push(&source, frame(true, 0)).unwrap(), Pushed::Queued);
        assert!(!source.target(0).unwrap().wants_key_frame);
        assert_eq!(push(&source, frame(false, 0)).unwrap(), Pushed::Queued);
    }

    #[test]
    fn behind_a_refused_frame_only_a_key_frame_goes_out() {
        let (source, _) = video(1);
        push(&source, frame(true, 0)).unwrap();
        for _ in 1..VIDEO_DEPTH {
            assert_eq!(push(&source, frame(false, 0)).unwrap(), Pushed::Queued);
        }
        assert_eq!(push(&source, frame(false, 0)).unwrap(), Pushed::Full);
        let mut taken = VecDeque::new();
        source.take(&mut taken);
        assert_eq!(taken.len(), VIDEO_DEPTH);
        assert_eq!(
            push(&source, frame(false, 0)).unwrap(),
            Pushed::NeedsKeyFrame
        );
        assert!(source.target(0).unwrap().wants_key_frame);
        assert_eq!(push(&source, frame(true, 0)).unwrap(), Pushed::Queued);
        let counts = source.counts();
        assert_eq!((counts.queued, counts.refused), (VIDEO_DEPTH as u64 + 1, 2));
    }

    #[test]
    fn what_the_last_report_said_of_loss_stays_until_the_next() {
        let (source, _) = video(2);
        let tell = |loss, bytes| {
            let told = StreamStatistics {
                loss,
                bytes,
                ..StreamStatistics::default()
            };
            source.set_statistics(1, told);
            let known = source.statistics()[1];
            (known.loss, known.bytes)
        };
        assert_eq!(tell(None, 1), (None, 1));
        assert_eq!(tell(Some(0.25), 2), (Some(0.25), 2));
        assert_eq!(tell(None, 3), (Some(0.25), 3));
        assert_eq!(tell(Some(0.0), 4), (Some(0.0), 4));
        assert_eq!(source.statistics()[0].loss, None);
    }

    #[test]
    fn sound_goes_on_behind_refused_frames() {
        let source = TrackSource::new(TrackKind::Audio, Codec::Opus, 1);
        source.begin(&Arc::new(Notify::new()));
        for _ in 0..AUDIO_DEPTH {
            assert_eq!(push(&source, frame(false, 0)).unwrap(), Pushed::Queued);
        }
        assert_eq!(push(&source, frame(false, 0)).unwrap(), Pushed::Full);
        source.take(&mut VecDeque::new());
        assert_eq!(push(&source, frame(false, 0)).unwrap(), Pushed::Queued);
    }

    #[test]
    fn a_layer_that_comes_back_begins_with_a_key_frame() {
        let (source, _) = video(2);
        for layer in 0..2 {
            push(&source, frame(true, layer)).unwrap();
        }
        assert!(source.set_target(1, false, 0));
        assert!(!source.set_target(1, false, 0), "told once");
        assert_eq!(push(&source, frame(false, 1)).unwrap(), Pushed::LayerOff);
        assert_eq!(push(&source, frame(false, 0)).unwrap(), Pushed::Queued);
        assert!(source.set_target(1, true, 500));
        assert_eq!(
            push(&source, frame(false, 1)).unwrap(),
            Pushed::NeedsKeyFrame
        );
        assert_eq!(push(&source, frame(true, 1)).unwrap(), Pushed::Queued);
        assert!(!source.set_target(1, true, 540), "less than a tenth");
        assert!(source.set_target(1, true, 560));
    }

    #[test]
    fn a_key_frame_is_asked_for_once_until_it_comes() {
        let (source, _) = video(2);
        for layer in 0..2 {
            push(&source, frame(true, layer)).unwrap();
        }
        assert!(source.request_key_frame(Some(1)));
        assert!(!source.request_key_frame(Some(1)));
        assert!(!source.target(0).unwrap().wants_key_frame);
        assert!(source.request_key_frame(None));
        push(&source, frame(true, 1)).unwrap();
        assert!(source.request_key_frame(Some(1)));
    }

    #[test]
    fn what_is_no_frame_is_refused() {
        let (source, _) = video(1);
        let empty = EncodedFrame {
            data: Arc::from([].as_slice()),
            ..frame(true, 0)
        };
        let early = EncodedFrame {
            timestamp_us: -1,
            ..frame(true, 0)
        };
        let large = EncodedFrame {
            data: vec![0; Kind::Video.max_sent_bytes() + 1].into(),
            ..frame(true, 0)
        };
        for wrong in [empty, early, large, frame(true, 1)] {
            let error = push(&source, wrong).unwrap_err();
            assert_eq!(error.status(), Status::InvalidArgument, "{error}");
        }
        let microphone = TrackSource::new(TrackKind::Audio, Codec::Opus, 1);
        let sound = |length: usize| EncodedFrame {
            data: vec![0; length].into(),
            ..frame(true, 0)
        };
        assert!(push(&microphone, sound(1120)).is_ok());
        let error = push(&microphone, sound(1121)).unwrap_err();
        assert_eq!(error.status(), Status::InvalidArgument, "{error}");
    }

    #[test]
    fn frames_go_out_as_they_were_transformed_and_behind_one_that_was_dropped_goes_a_key_frame() {
        let (source, sender) = video(1);
        let changed = |_: &EncodedFrame| Transformed::Changed([8, 9].into());
        assert_eq!(
            source.push(frame(true, 0), changed).unwrap(),
            Pushed::Queued
        );
        let dropped = |_: &EncodedFrame| Transformed::Dropped;
        assert_eq!(
            source.push(frame(false, 0), dropped).unwrap(),
            Pushed::Dropped
        );
        assert!(source.target(0).unwrap().wants_key_frame);
        let never = |_: &EncodedFrame| unreachable!("it is not taken");
        assert_eq!(
            source.push(frame(false, 0), never).unwrap(),
            Pushed::NeedsKeyFrame
        );
        // What happens meanwhile counts.
        let ended = |_: &EncodedFrame| {
            source.end(&sender);
            Transformed::Unchanged
        };
        assert_eq!(
            source.push(frame(true, 0), ended).unwrap(),
            Pushed::NotSending
        );
        source.begin(&sender);
        assert_eq!(
            source.push(frame(true, 0), changed).unwrap(),
            Pushed::Queued
        );
        let mut taken = VecDeque::new();
        source.take(&mut taken);
        assert_eq!(taken.len(), 1, "those of the earlier sender are gone");
        assert_eq!(taken[0].data.as_ref(), [8, 9]);
        let counts = source.counts();
        assert_eq!((counts.queued, counts.refused), (2, 2));
    }
}
