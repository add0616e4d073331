//! The WebRTC library under this one, driven as directly as it can be: one thread for each transport
//! with a socket of its own, which sleeps until something comes or is due. What is told and asked goes
//! over the blocking connection of `benches/join/bare.rs`. No checks, no events, no state.
//!
//! With [`Threads::One`] that thread makes the frames, too, and takes those that come: nothing is handed
//! from one thread to another. With [`Threads::Two`] another one does, as an app does that leaves the
//! network to a library: the least that handing over costs.

mod feed;
mod room;
mod transport;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use str0m::Event;
use str0m::media::{MediaData, Mid};

use super::Client;
use super::content::{Content, Schedule, Spec, stamp_of, stamped};
use crate::join::bare as steps;
use crate::support::meetings::HANG;
use crate::support::worker::Goal;
use feed::{Feed, Made};
use room::Room;
use transport::Transport;

/// How often a thread that sends nothing looks whether it should.
const GLANCE: Duration = Duration::from_millis(100);

/// How many threads have to do with a frame.
#[derive(Clone, Copy, PartialEq)]
pub enum Threads {
    One,
    Two,
}

pub struct Bare {
    threads: Threads,
    steps: steps::Bare,
    is_quiet: Arc<AtomicBool>,
    packets: Arc<AtomicU64>,
    last_id: u32,
}

impl Bare {
    pub fn new(goal: &Goal, threads: Threads) -> Self {
        Self {
            threads,
            steps: steps::Bare::new(goal),
            is_quiet: Arc::default(),
            packets: Arc::default(),
            last_id: 0,
        }
    }

    fn join(&mut self, room: &str) -> Room {
        self.last_id += 1;
        let id = format!("bare-{}-{}", std::process::id(), self.last_id);
        Room::join(&mut self.steps, room, &id)
    }

    /// Joins and receives so many tracks on a thread of its own, which shows each frame.
    fn watch(
        &mut self,
        room: &str,
        tracks: usize,
        came: impl FnMut(MediaData) + Send + 'static,
    ) -> Arc<AtomicBool> {
        let mut came = self.taker(came);
        let mut room = self.join(room);
        let consumers = room.consumers(tracks);
        let mut transport = room.open(false);
        for consumer in &consumers {
            transport.expect(consumer);
        }
        room.connect(&mut transport, false);
        let ends = Arc::new(AtomicBool::new(false));
        let has_ended = Arc::clone(&ends);
        let packets = Arc::clone(&self.packets);
        thread::spawn(move || {
            transport.connect();
            while !has_ended.load(Ordering::Relaxed) {
                transport.run(Instant::now() + GLANCE, |event| {
                    // What fills the line comes, too.
                    if let Event::MediaData(data) = event
                        && data.mid != Mid::from(transport::PROBATOR.0)
                    {
                        came(data);
                    }
                });
                packets.store(transport.media_packets, Ordering::Relaxed);
            }
        });
        room.accept(&consumers);
        room.listen();
        ends
    }

    /// What the thread of a transport calls with each frame.
    fn taker(
        &self,
        mut came: impl FnMut(MediaData) + Send + 'static,
    ) -> Box<dyn FnMut(MediaData) + Send> {
        if self.threads == Threads::One {
            return Box::new(came);
        }
        let (sender, frames) = channel();
        thread::spawn(move || frames.iter().for_each(&mut came));
        Box::new(move |data| {
            let _ = sender.send(data);
        })
    }

    /// Joins, and gives a transport on which so many tracks can be sent.
    fn publish(&mut self, room: &str, spec: Spec) -> Transport {
        let mut room = self.join(room);
        let mut transport = room.open(true);
        for track in 0..spec.tracks() {
            let kind = spec.is_picture(track);
            transport.declare(track, kind);
        }
        room.connect(&mut transport, true);
        transport.connect();
        for track in 0..spec.tracks() {
            room.produce(&transport, track);
        }
        room.listen();
        transport
    }
}

/// Makes a frame as it is due, with the moment at which it was made, if that is to be in it.
fn make(content: &Content, is_picture: bool, is_key: bool, stamp: Option<u64>) -> Arc<[u8]> {
    let frame = content.frame(is_picture, is_key);
    match stamp {
        Some(stamp) => stamped(frame, is_picture, stamp),
        None => Arc::clone(frame),
    }
}

/// Sends frames as they are due, while `goes_on` says so, on the thread that makes them.
fn send(
    transport: &mut Transport,
    spec: Spec,
    stamp: impl Fn() -> Option<u64>,
    is_quiet: &AtomicBool,
    mut goes_on: impl FnMut() -> bool,
) {
    let content = Content::of(spec);
    let mut schedule = Schedule::of(spec);
    let start = Instant::now();
    let mut begin = start;
    let mut wants_key = vec![true; spec.tracks()];
    while goes_on() {
        let (track, due) = schedule.next();
        let mut run = |until: Instant| {
            transport.run(until, |event| {
                if let Event::KeyframeRequest(request) = event {
                    wants_key[transport::track(request.mid)] = true;
                }
            });
        };
        while is_quiet.load(Ordering::Relaxed) {
            run(Instant::now() + GLANCE);
            begin = Instant::now() - due;
        }
        run(begin + due);
        let is_picture = spec.is_picture(track);
        let is_key = std::mem::take(&mut wants_key[track]);
        let frame = make(&content, is_picture, is_key, stamp());
        transport.write(track, start.elapsed(), frame);
    }
    transport.run(Instant::now(), |_| ());
}

