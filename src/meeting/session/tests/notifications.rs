//! What the service tells and asks, one by one (protocol, section 6): what the app hears of it.

use std::collections::BTreeSet;

use super::*;

/// In a room with somebody, and with a topic and a value that are listened to.
fn room() -> Course {
    let mut course = Course::inside(&json!([{"id": "p2", "displayName": "Two"}]));
    course
        .begin(|session, now, who| session.subscribe(now, "chat", who))
        .unwrap();
    course.answer("pubsubSubscribe", json!({"messages": []}));
    course
        .begin(|session, now, who| session.observe(now, "colour", who))
        .unwrap();
    course.answer("realtimeStoreObserve", json!({}));
    course
}

impl Course {
    /// Everything that was told since there were so many events, but for its place and time.
    fn told_since(&self, count: usize) -> Value {
        let told = self.events[count..].iter().map(|event| {
            let mut told: Value = serde_json::from_str(&event.to_json()).expect("it is JSON");
            let fields = told.as_object_mut().expect("an object");
            fields.remove("sequence");
            fields.remove("timeMs");
            told
        });
        told.collect()
    }

    fn told_of(&mut self, method: &str, data: &Value) -> Value {
        let count = self.events.len();
        self.tell(method, data.clone());
        self.told_since(count)
    }
}

/// Each notification with its data, and all that is told of it.
fn notifications() -> Vec<(&'static str, Value, Value)> {
    let mut all = about_people();
    all.extend(about_services());
    all.extend(about_agents_and_characters());
    all.extend(about_other_meetings());
    all.extend(of_which_nothing_is_told());
    all
}

