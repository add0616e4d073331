//! Sound devices out of files, by ALSA's own plugins: what a microphone hears is in one, what a
//! speaker plays goes into another.

use std::env;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use crate::sound::{Heard, LEVEL};

/// The rate of all devices here, in hertz.
pub const RATE: u32 = 48_000;

/// Longer than any test takes: the end of a file is none that ALSA tells of.
const SECONDS: u32 = 200;

/// Where the devices of this process are written down; ALSA reads it.
const CONFIGURATION: &str = "ALSA_CONFIG_PATH";

/// The devices of a process.
pub struct Devices {
    folder: PathBuf,
}

/// Runs the test in a process of its own, whose sound system has nothing but the test's devices: the
/// environment of this one cannot be changed safely. Neither the sound system nor the library may
/// print anything there.
pub fn with_devices(test: &str, run: impl FnOnce(&Devices)) {
    if env::var_os("VSDK_TEST_DEVICES").is_some() {
        let configuration = env::var_os(CONFIGURATION).expect("set below");
        let folder = Path::new(&configuration).parent().expect("a folder");
        let folder = folder.to_owned();
        return run(&Devices { folder });
    }
    let folder = env::temp_dir().join(format!("vsdk-{test}-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let devices = Devices { folder };
    devices.are("");
    let program = env::current_exe().expect("this program");
    let output = Command::new(program)
        .args(["--exact", test, "--nocapture"])
        .env("VSDK_TEST_DEVICES", "1")
        .env(CONFIGURATION, devices.configuration())
        .output()
        .expect("it starts");
    fs::remove_dir_all(&devices.folder).expect("it is there");
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    println!("{said}");
    assert!(output.status.success(), "{complained}");
    assert!(said.contains("1 passed"), "{said}");
    assert_eq!(complained, "", "something was printed");
}

/// A microphone that hears a tone, in floating point and stereo, which is what the library takes of
/// one that could do anything. With a format of its own it would need conversion, for which ALSA reads
/// more of the file than it uses.
pub fn microphone(devices: &Devices, id: &str, hertz: u32) -> String {
    let heard = devices.folder.join(format!("{id}.heard"));
    let mut samples = Vec::with_capacity(RATE as usize * 8);
    for number in 0..RATE {
        let phase = (number * hertz % RATE) as f32 / RATE as f32;
        let sample = (phase * std::f32::consts::TAU).sin() * LEVEL;
        samples.extend([sample.to_le_bytes(); 2].concat());
    }
    let mut file = File::create(&heard).expect("a file");
    for _ in 0..SECONDS {
        file.write_all(&samples).expect("room on the disk");
    }
    let (files, hint) = (heard.display(), hint(id));
    format!(
        "pcm.{id} {{\ntype file\nslave.pcm {{ type null }}\nfile /dev/null\ninfile {files}\nformat raw\n{hint}\n}}\n"
    )
}

/// A speaker with 16 bits and in stereo, for which ALSA converts; [`Devices::played`] has what it
/// plays.
pub fn speaker(devices: &Devices, id: &str) -> String {
    let (file, hint) = (devices.played_by(id), hint(id));
    let file = file.display();
    format!(
        "pcm.{id} {{\ntype plug\nslave {{\npcm {{\ntype file\nslave.pcm {{ type null }}\nfile {file}\nformat raw\n}}\n\
         format S16_LE\nchannels 2\nrate {RATE}\n}}\n{hint}\n}}\n"
    )
}

/// What has neither: a device that takes everything and gives silence.
pub fn null(id: &str) -> String {
    format!("pcm.{id} {{\ntype null\n{}\n}}\n", hint(id))
}

/// The device that is meant when none is named.
pub fn default(microphone: &str, speaker: &str) -> String {
    format!(
        "pcm.default {{\ntype asym\ncapture.pcm {microphone}\nplayback.pcm {speaker}\n{}\n}}\n",
        hint("default")
    )
}

fn hint(id: &str) -> String {
    format!("hint {{ show on\ndescription \"The {id}\" }}")
}

impl Devices {
    fn configuration(&self) -> PathBuf {
        self.folder.join("asound.conf")
    }

    fn played_by(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.played"))
    }

    /// From now on these are the devices.
    pub fn are(&self, devices: &str) {
        let new = self.folder.join("asound.conf.new");
        fs::write(&new, devices).expect("a file");
        fs::rename(&new, self.configuration()).expect("the same folder");
    }

    /// The last seconds that a speaker has played; nothing while it has not played for so long.
    pub fn played(&self, id: &str, seconds: u32) -> Option<Heard> {
        let bytes = fs::read(self.played_by(id)).ok()?;
        let frames: Vec<f32> = bytes
            .chunks_exact(4)
            .map(|frame| f32::from(i16::from_le_bytes([frame[0], frame[1]])) / 32_768.0)
            .collect();
        let samples = frames.len().checked_sub((RATE * seconds) as usize)?;
        Some(Heard {
            sample_rate: RATE,
            samples: frames[samples..].to_vec(),
            ..Heard::default()
        })
    }
}

/// How many devices run in this process: each has a thread.
pub fn running() -> usize {
    let threads = fs::read_dir("/proc/self/task").expect("Linux has it");
    let names =
        threads.filter_map(|thread| fs::read_to_string(thread.ok()?.path().join("comm")).ok());
    names.filter(|name| name.starts_with("cpal_alsa")).count()
}

/// Waits until so many devices run.
pub fn wait_until_running(devices: usize) {
    let begin = std::time::Instant::now();
    while running() != devices {
        assert!(
            begin.elapsed() < crate::meetings::LONG,
            "{} devices run",
            running()
        );
        thread::sleep(std::time::Duration::from_millis(10));
    }
}
