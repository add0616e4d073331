//! A meeting without a connection.

use serde_json::Value;

use super::course::{Course, FINGERPRINT, Line};
use crate::media::plane::{Direction, MediaAction, TrackKey};
use crate::media::transport::{TransportEvent, TransportState};
use crate::media::{TrackKind, TrackOptions};
use crate::meeting::state::MeetingState;
use crate::signaling::Frame;

/// One in a room that carries media. After everything that happens is checked what always has to hold.
pub struct Meeting {
    course: Course,
    last_track: u64,
}

impl Meeting {
    /// In the room, with somebody called `ann`.
    #[must_use]
    pub fn inside() -> Self {
        Self {
            course: Course::with_media(),
            last_track: 0,
        }
    }

    fn is_inside(&self) -> bool {
        self.course.line == Line::Open
    }

    /// The service sends a text.
    pub fn receive(&mut self, text: &str) {
        if self.is_inside() {
            self.course.receive(text);
        }
    }

    /// It answers one of the requests of this connection, counted from the latest.
    pub fn answer(&mut self, index: usize, data: Value) {
        let sent = self.course.sent.iter().rev();
        let id = sent.map(|(id, ..)| *id).nth(index);
        if let Some(id) = id.filter(|_| self.is_inside()) {
            let answer = Ok(data);
            self.course.frame(Frame::Response { id, answer });
        }
    }

    /// Time goes on to the next thing that is due, and a connection that is wanted is made.
    pub fn wait(&mut self) {
        if self.course.line == Line::Opening {
            self.course.enter();
        } else {
            self.course.wait();
        }
    }

    /// The connection is lost.
    pub fn lose(&mut self) {
        if matches!(self.course.line, Line::Open | Line::Closing) {
            self.course.lose();
        }
    }

    /// The transports are there and connected, and take everything they are asked to.
    pub fn connect(&mut self) {
        let fingerprint = FINGERPRINT;
        for direction in [Direction::Send, Direction::Receive] {
            let fingerprint = fingerprint.to_owned();
            let connected = TransportEvent::State(TransportState::Connected);
            for event in [TransportEvent::Opened { fingerprint }, connected] {
                self.course.transport_tells(direction, event);
            }
        }
        let consumed = self.course.media.iter().filter_map(|action| match action {
            MediaAction::Consume { id, .. } => Some(id.clone()),
            _ => None,
        });
        for id in consumed.collect::<Vec<_>>() {
            let ready = TransportEvent::ConsumerReady { id };
            self.course.transport_tells(Direction::Receive, ready);
        }
    }

    /// A transport is lost, for good or not.
    pub fn disconnect(&mut self, sends: bool, is_over: bool) {
        let state = match is_over {
            true => TransportState::Failed("a defect".to_owned()),
            false => TransportState::Disconnected,
        };
        let direction = match sends {
            true => Direction::Send,
            false => Direction::Receive,
        };
        self.course
            .transport_tells(direction, TransportEvent::State(state));
    }

    /// Data comes.
    pub fn data(&mut self, stream_id: u16, data: &[u8]) {
        let event = TransportEvent::Data {
            stream_id,
            is_text: false,
            data: data.to_vec(),
        };
        self.course.transport_tells(Direction::Receive, event);
    }

    /// The app has something to send.
    pub fn add_track(&mut self, kind: usize) {
        if self.course.session.state() == MeetingState::Left {
            return;
        }
        self.last_track += 1;
        let kind = TrackKind::ALL[kind % TrackKind::ALL.len()];
        self.course
            .add_track(self.last_track, &TrackOptions::new(kind));
    }

    /// It switches one on or off, or takes it away.
    pub fn change_track(&mut self, track: u64, is_on: Option<bool>) {
        let track = TrackKey(track);
        self.course.happen(|session, now| match is_on {
            Some(on) => session.enable_track(now, track, on),
            None => session.remove_track(now, track),
        });
    }

    /// The app leaves, and nothing is left under way.
    pub fn finish(&mut self) {
        if self.course.session.state() != MeetingState::Left {
            self.course.finish();
        }
        self.course.check_answers_to_nothing();
    }

    /// What was told so far, as JSON.
    pub fn events(&self) -> impl Iterator<Item = String> + '_ {
        self.course
            .events
            .iter()
            .map(crate::meeting::Event::to_json)
    }
}
