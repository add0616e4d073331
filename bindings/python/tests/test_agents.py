"""What agents tell of themselves."""

from __future__ import annotations

import json
from typing import Callable

import pytest
from conftest import Service, event_of, init

import vsdk

EVENT = vsdk.EventType


def test_an_agent_tells_its_state_what_was_said_and_its_figures(service: Service) -> None:
    room = vsdk.create_room().id
    with init(room, "Ann") as ann, init(room, "Bot", peer_type=vsdk.PeerType.AGENT) as bot:
        ann.join()
        bot.join()
        for state in vsdk.AgentState:
            bot.send_agent_state(state)
            told = event_of(ann, EVENT.AGENT_STATE_CHANGED)
            assert (told.participant_id, told.text) == ("bot", state.name.lower())
        seen = ann.snapshot().participants[1]
        assert (seen.peer_type, seen.agent_state) == (vsdk.PeerType.AGENT, "speaking")

        for is_final, kind in ((False, "interim"), (True, "final")):
            bot.send_agent_transcript("ann", "grüß dich 😀", is_final=is_final)
            said = event_of(ann, EVENT.AGENT_TRANSCRIPT)
            assert (said.participant_id, said.text) == ("ann", "grüß dich 😀")
            assert json.loads(said.json)["data"]["type"] == kind

        bot.send_agent_metrics({"latencyMs": 250, "é": [None, "😀"]})
        figures = event_of(ann, EVENT.AGENT_METRICS)
        assert figures.participant_id == "bot"
        expected = {"peerId": "bot", "latencyMs": 250, "é": [None, "😀"]}
        assert json.loads(figures.json)["data"] == expected


def test_who_is_no_agent_is_told_so(service: Service) -> None:
    with init(vsdk.create_room().id, "Ann") as ann:
        ann.join()
        uses: tuple[tuple[str, Callable[[], object]], ...] = (
            ("meeting_send_agent_state", lambda: ann.send_agent_state(vsdk.AgentState.IDLE)),
            (
                "meeting_send_agent_transcript",
                lambda: ann.send_agent_transcript("ann", "hello", is_final=True),
            ),
            ("meeting_send_agent_metrics", lambda: ann.send_agent_metrics({})),
        )
        for operation, use in uses:
            with pytest.raises(vsdk.InvalidStateError) as caught:
                use()
            assert (caught.value.service_code, caught.value.operation) == (3068, operation)


def test_what_is_wrong_is_not_sent(service: Service) -> None:
    with init(vsdk.create_room().id, "Bot", peer_type=vsdk.PeerType.AGENT) as bot:
        bot.join()
        with pytest.raises(vsdk.InvalidArgumentError):
            bot.send_agent_state(vsdk.AgentState(99))
        with pytest.raises(TypeError):
            bot.send_agent_transcript("ann", "hello", is_final="no")  # type: ignore[arg-type]
        with pytest.raises(TypeError):
            bot.send_agent_metrics([])  # type: ignore[arg-type]
        with pytest.raises(vsdk.InvalidArgumentError):
            bot.send_agent_metrics({"latency": float("inf")})
