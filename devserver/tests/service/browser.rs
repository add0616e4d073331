//! A headless Chromium, driven by its DevTools protocol.

use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::{Message, WebSocket, client};

use crate::client::HANG;

/// How often the browser is asked whether something has come about.
const POLL: Duration = Duration::from_millis(50);

/// A browser with a profile of its own, which ends when this is dropped.
pub struct Browser {
    process: Child,
    socket: WebSocket<TcpStream>,
    last_id: u64,
    /// What the browser has complained of: exceptions of scripts, what a policy forbade, what could
    /// not be loaded.
    pub complaints: Vec<Value>,
}

/// A page that the browser shows.
#[derive(Clone, Debug)]
pub struct Page(String);

impl Browser {
    /// Starts the Chromium that the search path has; `folder` is for what it keeps.
    pub fn start(folder: &Path) -> Browser {
        let profile = folder.join("profile");
        let _ = std::fs::remove_dir_all(&profile);
        std::fs::create_dir_all(&profile).unwrap();
        let process = Command::new("chromium")
            .args([
                "--headless",
                // Its sandbox does not start for root, as whom tests run in containers. It only
                // shows pages of the service under test.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--window-size=1200,1500",
                "about:blank",
            ])
            .arg(format!("--user-data-dir={}", profile.display()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromium does not start");
        let socket = connect(&profile.join("DevToolsActivePort"));
        Browser {
            process,
            socket,
            last_id: 0,
            complaints: Vec::new(),
        }
    }

    /// Opens a page of its own, with or without scripts, and waits until it is loaded.
    pub fn open(&mut self, url: &str, scripts: bool) -> Page {
        let target = self.call(None, "Target.createTarget", json!({"url": "about:blank"}));
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let attached = self.call(None, "Target.attachToTarget", attach);
        let page = Page(attached["sessionId"].as_str().unwrap().to_owned());
        for domain in ["Page.enable", "Runtime.enable", "Log.enable"] {
            self.call(Some(&page), domain, json!({}));
        }
        let disabled = json!({"value": !scripts});
        self.call(
            Some(&page),
            "Emulation.setScriptExecutionDisabled",
            disabled,
        );
        let gone = self.call(Some(&page), "Page.navigate", json!({"url": url}));
        assert_eq!(gone["errorText"], Value::Null, "{gone}");
        let loaded = format!("document.readyState === 'complete' && location.href === {url:?}");
        self.until(&page, &loaded);
        page
    }

    /// Puts the page before the others, which are hidden then.
    pub fn show(&mut self, page: &Page) {
        self.call(Some(page), "Page.bringToFront", json!({}));
    }

    /// The value of an expression in the page.
    pub fn value(&mut self, page: &Page, expression: &str) -> Value {
        let evaluate = json!({"expression": expression, "returnByValue": true});
        let reply = self.call(Some(page), "Runtime.evaluate", evaluate);
        assert_eq!(reply["exceptionDetails"], Value::Null, "{expression}");
        reply["result"]["value"].clone()
    }

    /// Waits until the expression is true in the page.
    pub fn until(&mut self, page: &Page, expression: &str) {
        let start = Instant::now();
        while self.value(page, expression) != true {
            if start.elapsed() > HANG {
                let text = self.value(page, "document.body.innerText");
                panic!(
                    "never in the page: {expression}\n{}",
                    text.as_str().unwrap()
                );
            }
            std::thread::sleep(POLL);
        }
    }

    /// Keeps a picture of the page, all of it.
    pub fn keep_picture(&mut self, page: &Page, path: &Path) {
        let all = json!({"format": "png", "captureBeyondViewport": true});
        let reply = self.call(Some(page), "Page.captureScreenshot", all);
        let png = STANDARD.decode(reply["data"].as_str().unwrap()).unwrap();
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        std::fs::write(path, png).unwrap();
    }

    fn call(&mut self, page: Option<&Page>, method: &str, parameters: Value) -> Value {
        self.last_id += 1;
        let mut call = json!({"id": self.last_id, "method": method, "params": parameters});
        if let Some(Page(session)) = page {
            call["sessionId"] = json!(session);
        }
        self.socket.send(Message::text(call.to_string())).unwrap();
        loop {
            let Message::Text(text) = self.socket.read().unwrap() else {
                continue;
            };
            let mut message: Value = serde_json::from_str(&text).unwrap();
            if message["id"] == self.last_id {
                assert_eq!(message["error"], Value::Null, "{method}");
                return message["result"].take();
            }
            match message["method"].as_str() {
                Some("Runtime.exceptionThrown") => self.complaints.push(message),
                Some("Log.entryAdded") if message["params"]["entry"]["level"] == "error" => {
                    self.complaints.push(message);
                }
                _ => {}
            }
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Its own way to end, which takes its children along; when it does not answer, it is killed.
        let close = json!({"id": self.last_id + 1, "method": "Browser.close"});
        let _ = self.socket.send(Message::text(close.to_string()));
        while self.socket.read().is_ok() {}
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Connects to the browser, which writes its port and path when it listens.
fn connect(address: &PathBuf) -> WebSocket<TcpStream> {
    let start = Instant::now();
    let written = loop {
        let written = std::fs::read_to_string(address).unwrap_or_default();
        if written.contains('/') {
            break written;
        }
        assert!(start.elapsed() < HANG, "chromium does not listen");
        std::thread::sleep(POLL);
    };
    let mut lines = written.lines();
    let (port, path) = (lines.next().unwrap(), lines.next().unwrap());
    let stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
    stream.set_read_timeout(Some(HANG)).unwrap();
    let (socket, _) = client(format!("ws://127.0.0.1:{port}{path}"), stream).unwrap();
    socket
}
