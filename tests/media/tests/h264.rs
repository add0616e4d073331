//! H264 as an encoder makes it: what goes in comes out.

use std::time::Duration;

use media_tests::meetings::{Client, room, server};
use media_tests::{added, frame_now, published, send_until};
use vsdk::media::{Codec, EncodedFrame, TrackKind, TrackOptions};

const PICTURE: Duration = Duration::from_millis(66);

/// The kinds of NAL units (ITU-T H.264, table 7-1) that this looks at.
const SLICE: u8 = 1;
const KEY_SLICE: u8 = 5;
const SEQUENCE_PARAMETERS: u8 = 7;
const PICTURE_PARAMETERS: u8 = 8;

/// Where start codes are, which have three or four bytes.
fn start_codes(stream: &[u8]) -> Vec<usize> {
    let mut codes = Vec::new();
    for (at, bytes) in stream.windows(3).enumerate() {
        if bytes == [0, 0, 1] {
            let has_four = at > 0 && stream[at - 1] == 0;
            codes.push(if has_four { at - 1 } else { at });
        }
    }
    codes
}

/// Cut at those places, and at its end.
fn cut<'a>(stream: &'a [u8], at: &[usize]) -> Vec<&'a [u8]> {
    let ends = at.iter().skip(1).copied().chain([stream.len()]);
    at.iter()
        .zip(ends)
        .map(|(at, end)| &stream[*at..end])
        .collect()
}

/// The NAL units, without start codes.
fn units(stream: &[u8]) -> Vec<&[u8]> {
    let units = cut(stream, &start_codes(stream)).into_iter();
    let code_length = |unit: &[u8]| unit.iter().take_while(|byte| **byte == 0).count() + 1;
    units.map(|unit| &unit[code_length(unit)..]).collect()
}

fn kind(unit: &[u8]) -> u8 {
    unit[0] & 0x1f
}

fn is_key(picture: &[u8]) -> bool {
    units(picture).iter().any(|unit| kind(unit) == KEY_SLICE)
}

/// The access units. Behind the slices of one there come the parameters of the next, or its first
/// slice: that begins with the macroblock 0, a number that is written as a single 1.
fn pictures(stream: &[u8]) -> Vec<&[u8]> {
    let is_slice = |unit: &[u8]| [SLICE, KEY_SLICE].contains(&kind(unit));
    let mut begins = Vec::new();
    let mut has_slice = true;
    for (at, unit) in start_codes(stream).into_iter().zip(units(stream)) {
        if has_slice && (!is_slice(unit) || unit[1] & 0x80 != 0) {
            begins.push(at);
            has_slice = false;
        }
        has_slice |= is_slice(unit);
    }
    cut(stream, &begins)
}

#[test]
fn pictures_of_a_real_encoder_come_out_as_they_went_in() {
    let made = pictures(include_bytes!("../media/bar.h264"));
    assert_eq!(made.len(), 60);
    assert_eq!(made.iter().filter(|picture| is_key(picture)).count(), 3);
    let longest = made
        .iter()
        .flat_map(|picture| units(picture))
        .map(<[u8]>::len);
    assert!(longest.max() > Some(2 * 1200), "one needs several packets");

    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    let bob = Client::new(&server, &room, "bob", |_| ());
    ann.join();
    bob.join();
    let mut options = TrackOptions::new(TrackKind::Video);
    options.set_codec(Codec::H264).expect("of pictures");
    let camera = ann.meeting.add_track(&options).expect("a track");
    published(&ann, &camera);
    let seen = added(&bob, "video");
    assert_eq!(seen.codec(), Codec::H264);

    // Again and again, until all that lies between two beginnings has come.
    let frame = |number: u32| {
        let picture = made[number as usize % made.len()];
        EncodedFrame {
            data: picture.into(),
            timestamp_us: i64::from(number) * 66_667,
            is_key_frame: is_key(picture),
            layer: 0,
            audio_level: None,
        }
    };
    let mut came = Vec::new();
    send_until(&camera, PICTURE, frame, || {
        while let Some(frame) = frame_now(&seen) {
            let is_it = |picture: &&[u8]| units(picture) == units(&frame.data);
            let at = made.iter().position(is_it);
            let at = at.expect("it was sent");
            let expected = came.last().map_or(at, |last| (last + 1) % made.len());
            assert_eq!(at, expected, "one is missing");
            assert_eq!(frame.is_key_frame, is_key(made[at]), "picture {at}");
            // The encoder writes some start codes with three bytes.
            let units = units(&frame.data).into_iter();
            let whole: Vec<u8> = units
                .flat_map(|unit| [&[0, 0, 0, 1], unit].concat())
                .collect();
            assert_eq!(frame.data[..], whole, "all start codes have four bytes");
            came.push(at);
        }
        (came.len() >= made.len()).then_some(())
    });
    let begin: Vec<u8> = units(made[came[0]]).into_iter().map(kind).collect();
    assert_eq!(begin[..2], [SEQUENCE_PARAMETERS, PICTURE_PARAMETERS]);
}
