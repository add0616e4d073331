//! Messages by topic: publishing, subscribing, history (protocol, section 9.1).

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::{Value, json};

use super::outputs::{Outputs, Waiter};
use super::reconnecting::Resumed;
use super::requests::{Purpose, check_data};
use super::{Moment, Phase, Session};
use crate::meeting::event::{Event, EventType};
use crate::{Error, Result, Status};

/// How many topics a meeting subscribes at most.
const MOST_TOPICS: usize = 1000;

/// How many messages of a topic are remembered, so that history brings none twice.
const MOST_REMEMBERED: usize = 1024;

/// How many publishes wait for a new connection, and how many bytes they may have together.
const MOST_UNSENT: usize = 256;
const MOST_UNSENT_BYTES: usize = 4 * 1024 * 1024;

pub(super) struct Messages<T> {
    topics: HashMap<String, Topic>,
    unsent: VecDeque<Unsent<T>>,
    unsent_bytes: usize,
}

#[derive(Default)]
struct Topic {
    is_confirmed: bool,
    order: VecDeque<String>,
    seen: HashSet<String>,
}

struct Unsent<T> {
    waiter: T,
    data: Value,
    bytes: usize,
}

impl<T> Default for Messages<T> {
    fn default() -> Self {
        Self {
            topics: HashMap::new(),
            unsent: VecDeque::new(),
            unsent_bytes: 0,
        }
    }
}

impl Topic {
    /// Whether a message with that id was not seen before.
    fn is_new(&mut self, id: &str) -> bool {
        if !self.seen.insert(id.to_owned()) {
            return false;
        }
        self.order.push_back(id.to_owned());
        if self.order.len() > MOST_REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.seen.remove(&oldest);
        }
        true
    }
}

impl<T: Waiter> Messages<T> {
    /// Keeps a publish for the next connection.
    pub(super) fn keep_unsent(&mut self, waiter: T, data: Value) -> Result<(), (T, Error)> {
        self.forget_abandoned();
        let bytes = data.to_string().len();
        if self.unsent.len() >= MOST_UNSENT || self.unsent_bytes + bytes > MOST_UNSENT_BYTES {
            let error = Error::new(
                Status::ConnectionLost,
                format!(
                    "Could not publish the message: the connection is being made anew, and {} messages wait for it already",
                    self.unsent.len()
                ),
                "Publish it again once the meeting is CONNECTED.",
            );
            return Err((waiter, error));
        }
        self.unsent_bytes += bytes;
        self.unsent.push_back(Unsent {
            waiter,
            data,
            bytes,
        });
        Ok(())
    }

    /// Nobody waits for some of them any more: those must not be sent later.
    fn forget_abandoned(&mut self) {
        self.unsent.retain(|unsent| !unsent.waiter.is_gone());
        self.unsent_bytes = self.unsent.iter().map(|unsent| unsent.bytes).sum();
    }

    /// What is subscribed.
    pub(super) fn topics(&self) -> Vec<String> {
        self.topics.keys().cloned().collect()
    }

    pub(super) fn forget_topics(&mut self) {
        self.topics.clear();
    }

    pub(super) fn fail_unsent(&mut self, error: &Error, outputs: &mut Outputs<T>) {
        self.unsent_bytes = 0;
        for unsent in self.unsent.drain(..) {
            outputs.outcomes.push((unsent.waiter, Err(error.clone())));
        }
    }
}

const PUBLISH: &str = "publish the message";
const SUBSCRIBE: &str = "subscribe the topic";

impl<T: Waiter> Session<T> {
    /// Publishes; without a connection that is being made anew, once that is there.
    pub(in crate::meeting) fn publish(
        &mut self,
        now: Moment,
        data: Value,
        waiter: T,
    ) -> Result<()> {
        self.now = now;
        if self.reconnecting.is_some() && !matches!(self.phase, Phase::Inside) {
            check_data(&data)?;
            let kept = self.messages.keep_unsent(waiter, data);
            return kept.map_err(|(_, error)| error);
        }
        self.check_inside()?;
        self.ask_to_publish(data, waiter)
    }

    fn ask_to_publish(&mut self, data: Value, waiter: T) -> Result<()> {
        let purpose = Purpose::Publish {
            waiter,
            data: data.clone(),
        };
        self.ask("pubsubPublish", PUBLISH, &data, purpose)
    }

