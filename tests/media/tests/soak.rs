//! Many who come and go for a while. `VSDK_MEDIA_SOAK_SECONDS` says how long; by default two minutes.

#[path = "../../support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use media_tests::meetings::{LONG, room, server};
use support::{Compilation, Language};

#[test]
fn twenty_who_come_and_go_with_sound_and_pictures_leave_nothing_behind() {
    let seconds = std::env::var("VSDK_MEDIA_SOAK_SECONDS").unwrap_or_else(|_| "120".to_owned());
    let server = server();
    let room = room(&server);
    let output = Compilation::new("media-soak", Language::C)
        .flags(&["-std=c11", "-D_DEFAULT_SOURCE", "-D_POSIX_C_SOURCE=200809L"])
        .source("tests/media/c/soak.c")
        .build()
        .taking(Duration::from_secs(
            seconds.parse().expect("a number of seconds"),
        ))
        .run(&[server.http_url(), &room, &seconds]);
    print!("{}", output.stdout);
    assert_eq!(output.code, Some(0), "{}\n{}", output.stdout, output.stderr);
    assert!(output.stdout.ends_with("all is over\n"));
    // Nor in the media server.
    let begin = Instant::now();
    loop {
        let told = server.describe_media();
        let figures = told["figures"].as_object().expect("an object");
        let mut left = figures.iter().filter(|(name, _)| *name != "routers");
        if left.all(|(_, count)| *count == 0) {
            break;
        }
        assert!(begin.elapsed() < LONG, "{told}");
        std::thread::sleep(Duration::from_millis(100));
    }
}
