//! Who is sent what, and in which order they hear of it.

use serde_json::{Value, json};

use super::{Peer, methods, transport, until_figures};
use crate::client::start;
use crate::participant::{room, rtp_parameters};

#[test]
fn what_one_sends_the_others_get_after_they_are_told_of_it() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Peer::join(&server, &room_id, "ann");
    let mut bob = Peer::join(&server, &room_id, "bob");
    ann.told(1);
    bob.told(1);
    let id = ann.produce("video", 1111);
    let frames = bob.told(2);
    let expected = ["participantMediaStateChanged", "newConsumer"];
    assert_eq!(methods(&frames), expected);
    assert_eq!(
        frames[0]["data"],
        json!({"peerId": "ann", "kind": "video", "newState": true})
    );
    assert_eq!(frames[1]["request"], true);
    let told = &frames[1]["data"];
    assert_eq!(told["peerId"], "ann");
    assert_eq!(told["producerId"], json!(id));
    assert_eq!(told["kind"], "video");
    assert_eq!(told["type"], "simple");
    assert_eq!(told["producerPaused"], false);
    assert_eq!(told["appData"], json!({"peerId": "ann", "encodings": []}));
    let rtp = &told["rtpParameters"];
    // The router's numbers, not those of the sender.
    assert_eq!(rtp["codecs"][0]["payloadType"], 101);
    assert!(rtp["encodings"][0]["ssrc"].is_u64());
    assert_eq!(rtp["rtcp"]["cname"], "c");
    assert_eq!(methods(&ann.told(1)), ["participantMediaStateChanged"]);

    let closed = json!({"producerId": id});
    ann.participant.request("closeProducer", closed).unwrap();
    let frames = bob.told(2);
    let expected = ["participantMediaStateChanged", "consumerClosed"];
    assert_eq!(methods(&frames), expected);
    assert_eq!(frames[0]["data"]["newState"], false);
    assert_eq!(frames[1]["data"], json!({"consumerId": told["id"]}));
    until_figures(&server, |now| now.producers == 0 && now.consumers == 0);
}

#[test]
fn a_newcomer_is_told_of_people_before_their_media() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Peer::join(&server, &room_id, "ann");
    ann.produce("audio", 1111);
    ann.produce("video", 2222);
    ann.produce_data(0);
    let mut bob = Peer::join(&server, &room_id, "bob");
    let frames = bob.told(6);
    let state = "participantMediaStateChanged";
    let expected = [
        "newPeer",
        state,
        state,
        "newConsumer",
        "newConsumer",
        "newDataConsumer",
    ];
    assert_eq!(methods(&frames), expected);
    assert_eq!(frames[3]["data"]["kind"], "audio");
    assert_eq!(frames[4]["data"]["kind"], "video");
    let data = &frames[5]["data"];
    assert_eq!(data["label"], "reliable_data_producer");
    assert_eq!(data["protocol"], "");
    assert_eq!(data["appData"], json!({"info": "data"}));
    assert_eq!(data["sctpStreamParameters"]["ordered"], false);
    assert_eq!(data["sctpStreamParameters"]["maxRetransmits"], 5);
    // Until the client says that it is ready it gets nothing; then it does.
    for frame in &frames[3..] {
        let answer = json!({"response": true, "id": frame["id"], "ok": true, "data": {}});
        bob.participant.send_text(&answer.to_string());
    }
    assert_eq!(bob.told(0), Vec::<Value>::new());
}

#[test]
fn consumers_end_before_the_one_that_they_are_of() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Peer::join(&server, &room_id, "ann");
    let mut bob = Peer::join(&server, &room_id, "bob");
    ann.produce("audio", 1111);
    ann.produce_data(0);
    bob.told(4);
    let remove = json!({"peerId": "ann"});
    bob.participant.request("removePeer", remove).unwrap();
    let frames = bob.told(3);
    let expected = ["consumerClosed", "dataConsumerClosed", "peerClosed"];
    assert_eq!(methods(&frames), expected);
    assert_eq!(frames[2]["data"]["reason"]["code"], 1002);
    until_figures(&server, |now| now.transports == 2 && now.producers == 0);
}

#[test]
fn who_stops_sending_by_its_mode_is_gone_for_the_others_and_can_begin_again() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Peer::join(&server, &room_id, "ann");
    let mut bob = Peer::join(&server, &room_id, "bob");
    ann.produce("audio", 1111);
    bob.told(3);
    let mode = |mode: &str| json!({"mode": mode});
    ann.participant
        .request("changeMode", mode("RECV_ONLY"))
        .unwrap();
    let frames = bob.told(3);
    let expected = [
        "participantMediaStateChanged",
        "consumerClosed",
        "peerModeChanged",
    ];
    assert_eq!(methods(&frames), expected);
    let gone = std::mem::take(&mut ann.send);
    ann.send = transport(&mut ann.participant, true);
    let back = mode("SEND_AND_RECV");
    ann.participant.request("changeMode", back).unwrap();
    // The transport went with what was sent over it.
    let new = std::mem::replace(&mut ann.send, gone);
    let refused = ann.try_produce("audio", rtp_parameters("audio", 2222));
    assert_eq!(refused.unwrap_err().0, 404);
    ann.send = new;
    ann.produce("audio", 3333);
    let frames = bob.told(3);
    let expected = [
        "peerModeChanged",
        "participantMediaStateChanged",
        "newConsumer",
    ];
    assert_eq!(methods(&frames), expected);
}

