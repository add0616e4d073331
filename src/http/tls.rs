//! TLS by rustls: which certificates are trusted, and why one was refused.

use std::sync::Arc;

use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::{CertificateError, ClientConfig, RootCertStore};

/// The name of HTTP/1.1 among the protocols that TLS offers.
pub(super) const HTTP_1_1: &[u8] = b"http/1.1";

/// Offered in this order; without it a server would never choose HTTP/2.
const PROTOCOLS: [&[u8]; 2] = [b"h2", HTTP_1_1];

fn provider() -> Arc<CryptoProvider> {
    // Passed explicitly: the process-wide default provider belongs to the application.
    Arc::new(rustls::crypto::aws_lc_rs::default_provider())
}

/// Trusts what the platform trusts, and the extra certificates. Reads the trust store.
pub(crate) fn trusting_config(
    extra: &[CertificateDer<'static>],
) -> Result<ClientConfig, rustls::Error> {
    let provider = provider();
    let verifier = platform_verifier(extra, Arc::clone(&provider))?;
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    config.alpn_protocols = PROTOCOLS.map(<[u8]>::to_vec).to_vec();
    Ok(config)
}

/// Trusts nobody: for the client that only speaks plain HTTP and must not touch a trust store.
pub(crate) fn distrusting_config() -> Result<ClientConfig, rustls::Error> {
    Ok(ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()?
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth())
}

#[cfg(not(target_os = "android"))]
fn platform_verifier(
    extra: &[CertificateDer<'static>],
    provider: Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, rustls::Error> {
    let verifier =
        rustls_platform_verifier::Verifier::new_with_extra_roots(extra.iter().cloned(), provider)?;
    Ok(Arc::new(verifier))
}

/// Android's own store is only reachable through Java, which a native program may not have:
/// Mozilla's certificates are built in there.
#[cfg(target_os = "android")]
fn platform_verifier(
    extra: &[CertificateDer<'static>],
    provider: Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, rustls::Error> {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    for certificate in extra {
        roots.add(certificate.clone())?;
    }
    let verifier =
        rustls::client::WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider)
            .build()
            .map_err(|reason| rustls::Error::General(reason.to_string()))?;
    Ok(verifier)
}

/// Why a TLS connection was not made, and what to do about it, for a person.
pub(crate) fn explain(error: &rustls::Error, host: &str) -> (String, &'static str) {
    const CLOCK: &str =
        "Check the clock of this machine; if it is right, the server needs a new certificate.";
    const NAME: &str =
        "Check the host name in the URL; it must be one of the names in the certificate.";
    const TRUST: &str = "If the server is yours, or a company proxy inspects TLS, add its CA certificate as extra CA; otherwise do not trust this connection.";
    const SERVER: &str = "Ask the operator of the server to repair its certificate.";
    const PROTOCOL: &str =
        "Check that the URL's port really speaks https, and that nothing in between alters TLS.";
    const PLAIN: &str =
        "Check the port; if the server speaks plain http, the URL must begin with http://.";
    match error {
        rustls::Error::InvalidCertificate(reason) => match reason {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                ("its certificate has expired".to_owned(), CLOCK)
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                ("its certificate is not valid yet".to_owned(), CLOCK)
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                (
                    format!("its certificate is not for the name `{host}`"),
                    NAME,
                )
            }
            CertificateError::UnknownIssuer => (
                "its certificate was signed by nobody this machine trusts".to_owned(),
                TRUST,
            ),
            CertificateError::BadSignature => (
                "the signature of its certificate is wrong".to_owned(),
                TRUST,
            ),
            CertificateError::Revoked => ("its certificate was revoked".to_owned(), SERVER),
            other => (format!("its certificate was not accepted ({other})"), TRUST),
        },
        rustls::Error::InvalidMessage(_) => ("it did not answer with TLS".to_owned(), PLAIN),
        rustls::Error::AlertReceived(alert) => (
            format!("it ended the TLS handshake with the alert {alert:?}"),
            PROTOCOL,
        ),
        rustls::Error::PeerIncompatible(reason) => (
            format!("it offers no version or cipher in common ({reason:?})"),
            PROTOCOL,
        ),
        rustls::Error::NoCertificatesPresented => ("it showed no certificate".to_owned(), SERVER),
        other => (format!("the TLS handshake failed ({other})"), PROTOCOL),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_2_is_offered() {
        // An extra certificate is not needed: a machine without a trust store answers with an error.
        if let Ok(config) = trusting_config(&[]) {
            assert_eq!(
                config.alpn_protocols,
                [b"h2".to_vec(), b"http/1.1".to_vec()]
            );
        }
    }

    #[test]
    fn each_reason_has_its_own_words_and_remedy() {
        let cases = [
            (CertificateError::Expired, "expired", "clock"),
            (CertificateError::NotValidYet, "not valid yet", "clock"),
            (CertificateError::NotValidForName, "name `a.b`", "host name"),
            (
                CertificateError::UnknownIssuer,
                "nobody this machine trusts",
                "extra CA",
            ),
        ];
        for (reason, words, remedy) in cases {
            let (cause, advice) = explain(&rustls::Error::InvalidCertificate(reason), "a.b");
            assert!(cause.contains(words), "{cause}");
            assert!(advice.contains(remedy), "{advice}");
        }
    }
}
