"""What a service of a meeting is started with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ._native.calls import Owned, call, created, encoded, encoded_json, whole
from ._native.functions import Handle
from ._native.loading import lib
from .enumerations import (
    Layout,
    LayoutPriority,
    Orientation,
    ServiceContent,
    ServiceQuality,
    Theme,
)


@dataclass(frozen=True)
class LivestreamOutput:
    """Where a livestream goes."""

    url: str
    """The URL of the platform, as it gave it."""

    stream_key: str = field(repr=False)
    """The key that it gave. A secret: `repr()` leaves it out."""


@dataclass(frozen=True)
class ServiceOptions:
    """What a service is started with. What is None, the service decides.

    An option that the service of that kind does not know is refused when it is started.
    """

    layout: Layout | None = None
    """How participants are arranged: recording, livestream and HLS."""

    layout_priority: LayoutPriority | None = None
    """Who comes first in the layout: recording, livestream and HLS."""

    grid_size: int | None = None
    """How many participants are seen at most, from 1: recording, livestream and HLS. The service
    has its own limit."""

    theme: Theme | None = None
    """The colours: recording, livestream and HLS."""

    content: ServiceContent | None = None
    """Whether there is a picture: recording, livestream and HLS."""

    quality: ServiceQuality | None = None
    """How good it is: recording, livestream and HLS."""

    orientation: Orientation | None = None
    """Which way up it is: recording, livestream and HLS."""

    outputs: tuple[LivestreamOutput, ...] = ()
    """Where a livestream goes, which needs at least one."""

    webhook_url: str | None = None
    """The URL that the service calls when something happens: recording and transcription."""

    language: str | None = None
    """The language that is spoken, e.g. "en": transcription."""

    more: Mapping[str, Any] | None = field(default=None, repr=False, hash=False)
    """All else, as the service names it: a JSON object. What is set by name goes before it. It may
    hold secrets: `repr()` leaves it out."""


def new_service_options() -> Owned:
    """Make the options of `Meeting.start_service()`, to be filled inside their `with`."""
    return created(lib.vsdk_service_options_new, lib.vsdk_service_options_free, Owned)


def fill_service_options(owned: Owned, options: ServiceOptions | None) -> Handle:
    """Fill the options, and give what is passed to the library."""
    given = ServiceOptions() if options is None else options
    if not isinstance(given, ServiceOptions):
        raise TypeError(f"options have to be ServiceOptions, not {type(given).__name__}")
    to = owned.handle
    choices = (
        (lib.vsdk_service_options_set_layout, given.layout),
        (lib.vsdk_service_options_set_layout_priority, given.layout_priority),
        (lib.vsdk_service_options_set_theme, given.theme),
        (lib.vsdk_service_options_set_content, given.content),
        (lib.vsdk_service_options_set_quality, given.quality),
        (lib.vsdk_service_options_set_orientation, given.orientation),
    )
    for set_choice, choice in choices:
        if choice is not None:
            call(set_choice, to, choice)
    if given.grid_size is not None:
        call(lib.vsdk_service_options_set_grid_size, to, whole(given.grid_size, "grid_size"))
    for output in given.outputs:
        key = encoded(output.stream_key, "stream_key")
        call(lib.vsdk_service_options_add_output, to, encoded(output.url, "url"), key)
    url = encoded(given.webhook_url, "webhook_url")
    call(lib.vsdk_service_options_set_webhook_url, to, url)
    call(lib.vsdk_service_options_set_language, to, encoded(given.language, "language"))
    call(lib.vsdk_service_options_set_json, to, encoded_json(given.more, "more"))
    return to
