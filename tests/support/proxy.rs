//! A way to the local service that a test can cut, silence and slow down.

// Each test program uses what it needs.
#![allow(dead_code)]

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

/// What each connection to a proxy holds that was not taken yet, in bytes.
const RECEIVE_BUFFER: usize = 64 * 1024;

/// Passes connections on to a server. It goes on for the life of the process.
pub struct Proxy {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

struct State {
    target: SocketAddr,
    /// Nothing is passed on any more, and nothing ends: as when a cable was pulled out.
    is_silent: bool,
    /// Nothing is taken any more either: whoever sends has to wait.
    is_full: bool,
    /// How long each piece takes.
    delay: Duration,
    /// After that many further bytes of the server the connection that carries them is cut.
    budget: Option<usize>,
    /// Bytes of the server that were passed on.
    passed: usize,
    connections: Vec<TcpStream>,
}

impl Proxy {
    /// `url`: of the server.
    pub fn to(url: &str) -> Proxy {
        Proxy::listening_at(Ipv4Addr::LOCALHOST, url)
    }

    /// The same at another address of this machine.
    pub fn listening_at(ip: Ipv4Addr, url: &str) -> Proxy {
        let listener = TcpListener::bind((ip, 0)).expect("a free port");
        // Its connections have it too: what they hold untaken is soon all that fits.
        socket2::SockRef::from(&listener)
            .set_recv_buffer_size(RECEIVE_BUFFER)
            .expect("any size is taken as a wish");
        let proxy = Proxy {
            address: listener.local_addr().expect("it listens"),
            state: Arc::new(Mutex::new(State {
                target: address_of(url),
                is_silent: false,
                is_full: false,
                delay: Duration::ZERO,
                budget: None,
                passed: 0,
                connections: Vec::new(),
            })),
        };
        let state = Arc::clone(&proxy.state);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                connect(client, &state);
            }
        });
        proxy
    }

    /// Where it listens, with that scheme.
    pub fn url(&self, scheme: &str) -> String {
        match self.address.ip() {
            IpAddr::V4(Ipv4Addr::LOCALHOST) => {
                format!("{scheme}://localhost:{}", self.address.port())
            }
            _ => format!("{scheme}://{}", self.address),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nothing panics with it")
    }

    /// Cuts all connections; new ones are passed on.
    pub fn cut(&self) {
        for connection in self.state().connections.drain(..) {
            let _ = connection.shutdown(Shutdown::Both);
        }
    }

    /// Cuts, once, the connection that carries the server's byte of that number from now on.
    pub fn cut_after(&self, bytes: usize) {
        self.state().budget = Some(bytes);
    }

    /// Whether [`Self::cut_after`] has come to it; it does not any more after this.
    pub fn has_cut(&self) -> bool {
        self.state().budget.take().is_none()
    }

    /// How many bytes of the server were passed on.
    pub fn passed(&self) -> usize {
        self.state().passed
    }

    /// From now on nothing is passed on, of old and new connections, without their end.
    pub fn silence(&self, is_silent: bool) {
        self.state().is_silent = is_silent;
    }

    /// From now on nothing is taken from either side, so that nobody can send on.
    pub fn fill_up(&self, is_full: bool) {
        self.state().is_full = is_full;
    }

    /// From now on each piece of at most 64 bytes takes so long.
    pub fn slow_down(&self, delay: Duration) {
        self.state().delay = delay;
    }

    /// From now on new connections lead to that server.
    pub fn lead_to(&self, url: &str) {
        self.state().target = address_of(url);
    }
}

fn address_of(url: &str) -> SocketAddr {
    let port = url.rsplit(':').next().and_then(|port| port.parse().ok());
    SocketAddr::from((Ipv4Addr::LOCALHOST, port.expect("a URL with a port")))
}

fn connect(client: TcpStream, state: &Arc<Mutex<State>>) {
    let mut locked = state.lock().expect("nothing panics with it");
    let Ok(server) = TcpStream::connect(locked.target) else {
        return;
    };
    for stream in [&client, &server] {
        let _ = stream.set_nodelay(true);
        locked
            .connections
            .push(stream.try_clone().expect("a descriptor"));
    }
    let back = (
        server.try_clone().expect("a descriptor"),
        client.try_clone().expect("a descriptor"),
    );
    for (from, to, is_of_server) in [(client, server, false), (back.0, back.1, true)] {
        let state = Arc::clone(state);
        thread::spawn(move || pass_on(from, to, is_of_server, &state));
    }
}

fn pass_on(mut from: TcpStream, mut to: TcpStream, is_of_server: bool, state: &Mutex<State>) {
    let mut buffer = [0; 16 * 1024];
    loop {
        let delay = state.lock().expect("nothing panics with it").delay;
        let most = if delay.is_zero() { buffer.len() } else { 64 };
        let Ok(length @ 1..) = from.read(&mut buffer[..most]) else {
            break;
        };
        thread::sleep(delay);
        while state.lock().expect("nothing panics with it").is_full {
            thread::sleep(Duration::from_millis(1));
        }
        let mut piece = &buffer[..length];
        let mut is_cut = false;
        {
            let mut state = state.lock().expect("nothing panics with it");
            if state.is_silent {
                continue;
            }
            if is_of_server {
                if let Some(budget) = state.budget {
                    is_cut = length >= budget;
                    piece = &piece[..length.min(budget)];
                    state.budget = (!is_cut).then(|| budget - length);
                }
                state.passed += piece.len();
            }
        }
        if to.write_all(piece).is_err() || is_cut {
            break;
        }
    }
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}
