//! The documentation says what is so: its code compiles and runs, its tables are those of the code,
//! its links lead somewhere, and every name in it exists.
//!
//! A block of code is marked by a comment on the line above it: `<!-- test: run -->`. What the
//! markers mean is told in CONTRIBUTING.md.
#![cfg(target_os = "linux")]

#[path = "../build/api.rs"]
#[allow(dead_code, missing_docs)] // Read here, written by the build.
mod api;
#[path = "readme/markdown.rs"]
mod markdown;
mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use api::Api;
use devserver::Server;
use markdown::{Block, Page, quoted, words};
use serde_json::{Value, json};
use support::{Compilation, Language};
use vsdk::meeting::EventType;
use vsdk::token::FindingCode;
use vsdk::{MeetingOptions, Status};

/// What `make` is asked for in the documents when there is no Makefile to look into.
const MAKE_TARGETS: &[&str] = &[
    "bench",
    "demo",
    "docs",
    "header",
    "help",
    "install",
    "lint",
    "platforms",
    "test",
    "test-deep",
    "uninstall",
    "wheel",
];

/// Names with our prefix that are not the library's.
const OTHER_NAMES: &[&str] = &[
    "VSDK_ALLOW_SKIP",
    "VSDK_CACHE",
    "VSDK_CLONE",
    "VSDK_LIBRARY",
    "VSDK_LIBVPX_DIR",
    "VSDK_SHARED",
    "VSDK_TEST_LIBRARY_DIR",
    "VSDK_TEST_RUNNER",
    "Vsdk",
    "VsdkException",
    "VsdkMeetingException",
    "VsdkServiceException",
    "VsdkTokenException",
    "vsdk_loom",
];

/// What no document may hold: places of one machine, and shouting.
const FORBIDDEN: &[&str] = &[
    "/home/", "/root/", "/tmp/", "/work/", "! ", "!\n", "TODO", "FIXME",
];

fn pages() -> Vec<Page> {
    markdown::pages(support::root())
}

fn page(name: &str) -> Page {
    let mut pages = pages();
    let index = pages.iter().position(|page| page.name == name);
    pages.swap_remove(index.unwrap_or_else(|| panic!("there is no {name}")))
}

fn api() -> Api {
    serde_json::from_str(&support::generated("bindings/api.json")).expect("written by the build")
}

fn service() -> Server {
    Server::start(devserver::Options::default()).expect("loopback has free ports")
}

// ---- Code ----------------------------------------------------------------------------------------

#[test]
fn every_block_says_what_it_is() {
    let known = [
        "c", "cmake", "cpp", "java", "json", "kotlin", "python", "rust", "sh", "swift", "text",
        "toml", "xml",
    ];
    let mut count = 0;
    for page in &pages() {
        for block in page.blocks() {
            assert!(
                known.contains(&block.language),
                "{}: `{}` is none of {known:?}",
                block.place(),
                block.language
            );
            count += 1;
        }
    }
    assert!(count > 20, "only {count} blocks were found");
}

#[test]
fn c_and_cxx_blocks_compile_and_those_that_are_marked_run() {
    let server = service();
    let (mut compiled, mut run) = (0, 0);
    for page in &pages() {
        for block in page.blocks() {
            let language = match block.language {
                "c" => Language::C,
                "cpp" => Language::Cxx,
                _ => continue,
            };
            if let Some(file) = origin(&block) {
                assert_in_file(&block, file);
                continue;
            }
            compiled += 1;
            run += usize::from(compile(&block, language, &server));
        }
    }
    println!("{compiled} compiled, {run} run");
    assert!(compiled >= 5 && run >= 1);
}

