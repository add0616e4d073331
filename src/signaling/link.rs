//! A connection that carries frames: one WebSocket, what waits to be sent, and its heartbeat.

use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::{SinkExt, StreamExt};
use reqwest::Upgraded;
use tokio::time::{Instant, Sleep};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::{self, Message};

use super::frame::{Frame, Malformed};
use super::heartbeat::{Beat, Heartbeat};

/// What happened on a connection.
#[derive(Debug)]
pub(crate) enum LinkEvent {
    Frame(Frame),
    Malformed(Malformed),
    /// It is over, in the words that follow "the connection". Nothing comes any more.
    Ended(String),
}

pub(crate) struct Link {
    socket: WebSocketStream<Upgraded>,
    waiting: VecDeque<Waiting>,
    heartbeat: Heartbeat,
    begin: Instant,
    beat: Pin<Box<Sleep>>,
    ended: bool,
}

struct Waiting {
    /// Of the request that it is, if it is one.
    id: Option<u64>,
    message: Message,
}

impl Link {
    pub(super) fn new(socket: WebSocketStream<Upgraded>) -> Self {
        let begin = Instant::now();
        Self {
            socket,
            waiting: VecDeque::new(),
            heartbeat: Heartbeat::begin(std::time::Duration::ZERO),
            begin,
            beat: Box::pin(tokio::time::sleep_until(begin)),
            ended: false,
        }
    }

    /// Queues a frame; [`Self::next`] sends it. `id` is that of the request that it is.
    pub(crate) fn send(&mut self, id: Option<u64>, text: String) {
        let message = Message::text(text);
        self.waiting.push_back(Waiting { id, message });
    }

    /// Queues the goodbye, behind what waits. The end comes when the other side has answered.
    pub(crate) fn close(&mut self) {
        let goodbye = CloseFrame {
            code: CloseCode::Normal,
            reason: "".into(),
        };
        let message = Message::Close(Some(goodbye));
        self.waiting.push_back(Waiting { id: None, message });
    }

    /// The requests of which nothing has been sent.
    pub(crate) fn unsent(&self) -> Vec<u64> {
        self.waiting.iter().filter_map(|one| one.id).collect()
    }

    /// Sends what waits, and gives what comes. May be dropped and called again at any time.
    pub(crate) async fn next(&mut self) -> LinkEvent {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<LinkEvent> {
        if self.ended {
            return Poll::Pending;
        }
        if let Err(error) = self.poll_sending(context) {
            // What was received before may tell why: a refusal, or the reason of the end.
            if let Poll::Ready(event @ LinkEvent::Frame(_)) = self.poll_receiving(context) {
                return Poll::Ready(event);
            }
            return self.end(words(&error));
        }
        if let Poll::Ready(event) = self.poll_receiving(context) {
            return Poll::Ready(event);
        }
        self.poll_heartbeat(context)
    }

    fn poll_sending(&mut self, context: &mut Context<'_>) -> Result<(), tungstenite::Error> {
        while !self.waiting.is_empty() {
            match self.socket.poll_ready_unpin(context) {
                Poll::Pending => return Ok(()),
                Poll::Ready(ready) => ready?,
            }
            if let Some(next) = self.waiting.pop_front() {
                self.socket.start_send_unpin(next.message)?;
            }
        }
        match self.socket.poll_flush_unpin(context) {
            Poll::Pending => Ok(()),
            Poll::Ready(flushed) => flushed,
        }
    }

    fn poll_receiving(&mut self, context: &mut Context<'_>) -> Poll<LinkEvent> {
        loop {
            let Poll::Ready(message) = self.socket.poll_next_unpin(context) else {
                return Poll::Pending;
            };
            self.heartbeat.heard();
            match message {
                Some(Ok(Message::Text(text))) => {
                    return Poll::Ready(match Frame::parse(&text) {
                        Ok(frame) => LinkEvent::Frame(frame),
                        Err(malformed) => LinkEvent::Malformed(malformed),
                    });
                }
                Some(Ok(Message::Binary(_))) => {
                    return Poll::Ready(LinkEvent::Malformed(Malformed {
                        request: None,
                        reason: "it is not a text message",
                    }));
                }
                // Pings are answered by the WebSocket itself; behind a goodbye comes the end.
                Some(Ok(_)) => {}
                Some(Err(error)) => return self.end(words(&error)),
                None => return self.end("was closed by the service".to_owned()),
            }
        }
    }

    fn poll_heartbeat(&mut self, context: &mut Context<'_>) -> Poll<LinkEvent> {
        while self.beat.as_mut().poll(context).is_ready() {
            match self.heartbeat.look(self.begin.elapsed()) {
                Beat::Wait(until) => self.beat.as_mut().reset(self.begin + until),
                Beat::Ping => {
                    let message = Message::Ping("".into());
                    self.waiting.push_back(Waiting { id: None, message });
                    if let Err(error) = self.poll_sending(context) {
                        return self.end(words(&error));
                    }
                }
                Beat::Dead => {
                    let patience = Heartbeat::patience().as_secs();
                    return self.end(format!("was silent for {patience} s in spite of questions"));
                }
            }
        }
        Poll::Pending
    }

    fn end(&mut self, words: String) -> Poll<LinkEvent> {
        self.ended = true;
        Poll::Ready(LinkEvent::Ended(words))
    }
}

/// Why a connection ended; never the library's own words for I/O errors, which say little.
fn words(error: &tungstenite::Error) -> String {
    use std::io::ErrorKind;
    match error {
        tungstenite::Error::ConnectionClosed | tungstenite::Error::AlreadyClosed => {
            "was closed by the service".to_owned()
        }
        tungstenite::Error::Capacity(_) => format!(
            "was ended: a message of the service was larger than {} MiB",
            super::MAX_FRAME_BYTES / 1024 / 1024
        ),
        tungstenite::Error::Utf8(_) => {
            "was ended: a message of the service was not valid UTF-8".to_owned()
        }
        tungstenite::Error::Io(io) => match io.kind() {
            ErrorKind::ConnectionReset | ErrorKind::BrokenPipe | ErrorKind::UnexpectedEof => {
                "broke: the other side ended it".to_owned()
            }
            ErrorKind::TimedOut => "broke: nobody answered in time".to_owned(),
            kind => format!("broke: {kind}"),
        },
        tungstenite::Error::Protocol(
            tungstenite::error::ProtocolError::ResetWithoutClosingHandshake,
        ) => "broke: the other side ended it".to_owned(),
        _ => "broke: what came is no WebSocket message".to_owned(),
    }
}
