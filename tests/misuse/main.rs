//! Every function of the library, misused in every way that its parameters allow.
//!
//! `tests/c/misuse` holds the judge; what it judges comes from `bindings/api.json`, so that no
//! function can be forgotten. Nothing leaves the machine: the service it asks is the local one.

#[path = "../../build/api.rs"]
#[allow(dead_code, missing_docs)] // Read here, written by the build.
mod api;
#[path = "../support/mod.rs"]
mod support;
mod table;

use api::Api;
use support::{Compilation, Language};

/// Fewer checks than this for an average function mean that the judge has gone blind.
const CHECKS_PER_FUNCTION: usize = 60;

#[test]
fn every_function_bears_every_misuse() {
    let api: Api = serde_json::from_str(&support::committed("bindings/api.json"))
        .expect("bindings/api.json is what the build wrote");
    let service = devserver::Server::start(devserver::Options::default())
        .unwrap_or_else(|error| panic!("the local service does not start: {error}"));
    let output = Compilation::new("judge", Language::C)
        .flags(&["-std=c11", "-D_POSIX_C_SOURCE=200809L"])
        .source("tests/c/misuse/judge.c")
        .source("tests/c/misuse/objects.c")
        .text("table.c", &table::write(&api))
        .build()
        .run(&[service.http_url(), service.api_key(), service.secret()]);

    assert_eq!(output.code, Some(0), "{}\n{}", output.stdout, output.stderr);
    println!("{}", output.stdout);
    let numbers: Vec<usize> = output
        .stdout
        .split_whitespace()
        .filter_map(|word| word.parse().ok())
        .collect();
    let [functions, checks, failures] = numbers[..] else {
        panic!("`{}` is not the judge's last line", output.stdout);
    };
    assert_eq!(functions, api.functions.len());
    assert_eq!(failures, 0);
    assert!(
        checks > functions * CHECKS_PER_FUNCTION,
        "only {checks} checks were made"
    );
}
