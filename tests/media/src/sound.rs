//! Tones that are pushed as a microphone would, pulled as a loudspeaker would, and found again.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use vsdk::media::{AudioFormat, AudioInput, AudioOutput, Pushed};

/// What is pushed and pulled at a time.
pub const CHUNK: Duration = Duration::from_millis(10);

/// The amplitude of tones.
pub const LEVEL: f32 = 0.3;

thread_local! {
    static REQUESTS: Cell<u64> = const { Cell::new(0) };
}

/// Counts how often each thread asks for memory, or gives some back.
pub struct CountingAllocator;

fn count() {
    // A thread that is ending has nothing left to count with.
    let _ = REQUESTS.try_with(|requests| requests.set(requests.get() + 1));
}

// SAFETY: all is the system's work; counting asks for no memory.
unsafe impl GlobalAlloc for CountingAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller's contract.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        count();
        // SAFETY: the caller's contract.
        unsafe { System.dealloc(place, layout) }
    }
}

/// How often this thread asked for memory so far, or gave some back.
pub fn memory_requests() -> u64 {
    REQUESTS.with(Cell::get)
}

/// A microphone that hears one tone, until it is dropped.
pub struct Microphone {
    shared: Arc<MicrophoneShared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct MicrophoneShared {
    is_over: AtomicBool,
    queued: AtomicU64,
    not_sending: AtomicU64,
    full: AtomicU64,
    /// Counted after the first second.
    memory_requests: AtomicU64,
}

impl Microphone {
    pub fn new(input: AudioInput, hertz: f32) -> Self {
        let shared = Arc::new(MicrophoneShared::default());
        let its_own = Arc::clone(&shared);
        let thread = std::thread::spawn(move || its_own.record(&input, hertz));
        Self {
            shared,
            thread: Some(thread),
        }
    }

    /// How many chunks were taken, how many were not sent and how many were too many.
    pub fn answers(&self) -> [u64; 3] {
        let shared = &self.shared;
        [&shared.queued, &shared.not_sending, &shared.full].map(|it| it.load(Ordering::Relaxed))
    }

    /// How often pushing asked for memory after the first second.
    pub fn memory_requests(&self) -> u64 {
        self.shared.memory_requests.load(Ordering::Relaxed)
    }
}

impl Drop for Microphone {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::Relaxed);
        let thread = self.thread.take().expect("until now");
        if thread.join().is_err() {
            eprintln!("the microphone has panicked");
        }
    }
}

impl MicrophoneShared {
    fn record(&self, input: &AudioInput, hertz: f32) {
        let format = input.format();
        let mut chunk = vec![0.0; frames(format) * format.channels()];
        let mut phase = 0.0_f32;
        let step = hertz / format.sample_rate() as f32;
        at_pace(|number| {
            for frame in chunk.chunks_exact_mut(format.channels()) {
                frame.fill((phase * std::f32::consts::TAU).sin() * LEVEL);
                phase = (phase + step).fract();
            }
            let before = memory_requests();
            let pushed = input.push_f32(&chunk, None).expect("good samples");
            if number > 100 {
                let more = memory_requests() - before;
                self.memory_requests.fetch_add(more, Ordering::Relaxed);
            }
            let answers = match pushed {
                Pushed::Queued => &self.queued,
                Pushed::NotSending => &self.not_sending,
                Pushed::Full => &self.full,
                other => panic!("{other:?}"),
            };
            answers.fetch_add(1, Ordering::Relaxed);
            !self.is_over.load(Ordering::Relaxed)
        });
    }
}

/// What was heard in some time.
#[derive(Default)]
pub struct Heard {
    pub sample_rate: u32,
    /// Of the first channel.
    pub samples: Vec<f32>,
    pub decoded_frames: usize,
    pub concealed_frames: usize,
    pub silent_frames: usize,
    /// How often pulling asked for memory after the first second.
    pub memory_requests: u64,
}

/// Plays an output for so long.
pub fn listen(output: &AudioOutput, time: Duration) -> Heard {
    let format = output.format();
    let mut chunk = vec![0.0; frames(format) * format.channels()];
    let chunks = time.as_millis() / CHUNK.as_millis();
    let mut heard = Heard {
        sample_rate: format.sample_rate(),
        ..Heard::default()
    };
    at_pace(|number| {
        let before = memory_requests();
        let pulled = output.pull_f32(&mut chunk).expect("a good buffer");
        if number > 100 {
            heard.memory_requests += memory_requests() - before;
        }
        heard.decoded_frames += pulled.decoded_frames;
        heard.concealed_frames += pulled.concealed_frames;
        heard.silent_frames += pulled.silent_frames;
        heard
            .samples
            .extend(chunk.iter().step_by(format.channels()));
        u128::from(number) + 1 < chunks
    });
    heard
}

impl Heard {
    /// The loudest frequency between 100 and 2,000 hertz, to the nearest 10, and its level.
    pub fn loudest(&self) -> (u32, f32) {
        let mut loudest = (0, 0.0);
        for hertz in (100..=2000).step_by(10) {
            let level = self.level(hertz);
            if level > loudest.1 {
                loudest = (hertz, level);
            }
        }
        loudest
    }

    /// The level of a frequency: the mean of that in each tenth of a second, so that a gap does not
    /// count for more than it is long.
    pub fn level(&self, hertz: u32) -> f32 {
        let tenths = self.samples.chunks_exact(self.sample_rate as usize / 10);
        let count = tenths.len();
        let levels = tenths.map(|tenth| level_of(tenth, self.sample_rate, hertz));
        levels.sum::<f32>() / count as f32
    }

    /// The longest time without that tone.
    pub fn longest_gap(&self, hertz: u32) -> Duration {
        let block = self.sample_rate as usize / 50;
        let mut longest = 0;
        let mut gap = 0;
        for samples in self.samples.chunks_exact(block) {
            let is_there = level_of(samples, self.sample_rate, hertz) > LEVEL / 10.0;
            gap = if is_there { 0 } else { gap + 1 };
            longest = longest.max(gap);
        }
        2 * CHUNK * longest
    }
}

/// One line of the spectrum, seen through a window.
fn level_of(samples: &[f32], sample_rate: u32, hertz: u32) -> f32 {
    let turn = std::f64::consts::TAU;
    let (mut real, mut imaginary) = (0.0, 0.0);
    for (frame, sample) in samples.iter().enumerate() {
        let phase = frame as f64 * f64::from(hertz) / f64::from(sample_rate) * turn;
        let window = 1.0 - (frame as f64 / samples.len() as f64 * turn).cos();
        real += f64::from(*sample) * window * phase.cos();
        imaginary += f64::from(*sample) * window * phase.sin();
    }
    (real.hypot(imaginary) * 2.0 / samples.len() as f64) as f32
}

fn frames(format: AudioFormat) -> usize {
    format.sample_rate() as usize / 100
}

/// Does something for each chunk of time, as long as it wants; what was missed is made up for.
fn at_pace(mut work: impl FnMut(u32) -> bool) {
    let begin = Instant::now();
    for number in 0.. {
        let due = begin + number * CHUNK;
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        if !work(number) {
            return;
        }
    }
}
