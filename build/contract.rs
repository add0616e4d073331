//! The rules that every comment and signature of the header obeys.
//!
//! A comment that contradicts its prototype, or names what does not exist, fails the build.

use std::collections::{BTreeSet, HashMap};

use super::api::{Api, Constant, Function, Parameter};
use super::c::{self, Declaration, Field, Kind, Prototype};
use super::documentation::{self, Documentation};

/// Names that are neither declared nor a mistake.
const NAMES_OF_THE_FRAME: &[&str] = &["VSDK_API", "VSDK_H", "VSDK_SHARED"];

/// Everything that breaks a rule, in words for the one who wrote it.
pub fn problems(header: &str, api: &Api) -> Vec<String> {
    let declarations = match c::read(header) {
        Ok(declarations) => declarations,
        Err(problem) => return vec![problem],
    };
    let mut problems = names(&declarations);
    problems.extend(references(header, &declarations));
    for declaration in &declarations {
        let documentation = documentation::read(&declaration.comment);
        let mut found = general(&documentation);
        match &declaration.kind {
            Kind::Function { name, prototype } => {
                let function = api.functions.iter().find(|it| it.name == *name);
                found.extend(parameters(&documentation, prototype, true));
                found.extend(function_tags(&documentation, prototype));
                found.extend(function.into_iter().flat_map(|it| ownership(it, api)));
            }
            Kind::Callback { prototype, .. } => {
                found.extend(parameters(&documentation, prototype, false));
            }
            Kind::Constant { name, .. } => {
                let constant = api.constants.iter().find(|it| it.name == *name);
                found.extend(constant.into_iter().flat_map(|it| notes(it, api)));
            }
            Kind::Structure { fields, .. } => found.extend(structure(fields, &declarations)),
            Kind::Initialiser { .. } | Kind::Integer { .. } | Kind::Opaque { .. } => {}
        }
        let place = match &declaration.section {
            Some(section) => format!("src/ffi/{section}.rs: {}", declaration.kind.name()),
            None => declaration.kind.name().to_owned(),
        };
        problems.extend(
            found
                .into_iter()
                .map(|problem| format!("{place} {problem}")),
        );
    }
    problems
}

/// Prefixes by kind, and no name twice.
fn names(declarations: &[Declaration]) -> Vec<String> {
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for declaration in declarations {
        let name = declaration.kind.name();
        let prefix = match declaration.kind {
            Kind::Constant { .. } | Kind::Initialiser { .. } => "VSDK_",
            Kind::Function { .. } => "vsdk_",
            Kind::Opaque { .. }
            | Kind::Structure { .. }
            | Kind::Integer { .. }
            | Kind::Callback { .. } => "Vsdk",
        };
        if !name.starts_with(prefix) {
            problems.push(format!("{name} does not begin with {prefix}"));
        }
        if !seen.insert(name) {
            problems.push(format!("{name} is declared twice"));
        }
    }
    problems
}

/// Every name of ours in any comment exists. `vsdk_room_*` and `vsdk_room_` stand for all that
/// begin so.
fn references(header: &str, declarations: &[Declaration]) -> Vec<String> {
    let known: BTreeSet<&str> = declarations
        .iter()
        .map(|declaration| declaration.kind.name())
        .chain(NAMES_OF_THE_FRAME.iter().copied())
        .collect();
    let groups: Vec<&str> = header
        .split("@defgroup ")
        .skip(1)
        .filter_map(|text| text.split_whitespace().next())
        .collect();

    let mut problems = Vec::new();
    for comment in header
        .split("/*")
        .skip(1)
        .filter_map(|text| text.split_once("*/"))
    {
        for (name, follows) in words(comment.0) {
            let ours = ["vsdk_", "VSDK_", "Vsdk"]
                .iter()
                .any(|prefix| name.starts_with(prefix));
            let exists = if follows == Some('*') || name.ends_with('_') {
                known.iter().any(|known| known.starts_with(name))
            } else {
                known.contains(name) || groups.contains(&name)
            };
            if ours && !exists {
                let place = file(&header[..offset(header, name)]);
                problems.push(format!(
                    "{place}: a comment names {name}, which does not exist"
                ));
            }
        }
    }
    problems.sort();
    problems.dedup();
    problems
}

/// The source of the text that follows on `before`.
fn file(before: &str) -> String {
    let section = before
        .rsplit_once("@defgroup vsdk_")
        .and_then(|(_, section)| section.split_whitespace().next());
    section.map_or_else(
        || "build/frame.h".to_owned(),
        |name| format!("src/ffi/{name}.rs"),
    )
}

