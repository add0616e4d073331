//! Creates rooms with the official server SDK; benches/create_room/worker.rs says what a worker is
//! asked and answers.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use videosdk::{Client, RoomCreateParams};

fn setting(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set"))
}

async fn create(client: Client) -> Duration {
    let start = Instant::now();
    let rooms = client.rooms();
    let room = rooms.create(RoomCreateParams {
        custom_room_id: Some("benchmark".to_owned()),
        ..RoomCreateParams::default()
    });
    assert!(!room.await.expect("a room").room_id.is_empty());
    start.elapsed()
}

/// The median latency in microseconds.
fn round(runtime: &Runtime, client: &Client, in_flight: usize, calls: usize) -> f64 {
    let mut latencies: Vec<Duration> = Vec::with_capacity(calls);
    if in_flight == 1 {
        for _ in 0..calls {
            latencies.push(runtime.block_on(create(client.clone())));
        }
    } else {
        let mut running: VecDeque<JoinHandle<Duration>> = VecDeque::with_capacity(in_flight);
        for number in 0..calls + in_flight {
            if number >= in_flight
                && let Some(oldest) = running.pop_front()
            {
                latencies.push(runtime.block_on(oldest).expect("a room"));
            }
            if number < calls {
                running.push_back(runtime.spawn(create(client.clone())));
            }
        }
    }
    latencies.sort_unstable();
    latencies[latencies.len() / 2].as_secs_f64() * 1e6
}

fn processor_time_us() -> f64 {
    // SAFETY: all zeros is a valid value of this plain struct.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: `usage` is writable through the call.
    let result = unsafe { libc::getrusage(libc::RUSAGE_SELF, &raw mut usage) };
    assert_eq!(result, 0, "getrusage of this process cannot fail");
    let micros = |time: libc::timeval| time.tv_sec as f64 * 1e6 + time.tv_usec as f64;
    micros(usage.ru_utime) + micros(usage.ru_stime)
}

fn main() {
    let runtime = Runtime::new().expect("threads");
    let client = Client::builder()
        .api_key(setting("VIDEOSDK_API_KEY"))
        .secret(setting("VIDEOSDK_SECRET"))
        .base_url(setting("VIDEOSDK_API_ENDPOINT"))
        .build()
        .expect("it is configured");
    println!("ready");
    for line in std::io::stdin().lines() {
        let line = line.expect("text");
        let mut numbers = line.split(' ').map(|it| it.parse().expect("a number"));
        let mut number = || numbers.next().expect("two numbers");
        let (in_flight, calls) = (number(), number());
        let (start, processor) = (Instant::now(), processor_time_us());
        let latency = round(&runtime, &client, in_flight, calls);
        let each = 1.0 / calls as f64;
        println!(
            "{} {} {latency}",
            start.elapsed().as_secs_f64() * 1e6 * each,
            (processor_time_us() - processor) * each,
        );
    }
}
