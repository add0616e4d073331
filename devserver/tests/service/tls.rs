use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;

use bytes::Bytes;
use devserver::{Fault, FaultKind, Options, Server};
use http_body_util::{BodyExt, Empty};
use hyper::client::conn::http2::{SendRequest, handshake};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use serde_json::Value;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;

use crate::client::{End, Exchange, Reply, connect_to, read_all, request, wait_until};

fn start() -> Server {
    let https = Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
    Server::start(Options {
        http: None,
        https,
        ..Options::default()
    })
    .unwrap()
}

fn trusting(ca_pem: Option<&str>, protocols: &[&str]) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    if let Some(pem) = ca_pem {
        roots
            .add(CertificateDer::from_pem_slice(pem.as_bytes()).unwrap())
            .unwrap();
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = protocols
        .iter()
        .map(|name| name.as_bytes().to_vec())
        .collect();
    config
}

fn secured(
    server: &Server,
    config: ClientConfig,
    name: &str,
) -> StreamOwned<ClientConnection, TcpStream> {
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    StreamOwned::new(connection, connect_to(server.https_url()))
}

fn exchange(server: &Server, request: &[u8]) -> Exchange {
    let mut stream = secured(
        server,
        trusting(Some(server.ca_pem()), &["http/1.1"]),
        "127.0.0.1",
    );
    stream.write_all(request).unwrap();
    read_all(&mut stream)
}

#[test]
fn http_1_works_under_every_loopback_name() {
    let server = start();
    for name in ["localhost", "127.0.0.1", "::1"] {
        let config = trusting(Some(server.ca_pem()), &["http/1.1"]);
        let mut stream = secured(&server, config, name);
        stream
            .write_all(&request("GET", "/get-token", &[], ""))
            .unwrap();
        let exchange = read_all(&mut stream);
        assert_eq!(exchange.end, End::Orderly, "{name}");
        assert_eq!(stream.conn.alpn_protocol(), Some(&b"http/1.1"[..]));
        let reply = Reply::parse(&exchange.bytes);
        assert_eq!(reply.status, 200);
        assert!(reply.json()["token"].as_str().unwrap().contains('.'));
    }
    assert!(server.https_url().starts_with("https://127.0.0.1:"));
}

#[test]
fn a_client_that_does_not_trust_the_authority_refuses() {
    let server = start();
    let other = start();
    for pem in [None, Some(other.ca_pem())] {
        let mut stream = secured(&server, trusting(pem, &["http/1.1"]), "localhost");
        let error = stream.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap_err();
        assert!(error.to_string().contains("UnknownIssuer"), "{error}");
    }
    let wrong_name = trusting(Some(server.ca_pem()), &["http/1.1"]);
    let mut stream = secured(&server, wrong_name, "elsewhere.example");
    let error = stream.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap_err();
    assert!(error.to_string().contains("not valid for name"), "{error}");
    assert_eq!(server.stats().requests_total, 0);
}

#[test]
fn the_certificate_file_is_the_authority() {
    let directory = std::env::temp_dir();
    let path = directory.join(format!("devserver-test-{}.pem", std::process::id()));
    let server = Server::start(Options {
        https: Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
        ca_file: Some(path.clone()),
        ..Options::default()
    })
    .unwrap();
    let written = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(written, server.ca_pem());
    assert!(written.starts_with("-----BEGIN CERTIFICATE-----"));
    assert!(!written.contains("PRIVATE KEY"));
}

/// Opens an HTTP/2 connection, which a task of its own drives.
async fn http_2(server: &Server) -> (SendRequest<Empty<Bytes>>, JoinHandle<hyper::Result<()>>) {
    let config = Arc::new(trusting(Some(server.ca_pem()), &["h2", "http/1.1"]));
    let address = server.https_url().strip_prefix("https://").unwrap();
    let socket = tokio::net::TcpStream::connect(address).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    let stream = TlsConnector::from(config)
        .connect(name, socket)
        .await
        .unwrap();
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    let stream = TokioIo::new(stream);
    let (sender, connection) = handshake(TokioExecutor::new(), stream).await.unwrap();
    (sender, tokio::spawn(connection))
}

