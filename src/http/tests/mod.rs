//! The client over real sockets, against a server that misbehaves on purpose.
//!
//! Time limits here only catch hangs: they are at least ten times what is expected.

mod cancelling;
mod failures;
mod limits;
mod proxy;
mod redaction;
mod retries;
mod tls;

pub(crate) use cancelling::poll_and_drop;
pub(crate) use redaction::all_of;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use devserver::{Fault, Options, Server};
use reqwest::header::{AUTHORIZATION, HeaderValue};
use tokio::time::Instant;

use super::{Address, Call, Client, MAX_IN_FLIGHT, Peer, Purpose, Reply, Settings, Slots};
use crate::error::{Error, Result};

pub(crate) const ROOMS: &str = "/v2/rooms";

const PURPOSE: Purpose = Purpose {
    operation: "test_call",
    goal: "make the test call",
    peer: Peer::Service,
};

pub(crate) fn server() -> Server {
    Server::start(Options::default()).expect("a server on loopback")
}

pub(crate) fn client() -> Client {
    client_with(Settings::default())
}

pub(crate) fn client_with(settings: Settings) -> Client {
    Client::new(settings, Slots::new(MAX_IN_FLIGHT)).expect("good settings")
}

/// A deadline that no test that works ever meets.
pub(crate) fn far() -> Instant {
    after(60_000)
}

pub(crate) fn after(milliseconds: u64) -> Instant {
    Instant::now() + Duration::from_millis(milliseconds)
}

pub(crate) fn add(server: &Server, fault: Fault) {
    server.faults().add(fault).expect("a sensible fault");
}

fn authorized(mut call: Call, token: &str) -> Call {
    call.headers.insert(
        AUTHORIZATION,
        HeaderValue::from_str(token).expect("a token"),
    );
    call
}

pub(crate) fn get(base: &str, token: &str, deadline: Instant) -> Call {
    authorized(Call::get(PURPOSE, rooms(base), deadline), token)
}

fn post(base: &str, token: &str, deadline: Instant) -> Call {
    let body = "{}".to_owned();
    authorized(Call::post(PURPOSE, rooms(base), body, deadline), token)
}

fn rooms(base: &str) -> Address {
    Address::parse("URL", &format!("{base}{ROOMS}")).expect("a URL")
}

async fn send(client: &Client, call: Call) -> Result<Reply> {
    tokio::time::timeout(Duration::from_secs(120), client.send(call))
        .await
        .expect("no hang")
}

async fn error_of(client: &Client, call: Call) -> Error {
    let error = send(client, call).await.expect_err("a failure");
    assert_eq!(error.operation(), "test_call");
    assert!(
        error
            .message()
            .starts_with("Could not make the test call: "),
        "{error}"
    );
    assert!(!error.remedy().is_empty(), "{error}");
    error
}

/// Serves each connection with a scripted exchange, until the test ends.
fn scripted(script: impl Fn(TcpStream) + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            script(stream);
        }
    });
    address
}

/// Reads one request, then says `reply` and closes.
fn replying(reply: &'static str) -> impl Fn(TcpStream) {
    move |mut stream| {
        let mut head = [0; 4096];
        let _ = stream.read(&mut head);
        let _ = stream.write_all(reply.as_bytes());
    }
}

/// A loopback port on which nothing listens.
fn closed_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}
