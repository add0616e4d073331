//! Whether encoding keeps up with what is filmed, and how much smaller pictures have to be so that it
//! does.
//!
//! A picture that is overtaken after it has waited for a while is one that the encoder had no time for. Fewer pictures
//! are the first that comes of it; when that lasts, pictures are made smaller, step by step, until
//! the rate is what it should be, and larger again once there is time for it.

/// How long things are looked at before something is decided, in microseconds.
const WINDOW_US: u64 = 2_000_000;

/// By what each side is divided; every step halves what there is to encode, or nearly so.
const STEPS: [f64; 5] = [1.0, 4.0 / 3.0, 2.0, 8.0 / 3.0, 4.0];

/// The part of the pictures that may be overtaken without anything being done: cameras and threads
/// are not exact.
const FEW: f64 = 0.15;

/// Pictures are made larger when encoding will then take no more than this part of the time.
const ROOM: f64 = 0.7;

/// How many windows in a row there has to be room, at first; and at most, for whoever has tried in
/// vain. Each attempt costs a key frame.
const PATIENCE: (u32, u32) = (5, 60);

/// An attempt that was too much within so many windows was in vain.
const TRIAL: u32 = 5;

#[derive(Debug, Default)]
struct Window {
    /// For how long it is open.
    time_us: u64,
    encoded: u64,
    missed: u64,
    /// What encoding took in all.
    busy_us: u64,
}

#[derive(Debug)]
pub(super) struct Overload {
    /// How many pictures a second are wanted at most.
    most_fps: u32,
    step: usize,
    window: Window,
    /// How many windows in a row there was room for the next larger size.
    roomy: u32,
    patience: u32,
    /// How many windows ago pictures were made larger.
    since_larger: Option<u32>,
}

/// What has happened since the last picture.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Turn {
    /// Since the last turn, in microseconds.
    pub(super) time_us: u64,
    /// How many pictures there was no time for.
    pub(super) missed: u64,
    /// How long encoding this one took.
    pub(super) busy_us: u64,
}

impl Overload {
    pub(super) fn new(most_fps: u32) -> Self {
        Self {
            most_fps,
            step: 0,
            window: Window::default(),
            roomy: 0,
            patience: PATIENCE.0,
            since_larger: None,
        }
    }

    /// By what each side of a picture is to be divided.
    pub(super) fn scale(&self) -> f64 {
        STEPS[self.step]
    }

    /// Forgets what it has begun to look at: there was a pause.
    pub(super) fn pause(&mut self) {
        self.window = Window::default();
    }

    /// A picture was encoded.
    pub(super) fn count(&mut self, turn: Turn) {
        let window = &mut self.window;
        window.time_us += turn.time_us;
        window.encoded += 1;
        window.missed += turn.missed;
        window.busy_us += turn.busy_us;
        if window.time_us >= WINDOW_US {
            let window = std::mem::take(&mut self.window);
            self.decide(&window);
        }
    }

    fn decide(&mut self, window: &Window) {
        if let Some(windows) = &mut self.since_larger {
            *windows += 1;
            if *windows > TRIAL {
                self.since_larger = None;
                self.patience = PATIENCE.0;
            }
        }
        if self.is_too_much(window) {
            self.roomy = 0;
            if self.since_larger.take().is_some() {
                self.patience = (self.patience * 2).min(PATIENCE.1);
            }
            self.step = (self.step + 1).min(STEPS.len() - 1);
        } else if self.step > 0 && self.has_room(window) {
            self.roomy += 1;
            if self.roomy >= self.patience {
                self.roomy = 0;
                self.since_larger = Some(0);
                self.step -= 1;
            }
        } else {
            self.roomy = 0;
        }
    }

    fn is_too_much(&self, window: &Window) -> bool {
        let seconds = window.time_us as f64 / 1e6;
        let pushed = (window.encoded + window.missed) as f64;
        let wanted = pushed.min(f64::from(self.most_fps) * seconds);
        (window.encoded as f64) < wanted * (1.0 - FEW)
    }

