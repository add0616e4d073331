//! Panics of the library itself: caught where work begins, and told as an error with their place.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use crate::redact::Redactor;
use crate::{Error, Result, Status};

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static LOCATION: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs something; a panic in it becomes an error with [`Status::Panic`].
///
/// What it may leave half done is behind locks that recover from poisoning, or thrown away.
pub(crate) fn caught<T>(body: impl FnOnce() -> T) -> Result<T> {
    let _inside = Inside::enter();
    catch_unwind(AssertUnwindSafe(body)).map_err(|panic| error(&*panic))
}

/// Marks that something of ours is running on this thread.
struct Inside;

impl Inside {
    fn enter() -> Self {
        DEPTH.set(DEPTH.get() + 1);
        Self
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get() - 1);
    }
}

/// Keeps the place of our own panics for their error, silently; passes all others on. Without the
/// hook, which is the process's, our own are printed as well and their place is not known.
pub(crate) fn install_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let ours = DEPTH.try_with(Cell::get).is_ok_and(|depth| depth > 0)
                || std::thread::current()
                    .name()
                    .is_some_and(|name| name.starts_with("vsdk-"));
            if !ours {
                previous(panic);
                return;
            }
            let location = panic.location().map(ToString::to_string);
            let _ = LOCATION.try_with(|place| *place.borrow_mut() = location);
        }));
    });
}

fn error(panic: &(dyn Any + Send)) -> Error {
    let what = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message");
    let location = LOCATION
        .with(|place| place.borrow_mut().take())
        .unwrap_or_else(|| "an unknown place".to_owned());
    let what = Redactor::new().clean(what).into_owned();
    Error::new(
        Status::Panic,
        format!("A defect inside vsdk was caught: {what} (at {location})"),
        "Please report it with this text. The library stays usable.",
    )
}
