//! Workers in other languages, and those that use what others wrote.

use crate::support::others::{Other, find};
use crate::support::service::Service;
use crate::support::worker::Worker;

const ALL: [Other; 9] = [
    ("server-sdk", "videosdk-server-sdk, Rust"),
    ("libcurl", "libcurl, C"),
    ("requests", "requests, Python"),
    ("fetch", "fetch, Node"),
    ("swift", "vsdk, Swift"),
    ("jvm", "vsdk, JVM"),
    ("jvm-blocking", "vsdk, JVM, blocking"),
    ("python", "vsdk, Python"),
    ("python-asyncio", "vsdk, Python, asyncio"),
];

/// Those whose first room is looked at. Swift is not among them: it starts in a root of its own.
pub const FIRST: [Other; 7] = [
    ("libcurl", "libcurl, C"),
    ("server-sdk", "videosdk-server-sdk, Rust"),
    ("python", "vsdk, Python"),
    ("requests", "requests, Python"),
    ("videosdk", "`import videosdk`, then requests"),
    ("fetch", "fetch, Node"),
    ("jvm-blocking", "vsdk, JVM"),
];

/// Those that are there. Of the others it is told why not.
pub fn start_all(service: &Service) -> Vec<Worker> {
    let there = ALL.iter().filter_map(|other| find(*other));
    there.map(|found| found.start(service)).collect()
}
