//! Looks for devices that come and go. What tells of them differs from one sound system to the next,
//! and some tell nothing: so the lists are compared.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use super::list::{Changes, Device, DeviceKind};
use super::{host, thread};
use crate::Result;
use crate::log::{self, Level};

/// How often it looks: often enough for somebody who has just plugged something in.
const PERIOD: Duration = Duration::from_secs(2);

/// Dropping it ends the looking.
pub(crate) struct Watcher {
    _ends: Sender<()>,
}

/// Tells of every change from now on, on a thread of its own. When this returns, the devices were
/// listed once: what is listed later is not missed.
pub(crate) fn watch(tell: impl Fn(DeviceKind, Changes) + Send + 'static) -> Result<Watcher> {
    let mut known = thread::run("listing devices", list)?;
    let (ends, is_over) = channel();
    thread::in_background("devices that come and go", move || {
        while is_over.recv_timeout(PERIOD) == Err(RecvTimeoutError::Timeout) {
            match list() {
                Ok(now) => {
                    for ((kind, before), (_, now)) in known.iter().zip(&now) {
                        if let Some(changes) = Changes::between(before, now) {
                            tell(*kind, changes);
                        }
                    }
                    known = now;
                }
                Err(error) => log::record(Level::Debug, "devices", || {
                    format!("devices could not be listed: {}", error.message())
                }),
            }
        }
    })?;
    Ok(Watcher { _ends: ends })
}

type Lists = [(DeviceKind, Vec<Device>); 2];

fn list() -> Result<Lists> {
    let list = |kind| Ok((kind, host::list(kind)?));
    Ok([list(DeviceKind::Microphone)?, list(DeviceKind::Speaker)?])
}
