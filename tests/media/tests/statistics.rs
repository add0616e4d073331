//! Figures of what flows: what the app gets, and what the service gets when it asks.

use std::time::{Duration, Instant};

use media_tests::meetings::{Client, LONG, room, server};
use media_tests::network::{Network, Weather};
use media_tests::{added, film, frame_now, published, send_until, sound};
use serde_json::Value;
use vsdk::media::{MediaStatistics, TrackKind, TrackOptions, TrackStatistics, TransportProtocol};

const PICTURE: Duration = Duration::from_millis(33);
const PACKET: Duration = Duration::from_millis(20);

fn track<'all>(statistics: &'all MediaStatistics, id: &str) -> &'all TrackStatistics {
    let mut tracks = statistics.tracks.iter();
    tracks.find(|track| track.track_id == id).expect("a track")
}

#[test]
fn losses_are_counted_at_both_ends() {
    let server = server();
    let network = Network::new(&server);
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    let bob = Client::new(&server, &room, "bob", |_| ());
    ann.join();
    bob.join();
    let options = TrackOptions::new(TrackKind::Video);
    let camera = ann.meeting.add_track(&options).unwrap();
    published(&ann, &camera);
    let seen = added(&bob, "video");
    send_until(&camera, PICTURE, film(&camera), || frame_now(&seen));
    network.set(Weather {
        loss_percent: 10,
        ..Weather::default()
    });
    let (sent, received) = send_until(&camera, PICTURE, film(&camera), || {
        while frame_now(&seen).is_some() {}
        let sent = ann.meeting.media_statistics();
        let received = bob.meeting.media_statistics();
        let (out, back) = (
            &track(&sent, camera.id()).streams,
            track(&received, seen.id()),
        );
        let back = &back.streams[0];
        let all = out[0].packets_lost > Some(0)
            && out[0].nack_count > 0
            && out[0].jitter_ms.is_some()
            && out[0].round_trip_ms.is_some()
            && back.nack_count > 0
            && back.loss > Some(0.0)
            && back.jitter_ms.is_some();
        all.then_some((sent, received))
    });

    let mine = track(&sent, camera.id());
    assert!(mine.is_local && mine.participant_id == "ann");
    assert_eq!(mine.streams.len(), 1);
    let out = &mine.streams[0];
    assert!(out.packets_lost.unwrap() < out.packets, "{out:?}");
    assert!(out.jitter_ms.unwrap() < 1000.0, "{out:?}");
    let theirs = track(&received, seen.id());
    assert!(!theirs.is_local && theirs.participant_id == "ann");
    let back = &theirs.streams[0];
    assert_eq!(back.packets_lost, None, "nothing counts them");
    assert!(back.ssrc.is_some() && out.ssrc.is_some());
    assert!(back.loss.unwrap() < 0.9, "{back:?}");
    assert!(back.packets > 0 && back.bytes > back.packets * 100);

    let way = sent.send.as_ref().expect("a way out");
    assert!(way.is_connected);
    assert_eq!(way.protocol, Some(TransportProtocol::Udp));
    assert!(
        way.packets_sent >= out.packets && way.bytes_sent > out.bytes,
        "{way:?}"
    );
    assert!(way.packets_received > 0 && way.bytes_received > 0);
    let way = received.receive.as_ref().expect("a way in");
    assert!(way.packets_received >= back.packets, "{way:?}");
    assert_eq!(way.estimated_kbps, None);

    // What gets lost for good is a gap before what comes next.
    network.set(Weather {
        loss_percent: 60,
        ..Weather::default()
    });
    send_until(&camera, PICTURE, film(&camera), || {
        while frame_now(&seen).is_some() {}
        let received = bob.meeting.media_statistics();
        (track(&received, seen.id()).frame_gaps > 0).then_some(())
    });
    assert_eq!(
        track(&ann.meeting.media_statistics(), camera.id()).frame_gaps,
        0
    );
}

#[test]
fn the_service_gets_the_figures_that_it_asks_for() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    let bob = Client::new(&server, &room, "bob", |_| ());
    ann.join();
    bob.join();
    let options = TrackOptions::new(TrackKind::Audio);
    let microphone = ann.meeting.add_track(&options).unwrap();
    published(&ann, &microphone);
    let heard = added(&bob, "audio");
    let begin = Instant::now();
    let mut number = 0;
    // Sound goes on while the service is asked: each time gives what is new.
    let mut ask = |peer_id: &str| -> Value {
        let pause = Instant::now();
        send_until(
            &microphone,
            PACKET,
            |_| {
                number += 1;
                sound(number)
            },
            || {
                while frame_now(&heard).is_some() {}
                (pause.elapsed() > Duration::from_secs(1)).then_some(())
            },
        );
        assert!(begin.elapsed() < LONG, "nothing was kept");
        let mut answers = server.ask_for_statistics();
        let peers: Vec<&Value> = answers.iter().map(|one| &one["peerId"]).collect();
        assert_eq!(peers, ["ann", "bob"]);
        let mut found = answers.iter_mut().filter(|one| one["peerId"] == peer_id);
        let answer = found.next().expect("it is in the room");
        assert_eq!(answer["answer"]["peerId"], peer_id);
        answer["answer"]["statsData"].take()
    };
    let is_flowing = |entry: &Value| entry["bitrate"].as_u64() > Some(0);

    let entry = loop {
        let data = ask("ann");
        assert_eq!(data["consumerStats"], Value::Null, "she receives nothing");
        let entry = data["producerStats"]["audio"][0]["stats"][0].clone();
        if is_flowing(&entry) {
            break entry;
        }
    };
    assert_eq!(entry["trackId"], microphone.id());
    assert_eq!(entry["codec"], "audio/opus");
    assert_eq!(entry["direction"], "outbound");
    // 50 packets of 85 bytes in a second are 34 kbit/s.
    let kbps = entry["bitrate"].as_u64().unwrap();
    assert!((3..340).contains(&kbps), "{entry}");
    let sent = &track(&ann.meeting.media_statistics(), microphone.id()).streams[0].clone();
    assert_eq!(entry["ssrc"].as_u64(), sent.ssrc.map(u64::from));
    assert!(entry["totalPacketsSent"].as_u64().unwrap() <= sent.packets);

    let entry = loop {
        let data = ask("bob");
        assert_eq!(data["producerStats"], Value::Null, "he sends nothing");
        let entry = data["consumerStats"]["ann"]["audio"][0].clone();
        if is_flowing(&entry) {
            break entry;
        }
    };
    assert_eq!(entry["direction"], "inbound");
    assert!(entry["totalPacketsReceived"].as_u64() > Some(0));
    assert_eq!(entry["percentPacketsLost"].as_f64(), Some(0.0), "{entry}");
}
