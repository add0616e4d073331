//! The worker and where it listens.

use std::net::{IpAddr, UdpSocket};
use std::sync::Mutex;

use mediasoup::prelude::*;
use mediasoup::worker::WorkerLogLevel;
use serde_json::{Value, json};
use tokio::sync::{OnceCell, mpsc};

use super::counters::Counters;
use crate::sfu::{Announced, Event, Failed, MediaFigures};

/// The most events that may wait. Those that find no place are lost: scores and speakers come again.
const EVENT_LIMIT: usize = 4096;

/// The media server of one devserver. The worker is started by the first transport.
pub(crate) struct Sfu {
    /// Where to listen.
    listen: Vec<IpAddr>,
    engine: OnceCell<Engine>,
    announced: Mutex<Option<Announced>>,
    pub(super) counters: Counters,
    pub(super) sender: mpsc::Sender<Event>,
    receiver: Mutex<Option<mpsc::Receiver<Event>>>,
}

pub(super) struct Engine {
    pub worker: Worker,
    pub server: WebRtcServer,
}

impl Sfu {
    pub fn new(listen: Vec<IpAddr>) -> Sfu {
        let (sender, receiver) = mpsc::channel(EVENT_LIMIT);
        Sfu {
            listen,
            engine: OnceCell::new(),
            announced: Mutex::default(),
            counters: Counters::default(),
            sender,
            receiver: Mutex::new(Some(receiver)),
        }
    }

    /// What the media server tells; for one listener.
    pub fn events(&self) -> Option<mpsc::Receiver<Event>> {
        self.receiver
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
            .take()
    }

    /// From now on, transports are told these addresses.
    pub fn announce(&self, announced: Option<Announced>) -> Result<(), Failed> {
        *self
            .announced
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner()) = announced;
        Ok(())
    }

    pub(super) fn announced(&self) -> Option<Announced> {
        *self
            .announced
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    pub fn figures(&self) -> MediaFigures {
        self.counters.read()
    }

    /// What the admin endpoint tells. The sockets are those that a relay in between sends to; the
    /// objects are what the worker itself counts, so that a leak shows.
    pub async fn describe(&self) -> Value {
        let mut told = json!({
            "forwards": super::FORWARDS,
            "announced": self.announced(),
            "figures": self.figures(),
        });
        let Ok(engine) = self.engine().await else {
            return told;
        };
        if let Ok(dump) = engine.server.dump().await {
            told["udp"] = json!(addresses(&dump.udp_sockets));
            told["tcp"] = json!(addresses(&dump.tcp_servers));
        }
        if let Ok(dump) = engine.worker.dump().await {
            let handlers = &dump.channel_message_handlers;
            told["objects"] = json!(handlers.channel_request_handlers.len());
        }
        told
    }

    pub(super) async fn engine(&self) -> Result<&Engine, Failed> {
        self.engine.get_or_try_init(|| self.start()).await
    }

    async fn start(&self) -> Result<Engine, Failed> {
        let mut settings = WorkerSettings::default();
        settings.log_level = WorkerLogLevel::Error;
        settings.log_tags.clear();
        let worker = WorkerManager::new()
            .create_worker(settings)
            .await
            .map_err(|error| Failed(format!("The media server does not start: {error}")))?;
        let infos: Vec<ListenInfo> = self
            .listen
            .iter()
            .flat_map(|ip| reachable_as(*ip))
            .flat_map(|ip| [Protocol::Udp, Protocol::Tcp].map(|protocol| listen_info(protocol, ip)))
            .collect();
        let options = WebRtcServerOptions::new(infos.try_into()?);
        let server = worker.create_webrtc_server(options).await?;
        Ok(Engine { worker, server })
    }
}

fn addresses(sockets: &[mediasoup::webrtc_server::WebRtcServerIpPort]) -> Vec<String> {
    sockets
        .iter()
        .map(|socket| std::net::SocketAddr::new(socket.ip, socket.port).to_string())
        .collect()
}

fn listen_info(protocol: Protocol, ip: IpAddr) -> ListenInfo {
    ListenInfo {
        protocol,
        ip,
        announced_address: None,
        expose_internal_ip: false,
        port: None,
        port_range: None,
        flags: None,
        send_buffer_size: None,
        recv_buffer_size: None,
    }
}

/// A candidate cannot be "any address": it is then those of loopback and of the way out.
fn reachable_as(ip: IpAddr) -> Vec<IpAddr> {
    if !ip.is_unspecified() {
        return vec![ip];
    }
    let (loopback, elsewhere) = match ip {
        IpAddr::V4(_) => (std::net::Ipv4Addr::LOCALHOST.into(), "192.0.2.1:9"),
        IpAddr::V6(_) => (std::net::Ipv6Addr::LOCALHOST.into(), "[2001:db8::1]:9"),
    };
    let mut found = vec![loopback];
    // Connecting a UDP socket sends nothing, it only chooses the address to send from.
    let way_out = UdpSocket::bind((ip, 0))
        .and_then(|socket| socket.connect(elsewhere).and_then(|()| socket.local_addr()));
    found.extend(way_out.ok().map(|address| address.ip()));
    found.dedup();
    found
}
