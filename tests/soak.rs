//! Much at once for a while. `VSDK_SOAK_SECONDS` says how long; by default a short taste.

mod support;

use devserver::{Options, Server};
use std::time::Duration;
use support::{Compilation, Language};

#[test]
fn everything_at_once_leaves_nothing_behind() {
    let seconds = std::env::var("VSDK_SOAK_SECONDS").unwrap_or_else(|_| "3".to_owned());
    let server = Server::start(Options::default()).expect("loopback has free ports");
    let program = Compilation::new("soak", Language::C)
        .flags(&["-std=c11", "-D_DEFAULT_SOURCE", "-D_POSIX_C_SOURCE=200809L"])
        .source("tests/c/programs/soak.c")
        .build()
        .taking(Duration::from_secs(
            seconds.parse().expect("a number of seconds"),
        ));
    let output = program.run(&[server.http_url(), &seconds]);
    assert_eq!(output.code, Some(0), "{}\n{}", output.stdout, output.stderr);
    assert!(
        output.stdout.ends_with("all is over\n"),
        "{}",
        output.stdout
    );
    print!("{}", output.stdout);
}