/// Compiles a block and runs it if it is marked so; says whether it was.
fn compile(block: &Block, language: Language, server: &Server) -> bool {
    let whole = block.code.contains("int main(");
    let standard = match language {
        Language::C => "-std=c11",
        Language::Cxx => "-std=c++17",
    };
    let text = match whole {
        true => block.code.clone(),
        false => {
            let frame = support::committed("tests/readme/frame.c");
            assert!(frame.contains("SNIPPET\n"));
            frame.replace("SNIPPET\n", &block.code)
        }
    };
    println!("{}", block.place());
    let mut compilation = Compilation::new(&block.file_name(), language)
        .flags(&[standard])
        .text("block.c", &text);
    if block.marker != Some("run") {
        compilation.build();
        return false;
    }
    assert!(whole, "{}: only a program can be run", block.place());
    compilation = compilation.source("tests/readme/local_service.c");
    let program = compilation
        .build()
        .environment("README_SERVICE", server.http_url());
    let output = program.succeed(&[&server.token()]);
    assert!(output.contains("can join the meeting in room"), "{output}");
    assert!(server.stats().requests_total > 0, "it asked nobody");
    // And it explains its failure, as the text around it promises.
    let refused = program.run(&["Bearer x"]);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert_eq!(refused.stderr.lines().count(), 2, "{refused:?}");
    true
}

/// `<!-- test: from path -->`: the block is a part of that file.
fn origin<'page>(block: &Block<'page>) -> Option<&'page str> {
    block.marker?.strip_prefix("from ")
}

fn assert_in_file(block: &Block, file: &str) {
    assert!(
        support::committed(file).contains(&block.code),
        "{}: this is not in {file} any more",
        block.place()
    );
}

#[test]
fn rust_blocks_compile_and_those_that_are_marked_run() {
    let server = service();
    let mut count = 0;
    for page in &pages() {
        for block in page.blocks().iter().filter(|it| it.language == "rust") {
            if let Some(file) = origin(block) {
                assert_in_file(block, file);
                continue;
            }
            let source = support::scratch().join(format!("{}.rs", block.file_name()));
            let program = support::scratch().join(block.file_name());
            // The one thing that users write in another way: which server.
            let code = block.code.replace(
                "vsdk::config(&token)?;",
                "vsdk::config_with(&vsdk::ConfigOptions::new().token(&token)\
                 .api_base_url(std::env::var(\"README_SERVICE\").ok().as_deref()))?;",
            );
            fs::write(&source, code).expect("the scratch directory is writable");
            let dependencies = support::library_directory();
            let output = Command::new(std::env::var("RUSTC").unwrap_or("rustc".to_owned()))
                .args(["--edition=2024", "--extern"])
                .arg(format!(
                    "vsdk={}",
                    dependencies.join("libvsdk.rlib").display()
                ))
                .arg("-L")
                .arg(format!("dependency={}", dependencies.display()))
                .args(native_directories())
                .arg("-o")
                .arg(&program)
                .arg(&source)
                .output()
                .expect("rustc is there, cargo used it");
            assert!(
                output.status.success(),
                "{}\n{}",
                block.place(),
                String::from_utf8_lossy(&output.stderr)
            );
            if block.marker == Some("run") {
                let output = Command::new(&program)
                    .arg(server.token())
                    .env("README_SERVICE", server.http_url())
                    .output()
                    .expect("just built");
                let said = String::from_utf8_lossy(&output.stdout).into_owned();
                assert!(output.status.success(), "{output:?}");
                assert!(said.contains("can join the meeting in room"), "{said}");
                count += 1;
            }
        }
    }
    assert!(count >= 1, "no Rust block was run");
}

/// Where build scripts left native libraries: cargo passes them on by this variable.
fn native_directories() -> Vec<String> {
    let paths = std::env::var("LD_LIBRARY_PATH").unwrap_or_default();
    paths
        .split(':')
        .filter(|path| path.contains("/build/"))
        .map(|path| format!("-Lnative={path}"))
        .collect()
}

#[test]
fn json_blocks_are_json() {
    for page in &pages() {
        for block in page.blocks().iter().filter(|it| it.language == "json") {
            if let Err(error) = serde_json::from_str::<Value>(&block.code) {
                panic!("{}: {error}", block.place());
            }
        }
    }
}

