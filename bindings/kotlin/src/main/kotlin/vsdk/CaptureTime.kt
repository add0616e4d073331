// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

/** A capture time as the library takes it; null is now. */
internal fun captureTime(captureTimeUs: Long?): Long {
    if (captureTimeUs == null) return VSDK_CAPTURE_TIME_NOW
    // -1 would be "just now" to the library, which checks the rest.
    if (captureTimeUs < 0) {
        throw VsdkException.of(
            Status.INVALID_ARGUMENT,
            "The capture time is $captureTimeUs microseconds",
            "Times count up from 0 or later; pass null to have the library's.",
        )
    }
    return captureTimeUs
}
