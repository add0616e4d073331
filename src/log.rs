//! Log records: silent unless a handler is set, handed to it on the dispatcher thread.
//!
//! The library has no global logger of its own and uses none: only its own records are told,
//! never those of the libraries below it, which may log URLs and headers with secrets in them.
#![forbid(unsafe_code)]

use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};

use crate::Result;
use crate::runtime::{
    Callback, CallbackSlot, Lane, PerProcess, engine, engine_if_started, is_dispatcher_thread,
};

/// How important a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(i32)]
pub enum Level {
    /// Something failed that the app is not told in another way.
    Error = 1,
    /// Something that will likely become a failure.
    Warning = 2,
    /// The milestones: configured, initialised, ended.
    Info = 3,
    /// Requests, retries, operations with their times.
    Debug = 4,
    /// Everything.
    Trace = 5,
}

/// One log record. Never contains a secret.
#[derive(Clone, Debug)]
pub struct Record {
    /// How important it is.
    pub level: Level,
    /// The part of the library it comes from, e.g. `rooms`.
    pub target: &'static str,
    /// What happened, in English.
    pub message: String,
}

/// Records waiting for the handler; more are dropped and counted.
const MOST_WAITING: usize = 1024;

#[derive(Default)]
struct Logger {
    /// The handler's level, 0 without a handler: the one thing looked at when nobody listens.
    level: AtomicU8,
    handler: CallbackSlot<Record>,
    waiting: AtomicUsize,
    dropped: AtomicUsize,
}

static LOGGER: PerProcess<Logger> = PerProcess::new();

/// Sets the handler for records of `level` and the more important ones, or none.
///
/// When it returns, the earlier handler is not running and will not run again, unless this is
/// called from inside that handler.
///
/// # Errors
///
/// When the library's threads cannot be started.
pub fn set_handler(handler: Option<(Level, Callback<Record>)>) -> Result<()> {
    if handler.is_some() {
        // Delivery needs the dispatcher; a failure to start it is told here, not lost later.
        engine()?;
    }
    let logger = LOGGER.get();
    let (level, handler) = match handler {
        Some((level, handler)) => (level as u8, Some(handler)),
        None => (0, None),
    };
    logger.handler.set_and(handler, is_dispatcher_thread(), || {
        logger.level.store(level, Ordering::Relaxed);
    });
    Ok(())
}

/// Records something; the message is made only when somebody listens.
pub(crate) fn record(level: Level, target: &'static str, message: impl FnOnce() -> String) {
    let logger = LOGGER.get();
    if level as u8 > logger.level.load(Ordering::Relaxed) {
        return;
    }
    // Not started again for a record: that would bring back to life what is being shut down.
    let Some(engine) = engine_if_started() else {
        return;
    };
    if logger.waiting.fetch_add(1, Ordering::Relaxed) >= MOST_WAITING {
        logger.waiting.fetch_sub(1, Ordering::Relaxed);
        logger.dropped.fetch_add(1, Ordering::Relaxed);
        return;
    }
    let record = Record {
        level,
        target,
        message: message(),
    };
    engine.dispatch(Lane::Events, move || {
        logger.waiting.fetch_sub(1, Ordering::Relaxed);
        let dropped = logger.dropped.swap(0, Ordering::Relaxed);
        if dropped > 0 {
            deliver(
                logger,
                Record {
                    level: Level::Warning,
                    target: "log",
                    message: format!("{dropped} records were dropped: the handler is too slow"),
                },
            );
        }
        deliver(logger, record);
    });
}

fn deliver(logger: &Logger, record: Record) {
    logger.handler.call_with(|| Some(record));
}
