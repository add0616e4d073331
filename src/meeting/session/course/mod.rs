//! A meeting in virtual time, without sockets: a [`Course`] plays the driver and the service, and after
//! everything that happens it checks what always has to hold.

mod media;
mod replay;

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use super::{Action, Admission, Call, Moment, Session, Waiter, Wanted};
use crate::media::plane::MediaAction;
use crate::meeting::choice::{Mode, PeerType, PreferredProtocol};
use crate::meeting::event::{Event, EventType};
use crate::meeting::participant::{MediaFlags, Participant, Pinned};
use crate::meeting::state::MeetingState;
use crate::signaling::{Frame, Refusal};
use crate::{Error, Result, Status};
pub(super) use media::FINGERPRINT;
#[cfg(test)]
pub(super) use media::{room, transport};
use replay::Replay;

pub(super) const ME: &str = "me";

/// Somebody who waits for an outcome, told apart by a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Who(usize);

impl Waiter for Who {
    fn is_gone(&self) -> bool {
        false
    }
}

/// What the driver has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    None,
    /// On its way.
    Opening,
    Open,
    /// The goodbye was said.
    Closing,
}

pub(super) const WANTED: Wanted = Wanted {
    mic: false,
    webcam: false,
    opens_microphone: false,
    protocol: PreferredProtocol::UdpOverTcp,
    auto_consume: true,
};

pub(super) struct Course {
    pub(super) session: Session<Who>,
    pub(super) now: Duration,
    pub(super) line: Line,
    /// Of the frames that were sent on the present connection: id, method and data.
    pub(super) sent: Vec<(u64, String, Value)>,
    /// Of those, the requests that never got onto the line, should the connection be given up.
    pub(super) unsent: Vec<u64>,
    /// How many answers to requests of the service were sent.
    pub(super) answers: usize,
    /// The latest.
    pub(super) last_answer: Value,
    /// What the room can carry.
    pub(super) room: Value,
    /// How often the figures of media were asked for.
    pub(super) looks: usize,
    /// How often the default microphone was to be opened.
    pub(super) microphones: usize,
    /// What was to be done with media.
    pub(super) media: Vec<MediaAction>,
    waiters: usize,
    pub(super) outcomes: BTreeMap<Who, Result<Value>>,
    pub(super) events: Vec<Event>,
    replay: Replay,
    state: MeetingState,
    /// The latest request that was answered.
    answered: u64,
}

impl Course {
    pub(super) fn new() -> Self {
        let local = Participant {
            id: ME.to_owned(),
            name: "Me".to_owned(),
            local: true,
            mode: Some(Mode::SendAndReceive),
            peer_type: PeerType::Normal,
            metadata: None,
            media: MediaFlags::default(),
            pinned: Pinned::default(),
            agent_state: None,
            joined_at_ms: 0,
        };
        let replay = Replay::new(&local);
        let mut course = Self {
            session: Session::new(local, WANTED, || 0.5, || 7),
            now: Duration::from_secs(1),
            line: Line::None,
            sent: Vec::new(),
            answers: 0,
            last_answer: Value::Null,
            room: json!({"codecs": [], "headerExtensions": []}),
            unsent: Vec::new(),
            looks: 0,
            microphones: 0,
            media: Vec::new(),
            waiters: 0,
            outcomes: BTreeMap::new(),
            events: Vec::new(),
            replay,
            state: MeetingState::Initialised,
            answered: 0,
        };
        course.session.begin();
        course.follow();
        course
    }

    /// In the room, with those peers.
    pub(super) fn inside(peers: &Value) -> Self {
        let mut course = Self::new();
        course.join();
        course.open(false);
        course.answer("join", json!({"peers": peers}));
        assert_eq!(course.session.state(), MeetingState::Connected);
        course
    }

    fn moment(&self) -> Moment {
        Moment {
            at: self.now,
            unix_ms: 1_000_000 + self.now.as_millis() as i64,
        }
    }

    /// Something happens; everything that follows is looked at.
    pub(super) fn happen<R>(
        &mut self,
        happening: impl FnOnce(&mut Session<Who>, Moment) -> R,
    ) -> R {
        let moment = self.moment();
        let result = happening(&mut self.session, moment);
        self.follow();
        result
    }

    /// The same with somebody who waits for the outcome; who gets an error at once does not.
    pub(super) fn begin(
        &mut self,
        happening: impl FnOnce(&mut Session<Who>, Moment, Who) -> Result<()>,
    ) -> Result<Who> {
        let who = Who(self.waiters);
        self.waiters += 1;
        let begun = self.happen(|session, now| happening(session, now, who));
        begun.inspect_err(|_| assert!(!self.outcomes.contains_key(&who)))?;
        Ok(who)
    }

