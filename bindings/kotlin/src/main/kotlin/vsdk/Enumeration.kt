// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import java.io.Serializable

/**
 * A number with a name, such as [Status.TIMEOUT].
 *
 * Newer versions of the library have more values: a number without a name here is kept as it is,
 * so write an `else` branch wherever you decide by one. Two are equal when they are of one kind
 * and have the same [number].
 */
public abstract class Enumeration internal constructor(
    /** The number, as in the C header. */
    public val number: Int,
    /** The stable name, e.g. "TOKEN_EXPIRED"; "UNKNOWN" when this version has none for it. */
    public val name: String,
) : Serializable {
    final override fun equals(other: Any?): Boolean =
        other is Enumeration && other.javaClass == javaClass && other.number == number

    final override fun hashCode(): Int = number

    /** The name; with the number when it is unknown. */
    final override fun toString(): String = if (name == UNKNOWN_NAME) "$UNKNOWN_NAME ($number)" else name

    private companion object {
        private const val serialVersionUID = 1L
    }
}

internal const val UNKNOWN_NAME: String = "UNKNOWN"
