// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer

/** What [Vsdk.createRoom] creates. All are optional. */
public class RoomOptions() : Options() {
    /** Makes options and fills them. */
    public constructor(build: RoomOptions.() -> Unit) : this() {
        build()
    }

    /** Another token; null for the configured one. */
    public var token: String? by resettableText(NativeFunctions::vsdk_room_options_set_token)

    /** The base URL of another server's REST API; null for the configured one. */
    public var apiBaseUrl: String? by
        resettableText(NativeFunctions::vsdk_room_options_set_api_base_url)

    /** An id of your own, not empty. Creating with one that exists gives the existing room. */
    public var customRoomId: String? by
        text(NativeFunctions::vsdk_room_options_set_custom_room_id)

    /** Keeps the media in a region, e.g. "us001", "eu001"; by default that of the API key. */
    public var geoFence: String? by text(NativeFunctions::vsdk_room_options_set_geo_fence)

    /** The older name of the geo fence, for services that still read it. */
    public var region: String? by text(NativeFunctions::vsdk_room_options_set_region)

    /** Where the service reports what happens in it: an https URL of at most 512 characters. */
    public var webhookUrl: String? by text(NativeFunctions::vsdk_room_options_set_webhook_url)

    /**
     * What starts by itself with a session: the JSON object autoStartConfig, e.g.
     * `{"recording": {"config": {...}}}`.
     */
    public var autoStartJson: String? by
        text(NativeFunctions::vsdk_room_options_set_auto_start_json)

    /**
     * Adds an event that the webhook is told of, e.g. "participant-joined", or "session*" for
     * several; none means all.
     */
    public fun addWebhookEvent(event: String) {
        addition { options, error ->
            vsdk_room_options_add_webhook_event(options, event.native(), error)
        }
    }

    /**
     * When the room closes by itself: "session-ends" or "session-end-and-deactivate", and how long
     * a session may last; null for the service's default. The service's documents disagree whether
     * the duration counts minutes or seconds: set it with care.
     */
    @JvmOverloads
    public fun setAutoClose(kind: String, duration: Long? = null) {
        addition { options, error ->
            vsdk_room_options_set_auto_close(
                options,
                kind.native(),
                duration ?: VSDK_AUTO_CLOSE_DURATION_DEFAULT,
                error,
            )
        }
    }

    /** Whether several recordings or streams of one kind may run at once. */
    public fun setMultiComposition(recording: Boolean, hls: Boolean, rtmp: Boolean) {
        addition { options, error ->
            vsdk_room_options_set_multi_composition(
                options,
                if (recording) 1 else 0,
                if (hls) 1 else 0,
                if (rtmp) 1 else 0,
                error,
            )
        }
    }

    /** Adds a participant who may join; none means everyone. */
    public fun addAllowedParticipantId(participantId: String) {
        addition { options, error ->
            vsdk_room_options_add_allowed_participant_id(options, participantId.native(), error)
        }
    }

    override fun create(): Pointer? = native.vsdk_room_options_new()

    override fun free(pointer: Pointer): Unit = native.vsdk_room_options_free(pointer)
}
