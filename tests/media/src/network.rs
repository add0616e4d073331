//! A network between clients and the media server, as bad as a test wants it.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use devserver::{Announced, Server};
use tokio::net::UdpSocket;
use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::sleep_until;

use crate::relay::media_addresses;

/// By how much a packet is late that others overtake.
const LATE: Duration = Duration::from_millis(30);

/// How bad the network is, the same in both directions.
#[derive(Clone, Copy, Debug, Default)]
pub struct Weather {
    /// Nothing gets through.
    pub is_dark: bool,
    /// Which part of the packets gets lost, in percent.
    pub loss_percent: u64,
    /// How long each packet takes. Packets keep their order.
    pub delay: Duration,
    /// Which part of the packets is late, so that others overtake it, in percent.
    pub late_percent: u64,
    /// Which part of the packets comes twice, in percent.
    pub twice_percent: u64,
    /// Kilobits per second from the clients to the server; 0: as much as there is. What does not fit
    /// within a tenth of a second is lost.
    pub bottleneck_kbps: u64,
    /// Each packet also comes damaged in several ways, once more, and beside nonsense.
    pub is_hostile: bool,
}

/// Between the clients of a server and its media server from now on.
pub struct Network {
    pub address: SocketAddr,
    shared: Arc<Shared>,
    // Ends what runs on it.
    _runtime: Runtime,
}

struct Shared {
    weather: Mutex<Weather>,
    chance: AtomicU64,
    passed: AtomicU64,
    /// When the narrowest place is free again.
    free_at: Mutex<Instant>,
    /// How often addresses have changed.
    mapping: AtomicU64,
    /// Clients that were there before the change of that number are cut off.
    stranded: AtomicU64,
}

impl Network {
    /// Stands between the clients that join from now on and the media server.
    pub fn new(server: &Server) -> Network {
        let runtime = Runtime::new().expect("threads");
        let (media, _) = media_addresses(server);
        let shared = Arc::new(Shared {
            weather: Mutex::default(),
            chance: AtomicU64::new(7),
            passed: AtomicU64::new(0),
            free_at: Mutex::new(Instant::now()),
            mapping: AtomicU64::new(0),
            stranded: AtomicU64::new(0),
        });
        let socket = runtime.block_on(UdpSocket::bind("127.0.0.1:0"));
        let socket = Arc::new(socket.expect("a free port"));
        let address = socket.local_addr().expect("an address");
        runtime.spawn(carry(socket, media, Arc::clone(&shared)));
        let announced = Announced {
            udp: Some(address),
            tcp: None,
        };
        server.announce_media(Some(announced)).expect("it forwards");
        Network {
            address,
            shared,
            _runtime: runtime,
        }
    }

    pub fn set(&self, weather: Weather) {
        *self.shared.weather.lock().expect("no panic") = weather;
    }

    /// From now on the media server sees all clients at other addresses, and reaches them at the old
    /// ones no longer: as when a router has forgotten them.
    pub fn change_addresses(&self) {
        self.shared.mapping.fetch_add(1, Ordering::Relaxed);
    }

    /// From now on the sockets that the clients have reach nothing; new ones do: as when a machine
    /// has another network than before.
    pub fn strand(&self) {
        let mapping = self.shared.mapping.fetch_add(1, Ordering::Relaxed) + 1;
        self.shared.stranded.store(mapping, Ordering::Relaxed);
    }

    /// How many packets got through so far.
    pub fn passed(&self) -> u64 {
        self.shared.passed.load(Ordering::Relaxed)
    }
}

impl Shared {
    /// What goes out in place of a packet, apart from its fate.
    fn accompanied(&self, packet: &[u8]) -> Vec<Vec<u8>> {
        let mut packets = vec![packet.to_vec()];
        if !self.weather.lock().expect("no panic").is_hostile {
            return packets;
        }
        let chance = self.chance();
        let at = chance as usize % packet.len().max(1);
        let mut flipped = packet.to_vec();
        if let Some(byte) = flipped.get_mut(at) {
            *byte ^= 1 << (chance % 8);
        }
        // Of STUN, DTLS, RTP, RTCP and nothing at all.
        let first = [0, 20, 22, 23, 63, 128, 144, 200, 255][at % 9];
        let mut nonsense = chance.to_le_bytes().repeat(1 + at % 40);
        nonsense[0] = first;
        nonsense[1] = [0, 1, 96, 100, 200, 201, 205, 206][at % 8];
        packets.extend([packet[..at].to_vec(), flipped, packet.to_vec(), nonsense]);
        packets
    }

