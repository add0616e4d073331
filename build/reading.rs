//! From the header's text to the [`Api`].

use serde_json::Value;

use super::api::{Api, Constant, Field, Function, Parameter, Returns, Section, Type};
use super::c::{self, Declaration, Kind, Prototype};
use super::documentation::{self, Documentation};

/// Reads the whole header.
pub fn read(header: &str, version: &str, abi_version: u32) -> Result<Api, String> {
    let declarations = c::read(header)?;
    let names = Names::of(&declarations);
    let mut api = Api {
        version: version.to_owned(),
        abi_version,
        sections: sections(header),
        constants: Vec::new(),
        types: Vec::new(),
        functions: Vec::new(),
    };
    for declaration in &declarations {
        let documentation = documentation::read(&declaration.comment);
        match &declaration.kind {
            Kind::Constant { name, value } => {
                api.constants
                    .push(names.constant(declaration, &documentation, name, value)?);
            }
            Kind::Function { name, prototype } => {
                api.functions
                    .push(names.function(declaration, &documentation, name, prototype));
            }
            // Told with its structure.
            Kind::Initialiser { .. } => {}
            _ => api
                .types
                .push(names.named_type(declaration, &documentation)),
        }
    }
    // Opaque types are declared before all sections; each belongs where it is first used as object.
    for opaque in api.types.iter_mut().filter(|it| it.kind == "opaque") {
        let uses = |function: &&Function| {
            let handle = function
                .parameters
                .first()
                .and_then(|it| it.handle.as_ref());
            handle == Some(&opaque.name) && function.parameters[0].direction == "in"
        };
        opaque.section = api.functions.iter().find(uses).map(|it| it.section.clone());
    }
    Ok(api)
}

/// What the header calls things; needed to tell a handle from a text and a value from its group.
struct Names {
    opaque: Vec<String>,
    integers: Vec<String>,
    functions: Vec<String>,
    initialisers: Vec<String>,
}

impl Names {
    fn of(declarations: &[Declaration]) -> Self {
        let mut names = Self {
            opaque: Vec::new(),
            integers: Vec::new(),
            functions: Vec::new(),
            initialisers: Vec::new(),
        };
        for declaration in declarations {
            match &declaration.kind {
                Kind::Opaque { name } => names.opaque.push(name.clone()),
                Kind::Integer { name, .. } => names.integers.push(name.clone()),
                Kind::Function { name, .. } => names.functions.push(name.clone()),
                Kind::Initialiser { name } => names.initialisers.push(name.clone()),
                Kind::Constant { .. } | Kind::Structure { .. } | Kind::Callback { .. } => {}
            }
        }
        names
    }

    fn constant(
        &self,
        declaration: &Declaration,
        documentation: &Documentation,
        name: &str,
        value: &str,
    ) -> Result<Constant, String> {
        let (natural_type, value) = value_of(value).ok_or_else(|| {
            format!("{name}: `{value}` is no value that other languages can take")
        })?;
        let group = self.group(name);
        Ok(Constant {
            name: name.to_owned(),
            c_type: group.clone().unwrap_or_else(|| natural_type.to_owned()),
            value,
            doc: whole(documentation),
            notes: documentation.notes.clone(),
            group,
            section: declaration.section.clone(),
        })
    }

    /// `VSDK_STATUS_OK` belongs to `VsdkStatus`: the longest type whose name it begins with.
    fn group(&self, constant: &str) -> Option<String> {
        self.integers
            .iter()
            .filter(|name| constant.starts_with(&(words(name).join("_").to_uppercase() + "_")))
            .max_by_key(|name| name.len())
            .cloned()
    }

    fn named_type(&self, declaration: &Declaration, documentation: &Documentation) -> Type {
        let mut named = Type {
            name: declaration.kind.name().to_owned(),
            kind: "opaque".to_owned(),
            section: declaration.section.clone(),
            doc: whole(documentation),
            c_type: None,
            freed_with: None,
            returns: None,
            parameters: None,
            fields: Vec::new(),
            initialiser: None,
        };
        match &declaration.kind {
            Kind::Integer { c_type, .. } => {
                named.kind = "integer".to_owned();
                named.c_type = Some(c_type.clone());
            }
            Kind::Structure { fields, .. } => {
                named.kind = "structure".to_owned();
                named.fields = fields.iter().map(field).collect();
                named.initialiser = self.initialiser(&named.name);
            }
            Kind::Callback { prototype, .. } => {
                named.kind = "callback".to_owned();
                named.returns = Some(prototype.returns.clone());
                named.parameters = Some(self.parameters(prototype, documentation));
            }
            _ => named.freed_with = self.free_function(&named.name),
        }
        named
    }

    fn function(
        &self,
        declaration: &Declaration,
        documentation: &Documentation,
        name: &str,
        prototype: &Prototype,
    ) -> Function {
        let returned = documentation.all("return").next().unwrap_or_default();
        let marks = documentation::marks(returned);
        let handle = self.handle(&prototype.returns);
        let freed_with = self.freed_with(&marks, handle.as_deref());
        let statuses = match prototype.returns.as_str() {
            "VsdkStatus" => mentioned(returned, "VSDK_STATUS_"),
            _ => Vec::new(),
        };
        Function {
            name: name.to_owned(),
            section: declaration.section.clone().unwrap_or_default(),
            brief: documentation.brief.clone(),
            description: documentation.description.clone(),
            parameters: self.parameters(prototype, documentation),
            returns: Returns {
                c_type: prototype.returns.clone(),
                nullable: marks.nullable || says_absent(&marks.text),
                ownership: marks.ownership,
                freed_with,
                owner: marks.owner,
                handle,
                doc: marks.text,
            },
            statuses,
            blocks: documentation
                .all("note")
                .any(|note| note.starts_with("Blocks")),
            waiting: documentation
                .all("note")
                .find(|note| note.starts_with("Blocks") || note.starts_with("Does not block"))
                .unwrap_or_default()
                .to_owned(),
            since: documentation
                .all("since")
                .next()
                .unwrap_or_default()
                .to_owned(),
        }
    }

