# Generated from src/ffi by `make header`. Do not edit.
"""The functions of vsdk.h as ctypes is to call them."""

from __future__ import annotations

from ctypes import (
    CFUNCTYPE,
    POINTER,
    c_char_p,
    c_int32,
    c_int64,
    c_size_t,
    c_void_p,
)
from typing import Any, Callable, Final, Optional

Handle = Optional[int]
"""A key of the library; None is NULL."""

Text = Optional[bytes]
"""UTF-8; None is NULL."""

Out = object
"""What byref() gives: a place to write to."""

Callback = object
"""An instance of one of the types that end in Fn."""

OutPointer = POINTER(c_void_p)

VERSION_MAJOR: Final = 0
"""The major version."""

VERSION_MINOR: Final = 1
"""The minor version."""

VERSION_PATCH: Final = 0
"""The patch version."""

VERSION: Final = "0.1.0"
"""The version as text."""

VERSION_NUMBER: Final = 1000
"""The version as one number: major * 1000000 + minor * 1000 + patch."""

ABI_VERSION: Final = 0
"""The binary interface this header describes; give it to vsdk_check_abi() first of all."""

TIMEOUT_DEFAULT: Final = -1
"""A time in milliseconds that stands for 30 seconds."""

TIMEOUT_INFINITE: Final = -2
"""A time that stands for "as long as it takes": for waiting on events and operations only."""

AUTO_CLOSE_DURATION_DEFAULT: Final = -1
"""No duration for vsdk_room_options_set_auto_close: the service's default."""

DestroyFn = CFUNCTYPE(None, c_void_p)
LogFn = CFUNCTYPE(None, c_int32, c_char_p, c_char_p, c_void_p)
OpFn = CFUNCTYPE(None, c_void_p, c_int32, c_void_p)
EventFn = CFUNCTYPE(None, c_void_p, c_void_p)
WakeFn = CFUNCTYPE(None, c_void_p)


