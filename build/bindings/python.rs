//! `enumerations.py`, and the prototypes of all functions for ctypes.
//!
//! Laid out as ruff would lay it out at 100 columns: `bindings/python/test.sh` compares.

use std::collections::BTreeSet;

use super::super::Generated;
use super::super::api::{Api, Constant, Function, Parameter, Type};
use super::{Enumeration, WIDTH, enumerations};

const FIRST_LINE: &str = "# Generated from src/ffi by `make header`. Do not edit.\n";

/// The generated files of the Python package.
pub fn generate(api: &Api) -> Vec<Generated> {
    vec![
        Generated {
            path: "bindings/python/src/vsdk/enumerations.py".to_owned(),
            text: enumerations_text(api),
        },
        Generated {
            path: "bindings/python/src/vsdk/_native/functions.py".to_owned(),
            text: functions_text(api),
        },
    ]
}

fn enumerations_text(api: &Api) -> String {
    let mut text = FIRST_LINE.to_owned();
    text.push_str(
        "\"\"\"The enumerations: numbers with names, open for names of later versions.\"\"\"\n\n",
    );
    text.push_str("from ._open_enum import OpenEnum\n");
    for enumeration in enumerations(api) {
        text.push_str(&class(&enumeration, api));
    }
    text
}

fn class(enumeration: &Enumeration<'_>, api: &Api) -> String {
    let mut text = format!("\n\nclass {}(OpenEnum):\n", enumeration.name);
    text.push_str(&docstring(&translated(enumeration.doc, api)));
    for value in &enumeration.values {
        text.push_str(&format!("\n    {} = {}\n", value.name, value.number));
        text.push_str(&docstring(&translated(&value.doc, api)));
    }
    text
}

/// What a comment of the header says, in the names of the package.
fn translated(doc: &str, api: &Api) -> String {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let mut text = String::new();
    let mut rest = doc;
    while let Some(start) = rest.find(is_part) {
        let length = rest[start..].find(|it| !is_part(it));
        let end = length.map_or(rest.len(), |length| start + length);
        text.push_str(&rest[..start]);
        let word = &rest[start..end];
        rest = &rest[end..];
        if let Some(group) = group_of(word, api) {
            text.push_str(&format!("`{group}`"));
            rest = rest.strip_prefix(" constant").unwrap_or(rest);
        } else if let Some(method) = word.strip_prefix("vsdk_meeting_") {
            text.push_str(&format!("`Meeting.{method}()`"));
        } else if let Some(function) = word.strip_prefix("vsdk_") {
            text.push_str(&format!("`{function}()`"));
        } else {
            text.push_str(word);
        }
    }
    text + rest
}

/// The enumeration whose constants begin with a word, such as `VSDK_MEETING_STATE_`.
fn group_of<'api>(word: &str, api: &'api Api) -> Option<&'api str> {
    let names = api.types.iter().filter(|it| it.kind == "integer");
    let mut names = names.map(|it| it.name.as_str());
    names
        .find(|name| super::prefix(name) == word)
        .and_then(|name| name.strip_prefix("Vsdk"))
}

