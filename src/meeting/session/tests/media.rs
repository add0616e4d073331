//! What is told and asked about media, in virtual time.

use super::*;
use crate::media::plane::{Direction, MediaAction, TrackKey};
use crate::media::transport::{TransportEvent, TransportState};
use crate::media::{TrackKind, TrackOptions};
use crate::meeting::session::course::{FINGERPRINT, room, transport};

fn new_consumer(id: &str, producer: &str) -> Value {
    json!({
        "peerId": "ann", "producerId": producer, "id": id, "kind": "audio", "type": "simple",
        "producerPaused": false, "appData": {"peerId": "ann"},
        "rtpParameters": {
            "mid": "0",
            "codecs": [{
                "mimeType": "audio/opus", "payloadType": 100, "clockRate": 48000, "channels": 2,
                "parameters": {}, "rtcpFeedback": [],
            }],
            "headerExtensions": [], "encodings": [{"ssrc": 1111}],
            "rtcp": {"cname": "c", "reducedSize": true, "mux": true},
        },
    })
}

impl Course {
    pub(super) fn consumer(&mut self, id: &str, producer: &str) {
        let data = new_consumer(id, producer);
        let method = "newConsumer".to_owned();
        self.frame(Frame::Request {
            id: 77,
            method,
            data,
        });
    }

    pub(super) fn ready(&mut self, id: &str) {
        let id = id.to_owned();
        self.transport_tells(Direction::Receive, TransportEvent::ConsumerReady { id });
    }

    pub(super) fn told(&self, kind: EventType) -> Vec<&Event> {
        let events = self.events.iter();
        events.filter(|event| event.kind() == kind).collect()
    }

    fn count(&self, fits: impl Fn(&MediaAction) -> bool) -> usize {
        self.media.iter().filter(|action| fits(action)).count()
    }

    /// How many requests with that method were sent on this connection.
    pub(super) fn asked(&self, method: &str) -> usize {
        self.sent.iter().filter(|(_, one, _)| one == method).count()
    }
}

#[test]
fn the_join_tells_what_can_be_received_and_data_goes_with_it() {
    let mut course = Course::with_media();
    let join = course.sent.iter().find(|(_, method, _)| method == "join");
    let codecs = &join.unwrap().2["rtpCapabilities"]["codecs"];
    assert_eq!(codecs[0]["mimeType"], "audio/opus");
    assert_eq!(codecs[0]["preferredPayloadType"], 100);
    assert_eq!(course.asked("produceData"), 2);
    assert_eq!(
        course.count(|it| matches!(it, MediaAction::Open { .. })),
        1,
        "to send"
    );

    let fingerprint = FINGERPRINT.to_owned();
    course.transport_tells(Direction::Send, TransportEvent::Opened { fingerprint });
    let connect = course.sent.last().unwrap();
    assert_eq!(connect.1, "connectWebRtcTransport");
    assert_eq!(connect.2["transportId"], "sends");
    assert_eq!(connect.2["dtlsParameters"]["role"], "client");
    assert_eq!(
        course.count(|it| matches!(it, MediaAction::StartDtls(_))),
        0
    );
    course.answer("connectWebRtcTransport", json!({}));
    assert_eq!(
        course.count(|it| matches!(it, MediaAction::StartDtls(_))),
        1
    );
}

#[test]
fn a_track_is_sent_once_the_service_has_taken_it() {
    let mut course = Course::new();
    course.room = room();
    course.add_track(1, &TrackOptions::new(TrackKind::Audio));
    course.join();
    course.enter();
    let produce = course.sent.last().unwrap().clone();
    assert_eq!(
        (produce.1.as_str(), &produce.2["kind"]),
        ("produce", &json!("audio"))
    );
    assert_eq!(produce.2["transportId"], "sends");
    assert_eq!(
        course.count(|it| matches!(it, MediaAction::Produce { .. })),
        0
    );
    course.answer("produce", json!({"id": "producer"}));
    assert_eq!(
        course.count(|it| matches!(it, MediaAction::Produce { .. })),
        1
    );
    let published = course.told(EventType::TrackPublished);
    assert_eq!(published[0].track_id(), Some("local-1"));

    course.happen(|session, now| session.enable_track(now, TrackKey(1), false));
    let close = course.sent.last().unwrap();
    assert_eq!(
        (close.1.as_str(), &close.2["producerId"]),
        ("closeProducer", &json!("producer"))
    );
    assert_eq!(course.told(EventType::TrackUnpublished).len(), 1);
    // What is off stays off on a new connection.
    course.lose();
    course.wait();
    course.enter();
    assert_eq!(course.asked("produce"), 0);
    course.happen(|session, now| session.enable_track(now, TrackKey(1), true));
    assert_eq!(course.asked("produce"), 1);
}

