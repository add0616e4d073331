// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer
import com.sun.jna.ptr.IntByReference
import com.sun.jna.ptr.PointerByReference
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.time.Duration

/**
 * A meeting: made from options with [Vsdk.initMeeting], read through [snapshot] and [events].
 *
 * It joins once; after a failure, and after a join that was cancelled, it may join again. A
 * connection that is lost is made anew by itself. What waits for the service exists three times, as
 * in [Vsdk]: suspending, `Blocking` and `Async`.
 *
 * [leave] ends it and lets its last events be read; [close] gives it back, and leaves one that was
 * not left in the background. A meeting whose handlers refer to it is never collected: close it.
 */
public class Meeting internal constructor(pointer: Pointer) : MeetingDevices(pointer) {

    private val isCollected = AtomicBoolean()

    /** All of the meeting at this moment. Yours to close. */
    public fun snapshot(): MeetingSnapshot = lend { meeting ->
        MeetingSnapshot(make { made, error -> vsdk_meeting_snapshot(meeting, made, error) })
    }

    /**
     * Joins the room: connects, asks to be let in where the token demands it, and waits until that
     * is decided. Give it minutes where somebody has to let this participant in.
     *
     * Then the state is [MeetingState.CONNECTED], and a snapshot has everybody in the room. After a
     * failure it is [MeetingState.FAILED], its event tells the same error, and joining may be tried
     * again. When the coroutine is cancelled meanwhile, joining is given up unless it has succeeded
     * by then, and may be tried again as well.
     */
    public suspend fun join(timeout: Duration = Vsdk.DEFAULT_TIMEOUT): Unit =
        run(timeout) { joinAsync(it) }

