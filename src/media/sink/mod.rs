//! Where somebody else's frames wait for the app.

mod frames;

use std::sync::{Arc, Mutex};
use std::time::Instant;

pub(crate) use frames::{Frames, Waiting};

use super::audio::Members;
use super::frame::{ReceivedFrame, TrackKind};
use super::negotiation::Codec;
use super::statistics::{DecodingStatistics, PlayoutStatistics, StreamStatistics};
use super::transform::{ReceivedTransform, TransformSlot};
use crate::runtime::{Callback, Mailbox, lock};
use crate::{Error, Result, Status};

/// Gets the frames of a track instead of those who would read them, and decodes them.
pub(crate) trait FrameOutput: Send + Sync {
    /// A frame came. `false`: a key frame has to be asked for.
    fn push(&self, frame: &ReceivedFrame, now: Instant) -> bool;

    /// Nothing will come any more.
    fn close(&self);

    /// Of raw sound.
    fn playout(&self) -> Option<PlayoutStatistics> {
        None
    }

    /// Of raw pictures.
    fn decoding(&self) -> Option<DecodingStatistics> {
        None
    }
}

/// A track of somebody else: who sends it, and its frames.
pub(crate) struct TrackSink {
    pub(crate) participant_id: Arc<str>,
    pub(crate) track_id: Arc<str>,
    pub(crate) kind: TrackKind,
    pub(crate) codec: Codec,
    pub(crate) frames: Arc<Mailbox<Frames>>,
    pub(crate) statistics: Mutex<StreamStatistics>,
    /// What the app does to them first.
    pub(super) transform: Arc<ReceivedTransform>,
    takers: Mutex<Takers>,
}

/// Who takes the frames instead of those who would read them.
#[derive(Default)]
struct Takers {
    outputs: Vec<Output>,
    /// Whether the app has set a handler for this very track.
    has_handler: bool,
    has_ended: bool,
}

struct Output {
    taker: Arc<dyn FrameOutput>,
    /// Of a mixer.
    members: Option<Arc<Members>>,
}

impl TrackSink {
    pub(crate) fn new(
        participant_id: &str,
        track_id: &str,
        kind: TrackKind,
        codec: Codec,
        transform: Arc<TransformSlot>,
    ) -> Self {
        let (participant_id, track_id): (Arc<str>, Arc<str>) =
            (participant_id.into(), track_id.into());
        Self {
            transform: Arc::new(ReceivedTransform {
                slot: transform,
                participant_id: Arc::clone(&participant_id),
                track_id: Arc::clone(&track_id),
                kind,
                codec,
            }),
            participant_id,
            track_id,
            kind,
            codec,
            frames: Arc::new(Mailbox::new(Frames::new(kind.kind()))),
            statistics: Mutex::default(),
            takers: Mutex::default(),
        }
    }

    /// A frame came. `false`: a key frame has to be asked for.
    pub(super) fn take(&self, frame: ReceivedFrame, now: Instant) -> bool {
        let takers = lock(&self.takers);
        if takers.outputs.is_empty() {
            drop(takers);
            return self.frames.fill(|frames| frames.push(frame)) != Some(false);
        }
        let mut goes_on = true;
        for output in &takers.outputs {
            goes_on &= output.taker.push(&frame, now);
        }
        drop(takers);
        self.frames.fill(|frames| frames.pass(frame.follows_gap));
        goes_on
    }

    /// Frames go to that output from now on, and wait for nobody else.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidState`] when the track has a handler.
    pub(super) fn add_output(&self, output: &Arc<dyn FrameOutput>) -> Result<()> {
        self.add(output, None)
    }

    /// The same for the output of a mixer.
    pub(super) fn add_output_of(&self, members: &Arc<Members>) -> Result<()> {
        match members.add(Arc::clone(&self.transform))? {
            Some(arrivals) => {
                let output: Arc<dyn FrameOutput> = arrivals;
                self.add(&output, Some(members))
            }
            None => Ok(()),
        }
    }

    fn add(&self, taker: &Arc<dyn FrameOutput>, members: Option<&Arc<Members>>) -> Result<()> {
        let mut takers = lock(&self.takers);
        if takers.has_handler {
            taker.close();
            return Err(Error::new(
                Status::InvalidState,
                format!(
                    "The frames of the track {} go to its handler",
                    self.track_id
                ),
                "Take the handler out with NULL before asking for raw sound or pictures.",
            ));
        }
        if takers.has_ended {
            taker.close();
            return Ok(());
        }
        takers.outputs.push(Output {
            taker: Arc::clone(taker),
            members: members.cloned(),
        });
        self.frames.fill(|frames| {
            frames.clear();
            frames.set_taken(true);
        });
        Ok(())
    }

    pub(super) fn remove_output(&self, taker: &Arc<dyn FrameOutput>) {
        self.remove(|output| Arc::ptr_eq(&output.taker, taker));
    }

