//! The devserver program, started for one test.

use std::env;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::{our_request, our_token, their_client};

/// The API key of every service here.
pub const API_KEY: &str = "3f9a1c52-6d0e-4b7a-9e44-0c1d2e3f4a5b";
/// The secret of every service here.
pub const SECRET: &str = "5ec2e7a0b1c2d3e4f5061728394a5b6c7d8e9f00112233445566778899aabbcc";

/// A running devserver; it ends when this is dropped.
pub struct Service {
    process: Child,
    ready: Value,
}

impl Service {
    /// Starts the program that `VSDK_DEVSERVER` names, on a free port.
    pub fn start() -> Service {
        Service::start_with(&[])
    }

    /// The same, with further arguments.
    pub fn start_with(arguments: &[&str]) -> Service {
        let program = env::var("VSDK_DEVSERVER").expect(
            "VSDK_DEVSERVER names the devserver; tests/peers/test.sh builds it and sets it",
        );
        let mut process = Command::new(program)
            .args(["--http", "127.0.0.1:0"])
            .args(arguments)
            .env("VIDEOSDK_API_KEY", API_KEY)
            .env("VIDEOSDK_SECRET", SECRET)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the devserver starts");
        let mut line = String::new();
        let output = process.stdout.take().expect("it was piped");
        BufReader::new(output)
            .read_line(&mut line)
            .expect("it prints a line when it is ready");
        let ready = serde_json::from_str(&line).expect("the line is JSON");
        Service { process, ready }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        self.ready["http"].as_str().expect("it listens for http")
    }

    /// Its address for https, when it was started with one.
    pub fn https_url(&self) -> &str {
        self.ready["https"].as_str().expect("it listens for https")
    }

    /// The SDK, with the project's key and secret.
    pub fn theirs(&self) -> videosdk::Client {
        their_client(self.url()).build().expect("it is configured")
    }

    /// The library's way to the same place, with a token of its own.
    pub fn ours(&self) -> vsdk::RequestOptions {
        our_request(self.url(), our_token().text().expose())
    }

    /// Adds a fault: the next requests to its route are answered as it says.
    ///
    /// Its replies have one request id, unless it says otherwise: what two clients tell of two
    /// requests can be compared then.
    pub async fn misbehave(&self, fault: &Value) {
        let mut fault = fault.clone();
        if fault.get("status").is_some() && fault["headers"].get("x-request-id").is_none() {
            fault["headers"]["x-request-id"] = json!("one-for-both");
        }
        let reply = reqwest::Client::new()
            .post(format!("{}/admin/faults", self.url()))
            .json(&fault)
            .send()
            .await
            .expect("the service answers");
        let status = reply.status();
        assert_eq!(status, 201, "{}", reply.text().await.unwrap_or_default());
    }

    /// How many requests have arrived, by method and route.
    pub async fn requests(&self, route: &str) -> u64 {
        let status: Value = reqwest::get(format!("{}/status.json", self.url()))
            .await
            .expect("the service answers")
            .json()
            .await
            .expect("its status is JSON");
        status["stats"]["requestsByRoute"][route]
            .as_u64()
            .unwrap_or(0)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing left to end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
