//! What the service is told when it asks how media is doing (protocol, sections 6.1 and 14).
//!
//! The shape and the names are those of the official Python SDK, so that whoever reads its figures
//! reads these. What nothing here counts is `null`.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::super::outputs::{Action, Waiter};
use super::super::{Moment, Phase, Session};
use crate::media::{
    Codec, MediaStatistics, StreamStatistics, TrackKind, TrackStatistics, TransportStatistics,
};

/// How often figures are kept while there is a way for media: every fifth look, as the official
/// Python SDK does.
const INTERVAL: Duration = Duration::from_secs(5);

/// How long they are kept for a service that does not ask.
const KEPT: Duration = Duration::from_secs(120);

/// How many streams may be in what is kept. Each is about 400 bytes of an answer, which has to fit
/// into a message of 1 MiB.
const MOST_STREAMS: usize = 2000;

#[derive(Default)]
pub(super) struct Sampling {
    /// When the next figures are kept.
    due: Duration,
    /// The oldest first.
    kept: VecDeque<Sample>,
    /// How many streams are in them.
    streams: usize,
    /// What had been counted of each stream at the latest look, by its track and layer.
    counted: BTreeMap<(String, usize), Counted>,
}

/// One track at one moment.
struct Sample {
    unix_ms: i64,
    /// `None` for a track of this participant.
    sender: Option<String>,
    track_id: String,
    kind: TrackKind,
    codec: Codec,
    streams: Vec<StreamSample>,
}

struct StreamSample {
    now: StreamStatistics,
    before: Option<Counted>,
    round_trip_ms: Option<f64>,
}

#[derive(Clone, Copy)]
struct Counted {
    unix_ms: i64,
    bytes: u64,
    packets: u64,
}

impl Sampling {
    fn keep(&mut self, sample: Sample) {
        self.streams += sample.streams.len();
        self.kept.push_back(sample);
        while self.streams > MOST_STREAMS {
            self.drop_oldest();
        }
    }

    fn drop_oldest(&mut self) {
        if let Some(oldest) = self.kept.pop_front() {
            self.streams -= oldest.streams.len();
        }
    }

    fn drop_before(&mut self, unix_ms: i64) {
        while self.kept.front().is_some_and(|it| it.unix_ms < unix_ms) {
            self.drop_oldest();
        }
    }

    /// All that is kept, which then no longer is.
    fn take(&mut self) -> Value {
        self.streams = 0;
        let mut sent = Map::new();
        let mut received = Map::new();
        for sample in self.kept.drain(..) {
            let entries = sample.streams.iter().map(|stream| sample.entry(stream));
            let kind = sample.kind.name();
            match &sample.sender {
                None => {
                    let entries: Vec<Value> = entries.collect();
                    let report = json!({"timestamp": sample.unix_ms, "stats": entries});
                    list(&mut sent, kind).push(report);
                }
                Some(sender) => {
                    let of_sender = received.entry(sender).or_insert_with(|| json!({}));
                    if let Value::Object(of_sender) = of_sender {
                        list(of_sender, kind).extend(entries);
                    }
                }
            }
        }
        let mut data = Map::new();
        for (name, of_all) in [("producerStats", sent), ("consumerStats", received)] {
            if !of_all.is_empty() {
                data.insert(name.to_owned(), of_all.into());
            }
        }
        data.into()
    }
}

fn list<'map>(map: &'map mut Map<String, Value>, key: &str) -> &'map mut Vec<Value> {
    let value = map.entry(key).or_insert_with(|| json!([]));
    match value {
        Value::Array(list) => list,
        _ => unreachable!("only lists are put there"),
    }
}

impl Sample {
    fn of(
        track: TrackStatistics,
        unix_ms: i64,
        way: Option<&TransportStatistics>,
        counted: &BTreeMap<(String, usize), Counted>,
    ) -> Self {
        let way_round_trip_ms = way.and_then(|way| way.round_trip_ms);
        let streams = track.streams.iter().enumerate();
        let streams = streams
            .filter(|(_, now)| now.packets > 0)
            .map(|(layer, now)| StreamSample {
                now: *now,
                before: counted.get(&(track.track_id.clone(), layer)).copied(),
                round_trip_ms: now.round_trip_ms.or(way_round_trip_ms),
            })
            .collect();
        Self {
            unix_ms,
            sender: (!track.is_local).then_some(track.participant_id),
            track_id: track.track_id,
            kind: track.kind,
            codec: track.codec,
            streams,
        }
    }

