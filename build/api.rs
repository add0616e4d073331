//! The header as data: what `bindings/api.json` holds.
//!
//! Serialised in the order of the fields below, so that a change shows as a small difference.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Everything.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Api {
    pub version: String,
    pub abi_version: u32,
    pub sections: Vec<Section>,
    pub constants: Vec<Constant>,
    pub types: Vec<Type>,
    pub functions: Vec<Function>,
}

/// The part of the header that belongs to one object.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Section {
    pub name: String,
    pub title: String,
    pub doc: String,
}

/// A `#define` with a value.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Constant {
    pub name: String,
    /// The integer type it belongs to, else `int32_t`, `int64_t`, ... or `const char *`.
    #[serde(rename = "type")]
    pub c_type: String,
    pub value: Value,
    pub doc: String,
    /// What its comment lists: cause and remedy of a status, the fields of an event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// The integer type whose values it is one of.
    pub group: Option<String>,
    pub section: Option<String>,
}

/// `- label: text` in a comment.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Note {
    pub label: String,
    pub text: String,
}

/// A named type.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Type {
    pub name: String,
    /// `opaque`, `structure`, `integer` or `callback`.
    pub kind: String,
    pub section: Option<String>,
    pub doc: String,
    /// Of integer types: what they are an alias of.
    pub c_type: Option<String>,
    /// Of opaque types: the function that gives a handle back; none when it is only ever borrowed.
    pub freed_with: Option<String>,
    /// Of callbacks: the type of the result.
    pub returns: Option<String>,
    /// Of callbacks.
    pub parameters: Option<Vec<Parameter>>,
    /// Of structures, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// Of structures: the macro for their first state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initialiser: Option<String>,
}

/// A field of a structure.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Field {
    pub name: String,
    pub c_type: String,
    /// The constant that it is set to at first, where that is not 0 or, of the first field, the size.
    pub initially: Option<String>,
    pub doc: String,
}

/// An exported function.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Function {
    pub name: String,
    pub section: String,
    pub brief: String,
    pub description: String,
    pub parameters: Vec<Parameter>,
    pub returns: Returns,
    /// The statuses named in its comment; those that every function can return are not repeated.
    pub statuses: Vec<String>,
    pub blocks: bool,
    /// Whether it blocks, and until when, in words.
    pub waiting: String,
    pub since: String,
}

/// A parameter of a function or of a callback.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Parameter {
    pub name: String,
    pub c_type: String,
    /// `in`, `out` or `in,out`.
    pub direction: String,
    pub nullable: bool,
    /// `owned`, `borrowed`, `freed` or none.
    pub ownership: Option<String>,
    pub freed_with: Option<String>,
    /// The opaque type it points to, directly or as the target of an out-parameter.
    pub handle: Option<String>,
    pub doc: String,
}

/// What a function returns.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Returns {
    pub c_type: String,
    /// NULL is an answer for valid arguments too, and means absent.
    pub nullable: bool,
    pub ownership: Option<String>,
    pub freed_with: Option<String>,
    /// Of borrowed results: the parameter that keeps them alive.
    pub owner: Option<String>,
    pub handle: Option<String>,
    pub doc: String,
}

impl Api {
    /// As committed in `bindings/api.json`.
    pub fn to_json(&self) -> String {
        let text = serde_json::to_string_pretty(self).expect("plain data");
        text + "\n"
    }

    /// As committed in `bindings/exports.txt`: sorted, one name a line.
    pub fn exports(&self) -> String {
        let mut names: Vec<&str> = self.functions.iter().map(|it| it.name.as_str()).collect();
        names.sort_unstable();
        names.into_iter().flat_map(|name| [name, "\n"]).collect()
    }
}
