//! Where a request goes: the checks on its URL, and its name in messages.

use std::net::IpAddr;
use std::sync::Arc;

use url::form_urlencoded::Serializer;
use url::{Host, Url, UrlQuery};

use crate::error::{Error, Result, Status};

/// A checked URL and the server in it, which stays the same.
#[derive(Clone, Debug)]
pub(crate) struct Address {
    url: Url,
    target: Arc<Target>,
}

impl Address {
    /// Parses a URL given by the user and refuses what is never sent; `what` names it in the
    /// message, e.g. "base URL".
    pub(crate) fn parse(what: &str, text: &str) -> Result<Self> {
        let url = Url::parse(text.trim()).map_err(|reason| {
            Error::new(
                Status::InvalidArgument,
                format!("The {what} is not a URL: {reason}"),
                "Give it in full, e.g. https://api.videosdk.live or http://127.0.0.1:9000.",
            )
        })?;
        let target = Arc::new(Target::of(&url)?);
        Ok(Self { url, target })
    }

    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    pub(crate) fn target(&self) -> &Target {
        &self.target
    }

    /// Another path on the same server.
    pub(crate) fn at(&self, path: &str) -> Self {
        let mut other = self.clone();
        other.url.set_path(path);
        other
    }

    /// With that query, which is encoded already.
    pub(crate) fn with_query(&self, query: &str) -> Self {
        let mut other = self.clone();
        other.url.set_query(Some(query));
        other
    }

    /// Adds to the query.
    pub(crate) fn query_pairs_mut(&mut self) -> Serializer<'_, UrlQuery<'_>> {
        self.url.query_pairs_mut()
    }
}

/// The server of a URL, as it is named in messages; never its path, query or user information.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) secure: bool,
    /// Whether it is this machine: 127.0.0.0/8, `::1` or `localhost`.
    pub(crate) loopback: bool,
    /// `host:port`.
    pub(crate) authority: String,
    /// Scheme, host and port: what connections are shared by.
    pub(crate) origin: String,
}

impl Target {
    fn of(url: &Url) -> Result<Self> {
        check_url(url)?;
        let host = url.host().ok_or_else(|| invalid("names no host"))?;
        let loopback = match &host {
            Host::Domain(name) => name.trim_end_matches('.').eq_ignore_ascii_case("localhost"),
            Host::Ipv4(address) => IpAddr::from(*address).is_loopback(),
            Host::Ipv6(address) => IpAddr::from(*address).is_loopback(),
        };
        let port = url.port_or_known_default().unwrap_or(0);
        let authority = format!("{host}:{port}");
        Ok(Self {
            host: host.to_string(),
            port,
            secure: url.scheme() == "https",
            loopback,
            origin: format!("{}://{authority}", url.scheme()),
            authority,
        })
    }

    /// Refuses a plain connection that leaves this machine.
    pub(crate) fn check_plain(&self, allowed: bool) -> Result<()> {
        if self.secure || self.loopback || allowed {
            return Ok(());
        }
        Err(Error::new(
            Status::NetworkInsecure,
            format!(
                "Plain http to `{}` would show the token to everyone on the way",
                self.host
            ),
            "Use https, or allow plain http explicitly if that network is your own.",
        ))
    }
}

fn check_url(url: &Url) -> Result<()> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(invalid(&format!(
            "has the scheme `{}`; only https and http can be used",
            url.scheme()
        )));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(invalid("holds a user name or password"));
    }
    Ok(())
}

fn invalid(cause: &str) -> Error {
    Error::new(
        Status::InvalidArgument,
        format!("The URL {cause}"),
        "Give it as https://host/path, without user name and password.",
    )
}

/// The URL of HTTP with which a WebSocket begins: its own with another scheme, or a host with TLS.
pub(crate) fn http_url_of(websocket: &str) -> String {
    let text = websocket.trim();
    match text.split_once("://") {
        None => format!("https://{text}"),
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("wss") => format!("https://{rest}"),
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("ws") => format!("http://{rest}"),
        Some(_) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(url: &str) -> Result<Target> {
        Target::of(&Url::parse(url).expect("a URL"))
    }

    #[test]
    fn plain_http_stays_on_this_machine() {
        for (url, allowed) in [
            ("http://127.0.0.1:9000/x", true),
            ("http://127.9.8.7", true),
            ("http://[::1]:1", true),
            ("http://localhost", true),
            ("http://LOCALHOST.:1", true),
            ("https://api.videosdk.live", true),
            ("http://api.videosdk.live", false),
            ("http://localhost.example", false),
            ("http://10.0.0.1", false),
            ("http://[::ffff:127.0.0.1]", false),
        ] {
            let target = target(url).expect(url);
            let checked = target.check_plain(false);
            assert_eq!(checked.is_ok(), allowed, "{url}");
            if let Err(error) = checked {
                assert_eq!(error.status(), Status::NetworkInsecure);
                assert!(target.check_plain(true).is_ok());
            }
        }
    }

    #[test]
    fn other_schemes_and_user_information_are_refused_without_being_shown() {
        for url in [
            "ftp://host/",
            "file:///etc",
            "https://ann:hunter22@host/",
            "http://ann@host",
        ] {
            let error = target(url).expect_err(url);
            assert_eq!(error.status(), Status::InvalidArgument);
            assert!(!error.to_string().contains("hunter22"));
        }
    }

    #[test]
    fn ports_are_those_of_the_scheme_unless_given() {
        assert_eq!(target("https://a.b/").unwrap().authority, "a.b:443");
        assert_eq!(target("http://[::1]/").unwrap().authority, "[::1]:80");
        assert_eq!(
            target("http://localhost:9/").unwrap().origin,
            "http://localhost:9"
        );
    }
}
