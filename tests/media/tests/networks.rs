//! Media through bad networks, with wide margins.

use std::sync::Arc;
use std::time::{Duration, Instant};

use media_tests::data::greet;
use media_tests::meetings::{Client, LONG, room, server};
use media_tests::network::{Network, Weather};
use media_tests::{
    added, film, frame_now, picture_number, published, send_until, sound, sound_number,
};
use vsdk::media::{Reliability, TrackKind, TrackOptions};
use vsdk::meeting::{Event, EventType, LocalTrack, RemoteTrack};

const PICTURE: Duration = Duration::from_millis(33);
const PACKET: Duration = Duration::from_millis(20);

/// Ann sends, bob receives, with a network in between.
fn pair(
    kind: TrackKind,
) -> (
    Network,
    Client,
    Client,
    LocalTrack,
    RemoteTrack,
    devserver::Server,
) {
    let server = server();
    let network = Network::new(&server);
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    let bob = Client::new(&server, &room, "bob", |_| ());
    ann.join();
    bob.join();
    let track = ann.meeting.add_track(&TrackOptions::new(kind)).unwrap();
    published(&ann, &track);
    let remote = added(&bob, kind.name());
    (network, ann, bob, track, remote, server)
}

#[test]
fn pictures_get_through_five_percent_of_loss() {
    let (network, _ann, _bob, camera, seen, _server) = pair(TrackKind::Video);
    send_until(&camera, PICTURE, film(&camera), || frame_now(&seen));
    network.set(Weather {
        loss_percent: 5,
        delay: Duration::from_millis(10),
        ..Weather::default()
    });
    let mut count = 0;
    let begin = Instant::now();
    send_until(&camera, PICTURE, film(&camera), || {
        while frame_now(&seen).is_some() {
            count += 1;
        }
        (begin.elapsed() > Duration::from_secs(4)).then_some(())
    });
    // About 120 are sent; what is lost is sent again.
    assert!(count > 60, "{count} pictures came");
}

#[test]
fn sound_goes_on_after_a_blackout() {
    let (network, ann, bob, microphone, heard, _server) = pair(TrackKind::Audio);
    send_until(&microphone, PACKET, sound, || frame_now(&heard));
    network.set(Weather {
        is_dark: true,
        ..Weather::default()
    });
    let begin = Instant::now();
    send_until(&microphone, PACKET, sound, || {
        while frame_now(&heard).is_some() {}
        (begin.elapsed() > Duration::from_secs(5)).then_some(())
    });
    network.set(Weather::default());
    let first = send_until(
        &microphone,
        PACKET,
        |number| sound(number + 10_000),
        || frame_now(&heard).filter(|frame| sound_number(frame) >= 10_000),
    );
    assert_eq!(first.participant_id.as_ref(), "ann");
    // Nobody had to join anew for it.
    for client in [&ann, &bob] {
        let kinds: Vec<EventType> = client.all().iter().map(|event| event.kind()).collect();
        assert!(!kinds.contains(&EventType::Reconnecting), "{kinds:?}");
    }
}

#[test]
fn an_encoder_is_told_to_send_less_through_a_bottleneck_and_more_afterwards() {
    let (network, ann, _bob, camera, seen, _server) = pair(TrackKind::Video);
    send_until(&camera, PICTURE, film(&camera), || frame_now(&seen));
    let kbps = || camera.encoder_target(0).expect("a layer").kbps;
    network.set(Weather {
        bottleneck_kbps: 100,
        ..Weather::default()
    });
    let begin = Instant::now();
    send_until(&camera, PICTURE, film(&camera), || {
        assert!(begin.elapsed() < LONG, "still {} kbps", kbps());
        while frame_now(&seen).is_some() {}
        (kbps() < 150).then_some(())
    });
    assert_eq!(
        ann.next(EventType::EncoderTargetChanged).track_id(),
        Some(camera.id())
    );
    network.set(Weather::default());
    send_until(&camera, PICTURE, film(&camera), || {
        while frame_now(&seen).is_some() {}
        (kbps() > 300).then_some(())
    });
}