fn get_request(server: &Server, path: &str) -> hyper::Request<Empty<Bytes>> {
    hyper::Request::get(format!("{}{path}", server.https_url()))
        .header("authorization", server.token())
        .body(Empty::new())
        .unwrap()
}

#[tokio::test]
async fn http_2_is_chosen_when_the_client_offers_it() {
    let server = start();
    let (mut sender, connection) = http_2(&server).await;
    for path in ["/get-token", "/v2/rooms"] {
        let response = sender
            .send_request(get_request(&server, path))
            .await
            .unwrap();
        assert_eq!(response.version(), hyper::Version::HTTP_2);
        assert_eq!(response.status(), 200);
        assert!(response.headers().contains_key("date"));
        assert!(response.headers().contains_key("x-request-id"));
        let body = response.into_body().collect().await.unwrap().to_bytes();
        let json: Value = serde_json::from_slice(&body).unwrap();
        assert!(
            json.get("token").or(json.get("pageInfo")).is_some(),
            "{json}"
        );
    }
    drop(sender);
    connection.await.unwrap().unwrap();
    let stats = server.stats();
    assert_eq!((stats.connections_total, stats.requests_total), (1, 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reset_ends_all_requests_of_an_http_2_connection() {
    let server = start();
    server
        .faults()
        .add(Fault::new("/get-token", FaultKind::Stall).times(2))
        .unwrap();
    server
        .faults()
        .add(Fault::new("/v2/rooms", FaultKind::Reset))
        .unwrap();
    let (mut sender, connection) = http_2(&server).await;
    let stalled: Vec<_> = (0..2)
        .map(|_| sender.send_request(get_request(&server, "/get-token")))
        .collect();
    let waiting = || server.stats().requests_open == 2;
    tokio::task::block_in_place(|| wait_until("two requests wait", waiting));
    assert!(
        sender
            .send_request(get_request(&server, "/v2/rooms"))
            .await
            .is_err()
    );
    for request in stalled {
        assert!(request.await.is_err());
    }
    assert!(connection.await.unwrap().is_err());
    tokio::task::block_in_place(|| {
        wait_until("nothing is left", || {
            let stats = server.stats();
            stats.requests_open == 0 && stats.connections_open == 0
        })
    });
    assert_eq!(server.stats().requests_peak, 3);
}

#[test]
fn faults_of_the_socket_are_real_below_tls() {
    let server = start();
    let get_token = request("GET", "/get-token", &[], "");
    let faults = server.faults();

    faults
        .add(Fault::new("/get-token", FaultKind::Reset))
        .unwrap();
    assert_eq!(exchange(&server, &get_token).end, End::Reset);

    faults
        .add(Fault::new("/get-token", FaultKind::CloseBeforeReply))
        .unwrap();
    let closed = exchange(&server, &get_token);
    assert_eq!((closed.bytes.len(), closed.end), (0, End::WithoutGoodbye));

    let cut = Fault::new("/get-token", FaultKind::CutBody)
        .body("0123456789")
        .cut_after_bytes(4);
    faults.add(cut).unwrap();
    let cut = exchange(&server, &get_token);
    assert_eq!(Reply::parse(&cut.bytes).text(), "0123");
    assert_eq!(cut.end, End::WithoutGoodbye);

    faults
        .add(Fault::new("/get-token", FaultKind::HttpGarbage).body("not HTTP"))
        .unwrap();
    let garbage = exchange(&server, &get_token);
    assert_eq!(garbage.bytes, b"not HTTP");
    assert_eq!(garbage.end, End::Orderly);

    let slow = Fault::new("/get-token", FaultKind::SlowLoris)
        .body("slow")
        .byte_interval_ms(1);
    faults.add(slow).unwrap();
    assert_eq!(
        Reply::parse(&exchange(&server, &get_token).bytes).text(),
        "slow"
    );

    faults
        .add(Fault::new("*", FaultKind::ResetBeforeRequestRead))
        .unwrap();
    let mut stream = connect_to(server.https_url());
    assert_eq!(read_all(&mut stream).end, End::Reset);

    assert_eq!(
        Reply::parse(&exchange(&server, &get_token).bytes).status,
        200
    );
}
