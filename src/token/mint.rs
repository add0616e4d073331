//! Minting: signing a token with the API secret, where that secret may be, on a server.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Map, Value};

use crate::error::{Error, Result, Status};
use crate::redact::Secret;

use super::claims::{CLAIM_NAMES, permission, role};
use super::decode::Decoded;
use super::doctor::{Context, Purpose};
use super::finding::FindingCode;
use super::wording::{LATEST_TIME, is_api_key_shaped, is_secret_shaped, shown_list};
use crate::redact::shown;

/// The longest life that [`mint`] grants: a leap year. Hours are advisable.
pub const MAXIMUM_LIFETIME: Duration = Duration::from_secs(366 * 24 * 60 * 60);

const DEFAULT_LIFETIME: Duration = Duration::from_secs(60 * 60);

/// Claims that have a setter, or that [`mint`] writes; they cannot be given as extra claims.
/// `nbf` has none and is welcome there.
fn is_reserved(claim: &str) -> bool {
    claim != "nbf" && CLAIM_NAMES.contains(&claim)
}

/// What a token is to say, and the secret to sign it with.
///
/// ```
/// use vsdk::redact::Secret;
/// use vsdk::token::{MintOptions, mint, permission};
///
/// let mut options = MintOptions::new("my-api-key", Secret::new("my-secret"));
/// options.set_permissions([permission::ASK_JOIN]).set_room_id("abcd-efgh-ijkl");
/// let token = mint(&options)?;
/// assert!(token.expires_at().is_some());
/// # Ok::<(), vsdk::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct MintOptions {
    api_key: String,
    secret: Secret,
    permissions: Vec<String>,
    roles: Vec<String>,
    room_id: Option<String>,
    participant_id: Option<String>,
    lifetime: Duration,
    issued_at: Option<i64>,
    extra_claims: Map<String, Value>,
}

impl Default for MintOptions {
    /// As [`MintOptions::new`], with key and secret still to be set.
    fn default() -> Self {
        Self::new("", Secret::new(""))
    }
}

impl MintOptions {
    /// A token for joining and moderating (`allow_join`, `allow_mod`), good for one hour, in any
    /// room, for any participant, with any role.
    #[must_use]
    pub fn new(api_key: impl Into<String>, secret: Secret) -> Self {
        Self {
            api_key: api_key.into(),
            secret,
            permissions: vec![
                permission::ALLOW_JOIN.to_owned(),
                permission::ALLOW_MOD.to_owned(),
            ],
            roles: Vec::new(),
            room_id: None,
            participant_id: None,
            lifetime: DEFAULT_LIFETIME,
            issued_at: None,
            extra_claims: Map::new(),
        }
    }

    /// Sets the API key of the project.
    pub fn set_api_key(&mut self, api_key: impl Into<String>) -> &mut Self {
        self.api_key = api_key.into();
        self
    }

    /// Sets the API secret of the project.
    pub fn set_secret(&mut self, secret: Secret) -> &mut Self {
        self.secret = secret;
        self
    }

    /// Replaces the permissions; see [`permission`]. They cannot be empty.
    pub fn set_permissions<Text: Into<String>>(
        &mut self,
        permissions: impl IntoIterator<Item = Text>,
    ) -> &mut Self {
        self.permissions = permissions.into_iter().map(Into::into).collect();
        self
    }

    /// Replaces the roles; see [`role`]. None means all.
    pub fn set_roles<Text: Into<String>>(
        &mut self,
        roles: impl IntoIterator<Item = Text>,
    ) -> &mut Self {
        self.roles = roles.into_iter().map(Into::into).collect();
        self
    }

    /// Makes the token good for this room only.
    pub fn set_room_id(&mut self, room_id: impl Into<String>) -> &mut Self {
        self.room_id = Some(room_id.into());
        self
    }

    /// Makes the token good for this participant only.
    pub fn set_participant_id(&mut self, participant_id: impl Into<String>) -> &mut Self {
        self.participant_id = Some(participant_id.into());
        self
    }

    /// Sets how long the token is good for: from one second to [`MAXIMUM_LIFETIME`], fractions of
    /// a second cut off.
    pub fn set_lifetime(&mut self, lifetime: Duration) -> &mut Self {
        self.lifetime = lifetime;
        self
    }

    /// Sets the moment of issue, in Unix seconds, instead of the system clock's time.
    pub fn set_issued_at(&mut self, issued_at: i64) -> &mut Self {
        self.issued_at = Some(issued_at);
        self
    }

    /// Replaces the extra claims. They cannot include those that the service reads, but for `nbf`.
    pub fn set_extra_claims(&mut self, claims: Map<String, Value>) -> &mut Self {
        self.extra_claims = claims;
        self
    }
}

/// Signs a token with HS256.
///
/// Refuses, with cause and remedy, whatever the service would refuse later.
pub fn mint(options: &MintOptions) -> Result<Token> {
    try_mint(options).map_err(|error| error.during("token_mint"))
}

