//! Carrying faults out.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body::Frame;

use super::App;
use super::connection::ConnectionInfo;
use super::control::{Control, Order};
use super::joining::wants_websocket;
use super::requests::whole_body;
use crate::faults::{Fault, FaultKind};

const DEFAULT_BYTE_INTERVAL_MS: u64 = 50;
/// What one step of an endless body sends, in bytes.
const ENDLESS_STEP: usize = 16 * 1024;

/// Headers that a fault takes away and that nobody may add again. Travels with the response.
#[derive(Clone, Default)]
pub(super) struct Untouched(pub Vec<HeaderName>);

pub(super) async fn apply_faults(
    State(app): State<Arc<App>>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    if is_exempt(path) && !wants_websocket(request.headers()) {
        return next.run(request).await;
    }
    let Some(fault) = app.faults.take_for_request(request.method().as_str(), path) else {
        return next.run(request).await;
    };
    let Some(connection) = request.extensions().get::<ConnectionInfo>().cloned() else {
        return next.run(request).await;
    };
    app.counters.fault_applied();

    // The body is read before anything else. Only then does a close send an orderly end, and only
    // then is a client noticed that gives up while it waits.
    let (head, body) = request.into_parts();
    let body = match whole_body(body).await {
        Ok(body) => body,
        Err(too_large) => return too_large.into_response(),
    };
    if fault.latency_ms > 0 {
        tokio::time::sleep(Duration::from_millis(fault.latency_ms)).await;
    }
    if fault.kind() == FaultKind::Delay {
        return next.run(Request::from_parts(head, Body::from(body))).await;
    }
    misbehave(&fault, &connection.control).await
}

/// The page for people and the switchboard of the faults themselves are always as they should be.
fn is_exempt(path: &str) -> bool {
    matches!(path, "/" | "/status.json" | "/status-events") || path.starts_with("/admin/")
}

async fn misbehave(fault: &Fault, control: &Arc<Control>) -> Response {
    let body = fault.full_body();
    let length = body.len();
    let cut = Bytes::copy_from_slice(&body.as_bytes()[..fault.cut_length().min(length)]);
    let whole = || Body::from(body.to_owned());
    match fault.kind() {
        FaultKind::Delay | FaultKind::Reply | FaultKind::Redirect => reply(fault, whole()),
        FaultKind::SlowLoris => {
            let interval = fault.byte_interval_ms.unwrap_or(DEFAULT_BYTE_INTERVAL_MS);
            control.drip(Duration::from_millis(interval));
            control.stall();
            reply(fault, whole())
        }
        FaultKind::CutBody => {
            let body = ScriptedBody::new(cut, Ending::Cut(control.clone()));
            announce(reply(fault, Body::new(body)), length)
        }
        FaultKind::TruncatedChunked => {
            let body = ScriptedBody::new(cut, Ending::Cut(control.clone()));
            reply(fault, Body::new(body))
        }
        FaultKind::StallBody => {
            control.stall();
            let body = ScriptedBody::new(Bytes::new(), Ending::Stall);
            announce(reply(fault, Body::new(body)), length)
        }
        FaultKind::EndlessBody => {
            control.stall();
            let body = ScriptedBody::new(Bytes::from(body.to_owned()), Ending::Never);
            reply(fault, Body::new(body))
        }
        FaultKind::Stall => {
            control.stall();
            std::future::pending().await
        }
        FaultKind::CloseBeforeReply => give_up(control, Order::Cut).await,
        // The other kind was carried out when the connection was accepted.
        FaultKind::Reset | FaultKind::ResetBeforeRequestRead => {
            give_up(control, Order::Reset).await
        }
        FaultKind::HttpGarbage => give_up(control, Order::Say(Bytes::from(body.to_owned()))).await,
    }
}

/// Hands the connection over; it drops this request when it carries the order out.
async fn give_up(control: &Control, order: Order) -> Response {
    control.stall();
    control.give(order);
    std::future::pending().await
}

fn reply(fault: &Fault, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = fault.status_code();
    let content_type = fault
        .content_type
        .as_deref()
        .unwrap_or("application/json; charset=utf-8");
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    };
    set(CONTENT_TYPE, content_type);
    if let Some(location) = &fault.location {
        set(LOCATION, location);
    }
    let mut untouched = Vec::new();
    for (name, value) in &fault.headers {
        // Names and values were checked when the fault was added.
        let Ok(name) = HeaderName::from_bytes(name.as_bytes()) else {
            continue;
        };
        match value {
            Some(value) => set(name, value),
            None => untouched.push(name),
        }
    }
    for name in &untouched {
        response.headers_mut().remove(name);
    }
    response.extensions_mut().insert(Untouched(untouched));
    response
}

/// Announces a body of this length, whatever the real one is.
fn announce(mut response: Response, length: usize) -> Response {
    response
        .headers_mut()
        .insert(CONTENT_LENGTH, HeaderValue::from(length));
    response
}

/// A body that begins as told and then does something else than end.
struct ScriptedBody {
    beginning: Option<Bytes>,
    ending: Ending,
    /// Whether the beginning had a chance to leave for the network.
    flushed: bool,
}

enum Ending {
    /// The connection is closed.
    Cut(Arc<Control>),
    /// Nothing more comes.
    Stall,
    /// More and more comes.
    Never,
}

impl ScriptedBody {
    fn new(beginning: Bytes, ending: Ending) -> ScriptedBody {
        let beginning = Some(beginning).filter(|beginning| !beginning.is_empty());
        ScriptedBody {
            beginning,
            ending,
            flushed: false,
        }
    }
}

impl http_body::Body for ScriptedBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if let Some(beginning) = self.beginning.take() {
            return Poll::Ready(Some(Ok(Frame::data(beginning))));
        }
        match &self.ending {
            Ending::Never => {
                let more = Bytes::from_static(&[b' '; ENDLESS_STEP]);
                Poll::Ready(Some(Ok(Frame::data(more))))
            }
            Ending::Stall => Poll::Pending,
            Ending::Cut(control) => {
                if self.flushed {
                    control.give(Order::Cut);
                } else {
                    // What has been handed over is written as soon as nothing more is there for
                    // the moment; the cut comes with the next question.
                    self.flushed = true;
                    context.waker().wake_by_ref();
                }
                Poll::Pending
            }
        }
    }
}
