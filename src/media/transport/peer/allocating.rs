//! What each encoder may make of what the network carries.

use str0m::bwe::Bitrate;

use super::{Peer, Producer};
use crate::media::allocation::{Demand, allocate};
use crate::media::negotiation::Kind;
use crate::media::transport::TransportEvent;

impl AsMut<Demand> for Producer {
    fn as_mut(&mut self) -> &mut Demand {
        &mut self.demand
    }
}

impl Peer {
    /// There are other tracks than before: what they want together is worth looking for.
    pub(super) fn demand_changed(&mut self) {
        let layers = self.producers.iter().flat_map(|one| &one.demand.layers);
        let desired = layers.map(|layer| u64::from(layer.wanted)).sum();
        let desired = Bitrate::kbps(desired);
        self.rtc.bwe().set_bitrate(Bitrate::ZERO, desired);
        self.allocate();
    }

    /// Divides what the network carries; encoders that should do something else are told.
    pub(super) fn allocate(&mut self) {
        let available = self.estimated_kbps.unwrap_or(u32::MAX);
        allocate(available, &mut self.producers);
        for producer in &self.producers {
            for (layer, granted) in (0..).zip(&producer.demand.layers) {
                let kbps = granted.granted;
                if producer.source.set_target(layer, kbps > 0, kbps) {
                    let track = producer.track;
                    self.events
                        .push_back(TransportEvent::TargetChanged { track, layer });
                }
            }
        }
    }

    /// Once a second: whether pictures get what they want, from the network and from the encoder.
    pub(super) fn look_for_limitations(&mut self) {
        if !self.is_connected {
            return;
        }
        for producer in &mut self.producers {
            if producer.source.kind.kind() != Kind::Video {
                continue;
            }
            let layers = &producer.demand.layers;
            if let Some(is_limited) = producer.limitation.look(layers) {
                self.events.push_back(TransportEvent::LimitationChanged {
                    track: producer.track,
                    is_limited,
                    wanted_kbps: layers.iter().map(|layer| layer.wanted).sum(),
                    granted_kbps: layers.iter().map(|layer| layer.granted).sum(),
                });
            }
            let encoding = producer.source.encoding();
            let reduced_by = encoding.map_or(1.0, |encoding| encoding.reduced_by);
            if reduced_by != producer.reduced_by {
                producer.reduced_by = reduced_by;
                let track = producer.track;
                self.events
                    .push_back(TransportEvent::PictureReduced { track, reduced_by });
            }
        }
    }
}
