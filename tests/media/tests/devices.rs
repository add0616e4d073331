//! Microphones and speakers, as ALSA makes them out of files, through the real media server.

use std::time::{Duration, Instant};

use devserver::Server;
use media_tests::alsa::{self, Devices, wait_until_running, with_devices};
use media_tests::meetings::{Client, LONG, room, server};
use media_tests::sound::{Heard, LEVEL, Microphone, listen};
use media_tests::{added, published};
use serde_json::Value;
use vsdk::Status;
use vsdk::media::{
    AudioFormat, AudioOutput, Device, DeviceKind, TrackKind, TrackOptions, list_devices,
};
use vsdk::meeting::{Event, EventType, LocalTrack, MeetingState};

const SECOND: Duration = Duration::from_secs(1);

fn joined(server: &Server, room: &str, id: &str, mic_enabled: bool) -> Client {
    let client = Client::new(server, room, id, |options| {
        options.set_mic_enabled(mic_enabled);
    });
    client.join();
    client
}

fn format() -> AudioFormat {
    AudioFormat::new(48_000, 1).expect("a good format")
}

/// The tone alone, at its level and without gaps, as in the tests of raw sound.
fn check_tone(heard: &Heard, hertz: u32) -> Result<(), String> {
    let (loudest, level) = heard.loudest();
    let gap = heard.longest_gap(hertz);
    let is_right = loudest == hertz && (level - LEVEL).abs() < LEVEL * 0.15 && gap < SECOND / 10;
    println!("{loudest} Hz, level {level:.3}, longest gap {gap:?}");
    is_right
        .then_some(())
        .ok_or_else(|| format!("{loudest} Hz, level {level}, {gap:?}"))
}

/// Hears the tone, once all of it comes in time: on a machine that is busy with other things, some
/// does not.
fn hears(output: &AudioOutput, hertz: u32) {
    let begin = Instant::now();
    loop {
        let heard = listen(output, 3 * SECOND);
        if heard.concealed_frames + heard.silent_frames == 0 {
            return check_tone(&heard, hertz).expect("the tone");
        }
        assert!(begin.elapsed() < LONG, "it is never heard whole");
    }
}

/// Likewise, of a speaker: what it plays does not say what was made up.
fn plays(devices: &Devices, id: &str, hertz: u32) {
    let begin = Instant::now();
    loop {
        std::thread::sleep(3 * SECOND);
        let played = devices.played(id, 3);
        let checked = played.map(|played| check_tone(&played, hertz));
        if checked == Some(Ok(())) {
            return;
        }
        assert!(begin.elapsed() < LONG, "{checked:?}");
    }
}

fn tone(client: &Client, hertz: f32) -> (LocalTrack, Microphone) {
    let track = client
        .meeting
        .add_track(&TrackOptions::new(TrackKind::Audio))
        .unwrap();
    published(client, &track);
    let input = track.audio_input(format()).unwrap();
    (track, Microphone::new(input, hertz))
}

fn ids(kind: DeviceKind) -> Vec<String> {
    let devices = list_devices(kind).expect("ALSA is there");
    devices.iter().map(|it| it.id().to_owned()).collect()
}

fn json(event: &Event) -> Value {
    serde_json::from_str(&event.to_json()).expect("it is JSON")
}

#[test]
fn the_default_microphone_is_heard_when_the_options_want_one() {
    let name = "the_default_microphone_is_heard_when_the_options_want_one";
    with_devices(name, |devices| {
        let microphone = alsa::microphone(devices, "microphone", 440);
        devices
            .are(&(microphone + &alsa::null("nothing") + &alsa::default("microphone", "nothing")));
        let server = server();
        let room = room(&server);
        let bob = joined(&server, &room, "bob", false);
        let ann = joined(&server, &room, "ann", true);
        added(&bob, "audio");
        let mixer = bob.meeting.audio_mixer(format()).unwrap();
        hears(&mixer, 440);
        assert_eq!(alsa::running(), 1);

        ann.meeting.set_mic_enabled(false).unwrap();
        bob.next(EventType::TrackRemoved);
        wait_until_running(0);
        ann.meeting.set_mic_enabled(true).unwrap();
        ann.meeting.set_mic_enabled(true).unwrap();
        added(&bob, "audio");
        hears(&mixer, 440);
        assert_eq!(alsa::running(), 1);

        ann.leave();
        wait_until_running(0);
        let again = ann.meeting.set_mic_enabled(true).unwrap_err();
        assert_eq!(again.status(), Status::InvalidState);
        let told = ann.all();
        let is_about_devices = |event: &&std::sync::Arc<Event>| {
            matches!(
                event.kind(),
                EventType::DeviceFailed | EventType::SourceMissing
            )
        };
        assert!(
            !told.iter().any(|event| is_about_devices(&event)),
            "{told:#?}"
        );
    });
}

