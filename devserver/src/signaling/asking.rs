//! What the service asks clients by itself, and what they answer.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout_at};

use super::Signaling;
use super::frame::Outgoing;

/// How long clients may take to answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(5);

/// Who waits for an answer, by the id of the request.
#[derive(Default)]
pub(super) struct Asked(Mutex<BTreeMap<u64, oneshot::Sender<Value>>>);

impl Asked {
    fn waiting(&self) -> MutexGuard<'_, BTreeMap<u64, oneshot::Sender<Value>>> {
        self.0
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn ask(&self, id: u64) -> oneshot::Receiver<Value> {
        let (sender, receiver) = oneshot::channel();
        self.waiting().insert(id, sender);
        receiver
    }

    /// Takes an answer to whoever waits for it; gives it back when nobody does. A refusal is one
    /// that nobody gets.
    pub fn answered(
        &self,
        id: u64,
        answer: Result<Value, String>,
    ) -> Option<Result<Value, String>> {
        let Some(sender) = self.waiting().remove(&id) else {
            return Some(answer);
        };
        if let Ok(data) = answer {
            // Whoever asked may have stopped waiting.
            let _ = sender.send(data);
        }
        None
    }
}

impl Signaling {
    /// Asks everybody who has joined how their media is doing. Those who do not answer are left out.
    pub async fn ask_for_statistics(&self) -> Vec<Value> {
        let mut answers = Vec::new();
        for room in self.rooms().values() {
            for one in room.joined() {
                let id = self.request_id();
                let answer = self.asked.ask(id);
                let request = Outgoing::request(id, "statsData", &json!({}));
                one.outbox.send(request);
                answers.push((room.id.clone(), one.id().to_owned(), id, answer));
            }
        }
        let deadline = Instant::now() + ANSWER_TIMEOUT;
        let mut told = Vec::new();
        for (room_id, peer_id, id, answer) in answers {
            match timeout_at(deadline, answer).await {
                Ok(Ok(data)) => {
                    told.push(json!({"roomId": room_id, "peerId": peer_id, "answer": data}));
                }
                Ok(Err(_)) => {}
                Err(_) => drop(self.asked.waiting().remove(&id)),
            }
        }
        told
    }
}