class Functions:
    """The functions of vsdk.h, for the type checker."""

    vsdk_version: Callable[[], Text]
    vsdk_abi_version: Callable[[], int]
    vsdk_check_abi: Callable[[int, Out], int]
    vsdk_status_name: Callable[[int], Text]
    vsdk_shutdown: Callable[[int, Out], int]
    vsdk_after_fork_child: Callable[[Out], int]
    vsdk_debug_live_handles: Callable[[int], int]
    vsdk_error_status: Callable[[Handle], int]
    vsdk_error_name: Callable[[Handle], Text]
    vsdk_error_message: Callable[[Handle], Text]
    vsdk_error_remedy: Callable[[Handle], Text]
    vsdk_error_operation: Callable[[Handle], Text]
    vsdk_error_http_status: Callable[[Handle], int]
    vsdk_error_service_code: Callable[[Handle], int]
    vsdk_error_service_text: Callable[[Handle], Text]
    vsdk_error_request_id: Callable[[Handle], Text]
    vsdk_error_retry_after_ms: Callable[[Handle], int]
    vsdk_error_is_retryable: Callable[[Handle], int]
    vsdk_error_free: Callable[[Handle], None]
    vsdk_set_log_handler: Callable[[int, Callback, Handle, Callback, Out], int]
    vsdk_op_wait: Callable[[Handle, int, Out], int]
    vsdk_op_cancel: Callable[[Handle, Out], int]
    vsdk_op_outcome: Callable[[Handle, Out], int]
    vsdk_op_take_token: Callable[[Handle, Out, Out], int]
    vsdk_op_take_room: Callable[[Handle, Out, Out], int]
    vsdk_op_take_room_list: Callable[[Handle, Out, Out], int]
    vsdk_op_free: Callable[[Handle], None]
    vsdk_config: Callable[[Text, Out], int]
    vsdk_config_with: Callable[[Handle, Out], int]
    vsdk_config_options_new: Callable[[], Handle]
    vsdk_config_options_set_token: Callable[[Handle, Text, Out], int]
    vsdk_config_options_set_api_base_url: Callable[[Handle, Text, Out], int]
    vsdk_config_options_set_proxy: Callable[[Handle, Text, Out], int]
    vsdk_config_options_set_extra_ca_pem: Callable[[Handle, Text, Out], int]
    vsdk_config_options_set_user_agent_suffix: Callable[[Handle, Text, Out], int]
    vsdk_config_options_set_clock_check: Callable[[Handle, int, Out], int]
    vsdk_config_options_set_allow_plain_http: Callable[[Handle, int, Out], int]
    vsdk_config_options_free: Callable[[Handle], None]
    vsdk_token_text: Callable[[Handle], Text]
    vsdk_token_expires_at_s: Callable[[Handle], int]
    vsdk_token_free: Callable[[Handle], None]
    vsdk_token_mint_options_new: Callable[[], Handle]
    vsdk_token_mint_options_set_api_key: Callable[[Handle, Text, Out], int]
    vsdk_token_mint_options_set_secret: Callable[[Handle, Text, Out], int]
    vsdk_token_mint_options_add_permission: Callable[[Handle, Text, Out], int]
    vsdk_token_mint_options_add_role: Callable[[Handle, Text, Out], int]
    vsdk_token_mint_options_set_room_id: Callable[[Handle, Text, Out], int]
    vsdk_token_mint_options_set_participant_id: Callable[[Handle, Text, Out], int]
    vsdk_token_mint_options_set_lifetime_s: Callable[[Handle, int, Out], int]
    vsdk_token_mint_options_set_claims_json: Callable[[Handle, Text, Out], int]
    vsdk_token_mint_options_free: Callable[[Handle], None]
    vsdk_token_mint: Callable[[Handle, Out, Out], int]
    vsdk_token_fetch_options_new: Callable[[], Handle]
    vsdk_token_fetch_options_set_header: Callable[[Handle, Text, Text, Out], int]
    vsdk_token_fetch_options_set_room_id: Callable[[Handle, Text, Out], int]
    vsdk_token_fetch_options_set_participant_id: Callable[[Handle, Text, Out], int]
    vsdk_token_fetch_options_free: Callable[[Handle], None]
    vsdk_token_fetch: Callable[[Text, Handle, int, Out, Out], int]
    vsdk_token_fetch_async: Callable[[Text, Handle, int, Callback, Handle, Callback, Out, Out], int]
    vsdk_token_inspect: Callable[[Text, Out, Out], int]
    vsdk_token_inspect_for: Callable[[Text, int, Text, Text, Out, Out], int]
    vsdk_token_report_is_usable: Callable[[Handle], int]
    vsdk_token_report_seconds_left: Callable[[Handle], int]
    vsdk_token_report_expires_at_s: Callable[[Handle], int]
    vsdk_token_report_issued_at_s: Callable[[Handle], int]
    vsdk_token_report_api_key: Callable[[Handle], Text]
    vsdk_token_report_room_id: Callable[[Handle], Text]
    vsdk_token_report_participant_id: Callable[[Handle], Text]
    vsdk_token_report_header_json: Callable[[Handle], Text]
    vsdk_token_report_claims_json: Callable[[Handle], Text]
    vsdk_token_report_json: Callable[[Handle], Text]
    vsdk_token_report_finding_count: Callable[[Handle], int]
    vsdk_token_report_finding_code: Callable[[Handle, int], int]
    vsdk_token_report_finding_severity: Callable[[Handle, int], int]
    vsdk_token_report_finding_service_code: Callable[[Handle, int], int]
    vsdk_token_report_finding_name: Callable[[Handle, int], Text]
    vsdk_token_report_finding_explanation: Callable[[Handle, int], Text]
    vsdk_token_report_finding_remedy: Callable[[Handle, int], Text]
    vsdk_token_report_free: Callable[[Handle], None]
    vsdk_request_options_new: Callable[[], Handle]
    vsdk_request_options_set_token: Callable[[Handle, Text, Out], int]
    vsdk_request_options_set_api_base_url: Callable[[Handle, Text, Out], int]
    vsdk_request_options_free: Callable[[Handle], None]
    vsdk_room_options_new: Callable[[], Handle]
    vsdk_room_options_set_token: Callable[[Handle, Text, Out], int]
    vsdk_room_options_set_api_base_url: Callable[[Handle, Text, Out], int]
    vsdk_room_options_set_custom_room_id: Callable[[Handle, Text, Out], int]
    vsdk_room_options_set_geo_fence: Callable[[Handle, Text, Out], int]
    vsdk_room_options_set_region: Callable[[Handle, Text, Out], int]
    vsdk_room_options_set_webhook_url: Callable[[Handle, Text, Out], int]
    vsdk_room_options_add_webhook_event: Callable[[Handle, Text, Out], int]
    vsdk_room_options_set_auto_close: Callable[[Handle, Text, int, Out], int]
    vsdk_room_options_set_auto_start_json: Callable[[Handle, Text, Out], int]
    vsdk_room_options_set_multi_composition: Callable[[Handle, int, int, int, Out], int]
    vsdk_room_options_add_allowed_participant_id: Callable[[Handle, Text, Out], int]
    vsdk_room_options_free: Callable[[Handle], None]
    vsdk_create_room: Callable[[Handle, int, Out, Out], int]
    vsdk_create_room_async: Callable[[Handle, int, Callback, Handle, Callback, Out, Out], int]
    vsdk_room_validate: Callable[[Text, Handle, int, Out, Out], int]
    vsdk_room_validate_async: Callable[
        [Text, Handle, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_room_get: Callable[[Text, Handle, int, Out, Out], int]
    vsdk_room_get_async: Callable[[Text, Handle, int, Callback, Handle, Callback, Out, Out], int]
    vsdk_room_deactivate: Callable[[Text, Handle, int, Out, Out], int]
    vsdk_room_deactivate_async: Callable[
        [Text, Handle, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_room_id: Callable[[Handle], Text]
    vsdk_room_custom_id: Callable[[Handle], Text]
    vsdk_room_database_id: Callable[[Handle], Text]
    vsdk_room_user_id: Callable[[Handle], Text]
    vsdk_room_api_key: Callable[[Handle], Text]
    vsdk_room_geo_fence: Callable[[Handle], Text]
    vsdk_room_webhook_url: Callable[[Handle], Text]
    vsdk_room_auto_close_type: Callable[[Handle], Text]
    vsdk_room_auto_start_json: Callable[[Handle], Text]
    vsdk_room_created_at: Callable[[Handle], Text]
    vsdk_room_updated_at: Callable[[Handle], Text]
    vsdk_room_room_link: Callable[[Handle], Text]
    vsdk_room_session_link: Callable[[Handle], Text]
    vsdk_room_is_disabled: Callable[[Handle], int]
    vsdk_room_auto_close_duration: Callable[[Handle], int]
    vsdk_room_json: Callable[[Handle], Text]
    vsdk_room_free: Callable[[Handle], None]
    vsdk_room_list_options_new: Callable[[], Handle]
    vsdk_room_list_options_set_token: Callable[[Handle, Text, Out], int]
    vsdk_room_list_options_set_api_base_url: Callable[[Handle, Text, Out], int]
    vsdk_room_list_options_set_page: Callable[[Handle, int, Out], int]
    vsdk_room_list_options_set_per_page: Callable[[Handle, int, Out], int]
    vsdk_room_list_options_set_query: Callable[[Handle, Text, Out], int]
    vsdk_room_list_options_set_user_id: Callable[[Handle, Text, Out], int]
    vsdk_room_list_options_free: Callable[[Handle], None]
    vsdk_rooms_list: Callable[[Handle, int, Out, Out], int]
    vsdk_rooms_list_async: Callable[[Handle, int, Callback, Handle, Callback, Out, Out], int]
    vsdk_room_list_count: Callable[[Handle], int]
    vsdk_room_list_room: Callable[[Handle, int, Out, Out], int]
    vsdk_room_list_page: Callable[[Handle], int]
    vsdk_room_list_per_page: Callable[[Handle], int]
    vsdk_room_list_last_page: Callable[[Handle], int]
    vsdk_room_list_total: Callable[[Handle], int]
    vsdk_room_list_free: Callable[[Handle], None]
    vsdk_meeting_options_new: Callable[[], Handle]
    vsdk_meeting_options_set_json: Callable[[Handle, Text, Out], int]
    vsdk_meeting_options_set_meeting_id: Callable[[Handle, Text, Out], int]
    vsdk_meeting_options_set_token: Callable[[Handle, Text, Out], int]
    vsdk_meeting_options_set_participant_id: Callable[[Handle, Text, Out], int]
    vsdk_meeting_options_set_name: Callable[[Handle, Text, Out], int]
    vsdk_meeting_options_set_mic_enabled: Callable[[Handle, int, Out], int]
    vsdk_meeting_options_set_webcam_enabled: Callable[[Handle, int, Out], int]
    vsdk_meeting_options_set_metadata_json: Callable[[Handle, Text, Out], int]
    vsdk_meeting_options_set_mode: Callable[[Handle, int, Out], int]
    vsdk_meeting_options_set_preferred_protocol: Callable[[Handle, int, Out], int]
    vsdk_meeting_options_set_max_resolution: Callable[[Handle, int, Out], int]
    vsdk_meeting_options_set_audio_codec: Callable[[Handle, int, Out], int]
    vsdk_meeting_options_set_peer_type: Callable[[Handle, int, Out], int]
    vsdk_meeting_options_set_multi_stream: Callable[[Handle, int, Out], int]
    vsdk_meeting_options_set_auto_consume: Callable[[Handle, int, Out], int]
    vsdk_meeting_options_set_codec_switch_enabled: Callable[[Handle, int, Out], int]
    vsdk_meeting_options_set_batching_enabled: Callable[[Handle, int, Out], int]
    vsdk_meeting_options_set_debug_mode: Callable[[Handle, int, Out], int]
    vsdk_meeting_options_set_chat_enabled: Callable[[Handle, int, Out], int]
    vsdk_meeting_options_set_translation_language: Callable[[Handle, Text, Out], int]
    vsdk_meeting_options_set_speaking_language: Callable[[Handle, Text, Out], int]
    vsdk_meeting_options_set_device_info_json: Callable[[Handle, Text, Out], int]
    vsdk_meeting_options_set_api_base_url: Callable[[Handle, Text, Out], int]
    vsdk_meeting_options_set_signaling_base_url: Callable[[Handle, Text, Out], int]
    vsdk_meeting_options_free: Callable[[Handle], None]
    vsdk_init_meeting: Callable[[Handle, Out, Out], int]
    vsdk_meeting_snapshot: Callable[[Handle, Out, Out], int]
    vsdk_meeting_join: Callable[[Handle, int, Out], int]
    vsdk_meeting_leave: Callable[[Handle, int, Out], int]
    vsdk_meeting_set_token: Callable[[Handle, Text, Out], int]
    vsdk_meeting_next_event: Callable[[Handle, int, Out, Out], int]
    vsdk_meeting_set_event_handler: Callable[[Handle, Callback, Handle, Callback, Out], int]
    vsdk_meeting_set_wake_handler: Callable[[Handle, Callback, Handle, Callback, Out], int]
    vsdk_meeting_event_descriptor: Callable[[Handle, Out, Out], int]
    vsdk_meeting_free: Callable[[Handle], None]
    vsdk_meeting_snapshot_state: Callable[[Handle], int]
    vsdk_meeting_snapshot_meeting_id: Callable[[Handle], Text]
    vsdk_meeting_snapshot_participant_id: Callable[[Handle], Text]
    vsdk_meeting_snapshot_name: Callable[[Handle], Text]
    vsdk_meeting_snapshot_mic_enabled: Callable[[Handle], int]
    vsdk_meeting_snapshot_webcam_enabled: Callable[[Handle], int]
    vsdk_meeting_snapshot_mode: Callable[[Handle], int]
    vsdk_meeting_snapshot_metadata_json: Callable[[Handle], Text]
    vsdk_meeting_snapshot_token_expires_at_s: Callable[[Handle], int]
    vsdk_meeting_snapshot_json: Callable[[Handle], Text]
    vsdk_meeting_snapshot_free: Callable[[Handle], None]
    vsdk_event_type: Callable[[Handle], int]
    vsdk_event_type_name: Callable[[Handle], Text]
    vsdk_event_sequence: Callable[[Handle], int]
    vsdk_event_time_ms: Callable[[Handle], int]
    vsdk_event_participant_id: Callable[[Handle], Text]
    vsdk_event_track_id: Callable[[Handle], Text]
    vsdk_event_code: Callable[[Handle], int]
    vsdk_event_text: Callable[[Handle], Text]
    vsdk_event_status: Callable[[Handle], int]
    vsdk_event_payload: Callable[[Handle, Out, Out, Out], int]
    vsdk_event_json: Callable[[Handle], Text]
    vsdk_event_free: Callable[[Handle], None]


Prototype = tuple[Any, list[Any]]
"""The result, and the parameters."""

GETTERS: Final[dict[str, Prototype]] = {
    "vsdk_version": (c_char_p, []),
    "vsdk_abi_version": (c_int32, []),
    "vsdk_status_name": (c_char_p, [c_int32]),
    "vsdk_debug_live_handles": (c_int64, [c_int32]),
    "vsdk_error_status": (c_int32, [c_void_p]),
    "vsdk_error_name": (c_char_p, [c_void_p]),
    "vsdk_error_message": (c_char_p, [c_void_p]),
    "vsdk_error_remedy": (c_char_p, [c_void_p]),
    "vsdk_error_operation": (c_char_p, [c_void_p]),
    "vsdk_error_http_status": (c_int32, [c_void_p]),
    "vsdk_error_service_code": (c_int32, [c_void_p]),
    "vsdk_error_service_text": (c_char_p, [c_void_p]),
    "vsdk_error_request_id": (c_char_p, [c_void_p]),
    "vsdk_error_retry_after_ms": (c_int64, [c_void_p]),
    "vsdk_error_is_retryable": (c_int32, [c_void_p]),
    "vsdk_config_options_new": (c_void_p, []),
    "vsdk_token_text": (c_char_p, [c_void_p]),
    "vsdk_token_expires_at_s": (c_int64, [c_void_p]),
    "vsdk_token_mint_options_new": (c_void_p, []),
    "vsdk_token_fetch_options_new": (c_void_p, []),
    "vsdk_token_report_is_usable": (c_int32, [c_void_p]),
    "vsdk_token_report_seconds_left": (c_int64, [c_void_p]),
    "vsdk_token_report_expires_at_s": (c_int64, [c_void_p]),
    "vsdk_token_report_issued_at_s": (c_int64, [c_void_p]),
    "vsdk_token_report_api_key": (c_char_p, [c_void_p]),
    "vsdk_token_report_room_id": (c_char_p, [c_void_p]),
    "vsdk_token_report_participant_id": (c_char_p, [c_void_p]),
    "vsdk_token_report_header_json": (c_char_p, [c_void_p]),
    "vsdk_token_report_claims_json": (c_char_p, [c_void_p]),
    "vsdk_token_report_json": (c_char_p, [c_void_p]),
    "vsdk_token_report_finding_count": (c_size_t, [c_void_p]),
    "vsdk_token_report_finding_code": (c_int32, [c_void_p, c_size_t]),
    "vsdk_token_report_finding_severity": (c_int32, [c_void_p, c_size_t]),
    "vsdk_token_report_finding_service_code": (c_int32, [c_void_p, c_size_t]),
    "vsdk_token_report_finding_name": (c_char_p, [c_void_p, c_size_t]),
    "vsdk_token_report_finding_explanation": (c_char_p, [c_void_p, c_size_t]),
    "vsdk_token_report_finding_remedy": (c_char_p, [c_void_p, c_size_t]),
    "vsdk_request_options_new": (c_void_p, []),
    "vsdk_room_options_new": (c_void_p, []),
    "vsdk_room_id": (c_char_p, [c_void_p]),
    "vsdk_room_custom_id": (c_char_p, [c_void_p]),
    "vsdk_room_database_id": (c_char_p, [c_void_p]),
    "vsdk_room_user_id": (c_char_p, [c_void_p]),
    "vsdk_room_api_key": (c_char_p, [c_void_p]),
    "vsdk_room_geo_fence": (c_char_p, [c_void_p]),
    "vsdk_room_webhook_url": (c_char_p, [c_void_p]),
    "vsdk_room_auto_close_type": (c_char_p, [c_void_p]),
    "vsdk_room_auto_start_json": (c_char_p, [c_void_p]),
    "vsdk_room_created_at": (c_char_p, [c_void_p]),
    "vsdk_room_updated_at": (c_char_p, [c_void_p]),
    "vsdk_room_room_link": (c_char_p, [c_void_p]),
    "vsdk_room_session_link": (c_char_p, [c_void_p]),
    "vsdk_room_is_disabled": (c_int32, [c_void_p]),
    "vsdk_room_auto_close_duration": (c_int64, [c_void_p]),
    "vsdk_room_json": (c_char_p, [c_void_p]),
    "vsdk_room_list_options_new": (c_void_p, []),
    "vsdk_room_list_count": (c_size_t, [c_void_p]),
    "vsdk_room_list_page": (c_int64, [c_void_p]),
    "vsdk_room_list_per_page": (c_int64, [c_void_p]),
    "vsdk_room_list_last_page": (c_int64, [c_void_p]),
    "vsdk_room_list_total": (c_int64, [c_void_p]),
    "vsdk_meeting_options_new": (c_void_p, []),
    "vsdk_meeting_snapshot_state": (c_int32, [c_void_p]),
    "vsdk_meeting_snapshot_meeting_id": (c_char_p, [c_void_p]),
    "vsdk_meeting_snapshot_participant_id": (c_char_p, [c_void_p]),
    "vsdk_meeting_snapshot_name": (c_char_p, [c_void_p]),
    "vsdk_meeting_snapshot_mic_enabled": (c_int32, [c_void_p]),
    "vsdk_meeting_snapshot_webcam_enabled": (c_int32, [c_void_p]),
    "vsdk_meeting_snapshot_mode": (c_int32, [c_void_p]),
    "vsdk_meeting_snapshot_metadata_json": (c_char_p, [c_void_p]),
    "vsdk_meeting_snapshot_token_expires_at_s": (c_int64, [c_void_p]),
    "vsdk_meeting_snapshot_json": (c_char_p, [c_void_p]),
    "vsdk_event_type": (c_int32, [c_void_p]),
    "vsdk_event_type_name": (c_char_p, [c_void_p]),
    "vsdk_event_sequence": (c_int64, [c_void_p]),
    "vsdk_event_time_ms": (c_int64, [c_void_p]),
    "vsdk_event_participant_id": (c_char_p, [c_void_p]),
    "vsdk_event_track_id": (c_char_p, [c_void_p]),
    "vsdk_event_code": (c_int32, [c_void_p]),
    "vsdk_event_text": (c_char_p, [c_void_p]),
    "vsdk_event_status": (c_int32, [c_void_p]),
    "vsdk_event_json": (c_char_p, [c_void_p]),
}
"""They wait for nothing and call nothing: called with the interpreter's lock held."""

CALLS: Final[dict[str, Prototype]] = {
    "vsdk_check_abi": (c_int32, [c_int32, OutPointer]),
    "vsdk_shutdown": (c_int32, [c_int64, OutPointer]),
    "vsdk_after_fork_child": (c_int32, [OutPointer]),
    "vsdk_error_free": (None, [c_void_p]),
    "vsdk_set_log_handler": (c_int32, [c_int32, LogFn, c_void_p, DestroyFn, OutPointer]),
    "vsdk_op_wait": (c_int32, [c_void_p, c_int64, OutPointer]),
    "vsdk_op_cancel": (c_int32, [c_void_p, OutPointer]),
    "vsdk_op_outcome": (c_int32, [c_void_p, OutPointer]),
    "vsdk_op_take_token": (c_int32, [c_void_p, OutPointer, OutPointer]),
    "vsdk_op_take_room": (c_int32, [c_void_p, OutPointer, OutPointer]),
    "vsdk_op_take_room_list": (c_int32, [c_void_p, OutPointer, OutPointer]),
    "vsdk_op_free": (None, [c_void_p]),
    "vsdk_config": (c_int32, [c_char_p, OutPointer]),
    "vsdk_config_with": (c_int32, [c_void_p, OutPointer]),
    "vsdk_config_options_set_token": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_config_options_set_api_base_url": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_config_options_set_proxy": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_config_options_set_extra_ca_pem": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_config_options_set_user_agent_suffix": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_config_options_set_clock_check": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_config_options_set_allow_plain_http": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_config_options_free": (None, [c_void_p]),
    "vsdk_token_free": (None, [c_void_p]),
    "vsdk_token_mint_options_set_api_key": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_token_mint_options_set_secret": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_token_mint_options_add_permission": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_token_mint_options_add_role": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_token_mint_options_set_room_id": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_token_mint_options_set_participant_id": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_token_mint_options_set_lifetime_s": (c_int32, [c_void_p, c_int64, OutPointer]),
    "vsdk_token_mint_options_set_claims_json": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_token_mint_options_free": (None, [c_void_p]),
    "vsdk_token_mint": (c_int32, [c_void_p, OutPointer, OutPointer]),
    "vsdk_token_fetch_options_set_header": (c_int32, [c_void_p, c_char_p, c_char_p, OutPointer]),
    "vsdk_token_fetch_options_set_room_id": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_token_fetch_options_set_participant_id": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_token_fetch_options_free": (None, [c_void_p]),
    "vsdk_token_fetch": (c_int32, [c_char_p, c_void_p, c_int64, OutPointer, OutPointer]),
    "vsdk_token_fetch_async": (
        c_int32,
        [c_char_p, c_void_p, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_token_inspect": (c_int32, [c_char_p, OutPointer, OutPointer]),
    "vsdk_token_inspect_for": (
        c_int32,
        [c_char_p, c_int32, c_char_p, c_char_p, OutPointer, OutPointer],
    ),
    "vsdk_token_report_free": (None, [c_void_p]),
    "vsdk_request_options_set_token": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_request_options_set_api_base_url": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_request_options_free": (None, [c_void_p]),
    "vsdk_room_options_set_token": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_room_options_set_api_base_url": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_room_options_set_custom_room_id": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_room_options_set_geo_fence": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_room_options_set_region": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_room_options_set_webhook_url": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_room_options_add_webhook_event": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_room_options_set_auto_close": (c_int32, [c_void_p, c_char_p, c_int64, OutPointer]),
    "vsdk_room_options_set_auto_start_json": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_room_options_set_multi_composition": (
        c_int32,
        [c_void_p, c_int32, c_int32, c_int32, OutPointer],
    ),
    "vsdk_room_options_add_allowed_participant_id": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_room_options_free": (None, [c_void_p]),
    "vsdk_create_room": (c_int32, [c_void_p, c_int64, OutPointer, OutPointer]),
    "vsdk_create_room_async": (
        c_int32,
        [c_void_p, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_room_validate": (c_int32, [c_char_p, c_void_p, c_int64, OutPointer, OutPointer]),
    "vsdk_room_validate_async": (
        c_int32,
        [c_char_p, c_void_p, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_room_get": (c_int32, [c_char_p, c_void_p, c_int64, OutPointer, OutPointer]),
    "vsdk_room_get_async": (
        c_int32,
        [c_char_p, c_void_p, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_room_deactivate": (c_int32, [c_char_p, c_void_p, c_int64, OutPointer, OutPointer]),
    "vsdk_room_deactivate_async": (
        c_int32,
        [c_char_p, c_void_p, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_room_free": (None, [c_void_p]),
    "vsdk_room_list_options_set_token": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_room_list_options_set_api_base_url": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_room_list_options_set_page": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_room_list_options_set_per_page": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_room_list_options_set_query": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_room_list_options_set_user_id": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_room_list_options_free": (None, [c_void_p]),
    "vsdk_rooms_list": (c_int32, [c_void_p, c_int64, OutPointer, OutPointer]),
    "vsdk_rooms_list_async": (
        c_int32,
        [c_void_p, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_room_list_room": (c_int32, [c_void_p, c_size_t, OutPointer, OutPointer]),
    "vsdk_room_list_free": (None, [c_void_p]),
    "vsdk_meeting_options_set_json": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_meeting_options_set_meeting_id": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_meeting_options_set_token": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_meeting_options_set_participant_id": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_meeting_options_set_name": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_meeting_options_set_mic_enabled": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_meeting_options_set_webcam_enabled": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_meeting_options_set_metadata_json": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_meeting_options_set_mode": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_meeting_options_set_preferred_protocol": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_meeting_options_set_max_resolution": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_meeting_options_set_audio_codec": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_meeting_options_set_peer_type": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_meeting_options_set_multi_stream": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_meeting_options_set_auto_consume": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_meeting_options_set_codec_switch_enabled": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_meeting_options_set_batching_enabled": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_meeting_options_set_debug_mode": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_meeting_options_set_chat_enabled": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_meeting_options_set_translation_language": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_meeting_options_set_speaking_language": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_meeting_options_set_device_info_json": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_meeting_options_set_api_base_url": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_meeting_options_set_signaling_base_url": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_meeting_options_free": (None, [c_void_p]),
    "vsdk_init_meeting": (c_int32, [c_void_p, OutPointer, OutPointer]),
    "vsdk_meeting_snapshot": (c_int32, [c_void_p, OutPointer, OutPointer]),
    "vsdk_meeting_join": (c_int32, [c_void_p, c_int64, OutPointer]),
    "vsdk_meeting_leave": (c_int32, [c_void_p, c_int64, OutPointer]),
    "vsdk_meeting_set_token": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_meeting_next_event": (c_int32, [c_void_p, c_int64, OutPointer, OutPointer]),
    "vsdk_meeting_set_event_handler": (
        c_int32,
        [c_void_p, EventFn, c_void_p, DestroyFn, OutPointer],
    ),
    "vsdk_meeting_set_wake_handler": (c_int32, [c_void_p, WakeFn, c_void_p, DestroyFn, OutPointer]),
    "vsdk_meeting_event_descriptor": (c_int32, [c_void_p, POINTER(c_int32), OutPointer]),
    "vsdk_meeting_free": (None, [c_void_p]),
    "vsdk_meeting_snapshot_free": (None, [c_void_p]),
    "vsdk_event_payload": (c_int32, [c_void_p, OutPointer, POINTER(c_size_t), OutPointer]),
    "vsdk_event_free": (None, [c_void_p]),
}
"""Called with the interpreter's lock released."""