    /** [join] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun joinBlocking(timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT) {
        lend { meeting -> call { error -> vsdk_meeting_join(meeting, timeoutMs, error) } }
    }

    /** Starts [join]. What shows at once is thrown; everything else is the operation's. */
    @JvmOverloads
    public fun joinAsync(
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> = startIn(handler) { meeting, start ->
        vsdk_meeting_join_async(
            meeting, timeoutMs,
            start.callback, start.userData, start.destroy, start.op, start.error,
        )
    }

    /**
     * Leaves: the state becomes [MeetingState.LEFT] and whoever waits for events is woken. Leaving
     * twice is no mistake; events that are left can still be read. Waits for the service at most
     * `timeout`. It goes on by itself when that is over, and when the coroutine is cancelled.
     */
    public suspend fun leave(timeout: Duration = Vsdk.DEFAULT_TIMEOUT): Unit =
        run(timeout) { leaveAsync(it) }

    /** [leave] for threads: blocks at most `timeoutMs` milliseconds; 0 only begins to leave. */
    @JvmOverloads
    public fun leaveBlocking(timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT) {
        lend { meeting -> call { error -> vsdk_meeting_leave(meeting, timeoutMs, error) } }
    }

    /** Starts [leave]. What shows at once is thrown; everything else is the operation's. */
    @JvmOverloads
    public fun leaveAsync(
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> = startIn(handler) { meeting, start ->
        vsdk_meeting_leave_async(
            meeting, timeoutMs,
            start.callback, start.userData, start.destroy, start.op, start.error,
        )
    }

    /**
     * Ends the meeting for everybody in the room. Needs a token with the permission to moderate.
     *
     * Throws [VsdkMeetingException]: with [Status.REFUSED] when the service does not permit it,
     * with [Status.CONNECTION_LOST] when it may have been carried out or not. The same holds for
     * everything else that is asked of the service in a meeting; before and after it, that is
     * [VsdkException] with [Status.INVALID_STATE].
     */
    public suspend fun end(timeout: Duration = Vsdk.DEFAULT_TIMEOUT): Unit =
        run(timeout) { endAsync(it) }

    /** [end] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun endBlocking(timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT) {
        lend { meeting -> call { error -> vsdk_meeting_end(meeting, timeoutMs, error) } }
    }

    /** Starts [end]. What shows at once is thrown; everything else is the operation's. */
    @JvmOverloads
    public fun endAsync(
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> = startIn(handler) { meeting, start ->
        vsdk_meeting_end_async(
            meeting, timeoutMs,
            start.callback, start.userData, start.destroy, start.op, start.error,
        )
    }

    /**
     * Makes the connection anew at once: after a change of networks, without waiting until the loss
     * of the old one is noticed. The state becomes [MeetingState.RECONNECTING], and
     * [MeetingState.CONNECTED] when it is done. Does not wait. Throws [VsdkException] with
     * [Status.INVALID_STATE] when this participant is not in the room.
     */
    public fun refreshConnection() {
        lend { meeting -> call { error -> vsdk_meeting_refresh_connection(meeting, error) } }
    }

    /**
     * Publishes a message to all who have subscribed the topic, this participant too.
     *
     * With `persist`, those who subscribe later get it as well. `sendOnly` has the ids of the
     * participants who alone get it; empty is everybody. `payloadJson` goes with the message: a
     * JSON object. The topic has at most 1,024 bytes. While the connection is made anew, it waits
     * for the new one; what was sent already is never sent again.
     */
    public suspend fun publish(
        topic: String,
        message: String,
        persist: Boolean = false,
        sendOnly: Collection<String> = emptyList(),
        payloadJson: String? = null,
        timeout: Duration = Vsdk.DEFAULT_TIMEOUT,
    ): Unit = run(timeout) { publishAsync(topic, message, persist, sendOnly, payloadJson, it) }

    /** [publish] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun publishBlocking(
        topic: String,
        message: String,
        persist: Boolean = false,
        sendOnly: Collection<String> = emptyList(),
        payloadJson: String? = null,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
    ) {
        val named = topic.native()
        val text = message.native()
        PublishOptions(persist, sendOnly, payloadJson).lend { options ->
            lend { meeting ->
                call { error -> vsdk_meeting_publish(meeting, named, text, options, timeoutMs, error) }
            }
        }
    }

    /** Starts [publish]. What shows at once is thrown; everything else is the operation's. */
    @JvmOverloads
    public fun publishAsync(
        topic: String,
        message: String,
        persist: Boolean = false,
        sendOnly: Collection<String> = emptyList(),
        payloadJson: String? = null,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> {
        val named = topic.native()
        val text = message.native()
        return PublishOptions(persist, sendOnly, payloadJson).lend { options ->
            startIn(handler) { meeting, start ->
                vsdk_meeting_publish_async(
                    meeting, named, text, options, timeoutMs,
                    start.callback, start.userData, start.destroy, start.op, start.error,
                )
            }
        }
    }

    /**
     * Subscribes a topic: from now on its messages come as [EventType.MESSAGE].
     *
     * Those that were kept come first, as events before this has succeeded. On a new connection it
     * is subscribed again by itself. The topic has at most 1,024 bytes.
     */
    public suspend fun subscribe(topic: String, timeout: Duration = Vsdk.DEFAULT_TIMEOUT): Unit =
        run(timeout) { subscribeAsync(topic, it) }

    /** [subscribe] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun subscribeBlocking(topic: String, timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT) {
        val named = topic.native()
        lend { meeting ->
            call { error -> vsdk_meeting_subscribe(meeting, named, timeoutMs, error) }
        }
    }

    /** Starts [subscribe]. What shows at once is thrown; everything else is the operation's. */
    @JvmOverloads
    public fun subscribeAsync(
        topic: String,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> {
        val named = topic.native()
        return startIn(handler) { meeting, start ->
            vsdk_meeting_subscribe_async(
                meeting, named, timeoutMs,
                start.callback, start.userData, start.destroy, start.op, start.error,
            )
        }
    }

    /**
     * From now on no message of the topic comes any more. One that is not subscribed is no mistake.
     * Does not wait.
     */
    public fun unsubscribe(topic: String) {
        val named = topic.native()
        lend { meeting -> call { error -> vsdk_meeting_unsubscribe(meeting, named, error) } }
    }

    /**
     * Does something to a participant: lets it in, asks for its microphone, removes it, and so on.
     * Whether the token permits it, the service decides.
     */
    public suspend fun moderate(
        participantId: String,
        moderation: Moderation,
        timeout: Duration = Vsdk.DEFAULT_TIMEOUT,
    ): Unit = run(timeout) { moderateAsync(participantId, moderation, it) }

    /** [moderate] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun moderateBlocking(
        participantId: String,
        moderation: Moderation,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
    ) {
        val id = participantId.native()
        lend { meeting ->
            call { error -> vsdk_meeting_moderate(meeting, id, moderation.number, timeoutMs, error) }
        }
    }

    /** Starts [moderate]. What shows at once is thrown; everything else is the operation's. */
    @JvmOverloads
    public fun moderateAsync(
        participantId: String,
        moderation: Moderation,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> {
        val id = participantId.native()
        return startIn(handler) { meeting, start ->
            vsdk_meeting_moderate_async(
                meeting, id, moderation.number, timeoutMs,
                start.callback, start.userData, start.destroy, start.op, start.error,
            )
        }
    }

    /**
     * Changes what this participant does with media. Everybody is told. That the service has it for
     * native clients is inferred.
     */
    public suspend fun changeMode(mode: Mode, timeout: Duration = Vsdk.DEFAULT_TIMEOUT): Unit =
        run(timeout) { changeModeAsync(mode, it) }

    /** [changeMode] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun changeModeBlocking(mode: Mode, timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT) {
        lend { meeting ->
            call { error -> vsdk_meeting_change_mode(meeting, mode.number, timeoutMs, error) }
        }
    }

    /** Starts [changeMode]. What shows at once is thrown; everything else is the operation's. */
    @JvmOverloads
    public fun changeModeAsync(
        mode: Mode,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> = startIn(handler) { meeting, start ->
        vsdk_meeting_change_mode_async(
            meeting, mode.number, timeoutMs,
            start.callback, start.userData, start.destroy, start.op, start.error,
        )
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
            val waker = Waker()
            setWakeReceiver(waker)
            while (true) {
                currentCoroutineContext().ensureActive()
                val isOver = waker.isOver
                val next = nextEventUnlessClosed()
                val event = next.event
                if (event != null) emit(event)
                if (next.isClosed) break
                if (event != null) continue
                // So it is when the meeting is closed.
                if (isOver) break
                waker.await()
            }
        } finally {
            unlessClosed { setWakeReceiver(null) }
            isCollected.set(false)
        }
    }

    private fun nextEventUnlessClosed(): NextEvent =
        unlessClosed { nextEventBlocking(0) } ?: NextEvent(null, isClosed = true)

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

private class EventCaller(private val handler: EventHandler) : EventReceiver() {
    override fun event(event: Pointer) = handler.event(Event.of(event))
}
