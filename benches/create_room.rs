//! Creating rooms through the Rust API and through the C ABI, beside plain reqwest doing the same.
//!
//! One program, one service in a process of its own, all of them in turn in each round. Latency is
//! from the start of a call to its result in the caller's hands; with several in flight the caller
//! is one thread that always waits for the oldest and starts another. All ask for the same own id,
//! so that the service always has one room to look through, however long this runs.
//!
//! `create_room --only=<way>/<in flight>/<calls>` runs one of them alone, for a profiler.

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

use crate::support::figures::{Figure, Table, processor_time_us};
use crate::support::library::{Handle, Library, TIMEOUT_DEFAULT, TIMEOUT_INFINITE};
use crate::support::service::Service;

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
    fn new(service: &Service, deadline: Option<Duration>, bound: usize) -> Self {
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
        let token = HeaderValue::from_str(&service.token).expect("a token");
        headers.insert(AUTHORIZATION, token);
        Self {
            runtime: Arc::new(runtime),
            client,
            url: format!("{}/v2/rooms", service.url).parse().expect("a URL"),
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
struct C<'a> {
    library: &'a Library,
    options: Handle,
}

impl Way for C<'_> {
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
        let library = self.library;
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

/// What one round of one way came to.
struct Sample {
    latency_us: f64,
    per_call_us: f64,
    processor_us: f64,
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

type Measure<'a> = Box<dyn Fn(usize, usize) -> Sample + 'a>;

pub fn run() {
    let service = Service::start();
    let library = Library::load();
    library.configure(&service.token, Some(&service.url));
    vsdk::config_with(
        &ConfigOptions::new()
            .token(&service.token)
            .api_base_url(Some(&service.url)),
    )
    .expect("a good token and URL");
    let alike = Plain::new(&service, Some(DEADLINE), BOUND);
    let plain = Plain::new(&service, None, Semaphore::MAX_PERMITS);
    let mut options = RoomOptions::new();
    options
        .set_custom_room_id(ROOM.to_str().expect("a plain text"))
        .expect("a good id");
    let rust = Rust(options);
    let c = C {
        library: &library,
        options: library.room_options(ROOM),
    };

    let ways: [(&str, Measure<'_>); 4] = [
        (
            "reqwest, 30 s, 32 at once",
            Box::new(|n, calls| measure(&alike, n, calls)),
        ),
        ("reqwest", Box::new(|n, calls| measure(&plain, n, calls))),
        ("vsdk, Rust", Box::new(|n, calls| measure(&rust, n, calls))),
        ("vsdk, C", Box::new(|n, calls| measure(&c, n, calls))),
    ];
    if let Some(only) =
        std::env::args().find_map(|it| it.strip_prefix("--only=").map(str::to_owned))
    {
        alone(&ways, &only);
        return;
    }
    // Many short rounds: what else the machine does then meets all ways alike.
    for (in_flight, rounds, calls) in [(1, 150, 100), (16, 61, 800), (256, 21, 3072)] {
        compare(&ways, in_flight, rounds, calls);
    }
}

fn alone(ways: &[(&str, Measure<'_>)], only: &str) {
    let mut parts = only.split('/');
    let name = parts.next().unwrap_or_default();
    let mut number = || parts.next().and_then(|text| text.parse().ok());
    let (Some(in_flight), Some(calls)) = (number(), number()) else {
        panic!("--only=<way>/<in flight>/<calls>");
    };
    let (_, way) = ways
        .iter()
        .find(|(known, _)| *known == name)
        .expect("a way of the table");
    let sample = way(in_flight, calls);
    println!(
        "{:.1} us, {:.1} us of processor time",
        sample.per_call_us, sample.processor_us
    );
}

/// Each way in turn, round after round; ratios are taken within a round.
fn compare(ways: &[(&str, Measure<'_>)], in_flight: usize, rounds: usize, calls: usize) {
    for (_, way) in ways {
        way(in_flight, calls);
    }
    let mut taken: Vec<Vec<Sample>> = Vec::new();
    for round in 0..rounds {
        let mut samples: Vec<Option<Sample>> = ways.iter().map(|_| None).collect();
        for turn in 0..ways.len() {
            let index = (round + turn) % ways.len();
            samples[index] = Some(ways[index].1(in_flight, calls));
        }
        taken.push(samples.into_iter().flatten().collect());
    }
    let mut table = Table::new(&[
        "way",
        "latency, us",
        "time per call, us",
        "ratio",
        "processor time per call, us",
        "ratio of processor time",
    ]);
    for (index, (name, _)) in ways.iter().enumerate() {
        let figure = |value: &dyn Fn(&[Sample]) -> f64| {
            Figure::of(taken.iter().map(|samples| value(samples)).collect())
        };
        table.row([
            (*name).to_owned(),
            figure(&|samples| samples[index].latency_us).show(1),
            figure(&|samples| samples[index].per_call_us).show(1),
            figure(&|samples| samples[index].per_call_us / samples[0].per_call_us).show(3),
            figure(&|samples| samples[index].processor_us).show(1),
            figure(&|samples| samples[index].processor_us / samples[0].processor_us).show(3),
        ]);
    }
    table.print(&format!(
        "create_room, {in_flight} in flight; {rounds} rounds of {calls} calls; ratios to the first row"
    ));
}
