//! Playing in virtual time: a sender, a network and a loudspeaker, each with its own clock.

use std::sync::Arc;

use super::super::codec::{Encoder, EncoderSettings};
use super::super::tests::tone::{level_of, tone};
use super::*;

const HERTZ: f32 = 440.0;
const LEVEL: f32 = 0.3;
/// Of packets, in microseconds.
const PACKET: i64 = 20_000;

fn encoder(packet_ms: u32, dtx: bool) -> Encoder {
    let mut encoder = Encoder::new(&EncoderSettings {
        channels: 1,
        packet_ms,
        max_playback_rate: 48_000,
        kbps: 32,
        is_speech: true,
        fec: true,
        dtx,
    })
    .unwrap();
    encoder.set_expected_loss(20);
    encoder
}

/// A tone of so many seconds in packets.
fn packets(seconds: usize) -> Vec<Vec<u8>> {
    encoded(&tone(seconds * 48_000, 48_000, HERTZ, LEVEL))
}

fn encoded(samples: &[f32]) -> Vec<Vec<u8>> {
    let mut encoder = encoder(20, false);
    let mut packet = vec![0; 4_000];
    samples
        .chunks_exact(960)
        .map(|chunk| {
            let bytes = encoder.encode(chunk, &mut packet).unwrap();
            packet[..bytes].to_vec()
        })
        .collect()
}

/// What came of it.
struct Heard {
    samples: Vec<f32>,
    shares: Vec<Shares>,
    /// The delay after each block, in milliseconds.
    delays: Vec<f64>,
    arrivals: Arc<Arrivals>,
}

impl Heard {
    fn all(&self) -> Shares {
        let mut all = Shares::default();
        for shares in &self.shares {
            all += *shares;
        }
        all
    }

    /// The longest time without sound after the first second, in blocks.
    fn longest_gap(&self) -> usize {
        let mut longest = 0;
        let mut gap = 0;
        for block in self.samples.chunks_exact(BLOCK).skip(100) {
            let peak = block
                .iter()
                .fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
            gap = if peak < LEVEL / 10.0 { gap + 1 } else { 0 };
            longest = longest.max(gap);
        }
        longest
    }

    /// The level of the tone after the first second.
    fn level(&self) -> f32 {
        let later: Vec<f32> = self.samples[48_000..]
            .chunks_exact(4_800)
            .map(|tenth| level_of(tenth, 48_000, HERTZ))
            .collect();
        later.iter().sum::<f32>() / later.len() as f32
    }

    fn count(&self, figure: impl Fn(&crate::media::PlayoutStatistics) -> u64) -> u64 {
        figure(&self.arrivals.statistics())
    }
}

/// Plays packets that arrive at these times, in microseconds; `None`: it got lost. The loudspeaker
/// takes `block_us` for 10 ms.
fn play(packets: &[Vec<u8>], arrives: impl Fn(i64) -> Option<i64>, block_us: i64) -> Heard {
    let arrivals = Arc::new(Arrivals::new(None));
    let mut player = Player::new(Arc::clone(&arrivals), 1).unwrap();
    let mut coming: Vec<(i64, usize)> = (0..packets.len())
        .filter_map(|number| Some((arrives(number as i64)?, number)))
        .collect();
    coming.sort_unstable();
    let mut coming = coming.into_iter().peekable();
    let end = packets.len() as i64 * PACKET;
    let mut heard = Heard {
        samples: Vec::new(),
        shares: Vec::new(),
        delays: Vec::new(),
        arrivals: Arc::clone(&arrivals),
    };
    let mut now = 0;
    while now < end {
        while let Some((at, number)) = coming.next_if(|(at, _)| *at <= now) {
            // RTP begins anywhere.
            let timestamp = 77_000_000 + number as i64 * PACKET;
            arrivals.push_at(timestamp, at, &packets[number]);
        }
        let mut block = [0.0; BLOCK];
        heard.shares.push(player.play(BLOCK, &mut block));
        heard.samples.extend(block);
        heard.delays.push(arrivals.statistics().delay_ms);
        now += block_us;
    }
    heard
}

