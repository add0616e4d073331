//! How sound and pictures get through networks that lose, delay, mix up and double packets.
//! `VSDK_NETWORK_MATRIX=full` tries all of them; by default it is a taste.

use std::time::{Duration, Instant};

use devserver::Server;
use media_tests::meetings::{Client, LONG, room, server};
use media_tests::network::{Network, Weather};
use media_tests::{added, frame_now, picture, picture_number, published, sound, sound_number};
use vsdk::media::{EncodedFrame, Pushed, ReceivedFrame, TrackKind, TrackOptions};
use vsdk::meeting::{EventType, LocalTrack, RemoteTrack};

const LENGTH: Duration = Duration::from_secs(6);
const PACKET: Duration = Duration::from_millis(20);
const PICTURE: Duration = Duration::from_millis(33);

/// One track from one end to the other.
struct Stream<'a> {
    track: &'a LocalTrack,
    remote: RemoteTrack,
    pace: Duration,
    next_at: Instant,
    make: Box<dyn FnMut(u32) -> EncodedFrame + 'a>,
    number_of: fn(&ReceivedFrame) -> u32,
    /// The next is to have that number.
    next: u32,
    last: Option<u32>,
    came_at: Instant,
    /// The first frame behind bad weather, and when that began; those from there on do not count.
    good: Option<(u32, Instant)>,
    figures: Figures,
}

/// What became of what was sent in bad weather.
#[derive(Clone, Copy, Default)]
struct Figures {
    sent: u32,
    arrived: u32,
    longest_pause: Duration,
    /// How long it took until something came of what was sent in good weather.
    recovery: Option<Duration>,
}

impl<'a> Stream<'a> {
    fn new(
        track: &'a LocalTrack,
        remote: RemoteTrack,
        pace: Duration,
        make: impl FnMut(u32) -> EncodedFrame + 'a,
        number_of: fn(&ReceivedFrame) -> u32,
    ) -> Self {
        Self {
            track,
            remote,
            pace,
            next_at: Instant::now(),
            make: Box::new(make),
            number_of,
            next: 0,
            last: None,
            came_at: Instant::now(),
            good: None,
            figures: Figures::default(),
        }
    }

    /// Sends what is due, and takes what is there.
    fn go_on(&mut self) {
        if Instant::now() >= self.next_at {
            self.next_at += self.pace;
            let frame = (self.make)(self.next);
            // Only what was taken can be missed.
            if self.track.push(frame).expect("a good frame") == Pushed::Queued {
                self.next += 1;
                self.figures.sent += u32::from(self.good.is_none());
            }
        }
        while let Some(frame) = frame_now(&self.remote) {
            let number = (self.number_of)(&frame);
            if let Some(last) = self.last {
                assert!(number > last, "{number} comes after {last}");
                assert!(
                    number == last + 1 || frame.follows_gap,
                    "nobody says what is missing between {last} and {number}"
                );
            }
            self.last = Some(number);
            match self.good {
                Some((first, at)) if number >= first => {
                    self.figures.recovery.get_or_insert(at.elapsed());
                }
                _ => self.figures.arrived += 1,
            }
            if self.figures.recovery.is_none() {
                let pause = self.came_at.elapsed();
                self.figures.longest_pause = self.figures.longest_pause.max(pause);
            }
            self.came_at = Instant::now();
        }
    }
}

/// Pictures of an encoder that does what it is told: of the size that the network carries, a key frame
/// being eight times as large as others.
fn encode(track: &LocalTrack) -> impl FnMut(u32) -> EncodedFrame + '_ {
    move |number| {
        let target = track.encoder_target(0).expect("a layer");
        let frame = picture(number, target.wants_key_frame, 0, (640, 360));
        let bits_per_second = f64::from(target.kbps) * 1000.0;
        let bytes = (bits_per_second / 8.0 * PICTURE.as_secs_f64()) as usize;
        let bytes = if frame.is_key_frame { 8 * bytes } else { bytes };
        let length = bytes.clamp(50, frame.data.len());
        EncodedFrame {
            data: frame.data[..length].into(),
            ..frame
        }
    }
}

