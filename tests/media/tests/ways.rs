//! Media by other ways than plain UDP.

use media_tests::meetings::server;
use media_tests::relay::{Abyss, TcpRelay, UdpRelay};
use media_tests::talk::{Talk, addresses, announce};
use vsdk::meeting::PreferredProtocol;

/// Each of two has one to send and one to receive.
const CONNECTIONS: usize = 4;

#[test]
fn tcp_alone_carries_sound() {
    let server = server();
    let (_, tcp) = addresses(&server);
    let (abyss, relay) = (Abyss::new(), TcpRelay::new(tcp));
    announce(&server, abyss.udp(), relay.address);
    let talk = Talk::new(&server, PreferredProtocol::TcpOnly);
    talk.is_heard();
    assert_eq!(relay.connections(), CONNECTIONS);
    assert!(!abyss.was_tried());
    talk.ann.leave();
    talk.bob.leave();
}

#[test]
fn udp_alone_never_connects() {
    let server = server();
    let (udp, tcp) = addresses(&server);
    let relay = TcpRelay::new(tcp);
    announce(&server, udp, relay.address);
    let talk = Talk::new(&server, PreferredProtocol::UdpOnly);
    talk.is_heard();
    assert_eq!(relay.connections(), 0);
}

#[test]
fn tcp_takes_over_where_udp_does_not_get_through() {
    let server = server();
    let (_, tcp) = addresses(&server);
    let abyss = Abyss::new();
    announce(&server, abyss.udp(), tcp);
    let talk = Talk::new(&server, PreferredProtocol::UdpOverTcp);
    talk.is_heard();
    assert!(abyss.was_tried());
}

#[test]
fn tcp_takes_over_when_udp_is_lost() {
    let server = server();
    let (udp, tcp) = addresses(&server);
    let udp = UdpRelay::new(udp, |_| true);
    let tcp = TcpRelay::new(tcp);
    announce(&server, udp.address, tcp.address);
    let talk = Talk::new(&server, PreferredProtocol::UdpOverTcp);
    talk.is_heard();
    assert!(udp.passed() > 25);
    assert_eq!(tcp.connections(), 0, "UDP is enough");
    udp.block();
    talk.is_heard();
    assert_eq!(tcp.connections(), CONNECTIONS);
}

#[test]
fn a_broken_connection_is_made_anew() {
    let server = server();
    let (udp, tcp) = addresses(&server);
    let tcp = TcpRelay::new(tcp);
    announce(&server, udp, tcp.address);
    let talk = Talk::new(&server, PreferredProtocol::TcpOnly);
    talk.is_heard();
    assert_eq!(tcp.cut(), CONNECTIONS);
    talk.is_heard();
    assert_eq!(tcp.connections(), CONNECTIONS);
}
