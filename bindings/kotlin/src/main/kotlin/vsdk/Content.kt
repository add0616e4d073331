// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Memory
import com.sun.jna.Pointer
import com.sun.jna.ptr.LongByReference
import com.sun.jna.ptr.PointerByReference

/**
 * Calls a function whose last parameters are a content and the error, and copies the content, which
 * is freed: programs see plain texts and bytes. It is null where there is none.
 */
internal inline fun <T> copied(
    copy: (Pointer?) -> T,
    function: NativeFunctions.(content: PointerByReference, error: PointerByReference) -> Int,
): T {
    val content = PointerByReference()
    call { error -> function(content, error) }
    try {
        return copy(content.value)
    } finally {
        native.vsdk_content_free(content.value)
    }
}

internal fun contentTextOrNull(content: Pointer?): String? =
    content?.let { native.vsdk_content_text(it)?.text() }

internal fun contentText(content: Pointer?): String = contentTextOrNull(content).orEmpty()

internal fun contentBytes(content: Pointer?): ByteArray {
    val length = LongByReference()
    val bytes = PointerByReference()
    call { error -> vsdk_content_bytes(content, bytes, length, error) }
    return bytes.value?.getByteArray(0, length.value.toInt()) ?: ByteArray(0)
}

/** Runs `block` with a copy of these bytes outside the heap, where the library can read it. */
internal inline fun <R> ByteArray.lend(block: (bytes: Pointer?, length: Long) -> R): R {
    // No memory can be had for nothing.
    if (isEmpty()) return block(null, 0)
    return Memory(size.toLong()).use { memory ->
        memory.write(0, this, 0, size)
        block(memory, size.toLong())
    }
}
