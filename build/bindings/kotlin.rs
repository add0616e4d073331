//! Kotlin: the declarations by which JNA calls the library, and the enumerations.

use std::fmt::Write;

use super::super::Generated;
use super::super::api::{Api, Constant, Function, Parameter, Type};
use super::{Enumeration, Value, WIDTH, camel_case, enumerations, filled};

const FOLDER_OF_FUNCTIONS: &str = "bindings/kotlin/src/main/kotlin/vsdk/NativeFunctions.kt";
const FOLDER_OF_ENUMERATIONS: &str = "bindings/kotlin/src/main/kotlin/vsdk/Enumerations.kt";

/// C names in the comments of enumerations, and what a Kotlin program has in their place.
const NAMES: &[(&str, &str)] = &[
    ("vsdk_after_fork_child", "the C header"),
    ("vsdk_config", "[Vsdk.config]"),
    ("vsdk_init_meeting", "[Vsdk.initMeeting]"),
    ("vsdk_meeting_set_mic_enabled", "[Meeting.setMicEnabled]"),
    ("vsdk_meeting_set_token", "[Meeting.setToken]"),
    ("vsdk_meeting_watch_devices", "[Meeting.watchDevices]"),
    ("participant_id", "participantId"),
    ("track_id", "trackId"),
];

pub fn generate(api: &Api) -> Vec<Generated> {
    vec![
        Generated {
            path: FOLDER_OF_ENUMERATIONS.to_owned(),
            text: enumerations_file(api),
        },
        Generated {
            path: FOLDER_OF_FUNCTIONS.to_owned(),
            text: functions_file(api),
        },
    ]
}

fn heading(what: &str) -> String {
    format!(
        "// Generated from include/vsdk.h by `make header`: {what}\n\
         // SPDX-License-Identifier: MIT OR Apache-2.0\npackage vsdk\n"
    )
}

fn enumerations_file(api: &Api) -> String {
    let mut text = heading("the enumerations.");
    for enumeration in enumerations(api) {
        text.push('\n');
        text += &class(&enumeration);
    }
    text
}

/// A class rather than an `enum class`, so that a number that is unknown here is kept.
fn class(enumeration: &Enumeration<'_>) -> String {
    let name = enumeration.name;
    let mut text = comment(&prose(enumeration.doc), "");
    _ = writeln!(
        text,
        "public class {name} private constructor(number: Int, name: String) : \
         Enumeration(number, name) {{\n    public companion object {{"
    );
    for Value {
        name: value,
        number,
        doc,
    } in &enumeration.values
    {
        text += &comment(&prose(doc), "        ");
        text += "        @JvmField\n";
        _ = writeln!(
            text,
            "        public val {value}: {name} = {name}({number}, \"{value}\")\n"
        );
    }
    text += "        private val known: Map<Int, ";
    _ = writeln!(text, "{name}> = listOf(");
    for value in &enumeration.values {
        _ = writeln!(text, "            {},", value.name);
    }
    _ = writeln!(
        text,
        "        ).associateBy {{ it.number }}\n\n        \
         /** The value with this number, also when this version has no name for it. */\n        \
         @JvmStatic\n        \
         public fun of(number: Int): {name} = known[number] ?: {name}(number, UNKNOWN_NAME)\n    }}\n}}"
    );
    text
}

fn functions_file(api: &Api) -> String {
    let mut text = heading("what JNA calls, under the names of the C functions.");
    text += "\nimport com.sun.jna.Callback\n\
             import com.sun.jna.Pointer\n\
             import com.sun.jna.ptr.IntByReference\n\
             import com.sun.jna.ptr.LongByReference\n\
             import com.sun.jna.ptr.PointerByReference\n";
    for constant in api.constants.iter().filter(|it| it.group.is_none()) {
        if let Some(constant) = self::constant(constant) {
            text.push('\n');
            text += &constant;
        }
    }
    for callback in api.types.iter().filter(|it| it.kind == "callback") {
        text.push('\n');
        text += &self::callback(api, callback);
    }
    text += "\n/**\n * The functions of the library. JNA binds each to the symbol of its name; the \
             comments are in\n * include/vsdk.h.\n */\n\
             @Suppress(\"FunctionName\", \"LongParameterList\", \"TooManyFunctions\")\n\
             internal class NativeFunctions {\n";
    let mut section = "";
    for function in &api.functions {
        if section != function.section {
            if !section.is_empty() {
                text.push('\n');
            }
            section = &function.section;
        }
        text += &self::function(api, function);
    }
    text + "}\n"
}