#[test]
fn commands_name_what_exists_and_samples_compile_with_the_lines_given() {
    let pages = pages();
    let mut programs = BTreeSet::new();
    let mut lines = Vec::new();
    for page in &pages {
        for block in page.blocks() {
            if block.language != "sh" {
                continue;
            }
            if block.marker == Some("installed") {
                programs.extend(programs_of(&block));
                continue;
            }
            for line in block.code.lines() {
                let line = line.split(" # ").next().unwrap_or(line).trim().to_owned();
                if !line.is_empty() && !line.starts_with('#') {
                    lines.push((block.place(), line));
                }
            }
        }
    }
    for (place, line) in &lines {
        if line.starts_with("cc ") || line.starts_with("c++ ") {
            programs.insert(compile_line(place, line));
        }
    }
    for (place, line) in &lines {
        check_command(place, line, &programs);
    }
    println!("{} commands, {} programs", lines.len(), programs.len());
    assert!(lines.len() > 20 && programs.len() >= 3);
}

/// The programs that a block makes whose lines `tests/install.rs` runs.
fn programs_of(block: &Block) -> Vec<String> {
    let lines = block.code.lines();
    let named = lines.filter_map(|line| line.split_once(" -o ")?.1.split(' ').next());
    named.map(str::to_owned).collect()
}

/// Runs a line that begins with `cc` or `c++`, with the library under test; gives the program's name.
fn compile_line(place: &str, line: &str) -> String {
    let name = line
        .split_once(" -o ")
        .unwrap_or_else(|| panic!("{place}: `{line}` names no program"))
        .1
        .split(' ')
        .next()
        .expect("split gives one")
        .to_owned();
    let program = support::scratch().join(&name);
    let directory = support::library_directory();
    let local = line
        .replace("target/release", &directory.display().to_string())
        .replace("$PWD/", "")
        .replace(&format!("-o {name}"), &format!("-o {}", program.display()));
    shell(place, &local, support::root());
    name
}

fn check_command(place: &str, line: &str, programs: &BTreeSet<String>) {
    let mut words = line
        .split_whitespace()
        .skip_while(|word| word.contains('=') && !word.starts_with('-'));
    let root = support::root();
    match (words.next(), words.next()) {
        (Some("make"), Some(target)) => assert!(
            make_targets().iter().any(|known| known == target),
            "{place}: make has no target `{target}`"
        ),
        (Some("cargo"), Some(verb)) => {
            let rest: Vec<&str> = words.collect();
            for (flag, folder) in [
                ("-p", ""),
                ("--test", "tests/"),
                ("--example", "examples/rust/"),
            ] {
                let Some(at) = rest.iter().position(|word| *word == flag) else {
                    continue;
                };
                let name = rest[at + 1];
                let path = format!("{folder}{name}");
                assert!(
                    name == "vsdk" || root.join(&path).exists() || root.join(path + ".rs").exists(),
                    "{place}: cargo {verb} {flag} {name}: there is none"
                );
            }
        }
        (Some("cc" | "c++" | "cp" | "curl" | "export" | "cd"), _) => {}
        // These are run by the tests of the bindings.
        (Some("java" | "mvn" | "pip" | "python" | "swift"), _) => {}
        (Some(word), _) => {
            let known = word
                .strip_prefix("./")
                .is_some_and(|name| programs.contains(name));
            let assigns = line.starts_with("TOKEN=$(curl ") || line.contains("=http");
            assert!(
                known || assigns || root.join(word).exists(),
                "{place}: `{line}` is a command that nobody checks"
            );
        }
        (None, _) => {}
    }
}

fn make_targets() -> Vec<String> {
    match fs::read_to_string(support::root().join("Makefile")) {
        Ok(makefile) => makefile
            .lines()
            .filter_map(|line| line.split_once(':'))
            .flat_map(|(targets, _)| targets.split_whitespace())
            .map(str::to_owned)
            .collect(),
        Err(_) => MAKE_TARGETS.iter().map(|&it| it.to_owned()).collect(),
    }
}

#[test]
fn curl_lines_are_answered_by_the_local_service() {
    let mut count = 0;
    for page in &pages() {
        for block in page.blocks() {
            if block.marker != Some("curl") {
                continue;
            }
            let server = service();
            count += block.code.matches("curl ").count();
            let script = block
                .code
                .replace("http://127.0.0.1:3000", server.http_url())
                .replace("curl ", "curl -sS --fail-with-body --max-time 60 ");
            shell(
                &block.place(),
                &format!("set -e\n{script}"),
                support::root(),
            );
            assert!(server.stats().requests_total > 0, "{}", block.place());
        }
    }
    assert!(count > 10, "only {count} requests");
}

