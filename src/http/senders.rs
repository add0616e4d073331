//! What connects and sends: one reqwest client for plain HTTP, one for TLS, each made when needed.

use std::sync::Arc;

use once_cell::sync::OnceCell;

use super::CONNECT_TIMEOUT;
use super::connections::Handover;
use super::failure::Failure;
use super::resolve::PlatformResolver;
use super::settings::Checked;
use super::target::Target;
use super::tls;
use crate::error::Status;

/// What connections are made for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Use {
    /// Requests and replies; that many connections to a host are kept for later.
    Exchange { idle: usize },
    /// One request each, behind which the connection speaks something else: HTTP/1.1 only, since
    /// later versions share a connection, and outside of the bounds of what HTTP keeps open.
    Upgrade,
}

pub(super) struct Senders {
    purpose: Use,
    clients: Arc<Clients>,
}

#[derive(Default)]
struct Clients {
    /// For plain HTTP; never looks at a trust store.
    plain: OnceCell<reqwest::Client>,
    /// For everything that involves TLS.
    secure: OnceCell<reqwest::Client>,
}

impl Senders {
    pub(super) fn new(purpose: Use) -> Self {
        Self {
            purpose,
            clients: Arc::default(),
        }
    }

    /// The client for TLS, once a call has needed it.
    #[cfg(test)]
    pub(super) fn secure(&self) -> Option<&reqwest::Client> {
        self.clients.secure.get()
    }

    /// The client for a target, built when it is first needed.
    pub(super) async fn get(
        &self,
        target: &Target,
        settings: &Arc<Checked>,
        trust: &Arc<OnceCell<rustls::ClientConfig>>,
    ) -> Result<reqwest::Client, Failure> {
        let proxy_speaks_tls = settings
            .proxy
            .as_ref()
            .is_some_and(|proxy| proxy.url.scheme() == "https");
        let purpose = self.purpose;
        if !target.secure && !proxy_speaks_tls {
            return self
                .clients
                .plain
                .get_or_try_init(|| purpose.client(settings, tls::distrusting_config()))
                .cloned();
        }
        if let Some(client) = self.clients.secure.get() {
            return Ok(client.clone());
        }
        // Reading the trust store takes milliseconds of disk: not on a thread that others need.
        let clients = Arc::clone(&self.clients);
        let (settings, trust) = (Arc::clone(settings), Arc::clone(trust));
        let built = tokio::task::spawn_blocking(move || {
            let roots = &settings.extra_roots;
            let trust = trust.get_or_try_init(|| tls::trusting_config(roots));
            clients
                .secure
                .get_or_try_init(|| purpose.client(&settings, trust.cloned()))
                .cloned()
        });
        built.await.unwrap_or_else(|_| {
            Err(Failure::last(
                Status::Shutdown,
                "the library was shut down",
                "Make the call again after starting anew.",
            ))
        })
    }
}

impl Use {
    fn client(
        self,
        settings: &Checked,
        config: Result<rustls::ClientConfig, rustls::Error>,
    ) -> Result<reqwest::Client, Failure> {
        let mut config = config.map_err(|reason| {
            Failure::last(
                Status::NetworkTls,
                format!("no certificates could be trusted ({reason})"),
                "Install the CA certificates of this system (often the package ca-certificates), or add them as extra CA.",
            )
        })?;
        let mut builder = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            // Whether to send again is decided here, by what the server may have seen.
            .retry(reqwest::retry::never())
            .referer(false)
            .user_agent(settings.user_agent.clone())
            .connect_timeout(CONNECT_TIMEOUT)
            .tcp_nodelay(true)
            .dns_resolver(PlatformResolver);
        builder = match self {
            Use::Exchange { idle } => builder
                .pool_max_idle_per_host(idle)
                .connector_layer(Handover),
            Use::Upgrade => {
                config.alpn_protocols = vec![tls::HTTP_1_1.to_vec()];
                builder.pool_max_idle_per_host(0).http1_only()
            }
        };
        if let Some(proxy) = &settings.proxy {
            let proxy = reqwest::Proxy::all(proxy.url.clone()).map_err(|_| unbuildable())?;
            builder = builder.proxy(proxy);
        }
        let built = builder.tls_backend_preconfigured(config).build();
        built.map_err(|_| unbuildable())
    }
}

fn unbuildable() -> Failure {
    Failure::last(
        Status::ResourceExhausted,
        "the HTTP client could not be set up",
        "Check the proxy URL, and that this process may open sockets.",
    )
}
