//! What the app does to encoded frames on their way, e.g. encrypting them from end to end.
//!
//! A frame that is sent is transformed by the thread that pushes it, one that is received by the
//! thread that reads it or calls the handler: never by those that carry packets, and never under a
//! lock of the library. So a slow transform delays whoever uses it, and nobody else.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

use super::frame::{EncodedFrame, ReceivedFrame, TrackKind};
use super::negotiation::{Codec, Kind};
use crate::runtime::{Condition, call_back, is_dispatcher_thread, lock};

/// How many bytes a frame may grow by, at least: an SFrame header with its tag has 33 at most, a
/// signature that withstands quantum computers some thousands.
pub(crate) const GROWTH: usize = 8 * 1024;

/// What is kept of memory for the next frame of a thread, in bytes.
const KEPT_BYTES: usize = 256 * 1024;

/// What a transform is told of a frame.
#[derive(Clone, Copy, Debug)]
pub struct FrameInfo<'frame> {
    /// Whether this participant sends it; else it is somebody else's.
    pub is_sent: bool,
    /// Who sends it: the same at both ends.
    pub participant_id: &'frame str,
    /// What events call the track here: not the same at both ends.
    pub track_id: &'frame str,
    /// What the track is.
    pub kind: TrackKind,
    /// How it is encoded.
    pub codec: Codec,
    /// As in the frame: not the same at both ends.
    pub timestamp_us: i64,
    /// Whether it can be decoded without those before it. Every audio frame can.
    pub is_key_frame: bool,
    /// Which of the sizes of a simulcast it is, where it is sent; always 0 where it is received.
    pub layer: u8,
}

/// What the app does to frames: told of a frame and given its bytes, it appends what they become to
/// the vector, which is empty, and says whether the frame goes on. One that becomes empty or too
/// large does not, nor does one at which it panics.
///
/// It may be called by several threads at once.
pub type FrameTransform = Arc<dyn Fn(&FrameInfo<'_>, &[u8], &mut Vec<u8>) -> bool + Send + Sync>;

/// What became of a frame.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Transformed {
    Unchanged,
    Changed(Arc<[u8]>),
    Dropped,
}

/// What the app does to the frames of one track that this participant sends.
pub(crate) struct SentTransform {
    pub(crate) slot: Arc<TransformSlot>,
    pub(crate) kind: TrackKind,
    pub(crate) codec: Codec,
    pub(crate) participant_id: String,
    pub(crate) track_id: String,
}

impl SentTransform {
    pub(crate) fn apply(&self, frame: &EncodedFrame) -> Transformed {
        let info = FrameInfo {
            is_sent: true,
            participant_id: &self.participant_id,
            track_id: &self.track_id,
            kind: self.kind,
            codec: self.codec,
            timestamp_us: frame.timestamp_us,
            // The app need not say so of sound.
            is_key_frame: frame.is_key_frame || self.kind.kind() == Kind::Audio,
            layer: frame.layer,
        };
        let most = self.kind.kind().max_sent_bytes();
        self.slot.apply(&info, &frame.data, most)
    }
}

/// What the app does to the frames of one track of somebody else.
pub(crate) struct ReceivedTransform {
    pub(crate) slot: Arc<TransformSlot>,
    pub(crate) participant_id: Arc<str>,
    pub(crate) track_id: Arc<str>,
    pub(crate) kind: TrackKind,
    pub(crate) codec: Codec,
}

impl ReceivedTransform {
    pub(crate) fn apply(&self, timestamp_us: i64, is_key_frame: bool, data: &[u8]) -> Transformed {
        let info = FrameInfo {
            is_sent: false,
            participant_id: &self.participant_id,
            track_id: &self.track_id,
            kind: self.kind,
            codec: self.codec,
            timestamp_us,
            is_key_frame,
            layer: 0,
        };
        let most = self.kind.kind().max_received_bytes();
        self.slot.apply(&info, data, most)
    }

    /// What the app makes of a frame, if it goes on.
    pub(crate) fn open(&self, frame: &Arc<ReceivedFrame>) -> Option<Arc<ReceivedFrame>> {
        match self.apply(frame.timestamp_us, frame.is_key_frame, &frame.data) {
            Transformed::Unchanged => Some(Arc::clone(frame)),
            Transformed::Changed(data) => Some(Arc::new(ReceivedFrame {
                data,
                ..frame.as_ref().clone()
            })),
            Transformed::Dropped => None,
        }
    }
}