#[test]
fn a_track_that_is_switched_off_while_it_is_asked_for_is_closed_when_it_is_there() {
    for removes in [false, true] {
        let mut course = Course::with_media();
        course.add_track(1, &TrackOptions::new(TrackKind::Video));
        course.happen(|session, now| match removes {
            true => session.remove_track(now, TrackKey(1)),
            false => session.enable_track(now, TrackKey(1), false),
        });
        assert_eq!(course.asked("closeProducer"), 0);
        course.answer("produce", json!({"id": "producer"}));
        assert_eq!(course.asked("closeProducer"), 1, "removes: {removes}");
        let begun = course.count(|it| matches!(it, MediaAction::Produce { .. }));
        let ended = course.count(|it| matches!(it, MediaAction::StopProducing(_)));
        assert_eq!(begun, ended);
    }
}

#[test]
fn what_the_service_does_not_take_is_told_with_its_number() {
    let mut course = Course::with_media();
    course.add_track(3, &TrackOptions::new(TrackKind::Audio));
    let refusal = Refusal {
        code: Some(4100),
        reason: Some("no room".to_owned()),
    };
    course.respond("produce", Err(refusal));
    let failed = course.told(EventType::TrackFailed);
    assert_eq!(failed[0].track_id(), Some("local-3"));
    assert!(
        failed[0].to_json().contains("4100"),
        "{}",
        failed[0].to_json()
    );

    let mut h264 = TrackOptions::new(TrackKind::Video);
    h264.set_codec(crate::media::Codec::H264).unwrap();
    course.add_track(4, &h264);
    let failed = course.told(EventType::TrackFailed);
    assert_eq!(
        failed[1].status(),
        Some(Status::Unsupported),
        "the room has none"
    );
}

#[test]
fn somebody_s_track_is_told_when_it_can_be_had_and_answered_then() {
    let mut course = Course::with_media();
    course.consumer("c1", "p1");
    assert!(course.told(EventType::TrackAdded).is_empty());
    assert_eq!(course.answers, 0);
    course.ready("c1");
    assert_eq!(course.answers, 1);
    assert_eq!(course.sent.last().unwrap().1, "resumeConsumer");
    let added = course.told(EventType::TrackAdded)[0];
    assert_eq!(
        (added.track_id(), added.participant_id()),
        (Some("p1"), Some("ann"))
    );
    course.ready("c1");
    assert_eq!(course.told(EventType::TrackAdded).len(), 1);

    // One that goes before it was ready was never there.
    course.consumer("c2", "p2");
    course.tell("consumerClosed", json!({"consumerId": "c2"}));
    assert!(course.told(EventType::TrackRemoved).is_empty());
    course.tell("peerClosed", json!({"peerId": "ann"}));
    assert_eq!(course.told(EventType::TrackRemoved).len(), 1);
}

#[test]
fn a_track_stays_the_same_over_a_new_connection() {
    let mut course = Course::with_media();
    for (id, producer) in [("c1", "p1"), ("c2", "p2")] {
        course.consumer(id, producer);
        course.ready(id);
    }
    course.lose();
    course.wait();
    course.enter();
    course.consumer("c3", "p1");
    course.ready("c3");
    assert_eq!(course.told(EventType::TrackAdded).len(), 2);
    assert!(course.told(EventType::TrackRemoved).is_empty());
    // What is not told of again within the time for that is gone.
    while course.wait() && course.told(EventType::TrackRemoved).is_empty() {}
    let removed = course.told(EventType::TrackRemoved);
    assert_eq!(removed.len(), 1);
    assert_eq!(removed[0].track_id(), Some("p2"));
    assert_eq!(course.session.consumer_of("p1"), Some("c3"));
}

#[test]
fn a_lost_way_is_looked_for_anew_and_a_hopeless_one_is_told() {
    let mut course = Course::with_media();
    let lost = || TransportEvent::State(TransportState::Disconnected);
    course.transport_tells(Direction::Send, lost());
    course.transport_tells(Direction::Send, lost());
    assert_eq!(course.asked("restartIce"), 1, "one at a time");
    let parameters = json!({"usernameFragment": "v", "password": "another-password"});
    course.answer("restartIce", parameters);
    assert_eq!(course.count(restarts), 1);
    assert!(course.told(EventType::Warning).is_empty());
    let reason = "a defect".to_owned();
    let failed = TransportEvent::State(TransportState::Failed(reason));
    course.transport_tells(Direction::Send, failed);
    let states = course.told(EventType::TransportStateChanged);
    let codes: Vec<i32> = states.iter().map(|event| event.code()).collect();
    assert_eq!(codes, [2, 2, 3]);
    assert!(states[2].to_json().contains("a defect"));
    // Nothing that it tells afterwards counts.
    course.transport_tells(Direction::Send, lost());
    assert_eq!(course.told(EventType::TransportStateChanged).len(), 3);
}

