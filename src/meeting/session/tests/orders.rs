//! Every order of what can happen.

use super::*;

/// What may happen to a meeting that is being joined or was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Happening {
    Opened,
    OpenFailed,
    EntryAnswered,
    EntryAllowed,
    EntryDenied,
    NewPeer,
    JoinAccepted,
    JoinRefused,
    Closed,
    Lost,
    TimePasses,
    Leave,
    Abandon,
    Request,
    Answered,
    Switch,
    SwitchAccepted,
    Subscribe,
    Subscribed,
}

use Happening::*;

const ALL: [Happening; 15] = [
    Opened,
    OpenFailed,
    EntryAnswered,
    EntryAllowed,
    EntryDenied,
    NewPeer,
    JoinAccepted,
    JoinRefused,
    Closed,
    Lost,
    TimePasses,
    Leave,
    Abandon,
    Request,
    Answered,
];

/// A course, and how many are told nothing: they were refused at once, or have given up.
struct Trial {
    course: Course,
    asks: bool,
    silent: usize,
    joiner: Who,
    /// Nobody waits for that join any more.
    is_abandoned: bool,
    /// The latest join that was answered.
    answered: Option<u64>,
}

/// A state, and the failure behind it with the service's number.
type Ending = (MeetingState, Option<(Status, Option<i32>)>);

impl Trial {
    fn new(asks: bool) -> Self {
        let mut course = Course::new();
        let joiner = course.join();
        Trial {
            course,
            asks,
            silent: 0,
            joiner,
            is_abandoned: false,
            answered: None,
        }
    }

    /// What has to come of something, looked up and not derived from how it is done; `None` where
    /// that depends on more than the state.
    fn ending(&self, happening: Happening) -> Option<Ending> {
        use MeetingState::*;
        let course = &self.course;
        let state = course.session.state();
        let join = course.request("join");
        let is_answered = join.is_some() && join == self.answered;
        let is_joining = matches!(state, Connecting | WaitingEntry);
        let ends = |state, status, number| Some((state, Some((status, number))));
        match (happening, course.line) {
            (OpenFailed, _) if is_joining => ends(Failed, Status::NetworkConnect, None),
            (EntryDenied, Line::Open) if is_joining => ends(Failed, Status::EntryDenied, None),
            (JoinRefused, Line::Open) if is_joining && !is_answered => {
                ends(Failed, Status::LimitReached, Some(4009))
            }
            (Closed, Line::Open) if is_joining => ends(Failed, Status::Removed, Some(1002)),
            (Lost, Line::Open) if is_joining => ends(Failed, Status::ConnectionLost, None),
            (JoinAccepted, Line::Open) if is_joining && !is_answered => Some((Connected, None)),

            (Closed, Line::Open) => ends(Left, Status::Removed, Some(1002)),
            (Lost, Line::Open) => ends(Reconnecting, Status::ConnectionLost, None),
            (EntryDenied | JoinRefused, Line::Open) if state == Connected => {
                Some((Connected, None))
            }
            // In the room again it is too late, even if not all is taken up again yet.
            (EntryDenied, Line::Open) if state == Reconnecting && !is_answered => {
                ends(Failed, Status::EntryDenied, None)
            }
            // A full room may have a place later.
            (OpenFailed | JoinRefused, Line::Opening | Line::Open) if state == Reconnecting => {
                ends(Reconnecting, Status::ConnectionLost, None)
            }
            (Lost, Line::Closing) => match state {
                Leaving => Some((Left, None)),
                _ => None,
            },
            (Abandon, _) => ends(Initialised, Status::Cancelled, None),
            (Leave, Line::Open) => Some((Leaving, None)),
            (Leave, Line::None | Line::Opening) => Some((Left, None)),
            _ => None,
        }
    }

    /// Something happens, and what was to come of it has come.
    fn happen(&mut self, happening: Happening) {
        let expected = self.ending(happening);
        self.is_abandoned |= happening == Abandon;
        let waits = !self.is_abandoned && !self.course.outcomes.contains_key(&self.joiner);
        self.cause(happening);
        if matches!(happening, JoinAccepted | JoinRefused) {
            self.answered = self.answered.max(self.course.request("join"));
        }
        let Some((state, failure)) = expected else {
            return;
        };
        let course = &self.course;
        assert_eq!(course.session.state(), state, "after {happening:?}");
        let told = course.events.iter().rev();
        let told = told
            .clone()
            .find(|event| event.kind() == EventType::StateChanged)
            .expect("a state");
        assert_eq!(told.status(), failure.map(|(status, _)| status));
        let number = failure.and_then(|(_, number)| number);
        let told = told.details.get("serviceCode").cloned();
        assert_eq!(told.unwrap_or_default(), json!(number));
        if waits {
            let outcome = course.outcomes.get(&self.joiner);
            let failed = outcome.expect("it is over").as_ref().err();
            let failed = failed.map(|error| (error.status(), error.service_code()));
            let expected = match happening {
                Leave => Some((Status::Cancelled, None)),
                _ => failure,
            };
            assert_eq!(failed, expected, "what the join was told");
        }
    }

    /// Whether that can happen now: frames need a connection, and answers a question.
    fn can(&self, happening: Happening) -> bool {
        let course = &self.course;
        let is_open = matches!(course.line, Line::Open | Line::Closing);
        match happening {
            Opened | OpenFailed => course.line == Line::Opening,
            EntryAllowed | EntryDenied | NewPeer | Closed | Lost => is_open,
            EntryAnswered => is_open && course.request("requestEntry").is_some(),
            JoinAccepted | JoinRefused => is_open && course.request("join").is_some(),
            TimePasses => course.session.next_deadline().is_some(),
            Leave => course.session.state() != MeetingState::Left,
            Abandon => course.session.joining.is_some(),
            Request => is_open,
            Answered => is_open && course.request("something").is_some(),
            Switch | Subscribe => is_open,
            Subscribed => is_open && course.request("pubsubSubscribe").is_some(),
            SwitchAccepted => is_open && course.request("switchToMeeting").is_some(),
        }
    }

