//! `docs/events.md`.

use std::fmt::Write;

use super::super::api::{Api, Constant, Function, Note};
use super::links::Links;
use super::{heading, sentence, table};

const FRAME: &str = include_str!("events.md");

pub fn page(api: &Api) -> String {
    let links = Links::in_docs(api, "events");
    let events: Vec<&Constant> = api
        .constants
        .iter()
        .filter(|it| it.group.as_deref() == Some("VsdkEventType"))
        .collect();
    let getters = api
        .functions
        .iter()
        .filter(|it| it.section == "event" && !it.name.ends_with("_free"));

    let fields = getters.map(|it| {
        vec![
            links.name(&it.name),
            format!("`{}`", c_type(it)),
            links.prose(&it.brief),
            links.prose(&value(it)),
        ]
    });
    let overview = events.iter().map(|it| {
        let name = name(it);
        vec![
            it.value.to_string(),
            format!("[`{name}`](#{})", name.to_lowercase()),
            links.prose(&it.doc),
        ]
    });
    let details: String = events.iter().map(|it| detail(it, api, &links)).collect();
    heading("src/ffi/event.rs and build/pages/events.md")
        + &FRAME
            .replace(
                "@FIELDS@\n",
                &table(&["Getter", "Type", "What it tells", "Value"], fields),
            )
            .replace(
                "@OVERVIEW@\n",
                &table(&["Number", "Name", "Meaning"], overview),
            )
            .replace("@DETAILS@\n", &details)
}

fn detail(event: &Constant, api: &Api, links: &Links<'_>) -> String {
    let (when, fields): (Vec<&Note>, Vec<&Note>) =
        event.notes.iter().partition(|it| it.label == "When");
    let when = when.first().map_or("", |it| it.text.as_str());
    let mut text = format!(
        "### {}\n\n`{}` is {}. {}\n\nWhen: {}\n\n",
        name(event),
        event.name,
        event.value,
        links.prose(&event.doc),
        links.prose(when),
    );
    let rows = fields.iter().map(|it| {
        let getter = format!("vsdk_event_{}", it.label);
        let function = api.functions.iter().find(|it| it.name == getter);
        vec![
            format!("`{}`", it.label),
            format!("`{}`", function.map_or("", c_type)),
            links.prose(&sentence(&it.text)),
        ]
    });
    let rows = table(&["Field", "Type", "What it holds"], rows);
    _ = writeln!(text, "{rows}");
    text
}

/// The type of what a getter gives; the payload comes through an out-parameter.
fn c_type(getter: &Function) -> &str {
    let payload = getter.parameters.iter().find(|it| it.name == "payload");
    payload.map_or(&getter.returns.c_type, |it| {
        it.c_type.strip_suffix('*').unwrap_or(&it.c_type).trim_end()
    })
}

fn value(getter: &Function) -> String {
    let payload = getter.parameters.iter().find(|it| it.name == "payload");
    payload.map_or(&getter.returns.doc, |it| &it.doc).clone()
}

fn name(event: &Constant) -> &str {
    let name = &event.name;
    name.strip_prefix("VSDK_EVENT_TYPE_").unwrap_or(name)
}
