// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer
import com.sun.jna.ptr.PointerByReference
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.withContext
import kotlin.time.Duration

/**
 * An operation that is under way: what a function whose name ends in `Async` has started.
 *
 * It completes exactly once: with its result, with its error, with [Status.CANCELLED] or with
 * [Status.SHUTDOWN]. It goes on when this object is closed; [cancel] ends it. Programs with
 * coroutines seldom need one: the `suspend` functions do all of this.
 */
public class Op<T> internal constructor(
    pointer: Pointer,
    private val result: OpResult<T>,
    private val completion: CompletableDeferred<Unit>,
) : NativeObject(pointer, NativeFunctions::vsdk_op_free, lendsTexts = false) {

    /**
     * Waits until it has completed, in whatever way, and takes its result. Throws the
     * [VsdkException] with which it ended.
     *
     * When the coroutine is cancelled meanwhile, so is the operation: it has ended when the
     * CancellationException is thrown, and an object that it resulted in all the same is closed.
     */
    public suspend fun await(): T {
        try {
            completion.await()
        } catch (cancelled: CancellationException) {
            withContext(NonCancellable) { abandon() }
            throw cancelled
        }
        return take()
    }

    private suspend fun abandon() {
        try {
            cancel()
            completion.await()
            result.giveBack(take())
        } catch (_: VsdkException) {
            // As a rule that it was cancelled; closed by somebody else, it goes on by itself.
        }
    }

    /**
     * Waits until it has completed, in whatever way; false when it is still running after
     * `timeoutMs` milliseconds. Blocks the thread. Throws [VsdkException] with
     * [Status.WOULD_DEADLOCK] inside a callback, unless `timeoutMs` is 0.
     */
    @JvmOverloads
    public fun waitBlocking(timeoutMs: Long = Vsdk.TIMEOUT_INFINITE): Boolean = lend { op ->
        val error = PointerByReference()
        val status = vsdk_op_wait(op, timeoutMs, error)
        if (status < 0) {
            val exception = exception(status, error.value)
            if (status != Status.TIMEOUT.number) throw exception
        }
        status >= 0
    }

    /** Whether it has completed, in whatever way. Allowed inside callbacks. */
    public val isCompleted: Boolean get() = waitBlocking(0)

    /** Asks it to end with [Status.CANCELLED]; no effect once it has completed. Does not wait. */
    public fun cancel() {
        lend { op -> call { error -> vsdk_op_cancel(op, error) } }
    }

    /**
     * How it ended: null for a success, else its error. The result stays where it is. Throws
     * [VsdkException] with [Status.INVALID_STATE] while it is running.
     */
    public fun outcome(): VsdkException? {
        val isRunning = !isCompleted
        return lend { op ->
            val error = PointerByReference()
            val status = vsdk_op_outcome(op, error)
            val exception = if (status < 0) exception(status, error.value) else null
            if (isRunning && exception != null) throw exception
            exception
        }
    }

    /**
     * Takes the result of a completed operation. Throws the [VsdkException] with which it ended;
     * one with [Status.INVALID_STATE] while it is running and when an object was taken before, which
     * a completion handler has done.
     */
    public fun take(): T = lend { op -> result.take(op) }

    /** [waitBlocking] as long as it takes, and [take]. */
    public fun getBlocking(): T {
        waitBlocking()
        return take()
    }
}

/** Is told that an operation has completed. */
public fun interface CompletionHandler<in T> {
    /**
     * The error is null when it has succeeded, and then there is a result, except of
     * [Meeting.storeGet] when there is no such value. An object that is the result is yours to
     * close. Runs on the library's thread for callbacks: a slow handler delays everyone, and what
     * blocks throws [Status.WOULD_DEADLOCK].
     */
    public fun completed(result: T?, error: VsdkException?)
}

/** How the result of an operation is taken out of it. */
internal abstract class OpResult<T> {
    abstract fun take(op: Pointer): T

    /** For what nobody waits for any more. */
    abstract fun giveBack(result: T)

