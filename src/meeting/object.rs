//! A meeting: what its handle holds.

use std::sync::Arc;

use super::event::Event;
use super::identity;
use super::options::{MeetingOptions, invalid};
use super::queue::NextEvent;
use super::shared::{Identity, Shared};
use super::snapshot::MeetingSnapshot;
use crate::Result;
use crate::config;
use crate::log::{self, Level};
use crate::runtime::{Callback, Timeout};
use crate::token::Purpose;
#[cfg(not(unix))]
use crate::{Error, Status};

/// Makes a meeting from its options, like `VideoSDK.initMeeting({...})`. Does no I/O.
///
/// The first event is `STATE_CHANGED` to [`MeetingState::Initialised`]; warnings about the token
/// follow.
///
/// # Errors
///
/// [`Status::InvalidArgument`] without a meeting id or with an unusable URL;
/// [`Status::NotConfigured`] without a token; what makes the token useless for joining this room
/// as this participant.
pub fn init_meeting(options: &MeetingOptions) -> Result<Meeting> {
    init(options).map_err(|error| error.during("init_meeting"))
}

fn init(options: &MeetingOptions) -> Result<Meeting> {
    let config = config::current();
    let Some(meeting_id) = options.meeting_id.clone() else {
        return Err(invalid(
            "There is no meeting id".to_owned(),
            "Set it to the id of a room: vsdk_room_id() of the room that was created.",
        ));
    };
    let token = config.token_for(
        options.token.as_ref(),
        Purpose::Join,
        Some(&meeting_id),
        options.participant_id.as_deref(),
    )?;
    let api_base_url = config.base_url_or_default(options.api_base_url.as_deref())?;
    let signaling_base_url = options
        .signaling_base_url
        .as_deref()
        .map(|own| config.signaling_base_url(own))
        .transpose()?;
    let participant_id = match (
        &options.participant_id,
        token.decoded().claims().participant_id.as_deref(),
    ) {
        (Some(own), _) => own.clone(),
        // A token that is bound to one participant leaves no choice.
        (None, Some(bound)) => bound.to_owned(),
        (None, None) => identity::random::<8>()?,
    };
    let name = match &options.name {
        Some(own) => own.clone(),
        None => identity::random::<6>()?,
    };
    let mut options = options.clone();
    // Kept once, beside what was read from it.
    options.token = None;
    let identity = Identity {
        meeting_id,
        participant_id,
        name,
        options,
        api_base_url,
        signaling_base_url,
    };
    let shared = Shared::new(identity, token.clone());
    shared.tell_token_warnings(&config, &token);
    shared.enter_registry(&token);
    log::record(Level::Info, "meeting", || {
        format!(
            "meeting {} was initialised as participant {}",
            shared.identity.meeting_id, shared.identity.participant_id
        )
    });
    Ok(Meeting { shared })
}

/// A meeting that was made from its options.
///
/// Dropping it ends it in the background; [`Meeting::leave`] ends it and waits. Events come either
/// from [`Meeting::next_event`] or to an event handler.
pub struct Meeting {
    pub(super) shared: Arc<Shared>,
}

impl Meeting {
    /// All of the meeting at this moment.
    #[must_use]
    pub fn snapshot(&self) -> MeetingSnapshot {
        MeetingSnapshot::of(&self.shared)
    }

    /// The next event, waiting for it as long as `timeout` says.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidState`] while an event handler is set; [`Status::WouldDeadlock`] when it
    /// would have to wait inside a callback.
    pub fn next_event(&self, timeout: Timeout) -> Result<NextEvent> {
        self.shared
            .events
            .next("next_event", timeout)
            .map(NextEvent::from)
            .map_err(|error| error.during("meeting_next_event"))
    }

    /// Puts an event that could not be handed on back to where it was taken from.
    pub(crate) fn put_back(&self, event: Arc<Event>) {
        self.shared.events.put_back(event);
    }

    /// From now on events go to the handler, on the dispatcher thread, those that wait first.
    ///
    /// When it returns, an earlier handler is not running and will not run again, unless this is
    /// called from inside that handler. `None` takes it out: events wait to be read again.
    ///
    /// # Errors
    ///
    /// When the library's threads cannot be started.
    pub fn set_event_handler(&self, handler: Option<Callback<Arc<Event>>>) -> Result<()> {
        self.shared.events.set_handler(handler)
    }

    /// Sets what is called, on the dispatcher thread, whenever there is something to read after
    /// there was nothing; read until there is nothing again.
    ///
    /// # Errors
    ///
    /// When the library's threads cannot be started.
    pub fn set_wake_handler(&self, handler: Option<Callback<()>>) -> Result<()> {
        self.shared.events.set_wake_handler(handler)
    }