fn try_mint(options: &MintOptions) -> Result<Token> {
    check_key_and_secret(options)?;
    check_permissions(&options.permissions)?;
    check_words("role", &options.roles, role::ALL)?;
    check_id("room", options.room_id.as_deref())?;
    check_id("participant", options.participant_id.as_deref())?;
    let (issued_at, expires_at) = life(options)?;
    if let Some(name) = options.extra_claims.keys().find(|name| is_reserved(name)) {
        return Err(invalid(
            format!("The extra claims cannot set {}", shown(name)),
            "Use the option of that name, or leave the claim out.",
        ));
    }

    let mut claims = options.extra_claims.clone();
    let mut put = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    put("apikey", options.api_key.as_str().into());
    put("permissions", options.permissions.clone().into());
    // Restrictions need version 2, as a number; elsewhere it does no harm.
    put("version", 2.into());
    put("iat", issued_at.into());
    put("exp", expires_at.into());
    if !options.roles.is_empty() {
        put("roles", options.roles.clone().into());
    }
    if let Some(room_id) = &options.room_id {
        put("roomId", room_id.as_str().into());
    }
    if let Some(participant_id) = &options.participant_id {
        put("participantId", participant_id.as_str().into());
    }

    let key = EncodingKey::from_secret(options.secret.expose().as_bytes());
    let text = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key)
        .map_err(|_| invalid("The token could not be signed", "Check the API secret."))?;
    let token = Token::from_text(&text);
    // What no option can break, extra claims still can: the size, and the form of `nbf`.
    match token
        .decoded()
        .shape_findings()
        .iter()
        .find(|found| found.is_error())
    {
        Some(hard) => Err(hard.to_error()),
        None => Ok(token),
    }
}

fn invalid(message: impl Into<String>, remedy: impl Into<String>) -> Error {
    Error::new(Status::InvalidArgument, message, remedy)
}

fn check_key_and_secret(options: &MintOptions) -> Result<()> {
    let (key, secret) = (options.api_key.as_str(), options.secret.expose());
    for (what, text) in [("API key", key), ("API secret", secret)] {
        if text.is_empty() {
            return Err(invalid(
                format!("The {what} is empty"),
                format!("Copy the {what} from the dashboard; check that its variable is set."),
            ));
        }
        if text.contains(char::is_whitespace) {
            return Err(invalid(
                format!("The {what} has white space or a line break in it"),
                format!("Trim the {what} where it is read from a file or the environment."),
            ));
        }
    }
    // A token with these two exchanged would publish the secret in its claims.
    if key == secret || (is_secret_shaped(key) && is_api_key_shaped(secret)) {
        return Err(invalid(
            "The API key and the API secret are exchanged, or the same",
            "The API key comes first; it is the shorter one of the two in the dashboard.",
        ));
    }
    Ok(())
}

fn check_permissions(permissions: &[String]) -> Result<()> {
    if permissions.is_empty() {
        return Err(invalid(
            "The permissions are empty, which would mean full rights, moderation included",
            "Name the rights, e.g. `allow_join`; for full rights `allow_join` and `allow_mod`.",
        ));
    }
    check_words("permission", permissions, permission::ALL)?;
    let asks = permissions
        .iter()
        .any(|found| found == permission::ASK_JOIN);
    if asks
        && permissions
            .iter()
            .any(|found| found != permission::ASK_JOIN)
    {
        let code = FindingCode::AskJoinMixed;
        let error = Error::new(
            code.status(),
            format!(
                "`ask_join` has to stand alone, and the permissions are {}",
                shown_list(permissions)
            ),
            "Keep `ask_join` alone for people who have to ask, or leave it out for others.",
        );
        return Err(match code.service_code() {
            Some(number) => error.with_service_code(number),
            None => error,
        });
    }
    Ok(())
}

fn check_words(what: &str, words: &[String], known: &[&str]) -> Result<()> {
    match words.iter().find(|word| !known.contains(&word.as_str())) {
        Some(unknown) => Err(invalid(
            format!("The service knows no {what} {}", shown(unknown)),
            format!("Use one of {}.", shown_list(known)),
        )),
        None => Ok(()),
    }
}

fn check_id(what: &str, id: Option<&str>) -> Result<()> {
    match id {
        Some("") => Err(invalid(
            format!("The {what} id is empty"),
            format!("Give the {what} id, or do not set it for a token without that restriction."),
        )),
        _ => Ok(()),
    }
}

/// When the token is issued and when it expires, in Unix seconds.
fn life(options: &MintOptions) -> Result<(i64, i64)> {
    let issued_at = options
        .issued_at
        .unwrap_or_else(|| Context::new(Purpose::Any).now);
    let lifetime = options.lifetime.as_secs();
    if lifetime == 0 || options.lifetime > MAXIMUM_LIFETIME {
        return Err(invalid(
            format!("A token cannot live for {:?}", options.lifetime),
            format!(
                "Set a life from one second to {} s; an hour is a good one.",
                MAXIMUM_LIFETIME.as_secs()
            ),
        ));
    }
    // Bounded above, so that the conversion holds and the sum of any two valid values does too.
    let expires_at = issued_at.checked_add_unsigned(lifetime);
    match expires_at {
        Some(expires_at) if issued_at >= 0 && expires_at <= LATEST_TIME => {
            Ok((issued_at, expires_at))
        }
        _ => Err(invalid(
            format!("A token cannot be issued at {issued_at}"),
            "Give whole seconds since the start of 1970, not milliseconds.",
        )),
    }
}

/// A token: its text, which does not print itself, and what could be read from it.
#[derive(Clone)]
pub struct Token {
    text: Secret,
    decoded: Arc<Decoded>,
}

impl Token {
    /// A token that came from elsewhere, exactly as it came; whether it is one is for
    /// [`Decoded::verdict`] to say.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        Self {
            text: Secret::new(text),
            decoded: Arc::new(Decoded::parse(text)),
        }
    }

    /// The token's text, for the wire only.
    #[must_use]
    pub fn text(&self) -> &Secret {
        &self.text
    }

    /// What could be read from it.
    #[must_use]
    pub fn decoded(&self) -> &Arc<Decoded> {
        &self.decoded
    }

    /// When it expires, in Unix seconds; `None` when it does not say.
    #[must_use]
    pub fn expires_at(&self) -> Option<i64> {
        self.decoded.claims().expires_at
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("text", &self.text)
            .field("expires_at", &self.expires_at())
            .finish_non_exhaustive()
    }
}