/// Holds at most one transform, for all frames of a meeting.
///
/// The guarantees are those of a slot for callbacks, but that many calls run at once: one that was
/// taken out is not running any more and never will be, unless that was done inside a callback; it
/// is dropped once, after its last call, under no lock.
#[derive(Default)]
pub(crate) struct TransformSlot {
    state: Mutex<State>,
    call_ended: Condition,
}

#[derive(Default)]
struct State {
    current: Option<FrameTransform>,
    /// The meeting is gone, and with it a transform without which no frame may go on.
    is_lost: bool,
    /// Counts registrations, so that running calls can be told from later ones.
    registration: u64,
    /// The registrations whose transforms are running now.
    running: Vec<u64>,
}

thread_local! {
    /// Memory for what a frame becomes.
    static OUTPUT: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

impl TransformSlot {
    /// From now on that transform, or none.
    pub(crate) fn set(&self, transform: Option<FrameTransform>) {
        self.replace(transform, false);
    }

    /// From now on no frame goes on, if one was to be transformed.
    pub(crate) fn close(&self) {
        self.replace(None, true);
    }

    fn replace(&self, transform: Option<FrameTransform>, closes: bool) {
        let mut state = lock(&self.state);
        let old = std::mem::replace(&mut state.current, transform);
        state.is_lost = closes && (state.is_lost || old.is_some());
        state.registration += 1;
        let registration = state.registration;
        if !is_dispatcher_thread() {
            while state.running.iter().any(|one| *one < registration) {
                state = self.call_ended.wait(state);
            }
        }
        drop(state);
        drop(old);
    }

    /// What that frame becomes, of at most so many bytes.
    pub(crate) fn apply(&self, info: &FrameInfo<'_>, data: &[u8], most: usize) -> Transformed {
        let call = {
            let mut state = lock(&self.state);
            let Some(transform) = state.current.clone() else {
                return match state.is_lost {
                    true => Transformed::Dropped,
                    false => Transformed::Unchanged,
                };
            };
            let registration = state.registration;
            state.running.push(registration);
            Call {
                slot: self,
                registration,
                transform: Some(transform),
            }
        };
        // One that is called inside another finds none, and brings its own.
        let mut output = OUTPUT.try_with(Cell::take).unwrap_or_default();
        output.clear();
        output.reserve(data.len() + GROWTH);
        let goes_on = call.run(info, data, &mut output);
        drop(call);
        let transformed = match goes_on && (1..=most).contains(&output.len()) {
            true => Transformed::Changed(Arc::from(output.as_slice())),
            false => Transformed::Dropped,
        };
        output.clear();
        output.shrink_to(KEPT_BYTES);
        // A thread that is ending keeps nothing.
        let _ = OUTPUT.try_with(|kept| kept.set(output));
        transformed
    }
}

struct Call<'slot> {
    slot: &'slot TransformSlot,
    registration: u64,
    transform: Option<FrameTransform>,
}

impl Call<'_> {
    fn run(&self, info: &FrameInfo<'_>, data: &[u8], output: &mut Vec<u8>) -> bool {
        let Some(transform) = &self.transform else {
            return false;
        };
        // One written in Rust may panic: that costs it this frame, and the panic hook has told it.
        let called = AssertUnwindSafe(|| transform(info, data, output));
        call_back(|| catch_unwind(called)).unwrap_or(false)
    }
}