#[test]
fn a_track_of_the_app_is_the_microphone_and_no_device_is_opened() {
    let name = "a_track_of_the_app_is_the_microphone_and_no_device_is_opened";
    with_devices(name, |devices| {
        let microphone = alsa::microphone(devices, "microphone", 440);
        devices.are(&(microphone + &alsa::default("microphone", "microphone")));
        let server = server();
        let room = room(&server);
        let bob = joined(&server, &room, "bob", false);
        let ann = Client::new(&server, &room, "ann", |options| {
            options.set_mic_enabled(true);
        });
        let track = ann
            .meeting
            .add_track(&TrackOptions::new(TrackKind::Audio))
            .unwrap();
        ann.join();
        published(&ann, &track);
        let _own = Microphone::new(track.audio_input(format()).unwrap(), 1000.0);
        added(&bob, "audio");
        hears(&bob.meeting.audio_mixer(format()).unwrap(), 1000);
        // Switching is switching that track.
        ann.meeting.set_mic_enabled(false).unwrap();
        ann.next(EventType::TrackUnpublished);
        ann.meeting.set_mic_enabled(true).unwrap();
        published(&ann, &track);
        assert_eq!(alsa::running(), 0);
    });
}

#[test]
fn what_others_send_is_played_by_a_speaker() {
    let name = "what_others_send_is_played_by_a_speaker";
    with_devices(name, |devices| {
        devices.are(&(alsa::speaker(devices, "all") + &alsa::speaker(devices, "one")));
        let server = server();
        let room = room(&server);
        let bob = joined(&server, &room, "bob", false);
        let ann = joined(&server, &room, "ann", false);
        let (_track, _microphone) = tone(&ann, 440.0);
        let track = added(&bob, "audio");
        let all = bob.meeting.open_speaker(Some("all")).unwrap();
        let one = track.open_speaker(Some("one")).unwrap();
        assert_eq!(
            (all.kind(), all.device().name()),
            (DeviceKind::Speaker, "The all")
        );
        assert_eq!(
            (all.format().sample_rate(), all.format().channels()),
            (48_000, 2)
        );
        plays(devices, "all", 440);
        plays(devices, "one", 440);
        // The power of a tone is half the square of its level.
        let level = 20.0 * LEVEL.log10() - 3.0;
        for device in [&all, &one] {
            assert!(
                (device.level_dbfs() - level).abs() < 2.0,
                "{}",
                device.level_dbfs()
            );
            assert!(device.is_open());
        }
        assert_eq!(alsa::running(), 2);
        drop(one);
        wait_until_running(1);
        bob.leave();
        wait_until_running(0);
        assert!(!all.is_open());
        let late = bob.meeting.open_speaker(Some("one")).map(drop).unwrap_err();
        assert_eq!(late.status(), Status::InvalidState);
    });
}

#[test]
fn a_microphone_that_the_app_opens_is_the_input_of_its_track() {
    let name = "a_microphone_that_the_app_opens_is_the_input_of_its_track";
    with_devices(name, |devices| {
        let low = alsa::microphone(devices, "low", 440);
        let high = alsa::microphone(devices, "high", 1000);
        devices.are(&(low + &high));
        let server = server();
        let room = room(&server);
        let bob = joined(&server, &room, "bob", false);
        let ann = joined(&server, &room, "ann", false);
        let track = ann
            .meeting
            .add_track(&TrackOptions::new(TrackKind::Audio))
            .unwrap();
        let device = track.open_microphone(Some("high")).unwrap();
        let twice = track.open_microphone(Some("low")).map(drop).unwrap_err();
        assert_eq!(twice.status(), Status::InvalidState);
        let none = track.open_microphone(Some("none")).map(drop).unwrap_err();
        assert_eq!(none.status(), Status::NotFound);
        assert!(
            none.message().contains("none") && !none.remedy().is_empty(),
            "{none}"
        );
        added(&bob, "audio");
        let mixer = bob.meeting.audio_mixer(format()).unwrap();
        hears(&mixer, 1000);
        drop(device);
        wait_until_running(0);
        let _device = track.open_microphone(Some("low")).unwrap();
        hears(&mixer, 440);
        vsdk::shutdown(LONG.into()).unwrap();
        assert_eq!(alsa::running(), 0, "a shutdown waits for devices");
    });
}