#[test]
fn a_paused_producer_pauses_its_consumers() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Peer::join(&server, &room_id, "ann");
    let mut bob = Peer::join(&server, &room_id, "bob");
    let id = ann.produce("audio", 1111);
    let consumer = bob.told(3)[2]["data"]["id"].clone();
    for (method, told) in [
        ("pauseProducer", "consumerPaused"),
        ("resumeProducer", "consumerResumed"),
    ] {
        for _ in 0..2 {
            let this = json!({"producerId": id});
            ann.participant.request(method, this).unwrap();
        }
        let frames = bob.told(1);
        assert_eq!(methods(&frames), [told]);
        assert_eq!(frames[0]["data"], json!({"consumerId": consumer}));
    }
    let this = json!({"producerId": id});
    ann.participant.request("pauseProducer", this).unwrap();
    let mut late = Peer::join(&server, &room_id, "late");
    let frames = late.told(4);
    assert_eq!(frames[3]["data"]["producerPaused"], true);
}

#[test]
fn a_receiver_has_its_consumers_in_hand() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Peer::join(&server, &room_id, "ann");
    let mut bob = Peer::join(&server, &room_id, "bob");
    ann.produce("video", 1111);
    let consumer = bob.told(3)[2]["data"]["id"].clone();
    let bob = &mut bob.participant;
    for (method, more) in [
        ("resumeConsumer", json!({})),
        ("pauseConsumer", json!({})),
        // Out of range, as the published JavaScript client asks for it.
        (
            "setConsumerPreferredLayers",
            json!({"spatialLayer": 9, "temporalLayer": 3}),
        ),
        ("setConsumerPriority", json!({"priority": 3})),
        ("requestConsumerKeyFrame", json!({})),
    ] {
        let mut this = more;
        this["consumerId"] = consumer.clone();
        assert_eq!(bob.request(method, this), Ok(json!({})), "{method}");
    }
    for method in ["pauseAllConsumers", "resumeAllConsumers"] {
        let reply = bob.request(method, json!({"kind": "video"})).unwrap();
        assert_eq!(reply, json!({"consumersWithIssues": []}));
    }
    let stats = bob.request("getTransportStats", json!({"peerId": "ann"}));
    let stats = stats.unwrap();
    assert!(stats["send"]["stats"]["sendBitrate"].is_u64(), "{stats}");
    assert!(stats["recv"]["stats"]["recvBytes"].is_u64(), "{stats}");
}

#[test]
fn who_wants_nothing_unasked_gets_what_it_asks_for() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Peer::join(&server, &room_id, "ann");
    ann.produce("audio", 1111);
    ann.produce("video", 2222);
    let mut bob = Peer::join_with(&server, &room_id, "bob", |data| {
        data["autoConsume"] = json!(false);
    });
    let state = "participantMediaStateChanged";
    assert_eq!(methods(&bob.told(3)), ["newPeer", state, state]);
    let this = json!({"peerId": "ann"});
    let asked = bob.participant.request("consumeVideoStreams", this.clone());
    asked.unwrap();
    let frames = bob.told(1);
    assert_eq!(methods(&frames), ["newConsumer"]);
    assert_eq!(frames[0]["data"]["kind"], "video");
    let stopped = bob.participant.request("stopConsumingVideoStreams", this);
    stopped.unwrap();
    assert_eq!(methods(&bob.told(1)), ["consumerClosed"]);
    until_figures(&server, |now| now.consumers == 0);
}