    pub(super) fn join(&mut self) -> Who {
        let until = self.now + Duration::from_secs(30);
        self.begin(|session, now, who| session.join(now, until, who))
            .expect("it can be joined")
    }

    pub(super) fn leave(&mut self) -> Who {
        self.begin(|session, now, who| {
            session.leave(now, Some(who), None);
            Ok(())
        })
        .expect("one can always leave")
    }

    pub(super) fn call(&mut self) -> Result<Who> {
        let call = Call::new("something", "do something", json!({}));
        self.begin(|session, now, who| session.call(now, call, who))
    }

    /// The connection that was wanted is there.
    pub(super) fn open(&mut self, asks: bool) {
        assert_eq!(self.line, Line::Opening);
        self.line = Line::Open;
        self.sent.clear();
        let admission = Admission {
            join: json!({"displayName": "Me"}),
            asks,
            ice_problem: None,
        };
        self.happen(|session, now| session.opened(now, admission));
        // What the room can carry is asked for with every join; mostly it is nothing.
        let room = self.room.clone();
        self.answer("getRouterRtpCapabilities", room);
    }

    pub(super) fn open_failed(&mut self, status: Status) {
        assert_eq!(self.line, Line::Opening);
        self.line = Line::None;
        let error = Error::new(status, "It failed", "Try again.");
        self.happen(|session, now| session.open_failed(now, error));
    }

    pub(super) fn lose(&mut self) {
        self.lose_unsent(&[]);
    }

    /// The connection is gone, and nothing of those requests was sent.
    pub(super) fn lose_unsent(&mut self, unsent: &[u64]) {
        self.line = Line::None;
        self.happen(|session, now| session.lost(now, "broke", unsent));
    }

    /// A text message comes, be it a frame or not.
    pub(super) fn receive(&mut self, text: &str) {
        match Frame::parse(text) {
            Ok(frame) => self.frame(frame),
            Err(malformed) => self.happen(|session, _| {
                session.malformed_came(malformed.request, malformed.reason);
            }),
        }
    }

    pub(super) fn frame(&mut self, frame: Frame) {
        self.happen(|session, now| session.received(now, frame));
    }

    pub(super) fn tell(&mut self, method: &str, data: Value) {
        let method = method.to_owned();
        self.frame(Frame::Notification { method, data });
    }

    pub(super) fn ask(&mut self, method: &str, data: Value) {
        let (id, method) = (77, method.to_owned());
        let before = self.answers;
        self.frame(Frame::Request { id, method, data });
        let is_open = matches!(self.line, Line::Open | Line::Closing);
        if is_open && self.session.is_connected() {
            assert_eq!(self.answers, before + 1, "every request is answered");
        }
    }

    /// The latest request of that method, if it was sent on this connection.
    pub(super) fn request(&self, method: &str) -> Option<u64> {
        let sent = self.sent.iter().rev();
        let mut ids = sent.filter_map(|(id, sent, _)| (sent == method).then_some(*id));
        ids.next()
    }

    pub(super) fn respond(&mut self, method: &str, answer: Result<Value, Refusal>) {
        let id = self.request(method).expect("it was asked for");
        self.answered = id;
        self.frame(Frame::Response { id, answer });
    }

    pub(super) fn answer(&mut self, method: &str, data: Value) {
        self.respond(method, Ok(data));
    }

    /// Time goes on to the next moment at which something is due; whether there is one.
    pub(super) fn wait(&mut self) -> bool {
        let Some(deadline) = self.session.next_deadline() else {
            return false;
        };
        self.now = self.now.max(deadline);
        self.happen(|session, now| session.tick(now));
        let next = self.session.next_deadline();
        assert!(
            next.is_none_or(|next| next > self.now),
            "a driver would never rest"
        );
        true
    }

    /// What the driver and the app get, and what has to hold then.
    fn follow(&mut self) {
        let outputs = self.session.take_outputs();
        for action in outputs.actions {
            self.act(action);
        }
        for event in outputs.events {
            self.hear(&event);
            self.events.push(event);
        }
        for (who, outcome) in outputs.outcomes {
            let earlier = self.outcomes.insert(who, outcome);
            assert!(earlier.is_none(), "{who:?} was told twice");
        }
        assert_eq!(self.session.state(), self.state, "a state that is not told");
        let mut seen: Vec<Value> = self
            .session
            .participants()
            .iter()
            .map(Participant::to_value)
            .collect();
        // The one thing that no event tells: it is the time of the state CONNECTED.
        seen[0]["joinedAtMs"] = Value::Null;
        assert_eq!(self.replay.participants(), seen, "{:#?}", self.events);
        assert_eq!(self.replay.speaker(), self.session.active_speaker());
        if self.session.is_idle() {
            assert_eq!(self.session.next_deadline(), None);
            assert!(
                matches!(
                    self.state,
                    MeetingState::Initialised | MeetingState::Failed | MeetingState::Left
                ),
                "{:?} with nothing under way",
                self.state
            );
            assert!(!matches!(self.line, Line::Open | Line::Opening));
        }
        if self.state == MeetingState::Left {
            assert!(self.session.services().is_empty());
        }
    }

