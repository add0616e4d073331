"""Microphones and speakers in every build: they are there, or it is told which build has them.

What is heard and played is seen by the tests of media. Here ALSA's own device `null` has to do,
which takes everything and gives silence: no test listens to whoever sits before the machine.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from conftest import Service, init

import vsdk

KIND = vsdk.DeviceKind


def has_devices() -> bool:
    """Tell whether this build of the library has the feature `devices`."""
    try:
        vsdk.list_devices(KIND.SPEAKER)
    except vsdk.UnsupportedError:
        return False
    return True


HAS_DEVICES = has_devices()


def test_a_library_that_was_built_with_devices_has_them() -> None:
    assert HAS_DEVICES or "VSDK_WITH_DEVICES" not in os.environ


def test_a_library_without_devices_says_which_build_has_them(service: Service) -> None:
    if HAS_DEVICES:
        return
    with init("room", "Ann") as meeting:
        track = meeting.add_track(vsdk.TrackKind.AUDIO)
        calls: tuple[Callable[[], object], ...] = (
            lambda: vsdk.list_devices(KIND.MICROPHONE),
            track.open_microphone,
            meeting.open_speaker,
            meeting.watch_devices,
        )
        for refused in calls:
            with pytest.raises(vsdk.UnsupportedError) as caught:
                refused()
            assert "`devices`" in caught.value.remedy
        track.close()
        with pytest.raises(vsdk.UnsupportedError):
            meeting.set_mic_enabled(True)


def test_the_microphone_is_the_track_of_the_program(service: Service) -> None:
    with init("room", "Ann") as meeting, meeting.add_track(vsdk.TrackKind.AUDIO):
        meeting.set_mic_enabled(False)
        meeting.set_mic_enabled(True)
        with pytest.raises(TypeError):
            meeting.set_mic_enabled(1)  # type: ignore[arg-type]
    with pytest.raises(vsdk.InvalidStateError):
        meeting.set_mic_enabled(False)


def test_devices_are_listed_and_opened_by_their_ids(service: Service) -> None:
    if not HAS_DEVICES:
        return
    for kind in (KIND.MICROPHONE, KIND.SPEAKER):
        null = next(device for device in vsdk.list_devices(kind) if device.id == "null")
        assert null.name
        assert not null.is_default
    with init("room", "Ann") as meeting, meeting.add_track(vsdk.TrackKind.AUDIO) as track:
        with track.open_microphone("null") as microphone, meeting.open_speaker("null") as speaker:
            assert (microphone.kind, speaker.kind) == (KIND.MICROPHONE, KIND.SPEAKER)
            for device in (microphone, speaker):
                assert device.id == "null"
                assert device.is_open
                assert device.channels in (1, 2)
                assert device.sample_rate >= 8_000
                assert device.level == -127
                assert device.name in repr(device)
            with pytest.raises(vsdk.InvalidStateError):
                track.audio_input()
        assert not speaker.is_open
        track.audio_input().close()
        with pytest.raises(vsdk.NotFoundError) as caught:
            track.open_microphone("none")
        assert caught.value.remedy


def test_a_device_ends_with_its_meeting(service: Service) -> None:
    if not HAS_DEVICES:
        return
    with init("room", "Ann") as meeting:
        meeting.watch_devices()
        speaker = meeting.open_speaker("null")
        meeting.leave()
        assert not speaker.is_open
        speaker.close()
        for late in (meeting.open_speaker, meeting.watch_devices):
            with pytest.raises(vsdk.InvalidStateError):
                late()
