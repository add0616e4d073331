//! What a meeting's handle and its media have in common: the tracks, by what they are asked for.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, Weak};

use super::audio::Members;
use super::coding::check_coded_here;
use super::frame::ReceivedFrame;
use super::negotiation::Kind;
use super::outbox::Outbox;
use super::plane::{Direction, TrackKey};
use super::sink::{Frames, TrackSink};
use super::source::TrackSource;
use super::statistics::{MediaStatistics, TrackStatistics, TransportStatistics};
use super::transform::TransformSlot;
use crate::Result;
use crate::runtime::{Callback, Mailbox, lock};

/// Where one transport keeps its figures. One that was closed may still write, into a place that
/// nobody looks at any more.
pub(super) type Figures = Arc<Mutex<TransportStatistics>>;

/// The tracks of one meeting.
#[derive(Default)]
pub(crate) struct Tracks {
    state: Mutex<State>,
    pub(crate) outbox: Arc<Outbox>,
    /// What the app does to all frames.
    pub(crate) transform: Arc<TransformSlot>,
    /// Of the way out and the way in, while there are any.
    transports: Mutex<[Option<Figures>; 2]>,
}

#[derive(Default)]
struct State {
    last_track: u64,
    sources: BTreeMap<TrackKey, Arc<TrackSource>>,
    /// By the id of the track.
    sinks: BTreeMap<String, Arc<TrackSink>>,
    /// Those of tracks that are over: what was not read, and handlers. The app may hold them, or what
    /// is still to be brought to a handler.
    ended: Vec<Weak<Mailbox<Frames>>>,
    /// Gets the frames of every track.
    handler: Option<Callback<Arc<ReceivedFrame>>>,
    /// Each hears every track with sound.
    mixers: Vec<Arc<Members>>,
}

impl State {
    fn remember_ended<'a>(&mut self, sinks: impl IntoIterator<Item = &'a Arc<TrackSink>>) {
        self.ended.retain(|ended| ended.strong_count() > 0);
        let frames = sinks.into_iter().map(|sink| Arc::downgrade(&sink.frames));
        self.ended.extend(frames);
    }
}

impl Tracks {
    pub(crate) fn add_source(&self, source: &Arc<TrackSource>) -> TrackKey {
        let mut state = lock(&self.state);
        state.last_track += 1;
        let track = TrackKey(state.last_track);
        state.sources.insert(track, Arc::clone(source));
        track
    }

    pub(crate) fn remove_source(&self, track: TrackKey) {
        lock(&self.state).sources.remove(&track);
    }

    pub(crate) fn source(&self, track: TrackKey) -> Option<Arc<TrackSource>> {
        lock(&self.state).sources.get(&track).cloned()
    }

    pub(super) fn add_sink(&self, sink: &Arc<TrackSink>) {
        let mut state = lock(&self.state);
        if let Some(handler) = state.handler.clone() {
            // Under the lock, so that nobody takes it out in between. Nothing is waited for: nobody
            // knows the track yet. Setting the handler of the meeting has started what this needs.
            let _ = sink.set_handler_of_all(Some(&handler));
        }
        state
            .sinks
            .insert(sink.track_id.to_string(), Arc::clone(sink));
        let mixers = state.mixers.clone();
        drop(state);
        for members in mixers {
            // A track that cannot be heard is no reason to lose it: its frames can still be read.
            let _ = let_hear(sink, &members);
        }
    }

    /// Its frames that are left can still be read.
    pub(super) fn remove_sink(&self, track_id: &str) {
        let removed = {
            let mut state = lock(&self.state);
            let removed = state.sinks.remove(track_id);
            state.remember_ended(removed.as_ref());
            removed
        };
        if let Some(sink) = removed {
            sink.end();
        }
    }

    pub(crate) fn sink(&self, track_id: &str) -> Option<Arc<TrackSink>> {
        lock(&self.state).sinks.get(track_id).cloned()
    }

    fn sinks(&self) -> Vec<Arc<TrackSink>> {
        lock(&self.state).sinks.values().cloned().collect()
    }

