import Vsdk
import XCTest

final class AgentTests: LibraryTestCase {
    func testWhatAnAgentTells() async throws {
        let room = try await TestRoom()
        let ann = try await room.join(as: "ann")
        let agent = try await room.join(as: "agent") { $0.peerType = .agent }

        for (state, text) in [
            (AgentState.listening, "listening"), (.thinking, "thinking"), (.speaking, "speaking"),
            (.idle, "idle"),
        ] {
            try await agent.sendAgentState(state)
            let told = try await ann.next(.agentStateChanged)
            XCTAssertEqual(told.participantId, "agent")
            XCTAssertEqual(told.text, text)
            XCTAssertEqual(try ann.participants()["agent"]?.agentState, text)
        }

        for (isFinal, kind) in [(false, "interim"), (true, "final")] {
            try await agent.sendAgentTranscript(
                participantId: "ann", words: "hello é😀", isFinal: isFinal)
            let said = try await ann.next(.agentTranscript)
            XCTAssertEqual(said.participantId, "ann")
            XCTAssertEqual(said.text, "hello é😀")
            XCTAssertTrue(said.json.contains(#""type":"\#(kind)""#), said.json)
        }

        try await agent.sendAgentMetrics(#"{"latencyMs": 250}"#)
        let metrics = try await ann.next(.agentMetrics)
        XCTAssertEqual(metrics.participantId, "agent")
        XCTAssertTrue(metrics.json.contains(#""latencyMs":250"#), metrics.json)
    }

    func testWhatIsRefused() async throws {
        let room = try await TestRoom()
        let ann = try await room.join(as: "ann")
        let agent = try room.meeting(as: "agent") { $0.peerType = .agent }
        try await assertFails(.invalidState) { try await agent.sendAgentState(.idle) }
        try await agent.join()
        let calls: [(String, @Sendable (Meeting) async throws -> Void)] = [
            ("state", { try await $0.sendAgentState(.idle) }),
            (
                "transcript",
                { try await $0.sendAgentTranscript(participantId: "ann", words: "x", isFinal: true) }
            ),
            ("metrics", { try await $0.sendAgentMetrics("{}") }),
        ]
        for (name, call) in calls {
            let error = try await assertFails(.invalidState) { try await call(ann) }
            XCTAssertEqual(error.serviceCode, 3068)
            XCTAssertEqual(error.operation, "meeting_send_agent_" + name)
            try await call(agent)
        }
        try await assertFails(.invalidArgument) {
            try await agent.sendAgentState(AgentState(rawValue: 99))
        }
        try await assertFails(.invalidArgument) { try await agent.sendAgentMetrics("[]") }
        try await assertFails(.invalidArgument) {
            try await agent.sendAgentTranscript(participantId: "", words: "x", isFinal: true)
        }
    }
}