fn shell(place: &str, script: &str, directory: &Path) -> String {
    let output = Command::new("sh")
        .args(["-c", script])
        .current_dir(directory)
        .output()
        .expect("there is a shell");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{place}: {script}\n{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    said
}

#[test]
fn the_lines_for_linking_link() {
    let readme = page("README.md");
    let program = readme
        .blocks()
        .into_iter()
        .find(|block| block.language == "c" && block.marker == Some("run"))
        .expect("the seed flow");
    let directory = support::scratch().join("linking");
    fs::create_dir_all(&directory).expect("the scratch directory is writable");
    fs::write(directory.join("app.c"), &program.code).expect("writable");
    let include = support::root().join("include").display().to_string();
    let library = support::library_directory().display().to_string();
    let lines = readme
        .text
        .lines()
        .filter(|line| line.starts_with("| ") && line.contains("`cc app.c "));
    let mut count = 0;
    for line in lines {
        for command in quoted(line) {
            let command = command
                .replace("-Iinclude", &format!("-I{include}"))
                .replace("$PWD/", "")
                .replace("target/release", &library);
            // Run without a token it says so, and thereby that it was loaded.
            let command = match command.strip_prefix("cc ") {
                Some(_) => command,
                None => format!("{{ {command} || [ $? = 1 ]; }} 2>&1 | grep -i token"),
            };
            shell("README.md, Linking", &command, &directory);
        }
        let run = "{ LD_LIBRARY_PATH=$L ./a.out || [ $? = 1 ]; } 2>&1 | grep -i token";
        shell(line, &format!("L={library}; {run}"), &directory);
        count += 1;
    }
    assert_eq!(count, 3);
}

// ---- Output that is shown --------------------------------------------------------------------------

#[test]
fn the_demo_says_what_the_readme_shows() {
    let readme = page("README.md");
    let shown = marked(&readme, "demo");
    let libraries = support::library_directory();
    let target = libraries.ancestors().nth(2).expect("target/<profile>/deps");
    let output = Command::new("examples/demo.sh")
        .current_dir(support::root())
        .env("DEMO_LIBRARIES", &libraries)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("it can be run");
    let said = String::from_utf8_lossy(&output.stdout);
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{complaints}");
    let comparable = |text: &str| -> Vec<String> { text.lines().map(without_chance).collect() };
    assert_eq!(comparable(&shown), comparable(&said), "{said}");
}

/// A line without what differs from run to run.
fn without_chance(line: &str) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    match words[0] {
        "created" | "participant" | "name" => words[0].to_owned(),
        "meeting" => {
            let keys: Vec<&str> = line.split('"').skip(1).step_by(2).take(1).collect();
            format!("meeting {keys:?}")
        }
        _ => words
            .into_iter()
            .map(|word| match word {
                _ if word.starts_with("http://127.0.0.1:") => word
                    .trim_end_matches("/get-token")
                    .rsplit_once(':')
                    .map_or("", |it| it.0),
                _ if word.len() == 14 && word.matches('-').count() == 2 => "ID",
                _ => word,
            })
            .collect::<Vec<_>>()
            .join(" "),
    }
}

#[test]
fn the_doctor_says_what_the_readme_shows() {
    let readme = page("README.md");
    let shown = marked(&readme, "doctor");
    let (command, expected) = shown.split_once('\n').expect("a command and its output");
    let arguments = command
        .strip_prefix("$ token_doctor ")
        .expect("the first line is the command");
    let (flags, token) = arguments.split_once('"').expect("a quoted token");
    let mut arguments: Vec<&str> = flags.split_whitespace().collect();
    arguments.push(token.trim_end_matches('"'));
    let output = Compilation::new("doctor", Language::C)
        .source("examples/c/token_doctor.c")
        .build()
        .run(&arguments);
    assert_eq!(output.code, Some(1));
    assert_eq!(output.stdout, expected);
}

