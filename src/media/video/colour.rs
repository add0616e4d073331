//! From the app's pixels to those of encoders. What needs the tables of colours is in
//! [`codec`](super::codec).

use super::codec::Colours;
use super::i420::{I420, PlaneMut};
use super::picture::{PictureFormat, VideoPicture};

/// Makes a picture that was checked one of an encoder's, without turning it.
pub(super) fn read(picture: &VideoPicture<'_>, colours: &Colours, into: &mut I420) {
    into.resize((picture.width as usize, picture.height as usize));
    match picture.format {
        PictureFormat::I420 => {
            for (index, plane) in into.planes_mut().into_iter().enumerate() {
                let stride = picture.strides[index];
                copy_rows(picture.planes[index], stride, plane);
            }
        }
        PictureFormat::Nv12 => {
            let [y, u, v] = into.planes_mut();
            copy_rows(picture.planes[0], picture.strides[0], y);
            split_rows(picture.planes[1], picture.strides[1], u, v);
        }
        PictureFormat::Rgba => colours.of_rgba(picture.planes[0], picture.strides[0], into),
        PictureFormat::Bgra => colours.of_bgra(picture.planes[0], picture.strides[0], into),
    }
}

fn copy_rows(from: &[u8], stride: usize, into: PlaneMut<'_>) {
    let rows = into.bytes.chunks_exact_mut(into.width);
    for (index, row) in rows.enumerate() {
        row.copy_from_slice(&from[index * stride..][..into.width]);
    }
}

/// Takes pairs of bytes apart.
fn split_rows(from: &[u8], stride: usize, first: PlaneMut<'_>, second: PlaneMut<'_>) {
    let width = first.width;
    let firsts = first.bytes.chunks_exact_mut(width);
    let seconds = second.bytes.chunks_exact_mut(width);
    for (index, (firsts, seconds)) in firsts.zip(seconds).enumerate() {
        let pairs = from[index * stride..][..2 * width].chunks_exact(2);
        for ((first, second), pair) in firsts.iter_mut().zip(seconds).zip(pairs) {
            (*first, *second) = (pair[0], pair[1]);
        }
    }
}
