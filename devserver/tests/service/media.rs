//! What can be asked for of media; what then flows, with a media server, is in `sfu`.

use devserver::Server;
use serde_json::{Value, json};

use crate::client::{get, start};
use crate::participant::{Participant, joining, room, rtp_parameters};

/// A participant in a new room, with a transport.
fn with_transport(server: &Server) -> (Participant, Value) {
    let room_id = room(server);
    let mut ann = Participant::join(server, &room_id, "ann");
    let transport = json!({"producing": true, "consuming": false});
    let transport = ann.request("createWebRtcTransport", transport).unwrap();
    (ann, transport)
}

#[test]
fn ice_restarts_with_new_parameters() {
    let server = start();
    let (mut ann, transport) = with_transport(&server);
    let this = json!({"transportId": transport["id"]});
    let first = ann.request("restartIce", this.clone()).unwrap();
    let second = ann.request("restartIce", this.clone()).unwrap();
    for parameters in [&first, &second] {
        assert_eq!(parameters["iceLite"], true);
        // RFC 8445, section 5.3: at least 24 and 128 bits.
        assert!(parameters["usernameFragment"].as_str().unwrap().len() >= 4);
        assert!(parameters["password"].as_str().unwrap().len() >= 22);
    }
    for name in ["usernameFragment", "password"] {
        assert_ne!(first[name], second[name]);
        assert_ne!(first[name], transport["iceParameters"][name]);
    }
    assert_eq!(ann.request("iceRestarted", this).unwrap(), json!({}));
    for method in ["restartIce", "iceRestarted"] {
        let other = ann.request(method, json!({"transportId": "other"}));
        assert_eq!(other.unwrap_err().0, 404);
        assert_eq!(ann.request(method, json!({})).unwrap_err().0, 400);
    }
}

#[test]
fn a_consumer_is_one_that_nobody_has() {
    let server = start();
    let (mut ann, _) = with_transport(&server);
    for (method, code) in [
        ("pauseConsumer", 4074),
        ("resumeConsumer", 4075),
        ("setConsumerPreferredLayers", 4073),
        ("setConsumerPriority", 404),
        ("requestConsumerKeyFrame", 404),
    ] {
        let this = json!({"consumerId": "c1", "spatialLayer": 0, "temporalLayer": 2});
        let (got, reason) = ann.request(method, this).unwrap_err();
        assert_eq!(got, code, "{method}");
        assert!(reason.contains("\"c1\""), "{reason}");
        let why = reason.contains("forwards no media");
        assert_eq!(why, !cfg!(feature = "sfu"), "{reason}");
        assert_eq!(ann.request(method, json!({})).unwrap_err().0, 400);
    }
}

#[test]
fn all_consumers_are_none_so_that_all_of_them_pause() {
    let server = start();
    let (mut ann, _) = with_transport(&server);
    for (method, code) in [("pauseAllConsumers", 4057), ("resumeAllConsumers", 4058)] {
        for kind in ["audio", "video", "share", "shareAudio", "all"] {
            let reply = ann.request(method, json!({"kind": kind})).unwrap();
            assert_eq!(reply, json!({"consumersWithIssues": []}));
        }
        for kind in [json!("smell"), Value::Null] {
            let refused = ann.request(method, json!({"kind": kind}));
            assert_eq!(refused.unwrap_err().0, code);
        }
    }
}

#[cfg(not(feature = "sfu"))]
#[test]
fn who_wants_the_media_of_somebody_hears_that_there_is_none() {
    let server = start();
    let (mut ann, _) = with_transport(&server);
    for (kind, start, stop) in [("Audio", 4080, 4082), ("Video", 4081, 4083)] {
        let (consume, stop_consuming) = (
            format!("consume{kind}Streams"),
            format!("stopConsuming{kind}Streams"),
        );
        let this = json!({"peerId": "ann"});
        let (code, reason) = ann.request(&consume, this.clone()).unwrap_err();
        assert_eq!(code, start);
        assert!(reason.contains("forwards no media"), "{reason}");
        // Receiving nothing is what it does already.
        assert_eq!(ann.request(&stop_consuming, this).unwrap(), json!({}));
        for (method, code) in [(consume, start), (stop_consuming, stop)] {
            let nobody = ann.request(&method, json!({"peerId": "nobody"}));
            let (got, reason) = nobody.unwrap_err();
            assert_eq!(got, code);
            assert!(reason.contains("no participant"), "{reason}");
        }
    }
}

#[test]
fn the_adaptive_subscription_is_on_or_off() {
    let server = start();
    let (mut ann, _) = with_transport(&server);
    let mut ask = |method: &str| ann.request(method, json!({})).map_err(|(code, _)| code);
    let (on, off) = ("enableAdaptiveSubscription", "disableAdaptiveSubscription");
    assert_eq!(ask(off), Err(4049));
    for _ in 0..2 {
        assert_eq!(ask(on), Ok(json!({})));
        assert_eq!(ask(on), Err(4048));
        assert_eq!(ask(off), Ok(json!({})));
    }
}

