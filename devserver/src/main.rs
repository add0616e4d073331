//! The command-line form of the devserver.
#![forbid(unsafe_code)]

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use devserver::{Options, Server};
use serde_json::json;

/// A local VideoSDK-compatible service for first runs, demos and tests.
///
/// Hands out tokens, keeps rooms and answers like the real service, on this machine only. When it
/// is ready it prints one line of JSON with its addresses; Ctrl-C or SIGTERM ends it.
#[derive(Parser)]
#[command(version)]
struct CommandLine {
    /// Where to listen for http; port 0 takes any free port
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:3000")]
    http: SocketAddr,

    /// Do not listen for http at all; needs --https
    #[arg(long, requires = "https", conflicts_with = "http")]
    no_http: bool,

    /// Also listen for https here, with a certificate made for this run
    #[arg(long, value_name = "ADDRESS")]
    https: Option<SocketAddr>,

    /// Write the certificate that clients of https have to trust to this file, in PEM form
    #[arg(long, value_name = "PATH")]
    ca_file: Option<PathBuf>,

    /// The project's API key; without it, a random one for this run
    #[arg(long, value_name = "KEY", env = "VIDEOSDK_API_KEY")]
    api_key: Option<String>,

    /// The project's secret, which signs tokens; without it, a random one for this run. Prefer the
    /// environment variable: other users of this machine can read command lines
    #[arg(
        long,
        value_name = "SECRET",
        env = "VIDEOSDK_SECRET",
        hide_env_values = true
    )]
    secret: Option<String>,

    /// Let the server's clock differ from this machine's by so many seconds, to see how a client
    /// copes; negative is behind
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 0,
        allow_negative_numbers = true
    )]
    clock_offset_seconds: i64,

    /// How many may be in a room at most; whoever comes then is refused with 4009
    #[arg(long, value_name = "NUMBER", default_value_t = Options::default().participant_limit)]
    participant_limit: usize,

    /// Allow addresses that other machines can reach. Everybody who reaches the server gets tokens
    /// from it
    #[arg(long)]
    allow_remote: bool,
}

impl CommandLine {
    fn options(self) -> Options {
        Options {
            http: (!self.no_http).then_some(self.http),
            https: self.https,
            api_key: self.api_key,
            secret: self.secret,
            ca_file: self.ca_file,
            allow_remote: self.allow_remote,
            clock_offset_seconds: self.clock_offset_seconds,
            participant_limit: self.participant_limit,
            ..Options::default()
        }
    }
}

fn main() -> ExitCode {
    match run(CommandLine::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("devserver: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command_line: CommandLine) -> Result<(), Box<dyn std::error::Error>> {
    let ca_file = command_line.ca_file.clone();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    // The handlers are in place before the ready line is out: who reads it may send a signal at
    // once.
    let stop = {
        let _inside = runtime.enter();
        StopSignal::install()?
    };
    let server = Server::start(command_line.options())?;
    let addresses = server.addresses();
    let preferred = addresses.preferred();
    let ready = json!({
        "ready": true,
        "http": addresses.http,
        "https": addresses.https,
        "tokenUrl": format!("{preferred}/get-token"),
        "statusPage": format!("{preferred}/"),
        "caFile": ca_file,
        "apiKey": server.api_key(),
    });
    let mut output = io::stdout().lock();
    writeln!(output, "{ready}")?;
    output.flush()?;
    drop(output);

    runtime.block_on(stop.wait());
    server.stop();
    Ok(())
}

#[cfg(unix)]
struct StopSignal {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl StopSignal {
    fn install() -> io::Result<StopSignal> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(StopSignal {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn wait(mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct StopSignal;

#[cfg(not(unix))]
impl StopSignal {
    fn install() -> io::Result<StopSignal> {
        Ok(StopSignal)
    }

    async fn wait(self) {
        // An error means that there is no way to be told; then only ending the process is left.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