fn marked(page: &Page, marker: &str) -> String {
    let blocks = page.blocks();
    let block = blocks.iter().find(|block| block.marker == Some(marker));
    block
        .unwrap_or_else(|| panic!("no block `{marker}`"))
        .code
        .clone()
}

// ---- Tables ----------------------------------------------------------------------------------------

#[test]
fn the_tables_of_statuses_are_those_of_the_code() {
    let errors = page("docs/errors.md");
    let listed: Vec<(String, String)> = errors
        .table("all statuses")
        .iter()
        .map(|row| (row[0].to_owned(), quoted(row[1])[0].to_owned()))
        .collect();
    let existing: Vec<(String, String)> = Status::ALL
        .iter()
        .map(|status| (status.code().to_string(), status.name().to_owned()))
        .collect();
    assert_eq!(listed, existing);
    let anchors = errors.anchors();
    for (row, status) in errors.table("all statuses").iter().zip(Status::ALL) {
        assert_eq!(row.len(), 4, "{row:?}");
        assert!(!row[2].is_empty(), "{row:?}");
        let is_retryable = vsdk::Error::new(*status, "", "").is_retryable();
        assert_eq!(row[3] == "yes", is_retryable, "{row:?}");
        let anchor = status.name().to_lowercase();
        assert!(anchors.contains(&anchor), "nothing explains {status}");
    }

    let readme = page("README.md");
    let troubles = readme.table("statuses");
    assert_eq!(troubles.len(), 15);
    for row in troubles {
        let name = quoted(row[0])[0];
        assert!(
            Status::ALL.iter().any(|status| status.name() == name),
            "README.md: there is no status {name}"
        );
    }
}

#[test]
fn the_table_of_findings_is_that_of_the_code() {
    let tokens = page("docs/tokens.md");
    let listed: Vec<[String; 3]> = tokens
        .table("all findings")
        .iter()
        .map(|row| {
            [
                row[0].to_owned(),
                quoted(row[1])[0].to_owned(),
                row[4].to_owned(),
            ]
        })
        .collect();
    let existing: Vec<[String; 3]> = FindingCode::ALL
        .iter()
        .map(|code| {
            let service = code.service_code().map(|number| number.to_string());
            [
                code.code().to_string(),
                code.name().to_owned(),
                service.unwrap_or_default(),
            ]
        })
        .collect();
    assert_eq!(listed, existing);
}

#[test]
fn the_table_of_events_is_that_of_the_code() {
    let events = page("docs/events.md");
    let listed: Vec<(String, String)> = events
        .table("all events")
        .iter()
        .map(|row| (row[0].to_owned(), quoted(row[1])[0].to_owned()))
        .collect();
    let existing: Vec<(String, String)> = EventType::ALL
        .iter()
        .map(|kind| ((*kind as i32).to_string(), kind.name().to_owned()))
        .collect();
    assert_eq!(listed, existing);
}

/// Every figure in docs/security.md is the one in the source that the row names.
#[test]
fn the_table_of_bounds_is_that_of_the_code() {
    let security = page("docs/security.md");
    let rows = security.table("bounds");
    assert!(rows.len() >= 18, "only {} bounds", rows.len());
    for row in rows {
        let [file, constant] = quoted(row[2])[..] else {
            panic!("{row:?} names no file and constant");
        };
        let one_more = u64::from(row[2].ends_with("is one more"));
        let said = figure(row[1]);
        let written = written_in(file, constant) - one_more;
        assert_eq!(said, written, "docs/security.md: {}", row[0]);
    }
}

/// `4,096`, `64 KiB` or `10 s` as a number of bytes, seconds or things.
fn figure(text: &str) -> u64 {
    let (number, unit) = text.split_once(' ').unwrap_or((text, ""));
    let factor = match unit {
        "" | "s" | "bytes" => 1,
        "KiB" => 1024,
        "MiB" => 1024 * 1024,
        _ => panic!("`{text}` has a unit that nobody knows"),
    };
    let number: u64 = number.replace(',', "").parse().expect("a number");
    number * factor
}

