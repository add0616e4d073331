//! Which sizes and rates of others' pictures this participant receives.

use serde_json::{Value, json};

use super::super::outputs::Waiter;
use super::super::requests::Purpose;
use super::super::{Moment, Phase, Session};
use crate::Result;
use crate::media::negotiation::{LayerWish, PreferredLayers};

impl<T: Waiter> Session<T> {
    /// The app chooses by hand, and waits for the answer of the service. `id` is that of the service
    /// for the track.
    pub(in crate::meeting) fn prefer_layers(
        &mut self,
        now: Moment,
        id: &str,
        layers: PreferredLayers,
        waiter: T,
    ) -> Result<()> {
        self.now = now;
        self.check_inside()?;
        self.ask_for_layers(id, layers, Some(waiter))?;
        if let Some(consumer) = self.media.consumers.get_mut(id) {
            consumer.layers.set_wish(LayerWish::Layers(layers));
        }
        Ok(())
    }

    /// The app says how large it shows a track; whether there is such a track.
    pub(in crate::meeting) fn set_viewport(
        &mut self,
        now: Moment,
        track_id: &str,
        (width, height): (u32, u32),
    ) -> bool {
        self.now = now;
        let mut consumers = self.media.consumers.iter_mut();
        // Also one from an earlier connection: what stands for it on the next goes on with that.
        let found = consumers.find(|(_, one)| one.track_id == track_id);
        let Some((id, consumer)) = found else {
            return false;
        };
        consumer
            .layers
            .set_wish(LayerWish::Viewport { width, height });
        let id = id.clone();
        self.ask_for_due_layers(&id);
        true
    }

    /// Asks for what the app wants of a track and the service was not asked for, once it can be had.
    pub(super) fn ask_for_due_layers(&mut self, id: &str) {
        let known = self.media.consumers.get(id);
        let ready = known.filter(|consumer| consumer.is_ready());
        let due = ready.and_then(|consumer| consumer.layers.due());
        if let (Some(due), Phase::Inside) = (due, &self.phase) {
            // Where too much waits already, it is asked for with the next wish.
            let _ = self.ask_for_layers(id, due, None);
        }
    }

    fn ask_for_layers(
        &mut self,
        id: &str,
        layers: PreferredLayers,
        waiter: Option<T>,
    ) -> Result<()> {
        let PreferredLayers { spatial, temporal } = layers;
        let data = json!({"consumerId": id, "spatialLayer": spatial, "temporalLayer": temporal});
        let purpose = Purpose::PreferLayers {
            consumer_id: id.to_owned(),
            layers,
            waiter,
        };
        let goal = "choose the layers of the track";
        self.ask("setConsumerPreferredLayers", goal, &data, purpose)?;
        if let Some(consumer) = self.media.consumers.get_mut(id) {
            consumer.layers.set_asked(layers);
        }
        Ok(())
    }

    pub(super) fn layers_preferred(
        &mut self,
        consumer_id: &str,
        layers: PreferredLayers,
        waiter: Option<T>,
        outcome: Result<Value>,
    ) {
        let known = self.media.consumers.get_mut(consumer_id);
        if let (Some(consumer), Err(_)) = (known, &outcome) {
            consumer.layers.forget_asked(layers);
        }
        if let Some(waiter) = waiter {
            self.answer(waiter, outcome);
        }
    }
}
