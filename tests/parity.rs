//! Every layer over the C interface knows all of it: every function and every value of every
//! enumeration. And what it makes public has a comment.

#[path = "parity/documented.rs"]
mod documented;
#[path = "../build/mod.rs"]
#[allow(dead_code, missing_docs)] // The build uses the rest.
mod generator;
#[path = "parity/layer.rs"]
mod layer;
mod support;

use std::collections::BTreeSet;

use generator::api::Api;
use generator::bindings::enumerations;
use layer::{Code, LAYERS, Layer};

fn api() -> Api {
    serde_json::from_str(&support::generated("bindings/api.json")).expect("written by the build")
}

fn words(code: &str) -> BTreeSet<&str> {
    code.split(|it: char| !it.is_ascii_alphanumeric() && it != '_')
        .collect()
}

/// What is missing in a layer, or there without being in the interface; each as a sentence.
fn gaps(layer: &Layer, api: &Api, code: &Code, left_out: &[(String, String)]) -> Vec<String> {
    let words = words(&code.written);
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
        if !functions.contains(name.as_str()) {
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
    for enumeration in enumerations(api) {
        for value in &enumeration.values {
            if !(layer.has_value)(code, &enumeration, value) {
                let (name, number) = (value.name, value.number);
                gaps.push(format!("{} has no {name} with {number}", enumeration.name));
            }
        }
    }
    gaps
}

#[test]
fn every_function_and_every_value_is_known_to_every_layer() {
    let api = api();
    let values: usize = enumerations(&api).iter().map(|it| it.values.len()).sum();
    assert!(api.functions.len() > 150 && (100..1000).contains(&values));
    let mut all = Vec::new();
    for layer in LAYERS {
        let left_out = layer.left_out();
        let gaps = gaps(layer, &api, &layer.code(), &left_out);
        all.extend(gaps.iter().map(|gap| format!("{}: {gap}", layer.language)));
        let used = api.functions.len() - left_out.len();
        println!(
            "{}: {used} functions used, {} left out, {values} values",
            layer.language,
            left_out.len()
        );
    }
    assert!(all.is_empty(), "{all:#?}");
}

#[test]
fn what_is_missing_is_noticed_in_every_layer() {
    let api = api();
    let pair = |(name, reason): (&str, &str)| (name.to_owned(), reason.to_owned());
    for layer in LAYERS {
        println!("{}", layer.language);
        let code = layer.code();
        let left_out = layer.left_out();

        let mut broken = code.clone();
        let used = "vsdk_room_list_total";
        assert!(code.written.contains(used));
        broken.written = code.written.replace(used, "vsdk_room_list_sum");
        assert_eq!(
            gaps(layer, &api, &broken, &left_out),
            [
                "vsdk_room_list_total is not used",
                "vsdk_room_list_sum does not exist"
            ]
        );
        // Used in a comment is not used.
        let (begin, end) = layer.block_comment;
        let comment = code.written.replace(used, &format!("{begin}{used}{end}"));
        broken.written = layer.without_comments(&comment);
        let told = gaps(layer, &api, &broken, &left_out);
        assert!(told.contains(&format!("{used} is not used")), "{told:?}");

        let (right, wrong) = layer.broken_value;
        for text in ["", wrong] {
            let mut broken = code.clone();
            broken.written = code.written.replace(right, text);
            broken.generated = code.generated.replace(right, text);
            assert_eq!(
                gaps(layer, &api, &broken, &left_out),
                ["PreferredProtocol has no UDP_OVER_TCP with 1"]
            );
        }

        let wrong = [pair((used, "no reason")), pair(("vsdk_none", ""))];
        assert_eq!(
            gaps(layer, &api, &code, &[&left_out[..], &wrong].concat()),
            [
                "vsdk_room_list_total is used, and listed as left out",
                "vsdk_none is listed as left out, and does not exist",
                "vsdk_none is left out without a reason",
            ]
        );
    }
}

#[test]
fn every_public_declaration_has_a_comment() {
    for layer in LAYERS {
        let Some(undocumented) = layer.undocumented else {
            continue;
        };
        let mut checked = 0;
        let mut bare = Vec::new();
        for (path, text) in layer.files() {
            for line in undocumented(&text, &mut checked) {
                bare.push(format!("{}: {line}", layer::shown(&path)));
            }
        }
        println!("{}: {checked} declarations", layer.language);
        assert!(checked > 200, "{}: {checked}", layer.language);
        assert!(bare.is_empty(), "{}: {bare:#?}", layer.language);
    }
}

#[test]
fn a_declaration_without_a_comment_is_noticed() {
    let cxx = "/// A.\nclass A {\npublic:\n    /// B.\n    int b();\n\n    int c();\n};\n";
    assert_eq!(documented::in_cxx(cxx, &mut 0), ["int c();"]);
    let kotlin = "/** A. */\n@JvmInline\npublic class A {\n    public fun b() {}\n}\n";
    assert_eq!(documented::in_kotlin(kotlin, &mut 0), ["public fun b() {}"]);
    let swift = "/// A.\n@frozen\npublic struct A {\n    public let b = 1\n}\n";
    assert_eq!(documented::in_swift(swift, &mut 0), ["public let b = 1"]);
}
