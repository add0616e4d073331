//! Images: their colours, and captures of what an output shows.

use std::io::Cursor;
use std::sync::Weak;

use super::bars::{Owned, bar, bars, is_inside, noise, picture};
use super::*;
use crate::Status;
use crate::media::video::ImageFormat;
use crate::media::video::codec::Colours;
use crate::media::video::colour;
use crate::media::video::i420::I420;

const FORMATS: [ImageFormat; 2] = [ImageFormat::Png, ImageFormat::Jpeg];

/// Exact but for what a JPEG rounds.
const BEST: i32 = 100;

fn quality(format: ImageFormat) -> i32 {
    match format {
        ImageFormat::Png => 0,
        ImageFormat::Jpeg => BEST,
    }
}

/// What an output would have shown of it, in either format.
fn shown_as(format: PictureFormat, pushed: &Owned) -> ReceivedPicture {
    let (mut planar, mut bytes) = (I420::default(), Vec::new());
    let colours = Colours::new().unwrap();
    colour::read(&pushed.lend(Rotation::None), &colours, &mut planar);
    match format {
        PictureFormat::I420 => planar.copy_to(&mut bytes),
        _ => colours.to_rgba(&planar, &mut bytes),
    }
    let (width, height) = planar.size();
    ReceivedPicture {
        participant_id: "ann".into(),
        track_id: "track".into(),
        format,
        size: (width as u32, height as u32),
        timestamp_us: 0,
        is_resized: false,
        bytes,
        spare: Weak::new(),
    }
}

/// Width, height, and red, green and blue of each pixel, as any program would read the file.
fn decoded(image: &[u8]) -> (usize, usize, Vec<u8>) {
    if image.starts_with(b"\x89PNG") {
        let mut reader = png::Decoder::new(Cursor::new(image)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut pixels).unwrap();
        assert_eq!(frame.color_type, png::ColorType::Rgb);
        return (frame.width as usize, frame.height as usize, pixels);
    }
    let mut decoder = zune_jpeg::JpegDecoder::new(Cursor::new(image));
    let pixels = decoder.decode().unwrap();
    let (width, height) = decoder.dimensions().unwrap();
    (width, height, pixels)
}

fn assert_bars(image: &[u8], size: (usize, usize), most: u8, what: &str) {
    let (width, height, pixels) = decoded(image);
    assert_eq!((width, height), size, "{what}");
    assert_eq!(pixels.len(), 3 * width * height, "{what}");
    for (place, pixel) in pixels.chunks_exact(3).enumerate() {
        let column = place % width;
        if is_inside(column, width) {
            let expected = bar(column, width);
            let is_close = expected
                .iter()
                .zip(pixel)
                .all(|(one, other)| one.abs_diff(*other) <= most);
            assert!(is_close, "{pixel:?} for {expected:?} at {place}, {what}");
        }
    }
}

#[test]
fn colour_bars_keep_their_colours_in_both_formats_and_every_size() {
    for size in [(1, 1), (2, 1), (1, 2), (17, 33), (160, 90), (641, 361)] {
        for shown in [PictureFormat::I420, PictureFormat::Rgba] {
            let shown = shown_as(shown, &bars(PictureFormat::I420, size, 0));
            for format in FORMATS {
                let what = format!("{} of {size:?} as {}", format.name(), shown.format().name());
                let image = shown.encode_image(format, quality(format)).unwrap();
                assert_bars(&image, size, 8, &what);
            }
            let image = shown.encode_image(ImageFormat::Jpeg, 0).unwrap();
            assert_bars(&image, size, 30, "a good JPEG");
        }
    }
}