#[test]
fn a_producer_pauses_when_it_is_ones_own() {
    let server = start();
    let (mut ann, transport) = with_transport(&server);
    let produce = json!({
        "transportId": transport["id"], "kind": "audio", "appData": {},
        "rtpParameters": rtp_parameters("audio", 1),
    });
    let producer = ann.request("produce", produce).unwrap();
    ann.settled();
    for method in ["pauseProducer", "resumeProducer"] {
        let this = json!({"producerId": producer["id"]});
        assert_eq!(ann.request(method, this).unwrap(), json!({}));
        let other = ann.request(method, json!({"producerId": "other"}));
        assert_eq!(other.unwrap_err().0, 404);
    }
    let failed = |kind: &str| json!({"mediaType": kind, "message": "no device"});
    assert_eq!(ann.request("produceError", failed("share")), Ok(json!({})));
    let refused = ann.request("produceError", failed("smell"));
    assert_eq!(refused.unwrap_err().0, 400);
    assert_eq!(ann.settled(), Vec::<Value>::new());
}

#[test]
fn a_name_changes_for_the_others_and_for_newcomers() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    let mut bob = Participant::join(&server, &room_id, "bob");
    ann.settled();
    let name = |name: Value| json!({"displayName": name});
    let reply = ann.request("changeDisplayName", name(json!("Änn")));
    assert_eq!(reply, Ok(json!({})));
    assert_eq!(
        bob.notification("peerDisplayNameChanged"),
        json!({"peerId": "ann", "displayName": "Änn", "oldDisplayName": "ann"})
    );
    assert_eq!(ann.settled(), Vec::<Value>::new());
    let mut eve = Participant::connect(&server, &room_id, "eve");
    let reply = eve.request("join", joining("eve")).unwrap();
    assert_eq!(reply["peers"][0]["displayName"], "Änn");
    assert!(get(&server, "/").text().contains("<bdi>Änn</bdi>"));
    for wrong in [json!(1), Value::Null, json!("x".repeat(1025))] {
        let refused = ann.request("changeDisplayName", name(wrong));
        assert_eq!(refused.unwrap_err().0, 400);
    }
}

#[test]
fn what_this_service_does_not_have_says_so() {
    let server = start();
    let (mut ann, _) = with_transport(&server);
    #[cfg(not(feature = "sfu"))]
    for method in ["getDataProducerStats", "getDataConsumerStats"] {
        let (code, reason) = ann.request(method, json!({})).unwrap_err();
        assert_eq!(code, 404);
        assert!(reason.contains("no data flows"), "{reason}");
    }
    for (method, says) in [
        ("applyNetworkThrottle", "latencyMs"),
        ("resetNetworkThrottle", "latencyMs"),
        ("inventedMethod", "inventedMethod"),
    ] {
        let (code, reason) = ann.request(method, json!({})).unwrap_err();
        assert_eq!(code, 404);
        assert!(reason.contains(says), "{reason}");
    }
}

/// Whatever the published clients may ask for is carried out, or refused with a reason of its own.
#[test]
fn every_published_method_is_known() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::connect(&server, &room_id, "ann");
    let methods = "requestEntry respondEntry getRouterRtpCapabilities createWebRtcTransport \
        connectWebRtcTransport join produce produceData closeProducer produceError pauseProducer \
        resumeProducer pauseConsumer resumeConsumer setConsumerPreferredLayers \
        setConsumerPriority requestConsumerKeyFrame changeDisplayName pauseAllConsumers \
        resumeAllConsumers consumeAudioStreams consumeVideoStreams stopConsumingAudioStreams \
        stopConsumingVideoStreams enablePeerMic disablePeerMic enablePeerWebcam \
        disablePeerWebcam removePeer closeRoom definePeerLeftReason changeMode pinStateChanged \
        switchToMeeting switchPeerRoom restartIce iceRestarted getTransportStats \
        getDataProducerStats getDataConsumerStats applyNetworkThrottle resetNetworkThrottle \
        startRecording stopRecording startLivestream stopLivestream startHls stopHls \
        startTranscription stopTranscription startTranslation changeTranslationLanguage \
        stopTranslation startWhiteboard stopWhiteboard joinCharacter leaveCharacter \
        sendCharacterMessage interruptCharacter mediaRelayRequestSent respondToMediaRelayRequest \
        mediaRelayRequestStop enableRelayMedia disableRelayMedia enableAdaptiveSubscription \
        disableAdaptiveSubscription realtimeStoreSet realtimeStoreGet realtimeStoreObserve \
        realtimeStoreStopObserve openConnection closeConnection connectionCloseRoom \
        connectionSendChatMessage connectionSwitchPeerRoom agentStateChanged agentTranscript \
        agentMetrics pubsubPublish pubsubSubscribe";
    // Nobody has joined, so that nothing ends before the last of them.
    for method in methods.split_whitespace() {
        if let Err((_, reason)) = ann.request(method, json!({})) {
            assert!(!reason.starts_with("There is no method"), "{reason}");
        }
    }
    let (_, reason) = ann.request("inventedMethod", json!({})).unwrap_err();
    assert!(reason.starts_with("There is no method"), "{reason}");
}
