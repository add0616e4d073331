//! Against what the official clients said in a room of a mediasoup router, and against nonsense.

mod capabilities;
mod choices;
mod consuming;
mod layers;
mod preferred_layers;
mod producing;
mod robustness;
mod transport;

use serde_json::Value;

use super::{Capabilities, Negotiated};

/// Taken from real runs; the password of ICE is made up.
fn captured(pointer: &str) -> Value {
    let all: Value = serde_json::from_str(include_str!("captured.json")).unwrap();
    all.pointer(pointer)
        .unwrap_or_else(|| panic!("no {pointer} was captured"))
        .clone()
}

fn router() -> Value {
    captured("/routerCapabilities")
}

fn negotiated() -> Negotiated {
    Capabilities::default().negotiate(&router()).unwrap()
}

/// The value with the part at the pointer replaced, or taken out of its object by `Null`.
fn changed(value: &Value, pointer: &str, with: Value) -> Value {
    let mut value = value.clone();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match value.pointer_mut(parent).unwrap() {
        Value::Object(fields) if with.is_null() => {
            fields.remove(name).unwrap();
        }
        Value::Object(fields) => {
            fields.insert(name.to_owned(), with);
        }
        other => other[name.parse::<usize>().unwrap()] = with,
    }
    value
}

/// A list regardless of its order.
fn sorted(list: &Value) -> Vec<String> {
    let mut texts: Vec<String> = list
        .as_array()
        .unwrap()
        .iter()
        .map(Value::to_string)
        .collect();
    texts.sort();
    texts
}