fn about_people() -> Vec<(&'static str, Value, Value)> {
    vec![
        (
            "error",
            json!({"code": 5001, "message": "The recording broke"}),
            json!([{
                "type": "ERROR", "code": 5001, "text": "The recording broke",
                "status": "REFUSED", "participantId": null,
            }]),
        ),
        (
            "entryRequested",
            json!({"id": "p3", "name": "Three"}),
            json!([{
                "type": "ENTRY_REQUESTED", "code": 0, "text": "Three",
                "participantId": "p3", "participantName": "Three",
            }]),
        ),
        (
            "entryResponded",
            json!({"id": "p3", "decision": "allowed", "sessionId": "s"}),
            json!([{"type": "ENTRY_RESPONDED", "code": 1, "text": "allowed", "participantId": "p3"}]),
        ),
        (
            "entryResponded",
            json!({"peerId": "p3", "decision": "denied", "sessionId": "s"}),
            json!([{"type": "ENTRY_RESPONDED", "code": 0, "text": "denied", "participantId": "p3"}]),
        ),
        (
            "newPeer",
            json!({
                "id": "p3", "displayName": "Three", "device": "Unknown", "mode": "RECV_ONLY",
                "metaData": {"seat": 7}, "peerType": "agent",
            }),
            json!([{
                "type": "PARTICIPANT_JOINED", "code": 0, "text": "Three",
                "participantId": "p3", "participantName": "Three",
                "participant": {
                    "id": "p3", "name": "Three", "local": false, "mode": "RECV_ONLY",
                    "peerType": "agent", "metaData": {"seat": 7}, "micOn": false,
                    "webcamOn": false, "screenShareOn": false, "screenShareAudioOn": false,
                    "pinned": {"cam": false, "share": false}, "agentState": null,
                    "joinedAtMs": 1_001_000,
                },
            }]),
        ),
        (
            "newPeer",
            json!({"id": "p2", "displayName": "Two", "metaData": {"seat": 8}}),
            json!([{
                "type": "PARTICIPANT_METADATA_CHANGED", "code": 0, "metaData": {"seat": 8},
                "participantId": "p2", "participantName": "Two",
            }]),
        ),
        (
            "peerClosed",
            json!({"peerId": "p2", "reason": {"code": 1002, "message": "REMOVE_PEER"}}),
            json!([{
                "type": "PARTICIPANT_LEFT", "code": 1002, "text": "REMOVE_PEER",
                "participantId": "p2", "participantName": "Two",
            }]),
        ),
        (
            "peerClosed",
            json!({"peerId": "p2"}),
            json!([{
                "type": "PARTICIPANT_LEFT", "code": 1007, "text": "UNKNOWN",
                "participantId": "p2", "participantName": "Two",
            }]),
        ),
        (
            "peerDisplayNameChanged",
            json!({"peerId": "p2", "displayName": "Second", "oldDisplayName": "Two"}),
            json!([{
                "type": "PARTICIPANT_NAME_CHANGED", "code": 0, "text": "Second",
                "participantId": "p2", "participantName": "Second",
            }]),
        ),
        (
            "peerModeChanged",
            json!({"peerId": "p2", "mode": "SIGNALLING_ONLY"}),
            json!([{
                "type": "PARTICIPANT_MODE_CHANGED", "code": 3, "text": "SIGNALLING_ONLY",
                "participantId": "p2", "participantName": "Two",
            }]),
        ),
        (
            "participantMediaStateChanged",
            json!({"peerId": "p2", "kind": "shareAudio", "newState": true}),
            json!([{
                "type": "MEDIA_STATE_CHANGED", "code": 1, "text": "shareAudio",
                "participantId": "p2", "participantName": "Two",
            }]),
        ),
        (
            "participantMediaStateChanged",
            json!({"peerId": ME, "kind": "audio", "newState": true}),
            json!([{
                "type": "MEDIA_STATE_CHANGED", "code": 1, "text": "audio",
                "participantId": "me", "participantName": "Me",
            }]),
        ),
        (
            "activeSpeaker",
            json!({"peerId": "p2"}),
            json!([{
                "type": "ACTIVE_SPEAKER_CHANGED", "code": 0,
                "participantId": "p2", "participantName": "Two",
            }]),
        ),
        (
            "pubsubMessage",
            json!({
                "id": "m1", "topic": "chat", "message": "h\u{e9}", "senderId": "p9",
                "senderName": "Nine", "timestamp": "2026-01-01T00:00:00Z", "payload": {"n": 1},
            }),
            json!([{
                "type": "MESSAGE", "code": 0, "text": "chat", "message": "h\u{e9}",
                "participantId": "p9", "participantName": "Nine",
                "id": "m1", "timestamp": "2026-01-01T00:00:00Z", "payload": {"n": 1},
            }]),
        ),
        (
            "realtimeStoreValueChanged",
            json!({"key": "colour", "value": "blue", "updatedBy": "p2"}),
            json!([{
                "type": "STORE_VALUE_CHANGED", "code": 1, "text": "colour", "value": "blue",
                "participantId": "p2", "participantName": "Two",
            }]),
        ),
        (
            "realtimeStoreValueChanged",
            json!({"key": "colour", "value": null, "updatedBy": "p2"}),
            json!([{
                "type": "STORE_VALUE_CHANGED", "code": 0, "text": "colour",
                "participantId": "p2", "participantName": "Two",
            }]),
        ),
        (
            "batchNotification",
            json!({"notifications": [
                {"method": "activeSpeaker", "peerId": "p2"},
                {"method": "peerClosed", "data": {"peerId": "p2", "reason": {"code": 1006}}},
            ]}),
            json!([
                {
                    "type": "ACTIVE_SPEAKER_CHANGED", "code": 0,
                    "participantId": "p2", "participantName": "Two",
                },
                {"type": "ACTIVE_SPEAKER_CHANGED", "code": 0},
                {
                    "type": "PARTICIPANT_LEFT", "code": 1006, "text": "ROOM_CLOSE",
                    "participantId": "p2", "participantName": "Two",
                },
            ]),
        ),
        (
            "newThing",
            json!({"peerId": "p2", "token": "hunter22", "deep": [1, {"a": null}]}),
            json!([{
                "type": "UNKNOWN", "code": 0, "text": "newThing",
                "data": {"peerId": "p2", "token": "[redacted]", "deep": [1, {"a": null}]},
            }]),
        ),
    ]
}

