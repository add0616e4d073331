//! Ways to create a room that this program knows by itself: plain reqwest, the Rust API, the C ABI.
//!
//! Latency is from the start of a call to its result in the caller's hands; with several in flight
//! the caller is one thread that always waits for the oldest and starts another.

use std::collections::VecDeque;
use std::ffi::CStr;
use std::ptr::null_mut;
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use vsdk::{ConfigOptions, Operation, RequestOptions, Room, RoomOptions};

use super::worker::Sample;
use crate::support::figures::{Figure, processor_time_us};
use crate::support::library::{Handle, Library, TIMEOUT_DEFAULT, TIMEOUT_INFINITE};
use crate::support::worker::Goal;

/// How many requests the library has in flight at most, as the header says.
const BOUND: usize = 32;

/// How long a call may take where nothing else is said, as the header says.
const DEADLINE: Duration = Duration::from_secs(30);

/// The own id of the room, and the JSON that asks for it.
const ROOM: &CStr = c"benchmark";
const ROOM_JSON: &str = r#"{"customRoomId":"benchmark"}"#;

/// One way to create a room.
trait Way {
    type Started;

    fn start(&self) -> Self::Started;

    /// Waits, and fails the program unless there is a room.
    fn finish(&self, started: Self::Started);

    /// The blocking form.
    fn call(&self) {
        self.finish(self.start());
    }
}

/// reqwest by itself, set up as the library sets it up: with a deadline, and a bound of requests in
/// flight. Without both it is reqwest as it comes.
#[derive(Clone)]
struct Plain {
    runtime: Arc<Runtime>,
    client: reqwest::Client,
    url: url::Url,
    headers: HeaderMap,
    /// Unbounded has as many permits as anyone asks for.
    permits: Arc<Semaphore>,
}

impl Plain {
    fn new(goal: &Goal, deadline: Option<Duration>, bound: usize) -> Self {
        // The library starts as many workers.
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(workers.min(4))
            .enable_all()
            .build()
            .expect("threads");
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions that the provider has")
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth();
        let mut client = reqwest::Client::builder();
        if let Some(deadline) = deadline {
            client = client.timeout(deadline);
        }
        let client = client
            .tls_backend_preconfigured(tls)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .user_agent("vsdk/0.1.0")
            .connect_timeout(Duration::from_secs(10))
            .pool_max_idle_per_host(bound)
            .tcp_nodelay(true)
            .build()
            .expect("a client");
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let token = HeaderValue::from_str(&goal.token).expect("a token");
        headers.insert(AUTHORIZATION, token);
        Self {
            runtime: Arc::new(runtime),
            client,
            url: format!("{}/v2/rooms", goal.url).parse().expect("a URL"),
            headers,
            permits: Arc::new(Semaphore::new(bound)),
        }
    }

    async fn create(self) {
        let _permit = self.permits.acquire().await.expect("never closed");
        let mut request = reqwest::Request::new(reqwest::Method::POST, self.url);
        *request.headers_mut() = self.headers;
        *request.body_mut() = Some(ROOM_JSON.to_owned().into());
        let reply = self.client.execute(request).await.expect("a reply");
        assert!(reply.status().is_success(), "{}", reply.status());
        let body = reply.bytes().await.expect("a whole reply");
        let room: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
        assert!(room["roomId"].is_string());
    }
}

impl Way for Plain {
    type Started = JoinHandle<()>;

    fn start(&self) -> Self::Started {
        self.runtime.spawn(self.clone().create())
    }

    fn finish(&self, started: Self::Started) {
        self.runtime.block_on(started).expect("a room");
    }

    fn call(&self) {
        self.runtime.block_on(self.clone().create());
    }
}

/// The Rust API.
struct Rust(RoomOptions);

impl Way for Rust {
    type Started = Operation<Room>;

    fn start(&self) -> Self::Started {
        vsdk::create_room(&self.0, &RequestOptions::new())
    }

