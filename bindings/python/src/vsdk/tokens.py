"""Tokens: minted by a server, or fetched from one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ._native.calls import (
    Owned,
    call,
    created,
    encoded,
    encoded_json,
    optional_time,
    text,
)
from ._native.functions import Handle
from ._native.loading import lib
from ._native.operation import Waiting
from .library import DEFAULT_TIMEOUT


@dataclass(frozen=True)
class Token:
    """A token."""

    text: str = field(repr=False)
    """The token itself, for `config()`, a room or a meeting. A secret: `repr()` leaves it out."""

    expires_at: datetime | None
    """When its life is over (UTC), as far as it can be read; None when it has no end."""

    @classmethod
    def _read(cls, handle: Handle) -> Token:
        return cls(
            text=text(lib.vsdk_token_text(handle)),
            expires_at=optional_time(lib.vsdk_token_expires_at_s(handle)),
        )


def mint_token(
    api_key: str,
    secret: str,
    *,
    permissions: Iterable[str] = (),
    roles: Iterable[str] = (),
    room_id: str | None = None,
    participant_id: str | None = None,
    lifetime: int | None = None,
    claims: Mapping[str, Any] | None = None,
) -> Token:
    """Mint a token: sign it with the API secret. For servers, tests and demos.

    Refuses what the service would refuse later, with the reason. Does not wait. From any thread.

    Args:
        api_key: The API key of the project, from the dashboard.
        secret: The API secret of the project. It belongs on a server and never into an app.
        permissions: "allow_join", "allow_mod", or "ask_join" alone; by default the first two.
        roles: "rtc" (joining), "crawler" (the REST API); by default none: good for everything.
        room_id: Makes the token good for this room only.
        participant_id: Makes the token good for this participant only.
        lifetime: How many seconds it is good for, from 1; by default an hour.
        claims: Further claims, without those above, nor iat and exp.

    Raises:
        InvalidArgumentError: A value is missing or not allowed.
        TokenError: The permissions contradict each other.

    """
    if lifetime is not None and not isinstance(lifetime, int):
        raise TypeError(f"lifetime has to be whole seconds, not {type(lifetime).__name__}")
    new = created(lib.vsdk_token_mint_options_new, lib.vsdk_token_mint_options_free)
    with new as options, Owned(lib.vsdk_token_free) as token:
        to = options.handle
        call(lib.vsdk_token_mint_options_set_api_key, to, encoded(api_key, "api_key"))
        call(lib.vsdk_token_mint_options_set_secret, to, encoded(secret, "secret"))
        for permission in permissions:
            it = encoded(permission, "permission")
            call(lib.vsdk_token_mint_options_add_permission, to, it)
        for role in roles:
            call(lib.vsdk_token_mint_options_add_role, to, encoded(role, "role"))
        if room_id is not None:
            call(lib.vsdk_token_mint_options_set_room_id, to, encoded(room_id, "room_id"))
        if participant_id is not None:
            it = encoded(participant_id, "participant_id")
            call(lib.vsdk_token_mint_options_set_participant_id, to, it)
        if lifetime is not None:
            call(lib.vsdk_token_mint_options_set_lifetime_s, to, lifetime)
        if claims is not None:
            call(lib.vsdk_token_mint_options_set_claims_json, to, encoded_json(claims, "claims"))
        call(lib.vsdk_token_mint, to, token.out)
        return Token._read(token.handle)


_FETCH = Waiting(
    lib.vsdk_token_fetch,
    lib.vsdk_token_fetch_async,
    lib.vsdk_op_take_token,
    lib.vsdk_token_free,
    Token._read,
)


def fetch_token(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    room_id: str | None = None,
    participant_id: str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
) -> Token:
    """Fetch a token from a token server: GET with `{"token": "..."}` expected.

    Waits at most `timeout` seconds. From any thread, but not inside a handler.

    Args:
        url: Where, e.g. "http://localhost:3000/get-token". Plain http only on this machine, unless
            the configuration allows more.
        headers: Headers to add, such as the app's own login; their values are treated as secrets.
        room_id: Asks for a token for this room, with the query parameter roomId.
        participant_id: Asks for a token for this participant, with the query parameter peerId.
        timeout: Seconds for all of it.

    Raises:
        TokenError: The server answered, but with no token in its reply.
        TimeoutError: The time is over.
        NetworkError: The server was not reached.
        ServiceError: The server refused or failed.
        InvalidArgumentError: A value is not allowed.

    """
    with _fetch_options(headers, room_id, participant_id) as options:
        return _FETCH.wait(encoded(url, "url"), options.handle, timeout=timeout)


async def fetch_token_async(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    room_id: str | None = None,
    participant_id: str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
) -> Token:
    """Do as `fetch_token()` without holding up the event loop."""
    with _fetch_options(headers, room_id, participant_id) as options:
        return await _FETCH.wait_async(encoded(url, "url"), options.handle, timeout=timeout)


def _fetch_options(
    headers: Mapping[str, str] | None, room_id: str | None, participant_id: str | None
) -> Owned:
    options = created(lib.vsdk_token_fetch_options_new, lib.vsdk_token_fetch_options_free)
    to = options.handle
    for name, value in (headers or {}).items():
        name_and_value = encoded(name, "a header's name"), encoded(value, "a header's value")
        call(lib.vsdk_token_fetch_options_set_header, to, *name_and_value)
    call(lib.vsdk_token_fetch_options_set_room_id, to, encoded(room_id, "room_id"))
    it = encoded(participant_id, "participant_id")
    call(lib.vsdk_token_fetch_options_set_participant_id, to, it)
    return options
