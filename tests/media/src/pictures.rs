//! Moving colour bars that are pushed as a camera would, and found again in what is shown.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use vsdk::media::{
    NextPicture, PictureFormat, Pushed, ReceivedPicture, Rotation, VideoInput, VideoOutput,
    VideoPicture,
};

use crate::meetings::LONG;

/// Brightness of each bar; the colours go the other way round.
const BARS: [u8; 8] = [200, 180, 155, 130, 100, 80, 50, 16];

/// Between two pictures.
const PACE: Duration = Duration::from_millis(50);

/// Colour bars of that size, moved by a number of columns, as I420 without gaps. On them is a noise,
/// another one for each move, so that it takes bits to show them well.
pub fn bars((width, height): (usize, usize), moved: usize) -> [Vec<u8>; 3] {
    let bar = |column: usize| (column + moved) % width * BARS.len() / width;
    let noise = |column: usize, row: usize| {
        let place = ((row * 4099 + column) * 31 + moved) as u32;
        (place.wrapping_mul(2_654_435_761) >> 27) as u8
    };
    let (half_width, half_height) = (width.div_ceil(2), height.div_ceil(2));
    let whole = (0..height)
        .flat_map(|row| (0..width).map(move |column| BARS[bar(column)] + noise(column, row)));
    let colours = |colour: &dyn Fn(u8) -> u8| {
        let row: Vec<u8> = (0..half_width)
            .map(|column| colour(16 * bar(2 * column % width) as u8))
            .collect();
        row.repeat(half_height)
    };
    [
        whole.collect(),
        colours(&|colour| 60 + colour),
        colours(&|colour| 190 - colour),
    ]
}

/// How alike two planes are, in decibels.
pub fn psnr(one: &[u8], other: &[u8]) -> f64 {
    assert_eq!(one.len(), other.len());
    let squares = one.iter().zip(other).map(|(one, other)| {
        let difference = f64::from(*one) - f64::from(*other);
        difference * difference
    });
    let mean = squares.sum::<f64>() / one.len() as f64;
    10.0 * (255.0 * 255.0 / mean.max(1e-9)).log10()
}

/// How alike a picture as I420 is to the bars, as they are moved at its best: which picture it was
/// nobody knows.
pub fn likeness(picture: &ReceivedPicture, moves: usize) -> f64 {
    let size = (picture.width() as usize, picture.height() as usize);
    let shown = [0, 1, 2].map(|plane| picture.plane(plane).expect("I420").0.to_vec());
    (0..moves)
        .map(|moved| {
            let bars = bars(size, moved);
            let all = [0, 1, 2].map(|plane| psnr(&shown[plane], &bars[plane]));
            all.into_iter().fold(f64::INFINITY, f64::min)
        })
        .fold(0.0, f64::max)
}

/// A camera that films moving bars, until it is dropped.
pub struct Camera {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    is_over: AtomicBool,
    width: AtomicU32,
    height: AtomicU32,
    queued: AtomicU64,
    not_sending: AtomicU64,
}

impl Camera {
    /// One that moves its bars through that many places.
    pub fn new(input: VideoInput, (width, height): (u32, u32), moves: usize) -> Self {
        let shared = Arc::new(Shared {
            is_over: AtomicBool::new(false),
            width: AtomicU32::new(width),
            height: AtomicU32::new(height),
            queued: AtomicU64::new(0),
            not_sending: AtomicU64::new(0),
        });
        let its_own = Arc::clone(&shared);
        let thread = std::thread::spawn(move || its_own.film(&input, moves));
        Self {
            shared,
            thread: Some(thread),
        }
    }

    /// Films in another size from now on.
    pub fn resize(&self, (width, height): (u32, u32)) {
        self.shared.width.store(width, Ordering::Relaxed);
        self.shared.height.store(height, Ordering::Relaxed);
    }

    /// How many pictures were taken, and how many were not sent.
    pub fn answers(&self) -> [u64; 2] {
        [&self.shared.queued, &self.shared.not_sending].map(|it| it.load(Ordering::Relaxed))
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::Relaxed);
        let thread = self.thread.take().expect("until now");
        if thread.join().is_err() {
            eprintln!("the camera has panicked");
        }
    }
}

impl Shared {
    fn film(&self, input: &VideoInput, moves: usize) {
        let mut number = 0;
        while !self.is_over.load(Ordering::Relaxed) {
            let size = [&self.width, &self.height].map(|side| side.load(Ordering::Relaxed));
            let (width, height) = (size[0] as usize, size[1] as usize);
            let [y, u, v] = bars((width, height), number % moves);
            let half_width = width.div_ceil(2);
            let picture = VideoPicture {
                format: PictureFormat::I420,
                width: size[0],
                height: size[1],
                planes: [&y, &u, &v],
                strides: [width, half_width, half_width],
                rotation: Rotation::None,
            };
            let answer = match input.push(&picture, None).expect("a good picture") {
                Pushed::Queued => &self.queued,
                Pushed::NotSending => &self.not_sending,
                other => panic!("{other:?}"),
            };
            answer.fetch_add(1, Ordering::Relaxed);
            number += 1;
            std::thread::sleep(PACE);
        }
    }
}

/// The next picture.
pub fn next(output: &VideoOutput) -> ReceivedPicture {
    match output.next_picture(LONG.into()).expect("no callback") {
        NextPicture::Picture(picture) => picture,
        other => panic!("{other:?}"),
    }
}

/// The first picture that is as wanted.
pub fn next_where(
    output: &VideoOutput,
    what: &str,
    mut is_it: impl FnMut(&ReceivedPicture) -> bool,
) -> ReceivedPicture {
    let begin = Instant::now();
    loop {
        let picture = next(output);
        if is_it(&picture) {
            return picture;
        }
        assert!(begin.elapsed() < LONG, "{what} never comes");
    }
}
