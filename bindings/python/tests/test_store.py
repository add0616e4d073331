"""Values that everybody in the session shares."""

from __future__ import annotations

import pytest
from conftest import Service, event_of, init

import vsdk

CHANGED = vsdk.EventType.STORE_VALUE_CHANGED


def test_values_are_set_read_observed_and_taken_away(service: Service) -> None:
    room = vsdk.create_room().id
    with init(room, "Ann") as ann, init(room, "Bob") as bob:
        ann.join()
        bob.join()
        assert bob.store_get("topic") is None
        ann.store_set("topic", "before")
        assert bob.store_get("topic") == "before"
        bob.store_observe("topic")
        for value, code in (("grüß dich 😀", 1), ("", 1), (None, 0)):
            ann.store_set("topic", value)
            changed = event_of(bob, CHANGED)
            assert (changed.text, changed.code, changed.participant_id) == ("topic", code, "ann")
            assert changed.payload.decode() == (value or "")
            # An empty value is another thing than none.
            assert bob.store_get("topic") == ann.store_get("topic") == value


def test_who_stops_observing_hears_no_more(service: Service) -> None:
    room = vsdk.create_room().id
    with init(room, "Ann") as ann, init(room, "Bob") as bob:
        ann.join()
        bob.join()
        bob.store_observe("topic")
        bob.store_observe("other")
        bob.store_stop_observing("topic")
        ann.store_set("topic", "unseen")
        ann.store_set("other", "seen")
        # In order: the other one would have come before.
        assert event_of(bob, CHANGED).text == "other"


def test_what_does_not_fit_is_not_sent(service: Service) -> None:
    with init(vsdk.create_room().id, "Ann") as ann:
        ann.join()
        with pytest.raises(vsdk.InvalidArgumentError) as caught:
            ann.store_set("key", "x" * 1025)
        assert caught.value.service_code == 3073
        ann.store_set("key", "x" * 1024)
        assert ann.store_get("key") == "x" * 1024
        with pytest.raises(vsdk.InvalidArgumentError):
            ann.store_observe("")
        with pytest.raises(TypeError):
            ann.store_set("key", 7)  # type: ignore[arg-type]
        with pytest.raises(vsdk.InvalidArgumentError):
            ann.store_get("a\0b")
