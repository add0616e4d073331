//! The library as users of C and C++ get it: `make install`, then programs from an empty folder with
//! nothing but what the documents say, run against a real service.
//!
//! What is installed are the libraries under test, which are built for debugging: the places and the
//! lines are what is tested here. `VSDK_TEST_BUILT` names a folder with what `packaging/build.sh`
//! makes, to install that instead.
#![cfg(target_os = "linux")]

#[path = "readme/markdown.rs"]
#[allow(dead_code)] // Blocks are read here, no more.
mod markdown;
mod support;

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use devserver::{Options, Server};
use markdown::{Block, Page};
use support::{Language, Output};

const SAMPLES: &[&str] = &[
    "quickstart",
    "rooms",
    "token_doctor",
    "chat",
    "greeter",
    "two_meetings",
    "record",
    "send_file",
    "talk",
];

/// What is there in C++ alone: the sample that is built where SDL is.
const IN_CXX_ALONE: &[&str] = &[
    "meet.cpp",
    "meet/call.hpp",
    "meet/canvas.hpp",
    "meet/shapes.hpp",
    "meet/sound.hpp",
    "meet/test_pattern.hpp",
    "meet/window.hpp",
];

/// A home folder, and what a user does in it.
struct Home(PathBuf);

impl Home {
    /// An empty one; the name is unique within this test program.
    fn new(name: &str) -> Self {
        let home = support::scratch().join(name);
        let _ = fs::remove_dir_all(&home);
        fs::create_dir_all(&home).expect("the scratch directory is writable");
        Self(home)
    }

    /// The one that holds the library in `vsdk`, as the README says.
    fn with_library() -> &'static Self {
        static HOME: OnceLock<Home> = OnceLock::new();
        HOME.get_or_init(|| {
            let home = Self::new("home");
            let block = blocks("README.md", "sh").swap_remove(0);
            assert_eq!(block, "make install PREFIX=\"$HOME/vsdk\"\n");
            home.succeed(support::root(), &block);
            home
        })
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    /// An empty folder in it.
    fn folder(&self, name: &str) -> PathBuf {
        let folder = self.path(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("the scratch directory is writable");
        folder
    }

    fn run(&self, folder: &Path, script: &str) -> Output {
        let mut command = Command::new("sh");
        command
            .args(["-ec", script])
            .current_dir(folder)
            .env("HOME", &self.0)
            .env("BUILT", built())
            .stdin(Stdio::null());
        // What `cargo test` and its caller have set, and a newcomer has not.
        for name in ["LD_LIBRARY_PATH", "PKG_CONFIG_PATH", "DESTDIR", "PREFIX"] {
            command.env_remove(name);
        }
        for name in ["MAKEFLAGS", "MAKELEVEL", "CFLAGS", "CXXFLAGS", "LDFLAGS"] {
            command.env_remove(name);
        }
        let output = command.output().expect("there is a shell");
        Output {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Runs it, expects success, and gives what it wrote to its standard output.
    fn succeed(&self, folder: &Path, script: &str) -> String {
        let output = self.run(folder, script);
        let said = format!("{}{}", output.stdout, output.stderr);
        assert_eq!(output.code, Some(0), "{script}\n{said}");
        output.stdout
    }

    /// Runs it, expects it to fail, and gives what it wrote to its standard error.
    fn fail(&self, folder: &Path, script: &str) -> String {
        let output = self.run(folder, script);
        assert!(output.code.is_some_and(|code| code != 0), "{script}");
        output.stderr
    }
}

/// The folder that is installed from.
fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        if let Some(chosen) = env::var_os("VSDK_TEST_BUILT") {
            return PathBuf::from(chosen);
        }
        let folder = support::scratch().join("built");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("the scratch directory is writable");
        let library = support::library_directory();
        // Four fifths of it would tell a debugger where the functions come from.
        let stripped = Command::new("strip")
            .arg("--strip-debug")
            .arg(library.join("libvsdk.so"))
            .arg("-o")
            .arg(folder.join("libvsdk.so"))
            .status();
        assert!(stripped.expect("it comes with every compiler").success());
        let archive = folder.join("libvsdk.a");
        fs::copy(library.join("libvsdk.a"), &archive).expect("built");
        let seal = support::root().join("packaging/seal.sh");
        let sealed = Command::new(seal).arg(archive).status();
        assert!(sealed.expect("there is a shell").success());
        let needs = support::STATIC_NEEDS.join(" ");
        fs::write(folder.join("native-static-libs"), needs).expect("writable");
        folder
    })
}

