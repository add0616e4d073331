//! How the transport and what flows over it are doing.

use std::time::Duration;

use str0m::net::Protocol;
use str0m::stats::{MediaEgressStats, MediaIngressStats, PeerStats};

use super::Peer;
use crate::media::negotiation::TransportProtocol;
use crate::media::statistics::{StreamStatistics, TransportStatistics};
use crate::runtime::lock;

/// Datagrams, of all protocols together.
#[derive(Clone, Copy, Default)]
pub(super) struct Traffic {
    packets: u64,
    bytes: u64,
}

impl Traffic {
    pub(super) fn count(&mut self, datagram: &[u8]) {
        self.packets += 1;
        self.bytes += datagram.len() as u64;
    }
}

impl Peer {
    pub(super) fn transport_measured(&self, told: &PeerStats) {
        let pair = told.selected_candidate_pair.as_ref();
        let round_trip = pair.and_then(|pair| pair.current_round_trip_time);
        *lock(&self.figures) = TransportStatistics {
            is_connected: self.is_connected,
            // The library below counts no STUN among what it received.
            bytes_sent: self.sent.bytes,
            bytes_received: self.received.bytes,
            packets_sent: self.sent.packets,
            packets_received: self.received.packets,
            round_trip_ms: round_trip.or(told.rtt).map(milliseconds),
            estimated_kbps: self.estimated_kbps,
            loss_sent: told.egress_loss_fraction,
            loss_received: told.ingress_loss_fraction,
            protocol: pair.map(|pair| match pair.protocol {
                Protocol::Udp => TransportProtocol::Udp,
                Protocol::Tcp | Protocol::SslTcp | Protocol::Tls => TransportProtocol::Tcp,
            }),
        };
    }

    pub(super) fn stream_sent(&self, told: &MediaEgressStats) {
        let mut producers = self.producers.iter();
        let Some(producer) = producers.find(|one| one.mid == told.mid) else {
            return;
        };
        if let Some(layer) = producer.rids.iter().position(|rid| *rid == told.rid) {
            let reported = told.remote.as_ref();
            let clock = producer.source.codec.clock_rate();
            let statistics = StreamStatistics {
                ssrc: producer.ssrcs.get(layer).copied(),
                bytes: told.bytes,
                packets: told.packets,
                packets_lost: reported.map(|it| lost(it.packets_lost)),
                nack_count: told.nacks,
                pli_count: told.plis,
                fir_count: told.firs,
                loss: told.loss,
                round_trip_ms: told.rtt.map(milliseconds),
                jitter_ms: reported.map(|it| ticks_in_milliseconds(it.jitter, clock)),
            };
            producer.source.set_statistics(layer, statistics);
        }
    }

    pub(super) fn stream_received(&self, told: &MediaIngressStats) {
        let mut consumers = self.consumers.iter();
        if let Some(consumer) = consumers.find(|one| one.mid == told.mid) {
            let clock = consumer.sink.codec.clock_rate();
            *lock(&consumer.sink.statistics) = StreamStatistics {
                ssrc: Some(consumer.stream.0),
                bytes: told.bytes,
                packets: told.packets,
                packets_lost: None,
                nack_count: told.nacks,
                pli_count: told.plis,
                fir_count: told.firs,
                loss: told.loss,
                round_trip_ms: told.rtt.map(milliseconds),
                // Both come with the first report.
                jitter_ms: told.loss.map(|_| ticks_in_milliseconds(told.jitter, clock)),
            };
        }
    }
}

/// The count of a report has 24 bits with a sign: duplicates can make it negative.
fn lost(reported: u64) -> u64 {
    match reported {
        0..0x80_0000 => reported,
        _ => 0,
    }
}

/// Reports tell jitter in units of the clock of RTP.
fn ticks_in_milliseconds(ticks: u32, clock_rate: u32) -> f64 {
    f64::from(ticks) * 1000.0 / f64::from(clock_rate)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jitter_is_told_in_the_units_of_each_clock() {
        assert_eq!(ticks_in_milliseconds(480, 48_000), 10.0);
        assert_eq!(ticks_in_milliseconds(900, 90_000), 10.0);
    }

    #[test]
    fn more_packets_than_were_sent_are_none_lost() {
        assert_eq!(lost(0x7f_ffff), 0x7f_ffff);
        assert_eq!(lost(0xff_ffff), 0);
        assert_eq!(lost(0xffff_ffff), 0);
    }
}
