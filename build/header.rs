//! Lays the sections out inside the frame: the text of `vsdk.h`.

use super::c::{Declaration, Field, Kind, Prototype};
use super::documentation;
use super::section::Section;

/// Everything that is written by hand, with `@PLACES@` for the rest.
const FRAME: &str = include_str!("frame.h");

/// The last column that a prototype may use.
const WIDTH: usize = 100;

/// The whole header.
pub fn stitch(sections: &[Section], version: &str, abi_version: u32) -> String {
    let numbers = version_numbers(version);
    let objects: String = sections
        .iter()
        .flat_map(|section| &section.declarations)
        .filter(|declaration| matches!(declaration.kind, Kind::Opaque { .. }))
        .map(|declaration| render(declaration) + "\n")
        .collect();
    let sections: String = sections.iter().map(render_section).collect();
    FRAME
        .replace("@MAJOR@", &numbers[0].to_string())
        .replace("@MINOR@", &numbers[1].to_string())
        .replace("@PATCH@", &numbers[2].to_string())
        .replace("@VERSION@", version)
        .replace("@VERSION_NUMBER@", &packed(numbers).to_string())
        .replace("@ABI_VERSION@", &abi_version.to_string())
        .replace("@OBJECTS@\n", &objects)
        .replace("@SECTIONS@\n", &sections)
}

/// Major, minor, patch; a suffix such as `-beta.1` does not count.
fn version_numbers(version: &str) -> [u32; 3] {
    let numbers = version.split(['-', '+']).next().unwrap_or(version);
    let mut numbers = numbers.split('.').map(|number| number.parse().unwrap_or(0));
    std::array::from_fn(|_| numbers.next().unwrap_or(0))
}

/// One number that compares as versions do: three decimal digits each for minor and patch.
fn packed([major, minor, patch]: [u32; 3]) -> u32 {
    major * 1_000_000 + minor * 1_000 + patch
}

fn render_section(section: &Section) -> String {
    // The prose begins with its title: "Rooms: create, look up, list, deactivate."
    let first = section.prose.first().map_or("", String::as_str);
    let title = first.split([':', '.']).next().unwrap_or(first);
    let mut prose = vec![format!("@defgroup vsdk_{} {title}", section.name)];
    prose.extend(section.prose.iter().cloned());
    prose.push("@{".to_owned());

    let mut text = format!("{}\n{}\n", banner(title), comment(&prose));
    let mut declarations = ordered(&section.declarations).into_iter().peekable();
    while let Some(declaration) = declarations.next() {
        text.push_str(&render(declaration));
        // Values stand close together, unless there is much to say about them.
        let is_constant =
            |it: &Declaration| matches!(it.kind, Kind::Constant { .. }) && it.comment.len() < 3;
        if !(is_constant(declaration) && declarations.peek().is_some_and(|it| is_constant(it))) {
            text.push('\n');
        }
    }
    text + "/** @} */\n\n"
}

/// Lone constants, types with their values, structures, callbacks, functions.
fn ordered(declarations: &[Declaration]) -> Vec<&Declaration> {
    let integers: Vec<&Declaration> = select(declarations, |it| matches!(it, Kind::Integer { .. }));
    let mut rest: Vec<&Declaration> =
        select(declarations, |it| matches!(it, Kind::Constant { .. }));
    let mut grouped = Vec::new();
    let prefix_of = |integer: &Declaration| upper_case(integer.kind.name()) + "_";
    let prefixes: Vec<String> = integers.iter().map(|it| prefix_of(it)).collect();
    for integer in integers {
        // VSDK_LAYOUT_PRIORITY_PIN begins like a value of VsdkLayout too.
        let prefix = prefix_of(integer);
        let is_value = |name: &str| {
            let fitting = prefixes.iter().filter(|it| name.starts_with(*it));
            fitting.max_by_key(|it| it.len()) == Some(&prefix)
        };
        let (values, others) = rest.into_iter().partition(|it| is_value(it.kind.name()));
        rest = others;
        grouped.push(integer);
        grouped.extend::<Vec<&Declaration>>(values);
    }
    let mut ordered = rest;
    ordered.extend(grouped);
    ordered.extend(select(declarations, |it| {
        matches!(it, Kind::Structure { .. })
    }));
    ordered.extend(select(declarations, |it| {
        matches!(it, Kind::Callback { .. })
    }));
    ordered.extend(select(declarations, |it| {
        matches!(it, Kind::Function { .. })
    }));
    ordered
}

