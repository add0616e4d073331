//! The sample `meet` on a screen that nobody sees, judged by what is on it. tests/meet.sh runs this,
//! where there are Xvfb and SDL.

#[path = "../../support/mod.rs"]
mod support;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use media_tests::meetings::{Client, room, server};
use media_tests::pictures::Camera;
use media_tests::published;
use media_tests::sound::Microphone;
use support::{Compilation, Language, Program};
use vsdk::media::{TrackKind, TrackOptions};

const LIBRARIES: [&str; 3] = ["sdl2", "SDL2_ttf", "SDL2_image"];

type Colour = [u8; 3];

/// What meet draws with.
const BACKGROUND: Colour = [17, 20, 26];
const TILE: Colour = [31, 36, 46];
const SPEAKING: Colour = [52, 211, 120];
const MUTED: Colour = [248, 96, 96];

/// Two bars of meet's own test pattern: three quarters of yellow and of blue.
const YELLOW: Colour = [191, 191, 0];
const BLUE: Colour = [0, 0, 191];

fn compile(name: &str, source: &str) -> Program {
    let output = Command::new("pkg-config")
        .args(["--cflags", "--libs"])
        .args(LIBRARIES)
        .output()
        .expect("pkg-config, which tests/meet.sh looks for");
    assert!(output.status.success(), "{output:?}");
    let flags = String::from_utf8(output.stdout).expect("text");
    // Their headers are not judged as ours are; and libraries come before what needs them.
    let flags: Vec<String> = flags
        .split_whitespace()
        .map(|flag| match flag.strip_prefix("-I") {
            Some(folder) => format!("-isystem{folder}"),
            None => flag.to_owned(),
        })
        .collect();
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    Compilation::new(name, Language::Cxx)
        .flags(&[
            "-std=c++17",
            "-Wshadow",
            "-Wconversion",
            "-Wl,--no-as-needed",
        ])
        .flags(&flags)
        .source(source)
        .build()
}

/// A screen that lives as long as this.
struct Screen {
    server: Child,
    display: String,
    _told: BufReader<ChildStdout>,
}