    /// A descriptor that polls readable while there is something to read. It belongs to the
    /// meeting: poll it, never read or close it.
    ///
    /// # Errors
    ///
    /// [`Status::ResourceExhausted`] when no descriptor can be made, [`Status::Unsupported`] where
    /// there are none.
    pub fn event_descriptor(&self) -> Result<i32> {
        #[cfg(unix)]
        return self.shared.events.descriptor();
        #[cfg(not(unix))]
        Err(Error::new(
            Status::Unsupported,
            "This platform has no pollable descriptors",
            "Use the wake handler or the event handler.",
        ))
    }

    /// Hands in a fresh token: the next time one is needed, this is used.
    ///
    /// # Errors
    ///
    /// What makes it useless for this room and participant; the present one stays then.
    pub fn set_token(&self, token: &str) -> Result<()> {
        self.shared
            .set_token(token)
            .map_err(|error| error.during("meeting_set_token"))
    }
}

impl Meeting {
    /// Ends it, takes its handlers out and wakes who waits, whoever else still holds it.
    pub(crate) fn close(&self) {
        self.shared.events.forget_callbacks();
        self.shared.tracks.forget_callbacks();
        self.shared.leave(None);
    }
}

impl Drop for Meeting {
    fn drop(&mut self) {
        self.close();
    }
}

impl std::fmt::Debug for Meeting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let identity = &self.shared.identity;
        let (state, meeting_id) = self.shared.look(|state| {
            let meeting_id = state.meeting_id(identity).to_owned();
            (state.session.state(), meeting_id)
        });
        f.debug_struct("Meeting")
            .field("meeting_id", &meeting_id)
            .field("participant_id", &identity.participant_id)
            .field("state", &state)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Status;
    use crate::meeting::clock;
    use crate::meeting::event::EventType;
    use crate::meeting::state::MeetingState;
    use crate::token::MintOptions;

    fn options() -> MeetingOptions {
        let mut minted = MintOptions::new("an-api-key", crate::redact::Secret::new("a-secret"));
        minted.set_room_id("room");
        let token = crate::token::mint(&minted).unwrap();
        let mut options = MeetingOptions::new("room");
        options.set_token(Some(token.text().expose()));
        options
    }

    fn signaling(host: &str) -> Result<Option<String>> {
        let mut options = options();
        options.set_signaling_base_url(Some(host));
        Ok(init_meeting(&options)?.snapshot().signaling_base_url)
    }

    #[test]
    fn a_signalling_service_is_a_host_or_a_url_and_plain_only_on_this_machine() {
        for (given, url) in [
            ("api.videosdk.live", "https://api.videosdk.live/"),
            ("a.b:444", "https://a.b:444/"),
            ("wss://a.b", "https://a.b/"),
            ("ws://127.0.0.1:9000", "http://127.0.0.1:9000/"),
            (" a.b\n", "https://a.b/"),
            (" WSS://a.b ", "https://a.b/"),
            ("Ws://localhost", "http://localhost/"),
        ] {
            assert_eq!(signaling(given).unwrap().as_deref(), Some(url));
        }
        for (given, status) in [
            ("", Status::InvalidArgument),
            ("a b", Status::InvalidArgument),
            ("ftp://a.b", Status::InvalidArgument),
            ("https://ann:x@a.b", Status::InvalidArgument),
            ("ws://a.b", Status::NetworkInsecure),
        ] {
            assert_eq!(signaling(given).unwrap_err().status(), status, "{given}");
        }
    }

    #[test]
    fn a_token_for_one_participant_gives_the_id() {
        let mut minted = MintOptions::new("an-api-key", crate::redact::Secret::new("a-secret"));
        minted.set_participant_id("ann");
        let token = crate::token::mint(&minted).unwrap();
        let mut options = options();
        options.set_token(Some(token.text().expose()));
        let meeting = init_meeting(&options).unwrap();
        assert_eq!(meeting.snapshot().participant_id(), "ann");
        options.set_participant_id(Some("bob")).unwrap();
        let error = init_meeting(&options).unwrap_err();
        assert_eq!(error.status(), Status::TokenParticipantMismatch);
        assert_eq!(error.service_code(), Some(4023));
    }

    #[test]
    fn a_token_that_ends_is_told_and_a_fresh_one_is_taken() {
        let meeting = init_meeting(&options()).unwrap();
        let now = clock::unix_ms() / 1000;
        meeting.shared.tell_token_expiring(now + 3600 - 20);
        assert!(meeting.set_token("no token").is_err());
        meeting.leave(Timeout::Default).wait().unwrap();
        let error = meeting.set_token("no token").unwrap_err();
        assert_eq!(error.status(), Status::TokenMalformed);
        let mut kinds = Vec::new();
        while let NextEvent::Event(event) = meeting.next_event(Timeout::Infinite).unwrap() {
            kinds.push((event.kind(), event.code()));
        }
        assert_eq!(
            kinds[0],
            (EventType::StateChanged, MeetingState::Initialised as i32)
        );
        assert!(
            matches!(kinds[1], (EventType::TokenExpiring, 19..=21)),
            "{kinds:?}"
        );
        assert_eq!(
            kinds[2],
            (EventType::StateChanged, MeetingState::Left as i32)
        );
        assert_eq!(kinds.len(), 3);
    }
}