fn chance(number: i64) -> i64 {
    let mixed = (number as u64 ^ 0x5555).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed ^ (mixed >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 40) as i64
}

#[test]
fn what_comes_in_time_is_played_as_it_was_sent() {
    let heard = play(&packets(6), |number| Some(number * PACKET + 30_000), 10_000);
    let all = heard.all();
    assert_eq!(all.concealed, 0, "{all:?}");
    // Silence is only before the first.
    assert!(all.silent < 9 * BLOCK, "{all:?}");
    assert!(
        heard.shares[20..]
            .iter()
            .all(|shares| shares.decoded == BLOCK)
    );
    assert!(
        (heard.level() - LEVEL).abs() < LEVEL / 10.0,
        "{}",
        heard.level()
    );
    // On a network without jitter, little is held back.
    assert!(
        *heard.delays.last().unwrap() < 40.0,
        "{:?}",
        heard.delays.last()
    );
}

#[test]
fn jitter_is_waited_for() {
    // Half of the packets are up to 80 ms late.
    let late = |number| (chance(number) % 2) * (chance(number + 1) % 80_000);
    let heard = play(
        &packets(20),
        |number| Some(number * PACKET + late(number)),
        10_000,
    );
    let after_learning = &heard.shares[500..];
    let concealed: usize = after_learning.iter().map(|shares| shares.concealed).sum();
    let all = after_learning.len() * BLOCK;
    assert!(concealed * 20 < all, "{concealed} of {all}");
    let delay = *heard.delays.last().unwrap();
    assert!((60.0..130.0).contains(&delay), "{delay}");
    assert!(
        heard.count(|it| it.inserted_frames) > 0,
        "it had to be held back for longer"
    );
    assert!(heard.longest_gap() <= 2, "{}", heard.longest_gap());
}

#[test]
fn what_was_overtaken_is_played_in_order() {
    // Every fifth packet is overtaken by the next.
    let late = |number| i64::from(number % 5 == 0) * 25_000;
    let heard = play(
        &packets(10),
        |number| Some(number * PACKET + late(number)),
        10_000,
    );
    let concealed: usize = heard.shares[300..]
        .iter()
        .map(|shares| shares.concealed)
        .sum();
    assert_eq!(concealed, 0);
    assert_eq!(heard.longest_gap(), 0);
}

#[test]
fn what_is_lost_is_made_up() {
    for (percent, most_gap, least) in [(5, 1, 0.8), (20, 3, 0.6)] {
        let arrives =
            |number| (chance(number) % 100 >= percent).then_some(number * PACKET + 30_000);
        let heard = play(&packets(20), arrives, 10_000);
        let all = heard.all();
        let lost = all.concealed as f32 / all.frames() as f32 * 100.0;
        assert!(
            (lost - percent as f32).abs() < percent as f32 / 2.0,
            "{lost} % made up"
        );
        assert!(
            heard.longest_gap() <= most_gap,
            "{} at {percent} %",
            heard.longest_gap()
        );
        assert!(
            heard.level() > LEVEL * least,
            "{} at {percent} %",
            heard.level()
        );
    }
}

#[test]
fn what_is_lost_is_taken_from_the_packet_behind_it() {
    // The pitch changes every 200 ms, and just then a packet gets lost: nothing before tells of it.
    const PITCHES: [f32; 2] = [400.0, 900.0];
    let samples: Vec<f32> = (0..100)
        .flat_map(|part| tone(9_600, 48_000, PITCHES[part % 2], LEVEL))
        .collect();
    let arrives = |number| (number % 10 != 0).then_some(number * PACKET);
    let heard = play(&encoded(&samples), arrives, 10_000);
    let pitch = |block: usize| {
        let samples = &heard.samples[block * BLOCK..(block + 1) * BLOCK];
        let [low, high] = PITCHES.map(|hertz| level_of(samples, 48_000, hertz));
        low > high
    };
    let made_up = |block: &usize| heard.shares[*block].concealed == BLOCK;
    let made_up: Vec<usize> = (500..1_900).filter(made_up).collect();
    assert!(made_up.len() > 50, "{}", made_up.len());
    // As it goes on half a part later.
    let right = made_up
        .iter()
        .filter(|block| pitch(**block) == pitch(**block + 8));
    let right = right.count();
    assert!(
        right * 10 > made_up.len() * 8,
        "{right} of {}",
        made_up.len()
    );
}

