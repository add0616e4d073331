//! The header as its users meet it: under every compiler and standard, with the library it is for.

#[path = "../build/api.rs"]
#[allow(dead_code, missing_docs)] // Read here, written by the build.
mod api;
mod support;

use std::collections::BTreeSet;
use std::fmt::Write;

use api::Api;
use support::{Compilation, Language};

const C_STANDARDS: &[&str] = &["-std=c99", "-std=c11", "-std=c17"];
const CXX_STANDARDS: &[&str] = &["-std=c++11", "-std=c++17", "-std=c++20"];

/// What a reader of the header must not need to know about.
const WORDS_OF_THE_INSIDE: &[&str] = &[
    "rust", "tokio", "cargo", "crate", "cbindgen", "reqwest", "serde", "unwrap", "unsafe", "trait",
    "enum", "impl", "mutex", "str0m", "option<", "result<", "todo", "fixme",
];

/// What a parameter or a result may be made of, besides the header's own types.
const PLAIN_TYPES: &[&str] = &[
    "int8_t", "int16_t", "int32_t", "int64_t", "uint8_t", "uint16_t", "uint32_t", "uint64_t",
    "size_t", "float", "double",
];

fn api() -> Api {
    serde_json::from_str(&support::generated("bindings/api.json")).expect("written by the build")
}

