//! What does not belong there, too much of it, and from everywhere at once.

use std::sync::atomic::{AtomicU32, Ordering};

use super::bars::bars;
use super::*;
use crate::Status;
use crate::media::sink::Frames;
use crate::runtime::Buffer;

#[test]
fn what_is_no_picture_is_refused() {
    let source = source(1);
    let input = input(&source, &[WHOLE]);
    let bytes = vec![0; 10_000];
    let good = VideoPicture {
        format: PictureFormat::Rgba,
        width: 50,
        height: 50,
        planes: [&bytes, &[], &[]],
        strides: [200, 0, 0],
        rotation: Rotation::None,
    };
    assert_eq!(input.push(&good, None).unwrap(), Pushed::Queued);
    let sizes = [
        (0, 50),
        (50, 0),
        (16_384, 1),
        (1, 16_384),
        (u32::MAX, u32::MAX),
        (8000, 8000),
    ];
    for (width, height) in sizes {
        let wrong = VideoPicture {
            width,
            height,
            ..good
        };
        let error = input.push(&wrong, None).unwrap_err();
        assert_eq!(error.status(), Status::InvalidArgument, "{error}");
    }
    for stride in [0, 199, 201, usize::MAX, i32::MAX as usize + 1] {
        let wrong = VideoPicture {
            strides: [stride, 0, 0],
            ..good
        };
        let error = input.push(&wrong, None).unwrap_err();
        assert_eq!(error.status(), Status::InvalidArgument, "{error}");
        assert!(error.message().contains("lane 0"), "{error}");
    }
    for format in [PictureFormat::I420, PictureFormat::Nv12] {
        let wrong = VideoPicture { format, ..good };
        let error = input.push(&wrong, None).unwrap_err();
        assert_eq!(error.status(), Status::InvalidArgument, "{error}");
        assert!(error.message().contains("lane 1"), "{error}");
    }
    let error = input.push(&good, Some(-1)).unwrap_err();
    assert_eq!(error.status(), Status::InvalidArgument, "{error}");
    assert_eq!(input.push(&good, Some(0)).unwrap(), Pushed::Queued);
}

#[test]
fn a_track_has_one_input_and_decodes_to_two_formats() {
    let source = source(1);
    let first = input(&source, &[WHOLE]);
    let transform = &first_transform();
    let error = VideoInput::new(&source, transform, &[WHOLE]).err().unwrap();
    assert_eq!(error.status(), Status::InvalidState, "{error}");
    assert!(error.message().contains("raw pictures"), "{error}");
    assert!(source.check_no_input().is_err());
    drop(first);
    assert!(source.check_no_input().is_ok());
    assert!(VideoInput::new(&source, transform, &[WHOLE]).is_ok());
    for format in [PictureFormat::Nv12, PictureFormat::Bgra] {
        let error = VideoOutput::new(&sink(), format).err().unwrap();
        assert_eq!(error.status(), Status::InvalidArgument, "{error}");
    }
}

fn first_transform() -> Arc<SentTransform> {
    Arc::new(SentTransform {
        slot: Arc::default(),
        kind: TrackKind::Video,
        codec: Codec::Vp8,
        participant_id: "ann".to_owned(),
        track_id: "local-1".to_owned(),
    })
}

#[test]
fn whoever_waits_for_frames_is_told_that_an_output_takes_them() {
    let sink = sink();
    let woken = Arc::new(AtomicU32::new(0));
    let told = Arc::clone(&woken);
    let wake: crate::runtime::Callback<()> = Arc::new(move |()| {
        told.fetch_add(1, Ordering::Relaxed);
    });
    sink.frames.set_wake_handler(Some(wake)).unwrap();
    let waiting = Arc::clone(&sink);
    let reader = std::thread::spawn(move || waiting.frames.next("reading", LONG.into()).err());
    std::thread::sleep(20 * PAUSE);
    let output = VideoOutput::new(&sink, PictureFormat::I420).unwrap();
    let error = reader.join().unwrap().expect("it is over");
    assert_eq!(error.status(), Status::InvalidState, "{error}");
    awaited("the wake", || {
        (woken.load(Ordering::Relaxed) == 1).then_some(())
    });
    // Once nobody takes them, they can be read again.
    drop(output);
    let next = sink.frames.next("reading", Duration::ZERO.into());
    assert!(matches!(next, Ok(crate::runtime::Next::None)));
}

#[test]
fn while_pictures_are_decoded_frames_go_nowhere_else() {
    let sink = sink();
    let output = VideoOutput::new(&sink, PictureFormat::I420).unwrap();
    assert!(sink.frames.look(Frames::refusal).is_some());
    let error = sink.set_handler(Some(Arc::new(|_| ()))).unwrap_err();
    assert_eq!(error.status(), Status::InvalidState, "{error}");
    drop(output);
    sink.set_handler(Some(Arc::new(|_| ()))).unwrap();
    let error = VideoOutput::new(&sink, PictureFormat::I420).err().unwrap();
    assert_eq!(error.status(), Status::InvalidState, "{error}");
    sink.set_handler(None).unwrap();
    sink.end();
    // Of a track that is over there is nothing to come.
    let output = VideoOutput::new(&sink, PictureFormat::I420).unwrap();
    let next = output.next_picture(LONG.into()).unwrap();
    assert!(matches!(next, NextPicture::Closed), "{next:?}");
}

#[test]
fn thirty_two_threads_push_and_read_at_once() {
    let source = source(1);
    let input = input(&source, &[WHOLE]);
    let sink = sink();
    let output = VideoOutput::new(&sink, PictureFormat::Rgba).unwrap();
    std::thread::scope(|scope| {
        for number in 0..32_usize {
            let (input, output, source, sink) = (&input, &output, &source, &sink);
            scope.spawn(move || {
                let size = (number % 5 * 16 + 1, number % 3 * 16 + 1);
                let pushed = bars(PictureFormat::ALL[number % 4], size, number);
                for _ in 0..30 {
                    let pushed = input
                        .push(&pushed.lend(Rotation::Clockwise90), None)
                        .unwrap();
                    assert_eq!(pushed, Pushed::Queued);
                    if number == 0 {
                        for frame in taken(source) {
                            sink.take(received(sink, &frame), Instant::now());
                        }
                    }
                    let next = output.next_picture(PAUSE.into()).unwrap();
                    if let NextPicture::Picture(picture) = next {
                        let pixels = picture.width() as usize * picture.height() as usize;
                        assert_eq!(plane(&picture, 0).len(), 4 * pixels);
                    }
                }
            });
        }
    });
}

#[test]
fn what_strangers_send_is_not_believed() {
    let sink = sink();
    let output = VideoOutput::new(&sink, PictureFormat::Rgba).unwrap();
    // A key frame that says that it is as large as can be said.
    let mut data = vec![0x10, 0, 0, 0x9d, 0x01, 0x2a, 0xff, 0x3f, 0xff, 0x3f];
    data.extend([0x55; 500]);
    let gigantic = EncodedFrame {
        data: data.into(),
        timestamp_us: 0,
        is_key_frame: true,
        layer: 0,
        audio_level: None,
    };
    sink.take(received(&sink, &gigantic), Instant::now());
    awaited("its refusal", || {
        let statistics = sink.decoding_statistics()?;
        (statistics.undecodable > 0).then_some(())
    });
    let none = output.next_picture(Duration::ZERO.into()).unwrap();
    assert!(matches!(none, NextPicture::None), "{none:?}");
}
