// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

/**
 * The milliseconds that the library takes.
 *
 * Rounded up, so that a short wait is not none. What is negative does not wait: what is left until
 * a deadline can be passed as it is.
 */
internal fun Duration.toTimeoutMs(): Long {
    if (this == Duration.INFINITE) return VSDK_TIMEOUT_INFINITE
    if (!isPositive()) return 0
    val whole = inWholeMilliseconds
    return if (whole.milliseconds < this) whole + 1 else whole
}
