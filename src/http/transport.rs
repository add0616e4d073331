//! Exchanges that ended without a whole reply, in the one vocabulary.
//!
//! reqwest's own texts hold URLs and say little to a person; only the typed causes inside are used.

use std::error::Error as StdError;
use std::io;

use super::CONNECT_TIMEOUT;
use super::call::Peer;
use super::failure::Failure;
use super::resolve::Unresolved;
use super::retry::Reach;
use super::service_text::presentable;
use super::settings::Proxy;
use super::target::Target;
use super::tls;
use crate::error::Status;
use crate::redact::Redactor;

/// What is known about an exchange when it fails.
pub(crate) struct Context<'a> {
    pub(crate) target: &'a Target,
    pub(crate) peer: Peer,
    pub(crate) proxy: Option<&'a Proxy>,
    /// Whether carrying the request out twice does no harm.
    pub(crate) repeatable: bool,
    pub(crate) redactor: &'a Redactor,
}

/// The typed causes found in the chain of an error.
#[derive(Default)]
struct Causes<'a> {
    unresolved: Option<&'a Unresolved>,
    tls: Option<&'a rustls::Error>,
    io: Option<&'a io::Error>,
    texts: Vec<String>,
}

impl<'a> Causes<'a> {
    fn of(error: &'a (dyn StdError + 'static)) -> Self {
        let mut causes = Self::default();
        let mut next = Some(error);
        while let Some(cause) = next {
            causes.note(cause);
            next = cause.source();
        }
        causes
    }

    fn note(&mut self, cause: &'a (dyn StdError + 'static)) {
        self.texts.push(cause.to_string());
        if let Some(unresolved) = cause.downcast_ref() {
            self.unresolved = Some(unresolved);
        } else if let Some(tls) = cause.downcast_ref() {
            self.tls = Some(tls);
        } else if let Some(io) = cause.downcast_ref::<io::Error>() {
            // The error inside an I/O error is no source of it: it must be asked for.
            match io.get_ref() {
                Some(inner) => {
                    let inner: &'a (dyn StdError + 'static) = inner;
                    self.note(inner);
                    self.io.get_or_insert(io);
                }
                None => self.io = Some(io),
            }
        }
    }

    fn says(&self, words: &str) -> bool {
        self.texts.iter().any(|text| text.contains(words))
    }

    /// hyper has no typed answer here that could be named: its parse errors all say "parsed".
    fn is_not_http(&self) -> bool {
        self.texts
            .iter()
            .any(|text| text.starts_with("invalid ") && text.contains(" parsed"))
            || self.says("message head is too large")
    }

    /// Whether descriptors ran out: nothing a server could be blamed for.
    fn is_exhausted(&self) -> bool {
        self.io.is_some_and(|io| {
            matches!(io.raw_os_error(), Some(code) if cfg!(unix) && (code == libc::EMFILE || code == libc::ENFILE))
        })
    }
}

/// The failure for an error of reqwest while connecting, sending, or waiting for the reply.
pub(crate) fn explain(error: &reqwest::Error, context: &Context<'_>) -> Failure {
    let causes = Causes::of(error);
    if error.is_builder() {
        return Failure::last(
            Status::InvalidArgument,
            "the request could not be put together from these values",
            "Check the URL, the token and the headers for characters that do not belong there.",
        );
    }
    if causes.is_exhausted() {
        return Failure::last(
            Status::ResourceExhausted,
            "this process has no file descriptors left for a connection",
            "Close what is not needed, or raise the limit (ulimit -n).",
        )
        .with_reach(Reach::NotSent);
    }
    if let Some(tls) = causes.tls {
        return tls_failure(tls, context);
    }
    if error.is_connect() {
        return match context.proxy {
            Some(proxy) => proxy_failure(error, &causes, proxy, context),
            None => connect_failure(error, &causes, context),
        };
    }
    if causes.is_not_http() {
        return not_http(context);
    }
    broken(&causes, context, "before the reply came")
}

/// The failure for a reply that ended in the middle of its body, after `received` bytes.
pub(crate) fn explain_body(
    error: &reqwest::Error,
    received: usize,
    context: &Context<'_>,
) -> Failure {
    let causes = Causes::of(error);
    if causes.is_not_http() || causes.says("invalid chunk") {
        return not_http(context);
    }
    broken(
        &causes,
        context,
        &format!("after {received} bytes of the reply"),
    )
}

/// The failure for a proxy that answered a plain request itself with HTTP 407.
pub(crate) fn proxy_wants_credentials(proxy: &Proxy) -> Failure {
    Failure::last(
        Status::NetworkProxy,
        format!(
            "the proxy at {} wants a user name and password, or other ones",
            proxy.address
        ),
        "Give them in the proxy URL: http://user:password@host:port.",
    )
}

