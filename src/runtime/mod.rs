//! What runs underneath: a few worker threads, one dispatcher thread, and the rules of a process.
//!
//! Nothing starts at load time. The first operation starts the engine (worker threads and the
//! dispatcher), [`shutdown`] ends it, and the next operation starts a new one.
#![forbid(unsafe_code)]

mod callback;
mod dispatcher;
mod engine;
mod fork;
mod operation;
pub(crate) mod panics;
mod signals;
mod sync;
mod timeout;
mod worker;

pub use callback::Callback;
pub(crate) use callback::CallbackSlot;
pub(crate) use dispatcher::is_dispatcher_thread;
pub use engine::shutdown;
pub(crate) use engine::{engine, engine_if_started, would_deadlock};
#[cfg(unix)]
pub use fork::mark_forked_child;
pub(crate) use fork::{PerProcess, depth as fork_depth, forked_error};
pub use fork::{after_fork_child, is_forked_child};
pub use operation::Operation;
pub(crate) use operation::{OnFinish, Prepared};
pub(crate) use sync::{Condition, lock, modelled};
pub use timeout::Timeout;
pub(crate) use worker::{WorkerId, worker_count};
