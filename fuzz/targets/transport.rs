//! Any datagrams, packets, data, commands and waits, in virtual time, against a whole transport whose
//! other end plays the service: it never hangs, and nothing of it grows without an end. A panic of the
//! WebRTC library is a finding, too, though the transport would contain it.
//!
//! An input is a byte of flags (1: our end sends, 2: both have keys already) and steps: a letter, two
//! bytes, a length, and so many bytes (see `step`).
#![no_main]

use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use vsdk::fuzzing::{Change, Ends};

/// Steps of one input; more find nothing that these do not.
const MOST_STEPS: usize = 64;

/// Of sound about a second, of pictures two; see `src/media/sink.rs`.
const MOST_WAITING: u64 = 64;

fuzz_target!(|input: &[u8]| {
    let Some((flags, mut rest)) = input.split_first() else {
        return;
    };
    let mut ends = Ends::new(flags & 1 != 0, flags & 2 != 0);
    let mut changes = Vec::new();
    for _ in 0..MOST_STEPS {
        let [letter, first, second, length, bytes @ ..] = rest else {
            break;
        };
        let (bytes, others) = bytes.split_at(usize::from(*length).min(bytes.len()));
        rest = others;
        step(&mut ends, *letter, [*first, *second], bytes, &mut changes);
        assert!(ends.told() < 1000, "it tells too much");
        assert!(
            ends.waiting() <= MOST_WAITING,
            "{} frames wait",
            ends.waiting()
        );
        if let Some(failure) = ends.failure() {
            assert!(!failure.is_empty());
            return;
        }
    }
    ends.close();
    ends.pass(Duration::from_secs(60), &[]);
    ends.told();
    assert!(!ends.send_data(false, b"x"), "data is taken after the end");
});

fn step(
    ends: &mut Ends,
    letter: u8,
    [first, second]: [u8; 2],
    bytes: &[u8],
    changes: &mut Vec<Change>,
) {
    let index = usize::from(first);
    let number = u16::from_be_bytes([first, second]);
    match letter {
        // What comes to our end.
        b'a' => ends.arrive(bytes),
        // The next datagrams on their way to our end are changed.
        b'!' => changes.extend(bytes.chunks_exact(3).map(|part| Change {
            at: u16::from_be_bytes([part[0] & 0x0f, part[1]]),
            bits: part[2],
            cuts: part[0] & 0x10 != 0,
            keeps: part[0] & 0x20 != 0,
        })),
        b'p' => {
            let time = Duration::from_millis(u64::from(number).min(10_000));
            ends.pass(time, &std::mem::take(changes));
        }
        b's' => ends.start_dtls(),
        // Tracks that come, and their packets.
        b'c' => ends.consume(index),
        b'C' => ends.stop_consuming(index),
        b'k' => ends.request_key_frame(index),
        b'r' | b'R' => {
            if let [high, low, payload @ ..] = bytes {
                let sequence = u16::from_be_bytes([*high, *low]);
                let time = u32::from(second) * 960;
                ends.packet(index, sequence, time, letter == b'R', payload);
            }
        }
        // Tracks that go.
        b't' => ends.produce(index),
        b'T' => ends.stop_producing(index),
        b'f' | b'F' => {
            let time = i64::from(second) * 20_000;
            ends.frame(index, time, letter == b'F', bytes);
        }
        // Data.
        b'd' => ends.add_channel(
            number % 8,
            second & 0x80 != 0,
            (second & 0x40 != 0).then_some(5),
        ),
        b'D' => ends.remove_channel(index),
        b'm' => ends.data(index, second & 1 != 0, bytes),
        b'M' => drop(ends.send_data(second & 1 != 0, bytes)),
        b'i' => {
            // The longest that is read from the service; see `src/media/negotiation/transport.rs`.
            let text = String::from_utf8_lossy(bytes);
            let fragment: String = text.chars().take(25).collect();
            ends.restart_ice(&fragment, &text);
        }
        _ => {}
    }
}
