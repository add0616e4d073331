//! One participant's sound, played when it is asked for: the one place where packets wait.
//!
//! Packets come when they come; sound is asked for in blocks, at the pace of a loudspeaker. In
//! between, [`delay`] says how long sound should be held back; what is held back is brought there by
//! leaving periods out or playing them twice ([`stretch`]), so that the delay follows the network
//! and stays bounded, also when the clocks of both ends differ. What got lost is made up by the
//! decoder: from the copy that the packet behind it carries, or else from what was before.
//!
//! No clock, no thread and no lock that anybody waits for; after the first packets, no memory.

pub(super) mod content;
mod decoded;
mod delay;
mod stretch;
#[cfg(all(test, feature = "opus"))]
mod tests;

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::arrivals::{Arrivals, DEPTH, Packet, count};
use super::codec::{Decoder, LONGEST_PACKET, QUANTUM};
use super::format::BLOCK;
use crate::Result;
use content::{Content, Shares};
use decoded::{Decoded, TO_SHORTEN};
use delay::{Delay, LONGEST};

/// Frames are counted in microseconds on the way here, so that they may be off by one or two.
const TOLERANCE: i64 = QUANTUM as i64 / 2;

/// After so much that was made up in a row (120 ms), nothing is expected any more.
const MADE_UP: i64 = 12 * BLOCK as i64;

/// The noise of a pause is made up for a second: in a pause of speech a packet tells of it more often.
const COMFORT: i64 = 100 * BLOCK as i64;

/// A packet this far (5 s) from what is played counts on another clock.
const ANOTHER_CLOCK: i64 = 500 * BLOCK as i64;

/// A packet without sound, by which a pause of speech begins, has no more bytes.
const PAUSE_BYTES: usize = 2;

/// Sound that is held back up to 20 ms longer than it should be, or 5 ms less, is left alone.
const TOO_LONG: f32 = 2.0 * BLOCK as f32;
const TOO_SHORT: f32 = BLOCK as f32 / 2.0;

/// From 100 ms on, it is brought closer at any price.
const MUCH_TOO_LONG: f32 = 10.0 * BLOCK as f32;

/// How many blocks pass between two changes: they are less heard one by one.
const REST: usize = 5;

/// Which part of a new measurement is believed.
const BELIEVED: f32 = 1.0 / 8.0;

/// What is expected from the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    /// Nothing: it has not begun, or is a pause of that many frames so far.
    Quiet { since: i64 },
    /// The next packet.
    Speech,
}

pub(super) struct Player {
    arrivals: Arc<Arrivals>,
    channels: usize,
    decoder: Decoder,
    incoming: VecDeque<Packet>,
    /// By timestamp.
    packets: Vec<Packet>,
    emptied: Vec<Packet>,
    delay: Delay,
    decoded: Decoded,
    /// Where packets are decoded into, one of which may be longer than what is asked for.
    scratch: Vec<f32>,
    flow: Flow,
    /// The timestamp of what is decoded next.
    position: i64,
    /// Where the newest packet ends.
    newest: i64,
    /// Up to that timestamp there is nothing but silence.
    silent_until: i64,
    /// How much before `position` was made up while its packet may still come.
    owed: i64,
    made_up: i64,
    /// How much later than the fastest packet sound is played, in frames; and what the last packet
    /// alone says of it.
    lead: f32,
    last_lead: i64,
    rest: usize,
}

impl Player {
    pub(super) fn new(arrivals: Arc<Arrivals>, channels: usize) -> Result<Self> {
        Ok(Self {
            arrivals,
            channels,
            decoder: Decoder::new(channels)?,
            incoming: VecDeque::with_capacity(DEPTH),
            packets: Vec::with_capacity(DEPTH),
            emptied: Vec::with_capacity(3 * DEPTH),
            delay: Delay::new(),
            decoded: Decoded::new(channels),
            scratch: vec![0.0; LONGEST_PACKET * channels],
            flow: Flow::Quiet { since: COMFORT },
            position: 0,
            newest: 0,
            silent_until: 0,
            owed: 0,
            made_up: 0,
            lead: 0.0,
            last_lead: 0,
            rest: 0,
        })
    }

    /// Whether all that came was played, and nothing will come.
    pub(super) fn is_over(&self) -> bool {
        self.arrivals.is_closed() && self.packets.is_empty() && self.flow != Flow::Speech
    }

    /// The next block; `chunk` is how many frames at a time are asked for.
    pub(super) fn play(&mut self, chunk: usize, into: &mut [f32]) -> Shares {
        self.arrivals
            .exchange(&mut self.incoming, &mut self.emptied);
        while let Some(packet) = self.incoming.pop_front() {
            self.accept(packet, chunk);
        }
        self.skip(chunk);
        while self.decoded.len() < BLOCK {
            self.decode();
        }
        if self.flow == Flow::Speech && self.decoded.next() == Some(Content::Decoded) {
            self.stretch(chunk);
        }
        let shares = self.decoded.play(into);
        self.tell(chunk, shares);
        shares
    }

