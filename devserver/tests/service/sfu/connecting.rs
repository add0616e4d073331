//! What a client needs to connect with.

use devserver::Announced;
use serde_json::{Value, json};

use super::{capabilities, transport};
use crate::client::{get, start};
use crate::participant::{Participant, room};

#[test]
fn the_router_offers_what_clients_of_the_service_use() {
    let server = start();
    let mut ann = Participant::connect(&server, &room(&server), "ann");
    let offered = capabilities(&mut ann);
    let codecs = offered["codecs"].as_array().unwrap();
    let names: Vec<&str> = codecs
        .iter()
        .map(|codec| codec["mimeType"].as_str().unwrap())
        .collect();
    let (vp8, h264, rtx) = ("video/VP8", "video/H264", "video/rtx");
    assert_eq!(names, ["audio/opus", vp8, rtx, h264, rtx, h264, rtx]);
    assert_eq!(codecs[3]["parameters"]["profile-level-id"], "42e01f");
    assert_eq!(codecs[3]["parameters"]["packetization-mode"], 1);
    for pair in codecs[1..].chunks(2) {
        assert_eq!(
            pair[1]["parameters"]["apt"],
            pair[0]["preferredPayloadType"]
        );
    }
    let extensions = offered["headerExtensions"].as_array().unwrap();
    for wanted in [
        "sdes:mid",
        "sdes:rtp-stream-id",
        "sdes:repaired-rtp-stream-id",
        "abs-send-time",
        "transport-wide-cc-extensions-01",
        "ssrc-audio-level",
    ] {
        let has = |one: &Value| one["uri"].as_str().unwrap().ends_with(wanted);
        assert!(extensions.iter().any(has), "{wanted}");
    }
}

#[test]
fn a_transport_has_all_that_a_client_connects_with() {
    let server = start();
    let mut ann = Participant::connect(&server, &room(&server), "ann");
    let transport = transport(&mut ann, true);
    assert_eq!(transport["iceParameters"]["iceLite"], true);
    let candidates = transport["iceCandidates"].as_array().unwrap();
    let protocols: Vec<&Value> = candidates.iter().map(|one| &one["protocol"]).collect();
    assert_eq!(protocols, ["udp", "tcp"]);
    for candidate in candidates {
        assert_eq!(candidate["ip"], "127.0.0.1");
        assert_eq!(candidate["address"], "127.0.0.1");
        assert_eq!(candidate["type"], "host");
    }
    let fingerprints = transport["dtlsParameters"]["fingerprints"].as_array();
    let [fingerprint] = &fingerprints.unwrap()[..] else {
        panic!("{transport}");
    };
    assert_eq!(fingerprint["algorithm"], "sha-256");
    let sctp = &transport["sctpParameters"];
    assert_eq!(sctp["port"], 5000);
    assert_eq!(sctp["maxMessageSize"], 262_144);
    assert!(sctp["OS"].is_u64() && sctp["MIS"].is_u64(), "{sctp}");

    for (protocol, offered) in [("UDP_ONLY", "udp"), ("TCP_ONLY", "tcp")] {
        let wish = json!({"preferredProtocol": protocol, "producing": true});
        let transport = ann.request("createWebRtcTransport", wish).unwrap();
        let candidates = transport["iceCandidates"].as_array().unwrap();
        assert!(candidates.iter().all(|one| one["protocol"] == offered));
        assert_eq!(candidates.len(), 1);
    }
}

#[test]
fn announced_addresses_stand_in_for_the_servers_own() {
    let server = start();
    let mut ann = Participant::connect(&server, &room(&server), "ann");
    let own = transport(&mut ann, true);
    let relay = "127.0.0.2:4321".parse().unwrap();
    let announced = Announced {
        udp: Some(relay),
        tcp: None,
    };
    server.announce_media(Some(announced)).unwrap();
    let told = transport(&mut ann, true);
    let candidates = told["iceCandidates"].as_array().unwrap();
    assert_eq!(candidates.len(), 1, "{told}");
    assert_eq!(candidates[0]["protocol"], "udp");
    assert_eq!(candidates[0]["ip"], "127.0.0.2");
    assert_eq!(candidates[0]["address"], "127.0.0.2");
    assert_eq!(candidates[0]["port"], 4321);
    // Where the relay has to send.
    let told: Value = get(&server, "/admin/media").json();
    let port = &own["iceCandidates"][0]["port"];
    assert_eq!(told["udp"], json!([format!("127.0.0.1:{port}")]));
    assert_eq!(told["announced"]["udp"], "127.0.0.2:4321");
    server.announce_media(None).unwrap();
    let again = transport(&mut ann, true);
    assert_eq!(again["iceCandidates"], own["iceCandidates"]);
}
