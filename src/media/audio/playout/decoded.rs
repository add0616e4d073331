//! Sound that is decoded and not played yet, with a little of what was.

use super::super::format::BLOCK;
use super::content::{Content, Contents, Shares};
use super::stretch::{self, LONGEST_PERIOD};

/// The most frames at once: some packets of 120 ms.
const CAPACITY: usize = 40 * BLOCK;

/// So much of what was played is kept, to play it once more.
const HISTORY: usize = LONGEST_PERIOD;

/// Whole periods are found in so many frames.
pub(super) const TO_SHORTEN: usize = 2 * LONGEST_PERIOD;

pub(super) struct Decoded {
    samples: Vec<f32>,
    channels: usize,
    /// How many frames were played.
    start: usize,
    contents: Contents,
}

impl Decoded {
    pub(super) fn new(channels: usize) -> Self {
        Self {
            samples: Vec::with_capacity(CAPACITY * channels),
            channels,
            start: 0,
            contents: Contents::new(256),
        }
    }

    /// How many frames wait to be played.
    pub(super) fn len(&self) -> usize {
        self.samples.len() / self.channels - self.start
    }

    /// What the next frame is.
    pub(super) fn next(&self) -> Option<Content> {
        self.contents.next()
    }

    /// Adds frames that `fill` makes, or silence where it cannot.
    pub(super) fn add(
        &mut self,
        content: Content,
        frames: usize,
        fill: impl FnOnce(&mut [f32]) -> bool,
    ) {
        let begin = self.samples.len();
        self.samples.resize(begin + frames * self.channels, 0.0);
        let content = match fill(&mut self.samples[begin..]) {
            true => content,
            false => {
                self.samples[begin..].fill(0.0);
                Content::Silence
            }
        };
        self.contents.push(content, frames);
    }

    /// Plays a block, which has to be there.
    pub(super) fn play(&mut self, into: &mut [f32]) -> Shares {
        let begin = self.start * self.channels;
        into.copy_from_slice(&self.samples[begin..begin + into.len()]);
        let frames = into.len() / self.channels;
        self.start += frames;
        if self.start > HISTORY {
            let over = (self.start - HISTORY) * self.channels;
            self.samples.copy_within(over.., 0);
            self.samples.truncate(self.samples.len() - over);
            self.start = HISTORY;
        }
        self.contents.take(frames)
    }

    /// Leaves a period out; how many frames it was.
    pub(super) fn shorten(&mut self, must: bool) -> Option<usize> {
        if self.len() < TO_SHORTEN {
            return None;
        }
        let at = self.start + LONGEST_PERIOD;
        let period = stretch::period(&self.samples, self.channels, at, LONGEST_PERIOD, must)?;
        let left = stretch::shorten(&mut self.samples, self.channels, at - period, period);
        self.samples.truncate(left);
        self.contents.take(period);
        Some(period)
    }

    /// Plays a period once more; how many frames it is.
    pub(super) fn lengthen(&mut self) -> Option<usize> {
        let longest = self.len();
        let (at, channels) = (self.start, self.channels);
        let period = stretch::period(&self.samples, channels, at, longest, false)?;
        let length = self.samples.len() + period * channels;
        self.samples.resize(length, 0.0);
        stretch::lengthen(&mut self.samples, channels, at, period);
        self.contents.lengthen(period);
        Some(period)
    }
}
