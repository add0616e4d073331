//! Programs that send and receive media, in every language that is compiled here.

#[path = "programs/samples.rs"]
mod samples;
#[path = "../../support/mod.rs"]
mod support;

use media_tests::images;
use media_tests::meetings::server;
use support::{Compilation, Language};

const FLAGS: &[&str] = &["-Wshadow", "-Wconversion"];

fn in_cxx(name: &str) {
    in_cxx_with(name, &[]);
}

fn in_cxx_with(name: &str, more: &[&str]) {
    for compiler in Language::Cxx.compilers() {
        let program = Compilation::new(&format!("{name}-{compiler}"), Language::Cxx)
            .compiler(&compiler)
            .flags(&["-std=c++17"])
            .flags(FLAGS)
            .source(format!("tests/media/programs/{name}.cpp"))
            .build();
        assert_eq!(
            program.succeed(&[&[server().http_url()], more].concat()),
            "done\n"
        );
    }
}

#[test]
fn tracks_and_data_in_cxx() {
    in_cxx("tracks");
}

#[test]
fn choosing_and_transforms_in_cxx() {
    in_cxx("choosing");
}

#[test]
fn raw_pictures_in_cxx() {
    let folder = images::folder("images-in-cxx");
    in_cxx_with("pictures", &[folder.to_str().expect("UTF-8")]);
    images::assert_halves(&folder, [214; 3], [28; 3]);
}
