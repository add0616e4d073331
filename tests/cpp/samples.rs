//! The samples that run to their end by themselves, in every language that is compiled here.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::json;

use crate::support::{self, Compilation, Language, Output, Program};
use crate::{FLAGS, expired_token, server};

/// A sample in one language, ready to run.
pub enum Sample {
    Compiled(Program),
    Rust {
        path: PathBuf,
        environment: Vec<(String, String)>,
    },
}

impl Sample {
    /// The sample of that name in every language.
    pub fn all(name: &str) -> Vec<Sample> {
        let compile = |language, folder: &str, extension: &str, standard: &[&str]| {
            Compilation::new(&format!("sample-{name}-{extension}"), language)
                .flags(standard)
                .flags(FLAGS)
                .source(format!("examples/{folder}/{name}.{extension}"))
                .build()
        };
        vec![
            // They use POSIX, which a strict standard hides.
            Sample::Compiled(compile(
                Language::C,
                "c",
                "c",
                &["-std=c99", "-D_DEFAULT_SOURCE"],
            )),
            Sample::Compiled(compile(Language::Cxx, "cpp", "cpp", &["-std=c++17"])),
            Sample::Rust {
                path: rust_samples().join(name),
                environment: Vec::new(),
            },
        ]
    }

    fn environment(self, name: &str, value: &str) -> Self {
        match self {
            Sample::Compiled(program) => Sample::Compiled(program.environment(name, value)),
            Sample::Rust {
                path,
                mut environment,
            } => {
                environment.push((name.to_owned(), value.to_owned()));
                Sample::Rust { path, environment }
            }
        }
    }

