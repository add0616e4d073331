//! Packets in a stream of bytes.

use std::io::{self, ErrorKind};

const LENGTH_BYTES: usize = 2;

/// The header of a STUN message, which its length does not count.
const STUN_HEADER_BYTES: usize = 20;

/// The header of what TURN sends over a channel.
const CHANNEL_HEADER_BYTES: usize = 4;

/// The longest frame of all.
const MOST_BYTES: usize = STUN_HEADER_BYTES + u16::MAX as usize;

/// How one packet is told from the next.
#[derive(Clone, Copy, Debug)]
pub(super) enum Framing {
    /// Each behind its length in two bytes (RFC 4571).
    Length,
    /// What a TURN server sends, which says itself how long it is (RFC 8656).
    Turn,
}

/// Where a packet is, counted from the beginning of its frame.
struct Place {
    begin: usize,
    end: usize,
    /// Of the next frame.
    next: usize,
}

impl Framing {
    /// None when the frame has not begun well enough to tell.
    fn place(self, bytes: &[u8]) -> io::Result<Option<Place>> {
        let length = |at: usize| {
            let two = bytes.get(at..at + LENGTH_BYTES)?.try_into().ok()?;
            Some(usize::from(u16::from_be_bytes(two)))
        };
        let place = |begin, end, next| Some(Place { begin, end, next });
        Ok(match self {
            Framing::Length => length(0).and_then(|length| {
                let end = LENGTH_BYTES + length;
                place(LENGTH_BYTES, end, end)
            }),
            Framing::Turn => {
                let header = match bytes.first().map(|first| first >> 6) {
                    None => return Ok(None),
                    Some(0) => STUN_HEADER_BYTES,
                    Some(1) => CHANNEL_HEADER_BYTES,
                    Some(_) => return Err(ErrorKind::InvalidData.into()),
                };
                length(LENGTH_BYTES).and_then(|length| {
                    let end = header + length;
                    place(0, end, end.next_multiple_of(4))
                })
            }
        })
    }
}

/// The packet behind its length; none when two bytes cannot tell that.
pub(super) fn framed(packet: &[u8]) -> Option<Vec<u8>> {
    let length = u16::try_from(packet.len()).ok()?;
    let mut frame = Vec::with_capacity(LENGTH_BYTES + packet.len());
    frame.extend(length.to_be_bytes());
    frame.extend(packet);
    Some(frame)
}

/// What TURN sends over a channel is filled up to four bytes in a stream.
pub(super) fn padded(mut message: Vec<u8>) -> Vec<u8> {
    message.resize(message.len().next_multiple_of(4), 0);
    message
}

/// Takes packets out of what was read, however it was cut on the way.
///
/// It holds one frame of the greatest length, so whoever takes all packets before reading on always
/// finds room.
pub(super) struct Unframer {
    framing: Framing,
    buffer: Box<[u8]>,
    /// What was read and not taken.
    begin: usize,
    end: usize,
}

impl Unframer {
    pub(super) fn new(framing: Framing) -> Self {
        Self {
            framing,
            buffer: vec![0; MOST_BYTES.next_multiple_of(4)].into(),
            begin: 0,
            end: 0,
        }
    }

    /// Where further bytes go.
    pub(super) fn room(&mut self) -> &mut [u8] {
        if self.begin > 0 {
            self.buffer.copy_within(self.begin..self.end, 0);
            self.end -= self.begin;
            self.begin = 0;
        }
        &mut self.buffer[self.end..]
    }

    /// So many bytes were put there.
    pub(super) fn filled(&mut self, count: usize) {
        self.end += count;
    }

    /// Whether [`Self::take`] has one; an error when what was read makes no sense.
    pub(super) fn has_packet(&self) -> io::Result<bool> {
        Ok(self.place()?.is_some())
    }

    /// The next packet that is whole.
    pub(super) fn take(&mut self) -> Option<&[u8]> {
        let place = self.place().ok()??;
        let begin = self.begin;
        self.begin += place.next;
        Some(&self.buffer[begin + place.begin..begin + place.end])
    }

    /// That of the next packet, if all of its frame is there.
    fn place(&self) -> io::Result<Option<Place>> {
        let bytes = &self.buffer[self.begin..self.end];
        let place = self.framing.place(bytes)?;
        Ok(place.filter(|place| place.next <= bytes.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unframed(framing: Framing, stream: &[u8], most_at_once: usize) -> Vec<Vec<u8>> {
        let mut unframer = Unframer::new(framing);
        let mut packets = Vec::new();
        let mut rest = stream;
        while !rest.is_empty() {
            let room = unframer.room();
            assert!(!room.is_empty(), "all packets were taken");
            let count = rest.len().min(most_at_once).min(room.len());
            room[..count].copy_from_slice(&rest[..count]);
            unframer.filled(count);
            rest = &rest[count..];
            while let Some(packet) = unframer.take() {
                packets.push(packet.to_vec());
            }
            assert!(!unframer.has_packet().expect("it makes sense"));
        }
        packets
    }

    #[test]
    fn packets_come_out_as_they_went_in_however_they_are_cut() {
        let packets: Vec<Vec<u8>> = [1, 0, 1200, 65_535, 2, 65_535, 3]
            .iter()
            .map(|length| (0..*length).map(|byte: u32| byte as u8).collect())
            .collect();
        let stream: Vec<u8> = packets
            .iter()
            .flat_map(|packet| framed(packet).expect("it is short enough"))
            .collect();
        for most_at_once in [1, 2, 3, 1000, 70_000, usize::MAX] {
            assert!(
                unframed(Framing::Length, &stream, most_at_once) == packets,
                "{most_at_once} bytes at once"
            );
        }
    }

    #[test]
    fn half_a_packet_is_none() {
        let frame = framed(b"hello").expect("it is short");
        assert_eq!(frame, b"\x00\x05hello");
        for length in 0..frame.len() {
            assert!(
                unframed(Framing::Length, &frame[..length], 1).is_empty(),
                "{length} bytes"
            );
        }
    }

    #[test]
    fn longer_than_the_length_can_tell_is_no_frame() {
        assert!(framed(&vec![0; 65_536]).is_none());
    }

    #[test]
    fn messages_and_channels_of_turn_are_told_apart() {
        let mut message = vec![0x01, 0x03, 0, 8];
        message.extend([7; 16 + 8]);
        let mut longest = vec![0x01, 0x13, 0xff, 0xfc];
        longest.extend(vec![9; 16 + 0xfffc]);
        let channel = |length: u16| {
            let mut bytes = vec![0x40, 0x00];
            bytes.extend(length.to_be_bytes());
            bytes.extend(vec![5; usize::from(length)]);
            bytes
        };
        let packets = vec![
            message.clone(),
            channel(1),
            channel(4),
            channel(0),
            longest,
            channel(1203),
            channel(u16::MAX),
            message,
        ];
        let stream: Vec<u8> = packets.iter().cloned().flat_map(padded).collect();
        for most_at_once in [1, 3, 1000, usize::MAX] {
            assert!(
                unframed(Framing::Turn, &stream, most_at_once) == packets,
                "{most_at_once} bytes at once"
            );
        }
    }

    #[test]
    fn what_no_turn_server_sends_is_an_error() {
        let mut unframer = Unframer::new(Framing::Turn);
        unframer.room()[0] = b'\xc0';
        unframer.filled(1);
        assert!(unframer.has_packet().is_err());
        assert_eq!(unframer.take(), None);
    }
}
