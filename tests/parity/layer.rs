//! The layers over the C interface, as text: where their code is, and how they write a value.

use std::fs;
use std::path::{Path, PathBuf};

use crate::documented;
use crate::generator::bindings::{Enumeration, Value, prefix, swift};
use crate::support;

/// What one language puts over the C interface.
pub struct Layer {
    pub language: &'static str,
    /// A folder with all of its code, and how the names of its files end.
    folder: &'static str,
    ending: &'static str,
    /// What begins a comment up to the end of the line.
    line_comment: &'static str,
    /// What begins and ends any other comment, and documentation that is written as text.
    pub block_comment: (&'static str, &'static str),
    /// Functions that it does without: lines of `vsdk_name: reason`.
    left_out: Option<&'static str>,
    /// Whether this code gives the value its name and its number.
    pub has_value: fn(&Code, &Enumeration, &Value) -> bool,
    /// How `UDP_OVER_TCP` of `PreferredProtocol` is written, and how it would be wrong.
    pub broken_value: (&'static str, &'static str),
    /// The public declarations of a file that have no comment, by their first lines; counts all.
    pub undocumented: Option<fn(&str, &mut usize) -> Vec<String>>,
}

/// Its code without the comments.
#[derive(Clone)]
pub struct Code {
    pub written: String,
    /// What the build makes; all of it is there by itself, so that it proves no use.
    pub generated: String,
}

pub const LAYERS: &[Layer] = &[
    Layer {
        language: "C++",
        folder: "include/vsdk",
        ending: "hpp",
        line_comment: "//",
        block_comment: ("/*", "*/"),
        left_out: Some("tests/parity/cxx-left-out.txt"),
        // Its enumerations are written by hand, with the constants for numbers.
        has_value: |code, enumeration, value| {
            let name = match value.name {
                "DEFAULT" => "default_".to_owned(), // A word of the language.
                name => name.to_lowercase(),
            };
            let constant = prefix(&format!("Vsdk{}", enumeration.name)) + value.name;
            code.written
                .contains(&format!("\n    {name} = {constant},\n"))
        },
        broken_value: (
            "    udp_over_tcp = VSDK_PREFERRED_PROTOCOL_UDP_OVER_TCP,",
            "    udp_over_tcp = VSDK_PREFERRED_PROTOCOL_UDP_ONLY,",
        ),
        undocumented: Some(documented::in_cxx),
    },
    Layer {
        language: "Kotlin",
        folder: "bindings/kotlin/src/main/kotlin",
        ending: "kt",
        line_comment: "//",
        block_comment: ("/*", "*/"),
        left_out: Some("bindings/kotlin/left-out.txt"),
        has_value: |code, enumeration, value| {
            let (of, name, number) = (enumeration.name, value.name, value.number);
            let is_named = code.generated.contains(&format!(" val {name}: {of} ="));
            is_named
                && code
                    .generated
                    .contains(&format!(" {of}({number}, \"{name}\")\n"))
        },
        broken_value: (
            "PreferredProtocol(1, \"UDP_OVER_TCP\")",
            "PreferredProtocol(2, \"UDP_OVER_TCP\")",
        ),
        undocumented: Some(documented::in_kotlin),
    },
    Layer {
        language: "Python",
        folder: "bindings/python/src/vsdk",
        ending: "py",
        line_comment: "#",
        block_comment: ("\"\"\"", "\"\"\""),
        left_out: Some("bindings/python/left-out.txt"),
        has_value: |code, enumeration, value| {
            let class = format!("\nclass {}(", enumeration.name);
            let after = code.generated.split_once(&class);
            let body = after.and_then(|(_, after)| after.split("\nclass ").next());
            let line = format!("\n    {} = {}\n", value.name, value.number);
            body.is_some_and(|body| body.contains(&line))
        },
        broken_value: ("    UDP_OVER_TCP = 1", "    UDP_OVER_TCP = 2"),
        // Its own suite and ruff ask the language itself.
        undocumented: None,
    },
    Layer {
        language: "Swift",
        folder: "bindings/swift/Sources/Vsdk",
        ending: "swift",
        line_comment: "//",
        block_comment: ("/*", "*/"),
        left_out: Some("bindings/swift/left-out.txt"),
        has_value: |code, enumeration, value| {
            let (of, name, number) = (enumeration.name, swift::declared(value.name), value.number);
            let line = format!(" static let {name} = {of}(rawValue: {number})\n");
            code.generated.contains(&line)
        },
        broken_value: (
            "udpOverTcp = PreferredProtocol(rawValue: 1)",
            "udpOverTcp = PreferredProtocol(rawValue: 2)",
        ),
        undocumented: Some(documented::in_swift),
    },
];

impl Layer {
    /// Every file of its code, whether or not the build makes it.
    pub fn files(&self) -> Vec<(PathBuf, String)> {
        let mut files = Vec::new();
        let mut open = vec![support::root().join(self.folder)];
        while let Some(folder) = open.pop() {
            let entries = fs::read_dir(&folder)
                .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
            for entry in entries {
                let path = entry.expect("readable").path();
                if path.is_dir() {
                    open.push(path);
                } else if path.extension().is_some_and(|it| it == self.ending) {
                    let text = fs::read_to_string(&path).expect("readable");
                    files.push((path, text));
                }
            }
        }
        files.sort();
        files
    }

    pub fn code(&self) -> Code {
        let (mut written, mut generated) = (String::new(), String::new());
        for (_, text) in self.files() {
            let first = text.lines().next().unwrap_or_default();
            // All of them say so there.
            match first.contains("Generated from ") {
                true => generated += &self.without_comments(&text),
                false => written += &self.without_comments(&text),
            }
        }
        Code { written, generated }
    }

    /// The functions that it does without, each with the reason.
    pub fn left_out(&self) -> Vec<(String, String)> {
        let Some(path) = self.left_out else {
            return Vec::new();
        };
        let text = support::committed(path);
        let lines = text.lines().filter(|line| !line.is_empty());
        lines
            .map(|line| {
                let (name, reason) = line.split_once(':').unwrap_or((line, ""));
                (name.to_owned(), reason.trim().to_owned())
            })
            .collect()
    }

    /// A text of the code that looks like a comment would be lost: then too little is found, which
    /// shows.
    pub fn without_comments(&self, text: &str) -> String {
        let (begin, end) = self.block_comment;
        let mut code = String::new();
        let mut rest = text;
        loop {
            let line = rest.find(self.line_comment);
            let block = rest.find(begin);
            let (at, skipped) = match (line, block) {
                (None, None) => return code + rest,
                (Some(line), block) if block.is_none_or(|block| line < block) => {
                    (line, rest[line..].find('\n'))
                }
                (_, Some(block)) => {
                    let inside = block + begin.len();
                    let length = rest[inside..].find(end);
                    (block, length.map(|it| begin.len() + it + end.len()))
                }
                (Some(_), None) => unreachable!("the second arm takes it"),
            };
            code += rest[..at].trim_end_matches(' ');
            let Some(skipped) = skipped else {
                return code;
            };
            rest = &rest[at + skipped..];
        }
    }
}

/// The path as a reader of this repository knows it.
pub fn shown(path: &Path) -> String {
    let inside = path.strip_prefix(support::root()).unwrap_or(path);
    inside.display().to_string()
}
