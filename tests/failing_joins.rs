//! Joins that the network lets down, in a process of its own: some of them need another configuration.

#[path = "support/proxy.rs"]
mod proxy;
#[path = "support/meetings.rs"]
mod support;

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use devserver::{Fault, FaultKind, Options, Server, SignalingFault, SignalingFaultKind};
use proxy::Proxy;
use support::{Client, LONG, room, token_with};
use vsdk::meeting::MeetingState;
use vsdk::{ConfigOptions, Status};

/// Held by whoever needs the configuration to be as it is.
static CONFIGURED: Mutex<()> = Mutex::new(());

fn configured(options: &ConfigOptions) -> MutexGuard<'static, ()> {
    let guard = CONFIGURED
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    vsdk::config_with(options).expect("good settings");
    guard
}

/// Trusts what the platform trusts, and that certificate.
fn trusting(pem: Option<&str>) -> MutexGuard<'static, ()> {
    configured(&ConfigOptions::new().proxy(None).extra_ca_pem(pem))
}

fn secure_server() -> Server {
    Server::start(Options {
        https: Some((Ipv4Addr::LOCALHOST, 0).into()),
        ..Options::default()
    })
    .expect("loopback has free ports")
}

fn at(server: &Server, room: &str, url: &str) -> Client {
    Client::new(server, room, "ann", |options| {
        options.set_api_base_url(Some(url));
    })
}

/// The join succeeds now, and the service has nobody else of its attempts.
fn joins_now(what: &str, server: &Server, client: &Client) {
    server.faults().clear();
    client.join();
    let began = Instant::now();
    while server.stats().participants != 1 || server.stats().signaling_open != 1 {
        assert!(
            began.elapsed() < LONG,
            "{what}: somebody is left: {:?}",
            server.stats()
        );
        thread::sleep(Duration::from_millis(2));
    }
    client.leave();
}

#[test]
fn a_certificate_that_nobody_trusts_is_refused_and_a_trusted_one_is_not() {
    let server = secure_server();
    let guard = trusting(None);
    let room = room(&server);
    let client = at(&server, &room, server.https_url());
    let error = client.fails_to_join("an unknown CA", Status::NetworkTls, None);
    let words = error.message();
    assert!(words.contains("nobody this machine trusts"), "{words}");
    assert_eq!(server.stats().signaling_open, 0);
    drop(guard);
    let _guard = trusting(Some(server.ca_pem()));
    joins_now("trusted", &server, &at(&server, &room, server.https_url()));
}

#[test]
fn a_certificate_for_another_name_is_refused() {
    let server = secure_server();
    let _guard = trusting(Some(server.ca_pem()));
    let room = room(&server);
    let other = Proxy::listening_at(Ipv4Addr::new(127, 0, 0, 2), server.https_url());
    let client = at(&server, &room, &other.url("https"));
    let error = client.fails_to_join("another name", Status::NetworkTls, None);
    let words = error.message();
    assert!(words.contains("not for the name `127.0.0.2`"), "{words}");
}

#[test]
fn a_handshake_that_stalls_is_a_timeout_that_says_where_it_was() {
    const GIVEN: Duration = Duration::from_millis(700);
    let server = secure_server();
    let _guard = trusting(Some(server.ca_pem()));
    let room = room(&server);
    let proxy = Proxy::to(server.https_url());
    let client = at(&server, &room, &proxy.url("https"));
    proxy.silence(true);
    let began = Instant::now();
    let error = client.meeting.join(GIVEN).wait().expect_err("silence");
    assert!(began.elapsed() >= GIVEN);
    assert_eq!(error.status(), Status::Timeout, "{error:?}");
    assert_eq!(error.service_code(), None);
    assert!(
        error.message().contains("connecting to the service"),
        "{error}"
    );
    let failed = client.state(MeetingState::Failed);
    assert_eq!(failed.status(), Some(Status::Timeout));
    proxy.silence(false);
    joins_now("heard again", &server, &client);
}

/// A proxy that answers everything with this; where it is.
fn refusing_proxy(reply: &'static str) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("it listens"));
    thread::spawn(move || {
        for mut client in listener.incoming().map_while(Result::ok) {
            thread::spawn(move || {
                let mut head = [0; 4096];
                let _ = client.read(&mut head);
                let _ = client.write_all(reply.as_bytes());
            });
        }
    });
    url
}

#[test]
fn a_proxy_that_refuses_or_is_not_there_is_blamed() {
    let server = secure_server();
    let room = {
        let _guard = trusting(None);
        room(&server)
    };
    let closed = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let nobody = format!("http://{}", closed.local_addr().expect("it listens"));
    drop(closed);
    let wants = "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n";
    let forbids = "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n";
    for (what, proxy, words) in [
        (
            "it wants credentials",
            refusing_proxy(wants),
            "wants a user name and password",
        ),
        ("it forbids", refusing_proxy(forbids), "refused to connect"),
        ("nobody is there", nobody, "the proxy at"),
    ] {
        let options = ConfigOptions::new().proxy(Some(&proxy));
        let _guard = configured(&options.extra_ca_pem(Some(server.ca_pem())));
        let client = at(&server, &room, server.https_url());
        let error = client.fails_to_join(what, Status::NetworkProxy, None);
        assert!(error.message().contains(words), "{what}: {error}");
        assert_eq!(server.stats().signaling_open, 0);
    }
    let _guard = trusting(Some(server.ca_pem()));
    joins_now("direct", &server, &at(&server, &room, server.https_url()));
}