/// The value of a constant, which is made of numbers and other constants of its file.
fn written_in(file: &str, constant: &str) -> u64 {
    let source = support::committed(file);
    let expression = source
        .split_once(&format!("const {constant}: "))
        .and_then(|(_, rest)| rest.split_once(" = ")?.1.split_once(";\n"))
        .unwrap_or_else(|| panic!("{file} has no constant {constant}"))
        .0;
    let expression = expression
        .trim_start_matches("Duration::from_secs(")
        .replace("((1 << SEGMENTS) - 1)", "POWER")
        .replace(')', "");
    let value = |word: &str| match word {
        "POWER" => (1 << written_in(file, "SEGMENTS")) - 1,
        "MAX_REPLY_BYTES" => written_in("src/http/mod.rs", word),
        "MAX_FRAME_BYTES" => written_in("src/signaling/mod.rs", word),
        _ if word.starts_with(|it: char| it.is_ascii_uppercase()) => written_in(file, word),
        _ => word.replace('_', "").parse().expect("a number"),
    };
    let mut words = expression.split(' ');
    let first = value(words.next().expect("split gives one"));
    let rest: Vec<&str> = words.collect();
    rest.chunks(2).fold(first, |left, pair| match pair {
        ["*", right] => left * value(right),
        ["/", right] => left / value(right),
        _ => panic!("{file}: {constant} is {expression}, which nobody understands here"),
    })
}

#[test]
fn the_tables_of_options_are_those_of_the_header() {
    let options = page("docs/options.md");
    for (marker, prefix) in [
        ("all meeting options", "vsdk_meeting_options_"),
        ("all room options", "vsdk_room_options_"),
        ("all config options", "vsdk_config_options_"),
    ] {
        let listed: BTreeSet<String> = options
            .table(marker)
            .iter()
            .map(|row| quoted(row[0])[0].to_owned())
            .collect();
        let existing: BTreeSet<String> = api()
            .functions
            .into_iter()
            .map(|function| function.name)
            .filter(|name| {
                name.strip_prefix(prefix)
                    .is_some_and(|verb| verb.starts_with("set_") || verb.starts_with("add_"))
            })
            .collect();
        assert_eq!(listed, existing, "{marker}");
    }
}

#[test]
fn json_names_of_options_are_understood_and_their_defaults_are_those_of_the_code() {
    let options = page("docs/options.md");
    let defaults = default_snapshot();
    let mut documented = BTreeSet::new();
    let mut compared = 0;
    for row in options.table("all meeting options") {
        let names = quoted(row[1]);
        for name in &names {
            documented.insert((*name).to_owned());
            let json = json!({ *name: null }).to_string();
            if let Err(error) = MeetingOptions::default().set_json(&json) {
                panic!("docs/options.md: {name}: {error}");
            }
        }
        let default = quoted(row[2]);
        if let ([name, ..], [default]) = (names.as_slice(), default.as_slice())
            && row[2] == format!("`{default}`")
        {
            let actual = &defaults[*name];
            let actual = actual.as_str().map_or(actual.to_string(), str::to_owned);
            assert_eq!(actual, *default, "docs/options.md: the default of {name}");
            compared += 1;
        } else if row[2] == "none" {
            assert_eq!(defaults[names[0]], Value::Null, "{}", names[0]);
            compared += 1;
        }
        check_choices(&names, row[3]);
    }
    assert!(compared >= 14, "only {compared} defaults were compared");
    assert_eq!(documented, names_in_code());

    for row in options.table("absent meeting options") {
        for name in quoted(row[0]) {
            let json = json!({ name: null }).to_string();
            let error = MeetingOptions::default()
                .set_json(&json)
                .expect_err("an option that does not exist");
            assert!(error.message().contains("no option"), "{name}: {error}");
        }
    }
}

/// A meeting made from nothing but a room id, as JSON.
fn default_snapshot() -> Value {
    use vsdk::redact::Secret;
    use vsdk::token::{MintOptions, mint};
    let token = mint(&MintOptions::new("key", Secret::new("not-a-secret"))).expect("mintable");
    let mut options = MeetingOptions::new("room");
    options.set_token(Some(token.text().expose()));
    let meeting = vsdk::init_meeting(&options).expect("good options");
    serde_json::from_str(&meeting.snapshot().to_json()).expect("JSON")
}