#[test]
fn a_camera_that_a_bottleneck_limits_is_told_and_that_it_no_longer_is() {
    let (network, ann, _bob, camera, seen, _server) = pair(TrackKind::Video);
    send_until(&camera, PICTURE, film(&camera), || frame_now(&seen));
    let changes = || -> Vec<i32> {
        let mut all = ann.all();
        all.retain(|event| event.kind() == EventType::QualityLimitationChanged);
        let changes = all.iter().map(|event| {
            assert_eq!(event.track_id(), Some(camera.id()));
            assert_eq!(event.text(), Some("bandwidth"));
            event.code()
        });
        changes.collect()
    };
    let until_it_is = |code: i32| {
        let told = send_until(&camera, PICTURE, film(&camera), || {
            while frame_now(&seen).is_some() {}
            Some(changes()).filter(|changes| changes.last() == Some(&code))
        });
        // By turns, whatever the network does.
        let expected = (0..told.len()).map(|index| i32::from(index % 2 == 0));
        assert!(told.iter().copied().eq(expected), "{told:?}");
    };
    network.set(Weather {
        bottleneck_kbps: 100,
        ..Weather::default()
    });
    until_it_is(1);
    network.set(Weather::default());
    until_it_is(0);
}
/// Once the keys are there: before that, whoever is on the way can prevent any handshake.
#[test]
fn damaged_repeated_and_senseless_packets_change_nothing() {
    let server = server();
    let network = Network::new(&server);
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    let bob = Client::new(&server, &room, "bob", |_| ());
    ann.join();
    bob.join();
    let add = |kind| ann.meeting.add_track(&TrackOptions::new(kind)).unwrap();
    let (microphone, camera) = (add(TrackKind::Audio), add(TrackKind::Video));
    published(&ann, &microphone);
    published(&ann, &camera);
    let (heard, seen) = (added(&bob, "audio"), added(&bob, "video"));
    let mut film = film(&camera);
    send_until(&microphone, PACKET, sound, || frame_now(&heard));
    send_until(&camera, PICTURE, &mut film, || frame_now(&seen));
    greet(&ann, &bob, "ann");
    network.set(Weather {
        is_hostile: true,
        ..Weather::default()
    });
    let (mut sounds, mut pictures) = (Vec::new(), Vec::new());
    let (mut sent, mut data) = (0, 0);
    send_until(
        &microphone,
        PACKET,
        |number| sound(FIRST + number),
        || {
            camera.push(film(FIRST + sent)).expect("a good frame");
            let datum = sent.to_be_bytes();
            let was_sent = ann.meeting.send_data(&datum, false, Reliability::Reliable);
            was_sent.expect("there is a way for data");
            sent += 1;
            let came = std::iter::from_fn(|| frame_now(&heard));
            sounds.extend(came.map(|frame| sound_number(&frame)));
            let came = std::iter::from_fn(|| frame_now(&seen));
            pictures.extend(came.map(|frame| picture_number(&frame).0));
            let events = bob.all();
            let is_data =
                |event: &&Arc<Event>| event.kind() == EventType::Data && event.payload().len() == 4;
            data = events.iter().filter(is_data).count();
            (sent >= 500).then_some(())
        },
    );
    // What is lost on the way is not sent once more.
    let late = |numbers: &[u32]| numbers.iter().filter(|number| **number >= FIRST).count();
    assert!(late(&sounds) > 400, "{sounds:?}");
    assert!(late(&pictures) > 400, "{pictures:?}");
    assert!(data > 400, "{data}");
    for numbers in [sounds, pictures] {
        assert!(numbers.is_sorted_by(|one, next| one < next), "{numbers:?}");
    }
}

/// The number of the first frame that is sent through a hostile network.
const FIRST: u32 = 10_000;
