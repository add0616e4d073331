//! What stands between a client and the media server: it passes things on, or swallows them.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use devserver::Server;

const LOCALHOST: (&str, u16) = ("127.0.0.1", 0);

/// Where the media server listens: UDP, TCP.
pub fn media_addresses(server: &Server) -> (SocketAddr, SocketAddr) {
    let told = server.describe_media();
    let address = |protocol: &str| {
        let text = told[protocol][0].as_str();
        text.and_then(|text| text.parse().ok())
            .unwrap_or_else(|| panic!("no address in {told}"))
    };
    (address("udp"), address("tcp"))
}

/// Passes datagrams on, each client's from a socket of its own.
pub struct UdpRelay {
    pub address: SocketAddr,
    passes: Arc<AtomicBool>,
    passed: Arc<AtomicU64>,
}

impl UdpRelay {
    /// For those clients alone whose address fits.
    pub fn new(target: SocketAddr, fits: impl Fn(SocketAddr) -> bool + Send + 'static) -> Self {
        let socket = UdpSocket::bind(LOCALHOST).expect("a free port");
        let address = socket.local_addr().expect("it is bound");
        let passes = Arc::new(AtomicBool::new(true));
        let passed = Arc::new(AtomicU64::new(0));
        let (does_pass, count) = (Arc::clone(&passes), Arc::clone(&passed));
        thread::spawn(move || {
            let mut clients: HashMap<SocketAddr, UdpSocket> = HashMap::new();
            let mut buffer = [0; 2048];
            while let Ok((length, client)) = socket.recv_from(&mut buffer) {
                if !does_pass.load(Ordering::Relaxed) || !fits(client) {
                    continue;
                }
                count.fetch_add(1, Ordering::Relaxed);
                let upstream = clients.entry(client).or_insert_with(|| {
                    let upstream = UdpSocket::bind(LOCALHOST).expect("a free port");
                    upstream.connect(target).expect("an address");
                    let back = upstream.try_clone().expect("a handle");
                    let (socket, passes) =
                        (socket.try_clone().expect("a handle"), does_pass.clone());
                    thread::spawn(move || {
                        let mut buffer = [0; 2048];
                        while let Ok(length) = back.recv(&mut buffer) {
                            if passes.load(Ordering::Relaxed) {
                                let _ = socket.send_to(&buffer[..length], client);
                            }
                        }
                    });
                    upstream
                });
                let _ = upstream.send(&buffer[..length]);
            }
        });
        Self {
            address,
            passes,
            passed,
        }
    }

    /// Swallows everything from now on.
    pub fn block(&self) {
        self.passes.store(false, Ordering::Relaxed);
    }

    /// How many datagrams of clients it has passed on.
    pub fn passed(&self) -> u64 {
        self.passed.load(Ordering::Relaxed)
    }
}

/// Passes connections on.
pub struct TcpRelay {
    pub address: SocketAddr,
    streams: Arc<Mutex<Vec<TcpStream>>>,
}

impl TcpRelay {
    pub fn new(target: SocketAddr) -> Self {
        let listener = TcpListener::bind(LOCALHOST).expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let streams: Arc<Mutex<Vec<TcpStream>>> = Arc::default();
        let kept = Arc::clone(&streams);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let upstream = TcpStream::connect(target).expect("it listens");
                let clone = |stream: &TcpStream| stream.try_clone().expect("a handle");
                pass_on(clone(&client), clone(&upstream));
                pass_on(clone(&upstream), clone(&client));
                kept.lock().expect("no panic").extend([client, upstream]);
            }
        });
        Self { address, streams }
    }

    /// Breaks the connections that there are; how many there were.
    pub fn cut(&self) -> usize {
        let streams = std::mem::take(&mut *self.streams.lock().expect("no panic"));
        for stream in &streams {
            let _ = stream.shutdown(Shutdown::Both);
        }
        streams.len() / 2
    }

    /// How many connections there were since it was cut.
    pub fn connections(&self) -> usize {
        self.streams.lock().expect("no panic").len() / 2
    }
}

fn pass_on(mut from: TcpStream, mut to: TcpStream) {
    to.set_nodelay(true).expect("a connection");
    thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(length @ 1..) = from.read(&mut buffer) {
            if to.write_all(&buffer[..length]).is_err() {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Both);
    });
}

/// Addresses behind which nothing is heard of what is sent there: of UDP, and of TCP, where
/// connections are made.
pub struct Abyss {
    udp: UdpSocket,
    tcp: TcpListener,
}

impl Abyss {
    pub fn new() -> Self {
        Self {
            udp: UdpSocket::bind(LOCALHOST).expect("a free port"),
            tcp: TcpListener::bind(LOCALHOST).expect("a free port"),
        }
    }

    pub fn udp(&self) -> SocketAddr {
        self.udp.local_addr().expect("it is bound")
    }

    pub fn tcp(&self) -> SocketAddr {
        self.tcp.local_addr().expect("it is bound")
    }

    /// Whether anything was sent there by UDP.
    pub fn was_tried(&self) -> bool {
        self.udp
            .set_read_timeout(Some(Duration::from_millis(1)))
            .expect("not zero");
        self.udp.recv_from(&mut [0; 2048]).is_ok()
    }
}

impl Default for Abyss {
    fn default() -> Self {
        Self::new()
    }
}
