//! The pages of `docs/` that are made from the header: errors, events, and the reference.
//!
//! The first two have a frame written by hand, with `@PLACES@` for the rest. All are Markdown, to be
//! read where they are, and as what `make docs` makes of them.

mod events;
mod links;
mod reference;
mod statuses;

use super::Generated;
use super::api::Api;

/// All pages.
pub fn generate(api: &Api) -> Vec<Generated> {
    let mut pages = vec![
        Generated {
            path: "docs/errors.md".to_owned(),
            text: statuses::page(api),
        },
        Generated {
            path: "docs/events.md".to_owned(),
            text: events::page(api),
        },
    ];
    pages.extend(reference::pages(api));
    pages
}

/// The first line of a page: who changes it here changes nothing.
fn heading(sources: &str) -> String {
    format!("<!-- Generated from {sources} by `make header`. Do not edit. -->\n\n")
}

/// `| a | b |`, with what would end a cell escaped.
fn row(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|it| it.replace('|', "\\|")).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// A table with its head.
fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let head: Vec<String> = head.iter().map(|&it| it.to_owned()).collect();
    let rule = "|---".repeat(head.len()) + "|\n";
    row(&head) + &rule + &rows.map(|cells| row(&cells)).collect::<String>()
}

/// A sentence with a capital at its beginning, unless that is a name; notes have none behind their
/// label.
fn sentence(text: &str) -> String {
    if text.starts_with("vsdk_") {
        return text.to_owned();
    }
    let mut letters = text.chars();
    let first = letters.next().map(|it| it.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
