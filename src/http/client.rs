//! The client: slots, lazily built connections, attempts, and the deadline around all of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use once_cell::sync::OnceCell;
use reqwest::header::PROXY_AUTHENTICATE;
use reqwest::{Request, Response};
use tokio::time::Instant;

use super::call::{Call, Peer};
use super::connections::{Exchange, Occupancy};
use super::failure::{Details, Failure};
use super::progress::{Progress, Step};
use super::reply::{self, BodyProblem, Delivered, MAX_REFUSAL_BYTES, Reply};
use super::retry;
use super::senders::{Senders, Use};
use super::settings::{Checked, Settings};
use super::slots::Slots;
use super::target::{Address, Target};
use super::tls;
use super::transport::{self, Context};
use super::{MAX_IN_FLIGHT, MAX_REPLY_BYTES, refusal};
use crate::error::{Error, Result, Status};
use crate::json;
use crate::redact::Redactor;

/// Sends [`Call`]s. Clones share connections, slots and what was learnt about the clock.
#[derive(Clone)]
pub(crate) struct Client {
    shared: Arc<Shared>,
}

struct Shared {
    settings: Arc<Checked>,
    /// May be shared by several clients.
    slots: Slots,
    occupancy: Occupancy,
    /// For exchanges of a request and its reply.
    exchanging: Senders,
    /// For connections that leave HTTP behind.
    upgrading: Senders,
    /// Whom TLS connections trust; read from the platform's store once for all.
    trust: Arc<OnceCell<rustls::ClientConfig>>,
    /// Server clock minus ours, in seconds; [`CLOCK_UNKNOWN`] until a reply told.
    clock_offset: Arc<AtomicI64>,
}

const CLOCK_UNKNOWN: i64 = i64::MIN;

impl Client {
    /// Checks the settings; nothing is connected, read or built yet.
    pub(crate) fn new(settings: Settings, slots: Slots) -> Result<Self> {
        let settings = Arc::new(settings.check()?);
        let clock_offset = Arc::new(AtomicI64::new(CLOCK_UNKNOWN));
        Ok(Self::of(settings, Arc::default(), clock_offset, slots))
    }

    /// A client with the same settings, trust and clock, but with connections and slots of its own.
    pub(crate) fn with_slots(&self, slots: Slots) -> Self {
        let old = &self.shared;
        Self::of(
            Arc::clone(&old.settings),
            Arc::clone(&old.trust),
            Arc::clone(&old.clock_offset),
            slots,
        )
    }

    fn of(
        settings: Arc<Checked>,
        trust: Arc<OnceCell<rustls::ClientConfig>>,
        clock_offset: Arc<AtomicI64>,
        slots: Slots,
    ) -> Self {
        let idle = slots.count();
        Self {
            shared: Arc::new(Shared {
                settings,
                occupancy: Occupancy::new(slots.count()),
                exchanging: Senders::new(Use::Exchange { idle }),
                upgrading: Senders::new(Use::Upgrade),
                slots,
                trust,
                clock_offset,
            }),
        }
    }

    /// Refuses a URL to which plain HTTP would carry secrets over a network.
    pub(crate) fn check_plain(&self, address: &Address) -> Result<()> {
        let allowed = self.shared.settings.allow_plain_http;
        address.target().check_plain(allowed)
    }

    /// The service's clock minus ours, in seconds, from the last reply of the service.
    pub(crate) fn clock_offset(&self) -> Option<i64> {
        Some(self.shared.clock_offset.load(Ordering::Relaxed))
            .filter(|offset| *offset != CLOCK_UNKNOWN)
    }

    /// What TLS goes by that carries no HTTP; why there is none, for a person.
    pub(crate) async fn tls_config(&self) -> std::result::Result<rustls::ClientConfig, String> {
        let shared = Arc::clone(&self.shared);
        // Reading the trust store takes milliseconds of disk: not on a thread that others need.
        let read = tokio::task::spawn_blocking(move || {
            let roots = &shared.settings.extra_roots;
            let trust = shared.trust.get_or_try_init(|| tls::trusting_config(roots));
            trust.cloned()
        });
        let mut config = match read.await {
            Ok(trust) => {
                trust.map_err(|reason| format!("no certificates could be trusted ({reason})"))?
            }
            Err(_) => return Err("the library was shut down".to_owned()),
        };
        config.alpn_protocols.clear();
        Ok(config)
    }

    /// The client for TLS, once a call has needed it.
    #[cfg(test)]
    pub(crate) fn secure_client(&self) -> Option<reqwest::Client> {
        self.shared.exchanging.secure().cloned()
    }