/// The blocks of that language that a document wants to be run with the installed library.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let page = Page {
        name: page.to_owned(),
        text: support::committed(page),
    };
    let is_wanted = |block: &Block| block.marker == Some("installed") && block.language == language;
    let blocks = page.blocks().into_iter().filter(is_wanted);
    let blocks: Vec<String> = blocks.map(|block| block.code).collect();
    assert!(!blocks.is_empty(), "{}: no such block", page.name);
    blocks
}

/// The one block that holds this text.
fn block_with(page: &str, text: &str) -> String {
    let mut blocks = blocks(page, "sh");
    blocks.retain(|block| block.contains(text));
    assert_eq!(blocks.len(), 1, "{page}: `{text}`");
    blocks.swap_remove(0)
}

fn need(tool: &str, package: &str) {
    let version = Command::new(tool).arg("--version").output();
    assert!(
        version.is_ok_and(|output| output.status.success()),
        "'{tool}' is missing, and this test is about it: install it (Debian: apt install {package})"
    );
}

/// Whether a program loads the shared library, by its table of needs.
fn is_loading(program: &Path) -> bool {
    let output = Command::new("readelf")
        .arg("--dynamic")
        .arg(program)
        .output()
        .expect("it comes with every compiler");
    assert!(output.status.success(), "{}", program.display());
    String::from_utf8_lossy(&output.stdout).contains("[libvsdk.so.0]")
}

/// Runs the samples in the folder against a service of their own.
fn assert_samples_work(home: &Home, folder: &Path, is_static: bool) {
    let server = Server::start(Options::default()).expect("loopback has free ports");
    for sample in SAMPLES {
        assert_eq!(is_loading(&folder.join(sample)), !is_static, "{sample}");
    }
    let lines = block_with("examples/README.md", "./quickstart")
        .replace("http://127.0.0.1:3000", server.http_url());
    let said = home.succeed(folder, &lines);
    let said: Vec<&str> = said.lines().collect();
    assert_eq!(said.len(), 13, "{said:#?}");
    assert_eq!(said[1], "creating a room");
    assert_eq!(said[5], "name         Ann");
    assert_eq!(said[8], "event 1      STATE_CHANGED INITIALISED");
    let room = said[2].split_whitespace().nth(1).expect("its id");
    assert!(said[9].contains("  open  ") && said[9].ends_with("  lesson"));
    assert_eq!(said[10], said[9]);
    assert!(said[11].starts_with(room), "{said:#?}");
    assert_eq!(said[12], "page 1 of 1, 2 rooms in all");

    let script = format!("./token_doctor --for join {}", server.token());
    let said = home.succeed(folder, &script);
    assert!(said.starts_with(&format!("API key       {}\n", server.api_key())));
    let said = home.run(folder, "./token_doctor 'Bearer x.y.z'");
    assert_eq!(said.code, Some(1));
    assert!(said.stdout.contains("ERROR     BEARER_PREFIX"), "{said:?}");

    let base = server.http_url();
    let service = format!("--token-url {base}/get-token --api-url {base}");
    let said = home.succeed(
        folder,
        &format!("echo hello | ./chat {service} --name Ann --room {room}"),
    );
    let said: Vec<&str> = said.lines().collect();
    assert_eq!(said[0], format!("room {room}"));
    assert_eq!(said[1], "* in the room: Ann (you)");
    assert_eq!(said.last(), Some(&"* you left"));
    // Their input has ended already.
    let said = home.succeed(folder, &format!("./greeter {service} --room {room}"));
    assert_eq!(said, format!("room {room}\n"));
    let said = home.succeed(folder, &format!("./two_meetings {service} --room {room}"));
    assert!(said.starts_with(&format!("rooms {room} ")), "{said}");
}

/// A program that can do nothing without a token, and says so: the library is there.
fn assert_explains_itself(home: &Home, folder: &Path, program: &str) {
    let output = home.run(folder, program);
    assert_eq!(output.code, Some(1), "{output:?}");
    assert!(output.stderr.contains("token"), "{output:?}");
    assert_eq!(output.stderr.lines().count(), 2, "{output:?}");
}

