// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer

/** How [Vsdk.fetchToken] asks a token server. Without more, nothing is added to the request. */
public class TokenFetchOptions() : Options() {
    /** Makes options and fills them. */
    public constructor(build: TokenFetchOptions.() -> Unit) : this() {
        build()
    }

    /** Asks for a token for this room, with the query parameter roomId; null for any. */
    public var roomId: String? by
        resettableText(NativeFunctions::vsdk_token_fetch_options_set_room_id)

    /** Asks for a token for this participant, with the query parameter peerId; null for any. */
    public var participantId: String? by
        resettableText(NativeFunctions::vsdk_token_fetch_options_set_participant_id)

    /** Sets a header, such as the app's own login; its value is treated as a secret. */
    public fun setHeader(name: String, value: String) {
        addition { options, error ->
            vsdk_token_fetch_options_set_header(options, name.native(), value.native(), error)
        }
    }

    override fun create(): Pointer? = native.vsdk_token_fetch_options_new()

    override fun free(pointer: Pointer): Unit = native.vsdk_token_fetch_options_free(pointer)
}