    /// Sends a call, repeats it where that is safe, and gives its 2xx reply.
    pub(crate) async fn send(&self, call: Call) -> Result<Reply> {
        let received = self.deliver(&call, MAX_REPLY_BYTES).await?.into_text();
        Ok(Reply {
            received,
            call,
            settings: Arc::clone(&self.shared.settings),
        })
    }

    /// The same for a reply that is a file, of at most so many bytes.
    pub(crate) async fn fetch(&self, call: &Call, most_bytes: usize) -> Result<Vec<u8>> {
        Ok(self.deliver(call, most_bytes).await?.body)
    }

    async fn deliver(&self, call: &Call, most_bytes: usize) -> Result<Delivered> {
        self.check_plain(&call.address)
            .map_err(|error| Failure::from(error).into_error(&call.purpose, 1))?;
        let mut attempts = Attempts::of(self, call);
        attempts.most_bytes = most_bytes;
        attempts.run().await
    }
}

/// All the attempts of one call.
pub(super) struct Attempts<'a> {
    client: &'a Client,
    pub(super) call: &'a Call,
    /// Made when something of a failure is to be shown; most calls need none.
    redactor: OnceCell<Redactor>,
    /// The largest reply that is accepted.
    most_bytes: usize,
    pub(super) progress: Arc<Progress>,
}

impl<'a> Attempts<'a> {
    pub(super) fn of(client: &'a Client, call: &'a Call) -> Self {
        Self {
            client,
            call,
            redactor: OnceCell::new(),
            most_bytes: MAX_REPLY_BYTES,
            progress: Arc::default(),
        }
    }

    async fn run(&self) -> Result<Delivered> {
        let begin = Instant::now();
        let mut attempts = 0;
        loop {
            attempts += 1;
            let outcome = if Instant::now() < self.call.deadline {
                tokio::time::timeout_at(self.call.deadline, self.attempt(attempts))
                    .await
                    .ok()
            } else {
                // `timeout_at` would begin the attempt all the same, and so send a request.
                None
            };
            let failure = match outcome {
                Some(Ok(reply)) => return Ok(reply),
                Some(Err(failure)) => failure,
                None => {
                    return Err(self.given_up(self.too_late(begin.elapsed()), attempts));
                }
            };
            let pause = retry::next(
                self.call.is_repeatable,
                failure.reach,
                attempts,
                failure.details.retry_after,
                retry::jitter(),
                self.call.deadline.saturating_duration_since(Instant::now()),
            );
            let Some(pause) = pause.filter(|_| !self.call.only_once) else {
                return Err(self.given_up(failure, attempts));
            };
            tokio::time::sleep(pause).await;
        }
    }

    /// The last failure as the user's error. What may have been carried out in spite of it, and
    /// cannot be repeated without doing it twice, is never called retryable.
    fn given_up(&self, failure: Failure, attempts: u32) -> Error {
        let once_only = !self.call.is_repeatable
            && matches!(
                failure.status,
                Status::Timeout | Status::NetworkBroken | Status::ServerError
            );
        let error = failure.into_error(&self.call.purpose, attempts);
        if once_only {
            error.with_retryable(false)
        } else {
            error
        }
    }

    async fn attempt(&self, number: u32) -> Result<Delivered, Failure> {
        self.progress.set(Step::WaitingForSlot);
        let _slot = self.client.shared.slots.take().await?;
        self.progress.set(Step::Preparing);
        let client = self.sender(&self.client.shared.exchanging).await?;
        // Before the slot is given back, the exchange announces its connection to the next one.
        let exchange = Exchange::begin(
            &self.client.shared.occupancy,
            &self.target().origin,
            Arc::clone(&self.progress),
        );
        self.progress.set(Step::AwaitingReply);
        let sent = exchange.carry(client.execute(self.request())).await;
        let response = sent.map_err(|error| {
            if error.is_connect() || error.is_builder() {
                exchange.not_connected();
            } else {
                exchange.connection_ended();
            }
            transport::explain(&error, &self.context())
        })?;
        if reply::ends_connection(&response) {
            exchange.connection_ended();
        }
        self.progress.set(Step::ReadingBody);
        self.receive(response, number).await
    }

    /// What sends to the target of this call.
    async fn sender(&self, senders: &Senders) -> Result<reqwest::Client, Failure> {
        let shared = &self.client.shared;
        senders
            .get(self.target(), &shared.settings, &shared.trust)
            .await
    }

    /// What makes connections to the target of this call that leave HTTP behind.
    pub(super) async fn upgrading(&self) -> Result<reqwest::Client, Failure> {
        self.sender(&self.client.shared.upgrading).await
    }

    pub(super) fn request(&self) -> Request {
        let mut request = Request::new(self.call.method.clone(), self.call.address.url().clone());
        *request.headers_mut() = self.call.all_headers();
        *request.body_mut() = self.call.body.clone().map(Into::into);
        request
    }

