//! What the official Python client was seen to send, sent again.
//!
//! Each line of a capture is a call of HTTP, the opening of a WebSocket, or a frame. Tokens stand as
//! `a.b.c`. The service of the capture numbered what it made, all kinds together: the third thing
//! that was asked for is `tr3` when it is a transport and `p3` when it is a producer.

use std::collections::HashMap;

use devserver::Server;
use serde_json::{Value, json};

use crate::client::{call, create, start};
use crate::participant::Participant;

const PYTHON: &str = concat!(
    include_str!("captures/python-sdk-0.4.1.jsonl"),
    include_str!("captures/python-sdk-0.4.1-media.jsonl")
);
const TOKEN: &str = "a.b.c";

/// Everybody of one capture, and how many frames were answered.
struct Replay {
    participants: HashMap<String, Participant>,
    /// What the service has asked of each: to be ready for media.
    #[cfg_attr(not(feature = "sfu"), expect(dead_code, reason = "nothing flows"))]
    asked: HashMap<String, Vec<Value>>,
    frames: usize,
}

fn replay(server: &Server, capture: &str) -> Replay {
    create(server, json!({"customRoomId": "aaaa-bbbb-cccc"}));
    let token = server.token();
    let mut participants: HashMap<String, Participant> = HashMap::new();
    let mut made: HashMap<String, Value> = HashMap::new();
    let mut asked: HashMap<String, Vec<Value>> = HashMap::new();
    let mut number = 0;
    let mut frames = 0;
    let lines = PYTHON
        .lines()
        .map(|line| serde_json::from_str::<Value>(&line.replace(TOKEN, &token)).unwrap());
    for line in lines.filter(|line| line["capture"] == capture) {
        let text = |name: &str| line[name].as_str().unwrap();
        match text("kind") {
            "http" => {
                let body = line["body"].clone();
                let reply = call(
                    server,
                    text("authorization"),
                    text("method"),
                    text("path"),
                    body,
                );
                assert_eq!(reply.status, 200, "{}", reply.text());
            }
            "websocket" => {
                let query = text("path").strip_prefix("/?").unwrap();
                let id = query.split("peerId=").nth(1).unwrap().split('&').next();
                let id = id.unwrap().to_owned();
                let socket = Participant::open(server, query).unwrap();
                participants.insert(id.clone(), Participant::over(socket, &id));
            }
            "answer" => {
                let from = participants.get_mut(text("from")).unwrap();
                let asked = asked.entry(text("from").to_owned()).or_default();
                let mut frame = line["frame"].clone();
                let place = frame["id"].as_u64().unwrap() as usize;
                while asked.len() < place {
                    asked.push(from.next_where(|frame| frame["request"] == true));
                }
                frame["id"] = asked[place - 1]["id"].clone();
                from.send_text(&frame.to_string());
            }
            _ => {
                let mut frame = line["frame"].clone();
                if let Some(id) = frame["data"].get("consumerId").and_then(Value::as_str) {
                    let place: usize = id[1..].parse().unwrap();
                    frame["data"]["consumerId"] =
                        asked[text("from")][place - 1]["data"]["id"].clone();
                }
                for name in ["transportId", "producerId"] {
                    if let Some(id) = frame["data"].get(name).and_then(Value::as_str) {
                        frame["data"][name] = made[id].clone();
                    }
                }
                let from = participants.get_mut(text("from")).unwrap();
                from.send_text(&frame.to_string());
                let answer = from
                    .answer(frame["id"].as_u64().unwrap())
                    .unwrap_or_else(|refused| panic!("{frame}: {refused:?}"));
                frames += 1;
                let prefix = match frame["method"].as_str().unwrap() {
                    "createWebRtcTransport" => "tr",
                    "produce" => "p",
                    "produceData" => "d",
                    _ => continue,
                };
                number += 1;
                made.insert(format!("{prefix}{number}"), answer["id"].clone());
            }
        }
    }
    Replay {
        participants,
        asked,
        frames,
    }
}

