// Generated from include/vsdk.h by `make header`: what JNA calls, under the names of the C functions.
// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Callback
import com.sun.jna.Pointer
import com.sun.jna.ptr.IntByReference
import com.sun.jna.ptr.LongByReference
import com.sun.jna.ptr.PointerByReference

internal const val VSDK_ABI_VERSION: Int = 0

internal const val VSDK_TIMEOUT_DEFAULT: Long = -1L

internal const val VSDK_TIMEOUT_INFINITE: Long = -2L

internal const val VSDK_AUTO_CLOSE_DURATION_DEFAULT: Long = -1L

internal const val VSDK_AUDIO_LEVEL_UNKNOWN: Int = 1

internal const val VSDK_FRAME_GROWTH_BYTES: Int = 8192

internal const val VSDK_CAPTURE_TIME_NOW: Long = -1L

internal fun interface DestroyFn : Callback {
    fun invoke(userData: Pointer?)
}

internal fun interface LogFn : Callback {
    fun invoke(level: Int, target: Pointer?, message: Pointer?, userData: Pointer?)
}

internal fun interface OpFn : Callback {
    fun invoke(op: Pointer?, status: Int, userData: Pointer?)
}

internal fun interface EventFn : Callback {
    fun invoke(event: Pointer?, userData: Pointer?)
}

internal fun interface WakeFn : Callback {
    fun invoke(userData: Pointer?)
}

internal fun interface FrameFn : Callback {
    fun invoke(frame: Pointer?, userData: Pointer?)
}

internal fun interface FrameTransformFn : Callback {
    fun invoke(
        info: Pointer?,
        data: Pointer?,
        length: Long,
        output: Pointer?,
        capacity: Long,
        written: Pointer?,
        userData: Pointer?,
    )
}

/**
 * The functions of the library. JNA binds each to the symbol of its name; the comments are in
 * include/vsdk.h.
 */
@Suppress("FunctionName", "LongParameterList", "TooManyFunctions")
internal class NativeFunctions {
    external fun vsdk_version(): Pointer?
    external fun vsdk_abi_version(): Int
    external fun vsdk_check_abi(abiVersion: Int, error: PointerByReference): Int
    external fun vsdk_status_name(status: Int): Pointer?
    external fun vsdk_shutdown(timeoutMs: Long, error: PointerByReference): Int
    external fun vsdk_after_fork_child(error: PointerByReference): Int
    external fun vsdk_debug_live_handles(kind: Int): Long

    external fun vsdk_error_status(error: Pointer?): Int
    external fun vsdk_error_name(error: Pointer?): Pointer?
    external fun vsdk_error_message(error: Pointer?): Pointer?
    external fun vsdk_error_remedy(error: Pointer?): Pointer?
    external fun vsdk_error_operation(error: Pointer?): Pointer?
    external fun vsdk_error_http_status(error: Pointer?): Int
    external fun vsdk_error_service_code(error: Pointer?): Int
    external fun vsdk_error_service_text(error: Pointer?): Pointer?
    external fun vsdk_error_request_id(error: Pointer?): Pointer?
    external fun vsdk_error_retry_after_ms(error: Pointer?): Long
    external fun vsdk_error_is_retryable(error: Pointer?): Int
    external fun vsdk_error_free(error: Pointer?)

    external fun vsdk_set_log_handler(
        level: Int,
        handler: LogFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        error: PointerByReference,
    ): Int

