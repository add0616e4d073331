//! The local service, in a process of its own: a benchmark starts itself again to be it.

use std::io::{BufRead, BufReader, Read};
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use vsdk::{RequestOptions, RoomOptions};

/// The argument that makes a benchmark be the service.
const SERVE: &str = "--serve";

/// Of the service, for who makes tokens itself.
pub const API_KEY: &str = "3f9a1c52-6d0e-4b7a-9e44-0c1d2e3f4a5b";
pub const SECRET: &str = "5ec2e7a0b1c2d3e4f5061728394a5b6c7d8e9f00112233445566778899aabbcc";

/// To be called first in `main`: whether this process was started to be the service. If so, it
/// has been, until its standard input ended.
pub fn was_served() -> bool {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() != Some(SERVE) {
        return false;
    }
    let options = devserver::Options {
        api_key: Some(API_KEY.to_owned()),
        secret: Some(SECRET.to_owned()),
        https: Some((Ipv4Addr::LOCALHOST, 0).into()),
        ca_file: arguments.next().map(PathBuf::from),
        ..devserver::Options::default()
    };
    let server = devserver::Server::start(options).expect("the service");
    println!(
        "{}\n{}\n{}\n{}",
        server.http_url(),
        server.https_url(),
        server.token(),
        server.describe_media()["forwards"]
    );
    let _ = std::io::stdin().read(&mut [0]);
    server.stop();
    true
}

/// A running service; it ends with this.
pub struct Service {
    process: Child,
    pub url: String,
    /// By number: nobody has to look a name up.
    pub https_url: String,
    /// Whom a client over https has to trust.
    pub ca_file: PathBuf,
    pub token: String,
    /// Whether it has a media server.
    pub forwards: bool,
}

impl Service {
    pub fn start() -> Self {
        let program = std::env::current_exe().expect("the path of this program");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let ca_file = folder.join(format!("service-{}.pem", std::process::id()));
        let mut process = Command::new(program)
            .arg(SERVE)
            .arg(&ca_file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program starts once more");
        let mut lines = BufReader::new(process.stdout.take().expect("it is piped")).lines();
        let mut line = || lines.next().expect("four lines").expect("text");
        let (url, https_url, token) = (line(), line(), line());
        let forwards = line() == "true";
        Self {
            process,
            url,
            https_url,
            ca_file,
            token,
            forwards,
        }
    }

    /// One with a media server, which that benchmark needs.
    pub fn forwarding(benchmark: &str) -> Option<Self> {
        let service = Self::start();
        if !service.forwards {
            println!(
                "*** without {benchmark}: the service has no media server, see benches/run.sh"
            );
            return None;
        }
        Some(service)
    }

    /// So many new rooms.
    pub fn rooms(&self, count: usize) -> Vec<String> {
        let mut request = RequestOptions::new();
        request
            .set_token(Some(&self.token))
            .set_api_base_url(Some(&self.url));
        let create = |_| vsdk::create_room(&RoomOptions::new(), &request);
        let created: Vec<_> = (0..count).map(create).collect();
        let wait = |room: vsdk::Operation<vsdk::Room>| room.wait().expect("a room").id().to_owned();
        created.into_iter().map(wait).collect()
    }

    pub fn room(&self) -> String {
        self.rooms(1).remove(0)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
        let _ = std::fs::remove_file(&self.ca_file);
    }
}
