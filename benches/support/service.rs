//! The local service, in a process of its own: a benchmark starts itself again to be it.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

/// The argument that makes a benchmark be the service.
const SERVE: &str = "--serve";

/// To be called first in `main`: whether this process was started to be the service. If so, it
/// has been, until its standard input ended.
pub fn was_served() -> bool {
    if std::env::args().nth(1).as_deref() != Some(SERVE) {
        return false;
    }
    let server = devserver::Server::start(devserver::Options::default()).expect("the service");
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