    pub(super) fn remove_outputs_of(&self, members: &Arc<Members>) {
        self.remove(|output| {
            let its_mixer = output.members.as_ref();
            its_mixer.is_some_and(|one| Arc::ptr_eq(one, members))
        });
    }

    fn remove(&self, which: impl Fn(&Output) -> bool) {
        let mut takers = lock(&self.takers);
        let removed = takers.outputs.extract_if(.., |output| which(output));
        let removed: Vec<Output> = removed.collect();
        if takers.outputs.is_empty() {
            self.frames.fill(|frames| frames.set_taken(false));
        }
        drop(takers);
        for output in removed {
            output.taker.close();
        }
    }

    /// From now on frames go to the handler of this track; without one they wait.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidState`] while an output takes them.
    pub(crate) fn set_handler(&self, handler: Option<Callback<Arc<ReceivedFrame>>>) -> Result<()> {
        {
            let mut takers = lock(&self.takers);
            if handler.is_some() {
                self.frames.check()?;
            }
            takers.has_handler = handler.is_some();
        }
        self.deliver_to(handler)
    }

    /// The same for the handler of the meeting, which gets what no output takes.
    pub(super) fn set_handler_of_all(
        &self,
        handler: Option<&Callback<Arc<ReceivedFrame>>>,
    ) -> Result<()> {
        lock(&self.takers).has_handler = false;
        self.deliver_to(handler.cloned())
    }

    fn deliver_to(&self, handler: Option<Callback<Arc<ReceivedFrame>>>) -> Result<()> {
        let (transform, frames) = (Arc::clone(&self.transform), Arc::downgrade(&self.frames));
        let opened = handler.map(|handler| -> Callback<Waiting> {
            Arc::new(move |waiting| {
                // Whoever delivers holds them.
                let opened = frames
                    .upgrade()
                    .and_then(|frames| open(&transform, &frames, waiting));
                if let Some(frame) = opened {
                    handler(&frame);
                }
            })
        });
        self.frames.set_handler(opened)
    }

    /// What the app gets of a frame that it reads, if anything.
    pub(crate) fn open(&self, waiting: &Waiting) -> Option<Arc<ReceivedFrame>> {
        open(&self.transform, &self.frames, waiting)
    }

    pub(super) fn playout_statistics(&self) -> Option<PlayoutStatistics> {
        let takers = lock(&self.takers);
        takers.outputs.first()?.taker.playout()
    }

    pub(super) fn decoding_statistics(&self) -> Option<DecodingStatistics> {
        let takers = lock(&self.takers);
        takers.outputs.first()?.taker.decoding()
    }

    /// The track is over.
    pub(super) fn end(&self) {
        let outputs = {
            let mut takers = lock(&self.takers);
            takers.has_ended = true;
            std::mem::take(&mut takers.outputs)
        };
        for output in outputs {
            output.taker.close();
        }
        self.frames.fill(|frames| frames.set_taken(false));
        self.frames.end();
    }
}

fn open(
    transform: &ReceivedTransform,
    frames: &Mailbox<Frames>,
    waiting: &Waiting,
) -> Option<Arc<ReceivedFrame>> {
    let frame = &waiting.frame;
    if waiting.is_open {
        return Some(Arc::clone(frame));
    }
    let opened = transform.open(frame);
    if opened.is_none() {
        frames.edit(Frames::lose);
    }
    opened
}

#[cfg(test)]
mod tests {
    use super::frames::tests::frame;
    use super::*;
    use crate::media::transform::FrameInfo;
    use crate::runtime::Buffer;

    #[test]
    fn what_was_transformed_and_put_back_is_not_transformed_again() {
        let transform = Arc::new(TransformSlot::default());
        let sink = TrackSink::new(
            "ann",
            "track",
            TrackKind::Audio,
            Codec::Opus,
            Arc::clone(&transform),
        );
        transform.set(Some(Arc::new(
            |info: &FrameInfo<'_>, data: &[u8], output: &mut Vec<u8>| {
                assert_eq!((info.is_sent, info.participant_id), (false, "ann"));
                output.extend(data);
                output.push(7);
                info.timestamp_us > 0
            },
        )));
        for number in 0..2 {
            let filled = sink
                .frames
                .fill(|it| it.push(frame(TrackKind::Audio, number, true)));
            assert_eq!(filled, Some(true));
        }
        let take = || sink.frames.edit(Buffer::pop).unwrap();
        assert_eq!(sink.open(&take()), None, "refused");
        let opened = sink.open(&take()).unwrap();
        assert_eq!((opened.data.len(), opened.follows_gap), (11, true));
        sink.frames.put_back(Waiting {
            frame: Arc::clone(&opened),
            is_open: true,
        });
        assert_eq!(sink.open(&take()), Some(opened));
        let counts = sink.frames.look(Frames::counts);
        assert_eq!(
            (counts.received, counts.dropped, counts.undecodable),
            (2, 1, 0)
        );
    }
}
