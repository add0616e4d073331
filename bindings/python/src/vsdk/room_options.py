"""What a room is created from, and whose token a request carries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ._native.calls import Owned, call, created, encoded, encoded_json, flag, whole
from ._native.functions import AUTO_CLOSE_DURATION_DEFAULT
from ._native.loading import lib


@dataclass(frozen=True)
class AutoClose:
    """When a room closes by itself."""

    kind: str
    """"session-ends" or "session-end-and-deactivate"."""

    duration: int | None = None
    """How long a session may last; None for the service's default.

    The service's documents disagree whether it counts minutes or seconds: set it with care.
    """


@dataclass(frozen=True)
class MultiComposition:
    """Whether several recordings or streams of one kind may run at once."""

    recording: bool = False
    """Several recordings."""

    hls: bool = False
    """Several HLS streams."""

    rtmp: bool = False
    """Several RTMP streams."""


@dataclass(frozen=True)
class Webhook:
    """Where the service reports what happens in a room."""

    url: str
    """An https URL of at most 512 characters."""

    events: tuple[str, ...] = ()
    """What it is told of, e.g. "participant-joined", or "session*" for several; none means all."""


def room_options(
    *,
    custom_room_id: str | None,
    geo_fence: str | None,
    region: str | None,
    webhook: Webhook | None,
    auto_close: AutoClose | None,
    auto_start: Mapping[str, Any] | None,
    multi_composition: MultiComposition | None,
    allowed_participant_ids: Iterable[str],
    token: str | None,
    api_base_url: str | None,
) -> Owned:
    """Make the options of `create_room()`."""
    options = created(lib.vsdk_room_options_new, lib.vsdk_room_options_free)
    to = options.handle
    call(lib.vsdk_room_options_set_token, to, encoded(token, "token"))
    call(lib.vsdk_room_options_set_api_base_url, to, encoded(api_base_url, "api_base_url"))
    texts = (
        (lib.vsdk_room_options_set_custom_room_id, custom_room_id, "custom_room_id"),
        (lib.vsdk_room_options_set_geo_fence, geo_fence, "geo_fence"),
        (lib.vsdk_room_options_set_region, region, "region"),
    )
    for setter, text, name in texts:
        if text is not None:
            call(setter, to, encoded(text, name))
    if webhook is not None:
        call(lib.vsdk_room_options_set_webhook_url, to, encoded(webhook.url, "webhook.url"))
        for event in webhook.events:
            call(lib.vsdk_room_options_add_webhook_event, to, encoded(event, "webhook.events"))
    if auto_close is not None:
        duration = auto_close.duration
        kind = encoded(auto_close.kind, "auto_close.kind")
        number = AUTO_CLOSE_DURATION_DEFAULT if duration is None else duration
        call(lib.vsdk_room_options_set_auto_close, to, kind, number)
    if auto_start is not None:
        json = encoded_json(auto_start, "auto_start")
        call(lib.vsdk_room_options_set_auto_start_json, to, json)
    if multi_composition is not None:
        call(
            lib.vsdk_room_options_set_multi_composition,
            to,
            flag(multi_composition.recording, "multi_composition.recording"),
            flag(multi_composition.hls, "multi_composition.hls"),
            flag(multi_composition.rtmp, "multi_composition.rtmp"),
        )
    for participant_id in allowed_participant_ids:
        it = encoded(participant_id, "allowed_participant_ids")
        call(lib.vsdk_room_options_add_allowed_participant_id, to, it)
    return options


def request_options(token: str | None, api_base_url: str | None) -> Owned:
    """Make the options of a request for another token or server than the configured ones."""
    options = created(lib.vsdk_request_options_new, lib.vsdk_request_options_free)
    call(lib.vsdk_request_options_set_token, options.handle, encoded(token, "token"))
    url = encoded(api_base_url, "api_base_url")
    call(lib.vsdk_request_options_set_api_base_url, options.handle, url)
    return options


def room_list_options(
    *,
    page: int | None,
    per_page: int | None,
    query: str | None,
    user_id: str | None,
    token: str | None,
    api_base_url: str | None,
) -> Owned:
    """Make the options of `list_rooms()`."""
    options = created(lib.vsdk_room_list_options_new, lib.vsdk_room_list_options_free)
    to = options.handle
    call(lib.vsdk_room_list_options_set_token, to, encoded(token, "token"))
    call(lib.vsdk_room_list_options_set_api_base_url, to, encoded(api_base_url, "api_base_url"))
    if page is not None:
        call(lib.vsdk_room_list_options_set_page, to, whole(page, "page"))
    if per_page is not None:
        call(lib.vsdk_room_list_options_set_per_page, to, whole(per_page, "per_page"))
    if query is not None:
        call(lib.vsdk_room_list_options_set_query, to, encoded(query, "query"))
    if user_id is not None:
        call(lib.vsdk_room_list_options_set_user_id, to, encoded(user_id, "user_id"))
    return options