fn connect_failure(error: &reqwest::Error, causes: &Causes<'_>, context: &Context<'_>) -> Failure {
    let Context {
        target,
        peer,
        redactor,
        ..
    } = context;
    if let Some(unresolved) = causes.unresolved {
        let detail = unresolved
            .cause
            .as_ref()
            .and_then(|cause| presentable(&cause.to_string(), redactor))
            .map_or_else(String::new, |detail| format!(" ({detail})"));
        return Failure::last(
            Status::NetworkDns,
            format!("the host name `{}` could not be resolved{detail}", unresolved.host),
            "Check the spelling of the host in the URL, and the network connection and DNS of this machine.",
        )
        .with_reach(Reach::NotSent);
    }
    let cause = connect_cause(error, causes, redactor);
    let remedy = match (target.loopback, peer) {
        (true, Peer::TokenServer) => {
            "Is the token server running? Start it, and check the port in the URL.".to_owned()
        }
        (true, Peer::Service) => {
            "Is the server running? Start it, and check the port in the base URL.".to_owned()
        }
        (false, _) => format!(
            "Check the host and port in the URL, the network of this machine, and that no firewall blocks port {}.",
            target.port
        ),
    };
    Failure::last(
        Status::NetworkConnect,
        format!(
            "no connection to {} at {}: {cause}",
            peer.name(),
            target.authority
        ),
        remedy,
    )
    .with_reach(Reach::NotSent)
}

fn connect_cause(error: &reqwest::Error, causes: &Causes<'_>, redactor: &Redactor) -> String {
    if let Some(io) = causes.io {
        return io_cause(io, redactor);
    }
    if error.is_timeout() {
        return format!("nobody answered within {} s", CONNECT_TIMEOUT.as_secs());
    }
    "the connection was not accepted".to_owned()
}

fn io_cause(io: &io::Error, redactor: &Redactor) -> String {
    match io.kind() {
        io::ErrorKind::ConnectionRefused => {
            "the connection was refused; nothing listens there".to_owned()
        }
        io::ErrorKind::ConnectionReset => "the other side reset the connection".to_owned(),
        io::ErrorKind::BrokenPipe | io::ErrorKind::UnexpectedEof => {
            "the other side closed the connection".to_owned()
        }
        io::ErrorKind::TimedOut => "nobody answered in time".to_owned(),
        io::ErrorKind::NetworkUnreachable => "the network cannot be reached".to_owned(),
        io::ErrorKind::HostUnreachable => "the host cannot be reached".to_owned(),
        _ => presentable(&io.to_string(), redactor).unwrap_or_else(|| "unknown reason".to_owned()),
    }
}

fn proxy_failure(
    error: &reqwest::Error,
    causes: &Causes<'_>,
    proxy: &Proxy,
    context: &Context<'_>,
) -> Failure {
    if causes.says("proxy authorization required") {
        return proxy_wants_credentials(proxy);
    }
    let address = &proxy.address;
    let cause = if causes.unresolved.is_some() {
        format!("the host name of the proxy {address} could not be resolved")
    } else if causes.says("tunnel error: unsuccessful") {
        format!(
            "the proxy at {address} refused to connect to {}",
            context.target.authority
        )
    } else if causes.says("tunnel error: unexpected end of file") {
        format!("the proxy at {address} closed the connection")
    } else {
        let cause = connect_cause(error, causes, context.redactor);
        format!("no connection through the proxy at {address}: {cause}")
    };
    Failure::last(
        Status::NetworkProxy,
        cause,
        "Check the proxy URL, that the proxy is running, and that it may reach the server.",
    )
}

fn tls_failure(error: &rustls::Error, context: &Context<'_>) -> Failure {
    let (reason, remedy) = tls::explain(error, &context.target.host);
    let reason = presentable(&reason, context.redactor).unwrap_or_default();
    Failure::last(
        Status::NetworkTls,
        format!(
            "no secure connection to {} at {}: {reason}",
            context.peer.name(),
            context.target.authority
        ),
        remedy,
    )
}

fn not_http(context: &Context<'_>) -> Failure {
    let scheme = if context.target.secure {
        "http"
    } else {
        "https"
    };
    Failure::last(
        Status::InvalidResponse,
        format!(
            "what answered at {} does not speak HTTP",
            context.target.authority
        ),
        format!("Check the port in the URL, and whether it should begin with {scheme}://."),
    )
}

fn broken(causes: &Causes<'_>, context: &Context<'_>, when: &str) -> Failure {
    let reason = match causes.io {
        Some(io) => io_cause(io, context.redactor),
        None => "the other side closed the connection".to_owned(),
    };
    let remedy = if context.repeatable {
        "Try again; if it lasts, check the network and what lies between this machine and the server."
    } else {
        "The request may have been carried out all the same: look before you repeat it."
    };
    Failure::last(
        Status::NetworkBroken,
        format!(
            "the connection to {} at {} broke {when}: {reason}",
            context.peer.name(),
            context.target.authority
        ),
        remedy,
    )
    .with_reach(Reach::Unknown)
}
