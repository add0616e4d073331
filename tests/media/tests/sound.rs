//! Raw sound through the real media server, judged by what is heard.

use std::time::{Duration, Instant};

use devserver::Server;
use media_tests::meetings::{Client, LONG, room, server};
use media_tests::network::{Network, Weather};
use media_tests::sound::{CountingAllocator, Heard, LEVEL, Microphone, listen};
use media_tests::{added, published};
use vsdk::media::{AudioFormat, AudioOutput, AudioProfile, TrackKind, TrackOptions};
use vsdk::meeting::{LocalTrack, RemoteTrack};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

const SECOND: Duration = Duration::from_secs(1);

fn format(sample_rate: u32, channels: usize) -> AudioFormat {
    AudioFormat::new(sample_rate, channels).expect("a good format")
}

fn joined(server: &Server, room: &str, id: &str) -> Client {
    let client = Client::new(server, room, id, |_| ());
    client.join();
    client
}

/// Somebody's microphone, which hears a tone.
fn microphone(client: &Client, profile: AudioProfile, hertz: f32) -> (LocalTrack, Microphone) {
    let mut options = TrackOptions::new(TrackKind::Audio);
    options.set_audio_profile(profile);
    let track = client.meeting.add_track(&options).unwrap();
    published(client, &track);
    let input = track.audio_input(format(48_000, 1)).unwrap();
    (track, Microphone::new(input, hertz))
}

/// What is heard from the moment on in which all of it comes in time: on a machine that is busy with
/// other things, some does not.
fn heard(output: &AudioOutput, time: Duration) -> Heard {
    let begin = Instant::now();
    loop {
        let heard = listen(output, time);
        if heard.concealed_frames + heard.silent_frames == 0 {
            return heard;
        }
        let (all, made_up) = (heard.samples.len(), heard.concealed_frames);
        println!("{made_up} of {all} frames were made up, once more");
        assert!(begin.elapsed() < LONG, "it is never heard whole");
    }
}

fn playout(client: &Client, track: &RemoteTrack) -> vsdk::media::PlayoutStatistics {
    let statistics = client.meeting.media_statistics();
    let mut tracks = statistics.tracks.into_iter();
    let found = tracks
        .find(|one| one.track_id == track.id())
        .expect("there");
    found.playout.expect("it is played")
}

