//! A meeting: what its handle holds.

use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use super::event::{Event, EventType};
use super::identity;
use super::options::{MeetingOptions, invalid};
use super::queue::{EventQueue, NextEvent};
use super::registry::{EXPIRY_NOTICE_SECONDS, Place, registry};
use super::snapshot::MeetingSnapshot;
use super::state::MeetingState;
use crate::config;
use crate::http::Address;
use crate::log::{self, Level};
use crate::runtime::{Callback, Timeout, lock};
use crate::token::{Purpose, Severity, Token};
use crate::{Error, Result, Status};

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
    let shared = Arc::new(Shared {
        number: registry().next_number(),
        meeting_id,
        participant_id,
        name,
        options,
        api_base_url,
        signaling_base_url,
        state: Mutex::new(State {
            meeting: MeetingState::Initialised,
            place: None,
            token: token.clone(),
        }),
        events: Arc::default(),
    });
    shared.tell_state(MeetingState::Initialised, None);
    shared.tell_token_warnings(&config, &token);
    shared.enter_registry(&token);
    log::record(Level::Info, "meeting", || {
        format!(
            "meeting {} was initialised as participant {}",
            shared.meeting_id, shared.participant_id
        )
    });
    Ok(Meeting { shared })
}

/// A meeting that was made from its options.
///
/// Dropping it ends it in the background; [`Meeting::leave`] ends it and waits. Events come either
/// from [`Meeting::next_event`] or to an event handler.
pub struct Meeting {
    shared: Arc<Shared>,
}

pub(super) struct Shared {
    number: u64,
    meeting_id: String,
    participant_id: String,
    name: String,
    options: MeetingOptions,
    api_base_url: Address,
    /// `None`: that of the API.
    signaling_base_url: Option<Address>,
    state: Mutex<State>,
    events: Arc<EventQueue>,
}

struct State {
    meeting: MeetingState,
    /// Where the registry has it; `None` once it has left.
    place: Option<Place>,
    token: Token,
}

pub(super) fn now_seconds() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(0))
}

impl Meeting {
    /// All of the meeting at this moment.
    #[must_use]
    pub fn snapshot(&self) -> MeetingSnapshot {
        let shared = &self.shared;
        let (state, token_expires_at) = {
            let state = lock(&shared.state);
            (state.meeting, state.token.expires_at())
        };
        MeetingSnapshot {
            state,
            meeting_id: shared.meeting_id.clone(),
            participant_id: shared.participant_id.clone(),
            name: shared.name.clone(),
            token_expires_at,
            api_base_url: shared.api_base_url.url().to_string(),
            signaling_base_url: shared
                .signaling_base_url
                .as_ref()
                .map(|address| address.url().to_string()),
            options: shared.options.clone(),
        }
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
            .next(timeout)
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

    /// Joins the room.
    ///
    /// # Errors
    ///
    /// [`Status::Unsupported`]: this version initialises meetings, it does not join them yet.
    pub fn join(&self, _timeout: Timeout) -> Result<()> {
        Err(Error::new(
            Status::Unsupported,
            format!(
                "This version of vsdk ({}) initialises meetings but does not join them yet",
                env!("CARGO_PKG_VERSION")
            ),
            "Use a later version for joining; everything up to here stays as it is.",
        )
        .during("meeting_join"))
    }

    /// Leaves: the state becomes [`MeetingState::Left`], and whoever waits for events is woken.
    /// Leaving twice is no mistake.
    pub fn leave(&self) {
        self.shared.end(None);
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
        self.shared.end(None);
    }
}

impl Drop for Meeting {
    fn drop(&mut self) {
        self.close();
    }
}

impl std::fmt::Debug for Meeting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Meeting")
            .field("meeting_id", &self.shared.meeting_id)
            .field("participant_id", &self.shared.participant_id)
            .field("state", &lock(&self.shared.state).meeting)
            .finish_non_exhaustive()
    }
}

impl Shared {
    fn event(&self, kind: EventType) -> Event {
        Event::new(kind).about(&self.participant_id)
    }

    fn tell_state(&self, state: MeetingState, reason: Option<Status>) {
        self.events.push(
            self.event(EventType::StateChanged)
                .with_code(state as i32)
                .with_text(state.name())
                .with_status(reason),
        );
    }

    fn tell_token_warnings(&self, config: &config::Config, token: &Token) {
        let context = config.context(
            Purpose::Join,
            Some(&self.meeting_id),
            Some(&self.participant_id),
        );
        for finding in token.decoded().findings(&context) {
            if finding.severity != Severity::Warning {
                continue;
            }
            self.events.push(
                self.event(EventType::TokenWarning)
                    .with_code(finding.code as i32)
                    .with_text(format!("{} {}", finding.explanation, finding.remedy))
                    .with_detail("finding", finding.code.name()),
            );
        }
    }

    pub(super) fn tell_token_expiring(&self, now: i64) {
        let expires_at = lock(&self.state).token.expires_at();
        let left = expires_at.unwrap_or(i64::MAX).saturating_sub(now).max(0);
        self.events.push(
            self.event(EventType::TokenExpiring)
                .with_code(i32::try_from(left).unwrap_or(i32::MAX))
                .with_text(format!(
                    "The token's life is over in {left} s. Hand in a fresh one with vsdk_meeting_set_token(); who is in the room stays there."
                ))
                .with_detail("expiresAt", expires_at),
        );
    }

    fn enter_registry(self: &Arc<Self>, token: &Token) {
        let at = token.expires_at().map_or(i64::MAX, |expiry| {
            expiry.saturating_sub(EXPIRY_NOTICE_SECONDS)
        });
        let place = (at, self.number);
        let mut state = lock(&self.state);
        if state.meeting == MeetingState::Left {
            return;
        }
        if let Some(old) = state.place.replace(place) {
            registry().leave(old);
            registry().leave((i64::MAX, self.number));
        }
        registry().enter(place, Arc::downgrade(self));
    }

    fn set_token(self: &Arc<Self>, text: &str) -> Result<()> {
        let config = config::current();
        let token = config.token_for(
            Some(&crate::redact::Secret::new(text)),
            Purpose::Join,
            Some(&self.meeting_id),
            Some(&self.participant_id),
        )?;
        {
            let mut state = lock(&self.state);
            if state.meeting == MeetingState::Left {
                return Err(Error::new(
                    Status::InvalidState,
                    "The meeting has ended",
                    "Initialise a new one.",
                ));
            }
            state.token = token.clone();
        }
        self.tell_token_warnings(&config, &token);
        self.enter_registry(&token);
        Ok(())
    }

    /// Ends the meeting once; `reason` is why, when it was not asked for.
    pub(super) fn end(&self, reason: Option<Status>) {
        {
            let mut state = lock(&self.state);
            if state.meeting == MeetingState::Left {
                return;
            }
            state.meeting = MeetingState::Left;
            if let Some(place) = state.place.take() {
                registry().leave(place);
                registry().leave((i64::MAX, self.number));
            }
        }
        self.tell_state(MeetingState::Left, reason);
        self.events.close();
        log::record(Level::Info, "meeting", || {
            format!("meeting {} was left", self.meeting_id)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
        let now = now_seconds();
        meeting.shared.tell_token_expiring(now + 3600 - 20);
        assert!(meeting.set_token("no token").is_err());
        meeting.leave();
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
