// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Function
import com.sun.jna.CallbackReference
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.lang.ref.WeakReference
import java.util.concurrent.CountDownLatch
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread

/** Callbacks come from a thread that Java did not make, and nothing they do reaches the library. */
class CallbacksTest : CleanTest() {
    private fun token() = Vsdk.mintToken(
        TokenMintOptions {
            apiKey = "3f9a1c52-6d0e-4b7a-9e44-0c1d2e3f4a5b"
            secret = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
        },
    ).use { it.text }

    private fun meeting() = Vsdk.initMeeting(MeetingOptions { meetingId = "lesson"; token = token() })

    private fun <T> LinkedBlockingQueue<T>.next(): T = poll(60, TimeUnit.SECONDS) ?: error("nothing came")

    /** What `block` answers inside a callback. */
    private fun <T : Any> inCallback(block: (Meeting) -> T): T = meeting().use { meeting ->
        val answers = LinkedBlockingQueue<Result<T>>()
        meeting.setEventHandler { answers.put(runCatching { block(meeting) }) }
        answers.next().getOrThrow().also { meeting.setEventHandler(null) }
    }

    @Test
    fun `what would wait for itself is refused in a callback`() = Service().use { service ->
        service.configure()
        // One that has completed could be waited for.
        service.fault("""{"route":"POST /v2/rooms","kind":"stall"}""")
        for (blocking in listOf<(Meeting) -> Unit>(
            { Vsdk.createRoomBlocking() },
            { Vsdk.getRoomBlocking("lesson") },
            { Vsdk.listRoomsBlocking() },
            { Vsdk.fetchTokenBlocking(service.tokenUrl) },
            { Vsdk.shutdownBlocking() },
            { it.joinBlocking() },
            { Vsdk.createRoomAsync().use { op -> try { op.waitBlocking() } finally { op.cancel() } } },
        )) {
            assertEquals(Status.WOULD_DEADLOCK, inCallback { status { blocking(it) } })
        }
        // What does not wait is allowed.
        inCallback { meeting -> meeting.snapshot().use { it.name } }
        inCallback { Vsdk.createRoomAsync().use { op -> op.isCompleted } }
        eventually("the operations") { Vsdk.liveHandles() == 0L }
    }

    @Test
    fun `a handler may take itself out and close its meeting`() {
        assertEquals(Unit, inCallback { it.setEventHandler(null) })
        assertEquals(Unit, inCallback { it.setEventHandler { } })
        val meeting = meeting()
        val closed = CountDownLatch(1)
        meeting.setEventHandler {
            meeting.close()
            closed.countDown()
        }
        assertTrue(closed.await(60, TimeUnit.SECONDS))
        assertStatus(Status.INVALID_HANDLE) { meeting.snapshot() }
    }

    @Test
    fun `after a handler was taken out it never runs again`() = meeting().use { meeting ->
        repeat(200) {
            val calls = LinkedBlockingQueue<Int>()
            meeting.setEventHandler { calls.put(1) }
            meeting.setEventHandler(null)
            val before = calls.size
            meeting.setToken(token())
            assertEquals(before, calls.size)
            assertEquals(0, Callbacks.count)
        }
    }

