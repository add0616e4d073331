// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Native
import com.sun.jna.Pointer
import java.nio.Buffer
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.FloatBuffer
import java.nio.ShortBuffer
import java.util.concurrent.atomic.AtomicReference

/**
 * The way of samples between the program and the library.
 *
 * Those outside the heap and in the order of this machine stay where they are. Others are copied
 * here: JNA would copy the whole array around them, and after the call write it back over what other
 * threads have put there meanwhile.
 */
internal class SampleMemory(private val format: AudioFormat) {
    // Where copies go: kept for the next call, and not here while a call uses it.
    private val kept = AtomicReference<ByteBuffer?>()

    /** Runs `block` with these samples where the library can read them. */
    fun <R> lend(samples: ShortBuffer, block: (Pointer) -> R): R {
        if (samples.isInPlace) return block(Place(samples.slice()))
        return copy(samples.remaining(), Short.SIZE_BYTES) { memory ->
            memory.asShortBuffer().put(samples.duplicate())
            block(Place(memory))
        }
    }

    /** The same with samples of another type. */
    fun <R> lend(samples: FloatBuffer, block: (Pointer) -> R): R {
        if (samples.isInPlace) return block(Place(samples.slice()))
        return copy(samples.remaining(), Float.SIZE_BYTES) { memory ->
            memory.asFloatBuffer().put(samples.duplicate())
            block(Place(memory))
        }
    }

    /** Fills these samples with what `block` lets the library write. */
    fun <R> fill(samples: ShortBuffer, block: (Pointer) -> R): R {
        if (samples.isInPlace) return block(Place(samples.slice()))
        return copy(samples.remaining(), Short.SIZE_BYTES) { memory ->
            block(Place(memory)).also {
                samples.duplicate().put(memory.asShortBuffer().apply { end(samples.remaining()) })
            }
        }
    }

    /** The same with samples of another type. */
    fun <R> fill(samples: FloatBuffer, block: (Pointer) -> R): R {
        if (samples.isInPlace) return block(Place(samples.slice()))
        return copy(samples.remaining(), Float.SIZE_BYTES) { memory ->
            block(Place(memory)).also {
                samples.duplicate().put(memory.asFloatBuffer().apply { end(samples.remaining()) })
            }
        }
    }

    private val ShortBuffer.isInPlace get() = isDirect && order() == ByteOrder.nativeOrder()

    private val FloatBuffer.isInPlace get() = isDirect && order() == ByteOrder.nativeOrder()

    private fun <R> copy(count: Int, size: Int, block: (ByteBuffer) -> R): R {
        requireAtMostASecond(count)
        val memory = kept.getAndSet(null)?.takeIf { it.capacity() >= count * size }
            ?: ByteBuffer.allocateDirect(count * size).order(ByteOrder.nativeOrder())
        try {
            return block(memory)
        } finally {
            kept.set(memory)
        }
    }

    // The library checks all else; this is how much memory is asked for.
    private fun requireAtMostASecond(count: Int) {
        if (count > format.sampleRate * format.channels) {
            throw VsdkException.of(
                Status.INVALID_ARGUMENT,
                "$count samples are more than a second of sound",
                "Move at most a second in one call; 10 or 20 milliseconds are usual.",
            )
        }
    }

    // The `limit` of these kinds of buffers is not there on every Android.
    private fun Buffer.end(count: Int) {
        limit(count)
    }

    /** Where a buffer begins. A call that gets this keeps it, and so the memory of the buffer. */
    private class Place(@Suppress("unused") private val buffer: Buffer) :
        Pointer(nativeValue(Native.getDirectBufferPointer(buffer)))
}
