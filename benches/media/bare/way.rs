//! The way of frames to the network, from the thread that makes them.

use std::sync::Arc;
use std::thread;
use std::time::Instant;

use str0m::Event;

use super::GLANCE;
use super::feed::{Feed, Made};
use super::transport::{self, Transport};

pub trait Way: Send {
    fn wait(&mut self, until: Instant);

    /// Whether the next frame of that track is to be a key frame; asked once.
    fn wants_key(&mut self, track: usize) -> bool;

    fn send(&mut self, made: Made);
}

/// On that thread itself, which does all that the transport has to do while it waits.
pub struct Direct {
    transport: Transport,
    wants_key: Vec<bool>,
}

impl Direct {
    pub fn new(transport: Transport, tracks: usize) -> Self {
        Self {
            transport,
            wants_key: vec![true; tracks],
        }
    }
}

impl Way for Direct {
    fn wait(&mut self, until: Instant) {
        self.transport.run(until, |event| {
            if let Event::KeyframeRequest(request) = event {
                self.wants_key[transport::track(request.mid)] = true;
            }
        });
    }

    fn wants_key(&mut self, track: usize) -> bool {
        std::mem::take(&mut self.wants_key[track])
    }

    fn send(&mut self, made: Made) {
        self.transport.write(made.track, made.time, made.frame);
    }
}

/// Over a thread of the transport's, for as long as the process lives.
pub struct Apart(Arc<Feed>);

impl Apart {
    pub fn new(mut transport: Transport, tracks: usize) -> Self {
        let feed = Arc::new(Feed::new(tracks));
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
        Self(feed)
    }
}

impl Way for Apart {
    fn wait(&mut self, until: Instant) {
        thread::sleep(until.saturating_duration_since(Instant::now()));
    }

    fn wants_key(&mut self, track: usize) -> bool {
        self.0.wants_key(track)
    }

    fn send(&mut self, made: Made) {
        self.0.put(made);
    }
}
