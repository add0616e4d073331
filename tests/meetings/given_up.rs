//! Joins that are given up at each of their steps: nothing of them is left, on either side.

use std::time::{Duration, Instant};

use devserver::{Fault, FaultKind, Server, SignalingFault, SignalingFaultKind};
use vsdk::meeting::MeetingState;
use vsdk::{Operation, Status};

use crate::support::{Client, LONG, room, server, token_with};

/// How long a request is held back that is carried out then.
const HELD_MS: u64 = 300;

/// What the service holds back: where a join is when it is given up.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// The call before the WebSocket.
    InitConfig,
    /// The request that becomes the WebSocket.
    Socket,
    /// A request of signalling.
    Request(&'static str),
    /// Somebody has to let it in, and does not.
    Entry,
    /// In the room already, a topic is being subscribed.
    Subscription,
}

const STEPS: [Step; 6] = [
    Step::InitConfig,
    Step::Socket,
    Step::Request("requestEntry"),
    Step::Request("join"),
    Step::Entry,
    Step::Subscription,
];

/// How it is given up.
#[derive(Clone, Copy, Debug)]
enum End {
    Cancel,
    Leave,
    Free,
}

impl Step {
    /// Holds it back: for ever, or for a while.
    fn hold(self, server: &Server, for_ever: bool) {
        let http = |route| {
            let fault = match for_ever {
                true => Fault::new(route, FaultKind::Stall),
                false => Fault::delay(route, HELD_MS),
            };
            server.faults().add(fault).expect("a fault that acts");
        };
        let request = |method| {
            let fault = match for_ever {
                true => SignalingFault::new(method, SignalingFaultKind::Ignore),
                false => SignalingFault::delay(method, HELD_MS),
            };
            server.faults().add_signaling(fault).expect("it acts");
        };
        match self {
            Step::InitConfig => http("POST /infra/v1/meetings/server-init-config"),
            Step::Socket => http("GET /"),
            Step::Request(method) => request(method),
            Step::Entry => {}
            Step::Subscription => request("pubsubSubscribe"),
        }
    }

    /// Begins, and comes to this step.
    fn begin(self, server: &Server, client: &Client) -> Operation<()> {
        let is_held = || {
            let faults = server.faults();
            let http = faults.list_all().iter().any(|one| one.applied > 0);
            http || faults.list_signaling().iter().any(|one| one.applied > 0)
        };
        if let Step::Subscription = self {
            client.join();
            let subscribing = client.meeting.subscribe("topic", LONG);
            until("it is held back", is_held);
            return subscribing;
        }
        let joining = client.meeting.join(LONG);
        match self {
            Step::Entry => drop(client.state(MeetingState::WaitingEntry)),
            _ => until("it is held back", is_held),
        }
        joining
    }
}

fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < LONG, "never: {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Neither a connection nor a participant is left at the service.
fn check_nobody_is_left(server: &Server) {
    until("all connections are closed", || {
        server.stats().signaling_open == 0
    });
    let stats = server.stats();
    assert_eq!(stats.participants, 0, "{stats:?}");
    server.faults().clear();
}

fn give_up(step: Step, end: End, for_ever: bool) {
    let server = server();
    let room = room(&server);
    let asking = token_with(&server, |claims| {
        claims["permissions"] = ["ask_join"].into();
    });
    let token = match step {
        // Who need not ask does not wait for the answer.
        Step::Entry | Step::Request("requestEntry") => asking,
        _ => server.token(),
    };
    let client = Client::with_token(&server, &room, "ann", &token, |_| ());
    step.hold(&server, for_ever);
    let operation = step.begin(&server, &client);
    match end {
        End::Cancel => {
            operation.cancel();
            let error = operation.wait().expect_err("it was cancelled");
            assert_eq!(error.status(), Status::Cancelled);
            if let Step::Subscription = step {
                assert_eq!(client.snapshot().state(), MeetingState::Connected);
                client.meeting.subscribe("topic", LONG).wait().unwrap();
            } else {
                assert_eq!(client.snapshot().state(), MeetingState::Initialised);
                check_nobody_is_left(&server);
                client.meeting.set_token(&server.token()).unwrap();
                client.join();
            }
            assert_eq!(server.stats().participants, 1);
            client.leave();
            assert!(client.is_closed());
        }
        End::Leave => {
            client.leave();
            let error = operation.wait().expect_err("it was left");
            assert_eq!(error.status(), Status::Cancelled, "{error}");
            assert_eq!(client.snapshot().state(), MeetingState::Left);
            assert!(client.is_closed());
        }
        End::Free => {
            drop(client);
            let error = operation.wait().expect_err("there is no meeting any more");
            assert_eq!(error.status(), Status::Cancelled, "{error}");
        }
    }
    check_nobody_is_left(&server);
    // What was held back for a while is carried out only now, if at all.
    if !for_ever {
        std::thread::sleep(Duration::from_millis(2 * HELD_MS));
        check_nobody_is_left(&server);
    }
}

#[test]
fn a_join_can_be_given_up_at_every_step() {
    for step in STEPS {
        for end in [End::Cancel, End::Leave, End::Free] {
            for for_ever in [true, false] {
                println!("{step:?} {end:?} {for_ever}");
                give_up(step, end, for_ever);
            }
        }
    }
}
