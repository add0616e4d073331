//! The samples `send_file` and `record`: what the one sends, the other writes, in files that are made
//! and read here by code of its own.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Stdio};

use media_tests::meetings::{room, server};

use crate::FLAGS;
use crate::support::{self, Compilation, Language, Program};

const PACKETS: u32 = 100;
const PICTURES: u32 = 60;

fn sample(name: &str, language: Language) -> Program {
    let (folder, extension, standard): (_, _, &[&str]) = match language {
        // They use POSIX, which a strict standard hides.
        Language::C => ("c", "c", &["-std=c99", "-D_DEFAULT_SOURCE"]),
        Language::Cxx => ("cpp", "cpp", &["-std=c++17"]),
    };
    Compilation::new(&format!("{name}-{folder}"), language)
        .flags(standard)
        .flags(FLAGS)
        .source(format!("examples/{folder}/{name}.{extension}"))
        .build()
}

/// A packet of Opus of 20 ms as far as anybody looks into it on the way; their lengths end in 255
/// and 0 too, where Ogg is particular.
fn packet(number: u32) -> Vec<u8> {
    let mut packet = vec![0xfc];
    packet.extend(number.to_be_bytes());
    let length = [80, 255, 510, 600][number as usize % 4];
    packet.resize(length, 0x55);
    packet
}

/// A page of Ogg with these packets; its checksum is left out, as nobody looks at it there.
fn page(number: u32, packets: &[Vec<u8>]) -> Vec<u8> {
    let mut lacing = Vec::new();
    for packet in packets {
        lacing.extend(vec![255; packet.len() / 255]);
        lacing.push((packet.len() % 255) as u8);
    }
    let mut page = b"OggS\0\0".to_vec();
    page.extend([0; 8]);
    page.extend(7_u32.to_le_bytes());
    page.extend(number.to_le_bytes());
    page.extend([0; 4]);
    page.push(lacing.len() as u8);
    page.extend(lacing);
    page.extend(packets.concat());
    page
}

fn ogg() -> Vec<u8> {
    let mut file = page(0, &[b"OpusHead\x01\x02\0\0\0\0\0\0\0\0\0".to_vec()]);
    file.extend(page(1, &[b"OpusTags\0\0\0\0\0\0\0\0".to_vec()]));
    for first in (0..PACKETS).step_by(4) {
        let packets: Vec<Vec<u8>> = (first..first + 4).map(packet).collect();
        file.extend(page(first / 4 + 2, &packets));
    }
    file
}

/// The packets of an Ogg file behind its two headers, and where the last of them ends.
fn packets(mut file: &[u8]) -> (Vec<Vec<u8>>, u64) {
    let (mut packets, mut open, mut position) = (Vec::new(), Vec::new(), 0);
    while !file.is_empty() {
        assert_eq!(&file[..4], b"OggS");
        position = u64::from_le_bytes(file[6..14].try_into().unwrap());
        let count = usize::from(file[26]);
        let (lacing, mut body) = file[27..].split_at(count);
        for &length in lacing {
            let (segment, rest) = body.split_at(usize::from(length));
            open.extend_from_slice(segment);
            body = rest;
            if length < 255 {
                packets.push(std::mem::take(&mut open));
            }
        }
        if body.is_empty() {
            assert_eq!(file[5], 4, "the last page says that it is the last");
        }
        assert_checksum(&file[..file.len() - body.len()]);
        file = body;
    }
    assert!(packets[0].starts_with(b"OpusHead") && packets[1].starts_with(b"OpusTags"));
    (packets.split_off(2), position)
}

/// RFC 3533, 6: the remainder of the page with 0 in the place of the checksum.
fn assert_checksum(page: &[u8]) {
    let mut sum = 0_u32;
    for (at, &byte) in page.iter().enumerate() {
        sum ^= u32::from(if (22..26).contains(&at) { 0 } else { byte }) << 24;
        for _ in 0..8 {
            sum = (sum << 1) ^ ((sum >> 31) * 0x04c1_1db7);
        }
    }
    assert_eq!(sum.to_le_bytes(), page[22..26]);
}

/// A picture of VP8 as far as anybody looks into it on the way.
fn picture(number: u32) -> Vec<u8> {
    let is_key_frame = number.is_multiple_of(20);
    let mut picture = vec![if is_key_frame { 0x10 } else { 0x11 }, 0, 0];
    if is_key_frame {
        picture.extend([0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01]);
    }
    picture.extend(number.to_be_bytes());
    picture.resize(if is_key_frame { 6000 } else { 700 }, 0x66);
    picture
}