fn restarts(action: &MediaAction) -> bool {
    matches!(action, MediaAction::RestartIce { .. })
}

#[test]
fn the_service_can_have_a_way_looked_for_anew_and_is_told_of_it() {
    let mut course = Course::with_media();
    let data = |id: &str| {
        let parameters = json!({"usernameFragment": "v", "password": "another-password"});
        json!({"transportId": id, "iceParameters": parameters})
    };
    course.tell("restartIce", data("nobody's"));
    assert_eq!(
        (course.count(restarts), course.asked("iceRestarted")),
        (0, 0)
    );
    course.tell("restartIce", data("sends"));
    assert_eq!(
        (course.count(restarts), course.asked("iceRestarted")),
        (1, 1)
    );
    assert!(course.told(EventType::Warning).is_empty());
}

#[test]
fn what_is_wanted_without_a_source_is_told_once() {
    let mut course = Course::new();
    course.session.media_wants(Wanted {
        mic: true,
        webcam: true,
        ..WANTED
    });
    course.room = room();
    course.add_track(1, &TrackOptions::new(TrackKind::Video));
    course.join();
    course.enter();
    course.lose();
    course.wait();
    course.enter();
    let missing = course.told(EventType::SourceMissing);
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0].text(), Some("audio"));
}

/// A course that wants a microphone, in a build that opens one, after it has joined and lost its
/// connection; `first` happens before.
fn wanting_a_microphone(first: impl FnOnce(&mut Course)) -> Course {
    let mut course = Course::new();
    course.session.media_wants(Wanted {
        mic: true,
        opens_microphone: true,
        ..WANTED
    });
    course.room = room();
    first(&mut course);
    course.join();
    course.enter();
    course.lose();
    course.wait();
    course.enter();
    assert!(course.told(EventType::SourceMissing).is_empty());
    course
}

#[test]
fn the_microphone_that_is_wanted_is_opened_once() {
    assert_eq!(wanting_a_microphone(|_| ()).microphones, 1);
    let audio = TrackOptions::new(TrackKind::Audio);
    let with_track = wanting_a_microphone(|course| course.add_track(1, &audio));
    assert_eq!(with_track.microphones, 0, "the app has one of its own");
    let unwanted = wanting_a_microphone(|course| course.session.forget_wanted_microphone());
    assert_eq!(
        unwanted.microphones, 0,
        "it was switched off before joining"
    );
}

#[test]
fn somebody_may_switch_the_microphone_off() {
    let mut course = Course::with_media();
    course.add_track(1, &TrackOptions::new(TrackKind::Audio));
    course.add_track(2, &TrackOptions::new(TrackKind::Video));
    for (id, method, _) in course.sent.clone() {
        if method == "produce" {
            let answer = Ok(json!({"id": format!("producer{id}")}));
            course.frame(Frame::Response { id, answer });
        }
    }
    course.ask("disableMic", json!({"peerId": "ann"}));
    let gone = course.told(EventType::TrackUnpublished);
    assert_eq!(gone.len(), 1);
    assert_eq!(gone[0].track_id(), Some("local-1"));
}

#[test]
fn a_participant_that_only_receives_sends_nothing_and_one_that_may_again_does() {
    let mut course = Course::with_media();
    course.add_track(1, &TrackOptions::new(TrackKind::Audio));
    course.answer("produce", json!({"id": "producer"}));
    let change = |course: &mut Course, mode| {
        course
            .begin(|session, now, who| session.change_mode(now, mode, who))
            .unwrap();
        course.answer("changeMode", json!({}));
    };
    change(&mut course, Mode::ReceiveOnly);
    assert_eq!(course.told(EventType::TrackUnpublished).len(), 1);
    let closed = |it: &MediaAction| *it == MediaAction::Close(Direction::Send);
    assert_eq!(course.count(closed), 1);
    change(&mut course, Mode::SendAndReceive);
    course.answer("createWebRtcTransport", transport("sends-again"));
    let produce = course.sent.last().unwrap();
    assert_eq!(produce.2["transportId"], "sends-again", "{produce:?}");
    course.answer("produce", json!({"id": "another"}));
    assert_eq!(course.told(EventType::TrackPublished).len(), 2);
}