/// Whoever forgets that a JPEG uses all of a byte has a grey that is too dark, and no white.
#[test]
fn black_is_black_and_white_is_white() {
    for (brightness, expected) in [(16, 0), (0, 0), (126, 128), (235, 255), (255, 255)] {
        let mut pushed = picture(PictureFormat::I420, (16, 16), 0, |_| [128; 3]);
        pushed.planes[0].fill(brightness);
        for shown in [PictureFormat::I420, PictureFormat::Rgba] {
            for format in FORMATS {
                let shown = shown_as(shown, &pushed);
                let image = shown.encode_image(format, quality(format)).unwrap();
                let (_, _, pixels) = decoded(&image);
                let is_close = |it: &u8| it.abs_diff(expected) <= 1;
                assert!(pixels.iter().all(is_close), "{pixels:?} for {brightness}");
            }
        }
    }
}

#[test]
fn a_png_has_every_pixel_and_a_jpeg_becomes_smaller_with_less_quality() {
    let shown = shown_as(PictureFormat::Rgba, &noise((320, 180), 7));
    let rgb = plane(&shown, 0).chunks_exact(4).flat_map(|it| &it[..3]);
    let image = shown.encode_image(ImageFormat::Png, 0).unwrap();
    assert!(rgb.eq(&decoded(&image).2));
    let planar = shown_as(PictureFormat::I420, &noise((320, 180), 7));
    assert_eq!(planar.encode_image(ImageFormat::Png, 0).unwrap(), image);
    let sizes = [1, 40, 85, 100].map(|quality| {
        let image = shown.encode_image(ImageFormat::Jpeg, quality).unwrap();
        assert_eq!(decoded(&image).0, 320);
        image.len()
    });
    println!("JPEG {sizes:?}, PNG {}", image.len());
    assert!(sizes.is_sorted_by(|one, other| one < other), "{sizes:?}");
    let good = shown.encode_image(ImageFormat::Jpeg, 0).unwrap();
    assert_eq!(good.len(), sizes[2]);
}

#[test]
fn there_is_no_other_quality() {
    let shown = shown_as(PictureFormat::I420, &bars(PictureFormat::I420, (4, 4), 0));
    let output = VideoOutput::new(&sink(), PictureFormat::I420).unwrap();
    let jpeg = [-1, 101, i32::MIN, i32::MAX].map(|quality| (ImageFormat::Jpeg, quality));
    let png = [-1, 1, 100].map(|quality| (ImageFormat::Png, quality));
    for (format, quality) in jpeg.into_iter().chain(png) {
        let captured = output.capture_image(format, quality, LONG).wait();
        for refused in [shown.encode_image(format, quality), captured] {
            let error = refused.unwrap_err();
            assert_eq!(error.status(), Status::InvalidArgument, "{error}");
            assert!(error.message().contains(&quality.to_string()), "{error}");
            assert!(error.remedy().contains("0"), "{error}");
        }
    }
}

const SIZE: (usize, usize) = (160, 90);

/// Bars that come one after the other.
struct Scene {
    source: Arc<TrackSource>,
    input: VideoInput,
    sink: Arc<TrackSink>,
    output: VideoOutput,
}

impl Scene {
    fn new() -> Self {
        let (source, sink) = (source(1), sink());
        Self {
            input: input(&source, &[WHOLE]),
            output: VideoOutput::new(&sink, PictureFormat::Rgba).unwrap(),
            source,
            sink,
        }
    }

    fn bring(&self, number: i64, rotation: Rotation) {
        let pushed = bars(PictureFormat::I420, SIZE, 0);
        let lent = pushed.lend(rotation);
        for frame in encoded(&self.source, &self.input, &lent, time_us(number)) {
            assert!(self.sink.take(received(&self.sink, &frame), Instant::now()));
        }
    }

    fn is_decoded(&self, pictures: u64) {
        awaited("the picture", || {
            let statistics = self.sink.decoding_statistics()?;
            (statistics.pictures == pictures).then_some(())
        });
    }

    fn capture(&self, format: ImageFormat) -> crate::Operation<Vec<u8>> {
        self.output.capture_image(format, quality(format), LONG)
    }
}