/// A docstring in a class body: on one line where it fits, else wrapped; list items begin lines.
fn docstring(doc: &str) -> String {
    let one_line = format!("    \"\"\"{doc}\"\"\"");
    if !doc.contains('\n') && one_line.chars().count() <= WIDTH {
        return one_line + "\n";
    }
    let mut lines: Vec<String> = Vec::new();
    for (index, paragraph) in doc.split('\n').enumerate() {
        if paragraph.is_empty() {
            lines.push(String::new());
            continue;
        }
        let mut line = if index == 0 {
            "    \"\"\"".to_owned()
        } else {
            "    ".to_owned()
        };
        let indent = line.len();
        let mut is_first = true;
        for word in paragraph.split_whitespace() {
            let start = if is_first { indent } else { 4 };
            if line.len() > start && line.chars().count() + 1 + word.chars().count() > WIDTH {
                lines.push(std::mem::replace(&mut line, "    ".to_owned()));
                is_first = false;
            }
            if !line.ends_with([' ', '"']) {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines.push("    \"\"\"".to_owned());
    lines.join("\n") + "\n"
}

fn functions_text(api: &Api) -> String {
    let ungrouped = api.constants.iter().filter(|it| it.group.is_none());
    let callbacks = api.types.iter().filter(|it| it.kind == "callback");
    let (getters, calls): (Vec<&Function>, Vec<&Function>) =
        api.functions.iter().partition(|it| is_getter(it));

    let mut body = String::new();
    body.push_str("Handle = Optional[int]\n\"\"\"A key of the library; None is NULL.\"\"\"\n\n");
    body.push_str("Text = Optional[bytes]\n\"\"\"UTF-8; None is NULL.\"\"\"\n\n");
    body.push_str("Out = object\n\"\"\"What byref() gives: a place to write to.\"\"\"\n\n");
    body.push_str(
        "Callback = object\n\"\"\"An instance of one of the types that end in Fn.\"\"\"\n\n",
    );
    body.push_str("OutPointer = POINTER(c_void_p)\n\n");
    for constant in ungrouped {
        body.push_str(&constant_text(constant));
    }
    for callback in callbacks {
        body.push_str(&callback_text(callback));
    }
    body.push_str(
        "\n\nclass Functions:\n    \"\"\"The functions of vsdk.h, for the type checker.\"\"\"\n\n",
    );
    for function in &api.functions {
        body.push_str(&annotation(function));
    }
    body.push_str(
        "\n\nPrototype = tuple[Any, list[Any]]\n\"\"\"The result, and the parameters.\"\"\"\n",
    );
    body.push_str(&table(
        "GETTERS",
        "They wait for nothing and call nothing: called with the interpreter's lock held.",
        &getters,
    ));
    body.push_str(&table(
        "CALLS",
        "Called with the interpreter's lock released.",
        &calls,
    ));

    format!(
        "{FIRST_LINE}\"\"\"The functions of vsdk.h as ctypes is to call them.\"\"\"\n\n\
         from __future__ import annotations\n\n{}\n\
         from typing import Any, Callable, Final, Optional\n\n{body}",
        imports(&body)
    )
}

/// A function that only reads: the one kind without an error to tell.
fn is_getter(function: &Function) -> bool {
    let can_fail = function
        .parameters
        .last()
        .is_some_and(|it| it.c_type == "VsdkError **");
    !can_fail && function.returns.c_type != "void"
}

fn imports(body: &str) -> String {
    let names: BTreeSet<&str> = body
        .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
        .filter(|word| word.starts_with("c_") || ["CFUNCTYPE", "POINTER"].contains(word))
        .collect();
    // A line for each: with the comma at the end of the last, ruff leaves it so.
    let lines: String = names
        .into_iter()
        .map(|name| format!("    {name},\n"))
        .collect();
    format!("from ctypes import (\n{lines})")
}

fn constant_text(constant: &Constant) -> String {
    let name = constant
        .name
        .strip_prefix("VSDK_")
        .unwrap_or(&constant.name);
    format!(
        "{name}: Final = {}\n\"\"\"{}\"\"\"\n\n",
        constant.value, constant.doc
    )
}

fn callback_text(callback: &Type) -> String {
    let name = callback.name.strip_prefix("Vsdk").unwrap_or(&callback.name);
    let mut types = vec!["None"];
    types.extend(callback.parameters.iter().flatten().map(c_type));
    let types = types.join(", ");
    let line = format!("{name} = CFUNCTYPE({types})");
    if line.chars().count() <= WIDTH {
        return line + "\n";
    }
    format!("{name} = CFUNCTYPE(\n    {types}\n)\n")
}

fn annotation(function: &Function) -> String {
    let types: Vec<&str> = function.parameters.iter().map(python_type).collect();
    let result = match function.returns.c_type.as_str() {
        "void" => "None",
        "const char *" => "Text",
        other if other.ends_with('*') => "Handle",
        "double" => "float",
        _ => "int",
    };
    let line = format!(
        "    {}: Callable[[{}], {result}]",
        function.name,
        types.join(", ")
    );
    if line.chars().count() <= WIDTH {
        return line + "\n";
    }
    format!(
        "    {}: Callable[\n        [{}], {result}\n    ]\n",
        function.name,
        types.join(", ")
    )
}

fn python_type(parameter: &Parameter) -> &str {
    match parameter.c_type.as_str() {
        "const char *" => "Text",
        "void *" => "Handle",
        other if other.ends_with("Fn") => "Callback",
        _ if parameter.direction != "in" => "Out",
        other if other.ends_with('*') => "Handle",
        _ => "int",
    }
}

/// The type of a parameter for ctypes.
fn c_type(parameter: &Parameter) -> &str {
    match parameter.c_type.as_str() {
        "int32_t *" => "POINTER(c_int32)",
        "size_t *" => "POINTER(c_size_t)",
        other if other.ends_with("**") => "OutPointer",
        other => plain_c_type(other),
    }
}

fn plain_c_type(c_type: &str) -> &str {
    match c_type {
        "void" => "None",
        "const char *" => "c_char_p",
        "size_t" => "c_size_t",
        "int64_t" => "c_int64",
        "double" => "c_double",
        other if other.ends_with('*') => "c_void_p",
        other if other.ends_with("Fn") => other.strip_prefix("Vsdk").unwrap_or(other),
        _ => "c_int32",
    }
}

fn table(name: &str, doc: &str, functions: &[&Function]) -> String {
    let mut text = format!("\n{name}: Final[dict[str, Prototype]] = {{\n");
    for function in functions {
        let result = plain_c_type(&function.returns.c_type);
        let types: Vec<&str> = function.parameters.iter().map(c_type).collect();
        let list = format!("[{}]", types.join(", "));
        let line = format!("    \"{}\": ({result}, {list}),\n", function.name);
        if line.chars().count() <= WIDTH + 1 {
            text.push_str(&line);
        } else {
            let list = match format!("        {list},") {
                line if line.chars().count() <= WIDTH => line,
                _ => format!(
                    "        [\n            {},\n        ],",
                    types.join(",\n            ")
                ),
            };
            text.push_str(&format!(
                "    \"{}\": (\n        {result},\n{list}\n    ),\n",
                function.name
            ));
        }
    }
    text + "}\n" + &format!("\"\"\"{doc}\"\"\"\n")
}
