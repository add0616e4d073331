//! Against peers in memory: one that never stops talking and listens when it likes, and one that
//! writes whatever it likes.

use std::io;
use std::task::Waker;
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncWriteExt, DuplexStream, ReadBuf, duplex};
use tokio_tungstenite::tungstenite::protocol::Role;

use super::*;
use crate::signaling::handshake::limits;
use crate::signaling::{MAX_FRAME_BYTES, accepted, request};

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
async fn what_comes_behind_the_goodbye_ends_nothing() {
    let (mut link, mut far) = pair().await;
    let mut context = Context::from_waker(Waker::noop());
    link.send(Some(1), request(1, "before", &json!({})));
    link.close();
    for id in 2..5 {
        link.send(Some(id), request(id, "behind", &json!({})));
        let polled = link.poll(&mut context);
        assert!(polled.is_pending(), "the other side has not answered");
    }
    assert!(link.unsent().is_empty());
    // Its own goodbye, of the code 1000 (RFC 6455, section 5.5.1).
    far.write_all(&[0x88, 2, 0x03, 0xe8])
        .await
        .expect("it is read");
    let event = tokio::time::timeout(Duration::from_secs(120), link.next()).await;
    assert!(matches!(event, Ok(LinkEvent::Ended(_))), "{event:?}");
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

/// A link, and its peer, which writes what it likes.
async fn pair() -> (Link<DuplexStream>, DuplexStream) {
    let (near, far) = duplex(64 * 1024);
    let limits = Some(limits());
    let socket = WebSocketStream::from_raw_socket(near, Role::Client, limits).await;
    (Link::new(socket), far)
}

const TEXT: u8 = 0x1;
const BINARY: u8 = 0x2;
const CONTINUATION: u8 = 0x0;

/// A frame of a server: without a mask (RFC 6455, section 5.2).
fn framed(opcode: u8, is_final: bool, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![opcode | if is_final { 0x80 } else { 0 }, 127];
    frame.extend((payload.len() as u64).to_be_bytes());
    frame.extend(payload);
    frame
}

/// A notification of so many bytes.
fn notification(bytes: usize) -> String {
    let empty = r#"{"notification":true,"method":"m","data":""}"#;
    let filling = "x".repeat(bytes - empty.len());
    empty.replace(r#""""#, &format!("\"{filling}\""))
}

/// What comes of those bytes, one thing after another, as many as were asked for.
async fn events_of(bytes: Vec<u8>, count: usize) -> Vec<LinkEvent> {
    let (mut link, mut far) = pair().await;
    let writing = tokio::spawn(async move {
        // It fails once the link has ended.
        let _ = far.write_all(&bytes).await;
        far
    });
    let mut events = Vec::new();
    for _ in 0..count {
        let event = tokio::time::timeout(Duration::from_secs(120), link.next()).await;
        events.push(event.expect("no hang"));
    }
    drop(link);
    drop(writing.await);
    events
}

#[tokio::test]
async fn a_message_may_have_4_mib_in_one_frame_or_in_many() {
    let largest = notification(MAX_FRAME_BYTES);
    let mut bytes = framed(TEXT, true, largest.as_bytes());
    let (first, rest) = largest.split_at(MAX_FRAME_BYTES / 2);
    bytes.extend(framed(TEXT, false, first.as_bytes()));
    bytes.extend(framed(CONTINUATION, true, rest.as_bytes()));
    for event in events_of(bytes, 2).await {
        let LinkEvent::Frame(Frame::Notification { data, .. }) = event else {
            panic!("{event:?}");
        };
        let text = data.as_str().map_or(0, str::len);
        assert!(text > MAX_FRAME_BYTES - 100, "{text}");
    }
}

#[tokio::test]
async fn a_larger_one_ends_the_connection_and_is_named() {
    let larger = notification(MAX_FRAME_BYTES + 1);
    let whole = framed(TEXT, true, larger.as_bytes());
    let (first, rest) = larger.split_at(MAX_FRAME_BYTES / 2);
    let mut parts = framed(TEXT, false, first.as_bytes());
    parts.extend(framed(CONTINUATION, true, rest.as_bytes()));
    // What only claims to be large is not waited for.
    let mut claim = vec![0x80 | TEXT, 127];
    claim.extend(u64::from(u32::MAX).to_be_bytes());
    for bytes in [whole, parts, claim] {
        let events = events_of(bytes, 1).await;
        let LinkEvent::Ended(words) = &events[0] else {
            panic!("{events:?}");
        };
        assert_eq!(
            words,
            "was ended: a message of the service was larger than 4 MiB"
        );
    }
}

#[tokio::test]
async fn a_binary_message_is_no_frame_and_the_connection_goes_on() {
    let mut bytes = framed(BINARY, true, &[0, 159, 146, 150]);
    bytes.extend(framed(TEXT, true, b"\xf0\x9f\x98\x80"));
    bytes.extend(framed(TEXT, true, notification(100).as_bytes()));
    let events = events_of(bytes, 3).await;
    let reasons: Vec<&str> = events
        .iter()
        .map(|event| match event {
            LinkEvent::Malformed(malformed) => malformed.reason,
            LinkEvent::Frame(_) => "a frame",
            LinkEvent::Ended(words) => panic!("it {words}"),
        })
        .collect();
    assert_eq!(
        reasons,
        [
            "it is not a text message",
            "it is not a JSON object",
            "a frame"
        ]
    );
}

#[tokio::test]
async fn what_is_not_as_websockets_are_ends_the_connection_and_says_so() {
    // An end of a text in the middle of a character, a reserved kind of frame, a mask where none is.
    let cut = framed(TEXT, true, b"\xe2\x82");
    let overlong = framed(TEXT, true, b"{\xc0\xaf}");
    let reserved = framed(0x3, true, b"{}");
    let mut masked = vec![0x80 | TEXT, 0x80 | 2];
    masked.extend(b"mask{}");
    for (bytes, expected) in [
        (
            cut,
            "was ended: a message of the service was not valid UTF-8",
        ),
        (
            overlong,
            "was ended: a message of the service was not valid UTF-8",
        ),
        (reserved, "broke: what came is no WebSocket message"),
        (masked, "broke: what came is no WebSocket message"),
        (
            b"HTTP/1.1 400 Bad Request\r\n".repeat(10),
            "broke: what came is no WebSocket message",
        ),
    ] {
        let events = events_of(bytes, 1).await;
        let LinkEvent::Ended(words) = &events[0] else {
            panic!("{events:?}");
        };
        assert_eq!(words, expected);
    }
}
