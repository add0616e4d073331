//! Media between meetings, and what is left of one.

use std::time::Instant;

use devserver::MediaFigures;
use serde_json::{Value, json};

use super::{Peer, capabilities, methods, until_figures};
use crate::client::{HANG, get, start};
use crate::participant::{joining, room};

#[test]
fn who_switches_meetings_goes_on_sending() {
    let server = start();
    let (first, second) = (room(&server), room(&server));
    let mut bob = Peer::join(&server, &first, "bob");
    let mut eve = Peer::join(&server, &second, "eve");
    let mut ann = Peer::join(&server, &first, "ann");
    let id = ann.produce("audio", 1111);
    ann.produce_data(0);
    eve.produce("video", 2222);
    bob.told(4);
    ann.told(2);
    eve.told(1);
    let switch = json!({"meetingId": second, "secret": server.token()});
    ann.participant.request("switchToMeeting", switch).unwrap();
    let frames = bob.told(3);
    let expected = ["consumerClosed", "dataConsumerClosed", "peerClosed"];
    assert_eq!(methods(&frames), expected);
    ann.told(1);
    let mut data = joining("ann");
    data["rtpCapabilities"] = capabilities(&mut ann.participant);
    ann.participant.request("join", data).unwrap();
    let frames = eve.told(4);
    let state = "participantMediaStateChanged";
    let expected = ["newPeer", state, "newConsumer", "newDataConsumer"];
    assert_eq!(methods(&frames), expected);
    assert_eq!(frames[2]["data"]["producerId"], json!(id));
    let frames = ann.told(4);
    assert_eq!(methods(&frames), ["newPeer", state, state, "newConsumer"]);
    assert_eq!(frames[3]["data"]["peerId"], "eve");
    drop((ann, bob, eve));
    until_figures(&server, |now| now == MediaFigures::default());
}

#[test]
fn an_accepted_relay_brings_guests_who_are_heard() {
    let server = start();
    let (first, second) = (room(&server), room(&server));
    let mut ann = Peer::join(&server, &first, "ann");
    let mut bob = Peer::join(&server, &second, "bob");
    ann.produce("audio", 1111);
    ann.produce("video", 2222);
    let wish = json!({"meetingId": second, "secret": null, "kinds": ["audio"]});
    let ann_asks = |ann: &mut Peer, method: &str, data: Value| {
        assert_eq!(
            ann.participant.request(method, data),
            Ok(json!({})),
            "{method}"
        );
    };
    ann_asks(&mut ann, "mediaRelayRequestSent", wish);
    bob.participant.notification("mediaRelayRequestReceived");
    let answer = json!({"decision": "accepted", "peerId": "ann", "meetingId": first});
    let answered = bob
        .participant
        .request("respondToMediaRelayRequest", answer);
    answered.unwrap();
    let state = "participantMediaStateChanged";
    let frames = bob.told(3);
    assert_eq!(methods(&frames), ["newPeer", state, "newConsumer"]);
    assert_eq!(frames[0]["data"]["id"], "ann");
    assert_eq!(frames[2]["data"]["peerId"], "ann");
    assert_eq!(frames[2]["data"]["kind"], "audio");
    let there = json!({"meetingId": second});
    assert_eq!(ann.participant.notification("mediaRelayStarted"), there);

    let mut late = Peer::join(&server, &second, "late");
    let frames = late.told(4);
    let expected = ["newPeer", "newPeer", state, "newConsumer"];
    assert_eq!(methods(&frames), expected);
    bob.told(1);

    let video = json!({"meetingId": second, "kind": "video"});
    ann_asks(&mut ann, "enableRelayMedia", video.clone());
    assert_eq!(methods(&bob.told(2)), [state, "newConsumer"]);
    ann_asks(&mut ann, "disableRelayMedia", video);
    assert_eq!(methods(&bob.told(2)), [state, "consumerClosed"]);
    ann_asks(&mut ann, "mediaRelayRequestStop", there.clone());
    let frames = bob.told(3);
    assert_eq!(methods(&frames), [state, "consumerClosed", "peerClosed"]);
    let stopped = ann.participant.notification("mediaRelayStopped");
    assert_eq!(stopped["meetingId"], there["meetingId"]);
    drop((ann, bob, late));
    until_figures(&server, |now| now == MediaFigures::default());
}

#[test]
fn nothing_is_left_of_many_who_came_and_went() {
    let server = start();
    let room_id = room(&server);
    let objects = || -> Value {
        let told: Value = get(&server, "/admin/media").json();
        told["objects"].clone()
    };
    let before = objects();
    let mut peers: Vec<Peer> = (0..100)
        .map(|number| {
            let id = format!("p{number}");
            let mut peer = Peer::join(&server, &room_id, &id);
            if number % 10 == 0 {
                peer.produce("audio", 1000 + number);
                peer.produce("video", 2000 + number);
                peer.produce_data(0);
            }
            peer
        })
        .collect();
    until_figures(&server, |now| {
        let expected = MediaFigures {
            routers: 1,
            transports: 200,
            producers: 20,
            consumers: 20 * 99,
            data_producers: 10,
            data_consumers: 10 * 99,
        };
        now == expected
    });
    let half = peers.split_off(50);
    for peer in half {
        peer.participant.leave();
    }
    drop(peers);
    until_figures(&server, |now| now == MediaFigures::default());
    let deadline = Instant::now() + HANG;
    while objects() != before {
        assert!(Instant::now() < deadline, "{} and not {before}", objects());
    }
}
