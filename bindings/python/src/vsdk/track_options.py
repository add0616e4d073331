"""What a track that this participant sends is made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._native.calls import Owned, call, created, encoded_json, flag, whole
from ._native.loading import lib
from .enumerations import (
    AudioProfile,
    BitrateMode,
    Codec,
    ScreenShareProfile,
    Status,
    TrackKind,
)
from .errors import InvalidArgumentError


def track_options(
    *,
    kind: TrackKind,
    codec: Codec | None,
    enabled: bool,
    size: tuple[int, int] | None,
    bitrate_mode: BitrateMode | None,
    multi_stream: bool,
    max_layers: int | None,
    audio_profile: AudioProfile | None,
    share_profile: ScreenShareProfile | None,
    app_data: Mapping[str, Any] | None,
) -> Owned:
    """Make the options of `Meeting.add_track()`."""
    number = whole(kind, "kind")
    # The library gives none for it, and no error.
    if number not in [it.value for it in TrackKind]:
        raise InvalidArgumentError(
            Status.INVALID_ARGUMENT,
            f"there is no kind of track with the number {number}",
            remedy="Pass a TrackKind.",
        )
    new = created(lambda: lib.vsdk_track_options_new(number), lib.vsdk_track_options_free)
    to = new.handle
    choices = (
        (lib.vsdk_track_options_set_codec, codec),
        (lib.vsdk_track_options_set_bitrate_mode, bitrate_mode),
        (lib.vsdk_track_options_set_audio_profile, audio_profile),
        (lib.vsdk_track_options_set_share_profile, share_profile),
    )
    for set_choice, choice in choices:
        if choice is not None:
            call(set_choice, to, choice)
    call(lib.vsdk_track_options_set_enabled, to, flag(enabled, "enabled"))
    call(lib.vsdk_track_options_set_multi_stream, to, flag(multi_stream, "multi_stream"))
    if size is not None:
        width, height = size
        pixels = whole(width, "the width"), whole(height, "the height")
        call(lib.vsdk_track_options_set_size, to, *pixels)
    if max_layers is not None:
        call(lib.vsdk_track_options_set_max_layers, to, whole(max_layers, "max_layers"))
    if app_data is not None:
        call(lib.vsdk_track_options_set_app_data_json, to, encoded_json(app_data, "app_data"))
    return new