fn ivf() -> Vec<u8> {
    let mut file = b"DKIF\0\0\x20\0VP80\x80\x02\x68\x01".to_vec();
    for number in [30, 1, PICTURES, 0] {
        file.extend(number.to_le_bytes());
    }
    for number in 0..PICTURES {
        let picture = picture(number);
        file.extend((picture.len() as u32).to_le_bytes());
        file.extend(u64::from(number).to_le_bytes());
        file.extend(picture);
    }
    file
}

/// The pictures of an IVF file, with their times in microseconds.
fn pictures(file: &[u8]) -> Vec<(u64, Vec<u8>)> {
    let number = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap());
    assert_eq!(&file[..16], b"DKIF\0\0\x20\0VP80\x80\x02\x68\x01");
    assert_eq!((number(16), number(20)), (1_000_000, 1));
    let mut pictures = Vec::new();
    let mut at = 32;
    while at < file.len() {
        let length = number(at) as usize;
        let picture = file[at + 12..at + 12 + length].to_vec();
        pictures.push((u64::from(number(at + 4)), picture));
        at += 12 + length;
    }
    assert_eq!(number(24) as usize, pictures.len());
    pictures
}

/// Access units of H.264 as far as anybody looks into them on the way, some of two slices.
fn h264() -> Vec<u8> {
    let mut file = Vec::new();
    let mut unit = |begin: &[u8], length: usize| {
        file.extend([0, 0, 0, 1]);
        file.extend(begin);
        file.extend(vec![0x77; length]);
    };
    for number in 0..PICTURES as u8 {
        if number.is_multiple_of(20) {
            unit(&[0x67, 0x42, 0xc0, 0x1f, 0xda], 6);
            unit(&[0x68, 0xce, 0x3c, 0x80], 0);
            unit(&[0x65, 0x88, number | 0x80], 5000);
        } else {
            unit(&[0x41, 0x9a, number | 0x80], 600);
            unit(&[0x41, 0x1a, number | 0x80], 300); // Does not begin a picture.
        }
    }
    file
}

/// `record`, once it records; it ends with its input.
struct Recorder {
    child: std::process::Child,
    input: ChildStdin,
    output: BufReader<std::process::ChildStdout>,
}

impl Recorder {
    fn start(program: &Program, arguments: &[&str]) -> Recorder {
        let mut command = program.command(arguments);
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("it was compiled");
        let mut output = BufReader::new(child.stdout.take().expect("piped"));
        let mut line = String::new();
        while line != "* recording\n" {
            line.clear();
            let length = output.read_line(&mut line).expect("text");
            assert_ne!(length, 0, "it has ended");
        }
        let input = child.stdin.take().expect("piped");
        Recorder {
            child,
            input,
            output,
        }
    }

    fn end(mut self) -> String {
        drop(self.input);
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).expect("text");
        assert!(self.child.wait().expect("our own child").success());
        rest
    }
}

/// An empty folder.
fn folder(name: &str) -> PathBuf {
    let folder = support::scratch().join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the target directory is writable");
    folder
}

fn text(path: &Path) -> &str {
    path.to_str().expect("test paths are plain text")
}

