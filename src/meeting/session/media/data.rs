//! Data channels (protocol, section 8).

use serde_json::{Value, json};

use super::super::Session;
use super::super::outputs::Waiter;
use super::super::requests::Purpose;
use crate::media::Reliability;
use crate::media::negotiation::DataChannelParameters;
use crate::media::plane::{Direction, MediaAction};
use crate::meeting::event::{Event, EventType};
use crate::{Error, Result};

/// A channel by which somebody's data comes.
pub(super) struct DataConsumer {
    pub(super) participant_id: String,
    stream_id: u16,
    reliability: Reliability,
}

fn parameters(reliability: Reliability) -> DataChannelParameters {
    let stream_id = reliability.stream_id();
    match reliability {
        Reliability::Reliable => DataChannelParameters::reliable(stream_id),
        Reliability::Unreliable => DataChannelParameters::unreliable(stream_id),
    }
}

impl<T: Waiter> Session<T> {
    /// Both channels are made with the join: the first message on one that is made for it would be
    /// lost to those whose end is not there yet.
    pub(super) fn begin_data(&mut self) {
        if self.media.send.has_data || !self.use_transport(Direction::Send) {
            return;
        }
        self.media.send.has_data = true;
        for reliability in Reliability::ALL.iter().copied() {
            let mut data = parameters(reliability).to_json();
            data["transportId"] = json!(self.media.send.id);
            data["appData"] = json!({});
            let purpose = Purpose::ProduceData(reliability);
            if let Err(error) = self.ask("produceData", "send data", &data, purpose) {
                self.data_failed(&error);
            }
        }
    }

    pub(in crate::meeting::session) fn data_produced(
        &mut self,
        reliability: Reliability,
        outcome: Result<Value>,
    ) {
        match outcome {
            Ok(_) => self.act_on_media(MediaAction::AddChannel {
                direction: Direction::Send,
                parameters: parameters(reliability),
            }),
            Err(error) => self.data_failed(&error),
        }
    }

    fn data_failed(&mut self, error: &Error) {
        self.warn(format!(
            "No data can be sent: {} {}",
            error.message(),
            error.remedy()
        ));
    }

    /// Somebody has made a channel for data.
    pub(in crate::meeting::session) fn data_consumer_came(&mut self, request: u64, data: &Value) {
        if !self.use_transport(Direction::Receive) {
            self.refuse(request, 403, "this participant receives no media");
            return;
        }
        let parameters = match DataChannelParameters::read(data) {
            Ok(parameters) => parameters,
            Err(error) => return self.refuse(request, 400, error.message()),
        };
        let text = |name: &str| data[name].as_str().unwrap_or_default().to_owned();
        let unreliable = self::parameters(Reliability::Unreliable).label;
        let consumer = DataConsumer {
            participant_id: text("peerId"),
            stream_id: parameters.stream_id,
            reliability: match parameters.label == unreliable {
                true => Reliability::Unreliable,
                false => Reliability::Reliable,
            },
        };
        let id = text("id");
        // Should the service have forgotten to close another one, it means this one from now on.
        self.data_consumer_closed(&id);
        self.media.data_consumers.insert(id, consumer);
        self.act_on_media(MediaAction::AddChannel {
            direction: Direction::Receive,
            parameters,
        });
        self.accept(request, &json!({}));
    }

    pub(in crate::meeting::session) fn data_consumer_closed(&mut self, id: &str) {
        if let Some(consumer) = self.media.data_consumers.remove(id) {
            self.act_on_media(MediaAction::RemoveChannel {
                direction: Direction::Receive,
                stream_id: consumer.stream_id,
            });
        }
    }

    /// Somebody has left; the service may close their channels afterwards, or not at all.
    pub(super) fn data_consumers_left(&mut self, participant_id: &str) {
        let consumers = self.media.data_consumers.iter();
        let ids: Vec<String> = consumers
            .filter(|(_, consumer)| consumer.participant_id == participant_id)
            .map(|(id, _)| id.clone())
            .collect();
        for id in ids {
            self.data_consumer_closed(&id);
        }
    }

    pub(super) fn data_came(&mut self, stream_id: u16, is_text: bool, data: &[u8]) {
        let mut consumers = self.media.data_consumers.values();
        let Some(consumer) = consumers.find(|one| one.stream_id == stream_id) else {
            return;
        };
        let event = Event::new(EventType::Data)
            .about(&consumer.participant_id)
            .with_code(consumer.reliability as i32)
            .with_text(if is_text { "text" } else { "binary" })
            .with_payload(data);
        self.tell(event);
    }
}
