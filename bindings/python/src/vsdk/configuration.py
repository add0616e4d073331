"""Configuration: what applies to the whole process unless a call says otherwise."""

from __future__ import annotations

import enum
from typing import Union

from ._native.calls import call, created, encoded, flag
from ._native.loading import lib


class Unchanged(enum.Enum):
    """The type of `UNCHANGED`."""

    UNCHANGED = enum.auto()
    """Leaves a setting as it is."""

    def __repr__(self) -> str:
        """Give the name."""
        return self.name


UNCHANGED = Unchanged.UNCHANGED
"""Leaves a setting as it is, where None would put it back to its default."""

Setting = Union[str, None, Unchanged]
"""A text; None for the default; `UNCHANGED` for what it is now."""


def config(
    token: str | Unchanged = UNCHANGED,
    *,
    api_base_url: Setting = UNCHANGED,
    proxy: Setting = UNCHANGED,
    extra_ca_pem: Setting = UNCHANGED,
    user_agent_suffix: Setting = UNCHANGED,
    clock_check: bool | Unchanged = UNCHANGED,
    allow_plain_http: bool | Unchanged = UNCHANGED,
) -> None:
    """Set what applies to the whole process, like `VideoSDK.config(token)`. All or nothing.

    What is not given stays as it is; None puts it back to its default. Meetings that are
    initialised already keep their token. Does not wait. From any thread.

    Args:
        token: Applies wherever a call gives none. The doctor looks at it first, see
            `inspect_token()`: what can never work fails here, with the reason.
        api_base_url: The base URL of the REST API, e.g. "http://127.0.0.1:3000"; None for the
            service's own.
        proxy: An HTTP proxy for all requests, e.g. "http://user:password@host:3128"; None for
            none. The environment's proxy variables are not looked at.
        extra_ca_pem: Certificate authorities in PEM, trusted besides the platform's; None for none.
        user_agent_suffix: What is added to the User-Agent header, e.g. "my-app/2.1".
        clock_check: Whether tokens are checked against this machine's clock, as by default. Switch
            it off on boards without a clock: the service then is the only judge of expiry.
        allow_plain_http: Whether plain http may leave this machine, by default not: everyone on
            the way can then read the token.

    Raises:
        TokenError: The token can never work.
        InvalidArgumentError: A value is not allowed.
        NetworkError: A base URL with plain http that leads to another machine.

    """
    texts = (
        (lib.vsdk_config_options_set_api_base_url, api_base_url, "api_base_url"),
        (lib.vsdk_config_options_set_proxy, proxy, "proxy"),
        (lib.vsdk_config_options_set_extra_ca_pem, extra_ca_pem, "extra_ca_pem"),
        (lib.vsdk_config_options_set_user_agent_suffix, user_agent_suffix, "user_agent_suffix"),
    )
    flags = (
        (lib.vsdk_config_options_set_clock_check, clock_check, "clock_check"),
        (lib.vsdk_config_options_set_allow_plain_http, allow_plain_http, "allow_plain_http"),
    )
    others = (*(text for _, text, _ in texts), *(value for _, value, _ in flags))
    if not isinstance(token, Unchanged) and all(it is UNCHANGED for it in others):
        call(lib.vsdk_config, encoded(token, "token"))
        return
    with created(lib.vsdk_config_options_new, lib.vsdk_config_options_free) as options:
        if not isinstance(token, Unchanged):
            call(lib.vsdk_config_options_set_token, options.handle, encoded(token, "token"))
        for setter, text, name in texts:
            if not isinstance(text, Unchanged):
                call(setter, options.handle, encoded(text, name))
        for set_flag, value, name in flags:
            if not isinstance(value, Unchanged):
                call(set_flag, options.handle, flag(value, name))
        call(lib.vsdk_config_with, options.handle)
