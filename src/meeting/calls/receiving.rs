//! Choosing what to receive: whose audio and video, and what is paused.

use crate::Result;
use crate::media::{Kind, TrackKind};
use crate::meeting::object::Meeting;
use crate::meeting::options::label;
use crate::runtime::{Operation, Prepared, Timeout};

const SUBSCRIBE: &str = "meeting_subscribe_tracks";
const UNSUBSCRIBE: &str = "meeting_unsubscribe_tracks";
const PAUSE_ALL: &str = "meeting_pause_all_tracks";
const RESUME_ALL: &str = "meeting_resume_all_tracks";

impl Meeting {
    /// Receives what somebody sends of that kind, now and later, in a meeting that does not receive
    /// everything by itself (see [`MeetingOptions::set_auto_consume`]). That a shared screen and its
    /// sound belong to it is inferred.
    ///
    /// [`EventType::TrackAdded`](crate::meeting::EventType::TrackAdded) tells of each track. On a new
    /// connection it is subscribed again by itself; when the participant leaves, it ends.
    ///
    /// [`MeetingOptions::set_auto_consume`]: crate::meeting::MeetingOptions::set_auto_consume
    ///
    /// # Errors
    ///
    /// The service's refusal; [`Status::NotFound`](crate::Status::NotFound) when nobody else in the
    /// meeting has that id; [`Status::InvalidState`](crate::Status::InvalidState) when the meeting
    /// receives everything by itself, when this participant receives no media, and when it is not in
    /// the room.
    pub fn subscribe_tracks(
        &self,
        participant_id: &str,
        kind: Kind,
        timeout: impl Into<Timeout>,
    ) -> Operation<()> {
        let call = self.subscribe_tracks_call(participant_id, kind, timeout.into());
        Operation::of(SUBSCRIBE, call)
    }

    pub(crate) fn subscribe_tracks_call(
        &self,
        participant_id: &str,
        kind: Kind,
        timeout: Timeout,
    ) -> Result<Prepared<()>> {
        self.choose(SUBSCRIBE, participant_id, kind, true, timeout)
    }

    /// Receives what somebody sends of that kind no longer.
    /// [`EventType::TrackRemoved`](crate::meeting::EventType::TrackRemoved) tells of each track.
    ///
    /// # Errors
    ///
    /// As [`Self::subscribe_tracks`].
    pub fn unsubscribe_tracks(
        &self,
        participant_id: &str,
        kind: Kind,
        timeout: impl Into<Timeout>,
    ) -> Operation<()> {
        let call = self.unsubscribe_tracks_call(participant_id, kind, timeout.into());
        Operation::of(UNSUBSCRIBE, call)
    }

    pub(crate) fn unsubscribe_tracks_call(
        &self,
        participant_id: &str,
        kind: Kind,
        timeout: Timeout,
    ) -> Result<Prepared<()>> {
        self.choose(UNSUBSCRIBE, participant_id, kind, false, timeout)
    }

    fn choose(
        &self,
        name: &'static str,
        participant_id: &str,
        kind: Kind,
        is_on: bool,
        timeout: Timeout,
    ) -> Result<Prepared<()>> {
        let id = label("participant_id", participant_id).map_err(|error| error.during(name))?;
        Ok(self.waiting(
            name,
            timeout,
            move |session, now, waiter| session.subscribe_tracks(now, &id, kind, is_on, waiter),
            |_| Ok(()),
        ))
    }

    /// Lets the service send nothing of that kind for now, or of any kind. Tracks that are new begin
    /// paused as well, on later connections too, until [`Self::resume_all_tracks`]; single ones can
    /// be resumed with [`RemoteTrack::resume`](super::RemoteTrack::resume).
    ///
    /// # Errors
    ///
    /// The service's refusal; [`Status::Refused`](crate::Status::Refused) when it did not do it for
    /// all; [`Status::InvalidState`](crate::Status::InvalidState) when this participant is not in the
    /// room.
    pub fn pause_all_tracks(
        &self,
        kind: Option<TrackKind>,
        timeout: impl Into<Timeout>,
    ) -> Operation<()> {
        Operation::of(
            PAUSE_ALL,
            Ok(self.pause_all_tracks_call(kind, timeout.into())),
        )
    }

    pub(crate) fn pause_all_tracks_call(
        &self,
        kind: Option<TrackKind>,
        timeout: Timeout,
    ) -> Prepared<()> {
        self.pause_or_resume(PAUSE_ALL, kind, true, timeout)
    }

    /// Lets the service go on with all of that kind, or with everything: those that were paused one
    /// by one as well.
    ///
    /// # Errors
    ///
    /// As [`Self::pause_all_tracks`].
    pub fn resume_all_tracks(
        &self,
        kind: Option<TrackKind>,
        timeout: impl Into<Timeout>,
    ) -> Operation<()> {
        Operation::of(
            RESUME_ALL,
            Ok(self.resume_all_tracks_call(kind, timeout.into())),
        )
    }

    pub(crate) fn resume_all_tracks_call(
        &self,
        kind: Option<TrackKind>,
        timeout: Timeout,
    ) -> Prepared<()> {
        self.pause_or_resume(RESUME_ALL, kind, false, timeout)
    }

    fn pause_or_resume(
        &self,
        name: &'static str,
        kind: Option<TrackKind>,
        pauses: bool,
        timeout: Timeout,
    ) -> Prepared<()> {
        self.waiting(
            name,
            timeout,
            move |session, now, waiter| session.pause_tracks(now, kind, pauses, waiter),
            |_| Ok(()),
        )
    }
}
