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
public class Op<T : NativeObject> internal constructor(
    pointer: Pointer,
    private val result: OpResult<T>,
    private val completion: CompletableDeferred<Unit>,
) : NativeObject(pointer, NativeFunctions::vsdk_op_free, lendsTexts = false) {

    /**
     * Waits until it has completed, in whatever way, and takes its result. Throws the
     * [VsdkException] with which it ended.
     *
     * When the coroutine is cancelled meanwhile, so is the operation: it has ended when the
     * CancellationException is thrown, and a result that it had all the same is closed.
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
            take().close()
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
     * one with [Status.INVALID_STATE] while it is running and when the result was taken before,
     * which a completion handler has done.
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
     * Exactly one of the two is there. The result is yours to close. Runs on the library's thread
     * for callbacks: a slow handler delays everyone, and what blocks throws
     * [Status.WOULD_DEADLOCK].
     */
    public fun completed(result: T?, error: VsdkException?)
}

/** How the result of an operation is taken out of it. */
internal class OpResult<T : NativeObject>(
    private val take: NativeFunctions.(Pointer?, PointerByReference, PointerByReference) -> Int,
    private val wrap: (Pointer) -> T,
) {
    fun take(op: Pointer): T = wrap(make { result, error -> take(op, result, error) })

    companion object {
        val TOKEN = OpResult(NativeFunctions::vsdk_op_take_token, ::Token)
        val ROOM = OpResult(NativeFunctions::vsdk_op_take_room, ::Room)
        val ROOM_LIST = OpResult(NativeFunctions::vsdk_op_take_room_list, ::RoomList)
    }
}

private class Completer<T : NativeObject>(
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
            // Without a handle, which is when no more could be made, the status alone is known.
            if (op == null) throw native.exception(status, null)
            result.take(op)
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

internal fun <T : NativeObject> start(
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

/** Starts it, waits for it, and closes the operation. */
internal suspend inline fun <T : NativeObject> run(timeout: Duration, start: (Long) -> Op<T>): T =
    start(timeout.toTimeoutMs()).use { it.await() }
