//! `docs/reference/`: a page for each section of the header, and their list.

use std::fmt::Write;

use super::super::Generated;
use super::super::api::{Api, Constant, Function, Parameter, Returns, Section, Type};
use super::links::Links;
use super::{heading, table};

const FRAME: &str = include_str!("reference.md");

/// How long a prototype may be to stand on one line; narrow screens show about half of it.
const WIDTH: usize = 72;

pub fn pages(api: &Api) -> Vec<Generated> {
    let mut pages = vec![Generated {
        path: "docs/reference/README.md".to_owned(),
        text: index(api),
    }];
    pages.extend(api.sections.iter().map(|section| Generated {
        path: format!("docs/reference/{}.md", section.name),
        text: page(section, api),
    }));
    pages
}

fn index(api: &Api) -> String {
    let links = Links::in_reference(api, "README");
    let mut sections = String::new();
    for section in &api.sections {
        let name = &section.name;
        let doc = without_title(section);
        let first = doc.split("\n\n").next().unwrap_or_default();
        _ = writeln!(sections, "### [{}]({name}.md)\n", section.title);
        _ = writeln!(sections, "{}\n", links.prose(first));
        for function in of_section(api, name) {
            let brief = links.prose(&function.brief);
            _ = writeln!(sections, "* {}: {brief}", links.name(&function.name));
        }
        sections.push('\n');
    }
    let version = api.constants.iter().filter(|it| it.section.is_none());
    let version = constants(version, "", &links);
    heading("src/ffi and build/pages/reference.md")
        + &FRAME
            .replace("@COUNT@", &api.functions.len().to_string())
            .replace("@VERSION@\n", &version)
            .replace("@SECTIONS@\n\n", &sections)
}

/// "Rooms: create, list." below the heading "Rooms" begins with what there is to do.
fn without_title(section: &Section) -> String {
    let doc = section.doc.strip_prefix(&section.title);
    match doc.and_then(|doc| doc.strip_prefix(": ")) {
        Some(rest) => super::sentence(rest),
        None => section.doc.clone(),
    }
}

fn of_section<'api>(api: &'api Api, section: &str) -> impl Iterator<Item = &'api Function> {
    let functions = api.functions.iter();
    functions.filter(move |it| it.section == section)
}

