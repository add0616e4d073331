//! What the bindings are made from, where a language cannot read the header itself.
//!
//! Each language gets the values of the enumerations, and the declarations of all functions where
//! it needs them. All else in a binding is written by hand, and `tests/parity.rs` compares it.

pub mod kotlin;
pub mod python;
pub mod swift;

use super::Generated;
use super::api::{Api, Constant, Note};

/// The generated files of all bindings.
pub fn generate(api: &Api) -> Vec<Generated> {
    [
        kotlin::generate(api),
        python::generate(api),
        swift::generate(api),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// An integer type with named values.
pub struct Enumeration<'api> {
    /// Without the prefix: `TokenFinding`.
    pub name: &'api str,
    pub doc: &'api str,
    pub values: Vec<Value<'api>>,
}

/// One value of an [`Enumeration`].
pub struct Value<'api> {
    /// As other languages write constants: `ASK_JOIN_MIXED`.
    pub name: &'api str,
    pub number: i64,
    pub doc: String,
}

/// In the order of the header.
pub fn enumerations(api: &Api) -> Vec<Enumeration<'_>> {
    let types = api.types.iter().filter(|it| it.kind == "integer");
    let enumerations = types.map(|it| Enumeration {
        name: it.name.strip_prefix("Vsdk").unwrap_or(&it.name),
        doc: &it.doc,
        values: api
            .constants
            .iter()
            .filter(|constant| constant.group.as_ref() == Some(&it.name))
            .map(|constant| value(constant, &prefix(&it.name)))
            .collect(),
    });
    enumerations.collect()
}

fn value<'api>(constant: &'api Constant, prefix: &str) -> Value<'api> {
    Value {
        name: constant.name.strip_prefix(prefix).unwrap_or(&constant.name),
        number: constant.value.as_i64().unwrap_or_default(),
        doc: constant.doc.clone() + &fields(constant),
    }
}

/// What each field of an event holds, as a list. How a status comes about and what to do about it
/// is left out: that names functions of C, and each error brings a remedy of its own.
fn fields(constant: &Constant) -> String {
    if constant.group.as_deref() != Some("VsdkEventType") {
        return String::new();
    }
    let item = |note: &Note| match note.label.as_str() {
        "When" => format!("\n- When: {}", note.text),
        field => format!("\n- `{field}`: {}", note.text),
    };
    "\n".to_owned() + &constant.notes.iter().map(item).collect::<String>()
}

/// What the constants of an integer type begin with: `VSDK_TOKEN_FINDING_` for `VsdkTokenFinding`.
pub fn prefix(group: &str) -> String {
    let mut prefix = String::new();
    for letter in group.chars() {
        if letter.is_ascii_uppercase() && !prefix.is_empty() {
            prefix.push('_');
        }
        prefix.push(letter.to_ascii_uppercase());
    }
    prefix + "_"
}

/// `create_room` as `createRoom`.
pub fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let mut text = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        text.extend(letters.next().map(|it| it.to_ascii_uppercase()));
        text += letters.as_str();
    }
    text
}

/// How wide the lines of generated files are.
const WIDTH: usize = 100;

/// One paragraph of a comment as lines that are filled up to [`WIDTH`], each with the same begin.
fn filled(paragraph: &str, begin: &str) -> String {
    let mut text = String::new();
    let mut line = begin.to_owned();
    for word in paragraph.split_whitespace() {
        if line.len() + 1 + word.len() > WIDTH {
            text += &line;
            text.push('\n');
            line = begin.to_owned();
        }
        line.push(' ');
        line += word;
    }
    text + &line + "\n"
}