#[test]
fn what_send_file_sends_record_writes() {
    let sent = folder("sent");
    let files = [("a.ogg", ogg()), ("b.ivf", ivf()), ("c.h264", h264())];
    let files = files.map(|(name, bytes)| {
        fs::write(sent.join(name), bytes).expect("written");
        sent.join(name)
    });
    for (sends, records) in [(Language::C, Language::Cxx), (Language::Cxx, Language::C)] {
        let server = server();
        let room = room(&server);
        let token = server.token();
        let service = ["--token", &token, "--api-url", server.http_url()];
        let recorded = folder("recorded");
        let further = ["--room", &room, "--directory", text(&recorded)];
        let recorder = sample("record", records);
        let recorder = Recorder::start(&recorder, &[&service[..], &further].concat());
        let mut arguments = service.to_vec();
        arguments.extend(["--room", &room, "--name", "Ann", "--delay", "4"]);
        arguments.extend(files.iter().map(|path| text(path)));
        let told = sample("send_file", sends).succeed(&arguments);
        let expected = files.each_ref().map(|path| {
            let number = if path.ends_with("a.ogg") {
                PACKETS
            } else {
                PICTURES
            };
            format!("* {}: {number} frames sent, 0 not taken\n", path.display())
        });
        assert_eq!(
            told,
            format!("room {room}\n* sending\n{}", expected.concat())
        );
        let told = recorder.end();

        let path = |extension: &str| {
            let of_kind =
                |entry: &fs::DirEntry| entry.path().extension().is_some_and(|it| it == extension);
            let mut entries = fs::read_dir(&recorded).expect("there").map(Result::unwrap);
            let found = entries.find(of_kind);
            found
                .unwrap_or_else(|| panic!("no {extension}: {told}"))
                .path()
        };
        assert_eq!(fs::read_dir(&recorded).expect("there").count(), 3, "{told}");
        assert!(path("ogg").ends_with("1-audio.ogg"), "{told}");

        let (heard, end) = packets(&fs::read(path("ogg")).unwrap());
        assert_eq!(heard, (0..PACKETS).map(packet).collect::<Vec<_>>());
        assert_eq!(end, u64::from(PACKETS) * 960);
        let seen = pictures(&fs::read(path("ivf")).unwrap());
        assert_eq!(seen.len(), PICTURES as usize);
        for (number, (time, seen)) in (0..).zip(seen) {
            assert_eq!(seen, picture(number));
            // A clock of 90 kHz was between.
            let exact = u64::from(number) * 1_000_000 / 30;
            assert!(time.abs_diff(exact) <= 50, "{time} for {exact}");
        }
        assert_eq!(fs::read(path("h264")).unwrap(), h264());
    }
}

const SAID_RATE: u32 = 22_050;
const HEARD_RATE: u32 = 48_000;

/// A tone of some seconds as a WAV file.
fn wav(seconds: u32, hertz: f32) -> Vec<u8> {
    let samples = (0..seconds * SAID_RATE).flat_map(|frame| {
        let phase = frame as f32 * hertz / SAID_RATE as f32 * std::f32::consts::TAU;
        ((phase.sin() * 9_000.0) as i16).to_le_bytes()
    });
    let samples: Vec<u8> = samples.collect();
    let mut file = b"RIFF\0\0\0\0WAVELIST\x03\0\0\0abc\0fmt \x10\0\0\0\x01\0\x01\0".to_vec();
    file.extend(SAID_RATE.to_le_bytes());
    file.extend((SAID_RATE * 2).to_le_bytes());
    file.extend(b"\x02\0\x10\0data");
    file.extend((samples.len() as u32).to_le_bytes());
    file.extend(samples);
    file
}

/// How often the left channel of a file that `talk` wrote goes up through zero where it is loud.
fn crossings(file: &[u8]) -> (usize, usize) {
    assert_eq!(&file[..4], b"RIFF");
    assert_eq!(file[24..28], HEARD_RATE.to_le_bytes());
    assert_eq!(file[40..44], (file.len() as u32 - 44).to_le_bytes());
    let left: Vec<i16> = file[44..]
        .chunks_exact(4)
        .map(|frame| i16::from_le_bytes([frame[0], frame[1]]))
        .collect();
    let block = HEARD_RATE as usize / 10;
    let loud = left
        .chunks_exact(block)
        .filter(|block| block.iter().any(|it| *it > 3_000));
    let counts: Vec<usize> = loud
        .map(|block| {
            block
                .windows(2)
                .filter(|pair| pair[0] < 0 && pair[1] >= 0)
                .count()
        })
        .collect();
    (counts.iter().sum(), counts.len())
}

#[test]
fn what_talk_says_another_talk_hears() {
    talk_and_listen(Language::C);
}

#[test]
fn what_talk_says_another_talk_hears_in_cxx() {
    talk_and_listen(Language::Cxx);
}

