//! Reading what the service tells leniently: a value of an unexpected kind counts as absent,
//! instead of making the whole reply unreadable.
//!
//! The functions are for `#[serde(deserialize_with)]`.

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error};
use serde_json::value::RawValue;
use serde_json::{Map, Number, Value};

/// A text, or a number where a text is usual; an empty one says nothing.
pub(super) fn text<'de, D: Deserializer<'de>>(json: D) -> Result<Option<String>, D::Error> {
    Ok(text_in(json_of(json)?))
}

/// `true` or `false`.
pub(super) fn flag<'de, D: Deserializer<'de>>(json: D) -> Result<Option<bool>, D::Error> {
    Ok(match json_of(json)? {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    })
}

/// A whole number, also as text or with a fraction of zero.
pub(super) fn number<'de, D: Deserializer<'de>>(json: D) -> Result<Option<i64>, D::Error> {
    let json = json_of(json)?;
    if json.starts_with('"') {
        return Ok(text_in(json).and_then(|text| text.trim().parse().ok()));
    }
    Ok(number_in(json).and_then(|number| {
        number.as_i64().or_else(|| {
            let fraction = number.as_f64()?;
            // Beyond 2^53 a float names no whole number for certain.
            (fraction.fract() == 0.0 && fraction.abs() < 9e15).then_some(fraction as i64)
        })
    }))
}

/// The texts of an array.
pub(super) fn texts<'de, D: Deserializer<'de>>(json: D) -> Result<Vec<String>, D::Error> {
    let json = json_of(json)?;
    if !json.starts_with('[') {
        return Ok(Vec::new());
    }
    let items: Vec<&RawValue> = serde_json::from_str(json).unwrap_or_default();
    Ok(items
        .iter()
        .filter_map(|item| text_in(item.get()))
        .collect())
}

/// An object, if it is one.
pub(super) fn object<'de, D, T>(json: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    Ok(object_in(json_of(json)?))
}

/// The fields of a JSON object; of those that are told twice, the last. `None` when it is none.
pub(super) fn object_in<T: DeserializeOwned>(json: &str) -> Option<T> {
    // An array would be taken for an object whose fields come in order.
    if !json.starts_with('{') {
        return None;
    }
    read(json).or_else(|| {
        // serde refuses a field that is there twice; a map keeps the last.
        let fields: Map<String, Value> = read(json)?;
        read(&Value::Object(fields).to_string())
    })
}

/// The text of one value, which is thereby known to be JSON.
fn json_of<'de, D: Deserializer<'de>>(json: D) -> Result<&'de str, D::Error> {
    <&RawValue>::deserialize(json)
        .map(RawValue::get)
        .map_err(D::Error::custom)
}

fn text_in(json: &str) -> Option<String> {
    if json.starts_with('"') {
        read(json).filter(|text: &String| !text.is_empty())
    } else {
        number_in(json).map(|number| number.to_string())
    }
}

fn number_in(json: &str) -> Option<Number> {
    // Asked first: an error about `null` costs more than reading several fields.
    json.starts_with(|letter: char| letter == '-' || letter.is_ascii_digit())
        .then(|| read(json))?
}

fn read<T: DeserializeOwned>(json: &str) -> Option<T> {
    serde_json::from_str(json).ok()
}
