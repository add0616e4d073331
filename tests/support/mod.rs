//! C and C++ programs against the library under test: compile, link, run.
//!
//! Environment, all optional:
//!
//! - `VSDK_TEST_CC`, `VSDK_TEST_CXX`: the compiler, with arguments if need be. By default every one
//!   of gcc and clang that is installed where a test says so, else the first of them.
//! - `VSDK_TEST_CFLAGS`, `VSDK_TEST_CXXFLAGS`: more arguments: `-fsanitize=address,undefined`.
//! - `VSDK_TEST_LIBRARY_DIR`: a directory with another build of the library.
//! - `VSDK_TEST_RUNNER`: a command in front of each program: `valgrind -q --error-exitcode=9`.
//!
//! Not `CC` and `CFLAGS`: these would change how the library itself is built.
#![allow(dead_code)] // Each test program uses its part of it.

use std::env;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Far beyond what any program needs, also under Valgrind: it only ends those that hang.
const HANG: Duration = Duration::from_secs(600);

/// What the static library needs of the system, as `rustc --print native-static-libs` tells it.
pub const STATIC_NEEDS: &[&str] = &[
    "-lgcc_s",
    "-lutil",
    "-lrt",
    "-lpthread",
    "-lm",
    "-ldl",
    "-lc",
];

/// What a program is written in.
#[derive(Clone, Copy, PartialEq)]
pub enum Language {
    C,
    Cxx,
}

impl Language {
    /// The compiler for a test that needs just one.
    pub fn compiler(self) -> String {
        self.compilers().swap_remove(0)
    }

    /// Every compiler that can be had, at least one.
    pub fn compilers(self) -> Vec<String> {
        let (variable, usual) = match self {
            Language::C => ("VSDK_TEST_CC", ["gcc", "clang"]),
            Language::Cxx => ("VSDK_TEST_CXX", ["g++", "clang++"]),
        };
        if let Some(chosen) = setting(variable) {
            return vec![chosen];
        }
        let present: Vec<String> = usual
            .into_iter()
            .filter(|name| is_installed(name))
            .map(str::to_owned)
            .collect();
        assert!(
            !present.is_empty(),
            "no compiler found: install {} or {}, or set {variable}",
            usual[0],
            usual[1]
        );
        present
    }

    fn further_flags(self) -> Vec<String> {
        let variable = if self == Language::C {
            "VSDK_TEST_CFLAGS"
        } else {
            "VSDK_TEST_CXXFLAGS"
        };
        words(&setting(variable).unwrap_or_default())
    }
}

/// A program before it is compiled.
pub struct Compilation {
    name: String,
    language: Language,
    compiler: String,
    sources: Vec<PathBuf>,
    flags: Vec<String>,
    is_static: bool,
    library: Option<PathBuf>,
}

impl Compilation {
    /// Begins a program; the name is that of its file and unique within a test program.
    pub fn new(name: &str, language: Language) -> Self {
        Self {
            name: name.to_owned(),
            language,
            compiler: language.compiler(),
            sources: Vec::new(),
            flags: Vec::new(),
            is_static: false,
            library: None,
        }
    }

    /// Another build of the library than the one under test.
    pub fn library(mut self, directory: &Path) -> Self {
        self.library = Some(directory.to_owned());
        self
    }

    /// Takes the library into the program instead of loading it.
    pub fn statically(mut self) -> Self {
        self.is_static = true;
        self
    }

    /// Another compiler than the first one found.
    pub fn compiler(mut self, compiler: &str) -> Self {
        compiler.clone_into(&mut self.compiler);
        self
    }

    /// Adds a source file; relative paths begin at the root of the package.
    pub fn source(mut self, path: impl AsRef<Path>) -> Self {
        self.sources.push(root().join(path));
        self
    }

