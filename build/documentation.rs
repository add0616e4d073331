//! Reads comments: brief, description, and the tags of the contract.

use super::api::Note;

/// A comment in front of a declaration, taken apart.
#[derive(Clone, Debug, Default)]
pub struct Documentation {
    /// The first paragraph.
    pub brief: String,
    /// All other paragraphs before the first tag, separated by empty lines.
    pub description: String,
    /// From paragraphs that are lists of `- label: text`.
    pub notes: Vec<Note>,
    /// Tags in their order.
    pub tags: Vec<Tag>,
}

/// `@name[option] text`
#[derive(Clone, Debug)]
pub struct Tag {
    /// The name, e.g. `param`.
    pub name: String,
    /// What stands in brackets, e.g. `in`; empty without.
    pub option: String,
    /// The rest, continuation lines included.
    pub text: String,
}

/// The ownership words in front of a parameter's or a result's prose.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// `nullable`: NULL may be given, or may be the answer for valid arguments.
    pub nullable: bool,
    /// `owned`, `borrowed` or `freed`.
    pub ownership: Option<String>,
    /// From `free with NAME`.
    pub freed_with: Option<String>,
    /// From `borrowed from NAME`.
    pub owner: Option<String>,
    /// Of fields, from `initially NAME`: what the macro for the first state sets it to.
    pub initially: Option<String>,
    /// What follows.
    pub text: String,
}

/// Takes the lines of a comment apart.
pub fn read(comment: &[String]) -> Documentation {
    let mut paragraphs: Vec<String> = vec![String::new()];
    let mut tags: Vec<Tag> = Vec::new();
    // An empty line ends a tag's text; what follows it is a paragraph again.
    let mut in_tag = false;
    for line in comment {
        let line = line.trim();
        if let Some(tag) = line.strip_prefix('@') {
            tags.push(read_tag(tag));
            in_tag = true;
        } else if line.is_empty() {
            in_tag = false;
            paragraphs.push(String::new());
        } else if in_tag {
            append(&mut tags.last_mut().expect("inside a tag").text, line);
        } else {
            append(paragraphs.last_mut().expect("never empty"), line);
        }
    }
    let mut paragraphs = paragraphs
        .into_iter()
        .filter(|paragraph| !paragraph.is_empty());
    let brief = paragraphs.next().unwrap_or_default();
    let mut description = Vec::new();
    let mut notes = Vec::new();
    for paragraph in paragraphs {
        match paragraph.lines().map(note).collect::<Option<Vec<Note>>>() {
            Some(found) => notes.extend(found),
            None => description.push(paragraph),
        }
    }
    Documentation {
        brief,
        description: description.join("\n\n"),
        notes,
        tags,
    }
}

impl Documentation {
    /// The texts of all tags of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.tags
            .iter()
            .filter(move |tag| tag.name == name)
            .map(|tag| tag.text.as_str())
    }

    /// The `@param` of a parameter: direction and text.
    pub fn parameter(&self, name: &str) -> Option<(&str, &str)> {
        self.tags
            .iter()
            .filter(|tag| tag.name == "param")
            .find_map(|tag| {
                let (found, text) = tag.text.split_once(' ').unwrap_or((&tag.text, ""));
                (found == name).then_some((tag.option.as_str(), text))
            })
    }
}

/// Reads the words before the first full stop, when they are marks and nothing else.
pub fn marks(text: &str) -> Marks {
    let prose = Marks {
        text: text.to_owned(),
        ..Marks::default()
    };
    let (words, rest) = text.split_once('.').unwrap_or((text, ""));
    let mut marks = Marks {
        text: rest.trim().to_owned(),
        ..Marks::default()
    };
    for word in words.split(',').map(str::trim) {
        if word == "nullable" {
            marks.nullable = true;
        } else if matches!(word, "owned" | "borrowed" | "freed") {
            marks.ownership = Some(word.to_owned());
        } else if let Some(name) = word.strip_prefix("free with ") {
            marks.freed_with = Some(name.to_owned());
        } else if let Some(name) = word.strip_prefix("borrowed from ") {
            marks.ownership = Some("borrowed".to_owned());
            marks.owner = Some(name.to_owned());
        } else if let Some(value) = word.strip_prefix("initially ") {
            marks.initially = Some(value.to_owned());
        } else {
            return prose;
        }
    }
    marks
}

/// `- label: text`; the label is one word.
fn note(line: &str) -> Option<Note> {
    let (label, text) = line.strip_prefix("- ")?.split_once(": ")?;
    let is_word = label
        .chars()
        .all(|letter| letter.is_ascii_alphabetic() || letter == '_');
    is_word.then(|| Note {
        label: label.to_owned(),
        text: text.to_owned(),
    })
}

fn read_tag(line: &str) -> Tag {
    let end = line.find([' ', '[']).unwrap_or(line.len());
    let (name, rest) = line.split_at(end);
    let (option, text) = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((option, text)) => (option, text),
        None => ("", rest),
    };
    Tag {
        name: name.to_owned(),
        option: option.to_owned(),
        text: text.trim().to_owned(),
    }
}

/// Joins wrapped lines; list items keep lines of their own.
fn append(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push(if line.starts_with("- ") { '\n' } else { ' ' });
    }
    text.push_str(line);
}