fn general(documentation: &Documentation) -> Vec<String> {
    let mut problems = Vec::new();
    if documentation.brief.is_empty() {
        problems.push("has no comment".to_owned());
    } else if !documentation.brief.ends_with(['.', ':']) {
        problems.push("has a first paragraph without a full stop".to_owned());
    }
    for tag in &documentation.tags {
        if !["param", "return", "note", "since", "see"].contains(&tag.name.as_str()) {
            problems.push(format!("uses @{}, which the header does not", tag.name));
        } else if !tag.text.ends_with('.') && !matches!(tag.name.as_str(), "since" | "see") {
            problems.push(format!(
                "has a @{} without a full stop: {}",
                tag.name, tag.text
            ));
        }
    }
    let text = [
        documentation.brief.as_str(),
        documentation.description.as_str(),
    ]
    .concat();
    if text.contains("[`") || text.contains("::") {
        problems.push("has a link or path that means nothing in C".to_owned());
    }
    problems
}

/// One `@param` each, in order, with a direction; callbacks may leave out what is evident.
fn parameters(documentation: &Documentation, prototype: &Prototype, all: bool) -> Vec<String> {
    let mut problems = Vec::new();
    let declared: Vec<&str> = prototype
        .parameters
        .iter()
        .map(|(_, name)| name.as_str())
        .collect();
    let mut documented = Vec::new();
    for tag in documentation.tags.iter().filter(|tag| tag.name == "param") {
        let (name, text) = tag.text.split_once(' ').unwrap_or((&tag.text, ""));
        documented.push(name);
        if !["in", "out", "in,out"].contains(&tag.option.as_str()) {
            problems.push(format!("needs @param[in] or @param[out] for `{name}`"));
        }
        if text.is_empty() {
            problems.push(format!("says nothing about `{name}`"));
        }
    }
    for name in &documented {
        if !declared.contains(name) {
            problems.push(format!("has a @param for `{name}`, which is no parameter"));
        }
    }
    for name in &declared {
        if all && !documented.contains(name) {
            problems.push(format!("has no @param for `{name}`"));
        }
    }
    if problems.is_empty() {
        let in_order: Vec<&str> = declared
            .iter()
            .filter(|name| documented.contains(name))
            .copied()
            .collect();
        if in_order != documented {
            problems.push("has its @param in another order, or twice".to_owned());
        }
    }
    problems
}

fn function_tags(documentation: &Documentation, prototype: &Prototype) -> Vec<String> {
    let mut problems = Vec::new();
    let returned: Vec<&str> = documentation.all("return").collect();
    match (prototype.returns.as_str(), returned.as_slice()) {
        ("void", []) => {}
        ("void", _) => problems.push("returns nothing, but has a @return".to_owned()),
        (_, []) => problems.push("has no @return".to_owned()),
        ("VsdkStatus", [text]) => {
            let can_fail = prototype
                .parameters
                .iter()
                .any(|(it, _)| it == "VsdkError **");
            if can_fail && !text.contains("VSDK_STATUS_") {
                problems.push("has a @return without any VSDK_STATUS_*".to_owned());
            }
        }
        (_, [_]) => {}
        _ => problems.push("has several @return".to_owned()),
    }
    let speed = documentation
        .all("note")
        .filter(|note| note.starts_with("Blocks") || note.starts_with("Does not block"));
    if speed.count() != 1 {
        problems
            .push("needs exactly one of `@note Blocks.` and `@note Does not block.`".to_owned());
    }
    let since: Vec<&str> = documentation.all("since").collect();
    let is_version = |text: &&str| {
        !text.is_empty() && text.split('.').all(|number| number.parse::<u32>().is_ok())
    };
    if since.len() != 1 || !since.iter().all(is_version) {
        problems.push("needs one `@since` with a version".to_owned());
    }
    problems
}

/// What the comment of a status or an event lists, and no other comment does: docs/errors.md and
/// docs/events.md are made from it.
fn notes(constant: &Constant, api: &Api) -> Vec<String> {
    let labels: Vec<&str> = constant.notes.iter().map(|it| it.label.as_str()).collect();
    let is_failure = constant.value.as_i64().is_some_and(|value| value < 0);
    let mut problems = Vec::new();
    match constant.group.as_deref() {
        Some("VsdkStatus") if is_failure => {
            if !matches!(
                labels[..],
                ["Cause", "Remedy"] | ["Cause", "Remedy", "Retry"]
            ) {
                problems.push("must list Cause, Remedy and, if it can help, Retry".to_owned());
            }
        }
        Some("VsdkEventType") => {
            if labels.first() != Some(&"When") {
                problems.push("must list When it comes, and then its fields".to_owned());
            }
            for field in labels.iter().filter(|label| **label != "When") {
                let getter = format!("vsdk_event_{field}");
                if !api.functions.iter().any(|it| it.name == getter) {
                    problems.push(format!("lists `{field}`, but there is no {getter}"));
                }
            }
        }
        _ if labels.is_empty() => {}
        _ => problems.push(format!("lists {labels:?}, which nothing is made from")),
    }
    for note in constant.notes.iter().filter(|it| !it.text.ends_with('.')) {
        problems.push(format!("has a {} without a full stop", note.label));
    }
    problems
}

