//! Starting and stopping.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use tokio::sync::watch;

use crate::app::App;
use crate::changes::Changes;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::faults::Faults;
use crate::files::Files;
use crate::http::{Listener, Stopping, make_identity, router};
use crate::options::Options;
use crate::sfu::{Announced, MediaFigures, Sfu};
use crate::signaling::{Signaling, SocketAction};
use crate::stats::Stats;
use crate::tokens::Restriction;
use crate::tokens::{self, Keys};
use crate::world::{RandomIds, World};

/// Worker threads of a server. Two are enough for a client and its tests, and more than one shows
/// what depends on order.
const WORKERS: usize = 2;
/// How long the end of the runtime itself may take.
const RUNTIME_END_TIMEOUT: Duration = Duration::from_secs(1);

/// Where a server can be reached, without a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Addresses {
    pub http: Option<String>,
    pub https: Option<String>,
}

impl Addresses {
    /// The address to show to people.
    pub fn preferred(&self) -> &str {
        self.http
            .as_deref()
            .or(self.https.as_deref())
            .unwrap_or_default()
    }
}

/// A running server. It has threads of its own, so it works from blocking tests and from
/// asynchronous ones; it stops when this is dropped.
pub struct Server {
    app: Arc<App>,
    ca_pem: Option<String>,
    stop: watch::Sender<bool>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Server {
    /// Starts a server. When this returns, it accepts connections.
    pub fn start(options: Options) -> Result<Server> {
        check(&options)?;
        let keys = keys(&options)?;
        let real_time = Clock::shifted_by(0).now();
        let identity = match options.https {
            Some(address) => {
                Some(make_identity(address.ip(), real_time).map_err(Error::Certificate)?)
            }
            None => None,
        };
        let mut listeners = Vec::new();
        let mut listen = |scheme, address: Option<SocketAddr>, tls| -> Result<Option<String>> {
            let Some(address) = address else {
                return Ok(None);
            };
            let listener = Listener::bind(address, tls).map_err(|source| Error::Listen {
                scheme,
                address,
                source,
            })?;
            let base_url = listener.base_url.to_string();
            listeners.push(listener);
            Ok(Some(base_url))
        };
        let addresses = Addresses {
            http: listen("http", options.http, None)?,
            https: listen(
                "https",
                options.https,
                identity.as_ref().map(|identity| identity.config.clone()),
            )?,
        };
        if let (Some(path), Some(identity)) = (&options.ca_file, &identity) {
            std::fs::write(path, &identity.ca_pem).map_err(|source| Error::CaFile {
                path: path.clone(),
                source,
            })?;
        }
        let listens_on = options.http.or(options.https);
        let listens_on = listens_on.iter().map(SocketAddr::ip).collect();
        let changes = Changes::default();
        let app = Arc::new(App {
            keys,
            clock: Clock::shifted_by(options.clock_offset_seconds),
            faults: Faults::telling(changes.clone()),
            counters: Arc::default(),
            changes,
            addresses,
            world: Mutex::new(World::new(Box::new(RandomIds))),
            signaling: Signaling::default(),
            files: Files::default(),
            sfu: Sfu::new(listens_on),
            ice_servers: Mutex::new(options.ice_servers),
            participant_limit: options.participant_limit,
        });
        let (stop, signal) = watch::channel(false);
        let stopping = Stopping {
            signal,
            grace: options.grace,
        };
        let thread = start_thread(listeners, app.clone(), stopping)?;
        Ok(Server {
            app,
            ca_pem: identity.map(|identity| identity.ca_pem),
            stop,
            thread: Mutex::new(Some(thread)),
        })
    }

    pub fn addresses(&self) -> &Addresses {
        &self.app.addresses
    }

    /// Scheme, host and port of the http listener, without a slash at the end.
    ///
    /// # Panics
    /// When the options asked for no http.
    pub fn http_url(&self) -> &str {
        self.app
            .addresses
            .http
            .as_deref()
            .expect("this server was started without http")
    }

    /// Scheme, host and port of the https listener, without a slash at the end.
    ///
    /// # Panics
    /// When the options asked for no https.
    pub fn https_url(&self) -> &str {
        self.app
            .addresses
            .https
            .as_deref()
            .expect("this server was started without https")
    }

    /// The certificate that a client of the https listener has to trust, in PEM form.
    ///
    /// # Panics
    /// When the options asked for no https.
    pub fn ca_pem(&self) -> &str {
        self.ca_pem
            .as_deref()
            .expect("this server was started without https")
    }

    pub fn api_key(&self) -> &str {
        &self.app.keys.api_key
    }

    pub fn secret(&self) -> &str {
        &self.app.keys.secret
    }

    /// Signs any claims with the secret, exactly as they are: good ones and bad ones.
    pub fn mint(&self, claims: &Value) -> String {
        tokens::sign(claims, &self.app.keys.secret)
    }

    /// A token as `GET /get-token` hands it out, good for everything.
    pub fn token(&self) -> String {
        self.app
            .keys
            .ordinary_token(&Restriction::default(), self.app.clock.now())
    }

    /// The faults of this server, for adding and clearing.
    pub fn faults(&self) -> &Faults {
        &self.app.faults
    }

    /// Does something to all connections of signalling at once, and tells how many there were.
    pub fn act_on_sockets(&self, action: &SocketAction) -> usize {
        self.app.signaling.act_on_all(action)
    }

    /// Tells clients these addresses in place of the media server's own, for transports that are
    /// made from now on; without any, its own again.
    ///
    /// # Errors
    /// Without the feature `sfu`, for then there is no media server.
    pub fn announce_media(&self, announced: Option<Announced>) -> Result<()> {
        let announced = self.app.sfu.announce(announced);
        announced.map_err(|failed| Error::Media { reason: failed.0 })
    }

    /// What exists in the media server.
    pub fn media_figures(&self) -> MediaFigures {
        self.app.sfu.figures()
    }

    /// What `GET /admin/media` tells, with the addresses where the media server really is.
    pub fn describe_media(&self) -> Value {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let runtime = runtime.expect("a runtime without drivers asks nothing of the system");
        runtime.block_on(self.app.sfu.describe())
    }

    /// Asks everybody who has joined how their media is doing (`statsData`): an array of objects
    /// with `roomId`, `peerId` and the `answer`, without those who do not answer within seconds.
    pub fn ask_for_statistics(&self) -> Vec<Value> {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        let runtime = builder.enable_time().build();
        let runtime =
            runtime.expect("a runtime with nothing but a clock asks nothing of the system");
        runtime.block_on(self.app.signaling.ask_for_statistics())
    }

    /// The ICE servers that clients are told from now on, an array of objects with `urls`.
    pub fn set_ice_servers(&self, ice_servers: Value) {
        *self.app.ice_servers() = ice_servers;
    }

    pub fn stats(&self) -> Stats {
        self.app.stats()
    }

    /// Stops the server and waits for its end: it accepts no more, lets requests in progress go on
    /// for the grace time, then closes every connection. A second time does nothing.
    pub fn stop(&self) {
        let _ = self.stop.send(true);
        let thread = self
            .thread
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
            .take();
        if let Some(thread) = thread {
            // It only fails when the thread panicked, and then the panic was told already.
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

fn check(options: &Options) -> Result<()> {
    let wanted = [("http", options.http), ("https", options.https)];
    let addresses = wanted
        .into_iter()
        .filter_map(|(scheme, address)| Some((scheme, address?)));
    let mut any = false;
    for (scheme, address) in addresses {
        any = true;
        if !options.allow_remote && !address.ip().to_canonical().is_loopback() {
            return Err(Error::NotLoopback { scheme, address });
        }
    }
    if !any {
        return Err(Error::NoListener);
    }
    if options.ca_file.is_some() && options.https.is_none() {
        return Err(Error::CaFileWithoutHttps);
    }
    Ok(())
}

fn keys(options: &Options) -> Result<Keys> {
    let random = Keys::random();
    let api_key = options.api_key.clone().unwrap_or(random.api_key);
    let secret = options.secret.clone().unwrap_or(random.secret);
    for (name, value) in [("API key", &api_key), ("secret", &secret)] {
        if value.is_empty() {
            return Err(Error::EmptyKey { name });
        }
    }
    Ok(Keys { api_key, secret })
}

fn start_thread(
    listeners: Vec<Listener>,
    app: Arc<App>,
    stopping: Stopping,
) -> Result<JoinHandle<()>> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .thread_name("devserver-worker")
        .enable_all()
        .build()
        .map_err(Error::Thread)?;
    let run = move || {
        runtime.block_on(async {
            let router = router(&app);
            if let Some(mut events) = app.sfu.events() {
                let app = app.clone();
                tokio::spawn(async move {
                    while let Some(event) = events.recv().await {
                        app.signaling.media_event(&app, event);
                    }
                });
            }
            let tasks: Vec<_> = listeners
                .into_iter()
                .map(|listener| {
                    tokio::spawn(listener.run(app.clone(), router.clone(), stopping.clone()))
                })
                .collect();
            for task in tasks {
                // It only fails when the task panicked, and then the panic was told already.
                let _ = task.await;
            }
        });
        runtime.shutdown_timeout(RUNTIME_END_TIMEOUT);
    };
    std::thread::Builder::new()
        .name("devserver".to_owned())
        .spawn(run)
        .map_err(Error::Thread)
}