#[test]
fn what_cannot_be_sent_is_refused_with_the_reason() {
    let server = start();
    let mut ann = Peer::join(&server, &room(&server), "ann");
    let good = rtp_parameters("video", 1111);
    let cases: [(&str, Value, &str); 8] = [
        ("/codecs", json!([]), "at least one entry in codecs"),
        ("/codecs/0/mimeType", json!("x/y"), "\"x/y\""),
        ("/codecs/0/mimeType", json!("audio/opus"), "kind video"),
        ("/codecs/0/mimeType", json!("video/VP9"), "codec"),
        ("/codecs/0/payloadType", json!(300), "payloadType"),
        ("/codecs/0/clockRate", json!("fast"), "clockRate"),
        ("/encodings", json!([]), "entries in encodings"),
        ("/encodings/0", json!("loud"), "entry of encodings"),
    ];
    for (at, value, says) in cases {
        let mut rtp = good.clone();
        *rtp.pointer_mut(at).unwrap() = value;
        let (code, reason) = ann.try_produce("video", rtp).unwrap_err();
        assert_eq!(code, 400, "{reason}");
        assert!(reason.contains(says), "{at}: {reason}");
    }
    // What mediasoup itself has to refuse: the answer comes, whatever it says.
    let h264 = json!({
        "mimeType": "video/H264", "payloadType": 99, "clockRate": 90000,
        "parameters": {"profile-level-id": "nonsense", "packetization-mode": true},
    });
    let rtx = json!({"mimeType": "video/rtx", "payloadType": 98, "clockRate": 90000});
    let odd_rtx = json!({
        "mimeType": "video/rtx", "payloadType": 98, "clockRate": 90000, "parameters": {"apt": "x"},
    });
    let twice = json!([{"ssrc": 5, "dtx": false}, {"ssrc": 5, "dtx": false}]);
    for (at, value) in [
        ("/codecs/0", h264),
        ("/codecs/0", rtx.clone()),
        ("/codecs", json!([good["codecs"][0], rtx])),
        ("/codecs", json!([good["codecs"][0], odd_rtx])),
        ("/codecs", json!([good["codecs"][0], good["codecs"][0]])),
        ("/codecs/0/clockRate", json!(0)),
        ("/encodings", twice),
        ("/encodings/0", json!({})),
        ("/encodings/0/ssrc", json!(-1)),
        ("/headerExtensions/0/id", json!(4_000_000)),
        ("/rtcp", json!("x")),
        ("/mid", json!("x".repeat(1000))),
    ] {
        let mut rtp = good.clone();
        *rtp.pointer_mut(at).unwrap() = value;
        match ann.try_produce("video", rtp) {
            Ok(producer) => {
                let closed = json!({"producerId": producer["id"]});
                ann.participant.request("closeProducer", closed).unwrap();
            }
            Err((code, reason)) => assert_eq!(code, 400, "{reason}"),
        }
    }
    ann.try_produce("video", good).unwrap();
    for (fingerprint, says) in [
        (json!({"algorithm": "sha-256", "value": "é"}), "hexadecimal"),
        (json!({"algorithm": "md5", "value": "00:11"}), "md5"),
    ] {
        let connect = json!({
            "transportId": ann.send["id"],
            "dtlsParameters": {"role": "client", "fingerprints": [fingerprint]},
        });
        let refused = ann.participant.request("connectWebRtcTransport", connect);
        let (code, reason) = refused.unwrap_err();
        assert_eq!(code, 400);
        assert!(reason.contains(says), "{reason}");
    }
}

#[test]
fn what_was_closed_can_begin_again_with_the_same_numbers() {
    let server = start();
    let mut ann = Peer::join(&server, &room(&server), "ann");
    for _ in 0..50 {
        let closed = json!({"producerId": ann.produce("video", 1111)});
        ann.participant.request("closeProducer", closed).unwrap();
    }
}

/// As browsers send it: told apart by rid, without a name for the streams, with numbers of their own.
#[test]
fn several_layers_come_as_one_stream_with_layers() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Peer::join(&server, &room_id, "ann");
    let mut bob = Peer::join(&server, &room_id, "bob");
    let mut rtp = rtp_parameters("video", 1);
    rtp["codecs"][0]["payloadType"] = json!(96);
    let rtx = json!({
        "mimeType": "video/rtx", "payloadType": 97, "clockRate": 90000, "parameters": {"apt": 96},
        "rtcpFeedback": [],
    });
    rtp["codecs"].as_array_mut().unwrap().push(rtx);
    rtp["rtcp"]["cname"] = json!("");
    rtp["headerExtensions"] = json!([
        {"uri": "urn:ietf:params:rtp-hdrext:sdes:mid", "id": 4, "encrypt": false, "parameters": {}},
        {"uri": "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id", "id": 10, "encrypt": false, "parameters": {}},
        {"uri": "urn:ietf:params:rtp-hdrext:toffset", "id": 14, "encrypt": false, "parameters": {}},
    ]);
    let layers = [(4, 150_000, 15), (2, 400_000, 20), (1, 1_500_000, 30)].map(|layer| {
        let (scale, bitrate, rate) = layer;
        json!({
            "active": true, "scaleResolutionDownBy": scale, "maxBitrate": bitrate,
            "maxFramerate": rate, "scalabilityMode": "L1T3", "dtx": false,
        })
    });
    rtp["encodings"] = json!(layers);
    for number in 0..3 {
        rtp["encodings"][number]["rid"] = json!(format!("r{number}"));
    }
    ann.try_produce("video", rtp).unwrap();
    let frames = bob.told(3);
    let told = &frames[2]["data"];
    assert_eq!(told["type"], "simulcast");
    let rtp = &told["rtpParameters"];
    assert_eq!(rtp["encodings"].as_array().unwrap().len(), 1);
    assert_eq!(rtp["encodings"][0]["scalabilityMode"], "L3T3");
    assert!(rtp["encodings"][0]["rtx"]["ssrc"].is_u64());
    assert_ne!(rtp["rtcp"]["cname"], "");
    assert!(rtp["rtcp"]["cname"].is_string());
    for (spatial, temporal) in [(0, 2), (2, 3)] {
        let wish = json!({
            "consumerId": told["id"], "spatialLayer": spatial, "temporalLayer": temporal,
        });
        let done = bob.participant.request("setConsumerPreferredLayers", wish);
        assert_eq!(done, Ok(json!({})));
    }
}