    /// The frames of tracks that are over, as far as anybody still holds them.
    fn ended(&self) -> Vec<Arc<Mailbox<Frames>>> {
        let state = lock(&self.state);
        state.ended.iter().filter_map(Weak::upgrade).collect()
    }

    /// From now on the frames of all tracks go to the handler.
    pub(crate) fn set_frame_handler(
        &self,
        handler: Option<&Callback<Arc<ReceivedFrame>>>,
    ) -> Result<()> {
        // Dropped at the end: it may be the last to hold what is the app's.
        let _old = std::mem::replace(&mut lock(&self.state).handler, handler.cloned());
        for sink in self.sinks() {
            sink.set_handler_of_all(handler)?;
        }
        // What is left of others goes to nobody's handler any more, not even to one that runs now.
        for frames in self.ended() {
            frames.set_handler(None)?;
        }
        Ok(())
    }

    /// From now on the sound of all tracks goes there, too.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidState`](crate::Status::InvalidState) when a track's sound goes to a handler
    /// of its own.
    pub(super) fn add_mixer(&self, members: &Arc<Members>) -> Result<()> {
        let sinks: Vec<Arc<TrackSink>> = {
            let mut state = lock(&self.state);
            state.mixers.push(Arc::clone(members));
            state.sinks.values().cloned().collect()
        };
        for sink in sinks {
            if let Err(error) = let_hear(&sink, members) {
                self.remove_mixer(members);
                return Err(error);
            }
        }
        Ok(())
    }

    pub(super) fn remove_mixer(&self, members: &Arc<Members>) {
        lock(&self.state)
            .mixers
            .retain(|one| !Arc::ptr_eq(one, members));
        for sink in self.sinks() {
            sink.remove_outputs_of(members);
        }
    }

    /// A transport begins; where its figures go.
    pub(super) fn open_transport(&self, direction: Direction) -> Figures {
        let figures = Figures::default();
        self.set_transport(direction, Some(Arc::clone(&figures)));
        figures
    }

    pub(super) fn close_transport(&self, direction: Direction) {
        self.set_transport(direction, None);
    }

    fn set_transport(&self, direction: Direction, figures: Option<Figures>) {
        let [send, receive] = &mut *lock(&self.transports);
        match direction {
            Direction::Send => *send = figures,
            Direction::Receive => *receive = figures,
        }
    }

    /// How all is doing; `local_id` is this participant's.
    pub(crate) fn statistics(&self, local_id: &str) -> MediaStatistics {
        let [send, receive] = lock(&self.transports).clone();
        let read = |figures: Option<Figures>| figures.map(|figures| lock(&figures).clone());
        let sources = lock(&self.state).sources.clone();
        let local = sources.iter().map(|(track, source)| {
            let counts = source.counts();
            TrackStatistics {
                track_id: track.id(),
                participant_id: local_id.to_owned(),
                is_local: true,
                kind: source.kind,
                codec: source.codec,
                frames: counts.queued,
                frames_dropped: counts.refused,
                frames_undecodable: 0,
                frame_gaps: 0,
                streams: source.statistics(),
                playout: None,
                encoding: source.encoding(),
                decoding: None,
            }
        });
        let sinks = self.sinks();
        let remote = sinks.iter().map(|sink| {
            let counts = sink.frames.look(Frames::counts);
            TrackStatistics {
                track_id: sink.track_id.to_string(),
                participant_id: sink.participant_id.to_string(),
                is_local: false,
                kind: sink.kind,
                codec: sink.codec,
                frames: counts.received,
                frames_dropped: counts.dropped,
                frames_undecodable: counts.undecodable,
                frame_gaps: counts.gaps,
                streams: vec![*lock(&sink.statistics)],
                playout: sink.playout_statistics(),
                encoding: None,
                decoding: sink.decoding_statistics(),
            }
        });
        MediaStatistics {
            send: read(send),
            receive: read(receive),
            tracks: local.chain(remote).collect(),
        }
    }

    /// The meeting is over, or gone: nothing comes or goes any more. What is given back may be the
    /// last to hold the app's handlers, and is not to be dropped under a lock.
    pub(crate) fn close(&self) -> BTreeMap<String, Arc<TrackSink>> {
        let (sinks, sources) = {
            let mut state = lock(&self.state);
            let sinks = std::mem::take(&mut state.sinks);
            state.remember_ended(sinks.values());
            (sinks, state.sources.clone())
        };
        for sink in sinks.values() {
            sink.end();
        }
        for source in sources.values() {
            source.stop();
        }
        sinks
    }

