//! The checks on a token that somebody sends.

use std::fmt;

use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Map, Value};

use super::{Claims, Keys, Permission, Role};
use crate::world::Timestamp;

/// Why a token does not open the door. The text says what is wrong with it, never what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no token.
    Missing,
    /// The text has `Bearer ` or `Basic ` before the token.
    SchemePrefix(&'static str),
    /// The text is not a token of ours, or one of its claims is wrong.
    Invalid(String),
    /// Some other project's API key.
    UnknownApiKey,
    Expired,
    NotYetValid,
    /// `ask_join` together with another permission.
    PermissionSet,
    /// The token is for joining and was used on the REST interface.
    JoiningOnly,
    /// The token is for the REST interface and was used for joining.
    RestOnly,
    /// The token names no permission that lets its holder in.
    NoEntry,
    /// The token is good for one room, and this is another.
    OtherRoom,
    /// The token is good for one participant, and this is another.
    OtherParticipant,
}

impl Refusal {
    pub(super) fn invalid(reason: impl Into<String>) -> Refusal {
        Refusal::Invalid(reason.into())
    }

    /// 403 when a good token is used for the wrong thing, 401 when the token itself is bad.
    pub fn http_status(&self) -> u16 {
        match self {
            Refusal::JoiningOnly
            | Refusal::RestOnly
            | Refusal::NoEntry
            | Refusal::OtherRoom
            | Refusal::OtherParticipant => 403,
            _ => 401,
        }
    }

    /// The service's own number for it, which joining tells and the REST interface does not.
    pub fn code(&self) -> u16 {
        match self {
            Refusal::UnknownApiKey => 4001,
            Refusal::PermissionSet | Refusal::NoEntry => 4008,
            Refusal::OtherRoom => 4022,
            Refusal::OtherParticipant => 4023,
            Refusal::RestOnly | Refusal::JoiningOnly => 4024,
            Refusal::Missing
            | Refusal::SchemePrefix(_)
            | Refusal::Invalid(_)
            | Refusal::Expired
            | Refusal::NotYetValid => 4002,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Missing => formatter.write_str("Please log in: the request carries no token"),
            Refusal::SchemePrefix(prefix) => write!(
                formatter,
                "Token is invalid: send the token alone, without {prefix:?} before it"
            ),
            Refusal::Invalid(reason) => write!(formatter, "Token is invalid: {reason}"),
            Refusal::UnknownApiKey => formatter
                .write_str("Token is invalid: its claim apikey is not the API key of this project"),
            Refusal::Expired => {
                formatter.write_str("Token is invalid or expired: its time exp has passed")
            }
            Refusal::NotYetValid => formatter
                .write_str("Token is invalid: its time nbf has not come yet; compare the clocks"),
            Refusal::PermissionSet => formatter.write_str(
                "Token is invalid: the permission \"ask_join\" must be the only one in a token",
            ),
            Refusal::JoiningOnly => formatter.write_str(
                "Not permitted: a token with only the role \"rtc\" can join, but not use the REST \
                 interface; leave roles out or add \"crawler\"",
            ),
            Refusal::RestOnly => formatter.write_str(
                "Not permitted: a token with only the role \"crawler\" can use the REST interface, \
                 but not join; leave roles out or add \"rtc\"",
            ),
            Refusal::NoEntry => formatter.write_str(
                "Not permitted: the token has neither the permission \"allow_join\" nor \
                 \"ask_join\", so it does not let anybody in",
            ),
            Refusal::OtherParticipant => formatter.write_str(
                "Not permitted: the token is restricted to another participant by its \
                 participantId",
            ),
            Refusal::OtherRoom => formatter
                .write_str("Not permitted: the token is restricted to another room by its roomId"),
        }
    }
}

impl Keys {
    /// The claims of a token that is ours and good at this time, whatever it is used for.
    pub fn check(&self, token: &str, now: Timestamp) -> Result<Claims, Refusal> {
        check_shape(token, self)?;
        let claims = self.verified(token)?;
        check_times(&claims, now)?;
        let claims = Claims::read(&claims)?;
        if claims.api_key != self.api_key {
            return Err(Refusal::UnknownApiKey);
        }
        Ok(claims)
    }