    @Test
    fun `exceptions in callbacks are told and stay outside the library`() = meeting().use { meeting ->
        val told = LinkedBlockingQueue<Throwable>()
        Vsdk.setCallbackExceptionHandler { told.put(it) }
        val thrown = listOf(IllegalStateException("mine"), StackOverflowError(), AssertionError("yours"))
        for (exception in thrown) {
            Vsdk.setLogHandler(LogLevel.INFO) { _, _, _ -> throw exception }
            meeting().close()
            assertSame(exception, told.next())
            Vsdk.setLogHandler(LogLevel.OFF, null)
            told.clear()
        }
        meeting.setEventHandler { throw thrown[0] }
        assertSame(thrown[0], told.next())
        meeting.setEventHandler(null)

        // Without a handler it goes where uncaught exceptions go.
        Vsdk.setCallbackExceptionHandler(null)
        val before = Thread.getDefaultUncaughtExceptionHandler()
        Thread.setDefaultUncaughtExceptionHandler { _, exception -> told.put(exception) }
        try {
            meeting().use {
                it.setEventHandler { throw thrown[2] }
                assertSame(thrown[2], told.next())
            }
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before)
        }
    }

    @Test
    fun `records come from the level on, and their handler is replaced`() {
        val first = LinkedBlockingQueue<Triple<LogLevel, String, String>>()
        val second = LinkedBlockingQueue<LogLevel>()
        Vsdk.setLogHandler(LogLevel.INFO) { level, target, message -> first.put(Triple(level, target, message)) }
        meeting().close()
        val (level, target, message) = first.next()
        assertEquals(LogLevel.INFO, level)
        assertEquals("meeting", target)
        assertTrue(message.startsWith("meeting lesson was initialised as participant "), message)
        Vsdk.setLogHandler(LogLevel.TRACE) { it, _, _ -> second.put(it) }
        assertEquals(1, Callbacks.count)
        first.clear()
        meeting().close()
        second.next()
        assertEquals(0, first.size)
        assertStatus(Status.INVALID_ARGUMENT) { Vsdk.setLogHandler(LogLevel.of(99)) { _, _, _ -> } }
    }

    @Test
    fun `callbacks from foreign threads while others come and go`() = runBlocking {
        val counts = java.util.concurrent.atomic.AtomicInteger()
        val threads = List(4) {
            thread {
                repeat(100) {
                    meeting().use { meeting ->
                        val told = CountDownLatch(2)
                        meeting.setEventHandler {
                            counts.incrementAndGet()
                            told.countDown()
                        }
                        meeting.leaveBlocking()
                        check(told.await(60, TimeUnit.SECONDS))
                    }
                }
            }
        }
        threads.forEach { it.join() }
        assertEquals(800, counts.get())
    }

    @Test
    fun `a callback of a thread that Java has never seen attaches it and loses nothing`() {
        // The library's dispatcher ends with a shutdown: each round has a new thread.
        val threads = List(20) {
            val told = LinkedBlockingQueue<Thread>()
            meeting().use { meeting ->
                meeting.setEventHandler { told.put(Thread.currentThread()) }
                told.next()
            }.also { Vsdk.shutdownBlocking() }
        }
        val seen = threads.toSet()
        assertEquals(20, seen.size)
        assertTrue(seen.all { it.isDaemon })
        // They are let go when they end.
        eventually("the threads' end") { seen.none { it.isAlive } }
    }

    @Test
    fun `every kind of callback makes its thread one of Java for good`() = Service().use { service ->
        for (callBack in listOf<(LinkedBlockingQueue<Thread>) -> AutoCloseable>(
            { told -> Vsdk.createRoomAsync { room, _ -> room?.close(); told.put(Thread.currentThread()) } },
            { told -> meeting().apply { setWakeHandler { told.put(Thread.currentThread()) } } },
            { told -> meeting().apply { setEventHandler { told.put(Thread.currentThread()) } } },
            { told ->
                Vsdk.setLogHandler(LogLevel.INFO) { _, _, _ -> told.put(Thread.currentThread()) }
                meeting()
            },
        )) {
            // From here on its thread is one that Java has never seen.
            Vsdk.shutdownBlocking()
            service.configure()
            val told = LinkedBlockingQueue<Thread>()
            callBack(told).use { assertTrue(told.next().run { isDaemon && name == "vsdk-callback" && isAlive }) }
            Vsdk.setLogHandler(LogLevel.OFF, null)
        }
    }

    @Test
    fun `handlers outlive the collector`() = Service().use { service ->
        service.configure()
        service.fault("""{"route":"POST /v2/rooms","kind":"stall"}""")
        val told = LinkedBlockingQueue<String>()
        val events = meeting().apply { setEventHandler { told.put("event") } }
        val wakes = meeting().apply { setWakeHandler { told.put("wake") } }
        val op = Vsdk.createRoomAsync { _, error -> told.put("completion ${error!!.name}") }
        assertEquals(setOf("event", "wake"), setOf(told.next(), told.next()))
        do { val next = wakes.nextEventBlocking(0) } while (next.event != null)
        repeat(2) {
            val canary = WeakReference(Any())
            eventually("the collector") {
                System.gc()
                canary.get() == null
            }
        }
        events.leaveBlocking()
        wakes.leaveBlocking()
        op.cancel()
        val missing = mutableSetOf("event", "wake", "completion CANCELLED")
        while (missing.isNotEmpty()) missing -= told.next()
        listOf(events, wakes, op).forEach { it.close() }
    }

    @Test
    fun `a user data that is not known is ignored`() {
        val pointer = CallbackReference.getFunctionPointer(Callbacks.onWake)
        Function.getFunction(pointer).invokeVoid(arrayOf<Any>(com.sun.jna.Pointer(4711)))
    }
}
