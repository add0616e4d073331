//! Through a proxy: tunnels for `https` and `wss`, requests passed on for `http` and `ws`.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use url::Url;

use super::*;
use crate::http::tests::all_of;

/// `ann:marked-password` as proxies get it.
const CREDENTIALS: &str = "proxy-authorization: basic yw5uom1hcmtlzc1wyxnzd29yza==";

/// A proxy, and what it was asked for: the first line of each head and whether it had credentials.
struct Proxy {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    fn start(wants_credentials: bool) -> Proxy {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let proxy = Proxy {
            address: listener.local_addr().expect("it listens"),
            asked: Arc::default(),
        };
        let asked = Arc::clone(&proxy.asked);
        thread::spawn(move || {
            for client in listener.incoming().map_while(std::io::Result::ok) {
                let asked = Arc::clone(&asked);
                thread::spawn(move || serve(client, wants_credentials, &asked));
            }
        });
        proxy
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().expect("nothing panics with it"))
    }
}

fn head_of(client: &mut TcpStream) -> Option<String> {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        client.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    String::from_utf8(head).ok()
}

/// One connection; what does not work out ends it.
fn serve(mut client: TcpStream, wants_credentials: bool, asked: &Mutex<Vec<String>>) -> Option<()> {
    let head = head_of(&mut client)?;
    let (first, rest) = head.split_once("\r\n")?;
    asked.lock().ok()?.push(first.to_owned());
    if wants_credentials != head.to_lowercase().contains(CREDENTIALS) {
        let refusal = "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n";
        client.write_all(refusal.as_bytes()).ok()?;
        return None;
    }
    let (method, target) = first.strip_suffix(" HTTP/1.1")?.split_once(' ')?;
    let mut server;
    if method == "CONNECT" {
        server = TcpStream::connect(target).ok()?;
        client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").ok()?;
    } else {
        let url = Url::parse(target).ok()?;
        server = TcpStream::connect((url.host_str()?, url.port()?)).ok()?;
        let path = &url[url::Position::BeforePath..];
        write!(server, "{method} {path} HTTP/1.1\r\n{rest}").ok()?;
    }
    let mut back = (server.try_clone().ok()?, client.try_clone().ok()?);
    thread::spawn(move || std::io::copy(&mut back.0, &mut back.1));
    std::io::copy(&mut client, &mut server).ok()?;
    Some(())
}

fn secure_server() -> Server {
    Server::start(Options {
        https: Some(([127, 0, 0, 1], 0).into()),
        ..Options::default()
    })
    .expect("a server")
}

fn through(proxy: &Proxy, credentials: &str, server: &Server) -> crate::http::Client {
    let proxy = format!("http://{credentials}{}", proxy.address);
    client_with(Settings {
        proxy: Some(Secret::new(proxy)),
        extra_ca_pem: Some(server.ca_pem().to_owned()),
        ..Settings::default()
    })
}

#[tokio::test]
async fn a_room_is_joined_through_a_proxy_with_and_without_credentials() {
    let server = secure_server();
    for credentials in ["", "ann:marked-password@"] {
        let proxy = Proxy::start(!credentials.is_empty());
        for base in [server.http_url(), server.https_url()] {
            let room_id = room(&server, server.http_url(), &client()).await;
            let destination = destination(base, &server, &room_id);
            let client = through(&proxy, credentials, &server);
            let mut link = open(&client, &destination, far(), true).await.unwrap().link;
            assert_eq!(join(&mut link).await["peers"], json!([]));
            // The call before the WebSocket, and the WebSocket.
            let asked = proxy.asked();
            assert_eq!(asked.len(), 2, "{asked:?}");
            let authority = base.split_once("://").unwrap().1;
            for first in &asked {
                match base.starts_with("https") {
                    true => assert_eq!(first, &format!("CONNECT {authority} HTTP/1.1")),
                    false => assert!(first.contains(&format!(" {base}/")), "{first}"),
                }
            }
        }
    }
}

#[tokio::test]
async fn a_proxy_that_wants_other_credentials_is_blamed_and_they_are_not_shown() {
    let server = secure_server();
    for (wants_credentials, credentials) in [
        (true, ""),
        (true, "ann:marked-other@"),
        (false, "ann:marked-password@"),
    ] {
        let proxy = Proxy::start(wants_credentials);
        for base in [server.http_url(), server.https_url()] {
            let room_id = room(&server, server.http_url(), &client()).await;
            let destination = destination(base, &server, &room_id);
            let client = through(&proxy, credentials, &server);
            let opened = open(&client, &destination, far(), true).await;
            let error = opened.err().expect("a refusal");
            assert_eq!(error.status(), Status::NetworkProxy, "{error}");
            assert!(
                error.message().contains("user name and password"),
                "{error}"
            );
            assert!(!all_of(&error).contains("marked-"), "{error:?}");
        }
    }
}
