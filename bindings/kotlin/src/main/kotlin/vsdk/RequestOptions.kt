// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer

/** For a call with another token, or to another server, than the configured ones. */
public class RequestOptions() : Options() {
    /** Makes options and fills them. */
    public constructor(build: RequestOptions.() -> Unit) : this() {
        build()
    }

    /** Another token; null for the configured one. */
    public var token: String? by resettableText(NativeFunctions::vsdk_request_options_set_token)

    /** The base URL of another server's REST API; null for the configured one. */
    public var apiBaseUrl: String? by
        resettableText(NativeFunctions::vsdk_request_options_set_api_base_url)

    override fun create(): Pointer? = native.vsdk_request_options_new()

    override fun free(pointer: Pointer): Unit = native.vsdk_request_options_free(pointer)
}