fn select(declarations: &[Declaration], wanted: fn(&Kind) -> bool) -> Vec<&Declaration> {
    declarations.iter().filter(|it| wanted(&it.kind)).collect()
}

fn render(declaration: &Declaration) -> String {
    let code = match &declaration.kind {
        Kind::Constant { name, value } => format!("#define {name} {value}"),
        Kind::Opaque { name } => format!("typedef struct {name} {name};"),
        Kind::Structure { name, fields } => structure(name, fields),
        Kind::Initialiser { name } => unreachable!("{name} is made with its structure"),
        Kind::Integer { name, c_type } => format!("typedef {c_type} {name};"),
        Kind::Callback { name, prototype } => wrapped(
            &format!("typedef {}(*{name})", with_space(&prototype.returns)),
            prototype,
        ),
        Kind::Function { name, prototype } => wrapped(
            &format!("VSDK_API {}{name}", with_space(&prototype.returns)),
            prototype,
        ),
    };
    format!("{}{code}\n", comment(&declaration.comment))
}

/// A structure, and behind it the macro for its first state.
fn structure(name: &str, fields: &[Field]) -> String {
    let mut text = format!("typedef struct {name} {{\n");
    for field in fields {
        for line in comment(&field.comment).lines() {
            text.push_str(&format!("    {line}\n"));
        }
        text.push_str(&format!(
            "    {}{};\n",
            with_space(&field.c_type),
            field.name
        ));
    }
    let values: Vec<String> = fields
        .iter()
        .map(|field| first_value(name, field))
        .collect();
    text.push_str(&format!(
        "}} {name};\n\n/** What every {name} is set to before its fields are. */\n\
         #define {}_INIT {{{}}}",
        upper_case(name),
        values.join(", ")
    ));
    text
}

/// All of them are written out: C++ warns of those that are missing.
fn first_value(structure: &str, field: &Field) -> String {
    if field.name == "struct_size" {
        return format!("sizeof({structure})");
    }
    let doc = documentation::read(&field.comment).brief;
    documentation::marks(&doc)
        .initially
        .unwrap_or_else(|| match field.c_type.ends_with('*') {
            true => "NULL".to_owned(),
            false => "0".to_owned(),
        })
}

/// Parameters on one line where they fit, else filled up to the width below the first one.
fn wrapped(head: &str, prototype: &Prototype) -> String {
    let mut lines = vec![format!("{head}(")];
    let indent = " ".repeat(head.len() + 1);
    let last = prototype.parameters.len().wrapping_sub(1);
    for (index, (c_type, name)) in prototype.parameters.iter().enumerate() {
        let end = if index == last { ");" } else { "," };
        let parameter = format!("{}{name}{end}", with_space(c_type));
        let line = lines.last_mut().expect("begins with one");
        let gap = usize::from(line.ends_with(','));
        if index > 0 && line.len() + gap + parameter.len() > WIDTH {
            lines.push(format!("{indent}{parameter}"));
        } else {
            line.push_str(&" ".repeat(gap));
            line.push_str(&parameter);
        }
    }
    if prototype.parameters.is_empty() {
        lines[0].push_str("void);");
    }
    lines.join("\n")
}

fn with_space(c_type: &str) -> String {
    if c_type.ends_with('*') {
        c_type.to_owned()
    } else {
        format!("{c_type} ")
    }
}

fn comment(lines: &[String]) -> String {
    match lines {
        [] => String::new(),
        [line] => format!("/** {line} */\n"),
        lines => {
            let body: String = lines
                .iter()
                .map(|line| {
                    if line.is_empty() {
                        " *\n".to_owned()
                    } else {
                        format!(" * {line}\n")
                    }
                })
                .collect();
            format!("/**\n{body} */\n")
        }
    }
}

fn banner(title: &str) -> String {
    let start = format!("/* ---- {title} ");
    let rule = "-".repeat(WIDTH.saturating_sub(start.len() + 3));
    format!("{start}{rule} */\n")
}

/// `VSDK_ROOM_OPTIONS` for `VsdkRoomOptions`.
fn upper_case(name: &str) -> String {
    let mut upper = String::new();
    for (index, character) in name.chars().enumerate() {
        if index > 0 && character.is_ascii_uppercase() {
            upper.push('_');
        }
        upper.push(character.to_ascii_uppercase());
    }
    upper
}
