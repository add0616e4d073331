//! Images that programs leave in a folder, and what is seen in them.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use zune_jpeg::JpegDecoder;

/// By how much a colour may be off after two encoders.
const TOLERANCE: u8 = 40;

/// A folder of its own for what a program captures.
pub fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("vsdk-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// Expects images of all kinds there, 160 x 90, with these colours on the left and on the right, and
/// removes them.
pub fn assert_halves(folder: &Path, left: [u8; 3], right: [u8; 3]) {
    for name in ["encoded.png", "encoded.jpg", "captured.png", "captured.jpg"] {
        let image = std::fs::read(folder.join(name)).expect(name);
        let (size, pixels) = match name.ends_with("png") {
            true => decoded_png(&image),
            false => decoded_jpeg(&image),
        };
        assert_eq!(size, (160, 90), "{name}");
        for (column, colour) in [(40, left), (120, right)] {
            let pixel = &pixels[3 * (45 * size.0 + column)..][..3];
            let is_close = |(one, other): (&u8, u8)| one.abs_diff(other) <= TOLERANCE;
            let has_colour = pixel.iter().zip(colour).all(is_close);
            assert!(has_colour, "{pixel:?} for {colour:?} in {name}");
        }
    }
    std::fs::remove_dir_all(folder).expect("it was there");
}

fn decoded_png(image: &[u8]) -> ((usize, usize), Vec<u8>) {
    let mut reader = png::Decoder::new(Cursor::new(image))
        .read_info()
        .expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    let frame = reader.next_frame(&mut pixels).expect("pixels");
    assert_eq!(frame.color_type, png::ColorType::Rgb);
    ((frame.width as usize, frame.height as usize), pixels)
}

fn decoded_jpeg(image: &[u8]) -> ((usize, usize), Vec<u8>) {
    let mut decoder = JpegDecoder::new(Cursor::new(image));
    let pixels = decoder.decode().expect("a JPEG");
    (decoder.dimensions().expect("a size"), pixels)
}