    fn cause(&mut self, happening: Happening) {
        let course = &mut self.course;
        let refusal = || {
            Err(Refusal {
                code: Some(4009),
                reason: None,
            })
        };
        let entry = |decision: &str| json!({"id": ME, "decision": decision, "sessionId": "s"});
        match happening {
            Opened => course.open(self.asks),
            OpenFailed => course.open_failed(Status::NetworkConnect),
            EntryAnswered => course.answer("requestEntry", json!({})),
            EntryAllowed => course.tell("entryResponded", entry("allowed")),
            EntryDenied => course.tell("entryResponded", entry("denied")),
            NewPeer => course.tell("newPeer", json!({"id": "p2", "displayName": "Two"})),
            JoinAccepted => {
                let peers = json!([{"id": "p2", "displayName": "Two"}, {"id": "p3"}]);
                course.answer("join", json!({"peers": peers}));
            }
            JoinRefused => course.respond("join", refusal()),
            Closed => course.ask("close", json!({"reason": {"code": 1002}})),
            Lost => course.lose(),
            TimePasses => drop(course.wait()),
            Leave => drop(course.leave()),
            Abandon => {
                self.silent += 1;
                course.happen(|session, now| session.abandon_join(now));
            }
            Answered => course.answer("something", json!({})),
            Switch => {
                if course.switch(self.asks).is_err() {
                    self.silent += 1;
                }
            }
            SwitchAccepted => course.answer("switchToMeeting", json!({})),
            Subscribe => {
                let begun = course.begin(|session, now, who| session.subscribe(now, "t", who));
                if begun.is_err() {
                    self.silent += 1;
                }
            }
            Subscribed => course.answer("pubsubSubscribe", json!({"messages": []})),
            Request => {
                if course.call().is_err() {
                    self.silent += 1;
                }
            }
        }
    }
}

/// What is printed when the test fails while it is held.
struct Shown(Vec<Happening>);

impl Drop for Shown {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("in the order {:?}", self.0);
        }
    }
}

fn play(asks: bool, order: &[Happening]) -> Trial {
    let mut trial = Trial::new(asks);
    for happening in order {
        trial.happen(*happening);
    }
    trial
}

/// Walks through all orders that begin with this one and have up to so many more happenings of
/// those; how many there were.
fn walk(asks: bool, order: &mut Vec<Happening>, more: usize, of: &[Happening]) -> usize {
    let _order = Shown(order.clone());
    let mut trial = play(asks, order);
    let possible: Vec<Happening> = of.iter().copied().filter(|it| trial.can(*it)).collect();
    trial.course.check_answers_to_nothing();
    trial.course.finish();
    trial.course.check_all_were_told(trial.silent);
    let mut count = 1;
    if more > 0 {
        for happening in possible {
            order.push(happening);
            count += walk(asks, order, more - 1, of);
            order.pop();
        }
    }
    count
}

#[test]
fn whatever_comes_on_a_new_connection_each_who_waits_is_told_once() {
    let of = [
        EntryAllowed,
        NewPeer,
        JoinAccepted,
        Closed,
        Lost,
        TimePasses,
    ];
    for asks in [false, true] {
        // Each of them once is among it, in all orders.
        let count = walk(asks, &mut vec![Opened], of.len(), &of);
        assert!(count > 1000, "{count}");
    }
}

#[test]
fn so_it_is_whatever_the_app_and_the_network_do() {
    for asks in [false, true] {
        let count = walk(asks, &mut Vec::new(), 5, &ALL);
        assert!(count > 1000, "{count}");
    }
}

#[test]
fn so_it_is_on_the_way_back_into_the_room() {
    for asks in [false, true] {
        let mut order = vec![Opened];
        order.extend(asks.then_some(EntryAllowed));
        order.extend([JoinAccepted, Request, Lost]);
        let count = walk(asks, &mut order, 5, &ALL);
        assert!(count > 400, "{count}");
    }
}

#[test]
fn so_it_is_on_the_way_to_another_meeting() {
    let of = [
        SwitchAccepted,
        EntryAllowed,
        EntryDenied,
        NewPeer,
        JoinAccepted,
        Closed,
        Lost,
        TimePasses,
        Leave,
        Switch,
    ];
    for asks in [false, true] {
        let mut order = vec![Opened];
        order.extend(asks.then_some(EntryAllowed));
        order.extend([JoinAccepted, Switch]);
        let count = walk(asks, &mut order, 4, &of);
        assert!(count > 500, "{count}");
    }
}

#[test]
fn so_it_is_while_what_was_subscribed_is_subscribed_again() {
    let of = [
        Subscribed,
        Subscribe,
        NewPeer,
        Closed,
        Lost,
        TimePasses,
        Leave,
        Request,
        Switch,
        SwitchAccepted,
        EntryAllowed,
        Opened,
        JoinAccepted,
    ];
    for asks in [false, true] {
        let mut inside = vec![Opened];
        inside.extend(asks.then_some(EntryAllowed));
        inside.push(JoinAccepted);
        let mut order = inside.clone();
        order.extend([Subscribe, Subscribed, Lost, TimePasses]);
        order.extend(inside);
        let count = walk(asks, &mut order, 3, &of);
        assert!(count > 200, "{count}");
    }
}
