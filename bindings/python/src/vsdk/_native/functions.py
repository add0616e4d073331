# Generated from src/ffi by `make header`. Do not edit.
"""The functions of vsdk.h as ctypes is to call them."""

from __future__ import annotations

from ctypes import (
    CFUNCTYPE,
    POINTER,
    c_char_p,
    c_double,
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

AUDIO_LEVEL_UNKNOWN: Final = 1
"""Where how loud a frame is stands: nobody knows."""

FRAME_GROWTH_BYTES: Final = 8192
"""By how many bytes a frame may grow: there is room for its length and this many."""

CAPTURE_TIME_NOW: Final = -1
"""The capture time of samples that are pushed as soon as they were recorded."""

DestroyFn = CFUNCTYPE(None, c_void_p)
LogFn = CFUNCTYPE(None, c_int32, c_char_p, c_char_p, c_void_p)
OpFn = CFUNCTYPE(None, c_void_p, c_int32, c_void_p)
EventFn = CFUNCTYPE(None, c_void_p, c_void_p)
WakeFn = CFUNCTYPE(None, c_void_p)
FrameFn = CFUNCTYPE(None, c_void_p, c_void_p)
FrameTransformFn = CFUNCTYPE(
    None, c_void_p, c_void_p, c_size_t, c_void_p, c_size_t, POINTER(c_size_t), c_void_p
)


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
    vsdk_op_take_content: Callable[[Handle, Out, Out], int]
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
    vsdk_meeting_set_token: Callable[[Handle, Text, Out], int]
    vsdk_meeting_next_event: Callable[[Handle, int, Out, Out], int]
    vsdk_meeting_set_event_handler: Callable[[Handle, Callback, Handle, Callback, Out], int]
    vsdk_meeting_set_wake_handler: Callable[[Handle, Callback, Handle, Callback, Out], int]
    vsdk_meeting_event_descriptor: Callable[[Handle, Out, Out], int]
    vsdk_meeting_free: Callable[[Handle], None]
    vsdk_meeting_join: Callable[[Handle, int, Out], int]
    vsdk_meeting_join_async: Callable[[Handle, int, Callback, Handle, Callback, Out, Out], int]
    vsdk_meeting_leave: Callable[[Handle, int, Out], int]
    vsdk_meeting_leave_async: Callable[[Handle, int, Callback, Handle, Callback, Out, Out], int]
    vsdk_meeting_end: Callable[[Handle, int, Out], int]
    vsdk_meeting_end_async: Callable[[Handle, int, Callback, Handle, Callback, Out, Out], int]
    vsdk_meeting_refresh_connection: Callable[[Handle, Out], int]
    vsdk_publish_options_new: Callable[[], Handle]
    vsdk_publish_options_set_persist: Callable[[Handle, int, Out], int]
    vsdk_publish_options_add_send_only: Callable[[Handle, Text, Out], int]
    vsdk_publish_options_set_payload_json: Callable[[Handle, Text, Out], int]
    vsdk_publish_options_free: Callable[[Handle], None]
    vsdk_meeting_publish: Callable[[Handle, Text, Text, Handle, int, Out], int]
    vsdk_meeting_publish_async: Callable[
        [Handle, Text, Text, Handle, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_meeting_subscribe: Callable[[Handle, Text, int, Out], int]
    vsdk_meeting_subscribe_async: Callable[
        [Handle, Text, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_meeting_unsubscribe: Callable[[Handle, Text, Out], int]
    vsdk_meeting_moderate: Callable[[Handle, Text, int, int, Out], int]
    vsdk_meeting_moderate_async: Callable[
        [Handle, Text, int, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_meeting_change_mode: Callable[[Handle, int, int, Out], int]
    vsdk_meeting_change_mode_async: Callable[
        [Handle, int, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_meeting_switch_to: Callable[[Handle, Text, Text, int, Out], int]
    vsdk_meeting_switch_to_async: Callable[
        [Handle, Text, Text, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_meeting_request_switch: Callable[[Handle, Text, Text, Text, Text, int, Out], int]
    vsdk_meeting_request_switch_async: Callable[
        [Handle, Text, Text, Text, Text, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_service_options_new: Callable[[], Handle]
    vsdk_service_options_set_layout: Callable[[Handle, int, Out], int]
    vsdk_service_options_set_layout_priority: Callable[[Handle, int, Out], int]
    vsdk_service_options_set_grid_size: Callable[[Handle, int, Out], int]
    vsdk_service_options_set_theme: Callable[[Handle, int, Out], int]
    vsdk_service_options_set_content: Callable[[Handle, int, Out], int]
    vsdk_service_options_set_quality: Callable[[Handle, int, Out], int]
    vsdk_service_options_set_orientation: Callable[[Handle, int, Out], int]
    vsdk_service_options_add_output: Callable[[Handle, Text, Text, Out], int]
    vsdk_service_options_set_webhook_url: Callable[[Handle, Text, Out], int]
    vsdk_service_options_set_language: Callable[[Handle, Text, Out], int]
    vsdk_service_options_set_json: Callable[[Handle, Text, Out], int]
    vsdk_service_options_free: Callable[[Handle], None]
    vsdk_meeting_start_service: Callable[[Handle, int, Handle, int, Out], int]
    vsdk_meeting_start_service_async: Callable[
        [Handle, int, Handle, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_meeting_stop_service: Callable[[Handle, int, int, Out], int]
    vsdk_meeting_stop_service_async: Callable[
        [Handle, int, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_meeting_change_translation_language: Callable[[Handle, Text, int, Out], int]
    vsdk_meeting_change_translation_language_async: Callable[
        [Handle, Text, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_meeting_store_set: Callable[[Handle, Text, Text, int, Out], int]
    vsdk_meeting_store_set_async: Callable[
        [Handle, Text, Text, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_meeting_store_get: Callable[[Handle, Text, int, Out, Out], int]
    vsdk_meeting_store_get_async: Callable[
        [Handle, Text, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_meeting_store_observe: Callable[[Handle, Text, int, Out], int]
    vsdk_meeting_store_observe_async: Callable[
        [Handle, Text, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_meeting_store_stop_observing: Callable[[Handle, Text, int, Out], int]
    vsdk_meeting_store_stop_observing_async: Callable[
        [Handle, Text, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_meeting_upload_file: Callable[[Handle, Text, Handle, int, int, Out, Out], int]
    vsdk_meeting_upload_file_async: Callable[
        [Handle, Text, Handle, int, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_meeting_fetch_file: Callable[[Handle, Text, int, Out, Out], int]
    vsdk_meeting_fetch_file_async: Callable[
        [Handle, Text, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_meeting_send_agent_state: Callable[[Handle, int, int, Out], int]
    vsdk_meeting_send_agent_state_async: Callable[
        [Handle, int, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_meeting_send_agent_transcript: Callable[[Handle, Text, Text, int, int, Out], int]
    vsdk_meeting_send_agent_transcript_async: Callable[
        [Handle, Text, Text, int, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_meeting_send_agent_metrics: Callable[[Handle, Text, int, Out], int]
    vsdk_meeting_send_agent_metrics_async: Callable[
        [Handle, Text, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_track_options_new: Callable[[int], Handle]
    vsdk_track_options_set_codec: Callable[[Handle, int, Out], int]
    vsdk_track_options_set_enabled: Callable[[Handle, int, Out], int]
    vsdk_track_options_set_size: Callable[[Handle, int, int, Out], int]
    vsdk_track_options_set_bitrate_mode: Callable[[Handle, int, Out], int]
    vsdk_track_options_set_multi_stream: Callable[[Handle, int, Out], int]
    vsdk_track_options_set_max_layers: Callable[[Handle, int, Out], int]
    vsdk_track_options_set_audio_profile: Callable[[Handle, int, Out], int]
    vsdk_track_options_set_share_profile: Callable[[Handle, int, Out], int]
    vsdk_track_options_set_app_data_json: Callable[[Handle, Text, Out], int]
    vsdk_track_options_free: Callable[[Handle], None]
    vsdk_received_frame_participant_id: Callable[[Handle], Text]
    vsdk_received_frame_track_id: Callable[[Handle], Text]
    vsdk_received_frame_kind: Callable[[Handle], int]
    vsdk_received_frame_codec: Callable[[Handle], int]
    vsdk_received_frame_data: Callable[[Handle, Out, Out, Out], int]
    vsdk_received_frame_timestamp_us: Callable[[Handle], int]
    vsdk_received_frame_is_key_frame: Callable[[Handle], int]
    vsdk_received_frame_follows_gap: Callable[[Handle], int]
    vsdk_received_frame_audio_level: Callable[[Handle], int]
    vsdk_received_frame_free: Callable[[Handle], None]
    vsdk_meeting_add_track: Callable[[Handle, Handle, Out, Out], int]
    vsdk_meeting_remote_track: Callable[[Handle, Text, Out, Out], int]
    vsdk_meeting_audio_mixer: Callable[[Handle, int, int, Out, Out], int]
    vsdk_meeting_set_frame_handler: Callable[[Handle, Callback, Handle, Callback, Out], int]
    vsdk_meeting_media_statistics: Callable[[Handle, Out, Out], int]
    vsdk_meeting_send_data: Callable[[Handle, Handle, int, int, int, Out], int]
    vsdk_local_track_id: Callable[[Handle], Text]
    vsdk_local_track_kind: Callable[[Handle], int]
    vsdk_local_track_codec: Callable[[Handle], int]
    vsdk_local_track_layer_count: Callable[[Handle], int]
    vsdk_local_track_layer_scale: Callable[[Handle, int], float]
    vsdk_local_track_layer_max_kbps: Callable[[Handle, int], int]
    vsdk_local_track_layer_max_fps: Callable[[Handle, int], int]
    vsdk_local_track_push: Callable[[Handle, Handle, Out], int]
    vsdk_local_track_audio_input: Callable[[Handle, int, int, Out, Out], int]
    vsdk_local_track_video_input: Callable[[Handle, Out, Out], int]
    vsdk_local_track_encoder_target: Callable[[Handle, int, Out, Out], int]
    vsdk_local_track_is_sending: Callable[[Handle], int]
    vsdk_local_track_set_enabled: Callable[[Handle, int, Out], int]
    vsdk_local_track_free: Callable[[Handle], None]
    vsdk_remote_track_id: Callable[[Handle], Text]
    vsdk_remote_track_participant_id: Callable[[Handle], Text]
    vsdk_remote_track_kind: Callable[[Handle], int]
    vsdk_remote_track_codec: Callable[[Handle], int]
    vsdk_remote_track_next_frame: Callable[[Handle, int, Out, Out], int]
    vsdk_remote_track_set_frame_handler: Callable[[Handle, Callback, Handle, Callback, Out], int]
    vsdk_remote_track_set_wake_handler: Callable[[Handle, Callback, Handle, Callback, Out], int]
    vsdk_remote_track_waiting_frames: Callable[[Handle], int]
    vsdk_remote_track_flush: Callable[[Handle, Out], int]
    vsdk_remote_track_audio_output: Callable[[Handle, int, int, Out, Out], int]
    vsdk_remote_track_video_output: Callable[[Handle, int, Out, Out], int]
    vsdk_remote_track_request_key_frame: Callable[[Handle, Out], int]
    vsdk_remote_track_pause: Callable[[Handle, int, Out], int]
    vsdk_remote_track_pause_async: Callable[
        [Handle, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_remote_track_resume: Callable[[Handle, int, Out], int]
    vsdk_remote_track_resume_async: Callable[
        [Handle, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_remote_track_set_viewport: Callable[[Handle, int, int, Out], int]
    vsdk_remote_track_set_preferred_layers: Callable[[Handle, int, int, int, Out], int]
    vsdk_remote_track_set_preferred_layers_async: Callable[
        [Handle, int, int, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_remote_track_free: Callable[[Handle], None]
    vsdk_media_statistics_transport: Callable[[Handle, int, Out, Out], int]
    vsdk_media_statistics_track_count: Callable[[Handle], int]
    vsdk_media_statistics_track: Callable[[Handle, int, Out, Out], int]
    vsdk_media_statistics_stream: Callable[[Handle, int, int, Out, Out], int]
    vsdk_media_statistics_json: Callable[[Handle], Text]
    vsdk_media_statistics_free: Callable[[Handle], None]
    vsdk_media_statistics_playout: Callable[[Handle, int, Out, Out], int]
    vsdk_media_statistics_encoding: Callable[[Handle, int, Out, Out], int]
    vsdk_media_statistics_decoding: Callable[[Handle, int, Out, Out], int]
    vsdk_meeting_subscribe_tracks: Callable[[Handle, Text, int, int, Out], int]
    vsdk_meeting_subscribe_tracks_async: Callable[
        [Handle, Text, int, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_meeting_unsubscribe_tracks: Callable[[Handle, Text, int, int, Out], int]
    vsdk_meeting_unsubscribe_tracks_async: Callable[
        [Handle, Text, int, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_meeting_pause_all_tracks: Callable[[Handle, int, int, Out], int]
    vsdk_meeting_pause_all_tracks_async: Callable[
        [Handle, int, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_meeting_resume_all_tracks: Callable[[Handle, int, int, Out], int]
    vsdk_meeting_resume_all_tracks_async: Callable[
        [Handle, int, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_meeting_set_frame_transform: Callable[[Handle, Callback, Handle, Callback, Out], int]
    vsdk_audio_input_push_s16: Callable[[Handle, Handle, int, int, Out], int]
    vsdk_audio_input_push_f32: Callable[[Handle, Handle, int, int, Out], int]
    vsdk_audio_input_level: Callable[[Handle], int]
    vsdk_audio_input_sample_rate: Callable[[Handle], int]
    vsdk_audio_input_channels: Callable[[Handle], int]
    vsdk_audio_input_free: Callable[[Handle], None]
    vsdk_audio_output_pull_s16: Callable[[Handle, Out, int, Out, Out], int]
    vsdk_audio_output_pull_f32: Callable[[Handle, Out, int, Out, Out], int]
    vsdk_audio_output_sample_rate: Callable[[Handle], int]
    vsdk_audio_output_channels: Callable[[Handle], int]
    vsdk_audio_output_free: Callable[[Handle], None]
    vsdk_devices_list: Callable[[int, Out, Out], int]
    vsdk_device_list_count: Callable[[Handle], int]
    vsdk_device_list_id: Callable[[Handle, int], Text]
    vsdk_device_list_name: Callable[[Handle, int], Text]
    vsdk_device_list_is_default: Callable[[Handle, int], int]
    vsdk_device_list_free: Callable[[Handle], None]
    vsdk_audio_device_open_microphone: Callable[[Handle, Text, Out, Out], int]
    vsdk_audio_device_open_speaker: Callable[[Handle, Text, Out, Out], int]
    vsdk_audio_device_open_track_speaker: Callable[[Handle, Text, Out, Out], int]
    vsdk_audio_device_kind: Callable[[Handle], int]
    vsdk_audio_device_id: Callable[[Handle], Text]
    vsdk_audio_device_name: Callable[[Handle], Text]
    vsdk_audio_device_sample_rate: Callable[[Handle], int]
    vsdk_audio_device_channels: Callable[[Handle], int]
    vsdk_audio_device_level: Callable[[Handle], int]
    vsdk_audio_device_is_open: Callable[[Handle], int]
    vsdk_audio_device_free: Callable[[Handle], None]
    vsdk_meeting_set_mic_enabled: Callable[[Handle, int, Out], int]
    vsdk_meeting_watch_devices: Callable[[Handle, int, Out], int]
    vsdk_video_input_push: Callable[[Handle, Handle, Out], int]
    vsdk_video_input_free: Callable[[Handle], None]
    vsdk_video_output_next_picture: Callable[[Handle, int, Out, Out], int]
    vsdk_video_output_capture_image: Callable[[Handle, int, int, int, Out, Out], int]
    vsdk_video_output_capture_image_async: Callable[
        [Handle, int, int, int, Callback, Handle, Callback, Out, Out], int
    ]
    vsdk_video_output_set_wake_handler: Callable[[Handle, Callback, Handle, Callback, Out], int]
    vsdk_video_output_format: Callable[[Handle], int]
    vsdk_video_output_free: Callable[[Handle], None]
    vsdk_received_picture_participant_id: Callable[[Handle], Text]
    vsdk_received_picture_track_id: Callable[[Handle], Text]
    vsdk_received_picture_format: Callable[[Handle], int]
    vsdk_received_picture_width: Callable[[Handle], int]
    vsdk_received_picture_height: Callable[[Handle], int]
    vsdk_received_picture_timestamp_us: Callable[[Handle], int]
    vsdk_received_picture_is_resized: Callable[[Handle], int]
    vsdk_received_picture_plane: Callable[[Handle, int, Out, Out, Out, Out], int]
    vsdk_received_picture_encode_image: Callable[[Handle, int, int, Out, Out], int]
    vsdk_received_picture_free: Callable[[Handle], None]
    vsdk_content_text: Callable[[Handle], Text]
    vsdk_content_bytes: Callable[[Handle, Out, Out, Out], int]
    vsdk_content_free: Callable[[Handle], None]
    vsdk_meeting_snapshot_state: Callable[[Handle], int]
    vsdk_meeting_snapshot_meeting_id: Callable[[Handle], Text]
    vsdk_meeting_snapshot_participant_id: Callable[[Handle], Text]
    vsdk_meeting_snapshot_name: Callable[[Handle], Text]
    vsdk_meeting_snapshot_mic_enabled: Callable[[Handle], int]
    vsdk_meeting_snapshot_webcam_enabled: Callable[[Handle], int]
    vsdk_meeting_snapshot_mode: Callable[[Handle], int]
    vsdk_meeting_snapshot_metadata_json: Callable[[Handle], Text]
    vsdk_meeting_snapshot_participant_count: Callable[[Handle], int]
    vsdk_meeting_snapshot_participant: Callable[[Handle, int, Out, Out], int]
    vsdk_meeting_snapshot_event_sequence: Callable[[Handle], int]
    vsdk_meeting_snapshot_active_speaker_id: Callable[[Handle], Text]
    vsdk_meeting_snapshot_session_id: Callable[[Handle], Text]
    vsdk_meeting_snapshot_service_state: Callable[[Handle, int], int]
    vsdk_meeting_snapshot_token_expires_at_s: Callable[[Handle], int]
    vsdk_meeting_snapshot_json: Callable[[Handle], Text]
    vsdk_meeting_snapshot_free: Callable[[Handle], None]
    vsdk_participant_id: Callable[[Handle], Text]
    vsdk_participant_name: Callable[[Handle], Text]
    vsdk_participant_is_local: Callable[[Handle], int]
    vsdk_participant_mode: Callable[[Handle], int]
    vsdk_participant_peer_type: Callable[[Handle], int]
    vsdk_participant_metadata_json: Callable[[Handle], Text]
    vsdk_participant_is_mic_on: Callable[[Handle], int]
    vsdk_participant_is_webcam_on: Callable[[Handle], int]
    vsdk_participant_is_screen_share_on: Callable[[Handle], int]
    vsdk_participant_is_screen_share_audio_on: Callable[[Handle], int]
    vsdk_participant_is_camera_pinned: Callable[[Handle], int]
    vsdk_participant_is_screen_share_pinned: Callable[[Handle], int]
    vsdk_participant_agent_state: Callable[[Handle], Text]
    vsdk_participant_joined_at_ms: Callable[[Handle], int]
    vsdk_participant_json: Callable[[Handle], Text]
    vsdk_participant_free: Callable[[Handle], None]
    vsdk_event_type: Callable[[Handle], int]
    vsdk_event_type_name: Callable[[Handle], Text]
    vsdk_event_sequence: Callable[[Handle], int]
    vsdk_event_time_ms: Callable[[Handle], int]
    vsdk_event_participant_id: Callable[[Handle], Text]
    vsdk_event_participant_name: Callable[[Handle], Text]
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
    "vsdk_publish_options_new": (c_void_p, []),
    "vsdk_service_options_new": (c_void_p, []),
    "vsdk_track_options_new": (c_void_p, [c_int32]),
    "vsdk_received_frame_participant_id": (c_char_p, [c_void_p]),
    "vsdk_received_frame_track_id": (c_char_p, [c_void_p]),
    "vsdk_received_frame_kind": (c_int32, [c_void_p]),
    "vsdk_received_frame_codec": (c_int32, [c_void_p]),
    "vsdk_received_frame_timestamp_us": (c_int64, [c_void_p]),
    "vsdk_received_frame_is_key_frame": (c_int32, [c_void_p]),
    "vsdk_received_frame_follows_gap": (c_int32, [c_void_p]),
    "vsdk_received_frame_audio_level": (c_int32, [c_void_p]),
    "vsdk_local_track_id": (c_char_p, [c_void_p]),
    "vsdk_local_track_kind": (c_int32, [c_void_p]),
    "vsdk_local_track_codec": (c_int32, [c_void_p]),
    "vsdk_local_track_layer_count": (c_int32, [c_void_p]),
    "vsdk_local_track_layer_scale": (c_double, [c_void_p, c_int32]),
    "vsdk_local_track_layer_max_kbps": (c_int32, [c_void_p, c_int32]),
    "vsdk_local_track_layer_max_fps": (c_int32, [c_void_p, c_int32]),
    "vsdk_local_track_is_sending": (c_int32, [c_void_p]),
    "vsdk_remote_track_id": (c_char_p, [c_void_p]),
    "vsdk_remote_track_participant_id": (c_char_p, [c_void_p]),
    "vsdk_remote_track_kind": (c_int32, [c_void_p]),
    "vsdk_remote_track_codec": (c_int32, [c_void_p]),
    "vsdk_remote_track_waiting_frames": (c_int32, [c_void_p]),
    "vsdk_media_statistics_track_count": (c_size_t, [c_void_p]),
    "vsdk_media_statistics_json": (c_char_p, [c_void_p]),
    "vsdk_audio_input_level": (c_int32, [c_void_p]),
    "vsdk_audio_input_sample_rate": (c_int32, [c_void_p]),
    "vsdk_audio_input_channels": (c_int32, [c_void_p]),
    "vsdk_audio_output_sample_rate": (c_int32, [c_void_p]),
    "vsdk_audio_output_channels": (c_int32, [c_void_p]),
    "vsdk_device_list_count": (c_size_t, [c_void_p]),
    "vsdk_device_list_id": (c_char_p, [c_void_p, c_size_t]),
    "vsdk_device_list_name": (c_char_p, [c_void_p, c_size_t]),
    "vsdk_device_list_is_default": (c_int32, [c_void_p, c_size_t]),
    "vsdk_audio_device_kind": (c_int32, [c_void_p]),
    "vsdk_audio_device_id": (c_char_p, [c_void_p]),
    "vsdk_audio_device_name": (c_char_p, [c_void_p]),
    "vsdk_audio_device_sample_rate": (c_int32, [c_void_p]),
    "vsdk_audio_device_channels": (c_int32, [c_void_p]),
    "vsdk_audio_device_level": (c_int32, [c_void_p]),
    "vsdk_audio_device_is_open": (c_int32, [c_void_p]),
    "vsdk_video_output_format": (c_int32, [c_void_p]),
    "vsdk_received_picture_participant_id": (c_char_p, [c_void_p]),
    "vsdk_received_picture_track_id": (c_char_p, [c_void_p]),
    "vsdk_received_picture_format": (c_int32, [c_void_p]),
    "vsdk_received_picture_width": (c_int32, [c_void_p]),
    "vsdk_received_picture_height": (c_int32, [c_void_p]),
    "vsdk_received_picture_timestamp_us": (c_int64, [c_void_p]),
    "vsdk_received_picture_is_resized": (c_int32, [c_void_p]),
    "vsdk_content_text": (c_char_p, [c_void_p]),
    "vsdk_meeting_snapshot_state": (c_int32, [c_void_p]),
    "vsdk_meeting_snapshot_meeting_id": (c_char_p, [c_void_p]),
    "vsdk_meeting_snapshot_participant_id": (c_char_p, [c_void_p]),
    "vsdk_meeting_snapshot_name": (c_char_p, [c_void_p]),
    "vsdk_meeting_snapshot_mic_enabled": (c_int32, [c_void_p]),
    "vsdk_meeting_snapshot_webcam_enabled": (c_int32, [c_void_p]),
    "vsdk_meeting_snapshot_mode": (c_int32, [c_void_p]),
    "vsdk_meeting_snapshot_metadata_json": (c_char_p, [c_void_p]),
    "vsdk_meeting_snapshot_participant_count": (c_size_t, [c_void_p]),
    "vsdk_meeting_snapshot_event_sequence": (c_int64, [c_void_p]),
    "vsdk_meeting_snapshot_active_speaker_id": (c_char_p, [c_void_p]),
    "vsdk_meeting_snapshot_session_id": (c_char_p, [c_void_p]),
    "vsdk_meeting_snapshot_service_state": (c_int32, [c_void_p, c_int32]),
    "vsdk_meeting_snapshot_token_expires_at_s": (c_int64, [c_void_p]),
    "vsdk_meeting_snapshot_json": (c_char_p, [c_void_p]),
    "vsdk_participant_id": (c_char_p, [c_void_p]),
    "vsdk_participant_name": (c_char_p, [c_void_p]),
    "vsdk_participant_is_local": (c_int32, [c_void_p]),
    "vsdk_participant_mode": (c_int32, [c_void_p]),
    "vsdk_participant_peer_type": (c_int32, [c_void_p]),
    "vsdk_participant_metadata_json": (c_char_p, [c_void_p]),
    "vsdk_participant_is_mic_on": (c_int32, [c_void_p]),
    "vsdk_participant_is_webcam_on": (c_int32, [c_void_p]),
    "vsdk_participant_is_screen_share_on": (c_int32, [c_void_p]),
    "vsdk_participant_is_screen_share_audio_on": (c_int32, [c_void_p]),
    "vsdk_participant_is_camera_pinned": (c_int32, [c_void_p]),
    "vsdk_participant_is_screen_share_pinned": (c_int32, [c_void_p]),
    "vsdk_participant_agent_state": (c_char_p, [c_void_p]),
    "vsdk_participant_joined_at_ms": (c_int64, [c_void_p]),
    "vsdk_participant_json": (c_char_p, [c_void_p]),
    "vsdk_event_type": (c_int32, [c_void_p]),
    "vsdk_event_type_name": (c_char_p, [c_void_p]),
    "vsdk_event_sequence": (c_int64, [c_void_p]),
    "vsdk_event_time_ms": (c_int64, [c_void_p]),
    "vsdk_event_participant_id": (c_char_p, [c_void_p]),
    "vsdk_event_participant_name": (c_char_p, [c_void_p]),
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
    "vsdk_op_take_content": (c_int32, [c_void_p, OutPointer, OutPointer]),
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
    "vsdk_meeting_set_token": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_meeting_next_event": (c_int32, [c_void_p, c_int64, OutPointer, OutPointer]),
    "vsdk_meeting_set_event_handler": (
        c_int32,
        [c_void_p, EventFn, c_void_p, DestroyFn, OutPointer],
    ),
    "vsdk_meeting_set_wake_handler": (c_int32, [c_void_p, WakeFn, c_void_p, DestroyFn, OutPointer]),
    "vsdk_meeting_event_descriptor": (c_int32, [c_void_p, POINTER(c_int32), OutPointer]),
    "vsdk_meeting_free": (None, [c_void_p]),
    "vsdk_meeting_join": (c_int32, [c_void_p, c_int64, OutPointer]),
    "vsdk_meeting_join_async": (
        c_int32,
        [c_void_p, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_meeting_leave": (c_int32, [c_void_p, c_int64, OutPointer]),
    "vsdk_meeting_leave_async": (
        c_int32,
        [c_void_p, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_meeting_end": (c_int32, [c_void_p, c_int64, OutPointer]),
    "vsdk_meeting_end_async": (
        c_int32,
        [c_void_p, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_meeting_refresh_connection": (c_int32, [c_void_p, OutPointer]),
    "vsdk_publish_options_set_persist": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_publish_options_add_send_only": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_publish_options_set_payload_json": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_publish_options_free": (None, [c_void_p]),
    "vsdk_meeting_publish": (
        c_int32,
        [c_void_p, c_char_p, c_char_p, c_void_p, c_int64, OutPointer],
    ),
    "vsdk_meeting_publish_async": (
        c_int32,
        [
            c_void_p,
            c_char_p,
            c_char_p,
            c_void_p,
            c_int64,
            OpFn,
            c_void_p,
            DestroyFn,
            OutPointer,
            OutPointer,
        ],
    ),
    "vsdk_meeting_subscribe": (c_int32, [c_void_p, c_char_p, c_int64, OutPointer]),
    "vsdk_meeting_subscribe_async": (
        c_int32,
        [c_void_p, c_char_p, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_meeting_unsubscribe": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_meeting_moderate": (c_int32, [c_void_p, c_char_p, c_int32, c_int64, OutPointer]),
    "vsdk_meeting_moderate_async": (
        c_int32,
        [c_void_p, c_char_p, c_int32, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_meeting_change_mode": (c_int32, [c_void_p, c_int32, c_int64, OutPointer]),
    "vsdk_meeting_change_mode_async": (
        c_int32,
        [c_void_p, c_int32, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_meeting_switch_to": (c_int32, [c_void_p, c_char_p, c_char_p, c_int64, OutPointer]),
    "vsdk_meeting_switch_to_async": (
        c_int32,
        [c_void_p, c_char_p, c_char_p, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_meeting_request_switch": (
        c_int32,
        [c_void_p, c_char_p, c_char_p, c_char_p, c_char_p, c_int64, OutPointer],
    ),
    "vsdk_meeting_request_switch_async": (
        c_int32,
        [
            c_void_p,
            c_char_p,
            c_char_p,
            c_char_p,
            c_char_p,
            c_int64,
            OpFn,
            c_void_p,
            DestroyFn,
            OutPointer,
            OutPointer,
        ],
    ),
    "vsdk_service_options_set_layout": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_service_options_set_layout_priority": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_service_options_set_grid_size": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_service_options_set_theme": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_service_options_set_content": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_service_options_set_quality": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_service_options_set_orientation": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_service_options_add_output": (c_int32, [c_void_p, c_char_p, c_char_p, OutPointer]),
    "vsdk_service_options_set_webhook_url": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_service_options_set_language": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_service_options_set_json": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_service_options_free": (None, [c_void_p]),
    "vsdk_meeting_start_service": (c_int32, [c_void_p, c_int32, c_void_p, c_int64, OutPointer]),
    "vsdk_meeting_start_service_async": (
        c_int32,
        [c_void_p, c_int32, c_void_p, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_meeting_stop_service": (c_int32, [c_void_p, c_int32, c_int64, OutPointer]),
    "vsdk_meeting_stop_service_async": (
        c_int32,
        [c_void_p, c_int32, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_meeting_change_translation_language": (
        c_int32,
        [c_void_p, c_char_p, c_int64, OutPointer],
    ),
    "vsdk_meeting_change_translation_language_async": (
        c_int32,
        [c_void_p, c_char_p, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_meeting_store_set": (c_int32, [c_void_p, c_char_p, c_char_p, c_int64, OutPointer]),
    "vsdk_meeting_store_set_async": (
        c_int32,
        [c_void_p, c_char_p, c_char_p, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_meeting_store_get": (c_int32, [c_void_p, c_char_p, c_int64, OutPointer, OutPointer]),
    "vsdk_meeting_store_get_async": (
        c_int32,
        [c_void_p, c_char_p, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_meeting_store_observe": (c_int32, [c_void_p, c_char_p, c_int64, OutPointer]),
    "vsdk_meeting_store_observe_async": (
        c_int32,
        [c_void_p, c_char_p, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_meeting_store_stop_observing": (c_int32, [c_void_p, c_char_p, c_int64, OutPointer]),
    "vsdk_meeting_store_stop_observing_async": (
        c_int32,
        [c_void_p, c_char_p, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_meeting_upload_file": (
        c_int32,
        [c_void_p, c_char_p, c_void_p, c_size_t, c_int64, OutPointer, OutPointer],
    ),
    "vsdk_meeting_upload_file_async": (
        c_int32,
        [
            c_void_p,
            c_char_p,
            c_void_p,
            c_size_t,
            c_int64,
            OpFn,
            c_void_p,
            DestroyFn,
            OutPointer,
            OutPointer,
        ],
    ),
    "vsdk_meeting_fetch_file": (c_int32, [c_void_p, c_char_p, c_int64, OutPointer, OutPointer]),
    "vsdk_meeting_fetch_file_async": (
        c_int32,
        [c_void_p, c_char_p, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_meeting_send_agent_state": (c_int32, [c_void_p, c_int32, c_int64, OutPointer]),
    "vsdk_meeting_send_agent_state_async": (
        c_int32,
        [c_void_p, c_int32, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_meeting_send_agent_transcript": (
        c_int32,
        [c_void_p, c_char_p, c_char_p, c_int32, c_int64, OutPointer],
    ),
    "vsdk_meeting_send_agent_transcript_async": (
        c_int32,
        [
            c_void_p,
            c_char_p,
            c_char_p,
            c_int32,
            c_int64,
            OpFn,
            c_void_p,
            DestroyFn,
            OutPointer,
            OutPointer,
        ],
    ),
    "vsdk_meeting_send_agent_metrics": (c_int32, [c_void_p, c_char_p, c_int64, OutPointer]),
    "vsdk_meeting_send_agent_metrics_async": (
        c_int32,
        [c_void_p, c_char_p, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_track_options_set_codec": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_track_options_set_enabled": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_track_options_set_size": (c_int32, [c_void_p, c_int32, c_int32, OutPointer]),
    "vsdk_track_options_set_bitrate_mode": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_track_options_set_multi_stream": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_track_options_set_max_layers": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_track_options_set_audio_profile": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_track_options_set_share_profile": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_track_options_set_app_data_json": (c_int32, [c_void_p, c_char_p, OutPointer]),
    "vsdk_track_options_free": (None, [c_void_p]),
    "vsdk_received_frame_data": (c_int32, [c_void_p, OutPointer, POINTER(c_size_t), OutPointer]),
    "vsdk_received_frame_free": (None, [c_void_p]),
    "vsdk_meeting_add_track": (c_int32, [c_void_p, c_void_p, OutPointer, OutPointer]),
    "vsdk_meeting_remote_track": (c_int32, [c_void_p, c_char_p, OutPointer, OutPointer]),
    "vsdk_meeting_audio_mixer": (c_int32, [c_void_p, c_int32, c_int32, OutPointer, OutPointer]),
    "vsdk_meeting_set_frame_handler": (
        c_int32,
        [c_void_p, FrameFn, c_void_p, DestroyFn, OutPointer],
    ),
    "vsdk_meeting_media_statistics": (c_int32, [c_void_p, OutPointer, OutPointer]),
    "vsdk_meeting_send_data": (
        c_int32,
        [c_void_p, c_void_p, c_size_t, c_int32, c_int32, OutPointer],
    ),
    "vsdk_local_track_push": (c_int32, [c_void_p, c_void_p, OutPointer]),
    "vsdk_local_track_audio_input": (c_int32, [c_void_p, c_int32, c_int32, OutPointer, OutPointer]),
    "vsdk_local_track_video_input": (c_int32, [c_void_p, OutPointer, OutPointer]),
    "vsdk_local_track_encoder_target": (c_int32, [c_void_p, c_int32, c_void_p, OutPointer]),
    "vsdk_local_track_set_enabled": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_local_track_free": (None, [c_void_p]),
    "vsdk_remote_track_next_frame": (c_int32, [c_void_p, c_int64, OutPointer, OutPointer]),
    "vsdk_remote_track_set_frame_handler": (
        c_int32,
        [c_void_p, FrameFn, c_void_p, DestroyFn, OutPointer],
    ),
    "vsdk_remote_track_set_wake_handler": (
        c_int32,
        [c_void_p, WakeFn, c_void_p, DestroyFn, OutPointer],
    ),
    "vsdk_remote_track_flush": (c_int32, [c_void_p, OutPointer]),
    "vsdk_remote_track_audio_output": (
        c_int32,
        [c_void_p, c_int32, c_int32, OutPointer, OutPointer],
    ),
    "vsdk_remote_track_video_output": (c_int32, [c_void_p, c_int32, OutPointer, OutPointer]),
    "vsdk_remote_track_request_key_frame": (c_int32, [c_void_p, OutPointer]),
    "vsdk_remote_track_pause": (c_int32, [c_void_p, c_int64, OutPointer]),
    "vsdk_remote_track_pause_async": (
        c_int32,
        [c_void_p, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_remote_track_resume": (c_int32, [c_void_p, c_int64, OutPointer]),
    "vsdk_remote_track_resume_async": (
        c_int32,
        [c_void_p, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_remote_track_set_viewport": (c_int32, [c_void_p, c_int32, c_int32, OutPointer]),
    "vsdk_remote_track_set_preferred_layers": (
        c_int32,
        [c_void_p, c_int32, c_int32, c_int64, OutPointer],
    ),
    "vsdk_remote_track_set_preferred_layers_async": (
        c_int32,
        [c_void_p, c_int32, c_int32, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_remote_track_free": (None, [c_void_p]),
    "vsdk_media_statistics_transport": (c_int32, [c_void_p, c_int32, c_void_p, OutPointer]),
    "vsdk_media_statistics_track": (c_int32, [c_void_p, c_size_t, c_void_p, OutPointer]),
    "vsdk_media_statistics_stream": (c_int32, [c_void_p, c_size_t, c_size_t, c_void_p, OutPointer]),
    "vsdk_media_statistics_free": (None, [c_void_p]),
    "vsdk_media_statistics_playout": (c_int32, [c_void_p, c_size_t, c_void_p, OutPointer]),
    "vsdk_media_statistics_encoding": (c_int32, [c_void_p, c_size_t, c_void_p, OutPointer]),
    "vsdk_media_statistics_decoding": (c_int32, [c_void_p, c_size_t, c_void_p, OutPointer]),
    "vsdk_meeting_subscribe_tracks": (c_int32, [c_void_p, c_char_p, c_int32, c_int64, OutPointer]),
    "vsdk_meeting_subscribe_tracks_async": (
        c_int32,
        [c_void_p, c_char_p, c_int32, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_meeting_unsubscribe_tracks": (
        c_int32,
        [c_void_p, c_char_p, c_int32, c_int64, OutPointer],
    ),
    "vsdk_meeting_unsubscribe_tracks_async": (
        c_int32,
        [c_void_p, c_char_p, c_int32, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_meeting_pause_all_tracks": (c_int32, [c_void_p, c_int32, c_int64, OutPointer]),
    "vsdk_meeting_pause_all_tracks_async": (
        c_int32,
        [c_void_p, c_int32, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_meeting_resume_all_tracks": (c_int32, [c_void_p, c_int32, c_int64, OutPointer]),
    "vsdk_meeting_resume_all_tracks_async": (
        c_int32,
        [c_void_p, c_int32, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_meeting_set_frame_transform": (
        c_int32,
        [c_void_p, FrameTransformFn, c_void_p, DestroyFn, OutPointer],
    ),
    "vsdk_audio_input_push_s16": (c_int32, [c_void_p, c_void_p, c_size_t, c_int64, OutPointer]),
    "vsdk_audio_input_push_f32": (c_int32, [c_void_p, c_void_p, c_size_t, c_int64, OutPointer]),
    "vsdk_audio_input_free": (None, [c_void_p]),
    "vsdk_audio_output_pull_s16": (c_int32, [c_void_p, c_void_p, c_size_t, c_void_p, OutPointer]),
    "vsdk_audio_output_pull_f32": (c_int32, [c_void_p, c_void_p, c_size_t, c_void_p, OutPointer]),
    "vsdk_audio_output_free": (None, [c_void_p]),
    "vsdk_devices_list": (c_int32, [c_int32, OutPointer, OutPointer]),
    "vsdk_device_list_free": (None, [c_void_p]),
    "vsdk_audio_device_open_microphone": (c_int32, [c_void_p, c_char_p, OutPointer, OutPointer]),
    "vsdk_audio_device_open_speaker": (c_int32, [c_void_p, c_char_p, OutPointer, OutPointer]),
    "vsdk_audio_device_open_track_speaker": (c_int32, [c_void_p, c_char_p, OutPointer, OutPointer]),
    "vsdk_audio_device_free": (None, [c_void_p]),
    "vsdk_meeting_set_mic_enabled": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_meeting_watch_devices": (c_int32, [c_void_p, c_int32, OutPointer]),
    "vsdk_video_input_push": (c_int32, [c_void_p, c_void_p, OutPointer]),
    "vsdk_video_input_free": (None, [c_void_p]),
    "vsdk_video_output_next_picture": (c_int32, [c_void_p, c_int64, OutPointer, OutPointer]),
    "vsdk_video_output_capture_image": (
        c_int32,
        [c_void_p, c_int32, c_int32, c_int64, OutPointer, OutPointer],
    ),
    "vsdk_video_output_capture_image_async": (
        c_int32,
        [c_void_p, c_int32, c_int32, c_int64, OpFn, c_void_p, DestroyFn, OutPointer, OutPointer],
    ),
    "vsdk_video_output_set_wake_handler": (
        c_int32,
        [c_void_p, WakeFn, c_void_p, DestroyFn, OutPointer],
    ),
    "vsdk_video_output_free": (None, [c_void_p]),
    "vsdk_received_picture_plane": (
        c_int32,
        [c_void_p, c_int32, OutPointer, POINTER(c_size_t), POINTER(c_size_t), OutPointer],
    ),
    "vsdk_received_picture_encode_image": (
        c_int32,
        [c_void_p, c_int32, c_int32, OutPointer, OutPointer],
    ),
    "vsdk_received_picture_free": (None, [c_void_p]),
    "vsdk_content_bytes": (c_int32, [c_void_p, OutPointer, POINTER(c_size_t), OutPointer]),
    "vsdk_content_free": (None, [c_void_p]),
    "vsdk_meeting_snapshot_participant": (c_int32, [c_void_p, c_size_t, OutPointer, OutPointer]),
    "vsdk_meeting_snapshot_free": (None, [c_void_p]),
    "vsdk_participant_free": (None, [c_void_p]),
    "vsdk_event_payload": (c_int32, [c_void_p, OutPointer, POINTER(c_size_t), OutPointer]),
    "vsdk_event_free": (None, [c_void_p]),
}
"""Called with the interpreter's lock released."""
