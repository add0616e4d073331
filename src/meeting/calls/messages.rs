//! Messages by topic.

use serde_json::{Map, Value, json};

use crate::Result;
use crate::meeting::object::Meeting;
use crate::meeting::options::{invalid, label};
use crate::runtime::{Operation, Prepared, Timeout};

const PUBLISH: &str = "meeting_publish";
const SUBSCRIBE: &str = "meeting_subscribe";

/// The most participants that a message may name.
const MOST_RECEIVERS: usize = 2000;

/// How a message is published.
#[derive(Clone, Debug, Default)]
pub struct PublishOptions {
    persist: bool,
    send_only: Vec<String>,
    payload: Option<Map<String, Value>>,
}

impl PublishOptions {
    /// To everybody who has subscribed, kept for nobody.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether those who subscribe later get it as well; default no.
    pub fn set_persist(&mut self, persist: bool) -> &mut Self {
        self.persist = persist;
        self
    }

    /// Only to this participant, by id, and to others that are added; without any to everybody.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`](crate::Status::InvalidArgument) when it is no id, or when 2,000
    /// were added already.
    pub fn add_send_only(&mut self, participant_id: &str) -> Result<&mut Self> {
        if self.send_only.len() == MOST_RECEIVERS {
            return Err(invalid(
                format!("The message names {MOST_RECEIVERS} participants already"),
                "Publish to everybody, or on a topic that only they subscribe.",
            ));
        }
        let id = label("participant_id", participant_id)?;
        self.send_only.push(id);
        Ok(self)
    }

    /// What goes with the message: a JSON object.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`](crate::Status::InvalidArgument) (service number 3073) when it is
    /// no JSON object.
    pub fn set_payload_json(&mut self, json: Option<&str>) -> Result<&mut Self> {
        self.payload = match json.map(serde_json::from_str) {
            None => None,
            Some(Ok(Value::Object(payload))) => Some(payload),
            Some(_) => {
                return Err(invalid(
                    "The payload is not a JSON object".to_owned(),
                    "Pass an object, e.g. {\"kind\": \"greeting\"}; texts are messages.",
                ));
            }
        };
        Ok(self)
    }

    fn data(&self, topic: &str, message: &str) -> Value {
        let mut options = Map::new();
        if self.persist {
            options.insert("persist".to_owned(), true.into());
        }
        if !self.send_only.is_empty() {
            options.insert("sendOnly".to_owned(), json!(self.send_only));
        }
        json!({
            "topic": topic, "message": message, "options": options, "payload": self.payload,
        })
    }
}

impl Meeting {
    /// Publishes a message to all who have subscribed the topic, this participant too.
    ///
    /// While the connection is made anew, it waits for the new one; what was sent already is never
    /// sent again.
    ///
    /// # Errors
    ///
    /// The service's refusal; [`Status::ConnectionLost`](crate::Status::ConnectionLost) when it may
    /// have arrived or not; [`Status::InvalidState`](crate::Status::InvalidState) when the meeting
    /// is not joined.
    pub fn publish(
        &self,
        topic: &str,
        message: &str,
        options: &PublishOptions,
        timeout: impl Into<Timeout>,
    ) -> Operation<()> {
        let call = self.publish_call(topic, message, options, timeout.into());
        Operation::of(PUBLISH, call)
    }

    pub(crate) fn publish_call(
        &self,
        topic: &str,
        message: &str,
        options: &PublishOptions,
        timeout: Timeout,
    ) -> Result<Prepared<()>> {
        let data = options.data(&label("topic", topic)?, message);
        Ok(self.waiting(
            PUBLISH,
            timeout,
            move |session, now, waiter| session.publish(now, data, waiter),
            |_| Ok(()),
        ))
    }

    /// Subscribes a topic: its messages come as
    /// [`EventType::Message`](crate::meeting::EventType::Message). Those that were kept come first,
    /// before this has succeeded. On a new connection it is subscribed again by itself.
    ///
    /// # Errors
    ///
    /// The service's refusal; [`Status::InvalidState`](crate::Status::InvalidState) when the meeting
    /// is not joined.
    pub fn subscribe(&self, topic: &str, timeout: impl Into<Timeout>) -> Operation<()> {
        Operation::of(SUBSCRIBE, self.subscribe_call(topic, timeout.into()))
    }

    pub(crate) fn subscribe_call(&self, topic: &str, timeout: Timeout) -> Result<Prepared<()>> {
        let topic = label("topic", topic)?;
        Ok(self.waiting(
            SUBSCRIBE,
            timeout,
            move |session, now, waiter| session.subscribe(now, &topic, waiter),
            |_| Ok(()),
        ))
    }

    /// From now on no message of the topic comes any more. Says whether it was subscribed.
    pub fn unsubscribe(&self, topic: &str) -> bool {
        self.shared.with(|session, _| session.unsubscribe(topic))
    }
}