    fn parameters(&self, prototype: &Prototype, documentation: &Documentation) -> Vec<Parameter> {
        let read = |(c_type, name): &(String, String)| {
            let (direction, text) = documentation.parameter(name).unwrap_or(("in", ""));
            let marks = documentation::marks(text);
            let handle = self.handle(c_type);
            Parameter {
                name: name.clone(),
                c_type: c_type.clone(),
                direction: direction.to_owned(),
                nullable: marks.nullable,
                freed_with: self.freed_with(&marks, handle.as_deref()),
                ownership: marks.ownership,
                handle,
                doc: marks.text,
            }
        };
        prototype.parameters.iter().map(read).collect()
    }

    /// The opaque type at the end of the pointers.
    fn handle(&self, c_type: &str) -> Option<String> {
        let name = c_type
            .trim_start_matches("const ")
            .trim_end_matches('*')
            .trim();
        self.opaque.iter().find(|opaque| *opaque == name).cloned()
    }

    /// What is owned is given back with the function it names, else with its type's own.
    fn freed_with(&self, marks: &documentation::Marks, handle: Option<&str>) -> Option<String> {
        let owned = marks.ownership.as_deref() == Some("owned");
        let usual = || owned.then(|| self.free_function(handle?)).flatten();
        marks.freed_with.clone().or_else(usual)
    }

    /// `VSDK_ENCODED_FRAME_INIT` for `VsdkEncodedFrame`.
    fn initialiser(&self, structure: &str) -> Option<String> {
        let name = words(structure).join("_").to_uppercase() + "_INIT";
        self.initialisers.contains(&name).then_some(name)
    }

    /// `vsdk_room_options_free` for `VsdkRoomOptions`, when there is one.
    fn free_function(&self, opaque: &str) -> Option<String> {
        let name = words(opaque).join("_") + "_free";
        self.functions.contains(&name).then_some(name)
    }
}

fn field(field: &c::Field) -> Field {
    let marks = documentation::marks(&whole(&documentation::read(&field.comment)));
    Field {
        name: field.name.clone(),
        c_type: field.c_type.clone(),
        initially: marks.initially,
        doc: marks.text,
    }
}

fn sections(header: &str) -> Vec<Section> {
    let mut sections = Vec::new();
    for text in header.split("@defgroup vsdk_").skip(1) {
        let mut lines = text.lines();
        let (name, title) = lines
            .next()
            .unwrap_or_default()
            .split_once(' ')
            .unwrap_or_default();
        let prose: Vec<String> = lines
            .map(|line| line.trim_start_matches(" *").trim().to_owned())
            .take_while(|line| line != "@{")
            .collect();
        let documentation = documentation::read(&prose);
        let (name, title) = (name.to_owned(), title.to_owned());
        sections.push(Section {
            name,
            title,
            doc: whole(&documentation),
        });
    }
    sections
}

/// The natural type and the value of `"text"`, `7`, `(-7)` or `INT64_C(-7)`.
fn value_of(literal: &str) -> Option<(&'static str, Value)> {
    if let Some(text) = literal
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    {
        return Some(("const char *", Value::from(text)));
    }
    let (c_type, digits) = match literal.split_once('(') {
        Some(("INT64_C", rest)) => ("int64_t", rest.strip_suffix(')')?),
        Some(("UINT64_C", rest)) => ("uint64_t", rest.strip_suffix(')')?),
        Some(("", rest)) => ("int32_t", rest.strip_suffix(')')?),
        Some(_) => return None,
        None => ("int32_t", literal),
    };
    let value = match digits.strip_prefix("0x") {
        Some(hexadecimal) => i64::from_str_radix(hexadecimal, 16).ok()?,
        None => digits.parse().ok()?,
    };
    Some((c_type, Value::from(value)))
}

/// `vsdk`, `room`, `options` for `VsdkRoomOptions`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() || words.is_empty() {
            words.push(String::new());
        }
        words
            .last_mut()
            .expect("just pushed")
            .push(character.to_ascii_lowercase());
    }
    words
}

/// Whether the prose of a result knows a NULL that is no failure: "NULL when there is none".
fn says_absent(text: &str) -> bool {
    let failures = [
        "Never NULL",
        "NULL when the handle is not valid",
        "NULL on failure",
    ];
    let rest = failures
        .iter()
        .fold(text.to_owned(), |text, failure| text.replace(failure, ""));
    rest.contains("NULL")
}

fn whole(documentation: &Documentation) -> String {
    let paragraphs = [
        documentation.brief.as_str(),
        documentation.description.as_str(),
    ];
    paragraphs
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// The names in a text that begin with `prefix`, each once, in order.
fn mentioned(text: &str, prefix: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for word in text.split(|character: char| !character.is_ascii_alphanumeric() && character != '_')
    {
        if word.starts_with(prefix) && !names.iter().any(|name| name == word) {
            names.push(word.to_owned());
        }
    }
    names
}
