//! One connection, from its first byte to its last.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::HOST;
use hyper::body::Incoming;
use hyper::service::Service;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

use super::control::{Control, Order};
use super::wire::SharedStream;

/// How long a peer may take to send the head of a request, and how long it may say nothing between
/// two requests.
const HEADER_TIMEOUT: Duration = Duration::from_secs(60);
/// How long writing the last bytes of an [`Order::Say`] may take.
const LAST_WORDS_TIMEOUT: Duration = Duration::from_secs(5);

/// What a handler may know of the connection that its request came in on. Part of every request's
/// extensions.
#[derive(Clone)]
pub(crate) struct ConnectionInfo {
    pub peer: SocketAddr,
    /// Scheme, host and port of the listener, without a slash at the end.
    pub base_url: Arc<str>,
    pub control: Arc<Control>,
    pub stopping: Stopping,
    /// Nothing is sent through it: that all clones are gone tells that nobody needs the connection
    /// any more.
    pub in_use: mpsc::Sender<()>,
}

/// The signal that the server stops, and how long requests may then go on.
#[derive(Clone)]
pub(crate) struct Stopping {
    pub signal: watch::Receiver<bool>,
    pub grace: Duration,
}

impl Stopping {
    /// Waits until the server is to stop, which also is when nobody holds it any more.
    pub async fn requested(&mut self) {
        let _ = self.signal.wait_for(|stop| *stop).await;
    }
}

/// HTTP/2 tells the host in another place than HTTP/1.1; here it is always in the same.
fn name_host<Body>(request: &mut hyper::Request<Body>) {
    let authority = request.uri().authority().map(|it| it.as_str().to_owned());
    if let Some(Ok(host)) = authority.map(HeaderValue::try_from)
        && !request.headers().contains_key(HOST)
    {
        request.headers_mut().insert(HOST, host);
    }
}

/// Answers requests on this stream until one side ends it.
pub(crate) async fn serve<Stream>(
    stream: Stream,
    router: Router,
    info: ConnectionInfo,
    mut unused: mpsc::Receiver<()>,
) where
    Stream: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut stream = SharedStream::new(stream);
    let control = info.control.clone();
    let mut stopping = info.stopping.clone();
    let router = TowerToHyperService::new(router);
    let service = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(info.clone());
        name_host(&mut request);
        router.call(request)
    });
    let mut builder = auto::Builder::new(TokioExecutor::new());
    // The date comes from our own clock, which may be shifted; see `http::observe`.
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT)
        .auto_date_header(false);
    builder
        .http2()
        .timer(TokioTimer::new())
        .auto_date_header(false);
    let mut serving =
        Box::pin(builder.serve_connection_with_upgrades(TokioIo::new(stream.clone()), service));

    // When the server stops, its listener bounds how long the rest of this may take.
    let mut ending = false;
    let order = loop {
        tokio::select! {
            order = control.next_order() => break Some(order),
            // An error here is the peer's: it broke off or does not speak HTTP.
            _ = serving.as_mut() => break None,
            () = stopping.requested(), if !ending => {
                if control.is_stalled() {
                    break None;
                }
                serving.as_mut().graceful_shutdown();
                ending = true;
            }
        }
    };
    drop(serving);
    match order {
        // What became a WebSocket is served elsewhere, and ends when the server stops; then the
        // listener waits for this.
        None if control.is_upgraded() => {
            drop(stream);
            let _ = unused.recv().await;
        }
        None | Some(Order::Cut) => {}
        Some(Order::Reset) => control.reset_on_close(),
        Some(Order::Say(bytes)) => {
            // A peer that does not read its last words does not get them.
            let _ = timeout(LAST_WORDS_TIMEOUT, async {
                stream.write_all(&bytes).await?;
                stream.shutdown().await
            })
            .await;
        }
    }
}
