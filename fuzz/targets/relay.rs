//! Any messages of a TURN server, or of somebody in its place: the conversation ends or goes on, says
//! no more than it has to, gives out no password, and lets datagrams through that are no longer than
//! the messages they came in.
//!
//! An input is a byte that says how the server is reached, and messages: a length in two bytes, the
//! tenths of a second that pass before it, and so many bytes. With the highest bit of the length set
//! a message answers what was said last: its transaction is put in.
#![no_main]

use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use vsdk::fuzzing::{TURN_PASSWORD, Turn};
use vsdk_fuzz::assert_plain;

/// Where a message of STUN has its transaction (RFC 8489, section 5).
const TRANSACTION: std::ops::Range<usize> = 4..20;

fuzz_target!(|input: &[u8]| {
    let Some((way, mut rest)) = input.split_first() else {
        return;
    };
    // What a server says itself, it may be answered.
    if names_password(input) {
        return;
    }
    let mut turn = Turn::new(way % 2 == 1);
    let mut said = Vec::new();
    if pass(&mut turn, Duration::ZERO, &mut said).is_none() {
        return;
    }
    assert!(!said.is_empty(), "it asks for nothing");
    while let [high, low, tenths, bytes @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([high & 0x7f, *low])).min(bytes.len());
        let (message, others) = bytes.split_at(length);
        rest = others;
        let time = Duration::from_millis(u64::from(*tenths) * 100);
        if pass(&mut turn, time, &mut said).is_none() {
            return;
        }
        let mut message = message.to_vec();
        if high & 0x80 != 0
            && let (Some(place), Some(transaction)) =
                (message.get_mut(TRANSACTION), said.get(TRANSACTION))
        {
            place.copy_from_slice(transaction);
        }
        match turn.receive(&message) {
            Ok(Some((_, datagram))) => assert!(datagram.len() <= message.len()),
            Ok(None) => {}
            Err(reason) => return assert_reason(&reason),
        }
        let wrapped = turn.wrap(b"datagram");
        assert!(
            wrapped.is_none() || turn.relayed().is_some(),
            "it is sent nowhere"
        );
    }
    pass(&mut turn, Duration::from_secs(60), &mut said);
});

/// Keeps what was said last; none when it is over.
fn pass(turn: &mut Turn, time: Duration, said: &mut Vec<u8>) -> Option<()> {
    match turn.pass(time) {
        Ok(messages) => {
            // Each request a few times, and what keeps an allocation up.
            assert!(messages.len() <= 100, "{} messages", messages.len());
            for message in messages {
                assert!(!names_password(&message));
                *said = message;
            }
            Some(())
        }
        Err(reason) => {
            assert_reason(&reason);
            None
        }
    }
}

fn names_password(bytes: &[u8]) -> bool {
    let password = TURN_PASSWORD.as_bytes();
    bytes.windows(password.len()).any(|part| part == password)
}

fn assert_reason(reason: &str) {
    assert!(!reason.is_empty() && reason.len() < 200, "{reason}");
    assert_plain(reason);
}