/// A structure can grow, has the same size everywhere, and says what each field is.
fn structure(fields: &[Field], declarations: &[Declaration]) -> Vec<String> {
    let mut problems = Vec::new();
    let first = fields.first().map(|it| (&*it.c_type, &*it.name));
    if first != Some(("size_t", "struct_size")) {
        problems.push("must begin with `size_t struct_size`".to_owned());
    }
    let mut size = 0;
    for field in fields {
        let name = &field.name;
        let field_documentation = documentation::read(&field.comment);
        let found = general(&field_documentation);
        problems.extend(
            found
                .into_iter()
                .map(|it| format!("has `{name}`, which {it}")),
        );
        let marks = documentation::marks(&field_documentation.brief);
        let is_known = |value: &String| declarations.iter().any(|it| it.kind.name() == value);
        if let Some(value) = marks.initially.filter(|it| !is_known(it)) {
            problems.push(format!("sets `{name}` to {value}, which does not exist"));
        }
        // All that is no pointer or 64 bits wide is an int32_t, or named for one.
        let width = match field.c_type.as_str() {
            "size_t" | "int64_t" | "double" => 8,
            pointer if pointer.ends_with('*') => 8,
            _ => 4,
        };
        if size % width != 0 {
            problems.push(format!("has a gap before `{name}`"));
        }
        size += width;
    }
    if size % 8 != 0 {
        problems.push("has a gap at its end, which a later field would take unnoticed".to_owned());
    }
    problems
}

/// What a signature promises about pointers, its comment must say.
fn ownership(function: &Function, api: &Api) -> Vec<String> {
    let mut problems = Vec::new();
    let kinds: HashMap<&str, &str> = api
        .types
        .iter()
        .map(|it| (it.name.as_str(), it.kind.as_str()))
        .collect();
    let functions: BTreeSet<&str> = api.functions.iter().map(|it| it.name.as_str()).collect();
    let is_callback = |it: &Parameter| {
        kinds.get(it.c_type.as_str()) == Some(&"callback") && it.c_type != "VsdkDestroyFn"
    };

    for (index, parameter) in function.parameters.iter().enumerate() {
        let name = &parameter.name;
        let points_to_pointer = parameter.c_type.ends_with("**");
        if points_to_pointer && parameter.direction == "in" {
            problems.push(format!("must say @param[out] for `{name}`"));
        }
        if points_to_pointer && parameter.direction == "out" && parameter.ownership.is_none() {
            problems.push(format!("must say whether `{name}` is owned or borrowed"));
        }
        if !parameter.c_type.contains('*') && parameter.direction != "in" {
            problems.push(format!("must say @param[in] for `{name}`"));
        }
        if parameter.ownership.as_deref() == Some("owned") && parameter.freed_with.is_none() {
            problems.push(format!("must say what `{name}` is freed with"));
        }
        if let Some(free) = parameter
            .freed_with
            .as_deref()
            .filter(|it| !functions.contains(it))
        {
            problems.push(format!("frees `{name}` with {free}, which does not exist"));
        }
        if parameter.c_type == "VsdkError **" {
            let usual = name == "error" && parameter.nullable && parameter.direction == "out";
            if !usual || index + 1 != function.parameters.len() {
                problems.push("must have its VsdkError ** last, as nullable `error`".to_owned());
            }
        }
        if is_callback(parameter) {
            let next = |offset: usize| {
                let it = function.parameters.get(index + offset)?;
                Some((it.c_type.as_str(), it.name.as_str(), it.nullable))
            };
            let triple = next(1) == Some(("void *", "user_data", true))
                && next(2) == Some(("VsdkDestroyFn", "destroy", true));
            if !triple {
                problems.push(format!(
                    "must have nullable `void *user_data, VsdkDestroyFn destroy` behind `{name}`"
                ));
            }
        }
    }

    let returns = &function.returns;
    if returns.c_type.contains('*') && returns.ownership.is_none() {
        problems.push("must say whether its result is owned or borrowed".to_owned());
    }
    if returns.ownership.as_deref() == Some("owned") && returns.freed_with.is_none() {
        problems.push("must say what its result is freed with".to_owned());
    }
    let is_owner = |name: &String| {
        name == "the library" || function.parameters.iter().any(|it| it.name == *name)
    };
    if let Some(owner) = returns.owner.as_ref().filter(|owner| !is_owner(owner)) {
        problems.push(format!("borrows from `{owner}`, which is no parameter"));
    }
    problems
}

/// The identifiers of a text, each with the character behind it.
fn words(text: &str) -> impl Iterator<Item = (&str, Option<char>)> {
    let is_part = |character: char| character.is_ascii_alphanumeric() || character == '_';
    text.split(move |character| !is_part(character))
        .filter(|word| !word.is_empty())
        .map(move |word| (word, text[offset(text, word) + word.len()..].chars().next()))
}

/// Where a part of a text lies in it.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}
