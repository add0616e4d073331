//! The enumerations in Swift: structures with a raw value, so that unknown values keep their number.

use std::fmt::Write;

use super::super::Generated;
use super::super::api::Api;
use super::{Enumeration, camel_case, enumerations, filled};

/// What the comments of enumerations call by its name in C, and its name in Swift.
const NAMES: &[(&str, &str)] = &[
    ("vsdk_after_fork_child", "``afterForkChild()``"),
    ("vsdk_config", "``config(_:)``"),
    ("vsdk_init_meeting", "``initMeeting(_:)``"),
    (
        "vsdk_meeting_set_mic_enabled",
        "``Meeting/setMicEnabled(_:)``",
    ),
    ("vsdk_meeting_set_token", "``Meeting/setToken(_:)``"),
    ("vsdk_meeting_watch_devices", "``Meeting/watchDevices(_:)``"),
    ("participant_id", "participantId"),
];

/// The words of Swift that name nothing by themselves, as its grammar lists them.
#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "associatedtype", "class", "deinit", "enum", "extension", "fileprivate", "func", "import",
    "init", "inout", "internal", "let", "open", "operator", "precedencegroup", "private",
    "protocol", "public", "rethrows", "static", "struct", "subscript", "typealias", "var",
    "break", "case", "catch", "continue", "default", "defer", "do", "else", "fallthrough", "for",
    "guard", "if", "in", "repeat", "return", "switch", "throw", "where", "while",
    "as", "false", "is", "nil", "self", "super", "throws", "true", "try",
];

pub fn generate(api: &Api) -> Vec<Generated> {
    let enumerations = enumerations(api);
    let mut text =
        String::from("// Generated from include/vsdk.h by `make header`. Do not edit.\n");
    for enumeration in &enumerations {
        text.push('\n');
        structure(&mut text, enumeration, &enumerations);
    }
    vec![Generated {
        path: "bindings/swift/Sources/Vsdk/Enumerations.swift".to_owned(),
        text,
    }]
}

fn structure(text: &mut String, enumeration: &Enumeration, all: &[Enumeration]) {
    let name = enumeration.name;
    comment(text, "", &in_swift(enumeration.doc, all));
    text.push_str("///\n");
    comment(
        text,
        "",
        "May hold a value that this version does not know: give every `switch` a `default`.",
    );
    let _ = write!(
        text,
        "public struct {name}: RawRepresentable, Hashable, Sendable {{\n\
         \x20   /// The number, as in C.\n\
         \x20   public let rawValue: Int32\n\
         \n\
         \x20   /// The value with this number, whether or not it is known.\n\
         \x20   public init(rawValue: Int32) {{\n\
         \x20       self.rawValue = rawValue\n\
         \x20   }}\n"
    );
    for value in &enumeration.values {
        text.push('\n');
        comment(text, "    ", &in_swift(&value.doc, all));
        let member = declared(value.name);
        let _ = writeln!(
            text,
            "    public static let {member} = {name}(rawValue: {})",
            value.number
        );
    }
    let _ = write!(
        text,
        "}}\n\
         \n\
         extension {name}: CustomStringConvertible {{\n\
         \x20   /// Its name here; `{name}(7)` for a value that this version does not know.\n\
         \x20   public var description: String {{\n\
         \x20       switch rawValue {{\n"
    );
    for value in &enumeration.values {
        let member = member(value.name);
        let _ = writeln!(text, "        case {}: \"{member}\"", value.number);
    }
    let _ = write!(
        text,
        "        default: \"{name}(\\(rawValue))\"\n\
         \x20       }}\n\
         \x20   }}\n\
         }}\n"
    );
}

/// `ASK_JOIN_MIXED` as `askJoinMixed`.
pub fn member(name: &str) -> String {
    camel_case(&name.to_lowercase())
}

/// As [`member`], where it is declared: words of the language stand between backticks there.
pub fn declared(name: &str) -> String {
    let member = member(name);
    if RESERVED.contains(&member.as_str()) {
        return format!("`{member}`");
    }
    member
}

/// A comment with the names of Swift in place of those of C.
fn in_swift(doc: &str, all: &[Enumeration]) -> String {
    let mut text = doc.to_owned();
    for enumeration in all {
        let prefix = super::prefix(&format!("Vsdk{}", enumeration.name));
        let name = enumeration.name;
        text = text.replace(&format!("a {prefix} constant"), &format!("a ``{name}``"));
        for value in &enumeration.values {
            let member = member(value.name);
            text = text.replace(
                &format!("{prefix}{}", value.name),
                &format!("``{name}/{member}``"),
            );
        }
    }
    for (in_c, in_swift) in NAMES {
        text = text.replace(in_c, in_swift);
    }
    // What is left are types: `VsdkRoom` is `Room`. The error keeps its name, since Swift has one.
    if text != "VsdkError." {
        text = text.replace("Vsdk", "");
    }
    assert!(
        !text.contains("vsdk_") && !text.contains("VSDK_"),
        "build/bindings/swift.rs has no name in Swift for what this comment mentions: {doc}"
    );
    text
}

fn comment(text: &mut String, indent: &str, doc: &str) {
    for (index, paragraph) in doc.split("\n\n").enumerate() {
        if index > 0 {
            let _ = writeln!(text, "{indent}///");
        }
        for line in paragraph.lines() {
            *text += &filled(line, &format!("{indent}///"));
        }
    }
}
