//! Tokens: signing them and checking them, as strictly as the service does.

mod check;
mod claims;

pub use check::Refusal;
pub use claims::{Claims, Permission, Role};

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use crate::world::{Timestamp, random_hex};

/// How long a token of the token endpoint is good for, in seconds.
pub const TOKEN_LIFE_SECONDS: i64 = 120 * 60;

/// A project's two keys. The API key is public and part of every token, the secret signs them.
#[derive(Clone)]
pub struct Keys {
    pub api_key: String,
    pub secret: String,
}

impl Keys {
    /// A new pair, for a run in which nobody named one.
    pub fn random() -> Keys {
        let digits = random_hex(16);
        let parts = [
            &digits[..8],
            &digits[8..12],
            &digits[12..16],
            &digits[16..20],
            &digits[20..],
        ];
        Keys {
            api_key: parts.join("-"),
            secret: random_hex(32),
        }
    }

    /// The token that the token endpoint hands out.
    ///
    /// Without ids it is good for everything. With a room or participant id it is good for joining
    /// only, and only as that participant or in that room.
    pub fn ordinary_token(&self, restriction: &Restriction, now: Timestamp) -> String {
        let permissions = match restriction.permissions.as_slice() {
            [] => &["allow_join".to_owned(), "allow_mod".to_owned()],
            chosen => chosen,
        };
        let mut claims = json!({
            "apikey": self.api_key,
            "permissions": permissions,
            "iat": now.whole_seconds(),
            "exp": now.whole_seconds() + TOKEN_LIFE_SECONDS,
        });
        let Restriction {
            room_id,
            participant_id,
            ..
        } = restriction;
        if room_id.is_some() || participant_id.is_some() {
            claims["version"] = json!(2);
            claims["roles"] = json!(["rtc"]);
        }
        if let Some(room_id) = room_id {
            claims["roomId"] = json!(room_id);
        }
        if let Some(participant_id) = participant_id {
            claims["participantId"] = json!(participant_id);
        }
        sign(&claims, &self.secret)
    }
}

/// What a token is good for, where that is less than everything.
#[derive(Clone, Debug, Default)]
pub struct Restriction {
    pub room_id: Option<String>,
    pub participant_id: Option<String>,
    /// None: joining and moderating.
    pub permissions: Vec<String>,
}

/// Signs any JSON value with HS256, exactly as it is: nothing is added, nothing is checked.
pub fn sign(claims: &Value, secret: &str) -> String {
    let key = EncodingKey::from_secret(secret.as_bytes());
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &key)
        .expect("a JSON value can be written as JSON and signed with any secret")
}

#[cfg(test)]
mod tests;
