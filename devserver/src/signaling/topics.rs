//! Messages of a session that were published to be kept.

use std::collections::{BTreeMap, VecDeque};

use serde_json::Value;

/// The most topics with kept messages in one session.
const TOPIC_LIMIT: usize = 1000;
/// The most messages that a topic keeps.
const MESSAGE_LIMIT: usize = 1000;
/// The most bytes of JSON that a topic keeps. They are handed out in one frame, and the published
/// Python client takes no frame of more than 1 MiB.
const TOPIC_BYTES: usize = 960 * 1024;
/// The most bytes of JSON that a session keeps.
const SESSION_BYTES: usize = 16 * 1024 * 1024;

/// A message as it is handed out, and whom it is for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Published {
    pub message: Value,
    pub sender_id: String,
    /// Empty for everybody.
    pub send_only: Vec<String>,
}

impl Published {
    pub fn is_for(&self, peer_id: &str) -> bool {
        self.send_only.is_empty() || self.send_only.iter().any(|id| id == peer_id)
    }

    fn length(&self) -> usize {
        self.message.to_string().len() + 1
    }
}

/// The kept messages by topic.
#[derive(Debug, Default)]
pub(crate) struct Topics {
    topics: BTreeMap<String, Topic>,
    bytes: usize,
}

#[derive(Debug, Default)]
struct Topic {
    messages: VecDeque<(usize, Published)>,
    bytes: usize,
}

/// Nothing more can be kept.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Full;

impl Topics {
    /// Keeps a message. The oldest of its topic go when the topic has too many.
    pub fn keep(&mut self, topic: &str, published: Published) -> Result<(), Full> {
        let length = published.length();
        let known = self.topics.contains_key(topic);
        if length > TOPIC_BYTES || !known && self.topics.len() == TOPIC_LIMIT {
            return Err(Full);
        }
        let kept = self.topics.entry(topic.to_owned()).or_default();
        while kept.messages.len() >= MESSAGE_LIMIT || kept.bytes + length > TOPIC_BYTES {
            let Some((gone, _)) = kept.messages.pop_front() else {
                break;
            };
            kept.bytes -= gone;
            self.bytes -= gone;
        }
        if self.bytes + length > SESSION_BYTES {
            if kept.messages.is_empty() {
                self.topics.remove(topic);
            }
            return Err(Full);
        }
        kept.messages.push_back((length, published));
        kept.bytes += length;
        self.bytes += length;
        Ok(())
    }

    /// The kept messages of a topic that this participant may see, oldest first. What it sent
    /// itself is among them.
    pub fn history(&self, topic: &str, peer_id: &str) -> Vec<&Value> {
        let kept = self.topics.get(topic).into_iter();
        kept.flat_map(|topic| &topic.messages)
            .filter(|(_, published)| published.is_for(peer_id) || published.sender_id == peer_id)
            .map(|(_, published)| &published.message)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn published(message: Value, send_only: &[&str]) -> Published {
        Published {
            message,
            sender_id: "ann".to_owned(),
            send_only: send_only.iter().map(|id| (*id).to_owned()).collect(),
        }
    }

    #[test]
    fn the_oldest_go_first() {
        let mut topics = Topics::default();
        for number in 0..MESSAGE_LIMIT + 3 {
            topics.keep("CHAT", published(json!(number), &[])).unwrap();
        }
        let history = topics.history("CHAT", "bob");
        assert_eq!(history.len(), MESSAGE_LIMIT);
        assert_eq!(*history[0], json!(3));
        assert!(topics.history("OTHER", "bob").is_empty());
    }

    #[test]
    fn a_topic_fits_into_one_frame() {
        let mut topics = Topics::default();
        let long = "x".repeat(100 * 1024);
        for _ in 0..20 {
            topics.keep("CHAT", published(json!(long), &[])).unwrap();
        }
        let history = json!(topics.history("CHAT", "bob")).to_string();
        assert!(
            (860 * 1024..1024 * 1024).contains(&history.len()),
            "{}",
            history.len()
        );
        let too_long = published(json!("x".repeat(TOPIC_BYTES)), &[]);
        assert_eq!(topics.keep("CHAT", too_long), Err(Full));
    }

    #[test]
    fn a_session_keeps_so_much_and_no_more() {
        let mut topics = Topics::default();
        let long = json!("x".repeat(900 * 1024));
        let mut kept = 0;
        while topics
            .keep(&format!("topic {kept}"), published(long.clone(), &[]))
            .is_ok()
        {
            kept += 1;
        }
        assert_eq!(kept, 18);
        // A topic that has something already makes room for what is new.
        assert_eq!(topics.keep("topic 0", published(json!("new"), &[])), Ok(()));
        let mut topics = Topics::default();
        for number in 0..TOPIC_LIMIT {
            topics
                .keep(&number.to_string(), published(json!(1), &[]))
                .unwrap();
        }
        assert_eq!(topics.keep("one more", published(json!(1), &[])), Err(Full));
        assert_eq!(topics.keep("0", published(json!(1), &[])), Ok(()));
    }

    #[test]
    fn what_is_for_some_is_hidden_from_others() {
        let mut topics = Topics::default();
        topics
            .keep("CHAT", published(json!("secret"), &["bob"]))
            .unwrap();
        topics.keep("CHAT", published(json!("open"), &[])).unwrap();
        assert_eq!(topics.history("CHAT", "bob").len(), 2);
        assert_eq!(topics.history("CHAT", "ann").len(), 2);
        assert_eq!(topics.history("CHAT", "eve"), [&json!("open")]);
    }
}
