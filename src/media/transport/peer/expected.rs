//! Which packets of sound and pictures are handed on.
//!
//! str0m 0.25 believes the header of an RTP packet before it has found out whether the packet is
//! authentic. With an SSRC that it does not know, one becomes the new SSRC of the stream that its MID
//! names, and what the service sends by the old one is no longer that stream's: sound or pictures end
//! with a single forged datagram, and each leaves a stream behind. With the SSRC of a stream and the
//! payload type of its retransmissions, one lets them be counted from a wrong number, so that none is
//! accepted any more. The service tells the SSRCs and payload types of everything that it sends, so
//! nothing is lost by passing over all others, and what is left changes nothing unless it is authentic.
//! That is no longer needed once str0m maps streams and counts packets after decryption.

use super::{Consumer, Peer};
use crate::media::plane::Direction;
use crate::media::transport::rtp;

/// The shortest header (RFC 3550, section 5.1).
const HEADER_BYTES: usize = 12;

impl Peer {
    /// Whether a datagram is something else than an RTP packet, or one that the service may send.
    pub(super) fn is_expected(&self, datagram: &[u8]) -> bool {
        let Some((ssrc, payload_type)) = stream_of(datagram) else {
            return true;
        };
        if ssrc == rtp::PROBATOR_SSRC && payload_type == rtp::PROBATOR_PAYLOAD_TYPE {
            return self.direction == Direction::Receive;
        }
        let mut consumers = self.consumers.iter();
        consumers.any(|consumer| consumer.sends(ssrc, payload_type))
    }
}

impl Consumer {
    fn sends(&self, ssrc: u32, payload_type: u8) -> bool {
        self.stream == (ssrc, payload_type) || self.retransmissions == Some((ssrc, payload_type))
    }
}

/// SSRC and payload type of an RTP packet; none for everything else (RFC 7983, RFC 5761).
fn stream_of(datagram: &[u8]) -> Option<(u32, u8)> {
    let first = *datagram.first()?;
    let payload_type = datagram.get(1)? & 0x7f;
    let is_rtp = (128..192).contains(&first) && !(64..96).contains(&payload_type);
    let ssrc = datagram.get(HEADER_BYTES - 4..HEADER_BYTES)?;
    let ssrc = u32::from_be_bytes(ssrc.try_into().ok()?);
    is_rtp.then_some((ssrc, payload_type))
}
