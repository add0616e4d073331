//! libopus, called by whoever has the samples and the packets: no queues, no network, nothing is late.

use opus::{Channels, Decoder};

use super::load::{Load, PACKET_FRAMES, RATE, Voice, at_pace};
use super::sound::Client;
use crate::support::figures::thread_time_us;

/// The longest packet there is, in frames.
const LONGEST_PACKET: usize = 5_760;

pub struct Direct;

impl Client for Direct {
    fn encode(&mut self, _: &str, load: Load, seconds: u32) -> Vec<f64> {
        let (mut voice, mut encoder) = (Voice::new(load.channels()), load.encoder());
        let (mut used, mut count) = (0.0, 0.0);
        at_pace(seconds, |measures| {
            let samples = voice.next();
            let begin = thread_time_us();
            load.encode(&mut encoder, samples);
            if measures {
                used += thread_time_us() - begin;
                count += 1.0;
            }
        });
        vec![used / count]
    }

    fn decode(&mut self, _: &str, tracks: usize, seconds: u32) -> Vec<f64> {
        let packets = Load::Speech.packets(250);
        let decoder = |_| Decoder::new(RATE, Channels::Mono).expect("libopus");
        let mut decoders: Vec<_> = (0..tracks).map(decoder).collect();
        let mut one = vec![0.0; LONGEST_PACKET];
        let mut mixed = vec![0.0; PACKET_FRAMES];
        let (mut number, mut used, mut count) = (0, 0.0, 0.0);
        at_pace(seconds, |measures| {
            let begin = thread_time_us();
            mixed.fill(0.0);
            for (track, decoder) in decoders.iter_mut().enumerate() {
                let packet = &packets[(number + track) % packets.len()];
                let frames = decoder.decode_float(packet, &mut one, false);
                let frames = frames.expect("a good packet");
                for (sum, sample) in mixed.iter_mut().zip(&one[..frames]) {
                    *sum += sample;
                }
            }
            number += 1;
            if measures {
                used += thread_time_us() - begin;
                count += 1.0;
            }
        });
        vec![used / count, f64::NAN, f64::NAN]
    }

    fn send(&mut self, _: &str, _: usize) {
        panic!("it has no network");
    }
}