    /** What is known without a handle, which is when no more could be made: the status alone. */
    open fun withoutHandle(status: Int): T = throw native.exception(status, null)

    companion object {
        val NOTHING: OpResult<Unit> = Completed
        val TOKEN: OpResult<Token> = Made(NativeFunctions::vsdk_op_take_token, ::Token)
        val ROOM: OpResult<Room> = Made(NativeFunctions::vsdk_op_take_room, ::Room)
        val ROOM_LIST: OpResult<RoomList> = Made(NativeFunctions::vsdk_op_take_room_list, ::RoomList)
        val TEXT: OpResult<String> = Copied(::contentText)
        val TEXT_OR_NULL: OpResult<String?> = Copied(::contentTextOrNull)
        val BYTES: OpResult<ByteArray> = Copied(::contentBytes)
    }

    private class Made<T : NativeObject>(
        private val take: NativeFunctions.(Pointer?, PointerByReference, PointerByReference) -> Int,
        private val wrap: (Pointer) -> T,
    ) : OpResult<T>() {
        override fun take(op: Pointer): T = wrap(make { result, error -> take(op, result, error) })

        override fun giveBack(result: T) = result.close()
    }

    private class Copied<T>(private val copy: (Pointer?) -> T) : OpResult<T>() {
        override fun take(op: Pointer): T =
            copied(copy) { content, error -> vsdk_op_take_content(op, content, error) }

        override fun giveBack(result: T) = Unit
    }

    /** Of what only succeeds or fails. */
    private object Completed : OpResult<Unit>() {
        override fun take(op: Pointer) {
            call { error -> vsdk_op_outcome(op, error) }
        }

        override fun giveBack(result: Unit) = Unit

        override fun withoutHandle(status: Int) {
            if (status < 0) super.withoutHandle(status)
        }
    }
}

private class Completer<T>(
    private val result: OpResult<T>,
    private val handler: CompletionHandler<T>?,
) : OpReceiver() {
    val completion = CompletableDeferred<Unit>()

    override fun completed(op: Pointer?, status: Int) {
        try {
            if (handler != null) tell(handler, op, status)
        } finally {
            completion.complete(Unit)
        }
    }

    private fun tell(handler: CompletionHandler<T>, op: Pointer?, status: Int) {
        val taken = try {
            if (op == null) result.withoutHandle(status) else result.take(op)
        } catch (exception: VsdkException) {
            handler.completed(null, exception)
            return
        }
        handler.completed(taken, null)
    }
}

/** The last parameters of all functions that start an operation. */
internal class Start(
    val callback: OpFn,
    val userData: Pointer,
    val destroy: DestroyFn,
    val op: PointerByReference,
    val error: PointerByReference,
)

internal fun <T> start(
    result: OpResult<T>,
    handler: CompletionHandler<T>?,
    function: NativeFunctions.(Start) -> Int,
): Op<T> {
    val completer = Completer(result, handler)
    val pointer = make { op, error ->
        // From the call on the receiver is the library's, also when the call fails.
        val userData = Callbacks.keep(completer)
        function(Start(Callbacks.onCompletion, userData, Callbacks.onDestroy, op, error))
    }
    return Op(pointer, result, completer.completion)
}

/** Starts what an object can do that waits for the service. */
internal inline fun NativeObject.startIn(
    handler: CompletionHandler<Unit>?,
    crossinline function: NativeFunctions.(Pointer, Start) -> Int,
): Op<Unit> = startIn(OpResult.NOTHING, handler, function)

internal inline fun <T> NativeObject.startIn(
    result: OpResult<T>,
    handler: CompletionHandler<T>?,
    crossinline function: NativeFunctions.(Pointer, Start) -> Int,
): Op<T> = lend { pointer -> start(result, handler) { function(pointer, it) } }

/** Starts it, waits for it, and closes the operation. */
internal suspend inline fun <T> run(timeout: Duration, start: (Long) -> Op<T>): T =
    start(timeout.toTimeoutMs()).use { it.await() }
