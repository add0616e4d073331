//! Pictures in several sizes at once.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use media_tests::meetings::{Client, LONG, room, server};
use media_tests::{added, frame_now, picture, picture_number, published};
use vsdk::Timeout;
use vsdk::media::{TrackKind, TrackOptions};
use vsdk::meeting::LocalTrack;

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

#[test]
fn three_layers_are_sent_and_each_can_be_chosen() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    let bob = Client::new(&server, &room, "bob", |_| ());
    ann.join();
    bob.join();
    let mut options = TrackOptions::new(TrackKind::Video);
    options.set_size(1280, 720).unwrap().set_multi_stream(true);
    let camera = ann.meeting.add_track(&options).unwrap();
    let scales: Vec<f64> = camera.layers().iter().map(|layer| layer.scale).collect();
    assert_eq!(scales, [4.0, 2.0, 1.0]);
    published(&ann, &camera);
    let seen = added(&bob, "video");
    let number = RefCell::new(0);
    // Sends until the layer that is received is that one for ten pictures on end.
    let await_layer = |wanted: u8| {
        let begin = Instant::now();
        let mut on_end = 0;
        while on_end < 10 {
            assert!(begin.elapsed() < LONG, "layer {wanted} never comes");
            *number.borrow_mut() += 1;
            send_all_layers(&camera, *number.borrow());
            std::thread::sleep(Duration::from_millis(33));
            while let Some(frame) = frame_now(&seen) {
                on_end = match picture_number(&frame).1 == wanted {
                    true => on_end + 1,
                    false => 0,
                };
            }
        }
    };
    for wanted in [0, 1, 2, 0] {
        let chosen = seen.set_preferred_layers(wanted, 2, Timeout::Default);
        chosen.wait().unwrap();
        await_layer(wanted);
    }
}
