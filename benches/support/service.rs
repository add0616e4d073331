//! The local service, in a process of its own: a benchmark starts itself again to be it.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

/// The argument that makes a benchmark be the service.
const SERVE: &str = "--serve";

/// Of the service, for who makes tokens itself.
pub const API_KEY: &str = "3f9a1c52-6d0e-4b7a-9e44-0c1d2e3f4a5b";
pub const SECRET: &str = "5ec2e7a0b1c2d3e4f5061728394a5b6c7d8e9f00112233445566778899aabbcc";

/// To be called first in `main`: whether this process was started to be the service. If so, it
/// has been, until its standard input ended.
pub fn was_served() -> bool {
    if std::env::args().nth(1).as_deref() != Some(SERVE) {
        return false;
    }
    let options = devserver::Options {
        api_key: Some(API_KEY.to_owned()),
        secret: Some(SECRET.to_owned()),
        ..devserver::Options::default()
    };
    let server = devserver::Server::start(options).expect("the service");
    println!("{}\n{}", server.http_url(), server.token());
    let _ = std::io::stdin().read(&mut [0]);
    server.stop();
    true
}

/// A running service; it ends with this.
pub struct Service {
    process: Child,
    pub url: String,
    pub token: String,
}

impl Service {
    pub fn start() -> Self {
        let program = std::env::current_exe().expect("the path of this program");
        let mut process = Command::new(program)
            .arg(SERVE)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program starts once more");
        let mut lines = BufReader::new(process.stdout.take().expect("it is piped")).lines();
        let mut line = || lines.next().expect("two lines").expect("text");
        let (url, token) = (line(), line());
        Self {
            process,
            url,
            token,
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}
