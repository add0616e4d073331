//! What comes out of a session.

use std::collections::VecDeque;
use std::time::Duration;

use serde_json::Value;

use crate::Result;
use crate::media::plane::MediaAction;
use crate::meeting::event::Event;

/// Somebody who waits for an outcome.
pub(in crate::meeting) trait Waiter {
    /// Whether it has given up.
    fn is_gone(&self) -> bool;
}

/// What is to be done with the connection.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::meeting) enum Action {
    /// Make one, within that time; whatever there was is given up. `first`: the app waits for it.
    Open { within: Duration, first: bool },
    /// Send a frame. `id` is that of the request that it is.
    Send { id: Option<u64>, text: String },
    /// Say goodbye behind what was sent.
    Close,
    /// Ask the session to make it anew, which is to know what was not sent yet.
    Renew,
    /// End it at once.
    Drop,
    /// Tell how media is doing.
    Measure,
    /// Something about media.
    Media(Box<MediaAction>),
    /// Open the default microphone of this machine and send what it hears.
    OpenMicrophone,
}

/// The requests that are to be sent.
pub(in crate::meeting) fn unsent_requests(actions: &VecDeque<Action>) -> impl Iterator<Item = u64> {
    actions.iter().filter_map(|action| match action {
        Action::Send { id, .. } => *id,
        _ => None,
    })
}

/// Nothing is sent of what was to be.
pub(in crate::meeting) fn forget_frames(actions: &mut VecDeque<Action>) {
    actions.retain(|action| !matches!(action, Action::Send { .. }));
}

pub(in crate::meeting) struct Outputs<T> {
    pub(in crate::meeting) events: Vec<Event>,
    pub(in crate::meeting) outcomes: Vec<(T, Result<Value>)>,
    pub(in crate::meeting) actions: VecDeque<Action>,
    /// It stands for another meeting now.
    pub(in crate::meeting) has_switched: bool,
}

impl<T> Outputs<T> {
    pub(super) fn act(&mut self, action: Action) {
        self.actions.push_back(action);
    }
}

impl<T> Default for Outputs<T> {
    fn default() -> Self {
        Self {
            events: Vec::new(),
            outcomes: Vec::new(),
            actions: VecDeque::new(),
            has_switched: false,
        }
    }
}
