//! Frames on their way from the network to the thread that decodes them, and pictures from there to
//! whoever shows them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use super::capture::{Asked, Captures};
use super::received::ReceivedPicture;
use crate::Result;
use crate::media::frame::ReceivedFrame;
use crate::media::negotiation::Kind;
use crate::media::sink::{FrameOutput, Frames};
use crate::media::statistics::DecodingStatistics;
use crate::media::transform::ReceivedTransform;
use crate::runtime::{Buffer, Lane, Mailbox, Pump, lock};

/// The latest picture, until it is read.
#[derive(Default)]
pub(super) struct Latest {
    picture: Option<ReceivedPicture>,
    /// Of the last one that was read.
    size: (u32, u32),
}

impl Latest {
    /// Puts a picture in the place of one that nobody has read; whether there was one.
    pub(super) fn put(&mut self, picture: ReceivedPicture) -> bool {
        self.picture.replace(picture).is_some()
    }
}

impl Buffer for Latest {
    type Item = ReceivedPicture;

    const LANE: Lane = Lane::Media;

    fn pop(&mut self) -> Option<ReceivedPicture> {
        let mut picture = self.picture.take()?;
        picture.is_resized |= std::mem::replace(&mut self.size, picture.size) != picture.size;
        Some(picture)
    }

    /// Unless a later one has come meanwhile.
    fn put_back(&mut self, picture: ReceivedPicture) {
        match &mut self.picture {
            Some(later) => later.is_resized |= picture.is_resized,
            none => *none = Some(picture),
        }
    }

    fn is_empty(&self) -> bool {
        self.picture.is_none()
    }
}

/// What those that bring frames, the thread that decodes, and those that read have in common.
pub(super) struct Arrivals {
    frames: Mutex<Frames>,
    is_closed: AtomicBool,
    pump: Arc<Pump>,
    pub(super) transform: Arc<ReceivedTransform>,
    pub(super) pictures: Arc<Mailbox<Latest>>,
    pub(super) captures: Captures,
    statistics: Mutex<DecodingStatistics>,
}

impl Arrivals {
    pub(super) fn new(transform: &Arc<ReceivedTransform>, pump: &Arc<Pump>) -> Self {
        Self {
            frames: Mutex::new(Frames::new(Kind::Video)),
            is_closed: AtomicBool::new(false),
            pump: Arc::clone(pump),
            transform: Arc::clone(transform),
            pictures: Arc::default(),
            captures: Captures::default(),
            statistics: Mutex::default(),
        }
    }

    pub(super) fn is_closed(&self) -> bool {
        self.is_closed.load(Ordering::Acquire)
    }

    /// The next frame, as it was encoded.
    pub(super) fn take(&self) -> Option<Arc<ReceivedFrame>> {
        loop {
            let waiting = lock(&self.frames).pop()?;
            if let Some(opened) = self.transform.open(&waiting.frame) {
                return Some(opened);
            }
            self.lose();
        }
    }

    /// One that was taken is of no use: pictures go on with a key frame.
    pub(super) fn lose(&self) {
        lock(&self.frames).lose();
    }

    /// Asks for what is shown.
    pub(super) fn ask_for_picture(&self) -> Result<Asked> {
        let asked = self.captures.ask()?;
        self.pump.wake();
        Ok(asked)
    }

    /// Counts something.
    pub(super) fn count(&self, count: impl FnOnce(&mut DecodingStatistics)) {
        count(&mut lock(&self.statistics));
    }
}

impl FrameOutput for Arrivals {
    fn push(&self, frame: &ReceivedFrame, _: Instant) -> bool {
        let goes_on = lock(&self.frames).push(frame.clone());
        self.pump.wake();
        goes_on
    }

    fn close(&self) {
        self.is_closed.store(true, Ordering::Release);
        self.pump.wake();
    }

    fn decoding(&self) -> Option<DecodingStatistics> {
        let counts = lock(&self.frames).counts();
        let mut statistics = *lock(&self.statistics);
        statistics.undecodable = counts.undecodable + counts.dropped;
        Some(statistics)
    }
}
