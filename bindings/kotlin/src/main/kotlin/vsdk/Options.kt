// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer
import com.sun.jna.ptr.PointerByReference
import kotlin.properties.ReadWriteProperty
import kotlin.reflect.KProperty

/**
 * What all options have in common.
 *
 * Options are plain objects of Kotlin: there is nothing to close, and one object can be used many
 * times. What was not assigned is not handed to the library, so its defaults apply. Values are
 * handed over in the order of their assignment, and checked when they are used, not when they are
 * assigned. To be changed by one thread at a time.
 */
public abstract class Options internal constructor() {
    private val changes = LinkedHashMap<Any, NativeFunctions.(Pointer, PointerByReference) -> Int>()

    internal abstract fun create(): Pointer?

    internal abstract fun free(pointer: Pointer)

    /** Runs `block` with options of the library that hold what was assigned here. */
    internal inline fun <R> lend(block: (Pointer) -> R): R {
        val pointer = begin()
        try {
            return block(pointer)
        } finally {
            free(pointer)
        }
    }

    internal fun begin(): Pointer {
        val pointer = create() ?: throw VsdkException.of(
            Status.RESOURCE_EXHAUSTED,
            "No more handles can be made",
            "Close what is not needed any more; see Vsdk.liveHandles().",
        )
        try {
            for (change in changes.values) call { error -> change(pointer, error) }
        } catch (exception: VsdkException) {
            free(pointer)
            throw exception
        }
        return pointer
    }

    internal fun change(
        key: Any,
        function: (NativeFunctions.(Pointer, PointerByReference) -> Int)?,
    ) {
        changes.remove(key)
        if (function != null) changes[key] = function
    }

    /** For functions that add: each call counts. */
    internal fun addition(function: NativeFunctions.(Pointer, PointerByReference) -> Int) {
        changes[Any()] = function
    }
}

internal inline fun <R> Options?.lendOrNull(block: (Pointer?) -> R): R =
    if (this == null) block(null) else lend(block)

/** A property of [Options]; null is "not assigned", except where `hand` takes it. */
internal class Option<T : Any>(
    private val isNullHandedOver: Boolean,
    private val hand: NativeFunctions.(Pointer, T?, PointerByReference) -> Int,
) : ReadWriteProperty<Options, T?> {
    private var value: T? = null

    override fun getValue(thisRef: Options, property: KProperty<*>): T? = value

    override fun setValue(thisRef: Options, property: KProperty<*>, value: T?) {
        this.value = value
        if (value == null && !isNullHandedOver) {
            thisRef.change(this, null)
        } else {
            thisRef.change(this) { pointer, error -> hand(pointer, value, error) }
        }
    }
}

internal typealias TextSetter = NativeFunctions.(Pointer?, ByteArray?, PointerByReference) -> Int
internal typealias IntSetter = NativeFunctions.(Pointer?, Int, PointerByReference) -> Int
internal typealias LongSetter = NativeFunctions.(Pointer?, Long, PointerByReference) -> Int

/** A text that the library cannot do without once it was given. */
internal fun text(set: TextSetter) =
    Option<String>(false) { options, text, error -> set(options, text?.native(), error) }

/** A text that null puts back to the default. */
internal fun resettableText(set: TextSetter) =
    Option<String>(true) { options, text, error -> set(options, text?.native(), error) }

internal fun flag(set: IntSetter) =
    Option<Boolean>(false) { options, flag, error -> set(options, if (flag == true) 1 else 0, error) }

internal fun number(set: IntSetter) =
    Option<Int>(false) { options, number, error -> set(options, number ?: 0, error) }

internal fun longNumber(set: LongSetter) =
    Option<Long>(false) { options, number, error -> set(options, number ?: 0, error) }

internal fun <E : Enumeration> choice(set: IntSetter) =
    Option<E>(false) { options, choice, error -> set(options, choice?.number ?: 0, error) }
