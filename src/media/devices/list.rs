//! Which devices there are, and what has changed about that.

use super::{host, thread};
use crate::Result;
use crate::choice::choice;

choice! {
    /// What a device is for.
    DeviceKind, "kind of device" {
        /// It records.
        Microphone = 1, "microphone";
        /// It plays.
        Speaker = 2, "speaker";
    }
}

/// A device that could be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) is_default: bool,
}

impl Device {
    /// What the sound system knows it by, the same whenever it is there.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What a person knows it by.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is the one that is opened when none is named.
    #[must_use]
    pub fn is_default(&self) -> bool {
        self.is_default
    }
}

/// The devices of that kind that there are now. None is opened for it, so that it is not certain
/// that each can be.
///
/// # Errors
///
/// [`Status::Unsupported`](crate::Status::Unsupported) in a build without the feature `devices`,
/// [`Status::WouldDeadlock`](crate::Status::WouldDeadlock) inside a callback,
/// [`Status::NotFound`](crate::Status::NotFound) without a sound system,
/// [`Status::Timeout`](crate::Status::Timeout) when that does not answer.
pub fn list_devices(kind: DeviceKind) -> Result<Vec<Device>> {
    thread::run("listing devices", move || host::list(kind))
        .map_err(|error| error.during("devices_list"))
}

/// How one list differs from an earlier one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    pub(crate) added: Vec<Device>,
    pub(crate) removed: Vec<Device>,
    /// The one that is the default now, if that is another one.
    pub(crate) default: Option<Device>,
}

impl Changes {
    /// `None` when there are none. A name that changes is none.
    pub(super) fn between(before: &[Device], now: &[Device]) -> Option<Self> {
        let missing_in = |list: &[Device], device: &&Device| {
            let mut list = list.iter();
            list.all(|other| other.id != device.id)
        };
        let default = |list: &[Device]| list.iter().find(|device| device.is_default).cloned();
        let (old, new) = (default(before), default(now));
        let is_same = old.map(|device| device.id) == new.as_ref().map(|device| device.id.clone());
        let added = now.iter().filter(|device| missing_in(before, device));
        let removed = before.iter().filter(|device| missing_in(now, device));
        let changes = Self {
            added: added.cloned().collect(),
            removed: removed.cloned().collect(),
            default: new.filter(|_| !is_same),
        };
        (changes != Self::default()).then_some(changes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn devices(ids: &str) -> Vec<Device> {
        let ids = ids.split_whitespace();
        ids.map(|id| Device {
            id: id.trim_end_matches('*').to_owned(),
            name: format!("Device {id}"),
            is_default: id.ends_with('*'),
        })
        .collect()
    }

    fn changes(before: &str, now: &str) -> Option<String> {
        let changes = Changes::between(&devices(before), &devices(now))?;
        let ids = |devices: &[Device]| devices.iter().map(|it| it.id.clone()).collect::<String>();
        let default = changes.default.map_or_else(String::new, |it| it.id);
        Some(format!(
            "+{} -{} *{default}",
            ids(&changes.added),
            ids(&changes.removed)
        ))
    }

    #[test]
    fn what_comes_what_goes_and_another_default_is_told_and_nothing_else() {
        assert_eq!(changes("", ""), None);
        assert_eq!(changes("a* b", "b a*"), None, "the order says nothing");
        assert_eq!(changes("a* b", "b c a*").as_deref(), Some("+c - *"));
        assert_eq!(changes("a* b", "a*").as_deref(), Some("+ -b *"));
        assert_eq!(changes("a* b", "a b*").as_deref(), Some("+ - *b"));
        assert_eq!(changes("a*", "b c*").as_deref(), Some("+bc -a *c"));
        assert_eq!(changes("a*", "").as_deref(), Some("+ -a *"));
        let mut renamed = devices("a*");
        renamed[0].name = "Another".to_owned();
        assert_eq!(Changes::between(&devices("a*"), &renamed), None);
    }
}
