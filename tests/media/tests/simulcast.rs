//! Pictures in several sizes at once.

use std::time::{Duration, Instant};

use devserver::Server;
use media_tests::meetings::{Client, LONG, room, server};
use media_tests::{added, frame_now, picture, picture_number, published};
use vsdk::media::{TrackKind, TrackOptions};
use vsdk::meeting::{EventType, LocalTrack, RemoteTrack};
use vsdk::{Status, Timeout};

/// All layers of the picture with that number, key frames where they are wanted.
fn send_all_layers(camera: &LocalTrack, number: u32) {
    for (layer, info) in (0..).zip(camera.layers()) {
        let target = camera.encoder_target(layer).expect("a layer");
        let size = |length: f64| (length / info.scale) as u16;
        let size = (size(1280.0), size(720.0));
        let frame = picture(number, target.wants_key_frame, layer, size);
        camera.push(frame).expect("a good frame");
    }
}

/// A camera of three sizes, and somebody who receives it.
struct Show {
    ann: Client,
    bob: Client,
    camera: LocalTrack,
    seen: RemoteTrack,
    number: u32,
}

impl Show {
    fn new(server: &Server) -> Self {
        let room = room(server);
        let ann = Client::new(server, &room, "ann", |_| ());
        let bob = Client::new(server, &room, "bob", |_| ());
        ann.join();
        bob.join();
        let mut options = TrackOptions::new(TrackKind::Video);
        options.set_size(1280, 720).unwrap().set_multi_stream(true);
        let camera = ann.meeting.add_track(&options).unwrap();
        let scales: Vec<f64> = camera.layers().iter().map(|layer| layer.scale).collect();
        assert_eq!(scales, [4.0, 2.0, 1.0]);
        published(&ann, &camera);
        let seen = added(&bob, "video");
        Self {
            ann,
            bob,
            camera,
            seen,
            number: 0,
        }
    }

    /// Sends until the layer that is received is that one for ten pictures on end.
    fn await_layer(&mut self, wanted: u8) {
        let begin = Instant::now();
        let mut on_end = 0;
        while on_end < 10 {
            assert!(begin.elapsed() < LONG, "layer {wanted} never comes");
            self.number += 1;
            send_all_layers(&self.camera, self.number);
            std::thread::sleep(Duration::from_millis(33));
            while let Some(frame) = frame_now(&self.seen) {
                on_end = match picture_number(&frame).1 == wanted {
                    true => on_end + 1,
                    false => 0,
                };
            }
        }
    }
}

#[test]
fn three_layers_are_sent_and_each_can_be_chosen() {
    let server = server();
    let mut show = Show::new(&server);
    for wanted in [0, 1, 2, 0] {
        let chosen = show.seen.set_preferred_layers(wanted, 2, Timeout::Default);
        chosen.wait().unwrap();
        show.await_layer(wanted);
    }
}

#[test]
fn the_layer_follows_the_size_in_which_it_is_shown() {
    let server = server();
    let mut show = Show::new(&server);
    for ((width, height), wanted) in [
        ((320, 180), 0),
        ((321, 180), 1),
        ((1280, 720), 2),
        ((0, 0), 0),
        ((5000, 10), 2),
    ] {
        show.seen.set_viewport(width, height).unwrap();
        show.await_layer(wanted);
    }
    // What is said last holds.
    let chosen = show.seen.set_preferred_layers(1, 2, Timeout::Default);
    chosen.wait().unwrap();
    show.await_layer(1);
    show.seen.set_viewport(100, 100).unwrap();
    show.await_layer(0);

    let microphone = TrackOptions::new(TrackKind::Audio);
    let microphone = show.ann.meeting.add_track(&microphone).unwrap();
    published(&show.ann, &microphone);
    let heard = added(&show.bob, "audio");
    let error = heard.set_viewport(1, 1).unwrap_err();
    assert_eq!(error.status(), Status::InvalidArgument);

    show.camera.set_enabled(false);
    show.bob.next(EventType::TrackRemoved);
    let error = show.seen.set_viewport(1, 1).unwrap_err();
    assert_eq!(error.status(), Status::NotFound);
}
