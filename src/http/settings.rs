//! What the user decides about HTTP, and the checks on it.

use reqwest::header::HeaderValue;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use url::Url;

use crate::error::{Error, Result, Status};
use crate::redact::Secret;

/// How requests leave this machine. Nothing here comes from the environment.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The proxy for every request, e.g. `http://user:password@proxy.example:3128`; none by
    /// default. A secret, since it may hold a password.
    pub proxy: Option<Secret>,
    /// Certificates, in PEM, that are trusted in addition to those of the platform.
    pub extra_ca_pem: Option<String>,
    /// A text behind `vsdk/<version>` in the `User-Agent` header, e.g. `my-app/1.2`.
    pub user_agent_suffix: Option<String>,
    /// Whether plain `http` may be used to hosts other than this machine.
    pub allow_plain_http: bool,
}

/// [`Settings`] that were found good, in the form in which they are used.
pub(crate) struct Checked {
    pub(crate) proxy: Option<Proxy>,
    pub(crate) extra_roots: Vec<CertificateDer<'static>>,
    pub(crate) user_agent: HeaderValue,
    pub(crate) allow_plain_http: bool,
}

/// A proxy whose URL was understood.
pub(crate) struct Proxy {
    pub(crate) url: Url,
    /// `host:port`, for messages.
    pub(crate) address: String,
}

impl Settings {
    /// Finds mistakes at once instead of at the first request.
    pub(crate) fn check(&self) -> Result<Checked> {
        Ok(Checked {
            proxy: self.proxy.as_ref().map(check_proxy).transpose()?,
            extra_roots: match &self.extra_ca_pem {
                Some(pem) => check_certificates(pem)?,
                None => Vec::new(),
            },
            user_agent: check_user_agent(self.user_agent_suffix.as_deref())?,
            allow_plain_http: self.allow_plain_http,
        })
    }
}

fn check_proxy(proxy: &Secret) -> Result<Proxy> {
    // The URL may hold a password, so no message repeats it.
    let refuse = |cause: &str| {
        Error::new(
            Status::InvalidArgument,
            format!("The proxy URL {cause}"),
            "Give it as http://host:port, or http://user:password@host:port with special characters percent-encoded.",
        )
    };
    let url =
        Url::parse(proxy.expose()).map_err(|reason| refuse(&format!("is not a URL: {reason}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refuse(&format!(
            "has the scheme `{}`; only http and https proxies are supported",
            url.scheme()
        )));
    }
    let host = url.host_str().filter(|host| !host.is_empty());
    let Some(host) = host else {
        return Err(refuse("names no host"));
    };
    let port = url.port_or_known_default().unwrap_or(80);
    let address = format!("{host}:{port}");
    Ok(Proxy { url, address })
}

fn check_certificates(pem: &str) -> Result<Vec<CertificateDer<'static>>> {
    let refuse = |cause: String| {
        Error::new(
            Status::InvalidArgument,
            format!("The extra CA certificates {cause}"),
            "Give the whole text of a PEM file, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.",
        )
    };
    let certificates = CertificateDer::pem_slice_iter(pem.as_bytes())
        .collect::<Result<Vec<_>, _>>()
        .map_err(|_| refuse("are not valid PEM".to_owned()))?;
    if certificates.is_empty() {
        return Err(refuse("hold no certificate".to_owned()));
    }
    let mut roots = rustls::RootCertStore::empty();
    for (index, certificate) in certificates.iter().enumerate() {
        roots.add(certificate.clone()).map_err(|_| {
            refuse(format!(
                "hold something at position {} that is not an X.509 certificate",
                index + 1
            ))
        })?;
    }
    Ok(certificates)
}

fn check_user_agent(suffix: Option<&str>) -> Result<HeaderValue> {
    let own = concat!("vsdk/", env!("CARGO_PKG_VERSION"));
    let full = match suffix.map(str::trim).filter(|suffix| !suffix.is_empty()) {
        Some(suffix) => format!("{own} {suffix}"),
        None => own.to_owned(),
    };
    HeaderValue::from_str(&full).map_err(|_| {
        Error::new(
            Status::InvalidArgument,
            "The user agent suffix holds characters that no HTTP header can carry",
            "Use plain ASCII letters, digits and punctuation, without line breaks.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(settings: Settings) -> Error {
        let error = settings
            .check()
            .err()
            .expect("settings that must be refused");
        assert_eq!(error.status(), Status::InvalidArgument);
        error
    }

    #[test]
    fn defaults_are_good_and_name_the_library() {
        let checked = Settings::default().check().expect("defaults");
        assert!(checked.user_agent.to_str().unwrap().starts_with("vsdk/"));
        assert!(!checked.allow_plain_http);
    }

    #[test]
    fn a_bad_proxy_is_named_without_its_password() {
        for (proxy, cause) in [
            ("hunter22", "not a URL"),
            ("socks5://ann:hunter22@proxy:1080", "scheme `socks5`"),
            ("http://", "not a URL"),
            ("mailto:hunter22", "scheme `mailto`"),
        ] {
            let error = refusal(Settings {
                proxy: Some(Secret::new(proxy)),
                ..Settings::default()
            });
            assert!(error.message().contains(cause), "{proxy}: {error}");
            assert!(!error.to_string().contains("hunter22"), "{error}");
        }
    }

    #[test]
    fn bad_certificates_are_told_apart() {
        for (pem, cause) in [
            ("", "hold no certificate"),
            ("just text", "hold no certificate"),
            ("-----BEGIN CERTIFICATE-----\nAAAA", "are not valid PEM"),
            (
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                "position 1",
            ),
        ] {
            let settings = Settings {
                extra_ca_pem: Some(pem.to_owned()),
                ..Settings::default()
            };
            let error = refusal(settings);
            assert!(error.message().contains(cause), "{pem}: {error}");
        }
    }

    #[test]
    fn a_user_agent_with_a_line_break_is_refused() {
        let settings = Settings {
            user_agent_suffix: Some("app\r\nX-Evil: 1".to_owned()),
            ..Settings::default()
        };
        assert!(refusal(settings).message().contains("user agent"));
    }
}