    /// Takes the app's callbacks out.
    pub(crate) fn forget_callbacks(&self) {
        let _old = lock(&self.state).handler.take();
        let present = self.sinks().into_iter();
        let present = present.map(|sink| Arc::clone(&sink.frames));
        for frames in present.chain(self.ended()) {
            frames.forget_callbacks();
        }
        self.transform.close();
    }
}

/// The sound of the track, if it has any that can be decoded, goes to the mixer, too.
fn let_hear(sink: &Arc<TrackSink>, members: &Arc<Members>) -> Result<()> {
    if sink.kind.kind() != Kind::Audio || check_coded_here(sink.codec).is_err() {
        return Ok(());
    }
    sink.add_output_of(members)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;
    use crate::media::{Codec, TrackKind};

    fn sound() -> ReceivedFrame {
        ReceivedFrame {
            participant_id: "ann".into(),
            track_id: "track".into(),
            kind: TrackKind::Audio,
            codec: Codec::Opus,
            data: vec![1].into(),
            timestamp_us: 0,
            is_key_frame: true,
            follows_gap: false,
            audio_level: None,
        }
    }

    /// Nothing of a handler runs once another one, or none, has taken its place.
    fn is_replaced(by: Option<&Callback<Arc<ReceivedFrame>>>) {
        let tracks = Tracks::default();
        let (begins, has_begun) = mpsc::channel();
        let (taken_out, is_taken_out) = mpsc::channel();
        let is_taken_out = Mutex::new(is_taken_out);
        let was_taken_out = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&was_taken_out);
        let handler: Callback<Arc<ReceivedFrame>> = Arc::new(move |_| {
            begins.send(()).expect("the test waits");
            // Time for what must not happen while this runs.
            let waited = lock(&is_taken_out).recv_timeout(Duration::from_millis(200));
            told.fetch_or(waited.is_ok(), Ordering::SeqCst);
        });
        tracks.set_frame_handler(Some(&handler)).unwrap();
        let sink = TrackSink::new(
            "ann",
            "track",
            TrackKind::Audio,
            Codec::Opus,
            Arc::default(),
        );
        let sink = Arc::new(sink);
        tracks.add_sink(&sink);
        sink.frames.fill(|frames| frames.push(sound())).unwrap();
        has_begun.recv().unwrap();
        drop(tracks.close());
        drop(sink);
        tracks.set_frame_handler(by).unwrap();
        let _ = taken_out.send(());
        assert_eq!(Arc::strong_count(&handler), 1, "nobody else holds it");
        assert!(!was_taken_out.load(Ordering::SeqCst));
    }

    #[test]
    fn a_handler_that_was_taken_out_does_not_run_for_a_track_that_is_gone() {
        is_replaced(None);
    }

    #[test]
    fn a_handler_that_was_replaced_does_not_run_for_a_track_that_is_gone() {
        let another: Callback<Arc<ReceivedFrame>> = Arc::new(|_| ());
        is_replaced(Some(&another));
    }

    #[test]
    fn a_transport_that_was_closed_tells_no_figures_any_more() {
        let tracks = Tracks::default();
        let sent = || {
            let send = tracks.statistics("ann").send;
            send.map(|figures| figures.bytes_sent)
        };
        assert_eq!(sent(), None);
        let first = tracks.open_transport(Direction::Send);
        lock(&first).bytes_sent = 1;
        assert_eq!(sent(), Some(1));
        tracks.close_transport(Direction::Send);
        // It is still saying goodbye.
        lock(&first).bytes_sent = 2;
        assert_eq!(sent(), None);
        let second = tracks.open_transport(Direction::Send);
        lock(&first).bytes_sent = 3;
        assert_eq!(sent(), Some(0));
        lock(&second).bytes_sent = 4;
        assert_eq!(sent(), Some(4));
        assert_eq!(tracks.statistics("ann").receive, None);
    }
}
