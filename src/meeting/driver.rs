//! What carries a meeting out: one task on one worker, as long as something is under way.

use std::collections::VecDeque;
use std::future::{Future, pending};
use std::pin::Pin;
use std::sync::Arc;

use tokio::time::{Instant, sleep_until};

use super::calls::gone;
use super::session::{Action, forget_frames, unsent_requests};
use super::shared::Shared;
use crate::Result;
use crate::config;
use crate::media::plane::Plane;
use crate::runtime::WorkerId;
use crate::signaling::{self, Link, LinkEvent, Opened};

type Opening = Pin<Box<dyn Future<Output = Result<Opened>> + Send>>;

/// Carries out what the session of the meeting wants until nothing is under way.
///
/// The future ends that in failure when it is thrown away, also before it was ever polled.
pub(super) fn drive(
    shared: Arc<Shared>,
    worker: WorkerId,
) -> impl Future<Output = ()> + Send + 'static {
    let mut driver = Driver {
        plane: Plane::new(worker, Arc::clone(&shared.tracks)),
        shared,
        worker,
        link: None,
        opening: None,
        is_done: false,
    };
    async move { while driver.step().await {} }
}

struct Driver {
    shared: Arc<Shared>,
    worker: WorkerId,
    link: Option<Link>,
    opening: Option<Opening>,
    plane: Plane,
    /// Has ended by itself: what is under way from then on is another driver's.
    is_done: bool,
}

impl Driver {
    /// One thing that happens and what follows from it; `false` at the end.
    async fn step(&mut self) -> bool {
        // What is done can bring more to do, and another moment to wait for.
        let deadline = loop {
            let (actions, deadline) = self.shared.take_actions();
            if actions.is_empty() {
                break deadline;
            }
            self.act(actions);
        };
        let has_connection = self.link.is_some() || self.opening.is_some();
        if deadline.is_none() && !has_connection && self.shared.stop_driving() {
            self.is_done = true;
            return false;
        }
        let shared = Arc::clone(&self.shared);
        tokio::select! {
            () = shared.wake.notified() => {}
            event = next(&mut self.link) => self.happened(event),
            opened = finished(&mut self.opening) => {
                self.opening = None;
                self.opened(opened);
            }
            (direction, event) = self.plane.next() => shared.with_driver(|session, now| {
                session.transport_told(now, direction, event);
            }),
            () = at(deadline) => shared.with_driver(|session, now| session.tick(now)),
        }
        true
    }

    fn act(&mut self, mut actions: VecDeque<Action>) {
        while let Some(action) = actions.pop_front() {
            match action {
                Action::Open { within, first } => {
                    self.link = None;
                    self.opening = Some(self.open(Instant::now() + within, first));
                }
                Action::Send { id, text } => {
                    if let Some(link) = &mut self.link {
                        link.send(id, text);
                    }
                }
                Action::Close => match &mut self.link {
                    Some(link) => link.close(),
                    None => self.shared.lost("is gone", Vec::new()),
                },
                Action::Renew => self.renew(&mut actions),
                Action::Drop => {
                    self.link = None;
                    self.opening = None;
                }
                Action::Measure => {
                    let statistics = self.shared.media_statistics();
                    self.shared
                        .with_driver(|session, now| session.measured(now, statistics));
                }
                Action::Media(action) => self.plane.act(*action),
                Action::OpenMicrophone => self.shared.open_microphone(),
            }
        }
    }

    /// What was still to be sent goes over the next connection, if at all.
    fn renew(&mut self, actions: &mut VecDeque<Action>) {
        let Some(link) = &self.link else {
            return;
        };
        let mut unsent = link.unsent();
        unsent.extend(unsent_requests(actions));
        if self.shared.renew(unsent) {
            self.link = None;
            forget_frames(actions);
        }
    }

    fn open(&self, deadline: Instant, first: bool) -> Opening {
        let network = Arc::clone(&config::current().network);
        let worker = self.worker;
        let destination = self.shared.destination();
        Box::pin(async move {
            let client = network.client(worker);
            signaling::open(&client, &destination, deadline, first).await
        })
    }

    fn opened(&mut self, opened: Result<Opened>) {
        match opened {
            Ok(Opened { link, ice_servers }) => {
                self.link = Some(link);
                let known = ice_servers.as_ref().ok();
                self.plane.set_ice_servers(known);
                self.shared.opened(ice_servers);
            }
            Err(error) => {
                let error = super::refusal::refined(error);
                self.shared
                    .with_driver(|session, now| session.open_failed(now, error));
            }
        }
    }

    fn happened(&mut self, event: LinkEvent) {
        match event {
            LinkEvent::Frame(frame) => self
                .shared
                .with_driver(|session, now| session.received(now, frame)),
            LinkEvent::Malformed(malformed) => self.shared.with_driver(|session, _| {
                session.malformed_came(malformed.request, malformed.reason);
            }),
            LinkEvent::Ended(words) => {
                let unsent = self.link.take().map_or_else(Vec::new, |link| link.unsent());
                self.shared.lost(&words, unsent);
            }
        }
    }
}

impl Drop for Driver {
    /// Thrown away before the end: by the shutdown of the library, or by a defect of it.
    fn drop(&mut self) {
        if !self.is_done {
            self.shared.driver_gone(&gone());
        }
    }
}

async fn next(link: &mut Option<Link>) -> LinkEvent {
    match link {
        Some(link) => link.next().await,
        None => pending().await,
    }
}

async fn finished(opening: &mut Option<Opening>) -> Result<Opened> {
    match opening {
        Some(opening) => opening.await,
        None => pending().await,
    }
}

async fn at(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => sleep_until(deadline).await,
        None => pending().await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::shared::tests::meeting;
    use crate::meeting::state::MeetingState;

    #[tokio::test]
    async fn the_end_of_a_driver_leaves_what_the_next_one_drives_alone() {
        let meeting = meeting();
        let worker = WorkerId {
            engine: 0,
            index: 0,
        };
        let mut driver = Driver {
            plane: Plane::new(worker, Arc::clone(&meeting.shared.tracks)),
            shared: Arc::clone(&meeting.shared),
            worker,
            link: None,
            opening: None,
            is_done: false,
        };
        assert!(!driver.step().await, "there is nothing to do");
        // Another join begins before the task of the first driver is gone.
        let mut told = meeting.shared.begin_join();
        drop(driver);
        assert!(told.try_recv().is_err(), "it is under way");
        assert_eq!(meeting.snapshot().state(), MeetingState::Connecting);
    }
}