#[test]
fn a_tone_is_heard_at_its_pitch_and_level_and_costs_no_memory() {
    let server = server();
    let room = room(&server);
    let (ann, bob) = (joined(&server, &room, "ann"), joined(&server, &room, "bob"));
    let (_track, microphone) = microphone(&ann, AudioProfile::SpeechStandard, 440.0);
    let track = added(&bob, "audio");
    for (sample_rate, channels) in [(48_000, 1), (44_100, 2), (8_000, 1)] {
        let output = track.audio_output(format(sample_rate, channels)).unwrap();
        let heard = heard(&output, 3 * SECOND);
        let (hertz, level) = heard.loudest();
        assert_eq!(hertz, 440, "at {sample_rate} Hz");
        assert!(
            (level - LEVEL).abs() < LEVEL * 0.15,
            "{level} at {sample_rate} Hz"
        );
        assert!(
            heard.longest_gap(440) < SECOND / 10,
            "{:?}",
            heard.longest_gap(440)
        );
        assert_eq!(heard.memory_requests, 0, "while pulling");
        let statistics = playout(&bob, &track);
        assert!(statistics.delay_ms < 600.0, "{statistics:?}");
        assert!(statistics.played_frames > 3 * 47_000, "{statistics:?}");
        println!(
            "{sample_rate} Hz: level {level:.3}, {} of {} frames concealed, delay {:.0} ms, target {:.0} ms",
            heard.concealed_frames,
            heard.samples.len(),
            statistics.delay_ms,
            statistics.target_delay_ms
        );
    }
    assert_eq!(microphone.memory_requests(), 0, "while pushing");
    let [queued, _, full] = microphone.answers();
    assert!(queued > 300 && full == 0, "{:?}", microphone.answers());
    // What was taken is given back.
    let begin = Instant::now();
    while media_tests::frame_now(&track).is_none() {
        assert!(begin.elapsed() < LONG, "no frame comes any more");
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_tone_is_still_heard_when_packets_get_lost() {
    let server = server();
    let network = Network::new(&server);
    let room = room(&server);
    let (ann, bob) = (joined(&server, &room, "ann"), joined(&server, &room, "bob"));
    let (_track, _microphone) = microphone(&ann, AudioProfile::SpeechLowQuality, 440.0);
    let track = added(&bob, "audio");
    let output = track.audio_output(format(48_000, 1)).unwrap();
    heard(&output, SECOND);
    // On both ways of each packet, so that nearly twice as many get lost.
    let phases = [(5, 0.5, 400), (20, 0.3, 800)].map(|(loss_percent, least, longest_gap)| {
        network.set(Weather {
            loss_percent,
            delay: Duration::from_millis(10),
            ..Weather::default()
        });
        let heard = listen(&output, 6 * SECOND);
        let statistics = playout(&bob, &track);
        (loss_percent, least, longest_gap, heard, statistics)
    });
    // Judging takes seconds, in which nobody would listen, and sound would wait.
    for (loss_percent, least, longest_gap, heard, statistics) in phases {
        let (hertz, level) = heard.loudest();
        let gap = heard.longest_gap(440);
        println!(
            "{loss_percent} % of loss twice: level {level:.3}, longest gap {gap:?}, {} of {} frames concealed, delay {:.0} ms",
            heard.concealed_frames,
            heard.samples.len(),
            statistics.delay_ms
        );
        assert_eq!(hertz, 440, "at {loss_percent} %");
        assert!(level > LEVEL * least, "{level} at {loss_percent} %");
        assert!(
            gap < Duration::from_millis(longest_gap),
            "{gap:?} at {loss_percent} %"
        );
        assert!(heard.concealed_frames > 0, "at {loss_percent} %");
        assert!(statistics.delay_ms < 600.0, "{statistics:?}");
    }
}

#[test]
fn a_mixer_hears_everybody_who_comes_and_nobody_who_has_gone() {
    let server = server();
    let room = room(&server);
    let (ann, bob) = (joined(&server, &room, "ann"), joined(&server, &room, "bob"));
    let (_track, _low) = microphone(&ann, AudioProfile::SpeechStandard, 440.0);
    added(&bob, "audio");
    let mixer = bob.meeting.audio_mixer(format(48_000, 2)).unwrap();
    let alone = heard(&mixer, 2 * SECOND);
    assert!(alone.level(440) > LEVEL * 0.8 && alone.level(1000) < LEVEL * 0.1);

    let cid = joined(&server, &room, "cid");
    let (_track, high) = microphone(&cid, AudioProfile::SpeechStandard, 1000.0);
    let second = added(&bob, "audio");
    let begin = Instant::now();
    while listen(&mixer, SECOND).level(1000) < LEVEL * 0.8 {
        assert!(begin.elapsed() < LONG, "the other tone is not heard");
    }
    let both = heard(&mixer, 2 * SECOND);
    for hertz in [440, 1000] {
        let level = both.level(hertz);
        assert!((level - LEVEL).abs() < LEVEL * 0.2, "{level} at {hertz}");
    }
    assert!(both.level(700) < LEVEL * 0.05, "nothing else");
    assert_eq!(both.memory_requests, 0);
    // One of them alone, beside the mixer.
    let one = second.audio_output(format(16_000, 1)).unwrap();
    let one = heard(&one, SECOND);
    assert!(one.level(1000) > LEVEL * 0.7 && one.level(440) < LEVEL * 0.1);

    drop(high);
    cid.leave();
    let begin = Instant::now();
    while listen(&mixer, SECOND).level(1000) > LEVEL * 0.05 {
        assert!(begin.elapsed() < LONG, "who has gone is still heard");
    }
    assert!(listen(&mixer, SECOND).level(440) > LEVEL * 0.8);
}

#[test]
fn a_track_that_is_switched_off_is_silent_and_a_meeting_that_is_left_takes_nothing() {
    let server = server();
    let room = room(&server);
    let (ann, bob) = (joined(&server, &room, "ann"), joined(&server, &room, "bob"));
    let (track, microphone) = microphone(&ann, AudioProfile::SpeechStandard, 440.0);
    let first = added(&bob, "audio");
    let mixer = bob.meeting.audio_mixer(format(48_000, 1)).unwrap();
    heard(&mixer, SECOND);

    track.set_enabled(false);
    let begin = Instant::now();
    while listen(&mixer, SECOND).silent_frames < 48_000 {
        assert!(begin.elapsed() < LONG, "it is still heard");
    }
    assert!(microphone.answers()[1] > 0, "{:?}", microphone.answers());
    track.set_enabled(true);
    let again = added(&bob, "audio");
    assert_ne!(first.id(), again.id());
    let again = heard(&mixer, 2 * SECOND);
    assert!(again.level(440) > LEVEL * 0.7, "{}", again.level(440));

    ann.leave();
    let before = microphone.answers();
    let begin = Instant::now();
    while microphone.answers()[1] < before[1] + 20 {
        assert!(begin.elapsed() < LONG, "{:?}", microphone.answers());
        std::thread::sleep(Duration::from_millis(10));
    }
    bob.leave();
    let begin = Instant::now();
    while listen(&mixer, SECOND / 10).silent_frames < 4_800 {
        assert!(begin.elapsed() < LONG, "it is still heard");
    }
}
