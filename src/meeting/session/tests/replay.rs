//! Whoever follows the events knows what the snapshot says, whatever happens in whatever order.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

/// Somebody as the service describes them.
fn peer() -> impl Strategy<Value = Value> {
    let metadata = prop_oneof![
        Just(Value::Null),
        Just(json!({})),
        Just(json!({"team": "blue"}))
    ];
    let modes = &["SEND_AND_RECV", "RECV_ONLY", "CONFERENCE", "NEW_MODE"][..];
    let mode = proptest::sample::select(modes);
    (id(), 0..3_u8, mode, metadata, any::<bool>()).prop_map(|(id, name, mode, metadata, agent)| {
        json!({
            "id": id, "displayName": format!("Name {name}"), "mode": mode,
            "metaData": metadata, "isAgent": agent,
        })
    })
}

/// The own one, some that come and go, and one that never comes.
fn id() -> impl Strategy<Value = String> {
    proptest::sample::select(&["p1", "p2", "p3", "p4", ME, "ghost"][..]).prop_map(str::to_owned)
}

/// What the service may tell about the people in a room.
fn told() -> impl Strategy<Value = (String, Value)> {
    let told = |method: &str, data: Value| (method.to_owned(), data);
    let kind = proptest::sample::select(&["audio", "video", "share", "shareAudio", "new"][..]);
    let mode = proptest::sample::select(&["SIGNALLING_ONLY", "RECV_ONLY", "VIEWER", "?"][..]);
    let one = prop_oneof![
        4 => peer().prop_map(move |peer| told("newPeer", peer)),
        2 => (id(), any::<bool>()).prop_map(move |(id, why)| {
            let reason = if why { json!({"code": 1002}) } else { Value::Null };
            told("peerClosed", json!({"peerId": id, "reason": reason}))
        }),
        1 => (id(), 0..3_u8).prop_map(move |(id, name)| {
            let name = format!("Name {name}");
            told("peerDisplayNameChanged", json!({"peerId": id, "displayName": name}))
        }),
        1 => (id(), mode).prop_map(move |(id, mode)| {
            told("peerModeChanged", json!({"peerId": id, "mode": mode}))
        }),
        3 => (id(), kind, any::<bool>()).prop_map(move |(id, kind, on)| {
            let data = json!({"peerId": id, "kind": kind, "newState": on});
            told("participantMediaStateChanged", data)
        }),
        1 => proptest::option::of(id())
            .prop_map(move |id| told("activeSpeaker", json!({"peerId": id}))),
        1 => id().prop_map(move |id| {
            told("agentStateChanged", json!({"peerId": id, "state": "thinking"}))
        }),
    ];
    // Several may come in one.
    prop_oneof![
        5 => one.clone(),
        1 => vec(one, 0..4).prop_map(move |all| {
            let all = all.into_iter().map(|(method, data)| json!({"method": method, "data": data}));
            told("batchNotification", json!({"notifications": all.collect::<Vec<_>>()}))
        }),
    ]
}

#[derive(Clone, Debug)]
enum Step {
    Told(String, Value),
    Pinned(String, Option<bool>, Option<bool>),
    /// Time goes on to the next thing that is due.
    Waits,
    Request,
    Answered,
    /// The connection is lost so many times until the service tells who is in the room: some before
    /// the join is answered, some in the answer.
    Returns(usize, Vec<(String, Value)>, Vec<Value>),
    Leaves,
}

fn step() -> impl Strategy<Value = Step> {
    let flag = || proptest::option::of(any::<bool>());
    prop_oneof![
        20 => told().prop_map(|(method, data)| Step::Told(method, data)),
        2 => (id(), flag(), flag()).prop_map(|(id, cam, share)| Step::Pinned(id, cam, share)),
        3 => Just(Step::Waits),
        1 => Just(Step::Request),
        1 => Just(Step::Answered),
        2 => (1..4_usize, vec(told(), 0..4), vec(peer(), 0..4))
            .prop_map(|(losses, early, peers)| Step::Returns(losses, early, peers)),
        1 => Just(Step::Leaves),
    ]
}

impl Course {
    /// Takes a step, as far as it is possible now; how many are told nothing because of it.
    fn take(&mut self, step: Step) -> usize {
        let is_inside = self.session.state() == MeetingState::Connected;
        match step {
            Step::Told(method, data) => self.tell(&method, data),
            Step::Pinned(id, cam, share) => {
                let state = json!({"cam": cam, "share": share});
                self.ask("pinStateChanged", json!({"peerId": id, "state": state}));
            }
            Step::Waits => drop(self.wait()),
            Step::Request => return usize::from(self.call().is_err()),
            Step::Answered if self.request("something").is_some() => {
                self.answer("something", json!({}));
            }
            Step::Answered => {}
            Step::Returns(losses, early, peers) if is_inside => {
                self.lose();
                for _ in 1..losses {
                    self.wait();
                    self.open_failed(Status::NetworkConnect);
                }
                self.return_with(early, &peers);
            }
            Step::Returns(..) => {}
            Step::Leaves => drop(self.leave()),
        }
        0
    }

    fn return_with(&mut self, early: Vec<(String, Value)>, peers: &[Value]) {
        self.wait();
        self.open(false);
        for (method, data) in early {
            self.tell(&method, data);
        }
        self.answer("join", json!({"peers": peers}));
    }
}

fn ids(course: &Course) -> Vec<String> {
    let participants = course.session.participants();
    participants[1..].iter().map(|one| one.id.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    /// [`Course`] compares after each step.
    #[test]
    fn events_always_replay_to_the_snapshot(
        peers in vec(peer(), 0..4), steps in vec(step(), 0..60)
    ) {
        let mut course = Course::inside(&json!(peers));
        let mut silent = 0;
        for step in steps {
            silent += course.take(step);
            course.check_answers_to_nothing();
        }
        if course.session.state() != MeetingState::Left {
            course.finish();
        }
        course.check_all_were_told(silent);
    }

    /// Whoever was not told of again on the new connection has left, and nobody else.
    #[test]
    fn who_is_here_after_a_reconnection_was_told_of_on_it(
        before in vec(peer(), 0..4), after in vec(peer(), 0..4), speaker in id(),
        lost_again in any::<bool>()
    ) {
        let mut course = Course::inside(&json!(before));
        course.tell("activeSpeaker", json!({"peerId": speaker}));
        let kept = ids(&course);
        course.lose();
        course.return_with(Vec::new(), &after);
        if lost_again {
            course.lose();
            course.return_with(Vec::new(), &after);
        }
        let here = ids(&course);
        prop_assert!(kept.iter().all(|id| here.contains(id)), "nobody leaves at once");
        course.wait();
        let here = ids(&course);
        let mut told: Vec<_> = after.iter().map(|peer| peer["id"].as_str().unwrap()).collect();
        told.retain(|id| *id != ME);
        prop_assert!(here.iter().all(|id| told.contains(&id.as_str())), "{here:?}");
        prop_assert!(told.iter().all(|id| here.contains(&(*id).to_owned())), "{here:?}");
        let speaks = course.session.active_speaker();
        let was_here = kept.contains(&speaker);
        prop_assert!(!was_here || speaks.is_none_or(|id| told.contains(&id)), "{speaks:?}");
    }
}
