//! Raw pictures from one end to the other, without a network.

mod bars;
mod colours;
mod course;
mod images;
mod misuse;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use super::{
    NextPicture, PictureFormat, ReceivedPicture, Rotation, VideoInput, VideoOutput, VideoPicture,
};
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

/// What is encoded and decoded.
const CODECS: [Codec; 2] = [Codec::Vp8, Codec::H264];

/// So many kilobits a second that nothing is left out.
const PLENTY: u32 = 4000;

/// A track that is sent, as far as it can tell.
fn source(layers: usize) -> Arc<TrackSource> {
    source_of(Codec::Vp8, layers)
}

fn source_of(codec: Codec, layers: usize) -> Arc<TrackSource> {
    let source = Arc::new(TrackSource::new(TrackKind::Video, codec, layers));
    source.begin(&Arc::new(Notify::new()));
    for layer in 0..layers {
        source.set_target(layer as u8, true, PLENTY);
    }
    source
}

fn input(source: &Arc<TrackSource>, layers: &[LayerInfo]) -> VideoInput {
    let transform = Arc::new(SentTransform {
        slot: Arc::default(),
        kind: TrackKind::Video,
        codec: source.codec,
        participant_id: "ann".to_owned(),
        track_id: "local-1".to_owned(),
    });
    VideoInput::new(source, &transform, layers).expect("an input")
}

fn sink() -> Arc<TrackSink> {
    sink_of(Codec::Vp8)
}

fn sink_of(codec: Codec) -> Arc<TrackSink> {
    let kind = TrackKind::Video;
    Arc::new(TrackSink::new("ann", "track", kind, codec, Arc::default()))
}

/// A frame as that track gets it.
fn received(sink: &TrackSink, frame: &EncodedFrame) -> ReceivedFrame {
    ReceivedFrame {
        participant_id: "ann".into(),
        track_id: "track".into(),
        kind: TrackKind::Video,
        codec: sink.codec,
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

/// Pushes one picture and waits for what is made of it.
fn encoded(
    source: &TrackSource,
    input: &VideoInput,
    picture: &VideoPicture<'_>,
    time_us: i64,
) -> Vec<EncodedFrame> {
    assert_eq!(input.push(picture, Some(time_us)).unwrap(), Pushed::Queued);
    awaited("a frame", || {
        let frames = taken(source);
        (!frames.is_empty()).then(|| Vec::from(frames))
    })
}

/// When a picture of that number is filmed.
fn time_us(number: i64) -> i64 {
    number * 33_333
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

/// Brings frames and gives the picture that is read then.
fn shown(sink: &TrackSink, output: &VideoOutput, frames: &[EncodedFrame]) -> ReceivedPicture {
    for frame in frames {
        assert!(
            sink.take(received(sink, frame), Instant::now()),
            "it goes on"
        );
    }
    next(output)
}

/// All of a plane.
fn plane(picture: &ReceivedPicture, index: usize) -> &[u8] {
    picture.plane(index).expect("it has one").0
}
