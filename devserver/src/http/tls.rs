//! Certificates for https on loopback, made anew at every start.

use std::net::IpAddr;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose, SanType,
};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::world::{Date, Timestamp, random_hex};

const DAY_SECONDS: i64 = 86_400;
/// Some platforms refuse server certificates that live longer than 398 days.
const VALID_DAYS: i64 = 397;

/// What a listener for https needs, and what its clients need to trust it.
pub(crate) struct Identity {
    pub config: Arc<ServerConfig>,
    /// The certificate of the authority that signed the server's own. Its key is gone as soon as
    /// this is made, so nobody can sign anything else with it.
    pub ca_pem: String,
}

/// An authority and a certificate from it for `localhost`, the loopback addresses and `address`.
///
/// `today` is the machine's real date: clients check certificates against their own clock.
pub(crate) fn make_identity(address: IpAddr, today: Timestamp) -> Result<Identity, String> {
    let text = |error: rcgen::Error| error.to_string();
    let mut authority = dated(CertificateParams::default(), today);
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    // A name of its own for each run: clients look authorities up by name, and would try the key of
    // another run's.
    let name = format!("devserver authority {}", random_hex(4));
    authority.distinguished_name.push(DnType::CommonName, name);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().map_err(text)?)
        .map_err(text)?;

    let mut own = dated(
        CertificateParams::new(vec!["localhost".to_owned()]).map_err(text)?,
        today,
    );
    let loopback = [
        IpAddr::from([127, 0, 0, 1]),
        IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]),
    ];
    for address in loopback.into_iter().chain([address]) {
        let name = SanType::IpAddress(address);
        if !own.subject_alt_names.contains(&name) {
            own.subject_alt_names.push(name);
        }
    }
    own.distinguished_name.push(DnType::CommonName, "devserver");
    own.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    own.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    own.use_authority_key_identifier_extension = true;
    let key = KeyPair::generate().map_err(text)?;
    let certificate = own.signed_by(&key, &authority).map_err(text)?;

    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| {
            builder
                .with_no_client_auth()
                .with_single_cert(vec![certificate.der().clone()], key)
        })
        .map_err(|error| error.to_string())?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Identity {
        config: Arc::new(config),
        ca_pem: authority.pem(),
    })
}

fn dated(mut params: CertificateParams, today: Timestamp) -> CertificateParams {
    let at = |timestamp: Timestamp| {
        let Date { year, month, day } = timestamp.date();
        rcgen::date_time_ymd(year as i32, month, day)
    };
    // From yesterday on, for machines whose clock is a little behind.
    params.not_before = at(today.plus_seconds(-DAY_SECONDS));
    params.not_after = at(today.plus_seconds(VALID_DAYS * DAY_SECONDS));
    params.distinguished_name = rcgen::DistinguishedName::new();
    params
}
