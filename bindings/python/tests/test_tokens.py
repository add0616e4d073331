from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from conftest import API_KEY, SECRET, Service

import vsdk


def test_a_minted_token_says_what_was_asked_for() -> None:
    token = vsdk.mint_token(
        API_KEY,
        SECRET,
        permissions=["allow_join"],
        roles=["rtc"],
        room_id="abcd-efgh-ijkl",
        participant_id="ann",
        lifetime=600,
        claims={"metaData": {"grade": 5}},
    )
    report = vsdk.inspect_token(
        token.text, vsdk.TokenPurpose.JOIN, room_id="abcd-efgh-ijkl", participant_id="ann"
    )
    assert report.is_usable
    assert report.findings == ()
    assert (report.api_key, report.room_id, report.participant_id) == (
        API_KEY,
        "abcd-efgh-ijkl",
        "ann",
    )
    assert report.header is not None
    assert report.header["alg"] == "HS256"
    assert report.claims is not None
    assert report.claims["permissions"] == ["allow_join"]
    assert report.claims["roles"] == ["rtc"]
    assert report.claims["metaData"] == {"grade": 5}
    assert report.expires_at == token.expires_at
    assert report.issued_at is not None
    assert token.expires_at == report.issued_at + timedelta(seconds=600)
    assert report.time_left is not None
    assert timedelta(seconds=500) < report.time_left <= timedelta(seconds=600)
    assert abs(report.issued_at - datetime.now(timezone.utc)) < timedelta(seconds=60)


def test_a_token_without_an_end_has_none() -> None:
    # Not to be had from mint_token(): {"apikey": "k"}, signed with nothing.
    report = vsdk.inspect_token("eyJhbGciOiJIUzI1NiJ9.eyJhcGlrZXkiOiJrIn0.c2ln")
    assert report.claims == {"apikey": "k"}
    assert report.expires_at is None
    assert report.time_left is None


def test_a_lifetime_is_whole_seconds() -> None:
    lifetime: Any = 1.5
    with pytest.raises(TypeError, match="whole seconds"):
        vsdk.mint_token(API_KEY, SECRET, lifetime=lifetime)


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        ({"permissions": ["ask_join", "allow_join"]}, vsdk.TokenError),
        ({"permissions": ["everything"]}, vsdk.InvalidArgumentError),
        ({"lifetime": 0}, vsdk.InvalidArgumentError),
        ({"claims": {"exp": 1}}, vsdk.InvalidArgumentError),
        ({"claims": {"x": float("nan")}}, vsdk.InvalidArgumentError),
        ({"room_id": "a\0b"}, vsdk.InvalidArgumentError),
        ({"room_id": "\ud800"}, vsdk.InvalidArgumentError),
        ({"room_id": 5}, TypeError),
        ({"claims": [1]}, TypeError),
    ],
)
def test_what_cannot_be_minted_is_refused(arguments: dict[str, Any], kind: type[Exception]) -> None:
    with pytest.raises(kind) as caught:
        vsdk.mint_token(API_KEY, SECRET, **arguments)
    assert SECRET not in str(caught.value)
    # The exception of a codec would hold the text.
    assert not isinstance(caught.value.__context__, UnicodeError)


def test_the_doctor_finds_what_is_wrong() -> None:
    report = vsdk.inspect_token(f"Bearer {vsdk.mint_token(API_KEY, SECRET).text}")
    assert not report.is_usable
    finding = report.findings[0]
    assert finding.code == vsdk.TokenFinding.BEARER_PREFIX
    assert finding.name == "BEARER_PREFIX"
    assert finding.severity == vsdk.Severity.ERROR
    assert "Bearer" in finding.explanation
    assert "Remove" in finding.remedy
    nothing = vsdk.inspect_token("")
    assert (nothing.api_key, nothing.header, nothing.claims) == (None, None, None)


def test_the_doctor_knows_the_numbers_of_the_service() -> None:
    token = vsdk.mint_token(API_KEY, SECRET, roles=["crawler"]).text
    codes = [it.service_code for it in vsdk.inspect_token(token, vsdk.TokenPurpose.JOIN).findings]
    assert any(codes)


def test_a_token_is_fetched(service: Service) -> None:
    token = vsdk.fetch_token(f"{service.base}/get-token", room_id="room-1", participant_id="ann")
    report = vsdk.inspect_token(token.text)
    assert (report.room_id, report.participant_id) == ("room-1", "ann")
    assert token.expires_at == report.expires_at
    again = asyncio.run(
        vsdk.fetch_token_async(f"{service.base}/get-token", headers={"x-login": "ann"}, timeout=20)
    )
    assert vsdk.inspect_token(again.text).room_id is None


def test_a_reply_without_a_token_is_told(service: Service) -> None:
    service.fault("/get-token", status=200, body="{}")
    with pytest.raises(vsdk.TokenError) as caught:
        vsdk.fetch_token(f"{service.base}/get-token")
    assert caught.value.status == vsdk.Status.TOKEN_SERVER_REPLY


def test_secrets_stay_out_of_what_is_printed(service: Service) -> None:
    token = vsdk.mint_token(API_KEY, SECRET)
    assert token.text not in repr(token)
    with pytest.raises(vsdk.VsdkError) as caught:
        vsdk.fetch_token("http://127.0.0.1:1/get-token", headers={"x-login": SECRET}, timeout=1)
    assert SECRET not in repr(caught.value) + str(vars(caught.value))
