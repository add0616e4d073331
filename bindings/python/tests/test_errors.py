from __future__ import annotations

import builtins
import pickle

import pytest
from conftest import Service

import vsdk


def test_an_error_has_all_that_is_known(service: Service) -> None:
    service.fault(
        "POST /v2/rooms",
        status=429,
        body='{"error": "too many", "statusCode": 4021}',
        contentType="application/json",
        headers={"retry-after": "2", "x-request-id": "request-7"},
        times=None,
    )
    with pytest.raises(vsdk.RateLimitedError) as caught:
        vsdk.create_room(timeout=1)
    error = caught.value
    assert isinstance(error, vsdk.ServiceError)
    assert error.status == vsdk.Status.RATE_LIMITED
    assert error.name == "RATE_LIMITED"
    assert error.operation == "create_room"
    assert error.http_status == 429
    assert error.service_text == "too many"
    assert error.request_id == "request-7"
    assert error.retry_after == 2.0
    assert error.retryable
    assert error.remedy
    for part in (error.message, error.name, error.operation, error.remedy, "HTTP 429"):
        assert part in str(error)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is vsdk.RateLimitedError
    assert vars(again) == vars(error)


def test_the_number_of_the_service_is_kept(service: Service) -> None:
    service.fault(
        "POST /v2/rooms",
        status=401,
        body='{"code": 4002, "message": "Invalid token"}',
        contentType="application/json",
    )
    with pytest.raises(vsdk.UnauthorizedError) as caught:
        vsdk.create_room()
    assert caught.value.service_code == 4002
    assert not caught.value.retryable
    assert caught.value.retry_after is None


def test_what_is_not_known_is_absent(service: Service) -> None:
    with pytest.raises(vsdk.NetworkError) as caught:
        vsdk.create_room(api_base_url="http://127.0.0.1:1", timeout=1)
    error = caught.value
    assert error.http_status is None
    assert error.service_code is None
    assert error.service_text is None
    assert error.request_id is None
    assert error.retry_after is None


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, vsdk.UnauthorizedError),
        (402, vsdk.NotFoundError),
        (403, vsdk.ForbiddenError),
        (404, vsdk.NotFoundError),
        (503, vsdk.ServiceError),
    ],
)
def test_each_reply_has_its_class(
    service: Service, status: int, kind: type[vsdk.VsdkError]
) -> None:
    service.fault("POST /v2/rooms", status=status, body="{}", times=None)
    with pytest.raises(kind) as caught:
        vsdk.create_room(timeout=1)
    assert type(caught.value) is kind
    assert caught.value.http_status == status


def test_a_network_that_fails_is_a_connection_error(service: Service) -> None:
    with pytest.raises(ConnectionError) as caught:
        vsdk.create_room(api_base_url="http://127.0.0.1:1", timeout=1)
    assert isinstance(caught.value, vsdk.NetworkError)
    service.fault("POST /v2/rooms", kind="reset")
    with pytest.raises(vsdk.NetworkError) as broken:
        vsdk.create_room()
    assert broken.value.status == vsdk.Status.NETWORK_BROKEN


def test_time_that_is_over_is_a_timeout_error(service: Service) -> None:
    service.fault("GET /v2/rooms/*", kind="stall", times=None)
    with pytest.raises(builtins.TimeoutError) as caught:
        vsdk.get_room("any", timeout=0.2)
    assert isinstance(caught.value, vsdk.TimeoutError)
    assert caught.value.operation == "room_get"


@pytest.mark.parametrize("timeout", [float("nan"), float("inf")])
def test_a_time_limit_is_a_number_with_an_end(service: Service, timeout: float) -> None:
    with pytest.raises(ValueError, match="timeout") as caught:
        vsdk.create_room(timeout=timeout)
    assert isinstance(caught.value, vsdk.InvalidArgumentError)


def test_arguments_are_named_when_they_are_wrong(service: Service) -> None:
    with pytest.raises(vsdk.InvalidArgumentError, match="webhook"):
        vsdk.create_room(webhook=vsdk.Webhook("http://example.com"))
    with pytest.raises(TypeError, match="token has to be a str, not bytes"):
        vsdk.config(b"token")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="clock_check has to be True or False"):
        vsdk.config(clock_check="no")  # type: ignore[arg-type]
    with pytest.raises(vsdk.InvalidArgumentError, match="NUL character at position 1"):
        vsdk.get_room("a\0b")


def test_configuration_is_all_or_nothing(service: Service) -> None:
    with pytest.raises(vsdk.TokenError):
        vsdk.config("not a token", api_base_url="http://127.0.0.1:1")
    assert vsdk.create_room().id
    with pytest.raises(vsdk.NetworkError, match="http"):
        vsdk.config(api_base_url="http://example.com")
    vsdk.config(api_base_url="http://example.com", allow_plain_http=True)
    assert repr(vsdk.UNCHANGED) == "UNCHANGED"


def test_every_failure_has_a_class_of_its_area() -> None:
    for status in vsdk.Status:
        kind = vsdk.error_class(status)
        if -199 <= status <= -100:
            assert issubclass(kind, vsdk.TokenError), status
        elif -219 <= status <= -200:
            assert issubclass(kind, vsdk.NetworkError), status
        elif -299 <= status <= -220:
            assert issubclass(kind, vsdk.ServiceError), status
        else:
            assert issubclass(kind, vsdk.VsdkError), status
    assert vsdk.error_class(vsdk.Status(-150)) is vsdk.TokenError
    assert vsdk.error_class(vsdk.Status(-9999)) is vsdk.VsdkError


def test_unknown_values_keep_their_number() -> None:
    unknown = vsdk.Status(-9999)
    assert int(unknown) == -9999
    assert unknown.name == str(unknown) == f"{unknown}" == "UNKNOWN_-9999"
    assert vsdk.Status(-9999) is unknown
    assert pickle.loads(pickle.dumps(unknown)) is unknown
    assert vsdk.EventType(777) == 777
    with pytest.raises(ValueError, match="text"):
        vsdk.Status("text")  # type: ignore[arg-type]


def test_an_error_can_be_made_by_a_test() -> None:
    error = vsdk.TokenError(vsdk.Status.TOKEN_EXPIRED, "its life is over", remedy="Fetch one.")
    assert str(error) == "its life is over [TOKEN_EXPIRED]. Fetch one."