/// Texts are for C programs only: the version of the library is asked from the library.
fn constant(constant: &Constant) -> Option<String> {
    let (kind, suffix) = match constant.c_type.as_str() {
        "int32_t" => ("Int", ""),
        "int64_t" => ("Long", "L"),
        _ => return None,
    };
    let name = constant.name.as_str();
    // The others describe the header, and Kotlin programs are not compiled against it.
    if constant.section.is_none() && name != "VSDK_ABI_VERSION" {
        return None;
    }
    Some(format!(
        "internal const val {name}: {kind} = {}{suffix}\n",
        constant.value
    ))
}

fn callback(api: &Api, callback: &Type) -> String {
    let name = callback.name.trim_start_matches("Vsdk");
    let parameters = callback.parameters.as_deref().unwrap_or_default();
    // An address that comes in stays one: where JNA wraps it, -Xcheck:jni complains.
    let parameters = parameters
        .iter()
        .map(|it| parameter(api, it).replace(": LongByReference", ": Pointer?"));
    let body = declaration("    fun invoke", &parameters.collect::<Vec<_>>(), "");
    format!("internal fun interface {name} : Callback {{\n{body}}}\n")
}

fn function(api: &Api, function: &Function) -> String {
    let parameters = function.parameters.iter().map(|it| parameter(api, it));
    let result = match function.returns.c_type.as_str() {
        "void" => String::new(),
        c_type => format!(": {}", kotlin_type(api, c_type)),
    };
    declaration(
        &format!("    external fun {}", function.name),
        &parameters.collect::<Vec<_>>(),
        &result,
    )
}

/// On one line where it fits, else with a line for each parameter.
fn declaration(begin: &str, parameters: &[String], result: &str) -> String {
    let line = format!("{begin}({}){result}", parameters.join(", "));
    if line.len() <= WIDTH {
        return line + "\n";
    }
    let lines: String = parameters
        .iter()
        .map(|it| format!("        {it},\n"))
        .collect();
    format!("{begin}(\n{lines}    ){result}\n")
}

fn parameter(api: &Api, parameter: &Parameter) -> String {
    let c_type = parameter.c_type.as_str();
    // Texts go in as bytes, which are encoded and checked before the call.
    let kind = match (c_type, parameter.direction.as_str(), &parameter.doc) {
        ("const char *", "in", doc) if !doc.is_empty() => "ByteArray?".to_owned(),
        _ => kotlin_type(api, c_type),
    };
    format!("{}: {kind}", camel_case(&parameter.name))
}

fn kotlin_type(api: &Api, c_type: &str) -> String {
    let named = |name: &str| api.types.iter().find(|it| it.name == name);
    match c_type {
        "int32_t" => "Int".to_owned(),
        "double" => "Double".to_owned(),
        // The library is for 64-bit systems.
        "int64_t" | "size_t" => "Long".to_owned(),
        "int32_t *" => "IntByReference".to_owned(),
        "size_t *" => "LongByReference".to_owned(),
        _ => match named(c_type) {
            Some(it) if it.kind == "integer" => "Int".to_owned(),
            Some(it) if it.kind == "callback" => {
                it.name.trim_start_matches("Vsdk").to_owned() + "?"
            }
            _ if c_type.ends_with("**") => "PointerByReference".to_owned(),
            _ => "Pointer?".to_owned(),
        },
    }
}

/// A comment of the header in words of Kotlin.
fn prose(doc: &str) -> String {
    let mut text = doc.to_owned();
    for (name, here) in NAMES {
        text = text.replace(name, here);
    }
    while let Some(begin) = text.find("VSDK_") {
        let is_in_name = |it: char| it.is_ascii_uppercase() || it.is_ascii_digit() || it == '_';
        let length = text[begin..].find(|it| !is_in_name(it));
        let end = length.map_or(text.len(), |length| begin + length);
        let words = text[begin + "VSDK_".len()..end].to_owned();
        // "a VSDK_MEETING_STATE_ constant" is a MeetingState; any other is one of them.
        match words.strip_suffix('_') {
            Some(words) if text[end..].starts_with(" constant") => {
                let name = camel_case(&format!("_{}", words.to_lowercase()));
                text.replace_range(begin..end + " constant".len(), &format!("[{name}]"));
            }
            _ => text.replace_range(begin..end, &format!("`{words}`")),
        }
    }
    text.replace("Vsdk", "").replace("[.", "[Vsdk.")
}

/// KDoc, on one line where it fits.
fn comment(doc: &str, indent: &str) -> String {
    let doc = doc.trim();
    let line = format!("{indent}/** {doc} */");
    if line.len() <= WIDTH && !doc.contains('\n') {
        return line + "\n";
    }
    let mut text = format!("{indent}/**\n");
    for paragraph in doc.split('\n') {
        text += &filled(paragraph, &format!("{indent} *"));
    }
    text + indent + " */\n"
}
