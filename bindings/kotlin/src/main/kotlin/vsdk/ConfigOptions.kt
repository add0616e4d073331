// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer

/**
 * What [Vsdk.configWith] changes; what is not assigned stays as it is.
 *
 * `ConfigOptions { apiBaseUrl = "http://127.0.0.1:3000" }` makes and fills them in one.
 */
public class ConfigOptions() : Options() {
    /** Makes options and fills them. */
    public constructor(build: ConfigOptions.() -> Unit) : this() {
        build()
    }

    /** The token, as for [Vsdk.config]. */
    public var token: String? by text(NativeFunctions::vsdk_config_options_set_token)

    /** The base URL of the REST API; assign null for the service's own. */
    public var apiBaseUrl: String? by
        resettableText(NativeFunctions::vsdk_config_options_set_api_base_url)

    /**
     * An HTTP proxy for all requests, e.g. "http://user:password@host:3128"; assign null for none.
     * The environment's proxy variables are not looked at.
     */
    public var proxy: String? by resettableText(NativeFunctions::vsdk_config_options_set_proxy)

    /** Certificates in PEM that are trusted besides the platform's; assign null for none. */
    public var extraCaPem: String? by
        resettableText(NativeFunctions::vsdk_config_options_set_extra_ca_pem)

    /** What is added to the User-Agent header, e.g. "my-app/2.1"; assign null for nothing. */
    public var userAgentSuffix: String? by
        resettableText(NativeFunctions::vsdk_config_options_set_user_agent_suffix)

    /**
     * Whether tokens are checked against this machine's clock, as by default. Switch it off on
     * boards without a clock: the service then is the only judge of expiry.
     */
    public var clockCheck: Boolean? by flag(NativeFunctions::vsdk_config_options_set_clock_check)

    /**
     * Whether plain http may leave this machine, by default not: everyone on the way can then read
     * the token.
     */
    public var allowPlainHttp: Boolean? by
        flag(NativeFunctions::vsdk_config_options_set_allow_plain_http)

    override fun create(): Pointer? = native.vsdk_config_options_new()

    override fun free(pointer: Pointer): Unit = native.vsdk_config_options_free(pointer)
}