    /// What starts it, with nothing on its standard input.
    pub fn command(&self, arguments: &[&str]) -> Command {
        match self {
            Sample::Compiled(program) => program.command(arguments),
            Sample::Rust { path, environment } => {
                let mut command = Command::new(path);
                command
                    .args(arguments)
                    .envs(environment.iter().map(|(name, value)| (name, value)))
                    .stdin(Stdio::null());
                command
            }
        }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = self.command(arguments);
        let output = command
            .output()
            .unwrap_or_else(|error| panic!("cannot start {command:?}: {error}"));
        Output {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Runs it, expects this exit code and gives its lines.
    pub fn lines(&self, code: i32, arguments: &[&str]) -> (Vec<String>, Vec<String>) {
        let output = self.run(arguments);
        assert_eq!(output.code, Some(code), "{arguments:?}: {output:?}");
        let lines = |text: &str| text.lines().map(str::to_owned).collect();
        (lines(&output.stdout), lines(&output.stderr))
    }
}

/// Builds the Rust samples as this test was built; gives their directory.
fn rust_samples() -> &'static Path {
    static DIRECTORY: OnceLock<PathBuf> = OnceLock::new();
    DIRECTORY.get_or_init(|| {
        let program = env::current_exe().expect("a test program knows its path");
        let profile = program
            .ancestors()
            .nth(2)
            .expect("target/<profile>/deps/<it>");
        let target = profile.parent().expect("target/<profile>");
        let name = profile.file_name().expect("target/<profile>");
        let profile_name = if name == "debug" {
            "dev".as_ref()
        } else {
            name
        };
        let status = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--offline", "--locked", "--examples"])
            .arg("--manifest-path")
            .arg(support::root().join("Cargo.toml"))
            .arg("--target-dir")
            .arg(target)
            .arg("--profile")
            .arg(profile_name)
            .status()
            .expect("cargo has started this test");
        assert!(status.success(), "the Rust samples do not compile");
        profile.join("examples")
    })
}

#[test]
fn sample_quickstart_makes_a_meeting_and_explains_failures() {
    let mut failures = Vec::new();
    for sample in Sample::all("quickstart") {
        let server = server();
        let base = server.http_url();
        let token_url = format!("{base}/get-token");
        let service = ["--token-url", &token_url, "--api-url", base];

        let (out, err) = sample.lines(0, &service);
        assert_eq!(err, [""; 0]);
        assert_eq!(out.len(), 9, "{out:#?}");
        assert_eq!(out[0], format!("fetching a token from {token_url}"));
        assert_eq!(out[1], "creating a room");
        let room = after(&out[2], "room         ").to_owned();
        assert!(after(&out[3], "created      ").ends_with('Z'), "{out:#?}");
        let participant = after(&out[4], "participant  ");
        assert_eq!(participant.len(), 8);
        assert_eq!(after(&out[5], "name         ").len(), 6);
        assert_eq!(out[6], "microphone   wanted");
        let meeting: serde_json::Value =
            serde_json::from_str(after(&out[7], "meeting      ")).expect("JSON");
        assert_eq!(meeting["meetingId"], *room);
        assert_eq!(meeting["participantId"], *participant);
        assert_eq!(meeting["metaData"], json!({"from": "quickstart"}));
        assert_eq!(out[8], "event 1      STATE_CHANGED INITIALISED");

        let token = server.token();
        let chosen = ["--token", &token, "--room", &room, "--name", "Ann B"];
        let named = [&service[2..], &chosen].concat();
        let (out, _) = sample.lines(0, &named);
        assert_eq!(out[0], format!("room         {room}"));
        assert_eq!(out[3], "name         Ann B");

        let mut failed = Vec::new();
        let mut fails = |arguments: &[&str], says: &str| {
            let (out, err) = sample.lines(1, arguments);
            assert_eq!(err.len(), 2, "{err:#?}");
            assert!(err[0].contains(says), "{says}: {err:#?}");
            assert!(err[1].starts_with("  ") && err[1].len() > 12, "{err:#?}");
            failed.push((out, err));
        };
        fails(
            &["--token-url", "http://127.0.0.1:1/get-token"],
            "token_fetch failed: Could not fetch a token: no connection",
        );
        fails(&["--token-url", "not a url"], "token_fetch failed: ");
        fails(&["--token", "Bearer x.y.z"], "config failed: ");
        fails(&["--token", ""], "config failed: ");
        let mut elsewhere = named.clone();
        elsewhere[5] = "nowhere";
        fails(&elsewhere, "room_validate failed: ");
        failures.push(failed);

        let (out, _) = sample.lines(0, &["--help"]);
        assert!(out[0].starts_with("usage: quickstart "), "{out:#?}");
        let (out, err) = sample.lines(1, &["--unknown"]);
        assert!(out.is_empty());
        assert!(err.concat().contains("usage: quickstart "), "{err:#?}");
    }
    assert_same(&failures);
}

#[test]
fn sample_token_doctor_explains_tokens() {
    let server = server();
    let endless = server.mint(&json!({
        "apikey": server.api_key(), "permissions": ["allow_join"], "version": 2,
        "iat": 1_700_000_000, "roomId": "abcd",
    }));
    let expired = expired_token(&server);
    let mut outputs = Vec::new();
    for sample in Sample::all("token_doctor") {
        let mut all = Vec::new();
        let (out, err) = sample.lines(0, &[&endless]);
        assert!(err.is_empty());
        assert_eq!(out[0], format!("API key       {}", server.api_key()));
        assert_eq!(out[1], "room          abcd");
        assert_eq!(out[2], "participant   -");
        assert_eq!(out[3], "life          no end");
        assert!(after(&out[4], "claims        ").starts_with('{'));
        assert_eq!(out[5], "");
        assert_eq!(out[6], "WARNING   NO_EXPIRY");
        let end = "Usable, as far as can be told without the secret.";
        assert_eq!(out.last().map(String::as_str), Some(end));
        all.push(out);

        let (out, _) = sample.lines(1, &["--for", "join", "--room", "other", &endless]);
        assert!(
            out.contains(&"ERROR     ROOM_MISMATCH".to_owned()),
            "{out:#?}"
        );
        let end = "Not usable: mend the errors above.";
        assert_eq!(out.last().map(String::as_str), Some(end));
        all.push(out);

        let (out, _) = sample.lines(1, &["Bearer x.y.z"]);
        assert_eq!(out[6], "ERROR     BEARER_PREFIX");
        assert!(out[7].starts_with("          ") && out[7].ends_with('.'));
        all.push(out);
        let (out, _) = sample.lines(1, &["-"]); // Nothing comes from standard input.
        assert_eq!(out[6], "ERROR     EMPTY");
        all.push(out);

        // Its seconds pass between two runs.
        let (out, _) = sample.lines(1, &[&expired]);
        assert!(out[3].starts_with("life          ended "), "{out:#?}");
        assert!(out.contains(&"ERROR     EXPIRED".to_owned()), "{out:#?}");
        let (out, err) = sample.lines(1, &["--for", "nothing", "x"]);
        assert!(out.is_empty() && err.concat().contains("usage: token_doctor "));
        outputs.push(all);

        let sample = sample.environment("VIDEOSDK_TOKEN", &endless);
        let (out, _) = sample.lines(0, &[]);
        assert_eq!(out[1], "room          abcd");
    }
    assert_same(&outputs);
}

#[test]
fn sample_rooms_creates_lists_and_deactivates() {
    let mut failures = Vec::new();
    for sample in Sample::all("rooms") {
        let server = server();
        let base = server.http_url();
        let sample = sample
            .environment("VIDEOSDK_API_ENDPOINT", base)
            .environment("VIDEOSDK_TOKEN_URL", &format!("{base}/get-token"));

        let (out, err) = sample.lines(0, &["create", "lesson"]);
        assert!(err.is_empty());
        let columns: Vec<&str> = out[0].split_whitespace().collect();
        assert_eq!(
            (columns.len(), columns[1], columns[3]),
            (4, "open", "lesson")
        );
        let id = columns[0];
        assert_eq!(out[0].find("open"), Some(18));
        assert_eq!(out[0].find("lesson"), Some(56));
        for command in ["validate", "get"] {
            assert_eq!(sample.lines(0, &[command, "lesson"]).0, out);
        }
        let (second, _) = sample.lines(0, &["create"]);
        let (list, _) = sample.lines(0, &["list"]);
        assert!(list[0].starts_with(&second[0][..16]), "{list:#?}");
        assert_eq!(list[1], out[0]);
        assert_eq!(list[2], "page 1 of 1, 2 rooms in all");
        assert_eq!(list.len(), 3);
        let (closed, _) = sample.lines(0, &["deactivate", id]);
        assert!(closed[0].contains("  disabled  "), "{closed:#?}");

        let mut failed = Vec::new();
        for arguments in [
            &["get", "nowhere"] as &[&str],
            &["list", "0"],
            &["create", ""],
        ] {
            let (out, err) = sample.lines(1, arguments);
            assert!(out.is_empty());
            assert_eq!(err.len(), 2, "{err:#?}");
            failed.push((out, err));
        }
        for arguments in [&[] as &[&str], &["get"], &["dance", "x"]] {
            let (out, err) = sample.lines(1, arguments);
            assert!(
                out.is_empty() && err[0].starts_with("usage: rooms "),
                "{err:#?}"
            );
            failed.push((out, err));
        }
        let sample = sample.environment("VIDEOSDK_TOKEN", "\"quoted\"");
        let (out, err) = sample.lines(1, &["list"]);
        assert!(err[0].to_lowercase().contains("quote"), "{err:#?}");
        failed.push((out, err));
        failures.push(failed);
    }
    assert_same(&failures);
}

pub fn after<'a>(line: &'a str, label: &str) -> &'a str {
    line.strip_prefix(label)
        .unwrap_or_else(|| panic!("{line:?} does not begin with {label:?}"))
}

/// Whether what came out is the same in every language.
fn assert_same<T: PartialEq + std::fmt::Debug>(outputs: &[T]) {
    assert_eq!(outputs.len(), 3);
    for other in &outputs[1..] {
        assert_eq!(&outputs[0], other);
    }
}
