//! Who this process is in DTLS: one certificate for all transports, made when the first needs it.

use std::sync::Arc;

use once_cell::sync::OnceCell;
use str0m::config::{CryptoProvider, DtlsCert};
use str0m::crypto::from_feature_flags;

use crate::runtime::PerProcess;
use crate::{Error, Result, Status};

/// What all transports have in common.
pub(super) struct Identity {
    pub(super) provider: Arc<CryptoProvider>,
    pub(super) certificate: DtlsCert,
    /// The SHA-256 of the certificate, e.g. `AB:01:...`.
    pub(super) fingerprint: String,
}

/// That of this process. Making it takes some milliseconds of arithmetic.
pub(super) fn identity() -> Result<&'static Identity> {
    static IDENTITY: PerProcess<OnceCell<Identity>> = PerProcess::new();
    IDENTITY.get().get_or_try_init(|| {
        let provider = Arc::new(from_feature_flags());
        let certificate = provider
            .dtls_provider
            .generate_certificate()
            .ok_or_else(|| {
                Error::new(
                    Status::ResourceExhausted,
                    "No certificate could be made for media",
                    "Try again; if it lasts, report it.",
                )
            })?;
        let digest = provider.sha256_provider.sha256(&certificate.certificate);
        let bytes: Vec<String> = digest.iter().map(|byte| format!("{byte:02X}")).collect();
        Ok(Identity {
            fingerprint: bytes.join(":"),
            provider,
            certificate,
        })
    })
}
