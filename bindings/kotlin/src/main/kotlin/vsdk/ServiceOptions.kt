// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer

/**
 * What [Meeting.startService] starts a service with. All are optional: what is not assigned, the
 * service decides. What the service of that kind does not know is refused when it is started.
 */
public class ServiceOptions() : Options() {
    /** Makes options and fills them. */
    public constructor(build: ServiceOptions.() -> Unit) : this() {
        build()
    }

    /** How participants are arranged: recording, livestream and HLS. */
    public var layout: Layout? by choice(NativeFunctions::vsdk_service_options_set_layout)

    /** Who comes first in the layout: recording, livestream and HLS. */
    public var layoutPriority: LayoutPriority? by
        choice(NativeFunctions::vsdk_service_options_set_layout_priority)

    /**
     * How many participants are seen at most, from 1: recording, livestream and HLS. The service
     * has its own limit.
     */
    public var gridSize: Int? by number(NativeFunctions::vsdk_service_options_set_grid_size)

    /** The colours: recording, livestream and HLS. */
    public var theme: Theme? by choice(NativeFunctions::vsdk_service_options_set_theme)

    /** Whether there is a picture: recording, livestream and HLS. */
    public var content: ServiceContent? by
        choice(NativeFunctions::vsdk_service_options_set_content)

    /** How good it is: recording, livestream and HLS. */
    public var quality: ServiceQuality? by
        choice(NativeFunctions::vsdk_service_options_set_quality)

    /** Which way up it is: recording, livestream and HLS. */
    public var orientation: Orientation? by
        choice(NativeFunctions::vsdk_service_options_set_orientation)

    /**
     * The URL that the service calls when something happens, null for none: recording and
     * transcription.
     */
    public var webhookUrl: String? by
        resettableText(NativeFunctions::vsdk_service_options_set_webhook_url)

    /** The language that is spoken, e.g. "en"; null for the service's choice: transcription. */
    public var language: String? by
        resettableText(NativeFunctions::vsdk_service_options_set_language)

    /**
     * All else, as the service names it: a JSON object; null for none. What was assigned by name
     * goes before it.
     */
    public var json: String? by resettableText(NativeFunctions::vsdk_service_options_set_json)

    /**
     * Adds where a livestream goes, which needs at least one: the platform's URL and its stream
     * key, as it gave them. The key is treated as a secret.
     */
    public fun addOutput(url: String, streamKey: String) {
        addition { options, error ->
            vsdk_service_options_add_output(options, url.native(), streamKey.native(), error)
        }
    }

    override fun create(): Pointer? = native.vsdk_service_options_new()

    override fun free(pointer: Pointer): Unit = native.vsdk_service_options_free(pointer)
}
