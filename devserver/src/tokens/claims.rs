//! What a token says, once its signature is known to be good.

use serde_json::{Map, Value};

use super::Refusal;

/// What the holder may do in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Enters at once.
    AllowJoin,
    /// Has to be let in by somebody.
    AskJoin,
    /// May control other people's microphones and cameras.
    AllowModeration,
}

/// Where the token may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// On the REST interface.
    Crawler,
    /// For joining a room.
    Rtc,
}

/// The checked content of a token.
#[derive(Clone, Debug, PartialEq)]
pub struct Claims {
    pub api_key: String,
    /// Never empty: a token that names no permission has joining and moderating.
    pub permissions: Vec<Permission>,
    /// Empty when the token may be used everywhere.
    pub roles: Vec<Role>,
    /// The only room that the token is good for.
    pub room_id: Option<String>,
    /// The only participant that the token is good for.
    pub participant_id: Option<String>,
}

impl Claims {
    /// Reads the claims that say what the token is for. Times and the API key's owner are checked
    /// by the caller.
    pub(super) fn read(claims: &Map<String, Value>) -> Result<Claims, Refusal> {
        let api_key = match claims.get("apikey") {
            Some(Value::String(key)) => key.clone(),
            Some(_) => return Err(Refusal::invalid("its claim apikey must be a string")),
            None => {
                return Err(Refusal::invalid(
                    "it has no claim apikey (one word, all lower case) with the project's API key",
                ));
            }
        };
        let room_id = text(claims, "roomId")?;
        let participant_id = text(claims, "participantId")?;
        let roles = roles(claims)?;
        let narrowed = ["roomId", "participantId", "roles"];
        if let Some(claim) = narrowed
            .into_iter()
            .find(|claim| present(claims, claim).is_some())
        {
            check_version(claims, claim)?;
        }
        Ok(Claims {
            api_key,
            permissions: permissions(claims)?,
            roles,
            room_id,
            participant_id,
        })
    }

    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(&permission)
    }

    /// Whether this participant is the token's, if it names one.
    pub fn admits_participant(&self, id: &str) -> bool {
        self.participant_id
            .as_deref()
            .is_none_or(|participant_id| participant_id == id)
    }

    /// Whether the token's room, if it names one, is among these ids of one room.
    pub fn admits_room(&self, ids: &[&str]) -> bool {
        self.room_id
            .as_deref()
            .is_none_or(|room_id| ids.contains(&room_id))
    }
}

/// A claim with a value; null says the same as leaving it out.
fn present<'claims>(claims: &'claims Map<String, Value>, name: &str) -> Option<&'claims Value> {
    claims.get(name).filter(|value| !value.is_null())
}

fn text(claims: &Map<String, Value>, name: &str) -> Result<Option<String>, Refusal> {
    match present(claims, name) {
        None => Ok(None),
        Some(Value::String(text)) if !text.is_empty() => Ok(Some(text.clone())),
        Some(_) => Err(Refusal::invalid(format!(
            "its claim {name} must be a string with text"
        ))),
    }
}

fn check_version(claims: &Map<String, Value>, because_of: &str) -> Result<(), Refusal> {
    match claims.get("version") {
        Some(Value::Number(number)) if number.as_f64() == Some(2.0) => Ok(()),
        Some(Value::String(_)) => Err(Refusal::invalid(
            "its claim version is a string; it must be the number 2, without quotes",
        )),
        _ => Err(Refusal::invalid(format!(
            "its claim version must be the number 2, because it has the claim {because_of}"
        ))),
    }
}

fn roles(claims: &Map<String, Value>) -> Result<Vec<Role>, Refusal> {
    words(claims, "roles")?
        .into_iter()
        .map(|word| match word {
            "crawler" => Ok(Role::Crawler),
            "rtc" => Ok(Role::Rtc),
            other => Err(Refusal::invalid(format!(
                "its role {other:?} is not known; there are \"crawler\" and \"rtc\""
            ))),
        })
        .collect()
}

fn permissions(claims: &Map<String, Value>) -> Result<Vec<Permission>, Refusal> {
    let permissions = words(claims, "permissions")?
        .into_iter()
        .map(|word| match word {
            "allow_join" => Ok(Permission::AllowJoin),
            "ask_join" => Ok(Permission::AskJoin),
            "allow_mod" => Ok(Permission::AllowModeration),
            other => Err(Refusal::invalid(format!(
                "its permission {other:?} is not known; there are \"allow_join\", \"ask_join\" \
                 and \"allow_mod\""
            ))),
        })
        .collect::<Result<Vec<Permission>, Refusal>>()?;
    let asks = permissions.contains(&Permission::AskJoin);
    if asks
        && permissions
            .iter()
            .any(|permission| *permission != Permission::AskJoin)
    {
        return Err(Refusal::PermissionSet);
    }
    if permissions.is_empty() {
        return Ok(vec![Permission::AllowJoin, Permission::AllowModeration]);
    }
    Ok(permissions)
}

fn words<'claims>(
    claims: &'claims Map<String, Value>,
    name: &str,
) -> Result<Vec<&'claims str>, Refusal> {
    let complaint = || Refusal::invalid(format!("its claim {name} must be an array of strings"));
    match present(claims, name) {
        None => Ok(Vec::new()),
        Some(Value::Array(items)) => items
            .iter()
            .map(|item| item.as_str().ok_or_else(complaint))
            .collect(),
        Some(_) => Err(complaint()),
    }
}
