//! What applies to the whole process unless an object says otherwise: token, server, network.
#![forbid(unsafe_code)]

use std::sync::{Arc, RwLock};

use once_cell::sync::OnceCell;

use crate::http::{self, Address};
use crate::log::{self, Level};
use crate::redact::Secret;
use crate::rooms::{self, Access};
use crate::runtime::{self, PerProcess};
use crate::token::{Context, Purpose, Token};
use crate::{Error, Result, Status};

/// The service's own API.
pub const DEFAULT_API_BASE_URL: &str = "https://api.videosdk.live";

/// Sets the token that applies wherever options give none, like `VideoSDK.config(token)`.
///
/// A later call replaces it; meetings that are initialised already keep theirs.
///
/// # Errors
///
/// What makes the token unusable for any purpose, e.g. [`Status::TokenMalformed`] or
/// [`Status::TokenExpired`]; nothing is changed then.
pub fn config(token: &str) -> Result<()> {
    config_with(&ConfigOptions::new().token(token))
}

/// Changes what is set in the options and leaves the rest as it is.
///
/// # Errors
///
/// As [`config`], and [`Status::InvalidArgument`] for an unusable URL, proxy or certificate;
/// nothing is changed then.
pub fn config_with(options: &ConfigOptions) -> Result<()> {
    let state = CURRENT.get();
    let mut current = state
        .write()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut next = Config::clone(&current);
    next.access = OnceCell::new();
    options
        .apply(&mut next)
        .map_err(|error| error.during("config"))?;
    *current = Arc::new(next);
    drop(current);
    log::record(Level::Info, "config", || {
        "the configuration was changed".to_owned()
    });
    Ok(())
}

/// A setting that an options object leaves alone, puts back to its default, or sets.
#[derive(Clone, Debug, Default)]
enum Change<T> {
    #[default]
    Keep,
    Reset,
    Set(T),
}

impl<T> Change<T> {
    fn to(value: Option<T>) -> Self {
        value.map_or(Change::Reset, Change::Set)
    }

    fn apply(&self, place: &mut Option<T>) -> bool
    where
        T: Clone,
    {
        match self {
            Change::Keep => return false,
            Change::Reset => *place = None,
            Change::Set(value) => *place = Some(value.clone()),
        }
        true
    }
}

/// What [`config_with`] changes. `None` puts a setting back to its default.
#[derive(Clone, Debug, Default)]
pub struct ConfigOptions {
    token: Option<Secret>,
    api_base_url: Change<String>,
    proxy: Change<Secret>,
    extra_ca_pem: Change<String>,
    user_agent_suffix: Change<String>,
    check_clock: Option<bool>,
    allow_plain_http: Option<bool>,
}

impl ConfigOptions {
    /// Changes nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The token, as the service or a token server issued it.
    #[must_use]
    pub fn token(mut self, token: &str) -> Self {
        self.token = Some(Secret::new(token));
        self
    }

    /// The base URL of the REST API; default [`DEFAULT_API_BASE_URL`].
    #[must_use]
    pub fn api_base_url(mut self, url: Option<&str>) -> Self {
        self.api_base_url = Change::to(url.map(str::to_owned));
        self
    }

    /// An HTTP proxy, e.g. `http://user:password@host:3128`; default none. The environment's
    /// proxy variables are not looked at.
    #[must_use]
    pub fn proxy(mut self, url: Option<&str>) -> Self {
        self.proxy = Change::to(url.map(Secret::new));
        self
    }

    /// Certificate authorities in PEM that are trusted besides the platform's; default none.
    #[must_use]
    pub fn extra_ca_pem(mut self, pem: Option<&str>) -> Self {
        self.extra_ca_pem = Change::to(pem.map(str::to_owned));
        self
    }

    /// What is added to the `User-Agent` header, e.g. `my-app/2.1`; default nothing.
    #[must_use]
    pub fn user_agent_suffix(mut self, suffix: Option<&str>) -> Self {
        self.user_agent_suffix = Change::to(suffix.map(str::to_owned));
        self
    }

    /// Whether tokens are checked against this machine's clock; default yes. Switch it off on
    /// boards without one: the service then is the only judge of expiry.
    #[must_use]
    pub fn check_clock(mut self, check: bool) -> Self {
        self.check_clock = Some(check);
        self
    }

    /// Whether plain `http` may leave this machine; default no. Everyone on the way can then read
    /// the token.
    #[must_use]
    pub fn allow_plain_http(mut self, allow: bool) -> Self {
        self.allow_plain_http = Some(allow);
        self
    }

