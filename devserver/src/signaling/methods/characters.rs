//! Characters: participants that the service itself would play. They come and go here, and
//! everybody is told; there is no model behind them, so they hear nothing and say nothing.

use serde_json::{Map, Value, json};

use super::{Call, Outcome, done};
use crate::signaling::characters::{Character, NotAdded};
use crate::signaling::refusal::Refused;
use crate::world::random_hex;

const JOIN_CHARACTER_FAILED: u16 = 4033;
const LEAVE_CHARACTER_FAILED: u16 = 4034;
const CHARACTER_MESSAGE_FAILED: u16 = 4035;
const CHARACTER_INTERRUPT_FAILED: u16 = 4036;
/// The most bytes of JSON that a `config` may have: everybody in the room gets it.
const CONFIG_LIMIT: usize = 64 * 1024;
const MODES: [&str; 4] = ["text", "co_pilot", "auto_pilot", "vision_pilot"];
/// What the answer has of a character besides its ids.
const ANSWERED: [&str; 5] = [
    "displayName",
    "characterMode",
    "characterRole",
    "knowledgeBases",
    "language",
];

/// `joinCharacter`. That what everybody is told has `id`, and that it is the `characterId`, is
/// inferred; so is that newcomers are told as well.
pub(super) fn join(call: &mut Call<'_>) -> Outcome {
    let failed = |text: &str| Refused::new(JOIN_CHARACTER_FAILED, text);
    let mut config = config(call, JOIN_CHARACTER_FAILED)?;
    if Value::Object(config.clone()).to_string().len() > CONFIG_LIMIT {
        let text = format!("config has more than {CONFIG_LIMIT} bytes");
        return Err(failed(&text));
    }
    match config.get("characterMode") {
        None | Some(Value::Null) => {}
        Some(Value::String(mode)) if MODES.contains(&mode.as_str()) => {}
        Some(_) => {
            let known = MODES.join(", ");
            return Err(failed(&format!("characterMode must be one of {known}")));
        }
    }
    let mut id = |name: &str| match config.remove(name) {
        None | Some(Value::Null) => Ok(random_hex(12)),
        Some(Value::String(id)) if !id.is_empty() => Ok(id),
        Some(_) => Err(failed(&format!("{name} must be a string with text"))),
    };
    let (id, interaction_id) = (id("characterId")?, id("interactionId")?);
    let mut answer = json!({"characterId": id, "interactionId": interaction_id});
    for name in ANSWERED {
        answer[name] = config.remove(name).unwrap_or_default();
    }
    let mut data = answer.clone();
    data["id"] = json!(id);
    data["metaData"] = config.remove("metaData").unwrap_or_default();
    let character = Character {
        id,
        interaction_id,
        data: data.clone(),
    };
    call.room
        .characters
        .add(character)
        .map_err(|why| match why {
            NotAdded::Present => failed("This character is in the meeting already"),
            NotAdded::Full => failed("The meeting takes no more characters"),
        })?;
    call.accept(answer);
    call.room.notify_all("addCharacter", &data);
    Ok(())
}

/// `leaveCharacter`
pub(super) fn leave(call: &mut Call<'_>) -> Outcome {
    let config = config(call, LEAVE_CHARACTER_FAILED)?;
    let text = |name: &str| config.get(name).and_then(Value::as_str);
    let gone = call
        .room
        .characters
        .remove(text("interactionId"), text("characterId"));
    let Some(gone) = gone else {
        return Err(Refused::new(
            LEAVE_CHARACTER_FAILED,
            "There is no such character in the meeting: name the interactionId or characterId that \
             joinCharacter answered with",
        ));
    };
    call.accept(done());
    call.room
        .notify_all("removeCharacter", &json!({"id": gone.id}));
    Ok(())
}

/// `sendCharacterMessage`
pub(super) fn send_message(call: &mut Call<'_>) -> Outcome {
    let text = "Characters of this service hear nothing: there is no model behind them";
    nothing_behind(call, CHARACTER_MESSAGE_FAILED, text)
}

/// `interruptCharacter`
pub(super) fn interrupt(call: &mut Call<'_>) -> Outcome {
    let text = "Characters of this service say nothing that could be interrupted";
    nothing_behind(call, CHARACTER_INTERRUPT_FAILED, text)
}

fn nothing_behind(call: &Call<'_>, code: u16, text: &str) -> Outcome {
    let id = call.text("interactionId")?;
    if !call.room.characters.has_interaction(id) {
        let text = format!("There is no character with the interaction {id:?} in the meeting");
        return Err(Refused::new(code, text));
    }
    Err(Refused::new(code, text))
}

fn config(call: &mut Call<'_>, code: u16) -> Result<Map<String, Value>, Refused> {
    match call.data.remove("config") {
        Some(Value::Object(config)) => Ok(config),
        _ => Err(Refused::new(code, "config must be an object")),
    }
}
