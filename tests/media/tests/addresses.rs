//! Media when addresses change, and media over IPv6.

use std::net::{Ipv6Addr, SocketAddr};
use std::time::Instant;

use devserver::{Options, Server};
use media_tests::meetings::server;
use media_tests::network::Network;
use media_tests::relay::media_addresses;
use media_tests::talk::Talk;
use vsdk::meeting::{EventType, PreferredProtocol};

/// A talk through a network, which had something to carry.
fn talk_through_a_network() -> (Server, Network, Talk) {
    let server = server();
    let network = Network::new(&server);
    let talk = Talk::new(&server, PreferredProtocol::UdpOverTcp);
    talk.is_heard();
    assert!(network.passed() > 0);
    (server, network, talk)
}

/// It goes on; nobody had to join anew for that, and nothing failed that was tried.
fn goes_on(talk: &Talk) {
    let begin = Instant::now();
    talk.is_heard();
    println!("heard again after {:?}", begin.elapsed());
    for client in [&talk.ann, &talk.bob] {
        let kinds: Vec<EventType> = client.all().iter().map(|event| event.kind()).collect();
        for unwanted in [EventType::Reconnecting, EventType::Warning] {
            assert!(!kinds.contains(&unwanted), "{kinds:?}");
        }
    }
}

#[test]
fn sound_goes_on_when_a_router_gives_everybody_another_address() {
    let (_server, network, talk) = talk_through_a_network();
    for _ in 0..2 {
        network.change_addresses();
        goes_on(&talk);
    }
}

#[test]
fn sound_goes_on_when_the_sockets_that_there_were_reach_nothing_any_more() {
    let (_server, network, talk) = talk_through_a_network();
    network.strand();
    goes_on(&talk);
}

#[test]
fn sound_goes_over_ipv6_by_udp_and_by_tcp() {
    let address = SocketAddr::from((Ipv6Addr::LOCALHOST, 0));
    let options = Options {
        http: Some(address),
        ..Options::default()
    };
    let server = Server::start(options).expect("this machine has IPv6 on loopback: [::1]");
    for protocol in [PreferredProtocol::UdpOnly, PreferredProtocol::TcpOnly] {
        let talk = Talk::new(&server, protocol);
        talk.is_heard();
        let (udp, tcp) = media_addresses(&server);
        assert_eq!((udp.ip(), tcp.ip()), (address.ip(), address.ip()));
        talk.ann.leave();
        talk.bob.leave();
    }
}
