// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer
import kotlin.time.Instant

/** A token: minted by a server, or fetched from one. Immutable. */
public class Token internal constructor(pointer: Pointer) :
    NativeObject(pointer, NativeFunctions::vsdk_token_free, lendsTexts = true) {

    /** The token itself, for [Vsdk.config] or the options of a room or meeting. A secret. */
    public val text: String get() = text { vsdk_token_text(it) }.orEmpty()

    /** When the token's life is over, as far as it can be read; null when it has no end. */
    public val expiresAt: Instant? get() = lend { instant(vsdk_token_expires_at_s(it)) }
}

/** What the library writes as seconds since 1970, or as -1 for none. */
internal fun instant(seconds: Long): Instant? =
    if (seconds < 0) null else Instant.fromEpochSeconds(seconds)