#[test]
fn a_picture_that_the_network_limits_is_told_and_that_it_no_longer_is() {
    let mut course = Course::with_media();
    course.add_track(1, &TrackOptions::new(TrackKind::Video));
    course.answer("produce", json!({"id": "producer"}));
    let changed = |is_limited, granted_kbps| TransportEvent::LimitationChanged {
        track: TrackKey(1),
        is_limited,
        wanted_kbps: 900,
        granted_kbps,
    };
    course.transport_tells(Direction::Send, changed(true, 90));
    course.transport_tells(Direction::Send, changed(false, 880));
    let told = course.told(EventType::QualityLimitationChanged);
    assert_eq!(told.len(), 2);
    for (event, code, state, kbps) in [(told[0], 1, "detected", 90), (told[1], 0, "resolved", 880)]
    {
        assert_eq!(event.participant_id(), Some(ME));
        assert_eq!(event.track_id(), Some("local-1"));
        assert_eq!((event.code(), event.text()), (code, Some("bandwidth")));
        let json: Value = serde_json::from_str(&event.to_json()).unwrap();
        assert_eq!(json["state"], state);
        assert_eq!(
            (&json["wantedKbps"], &json["grantedKbps"]),
            (&json!(900), &json!(kbps))
        );
    }
    // A track that was taken away meanwhile is nothing to tell of.
    course.happen(|session, now| session.remove_track(now, TrackKey(1)));
    course.transport_tells(Direction::Send, changed(true, 90));
    assert_eq!(course.told(EventType::QualityLimitationChanged).len(), 2);
}

#[test]
fn an_encoder_that_does_not_keep_up_is_told_and_that_it_does_again() {
    let mut course = Course::with_media();
    course.add_track(1, &TrackOptions::new(TrackKind::Video));
    course.answer("produce", json!({"id": "producer"}));
    for reduced_by in [2.0, 1.0] {
        let track = TrackKey(1);
        let event = TransportEvent::PictureReduced { track, reduced_by };
        course.transport_tells(Direction::Send, event);
    }
    let told = course.told(EventType::QualityLimitationChanged);
    let found: Vec<_> = told
        .iter()
        .map(|event| {
            let json: Value = serde_json::from_str(&event.to_json()).unwrap();
            assert_eq!(event.track_id(), Some("local-1"));
            assert_eq!(event.text(), Some("cpu"));
            (
                event.code(),
                json["state"].clone(),
                json["reducedBy"].clone(),
            )
        })
        .collect();
    let expected = [
        (1, json!("detected"), json!(2.0)),
        (0, json!("resolved"), json!(1.0)),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_track_that_comes_twice_takes_its_own_place() {
    for (id, producer) in [("c1", "p1"), ("c2", "p1"), ("c1", "p2")] {
        let mut course = Course::with_media();
        course.consumer("c1", "p1");
        course.ready("c1");
        course.consumer(id, producer);
        assert_eq!(course.told(EventType::TrackRemoved).len(), 1);
        course.ready(id);
        assert_eq!(course.told(EventType::TrackAdded).len(), 2);
        assert_eq!(course.session.consumer_of(producer), Some(id));
        let stopped = |it: &MediaAction| matches!(it, MediaAction::StopConsuming { .. });
        assert_eq!(course.count(stopped), 1);
    }
}

#[test]
fn what_happens_to_a_track_is_told_once_it_is_there() {
    let mut course = Course::with_media();
    course.consumer("c1", "p1");
    course.tell("consumerPaused", json!({"consumerId": "c1"}));
    course.tell(
        "consumerLayersChanged",
        json!({"consumerId": "c1", "spatialLayer": 1}),
    );
    assert!(course.told(EventType::TrackPaused).is_empty());
    assert!(course.told(EventType::TrackLayersChanged).is_empty());
    course.ready("c1");
    let added = course.told(EventType::TrackAdded)[0];
    assert_eq!(added.details["paused"], true);
    course.tell("consumerResumed", json!({"consumerId": "c1"}));
    assert_eq!(course.told(EventType::TrackResumed).len(), 1);
}

#[test]
fn channels_go_with_who_has_made_them() {
    let mut course = Course::with_media();
    let channel = |id: &str, stream: u16| {
        json!({
            "id": id, "peerId": "ann", "label": "reliable_data_producer",
            "sctpStreamParameters": {"streamId": stream, "ordered": false, "maxRetransmits": 5},
        })
    };
    let removed = |course: &Course, stream: u16| {
        course.count(|it| {
            let (direction, stream_id) = (Direction::Receive, stream);
            *it == MediaAction::RemoveChannel {
                direction,
                stream_id,
            }
        })
    };
    course.ask("newDataConsumer", channel("d1", 3));
    course.ask("newDataConsumer", channel("d2", 4));
    // One with an id that is there already takes its place.
    course.ask("newDataConsumer", channel("d2", 5));
    assert_eq!([3, 4, 5].map(|stream| removed(&course, stream)), [0, 1, 0]);
    course.tell("peerClosed", json!({"peerId": "ann"}));
    assert_eq!([3, 4, 5].map(|stream| removed(&course, stream)), [1, 1, 1]);
    course.tell("dataConsumerClosed", json!({"dataConsumerId": "d1"}));
    assert_eq!(removed(&course, 3), 1);
}
