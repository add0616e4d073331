//! Listening sockets, and accepting on them.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use rustls::ServerConfig;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use super::App;
use super::connection::{ConnectionInfo, Stopping, serve};
use super::control::Control;
use super::wire::Wire;

const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);
/// The pause after a failed accept, most likely for want of file descriptors.
const ACCEPT_RETRY: Duration = Duration::from_millis(50);

/// A bound socket that does not accept yet.
pub(crate) struct Listener {
    socket: std::net::TcpListener,
    pub base_url: Arc<str>,
    tls: Option<Arc<ServerConfig>>,
}

impl Listener {
    pub fn bind(address: SocketAddr, tls: Option<Arc<ServerConfig>>) -> io::Result<Listener> {
        let socket = std::net::TcpListener::bind(address)?;
        socket.set_nonblocking(true)?;
        let address = socket.local_addr()?;
        let scheme = if tls.is_some() { "https" } else { "http" };
        let base_url = format!("{scheme}://{address}").into();
        Ok(Listener {
            socket,
            base_url,
            tls,
        })
    }

    /// Accepts until the server stops, then waits for the connections to end.
    pub async fn run(self, app: Arc<App>, router: Router, mut stopping: Stopping) {
        let socket = match TcpListener::from_std(self.socket) {
            Ok(socket) => socket,
            Err(_) => return,
        };
        let acceptor = self.tls.map(TlsAcceptor::from);
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                accepted = socket.accept() => match accepted {
                    Ok((stream, peer)) => {
                        let (in_use, unused) = mpsc::channel(1);
                        let info = ConnectionInfo {
                            peer,
                            base_url: self.base_url.clone(),
                            control: Arc::default(),
                            stopping: stopping.clone(),
                            in_use,
                        };
                        connections.spawn(accept(
                            stream,
                            acceptor.clone(),
                            app.clone(),
                            router.clone(),
                            info,
                            unused,
                        ));
                    }
                    Err(_) => tokio::time::sleep(ACCEPT_RETRY).await,
                },
                Some(_) = connections.join_next(), if !connections.is_empty() => {}
                () = stopping.requested() => break,
            }
        }
        drop(socket);
        let all_ended = async { while connections.join_next().await.is_some() {} };
        let _ = timeout(stopping.grace, all_ended).await;
        connections.shutdown().await;
    }
}

async fn accept(
    stream: TcpStream,
    acceptor: Option<TlsAcceptor>,
    app: Arc<App>,
    router: Router,
    info: ConnectionInfo,
    unused: mpsc::Receiver<()>,
) {
    // Replies are small and answered at once; waiting for more to send would only add latency.
    let _ = stream.set_nodelay(true);
    let control: Arc<Control> = info.control.clone();
    let wire = Wire::new(stream, control.clone(), app.counters.clone());
    if app.faults.take_for_connection().is_some() {
        app.counters.fault_applied();
        control.reset_on_close();
        return;
    }
    match acceptor {
        None => serve(wire, router, info, unused).await,
        Some(acceptor) => {
            let handshake = timeout(HANDSHAKE_TIMEOUT, acceptor.accept(wire));
            let mut stopping = info.stopping.clone();
            let secured = tokio::select! {
                secured = handshake => secured,
                () = stopping.requested() => return,
            };
            if let Ok(Ok(stream)) = secured {
                serve(stream, router, info, unused).await;
            }
        }
    }
}