#[test]
fn what_was_waited_for_is_played_when_it_comes_after_all() {
    let stall = 5_000_000..5_090_000;
    let arrives = |number| {
        let at = number * PACKET;
        Some(if stall.contains(&at) { stall.end } else { at })
    };
    let heard = play(&packets(8), arrives, 10_000);
    assert!(heard.all().concealed > 0, "it was late");
    assert_eq!(heard.count(|it| it.late_packets), 0, "not too late");
}

#[test]
fn what_is_sent_again_too_late_holds_up_nothing() {
    // Every second nothing comes for 160 ms but one packet from before, and none of it comes later.
    let arrives = |number: i64| match number % 50 {
        35 => Some((number + 11) * PACKET),
        40..48 => None,
        _ => Some(number * PACKET),
    };
    let heard = play(&packets(20), arrives, 10_000);
    assert_eq!(heard.count(|it| it.late_packets), 20, "one each second");
    let later = &heard.delays[200..];
    let most = later.iter().fold(0.0_f64, |most, delay| most.max(*delay));
    assert!(most < 80.0, "{most}");
}

#[test]
fn after_a_stall_the_delay_comes_back() {
    // Nothing for 300 ms, then all at once.
    let stall = 5_000_000..5_300_000;
    let arrives = |number| {
        let at = number * PACKET;
        Some(if stall.contains(&at) { stall.end } else { at })
    };
    let heard = play(&packets(15), arrives, 10_000);
    let most = heard
        .delays
        .iter()
        .fold(0.0_f64, |most, delay| most.max(*delay));
    assert!(most < 600.0, "{most}");
    let delay = *heard.delays.last().unwrap();
    assert!(delay < 60.0, "{delay}");
    assert!(
        heard.count(|it| it.removed_frames) > 48 * 50,
        "it caught up"
    );
}

#[test]
fn after_nobody_asked_for_sound_the_latest_is_played() {
    let packets = packets(6);
    // 3 s are more than waits for somebody to play it.
    for pause in [70, 150, 300] {
        let arrivals = Arc::new(Arrivals::new(None));
        let mut player = Player::new(Arc::clone(&arrivals), 1).unwrap();
        let mut later = Shares::default();
        for number in 0..600_i64 {
            if number % 2 == 0 {
                let at = number * 10_000;
                arrivals.push_at(at, at, &packets[number as usize / 2]);
            }
            if (100..100 + pause).contains(&number) {
                continue;
            }
            let mut block = [0.0; BLOCK];
            let shares = player.play(BLOCK, &mut block);
            if number >= 100 + pause {
                later += shares;
            }
            if number == 100 + pause + 3 {
                let delay = arrivals.statistics().delay_ms;
                assert!(delay < 60.0, "{delay} ms after {pause} blocks");
            }
        }
        let removed = arrivals.statistics().removed_frames;
        let missed = pause as u64 * BLOCK as u64;
        assert!(removed + 4 * 960 > missed, "{removed} of {missed}");
        assert!(removed < missed + 4 * 960, "{removed} of {missed}");
        assert!(later.concealed <= 2 * BLOCK, "{later:?}");
    }
}

#[test]
fn clocks_that_differ_do_not_add_up() {
    // By 0.5 %, which is a lot: 300 ms in a minute.
    for block_us in [9_950, 10_050] {
        let heard = play(&packets(60), |number| Some(number * PACKET), block_us);
        let later = &heard.delays[500..];
        let most = later.iter().fold(0.0_f64, |most, delay| most.max(*delay));
        assert!(most < 70.0, "{most} ms with {block_us}");
        let all = heard.all();
        assert!(all.concealed * 50 < all.frames(), "{all:?} with {block_us}");
        assert!(heard.longest_gap() <= 1, "{}", heard.longest_gap());
        let changed = match block_us {
            9_950 => heard.count(|it| it.inserted_frames),
            _ => heard.count(|it| it.removed_frames),
        };
        // 0.3 seconds of 48 kHz, more or less.
        assert!(
            (8_000..22_000).contains(&changed),
            "{changed} with {block_us}"
        );
    }
}