fn talk_and_listen(language: Language) {
    let folder = folder(if language == Language::C {
        "talk-in-c"
    } else {
        "talk-in-cpp"
    });
    let [said, heard, nothing, broken] =
        ["said.wav", "heard.wav", "nothing.wav", "broken.wav"].map(|name| folder.join(name));
    fs::write(&said, wav(4, 440.0)).expect("written");
    let server = server();
    let room = room(&server);
    let token = server.token();
    let service = [
        "--token",
        &token,
        "--api-url",
        server.http_url(),
        "--room",
        &room,
    ];
    let talk = sample("talk", language);
    let listens = ["--output", text(&heard), "--seconds", "8"];
    let listener = talk.command(&[&service[..], &listens].concat()).spawn();
    let mut listener = listener.expect("it was compiled");
    let says = ["--input", text(&said), "--output", text(&nothing)];
    let told = talk.succeed(&[&service[..], &says].concat());
    assert!(
        told.ends_with("* talking\n* 0.0 s were heard, 0.0 s of that made up\n"),
        "{told}"
    );
    assert!(listener.wait().expect("our own child").success());
    let (crossings, tenths) = crossings(&fs::read(&heard).expect("written"));
    assert!(tenths >= 20, "{tenths} tenths of a second were loud");
    // 44 in a tenth of a second.
    let each = crossings as f32 / tenths as f32;
    assert!((each - 44.0).abs() < 2.0, "{each} in a tenth of a second");
    let (_, tenths) = self::crossings(&fs::read(&nothing).expect("written"));
    assert_eq!(tenths, 0, "nobody hears themselves");

    let fails = |further: &[&str], says: &str| {
        let output = talk.run(&[&service[..], further].concat());
        assert_eq!(output.code, Some(1), "{further:?} {output:?}");
        assert!(output.stderr.contains(says), "{says}: {output:?}");
    };
    fs::write(&broken, &wav(1, 440.0)[..40]).expect("written");
    fails(&["--input", text(&broken)], "there is no sound in it");
    fails(&["--input", text(&folder)], "it is no WAV file");
    fails(&["--input", "/nowhere"], "it cannot be opened");
    fails(
        &["--input", text(&said), "--output", "/nowhere/at/all"],
        "cannot write",
    );
    fails(&[], "without --input");
    fails(&["--seconds", "0"], "--seconds wants");
    assert!(talk.succeed(&["--help"]).starts_with("usage: talk "));
}

#[test]
fn send_file_and_record_explain_failures() {
    let server = server();
    let token = server.token();
    let service = ["--token", &token, "--api-url", server.http_url()];
    let folder = folder("broken");
    let file = |name: &str, bytes: &[u8]| {
        fs::write(folder.join(name), bytes).expect("written");
        text(&folder.join(name)).to_owned()
    };
    let good = file("good.ivf", &ivf());
    let absent = text(&folder.join("absent")).to_owned();
    let broken = [
        (file("a", b"hello"), "neither Ogg, nor IVF, nor H.264"),
        (file("b", b""), "neither Ogg, nor IVF, nor H.264"),
        (file("c", &ivf()[..31]), "its IVF header is broken"),
        (file("d", &ivf()[..32]), "there is no frame in it"),
        (file("e", &ivf()[..100]), "it is broken behind frame 0"),
        (file("f", &ogg()[..20]), "it is broken behind frame 0"),
        (file("h", &ogg()[..47]), "its Ogg headers are broken"),
        (file("g", &page(0, &[b"vorbis".to_vec()])), "not Opus"),
        (absent.clone(), "No such file"),
        (text(&folder).to_owned(), "directory"),
    ];
    for language in [Language::C, Language::Cxx] {
        let (send, record) = (sample("send_file", language), sample("record", language));
        for (name, program) in [("send_file", &send), ("record", &record)] {
            let help = program.succeed(&["--help"]);
            assert!(help.starts_with(&format!("usage: {name} ")), "{help}");
            let refused = program.run(&["--unknown"]);
            assert_eq!((refused.code, refused.stdout.as_str()), (Some(1), ""));
            assert!(refused.stderr.contains(&help), "{}", refused.stderr);
        }
        let fails = |program: &Program, further: &[&str], says: &str| {
            let output = program.run(&[&service[..], further].concat());
            assert_eq!(output.code, Some(1), "{further:?} {output:?}");
            assert!(output.stderr.contains(says), "{says}: {output:?}");
        };
        for (path, says) in &broken {
            fails(&send, &[path], says);
        }
        fails(&send, &[], "usage: send_file ");
        fails(&send, &["--delay", "x", &good], "--delay wants");
        fails(&send, &["--fps", "0", &good], "--fps wants");
        fails(
            &send,
            &["--room", "nowhere", &good],
            "meeting_join failed: ",
        );
        fails(&record, &["--room", "nowhere"], "meeting_join failed: ");
        fails(&record, &["--seconds", "0"], "--seconds wants");
        fails(&record, &["--directory", &absent], "cannot write into ");
    }
}
