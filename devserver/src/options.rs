//! How a server is to be started.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};

/// The wishes for a server. The default is http on a free loopback port, with random keys.
#[derive(Clone)]
pub struct Options {
    /// Where to listen for http; port 0 is any free port.
    pub http: Option<SocketAddr>,
    /// Where to listen for https; port 0 is any free port.
    pub https: Option<SocketAddr>,
    /// The project's API key; `None` is a random one.
    pub api_key: Option<String>,
    /// The project's secret, which signs tokens; `None` is a random one.
    pub secret: Option<String>,
    /// Where to write the certificate that clients of https have to trust, in PEM form.
    pub ca_file: Option<PathBuf>,
    /// Whether addresses that other machines can reach are allowed.
    pub allow_remote: bool,
    /// Shifts the `Date` header, the times in rooms and tokens and the checks of tokens.
    pub clock_offset_seconds: i64,
    /// The ICE servers that clients are told, an array of objects with `urls`. On loopback none is
    /// needed; others are for seeing what a client makes of them.
    pub ice_servers: Value,
    /// How many may be in a room at most; whoever comes then is refused with 4009.
    pub participant_limit: usize,
    /// How long requests in progress may go on when the server stops.
    pub grace: Duration,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            http: Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
            https: None,
            api_key: None,
            secret: None,
            ca_file: None,
            allow_remote: false,
            clock_offset_seconds: 0,
            ice_servers: json!([]),
            participant_limit: 2000,
            grace: Duration::from_secs(2),
        }
    }
}