    fn finish(&self, started: Self::Started) {
        assert!(!started.wait().expect("a room").id().is_empty());
    }
}

/// The C ABI: the asynchronous form, or the blocking one where there is one call at a time.
struct C {
    library: Library,
    options: Handle,
}

impl Way for C {
    type Started = Handle;

    fn start(&self) -> Self::Started {
        let mut op = null_mut();
        // SAFETY: the out-parameters are local variables.
        self.library.check(|error| unsafe {
            (self.library.vsdk_create_room_async)(
                self.options,
                TIMEOUT_DEFAULT,
                None,
                null_mut(),
                None,
                &raw mut op,
                error,
            )
        });
        op
    }

    fn finish(&self, op: Self::Started) {
        let mut room = null_mut();
        let library = &self.library;
        // SAFETY: a live operation and local out-parameters.
        unsafe {
            library.check(|error| (library.vsdk_op_wait)(op, TIMEOUT_INFINITE, error));
            library.check(|error| (library.vsdk_op_take_room)(op, &raw mut room, error));
            (library.vsdk_op_free)(op);
            (library.vsdk_room_free)(room);
        }
    }

    fn call(&self) {
        let room = self.library.create_room(self.options);
        // SAFETY: a live room.
        unsafe { (self.library.vsdk_room_free)(room) };
    }
}

fn measure<W: Way>(way: &W, in_flight: usize, calls: usize) -> Sample {
    let processor = processor_time_us();
    let start = Instant::now();
    let mut latencies = Vec::with_capacity(calls);
    let mut took = |start: Instant| latencies.push(start.elapsed().as_secs_f64() * 1e6);
    if in_flight == 1 {
        for _ in 0..calls {
            let start = Instant::now();
            way.call();
            took(start);
        }
    } else {
        let mut running = VecDeque::with_capacity(in_flight);
        for number in 0..calls + in_flight {
            if number >= in_flight
                && let Some((start, oldest)) = running.pop_front()
            {
                way.finish(oldest);
                took(start);
            }
            if number < calls {
                running.push_back((Instant::now(), way.start()));
            }
        }
    }
    let each = 1.0 / calls as f64;
    Sample {
        per_call_us: start.elapsed().as_secs_f64() * 1e6 * each,
        processor_us: (processor_time_us() - processor) * each,
        latency_us: Figure::of(latencies).median,
    }
}

/// A round with so many in flight and so many calls.
pub type Measure = Box<dyn Fn(usize, usize) -> Sample>;

fn measure_of(way: impl Way + 'static) -> Measure {
    Box::new(move |in_flight, calls| measure(&way, in_flight, calls))
}

/// The names of all ways that [`find`] knows.
pub const NAMES: [&str; 4] = [
    "reqwest, 30 s, 32 at once",
    "reqwest",
    "vsdk, Rust",
    "vsdk, C",
];

/// The way of that name, ready.
pub fn find(name: &str, goal: &Goal) -> Option<Measure> {
    let way = match NAMES.iter().position(|known| *known == name)? {
        0 => measure_of(Plain::new(goal, Some(DEADLINE), BOUND)),
        1 => measure_of(Plain::new(goal, None, Semaphore::MAX_PERMITS)),
        2 => measure_of(rust(goal)),
        _ => measure_of(c(goal)),
    };
    Some(way)
}

fn rust(goal: &Goal) -> Rust {
    let config = ConfigOptions::new()
        .token(&goal.token)
        .api_base_url(Some(&goal.url));
    vsdk::config_with(&config).expect("a good token and URL");
    let mut options = RoomOptions::new();
    options
        .set_custom_room_id(ROOM.to_str().expect("a plain text"))
        .expect("a good id");
    Rust(options)
}

fn c(goal: &Goal) -> C {
    let library = Library::load();
    library.configure(&goal.token, Some(&goal.url), None);
    let options = library.room_options(ROOM);
    C { library, options }
}
