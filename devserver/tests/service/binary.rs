//! The command-line form, as a process of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use serde_json::Value;

use crate::client::{Reply, connect_to, read_all, request};

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_devserver"));
    command
        .args(arguments)
        .env_remove("VIDEOSDK_API_KEY")
        .env_remove("VIDEOSDK_SECRET")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// A running server, ended with the test.
struct Running {
    child: Child,
    output: BufReader<ChildStdout>,
    ready: Value,
}

impl Running {
    fn start(mut command: Command) -> Running {
        let mut child = command.spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let ready = serde_json::from_str(&line).unwrap_or_else(|error| {
            let _ = child.kill();
            panic!("{error}: {line:?}")
        });
        Running {
            child,
            output,
            ready,
        }
    }

    fn get(&self, path: &str) -> Reply {
        let mut stream = connect_to(self.ready["http"].as_str().unwrap());
        stream.write_all(&request("GET", path, &[], "")).unwrap();
        Reply::parse(&read_all(&mut stream).bytes)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn failure(arguments: &[&str]) -> (Output, String) {
    let output = command(arguments).output().unwrap();
    assert!(!output.status.success(), "it started");
    assert!(output.stdout.is_empty(), "it said it was ready");
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    (output, text)
}

#[test]
fn the_ready_line_names_where_everything_is() {
    let mut command = command(&["--http", "127.0.0.1:0"]);
    command
        .env("VIDEOSDK_API_KEY", "key-1")
        .env("VIDEOSDK_SECRET", "secret-1");
    let server = Running::start(command);
    let ready = &server.ready;
    let http = ready["http"].as_str().unwrap();
    assert_eq!(ready["ready"], true);
    assert_eq!(ready["https"], Value::Null);
    assert_eq!(ready["caFile"], Value::Null);
    assert_eq!(ready["apiKey"], "key-1");
    assert_eq!(ready["tokenUrl"], format!("{http}/get-token"));
    assert_eq!(ready["statusPage"], format!("{http}/"));
    assert!(!ready.to_string().contains("secret-1"));

    let token = server.get("/get-token").json()["token"]
        .as_str()
        .unwrap()
        .to_owned();
    let key = jsonwebtoken::DecodingKey::from_secret(b"secret-1");
    let validation = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::HS256);
    let claims = jsonwebtoken::decode::<Value>(&token, &key, &validation)
        .unwrap()
        .claims;
    assert_eq!(claims["apikey"], "key-1");
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn https_alone_is_possible_and_writes_its_certificate() {
    let path = std::env::temp_dir().join(format!("devserver-binary-{}.pem", std::process::id()));
    let path_text = path.to_str().unwrap();
    let server = Running::start(command(&[
        "--no-http",
        "--https",
        "127.0.0.1:0",
        "--ca-file",
        path_text,
    ]));
    let written = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(written.starts_with("-----BEGIN CERTIFICATE-----"));
    assert_eq!(server.ready["http"], Value::Null);
    assert_eq!(server.ready["caFile"], path_text);
    let https = server.ready["https"].as_str().unwrap();
    assert_eq!(server.ready["tokenUrl"], format!("{https}/get-token"));
}

#[cfg(unix)]
#[test]
fn signals_end_it_cleanly_even_with_a_stalled_request() {
    for signal in ["TERM", "INT"] {
        let mut server = Running::start(command(&["--http", "127.0.0.1:0"]));
        let mut stream = connect_to(server.ready["http"].as_str().unwrap());
        let fault = r#"{"route":"/get-token","kind":"stall"}"#;
        stream
            .write_all(&request("POST", "/admin/faults", &[], fault))
            .unwrap();
        assert_eq!(Reply::parse(&read_all(&mut stream).bytes).status, 201);
        let mut stalled = connect_to(server.ready["http"].as_str().unwrap());
        stalled
            .write_all(&request("GET", "/get-token", &[], ""))
            .unwrap();

        let id = server.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-s", signal, &id])
                .status()
                .unwrap()
                .success()
        );
        let status = server.child.wait().unwrap();
        assert_eq!(status.code(), Some(0), "{signal}: {status}");
        let mut rest = String::new();
        server.output.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "", "more than the ready line was printed");
        let address = server.ready["http"]
            .as_str()
            .unwrap()
            .strip_prefix("http://")
            .unwrap();
        assert!(TcpStream::connect(address).is_err());
    }
}

#[test]
fn a_port_in_use_is_explained() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (output, text) = failure(&["--http", &address]);
    assert_eq!(output.status.code(), Some(1));
    let port = taken.local_addr().unwrap().port();
    assert!(
        text.contains(&format!("port {port} on 127.0.0.1 is already in use")),
        "{text}"
    );
    assert!(text.contains("--http 127.0.0.1:0"), "{text}");
}

#[test]
fn wrong_command_lines_are_explained() {
    for (arguments, text) in [
        (vec!["--http", "0.0.0.0:0"], "--allow-remote"),
        (vec!["--http", "localhost"], "invalid"),
        (vec!["--no-http"], "--https"),
        (
            vec!["--http", "127.0.0.1:0", "--ca-file", "x.pem"],
            "--https 127.0.0.1:0",
        ),
        (
            vec!["--http", "127.0.0.1:0", "--secret", ""],
            "the secret is empty",
        ),
        (vec!["--clock-offset-seconds", "soon"], "invalid"),
        (vec!["--participant-limit", "few"], "invalid"),
    ] {
        let (_, error) = failure(&arguments);
        assert!(error.contains(text), "{arguments:?}: {error}");
    }
}

#[test]
fn the_help_explains_every_flag_and_keeps_the_secret() {
    let output = command(&["--help"])
        .env("VIDEOSDK_SECRET", "secret-1")
        .output()
        .unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    for part in [
        "--http",
        "--no-http",
        "--https",
        "--ca-file",
        "--api-key",
        "--secret",
        "--allow-remote",
        "--clock-offset-seconds",
        "--participant-limit",
        "127.0.0.1:3000",
        "VIDEOSDK_API_KEY",
        "VIDEOSDK_SECRET",
    ] {
        assert!(text.contains(part), "{part} is missing in:\n{text}");
    }
    assert!(!text.contains("secret-1"));
}

#[test]
fn the_clock_can_be_set_back() {
    let arguments = ["--http", "127.0.0.1:0", "--clock-offset-seconds", "-86400"];
    let server = Running::start(command(&arguments));
    let date = server.get("/get-token").header("date").unwrap().to_owned();
    let date = httpdate::parse_http_date(&date).unwrap();
    let behind = std::time::SystemTime::now()
        .duration_since(date)
        .unwrap()
        .as_secs();
    assert!((86_400..86_460).contains(&behind), "{behind}");
}
