//! What the service is told when it asks how media is doing, in virtual time.

use super::*;
use crate::media::plane::Direction;
use crate::media::transport::TransportEvent;
use crate::media::{
    Codec, MediaStatistics, StreamStatistics, TrackKind, TrackOptions, TrackStatistics,
    TransportStatistics,
};

const OFTEN: Duration = Duration::from_secs(5);

fn stream(packets: u64) -> StreamStatistics {
    StreamStatistics {
        ssrc: Some(7),
        bytes: packets * 100,
        packets,
        packets_lost: None,
        nack_count: 0,
        pli_count: 0,
        fir_count: 0,
        loss: Some(0.25),
        round_trip_ms: None,
        jitter_ms: Some(1.2345),
    }
}

fn track(id: &str, sender: &str, kind: TrackKind, packets: &[u64]) -> TrackStatistics {
    TrackStatistics {
        track_id: id.to_owned(),
        participant_id: sender.to_owned(),
        is_local: sender == ME,
        kind,
        codec: match kind {
            TrackKind::Audio => Codec::Opus,
            _ => Codec::Vp8,
        },
        frames: 0,
        frames_dropped: 0,
        frames_undecodable: 0,
        frame_gaps: 0,
        playout: None,
        encoding: None,
        decoding: None,
        streams: packets.iter().map(|packets| stream(*packets)).collect(),
    }
}

fn statistics(tracks: Vec<TrackStatistics>) -> MediaStatistics {
    let way = |round_trip_ms| TransportStatistics {
        round_trip_ms: Some(round_trip_ms),
        ..TransportStatistics::default()
    };
    MediaStatistics {
        send: Some(way(10.0)),
        receive: Some(way(20.125)),
        tracks,
    }
}

impl Course {
    /// Sends a camera, and hears ann.
    fn with_tracks() -> Course {
        let mut course = Course::with_media();
        course.add_track(1, &TrackOptions::new(TrackKind::Video));
        course.answer("produce", json!({"id": "mine"}));
        course.consumer("consumer", "hers");
        let id = "consumer".to_owned();
        course.transport_tells(Direction::Receive, TransportEvent::ConsumerReady { id });
        course
    }

    fn measured(&mut self, tracks: Vec<TrackStatistics>) {
        self.happen(|session, now| session.measured(now, statistics(tracks)));
    }

    /// What the service gets when it asks.
    fn statistics_data(&mut self) -> Value {
        self.ask("statsData", json!({}));
        assert_eq!(self.last_answer["data"]["peerId"], ME);
        self.last_answer["data"]["statsData"].take()
    }
}