    external fun vsdk_op_wait(op: Pointer?, timeoutMs: Long, error: PointerByReference): Int
    external fun vsdk_op_cancel(op: Pointer?, error: PointerByReference): Int
    external fun vsdk_op_outcome(op: Pointer?, error: PointerByReference): Int
    external fun vsdk_op_take_token(
        op: Pointer?,
        token: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_op_take_room(
        op: Pointer?,
        room: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_op_take_room_list(
        op: Pointer?,
        list: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_op_take_content(
        op: Pointer?,
        content: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_op_free(op: Pointer?)

    external fun vsdk_config(token: ByteArray?, error: PointerByReference): Int
    external fun vsdk_config_with(options: Pointer?, error: PointerByReference): Int
    external fun vsdk_config_options_new(): Pointer?
    external fun vsdk_config_options_set_token(
        options: Pointer?,
        token: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_config_options_set_api_base_url(
        options: Pointer?,
        apiBaseUrl: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_config_options_set_proxy(
        options: Pointer?,
        proxy: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_config_options_set_extra_ca_pem(
        options: Pointer?,
        extraCaPem: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_config_options_set_user_agent_suffix(
        options: Pointer?,
        userAgentSuffix: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_config_options_set_clock_check(
        options: Pointer?,
        enabled: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_config_options_set_allow_plain_http(
        options: Pointer?,
        allow: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_config_options_free(options: Pointer?)

    external fun vsdk_token_text(token: Pointer?): Pointer?
    external fun vsdk_token_expires_at_s(token: Pointer?): Long
    external fun vsdk_token_free(token: Pointer?)

    external fun vsdk_token_mint_options_new(): Pointer?
    external fun vsdk_token_mint_options_set_api_key(
        options: Pointer?,
        apiKey: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_token_mint_options_set_secret(
        options: Pointer?,
        secret: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_token_mint_options_add_permission(
        options: Pointer?,
        permission: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_token_mint_options_add_role(
        options: Pointer?,
        role: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_token_mint_options_set_room_id(
        options: Pointer?,
        roomId: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_token_mint_options_set_participant_id(
        options: Pointer?,
        participantId: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_token_mint_options_set_lifetime_s(
        options: Pointer?,
        lifetimeS: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_token_mint_options_set_claims_json(
        options: Pointer?,
        json: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_token_mint_options_free(options: Pointer?)
    external fun vsdk_token_mint(
        options: Pointer?,
        token: PointerByReference,
        error: PointerByReference,
    ): Int

    external fun vsdk_token_fetch_options_new(): Pointer?
    external fun vsdk_token_fetch_options_set_header(
        options: Pointer?,
        name: ByteArray?,
        value: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_token_fetch_options_set_room_id(
        options: Pointer?,
        roomId: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_token_fetch_options_set_participant_id(
        options: Pointer?,
        participantId: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_token_fetch_options_free(options: Pointer?)
    external fun vsdk_token_fetch(
        url: ByteArray?,
        options: Pointer?,
        timeoutMs: Long,
        token: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_token_fetch_async(
        url: ByteArray?,
        options: Pointer?,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int

    external fun vsdk_token_inspect(
        token: ByteArray?,
        report: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_token_inspect_for(
        token: ByteArray?,
        purpose: Int,
        roomId: ByteArray?,
        participantId: ByteArray?,
        report: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_token_report_is_usable(report: Pointer?): Int
    external fun vsdk_token_report_seconds_left(report: Pointer?): Long
    external fun vsdk_token_report_expires_at_s(report: Pointer?): Long
    external fun vsdk_token_report_issued_at_s(report: Pointer?): Long
    external fun vsdk_token_report_api_key(report: Pointer?): Pointer?
    external fun vsdk_token_report_room_id(report: Pointer?): Pointer?
    external fun vsdk_token_report_participant_id(report: Pointer?): Pointer?
    external fun vsdk_token_report_header_json(report: Pointer?): Pointer?
    external fun vsdk_token_report_claims_json(report: Pointer?): Pointer?
    external fun vsdk_token_report_json(report: Pointer?): Pointer?
    external fun vsdk_token_report_finding_count(report: Pointer?): Long
    external fun vsdk_token_report_finding_code(report: Pointer?, index: Long): Int
    external fun vsdk_token_report_finding_severity(report: Pointer?, index: Long): Int
    external fun vsdk_token_report_finding_service_code(report: Pointer?, index: Long): Int
    external fun vsdk_token_report_finding_name(report: Pointer?, index: Long): Pointer?
    external fun vsdk_token_report_finding_explanation(report: Pointer?, index: Long): Pointer?
    external fun vsdk_token_report_finding_remedy(report: Pointer?, index: Long): Pointer?
    external fun vsdk_token_report_free(report: Pointer?)

    external fun vsdk_request_options_new(): Pointer?
    external fun vsdk_request_options_set_token(
        options: Pointer?,
        token: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_request_options_set_api_base_url(
        options: Pointer?,
        apiBaseUrl: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_request_options_free(options: Pointer?)

    external fun vsdk_room_options_new(): Pointer?
    external fun vsdk_room_options_set_token(
        options: Pointer?,
        token: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_options_set_api_base_url(
        options: Pointer?,
        apiBaseUrl: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_options_set_custom_room_id(
        options: Pointer?,
        customRoomId: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_options_set_geo_fence(
        options: Pointer?,
        geoFence: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_options_set_region(
        options: Pointer?,
        region: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_options_set_webhook_url(
        options: Pointer?,
        url: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_options_add_webhook_event(
        options: Pointer?,
        event: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_options_set_auto_close(
        options: Pointer?,
        kind: ByteArray?,
        duration: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_options_set_auto_start_json(
        options: Pointer?,
        json: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_options_set_multi_composition(
        options: Pointer?,
        recording: Int,
        hls: Int,
        rtmp: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_options_add_allowed_participant_id(
        options: Pointer?,
        participantId: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_options_free(options: Pointer?)

    external fun vsdk_create_room(
        options: Pointer?,
        timeoutMs: Long,
        room: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_create_room_async(
        options: Pointer?,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_validate(
        roomId: ByteArray?,
        request: Pointer?,
        timeoutMs: Long,
        room: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_validate_async(
        roomId: ByteArray?,
        request: Pointer?,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_get(
        roomId: ByteArray?,
        request: Pointer?,
        timeoutMs: Long,
        room: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_get_async(
        roomId: ByteArray?,
        request: Pointer?,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_deactivate(
        roomId: ByteArray?,
        request: Pointer?,
        timeoutMs: Long,
        room: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_deactivate_async(
        roomId: ByteArray?,
        request: Pointer?,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_id(room: Pointer?): Pointer?
    external fun vsdk_room_custom_id(room: Pointer?): Pointer?
    external fun vsdk_room_database_id(room: Pointer?): Pointer?
    external fun vsdk_room_user_id(room: Pointer?): Pointer?
    external fun vsdk_room_api_key(room: Pointer?): Pointer?
    external fun vsdk_room_geo_fence(room: Pointer?): Pointer?
    external fun vsdk_room_webhook_url(room: Pointer?): Pointer?
    external fun vsdk_room_auto_close_type(room: Pointer?): Pointer?
    external fun vsdk_room_auto_start_json(room: Pointer?): Pointer?
    external fun vsdk_room_created_at(room: Pointer?): Pointer?
    external fun vsdk_room_updated_at(room: Pointer?): Pointer?
    external fun vsdk_room_room_link(room: Pointer?): Pointer?
    external fun vsdk_room_session_link(room: Pointer?): Pointer?
    external fun vsdk_room_is_disabled(room: Pointer?): Int
    external fun vsdk_room_auto_close_duration(room: Pointer?): Long
    external fun vsdk_room_json(room: Pointer?): Pointer?
    external fun vsdk_room_free(room: Pointer?)

    external fun vsdk_room_list_options_new(): Pointer?
    external fun vsdk_room_list_options_set_token(
        options: Pointer?,
        token: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_list_options_set_api_base_url(
        options: Pointer?,
        apiBaseUrl: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_list_options_set_page(
        options: Pointer?,
        page: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_list_options_set_per_page(
        options: Pointer?,
        perPage: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_list_options_set_query(
        options: Pointer?,
        roomId: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_list_options_set_user_id(
        options: Pointer?,
        userId: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_list_options_free(options: Pointer?)
    external fun vsdk_rooms_list(
        options: Pointer?,
        timeoutMs: Long,
        list: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_rooms_list_async(
        options: Pointer?,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_list_count(list: Pointer?): Long
    external fun vsdk_room_list_room(
        list: Pointer?,
        index: Long,
        room: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_room_list_page(list: Pointer?): Long
    external fun vsdk_room_list_per_page(list: Pointer?): Long
    external fun vsdk_room_list_last_page(list: Pointer?): Long
    external fun vsdk_room_list_total(list: Pointer?): Long
    external fun vsdk_room_list_free(list: Pointer?)

    external fun vsdk_meeting_options_new(): Pointer?
    external fun vsdk_meeting_options_set_json(
        options: Pointer?,
        json: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_options_set_meeting_id(
        options: Pointer?,
        meetingId: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_options_set_token(
        options: Pointer?,
        token: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_options_set_participant_id(
        options: Pointer?,
        participantId: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_options_set_name(
        options: Pointer?,
        name: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_options_set_mic_enabled(
        options: Pointer?,
        enabled: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_options_set_webcam_enabled(
        options: Pointer?,
        enabled: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_options_set_metadata_json(
        options: Pointer?,
        json: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_options_set_mode(
        options: Pointer?,
        mode: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_options_set_preferred_protocol(
        options: Pointer?,
        preferredProtocol: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_options_set_max_resolution(
        options: Pointer?,
        maxResolution: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_options_set_audio_codec(
        options: Pointer?,
        audioCodec: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_options_set_peer_type(
        options: Pointer?,
        peerType: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_options_set_multi_stream(
        options: Pointer?,
        enabled: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_options_set_auto_consume(
        options: Pointer?,
        enabled: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_options_set_codec_switch_enabled(
        options: Pointer?,
        enabled: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_options_set_batching_enabled(
        options: Pointer?,
        enabled: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_options_set_debug_mode(
        options: Pointer?,
        enabled: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_options_set_chat_enabled(
        options: Pointer?,
        enabled: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_options_set_translation_language(
        options: Pointer?,
        translationLanguage: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_options_set_speaking_language(
        options: Pointer?,
        speakingLanguage: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_options_set_device_info_json(
        options: Pointer?,
        json: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_options_set_api_base_url(
        options: Pointer?,
        apiBaseUrl: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_options_set_signaling_base_url(
        options: Pointer?,
        signalingBaseUrl: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_options_free(options: Pointer?)

    external fun vsdk_init_meeting(
        options: Pointer?,
        meeting: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_snapshot(
        meeting: Pointer?,
        snapshot: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_set_token(
        meeting: Pointer?,
        token: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_next_event(
        meeting: Pointer?,
        timeoutMs: Long,
        event: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_set_event_handler(
        meeting: Pointer?,
        handler: EventFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_set_wake_handler(
        meeting: Pointer?,
        handler: WakeFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_event_descriptor(
        meeting: Pointer?,
        descriptor: IntByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_free(meeting: Pointer?)

    external fun vsdk_meeting_join(
        meeting: Pointer?,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_join_async(
        meeting: Pointer?,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_leave(
        meeting: Pointer?,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_leave_async(
        meeting: Pointer?,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_end(
        meeting: Pointer?,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_end_async(
        meeting: Pointer?,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_refresh_connection(meeting: Pointer?, error: PointerByReference): Int

    external fun vsdk_publish_options_new(): Pointer?
    external fun vsdk_publish_options_set_persist(
        options: Pointer?,
        persist: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_publish_options_add_send_only(
        options: Pointer?,
        participantId: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_publish_options_set_payload_json(
        options: Pointer?,
        payloadJson: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_publish_options_free(options: Pointer?)

    external fun vsdk_meeting_publish(
        meeting: Pointer?,
        topic: ByteArray?,
        message: ByteArray?,
        options: Pointer?,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_publish_async(
        meeting: Pointer?,
        topic: ByteArray?,
        message: ByteArray?,
        options: Pointer?,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_subscribe(
        meeting: Pointer?,
        topic: ByteArray?,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_subscribe_async(
        meeting: Pointer?,
        topic: ByteArray?,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_unsubscribe(
        meeting: Pointer?,
        topic: ByteArray?,
        error: PointerByReference,
    ): Int

    external fun vsdk_meeting_moderate(
        meeting: Pointer?,
        participantId: ByteArray?,
        moderation: Int,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_moderate_async(
        meeting: Pointer?,
        participantId: ByteArray?,
        moderation: Int,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_change_mode(
        meeting: Pointer?,
        mode: Int,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_change_mode_async(
        meeting: Pointer?,
        mode: Int,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int

    external fun vsdk_meeting_switch_to(
        meeting: Pointer?,
        meetingId: ByteArray?,
        token: ByteArray?,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_switch_to_async(
        meeting: Pointer?,
        meetingId: ByteArray?,
        token: ByteArray?,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_request_switch(
        meeting: Pointer?,
        participantId: ByteArray?,
        meetingId: ByteArray?,
        token: ByteArray?,
        payloadJson: ByteArray?,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_request_switch_async(
        meeting: Pointer?,
        participantId: ByteArray?,
        meetingId: ByteArray?,
        token: ByteArray?,
        payloadJson: ByteArray?,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int

    external fun vsdk_service_options_new(): Pointer?
    external fun vsdk_service_options_set_layout(
        options: Pointer?,
        layout: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_service_options_set_layout_priority(
        options: Pointer?,
        layoutPriority: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_service_options_set_grid_size(
        options: Pointer?,
        participants: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_service_options_set_theme(
        options: Pointer?,
        theme: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_service_options_set_content(
        options: Pointer?,
        content: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_service_options_set_quality(
        options: Pointer?,
        quality: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_service_options_set_orientation(
        options: Pointer?,
        orientation: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_service_options_add_output(
        options: Pointer?,
        url: ByteArray?,
        streamKey: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_service_options_set_webhook_url(
        options: Pointer?,
        webhookUrl: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_service_options_set_language(
        options: Pointer?,
        language: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_service_options_set_json(
        options: Pointer?,
        json: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_service_options_free(options: Pointer?)

    external fun vsdk_meeting_start_service(
        meeting: Pointer?,
        kind: Int,
        options: Pointer?,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_start_service_async(
        meeting: Pointer?,
        kind: Int,
        options: Pointer?,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_stop_service(
        meeting: Pointer?,
        kind: Int,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_stop_service_async(
        meeting: Pointer?,
        kind: Int,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_change_translation_language(
        meeting: Pointer?,
        language: ByteArray?,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_change_translation_language_async(
        meeting: Pointer?,
        language: ByteArray?,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int

    external fun vsdk_meeting_store_set(
        meeting: Pointer?,
        key: ByteArray?,
        value: ByteArray?,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_store_set_async(
        meeting: Pointer?,
        key: ByteArray?,
        value: ByteArray?,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_store_get(
        meeting: Pointer?,
        key: ByteArray?,
        timeoutMs: Long,
        value: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_store_get_async(
        meeting: Pointer?,
        key: ByteArray?,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_store_observe(
        meeting: Pointer?,
        key: ByteArray?,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_store_observe_async(
        meeting: Pointer?,
        key: ByteArray?,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_store_stop_observing(
        meeting: Pointer?,
        key: ByteArray?,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_store_stop_observing_async(
        meeting: Pointer?,
        key: ByteArray?,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int

    external fun vsdk_meeting_upload_file(
        meeting: Pointer?,
        name: ByteArray?,
        bytes: Pointer?,
        length: Long,
        timeoutMs: Long,
        url: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_upload_file_async(
        meeting: Pointer?,
        name: ByteArray?,
        bytes: Pointer?,
        length: Long,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_fetch_file(
        meeting: Pointer?,
        url: ByteArray?,
        timeoutMs: Long,
        content: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_fetch_file_async(
        meeting: Pointer?,
        url: ByteArray?,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int

    external fun vsdk_meeting_send_agent_state(
        meeting: Pointer?,
        state: Int,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_send_agent_state_async(
        meeting: Pointer?,
        state: Int,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_send_agent_transcript(
        meeting: Pointer?,
        participantId: ByteArray?,
        words: ByteArray?,
        isFinal: Int,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_send_agent_transcript_async(
        meeting: Pointer?,
        participantId: ByteArray?,
        words: ByteArray?,
        isFinal: Int,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_send_agent_metrics(
        meeting: Pointer?,
        metricsJson: ByteArray?,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_send_agent_metrics_async(
        meeting: Pointer?,
        metricsJson: ByteArray?,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int

    external fun vsdk_track_options_new(kind: Int): Pointer?
    external fun vsdk_track_options_set_codec(
        options: Pointer?,
        codec: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_track_options_set_enabled(
        options: Pointer?,
        enabled: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_track_options_set_size(
        options: Pointer?,
        width: Int,
        height: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_track_options_set_bitrate_mode(
        options: Pointer?,
        bitrateMode: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_track_options_set_multi_stream(
        options: Pointer?,
        multiStream: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_track_options_set_max_layers(
        options: Pointer?,
        maxLayers: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_track_options_set_audio_profile(
        options: Pointer?,
        audioProfile: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_track_options_set_share_profile(
        options: Pointer?,
        shareProfile: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_track_options_set_app_data_json(
        options: Pointer?,
        appDataJson: ByteArray?,
        error: PointerByReference,
    ): Int
    external fun vsdk_track_options_free(options: Pointer?)

    external fun vsdk_received_frame_participant_id(frame: Pointer?): Pointer?
    external fun vsdk_received_frame_track_id(frame: Pointer?): Pointer?
    external fun vsdk_received_frame_kind(frame: Pointer?): Int
    external fun vsdk_received_frame_codec(frame: Pointer?): Int
    external fun vsdk_received_frame_data(
        frame: Pointer?,
        data: PointerByReference,
        length: LongByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_received_frame_timestamp_us(frame: Pointer?): Long
    external fun vsdk_received_frame_is_key_frame(frame: Pointer?): Int
    external fun vsdk_received_frame_follows_gap(frame: Pointer?): Int
    external fun vsdk_received_frame_audio_level(frame: Pointer?): Int
    external fun vsdk_received_frame_free(frame: Pointer?)

    external fun vsdk_meeting_add_track(
        meeting: Pointer?,
        options: Pointer?,
        track: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_remote_track(
        meeting: Pointer?,
        trackId: ByteArray?,
        track: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_audio_mixer(
        meeting: Pointer?,
        sampleRate: Int,
        channels: Int,
        output: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_set_frame_handler(
        meeting: Pointer?,
        handler: FrameFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_media_statistics(
        meeting: Pointer?,
        statistics: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_send_data(
        meeting: Pointer?,
        data: Pointer?,
        length: Long,
        isText: Int,
        reliability: Int,
        error: PointerByReference,
    ): Int

    external fun vsdk_local_track_id(track: Pointer?): Pointer?
    external fun vsdk_local_track_kind(track: Pointer?): Int
    external fun vsdk_local_track_codec(track: Pointer?): Int
    external fun vsdk_local_track_layer_count(track: Pointer?): Int
    external fun vsdk_local_track_layer_scale(track: Pointer?, layer: Int): Double
    external fun vsdk_local_track_layer_max_kbps(track: Pointer?, layer: Int): Int
    external fun vsdk_local_track_layer_max_fps(track: Pointer?, layer: Int): Int
    external fun vsdk_local_track_push(
        track: Pointer?,
        frame: Pointer?,
        error: PointerByReference,
    ): Int
    external fun vsdk_local_track_audio_input(
        track: Pointer?,
        sampleRate: Int,
        channels: Int,
        input: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_local_track_video_input(
        track: Pointer?,
        input: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_local_track_encoder_target(
        track: Pointer?,
        layer: Int,
        target: Pointer?,
        error: PointerByReference,
    ): Int
    external fun vsdk_local_track_is_sending(track: Pointer?): Int
    external fun vsdk_local_track_set_enabled(
        track: Pointer?,
        enabled: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_local_track_free(track: Pointer?)

    external fun vsdk_remote_track_id(track: Pointer?): Pointer?
    external fun vsdk_remote_track_participant_id(track: Pointer?): Pointer?
    external fun vsdk_remote_track_kind(track: Pointer?): Int
    external fun vsdk_remote_track_codec(track: Pointer?): Int
    external fun vsdk_remote_track_next_frame(
        track: Pointer?,
        timeoutMs: Long,
        frame: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_remote_track_set_frame_handler(
        track: Pointer?,
        handler: FrameFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        error: PointerByReference,
    ): Int
    external fun vsdk_remote_track_set_wake_handler(
        track: Pointer?,
        handler: WakeFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        error: PointerByReference,
    ): Int
    external fun vsdk_remote_track_waiting_frames(track: Pointer?): Int
    external fun vsdk_remote_track_flush(track: Pointer?, error: PointerByReference): Int
    external fun vsdk_remote_track_audio_output(
        track: Pointer?,
        sampleRate: Int,
        channels: Int,
        output: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_remote_track_video_output(
        track: Pointer?,
        format: Int,
        output: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_remote_track_request_key_frame(
        track: Pointer?,
        error: PointerByReference,
    ): Int
    external fun vsdk_remote_track_pause(
        track: Pointer?,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_remote_track_pause_async(
        track: Pointer?,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_remote_track_resume(
        track: Pointer?,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_remote_track_resume_async(
        track: Pointer?,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_remote_track_set_viewport(
        track: Pointer?,
        width: Int,
        height: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_remote_track_set_preferred_layers(
        track: Pointer?,
        spatialLayer: Int,
        temporalLayer: Int,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_remote_track_set_preferred_layers_async(
        track: Pointer?,
        spatialLayer: Int,
        temporalLayer: Int,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_remote_track_free(track: Pointer?)

    external fun vsdk_media_statistics_transport(
        statistics: Pointer?,
        direction: Int,
        transport: Pointer?,
        error: PointerByReference,
    ): Int
    external fun vsdk_media_statistics_track_count(statistics: Pointer?): Long
    external fun vsdk_media_statistics_track(
        statistics: Pointer?,
        index: Long,
        track: Pointer?,
        error: PointerByReference,
    ): Int
    external fun vsdk_media_statistics_stream(
        statistics: Pointer?,
        trackIndex: Long,
        streamIndex: Long,
        stream: Pointer?,
        error: PointerByReference,
    ): Int
    external fun vsdk_media_statistics_json(statistics: Pointer?): Pointer?
    external fun vsdk_media_statistics_free(statistics: Pointer?)

    external fun vsdk_media_statistics_playout(
        statistics: Pointer?,
        trackIndex: Long,
        playout: Pointer?,
        error: PointerByReference,
    ): Int
    external fun vsdk_media_statistics_encoding(
        statistics: Pointer?,
        trackIndex: Long,
        encoding: Pointer?,
        error: PointerByReference,
    ): Int
    external fun vsdk_media_statistics_decoding(
        statistics: Pointer?,
        trackIndex: Long,
        decoding: Pointer?,
        error: PointerByReference,
    ): Int

    external fun vsdk_meeting_subscribe_tracks(
        meeting: Pointer?,
        participantId: ByteArray?,
        kind: Int,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_subscribe_tracks_async(
        meeting: Pointer?,
        participantId: ByteArray?,
        kind: Int,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_unsubscribe_tracks(
        meeting: Pointer?,
        participantId: ByteArray?,
        kind: Int,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_unsubscribe_tracks_async(
        meeting: Pointer?,
        participantId: ByteArray?,
        kind: Int,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_pause_all_tracks(
        meeting: Pointer?,
        kind: Int,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_pause_all_tracks_async(
        meeting: Pointer?,
        kind: Int,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_resume_all_tracks(
        meeting: Pointer?,
        kind: Int,
        timeoutMs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_resume_all_tracks_async(
        meeting: Pointer?,
        kind: Int,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int

    external fun vsdk_meeting_set_frame_transform(
        meeting: Pointer?,
        transform: FrameTransformFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        error: PointerByReference,
    ): Int

    external fun vsdk_audio_input_push_s16(
        input: Pointer?,
        samples: Pointer?,
        sampleCount: Long,
        captureTimeUs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_audio_input_push_f32(
        input: Pointer?,
        samples: Pointer?,
        sampleCount: Long,
        captureTimeUs: Long,
        error: PointerByReference,
    ): Int
    external fun vsdk_audio_input_level(input: Pointer?): Int
    external fun vsdk_audio_input_sample_rate(input: Pointer?): Int
    external fun vsdk_audio_input_channels(input: Pointer?): Int
    external fun vsdk_audio_input_free(input: Pointer?)

    external fun vsdk_audio_output_pull_s16(
        output: Pointer?,
        samples: Pointer?,
        sampleCount: Long,
        info: Pointer?,
        error: PointerByReference,
    ): Int
    external fun vsdk_audio_output_pull_f32(
        output: Pointer?,
        samples: Pointer?,
        sampleCount: Long,
        info: Pointer?,
        error: PointerByReference,
    ): Int
    external fun vsdk_audio_output_sample_rate(output: Pointer?): Int
    external fun vsdk_audio_output_channels(output: Pointer?): Int
    external fun vsdk_audio_output_free(output: Pointer?)

    external fun vsdk_devices_list(
        kind: Int,
        list: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_device_list_count(list: Pointer?): Long
    external fun vsdk_device_list_id(list: Pointer?, index: Long): Pointer?
    external fun vsdk_device_list_name(list: Pointer?, index: Long): Pointer?
    external fun vsdk_device_list_is_default(list: Pointer?, index: Long): Int
    external fun vsdk_device_list_free(list: Pointer?)

    external fun vsdk_audio_device_open_microphone(
        track: Pointer?,
        deviceId: ByteArray?,
        device: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_audio_device_open_speaker(
        meeting: Pointer?,
        deviceId: ByteArray?,
        device: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_audio_device_open_track_speaker(
        track: Pointer?,
        deviceId: ByteArray?,
        device: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_audio_device_kind(device: Pointer?): Int
    external fun vsdk_audio_device_id(device: Pointer?): Pointer?
    external fun vsdk_audio_device_name(device: Pointer?): Pointer?
    external fun vsdk_audio_device_sample_rate(device: Pointer?): Int
    external fun vsdk_audio_device_channels(device: Pointer?): Int
    external fun vsdk_audio_device_level(device: Pointer?): Int
    external fun vsdk_audio_device_is_open(device: Pointer?): Int
    external fun vsdk_audio_device_free(device: Pointer?)

    external fun vsdk_meeting_set_mic_enabled(
        meeting: Pointer?,
        enabled: Int,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_watch_devices(
        meeting: Pointer?,
        enabled: Int,
        error: PointerByReference,
    ): Int

    external fun vsdk_video_input_push(
        input: Pointer?,
        picture: Pointer?,
        error: PointerByReference,
    ): Int
    external fun vsdk_video_input_free(input: Pointer?)

    external fun vsdk_video_output_next_picture(
        output: Pointer?,
        timeoutMs: Long,
        picture: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_video_output_capture_image(
        output: Pointer?,
        format: Int,
        quality: Int,
        timeoutMs: Long,
        image: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_video_output_capture_image_async(
        output: Pointer?,
        format: Int,
        quality: Int,
        timeoutMs: Long,
        callback: OpFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        op: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_video_output_set_wake_handler(
        output: Pointer?,
        handler: WakeFn?,
        userData: Pointer?,
        destroy: DestroyFn?,
        error: PointerByReference,
    ): Int
    external fun vsdk_video_output_format(output: Pointer?): Int
    external fun vsdk_video_output_free(output: Pointer?)

    external fun vsdk_received_picture_participant_id(picture: Pointer?): Pointer?
    external fun vsdk_received_picture_track_id(picture: Pointer?): Pointer?
    external fun vsdk_received_picture_format(picture: Pointer?): Int
    external fun vsdk_received_picture_width(picture: Pointer?): Int
    external fun vsdk_received_picture_height(picture: Pointer?): Int
    external fun vsdk_received_picture_timestamp_us(picture: Pointer?): Long
    external fun vsdk_received_picture_is_resized(picture: Pointer?): Int
    external fun vsdk_received_picture_plane(
        picture: Pointer?,
        plane: Int,
        data: PointerByReference,
        length: LongByReference,
        stride: LongByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_received_picture_encode_image(
        picture: Pointer?,
        format: Int,
        quality: Int,
        image: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_received_picture_free(picture: Pointer?)

    external fun vsdk_content_text(content: Pointer?): Pointer?
    external fun vsdk_content_bytes(
        content: Pointer?,
        bytes: PointerByReference,
        length: LongByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_content_free(content: Pointer?)

    external fun vsdk_meeting_snapshot_state(snapshot: Pointer?): Int
    external fun vsdk_meeting_snapshot_meeting_id(snapshot: Pointer?): Pointer?
    external fun vsdk_meeting_snapshot_participant_id(snapshot: Pointer?): Pointer?
    external fun vsdk_meeting_snapshot_name(snapshot: Pointer?): Pointer?
    external fun vsdk_meeting_snapshot_mic_enabled(snapshot: Pointer?): Int
    external fun vsdk_meeting_snapshot_webcam_enabled(snapshot: Pointer?): Int
    external fun vsdk_meeting_snapshot_mode(snapshot: Pointer?): Int
    external fun vsdk_meeting_snapshot_metadata_json(snapshot: Pointer?): Pointer?
    external fun vsdk_meeting_snapshot_participant_count(snapshot: Pointer?): Long
    external fun vsdk_meeting_snapshot_participant(
        snapshot: Pointer?,
        index: Long,
        participant: PointerByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_meeting_snapshot_event_sequence(snapshot: Pointer?): Long
    external fun vsdk_meeting_snapshot_active_speaker_id(snapshot: Pointer?): Pointer?
    external fun vsdk_meeting_snapshot_session_id(snapshot: Pointer?): Pointer?
    external fun vsdk_meeting_snapshot_service_state(snapshot: Pointer?, kind: Int): Int
    external fun vsdk_meeting_snapshot_token_expires_at_s(snapshot: Pointer?): Long
    external fun vsdk_meeting_snapshot_json(snapshot: Pointer?): Pointer?
    external fun vsdk_meeting_snapshot_free(snapshot: Pointer?)

    external fun vsdk_participant_id(participant: Pointer?): Pointer?
    external fun vsdk_participant_name(participant: Pointer?): Pointer?
    external fun vsdk_participant_is_local(participant: Pointer?): Int
    external fun vsdk_participant_mode(participant: Pointer?): Int
    external fun vsdk_participant_peer_type(participant: Pointer?): Int
    external fun vsdk_participant_metadata_json(participant: Pointer?): Pointer?
    external fun vsdk_participant_is_mic_on(participant: Pointer?): Int
    external fun vsdk_participant_is_webcam_on(participant: Pointer?): Int
    external fun vsdk_participant_is_screen_share_on(participant: Pointer?): Int
    external fun vsdk_participant_is_screen_share_audio_on(participant: Pointer?): Int
    external fun vsdk_participant_is_camera_pinned(participant: Pointer?): Int
    external fun vsdk_participant_is_screen_share_pinned(participant: Pointer?): Int
    external fun vsdk_participant_agent_state(participant: Pointer?): Pointer?
    external fun vsdk_participant_joined_at_ms(participant: Pointer?): Long
    external fun vsdk_participant_json(participant: Pointer?): Pointer?
    external fun vsdk_participant_free(participant: Pointer?)

    external fun vsdk_event_type(event: Pointer?): Int
    external fun vsdk_event_type_name(event: Pointer?): Pointer?
    external fun vsdk_event_sequence(event: Pointer?): Long
    external fun vsdk_event_time_ms(event: Pointer?): Long
    external fun vsdk_event_participant_id(event: Pointer?): Pointer?
    external fun vsdk_event_participant_name(event: Pointer?): Pointer?
    external fun vsdk_event_track_id(event: Pointer?): Pointer?
    external fun vsdk_event_code(event: Pointer?): Int
    external fun vsdk_event_text(event: Pointer?): Pointer?
    external fun vsdk_event_status(event: Pointer?): Int
    external fun vsdk_event_payload(
        event: Pointer?,
        payload: PointerByReference,
        length: LongByReference,
        error: PointerByReference,
    ): Int
    external fun vsdk_event_json(event: Pointer?): Pointer?
    external fun vsdk_event_free(event: Pointer?)
}
