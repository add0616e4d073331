//! The C++ layer knows all of the C interface: every function and every value of every enumeration.

#[path = "../build/api.rs"]
#[allow(dead_code, missing_docs)] // Read here, written by the build.
mod api;
mod support;

use std::collections::BTreeSet;
use std::fs;

use api::Api;

/// Functions that the C++ layer does without, each with the reason.
const LEFT_OUT: &[(&str, &str)] = &[];

fn api() -> Api {
    serde_json::from_str(&support::generated("bindings/api.json")).expect("written by the build")
}

/// The code of the C++ layer without its comments.
fn layer() -> String {
    let folder = support::root().join("include/vsdk");
    let mut files = vec![support::root().join("include/vsdk.hpp")];
    files.extend(
        fs::read_dir(folder)
            .expect("the layer is there")
            .map(|entry| entry.expect("readable").path()),
    );
    let text = files
        .iter()
        .map(|path| fs::read_to_string(path).unwrap_or_else(|error| panic!("{path:?}: {error}")));
    let text: String = text.collect();
    let code = text.lines().map(|line| {
        // No text in the layer has two slashes in it.
        line.split_once("//").map_or(line, |(code, _)| code)
    });
    code.flat_map(|line| [line, "\n"]).collect()
}

fn words(code: &str) -> BTreeSet<&str> {
    code.split(|it: char| !it.is_ascii_alphanumeric() && it != '_')
        .collect()
}

/// What is missing in the layer, or there without being in the interface; each as a sentence.
fn gaps(api: &Api, code: &str, left_out: &[(&str, &str)]) -> Vec<String> {
    let words = words(code);
    let mut gaps = Vec::new();
    let functions: BTreeSet<&str> = api.functions.iter().map(|it| it.name.as_str()).collect();
    for function in &functions {
        let is_left_out = left_out.iter().any(|(name, _)| name == function);
        match (words.contains(function), is_left_out) {
            (false, false) => gaps.push(format!("{function} is not used")),
            (true, true) => gaps.push(format!("{function} is used, and listed as left out")),
            _ => {}
        }
    }
    for (name, reason) in left_out {
        if !functions.contains(name) {
            gaps.push(format!("{name} is listed as left out, and does not exist"));
        }
        if reason.is_empty() {
            gaps.push(format!("{name} is left out without a reason"));
        }
    }
    // `vsdk_` also begins types of the layer's own only if somebody invents them: none does.
    for word in words.iter().filter(|word| word.starts_with("vsdk_")) {
        if !functions.contains(word) {
            gaps.push(format!("{word} does not exist"));
        }
    }
    for constant in &api.constants {
        let Some(group) = &constant.group else {
            continue;
        };
        let short = constant.name[prefix(group).len()..].to_lowercase();
        if !code.contains(&format!(" {short} = {},", constant.name)) {
            gaps.push(format!("{} is not the enumerator {short}", constant.name));
        }
    }
    gaps
}

/// `VsdkTokenFinding` has constants that begin with `VSDK_TOKEN_FINDING_`.
fn prefix(group: &str) -> String {
    let mut prefix = String::new();
    for letter in group.chars() {
        if letter.is_ascii_uppercase() && !prefix.is_empty() {
            prefix.push('_');
        }
        prefix.push(letter.to_ascii_uppercase());
    }
    prefix + "_"
}

#[test]
fn every_function_and_every_value_is_known_to_the_cxx_layer() {
    let api = api();
    let values = api.constants.iter().filter(|it| it.group.is_some()).count();
    assert!(api.functions.len() > 150 && values > 100);
    let gaps = gaps(&api, &layer(), LEFT_OUT);
    assert!(gaps.is_empty(), "{gaps:#?}");
    println!("{} functions, {values} values", api.functions.len());
}

#[test]
fn what_is_missing_is_noticed() {
    let api = api();
    let layer = layer();
    let without = |from: &str, to: &str| {
        assert!(layer.contains(from), "{from}");
        gaps(&api, &layer.replace(from, to), LEFT_OUT)
    };
    assert_eq!(
        without("vsdk_room_geo_fence(", "vsdk_room_fence("),
        [
            "vsdk_room_geo_fence is not used",
            "vsdk_room_fence does not exist"
        ]
    );
    assert_eq!(
        without("g722 = VSDK_AUDIO_CODEC_G722,", ""),
        ["VSDK_AUDIO_CODEC_G722 is not the enumerator g722"]
    );
    assert_eq!(
        gaps(&api, &layer, &[("vsdk_version", ""), ("vsdk_none", "no")]),
        [
            "vsdk_version is used, and listed as left out",
            "vsdk_version is left out without a reason",
            "vsdk_none is listed as left out, and does not exist",
        ]
    );
}

#[test]
fn every_public_function_and_type_has_a_comment() {
    let folder = support::root().join("include/vsdk");
    let mut checked = 0;
    let mut bare = Vec::new();
    for entry in fs::read_dir(folder).expect("the layer is there") {
        let path = entry.expect("readable").path();
        let text = fs::read_to_string(&path).expect("readable");
        let name = path.file_name().expect("a file").to_string_lossy();
        for line in undocumented(&text, &mut checked) {
            bare.push(format!("{name}: {line}"));
        }
    }
    assert!(checked > 200, "{checked}");
    assert!(bare.is_empty(), "{bare:#?}");
    let sample = "/// A.\nclass A {\npublic:\n    /// B.\n    int b();\n\n    int c();\n};\n";
    assert_eq!(undocumented(sample, &mut 0), ["int c();"]);
}

/// The first lines of public declarations without a comment above them, by the layer's own style:
/// declarations begin after an empty line, an access specifier or a comment.
fn undocumented(text: &str, checked: &mut usize) -> Vec<String> {
    let (mut is_detail, mut is_private) = (false, false);
    let mut before = "";
    let mut bare = Vec::new();
    for line in text.lines() {
        let code = line.trim_start();
        let indent = line.len() - code.len();
        match line {
            "namespace detail {" => is_detail = true,
            "} // namespace detail" => is_detail = false,
            _ => {}
        }
        match code {
            "private:" | "protected:" => is_private = true,
            "public:" => is_private = false,
            "};" if indent == 0 => is_private = false,
            _ => {}
        }
        let begins = before.is_empty() || before.ends_with(':') || before.starts_with("///");
        let declares = !code.is_empty()
            && !code.starts_with(['#', '/', '}', '.', '*'])
            && !code.ends_with(':')
            && !code.starts_with("namespace")
            && !code.starts_with("using ")
            && !code.ends_with("= delete;")
            && !code.starts_with("friend class");
        if begins && declares && !is_detail && !is_private && (indent == 0 || indent == 4) {
            *checked += 1;
            let is_forward = code.starts_with("class ") && code.ends_with(';');
            let is_definition = code.contains("::advance()");
            if !before.starts_with("///") && !is_forward && !is_definition {
                bare.push(code.to_owned());
            }
        }
        before = code;
    }
    bare
}