/// Every file and link below a folder, by its path from there.
fn tree(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder_now) = open.pop() {
        for entry in fs::read_dir(folder_now).expect("readable") {
            let entry = entry.expect("readable");
            if entry.file_type().expect("readable").is_dir() {
                open.push(entry.path());
                continue;
            }
            let path = entry.path();
            let path = path.strip_prefix(folder).expect("below it");
            found.insert(path.to_str().expect("plain names").to_owned());
        }
    }
    found
}

#[test]
fn everything_is_where_it_belongs_and_nothing_else_is_there() {
    let prefix = Home::with_library().path("vsdk");
    let version = env!("CARGO_PKG_VERSION");
    let real = format!("lib/libvsdk.so.{version}");
    let mut expected: BTreeSet<String> = [
        real.as_str(),
        "lib/libvsdk.so.0",
        "lib/libvsdk.so",
        "lib/libvsdk.a",
        "lib/pkgconfig/vsdk.pc",
        "lib/pkgconfig/vsdk-static.pc",
        "lib/cmake/Vsdk/vsdk-config.cmake",
        "lib/cmake/Vsdk/vsdk-config-version.cmake",
        "share/doc/vsdk/LICENSE-APACHE",
        "share/doc/vsdk/LICENSE-MIT",
        "share/doc/vsdk/THIRD-PARTY-NOTICES",
    ]
    .map(str::to_owned)
    .into();
    let headers = tree(&support::root().join("include"));
    assert!(headers.len() > 15 && headers.contains("vsdk/room.hpp"));
    for header in &headers {
        let path = format!("include/{header}");
        let installed = fs::read_to_string(prefix.join(&path)).expect(header);
        assert_eq!(installed, support::committed(&path));
        expected.insert(path);
    }
    for (folder, ending) in [("c", "c"), ("cpp", "cpp")] {
        let folder = format!("share/doc/vsdk/examples/{folder}");
        expected.insert(format!("{folder}/CMakeLists.txt"));
        let samples = SAMPLES.iter();
        expected.extend(samples.map(|sample| format!("{folder}/{sample}.{ending}")));
        let header = if ending == "c" { "h" } else { "hpp" };
        let files = ["media_reader", "media_writer", "wav"];
        expected.extend(files.map(|file| format!("{folder}/{file}.{header}")));
    }
    let in_cxx_alone = IN_CXX_ALONE.iter();
    expected.extend(in_cxx_alone.map(|file| format!("share/doc/vsdk/examples/cpp/{file}")));
    assert_eq!(tree(&prefix), expected);

    let notices = fs::read_to_string(prefix.join("share/doc/vsdk/THIRD-PARTY-NOTICES"));
    assert_eq!(
        notices.expect("readable"),
        support::committed("THIRD-PARTY-NOTICES")
    );
    let target = |link: &str| fs::read_link(prefix.join(link)).expect("a link");
    assert_eq!(target("lib/libvsdk.so"), Path::new("libvsdk.so.0"));
    assert_eq!(
        target("lib/libvsdk.so.0"),
        Path::new(&format!("libvsdk.so.{version}"))
    );
    for file in expected.iter().filter(|file| !file.contains(".so")) {
        let text = fs::read(prefix.join(file)).expect("readable");
        let has = |wanted: &[u8]| text.windows(wanted.len()).any(|part| part == wanted);
        let home = support::scratch().join("home");
        let home = home.to_str().expect("plain names").as_bytes();
        if file.starts_with("lib/pkgconfig") || file.starts_with("lib/cmake") {
            assert!(!has(home), "{file} remembers where it was installed");
            assert!(!has(b"@"), "{file} has a place that was not filled");
            assert!(has(version.as_bytes()) || file.ends_with("config.cmake"));
        }
    }
}

#[test]
fn the_lines_of_the_readme_link_programs() {
    need("pkg-config", "pkg-config");
    need("cmake", "cmake");
    let home = Home::with_library();
    let folder = home.folder("linking");
    for (language, file) in [("c", "app.c"), ("cpp", "app.cpp")] {
        fs::write(folder.join(file), readme_program(language)).expect("writable");
    }
    let cmake = blocks("README.md", "cmake").swap_remove(0);
    fs::write(folder.join("CMakeLists.txt"), cmake).expect("writable");

    let (mut exports, mut built) = (String::new(), Vec::new());
    // Without the first block, which has installed it.
    for block in &blocks("README.md", "sh")[1..] {
        for line in block.lines() {
            if line.starts_with("export ") {
                exports += &format!("{line}\n");
            } else if line == "build/app" {
                assert_explains_itself(home, &folder, line);
            } else {
                home.succeed(&folder, &format!("{exports}{line}"));
            }
            if line.contains(" -o app ") {
                assert_explains_itself(home, &folder, "./app");
                built.push(is_loading(&folder.join("app")));
                fs::remove_file(folder.join("app")).expect("just built");
            }
        }
    }
    assert_eq!(built, [true, false, true, false]);
    assert!(is_loading(&folder.join("build/app")));
}

