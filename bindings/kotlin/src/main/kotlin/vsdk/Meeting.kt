// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer
import com.sun.jna.ptr.IntByReference
import com.sun.jna.ptr.PointerByReference
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.withContext
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.time.Duration

/**
 * A meeting: made from options with [Vsdk.initMeeting], read through [snapshot] and [events].
 *
 * [leave] ends it and lets its last events be read; [close] gives it back, and ends one that was
 * not left in the background. A meeting whose handlers refer to it is never collected: close it.
 */
public class Meeting internal constructor(pointer: Pointer) :
    NativeObject(pointer, NativeFunctions::vsdk_meeting_free, lendsTexts = false) {

    private val isCollected = AtomicBoolean()

    /** All of the meeting at this moment. Yours to close. */
    public fun snapshot(): MeetingSnapshot = lend { meeting ->
        MeetingSnapshot(make { made, error -> vsdk_meeting_snapshot(meeting, made, error) })
    }

    /**
     * Joins the room, and asks to be let in where the token demands it. Then the state is
     * [MeetingState.CONNECTED]. After a failure it is [MeetingState.FAILED], and joining may be
     * tried again.
     */
    public suspend fun join(timeout: Duration = Vsdk.DEFAULT_TIMEOUT) {
        withContext(Dispatchers.IO) { joinBlocking(timeout.toTimeoutMs()) }
    }

    /** [join] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun joinBlocking(timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT) {
        lend { meeting -> call { error -> vsdk_meeting_join(meeting, timeoutMs, error) } }
    }

    /**
     * Leaves: the state becomes [MeetingState.LEFT] and whoever waits for events is woken. Leaving
     * twice is no mistake; events that are left can still be read. Waits for the service at most
     * `timeout`.
     */
    public suspend fun leave(timeout: Duration = Vsdk.DEFAULT_TIMEOUT) {
        withContext(Dispatchers.IO) { leaveBlocking(timeout.toTimeoutMs()) }
    }

    /** [leave] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun leaveBlocking(timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT) {
        lend { meeting -> call { error -> vsdk_meeting_leave(meeting, timeoutMs, error) } }
    }

    /**
     * Hands in a fresh token: the next time one is needed, this is used. Does not wait. Throws
     * [VsdkTokenException], and the present one stays; [VsdkException] with [Status.INVALID_STATE]
     * after the end.
     */
    public fun setToken(token: String) {
        lend { meeting -> call { error -> vsdk_meeting_set_token(meeting, token.native(), error) } }
    }

    /**
     * The events of the meeting, from the first one that nobody has read yet; it ends when the
     * meeting has ended and all its events were read, and when it is closed.
     *
     * No thread waits for them. What is not collected waits in the meeting's own queue, which holds
     * 4,096: beyond that the newest are refused, and one [EventType.OVERFLOW] tells how many. Each
     * event goes to one collector, and one can collect at a time, else [VsdkException] with
     * [Status.INVALID_STATE]: use `shareIn` for more. Collecting takes the place of a wake handler.
     */
    public val events: Flow<Event> = flow {
        if (!isCollected.compareAndSet(false, true)) throw inUse()
        try {
            val signal = Channel<Unit>(Channel.CONFLATED)
            setWakeReceiver(FlowWaker(signal))
            while (true) {
                currentCoroutineContext().ensureActive()
                val next = nextEventUnlessClosed()
                val event = next.event
                if (event != null) emit(event)
                if (next.isClosed) break
                // Closed when the meeting is.
                if (event == null && signal.receiveCatching().isClosed) break
            }
        } finally {
            unlessClosed { setWakeReceiver(null) }
            isCollected.set(false)
        }
    }

    private fun nextEventUnlessClosed(): NextEvent =
        unlessClosed { nextEventBlocking(0) } ?: NextEvent(null, isClosed = true)

    private inline fun <R> unlessClosed(block: () -> R): R? = try {
        block()
    } catch (exception: VsdkException) {
        if (isClosed) null else throw exception
    }

    private fun inUse() = VsdkException.of(
        Status.INVALID_STATE,
        "The events of this meeting are being collected already",
        "Collect them once; for several readers use shareIn.",
    )

    /**
     * The next event. Its `event` is null when none came within `timeoutMs` milliseconds, or when
     * none will come: then its `isClosed` is true. Blocks the thread. Throws [VsdkException] with
     * [Status.INVALID_STATE] while an event handler is set, with [Status.WOULD_DEADLOCK] when it
     * would wait inside a callback.
     */
    @JvmOverloads
    public fun nextEventBlocking(timeoutMs: Long = Vsdk.TIMEOUT_INFINITE): NextEvent =
        lend { meeting ->
            val event = PointerByReference()
            val status = call { error -> vsdk_meeting_next_event(meeting, timeoutMs, event, error) }
            NextEvent(event.value?.let(::owned), isClosed = status == Status.CLOSED.number)
        }

    private fun owned(event: Pointer): Event = try {
        Event.of(event)
    } finally {
        native.vsdk_event_free(event)
    }

    /**
     * From now on events go to the handler, those that wait first; null lets them wait again.
     *
     * The handler runs on the library's thread for callbacks; a slow one delays the callbacks of
     * everyone. When this returns, an earlier handler is not running and will not run again, unless
     * this is called from inside it.
     */
    public fun setEventHandler(handler: EventHandler?) {
        val receiver = handler?.let(::EventCaller)
        lend { meeting ->
            call { error ->
                vsdk_meeting_set_event_handler(
                    meeting,
                    receiver?.let { Callbacks.onEvent },
                    receiver?.let(Callbacks::keep),
                    receiver?.let { Callbacks.onDestroy },
                    error,
                )
            }
        }
    }

    /**
     * Sets what is called whenever there is something to read after there was nothing; null for
     * nothing.
     *
     * Made for event loops: let it signal the loop, and read there with [nextEventBlocking] and a
     * time of 0 until there is nothing. Runs as an event handler does. Throws [VsdkException] with
     * [Status.INVALID_STATE] while [events] are collected.
     */
    public fun setWakeHandler(handler: WakeHandler?) {
        if (isCollected.get()) throw inUse()
        setWakeReceiver(handler?.let(::WakeCaller))
    }

    private fun setWakeReceiver(receiver: WakeReceiver?) {
        lend { meeting ->
            call { error ->
                vsdk_meeting_set_wake_handler(
                    meeting,
                    receiver?.let { Callbacks.onWake },
                    receiver?.let(Callbacks::keep),
                    receiver?.let { Callbacks.onDestroy },
                    error,
                )
            }
        }
    }

    /**
     * A descriptor that polls readable while there is something to read, made on demand, e.g. for
     * Android's MessageQueue. It belongs to the meeting and lives as long: poll it, never read or
     * close it. Throws [VsdkException] with [Status.UNSUPPORTED] on Windows.
     */
    public fun eventDescriptor(): Int = lend { meeting ->
        val descriptor = IntByReference(-1)
        call { error -> vsdk_meeting_event_descriptor(meeting, descriptor, error) }
        descriptor.value
    }
}

/** What [Meeting.nextEventBlocking] found. */
public class NextEvent internal constructor(
    /** The event; null when there is none. */
    public val event: Event?,
    /** Whether none will come any more: the meeting has ended and all its events were read. */
    public val isClosed: Boolean,
)

/** Receives the events of a meeting; see [Meeting.setEventHandler]. */
public fun interface EventHandler {
    /** Runs on the library's thread for callbacks. */
    public fun event(event: Event)
}

/** Is told that there is something to read; see [Meeting.setWakeHandler]. */
public fun interface WakeHandler {
    /** Runs on the library's thread for callbacks. */
    public fun wake()
}

private class EventCaller(private val handler: EventHandler) : EventReceiver() {
    override fun event(event: Pointer) = handler.event(Event.of(event))
}

private class WakeCaller(private val handler: WakeHandler) : WakeReceiver() {
    override fun wake() = handler.wake()
}

private class FlowWaker(private val signal: Channel<Unit>) : WakeReceiver() {
    override fun wake() {
        signal.trySend(Unit)
    }

    override fun destroyed() {
        signal.close()
    }
}
