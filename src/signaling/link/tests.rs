//! Against a peer in memory that never stops talking and listens when it likes.

use std::io;
use std::task::Waker;

use serde_json::json;
use tokio::io::ReadBuf;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::*;
use crate::signaling::handshake::limits;
use crate::signaling::{accepted, request};

/// A service that asks without end and takes nothing before it is told to.
struct Asking {
    /// One question as it comes over the wire, and how much of it was read.
    question: Vec<u8>,
    read: usize,
    takes: bool,
    taken: usize,
}

impl Asking {
    fn new() -> Self {
        let text = request(1, "statsData", &json!({}));
        let length = u8::try_from(text.len()).expect("a short text");
        assert!(length < 126, "which has its length in one byte");
        // A final text frame without a mask (RFC 6455, section 5.2).
        let question = [&[0x81, length], text.as_bytes()].concat();
        Self {
            question,
            read: 0,
            takes: false,
            taken: 0,
        }
    }
}

impl AsyncRead for Asking {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let rest = &self.question[self.read..];
        let count = rest.len().min(buffer.remaining());
        buffer.put_slice(&rest[..count]);
        self.read = (self.read + count) % self.question.len();
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Asking {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if !self.takes {
            return Poll::Pending;
        }
        self.taken += bytes.len();
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.takes {
            Poll::Ready(Ok(()))
        } else {
            Poll::Pending
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// Answers what comes; how many there were until nothing came, at most `most`.
fn answer(link: &mut Link<Asking>, most: usize) -> usize {
    let mut context = Context::from_waker(Waker::noop());
    for count in 0..most {
        match link.poll(&mut context) {
            Poll::Ready(LinkEvent::Frame(Frame::Request { id, .. })) => {
                link.send(None, accepted(id, &json!({})));
            }
            Poll::Ready(other) => panic!("{other:?}"),
            Poll::Pending => return count,
        }
    }
    most
}

async fn link() -> Link<Asking> {
    let limits = Some(limits());
    Link::new(WebSocketStream::from_raw_socket(Asking::new(), Role::Client, limits).await)
}

#[tokio::test]
async fn a_service_that_asks_without_end_and_takes_no_answers_is_not_listened_to() {
    let mut link = link().await;
    let answered = answer(&mut link, 20_000);
    // The WebSocket itself holds a few more, of more than 40 bytes each.
    assert!(answered <= MOST_ANSWERS + 4096 / 40, "{answered}");
    assert_eq!(link.answers, MOST_ANSWERS);
    assert_eq!(link.waiting.len(), MOST_ANSWERS);

    // As soon as it takes them, it is heard again.
    link.socket.get_mut().takes = true;
    assert_eq!(answer(&mut link, 20_000), 20_000);
    assert!(link.answers <= 1, "{}", link.answers);
    assert!(link.socket.get_ref().taken > 20_000 * 40);
}

#[tokio::test]
async fn one_that_never_takes_them_is_given_up_and_told_so() {
    let mut link = link().await;
    answer(&mut link, 20_000);
    let mut context = Context::from_waker(Waker::noop());
    let words = loop {
        match link.poll(&mut context) {
            Poll::Ready(LinkEvent::Ended(words)) => break words,
            Poll::Ready(other) => panic!("{other:?}"),
            Poll::Pending => {}
        }
        // Time passes for the heartbeat alone.
        link.begin -= std::time::Duration::from_secs(10);
        link.beat.as_mut().reset(Instant::now());
        tokio::task::yield_now().await;
    };
    assert!(words.contains("did not take the answers"), "{words}");
}

#[tokio::test]
async fn the_app_s_own_requests_keep_nobody_from_being_heard() {
    let mut link = link().await;
    for id in 0..2000 {
        link.send(Some(id), request(id, "pubsubPublish", &json!({})));
    }
    assert_eq!(answer(&mut link, 10), 10);
    assert!(link.unsent().len() > 1000, "{}", link.unsent().len());
}