#[test]
fn the_service_gets_what_was_counted_since_it_asked_last_as_the_official_sdk_tells_it() {
    let mut course = Course::with_tracks();
    assert_eq!(course.statistics_data(), json!({}));
    let tracks = |camera: &[u64], sound| {
        vec![
            track("local-1", ME, TrackKind::Video, camera),
            track("hers", "ann", TrackKind::Audio, &[sound]),
        ]
    };
    let begin = course.now;
    while course.looks == 0 {
        course.wait();
    }
    assert_eq!(course.now, begin + OFTEN);
    let first_ms = 1_000_000 + course.now.as_millis() as i64;
    // The third layer is off.
    course.measured(tracks(&[10, 20, 0], 30));
    while course.looks == 1 {
        course.wait();
    }
    assert_eq!(course.now, begin + 2 * OFTEN);
    course.measured(tracks(&[1010, 20, 0], 2030));

    let second_ms = first_ms + 5000;
    let sent = |ms: i64, packets: u64, since: u64, kbps: u64| {
        json!({
            "ssrc": 7, "trackId": "local-1", "kind": "video", "direction": "outbound",
            "codec": "video/VP8", "timestamp": ms,
            "totalBytesSent": packets * 100, "deltaBytesSent": since * 100,
            "totalPacketsSent": packets, "deltaPacketsSent": since,
            "bitrate": kbps, "rtt": 10.0, "fractionLost": 0.25,
        })
    };
    let received = |ms: i64, packets: u64, since: u64, kbps: u64| {
        json!({
            "ssrc": 7, "kind": "audio", "direction": "inbound", "codec": "audio/opus",
            "timestamp": ms, "jitter": 1.23,
            "totalPacketsReceived": packets, "deltaPacketsReceived": since,
            "totalPacketsLost": null, "deltaPacketsLost": null, "percentPacketsLost": 25.0,
            "totalBytesReceived": packets * 100, "deltaBytesReceived": since * 100,
            "bitrate": kbps, "rtt": 20.13,
        })
    };
    let expected = json!({
        "producerStats": {"video": [
            {"timestamp": first_ms, "stats": [sent(first_ms, 10, 0, 0), sent(first_ms, 20, 0, 0)]},
            {"timestamp": second_ms, "stats": [
                sent(second_ms, 1010, 1000, 160), sent(second_ms, 20, 0, 0),
            ]},
        ]},
        "consumerStats": {"ann": {"audio": [
            received(first_ms, 30, 0, 0), received(second_ms, 2030, 2000, 320),
        ]}},
    });
    assert_eq!(course.statistics_data(), expected);
    assert_eq!(course.statistics_data(), json!({}), "it was taken");

    // What is counted goes on where it was.
    course.now += OFTEN;
    course.measured(tracks(&[1110, 20, 0], 2030));
    let data = course.statistics_data();
    let entry = &data["producerStats"]["video"][0]["stats"][0];
    assert_eq!(entry["deltaPacketsSent"], 100);
    assert_eq!(entry["bitrate"], 16);
}

#[test]
fn what_is_not_sent_or_received_any_more_is_not_told() {
    let mut course = Course::with_tracks();
    course.measured(vec![
        track("local-2", ME, TrackKind::Audio, &[1]),
        track("others", "ann", TrackKind::Audio, &[1]),
        // Nothing has flowed yet.
        track("local-1", ME, TrackKind::Video, &[0]),
    ]);
    assert_eq!(course.statistics_data(), json!({}));
    course.measured(vec![track("local-1", ME, TrackKind::Video, &[1])]);
    // What was kept is of the meeting and the connection that it was measured in.
    course.lose();
    course.wait();
    course.enter();
    assert_eq!(course.statistics_data(), json!({}));
}

#[test]
fn without_media_nobody_looks() {
    let mut course = Course::inside(&json!([{"id": "ann"}]));
    let before = course.now;
    while course.now < before + 3 * OFTEN && course.wait() {}
    assert_eq!(course.looks, 0);

    let mut course = Course::with_tracks();
    course.leave();
    while course.wait() {}
    assert_eq!(course.looks, 0);
}

#[test]
fn a_service_that_does_not_ask_costs_no_more_than_a_bound() {
    let mut course = Course::with_tracks();
    let camera = |packets| {
        track(
            "local-1",
            ME,
            TrackKind::Video,
            &[packets, packets, packets],
        )
    };
    // Every five seconds: two minutes are kept.
    for packets in 1..=100 {
        course.measured(vec![camera(packets)]);
        course.now += OFTEN;
    }
    let data = course.statistics_data();
    let reports = data["producerStats"]["video"].as_array().unwrap();
    assert_eq!(reports.len(), 25);
    assert_eq!(reports[24]["stats"][2]["totalPacketsSent"], 100);

    // All at once: so many streams, the latest.
    for packets in 1..=3000 {
        course.measured(vec![camera(packets)]);
    }
    let data = course.statistics_data();
    let reports = data["producerStats"]["video"].as_array().unwrap();
    assert_eq!(reports.len(), 2000 / 3);
    assert_eq!(
        reports.last().unwrap()["stats"][0]["totalPacketsSent"],
        3000
    );
    let length = data.to_string().len();
    assert!(length < 1024 * 1024, "{length} bytes");
}