    fn tell(&self, chunk: usize, shares: Shares) {
        let figures = &self.arrivals.figures;
        let target = self.delay.target(chunk) as u32;
        figures.target_delay.store(target, Ordering::Relaxed);
        let delay = match self.flow {
            Flow::Speech => self.lead.max(0.0) as u32,
            Flow::Quiet { .. } => target,
        };
        figures.delay.store(delay, Ordering::Relaxed);
        count(&figures.played, shares.frames());
        count(&figures.concealed, shares.concealed);
        count(&figures.silent, shares.silent);
    }

    fn discard(&mut self, packet: Packet) {
        if self.emptied.len() < self.emptied.capacity() {
            self.emptied.push(packet);
        }
    }

    fn accept(&mut self, mut packet: Packet, chunk: usize) {
        if !self.arrivals.open(&mut packet) {
            return self.discard(packet);
        }
        let Some(frames) = self.decoder.frames(&packet.data) else {
            return self.discard(packet);
        };
        packet.frames = frames as i64;
        let timestamp = packet.timestamp;
        if timestamp.abs_diff(self.position) > ANOTHER_CLOCK as u64 {
            self.start_anew();
        }
        let mut lateness = self.delay.arrived(timestamp, packet.arrival);
        if self.flow != Flow::Speech {
            if lateness >= LONGEST {
                // Its clock stood still meanwhile.
                self.delay.restart();
                lateness = self.delay.arrived(timestamp, packet.arrival);
            }
            self.begin(timestamp, lateness, chunk);
        }
        let end = timestamp + packet.frames;
        if self.newest <= timestamp + TOLERANCE {
            let is_gap = timestamp > self.newest + TOLERANCE && timestamp > self.silent_until;
            self.delay.followed_gap(is_gap, packet.frames);
            // It was this one that was waited for; nothing is owed for one that others overtook.
            if self.lead < LONGEST as f32 {
                let missed = (self.position - timestamp).max(0);
                self.position -= missed.min(self.owed);
            }
            self.owed = 0;
        }
        self.newest = self.newest.max(end);
        let ahead = timestamp - (self.position - self.decoded.len() as i64);
        self.last_lead = ahead + lateness;
        self.lead += (self.last_lead as f32 - self.lead) * BELIEVED;
        if end <= self.position + TOLERANCE {
            count(&self.arrivals.figures.late_packets, 1);
            return self.discard(packet);
        }
        let place = self
            .packets
            .partition_point(|one| one.timestamp < timestamp);
        let is_known = self
            .packets
            .get(place)
            .is_some_and(|one| one.timestamp == timestamp);
        if is_known {
            return self.discard(packet);
        }
        if self.packets.len() == self.packets.capacity() {
            // Somebody sends faster than time passes: what is newest counts.
            let oldest = self.packets.remove(0);
            self.discard(oldest);
            return self.packets.push(packet);
        }
        self.packets.insert(place, packet);
    }

    /// The sender's clock is another one now.
    fn start_anew(&mut self) {
        while let Some(packet) = self.packets.pop() {
            self.discard(packet);
        }
        self.delay.restart();
        self.newest = 0;
        self.flow = Flow::Quiet { since: COMFORT };
    }

    /// Sound begins, or goes on after a pause: what is silent anyway becomes as long as suits the
    /// network.
    fn begin(&mut self, timestamp: i64, lateness: i64, chunk: usize) {
        let wanted = (self.delay.target(chunk) - lateness)
            .max(0)
            .min(LONGEST - lateness);
        self.position = timestamp - wanted + self.decoded.len() as i64;
        self.silent_until = timestamp;
        self.last_lead = wanted + lateness;
        self.lead = self.last_lead as f32;
        self.made_up = 0;
        self.owed = 0;
        self.flow = Flow::Speech;
    }

    /// Nobody asked for sound for a while: what piled up meanwhile is not played late, but never.
    fn skip(&mut self, chunk: usize) {
        let excess = self.last_lead - self.delay.target(chunk);
        if self.flow != Flow::Speech || excess.min(self.lead as i64) < LONGEST {
            return;
        }
        let before = self.position;
        while let Some(first) = self.packets.first()
            && first.timestamp + first.frames <= before + excess
        {
            self.position = first.timestamp + first.frames;
            let over = self.packets.remove(0);
            self.discard(over);
        }
        let skipped = self.position - before;
        self.last_lead -= skipped;
        self.lead = self.last_lead as f32;
        count(&self.arrivals.figures.removed, skipped as usize);
    }

