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
mod way;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use str0m::Event;
use str0m::media::{MediaData, Mid};

use super::Client;
use super::content::{Content, Schedule, Spec, stamp_of};
use crate::join::bare as steps;
use crate::support::meetings::{self, HANG};
use crate::support::worker::Goal;
use feed::Made;
use room::Room;
use way::{Apart, Direct, Way};

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

    /// Joins, and gives the way on which so many tracks can be sent.
    fn publish(&mut self, room: &str, spec: Spec) -> Box<dyn Way> {
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
        match self.threads {
            Threads::One => Box::new(Direct::new(transport, spec.tracks())),
            Threads::Two => Box::new(Apart::new(transport, spec.tracks())),
        }
    }
}

/// Makes frames as they are due, while `goes_on` says so.
fn send(
    way: &mut dyn Way,
    spec: Spec,
    stamp: impl Fn() -> Option<u64>,
    is_quiet: &AtomicBool,
    mut goes_on: impl FnMut() -> bool,
) {
    let content = Content::of(spec);
    let mut schedule = Schedule::of(spec);
    let start = Instant::now();
    let mut begin = start;
    while goes_on() {
        let (track, due) = schedule.next();
        while is_quiet.load(Ordering::Relaxed) {
            way.wait(Instant::now() + GLANCE);
            begin = Instant::now() - due;
        }
        way.wait(begin + due);
        let is_key = way.wants_key(track);
        way.send(Made {
            track,
            time: start.elapsed(),
            frame: content.make(spec.is_picture(track), is_key, stamp()),
        });
    }
    way.wait(Instant::now());
}

impl Client for Bare {
    fn send(&mut self, room: &str, spec: Spec) {
        let mut way = self.publish(room, spec);
        let is_quiet = Arc::clone(&self.is_quiet);
        thread::spawn(move || send(way.as_mut(), spec, || None, &is_quiet, || true));
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
        meetings::wait_until(|| heard.load(Ordering::Relaxed) == tracks as u64);
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
        let mut way = self.publish(room, spec);
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
        send(way.as_mut(), spec, stamp, &quiet, goes_on);
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
