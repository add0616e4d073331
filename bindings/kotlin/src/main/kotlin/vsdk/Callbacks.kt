// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.CallbackThreadInitializer
import com.sun.jna.Native
import com.sun.jna.Pointer
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicLong

/**
 * The way from the library back into the program.
 *
 * The library gets one function for each kind of callback, for ever, and a number as user data: the
 * garbage collector moves objects, so their addresses mean nothing. The receiver behind a number is
 * kept until the library says that it is not needed any more.
 */
internal object Callbacks {
    private val receivers = ConcurrentHashMap<Long, Receiver>()
    private val lastKey = AtomicLong()

    @Volatile
    var exceptionHandler: CallbackExceptionHandler? = null

    /** How many receivers the library still holds. */
    val count: Int get() = receivers.size

    val onDestroy = DestroyFn { userData ->
        guarded { receivers.remove(key(userData))?.destroyed() }
    }

    val onLog = LogFn { level, target, message, userData ->
        receive<LogReceiver>(userData) {
            it.record(level, target?.text().orEmpty(), message?.text().orEmpty())
        }
    }

    val onCompletion = OpFn { op, status, userData ->
        receive<OpReceiver>(userData) { it.completed(op, status) }
    }

    val onEvent = EventFn { event, userData ->
        receive<EventReceiver>(userData) { receiver -> event?.let(receiver::event) }
    }

    val onWake = WakeFn { userData -> receive<WakeReceiver>(userData) { it.wake() } }

    val onFrame = FrameFn { frame, userData ->
        receive<FrameReceiver>(userData) { receiver -> frame?.let(receiver::frame) }
    }

    val onTransform = FrameTransformFn { info, data, length, output, capacity, written, userData ->
        receive<TransformReceiver>(userData) { receiver ->
            if (info != null && data != null && output != null && written != null) {
                receiver.transform(info, data, length, output, capacity, written)
            }
        }
    }

    init {
        // A thread of the library becomes one of Java at its first callback and stays one until it
        // ends: coming and going with each call is slow, and loses thread-locals. As a daemon it
        // does not keep the program from ending.
        val initializer = CallbackThreadInitializer(true, false, "vsdk-callback")
        for (callback in listOf(
            onDestroy, onLog, onCompletion, onEvent, onWake, onFrame, onTransform,
        )) {
            Native.setCallbackThreadInitializer(callback, initializer)
        }
    }

    /** Keeps a receiver from now on; the user data under which the library knows it. */
    fun keep(receiver: Receiver): Pointer {
        val key = lastKey.incrementAndGet()
        receivers[key] = receiver
        return Pointer(key)
    }

    private fun key(userData: Pointer?): Long = Pointer.nativeValue(userData)

    private inline fun <reified R : Receiver> receive(userData: Pointer?, use: (R) -> Unit) {
        guarded { (receivers[key(userData)] as? R)?.let(use) }
    }

    /** Nothing may be thrown into the library. */
    private inline fun guarded(block: () -> Unit) {
        try {
            block()
        } catch (exception: Throwable) {
            report(exception)
        }
    }

    private fun report(exception: Throwable) {
        val thread = Thread.currentThread()
        try {
            exceptionHandler?.exceptionInCallback(exception)
                ?: thread.uncaughtExceptionHandler.uncaughtException(thread, exception)
        } catch (_: Throwable) {
            // Nobody is left to tell.
        }
    }
}

/** What a number stands for that the library has as user data. */
internal abstract class Receiver {
    /** Told once, after the last call. May run on any thread. */
    open fun destroyed() {}
}

internal abstract class LogReceiver : Receiver() {
    abstract fun record(level: Int, target: String, message: String)
}

internal abstract class OpReceiver : Receiver() {
    /** The operation is borrowed, and absent when no more handles can be made. */
    abstract fun completed(op: Pointer?, status: Int)
}

internal abstract class EventReceiver : Receiver() {
    /** The event is borrowed. */
    abstract fun event(event: Pointer)
}

internal abstract class WakeReceiver : Receiver() {
    abstract fun wake()
}

internal abstract class FrameReceiver : Receiver() {
    /** The frame is borrowed. */
    abstract fun frame(frame: Pointer)
}

internal abstract class TransformReceiver : Receiver() {
    /** All is borrowed. What is written to the output counts once `written` says how much it is. */
    abstract fun transform(
        info: Pointer,
        data: Pointer,
        length: Long,
        output: Pointer,
        capacity: Long,
        written: Pointer,
    )
}

/** Is told of exceptions that leave callbacks; see [Vsdk.setCallbackExceptionHandler]. */
public fun interface CallbackExceptionHandler {
    /** Runs on the thread of the callback. What it throws itself is dropped. */
    public fun exceptionInCallback(exception: Throwable)
}