/// The first program in that language which the README prints.
fn readme_program(language: &str) -> String {
    let page = Page {
        name: "README.md".to_owned(),
        text: support::committed("README.md"),
    };
    let blocks = page.blocks();
    let block = blocks
        .iter()
        .find(|block| block.language == language && block.marker == Some("run"));
    block.expect("the seed flow").code.clone()
}

#[test]
fn the_samples_are_built_with_pkg_config_and_work() {
    need("pkg-config", "pkg-config");
    let home = Home::with_library();
    let c = block_with("examples/README.md", "pkg-config");
    let cxx = c
        .replace("cc c/", "c++ -std=c++17 cpp/")
        .replace(".c ", ".cpp ");
    for (name, lines) in [("c", c), ("cxx", cxx)] {
        let folder = home.folder(&format!("pkg-config-{name}"));
        home.succeed(&folder, &lines);
        assert_samples_work(home, &folder, false);
        let folder = home.folder(&format!("pkg-config-{name}-static"));
        home.succeed(&folder, &lines.replace(" vsdk)", " vsdk-static)"));
        assert_samples_work(home, &folder, true);
    }
}

#[test]
fn the_samples_are_built_with_cmake_and_work() {
    need("cmake", "cmake");
    let home = Home::with_library();
    let c = block_with("examples/README.md", "cmake");
    let (copy, build) = c.split_once('\n').expect("several lines");
    for language in ["c", "cpp"] {
        let copy = copy.replace("/c/.", &format!("/{language}/."));
        for target in ["Vsdk::vsdk", "Vsdk::static"] {
            let folder = home.folder(&format!("cmake-{language}-{}", &target[6..]));
            home.succeed(&folder, &copy);
            let lists = fs::read_to_string(folder.join("CMakeLists.txt")).expect("copied");
            let lists = lists.replace("Vsdk::vsdk", target);
            fs::write(folder.join("CMakeLists.txt"), lists).expect("writable");
            home.succeed(&folder, build);
            assert_samples_work(home, &folder.join("build"), target == "Vsdk::static");
        }
    }
}

/// The C library, too, is then taken from its archive, and there is no libgcc_s.
#[test]
fn a_program_without_any_shared_library_is_built_with_every_compiler() {
    need("pkg-config", "pkg-config");
    let home = Home::with_library();
    let folder = home.folder("without-shared");
    fs::write(folder.join("app.c"), readme_program("c")).expect("writable");
    fs::write(folder.join("app.cpp"), readme_program("cpp")).expect("writable");
    for (language, source) in [
        (Language::C, "app.c"),
        (Language::Cxx, "-std=c++17 app.cpp"),
    ] {
        for compiler in language.compilers() {
            println!("{compiler}");
            let line = format!(
                "export PKG_CONFIG_PATH=\"$HOME/vsdk/lib/pkgconfig\"\n\
                 {compiler} -static {source} -o app $(pkg-config --cflags --libs --static vsdk)"
            );
            home.succeed(&folder, &line);
            assert!(!is_loading(&folder.join("app")));
            assert_explains_itself(home, &folder, "./app");
        }
    }
}

#[test]
fn a_staged_installation_can_be_moved() {
    need("pkg-config", "pkg-config");
    need("cmake", "cmake");
    let home = Home::new("moved");
    home.succeed(
        support::root(),
        "make install PREFIX=/opt/somewhere DESTDIR=\"$HOME/stage\"",
    );
    fs::rename(home.path("stage/opt/somewhere"), home.path("vsdk")).expect("one file system");
    fs::remove_dir_all(home.path("stage")).expect("it held nothing else");

    let folder = home.folder("pkg-config");
    let lines = block_with("examples/README.md", "pkg-config");
    home.succeed(&folder, &lines);
    assert_samples_work(&home, &folder, false);
    let folder = home.folder("cmake");
    home.succeed(&folder, &block_with("examples/README.md", "cmake"));
    assert_samples_work(&home, &folder.join("build"), false);
}

