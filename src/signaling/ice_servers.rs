//! The ICE servers that init-config tells (protocol, section 1.3).

use aws_lc_rs::cipher::{AES_256, DecryptionContext, PaddedBlockDecryptingKey, UnboundCipherKey};
use aws_lc_rs::iv::FixedLength;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::redact::Secret;

/// Key and initialisation vector stand in clear in every client of the service: they keep nothing
/// secret, they are a part of the format.
const KEY: &[u8; 32] = b"YSJ!gMW!Y1Eu8j1NTb^rZyQiNLplYz*n";
const VECTOR: &[u8; 16] = b"y^LKkEGk0FwxjQ#B";

/// How many TURN servers are used; a list is seldom longer than three.
const MOST_RELAYS: usize = 8;

/// ICE servers, with the credentials in them; never printed.
#[derive(Clone, Default)]
pub(crate) struct IceServers(Vec<Value>);

impl IceServers {
    /// From the text of init-config; what is wrong with it otherwise.
    pub(super) fn decrypt(text: &str) -> Result<Self, &'static str> {
        let mut bytes = STANDARD
            .decode(text.trim())
            .map_err(|_| "they are not Base64")?;
        let plain = UnboundCipherKey::new(&AES_256, KEY)
            .and_then(PaddedBlockDecryptingKey::cbc_pkcs7)
            .and_then(|key| {
                let context = DecryptionContext::Iv128(FixedLength::from(VECTOR));
                key.decrypt(&mut bytes, context)
            })
            .map_err(|_| "they cannot be decrypted")?;
        match serde_json::from_slice(plain) {
            Ok(Value::Array(servers)) => Ok(Self(servers)),
            _ => Err("they are not a list in JSON"),
        }
    }

    /// Their URLs, which hold no secrets.
    pub(crate) fn urls(&self) -> Vec<String> {
        self.0.iter().flat_map(urls).map(str::to_owned).collect()
    }

    /// The TURN servers among them that can be used, with their credentials.
    pub(crate) fn relays(&self) -> Vec<RelayServer> {
        let relays = self.0.iter().flat_map(|server| {
            let credentials = server["username"]
                .as_str()
                .zip(server["credential"].as_str());
            let urls = credentials.is_some().then(|| urls(server));
            urls.into_iter().flatten().filter_map(move |url| {
                let (username, password) = credentials?;
                RelayServer::read(url, username, password)
            })
        });
        relays.take(MOST_RELAYS).collect()
    }
}

/// The URLs of one server, in all spellings.
fn urls(server: &Value) -> Vec<&str> {
    let urls = match server {
        Value::Object(fields) => ["urls", "url"].iter().find_map(|name| fields.get(*name)),
        other => Some(other),
    };
    match urls {
        Some(Value::String(url)) => vec![url],
        Some(Value::Array(urls)) => urls.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// A TURN server, as one of its URLs names it (RFC 7065).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RelayServer {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) transport: RelayTransport,
    pub(crate) username: Secret,
    pub(crate) password: Secret,
}

/// What a TURN server is reached by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RelayTransport {
    Udp,
    Tcp,
    /// TLS over TCP.
    Tls,
}

impl RelayTransport {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            RelayTransport::Udp => "UDP",
            RelayTransport::Tcp => "TCP",
            RelayTransport::Tls => "TLS",
        }
    }
}

impl RelayServer {
    fn read(url: &str, username: &str, password: &str) -> Option<Self> {
        let (scheme, rest) = url.trim().split_once(':')?;
        let (authority, query) = rest.split_once('?').unwrap_or((rest, ""));
        let named = query
            .split('&')
            .find_map(|part| part.strip_prefix("transport="));
        let (transport, default_port) = match (scheme.to_ascii_lowercase().as_str(), named) {
            ("turn", None | Some("udp")) => (RelayTransport::Udp, 3478),
            ("turn", Some("tcp")) => (RelayTransport::Tcp, 3478),
            ("turns", None | Some("tcp")) => (RelayTransport::Tls, 5349),
            // STUN servers among others, see `Kind::Relays` of the media transport.
            _ => return None,
        };
        let (host, port) = match authority.strip_prefix('[') {
            Some(bracketed) => {
                let (host, rest) = bracketed.split_once(']')?;
                (host, rest.strip_prefix(':'))
            }
            None => match authority.split_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (authority, None),
            },
        };
        let port = match port {
            Some(port) => port.parse().ok().filter(|port| *port != 0)?,
            None => default_port,
        };
        (!host.is_empty()).then(|| Self {
            host: host.to_owned(),
            port,
            transport,
            username: Secret::new(username),
            password: Secret::new(password),
        })
    }
}

