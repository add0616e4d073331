//! What agents tell of themselves.

use vsdk::Status;
use vsdk::meeting::{AgentState, EventType, PeerType};

use super::support::{Client, LONG, room, server};

#[test]
fn an_agent_tells_its_state_what_was_said_and_its_figures() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    let agent = Client::new(&server, &room, "agent", |options| {
        options.set_peer_type(PeerType::Agent);
    });
    ann.join();
    agent.join();
    ann.next(EventType::ParticipantJoined);

    agent
        .meeting
        .send_agent_state(AgentState::Thinking, LONG)
        .wait()
        .expect("a state");
    let state = ann.next(EventType::AgentStateChanged);
    assert_eq!(
        (state.participant_id(), state.text()),
        (Some("agent"), Some("thinking"))
    );
    let snapshot = ann.snapshot();
    let seen = snapshot.participant("agent").expect("it is here");
    assert_eq!(
        (seen.peer_type(), seen.agent_state()),
        (PeerType::Agent, Some("thinking"))
    );

    let said = agent
        .meeting
        .send_agent_transcript("ann", "hello é😀", true, LONG);
    said.wait().expect("a transcript");
    let said = ann.next(EventType::AgentTranscript);
    assert_eq!(
        (said.participant_id(), said.text()),
        (Some("ann"), Some("hello é😀"))
    );
    assert!(
        said.to_json().contains(r#""type":"final""#),
        "{}",
        said.to_json()
    );

    let metrics = agent
        .meeting
        .send_agent_metrics(r#"{"latencyMs": 250}"#, LONG);
    metrics.wait().expect("metrics");
    let metrics = ann.next(EventType::AgentMetrics);
    assert_eq!(metrics.participant_id(), Some("agent"));
    assert!(metrics.to_json().contains("250"), "{}", metrics.to_json());
    let error = agent
        .meeting
        .send_agent_metrics("[]", LONG)
        .wait()
        .unwrap_err();
    assert_eq!(error.status(), Status::InvalidArgument, "{error}");
}

#[test]
fn who_is_no_agent_is_told_so() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    ann.join();
    let error = ann
        .meeting
        .send_agent_state(AgentState::Idle, LONG)
        .wait()
        .unwrap_err();
    assert_eq!(
        (error.status(), error.service_code()),
        (Status::InvalidState, Some(3068))
    );
    assert_eq!(error.operation(), "meeting_send_agent_state");
}