impl Drop for Call<'_> {
    fn drop(&mut self) {
        // Before the end is told: when taking it out returns, the app's data is gone.
        self.transform = None;
        let mut state = lock(&self.slot.state);
        let mut running = state.running.iter();
        if let Some(index) = running.position(|one| *one == self.registration) {
            state.running.swap_remove(index);
        }
        drop(state);
        self.slot.call_ended.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc;

    const INFO: FrameInfo<'static> = FrameInfo {
        is_sent: true,
        participant_id: "ann",
        track_id: "track",
        kind: TrackKind::Audio,
        codec: Codec::Opus,
        timestamp_us: 0,
        is_key_frame: true,
        layer: 0,
    };

    fn apply(slot: &TransformSlot) -> Transformed {
        slot.apply(&INFO, &[1, 2, 3], 4)
    }

    fn set(
        slot: &TransformSlot,
        transform: impl Fn(&[u8], &mut Vec<u8>) -> bool + Send + Sync + 'static,
    ) {
        slot.set(Some(Arc::new(
            move |_: &FrameInfo<'_>, data: &[u8], output: &mut Vec<u8>| transform(data, output),
        )));
    }

    #[test]
    fn a_frame_becomes_what_the_transform_writes_and_fits() {
        let slot = TransformSlot::default();
        assert_eq!(apply(&slot), Transformed::Unchanged);
        for length in 0..6 {
            set(&slot, move |data, output| {
                assert!(output.is_empty() && output.capacity() >= data.len() + GROWTH);
                output.resize(length, data[0]);
                true
            });
            let expected = match length {
                1..=4 => Transformed::Changed(vec![1; length].into()),
                _ => Transformed::Dropped,
            };
            assert_eq!(apply(&slot), expected, "{length}");
        }
        slot.set(None);
        assert_eq!(apply(&slot), Transformed::Unchanged);
    }

    #[test]
    fn one_that_refuses_or_panics_drops_the_frame_and_goes_on() {
        let slot = TransformSlot::default();
        let calls = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&calls);
        set(&slot, move |data, output| {
            output.extend(data);
            match count.fetch_add(1, Ordering::SeqCst) {
                0 => false,
                1 => panic!("a defect of the app"),
                _ => true,
            }
        });
        assert_eq!(apply(&slot), Transformed::Dropped);
        assert_eq!(apply(&slot), Transformed::Dropped);
        assert!(!is_dispatcher_thread());
        assert_eq!(apply(&slot), Transformed::Changed([1, 2, 3].into()));
        assert_eq!(calls.load(Ordering::SeqCst), 3);
    }

    #[test]
    fn frames_that_were_to_be_transformed_never_go_on_without() {
        let slot = TransformSlot::default();
        slot.close();
        assert_eq!(apply(&slot), Transformed::Unchanged, "there was none");
        set(&slot, |data, output| {
            output.extend(data);
            true
        });
        slot.close();
        slot.close();
        assert_eq!(apply(&slot), Transformed::Dropped);
    }

    #[test]
    fn taking_it_out_waits_for_all_running_calls_but_inside_a_call() {
        let slot = Arc::new(TransformSlot::default());
        let (begun, begins) = mpsc::channel();
        let (go_on, waits) = mpsc::channel::<()>();
        let waits = Mutex::new(waits);
        let ended = Arc::new(AtomicUsize::new(0));
        let (inner, count) = (Arc::clone(&slot), Arc::clone(&ended));
        set(&slot, move |_, _| {
            begun.send(()).unwrap();
            lock(&waits).recv().unwrap();
            assert!(is_dispatcher_thread());
            // Would wait for itself, and for the other call.
            inner.set(None);
            count.fetch_add(1, Ordering::SeqCst);
            true
        });
        let callers: Vec<_> = (0..2)
            .map(|_| {
                let slot = Arc::clone(&slot);
                std::thread::spawn(move || apply(&slot))
            })
            .collect();
        for _ in 0..2 {
            begins.recv().unwrap();
        }
        let other = Arc::clone(&slot);
        let (seen, all) = (Arc::clone(&ended), mpsc::channel());
        let waiter = std::thread::spawn(move || {
            other.set(None);
            all.0.send(seen.load(Ordering::SeqCst)).unwrap();
        });
        for _ in 0..2 {
            go_on.send(()).unwrap();
        }
        assert_eq!(all.1.recv().unwrap(), 2);
        waiter.join().unwrap();
        for caller in callers {
            assert_eq!(caller.join().unwrap(), Transformed::Dropped, "empty");
        }
    }

    #[test]
    fn one_transform_may_send_a_frame_through_another() {
        let (outer, inner) = (TransformSlot::default(), Arc::new(TransformSlot::default()));
        set(&inner, |data, output| {
            output.push(data[0]);
            true
        });
        set(&outer, move |data, output| {
            output.push(9);
            assert_eq!(apply(&inner), Transformed::Changed([1].into()));
            output.extend(data);
            true
        });
        assert_eq!(apply(&outer), Transformed::Changed([9, 1, 2, 3].into()));
    }
}