    /// Adds a source file with this text.
    pub fn text(mut self, name: &str, text: &str) -> Self {
        let path = scratch().join(format!("{}-{name}", self.name));
        fs::write(&path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        self.sources.push(path);
        self
    }

    /// Adds arguments for the compiler.
    pub fn flags(mut self, flags: &[&str]) -> Self {
        self.flags.extend(flags.iter().map(|&flag| flag.to_owned()));
        self
    }

    /// Compiles and links; a complaint of the compiler fails the test with its text.
    pub fn build(self) -> Program {
        let path = scratch().join(&self.name);
        let library = self.library.unwrap_or_else(library_directory);
        let mut command = command(&self.compiler);
        if self.language == Language::Cxx {
            command.args(["-x", "c++"]);
        }
        command
            .args(&self.flags)
            .args(self.language.further_flags())
            .args(["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-g", "-I"])
            .arg(generated_tree().join("include"))
            .arg("-I")
            .arg(root().join("include"))
            .arg("-I")
            .arg(root().join("tests/c"))
            .args(&self.sources)
            .arg("-o")
            .arg(&path);
        if self.is_static {
            command.arg(library.join("libvsdk.a")).args(STATIC_NEEDS);
        } else {
            command
                .arg("-L")
                .arg(&library)
                .arg(format!("-Wl,-rpath,{}", library.display()))
                .arg("-lvsdk");
        }
        command.arg("-pthread");
        let output = command
            .output()
            .unwrap_or_else(|error| panic!("cannot start {}: {error}", self.compiler));
        assert!(
            output.status.success(),
            "{command:?}\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        Program {
            path,
            library,
            environment: Vec::new(),
            limit: HANG,
        }
    }
}

/// A program that can be run.
pub struct Program {
    path: PathBuf,
    library: PathBuf,
    environment: Vec<(String, String)>,
    limit: Duration,
}

/// What came out of a run.
#[derive(Debug)]
pub struct Output {
    /// The exit code; none when a signal ended it.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Program {
    /// Sets an environment variable for its runs.
    pub fn environment(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// It is known to take so long.
    pub fn taking(mut self, length: Duration) -> Self {
        self.limit = HANG + length;
        self
    }

    /// What starts it, with nothing on its standard input.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let path = self.path.to_str().expect("test paths are plain text");
        let mut command = match setting("VSDK_TEST_RUNNER") {
            Some(runner) => {
                let mut command = command(&runner);
                command.arg(path);
                command
            }
            None => Command::new(path),
        };
        command
            .args(arguments)
            // `cargo test` sets it to directories where an older build of the library may lie.
            .env("LD_LIBRARY_PATH", &self.library)
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null());
        command
    }

    /// Runs it to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        let mut command = self.command(arguments);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {command:?}: {error}"));
        let stdout = collect(child.stdout.take().expect("piped"));
        let stderr = collect(child.stderr.take().expect("piped"));
        let code = wait(&mut child, self.limit);
        let text = |reader: thread::JoinHandle<String>| reader.join().expect("only reads");
        Output {
            code,
            stdout: text(stdout),
            stderr: text(stderr),
        }
    }

    /// Runs it and expects exit code 0; gives what it wrote to its standard output.
    pub fn succeed(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(
            output.code,
            Some(0),
            "{}\n{}{}",
            self.path.display(),
            output.stdout,
            output.stderr
        );
        output.stdout
    }
}

/// The root of the library's package, below which the packages of tests lie.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .find(|it| it.join("include/vsdk.h").exists())
        .expect("inside the source tree")
}

/// Where the shared library under test lies: beside this test program, if not set otherwise.
pub fn library_directory() -> PathBuf {
    let directory = setting("VSDK_TEST_LIBRARY_DIR").map_or_else(
        || {
            let program = env::current_exe().expect("a test program knows its path");
            program
                .parent()
                .expect("a file is in a directory")
                .to_owned()
        },
        PathBuf::from,
    );
    let library = directory.join(library_file());
    assert!(library.exists(), "there is no {}", library.display());
    directory
}

/// The file name of the shared library.
pub fn library_file() -> String {
    format!("{}vsdk{}", env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX)
}

/// What this build generated, laid out like the source tree.
pub fn generated_tree() -> PathBuf {
    match option_env!("OUT_DIR") {
        Some(out) => PathBuf::from(out),
        // Other packages than the library's own have no build that generates: it is beside theirs.
        None => library_directory()
            .parent()
            .expect("in the directory of the profile")
            .to_owned(),
    }
    .join("generated")
}

/// A generated file of this build: `include/vsdk.h`, `bindings/api.json`.
pub fn generated(path: &str) -> String {
    read(&generated_tree().join(path))
}

/// A committed file.
pub fn committed(path: &str) -> String {
    read(&root().join(path))
}

/// A directory for the files of this test program.
pub fn scratch() -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(env!("CARGO_CRATE_NAME"));
    fs::create_dir_all(&directory).expect("the target directory is writable");
    directory
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// An environment variable that is set and not empty.
fn setting(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.trim().is_empty())
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn command(line: &str) -> Command {
    let words = words(line);
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]);
    command
}

fn is_installed(compiler: &str) -> bool {
    let version = Command::new(compiler).arg("--version").output();
    version.is_ok_and(|output| output.status.success())
}

fn collect(mut stream: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn wait(child: &mut Child, limit: Duration) -> Option<i32> {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("our own child") {
            return status.code();
        }
        if started.elapsed() > limit {
            let _ = child.kill();
            let _ = child.wait();
            panic!("the program hung for {limit:?} and was ended");
        }
        thread::sleep(Duration::from_millis(5));
    }
}
