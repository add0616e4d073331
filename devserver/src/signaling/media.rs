//! What a participant sends and receives.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use crate::sfu;

/// The most transports of one participant. Clients have two; the rest is for those that renew them.
const TRANSPORT_LIMIT: usize = 64;
/// The most media producers of one participant, and the most data producers.
const PRODUCER_LIMIT: usize = 64;

pub(crate) struct Transport {
    /// Whether the client sends over it; else it receives.
    pub producing: bool,
    pub handle: sfu::Transport,
}

/// A running producer of audio or video.
#[derive(Clone)]
pub(crate) struct Producer {
    /// `audio`, `video`, `share` or `shareAudio`.
    pub kind: &'static str,
    pub app_data: Value,
    pub paused: bool,
    /// Whether the room it is in takes it into account for who speaks.
    pub listened_to: bool,
    pub handle: sfu::Producer,
}

impl Producer {
    pub fn id(&self) -> &str {
        self.handle.id()
    }

    pub fn is_audio(&self) -> bool {
        matches!(self.kind, "audio" | "shareAudio")
    }
}

#[derive(Clone)]
pub(crate) struct DataProducer {
    pub app_data: Value,
    pub handle: sfu::DataProducer,
}

/// What a participant is sent of another's producer.
pub(crate) struct Consumer {
    pub producer_id: String,
    /// The kind of the producer.
    pub kind: &'static str,
    /// The request that told the client of it. Until that is answered nothing is sent.
    pub told_in: u64,
    /// Whether the client has it paused.
    pub paused: bool,
    pub handle: sfu::Consumer,
}

pub(crate) struct DataConsumer {
    pub producer_id: String,
    pub handle: sfu::DataConsumer,
}

#[derive(Default)]
pub(crate) struct Media {
    transports: Vec<Transport>,
    pub producers: Vec<Producer>,
    pub data_producers: Vec<DataProducer>,
    pub consumers: Vec<Consumer>,
    pub data_consumers: Vec<DataConsumer>,
    /// The producers, of media and data, whose consumers are here, under way, or cannot be.
    pub consumed: HashSet<String>,
    /// What it can receive; known from its joining on.
    pub capabilities: Option<sfu::Capabilities>,
    /// Whether it is sent what it has not asked for.
    pub auto_consume: bool,
    /// Where it has said otherwise: by the id of the other participant, and whether it is audio.
    pub choices: HashMap<(String, bool), bool>,
    /// Whether it wants to be sent only what it can show.
    pub adapts: bool,
}

/// There is no place for one more.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Full;

impl Media {
    pub fn check_transports(&self) -> Result<(), Full> {
        within(self.transports.len(), TRANSPORT_LIMIT)
    }

    pub fn check_producers(&self) -> Result<(), Full> {
        within(self.producers.len(), PRODUCER_LIMIT)
    }

    pub fn check_data_producers(&self) -> Result<(), Full> {
        within(self.data_producers.len(), PRODUCER_LIMIT)
    }

    pub fn add_transport(&mut self, transport: Transport) {
        self.transports.push(transport);
    }

    pub fn transport(&self, id: &str) -> Option<&Transport> {
        self.transports.iter().find(|one| one.handle.id() == id)
    }

    /// The newest transport for sending, or for receiving.
    pub fn newest_transport(&self, producing: bool) -> Option<&Transport> {
        let mut newest_first = self.transports.iter().rev();
        newest_first.find(|one| one.producing == producing)
    }

    pub fn close_transports(&mut self, producing: bool) {
        self.transports.retain(|one| one.producing != producing);
    }

    pub fn producer(&self, id: &str) -> Option<&Producer> {
        self.producers.iter().find(|producer| producer.id() == id)
    }

    pub fn remove_producer(&mut self, id: &str) -> Option<Producer> {
        let index = self.producers.iter().position(|one| one.id() == id)?;
        Some(self.producers.remove(index))
    }

    pub fn consumer_mut(&mut self, id: &str) -> Option<&mut Consumer> {
        self.consumers.iter_mut().find(|one| one.handle.id() == id)
    }

    /// Whether it wants what this participant sends.
    pub fn wants(&self, peer_id: &str, producer: &Producer) -> bool {
        let choice = self
            .choices
            .get(&(peer_id.to_owned(), producer.is_audio()))
            .copied();
        choice.unwrap_or(self.auto_consume)
    }

    /// Closes what it is sent of this producer, and gives what its client is to be told.
    pub fn stop_consuming(&mut self, producer_id: &str) -> Vec<(&'static str, Value)> {
        if !self.consumed.remove(producer_id) {
            return Vec::new();
        }
        let mut told = Vec::new();
        self.consumers.retain(|one| {
            let stays = one.producer_id != producer_id;
            if !stays {
                told.push(("consumerClosed", json!({"consumerId": one.handle.id()})));
            }
            stays
        });
        self.data_consumers.retain(|one| {
            let stays = one.producer_id != producer_id;
            if !stays {
                let data = json!({"dataConsumerId": one.handle.id()});
                told.push(("dataConsumerClosed", data));
            }
            stays
        });
        told
    }

    /// Closes all that it is sent.
    pub fn stop_consuming_all(&mut self) {
        self.consumers.clear();
        self.data_consumers.clear();
        self.consumed.clear();
    }

    /// Gives the ids of all that it sends.
    pub fn produced(&self) -> Vec<String> {
        let media = self.producers.iter().map(|one| one.handle.id());
        let data = self.data_producers.iter().map(|one| one.handle.id());
        media.chain(data).map(str::to_owned).collect()
    }
}

fn within(count: usize, limit: usize) -> Result<(), Full> {
    match count < limit {
        true => Ok(()),
        false => Err(Full),
    }
}

/// What clients call the media of a producer.
pub(crate) fn kind(kind: &str, app_data: Option<&Value>) -> Option<&'static str> {
    let shared = app_data.and_then(|data| data.get("share")) == Some(&Value::Bool(true));
    match (kind, shared) {
        ("audio", false) => Some("audio"),
        ("audio", true) => Some("shareAudio"),
        ("video", false) => Some("video"),
        ("video", true) => Some("share"),
        _ => None,
    }
}
