// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater

/**
 * What all objects have in common that hold something of the library.
 *
 * [close] gives it back; `use { }` does so at the end of a block. An object that was forgotten is
 * given back some time after the garbage collector has found it. Everything may be called from any
 * thread and several at once. Whatever is called on a closed object throws a [VsdkException] with
 * [Status.INVALID_HANDLE].
 */
public abstract class NativeObject internal constructor(
    private val pointer: Pointer,
    free: NativeFunctions.(Pointer) -> Unit,
    /** Whether texts are read from it that end with it, so that freeing has to wait for calls. */
    private val lendsTexts: Boolean,
) : AutoCloseable {
    // How many calls are in it, and whether it is closed. Being written after each call, in the
    // object itself, it also keeps the object from being collected during the call.
    @Volatile
    private var uses: Int = 0

    private val cleanable = Cleaner.register(this, release(pointer, free))

    /** Whether it was closed. */
    public val isClosed: Boolean get() = uses and CLOSED != 0

    /** Gives back what it holds. Again is no mistake. Never throws; does not wait. */
    override fun close() {
        while (true) {
            val before = uses
            if (before and CLOSED != 0) return
            if (USES.compareAndSet(this, before, before or CLOSED)) {
                if (before == 0 || !lendsTexts) cleanable.clean()
                return
            }
        }
    }

    /** Runs `block` with the handle, which stays valid meanwhile. */
    internal inline fun <R> lend(block: NativeFunctions.(Pointer) -> R): R {
        val pointer = beginUse()
        try {
            return native.block(pointer)
        } finally {
            endUse()
        }
    }

    /** Reads a text, which is copied. */
    internal inline fun text(getter: NativeFunctions.(Pointer) -> Pointer?): String? =
        lend { getter(it)?.text() }

    /** What `block` gives; null when it fails because this was closed. */
    internal inline fun <R> unlessClosed(block: () -> R): R? = try {
        block()
    } catch (exception: VsdkException) {
        if (isClosed) null else throw exception
    }

    internal fun beginUse(): Pointer {
        while (true) {
            val before = uses
            if (before and CLOSED != 0) throw closed()
            if (USES.compareAndSet(this, before, before + 1)) return pointer
        }
    }

    internal fun endUse() {
        if (USES.decrementAndGet(this) == CLOSED) cleanable.clean()
    }

    private fun closed(): VsdkException {
        val kind = javaClass.simpleName
        return VsdkException.of(
            Status.INVALID_HANDLE,
            "The $kind was closed",
            "Use a $kind only before it is closed, and inside the block of `use`.",
        )
    }

    private companion object {
        private const val CLOSED = 1 shl 30

        private val USES: AtomicIntegerFieldUpdater<NativeObject> =
            AtomicIntegerFieldUpdater.newUpdater(NativeObject::class.java, "uses")

        /** Apart from the object, which it must not hold. */
        private fun release(pointer: Pointer, free: NativeFunctions.(Pointer) -> Unit) =
            Runnable { native.free(pointer) }
    }
}
