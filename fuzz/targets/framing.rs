//! Any stream of bytes with packets in it: they are the same however the stream is cut, and what was
//! framed comes out as it went in.
//!
//! An input is a byte that says whose stream it is, another that says how it is cut, and the stream.
#![no_main]

use std::iter::once;

use libfuzzer_sys::fuzz_target;
use vsdk::fuzzing::{framed, padded, unframed};

fuzz_target!(|input: &[u8]| {
    let [kind, cut, stream @ ..] = input else {
        return;
    };
    let turn = kind % 2 == 1;
    let whole = unframed(turn, once(stream));
    for size in [1, usize::from(*cut).max(1), 4096] {
        assert!(
            unframed(turn, stream.chunks(size)) == whole,
            "pieces of {size} bytes"
        );
    }
    let (packets, makes_sense) = whole;
    let taken: usize = packets.iter().map(|packet| packet.len()).sum();
    assert!(taken <= stream.len());
    if turn {
        let again: Vec<u8> = packets.iter().cloned().flat_map(padded).collect();
        assert!(unframed(true, once(&again[..])) == (packets, true));
    } else {
        assert!(makes_sense, "any bytes can be a length");
        let again: Vec<u8> = packets
            .iter()
            .flat_map(|packet| framed(packet).expect("it came in a frame"))
            .collect();
        assert!(stream.starts_with(&again));
        assert!(unframed(false, once(&again[..])) == (packets, true));
    }
    let packet = framed(stream);
    assert_eq!(packet.is_some(), stream.len() <= usize::from(u16::MAX));
});