#[test]
fn it_is_clean_and_whole_under_every_compiler_and_standard() {
    let version = env!("CARGO_PKG_VERSION");
    let expected = format!("{version} {}\n", packed(version));
    for (language, standards) in [(Language::C, C_STANDARDS), (Language::Cxx, CXX_STANDARDS)] {
        for compiler in language.compilers() {
            for standard in standards {
                let program = Compilation::new(&format!("{compiler}{standard}"), language)
                    .compiler(&compiler)
                    .flags(&[standard, "-Wundef", "-Wshadow", "-Wconversion"])
                    .source("tests/c/header/first.c")
                    .source("tests/c/header/second.c")
                    .build();
                assert_eq!(program.succeed(&[]), expected, "{compiler} {standard}");
                println!("{compiler} {standard}");
            }
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn the_static_library_fits_it_too() {
    let program = Compilation::new("static", Language::C)
        .statically()
        .source("tests/c/header/first.c")
        .source("tests/c/header/second.c")
        .build();
    assert!(program.succeed(&[]).starts_with(env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_program_in_its_opening_comment_compiles_and_explains_a_failure() {
    let header = support::generated("include/vsdk.h");
    let program = opening_program(&header);
    for (language, standard) in [(Language::C, "-std=c99"), (Language::Cxx, "-std=c++11")] {
        for compiler in language.compilers() {
            let output = Compilation::new(&format!("opening-{compiler}"), language)
                .compiler(&compiler)
                .flags(&[standard])
                .text("opening.c", &program)
                .build()
                .run(&[]);
            // Without a token it must fail before it asks the network, and say why and what to do.
            assert_eq!(output.code, Some(1), "{output:?}");
            assert_eq!(output.stdout, "");
            assert_eq!(output.stderr.lines().count(), 2, "{}", output.stderr);
            assert!(
                output.stderr.to_lowercase().contains("token"),
                "{}",
                output.stderr
            );
            assert!(!output.stderr.contains("(null)"), "{}", output.stderr);
        }
    }
}

fn opening_program(header: &str) -> String {
    let code = header
        .split_once("@code\n")
        .expect("begins")
        .1
        .split_once(" * @endcode")
        .expect("ends")
        .0;
    let lines = code
        .lines()
        .map(|line| line.strip_prefix(" *").expect("inside the comment"));
    lines
        .map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line)))
        .collect()
}

#[test]
fn statuses_are_those_of_the_library_by_number_and_name() {
    let api = api();
    let in_header: BTreeSet<(i64, String)> = api
        .constants
        .iter()
        .filter(|it| it.group.as_deref() == Some("VsdkStatus"))
        .map(|it| {
            (
                it.value.as_i64().expect("a number"),
                it.name.replace("VSDK_STATUS_", ""),
            )
        })
        .filter(|(number, _)| *number < 0)
        .collect();
    let in_library: BTreeSet<(i64, String)> = vsdk::Status::ALL
        .iter()
        .map(|status| (i64::from(status.code()), status.name().to_owned()))
        .collect();
    assert_eq!(in_header, in_library);
}

/// Sizes and values as a compiler sees them, names as the library tells them.
#[test]
fn sizes_values_and_status_names_hold_in_c_and_cxx() {
    let api = api();
    let mut text = String::from("#include <vsdk.h>\n#include <string.h>\n");
    text.push_str("#ifdef __cplusplus\n#define CHECK(it) static_assert(it, #it)\n");
    text.push_str("#else\n#define CHECK(it) _Static_assert(it, #it)\n#endif\n");
    let mut checks = 0;
    for named in api.types.iter().filter(|it| it.kind == "integer") {
        assert_eq!(named.c_type.as_deref(), Some("int32_t"), "{}", named.name);
        writeln!(text, "CHECK(sizeof({0}) == 4 && ({0})-1 < 0);", named.name).unwrap();
        checks += 1;
    }
    for constant in &api.constants {
        if let Some(value) = constant.value.as_i64() {
            writeln!(text, "CHECK({} == {value});", constant.name).unwrap();
            // Usable by the preprocessor too, which knows no casts.
            writeln!(text, "#if {} != {value}\n#error\n#endif", constant.name).unwrap();
            checks += 1;
        }
    }
    writeln!(
        text,
        "CHECK(VSDK_VERSION_NUMBER == {});",
        packed(env!("CARGO_PKG_VERSION"))
    )
    .unwrap();
    writeln!(text, "CHECK(sizeof(VSDK_TIMEOUT_DEFAULT) == 8);").unwrap();
    text.push_str("int main(void) {\n    int wrong = 0;\n");
    writeln!(
        text,
        "    wrong += strcmp(VSDK_VERSION, \"{}\") != 0;",
        env!("CARGO_PKG_VERSION")
    )
    .unwrap();
    for status in api.constants.iter().filter(|it| it.c_type == "VsdkStatus") {
        let name = status.name.replace("VSDK_STATUS_", "");
        writeln!(
            text,
            "    wrong += strcmp(vsdk_status_name({}), \"{name}\") != 0;",
            status.name
        )
        .unwrap();
    }
    for structure in api.types.iter().filter(|it| it.kind == "structure") {
        text.push_str(&first_state(structure));
        checks += 1;
    }
    text.push_str("    return wrong;\n}\n");
    assert!(checks > vsdk::Status::ALL.len());

    for (language, standard) in [(Language::C, "-std=c11"), (Language::Cxx, "-std=c++11")] {
        Compilation::new(&format!("values{standard}"), language)
            .flags(&[standard])
            .text("values.c", &text)
            .build()
            .succeed(&[]);
    }
}

/// That the macro of a structure sets each field to what its comment says, and all of its bytes.
fn first_state(structure: &api::Type) -> String {
    let name = &structure.name;
    let initialiser = structure.initialiser.as_deref().expect("a macro");
    let mut text = format!("    {{\n        {name} value = {initialiser};\n");
    let mut size = String::new();
    for field in &structure.fields {
        let first = match (field.name.as_str(), &field.initially) {
            ("struct_size", _) => format!("sizeof({name})"),
            (_, Some(constant)) => constant.clone(),
            _ => "0".to_owned(),
        };
        writeln!(text, "        wrong += value.{} != {first};", field.name).unwrap();
        write!(size, " + sizeof value.{}", field.name).unwrap();
    }
    text + &format!("        CHECK(sizeof value == 0{size});\n    }}\n")
}

#[test]
fn integer_types_hold_each_value_once() {
    let api = api();
    let mut seen = BTreeSet::new();
    for constant in api.constants.iter().filter(|it| it.group.is_some()) {
        let value = (constant.group.clone(), constant.value.as_i64());
        assert!(
            seen.insert(value),
            "{} has a value that is taken",
            constant.name
        );
    }
}

#[test]
fn signatures_are_plain_for_every_language() {
    let api = api();
    let kind = |name: &str| {
        api.types
            .iter()
            .find(|it| it.name == name)
            .map(|it| it.kind.as_str())
    };
    let is_plain = |c_type: &str| {
        let base = c_type
            .trim_start_matches("const ")
            .trim_end_matches(['*', ' ']);
        let is_pointer = c_type.ends_with('*');
        match kind(base) {
            Some("opaque" | "structure") => is_pointer,
            Some(_) => true,
            None if is_pointer => ["char", "void"].contains(&base) || PLAIN_TYPES.contains(&base),
            None => PLAIN_TYPES.contains(&base),
        }
    };
    let callbacks = api
        .types
        .iter()
        .filter_map(|it| Some((&it.name, it.returns.as_ref()?, it.parameters.as_ref()?)));
    let functions = api
        .functions
        .iter()
        .map(|it| (&it.name, &it.returns.c_type, &it.parameters));
    for (name, returns, parameters) in functions.chain(callbacks) {
        assert!(
            returns == "void" || is_plain(returns),
            "{name} returns {returns}"
        );
        for parameter in parameters {
            assert!(
                is_plain(&parameter.c_type),
                "{name} takes {}",
                parameter.c_type
            );
        }
    }
}

#[test]
fn it_speaks_of_its_contract_only() {
    let header = support::generated("include/vsdk.h").to_lowercase();
    let is_part = |character: char| character.is_ascii_alphanumeric() || "_<".contains(character);
    let words: BTreeSet<&str> = header.split(|character| !is_part(character)).collect();
    let found: Vec<_> = WORDS_OF_THE_INSIDE
        .iter()
        .filter(|word| words.contains(**word))
        .collect();
    assert!(found.is_empty(), "the header speaks of {found:?}");
    assert!(
        header.is_ascii(),
        "not every compiler's console shows more than ASCII"
    );
}

fn packed(version: &str) -> u32 {
    let numbers = version.split(['-', '+']).next().expect("never empty");
    numbers.split('.').fold(0, |packed, number| {
        packed * 1000 + number.parse::<u32>().unwrap()
    })
}
