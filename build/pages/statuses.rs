//! `docs/errors.md`.

use std::fmt::Write;

use super::super::api::{Api, Constant};
use super::links::Links;
use super::{heading, sentence, table};

const FRAME: &str = include_str!("errors.md");

/// What the numbers of statuses are grouped by: the first number of a range, and its title.
const AREAS: &[(i64, &str)] = &[
    (-1, "Use of the library"),
    (-100, "Tokens"),
    (-200, "Network and replies"),
    (-300, "Meetings"),
];

pub fn page(api: &Api) -> String {
    let links = Links::in_docs(api, "errors");
    let statuses: Vec<&Constant> = api
        .constants
        .iter()
        .filter(|it| it.group.as_deref() == Some("VsdkStatus"))
        .collect();
    let (failures, others): (Vec<&Constant>, Vec<&Constant>) =
        statuses.into_iter().partition(|it| number(it) < 0);

    let overview = failures.iter().map(|it| {
        let name = name(it);
        let again = if note(it, "Retry").is_some() {
            "yes"
        } else {
            ""
        };
        vec![
            number(it).to_string(),
            format!("[`{name}`](#{})", name.to_lowercase()),
            links.prose(&it.doc),
            again.to_owned(),
        ]
    });
    let no_errors = others.iter().map(|it| {
        let doc = links.prose(&it.doc);
        vec![number(it).to_string(), format!("`{}`", name(it)), doc]
    });
    let mut details = String::new();
    let mut areas = AREAS.iter().peekable();
    for failure in &failures {
        if let Some((_, title)) = areas.next_if(|(first, _)| number(failure) <= *first) {
            _ = writeln!(details, "## {title}\n");
        }
        details += &detail(failure, &links);
    }
    heading("src/ffi/library.rs and build/pages/errors.md")
        + &FRAME
            .replace(
                "@OVERVIEW@\n",
                &table(&["Number", "Name", "Meaning", "Again?"], overview),
            )
            .replace(
                "@NO_ERRORS@\n",
                &table(&["Number", "Name", "Meaning"], no_errors),
            )
            .replace("@DETAILS@\n", &details)
}

fn detail(status: &Constant, links: &Links<'_>) -> String {
    let text = |label| note(status, label).map(|text| links.prose(&sentence(text)));
    let again = text("Retry").unwrap_or_else(|| "No: something has to change first.".into());
    format!(
        "### {}\n\n`{}` is {}. {}\n\n* **Usual cause:** {}\n* **What to do:** {}\n* **Again?** {again}\n\n",
        name(status),
        status.name,
        number(status),
        links.prose(&status.doc),
        text("Cause").unwrap_or_default(),
        text("Remedy").unwrap_or_default(),
    )
}

fn number(status: &Constant) -> i64 {
    status.value.as_i64().unwrap_or_default()
}

fn name(status: &Constant) -> &str {
    let name = &status.name;
    name.strip_prefix("VSDK_STATUS_").unwrap_or(name)
}

fn note<'api>(status: &'api Constant, label: &str) -> Option<&'api str> {
    let note = status.notes.iter().find(|it| it.label == label)?;
    Some(&note.text)
}