#[test]
fn a_service_whose_clock_is_ahead_finds_the_token_expired() {
    let server = Server::start(Options {
        clock_offset_seconds: 3 * 3600,
        ..Options::default()
    })
    .expect("loopback has free ports");
    let _guard = trusting(None);
    let room = room(&server);
    // What the library has learnt of that clock is gone with the network.
    vsdk::config_with(&ConfigOptions::new().extra_ca_pem(None)).expect("good settings");
    let token = token_with(&server, |_| ());
    let client = Client::with_token(&server, &room, "ann", &token, |_| ());
    let error = client.fails_to_join("a wrong clock", Status::Unauthorized, Some(4002));
    let text = error.service_text().unwrap_or_default();
    assert!(text.contains("expired"), "{error}");
    // From then on the library knows that clock.
    let error = client.meeting.set_token(&token).unwrap_err();
    assert_eq!(error.status(), Status::TokenExpired, "{error}");
    let lasting = token_with(&server, |claims| {
        claims["exp"] = (claims["exp"].as_u64().unwrap() + 4 * 3600).into();
    });
    client.meeting.set_token(&lasting).unwrap();
    client.join();
}

/// A step of joining that breaks off.
#[derive(Clone, Copy, Debug)]
enum Step {
    Http(&'static str),
    Request(&'static str),
}

const STEPS: [Step; 5] = [
    Step::Http("POST /infra/v1/meetings/server-init-config"),
    Step::Http("GET /"),
    Step::Request("getRouterRtpCapabilities"),
    Step::Request("requestEntry"),
    Step::Request("join"),
];

/// How it breaks off.
#[derive(Clone, Copy, Debug)]
enum End {
    /// Before it is carried out.
    Cut,
    /// The same, with a TCP reset.
    Reset,
    /// While it is answered.
    CutAfterwards,
}

impl Step {
    fn break_off(self, end: End, server: &Server) {
        match self {
            Step::Http(route) => {
                let kind = match end {
                    End::Cut => FaultKind::CloseBeforeReply,
                    End::Reset => FaultKind::Reset,
                    End::CutAfterwards => FaultKind::CutBody,
                };
                let fault = Fault::new(route, kind).always();
                drop(server.faults().add(fault).expect("it acts"));
            }
            Step::Request(method) => {
                let kind = match end {
                    End::Cut => SignalingFaultKind::Cut,
                    End::Reset => SignalingFaultKind::Reset,
                    End::CutAfterwards => SignalingFaultKind::CutAfterwards,
                };
                let fault = SignalingFault::new(method, kind).always();
                drop(server.faults().add_signaling(fault).expect("it acts"));
            }
        }
    }

    /// What the app is told.
    fn expected(self) -> (Status, &'static str) {
        match self {
            Step::Http(_) => (Status::NetworkBroken, "the connection to the service at"),
            Step::Request(_) => (
                Status::ConnectionLost,
                "the connection broke: the other side ended it",
            ),
        }
    }
}

#[test]
fn a_join_that_breaks_off_at_any_step_says_so_and_can_be_made_again() {
    // One for each end and scheme: the pauses before a call is made again are waited for together.
    let ends = [End::Cut, End::Reset, End::CutAfterwards];
    let servers: Vec<_> = ends
        .into_iter()
        .flat_map(|end| ["http", "https"].map(|scheme| (secure_server(), scheme, end)))
        .collect();
    let trusted: String = servers.iter().map(|(server, ..)| server.ca_pem()).collect();
    let _guard = trusting(Some(&trusted));
    thread::scope(|scope| {
        for (server, scheme, end) in &servers {
            scope.spawn(|| STEPS.map(|step| break_off_at(step, *end, server, scheme)));
        }
    });
}

fn break_off_at(step: Step, end: End, server: &Server, scheme: &str) {
    let url = match scheme {
        "https" => server.https_url(),
        _ => server.http_url(),
    };
    let what = format!("{step:?} {end:?} by {scheme}");
    let client = at(server, &room(server), url);
    step.break_off(end, server);
    let (status, words) = step.expected();
    let error = client.fails_to_join(&what, status, None);
    assert!(error.message().contains(words), "{what}: {error}");
    joins_now(&what, server, &client);
}

#[test]
fn an_init_config_call_that_breaks_off_once_is_made_again_by_itself() {
    let server = secure_server();
    let _guard = trusting(Some(server.ca_pem()));
    let room = room(&server);
    let route = "POST /infra/v1/meetings/server-init-config";
    for url in [server.http_url(), server.https_url()] {
        for kind in [
            FaultKind::CloseBeforeReply,
            FaultKind::Reset,
            FaultKind::CutBody,
        ] {
            let fault = Fault::new(route, kind);
            server.faults().add(fault).expect("it acts");
            let client = at(&server, &room, url);
            client.join();
            assert_eq!(server.faults().list_all()[0].applied, 1, "{kind:?}");
            assert_eq!(client.states(), ["INITIALISED", "CONNECTING", "CONNECTED"]);
            client.leave();
            server.faults().clear();
        }
    }
}
