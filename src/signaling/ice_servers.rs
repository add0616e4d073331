//! The ICE servers that init-config tells (protocol, section 1.3).

use aws_lc_rs::cipher::{AES_256, DecryptionContext, PaddedBlockDecryptingKey, UnboundCipherKey};
use aws_lc_rs::iv::FixedLength;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// Key and initialisation vector stand in clear in every client of the service: they keep nothing
/// secret, they are a part of the format.
const KEY: &[u8; 32] = b"YSJ!gMW!Y1Eu8j1NTb^rZyQiNLplYz*n";
const VECTOR: &[u8; 16] = b"y^LKkEGk0FwxjQ#B";

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
        let listed = |value: &Value| match value {
            Value::String(url) => vec![url.clone()],
            Value::Array(urls) => urls
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            _ => Vec::new(),
        };
        self.0
            .iter()
            .flat_map(|server| match server {
                Value::Object(fields) => ["urls", "url"]
                    .iter()
                    .find_map(|name| fields.get(*name))
                    .map(listed)
                    .unwrap_or_default(),
                other => listed(other),
            })
            .collect()
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
}