fn go_on(streams: &mut [Stream; 2], what: &str, mut until: impl FnMut(&[Stream; 2]) -> bool) {
    let begin = Instant::now();
    while !until(streams) {
        assert!(begin.elapsed() < LONG, "{what}");
        streams.iter_mut().for_each(Stream::go_on);
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Sound and pictures in that weather.
fn measure(server: &Server, network: &Network, weather: Weather) -> [Figures; 2] {
    let room = room(server);
    let join = |id: &str| {
        let client = Client::new(server, &room, id, |_| ());
        client.join();
        client
    };
    let (ann, bob) = (join("ann"), join("bob"));
    let add = |kind: TrackKind| {
        let track = ann.meeting.add_track(&TrackOptions::new(kind));
        let track = track.expect("a track");
        published(&ann, &track);
        (track, added(&bob, kind.name()))
    };
    let (microphone, heard) = add(TrackKind::Audio);
    let (camera, seen) = add(TrackKind::Video);
    let number = |frame: &ReceivedFrame| picture_number(frame).0;
    let mut streams = [
        Stream::new(&microphone, heard, PACKET, sound, sound_number),
        Stream::new(&camera, seen, PICTURE, encode(&camera), number),
    ];
    let is_whole = |one: &Stream| one.figures.arrived > 10 && one.last == one.next.checked_sub(1);
    go_on(&mut streams, "not all comes in good weather", |streams| {
        streams.iter().all(is_whole)
    });
    for one in &mut streams {
        one.figures = Figures::default();
        one.came_at = Instant::now();
    }
    network.set(weather);
    let begin = Instant::now();
    go_on(&mut streams, "it never ends", |_| begin.elapsed() >= LENGTH);
    network.set(Weather::default());
    for one in &mut streams {
        one.good = Some((one.next, Instant::now()));
    }
    let has_recovered = |one: &Stream| one.figures.recovery.is_some();
    go_on(&mut streams, "nothing comes in good weather", |streams| {
        streams.iter().all(has_recovered)
    });
    for client in [&ann, &bob] {
        let kinds: Vec<EventType> = client.all().iter().map(|event| event.kind()).collect();
        assert!(!kinds.contains(&EventType::Reconnecting), "{kinds:?}");
    }
    let figures = streams.each_ref().map(|one| one.figures);
    bob.leave();
    ann.leave();
    figures
}

fn weather(loss_percent: u64, delay_ms: u64, mixes: bool) -> Weather {
    let percent = if mixes { 10 } else { 0 };
    Weather {
        loss_percent,
        delay: Duration::from_millis(delay_ms),
        late_percent: percent,
        twice_percent: percent,
        ..Weather::default()
    }
}

/// The networks to try.
fn cells() -> Vec<Weather> {
    let every = || {
        let losses = [0, 5, 15, 30].into_iter();
        let delays = losses.flat_map(|loss| [0, 50, 150, 300].map(|delay| (loss, delay)));
        delays.flat_map(|(loss, delay)| [false, true].map(|mixes| weather(loss, delay, mixes)))
    };
    match std::env::var("VSDK_NETWORK_MATRIX").as_deref() {
        Ok("full") => every().collect(),
        Ok(other) => panic!("VSDK_NETWORK_MATRIX is full or not set, not {other}"),
        Err(_) => vec![
            weather(0, 300, true),
            weather(5, 50, false),
            weather(15, 0, false),
            weather(30, 150, true),
        ],
    }
}

fn row(weather: &Weather, [sound, pictures]: &[Figures; 2]) -> String {
    let told = |figures: &Figures| {
        let percent = 100.0 * f64::from(figures.arrived) / f64::from(figures.sent.max(1));
        format!(
            "{}/{} ({percent:.0} %) | {} ms | {} ms",
            figures.arrived,
            figures.sent,
            figures.longest_pause.as_millis(),
            figures.recovery.unwrap_or_default().as_millis()
        )
    };
    format!(
        "| {} % | {} ms | {} % | {} | {} |",
        weather.loss_percent,
        weather.delay.as_millis(),
        weather.late_percent,
        told(sound),
        told(pictures)
    )
}

#[test]
fn sound_and_pictures_get_through_as_well_as_the_network_lets_them() {
    let server = server();
    let network = Network::new(&server);
    println!(
        "| Lost | Delay | Late, twice | Sound | pause | recovery | Pictures | pause | recovery |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for weather in cells() {
        let figures = measure(&server, &network, weather);
        let row = row(&weather, &figures);
        println!("{row}");
        let [sound, pictures] = figures;
        let part = |figures: Figures| f64::from(figures.arrived) / f64::from(figures.sent);
        // Packets of sound are not sent again; there are two ways to go.
        let passes = (1.0 - weather.loss_percent as f64 / 100.0).powi(2);
        match (weather.loss_percent, weather.late_percent) {
            (0, 0) => assert_eq!(sound.arrived, sound.sent, "{row}"),
            // Who is overtaken on both ways is not waited for.
            (0, _) => assert!(part(sound) > 0.95, "{row}"),
            _ => assert!(part(sound) > passes * 0.8, "{row}"),
        }
        // Those that were lost are there before anybody notices, where the way is short.
        let is_short = weather.delay <= Duration::from_millis(50);
        match weather.loss_percent {
            0 => assert_eq!(pictures.arrived, pictures.sent, "{row}"),
            ..=5 if is_short => assert!(part(pictures) > 0.8, "{row}"),
            // Where a packet stays lost once, three seconds of the six can pass: what asks for a key frame
            // gets lost as well, and so does the key frame.
            ..=15 if is_short => assert!(part(pictures) > 0.4, "{row}"),
            _ => {}
        }
    }
}