/// Every name that `set_json` reads, from its source.
fn names_in_code() -> BTreeSet<String> {
    let source = support::committed("src/meeting/json.rs");
    let names = source
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with('"'))
        .filter_map(|line| line.split_once(" =>"))
        .flat_map(|(names, _)| names.split('"').skip(1).step_by(2))
        .map(str::to_owned);
    names.collect()
}

/// Where a range lists values, all of them are taken and there are no others.
fn check_choices(names: &[&str], range: &str) {
    use vsdk::meeting::{AudioCodec, MaxResolution, Mode, PeerType, PreferredProtocol};
    let existing: Vec<&str> = match names.first() {
        Some(&"mode") => Mode::ALL.iter().map(|it| it.name()).collect(),
        Some(&"preferredProtocol") => PreferredProtocol::ALL.iter().map(|it| it.name()).collect(),
        Some(&"maxResolution") => MaxResolution::ALL.iter().map(|it| it.name()).collect(),
        Some(&"audioCodec") => AudioCodec::ALL.iter().map(|it| it.name()).collect(),
        Some(&"peerType") => PeerType::ALL.iter().map(|it| it.name()).collect(),
        _ => return,
    };
    assert_eq!(quoted(range), existing, "docs/options.md: {}", names[0]);
}

/// What the table in docs/local-service.md says of each fault is what happens.
#[test]
fn faults_become_what_the_table_says() {
    use devserver::{Fault, FaultKind};
    use vsdk::{RequestOptions, RoomOptions};

    let text = page("docs/local-service.md").text;
    let says = |fault: &str, outcome: &str| {
        let row = text
            .lines()
            .find(|line| line.starts_with(&format!("| {fault}")))
            .unwrap_or_else(|| panic!("docs/local-service.md has no row for {fault}"));
        assert!(row.contains(outcome), "{row} should say {outcome}");
    };
    let create = |fault: Option<Fault>, timeout_ms: u64| -> Result<(), vsdk::Error> {
        let server = service();
        let mut request = RequestOptions::new();
        request
            .set_api_base_url(Some(server.http_url()))
            .set_token(Some(&server.token()))
            .set_timeout(std::time::Duration::from_millis(timeout_ms));
        if let Some(fault) = fault {
            server.faults().add(fault).expect("a good fault");
        }
        vsdk::create_room(&RoomOptions::new(), &request)
            .wait()
            .map(drop)
    };
    let fetch = |fault: Fault| -> Result<(), vsdk::Error> {
        let server = service();
        server.faults().add(fault).expect("a good fault");
        let url = format!("{}/get-token", server.http_url());
        let fetched = vsdk::token::fetch_token(
            &url,
            &vsdk::token::FetchOptions::new(),
            vsdk::Timeout::Default,
        );
        fetched.wait().map(drop)
    };
    let status = |outcome: Result<(), vsdk::Error>| match outcome {
        Ok(()) => "success",
        Err(error) => error.status().name(),
    };
    let room = "POST /v2/rooms";
    let token = "/get-token";
    for (row, outcome) in [
        (
            "one 429",
            status(create(Some(Fault::rate_limit(room, "1")), 30_000)),
        ),
        (
            "one 429",
            status(create(Some(Fault::rate_limit(room, "60")), 10_000)),
        ),
        (
            "503 on a creation",
            status(create(Some(Fault::reply(room, 503, "")), 30_000)),
        ),
        ("503 on a read", status(fetch(Fault::reply(token, 503, "")))),
        (
            "`reset` on a read",
            status(fetch(Fault::new(token, FaultKind::Reset))),
        ),
        (
            "`reset` on a read",
            status(create(Some(Fault::new(room, FaultKind::Reset)), 30_000)),
        ),
        (
            "`stall`",
            status(create(Some(Fault::new(room, FaultKind::Stall)), 500)),
        ),
        (
            "`cutBody`",
            status(fetch(
                Fault::new(token, FaultKind::CutBody)
                    .body("0123456789")
                    .cut_after_bytes(4)
                    .always(),
            )),
        ),
        (
            "`endlessBody`",
            status(fetch(Fault::new(token, FaultKind::EndlessBody))),
        ),
        (
            "`redirect`",
            status(fetch(Fault::redirect(token, "http://127.0.0.1:1/"))),
        ),
    ] {
        println!("{row}: {outcome}");
        says(row, outcome);
    }
    assert_eq!(status(create(None, 30_000)), "success");
}

