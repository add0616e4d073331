//! The frames of one track that wait for the app, and which go first when they are too many.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::media::frame::ReceivedFrame;
use crate::media::negotiation::Kind;
use crate::runtime::{Buffer, Lane};

/// How many frames wait: about a second of sound, two of pictures.
const AUDIO_DEPTH: usize = 64;
const VIDEO_DEPTH: usize = 64;

/// How many bytes those may have together.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// A frame that waits.
#[derive(Clone, Debug)]
pub(crate) struct Waiting {
    pub(crate) frame: Arc<ReceivedFrame>,
    /// What the app does to frames was done to it: it was taken, and put back.
    pub(crate) is_open: bool,
}

/// The frames of one track. Sound that is not read loses its oldest frames; pictures lose all up to
/// a key frame, because what comes between cannot be decoded.
pub(crate) struct Frames {
    kind: Kind,
    frames: VecDeque<Waiting>,
    bytes: usize,
    /// Those up to the next key frame cannot be decoded.
    waits_for_key_frame: bool,
    /// Frames are missing before the next one.
    gap: bool,
    counts: SinkCounts,
    /// They go to an output.
    is_taken: bool,
}

/// How many frames came, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SinkCounts {
    pub(crate) received: u64,
    /// Not read in time.
    pub(crate) dropped: u64,
    /// Could not have been decoded for want of others.
    pub(crate) undecodable: u64,
    /// How often frames were missing before one that came.
    pub(crate) gaps: u64,
}

impl Frames {
    pub(crate) fn new(kind: Kind) -> Self {
        Self {
            kind,
            frames: VecDeque::new(),
            bytes: 0,
            waits_for_key_frame: kind == Kind::Video,
            gap: false,
            counts: SinkCounts::default(),
            is_taken: false,
        }
    }

    /// Adds a frame. `false`: a key frame has to be asked for.
    #[must_use]
    pub(crate) fn push(&mut self, mut frame: ReceivedFrame) -> bool {
        self.counts.received += 1;
        self.counts.gaps += u64::from(frame.follows_gap);
        if self.kind == Kind::Audio {
            while self.is_full(frame.data.len()) {
                self.drop_oldest();
                self.mark_gap(&mut frame);
            }
            self.keep(frame);
            return true;
        }
        // A picture behind a gap refers to one that is not there.
        if frame.follows_gap && !frame.is_key_frame {
            self.waits_for_key_frame = true;
        }
        if self.is_full(frame.data.len()) {
            self.drop_to_key_frame();
        }
        if self.waits_for_key_frame && !frame.is_key_frame {
            self.counts.undecodable += 1;
            self.gap = true;
            return false;
        }
        self.waits_for_key_frame = false;
        self.keep(frame);
        true
    }

    /// One came that somebody else takes.
    pub(super) fn pass(&mut self, follows_gap: bool) {
        self.counts.received += 1;
        self.counts.gaps += u64::from(follows_gap);
    }

    /// Nobody will read what waits.
    pub(super) fn clear(&mut self) {
        self.frames.clear();
        self.bytes = 0;
    }

    /// From now on they go to an output, or wait here again.
    pub(super) fn set_taken(&mut self, is_taken: bool) {
        self.is_taken = is_taken;
    }

    pub(crate) fn counts(&self) -> SinkCounts {
        self.counts
    }

    fn depth(&self) -> usize {
        match self.kind {
            Kind::Audio => AUDIO_DEPTH,
            Kind::Video => VIDEO_DEPTH,
        }
    }

    fn is_full(&self, more: usize) -> bool {
        let is_empty = self.frames.is_empty();
        !is_empty && (self.frames.len() >= self.depth() || self.bytes + more > MAX_BYTES)
    }

    fn keep(&mut self, mut frame: ReceivedFrame) {
        frame.follows_gap |= std::mem::take(&mut self.gap);
        self.bytes += frame.data.len();
        self.frames.push_back(Waiting {
            frame: Arc::new(frame),
            is_open: false,
        });
    }

    /// The gap is before the oldest that is left, or else before this one.
    fn mark_gap(&mut self, next: &mut ReceivedFrame) {
        match self.frames.front_mut() {
            Some(oldest) => Arc::make_mut(&mut oldest.frame).follows_gap = true,
            None => next.follows_gap = true,
        }
    }

    fn drop_oldest(&mut self) {
        if let Some(waiting) = self.frames.pop_front() {
            self.bytes -= waiting.frame.data.len();
            self.counts.dropped += 1;
        }
    }

