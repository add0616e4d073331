//! Names of the header in prose, as code that leads to where they are explained.

use super::super::api::{Api, Type};
use super::super::bindings::prefix;

/// Makes links for a page in one folder.
pub struct Links<'api> {
    api: &'api Api,
    /// The file name of the page.
    page: String,
    /// From the page's folder to `docs/`: empty, or `../`.
    to_docs: &'static str,
    /// From the page's folder to the reference: `reference/`, or empty.
    to_reference: &'static str,
}

impl<'api> Links<'api> {
    /// For a page in `docs/`.
    pub fn in_docs(api: &'api Api, page: &str) -> Self {
        Self {
            api,
            page: format!("{page}.md"),
            to_docs: "",
            to_reference: "reference/",
        }
    }

    /// For a page in `docs/reference/`.
    pub fn in_reference(api: &'api Api, page: &str) -> Self {
        Self {
            api,
            page: format!("{page}.md"),
            to_docs: "../",
            to_reference: "",
        }
    }

    /// Prose of the header as Markdown: every name of ours is code, and a link where it has a place.
    pub fn prose(&self, text: &str) -> String {
        let mut markdown = String::new();
        // What stands in back quotes is code already.
        for (index, part) in text.split('`').enumerate() {
            if index % 2 == 1 {
                markdown += &self.name(part);
            } else {
                markdown += &self.unquoted(part);
            }
        }
        self.with_pages(&markdown)
    }

    /// `docs/options.md`, as comments name pages, becomes a link.
    fn with_pages(&self, markdown: &str) -> String {
        let mut parts = markdown.split("docs/");
        let mut linked = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            match part.split_once(".md") {
                Some((page, rest)) if page.chars().all(|it| it.is_ascii_lowercase()) => {
                    let to = self.to_docs;
                    linked += &format!("[docs/{page}.md]({to}{page}.md){rest}");
                }
                _ => {
                    linked += "docs/";
                    linked += part;
                }
            }
        }
        linked
    }

    /// A name as code, with its link.
    pub fn name(&self, name: &str) -> String {
        self.code(name, name)
    }

    fn code(&self, name: &str, shown: &str) -> String {
        let Some(target) = self.target(name) else {
            return format!("`{shown}`");
        };
        // On the page itself the anchor is enough.
        let target = match target.strip_prefix(&self.page) {
            Some(anchor) => anchor,
            None => &target,
        };
        format!("[`{shown}`]({target})")
    }

    fn unquoted(&self, text: &str) -> String {
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let mut markdown = String::new();
        let mut rest = text;
        while let Some(start) = rest.find(is_part) {
            let length = rest[start..].find(|letter| !is_part(letter));
            let end = length.map_or(rest.len(), |length| start + length);
            let (mut before, word) = (&rest[..start], &rest[start..end]);
            rest = &rest[end..];
            if word.contains('_')
                && let Some(left) = before.strip_suffix('"')
                && let Some(right) = rest.strip_prefix('"')
            {
                // Set as code, it needs no quotes.
                (before, rest) = (left, right);
            }
            markdown += &escaped(before);
            let is_ours = ["vsdk_", "VSDK_", "Vsdk"]
                .iter()
                .any(|it| word.starts_with(it));
            if !is_ours && !word.contains('_') && word != "NULL" {
                markdown += word;
                continue;
            }
            let mut shown = word.to_owned();
            for behind in ["()", "*"] {
                // `vsdk_shutdown()`, and `vsdk_room_*` for all that begin so.
                if let Some(left) = rest.strip_prefix(behind)
                    && is_ours
                {
                    shown += behind;
                    rest = left;
                }
            }
            markdown += &self.code(word, &shown);
        }
        markdown + &escaped(rest)
    }

    /// Where a name is explained.
    fn target(&self, name: &str) -> Option<String> {
        let reference = |section: &str, anchor: &str| {
            let to = self.to_reference;
            Some(format!("{to}{section}.md#{}", anchor.to_lowercase()))
        };
        if let Some(function) = self.api.functions.iter().find(|it| it.name == name) {
            return reference(&function.section, name);
        }
        if let Some(constant) = self.api.constants.iter().find(|it| it.name == name) {
            let to = self.to_docs;
            let short = |group: &str| name[prefix(group).len()..].to_lowercase();
            return match constant.group.as_deref() {
                Some("VsdkStatus") if constant.notes.is_empty() => {
                    Some(format!("{to}errors.md#no-errors"))
                }
                Some(group @ "VsdkStatus") => Some(format!("{to}errors.md#{}", short(group))),
                Some(group @ "VsdkEventType") => Some(format!("{to}events.md#{}", short(group))),
                Some(group) => reference(constant.section.as_deref()?, group),
                None if constant.section.is_some() => {
                    reference(constant.section.as_deref()?, "constants")
                }
                None => reference("README", "version"),
            };
        }
        self.types().find_map(|it| {
            let is_meant = it.name == name || (it.kind == "integer" && prefix(&it.name) == name);
            let page = (&it.name, it.section.as_deref()?);
            match page {
                _ if !is_meant => None,
                (group, _) if group == "VsdkStatus" => {
                    Some(format!("{}errors.md#every-status", self.to_docs))
                }
                (group, _) if group == "VsdkEventType" => {
                    Some(format!("{}events.md#every-event", self.to_docs))
                }
                (name, section) => reference(section, name),
            }
        })
    }

    fn types(&self) -> impl Iterator<Item = &'api Type> {
        self.api.types.iter()
    }
}

/// What Markdown would take for more than text.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        if matches!(letter, '*' | '<' | '>' | '[' | ']' | '\\') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
