//! Which layers of pictures are asked for, in virtual time.

use super::*;
use crate::media::negotiation::PreferredLayers;

const SET_LAYERS: &str = "setConsumerPreferredLayers";

impl Course {
    /// A camera of three sizes that can be had: 320 x 180, 640 x 360 and 1280 x 720.
    fn camera(&mut self, id: &str, producer: &str) {
        let data = json!({
            "peerId": "ann", "producerId": producer, "id": id, "kind": "video",
            "type": "simulcast", "producerPaused": false,
            "appData": {"peerId": "ann", "width": 1280, "height": 720, "encodings": [
                {"scaleResolutionDownBy": 4}, {"scaleResolutionDownBy": 2}, {"scaleResolutionDownBy": 1},
            ]},
            "rtpParameters": {
                "mid": "0",
                "codecs": [{"mimeType": "video/VP8", "payloadType": 101, "clockRate": 90000}],
                "headerExtensions": [],
                "encodings": [{"ssrc": 1111, "scalabilityMode": "S3T3"}],
            },
        });
        let method = "newConsumer".to_owned();
        self.frame(Frame::Request {
            id: 77,
            method,
            data,
        });
    }

    fn show(&mut self, producer: &str, size: (u32, u32)) -> bool {
        self.happen(|session, now| session.set_viewport(now, producer, size))
    }

    fn prefer(&mut self, id: &str, spatial: u8, temporal: u8) -> Who {
        let layers = PreferredLayers { spatial, temporal };
        self.begin(|session, now, who| session.prefer_layers(now, id, layers, who))
            .unwrap()
    }

    /// For which consumer which layers were asked for on this connection.
    fn layers_asked(&self) -> Vec<(&str, i64, i64)> {
        let sent = self.sent.iter();
        let requests = sent.filter(|(_, method, _)| method == SET_LAYERS);
        requests
            .map(|(_, _, data)| {
                let layer = |name: &str| data[name].as_i64().unwrap();
                let id = data["consumerId"].as_str().unwrap();
                (id, layer("spatialLayer"), layer("temporalLayer"))
            })
            .collect()
    }
}

#[test]
fn the_service_is_asked_when_another_layer_follows_from_the_viewport() {
    let mut course = Course::with_media();
    course.camera("c1", "p1");
    course.ready("c1");
    assert!(course.layers_asked().is_empty(), "nobody has said anything");
    for size in [(100, 100), (100, 100), (320, 180), (500, 300), (640, 0)] {
        assert!(course.show("p1", size));
    }
    assert_eq!(course.layers_asked(), [("c1", 0, 2), ("c1", 1, 2)]);
    assert!(!course.show("p2", (1, 1)), "there is no such track");
    course.tell("consumerClosed", json!({"consumerId": "c1"}));
    assert!(!course.show("p1", (1, 1)));
}

#[test]
fn what_was_said_last_holds_by_hand_or_by_size() {
    let mut course = Course::with_media();
    course.camera("c1", "p1");
    course.ready("c1");
    course.show("p1", (100, 100));
    let by_hand = course.prefer("c1", 2, 0);
    assert_eq!(course.layers_asked(), [("c1", 0, 2), ("c1", 2, 0)]);
    course.answer(SET_LAYERS, json!({}));
    course.answer(SET_LAYERS, json!({}));
    assert!(course.outcomes[&by_hand].is_ok());
    course.show("p1", (1000, 100));
    assert_eq!(course.layers_asked()[2..], [("c1", 2, 2)]);
    // Whoever chooses by hand waits for an answer, be it the same once more.
    course.prefer("c1", 2, 2);
    assert_eq!(course.layers_asked()[3..], [("c1", 2, 2)]);

    course.lose();
    course.wait();
    course.enter();
    course.camera("c2", "p1");
    course.ready("c2");
    assert_eq!(course.layers_asked(), [("c2", 2, 2)]);
}

#[test]
fn it_is_asked_for_again_when_the_track_comes_back_on_a_new_connection() {
    let mut course = Course::with_media();
    course.camera("c1", "p1");
    course.ready("c1");
    course.show("p1", (640, 360));
    course.lose();
    // The connection is being made anew: what is said now counts then.
    assert!(course.show("p1", (320, 180)));
    course.wait();
    course.enter();
    assert!(course.layers_asked().is_empty());
    course.camera("c2", "p1");
    assert!(course.show("p1", (500, 180)));
    assert!(course.layers_asked().is_empty(), "it cannot be had yet");
    course.ready("c2");
    assert_eq!(course.layers_asked(), [("c2", 1, 2)]);
    let last: Vec<&str> = course
        .sent
        .iter()
        .rev()
        .take(2)
        .map(|it| it.1.as_str())
        .collect();
    assert_eq!(last, [SET_LAYERS, "resumeConsumer"]);
}

#[test]
fn what_the_service_refuses_is_asked_for_again_with_the_next_size() {
    let mut course = Course::with_media();
    course.camera("c1", "p1");
    course.ready("c1");
    course.show("p1", (100, 100));
    course.respond(SET_LAYERS, Err(Refusal::default()));
    assert!(course.told(EventType::Warning).is_empty());
    course.show("p1", (110, 100));
    assert_eq!(course.layers_asked(), [("c1", 0, 2), ("c1", 0, 2)]);
    // A track that has gone meanwhile is nothing to remember of.
    course.tell("consumerClosed", json!({"consumerId": "c1"}));
    course.respond(SET_LAYERS, Err(Refusal::default()));
}
