use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use devserver::{Error, Fault, FaultKind, Options, Server};

use crate::client::{connect, get, read_all, request, wait_until};

fn address(text: &str) -> Option<SocketAddr> {
    Some(text.parse().unwrap())
}

fn start_error(options: Options) -> (Error, String) {
    match Server::start(options) {
        Ok(_) => panic!("the server started"),
        Err(error) => {
            let text = error.to_string();
            (error, text)
        }
    }
}

#[test]
fn a_server_has_keys_of_its_own_or_the_given_ones() {
    let one = Server::start(Options::default()).unwrap();
    let two = Server::start(Options::default()).unwrap();
    assert_ne!(one.api_key(), two.api_key());
    assert_ne!(one.secret(), two.secret());
    assert_ne!(one.http_url(), two.http_url());
    let given = Server::start(Options {
        api_key: Some("key".to_owned()),
        secret: Some("secret".to_owned()),
        ..Options::default()
    })
    .unwrap();
    assert_eq!((given.api_key(), given.secret()), ("key", "secret"));
}

#[test]
fn a_port_in_use_is_named_with_the_remedy() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let options = Options {
        http: address(&format!("127.0.0.1:{port}")),
        ..Options::default()
    };
    let (error, text) = start_error(options);
    assert!(
        matches!(error, Error::Listen { scheme: "http", .. }),
        "{error:?}"
    );
    assert!(
        text.contains(&format!("port {port} on 127.0.0.1 is already in use")),
        "{text}"
    );
    assert!(text.contains("--http 127.0.0.1:0"), "{text}");
}

#[test]
fn addresses_that_others_reach_need_a_word_of_consent() {
    for (options, scheme) in [
        (
            Options {
                http: address("0.0.0.0:0"),
                ..Options::default()
            },
            "http",
        ),
        (
            Options {
                http: address("[::]:0"),
                ..Options::default()
            },
            "http",
        ),
        (
            Options {
                https: address("0.0.0.0:0"),
                ..Options::default()
            },
            "https",
        ),
    ] {
        let (error, text) = start_error(options);
        assert!(matches!(error, Error::NotLoopback { .. }), "{error:?}");
        assert!(
            text.starts_with(scheme) && text.contains("--allow-remote"),
            "{text}"
        );
    }
    let allowed = Options {
        http: address("0.0.0.0:0"),
        allow_remote: true,
        ..Options::default()
    };
    let server = Server::start(allowed).unwrap();
    let port = server.http_url().rsplit(':').next().unwrap().to_owned();
    TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
}

#[test]
fn options_that_cannot_work_are_refused() {
    let (error, _) = start_error(Options {
        http: None,
        ..Options::default()
    });
    assert!(matches!(error, Error::NoListener), "{error:?}");
    let file = Some(PathBuf::from("authority.pem"));
    let (error, _) = start_error(Options {
        ca_file: file,
        ..Options::default()
    });
    assert!(matches!(error, Error::CaFileWithoutHttps), "{error:?}");
    let missing = Some(
        std::env::temp_dir()
            .join("no such folder")
            .join("authority.pem"),
    );
    let (error, text) = start_error(Options {
        https: address("127.0.0.1:0"),
        ca_file: missing,
        ..Options::default()
    });
    assert!(matches!(error, Error::CaFile { .. }), "{error:?}");
    assert!(
        text.contains("no such folder") && text.contains("--ca-file"),
        "{text}"
    );
    for options in [
        Options {
            secret: Some(String::new()),
            ..Options::default()
        },
        Options {
            api_key: Some(String::new()),
            ..Options::default()
        },
    ] {
        let (error, _) = start_error(options);
        assert!(matches!(error, Error::EmptyKey { .. }), "{error:?}");
    }
}

#[test]
fn after_the_stop_nothing_listens() {
    let server = Server::start(Options::default()).unwrap();
    let address = server
        .http_url()
        .strip_prefix("http://")
        .unwrap()
        .to_owned();
    assert_eq!(get(&server, "/get-token").status, 200);
    server.stop();
    server.stop();
    assert!(TcpStream::connect(&address).is_err());
    assert_eq!(server.stats().connections_open, 0);
    drop(server);
    // The same port can be used again at once.
    let again = Options {
        http: address.parse().ok(),
        ..Options::default()
    };
    let server = Server::start(again).unwrap();
    assert_eq!(get(&server, "/get-token").status, 200);
    drop(server);
    assert!(TcpStream::connect(&address).is_err());
}