#[test]
fn whoever_captures_takes_nothing_from_those_who_read() {
    let scene = Scene::new();
    // Nothing is there yet: they wait for the first.
    let early = [
        scene.capture(ImageFormat::Png),
        scene.capture(ImageFormat::Jpeg),
    ];
    scene.bring(0, Rotation::None);
    for early in early {
        assert_bars(&early.wait().unwrap(), SIZE, 40, "the first");
    }
    // It waits for its reader, whoever captured it, and is captured again and again.
    let image = scene.capture(ImageFormat::Png).wait().unwrap();
    assert_eq!(next(&scene.output).timestamp_us(), 0);
    let none = scene.output.next_picture(Duration::ZERO.into()).unwrap();
    assert!(matches!(none, NextPicture::None), "{none:?}");
    assert_eq!(scene.capture(ImageFormat::Png).wait().unwrap(), image);
    // Upright, as it is shown.
    scene.bring(1, Rotation::Clockwise90);
    scene.is_decoded(2);
    let (width, height, _) = decoded(&scene.capture(ImageFormat::Jpeg).wait().unwrap());
    assert_eq!((width, height), (SIZE.1, SIZE.0));
    let read = next(&scene.output);
    assert_eq!((read.timestamp_us(), read.is_resized()), (time_us(1), true));
}

#[test]
fn a_capture_ends_with_the_track_with_the_output_in_time_and_when_it_is_cancelled() {
    let scene = Scene::new();
    let short = Duration::from_millis(1);
    let error = scene
        .output
        .capture_image(ImageFormat::Png, 0, short)
        .wait()
        .unwrap_err();
    assert_eq!(error.status(), Status::Timeout, "{error}");
    assert_eq!(error.operation(), "video_output_capture_image");
    let cancelled = scene.capture(ImageFormat::Png);
    cancelled.cancel();
    assert_eq!(cancelled.wait().unwrap_err().status(), Status::Cancelled);
    let waiting = scene.capture(ImageFormat::Png);
    scene.sink.end();
    let error = waiting.wait().unwrap_err();
    assert_eq!(error.status(), Status::InvalidState, "{error}");
    assert!(error.message().contains("no longer sent"), "{error}");
    let late = scene.capture(ImageFormat::Jpeg).wait().unwrap_err();
    assert_eq!(
        (late.status(), late.message()),
        (error.status(), error.message())
    );

    // One that has shown something is no other.
    let scene = Scene::new();
    scene.bring(0, Rotation::None);
    scene.is_decoded(1);
    scene.sink.end();
    let end = awaited("the end", || scene.capture(ImageFormat::Png).wait().err());
    assert_eq!(end.message(), error.message());

    let scene = Scene::new();
    let waiting = scene.capture(ImageFormat::Png);
    drop(scene.output);
    let error = waiting.wait().unwrap_err();
    assert_eq!(error.status(), Status::InvalidState, "{error}");
    assert!(error.message().contains("freed"), "{error}");
}

#[test]
fn captures_are_bounded_and_those_that_were_cancelled_leave_nothing() {
    let scene = Scene::new();
    for _ in 0..3 {
        let captures: Vec<_> = (0..16).map(|_| scene.capture(ImageFormat::Jpeg)).collect();
        let error = scene.capture(ImageFormat::Jpeg).wait().unwrap_err();
        assert_eq!(error.status(), Status::ResourceExhausted, "{error}");
        assert!(error.message().contains("16"), "{error}");
        captures.iter().for_each(crate::Operation::cancel);
        for capture in captures {
            assert_eq!(capture.wait().unwrap_err().status(), Status::Cancelled);
        }
    }
    let captures: Vec<_> = (0..16).map(|_| scene.capture(ImageFormat::Jpeg)).collect();
    scene.bring(0, Rotation::None);
    for capture in captures {
        assert_bars(&capture.wait().unwrap(), SIZE, 40, "all at once");
    }
    // Each gives its place back.
    for _ in 0..20 {
        scene.capture(ImageFormat::Jpeg).wait().unwrap();
    }
}
