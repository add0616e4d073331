"""Token reports: the doctor's findings about a token, without network and without secret."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ._native.calls import Owned, call, encoded, optional_json, optional_text, optional_time, text
from ._native.functions import Handle
from ._native.loading import lib
from .enumerations import Severity, TokenFinding, TokenPurpose

# What the library answers for a token without an end.
_NO_END = 2**63 - 1


@dataclass(frozen=True)
class Finding:
    """One thing that the doctor says about a token."""

    code: TokenFinding
    """What it is about."""

    name: str
    """The stable name of what it is about, e.g. "BEARER_PREFIX"."""

    severity: Severity
    """How bad it is."""

    explanation: str
    """What is the case, with the values at hand; English."""

    remedy: str
    """What to do about it; English."""

    service_code: int | None
    """The number under which the service refuses it, e.g. 4002; None when there is none."""

    @classmethod
    def _read(cls, report: Handle, index: int) -> Finding:
        return cls(
            code=TokenFinding(lib.vsdk_token_report_finding_code(report, index)),
            name=text(lib.vsdk_token_report_finding_name(report, index)),
            severity=Severity(lib.vsdk_token_report_finding_severity(report, index)),
            explanation=text(lib.vsdk_token_report_finding_explanation(report, index)),
            remedy=text(lib.vsdk_token_report_finding_remedy(report, index)),
            service_code=lib.vsdk_token_report_finding_service_code(report, index) or None,
        )


@dataclass(frozen=True)
class TokenReport:
    """The doctor's findings about a token."""

    is_usable: bool
    """Whether nothing was found that the service is certain to refuse.

    Without the secret nobody can tell whether the signature is genuine.
    """

    time_left: timedelta | None
    """How long it is still good for, negative after its end; None when it has no end."""

    expires_at: datetime | None
    """When its life is over (UTC); None when it has no end."""

    issued_at: datetime | None
    """When it was issued (UTC); None when it does not say."""

    api_key: str | None
    """The API key it belongs to; None when it does not say."""

    room_id: str | None
    """The one room it is good for; None when it does not say."""

    participant_id: str | None
    """The one participant it is good for; None when it does not say."""

    header: dict[str, Any] | None = field(hash=False)
    """Its header; None when it cannot be read."""

    claims: dict[str, Any] | None = field(hash=False)
    """Its claims; None when they cannot be read."""

    findings: tuple[Finding, ...]
    """Mistakes of shape first, then what is wrong for the use in question."""

    json: str = field(repr=False)
    """All of the report: a JSON object."""

    @classmethod
    def _read(cls, handle: Handle) -> TokenReport:
        count = lib.vsdk_token_report_finding_count(handle)
        left = lib.vsdk_token_report_seconds_left(handle)
        return cls(
            is_usable=lib.vsdk_token_report_is_usable(handle) != 0,
            time_left=None if left == _NO_END else _duration(left),
            expires_at=optional_time(lib.vsdk_token_report_expires_at_s(handle)),
            issued_at=optional_time(lib.vsdk_token_report_issued_at_s(handle)),
            api_key=optional_text(lib.vsdk_token_report_api_key(handle)),
            room_id=optional_text(lib.vsdk_token_report_room_id(handle)),
            participant_id=optional_text(lib.vsdk_token_report_participant_id(handle)),
            header=optional_json(lib.vsdk_token_report_header_json(handle)),
            claims=optional_json(lib.vsdk_token_report_claims_json(handle)),
            findings=tuple(Finding._read(handle, index) for index in range(count)),
            json=text(lib.vsdk_token_report_json(handle)),
        )


def _duration(seconds: int) -> timedelta:
    try:
        return timedelta(seconds=seconds)
    except OverflowError:
        return timedelta.max if seconds > 0 else timedelta.min


def inspect_token(
    token: str,
    purpose: TokenPurpose = TokenPurpose.ANY,
    *,
    room_id: str | None = None,
    participant_id: str | None = None,
) -> TokenReport:
    """Examine a token, without network and without secret.

    Never raises because of what is wrong with the token: that is what the report is for. Does not
    wait. From any thread.

    Args:
        token: The text to examine, whatever it is.
        purpose: What it is meant for.
        room_id: The room it is meant for; None when that is not known.
        participant_id: The participant it is meant for; None when that is not known.

    Raises:
        InvalidArgumentError: A text with a NUL or half a surrogate pair in it.

    """
    with Owned(lib.vsdk_token_report_free) as report:
        call(
            lib.vsdk_token_inspect_for,
            encoded(token, "token"),
            purpose,
            encoded(room_id, "room_id"),
            encoded(participant_id, "participant_id"),
            report.out,
        )
        return TokenReport._read(report.handle)
