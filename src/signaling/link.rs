//! A connection that carries frames: one WebSocket, what waits to be sent, and its heartbeat.

#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::{SinkExt, StreamExt};
use reqwest::Upgraded;
use tokio::io::{AsyncRead, AsyncWrite};
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

/// How many answers to requests of the service wait at most. It is not listened to as long as it
/// does not take those. The app's own requests are bounded where they are made.
const MOST_ANSWERS: usize = 1024;

pub(crate) struct Link<S = Upgraded> {
    socket: WebSocketStream<S>,
    waiting: VecDeque<Waiting>,
    /// How many of them are answers.
    answers: usize,
    heartbeat: Heartbeat,
    begin: Instant,
    beat: Pin<Box<Sleep>>,
    /// Its goodbye is queued. A WebSocket that is given anything behind it ends at once, without
    /// waiting for the other side's.
    is_closing: bool,
    ended: bool,
}

struct Waiting {
    /// Of the request that it is, if it is one.
    id: Option<u64>,
    message: Message,
}

impl Waiting {
    fn is_answer(&self) -> bool {
        self.id.is_none() && self.message.is_text()
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Link<S> {
    pub(super) fn new(socket: WebSocketStream<S>) -> Self {
        let begin = Instant::now();
        Self {
            socket,
            waiting: VecDeque::new(),
            answers: 0,
            heartbeat: Heartbeat::begin(std::time::Duration::ZERO),
            begin,
            beat: Box::pin(tokio::time::sleep_until(begin)),
            is_closing: false,
            ended: false,
        }
    }

    /// Queues a frame; [`Self::next`] sends it, but for one behind the goodbye, which nobody would
    /// read. `id` is that of the request that it is.
    pub(crate) fn send(&mut self, id: Option<u64>, text: String) {
        self.queue(id, Message::text(text));
    }

    fn queue(&mut self, id: Option<u64>, message: Message) {
        if self.is_closing {
            return;
        }
        let waiting = Waiting { id, message };
        self.answers += usize::from(waiting.is_answer());
        self.waiting.push_back(waiting);
    }

    /// Queues the goodbye, behind what waits. The end comes when the other side has answered.
    pub(crate) fn close(&mut self) {
        let goodbye = CloseFrame {
            code: CloseCode::Normal,
            reason: "".into(),
        };
        self.queue(None, Message::Close(Some(goodbye)));
        self.is_closing = true;
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
        if self.is_heard()
            && let Poll::Ready(event) = self.poll_receiving(context)
        {
            return Poll::Ready(event);
        }
        self.poll_heartbeat(context)
    }

    /// Whether the service has not left too much untaken to be listened to.
    fn is_heard(&self) -> bool {
        self.answers < MOST_ANSWERS
    }

    fn poll_sending(&mut self, context: &mut Context<'_>) -> Result<(), tungstenite::Error> {
        while !self.waiting.is_empty() {
            match self.socket.poll_ready_unpin(context) {
                Poll::Pending => return Ok(()),
                Poll::Ready(ready) => ready?,
            }
            if let Some(next) = self.waiting.pop_front() {
                self.answers -= usize::from(next.is_answer());
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
                    self.queue(None, Message::Ping("".into()));
                    if let Err(error) = self.poll_sending(context) {
                        return self.end(words(&error));
                    }
                }
                Beat::Dead if !self.is_heard() => {
                    return self.end(format!(
                        "was ended: the service did not take the answers to {MOST_ANSWERS} of its own requests"
                    ));
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
