//! Media through TURN servers, where the service is reached neither by UDP nor by TCP.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use devserver::Server;
use media_tests::meetings::{LONG, server};
use media_tests::relay::{Abyss, UdpRelay};
use media_tests::talk::{Talk, addresses, announce};
use media_tests::turn::{Coturn, PASSWORD, USER};
use serde_json::{Value, json};
use vsdk::meeting::{EventType, PreferredProtocol};

/// The service, where only what comes out of the TURN server gets through.
struct Surrounded {
    server: Server,
    relay: UdpRelay,
    turn: Coturn,
    _abyss: Abyss,
}

impl Surrounded {
    fn new() -> Self {
        let (server, turn, abyss) = (server(), Coturn::start(), Abyss::new());
        let (udp, _) = addresses(&server);
        let relay = UdpRelay::new(udp, turn.relays_from());
        announce(&server, relay.address, abyss.tcp());
        Self {
            server,
            relay,
            turn,
            _abyss: abyss,
        }
    }

    fn talk(&self, servers: Value, protocol: PreferredProtocol) -> Talk {
        self.server.set_ice_servers(servers);
        let talk = Talk::new(&self.server, protocol);
        talk.is_heard();
        assert!(self.relay.passed() > 25);
        talk
    }
}

fn turn_server(url: &str, password: &str) -> Value {
    json!({"urls": [url], "username": USER, "credential": password})
}

fn warnings(talk: &Talk) -> Vec<String> {
    let events = talk.ann.all();
    let warnings = events.iter().filter(|one| one.kind() == EventType::Warning);
    warnings
        .map(|one| one.text().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn sound_goes_through_a_turn_server_by_udp() {
    let surrounded = Surrounded::new();
    let url = format!("turn:127.0.0.1:{}", surrounded.turn.port);
    let servers = json!([turn_server(&url, PASSWORD)]);
    let talk = surrounded.talk(servers, PreferredProtocol::UdpOverTcp);
    assert_eq!(warnings(&talk), Vec::<String>::new());
}

#[test]
fn sound_goes_through_a_turn_server_by_tcp() {
    let surrounded = Surrounded::new();
    let url = format!("turn:127.0.0.1:{}?transport=tcp", surrounded.turn.port);
    let servers = json!([turn_server(&url, PASSWORD)]);
    let talk = surrounded.talk(servers, PreferredProtocol::UdpOverTcp);
    assert_eq!(warnings(&talk), Vec::<String>::new());
}

#[test]
fn sound_goes_through_a_turn_server_by_tls() {
    let surrounded = Surrounded::new();
    let url = format!("turns:127.0.0.1:{}", surrounded.turn.tls_port);
    let servers = json!([turn_server(&url, PASSWORD)]);
    let trusting = vsdk::ConfigOptions::new().extra_ca_pem(Some(&surrounded.turn.certificate));
    vsdk::config_with(&trusting).unwrap();
    let talk = surrounded.talk(servers, PreferredProtocol::UdpOverTcp);
    assert_eq!(warnings(&talk), Vec::<String>::new());
}

#[test]
fn a_turn_server_that_refuses_is_told_once_and_others_serve() {
    let surrounded = Surrounded::new();
    let port = surrounded.turn.port;
    let tls_port = surrounded.turn.tls_port;
    let servers = json!([
        turn_server(&format!("turn:127.0.0.1:{port}"), "a-wrong-password"),
        turn_server(&format!("turns:127.0.0.2:{tls_port}"), PASSWORD),
        turn_server(&format!("turn:127.0.0.1:{port}?transport=tcp"), PASSWORD),
    ]);
    let talk = surrounded.talk(servers, PreferredProtocol::UdpOverTcp);
    let told = |what: &str| {
        talk.ann.next_where(what, |event| {
            event.kind() == EventType::Warning
                && event.text().is_some_and(|text| text.contains(what))
        });
    };
    told(
        "The TURN server 127.0.0.1 cannot be used by UDP: it does not accept the credentials (401).",
    );
    told("The TURN server 127.0.0.2 cannot be used by TLS: it cannot be reached");
    let warnings = warnings(&talk);
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    for secret in ["a-wrong-password", PASSWORD, USER] {
        assert!(
            warnings.iter().all(|text| !text.contains(secret)),
            "{warnings:?}"
        );
    }
}

#[test]
fn a_turn_server_is_given_back_once_the_service_is_reached_without_it() {
    let (server, turn, abyss) = (server(), Coturn::start(), Abyss::new());
    let (udp, _) = addresses(&server);
    // At first only what the TURN server relays gets through.
    let is_open = Arc::new(AtomicBool::new(false));
    let (opens, relayed) = (Arc::clone(&is_open), turn.relays_from());
    let relay = UdpRelay::new(udp, move |address| {
        opens.load(Ordering::Relaxed) || relayed(address)
    });
    announce(&server, relay.address, abyss.tcp());
    let url = format!("turn:127.0.0.1:{}", turn.port);
    server.set_ice_servers(json!([turn_server(&url, PASSWORD)]));
    let talk = Talk::new(&server, PreferredProtocol::UdpOnly);
    talk.is_heard();
    // Each of two has one for sending and one for receiving.
    assert_eq!(turn.allocations(), 4);
    is_open.store(true, Ordering::Relaxed);
    let begin = Instant::now();
    while turn.allocations() > 0 {
        assert!(begin.elapsed() < LONG, "{} are left", turn.allocations());
        talk.is_heard();
        std::thread::sleep(Duration::from_millis(100));
    }
    talk.is_heard();
    let states = talk.bob.all();
    let mut states = states
        .iter()
        .filter(|event| event.kind() == EventType::TransportStateChanged);
    assert!(states.all(|event| event.code() == 1), "it was never lost");
    assert_eq!(warnings(&talk), Vec::<String>::new());
}