    fn act(&mut self, action: Action) {
        match action {
            Action::Open { .. } => {
                self.line = Line::Opening;
                self.sent.clear();
            }
            Action::Close => {
                assert_eq!(self.line, Line::Open, "a goodbye to nobody");
                self.line = Line::Closing;
            }
            Action::Drop => self.line = Line::None,
            Action::Renew => {
                let line = std::mem::replace(&mut self.line, Line::None);
                let unsent = std::mem::take(&mut self.unsent);
                if !self.happen(|session, now| session.renew(now, &unsent)) {
                    self.line = line;
                }
            }
            Action::Measure => self.looks += 1,
            Action::OpenMicrophone => self.microphones += 1,
            Action::Media(action) => self.media.push(*action),
            Action::Send { text, .. } => {
                assert_eq!(self.line, Line::Open, "{text} goes nowhere");
                let frame: Value = serde_json::from_str(&text).expect("frames are JSON");
                if frame["response"] == true {
                    self.answers += 1;
                    self.last_answer = frame;
                    return;
                }
                let id = frame["id"].as_u64().expect("a number");
                let method = frame["method"].as_str().expect("a text").to_owned();
                let is_new = self.sent.iter().all(|(sent, ..)| *sent != id);
                assert!(is_new, "the id {id} was used twice");
                self.sent.push((id, method, frame["data"].clone()));
            }
        }
    }

    fn hear(&mut self, event: &Event) {
        assert_ne!(self.state, MeetingState::Left, "{event:?} after the end");
        if event.kind() == EventType::StateChanged {
            let next = MeetingState::ALL
                .iter()
                .find(|it| **it as i32 == event.code());
            let next = *next.expect("a known state");
            assert!(
                is_legal(self.state, next) || self.events.is_empty(),
                "{:?} cannot become {next:?}",
                self.state
            );
            self.state = next;
        }
        self.replay.hear(event);
    }

    /// Answers that are late, came twice or belong to nothing change nothing.
    pub(super) fn check_answers_to_nothing(&mut self) {
        let before = self.fingerprint();
        for id in [self.answered, 1_000_000, u64::MAX] {
            let refusal = Refusal::default();
            for answer in [Ok(json!({"peers": [{"id": "ghost"}]})), Err(refusal)] {
                if self.sent.iter().any(|(sent, ..)| *sent == id) && id != self.answered {
                    continue;
                }
                self.frame(Frame::Response { id, answer });
                assert_eq!(self.fingerprint(), before, "an answer to {id}");
            }
        }
    }

    /// Everything that could have changed: who is in the room changes with events alone.
    fn fingerprint(&self) -> (MeetingState, Line, [usize; 4], Option<Duration>) {
        let counts = [
            self.events.len(),
            self.outcomes.len(),
            self.sent.len(),
            self.answers,
        ];
        (self.state, self.line, counts, self.session.next_deadline())
    }

    /// Whatever still is under way ends, and everybody who waited has been told.
    pub(super) fn finish(&mut self) {
        let last = self.leave();
        for _ in 0..3 {
            self.wait();
        }
        assert_eq!(self.state, MeetingState::Left);
        assert_eq!(self.outcomes.get(&last), Some(&Ok(Value::Null)));
    }

    /// Everybody but so many.
    pub(super) fn check_all_were_told(&self, but: usize) {
        assert_eq!(self.outcomes.len() + but, self.waiters);
    }
}

/// Which state may follow which.
fn is_legal(from: MeetingState, to: MeetingState) -> bool {
    use MeetingState::*;
    match from {
        Initialised => matches!(to, Connecting | Left),
        Connecting => matches!(
            to,
            WaitingEntry | Connected | Failed | Initialised | Leaving | Left
        ),
        WaitingEntry => matches!(to, Connected | Failed | Initialised | Leaving | Left),
        Connected => matches!(to, Reconnecting | Connecting | Failed | Leaving | Left),
        Reconnecting => matches!(to, Connected | Failed | Leaving | Left),
        Leaving => to == Left,
        Failed => matches!(to, Connecting | Left),
        Left => false,
    }
}