#[test]
fn two_participants_join_as_the_python_client_does() {
    let server = start();
    let mut replayed = replay(&server, "two-participants-no-media");
    assert_eq!(replayed.frames, 16);
    for (one, other) in [("ann", "bob"), ("bob", "ann")] {
        let one = replayed.participants.get_mut(one).unwrap();
        let decision = one.notification("entryResponded");
        assert_eq!(decision["decision"], "allowed");
        let seen = one.notification("newPeer");
        assert_eq!(seen["id"], other);
        // The client reads these without looking whether they are there.
        for field in ["displayName", "device", "mode", "metaData", "peerType"] {
            assert!(seen.get(field).is_some(), "{field} is missing in {seen}");
        }
    }
    assert_eq!(server.stats().participants, 2);
}

#[test]
fn all_that_the_python_client_can_do_is_answered() {
    let server = start();
    let mut replayed = replay(&server, "one-participant-everything");
    assert_eq!(replayed.frames, 20);
    let ann = replayed.participants.get_mut("ann").unwrap();
    assert_eq!(ann.asked("close")["reason"]["code"], 1006);
    let states: Vec<String> = ann
        .received
        .iter()
        .filter_map(|frame| frame["data"]["status"].as_str().map(str::to_owned))
        .collect();
    let expected = ["RECORDING", "TRANSCRIPTION"].map(|service| {
        ["STARTING", "STARTED", "STOPPING", "STOPPED"].map(|state| format!("{service}_{state}"))
    });
    assert_eq!(states, expected.concat());
    let media: Vec<(&Value, &Value)> = ann
        .received
        .iter()
        .filter(|frame| frame["method"] == "participantMediaStateChanged")
        .map(|frame| (&frame["data"]["kind"], &frame["data"]["newState"]))
        .collect();
    let (audio, video, on, off) = (json!("audio"), json!("video"), json!(true), json!(false));
    assert_eq!(
        media,
        [(&video, &on), (&audio, &on), (&audio, &off), (&video, &off)]
    );
    assert_eq!(ann.closing(), Some(1000));
}

#[cfg(feature = "sfu")]
#[test]
fn two_participants_exchange_media_as_the_python_client_does() {
    let server = start();
    let replayed = replay(&server, "two-participants-audio-video-data");
    assert_eq!(replayed.frames, 22);
    let asked = |id: &str| -> Vec<(&str, &Value, &Value)> {
        let asked = replayed.asked[id].iter().map(|frame| {
            let kind = match frame["method"].as_str().unwrap() {
                "newDataConsumer" => &frame["data"]["label"],
                _ => &frame["data"]["kind"],
            };
            let method = frame["method"].as_str().unwrap();
            (method, &frame["data"]["peerId"], kind)
        });
        asked.collect()
    };
    let (reliable, unreliable) = (
        json!("reliable_data_producer"),
        json!("unreliable_data_producer"),
    );
    let (bob, ann) = (json!("bob"), json!("ann"));
    assert_eq!(
        asked("ann"),
        [
            ("newDataConsumer", &bob, &reliable),
            ("newDataConsumer", &bob, &unreliable),
        ]
    );
    assert_eq!(
        asked("bob"),
        [
            ("newConsumer", &ann, &json!("video")),
            ("newConsumer", &ann, &json!("audio")),
            ("newDataConsumer", &ann, &reliable),
            ("newDataConsumer", &ann, &unreliable),
        ]
    );
    // The client reads these without looking whether they are there.
    for frame in &replayed.asked["bob"][..2] {
        let data = &frame["data"];
        assert_eq!(data["appData"]["peerId"], "ann");
        assert!(data["rtpParameters"]["rtcp"]["cname"].is_string());
        assert!(data["rtpParameters"]["encodings"][0]["ssrc"].is_u64());
    }
    let figures = server.media_figures();
    assert_eq!((figures.transports, figures.consumers), (4, 2));
}