    /// Whether the next packet follows on what was decoded.
    fn has_next(&self) -> bool {
        let first = self.packets.first();
        first.is_some_and(|packet| packet.timestamp <= self.position + TOLERANCE)
    }

    /// Decodes a packet, or makes up what is missing.
    fn decode(&mut self) {
        while let Some(first) = self.packets.first()
            && first.timestamp + first.frames <= self.position + TOLERANCE
        {
            let over = self.packets.remove(0);
            self.discard(over);
        }
        let Some(first) = self.packets.first() else {
            return self.nothing_came();
        };
        let (timestamp, frames) = (first.timestamp, first.frames);
        let missing = timestamp - self.position;
        if missing <= TOLERANCE {
            let packet = self.packets.remove(0);
            self.decode_packet(packet);
        } else if self.position < self.silent_until {
            self.add_silence(missing.min(BLOCK as i64));
        } else if missing > LONGEST {
            self.position = timestamp;
        } else {
            let missing = rounded(missing);
            if missing as i64 <= frames {
                let (decoder, data) = (&mut self.decoder, &self.packets[0].data);
                self.decoded.add(Content::Concealed, missing, |samples| {
                    decoder.recover(data, samples)
                });
                self.position = timestamp;
            } else {
                self.make_up((missing - rounded(frames)).min(BLOCK));
            }
        }
    }

    fn decode_packet(&mut self, packet: Packet) {
        let is_pause = packet.data.len() <= PAUSE_BYTES;
        let (decoder, scratch) = (&mut self.decoder, &mut self.scratch);
        let decoded = decoder.decode(&packet.data, scratch);
        let frames = decoded.unwrap_or(packet.frames as usize);
        let content = match is_pause {
            true => Content::Silence,
            false => Content::Decoded,
        };
        // What was made up meanwhile is not played again.
        let skipped = match self.position - packet.timestamp {
            skipped if skipped > TOLERANCE => (skipped as usize).min(frames),
            _ => 0,
        };
        let wanted = skipped * self.channels..frames * self.channels;
        self.decoded.add(content, frames - skipped, |samples| {
            samples.copy_from_slice(&scratch[wanted]);
            decoded.is_some()
        });
        self.position = packet.timestamp + packet.frames;
        self.made_up = 0;
        if is_pause {
            self.flow = Flow::Quiet { since: 0 };
        }
        self.discard(packet);
    }

    fn nothing_came(&mut self) {
        match self.flow {
            Flow::Quiet { .. } => self.add_silence(BLOCK as i64),
            Flow::Speech => {
                self.make_up(BLOCK);
                self.owed += BLOCK as i64;
                self.made_up += BLOCK as i64;
                if self.made_up >= MADE_UP {
                    self.flow = Flow::Quiet { since: 0 };
                }
            }
        }
    }

    fn make_up(&mut self, frames: usize) {
        let decoder = &mut self.decoder;
        self.decoded.add(Content::Concealed, frames, |samples| {
            decoder.conceal(samples)
        });
        self.position += frames as i64;
    }

    /// The noise of a pause, then nothing.
    fn add_silence(&mut self, frames: i64) {
        let has_noise = matches!(&mut self.flow, Flow::Quiet { since } if *since < COMFORT);
        if let Flow::Quiet { since } = &mut self.flow {
            *since = since.saturating_add(frames);
        }
        let decoder = &mut self.decoder;
        let is_whole = frames % QUANTUM as i64 == 0;
        self.decoded
            .add(Content::Silence, frames as usize, |samples| {
                has_noise && is_whole && decoder.conceal(samples)
            });
        self.position += frames;
    }

    fn stretch(&mut self, chunk: usize) {
        let excess = self.lead - self.delay.target(chunk) as f32;
        let is_urgent = excess > MUCH_TOO_LONG;
        if self.rest > 0 && !is_urgent {
            self.rest -= 1;
            return;
        }
        let figures = &self.arrivals.figures;
        if excess > TOO_LONG {
            while self.decoded.len() < TO_SHORTEN && self.has_next() {
                self.decode();
            }
            if let Some(period) = self.decoded.shorten(is_urgent) {
                self.lead -= period as f32;
                self.rest = REST;
                count(&self.arrivals.figures.removed, period);
            }
        } else if excess < -TOO_SHORT
            && let Some(period) = self.decoded.lengthen()
        {
            self.lead += period as f32;
            self.rest = REST;
            count(&figures.inserted, period);
        }
    }
}

/// What the decoder can make up comes in multiples of 2.5 ms.
fn rounded(frames: i64) -> usize {
    let quantum = QUANTUM as i64;
    (((frames + quantum / 2) / quantum).max(1) * quantum) as usize
}
