//! Colours, converted with the vectors of the processor.

use yuv::{
    BufferStoreMut, YuvConversionMode, YuvError, YuvPlanarImage, YuvPlanarImageMut, YuvRange,
    YuvStandardMatrix,
};

use super::super::i420::{I420, Plane};
use crate::Result;

/// What everybody takes the pictures of VP8 for.
const RANGE: YuvRange = YuvRange::Limited;
const MATRIX: YuvStandardMatrix = YuvStandardMatrix::Bt601;
const MODE: YuvConversionMode = YuvConversionMode::Balanced;

type Convert = fn(
    &mut YuvPlanarImageMut<'_, u8>,
    &[u8],
    u32,
    YuvRange,
    YuvStandardMatrix,
    YuvConversionMode,
) -> std::result::Result<(), YuvError>;

/// Converts colours.
pub(in super::super) struct Colours(());

impl Colours {
    pub(in super::super) fn new() -> Result<Self> {
        Ok(Self(()))
    }

    /// From red, green and blue, for a picture of the right size.
    pub(in super::super) fn of_rgba(&self, from: &[u8], stride: usize, into: &mut I420) {
        convert(yuv::rgba_to_yuv420, from, stride, into);
    }

    /// From blue, green and red, likewise.
    pub(in super::super) fn of_bgra(&self, from: &[u8], stride: usize, into: &mut I420) {
        convert(yuv::bgra_to_yuv420, from, stride, into);
    }

    /// To red, green, blue and 255.
    pub(in super::super) fn to_rgba(&self, from: &I420, into: &mut Vec<u8>) {
        let (width, height) = from.size();
        into.resize(4 * width * height, 0);
        let picture = planar(&from.planes());
        let converted = yuv::yuv420_to_rgba(&picture, into, 4 * width as u32, RANGE, MATRIX);
        debug_assert!(converted.is_ok(), "{converted:?}");
    }
}

/// To red, green and blue, three bytes for each pixel.
pub(super) fn to_rgb(from: &[Plane<'_>; 3], into: &mut [u8]) {
    let picture = planar(from);
    let converted = yuv::yuv420_to_rgb(&picture, into, 3 * picture.width, RANGE, MATRIX);
    debug_assert!(converted.is_ok(), "{converted:?}");
}

fn planar<'a>([y, u, v]: &[Plane<'a>; 3]) -> YuvPlanarImage<'a, u8> {
    YuvPlanarImage {
        y_plane: y.bytes,
        y_stride: y.width as u32,
        u_plane: u.bytes,
        u_stride: u.width as u32,
        v_plane: v.bytes,
        v_stride: v.width as u32,
        width: y.width as u32,
        height: y.height as u32,
    }
}

fn convert(convert: Convert, from: &[u8], stride: usize, into: &mut I420) {
    let (width, height) = into.size();
    let [y, u, v] = into.planes_mut();
    // The library leaves out a last row behind which there is no gap: its rows are converted apart,
    // and with it the one that it shares its colours with.
    let upper = match from.len() < stride * height {
        true => (height - 1) & !1,
        false => height,
    };
    let (upper_y, lower_y) = y.bytes.split_at_mut(upper * y.width);
    let (upper_u, lower_u) = u.bytes.split_at_mut(upper.div_ceil(2) * u.width);
    let (upper_v, lower_v) = v.bytes.split_at_mut(upper.div_ceil(2) * v.width);
    if upper > 0 {
        convert_rows(
            convert,
            from,
            stride,
            [upper_y, upper_u, upper_v],
            (width, upper),
        );
    }
    if upper < height {
        let row = 4 * width;
        let rows = (upper..height).map(|index| &from[index * stride..][..row]);
        let last: Vec<u8> = rows.flatten().copied().collect();
        let size = (width, height - upper);
        convert_rows(convert, &last, row, [lower_y, lower_u, lower_v], size);
    }
}

fn convert_rows(
    convert: Convert,
    from: &[u8],
    stride: usize,
    [y, u, v]: [&mut [u8]; 3],
    (width, height): (usize, usize),
) {
    let half_width = width.div_ceil(2) as u32;
    let mut picture = YuvPlanarImageMut {
        y_plane: BufferStoreMut::Borrowed(y),
        y_stride: width as u32,
        u_plane: BufferStoreMut::Borrowed(u),
        u_stride: half_width,
        v_plane: BufferStoreMut::Borrowed(v),
        v_stride: half_width,
        width: width as u32,
        height: height as u32,
    };
    let converted = convert(&mut picture, from, stride as u32, RANGE, MATRIX, MODE);
    // The picture was checked before.
    debug_assert!(converted.is_ok(), "{converted:?}");
}