fn about_services() -> Vec<(&'static str, Value, Value)> {
    let urls = json!({
        "downstreamUrl": "https://a.example/d", "playbackHlsUrl": "https://a.example/p",
        "livestreamUrl": "https://a.example/l",
    });
    let with_urls = |mut value: Value| {
        for (name, url) in urls.as_object().expect("an object") {
            value[name] = url.clone();
        }
        value
    };
    let mut all = Vec::new();
    for (method, kind, states) in [
        ("recording", "RECORDING_STATE_CHANGED", "RECORDING"),
        ("livestream", "LIVESTREAM_STATE_CHANGED", "LIVESTREAM"),
        ("hls", "HLS_STATE_CHANGED", "HLS"),
        (
            "transcription",
            "TRANSCRIPTION_STATE_CHANGED",
            "TRANSCRIPTION",
        ),
        ("translation", "TRANSLATION_STATE_CHANGED", "TRANSLATION"),
    ] {
        for (code, state) in [
            (1, "STARTING"),
            (2, "STARTED"),
            (3, "STOPPING"),
            (4, "STOPPED"),
            (0, "RESTING"),
        ] {
            let state = format!("{states}_{state}");
            all.push((
                method,
                "StateChanged",
                json!({"status": state, "id": "one"}),
                json!([{"type": kind, "code": code, "text": state, "id": "one"}]),
            ));
        }
    }
    for (method, kind, states) in [
        ("recording", "RECORDING_STATE_CHANGED", "RECORDING"),
        ("livestream", "LIVESTREAM_STATE_CHANGED", "LIVESTREAM"),
        ("hls", "HLS_STATE_CHANGED", "HLS"),
    ] {
        for (code, what, state) in [(2, "Started", "STARTED"), (4, "Stopped", "STOPPED")] {
            let state = format!("{states}_{state}");
            let told = json!([{"type": kind, "code": code, "text": state}]);
            all.push((method, what, Value::Null, told));
        }
    }
    all.extend([
        (
            "hls",
            "StateChanged",
            with_urls(json!({"status": "HLS_STARTED"})),
            json!([with_urls(
                json!({"type": "HLS_STATE_CHANGED", "code": 2, "text": "HLS_STARTED"})
            )]),
        ),
        (
            "hls",
            "PlayableStateChanged",
            with_urls(json!({"isPlayable": true})),
            json!([with_urls(json!({
                "type": "HLS_STATE_CHANGED", "code": 5, "text": "HLS_PLAYABLE", "isPlayable": true,
            }))]),
        ),
        (
            "hls",
            "Started",
            json!({"downstreamUrl": "https://a.example/d"}),
            json!([{
                "type": "HLS_STATE_CHANGED", "code": 2, "text": "HLS_STARTED",
                "downstreamUrl": "https://a.example/d",
            }]),
        ),
        (
            "whiteboard",
            "Started",
            json!({"url": "https://a.example/w"}),
            json!([{
                "type": "WHITEBOARD_STATE_CHANGED", "code": 2, "text": "WHITEBOARD_STARTED",
                "url": "https://a.example/w",
            }]),
        ),
        (
            "whiteboard",
            "Stopped",
            Value::Null,
            json!([{"type": "WHITEBOARD_STATE_CHANGED", "code": 4, "text": "WHITEBOARD_STOPPED"}]),
        ),
    ]);
    let named = all.into_iter().map(|(service, what, data, told)| {
        // One text for each of them: there are few, and the program ends with the test.
        let method: &'static str = format!("{service}{what}").leak();
        (method, data, told)
    });
    named.collect()
}

