//! What waits to be sent to one client.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::{Notify, mpsc};
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;

use super::frame::Outgoing;
use super::reason::Reason;

/// The most frames that may wait for one client: its arrival in a full room brings one for each
/// participant, and what happens meanwhile comes on top.
const FRAME_LIMIT: usize = 8 * 1024;
/// The most bytes that may wait for one client.
const BYTE_LIMIT: usize = 16 * 1024 * 1024;

/// How a connection is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// What waits is sent, then the WebSocket is closed as it should be.
    Orderly,
    /// The same, because a message of the client was too long.
    TooLong,
    /// The connection breaks off.
    Cut,
    /// The connection breaks off with a TCP reset.
    Reset,
}

/// What the task of a connection is to do next.
pub(crate) enum Item {
    Frame(Outgoing),
    Close(CloseCode),
}

/// The side that puts frames in. Never waits: who does not read fast enough is cut off, so that one
/// slow client cannot hold a room up or fill the memory.
#[derive(Clone)]
pub(crate) struct Outbox {
    sender: mpsc::Sender<Item>,
    shared: Arc<Shared>,
}

struct Shared {
    waiting_bytes: AtomicUsize,
    abort: Notify,
    /// An [`Ending`] that does not wait for what is to be sent: 0 none, 1 cut, 2 reset.
    aborted: AtomicUsize,
}

/// The side of the connection's task.
pub(crate) struct OutboxReader {
    receiver: mpsc::Receiver<Item>,
    shared: Arc<Shared>,
}

impl Outbox {
    pub fn new() -> (Outbox, OutboxReader) {
        // One more for the end, which always finds room.
        let (sender, receiver) = mpsc::channel(FRAME_LIMIT + 1);
        let shared = Arc::new(Shared {
            waiting_bytes: AtomicUsize::new(0),
            abort: Notify::new(),
            aborted: AtomicUsize::new(0),
        });
        let reader = OutboxReader {
            receiver,
            shared: shared.clone(),
        };
        (Outbox { sender, shared }, reader)
    }

    pub fn send(&self, frame: Outgoing) {
        let length = frame.length();
        let waiting = self
            .shared
            .waiting_bytes
            .fetch_add(length, Ordering::Relaxed);
        if waiting + length > BYTE_LIMIT || self.sender.capacity() <= 1 {
            self.end(Ending::Cut);
            return;
        }
        // It only fails when the connection is gone already.
        let _ = self.sender.try_send(Item::Frame(frame));
    }

    /// Tells the client that it is out, and why; then closes.
    pub fn dismiss(&self, reason: Reason) {
        self.send(Outgoing::request(0, "close", &reason.data()));
        self.end(Ending::Orderly);
    }

    pub fn end(&self, ending: Ending) {
        let flag = match ending {
            Ending::Orderly => return self.close(CloseCode::Normal),
            Ending::TooLong => return self.close(CloseCode::Size),
            Ending::Cut => 1,
            Ending::Reset => 2,
        };
        self.shared.aborted.store(flag, Ordering::Relaxed);
        self.shared.abort.notify_one();
    }

    fn close(&self, code: CloseCode) {
        // It only fails when the connection is gone, or when another end is on its way.
        let _ = self.sender.try_send(Item::Close(code));
    }
}

impl OutboxReader {
    pub async fn next(&mut self) -> Option<Item> {
        let item = self.receiver.recv().await;
        self.taken(item)
    }

    /// What is there already.
    pub fn try_next(&mut self) -> Option<Item> {
        let item = self.receiver.try_recv().ok();
        self.taken(item)
    }

    fn taken(&self, item: Option<Item>) -> Option<Item> {
        if let Some(Item::Frame(frame)) = &item {
            self.shared
                .waiting_bytes
                .fetch_sub(frame.length(), Ordering::Relaxed);
        }
        item
    }

    pub fn abort_signal(&self) -> AbortSignal {
        AbortSignal(self.shared.clone())
    }
}

/// Tells when the connection is to break off.
pub(crate) struct AbortSignal(Arc<Shared>);

impl AbortSignal {
    pub async fn given(&self) -> Ending {
        loop {
            match self.0.aborted.load(Ordering::Relaxed) {
                0 => self.0.abort.notified().await,
                1 => return Ending::Cut,
                _ => return Ending::Reset,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn frame(bytes: usize) -> Outgoing {
        Outgoing::notification("x", &json!({"text": "y".repeat(bytes)}))
    }

    fn is_cut(reader: &OutboxReader) -> bool {
        reader.shared.aborted.load(Ordering::Relaxed) == 1
    }

    #[test]
    fn too_many_frames_cut_the_connection_off() {
        let (outbox, reader) = Outbox::new();
        for _ in 0..FRAME_LIMIT {
            outbox.send(frame(1));
        }
        assert!(!is_cut(&reader));
        outbox.send(frame(1));
        assert!(is_cut(&reader));
    }

    #[test]
    fn too_many_bytes_cut_the_connection_off() {
        let (outbox, mut reader) = Outbox::new();
        let megabyte = 1024 * 1024;
        for _ in 0..15 {
            outbox.send(frame(megabyte));
        }
        // What was taken out does not count any more.
        assert!(reader.try_next().is_some());
        outbox.send(frame(megabyte));
        assert!(!is_cut(&reader));
        outbox.send(frame(megabyte));
        assert!(is_cut(&reader));
    }
}
