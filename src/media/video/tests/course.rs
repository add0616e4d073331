//! What becomes of pictures between two participants.

use std::cell::Cell;

use super::bars::{bars, noise, picture, psnr};
use super::*;

const SIZE: (usize, usize) = (160, 90);

#[test]
fn a_picture_comes_as_it_was_pushed_in_both_formats() {
    for (codec, format, size) in [
        (Codec::Vp8, PictureFormat::I420, SIZE),
        (Codec::Vp8, PictureFormat::Rgba, (17, 33)),
        (Codec::Vp8, PictureFormat::Rgba, (1, 1)),
        (Codec::Vp8, PictureFormat::Nv12, (101, 57)),
        (Codec::H264, PictureFormat::I420, SIZE),
        (Codec::H264, PictureFormat::Rgba, (34, 18)),
    ] {
        let source = source_of(codec, 1);
        let input = input(&source, &[WHOLE]);
        let sink = sink_of(codec);
        let planar = VideoOutput::new(&sink, PictureFormat::I420).unwrap();
        let packed = VideoOutput::new(&sink, PictureFormat::Rgba).unwrap();
        let pushed = bars(format, size, 3);
        let expected = bars(PictureFormat::I420, size, 0);
        let expected = expected.lend(Rotation::None);
        // The first one has to be there at once; the following make it better.
        let mut brightness = 0.0;
        for number in 0..5 {
            let lent = pushed.lend(Rotation::None);
            let frames = encoded(&source, &input, &lent, time_us(number));
            let shown = shown(&sink, &planar, &frames);
            assert_eq!((shown.participant_id(), shown.track_id()), ("ann", "track"));
            assert_eq!((shown.width() as usize, shown.height() as usize), size);
            assert_eq!(shown.timestamp_us(), time_us(number));
            assert_eq!(shown.is_resized(), number == 0);
            brightness = psnr(plane(&shown, 0), expected.planes[0]);
            assert!(brightness > 25.0, "{brightness} dB at {number}, {size:?}");
            let coloured = next(&packed);
            assert_eq!(coloured.format(), PictureFormat::Rgba);
            assert_eq!(plane(&coloured, 0).len(), 4 * size.0 * size.1);
            assert!(coloured.plane(1).is_none());
        }
        let (codec, format) = (codec.name(), format.name());
        println!("{codec}, {format} {size:?}: {brightness:.1} dB");
    }
}

#[test]
fn h264_is_sent_in_the_nearest_size_that_it_has() {
    for (size, nearest) in [
        ((17, 33), (16, 32)),
        ((1, 1), (16, 16)),
        ((101, 57), (100, 56)),
    ] {
        let source = source_of(Codec::H264, 1);
        let input = input(&source, &[WHOLE]);
        let sink = sink_of(Codec::H264);
        let output = VideoOutput::new(&sink, PictureFormat::I420).unwrap();
        let pushed = bars(PictureFormat::Rgba, size, 0);
        let frames = encoded(&source, &input, &pushed.lend(Rotation::None), 0);
        let shown = shown(&sink, &output, &frames);
        assert_eq!((shown.width(), shown.height()), nearest);
        let expected = bars(
            PictureFormat::I420,
            (nearest.0 as usize, nearest.1 as usize),
            0,
        );
        let likeness = psnr(plane(&shown, 0), expected.lend(Rotation::None).planes[0]);
        assert!(
            size == (1, 1) || likeness > 18.0,
            "{likeness} dB of {size:?}"
        );
    }
}

#[test]
fn key_frames_come_first_and_when_they_are_asked_for() {
    for codec in CODECS {
        let source = source_of(codec, 1);
        let input = input(&source, &[WHOLE]);
        let pushed = bars(PictureFormat::Rgba, SIZE, 0);
        for number in 0..20 {
            if number == 10 {
                source.request_key_frame(None);
            }
            let frames = encoded(
                &source,
                &input,
                &pushed.lend(Rotation::None),
                time_us(number),
            );
            assert_eq!(frames[0].is_key_frame, number % 10 == 0, "{number}");
            assert_eq!(frames[0].timestamp_us, time_us(number));
        }
    }
}

#[test]
fn a_size_that_changes_is_told_and_begins_with_a_key_frame() {
    for codec in CODECS {
        let source = source_of(codec, 1);
        let input = input(&source, &[WHOLE]);
        let sink = sink_of(codec);
        let output = VideoOutput::new(&sink, PictureFormat::I420).unwrap();
        let mut number = 0;
        for size in [(64, 48), (96, 54), (34, 18)] {
            let pushed = bars(PictureFormat::Rgba, size, 0);
            for index in 0..3 {
                let frames = encoded(
                    &source,
                    &input,
                    &pushed.lend(Rotation::None),
                    time_us(number),
                );
                assert_eq!(frames[0].is_key_frame, index == 0);
                let shown = shown(&sink, &output, &frames);
                assert_eq!((shown.width() as usize, shown.height() as usize), size);
                assert_eq!(shown.is_resized(), index == 0);
                number += 1;
            }
        }
    }
}

