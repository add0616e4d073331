//! The server as its clients see it: every test talks to real sockets on loopback.

mod binary;
mod client;
mod faults;
mod joining;
mod lifecycle;
mod participant;
mod replies;
mod rest;
mod tls;
mod token_server;