fn page(section: &Section, api: &Api) -> String {
    let links = &Links::in_reference(api, &section.name);
    let mut text = heading(&format!("src/ffi/{}.rs", section.name));
    _ = writeln!(text, "# {}\n", section.title);
    _ = writeln!(text, "{}\n", links.prose(&without_title(section)));
    text += "[All sections](README.md)\n\n";

    let is_here = |it: &Option<String>| it.as_ref() == Some(&section.name);
    let lone: Vec<&Constant> = api
        .constants
        .iter()
        .filter(|it| it.group.is_none() && is_here(&it.section))
        .collect();
    if !lone.is_empty() {
        let rows = constants(lone.into_iter(), "", links);
        _ = writeln!(text, "## Constants\n\n{rows}");
    }
    let types: Vec<&Type> = api.types.iter().filter(|it| is_here(&it.section)).collect();
    if !types.is_empty() {
        text += "## Types\n\n";
        for it in types {
            text += &named_type(it, api, links);
        }
    }
    text += "## Functions\n\n";
    for function in of_section(api, &section.name) {
        text += &self::function(function, links);
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

fn constants<'api>(
    constants: impl Iterator<Item = &'api Constant>,
    prefix: &str,
    links: &Links<'_>,
) -> String {
    let rows = constants.map(|it| {
        let name = it.name.strip_prefix(prefix).unwrap_or(&it.name);
        let doc = links.prose(&it.doc);
        vec![format!("`{name}`"), format!("`{}`", it.value), doc]
    });
    table(&["Name", "Value", "Meaning"], rows)
}

fn named_type(it: &Type, api: &Api, links: &Links<'_>) -> String {
    let mut text = format!("### {}\n\n", it.name);
    match it.kind.as_str() {
        "opaque" => {
            _ = writeln!(text, "```c\ntypedef struct {0} {0};\n```\n", it.name);
        }
        "integer" => {
            let c_type = it.c_type.as_deref().unwrap_or_default();
            _ = writeln!(text, "```c\ntypedef {c_type} {};\n```\n", it.name);
        }
        "structure" => text += &structure(it),
        _ => {
            let parameters = it.parameters.as_deref().unwrap_or_default();
            let returns = it.returns.as_deref().unwrap_or_default();
            let head = format!("typedef {}(*{})", with_space(returns), it.name);
            _ = writeln!(text, "```c\n{}\n```\n", prototype(&head, parameters));
        }
    }
    _ = writeln!(text, "{}\n", links.prose(&it.doc));
    if let Some(free) = &it.freed_with {
        _ = writeln!(text, "A handle, freed with {}.\n", links.name(free));
    }
    text += &fields(it, links);
    let described = it.parameters.iter().flatten();
    text += &parameters(described.filter(|it| !it.doc.is_empty()), links);
    if it.kind == "integer" {
        text += &values(it, api, links);
    }
    text
}

fn structure(it: &Type) -> String {
    let fields: String = it
        .fields
        .iter()
        .map(|field| format!("    {}{};\n", with_space(&field.c_type), field.name))
        .collect();
    format!(
        "```c\ntypedef struct {0} {{\n{fields}}} {0};\n```\n\n",
        it.name
    )
}

fn fields(it: &Type, links: &Links<'_>) -> String {
    let mut text = String::new();
    for field in &it.fields {
        let doc = links.prose(&field.doc);
        let initially = match &field.initially {
            Some(value) => format!(" *Initially {}.*", links.name(value)),
            None => String::new(),
        };
        _ = writeln!(text, "* `{}`:{initially} {doc}", field.name);
    }
    if let Some(name) = &it.initialiser {
        _ = writeln!(
            text,
            "\nSet it to `{name}` first: that is its size, and 0 or what is named above in each \
             other field.\n"
        );
    }
    text
}

/// The values of an integer type, or where they are explained.
fn values(it: &Type, api: &Api, links: &Links<'_>) -> String {
    match it.name.as_str() {
        "VsdkStatus" => return "Its values are in [Errors](../errors.md).\n\n".to_owned(),
        "VsdkEventType" => return "Its values are in [Events](../events.md).\n\n".to_owned(),
        _ => {}
    }
    let prefix = super::super::bindings::prefix(&it.name);
    let values = api
        .constants
        .iter()
        .filter(|constant| constant.group.as_ref() == Some(&it.name));
    format!(
        "The names begin with `{prefix}`.\n\n{}\n",
        constants(values, &prefix, links)
    )
}

fn function(function: &Function, links: &Links<'_>) -> String {
    let head = with_space(&function.returns.c_type) + &function.name;
    let mut text = format!(
        "### {}\n\n{}\n\n```c\n{}\n```\n\n",
        function.name,
        links.prose(&function.brief),
        prototype(&head, &function.parameters)
    );
    if !function.description.is_empty() {
        _ = writeln!(text, "{}\n", links.prose(&function.description));
    }
    if !function.parameters.is_empty() {
        text += "**Parameters**\n\n";
        text += &parameters(function.parameters.iter(), links);
    }
    if function.returns.c_type != "void" {
        let mut returned = ownership(&function.returns, links);
        returned += &links.prose(&function.returns.doc);
        _ = writeln!(text, "**Returns** {}\n", returned.trim_end());
    }
    let can_fail = function.parameters.iter().any(|it| it.name == "error");
    if can_fail {
        text += "**Errors** Those above, and [those of every function](../errors.md#every-function).\n\n";
    }
    let deadlock = "VSDK_STATUS_WOULD_DEADLOCK";
    let mut threads = links.prose(&function.waiting);
    if function.statuses.iter().any(|it| it == deadlock) {
        _ = write!(
            threads,
            " Inside a callback it answers {}.",
            links.name(deadlock)
        );
    }
    _ = writeln!(
        text,
        "**Threads** [Any](../threading.md). {threads}\n\n**Since** {}\n",
        function.since
    );
    text
}

/// On one line where it fits, else with a line for each parameter.
fn prototype(head: &str, parameters: &[Parameter]) -> String {
    let each: Vec<String> = parameters
        .iter()
        .map(|it| with_space(&it.c_type) + &it.name)
        .collect();
    let line = match each.as_slice() {
        [] => format!("{head}(void);"),
        each => format!("{head}({});", each.join(", ")),
    };
    if line.len() <= WIDTH {
        return line;
    }
    format!("{head}(\n    {});", each.join(",\n    "))
}

fn with_space(c_type: &str) -> String {
    match c_type.ends_with('*') {
        true => c_type.to_owned(),
        false => format!("{c_type} "),
    }
}

fn parameters<'api>(
    parameters: impl Iterator<Item = &'api Parameter>,
    links: &Links<'_>,
) -> String {
    let mut text = String::new();
    for it in parameters {
        let direction = match it.direction.as_str() {
            "in" => "",
            "out" => " (out)",
            _ => " (in and out)",
        };
        let mut marks = Vec::new();
        if it.nullable {
            marks.push("may be NULL".to_owned());
        }
        match (it.ownership.as_deref(), &it.freed_with) {
            (Some("owned"), Some(free)) => {
                marks.push(format!("yours to free with {}", links.name(free)));
            }
            (Some("borrowed"), _) => marks.push("borrowed".to_owned()),
            (Some("freed"), _) => marks.push("freed by this call".to_owned()),
            _ => {}
        }
        let marks = match marks.as_slice() {
            [] => String::new(),
            marks => format!(" *{}.*", super::sentence(&marks.join("; "))),
        };
        let doc = links.prose(&it.doc);
        _ = writeln!(text, "* `{}`{direction}:{marks} {doc}", it.name);
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

fn ownership(returns: &Returns, links: &Links<'_>) -> String {
    match (
        returns.ownership.as_deref(),
        &returns.owner,
        &returns.freed_with,
    ) {
        (Some("owned"), _, Some(free)) => format!("*Yours to free with {}.* ", links.name(free)),
        (Some("borrowed"), Some(owner), _) if owner == "the library" => {
            "*Borrowed from the library: valid for ever.* ".to_owned()
        }
        (Some("borrowed"), Some(owner), _) => {
            format!("*Borrowed: valid until `{owner}` is freed.* ")
        }
        _ => String::new(),
    }
}