    /// Any sequence that looks like chance will do, as long as it is the same each time.
    fn chance(&self) -> u64 {
        let step = 0x9e37_79b9_7f4a_7c15;
        let chance = self.chance.fetch_add(step, Ordering::Relaxed);
        (chance ^ (chance >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32
    }

    fn happens(&self, percent: u64) -> bool {
        self.chance() % 100 < percent
    }

    /// What becomes of a packet; `None`: it is lost.
    fn fate(&self, is_upward: bool, length: usize) -> Option<Fate> {
        let weather = *self.weather.lock().expect("no panic");
        if weather.is_dark || self.happens(weather.loss_percent) {
            return None;
        }
        let mut takes = weather.delay;
        if is_upward && weather.bottleneck_kbps > 0 {
            let mut free_at = self.free_at.lock().expect("no panic");
            let now = Instant::now();
            let begin = (*free_at).max(now);
            if begin.duration_since(now) > Duration::from_millis(100) {
                return None;
            }
            let bits = length as u64 * 8;
            *free_at = begin + Duration::from_micros(bits * 1000 / weather.bottleneck_kbps);
            takes += free_at.duration_since(now);
        }
        self.passed.fetch_add(1, Ordering::Relaxed);
        Some(Fate {
            at: Instant::now() + takes,
            is_late: self.happens(weather.late_percent),
            is_twice: self.happens(weather.twice_percent),
        })
    }
}

/// What becomes of a packet that gets through.
struct Fate {
    at: Instant,
    is_late: bool,
    is_twice: bool,
}

/// One direction of what a client exchanges: packets wait in it, and keep their order.
struct Lane {
    waiting: mpsc::UnboundedSender<(Instant, Vec<u8>)>,
    exit: Exit,
}

/// Where a lane leads.
#[derive(Clone)]
struct Exit {
    socket: Arc<UdpSocket>,
    destination: SocketAddr,
}

impl Exit {
    async fn leave(&self, at: Instant, datagram: &[u8]) {
        sleep_until(at.into()).await;
        // Whoever is gone misses nothing.
        let _ = self.socket.send_to(datagram, self.destination).await;
    }
}

impl Lane {
    fn new(exit: Exit) -> Lane {
        let (waiting, mut next) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
        let end = exit.clone();
        tokio::spawn(async move {
            while let Some((at, datagram)) = next.recv().await {
                end.leave(at, &datagram).await;
            }
        });
        Lane { waiting, exit }
    }

    fn carry(&self, fate: &Fate, datagram: &[u8]) {
        for _ in 0..1 + u8::from(fate.is_twice) {
            let datagram = datagram.to_vec();
            if fate.is_late {
                let (exit, at) = (self.exit.clone(), fate.at + LATE);
                tokio::spawn(async move { exit.leave(at, &datagram).await });
            } else {
                let _ = self.waiting.send((fate.at, datagram));
            }
        }
    }
}

/// What the network knows of a client.
struct Client {
    /// The last change of addresses before it came.
    born: u64,
    /// The last change of addresses that it has gone through.
    mapping: u64,
    upward: Lane,
    downward: JoinHandle<()>,
}

impl Drop for Client {
    fn drop(&mut self) {
        self.downward.abort();
    }
}

async fn carry(socket: Arc<UdpSocket>, media: SocketAddr, shared: Arc<Shared>) {
    let mut clients: HashMap<SocketAddr, Client> = HashMap::new();
    let mut buffer = [0; 2048];
    loop {
        let Ok((length, address)) = socket.recv_from(&mut buffer).await else {
            continue;
        };
        let mapping = shared.mapping.load(Ordering::Relaxed);
        let known = clients.get(&address);
        let born = known.map_or(mapping, |client| client.born);
        if born < shared.stranded.load(Ordering::Relaxed) {
            continue;
        }
        if known.is_none_or(|client| client.mapping < mapping) {
            let exit = Exit {
                socket: Arc::clone(&socket),
                destination: address,
            };
            let upstream = UdpSocket::bind("127.0.0.1:0").await.expect("a free port");
            let upstream = Arc::new(upstream);
            let back = carry_back(
                Arc::clone(&upstream),
                Lane::new(exit),
                mapping,
                Arc::clone(&shared),
            );
            let client = Client {
                born,
                mapping,
                upward: Lane::new(Exit {
                    socket: upstream,
                    destination: media,
                }),
                downward: tokio::spawn(back),
            };
            clients.insert(address, client);
        }
        if let Some(fate) = shared.fate(true, length) {
            for datagram in shared.accompanied(&buffer[..length]) {
                clients[&address].upward.carry(&fate, &datagram);
            }
        }
    }
}

async fn carry_back(upstream: Arc<UdpSocket>, downward: Lane, mapping: u64, shared: Arc<Shared>) {
    let mut buffer = [0; 2048];
    loop {
        let Ok((length, _)) = upstream.recv_from(&mut buffer).await else {
            continue;
        };
        if shared.mapping.load(Ordering::Relaxed) > mapping {
            continue;
        }
        if let Some(fate) = shared.fate(false, length) {
            for datagram in shared.accompanied(&buffer[..length]) {
                downward.carry(&fate, &datagram);
            }
        }
    }
}