    /// Subscribes. What was kept comes as events before the waiter is told.
    pub(in crate::meeting) fn subscribe(
        &mut self,
        now: Moment,
        topic: &str,
        waiter: T,
    ) -> Result<()> {
        self.now = now;
        self.check_inside()?;
        let topics = &mut self.messages.topics;
        if topics.len() >= MOST_TOPICS && !topics.contains_key(topic) {
            return Err(Error::new(
                Status::ResourceExhausted,
                format!("This meeting subscribes {MOST_TOPICS} topics already"),
                "Unsubscribe some, or tell messages apart within a topic.",
            ));
        }
        topics.entry(topic.to_owned()).or_default();
        self.ask_to_subscribe(topic, Some(waiter))
    }

    fn ask_to_subscribe(&mut self, topic: &str, waiter: Option<T>) -> Result<()> {
        let purpose = Purpose::Subscribe {
            topic: topic.to_owned(),
            waiter,
        };
        let data = json!({"topic": topic});
        self.ask("pubsubSubscribe", SUBSCRIBE, &data, purpose)
    }

    /// No message of the topic comes to the app any more; whether it was subscribed. The service
    /// knows no unsubscribing over this front end and goes on sending them.
    pub(in crate::meeting) fn unsubscribe(&mut self, topic: &str) -> bool {
        self.messages.topics.remove(topic).is_some()
    }

    pub(super) fn subscribed(&mut self, topic: &str, waiter: Option<T>, outcome: Result<Value>) {
        let subscription = self.messages.topics.get_mut(topic);
        match (&outcome, subscription) {
            (Ok(data), Some(subscription)) => {
                subscription.is_confirmed = true;
                for message in data["messages"].as_array().into_iter().flatten() {
                    self.message(topic, message, true);
                }
            }
            (Err(error), subscription) => {
                let is_new = subscription.is_some_and(|it| !it.is_confirmed);
                if is_new {
                    self.messages.topics.remove(topic);
                }
                if waiter.is_none() {
                    self.not_resumed(Resumed::Topic, topic);
                    self.warn(format!(
                        "The topic could not be subscribed again on the new connection, and its messages do not come any more: {}",
                        error.message()
                    ));
                }
            }
            // Unsubscribed meanwhile.
            (Ok(_), None) => {}
        }
        match waiter {
            Some(waiter) => self.answer(waiter, outcome.map(|_| Value::Null)),
            None => self.resumed(),
        }
    }

    pub(super) fn message_came(&mut self, data: &Value) {
        if let Some(topic) = data["topic"].as_str() {
            self.message(topic, data, false);
        }
    }

    fn message(&mut self, topic: &str, data: &Value, is_old: bool) {
        let Some(subscription) = self.messages.topics.get_mut(topic) else {
            return;
        };
        if data["id"]
            .as_str()
            .is_some_and(|id| !subscription.is_new(id))
        {
            return;
        }
        let mut event = Event::new(EventType::Message)
            .with_code(i32::from(is_old))
            .with_text(topic)
            .with_payload(data["message"].as_str().unwrap_or_default().as_bytes());
        if let Some(sender) = data["senderId"].as_str() {
            event = event.about(sender);
        }
        if let Some(name) = data["senderName"].as_str() {
            event = event.named(name);
        }
        for name in ["id", "timestamp", "payload", "sendOnly"] {
            if !data[name].is_null() {
                event = event.with_detail(name, data[name].clone());
            }
        }
        self.tell(event);
    }

    /// On a new connection: topics are subscribed again, and what could not be sent goes out.
    pub(super) fn resume_messages(&mut self, topics: Vec<String>) {
        for topic in topics {
            if let Err(error) = self.ask_to_subscribe(&topic, None) {
                self.subscribed(&topic, None, Err(error));
            }
        }
        self.messages.forget_abandoned();
        self.messages.unsent_bytes = 0;
        for Unsent { waiter, data, .. } in std::mem::take(&mut self.messages.unsent) {
            match self.requests_have_room(&data) {
                // There is room, so it cannot fail.
                Ok(()) => drop(self.ask_to_publish(data, waiter)),
                Err(error) => self.answer(waiter, Err(error)),
            }
        }
    }
}
