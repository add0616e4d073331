use serde_json::{Value, json};

use super::{captured, changed};
use crate::Status;
use crate::media::negotiation::{
    CandidateKind, DtlsParameters, DtlsRole, IceCandidate, IceParameters,
    MAX_USERNAME_FRAGMENT_BYTES, SctpParameters, TcpKind, TransportParameters, TransportProtocol,
    connect_request,
};

fn reply() -> Value {
    captured("/javascript/transport")
}

#[test]
fn a_transport_is_read_with_both_its_candidates() {
    let transport = TransportParameters::read(&reply()).unwrap();
    assert_eq!(transport.id, "893b45f9-01ad-4d6d-bba4-ebfb5cdcf596");
    let IceParameters {
        username_fragment,
        password,
        ice_lite,
    } = &transport.ice;
    assert_eq!(username_fragment, "cqs2xab0rnracf6s");
    assert_eq!(password.expose(), "password-of-the-test");
    assert!(ice_lite);
    let udp = IceCandidate {
        foundation: "udpcandidate".to_owned(),
        priority: 1_076_558_079,
        address: [127, 0, 0, 1].into(),
        port: 42_580,
        protocol: TransportProtocol::Udp,
        kind: CandidateKind::Host,
        tcp_kind: None,
    };
    let tcp = IceCandidate {
        foundation: "tcpcandidate".to_owned(),
        priority: 1_076_302_079,
        port: 42_425,
        protocol: TransportProtocol::Tcp,
        tcp_kind: Some(TcpKind::Passive),
        ..udp.clone()
    };
    assert_eq!(transport.candidates, [udp, tcp]);
    let DtlsParameters { role, sha256 } = transport.dtls;
    assert_eq!(role, DtlsRole::Auto);
    assert_eq!((sha256[0], sha256[1], sha256[31]), (0x6d, 0x38, 0x6d));
    let sctp = SctpParameters {
        port: 5000,
        outgoing_streams: 1024,
        max_incoming_streams: 1024,
        max_message_size: 262_144,
    };
    assert_eq!(transport.sctp, Some(sctp));
    assert!(transport.notes.is_empty());
}