#[test]
fn a_missing_microphone_is_told_and_the_join_goes_on() {
    let name = "a_missing_microphone_is_told_and_the_join_goes_on";
    with_devices(name, |devices| {
        let server = server();
        let room = room(&server);
        let ann = joined(&server, &room, "ann", true);
        assert_eq!(ann.snapshot().state(), MeetingState::Connected);
        let is_told = || {
            let failed = ann.next(EventType::DeviceFailed);
            assert_eq!(failed.code(), DeviceKind::Microphone as i32);
            assert_eq!(failed.status(), Some(Status::NotFound));
            let text = failed.text().expect("why");
            assert!(
                text.starts_with("The microphone") && text.contains("could not be opened"),
                "{text}"
            );
            let told = json(&failed);
            assert!(
                told["remedy"]
                    .as_str()
                    .is_some_and(|it| it.contains("Plug it in")),
                "{told}"
            );
            assert!(
                told["device"].is_null() && told["kind"] == "microphone",
                "{told}"
            );
        };
        is_told();
        // Nobody has gone, and one that is plugged in later can be switched on.
        ann.meeting.set_mic_enabled(true).unwrap();
        is_told();
        let microphone = alsa::microphone(devices, "microphone", 440);
        devices.are(&(microphone + &alsa::default("microphone", "microphone")));
        ann.meeting.set_mic_enabled(true).unwrap();
        let bob = joined(&server, &room, "bob", false);
        added(&bob, "audio");
        hears(&bob.meeting.audio_mixer(format()).unwrap(), 440);
        let speaker = bob
            .meeting
            .open_speaker(Some("none"))
            .map(drop)
            .unwrap_err();
        assert_eq!(speaker.status(), Status::NotFound);
        assert_eq!(speaker.operation(), "audio_device_open_speaker");
    });
}

#[test]
fn devices_that_come_and_go_are_told_until_nobody_wants_to_know() {
    let name = "devices_that_come_and_go_are_told_until_nobody_wants_to_know";
    with_devices(name, |devices| {
        assert!(ids(DeviceKind::Microphone).is_empty());
        devices.are(&alsa::null("first"));
        assert_eq!(ids(DeviceKind::Microphone), ["first"]);
        let server = server();
        let ann = Client::new(&server, &room(&server), "ann", |_| ());
        ann.meeting.watch_devices(true).unwrap();
        ann.meeting.watch_devices(true).unwrap();
        devices.are(&(alsa::null("second") + &alsa::default("second", "second")));
        for kind in ["microphone", "speaker"] {
            let changed = ann.next(EventType::DevicesChanged);
            assert_eq!(changed.text(), Some(kind));
            let told = json(&changed);
            let ids = |of: &str| {
                let devices = told[of].as_array().expect("a list").iter();
                let ids = devices.map(|it| it["id"].as_str().expect("an id").to_owned());
                let mut ids: Vec<String> = ids.collect();
                ids.sort();
                ids
            };
            assert_eq!(ids("added"), ["default", "second"], "{told}");
            assert_eq!(ids("removed"), ["first"], "{told}");
            assert_eq!(told["default"]["name"], "The default", "{told}");
        }
        let listed = list_devices(DeviceKind::Speaker).unwrap();
        let defaults: Vec<&Device> = listed.iter().filter(|it| it.is_default()).collect();
        assert_eq!((listed.len(), defaults.len()), (2, 1));
        ann.meeting.watch_devices(false).unwrap();
        devices.are("");
        std::thread::sleep(5 * SECOND);
        let told = ann.all();
        let changes = told
            .iter()
            .filter(|it| it.kind() == EventType::DevicesChanged);
        assert_eq!(changes.count(), 2);
    });
}

#[test]
fn a_device_that_is_asked_for_inside_a_callback_is_refused() {
    let name = "a_device_that_is_asked_for_inside_a_callback_is_refused";
    with_devices(name, |_| {
        let server = server();
        let ann = Client::new(&server, &room(&server), "ann", |_| ());
        let (sender, told) = std::sync::mpsc::channel();
        let sender = std::sync::Mutex::new(sender);
        let handler = move |_: &std::sync::Arc<Event>| {
            let listed = list_devices(DeviceKind::Speaker).map(drop);
            let _ = sender.lock().expect("one at a time").send(listed);
        };
        ann.meeting
            .set_event_handler(Some(std::sync::Arc::new(handler)))
            .unwrap();
        let refused = told.recv_timeout(LONG).expect("an event").unwrap_err();
        assert_eq!(refused.status(), Status::WouldDeadlock);
    });
}