    /// As [`Keys::check`], for a call of the REST interface.
    pub fn check_for_rest(&self, token: Option<&str>, now: Timestamp) -> Result<Claims, Refusal> {
        let token = token
            .filter(|token| !token.is_empty())
            .ok_or(Refusal::Missing)?;
        let claims = self.check(token, now)?;
        if !claims.roles.is_empty() && !claims.roles.contains(&Role::Crawler) {
            return Err(Refusal::JoiningOnly);
        }
        Ok(claims)
    }

    /// As [`Keys::check`], for joining a room that has these ids. The participant is checked once it
    /// is known, with [`Claims::admits_participant`].
    pub fn check_for_joining(
        &self,
        token: Option<&str>,
        room_ids: &[&str],
        now: Timestamp,
    ) -> Result<Claims, Refusal> {
        let token = token
            .filter(|token| !token.is_empty())
            .ok_or(Refusal::Missing)?;
        let claims = self.check(token, now)?;
        if !claims.roles.is_empty() && !claims.roles.contains(&Role::Rtc) {
            return Err(Refusal::RestOnly);
        }
        if !claims.may(Permission::AllowJoin) && !claims.may(Permission::AskJoin) {
            return Err(Refusal::NoEntry);
        }
        if !claims.admits_room(room_ids) {
            return Err(Refusal::OtherRoom);
        }
        Ok(claims)
    }

    fn verified(&self, token: &str) -> Result<Map<String, Value>, Refusal> {
        // Times are left out here: the crate reads the machine's clock, and ours may be shifted.
        let mut validation = Validation::new(Algorithm::HS256);
        validation.required_spec_claims.clear();
        validation.validate_exp = false;
        validation.validate_nbf = false;
        validation.validate_aud = false;
        let key = DecodingKey::from_secret(self.secret.as_bytes());
        match jsonwebtoken::decode::<Map<String, Value>>(token, &key, &validation) {
            Ok(data) => Ok(data.claims),
            Err(error) => Err(Refusal::invalid(match error.kind() {
                ErrorKind::InvalidSignature => {
                    "its signature does not fit the secret of this project"
                }
                ErrorKind::InvalidAlgorithm | ErrorKind::InvalidAlgorithmName => {
                    "it is not signed with HS256"
                }
                _ => "its header or payload cannot be read",
            })),
        }
    }
}

/// Catches what is no token at all, so that the text can say which mistake it looks like.
fn check_shape(token: &str, keys: &Keys) -> Result<(), Refusal> {
    for prefix in ["Bearer ", "Basic "] {
        if token
            .get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        {
            return Err(Refusal::SchemePrefix(prefix));
        }
    }
    if token == keys.api_key {
        return Err(Refusal::invalid(
            "this is the API key; a token is made from the API key and the secret",
        ));
    }
    if token.starts_with(['"', '\'']) {
        return Err(Refusal::invalid("there are quotes around it"));
    }
    if token.split('.').count() != 3 {
        return Err(Refusal::invalid(
            "it does not have the three parts of a JWT",
        ));
    }
    Ok(())
}

/// No leeway on either side: a token ends in the moment that `exp` names.
fn check_times(claims: &Map<String, Value>, now: Timestamp) -> Result<(), Refusal> {
    let time = |name: &str| match claims.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value.as_f64().map(Some).ok_or_else(|| {
            Refusal::invalid(format!("its claim {name} must be a number of seconds"))
        }),
    };
    // A token without exp never ends, which the service allows.
    if time("exp")?.is_some_and(|exp| now.seconds() >= exp) {
        return Err(Refusal::Expired);
    }
    if time("nbf")?.is_some_and(|nbf| now.seconds() < nbf) {
        return Err(Refusal::NotYetValid);
    }
    Ok(())
}
