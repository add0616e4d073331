// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer

/** What [Meeting.publish] has as arguments. */
internal class PublishOptions(
    persist: Boolean,
    sendOnly: Collection<String>,
    payloadJson: String?,
) : Options() {
    init {
        addition { options, error ->
            vsdk_publish_options_set_persist(options, if (persist) 1 else 0, error)
        }
        for (id in sendOnly) {
            addition { options, error ->
                vsdk_publish_options_add_send_only(options, id.native(), error)
            }
        }
        addition { options, error ->
            vsdk_publish_options_set_payload_json(options, payloadJson?.native(), error)
        }
    }

    override fun create(): Pointer? = native.vsdk_publish_options_new()

    override fun free(pointer: Pointer): Unit = native.vsdk_publish_options_free(pointer)
}
