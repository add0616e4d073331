"""Calls of a meeting to the service, of whoever is in the room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Union

from ._native.calls import (
    Owned,
    bytes_of,
    call,
    content_bytes,
    content_text,
    created,
    encoded,
    encoded_json,
    encoded_json_value,
    flag,
    optional_content_text,
)
from ._native.loading import lib
from ._native.operation import Doing, giving_content
from .enumerations import AgentState, Mode, Moderation, ServiceKind
from .library import DEFAULT_TIMEOUT
from .meeting_handle import MeetingHandle
from .service_options import ServiceOptions, fill_service_options, new_service_options

_PUBLISH = Doing(lib.vsdk_meeting_publish, lib.vsdk_meeting_publish_async)
_SUBSCRIBE = Doing(lib.vsdk_meeting_subscribe, lib.vsdk_meeting_subscribe_async)
_MODERATE = Doing(lib.vsdk_meeting_moderate, lib.vsdk_meeting_moderate_async)
_CHANGE_MODE = Doing(lib.vsdk_meeting_change_mode, lib.vsdk_meeting_change_mode_async)
_START_SERVICE = Doing(lib.vsdk_meeting_start_service, lib.vsdk_meeting_start_service_async)
_STOP_SERVICE = Doing(lib.vsdk_meeting_stop_service, lib.vsdk_meeting_stop_service_async)
_CHANGE_LANGUAGE = Doing(
    lib.vsdk_meeting_change_translation_language, lib.vsdk_meeting_change_translation_language_async
)
_STORE_SET = Doing(lib.vsdk_meeting_store_set, lib.vsdk_meeting_store_set_async)
_STORE_OBSERVE = Doing(lib.vsdk_meeting_store_observe, lib.vsdk_meeting_store_observe_async)
_STORE_STOP_OBSERVING = Doing(
    lib.vsdk_meeting_store_stop_observing, lib.vsdk_meeting_store_stop_observing_async
)
_SWITCH_TO = Doing(lib.vsdk_meeting_switch_to, lib.vsdk_meeting_switch_to_async)
_REQUEST_SWITCH = Doing(lib.vsdk_meeting_request_switch, lib.vsdk_meeting_request_switch_async)
_SEND_AGENT_STATE = Doing(
    lib.vsdk_meeting_send_agent_state, lib.vsdk_meeting_send_agent_state_async
)
_SEND_AGENT_TRANSCRIPT = Doing(
    lib.vsdk_meeting_send_agent_transcript, lib.vsdk_meeting_send_agent_transcript_async
)
_SEND_AGENT_METRICS = Doing(
    lib.vsdk_meeting_send_agent_metrics, lib.vsdk_meeting_send_agent_metrics_async
)


_STORE_GET = giving_content(
    lib.vsdk_meeting_store_get, lib.vsdk_meeting_store_get_async, optional_content_text
)
_UPLOAD_FILE = giving_content(
    lib.vsdk_meeting_upload_file, lib.vsdk_meeting_upload_file_async, content_text
)
_FETCH_FILE = giving_content(
    lib.vsdk_meeting_fetch_file, lib.vsdk_meeting_fetch_file_async, content_bytes
)


class MeetingCalls(MeetingHandle):
    """Messages, moderation, services, the store, files, other meetings, agents."""

    # ---- Messages --------------------------------------------------------------------------------

    def publish(
        self,
        topic: str,
        message: str,
        *,
        persist: bool = False,
        send_only: Iterable[str] = (),
        payload: Mapping[str, Any] | None = None,
        timeout: float = DEFAULT_TIMEOUT,
    ) -> None:
        """Publish a message to all who have subscribed the topic, this participant too.

        It reaches them as an event of the type `EventType.MESSAGE`. While the connection is made
        anew it waits for the new one; what was sent already is never sent again. Waits for the
        service at most `timeout` seconds. Not inside a handler.

        Args:
            topic: The topic: at most 1,024 bytes.
            message: The message.
            persist: Whether those who subscribe later get it as well.
            send_only: The ids of the participants whom it is for; none means everybody.
            payload: What goes with the message, a JSON object.
            timeout: Seconds for all of it.

        Raises:
            InvalidStateError: This participant is not in the room.
            NetworkError: The connection was lost: it may have been carried out or not.
            MeetingError: The service refused; `service_code` and `service_text` say why.
            TimeoutError: The time is over.
            CancelledError: The meeting was left meanwhile.

        """
        with _new_publish_options() as options:
            arguments = _publishing(options, topic, message, persist, send_only, payload)
            _PUBLISH.wait(self._handle, *arguments, timeout=timeout)

    async def publish_async(
        self,
        topic: str,
        message: str,
        *,
        persist: bool = False,
        send_only: Iterable[str] = (),
        payload: Mapping[str, Any] | None = None,
        timeout: float = DEFAULT_TIMEOUT,
    ) -> None:
        """Do as `publish()` without holding up the event loop."""
        with _new_publish_options() as options:
            arguments = _publishing(options, topic, message, persist, send_only, payload)
            await _PUBLISH.wait_async(self._handle, *arguments, timeout=timeout)

    def subscribe(self, topic: str, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Subscribe a topic: its messages come as events of the type `EventType.MESSAGE`.

        Those that were kept come first, before this returns. On a new connection it is subscribed
        again by itself. Waits for the service at most `timeout` seconds, and raises as `publish()`.
        """
        _SUBSCRIBE.wait(self._handle, encoded(topic, "topic"), timeout=timeout)

    async def subscribe_async(self, topic: str, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Do as `subscribe()` without holding up the event loop."""
        await _SUBSCRIBE.wait_async(self._handle, encoded(topic, "topic"), timeout=timeout)

    def unsubscribe(self, topic: str) -> None:
        """From now on let no message of the topic come.

        One that is not subscribed is no mistake. Does not wait.
        """
        call(lib.vsdk_meeting_unsubscribe, self._handle, encoded(topic, "topic"))

    # ---- What participants do with each other ----------------------------------------------------

    def moderate(
        self, participant_id: str, moderation: Moderation, *, timeout: float = DEFAULT_TIMEOUT
    ) -> None:
        """Do something to a participant: let it in, ask for its microphone, remove it, and so on.

        Whether the token permits it, the service decides. Waits for it at most `timeout` seconds,
        and raises as `publish()`.
        """
        id_ = encoded(participant_id, "participant_id")
        _MODERATE.wait(self._handle, id_, moderation, timeout=timeout)

    async def moderate_async(
        self, participant_id: str, moderation: Moderation, *, timeout: float = DEFAULT_TIMEOUT
    ) -> None:
        """Do as `moderate()` without holding up the event loop."""
        id_ = encoded(participant_id, "participant_id")
        await _MODERATE.wait_async(self._handle, id_, moderation, timeout=timeout)

    def change_mode(self, mode: Mode, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Change what this participant does with media; everybody is told.

        Waits for the service at most `timeout` seconds, and raises as `publish()`.
        """
        _CHANGE_MODE.wait(self._handle, mode, timeout=timeout)

    async def change_mode_async(self, mode: Mode, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Do as `change_mode()` without holding up the event loop."""
        await _CHANGE_MODE.wait_async(self._handle, mode, timeout=timeout)

    # ---- Services --------------------------------------------------------------------------------

    def start_service(
        self,
        kind: ServiceKind,
        options: ServiceOptions | None = None,
        *,
        timeout: float = DEFAULT_TIMEOUT,
    ) -> None:
        """Start a service, such as a recording: it has succeeded when the service agreed.

        How far it is, events such as `EventType.RECORDING_STATE_CHANGED` tell everybody, and
        `MeetingSnapshot.service_state()` has the latest. Without options the service decides how;
        a livestream needs at least one output. Waits for the service at most `timeout` seconds, and
        raises as `publish()`.
        """
        with new_service_options() as made:
            how = fill_service_options(made, options)
            _START_SERVICE.wait(self._handle, kind, how, timeout=timeout)

    async def start_service_async(
        self,
        kind: ServiceKind,
        options: ServiceOptions | None = None,
        *,
        timeout: float = DEFAULT_TIMEOUT,
    ) -> None:
        """Do as `start_service()` without holding up the event loop."""
        with new_service_options() as made:
            how = fill_service_options(made, options)
            await _START_SERVICE.wait_async(self._handle, kind, how, timeout=timeout)

    def stop_service(self, kind: ServiceKind, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Stop a service. Waits for it at most `timeout` seconds, and raises as `publish()`."""
        _STOP_SERVICE.wait(self._handle, kind, timeout=timeout)

    async def stop_service_async(
        self, kind: ServiceKind, *, timeout: float = DEFAULT_TIMEOUT
    ) -> None:
        """Do as `stop_service()` without holding up the event loop."""
        await _STOP_SERVICE.wait_async(self._handle, kind, timeout=timeout)

    def change_translation_language(
        self, language: str, *, timeout: float = DEFAULT_TIMEOUT
    ) -> None:
        """Have what is said translated into another language for this participant, e.g. "en".

        While the translation runs; everybody is told. Waits for the service at most `timeout`
        seconds, and raises as `publish()`.
        """
        _CHANGE_LANGUAGE.wait(self._handle, encoded(language, "language"), timeout=timeout)

    async def change_translation_language_async(
        self, language: str, *, timeout: float = DEFAULT_TIMEOUT
    ) -> None:
        """Do as `change_translation_language()` without holding up the event loop."""
        it = encoded(language, "language")
        await _CHANGE_LANGUAGE.wait_async(self._handle, it, timeout=timeout)

    # ---- Values that everybody in the session shares ---------------------------------------------

    def store_set(self, key: str, value: str | None, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Set a value for everybody; None takes it away. It lasts as long as the session.

        Key and value have at most 1,024 bytes each. Waits for the service at most `timeout`
        seconds, and raises as `publish()`.
        """
        to = encoded(key, "key"), encoded(value, "value")
        _STORE_SET.wait(self._handle, *to, timeout=timeout)

    async def store_set_async(
        self, key: str, value: str | None, *, timeout: float = DEFAULT_TIMEOUT
    ) -> None:
        """Do as `store_set()` without holding up the event loop."""
        to = encoded(key, "key"), encoded(value, "value")
        await _STORE_SET.wait_async(self._handle, *to, timeout=timeout)

    def store_get(self, key: str, *, timeout: float = DEFAULT_TIMEOUT) -> str | None:
        """Read a value; None when there is none.

        Waits for the service at most `timeout` seconds, and raises as `publish()`.
        """
        return _STORE_GET.wait(self._handle, encoded(key, "key"), timeout=timeout)

    async def store_get_async(self, key: str, *, timeout: float = DEFAULT_TIMEOUT) -> str | None:
        """Do as `store_get()` without holding up the event loop."""
        return await _STORE_GET.wait_async(self._handle, encoded(key, "key"), timeout=timeout)

    def store_observe(self, key: str, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """From now on let changes of a value come, as `EventType.STORE_VALUE_CHANGED`.

        On a new connection it is observed again by itself. Waits for the service at most `timeout`
        seconds, and raises as `publish()`.
        """
        _STORE_OBSERVE.wait(self._handle, encoded(key, "key"), timeout=timeout)

    async def store_observe_async(self, key: str, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Do as `store_observe()` without holding up the event loop."""
        await _STORE_OBSERVE.wait_async(self._handle, encoded(key, "key"), timeout=timeout)

    def store_stop_observing(self, key: str, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """From now on let no changes of a value come.

        Waits for the service at most `timeout` seconds, and raises as `publish()`.
        """
        _STORE_STOP_OBSERVING.wait(self._handle, encoded(key, "key"), timeout=timeout)

    async def store_stop_observing_async(
        self, key: str, *, timeout: float = DEFAULT_TIMEOUT
    ) -> None:
        """Do as `store_stop_observing()` without holding up the event loop."""
        await _STORE_STOP_OBSERVING.wait_async(self._handle, encoded(key, "key"), timeout=timeout)

    # ---- Files -----------------------------------------------------------------------------------

    def upload_file(
        self,
        name: str,
        content: Union[bytes, bytearray, memoryview],
        *,
        timeout: float = DEFAULT_TIMEOUT,
    ) -> str:
        """Upload a file for those who may join the room, and give its URL.

        Tell them the URL, e.g. in a message: `fetch_file()` fetches it. The meeting need not be
        joined. Waits for the service at most `timeout` seconds. Not inside a handler.

        Args:
            name: The name of the file.
            content: What is in it, at most 10 MiB. An empty file is refused.
            timeout: Seconds for all of it.

        Raises:
            TokenError: The token cannot do it.
            NetworkError: The service was not reached.
            ServiceError: The service refused or failed.
            TimeoutError: The time is over.
            InvalidArgumentError: The file is empty or too large.

        """
        file = _file(name, content)
        return _UPLOAD_FILE.wait(self._handle, *file, timeout=timeout)

    async def upload_file_async(
        self,
        name: str,
        content: Union[bytes, bytearray, memoryview],
        *,
        timeout: float = DEFAULT_TIMEOUT,
    ) -> str:
        """Do as `upload_file()` without holding up the event loop."""
        file = _file(name, content)
        return await _UPLOAD_FILE.wait_async(self._handle, *file, timeout=timeout)

    def fetch_file(self, url: str, *, timeout: float = DEFAULT_TIMEOUT) -> bytes:
        """Fetch a file that somebody uploaded, by its URL.

        The meeting need not be joined. The token goes to the service alone, never to another
        server that a URL names. Waits at most `timeout` seconds, and raises as `upload_file()`.
        """
        return _FETCH_FILE.wait(self._handle, encoded(url, "url"), timeout=timeout)

    async def fetch_file_async(self, url: str, *, timeout: float = DEFAULT_TIMEOUT) -> bytes:
        """Do as `fetch_file()` without holding up the event loop."""
        return await _FETCH_FILE.wait_async(self._handle, encoded(url, "url"), timeout=timeout)

    # ---- Other meetings --------------------------------------------------------------------------

    def switch_to(
        self, meeting_id: str, *, token: str | None = None, timeout: float = DEFAULT_TIMEOUT
    ) -> None:
        """Go to another meeting on the same connection, as the same participant.

        The state is `MeetingState.CONNECTING` on the way and `MeetingState.CONNECTED` there; a
        snapshot has the other meeting id then. Topics and observed values do not come along. What
        fails after it has left the one meeting ends in `MeetingState.FAILED`; joining then leads
        back to the meeting that it was in. Waits for the service at most `timeout` seconds.

        Args:
            meeting_id: The id of the other room.
            token: The token for there; None for the present one.
            timeout: Seconds for all of it.

        Raises:
            TokenError: The token cannot do it.
            NotFoundError: There is no such room.
            MeetingError: The service refused, or the entry was denied.
            InvalidStateError: This participant is not in the room.
            NetworkError: The connection was lost: it may have been carried out or not.
            TimeoutError: The time is over.
            CancelledError: The meeting was left meanwhile.

        """
        to = encoded(meeting_id, "meeting_id"), encoded(token, "token")
        _SWITCH_TO.wait(self._handle, *to, timeout=timeout)

    async def switch_to_async(
        self, meeting_id: str, *, token: str | None = None, timeout: float = DEFAULT_TIMEOUT
    ) -> None:
        """Do as `switch_to()` without holding up the event loop."""
        to = encoded(meeting_id, "meeting_id"), encoded(token, "token")
        await _SWITCH_TO.wait_async(self._handle, *to, timeout=timeout)

    def request_switch(
        self,
        participant_id: str,
        meeting_id: str,
        *,
        token: str | None = None,
        payload: Any = None,
        timeout: float = DEFAULT_TIMEOUT,
    ) -> None:
        """Ask a participant to go on in another meeting: it gets `EventType.SWITCH_REQUESTED`.

        It decides. Waits for the service at most `timeout` seconds, and raises as `publish()`.

        Args:
            participant_id: The participant.
            meeting_id: The id of the other room.
            token: A token for there; None for none.
            payload: What goes with it: anything that has a form in JSON; None for nothing.
            timeout: Seconds for all of it.

        """
        to = _switch_request(participant_id, meeting_id, token, payload)
        _REQUEST_SWITCH.wait(self._handle, *to, timeout=timeout)

    async def request_switch_async(
        self,
        participant_id: str,
        meeting_id: str,
        *,
        token: str | None = None,
        payload: Any = None,
        timeout: float = DEFAULT_TIMEOUT,
    ) -> None:
        """Do as `request_switch()` without holding up the event loop."""
        to = _switch_request(participant_id, meeting_id, token, payload)
        await _REQUEST_SWITCH.wait_async(self._handle, *to, timeout=timeout)

    # ---- What an agent tells of itself -----------------------------------------------------------

    def send_agent_state(self, state: AgentState, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Tell what this agent is doing; the others get `EventType.AGENT_STATE_CHANGED`.

        For meetings made with `PeerType.AGENT`; InvalidStateError in others. Waits for the service
        at most `timeout` seconds, and raises as `publish()`.
        """
        _SEND_AGENT_STATE.wait(self._handle, state, timeout=timeout)

    async def send_agent_state_async(
        self, state: AgentState, *, timeout: float = DEFAULT_TIMEOUT
    ) -> None:
        """Do as `send_agent_state()` without holding up the event loop."""
        await _SEND_AGENT_STATE.wait_async(self._handle, state, timeout=timeout)

    def send_agent_transcript(
        self,
        participant_id: str,
        words: str,
        *,
        is_final: bool,
        timeout: float = DEFAULT_TIMEOUT,
    ) -> None:
        """Tell what was said, by this agent or to it; the others get `EventType.AGENT_TRANSCRIPT`.

        For meetings made with `PeerType.AGENT`; InvalidStateError in others. Waits for the service
        at most `timeout` seconds, and raises as `publish()`.

        Args:
            participant_id: Who spoke.
            words: What was said.
            is_final: Whether these words will not change any more.
            timeout: Seconds for all of it.

        """
        said = _said(participant_id, words, is_final)
        _SEND_AGENT_TRANSCRIPT.wait(self._handle, *said, timeout=timeout)

    async def send_agent_transcript_async(
        self,
        participant_id: str,
        words: str,
        *,
        is_final: bool,
        timeout: float = DEFAULT_TIMEOUT,
    ) -> None:
        """Do as `send_agent_transcript()` without holding up the event loop."""
        said = _said(participant_id, words, is_final)
        await _SEND_AGENT_TRANSCRIPT.wait_async(self._handle, *said, timeout=timeout)

    def send_agent_metrics(
        self, metrics: Mapping[str, Any], *, timeout: float = DEFAULT_TIMEOUT
    ) -> None:
        """Tell figures of this agent, whatever it measures.

        The others get `EventType.AGENT_METRICS`. For meetings made with `PeerType.AGENT`;
        InvalidStateError in others. Waits for the service at most `timeout` seconds, and raises as
        `publish()`.
        """
        figures = encoded_json(metrics, "metrics")
        _SEND_AGENT_METRICS.wait(self._handle, figures, timeout=timeout)

    async def send_agent_metrics_async(
        self, metrics: Mapping[str, Any], *, timeout: float = DEFAULT_TIMEOUT
    ) -> None:
        """Do as `send_agent_metrics()` without holding up the event loop."""
        figures = encoded_json(metrics, "metrics")
        await _SEND_AGENT_METRICS.wait_async(self._handle, figures, timeout=timeout)


def _new_publish_options() -> Owned:
    return created(lib.vsdk_publish_options_new, lib.vsdk_publish_options_free, Owned)


def _publishing(
    options: Owned,
    topic: str,
    message: str,
    persist: bool,
    send_only: Iterable[str],
    payload: Mapping[str, Any] | None,
) -> tuple[object, ...]:
    """Fill the options, and give what is passed to the library."""
    to = options.handle
    call(lib.vsdk_publish_options_set_persist, to, flag(persist, "persist"))
    for participant_id in send_only:
        id_ = encoded(participant_id, "send_only")
        call(lib.vsdk_publish_options_add_send_only, to, id_)
    call(lib.vsdk_publish_options_set_payload_json, to, encoded_json(payload, "payload"))
    return encoded(topic, "topic"), encoded(message, "message"), to


def _file(name: str, content: Union[bytes, bytearray, memoryview]) -> tuple[object, ...]:
    """Give a file as it is passed to the library, which copies it before the call returns."""
    data = bytes_of(content, "content")
    return encoded(name, "name"), data, len(data)


def _switch_request(
    participant_id: str, meeting_id: str, token: str | None, payload: Any
) -> tuple[object, ...]:
    return (
        encoded(participant_id, "participant_id"),
        encoded(meeting_id, "meeting_id"),
        encoded(token, "token"),
        None if payload is None else encoded_json_value(payload, "payload"),
    )


def _said(participant_id: str, words: str, is_final: bool) -> tuple[object, ...]:
    id_ = encoded(participant_id, "participant_id")
    return id_, encoded(words, "words"), flag(is_final, "is_final")