/// The other one is the worst case: all that this one holds, under the names that Rust gave it.
#[test]
fn another_rust_library_fits_into_the_same_program() {
    need("pkg-config", "pkg-config");
    let home = Home::with_library();
    let folder = home.folder("two-libraries");
    let program = r#"
#include <stdio.h>
#include <string.h>
#include <vsdk.h>

/* What the other one of the two libraries has. */
VsdkStatus other_init_meeting(const VsdkMeetingOptions *, VsdkMeeting **, VsdkError **);
VsdkMeetingOptions *other_meeting_options_new(void);
const char *other_status_name(VsdkStatus);
int64_t other_debug_live_handles(VsdkHandleKind);
void other_meeting_options_free(VsdkMeetingOptions *);

int main(void) {
    VsdkError *error = NULL;
    VsdkRoom *room = NULL;
    VsdkMeeting *meeting = NULL;
    VsdkMeetingOptions *options = other_meeting_options_new();
    /* It names no room. */
    if (other_init_meeting(options, &meeting, NULL) != VSDK_STATUS_INVALID_ARGUMENT)
        return 1;
    /* Each has handles of its own. */
    if (other_debug_live_handles(VSDK_HANDLE_KIND_ALL) != 1 || vsdk_debug_live_handles(VSDK_HANDLE_KIND_ALL) != 0)
        return 2;
    if (vsdk_create_room(NULL, VSDK_TIMEOUT_DEFAULT, &room, &error) != VSDK_STATUS_NOT_CONFIGURED)
        return 3;
    puts(vsdk_error_message(error));
    vsdk_error_free(error);
    if (strcmp(vsdk_status_name(VSDK_STATUS_PANIC), other_status_name(VSDK_STATUS_PANIC)) != 0)
        return 4;
    other_meeting_options_free(options);
    return 0;
}
"#;
    fs::write(folder.join("app.c"), program).expect("writable");
    let names = support::committed("bindings/exports.txt");
    let names = names.lines().map(|name| {
        let rest = name.strip_prefix("vsdk_").expect("a function of ours");
        format!("{name} other_{rest}\n")
    });
    fs::write(folder.join("names"), names.collect::<String>()).expect("writable");
    let archive = support::library_directory().join("libvsdk.a");
    home.succeed(
        &folder,
        &format!(
            "objcopy --strip-debug --redefine-syms names '{}' libother.a",
            archive.display()
        ),
    );
    let line = "export PKG_CONFIG_PATH=\"$HOME/vsdk/lib/pkgconfig\"
        cc app.c -o app $(pkg-config --cflags vsdk-static) LIBRARIES";
    let ours = "$(pkg-config --libs vsdk-static)";
    for libraries in [
        format!("{ours} libother.a {ours}"),
        format!("libother.a {ours}"),
    ] {
        home.succeed(&folder, &line.replace("LIBRARIES", &libraries));
        let said = home.succeed(&folder, "./app");
        assert!(said.contains("There is no token"), "{said}");
    }
    // Without the sealing they do not.
    let unsealed = format!("libother.a '{}'", archive.display());
    let said = home.fail(&folder, &line.replace("LIBRARIES", &unsealed));
    assert!(said.contains("multiple definition of"), "{said}");
}

/// A library that was built here runs on older systems, down to what the README says. Newer systems
/// than the one it names may give it newer symbols.
#[test]
fn the_library_needs_no_newer_glibc_than_the_readme_says() {
    let text = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).output();
        let output = output.expect("it comes with every compiler");
        assert!(output.status.success(), "{program}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let version = |text: &str| -> (u32, u32) {
        let (major, minor) = text.split_once('.').expect("two numbers");
        let minor = minor.split('.').next().expect("the second");
        let number = |text: &str| text.parse().expect("a number");
        (number(major), number(minor))
    };
    let page = support::committed("README.md");
    let (_, claim) = page.split_once("glibc from ").expect("the oldest");
    let (oldest, claim) = claim
        .split_once(", built with glibc ")
        .expect("the builder");
    let built_with = claim.split_once(' ').expect("more text").0;

    let library = built().join("libvsdk.so");
    let symbols = text(
        "readelf",
        &["--version-info", "--wide", library.to_str().expect("plain")],
    );
    let needed = symbols.split("Name: GLIBC_").skip(1);
    let needed = needed.filter_map(|rest| rest.split_whitespace().next());
    let newest = needed.map(version).max().expect("it needs some");
    let here = text("getconf", &["GNU_LIBC_VERSION"]);
    let here = version(here.trim().trim_start_matches("glibc "));
    println!("glibc {here:?} here, {newest:?} needed");
    assert!(newest <= here, "what was built here runs here");
    if here <= version(built_with) {
        assert!(
            newest <= version(oldest),
            "{newest:?} is newer than {oldest}"
        );
    }
}

