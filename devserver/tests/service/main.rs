//! The server as its clients see it: every test talks to real sockets on loopback.

mod binary;
mod browser;
mod characters;
mod client;
mod connections;
mod entry;
mod faults;
mod joining;
mod lifecycle;
mod media;
mod participant;
mod peers;
mod pubsub;
mod relay;
mod replay;
mod replies;
mod rest;
mod services;
#[cfg(feature = "sfu")]
mod sfu;
mod signaling_faults;
mod statistics;
mod status;
mod status_page;
mod store;
mod switching;
mod tls;
mod token_server;
mod uploads;