#[test]
fn a_tone_stays_a_tone_while_it_is_stretched() {
    let heard = play(&packets(30), |number| Some(number * PACKET), 10_050);
    assert!(heard.count(|it| it.removed_frames) > 0);
    // Played faster, but at its pitch.
    assert!(
        (heard.level() - LEVEL).abs() < LEVEL / 8.0,
        "{}",
        heard.level()
    );
}

#[test]
fn nothing_is_silence_and_garbage_is_no_sound() {
    let heard = play(
        &vec![Vec::new(); 50],
        |number| Some(number * PACKET),
        10_000,
    );
    assert_eq!(heard.all().silent, heard.all().frames());
    assert!(heard.samples.iter().all(|sample| *sample == 0.0));
    let garbage: Vec<Vec<u8>> = (0..200).map(|number| vec![number as u8; 7]).collect();
    let heard = play(&garbage, |number| Some(number * PACKET), 10_000);
    assert!(heard.samples.iter().all(|sample| sample.is_finite()));
}

#[test]
fn an_outage_is_made_up_for_a_moment_and_then_silent() {
    let arrives = |number: i64| (number < 100).then_some(number * PACKET);
    let heard = play(&packets(10), arrives, 10_000);
    let all = heard.all();
    assert_eq!(all.concealed, MADE_UP as usize, "{all:?}");
    assert!(
        heard.samples[4 * 48_000..]
            .iter()
            .all(|sample| sample.abs() < 0.01)
    );
    // Its end is no loss of what comes after it.
    let arrives = |number: i64| (!(100..200).contains(&number)).then_some(number * PACKET);
    let heard = play(&packets(6), arrives, 10_000);
    assert!(
        heard.shares[430..]
            .iter()
            .all(|shares| shares.decoded == BLOCK)
    );
}

#[test]
fn a_pause_of_speech_is_no_loss() {
    let mut samples = tone(2 * 48_000, 48_000, HERTZ, LEVEL);
    samples.resize(6 * 48_000, 0.0);
    samples.extend(tone(2 * 48_000, 48_000, HERTZ, LEVEL));
    let mut encoder = encoder(20, true);
    let mut packet = vec![0; 4_000];
    let mut was_pause = false;
    let packets: Vec<Vec<u8>> = samples
        .chunks_exact(960)
        .map(|chunk| {
            let bytes = encoder.encode(chunk, &mut packet).unwrap();
            let is_pause = bytes <= PAUSE_BYTES;
            let is_sent = !(std::mem::replace(&mut was_pause, is_pause) && is_pause);
            packet[..if is_sent { bytes } else { 0 }].to_vec()
        })
        .collect();
    let unsent = packets.iter().filter(|packet| packet.is_empty()).count();
    assert!(unsent > 100, "{unsent} were not sent");
    let arrives =
        |number: i64| (!packets[number as usize].is_empty()).then_some(number * PACKET + 20_000);
    let heard = play(&packets, arrives, 10_000);
    let all = heard.all();
    assert_eq!(all.concealed, 0, "{all:?}");
    assert!(all.silent > 3 * 48_000, "{all:?}");
    assert!(level_of(&heard.samples[7 * 48_000..], 48_000, HERTZ) > LEVEL * 0.8);
}

#[test]
fn another_connection_counts_on_another_clock() {
    let packets = packets(6);
    let arrivals = Arc::new(Arrivals::new(None));
    let mut player = Player::new(Arc::clone(&arrivals), 1).unwrap();
    let mut decoded = 0;
    for number in 0..600 {
        let begin = if number < 300 { 900_000_000 } else { 5_000 };
        if number % 2 == 0 {
            let timestamp = begin + number * 10_000;
            arrivals.push_at(timestamp, number * 10_000, &packets[number as usize / 2]);
        }
        let mut block = [0.0; BLOCK];
        let shares = player.play(BLOCK, &mut block);
        if number > 320 {
            decoded += shares.decoded;
        }
    }
    assert_eq!(decoded, 279 * BLOCK);
}
