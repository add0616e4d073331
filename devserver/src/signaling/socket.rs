//! The task of one connection.

use std::time::Duration;

use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message};

use super::frame::{Frame, Malformed, Outgoing, Request};
use super::outbox::{Ending, Item, Outbox, OutboxReader};
use super::reason::Reason;
use super::{Admission, Identity, Seat};
use crate::app::App;
use crate::faults::SignalingFaultKind;

/// The most bytes that a message of a client may have; the published Python client takes as many.
const MESSAGE_LIMIT: usize = 1024 * 1024;
/// Read buffer of a connection, in bytes: most frames are small, and connections are many.
const READ_BUFFER: usize = 4 * 1024;
/// The service's number for what has no number of its own.
const SOMETHING_WENT_WRONG: u16 = 5000;
/// How long a client may take to answer the end of a connection.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);

/// Why reading ended.
enum Left {
    /// The client said goodbye.
    Closed,
    Lost,
    /// A message was too long.
    TooLong,
    /// A fault ends the connection.
    Fault(Ending),
}

/// Serves a connection until it ends, from either side. `stopping` is done when the server stops;
/// `reset_on_close` makes the stream end with a TCP reset.
pub(crate) async fn serve<Stream>(
    app: &App,
    stream: Stream,
    (admission, identity): (Admission, Identity),
    stopping: impl Future<Output = ()>,
    reset_on_close: impl FnOnce(),
) where
    Stream: AsyncRead + AsyncWrite + Unpin,
{
    let config = WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(READ_BUFFER)
        .max_message_size(Some(MESSAGE_LIMIT))
        .max_frame_size(Some(MESSAGE_LIMIT));
    let socket = WebSocketStream::from_raw_socket(stream, Role::Server, Some(config)).await;
    let (sink, stream) = socket.split();
    let (outbox, reader) = Outbox::new();
    let aborted = reader.abort_signal();
    let _open = app.counters.signaling_opened();
    let mut seat = app
        .signaling
        .enter(app, admission, identity, outbox.clone());

    let mut stopped = Box::pin(async {
        stopping.await;
        outbox.end(Ending::Orderly);
        std::future::pending::<()>().await
    });
    let mut writing = Box::pin(async {
        write(app, sink, reader).await;
        // The client has yet to answer the goodbye, and reading goes on until then.
        tokio::time::sleep(CLOSE_TIMEOUT).await;
    });
    let mut reading = Box::pin(read(app, &mut seat, stream, &outbox));
    let reason = tokio::select! {
        ending = aborted.given() => {
            if ending == Ending::Reset {
                reset_on_close();
            }
            Reason::WebsocketDisconnected
        }
        left = &mut reading => match left {
            Left::Closed => Reason::ManualLeaveCalled,
            Left::Lost => Reason::WebsocketDisconnected,
            Left::Fault(ending) => {
                if ending == Ending::Reset {
                    reset_on_close();
                }
                Reason::WebsocketDisconnected
            }
            Left::TooLong => {
                outbox.end(Ending::TooLong);
                let _ = timeout(CLOSE_TIMEOUT, &mut writing).await;
                Reason::WebsocketDisconnected
            }
        },
        () = &mut writing => Reason::WebsocketDisconnected,
        () = &mut stopped => Reason::WebsocketDisconnected,
    };
    drop(reading);
    app.signaling.leave(app, &seat, reason);
}

async fn read<Stream>(
    app: &App,
    seat: &mut Seat,
    mut stream: SplitStream<WebSocketStream<Stream>>,
    outbox: &Outbox,
) -> Left
where
    Stream: AsyncRead + AsyncWrite + Unpin,
{
    let mut goodbye = None;
    while let Some(message) = stream.next().await {
        let text = match message {
            Ok(Message::Text(text)) => text,
            Ok(Message::Close(frame)) => {
                let away = frame.is_some_and(|frame| frame.code == CloseCode::Away);
                goodbye = Some(if away { Left::Lost } else { Left::Closed });
                // Its answer is sent by reading on, which then comes to the end.
                continue;
            }
            Ok(Message::Binary(_)) => {
                complain(outbox, Malformed::new("a frame must be a text message"));
                continue;
            }
            Ok(_) => continue,
            Err(Error::Capacity(_)) => return Left::TooLong,
            Err(_) => break,
        };
        app.counters.signaling_message_received();
        match Frame::parse(&text) {
            Ok(Frame::Request(request)) => {
                if let Some(ending) = carry_out(app, seat, request, outbox).await {
                    return Left::Fault(ending);
                }
            }
            Ok(Frame::Response { id, answer }) => app.signaling.answered(seat, id, answer).await,
            Ok(Frame::Notification { .. }) => {}
            Err(malformed) => complain(outbox, malformed),
        }
    }
    goodbye.unwrap_or(Left::Lost)
}

/// Carries a request out, or what a fault makes of it. Gives how the connection is to end, if so;
/// what waits in the outbox is then not sent any more.
async fn carry_out(
    app: &App,
    seat: &mut Seat,
    request: Request,
    outbox: &Outbox,
) -> Option<Ending> {
    let Some(fault) = app.faults.take_for_method(&request.method) else {
        app.signaling.request(app, seat, request).await;
        return None;
    };
    app.counters.fault_applied();
    if fault.latency_ms > 0 {
        tokio::time::sleep(Duration::from_millis(fault.latency_ms)).await;
    }
    match fault.kind {
        SignalingFaultKind::Delay => app.signaling.request(app, seat, request).await,
        SignalingFaultKind::Refuse => {
            let code = fault.code.unwrap_or(SOMETHING_WENT_WRONG);
            let reason = fault.reason.as_deref().unwrap_or("A fault was asked for");
            outbox.send(Outgoing::refused(request.id, code, reason));
        }
        SignalingFaultKind::Ignore => {}
        SignalingFaultKind::Cut => return Some(Ending::Cut),
        SignalingFaultKind::Reset => return Some(Ending::Reset),
        SignalingFaultKind::CutAfterwards => {
            app.signaling.request(app, seat, request).await;
            return Some(Ending::Cut);
        }
    }
    None
}

/// Tells a client that its message was no frame: in answer to it when that can be, or else with the
/// notification that other errors use.
fn complain(outbox: &Outbox, malformed: Malformed) {
    let Malformed { id, reason } = malformed;
    outbox.send(match id {
        Some(id) => Outgoing::refused(id, 400, &reason),
        None => Outgoing::notification("error", &json!({"code": 400, "message": reason})),
    });
}

/// Sends what is put into the outbox, until the orderly end of it or of the connection.
async fn write<Stream>(
    app: &App,
    mut sink: SplitSink<WebSocketStream<Stream>, Message>,
    mut reader: OutboxReader,
) where
    Stream: AsyncRead + AsyncWrite + Unpin,
{
    while let Some(mut item) = reader.next().await {
        // What is there goes out together.
        loop {
            let message = match item {
                Item::Frame(frame) => frame.into_message(),
                Item::Close(code) => {
                    let reason = "".into();
                    let _ = sink
                        .send(Message::Close(Some(CloseFrame { code, reason })))
                        .await;
                    return;
                }
            };
            if sink.feed(message).await.is_err() {
                return;
            }
            app.counters.signaling_message_sent();
            match reader.try_next() {
                Some(next) => item = next,
                None => break,
            }
        }
        if sink.flush().await.is_err() {
            return;
        }
    }
}
