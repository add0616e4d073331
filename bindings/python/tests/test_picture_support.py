"""Raw pictures in every build of the library: they are there, or it is told why they are not."""

from __future__ import annotations

import os
from typing import Callable

import pytest
from conftest import HAS_RAW_PICTURES, Service, init
from media import added, pair

import vsdk

FORMAT, KIND = vsdk.PictureFormat, vsdk.TrackKind

WITHOUT_MEDIA = os.environ.get("VSDK_WITHOUT_MEDIA")


def test_a_library_that_was_built_with_pictures_has_them() -> None:
    assert HAS_RAW_PICTURES or "VSDK_WITH_VP8" not in os.environ


def test_other_tracks_have_no_pictures(service: Service) -> None:
    with init("room", "Ann") as meeting:
        with meeting.add_track(KIND.AUDIO) as sound, pytest.raises(vsdk.InvalidArgumentError):
            sound.video_input()
        with (
            meeting.add_track(KIND.SHARE, codec=vsdk.Codec.H264) as track,
            pytest.raises(vsdk.UnsupportedError) as caught,
        ):
            track.video_input()
        assert caught.value.remedy


@pytest.mark.skipif(WITHOUT_MEDIA is not None, reason=str(WITHOUT_MEDIA))
def test_both_ends_are_there_or_say_which_build_has_them(service: Service) -> None:
    with pair(KIND.VIDEO) as (_, track, bob), added(bob) as remote:
        ends: tuple[Callable[[], vsdk.VideoInput | vsdk.VideoOutput], ...] = (
            track.video_input,
            lambda: remote.video_output(FORMAT.I420),
        )
        for end in ends:
            if HAS_RAW_PICTURES:
                end().close()
                continue
            with pytest.raises(vsdk.UnsupportedError) as caught:
                end()
            assert "`vp8`" in caught.value.remedy