#[test]
fn a_stop_lets_requests_finish_and_does_not_wait_for_idle_connections() {
    let grace = Duration::from_secs(60);
    let server = Server::start(Options {
        grace,
        ..Options::default()
    })
    .unwrap();
    server
        .faults()
        .add(Fault::delay("/get-token", 150))
        .unwrap();
    let mut idle = connect(&server);
    idle.write_all(b"GET /status.json HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .unwrap();
    idle.read_exact(&mut [0; 12]).unwrap();
    let mut busy = connect(&server);
    busy.write_all(&request("GET", "/get-token", &[], ""))
        .unwrap();
    wait_until("the request is delayed", || {
        server.stats().faults_applied == 1
    });
    let begin = Instant::now();
    server.stop();
    assert!(
        begin.elapsed() < grace,
        "the stop waited for the idle connection"
    );
    let reply = String::from_utf8(read_all(&mut busy).bytes).unwrap();
    assert!(
        reply.starts_with("HTTP/1.1 200") && reply.contains("\"token\""),
        "{reply}"
    );
    read_all(&mut idle);
}

#[test]
fn a_stop_does_not_wait_for_requests_that_a_fault_holds_up() {
    let grace = Duration::from_secs(60);
    let server = Server::start(Options {
        grace,
        ..Options::default()
    })
    .unwrap();
    let kinds = [
        FaultKind::Stall,
        FaultKind::StallBody,
        FaultKind::EndlessBody,
    ];
    let mut streams = Vec::new();
    for (count, kind) in kinds.into_iter().enumerate() {
        server.faults().add(Fault::new("/get-token", kind)).unwrap();
        let mut stream = connect(&server);
        stream
            .write_all(&request("GET", "/get-token", &[], ""))
            .unwrap();
        streams.push(stream);
        wait_until("the fault is applied", || {
            server.stats().faults_applied == count as u64 + 1
        });
    }
    let begin = Instant::now();
    server.stop();
    assert!(begin.elapsed() < grace);
    assert_eq!(server.stats().connections_open, 0);
}

#[test]
fn a_stop_is_bounded_by_the_grace_time() {
    let grace = Duration::from_millis(50);
    let server = Server::start(Options {
        grace,
        ..Options::default()
    })
    .unwrap();
    // A request whose body never comes.
    let mut stream = connect(&server);
    let head = format!(
        "POST /v2/rooms HTTP/1.1\r\nHost: localhost\r\nAuthorization: {}\r\n\
         Content-Type: application/json\r\nContent-Length: 10\r\n\r\n",
        server.token()
    );
    stream.write_all(head.as_bytes()).unwrap();
    wait_until("the request is open", || server.stats().requests_open == 1);
    server.stop();
    assert!(read_all(&mut stream).bytes.is_empty());
    assert_eq!(server.stats().connections_open, 0);
}

#[test]
fn connections_and_requests_are_counted() {
    let server = Server::start(Options::default()).unwrap();
    let streams: Vec<TcpStream> = (0..3).map(|_| connect(&server)).collect();
    wait_until("three connections are open", || {
        server.stats().connections_open == 3
    });
    drop(streams);
    wait_until("none is open", || server.stats().connections_open == 0);
    get(&server, "/get-token");
    get(&server, "/v2/rooms/x");
    get(&server, "/v2/rooms/y");
    get(&server, "/nothing");
    wait_until("none is open", || server.stats().connections_open == 0);
    let stats = server.stats();
    assert_eq!((stats.connections_peak, stats.connections_total), (3, 7));
    assert_eq!(
        (
            stats.requests_total,
            stats.requests_open,
            stats.requests_peak
        ),
        (4, 0, 1)
    );
    let by_route: Vec<(&str, u64)> = stats
        .requests_by_route
        .iter()
        .map(|(route, count)| (route.as_str(), *count))
        .collect();
    assert_eq!(
        by_route,
        [
            ("GET (no such route)", 1),
            ("GET /get-token", 1),
            ("GET /v2/rooms/{id}", 2)
        ]
    );
}

#[test]
fn the_most_requests_at_once_are_remembered() {
    let server = Server::start(Options::default()).unwrap();
    server
        .faults()
        .add(Fault::new("/get-token", FaultKind::Stall).always())
        .unwrap();
    let streams: Vec<TcpStream> = (0..5)
        .map(|_| {
            let mut stream = connect(&server);
            stream
                .write_all(&request("GET", "/get-token", &[], ""))
                .unwrap();
            stream
        })
        .collect();
    wait_until("five requests wait", || server.stats().requests_open == 5);
    drop(streams);
    wait_until("no request waits", || server.stats().requests_open == 0);
    assert_eq!(server.stats().requests_peak, 5);
}

#[tokio::test]
async fn a_server_works_inside_of_another_runtime() {
    let server = Server::start(Options::default()).unwrap();
    let address = server.http_url().strip_prefix("http://").unwrap();
    let _stream = tokio::net::TcpStream::connect(address).await.unwrap();
    server.stop();
}