/// The same, on a thread of the transport's, for as long as the process lives; this one makes the frames.
fn send_apart(
    mut transport: Transport,
    spec: Spec,
    stamp: impl Fn() -> Option<u64>,
    is_quiet: &AtomicBool,
    mut goes_on: impl FnMut() -> bool,
) {
    let content = Content::of(spec);
    let mut schedule = Schedule::of(spec);
    let start = Instant::now();
    let mut begin = start;
    let feed = Arc::new(Feed::new(spec.tracks()));
    let fed = Arc::clone(&feed);
    thread::spawn(move || {
        loop {
            transport.run_with(&fed, Instant::now() + GLANCE, |event| {
                if let Event::KeyframeRequest(request) = event {
                    fed.want_key(transport::track(request.mid));
                }
            });
            for made in fed.take() {
                transport.write(made.track, made.time, made.frame);
            }
        }
    });
    while goes_on() {
        let (track, due) = schedule.next();
        while is_quiet.load(Ordering::Relaxed) {
            thread::sleep(GLANCE);
            begin = Instant::now() - due;
        }
        thread::sleep((begin + due).saturating_duration_since(Instant::now()));
        let is_picture = spec.is_picture(track);
        let frame = make(&content, is_picture, feed.wants_key(track), stamp());
        feed.put(Made {
            track,
            time: start.elapsed(),
            frame,
        });
    }
}

impl Client for Bare {
    fn send(&mut self, room: &str, spec: Spec) {
        let mut transport = self.publish(room, spec);
        let is_quiet = Arc::clone(&self.is_quiet);
        let threads = self.threads;
        thread::spawn(move || match threads {
            Threads::One => send(&mut transport, spec, || None, &is_quiet, || true),
            Threads::Two => send_apart(transport, spec, || None, &is_quiet, || true),
        });
    }

    fn set_quiet(&mut self, is_quiet: bool) {
        self.is_quiet.store(is_quiet, Ordering::Relaxed);
    }

    fn receive(&mut self, room: &str, tracks: usize) {
        let heard = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&heard);
        let mut known = Vec::new();
        self.watch(room, tracks, move |data| {
            if !known.contains(&data.mid) {
                known.push(data.mid);
                count.fetch_add(1, Ordering::Relaxed);
            }
        });
        super::wait_until(|| heard.load(Ordering::Relaxed) == tracks as u64);
    }

    fn received(&self) -> u64 {
        self.packets.load(Ordering::Relaxed)
    }

    fn first(&mut self, room: &str) -> [Duration; 2] {
        let (sender, receiver) = channel();
        let begin = Instant::now();
        let ends = self.watch(room, 2, move |data| tell_first(&sender, &data));
        let mut took = [None; 2];
        while took.contains(&None) {
            let (is_picture, at) = receiver.recv_timeout(HANG).expect("a frame");
            took[usize::from(is_picture)].get_or_insert(at - begin);
        }
        ends.store(true, Ordering::Relaxed);
        took.map(|took| took.expect("both came"))
    }

    fn latencies(&mut self, room: &str, spec: Spec, frames: usize) -> Vec<f64> {
        let begin = Instant::now();
        let mut transport = self.publish(room, spec);
        let (sender, came) = channel();
        let ends = self.watch(room, spec.tracks(), move |data| {
            let now = begin.elapsed();
            let made = stamp_of(&data.data, data.params.spec().codec.is_video());
            let took = now - Duration::from_nanos(made);
            let _ = sender.send(took.as_secs_f64() * 1e6);
        });
        let mut took = Vec::new();
        let stamp = || Some(begin.elapsed().as_nanos() as u64);
        let quiet = AtomicBool::new(false);
        let goes_on = || {
            took.extend(came.try_iter());
            took.len() < super::LATENCY_WARM_UP + frames
        };
        match self.threads {
            Threads::One => send(&mut transport, spec, stamp, &quiet, goes_on),
            Threads::Two => send_apart(transport, spec, stamp, &quiet, goes_on),
        }
        ends.store(true, Ordering::Relaxed);
        took.split_off(super::LATENCY_WARM_UP)
    }
}

/// Tells of sound, and of a picture that can be decoded.
fn tell_first(sender: &Sender<(bool, Instant)>, data: &MediaData) {
    let is_picture = data.params.spec().codec.is_video();
    if !is_picture || data.is_keyframe() {
        let _ = sender.send((is_picture, Instant::now()));
    }
}