/// Those that are passed on with all of their data: what else is told.
fn passed_on(
    rows: Vec<(&'static str, Value, Value)>,
) -> impl Iterator<Item = (&'static str, Value, Value)> {
    rows.into_iter().map(|(method, data, mut told)| {
        told["code"] = json!(0);
        told["data"] = data.clone();
        (method, data, json!([told]))
    })
}

fn about_agents_and_characters() -> Vec<(&'static str, Value, Value)> {
    let two = |kind: &str, text: &str| {
        json!({
            "type": kind, "text": text, "participantId": "p2", "participantName": "Two",
        })
    };
    let character =
        |kind: &str, text: &str| json!({"type": kind, "text": text, "participantId": "c1"});
    let mut all = vec![(
        "agentStateChanged",
        json!({"peerId": "p2", "state": "thinking"}),
        json!([{
            "type": "AGENT_STATE_CHANGED", "code": 0, "text": "thinking",
            "participantId": "p2", "participantName": "Two",
        }]),
    )];
    all.extend(passed_on(vec![
        (
            "transcriptionText",
            json!({
                "participantId": "p2", "participantName": "Two", "text": "hello",
                "timestamp": "1", "type": "final",
            }),
            two("TRANSCRIPTION_TEXT", "hello"),
        ),
        (
            "translationText",
            json!({"participantId": "p2", "text": "bonjour", "language": "fr"}),
            two("TRANSLATION_TEXT", "bonjour"),
        ),
        (
            "translationLanguageChanged",
            json!({"peerId": "p2", "language": "fr"}),
            two("TRANSLATION_LANGUAGE_CHANGED", "fr"),
        ),
        (
            "agentTranscript",
            json!({"peerId": "p2", "text": "well", "timestamp": "1", "type": "interim"}),
            two("AGENT_TRANSCRIPT", "well"),
        ),
        (
            "agentMetrics",
            json!({"peerId": "p2", "latencyMs": 250}),
            json!({"type": "AGENT_METRICS", "participantId": "p2", "participantName": "Two"}),
        ),
        (
            "addCharacter",
            json!({"id": "c1", "displayName": "Guide", "characterMode": "text"}),
            character("CHARACTER_JOINED", "Guide"),
        ),
        (
            "removeCharacter",
            json!({"id": "c1"}),
            json!({"type": "CHARACTER_LEFT", "participantId": "c1"}),
        ),
        (
            "characterStateChanged",
            json!({"id": "c1", "status": "CHARACTER_SPEAKING"}),
            character("CHARACTER_STATE_CHANGED", "CHARACTER_SPEAKING"),
        ),
        (
            "characterMessage",
            json!({"id": "c1", "text": "hello", "timestamp": "1"}),
            character("CHARACTER_MESSAGE", "hello"),
        ),
        (
            "userMessage",
            json!({"id": "c1", "text": "hi", "participantId": "p2"}),
            character("CHARACTER_USER_MESSAGE", "hi"),
        ),
        (
            "characterData",
            json!({"id": "c1", "topic": "cards", "data": {"n": 1}}),
            character("CHARACTER_DATA", "cards"),
        ),
        (
            "characterError",
            json!({"id": "c1", "data": {"reason": "tired"}}),
            json!({"type": "CHARACTER_ERROR", "participantId": "c1"}),
        ),
    ]));
    all
}

fn about_other_meetings() -> Vec<(&'static str, Value, Value)> {
    let there = |kind: &str| json!({"type": kind, "text": "there"});
    let somebody =
        |kind: &str, id: &str| json!({"type": kind, "text": "there", "participantId": id});
    let all = passed_on(vec![
        (
            "connectionOpen",
            json!({"roomId": "there", "peers": [{"id": "q1"}], "payload": {"a": 1}}),
            there("CONNECTION_OPENED"),
        ),
        (
            "connectionClose",
            json!({"roomId": "there"}),
            there("CONNECTION_CLOSED"),
        ),
        (
            "connectionChatMessage",
            json!({"roomId": "there", "peerId": "q1", "message": "hello"}),
            json!({"type": "CONNECTION_MESSAGE", "text": "hello", "participantId": "q1"}),
        ),
        (
            "connectionParticipantJoined",
            json!({"roomId": "there", "peer": {"id": "q2", "displayName": "Q"}}),
            somebody("CONNECTION_PARTICIPANT_JOINED", "q2"),
        ),
        (
            "connectionParticipantLeft",
            json!({"roomId": "there", "peerId": "q2"}),
            somebody("CONNECTION_PARTICIPANT_LEFT", "q2"),
        ),
        (
            "mediaRelayStarted",
            json!({"meetingId": "there"}),
            there("MEDIA_RELAY_STARTED"),
        ),
        (
            "mediaRelayStopped",
            json!({"meetingId": "there", "reason": "asked"}),
            there("MEDIA_RELAY_STOPPED"),
        ),
        (
            "mediaRelayError",
            json!({"meetingId": "there", "reason": "no way"}),
            there("MEDIA_RELAY_ERROR"),
        ),
        (
            "mediaRelayRequestReceived",
            json!({"meetingId": "there", "peerId": "q1", "displayName": "Q"}),
            somebody("MEDIA_RELAY_REQUESTED", "q1"),
        ),
        (
            "mediaRelayRequestResponse",
            json!({"meetingId": "there", "decidedBy": "q1", "decision": "accepted"}),
            somebody("MEDIA_RELAY_RESPONDED", "q1"),
        ),
    ]);
    all.collect()
}

/// What changes nothing in this room.
fn of_which_nothing_is_told() -> Vec<(&'static str, Value, Value)> {
    let all = [
        ("entryResponded", json!({"id": ME, "decision": "allowed"})),
        ("newPeer", json!({"id": "p2", "displayName": "Two"})),
        ("newPeer", json!({"id": ME, "displayName": "Another"})),
        ("newPeer", Value::Null),
        ("peerClosed", json!({"peerId": "ghost"})),
        (
            "peerModeChanged",
            json!({"peerId": "ghost", "mode": "RECV_ONLY"}),
        ),
        (
            "peerDisplayNameChanged",
            json!({"peerId": "ghost", "displayName": "G"}),
        ),
        (
            "participantMediaStateChanged",
            json!({"peerId": "p2", "kind": "audio", "newState": false}),
        ),
        (
            "participantMediaStateChanged",
            json!({"peerId": "p2", "kind": "smell", "newState": true}),
        ),
        ("activeSpeaker", json!({"peerId": null})),
        ("pubsubMessage", json!({"topic": "other", "message": "x"})),
        (
            "realtimeStoreValueChanged",
            json!({"key": "other", "value": "x"}),
        ),
        ("producerScore", json!({"producerId": "x", "score": []})),
        ("consumerScore", json!({"consumerId": "x", "score": {}})),
        ("consumerClosed", json!({"consumerId": "x"})),
        ("consumerPaused", json!({"consumerId": "x"})),
        ("consumerResumed", json!({"consumerId": "x"})),
        (
            "consumerLayersChanged",
            json!({"consumerId": "x", "spatialLayer": 0}),
        ),
        ("dataConsumerClosed", json!({"dataConsumerId": "x"})),
        ("restartIce", json!({"transportId": "x"})),
        ("batchNotification", Value::Null),
        (
            "batchNotification",
            json!({"notifications": [{"method": "batchNotification"}]}),
        ),
    ];
    all.into_iter()
        .map(|(method, data)| (method, data, json!([])))
        .collect()
}

/// Each request with its data, all that is told of it, and the number with which it is refused.
fn requests() -> Vec<(&'static str, Value, Value, Option<i32>)> {
    let asks = json!({"peerId": "p2"});
    let asked = |kind: &str| {
        json!([{
            "type": kind, "code": 0, "participantId": "p2", "participantName": "Two",
        }])
    };
    let switch = json!({
        "roomId": "there", "peerId": "p2", "token": "hunter22", "payload": {"table": 7},
    });
    vec![
        ("enableMic", asks.clone(), asked("MIC_REQUESTED"), None),
        (
            "enableWebcam",
            asks.clone(),
            asked("WEBCAM_REQUESTED"),
            None,
        ),
        ("disableMic", asks.clone(), json!([]), None),
        ("disableWebcam", asks, json!([]), None),
        (
            "pinStateChanged",
            json!({"peerId": "p2", "state": {"share": true}, "pinnedBy": "p3"}),
            json!([{
                "type": "PIN_STATE_CHANGED", "code": 0, "cam": false, "share": true,
                "pinnedBy": "p3", "participantId": "p2", "participantName": "Two",
            }]),
            None,
        ),
        (
            "switchRoom",
            switch,
            json!([{
                "type": "SWITCH_REQUESTED", "code": 0, "text": "there",
                "participantId": "p2", "participantName": "Two",
                "data": {
                    "roomId": "there", "peerId": "p2", "token": "[redacted]",
                    "payload": {"table": 7},
                },
            }]),
            None,
        ),
        (
            "newRequest",
            json!({"a": 1}),
            json!([{"type": "UNKNOWN", "code": 0, "text": "newRequest", "data": {"a": 1}}]),
            Some(404),
        ),
    ]
}

/// Fields that are null in a table are those that are missing.
fn without_nulls(mut told: Value) -> Value {
    for event in told.as_array_mut().expect("a list") {
        let fields = event.as_object_mut().expect("an object");
        fields.retain(|name, value| !value.is_null() || name == "data");
    }
    told
}

#[test]
fn each_notification_and_each_request_is_told_with_whom_it_is_about_its_text_and_its_data() {
    let mut seen = BTreeSet::new();
    let mut see = |told: &Value| {
        for event in told.as_array().expect("a list") {
            seen.insert(event["type"].as_str().expect("a name").to_owned());
        }
    };
    for (method, data, expected) in notifications() {
        let mut course = room();
        let told = course.told_of(method, &data);
        assert_eq!(told, without_nulls(expected), "{method} {data}");
        assert_eq!(course.answers, 0, "{method} wants no answer");
        see(&told);
    }
    for (method, data, expected, refused) in requests() {
        let mut course = room();
        let count = course.events.len();
        course.ask(method, data.clone());
        let told = course.told_since(count);
        assert_eq!(told, without_nulls(expected), "{method} {data}");
        let answer = &course.last_answer;
        assert_eq!(answer["id"], 77, "{method}: {answer}");
        assert_eq!(answer["ok"], refused.is_none(), "{method}: {answer}");
        assert_eq!(answer["errorCode"], json!(refused), "{method}: {answer}");
        see(&told);
    }
    // What the meeting tells of itself and of media is all that is not among them.
    let missing: Vec<&str> = EventType::ALL
        .iter()
        .filter(|kind| (100..700).contains(&(**kind as i32)))
        .chain(&[EventType::Error, EventType::Unknown])
        .map(|kind| kind.name())
        .filter(|name| !seen.contains(*name))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn a_service_whose_state_is_told_twice_is_told_once() {
    let mut course = room();
    for (state, notification) in [
        ("STARTED", "recordingStarted"),
        ("STOPPED", "recordingStopped"),
    ] {
        let state = format!("RECORDING_{state}");
        let told = course.told_of("recordingStateChanged", &json!({"status": state}));
        assert_eq!(told[0]["text"], json!(state));
        assert_eq!(course.told_of(notification, &Value::Null), json!([]));
    }
}

#[test]
fn numbers_of_errors_have_their_status_and_words_that_cannot_be_shown_are_left_out() {
    for (data, code, text, status) in [
        (
            json!({"code": 4009, "message": "Full"}),
            4009,
            "Full",
            Status::LimitReached,
        ),
        (json!({"code": 4123}), 4123, "", Status::Refused),
        (json!({"message": "Odd"}), 0, "Odd", Status::Refused),
        (json!({"code": 99_999_999_999_u64}), 0, "", Status::Refused),
        (Value::Null, 0, "", Status::Refused),
    ] {
        let mut course = room();
        course.tell("error", data.clone());
        let event = course.events.last().unwrap();
        assert_eq!(event.kind(), EventType::Error);
        assert_eq!(
            (event.code(), event.text(), event.status()),
            (code, Some(text), Some(status)),
            "{data}"
        );
        assert_eq!(course.session.state(), MeetingState::Connected);
    }
}