    fn entry(&self, stream: &StreamSample) -> Value {
        let now = &stream.now;
        // On a new connection the counts begin anew.
        let since = |now: u64, before: fn(&Counted) -> u64| {
            let before = stream.before.as_ref().map_or(now, before);
            now.saturating_sub(before)
        };
        let delta_bytes = since(now.bytes, |it| it.bytes);
        let delta_packets = since(now.packets, |it| it.packets);
        let elapsed_ms = stream.before.map_or(0, |it| self.unix_ms - it.unix_ms);
        let kbps = match u64::try_from(elapsed_ms) {
            Ok(elapsed_ms) if elapsed_ms > 0 => delta_bytes * 8 / elapsed_ms,
            _ => 0,
        };
        let common = json!({
            "ssrc": now.ssrc,
            "kind": self.kind.kind().name(),
            "codec": self.codec.mime_type(),
            "timestamp": self.unix_ms,
            "bitrate": kbps,
            "rtt": stream.round_trip_ms.map(|it| rounded(it, 2)),
        });
        let own = match &self.sender {
            None => json!({
                "trackId": self.track_id,
                "direction": "outbound",
                "totalBytesSent": now.bytes,
                "deltaBytesSent": delta_bytes,
                "totalPacketsSent": now.packets,
                "deltaPacketsSent": delta_packets,
                "fractionLost": now.loss.map(|it| rounded(it.into(), 4)),
            }),
            Some(_) => json!({
                "direction": "inbound",
                "jitter": now.jitter_ms.map(|it| rounded(it, 2)),
                "totalBytesReceived": now.bytes,
                "deltaBytesReceived": delta_bytes,
                "totalPacketsReceived": now.packets,
                "deltaPacketsReceived": delta_packets,
                "totalPacketsLost": now.packets_lost,
                "deltaPacketsLost": null,
                "percentPacketsLost": now.loss.map(|it| rounded(f64::from(it) * 100.0, 2)),
            }),
        };
        let (Value::Object(mut entry), Value::Object(own)) = (common, own) else {
            unreachable!("both are objects");
        };
        entry.extend(own);
        entry.into()
    }
}

fn rounded(number: f64, digits: i32) -> f64 {
    let scale = 10_f64.powi(digits);
    (number * scale).round() / scale
}

impl<T: Waiter> Session<T> {
    /// There is a way for media from now on.
    pub(super) fn begin_sampling(&mut self) {
        if !self.has_way() {
            self.media.sampling.due = self.now.at + INTERVAL;
        }
    }

    /// What was kept is of a connection that is gone.
    pub(super) fn end_sampling(&mut self) {
        self.media.sampling = Sampling::default();
    }

    /// When figures are kept next, while there are any.
    pub(in crate::meeting::session) fn sample_due(&self) -> Option<Duration> {
        let is_inside = matches!(self.phase, Phase::Inside);
        (is_inside && self.has_way()).then_some(self.media.sampling.due)
    }

    /// It is time: whoever has the figures is asked for them.
    pub(in crate::meeting::session) fn sample(&mut self) {
        self.media.sampling.due = self.now.at + INTERVAL;
        self.outputs.act(Action::Measure);
    }

    /// The figures as they stand now.
    pub(in crate::meeting) fn measured(&mut self, now: Moment, statistics: MediaStatistics) {
        self.now = now;
        let unix_ms = now.unix_ms;
        let sent: Vec<String> = self.sent_tracks().collect();
        let mut counted = BTreeMap::new();
        for track in statistics.tracks {
            let is_there = match track.is_local {
                true => sent.contains(&track.track_id),
                false => self.consumer_of(&track.track_id).is_some(),
            };
            if !is_there {
                continue;
            }
            for (layer, stream) in track.streams.iter().enumerate() {
                let so_far = Counted {
                    unix_ms,
                    bytes: stream.bytes,
                    packets: stream.packets,
                };
                counted.insert((track.track_id.clone(), layer), so_far);
            }
            let way = match track.is_local {
                true => statistics.send.as_ref(),
                false => statistics.receive.as_ref(),
            };
            let sampling = &mut self.media.sampling;
            let sample = Sample::of(track, unix_ms, way, &sampling.counted);
            if !sample.streams.is_empty() {
                sampling.keep(sample);
            }
        }
        let sampling = &mut self.media.sampling;
        sampling.counted = counted;
        sampling.drop_before(unix_ms - KEPT.as_millis() as i64);
    }

    /// What the service is told, once: the next answer has what comes after it.
    pub(in crate::meeting::session) fn statistics_asked(&mut self, request: u64) {
        let data = self.media.sampling.take();
        let answer = json!({"peerId": self.local_id(), "statsData": data});
        self.accept(request, &answer);
    }

    fn has_way(&self) -> bool {
        let media = &self.media;
        media.send.is_open() || media.receive.is_open()
    }
}
