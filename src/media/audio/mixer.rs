//! The sound of everybody together.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use super::arrivals::Arrivals;
use super::format::BLOCK;
use super::limiter::Limiter;
use super::playout::Player;
use super::playout::content::{Content, Shares};
use crate::Result;
use crate::media::transform::ReceivedTransform;
use crate::runtime::{lock, try_lock};

/// How many tracks are heard at once: more than anybody tells apart.
const MOST_MEMBERS: usize = 256;

/// Who is to be heard: tracks come and go on the network's thread, while another one plays.
pub(crate) struct Members {
    channels: usize,
    count: AtomicUsize,
    exchange: Mutex<Exchange>,
}

struct Exchange {
    coming: Vec<Player>,
    /// Nothing is given back to the system on the thread that plays.
    gone: Vec<Player>,
}

impl Members {
    pub(super) fn new(channels: usize) -> Self {
        Self {
            channels,
            count: AtomicUsize::new(0),
            exchange: Mutex::new(Exchange {
                coming: Vec::with_capacity(MOST_MEMBERS),
                gone: Vec::with_capacity(MOST_MEMBERS),
            }),
        }
    }

    /// One more is to be heard, once its packets were transformed; what those go to, unless there are
    /// too many.
    pub(crate) fn add(&self, transform: Arc<ReceivedTransform>) -> Result<Option<Arc<Arrivals>>> {
        let gone = {
            let mut exchange = lock(&self.exchange);
            let room = Vec::with_capacity(MOST_MEMBERS);
            std::mem::replace(&mut exchange.gone, room)
        };
        self.count.fetch_sub(gone.len(), Ordering::Relaxed);
        drop(gone);
        if self.count.load(Ordering::Relaxed) >= MOST_MEMBERS {
            return Ok(None);
        }
        let arrivals = Arc::new(Arrivals::new(Some(transform)));
        let player = Player::new(Arc::clone(&arrivals), self.channels)?;
        self.count.fetch_add(1, Ordering::Relaxed);
        lock(&self.exchange).coming.push(player);
        Ok(Some(arrivals))
    }
}

pub(super) struct Mixer {
    members: Arc<Members>,
    playing: Vec<Player>,
    one: Vec<f32>,
    limiter: Limiter,
}

impl Mixer {
    pub(super) fn new(members: Arc<Members>) -> Self {
        Self {
            playing: Vec::with_capacity(MOST_MEMBERS),
            one: vec![0.0; BLOCK * members.channels],
            limiter: Limiter::new(),
            members,
        }
    }

    pub(super) fn play(&mut self, chunk: usize, into: &mut [f32]) -> Shares {
        self.exchange();
        into.fill(0.0);
        let frames = into.len() / self.members.channels;
        let mut shares = Shares::of(Content::Silence, frames);
        for player in &mut self.playing {
            let more = player.play(chunk, &mut self.one);
            shares = shares.together(more);
            for (sum, sample) in into.iter_mut().zip(&self.one) {
                *sum += sample;
            }
        }
        self.limiter.apply(into, self.members.channels);
        shares
    }

    fn exchange(&mut self) {
        let Some(mut exchange) = try_lock(&self.members.exchange) else {
            return;
        };
        while self.playing.len() < MOST_MEMBERS
            && let Some(player) = exchange.coming.pop()
        {
            self.playing.push(player);
        }
        let mut index = 0;
        while index < self.playing.len() {
            if exchange.gone.len() < MOST_MEMBERS && self.playing[index].is_over() {
                let over = self.playing.swap_remove(index);
                exchange.gone.push(over);
            } else {
                index += 1;
            }
        }
    }
}