impl std::fmt::Debug for IceServers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.urls()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_test_vectors_are_read() {
        for (text, urls) in [
            ("DGO2b2NTLB3rcWF9q/O+Pg==", vec![]),
            (
                "HxESWI4dOj/JUq8azziGdJdakcM+FKgFCduhVPqfc69DbXx6xMZj6GjgVmNtrx6Q",
                vec!["stun:127.0.0.1:3478"],
            ),
        ] {
            assert_eq!(IceServers::decrypt(text).unwrap().urls(), urls);
        }
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        for (text, reason) in [
            ("*", "not Base64"),
            ("", "cannot be decrypted"),
            ("AAAA", "cannot be decrypted"),
            ("AAAAAAAAAAAAAAAAAAAAAA==", "cannot be decrypted"),
        ] {
            let problem = IceServers::decrypt(text).unwrap_err();
            assert!(problem.contains(reason), "{text}: {problem}");
        }
    }

    #[test]
    fn credentials_are_not_shown_and_every_spelling_of_urls_is_understood() {
        let servers = IceServers(vec![
            serde_json::json!({"urls": ["turn:a", "turn:b"], "credential": "hunter22"}),
            serde_json::json!({"url": "stun:c"}),
            serde_json::json!("stun:d"),
            serde_json::json!(7),
        ]);
        assert_eq!(servers.urls(), ["turn:a", "turn:b", "stun:c", "stun:d"]);
        assert!(!format!("{servers:?}").contains("hunter22"));
    }

    #[test]
    fn turn_servers_are_read_from_their_urls() {
        let servers = IceServers(vec![
            serde_json::json!({
                "urls": [
                    "turn:a.example", "turn:a.example?transport=udp", "turn:b.example:80?transport=tcp",
                    "turns:c.example:443?transport=tcp", "turns:[2001:db8::1]", "TURN:[::1]:99",
                    "stun:d.example", "turns:e.example?transport=udp", "turn:", "turn:f.example:0", "turn",
                ],
                "username": "ann", "credential": "hunter22",
            }),
            serde_json::json!({"url": "turn:g.example", "username": "bob", "credential": "hunter23"}),
            serde_json::json!({"urls": "turn:no-credentials.example"}),
            serde_json::json!("turn:no-object.example"),
        ]);
        let read: Vec<_> = servers
            .relays()
            .iter()
            .map(|one| {
                assert!(one.password.expose().starts_with("hunter2"));
                let (host, name) = (one.host.clone(), one.username.expose().to_owned());
                (host, one.port, one.transport, name)
            })
            .collect();
        use RelayTransport::{Tcp, Tls, Udp};
        let expected = [
            ("a.example", 3478, Udp, "ann"),
            ("a.example", 3478, Udp, "ann"),
            ("b.example", 80, Tcp, "ann"),
            ("c.example", 443, Tls, "ann"),
            ("2001:db8::1", 5349, Tls, "ann"),
            ("::1", 99, Udp, "ann"),
            ("g.example", 3478, Udp, "bob"),
        ];
        let expected = expected.map(|(host, port, transport, name)| {
            (host.to_owned(), port, transport, name.to_owned())
        });
        assert_eq!(read, expected);
        let shown = format!("{:?}", servers.relays());
        assert!(
            !shown.contains("hunter") && !shown.contains("ann"),
            "{shown}"
        );
    }
}