/// The README in the tarball is all that its user has.
#[test]
fn a_tarball_works_wherever_it_is_unpacked() {
    need("pkg-config", "pkg-config");
    need("cmake", "cmake");
    let home = Home::new("tarball");
    // Both times the same bytes, whatever the umask.
    let pack = |umask: &str| {
        let line = format!("umask {umask}; CARGO_TARGET_DIR=\"$HOME/target\" make tarball");
        home.succeed(support::root(), &line);
        tree(&home.path("target/dist"))
    };
    let made = pack("022");
    let sums = || {
        let sum = made.iter().find(|file| file.ends_with(".sha256"));
        fs::read_to_string(home.path("target/dist").join(sum.expect("a sum"))).expect("readable")
    };
    let first = sums();
    assert_eq!(pack("077"), made);
    assert_eq!(sums(), first);
    let name = first.trim().split_once("  ").expect("sum and name").1;
    assert_eq!(
        made,
        BTreeSet::from([name.to_owned(), format!("{name}.sha256")])
    );

    let name = name.strip_suffix(".tar.gz").expect("a tarball");
    let version = env!("CARGO_PKG_VERSION");
    assert!(name.starts_with(&format!("vsdk-{version}-")), "{name}");
    let folder = home.folder("elsewhere");
    home.succeed(
        &home.path("target/dist"),
        &format!(
            "sha256sum --check {name}.tar.gz.sha256
             tar -xzf {name}.tar.gz -C \"$HOME/elsewhere\""
        ),
    );
    fs::remove_dir_all(home.path("target")).expect("it was unpacked");
    let mut expected = tree(&Home::with_library().path("vsdk"));
    expected.insert("README.md".to_owned());
    assert_eq!(tree(&folder.join(name)), expected);

    let page = fs::read_to_string(folder.join(name).join("README.md")).expect("readable");
    let lines = page.split("```sh\n").nth(1).expect("how it is used");
    let (lines, _) = lines.split_once("```").expect("its end");
    home.succeed(&folder, lines);
    assert!(is_loading(&folder.join("app")));
    assert!(!is_loading(&folder.join("app-static")));
    let said = home.succeed(&folder, "./app --help; ./app-static --help");
    assert_eq!(said.matches("usage: quickstart").count(), 2, "{said}");

    // Under the name that the documents use, all that they say holds.
    fs::rename(folder.join(name), home.path("vsdk")).expect("one file system");
    let folder = home.folder("pkg-config");
    home.succeed(&folder, &block_with("examples/README.md", "pkg-config"));
    assert_samples_work(&home, &folder, false);
    for language in ["c", "cpp"] {
        let lines = block_with("examples/README.md", "cmake");
        let folder = home.folder("cmake");
        home.succeed(&folder, &lines.replace("/c/.", &format!("/{language}/.")));
        assert_samples_work(&home, &folder.join("build"), false);
    }
}

