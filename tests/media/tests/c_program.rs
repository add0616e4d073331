//! The C interface with a media server: what goes through it is judged by a C program.

#[path = "../../support/mod.rs"]
mod support;

use media_tests::images;
use media_tests::meetings::{room, server};
use support::{Compilation, Language};

fn run(name: &str) {
    run_with(name, &[]);
}

fn run_with(name: &str, more: &[&str]) {
    let server = server();
    let room = room(&server);
    let output = Compilation::new(name, Language::C)
        .flags(&["-std=c11", "-D_DEFAULT_SOURCE", "-D_POSIX_C_SOURCE=200809L"])
        .source(format!("tests/media/c/{name}.c"))
        .build()
        .run(&[&[server.http_url(), &room], more].concat());
    assert_eq!(output.code, Some(0), "{}\n{}", output.stdout, output.stderr);
    assert_eq!(output.stderr, "", "nothing is ever written there");
    assert_eq!(output.stdout, "all is over\n");
}

#[test]
fn frames_and_data_are_exchanged() {
    run("exchange");
}

#[test]
fn raw_pictures_are_pushed_and_shown() {
    let folder = images::folder("images-in-c");
    run_with("pictures", &[folder.to_str().expect("UTF-8")]);
    images::assert_halves(&folder, [200, 30, 30], [30, 30, 200]);
}

#[test]
fn what_is_received_is_chosen_and_frames_change_on_their_way() {
    run("choosing");
}
