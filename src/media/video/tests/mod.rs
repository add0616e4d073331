//! Raw pictures from one end to the other, without a network.

mod bars;
mod colours;
mod course;
mod misuse;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use super::{NextPicture, PictureFormat, ReceivedPicture, Rotation, VideoInput, VideoOutput};
use crate::media::frame::{EncodedFrame, ReceivedFrame};
use crate::media::sink::TrackSink;
use crate::media::source::{LayerInfo, TrackSource};
use crate::media::transform::SentTransform;
use crate::media::{Codec, Pushed, TrackKind};

/// Only ends what hangs.
const LONG: Duration = Duration::from_secs(120);

/// Between two looks at what another thread does.
const PAUSE: Duration = Duration::from_millis(1);

/// The whole picture, without limits.
const WHOLE: LayerInfo = LayerInfo {
    scale: 1.0,
    max_kbps: 0,
    max_fps: 0,
};

/// A track that is sent, as far as it can tell.
fn source(layers: usize) -> Arc<TrackSource> {
    let source = Arc::new(TrackSource::new(TrackKind::Video, Codec::Vp8, layers));
    source.begin(&Arc::new(Notify::new()));
    source
}

fn input(source: &Arc<TrackSource>, layers: &[LayerInfo]) -> VideoInput {
    let transform = Arc::new(SentTransform {
        slot: Arc::default(),
        kind: TrackKind::Video,
        codec: Codec::Vp8,
        participant_id: "ann".to_owned(),
        track_id: "local-1".to_owned(),
    });
    VideoInput::new(source, &transform, layers).expect("an input")
}

fn sink() -> Arc<TrackSink> {
    let (kind, codec) = (TrackKind::Video, Codec::Vp8);
    Arc::new(TrackSink::new("ann", "track", kind, codec, Arc::default()))
}

fn received(frame: &EncodedFrame) -> ReceivedFrame {
    ReceivedFrame {
        participant_id: "ann".into(),
        track_id: "track".into(),
        kind: TrackKind::Video,
        codec: Codec::Vp8,
        data: Arc::clone(&frame.data),
        timestamp_us: frame.timestamp_us,
        is_key_frame: frame.is_key_frame,
        follows_gap: false,
        audio_level: None,
    }
}

/// What was encoded since the last look.
fn taken(source: &TrackSource) -> VecDeque<EncodedFrame> {
    let mut frames = VecDeque::new();
    source.take(&mut frames);
    frames
}

/// Waits for something that another thread does.
fn awaited<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    loop {
        if let Some(it) = look() {
            return it;
        }
        assert!(begin.elapsed() < LONG, "{what} never comes");
        std::thread::sleep(PAUSE);
    }
}

/// A picture that is there, or comes.
fn next(output: &VideoOutput) -> ReceivedPicture {
    match output.next_picture(LONG.into()).expect("no callback") {
        NextPicture::Picture(picture) => picture,
        other => panic!("{other:?}"),
    }
}

/// All of a plane.
fn plane(picture: &ReceivedPicture, index: usize) -> &[u8] {
    picture.plane(index).expect("it has one").0
}
