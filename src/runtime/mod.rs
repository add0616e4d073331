//! What runs underneath: a few worker threads, one dispatcher thread, and the rules of a process.
//!
//! Nothing starts at load time. The first operation starts the engine (worker threads and the
//! dispatcher), [`shutdown`] ends it, and the next operation starts a new one.
#![forbid(unsafe_code)]

mod callback;
mod dispatcher;
mod engine;
mod fork;
mod mailbox;
mod operation;
pub(crate) mod panics;
mod pump;
#[cfg(unix)]
mod readiness;
mod signals;
mod sync;
mod thread;
mod timeout;
mod worker;

pub use callback::Callback;
pub(crate) use callback::CallbackSlot;
pub(crate) use dispatcher::{Lane, call_back, is_dispatcher_thread};
pub use engine::shutdown;
pub(crate) use engine::{engine, engine_if_started, shut_down, would_deadlock};
#[cfg(unix)]
pub use fork::mark_forked_child;
pub(crate) use fork::{PerProcess, depth as fork_depth, forked_error};
pub use fork::{after_fork_child, is_forked_child};
pub(crate) use mailbox::{Buffer, Mailbox, Next};
pub use operation::Operation;
pub(crate) use operation::{OnFinish, Prepared};
pub(crate) use pump::{Pump, Pumped};
pub(crate) use sync::{Condition, lock, modelled, try_lock};
pub use timeout::Timeout;
pub(crate) use worker::{WorkerId, worker_count};
