//! What a participant has set up to send. Nothing is forwarded: only what signalling tells of it.

use serde_json::Value;

/// The most transports of one participant. Clients have two; the rest is for those that renew them.
const TRANSPORT_LIMIT: usize = 64;
/// The most media and data producers of one participant.
const PRODUCER_LIMIT: usize = 64;

/// A running producer of audio or video.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Producer {
    pub id: String,
    /// `audio`, `video`, `share` or `shareAudio`.
    pub kind: &'static str,
}

#[derive(Debug, Default)]
pub(crate) struct Media {
    transports: Vec<String>,
    data_producers: usize,
    pub producers: Vec<Producer>,
}

/// There is no place for one more.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Full;

impl Media {
    pub fn add_transport(&mut self, id: String) -> Result<(), Full> {
        if self.transports.len() == TRANSPORT_LIMIT {
            return Err(Full);
        }
        self.transports.push(id);
        Ok(())
    }

    pub fn has_transport(&self, id: &str) -> bool {
        self.transports.iter().any(|transport| transport == id)
    }

    pub fn add_producer(&mut self, producer: Producer) -> Result<(), Full> {
        if self.producers.len() == PRODUCER_LIMIT {
            return Err(Full);
        }
        self.producers.push(producer);
        Ok(())
    }

    pub fn add_data_producer(&mut self) -> Result<(), Full> {
        if self.data_producers == PRODUCER_LIMIT {
            return Err(Full);
        }
        self.data_producers += 1;
        Ok(())
    }

    pub fn remove_producer(&mut self, id: &str) -> Option<Producer> {
        let index = self
            .producers
            .iter()
            .position(|producer| producer.id == id)?;
        Some(self.producers.remove(index))
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