// ---- Words -----------------------------------------------------------------------------------------

#[test]
fn every_name_in_the_documents_exists() {
    let header = support::generated("include/vsdk.h");
    let known: BTreeSet<&str> = words(&header).map(|(word, _)| word).collect();
    let mut others: BTreeSet<&str> = OTHER_NAMES.iter().copied().collect();
    let mut count = 0;
    let root = support::root();
    for page in pages()
        .iter()
        .chain(&markdown::pages_without_programs(root))
    {
        for (name, rest) in words(&page.text) {
            if !["vsdk_", "VSDK_", "Vsdk"]
                .iter()
                .any(|it| name.starts_with(it))
            {
                continue;
            }
            count += 1;
            others.remove(name);
            let exists = if name.ends_with('_') || rest.starts_with('*') {
                known.iter().any(|known| known.starts_with(name))
            } else {
                known.contains(name) || OTHER_NAMES.contains(&name)
            };
            assert!(exists, "{}: there is no {name}", page.name);
        }
    }
    println!("{count} names");
    assert!(count > 200);
    let unused: Vec<_> = others
        .iter()
        .filter(|name| !known.contains(*name))
        .collect();
    assert!(unused.is_empty(), "no document names {unused:?} any more");
}

#[test]
fn links_lead_somewhere() {
    let pages: Vec<Page> = pages()
        .into_iter()
        .chain(markdown::pages_without_programs(support::root()))
        .collect();
    let mut count = 0;
    for page in &pages {
        let directory = Path::new(&page.name).parent().expect("a file");
        for link in page.links() {
            if link.starts_with("https://") {
                continue;
            }
            count += 1;
            let (path, anchor) = match link.split_once('#') {
                Some((path, anchor)) => (path, Some(anchor)),
                None => (link.as_str(), None),
            };
            let target = support::root().join(directory).join(path);
            assert!(
                path.is_empty() || target.exists(),
                "{}: {link} leads nowhere",
                page.name
            );
            let Some(anchor) = anchor else { continue };
            let named = match path {
                "" => Some(page),
                _ => pages.iter().find(|other| {
                    let other = support::root().join(&other.name);
                    other.canonicalize().ok() == target.canonicalize().ok()
                }),
            };
            let named = named.unwrap_or_else(|| panic!("{}: {link} is no page", page.name));
            assert!(
                named.anchors().iter().any(|it| it == anchor),
                "{}: {link}: there is no such heading",
                page.name
            );
        }
    }
    assert!(count > 30, "only {count} links");
}

#[test]
fn nothing_is_in_the_documents_that_does_not_belong_there() {
    for page in &pages() {
        for forbidden in FORBIDDEN {
            let text = page.text.replace("<!-- ", "").replace("!= ", "");
            assert!(
                !text.contains(forbidden),
                "{} holds `{}`",
                page.name,
                forbidden.escape_debug()
            );
        }
    }
}

#[test]
fn dependencies_are_all_listed_with_a_reason() {
    let contributing = page("CONTRIBUTING.md");
    let listed: BTreeSet<String> = contributing
        .table("all dependencies")
        .iter()
        .map(|row| {
            assert!(row.iter().all(|cell| !cell.is_empty()), "{row:?}");
            quoted(row[0])[0].to_owned()
        })
        .collect();
    let mut existing = BTreeSet::new();
    for manifest in ["Cargo.toml", "devserver/Cargo.toml"] {
        let mut inside = false;
        for line in support::committed(manifest).lines() {
            if line.starts_with('[') {
                inside = line.trim_end_matches(']').ends_with("dependencies");
            } else if let (true, Some((name, _))) = (inside, line.split_once(" = ")) {
                existing.insert(name.trim().to_owned());
            }
        }
    }
    existing.remove("devserver");
    assert_eq!(listed, existing);
}