    fn has_room(&self, window: &Window) -> bool {
        let ratio = STEPS[self.step] / STEPS[self.step - 1];
        let busy = window.busy_us as f64 / window.time_us as f64;
        busy * ratio * ratio < ROOM
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An encoder that takes so long for a whole picture, and less for a smaller one; pictures come
    /// in time. By what they are divided at the end of each second.
    fn course(overload: &mut Overload, fps: u64, whole_us: u64, seconds: u64) -> Vec<f64> {
        let interval_us = 1_000_000 / fps;
        let mut scales = Vec::new();
        let (mut now_us, mut last_us, mut pushed) = (0, 0, 0);
        while scales.len() < seconds as usize {
            // The latest that was pushed, or the next.
            let latest = (now_us / interval_us).max(pushed);
            let begin_us = now_us.max(latest * interval_us);
            let busy_us = (whole_us as f64 / overload.scale().powi(2)) as u64;
            now_us = begin_us + busy_us;
            overload.count(Turn {
                time_us: now_us - last_us,
                missed: latest - pushed,
                busy_us,
            });
            last_us = now_us;
            pushed = latest + 1;
            while now_us >= (scales.len() as u64 + 1) * 1_000_000 {
                scales.push(overload.scale());
            }
        }
        scales.truncate(seconds as usize);
        scales
    }

    fn settled(fps: u64, whole_us: u64) -> f64 {
        let scales = course(&mut Overload::new(30), fps, whole_us, 20);
        *scales.last().expect("seconds")
    }

    #[test]
    fn pictures_become_smaller_until_the_encoder_keeps_up() {
        // At 30 a second there are 33 ms for each.
        assert_eq!(settled(30, 10_000), 1.0);
        assert_eq!(settled(30, 32_000), 1.0);
        assert_eq!(settled(30, 50_000), STEPS[1]);
        assert_eq!(settled(30, 100_000), STEPS[2]);
        assert_eq!(settled(30, 200_000), STEPS[3]);
        assert_eq!(settled(30, 2_000_000), STEPS[4]);
        // At 10 a second there is three times as much.
        assert_eq!(settled(10, 90_000), 1.0);
    }

    #[test]
    fn more_than_is_wanted_is_no_overload() {
        // 30 of 120 are encoded, as wanted.
        assert_eq!(settled(120, 30_000), 1.0);
    }

    #[test]
    fn once_there_is_time_they_are_whole_again() {
        let mut overload = Overload::new(30);
        course(&mut overload, 30, 100_000, 10);
        assert_eq!(overload.scale(), STEPS[2]);
        let scales = course(&mut overload, 30, 10_000, 60);
        assert_eq!(scales.last(), Some(&1.0));
        let first = scales.iter().position(|scale| *scale < STEPS[2]);
        assert!(first.expect("larger") >= 8, "not at once: {scales:?}");
    }

    #[test]
    fn who_has_tried_in_vain_tries_less_often() {
        let mut overload = Overload::new(30);
        // Nearly room: a picture of that size takes less than is foreseen, and then more.
        let mut attempts = Vec::new();
        let mut was = 1.0;
        for second in 0..1200 {
            let whole_us = if overload.scale() > 1.0 {
                20_000
            } else {
                60_000
            };
            let scale = course(&mut overload, 30, whole_us, 1)[0];
            if scale < was {
                attempts.push(second);
            }
            was = scale;
        }
        let pauses: Vec<_> = attempts.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(pauses.len() > 2 && pauses.is_sorted(), "{pauses:?}");
        assert!(*pauses.last().expect("some") > 2 * pauses[0], "{pauses:?}");
    }

    #[test]
    fn a_pause_is_not_counted() {
        let mut overload = Overload::new(30);
        for _ in 0..10 {
            for _ in 0..10 {
                overload.count(Turn {
                    time_us: 150_000,
                    missed: 3,
                    busy_us: 150_000,
                });
            }
            overload.pause();
        }
        assert_eq!(overload.scale(), 1.0, "no window was full");
    }
}
