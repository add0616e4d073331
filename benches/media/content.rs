//! What all clients carry: real frames that decode to silence and to a small grey picture. Behind
//! them is room that no decoder reads, so that they have any size, and can tell when they were made.

use std::sync::Arc;
use std::time::Duration;

/// Of Opus (RFC 6716, 3.2.5): 20 ms of silence, and 80 bytes of padding.
const SOUND: [u8; 5] = [0xfb, 0x41, 80, 0xff, 0xfe];
const SOUND_BYTES: usize = SOUND.len() + 80;

/// Of VP8, 16 x 16 pixels, made with libvpx. Its last partition goes to the end of the frame, however
/// long that is (RFC 6386, 9.5).
const KEY_PICTURE: [u8; 30] = [
    0x70, 0x02, 0x00, 0x9d, 0x01, 0x2a, 0x10, 0x00, 0x10, 0x00, 0x39, 0x05, 0x00, 0x01, 0x1c, 0x24,
    0x0c, 0x2c, 0x2c, 0x44, 0xcc, 0x24, 0x40, 0x10, 0x00, 0x00, 0x30, 0xcb, 0x00, 0x00,
];
/// The same as the one before it.
const NEXT_PICTURE: [u8; 27] = [
    0xf1, 0x02, 0x00, 0xe3, 0x4b, 0xd8, 0x04, 0x67, 0xaf, 0x10, 0x4f, 0x4f, 0xb1, 0x0a, 0x2f, 0xde,
    0x3f, 0x80, 0x1f, 0xc0, 0x61, 0xbf, 0xd0, 0x30, 0x00, 0x10, 0x00,
];

/// What one participant sends.
#[derive(Clone, Copy)]
pub struct Spec {
    pub sounds: usize,
    pub pictures: usize,
    /// Of each picture.
    pub picture_bytes: usize,
}

/// What 2.5 megabits are, thirtieth by thirtieth.
pub const PICTURE_BYTES: usize = 2_500_000 / 8 / 30;

impl Spec {
    pub const fn sounds(sounds: usize) -> Self {
        Self {
            sounds,
            pictures: 0,
            picture_bytes: PICTURE_BYTES,
        }
    }

    pub const fn pictures(pictures: usize) -> Self {
        Self {
            sounds: 0,
            pictures,
            picture_bytes: PICTURE_BYTES,
        }
    }

    pub const fn tracks(self) -> usize {
        self.sounds + self.pictures
    }

    /// As an order to a worker has it.
    pub fn words(self) -> String {
        format!("{} {} {}", self.sounds, self.pictures, self.picture_bytes)
    }

    pub fn of(words: &[&str]) -> Self {
        let number = |index: usize| words[index].parse().expect("a number");
        Self {
            sounds: number(0),
            pictures: number(1),
            picture_bytes: number(2),
        }
    }

    /// Whether a track is one of pictures; those of sound come first.
    pub const fn is_picture(self, track: usize) -> bool {
        track >= self.sounds
    }

    /// From one frame of a track to the next.
    pub const fn pace(self, track: usize) -> Duration {
        match self.is_picture(track) {
            true => Duration::from_nanos(1_000_000_000 / 30),
            false => Duration::from_millis(20),
        }
    }
}

/// The frames. Whoever sends makes them once, as an encoder would be none of what is measured.
pub struct Content {
    sound: Arc<[u8]>,
    key_picture: Arc<[u8]>,
    next_picture: Arc<[u8]>,
}

impl Content {
    pub fn of(spec: Spec) -> Self {
        let filled = |begin: &[u8], bytes: usize| {
            let mut frame = begin.to_vec();
            frame.resize(bytes.max(begin.len() + 8), 0);
            Arc::from(frame)
        };
        Self {
            sound: filled(&SOUND, SOUND_BYTES),
            key_picture: filled(&KEY_PICTURE, spec.picture_bytes),
            next_picture: filled(&NEXT_PICTURE, spec.picture_bytes),
        }
    }

    /// A frame, with a number in it where one is given.
    pub fn make(&self, is_picture: bool, is_key: bool, stamp: Option<u64>) -> Arc<[u8]> {
        let frame = self.frame(is_picture, is_key);
        match stamp {
            Some(stamp) => stamped(frame, is_picture, stamp),
            None => Arc::clone(frame),
        }
    }

    fn frame(&self, is_picture: bool, is_key: bool) -> &Arc<[u8]> {
        match (is_picture, is_key) {
            (false, _) => &self.sound,
            (true, true) => &self.key_picture,
            (true, false) => &self.next_picture,
        }
    }
}

/// Where there is room for a stamp in that frame.
fn stamp_at(frame: &[u8], is_picture: bool) -> usize {
    match is_picture {
        false => SOUND.len(),
        // RFC 6386, 9.1: the lowest bit of the first byte is 0 for a key frame.
        true if frame[0] & 1 == 0 => KEY_PICTURE.len(),
        true => NEXT_PICTURE.len(),
    }
}

/// That frame with a number in it.
fn stamped(frame: &[u8], is_picture: bool, stamp: u64) -> Arc<[u8]> {
    let at = stamp_at(frame, is_picture);
    let mut frame = frame.to_vec();
    frame[at..at + 8].copy_from_slice(&stamp.to_be_bytes());
    frame.into()
}

/// The number in a frame.
pub fn stamp_of(frame: &[u8], is_picture: bool) -> u64 {
    let at = stamp_at(frame, is_picture);
    u64::from_be_bytes(frame[at..at + 8].try_into().expect("eight bytes"))
}

/// When the frames of a participant are due: as evenly as they can be.
pub struct Schedule {
    spec: Spec,
    /// Of each track the next one, from the beginning on.
    due: Vec<Duration>,
}

impl Schedule {
    pub fn of(spec: Spec) -> Self {
        let due = |track: usize| {
            let (index, count) = match spec.is_picture(track) {
                true => (track - spec.sounds, spec.pictures),
                false => (track, spec.sounds),
            };
            spec.pace(track) * index as u32 / count as u32
        };
        Self {
            spec,
            due: (0..spec.tracks()).map(due).collect(),
        }
    }

    /// Whose frame is due next, and when.
    pub fn next(&mut self) -> (usize, Duration) {
        let soonest = (0..self.due.len()).min_by_key(|track| self.due[*track]);
        let track = soonest.expect("somebody who sends something");
        let due = self.due[track];
        self.due[track] += self.spec.pace(track);
        (track, due)
    }
}