    fn apply(&self, config: &mut Config) -> Result<()> {
        if let Some(check) = self.check_clock {
            config.check_clock = check;
        }
        let settings = &mut config.settings;
        let mut network_changed = self.proxy.apply(&mut settings.proxy);
        network_changed |= self.extra_ca_pem.apply(&mut settings.extra_ca_pem);
        network_changed |= self
            .user_agent_suffix
            .apply(&mut settings.user_agent_suffix);
        if let Some(allow) = self.allow_plain_http {
            settings.allow_plain_http = allow;
            network_changed = true;
        }
        if network_changed {
            let network = http::Network::new(settings.clone(), Arc::clone(&config.slots))?;
            config.network = Arc::new(network);
        }
        match &self.api_base_url {
            Change::Keep => {}
            Change::Reset => config.api_base_url = default_base_url(),
            Change::Set(url) => {
                config.api_base_url = config.checked_base_url("base URL", url)?;
            }
        }
        if let Some(token) = &self.token {
            let token = Token::from_text(token.expose());
            token
                .decoded()
                .verdict(&config.context(Purpose::Any, None, None))?;
            config.token = Some(token);
        }
        Ok(())
    }
}

/// The process-wide configuration.
#[derive(Clone)]
pub(crate) struct Config {
    settings: http::Settings,
    /// Shared by every client there ever is: the bound on requests in flight is the process's.
    slots: Arc<[http::Slots]>,
    pub(crate) network: Arc<http::Network>,
    api_base_url: Address,
    pub(crate) token: Option<Token>,
    pub(crate) check_clock: bool,
    /// To the rooms, with that token at that base URL; made when first asked for.
    access: OnceCell<Access>,
}

struct Current(RwLock<Arc<Config>>);

impl std::ops::Deref for Current {
    type Target = RwLock<Arc<Config>>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

static CURRENT: PerProcess<Current> = PerProcess::new();

impl Default for Current {
    fn default() -> Self {
        let settings = http::Settings::default();
        let slots = http::Slots::for_workers(runtime::worker_count());
        let network = http::Network::new(settings.clone(), Arc::clone(&slots))
            .unwrap_or_else(|error| unreachable!("the default settings are good: {error}"));
        Self(RwLock::new(Arc::new(Config {
            network: Arc::new(network),
            settings,
            slots,
            api_base_url: default_base_url(),
            token: None,
            check_clock: true,
            access: OnceCell::new(),
        })))
    }
}

fn default_base_url() -> Address {
    rooms::parse_base_url("base URL", DEFAULT_API_BASE_URL)
        .unwrap_or_else(|error| unreachable!("the service's own URL is good: {error}"))
}

/// The configuration as it is now.
pub(crate) fn current() -> Arc<Config> {
    let current = CURRENT.get().read();
    Arc::clone(&current.unwrap_or_else(std::sync::PoisonError::into_inner))
}

impl Config {
    /// The doctor's view on a token that is used now.
    pub(crate) fn context<'a>(
        &self,
        purpose: Purpose,
        room_id: Option<&'a str>,
        participant_id: Option<&'a str>,
    ) -> Context<'a> {
        Context {
            room_id,
            participant_id,
            clock_offset: self.network.clock_offset(),
            check_clock: self.check_clock,
            ..Context::new(purpose)
        }
    }

    /// The token of an object that may have its own, fit for what is done with it.
    pub(crate) fn token_for(
        &self,
        own: Option<&Secret>,
        purpose: Purpose,
        room_id: Option<&str>,
        participant_id: Option<&str>,
    ) -> Result<Token> {
        let token = match (own, &self.token) {
            (Some(own), _) => Token::from_text(own.expose()),
            (None, Some(token)) => token.clone(),
            (None, None) => {
                return Err(Error::new(
                    Status::NotConfigured,
                    "There is no token: none was configured and the options carry none",
                    "Call vsdk_config(token) first, or set a token on the options. A temporary token comes from the dashboard, others from your token server.",
                ));
            }
        };
        token
            .decoded()
            .verdict(&self.context(purpose, room_id, participant_id))?;
        Ok(token)
    }

    /// The access to rooms of an object that may have its own token and base URL.
    pub(crate) fn access(
        &self,
        own_token: Option<&Secret>,
        own_base_url: Option<&str>,
        room_id: Option<&str>,
    ) -> Result<Access> {
        let token = self.token_for(own_token, Purpose::Rest, room_id, None)?;
        if own_token.is_none() && own_base_url.is_none() {
            let make = || Access::new(&self.api_base_url, token.text());
            return self.access.get_or_try_init(make).cloned();
        }
        Access::new(&self.base_url_or_default(own_base_url)?, token.text())
    }

    /// The base URL of an object that may have its own.
    pub(crate) fn base_url_or_default(&self, own: Option<&str>) -> Result<Address> {
        match own {
            Some(own) => self.checked_base_url("base URL", own),
            None => Ok(self.api_base_url.clone()),
        }
    }

    /// The signalling service of an object that names one: a host, host:port, or a URL.
    pub(crate) fn signaling_base_url(&self, text: &str) -> Result<Address> {
        self.checked_base_url("signalling base URL", &http::http_url_of(text))
    }

    fn checked_base_url(&self, what: &str, text: &str) -> Result<Address> {
        let url = rooms::parse_base_url(what, text)?;
        self.network.check_plain(&url)?;
        Ok(url)
    }
}
