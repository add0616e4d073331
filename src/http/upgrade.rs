//! Connections that begin as a request and then speak something else.

use reqwest::header::HeaderMap;
use reqwest::{StatusCode, Upgraded};

use super::call::Call;
use super::client::{Attempts, Client};
use super::failure::Failure;
use super::progress::Step;
use super::transport;
use crate::error::{Result, Status};

/// A connection whose server agreed to leave HTTP behind.
pub(crate) struct Upgrade {
    /// The head of the reply that agreed.
    pub(crate) headers: HeaderMap,
    pub(crate) stream: Upgraded,
}

impl Client {
    /// Sends a request that asks for something else than HTTP. It is sent once, on a connection of
    /// its own that counts towards no bound.
    pub(crate) async fn upgrade(&self, call: Call) -> Result<Upgrade> {
        let attempts = Attempts::of(self, &call);
        let failed = |failure: Failure| failure.into_error(&call.purpose, 1);
        self.check_plain(&call.address)
            .map_err(|error| failed(error.into()))?;
        let begin = tokio::time::Instant::now();
        attempts.progress.set(Step::Connecting);
        match tokio::time::timeout_at(call.deadline, attempts.upgrade()).await {
            Ok(outcome) => outcome.map_err(failed),
            Err(_) => Err(failed(attempts.too_late(begin.elapsed()))),
        }
    }
}

impl Attempts<'_> {
    async fn upgrade(&self) -> Result<Upgrade, Failure> {
        let sent = self.upgrading().await?.execute(self.request()).await;
        let broken = |error| transport::explain(&error, &self.context());
        let mut response = sent.map_err(broken)?;
        if response.status() == StatusCode::SWITCHING_PROTOCOLS {
            let headers = std::mem::take(response.headers_mut());
            let stream = response.upgrade().await.map_err(broken)?;
            return Ok(Upgrade { headers, stream });
        }
        let received = self.receive(response, 1).await?;
        Err(Failure::last(
            Status::InvalidResponse,
            format!(
                "{} at {} answered HTTP {} instead of switching to a WebSocket",
                self.call.purpose.peer.name(),
                self.target().authority,
                received.status
            ),
            "Check the signalling base URL, and that no proxy in between blocks WebSockets.",
        ))
    }
}
