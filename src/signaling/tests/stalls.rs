//! Servers that fall silent in the middle of a TLS handshake.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::*;

/// Passes connections on to the server; of each but the first so many, only that many bytes of the
/// server come back, and then none, without an end.
fn falling_silent(server: &Server, whole: usize, bytes: usize) -> SocketAddr {
    let port = server.https_url().rsplit(':').next().unwrap().parse();
    let target = SocketAddr::from((Ipv4Addr::LOCALHOST, port.expect("a port")));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let address = listener.local_addr().expect("it listens");
    let count = Arc::new(AtomicUsize::new(0));
    thread::spawn(move || {
        for client in listener.incoming().map_while(std::io::Result::ok) {
            let is_whole = count.fetch_add(1, Ordering::Relaxed) < whole;
            let left = if is_whole { usize::MAX } else { bytes };
            let server = TcpStream::connect(target).expect("the server listens");
            let back = (server.try_clone().unwrap(), client.try_clone().unwrap());
            thread::spawn(move || pass_on(client, server, usize::MAX));
            thread::spawn(move || pass_on(back.0, back.1, left));
        }
    });
    address
}

fn pass_on(mut from: TcpStream, mut to: TcpStream, mut left: usize) {
    let mut buffer = [0; 4096];
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        let piece = &buffer[..length.min(left)];
        left -= piece.len();
        if to.write_all(piece).is_err() {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handshake_that_stalls_ends_with_the_time_given_and_says_where_it_was() {
    const GIVEN: Duration = Duration::from_millis(1200);
    let server = Server::start(Options {
        https: Some(([127, 0, 0, 1], 0).into()),
        ..Options::default()
    })
    .expect("a server");
    let room_id = room(&server, server.http_url(), &client()).await;
    // The connection of the call before the WebSocket, and that of the WebSocket.
    for whole in [0, 1] {
        // Nothing, a part of the first message, most of what the server says first.
        for bytes in [0, 50, 600] {
            let relay = falling_silent(&server, whole, bytes);
            let base = format!("https://localhost:{}", relay.port());
            let destination = destination(&base, &server, &room_id);
            let client = client_with(Settings {
                extra_ca_pem: Some(server.ca_pem().to_owned()),
                ..Settings::default()
            });
            let began = Instant::now();
            let opened = open(&client, &destination, began + GIVEN, true).await;
            let error = opened.err().expect("silence");
            let case = format!("{bytes} bytes of connection {whole}: {error}");
            assert_eq!(error.status(), Status::Timeout, "{case}");
            let place = format!("connecting to the service at localhost:{}", relay.port());
            assert!(error.message().contains(&place), "{case}");
            assert!(error.remedy().contains("Check the network"), "{case}");
            let took = began.elapsed();
            assert!(took >= GIVEN && took < 10 * GIVEN, "{case}: {took:?}");
        }
    }
}