#[test]
fn a_picture_that_lies_on_its_side_is_shown_upright() {
    for (rotation, upright) in [
        (Rotation::Clockwise90, (48, 64)),
        (Rotation::Clockwise180, (64, 48)),
        (Rotation::Clockwise270, (48, 64)),
    ] {
        let source = source(1);
        let input = input(&source, &[WHOLE]);
        let sink = sink();
        let output = VideoOutput::new(&sink, PictureFormat::I420).unwrap();
        // Bright on the left half.
        let colour = |column: usize| if column < 32 { [220; 3] } else { [30; 3] };
        let pushed = picture(PictureFormat::Rgba, (64, 48), 0, colour);
        let frames = encoded(&source, &input, &pushed.lend(rotation), 0);
        let shown = shown(&sink, &output, &frames);
        assert_eq!((shown.width(), shown.height()), upright);
        let (bytes, stride) = shown.plane(0).unwrap();
        let is_bright = |column: usize, row: usize| bytes[row * stride + column] > 128;
        let (right, bottom) = (upright.0 as usize - 4, upright.1 as usize - 4);
        let corners = [
            is_bright(4, 4),
            is_bright(right, 4),
            is_bright(4, bottom),
            is_bright(right, bottom),
        ];
        assert_eq!(
            corners,
            match rotation {
                Rotation::Clockwise90 => [true, true, false, false],
                Rotation::Clockwise180 => [false, true, false, true],
                _ => [false, false, true, true],
            },
            "{rotation:?}"
        );
    }
}

#[test]
fn every_layer_has_its_size_and_follows_its_target() {
    for codec in CODECS {
        let layer = |scale: f64, max_kbps: u32| LayerInfo {
            scale,
            max_kbps,
            max_fps: 0,
        };
        let layers = [layer(4.0, 100), layer(2.0, 300), layer(1.0, 800)];
        let source = source_of(codec, 3);
        let input = input(&source, &layers);
        let pushed = bars(PictureFormat::I420, (320, 180), 0);
        let lent = pushed.lend(Rotation::None);
        let all = |number: i64, count: usize| {
            input.push(&lent, Some(time_us(number))).unwrap();
            let mut frames = Vec::new();
            awaited("all layers", || {
                frames.extend(taken(&source));
                (frames.len() >= count).then_some(())
            });
            frames
        };
        let frames = all(0, 3);
        let sizes: Vec<_> = frames
            .iter()
            .map(|frame| {
                let sink = sink_of(codec);
                let output = VideoOutput::new(&sink, PictureFormat::I420).unwrap();
                let shown = shown(&sink, &output, std::slice::from_ref(frame));
                (frame.layer, shown.width(), shown.height())
            })
            .collect();
        let smallest = if codec == Codec::H264 { 44 } else { 45 };
        assert_eq!(sizes, [(0, 80, smallest), (1, 160, 90), (2, 320, 180)]);
        // One that is off costs nothing, and comes back with a key frame.
        assert!(source.set_target(2, false, 0));
        let layers: Vec<u8> = all(1, 2).iter().map(|frame| frame.layer).collect();
        assert_eq!(layers, [0, 1]);
        assert!(source.set_target(2, true, 800));
        let frames = all(2, 3);
        let key_frames: Vec<bool> = frames.iter().map(|frame| frame.is_key_frame).collect();
        assert_eq!(key_frames, [false, false, true]);
    }
}

/// How many bytes a second of pictures that always change has at that bit rate.
fn bytes_at(codec: Codec, kbps: u32) -> usize {
    let source = source_of(codec, 1);
    source.set_target(0, true, kbps);
    let input = input(&source, &[WHOLE]);
    let mut bytes = 0;
    for number in 0..60 {
        let pushed = noise(SIZE, number as u32);
        let lent = pushed.lend(Rotation::None);
        input.push(&lent, Some(time_us(number))).unwrap();
        // Some are left out: that is how the bit rate is kept.
        awaited("the end of encoding", || {
            let statistics = source.encoding()?;
            (statistics.pictures > number as u64).then_some(())
        });
        bytes += taken(&source)
            .iter()
            .map(|frame| frame.data.len())
            .sum::<usize>();
    }
    bytes / 2
}