impl Screen {
    fn new() -> Self {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x800x24"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb, which tests/meet.sh looks for");
        let mut told = BufReader::new(server.stdout.take().expect("piped"));
        let mut number = String::new();
        told.read_line(&mut number).expect("text");
        Self {
            server,
            display: format!(":{}", number.trim()),
            _told: told,
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// What was on the screen.
struct Picture {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

/// A part of it, in thousandths of its width and height.
#[derive(Clone, Copy, Debug)]
struct Part {
    across: (usize, usize),
    down: (usize, usize),
}

impl Picture {
    fn read(reader: &Program, path: &str) -> Self {
        let output = reader.command(&[path]).output().expect("compiled");
        assert!(output.status.success(), "{output:?}");
        let number =
            |at: usize| u32::from_le_bytes(output.stdout[at..at + 4].try_into().unwrap()) as usize;
        Self {
            width: number(0),
            height: number(4),
            pixels: output.stdout[8..].to_vec(),
        }
    }

    /// How many thousandths of a part have nearly that colour.
    fn share(&self, part: Part, colour: Colour) -> usize {
        let scaled = |(begin, end): (usize, usize), length: usize| {
            begin * length / 1000..end * length / 1000
        };
        let (mut alike, mut all) = (0, 0);
        for row in scaled(part.down, self.height) {
            for column in scaled(part.across, self.width) {
                let at = (row * self.width + column) * 3;
                let pixel = &self.pixels[at..at + 3];
                let is_alike = pixel
                    .iter()
                    .zip(colour)
                    .all(|(one, other)| one.abs_diff(other) <= 24);
                alike += usize::from(is_alike);
                all += 1;
            }
        }
        alike * 1000 / all
    }

    /// What is not as it should be.
    fn complaints(&self) -> Vec<String> {
        // Four tiles, two by two: the own one, and in the order in which they came Bob, Cid and Dan.
        let tile = |column: usize, row: usize| Part {
            across: (25 + 490 * column, 490 + 490 * column),
            down: (70 + 433 * row, 478 + 433 * row),
        };
        let [own, bob, cid, dan] = [tile(0, 0), tile(1, 0), tile(0, 1), tile(1, 1)];
        // The microphone and the first letters behind it, in the lower left corner.
        let corner = |tile: Part, across: (usize, usize)| Part {
            across: (tile.across.0 + across.0, tile.across.0 + across.1),
            down: (tile.down.1 - 50, tile.down.1 - 6),
        };
        let microphone = |tile| corner(tile, (10, 32));
        let name = |tile| corner(tile, (35, 60));
        let everywhere = Part {
            across: (0, 1000),
            down: (0, 1000),
        };
        let footer = Part {
            across: (300, 700),
            down: (920, 1000),
        };
        let white = [240, 243, 248];
        let expectations = [
            ("yellow in the own tile", own, YELLOW, 40..300),
            ("blue in the own tile", own, BLUE, 40..300),
            ("yellow in Bob's tile", bob, YELLOW, 0..10),
            ("the colour of a tile in Bob's", bob, TILE, 0..100),
            ("the colour of a tile in Cid's", cid, TILE, 600..1000),
            ("yellow in Dan's tile", dan, YELLOW, 40..300),
            ("a frame", everywhere, SPEAKING, 3..40),
            ("a frame in the own tile", own, SPEAKING, 0..6),
            ("a frame in Dan's tile", dan, SPEAKING, 0..6),
            (
                "a crossed microphone in Cid's tile",
                microphone(cid),
                MUTED,
                10..500,
            ),
            (
                "a crossed microphone in Bob's tile",
                microphone(bob),
                MUTED,
                0..1,
            ),
            ("the own name", name(own), white, 20..500),
            ("Bob's name", name(bob), white, 20..500),
            ("Cid's name", name(cid), white, 20..500),
            ("what the keys do", footer, [148, 158, 174], 5..500),
            ("background", everywhere, BACKGROUND, 50..500),
        ];
        let mut complaints = Vec::new();
        for (what, part, colour, expected) in expectations {
            let share = self.share(part, colour);
            if !expected.contains(&share) {
                complaints.push(format!(
                    "{what}: {share} of 1000 instead of {expected:?} in {part:?}"
                ));
            }
        }
        let edge = self.share(self.right_edge_of(bob), SPEAKING);
        if edge < 50 {
            complaints.push(format!("no frame beside Bob's tile: {edge} of 1000"));
        }
        complaints
    }

    /// A strip over the edge of a tile, where its frame is.
    fn right_edge_of(&self, tile: Part) -> Part {
        Part {
            across: (tile.across.1 - 10, 1000),
            down: (tile.down.0 + 100, tile.down.1 - 100),
        }
    }
}

/// How many tenths of a second Bob's tone is played: floating point samples in stereo, at 48 kHz.
fn tenths_with_tone(file: &[u8]) -> usize {
    let left = file
        .chunks_exact(8)
        .map(|frame| f32::from_le_bytes(frame[..4].try_into().expect("four bytes")));
    let left: Vec<f32> = left.collect();
    let has_tone = |part: &&[f32]| {
        let rises = part
            .windows(2)
            .filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0);
        let loudest = part.iter().fold(0.0_f32, |most, it| most.max(it.abs()));
        loudest > 0.1 && rises.count().abs_diff(44) <= 2
    };
    left.chunks_exact(4_800).filter(has_tone).count()
}

#[test]
#[ignore = "needs Xvfb and SDL: run tests/meet.sh"]
fn meet_shows_everybody_with_names_and_a_frame_around_who_speaks() {
    let meet = compile("meet", "examples/cpp/meet.cpp");
    let reader = compile("png_pixels", "tests/media/programs/png_pixels.cpp");
    let pictures = Path::new(env!("CARGO_TARGET_TMPDIR")).join("meet");
    std::fs::create_dir_all(&pictures).expect("the target directory is writable");
    let screen = Screen::new();
    let server = server();
    let token = server.token();

    // On a busy machine it takes longer until all is there.
    let mut complaints = Vec::new();
    for seconds in [12_u64, 30, 60] {
        let room = room(&server);
        let path = |name: &str| {
            let path = pictures.join(format!("{name}.png"));
            path.to_str().expect("test paths are plain text").to_owned()
        };
        let sound = |name: &str| pictures.join(format!("{name}.raw"));
        let start = |name: &str, after: u64| {
            let _ = std::fs::remove_file(path(name));
            let (after, path) = (after.to_string(), path(name));
            let service = ["--token", &token, "--api-url", server.http_url()];
            let more = [
                "--room",
                &room,
                "--name",
                name,
                "--after",
                &after,
                "--screenshot",
                &path,
            ];
            meet.command(&[&service[..], &more].concat())
                .env("DISPLAY", &screen.display)
                // What would be played goes into a file; there is nothing to record.
                .env("SDL_AUDIODRIVER", "disk")
                .env("SDL_DISKAUDIOFILE", sound(name))
                .env("SDL_DISKAUDIOFILEIN", pictures.join("nothing.raw"))
                .stdout(Stdio::null())
                .spawn()
                .expect("compiled")
        };
        let mut ann = start("Ann", seconds);
        let joined = |id: &str| {
            let client = Client::new(&server, &room, id, |_| ());
            client.join();
            client
        };
        // Bob films and speaks, Cid does neither, and Dan is another window.
        let watcher = joined("Eve");
        watcher.next_where("Ann", |event| event.participant_name() == Some("Ann"));
        watcher.leave();
        let bob = joined("Bob");
        let camera = bob
            .meeting
            .add_track(&TrackOptions::new(TrackKind::Video))
            .expect("a track");
        published(&bob, &camera);
        let _camera = Camera::new(camera.video_input().expect("raw pictures"), (320, 180), 8);
        let cid = joined("Cid");
        let mut dan = start("Dan", seconds + 5);
        cid.next_where("Dan", |event| event.participant_name() == Some("Dan"));
        std::thread::sleep(Duration::from_millis(500));
        let voice = bob
            .meeting
            .add_track(&TrackOptions::new(TrackKind::Audio))
            .expect("a track");
        published(&bob, &voice);
        let format = vsdk::media::AudioFormat::new(48_000, 1).expect("a good format");
        let _voice = Microphone::new(voice.audio_input(format).expect("raw sound"), 440.0);

        assert!(ann.wait().expect("our own child").success());
        assert!(dan.wait().expect("our own child").success());
        complaints = Picture::read(&reader, &path("Ann")).complaints();
        let tenths = tenths_with_tone(&std::fs::read(sound("Ann")).expect("played"));
        if tenths < 20 {
            complaints.push(format!(
                "Bob is heard for {tenths} tenths of a second alone"
            ));
        }
        if complaints.is_empty() {
            return;
        }
        println!("after {seconds} s: {complaints:#?}");
    }
    panic!("{complaints:#?}, see {}", pictures.display());
}
