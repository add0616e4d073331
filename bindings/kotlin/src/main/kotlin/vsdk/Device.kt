// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer

/** A device that could be opened; see [Vsdk.listDevices]. */
public data class Device(
    /** What the sound system knows it by, the same whenever it is there. */
    val id: String,
    /** What a person knows it by. */
    val name: String,
    /** Whether it is the one that is opened when none is named. */
    val isDefault: Boolean,
)

/** The devices in a list of the library, which is freed. */
internal fun devicesIn(list: Pointer): List<Device> {
    try {
        return List(native.vsdk_device_list_count(list).toInt()) { index ->
            val which = index.toLong()
            Device(
                id = native.vsdk_device_list_id(list, which)?.text().orEmpty(),
                name = native.vsdk_device_list_name(list, which)?.text().orEmpty(),
                isDefault = native.vsdk_device_list_is_default(list, which) != 0,
            )
        }
    } finally {
        native.vsdk_device_list_free(list)
    }
}