#[test]
fn the_bit_rate_follows_the_target() {
    for codec in CODECS {
        let (low, high) = (bytes_at(codec, 100), bytes_at(codec, 400));
        println!("{} and {} kbit/s", low * 8 / 1000, high * 8 / 1000);
        assert!(low * 2 < high, "{low} and {high}");
        assert!(low < 2 * 100 * 1000 / 8, "{low}");
    }
}

#[test]
fn whoever_comes_late_or_loses_a_frame_goes_on_with_a_key_frame() {
    for codec in CODECS {
        let source = source_of(codec, 1);
        let input = input(&source, &[WHOLE]);
        let pushed = bars(PictureFormat::I420, SIZE, 0);
        let lent = pushed.lend(Rotation::None);
        let sink = sink_of(codec);
        let number = Cell::new(0);
        let frame = || {
            number.set(number.get() + 1);
            encoded(&source, &input, &lent, time_us(number.get())).remove(0)
        };
        frame();
        let output = VideoOutput::new(&sink, PictureFormat::I420).unwrap();
        let take = |frame: &EncodedFrame| sink.take(received(&sink, frame), Instant::now());
        assert!(!take(&frame()), "a key frame is asked for");
        source.request_key_frame(None);
        let key_frame = frame();
        assert!(take(&key_frame));
        assert_eq!(next(&output).timestamp_us(), key_frame.timestamp_us);
        // One is damaged on the way.
        let mut damaged = frame();
        let mut data = damaged.data.to_vec();
        match codec {
            Codec::H264 => data[5..].fill(0xa5),
            _ => data = vec![0x10, 0, 0, 1, 2, 3],
        }
        damaged.data = data.into();
        assert!(take(&damaged));
        awaited("the loss", || (!take(&frame())).then_some(()));
        source.request_key_frame(None);
        let key_frame = awaited("a key frame", || Some(frame()).filter(|it| it.is_key_frame));
        assert!(take(&key_frame));
        assert_eq!(next(&output).timestamp_us(), key_frame.timestamp_us);
        let statistics = sink.decoding_statistics().unwrap();
        assert_eq!(statistics.pictures, 2);
        assert!(statistics.undecodable >= 2, "{statistics:?}");
    }
}

#[test]
fn of_what_is_not_read_the_latest_is_kept_and_the_end_is_told() {
    let source = source(1);
    let input = input(&source, &[WHOLE]);
    let sink = sink();
    let output = VideoOutput::new(&sink, PictureFormat::Rgba).unwrap();
    let pushed = bars(PictureFormat::Nv12, SIZE, 0);
    for number in 0..10 {
        for frame in encoded(
            &source,
            &input,
            &pushed.lend(Rotation::None),
            time_us(number),
        ) {
            assert!(sink.take(received(&sink, &frame), Instant::now()));
        }
    }
    awaited("all pictures", || {
        let statistics = sink.decoding_statistics()?;
        (statistics.overtaken == 9).then_some(())
    });
    let latest = next(&output);
    assert_eq!(latest.timestamp_us(), time_us(9));
    assert_eq!(sink.decoding_statistics().unwrap().pictures, 10);
    let none = output.next_picture(Duration::ZERO.into()).unwrap();
    assert!(matches!(none, NextPicture::None));
    sink.end();
    let closed = output.next_picture(LONG.into()).unwrap();
    assert!(matches!(closed, NextPicture::Closed), "{closed:?}");
    drop(output);
    // It stays what it was.
    assert_eq!(plane(&latest, 0).len(), 4 * SIZE.0 * SIZE.1);
}

#[test]
fn of_what_is_not_encoded_the_latest_is_kept_and_that_is_told() {
    let source = source(1);
    let input = input(&source, &[WHOLE]);
    // Larger than can be encoded in no time.
    let pushed = bars(PictureFormat::I420, (1280, 720), 0);
    let lent = pushed.lend(Rotation::None);
    for number in 0..50 {
        assert_eq!(
            input.push(&lent, Some(time_us(number))).unwrap(),
            Pushed::Queued
        );
    }
    let last = awaited("the latest", || {
        taken(&source)
            .pop_back()
            .filter(|frame| frame.timestamp_us == time_us(49))
    });
    assert!(!last.data.is_empty());
    let statistics = awaited("its figures", || {
        source
            .encoding()
            .filter(|it| it.pictures + it.overtaken == 50)
    });
    assert!(
        statistics.overtaken > 0 && statistics.encode_ms > 0.0,
        "{statistics:?}"
    );
    drop(input);
    assert_eq!(source.encoding(), None);
}
