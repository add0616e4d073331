//! Why the server does not start.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

/// What kept the server from starting. The text names what to do about it.
#[derive(Debug)]
pub enum Error {
    /// Neither http nor https was asked for.
    NoListener,
    /// The address can be reached from other machines, which was not allowed.
    NotLoopback {
        scheme: &'static str,
        address: SocketAddr,
    },
    /// Listening on the address failed.
    Listen {
        scheme: &'static str,
        address: SocketAddr,
        source: io::Error,
    },
    /// An API key or secret without any text.
    EmptyKey { name: &'static str },
    /// A file for the certificate was named, but there is no https to need it.
    CaFileWithoutHttps,
    /// The certificate file cannot be written.
    CaFile { path: PathBuf, source: io::Error },
    /// Certificates could not be made.
    Certificate(String),
    /// The media server did not do what was asked of it.
    Media { reason: String },
    /// The machine gave no thread.
    Thread(io::Error),
}

pub type Result<Value> = std::result::Result<Value, Error>;

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NoListener => {
                formatter.write_str("nothing to listen on: ask for http, for https or for both")
            }
            Error::NotLoopback { scheme, address } => write!(
                formatter,
                "{scheme} on {address} could be reached from other machines. This server is for \
                 development: it hands a token to everybody who asks. Listen on 127.0.0.1 or \
                 [::1], or add --allow-remote if you are sure"
            ),
            Error::Listen {
                scheme,
                address,
                source,
            } if source.kind() == io::ErrorKind::AddrInUse => {
                write!(
                    formatter,
                    "port {port} on {ip} is already in use, perhaps by another devserver. Stop \
                     that program, or choose another port: --{scheme} {ip}:{next}, or \
                     --{scheme} {ip}:0 for any free one",
                    port = address.port(),
                    ip = bracketed(address),
                    next = address.port().checked_add(1).unwrap_or(3000),
                )
            }
            Error::Listen {
                scheme,
                address,
                source,
            } => write!(
                formatter,
                "cannot listen for {scheme} on {address}: {source}. Choose another address with \
                 --{scheme}, for example --{scheme} 127.0.0.1:0"
            ),
            Error::EmptyKey { name } => write!(
                formatter,
                "the {name} is empty: give it some text, or leave it out to get a random one"
            ),
            Error::CaFileWithoutHttps => formatter.write_str(
                "a certificate file is written for https only: add --https 127.0.0.1:0, or leave \
                 --ca-file out",
            ),
            Error::CaFile { path, source } => write!(
                formatter,
                "cannot write the certificate to {}: {source}. Name another file with --ca-file",
                path.display()
            ),
            Error::Certificate(reason) => {
                write!(formatter, "cannot make a certificate for https: {reason}")
            }
            Error::Media { reason } => formatter.write_str(reason),
            Error::Thread(source) => {
                write!(
                    formatter,
                    "the system gives no thread for the server: {source}"
                )
            }
        }
    }
}

fn bracketed(address: &SocketAddr) -> String {
    match address {
        SocketAddr::V4(address) => address.ip().to_string(),
        SocketAddr::V6(address) => format!("[{}]", address.ip()),
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Listen { source, .. } | Error::CaFile { source, .. } | Error::Thread(source) => {
                Some(source)
            }
            _ => None,
        }
    }
}
