//! A TURN server, coturn, for one test.

use std::fmt::Write;
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use crate::meetings::LONG;

pub const USER: &str = "user-of-a-relay";
pub const PASSWORD: &str = "a-password-of-a-relay";

/// Ports that relay, below those that the system gives out by itself.
const FIRST_PORT: u16 = 20_000;
const LAST_PORT: u16 = 32_000;
const PORTS: u16 = 40;

pub struct Coturn {
    /// Of UDP and TCP.
    pub port: u16,
    pub tls_port: u16,
    /// Its certificate, which nobody else has signed.
    pub certificate: String,
    ports: RangeInclusive<u16>,
    folder: PathBuf,
    process: Child,
}

impl Coturn {
    pub fn start() -> Self {
        let ports = free_ports();
        let (port, tls_port) = (free_port(), free_port());
        let folder =
            std::env::temp_dir().join(format!("vsdk-coturn-{}-{port}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let pair = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a pair");
        let path = |name: &str| folder.join(name).display().to_string();
        let certificate = pair.cert.pem();
        std::fs::write(path("cert.pem"), &certificate).expect("a file");
        std::fs::write(path("key.pem"), pair.signing_key.serialize_pem()).expect("a file");
        let mut settings = String::from(
            "listening-ip=127.0.0.1\nrelay-ip=127.0.0.1\nallow-loopback-peers\nno-cli\nlt-cred-mech\nrealm=vsdk.test\n",
        );
        for (name, value) in [
            ("user", format!("{USER}:{PASSWORD}")),
            ("listening-port", port.to_string()),
            ("tls-listening-port", tls_port.to_string()),
            ("min-port", ports.start().to_string()),
            ("max-port", ports.end().to_string()),
            ("cert", path("cert.pem")),
            ("pkey", path("key.pem")),
            ("userdb", path("users")),
            ("pidfile", path("pid")),
            ("log-file", path("log")),
        ] {
            writeln!(settings, "{name}={value}").expect("memory");
        }
        std::fs::write(path("settings"), settings).expect("a file");
        let process = Command::new("turnserver")
            .args(["-c", &path("settings"), "--simple-log"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("turnserver is there (Debian: apt install coturn)");
        let coturn = Self {
            port,
            tls_port,
            certificate,
            ports,
            folder,
            process,
        };
        let begin = Instant::now();
        while [port, tls_port]
            .iter()
            .any(|port| TcpStream::connect(("127.0.0.1", *port)).is_err())
        {
            assert!(begin.elapsed() < LONG, "turnserver never listens");
            std::thread::sleep(Duration::from_millis(20));
        }
        coturn
    }

    /// Whether it relays from there.
    pub fn relays_from(&self) -> impl Fn(SocketAddr) -> bool + Send + use<> {
        let ports = self.ports.clone();
        move |address| ports.contains(&address.port())
    }

    /// How many clients have an allocation: each has one of the ports.
    pub fn allocations(&self) -> usize {
        let is_taken = |port: &u16| UdpSocket::bind(("127.0.0.1", *port)).is_err();
        self.ports.clone().filter(is_taken).count()
    }
}

impl Drop for Coturn {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A port that is free for UDP and TCP.
fn free_port() -> u16 {
    loop {
        let udp = UdpSocket::bind("127.0.0.1:0").expect("a free port");
        let address = udp.local_addr().expect("it is bound");
        if TcpListener::bind(address).is_ok() {
            return address.port();
        }
    }
}

/// Each server of each process begins somewhere else.
fn free_ports() -> RangeInclusive<u16> {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let count = (LAST_PORT - FIRST_PORT) / PORTS;
    let process = (std::process::id() % u32::from(count)) as u16;
    loop {
        let number = process.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)) % count;
        let first = FIRST_PORT + number * PORTS;
        let ports = first..=first + PORTS - 1;
        let is_free = |port| UdpSocket::bind(("127.0.0.1", port)).is_ok();
        if ports.clone().all(is_free) {
            return ports;
        }
    }
}
