// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer

/**
 * What [Vsdk.mintToken] makes a token from. For servers, tests and demos: it needs the API secret,
 * which belongs on a server and never into an app.
 *
 * Without more, the token may join and moderate, in any room, for an hour.
 */
public class TokenMintOptions() : Options() {
    /** Makes options and fills them. */
    public constructor(build: TokenMintOptions.() -> Unit) : this() {
        build()
    }

    /** The API key of the project, from the dashboard. Required. */
    public var apiKey: String? by text(NativeFunctions::vsdk_token_mint_options_set_api_key)

    /** The API secret of the project, from the dashboard. Required. Keep it on a server. */
    public var secret: String? by text(NativeFunctions::vsdk_token_mint_options_set_secret)

    /** Makes the token good for this room only. */
    public var roomId: String? by text(NativeFunctions::vsdk_token_mint_options_set_room_id)

    /** Makes the token good for this participant only. */
    public var participantId: String? by
        text(NativeFunctions::vsdk_token_mint_options_set_participant_id)

    /** How many seconds the token is good for, from 1; 3,600 by default. */
    public var lifetimeS: Long? by
        longNumber(NativeFunctions::vsdk_token_mint_options_set_lifetime_s)

    /** Further claims: a JSON object without those that have a property, nor iat and exp. */
    public var claimsJson: String? by
        text(NativeFunctions::vsdk_token_mint_options_set_claims_json)

    /**
     * Adds "allow_join", "ask_join" (alone) or "allow_mod"; the first one replaces the default
     * allow_join and allow_mod.
     */
    public fun addPermission(permission: String) {
        addition { options, error ->
            vsdk_token_mint_options_add_permission(options, permission.native(), error)
        }
    }

    /** Adds "rtc" (joining) or "crawler" (the REST API); without any it is good for everything. */
    public fun addRole(role: String) {
        addition { options, error ->
            vsdk_token_mint_options_add_role(options, role.native(), error)
        }
    }

    override fun create(): Pointer? = native.vsdk_token_mint_options_new()

    override fun free(pointer: Pointer): Unit = native.vsdk_token_mint_options_free(pointer)
}
