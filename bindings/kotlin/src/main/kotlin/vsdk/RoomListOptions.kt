// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer

/** Which rooms [Vsdk.listRooms] lists. Without more: the first page, in the service's own size. */
public class RoomListOptions() : Options() {
    /** Makes options and fills them. */
    public constructor(build: RoomListOptions.() -> Unit) : this() {
        build()
    }

    /** Another token; null for the configured one. */
    public var token: String? by resettableText(NativeFunctions::vsdk_room_list_options_set_token)

    /** The base URL of another server's REST API; null for the configured one. */
    public var apiBaseUrl: String? by
        resettableText(NativeFunctions::vsdk_room_list_options_set_api_base_url)

    /** Which page, from 1. */
    public var page: Int? by number(NativeFunctions::vsdk_room_list_options_set_page)

    /** How many rooms a page has, from 1; the service sets the upper limit. */
    public var perPage: Int? by number(NativeFunctions::vsdk_room_list_options_set_per_page)

    /** Lists only the room with this room id or custom id. */
    public var query: String? by text(NativeFunctions::vsdk_room_list_options_set_query)

    /** Lists the rooms of this account; for administrators. */
    public var userId: String? by text(NativeFunctions::vsdk_room_list_options_set_user_id)

    override fun create(): Pointer? = native.vsdk_room_list_options_new()

    override fun free(pointer: Pointer): Unit = native.vsdk_room_list_options_free(pointer)
}
