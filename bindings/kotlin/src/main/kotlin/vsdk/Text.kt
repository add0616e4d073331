// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import java.nio.CharBuffer
import java.nio.charset.CharacterCodingException
import java.nio.charset.CodingErrorAction

/**
 * This text as the library takes it: UTF-8 with a NUL behind it.
 *
 * Refuses a NUL inside it, behind which everything would silently be lost.
 */
internal fun String.native(): ByteArray {
    val position = indexOf('\u0000')
    if (position >= 0) {
        throw VsdkException.of(
            Status.INVALID_ARGUMENT,
            "A text has a NUL character at position $position",
            "Pass the text without it: texts end at their first NUL.",
        )
    }
    return utf8().let { it.copyOf(it.size + 1) }
}

/**
 * This text as UTF-8. Refuses half of a surrogate pair, which would silently become a question mark.
 */
internal fun String.utf8(): ByteArray {
    val encoder = Charsets.UTF_8.newEncoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
    val bytes = try {
        encoder.encode(CharBuffer.wrap(this))
    } catch (_: CharacterCodingException) {
        throw VsdkException.of(
            Status.INVALID_UTF8,
            "A text has half of a surrogate pair in it",
            "Pass whole characters: the text was probably cut in the middle of one.",
        )
    }
    return ByteArray(bytes.remaining()).also(bytes::get)
}
