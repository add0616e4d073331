//! Data channels, both ways.

use media_tests::data::{greet, send};
use media_tests::meetings::{Client, room, server};
use vsdk::Status;
use vsdk::media::{MAX_DATA_BYTES, Reliability};
use vsdk::meeting::{EventType, Mode};

/// What comes from somebody: what it is, how it was sent, and the bytes.
fn received(client: &Client, from: &str) -> (String, i32, Vec<u8>) {
    let event = client.next_where("data", |event| {
        event.kind() == EventType::Data && event.participant_id() == Some(from)
    });
    let text = event.text().unwrap_or_default().to_owned();
    (text, event.code(), event.payload().to_vec())
}

/// The next that is no greeting.
fn message(client: &Client, from: &str) -> (String, i32, Vec<u8>) {
    loop {
        let message = received(client, from);
        if message.2 != b"hello" {
            return message;
        }
    }
}

#[test]
fn text_and_bytes_go_both_ways_by_both_channels() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    let bob = Client::new(&server, &room, "bob", |_| ());
    ann.join();
    bob.join();
    for (from, to, id) in [(&ann, &bob, "ann"), (&bob, &ann, "bob")] {
        greet(from, to, id);
        let largest = vec![7; MAX_DATA_BYTES];
        for (data, is_text, reliability) in [
            ("é😀".as_bytes(), true, Reliability::Reliable),
            (&[0, 255, 1], false, Reliability::Reliable),
            (b"quick", true, Reliability::Unreliable),
            (&largest, false, Reliability::Unreliable),
        ] {
            send(from, data, is_text, reliability);
            let kind = if is_text { "text" } else { "binary" };
            let expected = (kind.to_owned(), reliability as i32, data.to_vec());
            assert_eq!(message(to, id), expected);
        }
    }
    let error = ann
        .meeting
        .send_data(&vec![0; MAX_DATA_BYTES + 1], false, Reliability::Reliable)
        .unwrap_err();
    assert_eq!(error.service_code(), Some(3072));
}

#[test]
fn who_only_receives_sends_none_and_is_told_so() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    let bob = Client::new(&server, &room, "bob", |options| {
        options.set_mode(Mode::ReceiveOnly);
    });
    ann.join();
    bob.join();
    greet(&ann, &bob, "ann");
    let error = bob
        .meeting
        .send_data(b"x", false, Reliability::Reliable)
        .unwrap_err();
    assert_eq!(error.status(), Status::InvalidState);
    assert_eq!(error.service_code(), Some(3048));
}