    pub(super) async fn receive(
        &self,
        mut response: Response,
        attempts: u32,
    ) -> Result<Delivered, Failure> {
        let now = SystemTime::now();
        let status = response.status().as_u16();
        if self.call.purpose.peer == Peer::Service {
            self.client.shared.learn_clock(&response, now);
        }
        if (200..=299).contains(&status) {
            return self.read_success(response, now, attempts).await;
        }
        let details = self.details(&response, now);
        match status {
            300..=399 => Err(refusal::redirect(
                status,
                response.headers(),
                self.call.address.url(),
                details,
                self.redactor(),
            )),
            _ => {
                if let Some(proxy) = &self.client.shared.settings.proxy
                    && status == 407
                    && response.headers().contains_key(PROXY_AUTHENTICATE)
                {
                    return Err(transport::proxy_wants_credentials(proxy));
                }
                // A refusal that is cut off still is one: its status says the most.
                let (body, _) = reply::read_body(&mut response, MAX_REFUSAL_BYTES).await;
                let body = json::text(body);
                Err(refusal::decode(
                    status,
                    &body,
                    self.call.purpose.peer,
                    details,
                    self.redactor(),
                ))
            }
        }
    }

    async fn read_success(
        &self,
        mut response: Response,
        now: SystemTime,
        attempts: u32,
    ) -> Result<Delivered, Failure> {
        let status = response.status().as_u16();
        let (body, problem) = reply::read_body(&mut response, self.most_bytes).await;
        match problem {
            None => Ok(Delivered {
                status,
                body,
                headers: std::mem::take(response.headers_mut()),
                attempts,
            }),
            Some(BodyProblem::TooLarge) => Err(Failure {
                details: Box::new(self.details(&response, now)),
                ..Failure::last(
                    Status::ResponseTooLarge,
                    format!(
                        "the reply of {} is larger than {} KiB",
                        self.call.purpose.peer.name(),
                        self.most_bytes / 1024
                    ),
                    "Check the URL: no reply of this kind is that large. For lists, ask for fewer per page.",
                )
            }),
            Some(BodyProblem::Broken(error)) => Err(Failure {
                details: Box::new(self.details(&response, now)),
                ..transport::explain_body(&error, body.len(), &self.context())
            }),
        }
    }

    /// What a failure tells of the reply's head.
    pub(super) fn details(&self, response: &Response, now: SystemTime) -> Details {
        let status = response.status().as_u16();
        reply::details(status, response.headers(), now, self.redactor())
    }

    pub(super) fn target(&self) -> &Target {
        self.call.address.target()
    }

    fn redactor(&self) -> &Redactor {
        self.redactor
            .get_or_init(|| self.call.redactor(&self.client.shared.settings))
    }

    pub(super) fn context(&self) -> Context<'_> {
        Context {
            target: self.target(),
            peer: self.call.purpose.peer,
            proxy: self.client.shared.settings.proxy.as_ref(),
            repeatable: self.call.is_repeatable,
            redactor: self.redactor(),
        }
    }

    /// The failure for a deadline that passed: what was going on, and how long it took in all.
    pub(super) fn too_late(&self, elapsed: Duration) -> Failure {
        let peer = self.call.purpose.peer.name();
        let address = &self.target().authority;
        let step = self.progress.get();
        let doing = match step {
            Step::WaitingForSlot => {
                format!("waiting for a free slot ({MAX_IN_FLIGHT} requests were in flight)")
            }
            Step::Preparing => "preparing the connection".to_owned(),
            Step::Connecting => format!("connecting to {peer} at {address}"),
            Step::AwaitingReply => format!("waiting for the reply of {peer} at {address}"),
            Step::ReadingBody => format!("reading the reply of {peer} at {address}"),
        };
        let may_have_happened =
            !self.call.is_repeatable && matches!(step, Step::AwaitingReply | Step::ReadingBody);
        let remedy = match step {
            _ if may_have_happened => {
                "The request may have been carried out all the same: look before you repeat it, with a longer timeout."
            }
            Step::WaitingForSlot => "Start fewer requests at once, or allow more time.",
            Step::Connecting => "Check the network and the URL, or allow more time.",
            _ => "Try again, or allow more time.",
        };
        Failure::last(
            Status::Timeout,
            format!(
                "the time was up after {} ms, while {doing}",
                elapsed.as_millis()
            ),
            remedy,
        )
    }
}

impl Shared {
    fn learn_clock(&self, response: &Response, now: SystemTime) {
        if let Some(offset) = reply::clock_offset(response.headers(), now) {
            self.clock_offset.store(offset, Ordering::Relaxed);
        }
    }
}