#[test]
fn the_password_is_never_printed() {
    let transport = TransportParameters::read(&reply()).unwrap();
    assert!(!format!("{transport:?}").contains("password-of-the-test"));
    let long = format!("hunter2{}", "x".repeat(250));
    for wrong in [json!(long), json!(["hunter2"]), json!("")] {
        let reply = changed(&reply(), "/iceParameters/password", wrong);
        let error = TransportParameters::read(&reply).unwrap_err();
        assert!(
            error.message().contains("iceParameters.password` is not"),
            "{error}"
        );
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}

#[test]
fn addresses_are_read_under_both_names_and_candidates_of_no_use_are_noted() {
    let candidate = |change: Value| {
        let mut candidate =
            json!({"foundation": "f", "priority": 1, "port": 1, "protocol": "udp", "type": "host"});
        let fields = candidate.as_object_mut().unwrap();
        fields.extend(change.as_object().unwrap().clone());
        candidate
    };
    let list = json!([
        candidate(json!({"ip": "10.0.0.1"})),
        candidate(json!({"ip": "10.0.0.1", "address": "2001:db8::1", "type": "srflx"})),
        candidate(json!({"address": "10.0.0.2", "type": "relay", "tcpType": "passive"})),
        candidate(
            json!({"address": "10.0.0.3", "protocol": "tcp", "type": "prflx", "tcpType": "so"})
        ),
        candidate(json!({"address": "10.0.0.4", "protocol": "tcp", "tcpType": "active"})),
        candidate(json!({"address": "media.example.com"})),
        candidate(json!({"address": "fe80::1%eth0"})),
        candidate(json!({"address": "10.0.0.5", "protocol": "quic"})),
        candidate(json!({"address": "10.0.0.6", "type": "pigeon"})),
        candidate(json!({"address": "10.0.0.7", "protocol": "tcp", "tcpType": "lazy"})),
    ]);
    let transport = TransportParameters::read(&changed(&reply(), "/iceCandidates", list)).unwrap();
    let read: Vec<_> = transport
        .candidates
        .iter()
        .map(|it| (it.address.to_string(), it.kind, it.tcp_kind))
        .collect();
    assert_eq!(
        read,
        [
            ("10.0.0.1".to_owned(), CandidateKind::Host, None),
            (
                "2001:db8::1".to_owned(),
                CandidateKind::ServerReflexive,
                None
            ),
            ("10.0.0.2".to_owned(), CandidateKind::Relay, None),
            (
                "10.0.0.3".to_owned(),
                CandidateKind::PeerReflexive,
                Some(TcpKind::SimultaneousOpen)
            ),
            (
                "10.0.0.4".to_owned(),
                CandidateKind::Host,
                Some(TcpKind::Active)
            ),
        ]
    );
    assert_eq!(
        transport.notes,
        [
            "`media.example.com` is not an IP address",
            "`fe80::1%eth0` is not an IP address",
            "`quic` is no known protocol",
            "`pigeon` is no known type",
            "`lazy` is no known type of TCP",
        ]
    );
}

#[test]
fn what_may_be_absent_has_a_default() {
    let mut reply = reply();
    for pointer in [
        "/dtlsParameters/role",
        "/iceParameters/iceLite",
        "/sctpParameters/maxMessageSize",
    ] {
        reply = changed(&reply, pointer, Value::Null);
    }
    let transport = TransportParameters::read(&reply).unwrap();
    assert_eq!(transport.dtls.role, DtlsRole::Auto);
    assert!(!transport.ice.ice_lite);
    assert_eq!(transport.sctp.unwrap().max_message_size, 65_536);
    let transport = TransportParameters::read(&changed(&reply, "/sctpParameters", Value::Null));
    assert_eq!(transport.unwrap().sctp, None);
    for (name, role) in [("client", DtlsRole::Client), ("server", DtlsRole::Server)] {
        let reply = changed(&reply, "/dtlsParameters/role", name.into());
        assert_eq!(TransportParameters::read(&reply).unwrap().dtls.role, role);
    }
}

#[test]
fn wrong_transports_say_where_they_are_wrong() {
    let good = reply();
    let many = json!(vec![good["iceCandidates"][0].clone(); 65]);
    let named = json!([{"protocol": "udp", "address": "media.example.com"}]);
    let sha1 = json!([good["dtlsParameters"]["fingerprints"][0]]);
    for (pointer, value, words) in [
        (
            "/id",
            json!(""),
            "`transport.id` is not a text that is not empty",
        ),
        ("/id", Value::Null, "`transport.id` is missing"),
        (
            "/iceParameters",
            Value::Null,
            "`transport.iceParameters` is missing",
        ),
        (
            "/iceParameters/usernameFragment",
            Value::Null,
            "usernameFragment` is missing",
        ),
        (
            "/iceParameters/usernameFragment",
            json!("u".repeat(MAX_USERNAME_FRAGMENT_BYTES + 1)),
            "usernameFragment` is not a text of at most 100 bytes",
        ),
        (
            "/iceParameters/iceLite",
            json!("yes"),
            "iceLite` is not true or false: `yes`",
        ),
        (
            "/iceCandidates",
            json!([]),
            "`transport.iceCandidates` has no candidate to connect to: it is empty",
        ),
        (
            "/iceCandidates",
            named,
            "`media.example.com` is not an IP address",
        ),
        ("/iceCandidates", many, "at most 64"),
        (
            "/iceCandidates/1/port",
            json!(0),
            "iceCandidates[1].port` is not a whole number from 1 to 65535: 0",
        ),
        (
            "/iceCandidates/0/priority",
            json!(-1),
            "iceCandidates[0].priority` is not",
        ),
        (
            "/iceCandidates/0/foundation",
            Value::Null,
            "iceCandidates[0].foundation` is missing",
        ),
        (
            "/dtlsParameters/role",
            json!("both"),
            "role` is not `auto`, `client` or `server`: `both`",
        ),
        (
            "/dtlsParameters/fingerprints",
            sha1,
            "has no sha-256 fingerprint",
        ),
        (
            "/dtlsParameters/fingerprints/2/value",
            json!("AB:CD"),
            "fingerprints[2].value` is not 32 bytes",
        ),
        (
            "/sctpParameters/port",
            json!(65_536),
            "sctpParameters.port` is not",
        ),
        (
            "/sctpParameters/OS",
            Value::Null,
            "sctpParameters.OS` is missing",
        ),
        (
            "/sctpParameters",
            json!(7),
            "sctpParameters.port` is missing",
        ),
    ] {
        let error = TransportParameters::read(&changed(&good, pointer, value)).unwrap_err();
        assert_eq!(error.status(), Status::InvalidResponse);
        assert!(error.message().contains(words), "{error}\nlacks {words}");
    }
}

#[test]
fn connecting_is_what_a_browser_sends() {
    let expected = captured("/javascript/connect");
    let id = expected["transportId"].as_str().unwrap();
    let value = expected["dtlsParameters"]["fingerprints"][0]["value"]
        .as_str()
        .unwrap();
    assert_eq!(
        connect_request(id, &format!("SHA-256 {value}")).unwrap(),
        expected
    );
    for wrong in [
        value.to_owned(),
        format!("sha-1 {value}"),
        format!("sha-256 {value}:00"),
        format!("sha-256  {value}"),
        format!("sha-256 {}", value.replace("10:", "+1:")),
        format!("sha-256 {}", &value[3..]),
        String::new(),
    ] {
        let error = connect_request(id, &wrong).unwrap_err();
        assert_eq!(error.status(), Status::InvalidArgument, "{wrong}");
    }
}