    /// Drops up to the latest key frame that waits, or all, and then up to the next that comes.
    fn drop_to_key_frame(&mut self) {
        let is_key_frame = |waiting: &Waiting| waiting.frame.is_key_frame;
        let latest = self.frames.iter().rposition(is_key_frame);
        self.drop_to(latest.filter(|index| *index > 0));
    }

    /// Drops what is before that one, which can be decoded without; or all.
    fn drop_to(&mut self, first_kept: Option<usize>) {
        for _ in 0..first_kept.unwrap_or(self.frames.len()) {
            self.drop_oldest();
        }
        match self.frames.front_mut() {
            Some(first) => Arc::make_mut(&mut first.frame).follows_gap = true,
            None => {
                self.waits_for_key_frame = self.kind == Kind::Video;
                self.gap = true;
            }
        }
    }

    /// One that was taken is of no use to the app, and so are pictures up to a key frame.
    pub(crate) fn lose(&mut self) {
        self.counts.dropped += 1;
        let is_good = |waiting: &Waiting| waiting.frame.is_key_frame;
        let first_good = match self.kind {
            Kind::Audio => Some(0).filter(|_| !self.frames.is_empty()),
            Kind::Video => self.frames.iter().position(is_good),
        };
        self.drop_to(first_good);
    }

    /// How many wait.
    pub(crate) fn len(&self) -> usize {
        self.frames.len()
    }

    /// Throws away what waits; pictures go on with a key frame. Says whether there was any.
    pub(crate) fn flush(&mut self) -> bool {
        let is_news = !self.frames.is_empty();
        if is_news {
            self.drop_to(None);
        }
        is_news
    }
}

impl Buffer for Frames {
    type Item = Waiting;

    const LANE: Lane = Lane::Media;

    fn pop(&mut self) -> Option<Waiting> {
        let waiting = self.frames.pop_front()?;
        self.bytes -= waiting.frame.data.len();
        Some(waiting)
    }

    fn put_back(&mut self, waiting: Waiting) {
        self.bytes += waiting.frame.data.len();
        self.frames.push_front(waiting);
    }

    fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    fn refusal(&self) -> Option<[&'static str; 2]> {
        self.is_taken.then_some([
            "The frames of the track are decoded for an output of raw sound or pictures",
            "Take what that output or mixer gives, or free it first.",
        ])
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::media::{Codec, TrackKind};

    pub(crate) fn frame(kind: TrackKind, number: i64, is_key_frame: bool) -> ReceivedFrame {
        ReceivedFrame {
            participant_id: "ann".into(),
            track_id: "track".into(),
            kind,
            codec: Codec::Vp8,
            data: vec![0; 10].into(),
            timestamp_us: number,
            is_key_frame,
            follows_gap: false,
            audio_level: None,
        }
    }

    fn numbers(frames: &mut Frames) -> Vec<(i64, bool)> {
        std::iter::from_fn(|| frames.pop())
            .map(|waiting| (waiting.frame.timestamp_us, waiting.frame.follows_gap))
            .collect()
    }

    #[test]
    fn sound_that_is_not_read_loses_the_oldest() {
        let mut frames = Frames::new(Kind::Audio);
        for number in 0..AUDIO_DEPTH as i64 + 2 {
            assert!(frames.push(frame(TrackKind::Audio, number, true)));
        }
        let read = numbers(&mut frames);
        assert_eq!(read.len(), AUDIO_DEPTH);
        assert_eq!(read[..2], [(2, true), (3, false)]);
        let counts = SinkCounts {
            received: AUDIO_DEPTH as u64 + 2,
            dropped: 2,
            ..SinkCounts::default()
        };
        assert_eq!(frames.counts(), counts);
        assert_eq!(frames.bytes, 0);
    }

    #[test]
    fn pictures_begin_with_a_key_frame() {
        let mut frames = Frames::new(Kind::Video);
        assert!(!frames.push(frame(TrackKind::Video, 0, false)));
        assert!(frames.push(frame(TrackKind::Video, 1, true)));
        assert!(frames.push(frame(TrackKind::Video, 2, false)));
        assert_eq!(numbers(&mut frames), [(1, true), (2, false)]);
    }

    #[test]
    fn pictures_behind_a_gap_wait_for_a_key_frame() {
        let mut frames = Frames::new(Kind::Video);
        assert!(frames.push(frame(TrackKind::Video, 0, true)));
        let behind = ReceivedFrame {
            follows_gap: true,
            ..frame(TrackKind::Video, 2, false)
        };
        assert!(!frames.push(behind));
        assert!(!frames.push(frame(TrackKind::Video, 3, false)));
        assert!(frames.push(frame(TrackKind::Video, 4, true)));
        assert!(frames.push(frame(TrackKind::Video, 5, false)));
        assert_eq!(numbers(&mut frames), [(0, false), (4, true), (5, false)]);
        let counts = SinkCounts {
            received: 5,
            undecodable: 2,
            gaps: 1,
            dropped: 0,
        };
        assert_eq!(frames.counts(), counts);
    }

    #[test]
    fn pictures_that_are_not_read_are_dropped_up_to_a_key_frame() {
        let mut frames = Frames::new(Kind::Video);
        let key_frames = [0, 40];
        for number in 0..VIDEO_DEPTH as i64 + 1 {
            let is_key_frame = key_frames.contains(&number);
            assert!(frames.push(frame(TrackKind::Video, number, is_key_frame)));
        }
        let read = numbers(&mut frames);
        assert_eq!(read[..2], [(40, true), (41, false)]);
        assert_eq!(read.last(), Some(&(VIDEO_DEPTH as i64, false)));
        assert_eq!(frames.counts().dropped, 40);
    }

    #[test]
    fn without_another_key_frame_all_are_dropped_and_one_is_asked_for() {
        let mut frames = Frames::new(Kind::Video);
        for number in 0..VIDEO_DEPTH as i64 {
            assert!(frames.push(frame(TrackKind::Video, number, number == 0)));
        }
        assert!(!frames.push(frame(TrackKind::Video, 100, false)));
        assert!(frames.is_empty());
        assert!(frames.push(frame(TrackKind::Video, 101, true)));
        assert_eq!(numbers(&mut frames), [(101, true)]);
    }

    #[test]
    fn sound_that_is_of_no_use_is_a_gap_and_pictures_go_on_with_a_key_frame() {
        let mut sound = Frames::new(Kind::Audio);
        for number in 0..3 {
            assert!(sound.push(frame(TrackKind::Audio, number, true)));
        }
        sound.pop();
        sound.lose();
        assert_eq!(numbers(&mut sound), [(1, true), (2, false)]);
        sound.lose();
        assert!(sound.push(frame(TrackKind::Audio, 3, true)));
        assert_eq!(numbers(&mut sound), [(3, true)]);
        let counts = sound.counts();
        assert_eq!(
            (counts.received, counts.dropped, counts.undecodable),
            (4, 2, 0)
        );

        let mut pictures = Frames::new(Kind::Video);
        for number in 0..6 {
            assert!(pictures.push(frame(TrackKind::Video, number, [0, 3, 5].contains(&number))));
        }
        pictures.pop();
        pictures.lose();
        assert_eq!(numbers(&mut pictures), [(3, true), (4, false), (5, false)]);
        pictures.lose();
        assert!(!pictures.push(frame(TrackKind::Video, 6, false)), "asks");
        assert!(pictures.push(frame(TrackKind::Video, 7, true)));
        assert_eq!(numbers(&mut pictures), [(7, true)]);
        let counts = pictures.counts();
        assert_eq!(
            (counts.received, counts.dropped, counts.undecodable),
            (8, 4, 1)
        );
    }

    #[test]
    fn what_is_flushed_is_gone_and_pictures_go_on_with_a_key_frame() {
        let mut frames = Frames::new(Kind::Video);
        assert!(!frames.flush());
        for number in 0..3 {
            assert!(frames.push(frame(TrackKind::Video, number, number == 0)));
        }
        assert_eq!(frames.len(), 3);
        assert!(frames.flush());
        assert_eq!((frames.len(), frames.bytes), (0, 0));
        assert!(!frames.push(frame(TrackKind::Video, 3, false)), "asks");
        assert!(frames.push(frame(TrackKind::Video, 4, true)));
        assert_eq!(numbers(&mut frames), [(4, true)]);
        assert!(!frames.flush(), "nothing is missing behind what was read");
        assert!(frames.push(frame(TrackKind::Video, 5, false)));

        let mut sound = Frames::new(Kind::Audio);
        assert!(sound.push(frame(TrackKind::Audio, 0, true)));
        assert!(sound.flush());
        assert!(sound.push(frame(TrackKind::Audio, 1, true)));
        assert_eq!(numbers(&mut sound), [(1, true)]);
        let counts = sound.counts();
        assert_eq!(
            (counts.received, counts.dropped, counts.undecodable),
            (2, 1, 0)
        );
    }

    #[test]
    fn large_frames_are_few() {
        let mut frames = Frames::new(Kind::Video);
        for number in 0..10 {
            let large = ReceivedFrame {
                data: vec![0; MAX_BYTES / 2].into(),
                ..frame(TrackKind::Video, number, true)
            };
            assert!(frames.push(large));
            assert!(frames.bytes <= MAX_BYTES);
        }
        assert_eq!(numbers(&mut frames).len(), 2);
    }
}
