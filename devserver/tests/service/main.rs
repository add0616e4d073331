//! The server as its clients see it: every test talks to real sockets on loopback.

mod binary;
mod client;
mod entry;
mod faults;
mod joining;
mod lifecycle;
mod participant;
mod peers;
mod pubsub;
mod replay;
mod replies;
mod rest;
mod services;
mod signaling_faults;
mod store;
mod switching;
mod tls;
mod token_server;
mod uploads;