#[test]
fn a_version_is_found_by_those_that_it_fits() {
    need("cmake", "cmake");
    let home = Home::with_library();
    let folder = home.folder("versions");
    let answer = |request: &str| {
        let lists = format!(
            "cmake_minimum_required(VERSION 3.19)\nproject(app C)\n\
             find_package({request})\nget_target_property(where Vsdk::static IMPORTED_LOCATION)\n\
             message(STATUS \"at ${{where}}\")\n"
        );
        fs::write(folder.join("CMakeLists.txt"), lists).expect("writable");
        let _ = fs::remove_dir_all(folder.join("build"));
        home.run(
            &folder,
            "cmake -S . -B build -DCMAKE_PREFIX_PATH=\"$HOME/vsdk\"",
        )
    };
    let version = env!("CARGO_PKG_VERSION");
    let (series, patch) = version.rsplit_once('.').expect("three numbers");
    let patch: u32 = patch.parse().expect("a number");
    for fits in [
        "Vsdk REQUIRED".to_owned(),
        "vsdk REQUIRED".to_owned(),
        format!("Vsdk {series} REQUIRED"),
        format!("Vsdk {version} EXACT REQUIRED"),
        format!("Vsdk {series}...0.99 REQUIRED"),
        // Twice in one project, as it happens with subprojects.
        format!("Vsdk {series} REQUIRED)\nfind_package(Vsdk REQUIRED"),
    ] {
        let output = answer(&fits);
        assert_eq!(output.code, Some(0), "{fits}: {}", output.stderr);
        let place = home.path("vsdk/lib/libvsdk.a");
        let place = format!("at {}", place.display());
        assert!(output.stdout.contains(&place), "{fits}: {}", output.stdout);
    }
    for does_not in [
        "Vsdk 0.0 REQUIRED".to_owned(),
        "Vsdk 0.2 REQUIRED".to_owned(),
        "Vsdk 1.0 REQUIRED".to_owned(),
        format!("Vsdk {series}.{} REQUIRED", patch + 1),
        format!("Vsdk {series} EXACT REQUIRED)\nfind_package(Vsdk 0.0.1 EXACT REQUIRED"),
        "Vsdk 0.2...0.3 REQUIRED".to_owned(),
        format!("Vsdk 0.0...<{version} REQUIRED"),
    ] {
        let output = answer(&does_not);
        assert_ne!(output.code, Some(0), "{does_not}");
        let told = format!("version: {version}");
        assert!(output.stderr.contains(&told), "{}", output.stderr);
    }
}

#[test]
fn a_second_installation_replaces_the_first_and_removing_leaves_the_rest() {
    let home = Home::new("twice");
    let install = "make install PREFIX=\"$HOME/vsdk\"";
    let said = home.succeed(support::root(), install);
    assert!(said.contains("is installed in "), "{said}");
    assert!(said.contains("/vsdk/lib/pkgconfig\""), "{said}");
    let first = tree(&home.path("vsdk"));
    let older = [
        "include/vsdk/removed.hpp",
        "lib/libvsdk.so.0.0.9",
        "share/doc/vsdk/examples/c/removed.c",
    ];
    let foreign = ["include/other.h", "lib/libother.so", "lib/libvsdk2.so"];
    for file in older.iter().chain(&foreign) {
        fs::write(home.path("vsdk").join(file), "x").expect("writable");
    }
    // A running program keeps the file that it has loaded.
    let library = home.path("vsdk/lib/libvsdk.so");
    let before = fs::File::open(&library).expect("installed");
    home.succeed(support::root(), install);
    let mut expected = first.clone();
    expected.extend(foreign.map(str::to_owned));
    assert_eq!(tree(&home.path("vsdk")), expected);
    assert!(before.metadata().is_ok_and(|it| it.nlink() == 0));

    home.succeed(support::root(), "make uninstall PREFIX=\"$HOME/vsdk\"");
    assert_eq!(
        tree(&home.path("vsdk")),
        BTreeSet::from(foreign.map(str::to_owned))
    );
    let said = home.fail(support::root(), "make uninstall PREFIX=\"$HOME/vsdk\"");
    assert!(said.contains("there is no vsdk in "), "{said}");
}

#[test]
fn what_keeps_it_from_being_installed_is_told() {
    let home = Home::new("failing");
    fs::write(home.path("file"), "in the way").expect("writable");
    let install = |line: &str| home.fail(support::root(), line);

    // Not even the superuser makes a folder in a file.
    let said = install("make install PREFIX=\"$HOME/file/vsdk\"");
    assert!(said.contains("/file/vsdk/include/vsdk cannot be written."));
    assert!(
        said.contains("make install PREFIX=\"$HOME/vsdk\""),
        "{said}"
    );
    let said = install("make install PREFIX=vsdk");
    assert!(said.contains("PREFIX is 'vsdk', and has to begin with a slash"));
    let said = install("make install PREFIX=\"$HOME/vsdk\" BUILT=\"$HOME\"");
    assert!(said.contains("there is no ") && said.contains("packaging/build.sh makes it"));
    let said = install("make install PREFIX=\"$HOME/vsdk\" BUILT= CARGO=no-such-cargo");
    assert!(said.contains("'no-such-cargo' was not found. It needs Rust 1.90 or newer"));
    assert_eq!(tree(&home.path("")), BTreeSet::from(["file".to_owned()]));
}
