// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer

/** A room as the service described it. Immutable. Closing it leaves the room on the service. */
public class Room internal constructor(pointer: Pointer) :
    NativeObject(pointer, NativeFunctions::vsdk_room_free, lendsTexts = true) {

    /** Its room id: what a meeting takes as meeting id. */
    public val id: String get() = text { vsdk_room_id(it) }.orEmpty()

    /** Your own id of it; null when the service did not say. */
    public val customId: String? get() = text { vsdk_room_custom_id(it) }

    /** The service's internal id of it; null when the service did not say. */
    public val databaseId: String? get() = text { vsdk_room_database_id(it) }

    /** The account it belongs to; null when the service did not say. */
    public val userId: String? get() = text { vsdk_room_user_id(it) }

    /** The API key it belongs to; null when the service did not say. */
    public val apiKey: String? get() = text { vsdk_room_api_key(it) }

    /** The region in which its media stays; null when the service did not say. */
    public val geoFence: String? get() = text { vsdk_room_geo_fence(it) }

    /** Where the service reports what happens in it; null when the service did not say. */
    public val webhookUrl: String? get() = text { vsdk_room_webhook_url(it) }

    /** When it closes by itself, e.g. "session-ends"; null when the service did not say. */
    public val autoCloseType: String? get() = text { vsdk_room_auto_close_type(it) }

    /** How long a session may last, in the unit of the service; null when it did not say. */
    public val autoCloseDuration: Long?
        get() = lend { vsdk_room_auto_close_duration(it) }.takeIf { it >= 0 }

    /** What starts by itself with a session: a JSON object; null when the service did not say. */
    public val autoStartJson: String? get() = text { vsdk_room_auto_start_json(it) }

    /** When it was created, e.g. "2026-07-01T08:30:00.125Z"; null when the service did not say. */
    public val createdAt: String? get() = text { vsdk_room_created_at(it) }

    /** When it was changed last; null when the service did not say. */
    public val updatedAt: String? get() = text { vsdk_room_updated_at(it) }

    /** Its address in the REST API; null when the service did not say. */
    public val roomLink: String? get() = text { vsdk_room_room_link(it) }

    /** The address of its sessions in the REST API; null when the service did not say. */
    public val sessionLink: String? get() = text { vsdk_room_session_link(it) }

    /** Whether it was deactivated; false when the service did not say. */
    public val isDisabled: Boolean get() = lend { vsdk_room_is_disabled(it) != 0 }

    /** All that the service said about it, as it came: a JSON object. */
    public val json: String get() = text { vsdk_room_json(it) }.orEmpty()
}
