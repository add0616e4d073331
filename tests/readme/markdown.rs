//! The documents of the repository, taken apart: code blocks, tables, links, names.

use std::fs;
use std::path::{Path, PathBuf};

/// A document.
pub struct Page {
    /// Its path from the root of the repository.
    pub name: String,
    pub text: String,
}

/// A fenced block of code.
pub struct Block<'page> {
    pub page: &'page Page,
    /// The line of its opening fence, from 1.
    pub line: usize,
    /// The first word behind the fence.
    pub language: &'page str,
    /// What stands in `<!-- test: ... -->` on the line above.
    pub marker: Option<&'page str>,
    pub code: String,
}

impl Block<'_> {
    /// Where it is, for messages.
    pub fn place(&self) -> String {
        format!("{}:{}", self.page.name, self.line)
    }

    /// A name for files made from it.
    pub fn file_name(&self) -> String {
        self.place().replace(['/', ':', '.'], "-")
    }
}

/// Every document that a newcomer or contributor reads.
pub fn pages(root: &Path) -> Vec<Page> {
    let mut names: Vec<PathBuf> = [
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "SECURITY.md",
        "examples/README.md",
        "bindings/kotlin/README.md",
        "bindings/python/README.md",
        "bindings/swift/README.md",
    ]
    .iter()
    .map(PathBuf::from)
    .collect();
    names.extend(markdown_in(root, "docs"));
    read(root, names)
}

/// Those whose links count and whose blocks do not: the reference, which has declarations, and
/// devserver, whose library is another.
pub fn pages_without_programs(root: &Path) -> Vec<Page> {
    let mut names = markdown_in(root, "docs/reference");
    names.push(PathBuf::from("devserver/README.md"));
    read(root, names)
}

fn markdown_in(root: &Path, folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root.join(folder)).expect("there is such a folder");
    let mut found: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| Path::new(folder).join(entry.file_name()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    found.sort();
    found
}

fn read(root: &Path, names: Vec<PathBuf>) -> Vec<Page> {
    names
        .into_iter()
        .map(|name| Page {
            text: fs::read_to_string(root.join(&name))
                .unwrap_or_else(|error| panic!("{}: {error}", name.display())),
            name: name.to_str().expect("plain names").to_owned(),
        })
        .collect()
}

impl Page {
    /// All fenced blocks, in order.
    pub fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks: Vec<Block<'_>> = Vec::new();
        let mut open = false;
        let mut above = "";
        for (index, line) in self.text.lines().enumerate() {
            if let Some(info) = line.trim_start().strip_prefix("```") {
                if open {
                    open = false;
                } else {
                    open = true;
                    blocks.push(Block {
                        page: self,
                        line: index + 1,
                        language: info.trim(),
                        marker: marker(above),
                        code: String::new(),
                    });
                }
            } else if open {
                let block = blocks.last_mut().expect("opened");
                block.code.push_str(line);
                block.code.push('\n');
            }
            above = line;
        }
        assert!(!open, "{}: a code block is not closed", self.name);
        blocks
    }

    /// The text without its fenced blocks.
    pub fn prose(&self) -> String {
        let mut open = false;
        let lines = self.text.lines().filter(|line| {
            let fence = line.trim_start().starts_with("```");
            open ^= fence;
            !open && !fence
        });
        lines.flat_map(|line| [line, "\n"]).collect()
    }

    /// The rows of the one table below `<!-- test: {marker} -->`, without its head, as trimmed cells.
    pub fn table(&self, wanted: &str) -> Vec<Vec<&str>> {
        let rows: Vec<Vec<&str>> = self
            .text
            .lines()
            .skip_while(|line| marker(line) != Some(wanted))
            .skip(1)
            .take_while(|line| line.starts_with('|'))
            .skip(2)
            .map(|line| {
                let inside = line.trim().trim_matches('|');
                inside.split('|').map(str::trim).collect()
            })
            .collect();
        assert!(!rows.is_empty(), "{} has no table `{wanted}`", self.name);
        rows
    }

    /// The targets of its links, outside code.
    pub fn links(&self) -> Vec<String> {
        let prose = self.prose();
        let targets = prose.split("](").skip(1);
        targets
            .filter_map(|rest| Some(rest.split_once(')')?.0.to_owned()))
            .collect()
    }

    /// The anchors of its headings, as they are made on the web.
    pub fn anchors(&self) -> Vec<String> {
        let prose = self.prose();
        let headings = prose.lines().filter(|line| line.starts_with('#'));
        headings
            .map(|line| {
                let title = line.trim_start_matches('#').trim().to_lowercase();
                let kept = title
                    .chars()
                    .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
                kept.map(|c| if c == ' ' { '-' } else { c }).collect()
            })
            .collect()
    }
}

fn marker(line: &str) -> Option<&str> {
    line.trim()
        .strip_prefix("<!-- test: ")?
        .strip_suffix(" -->")
}

/// What stands in backquotes in a cell.
pub fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// The words of a text that are made of letters, digits and underscores, each with what follows.
pub fn words(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.split(move |c| !is_part(c))
        .filter(|word| !word.is_empty())
        .map(move |word| {
            let end = word.as_ptr() as usize - text.as_ptr() as usize + word.len();
            (word, &text[end..])
        })
}
