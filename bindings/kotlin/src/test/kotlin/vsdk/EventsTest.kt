// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.concurrent.ArrayBlockingQueue
import java.util.concurrent.CountDownLatch
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread
import kotlin.time.Clock
import kotlin.time.Duration.Companion.minutes

/** Events are pulled, pushed, and flow; none is lost or told twice. */
class EventsTest : CleanTest() {
    private val secret = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

    private fun token(build: TokenMintOptions.() -> Unit = {}): String {
        val options = TokenMintOptions {
            apiKey = "3f9a1c52-6d0e-4b7a-9e44-0c1d2e3f4a5b"
            secret = this@EventsTest.secret
            build()
        }
        return Vsdk.mintToken(options).use { it.text }
    }

    private fun meeting(token: String = token()): Meeting =
        Vsdk.initMeeting(MeetingOptions { meetingId = "lesson"; this.token = token })

    /** Fills the queue: each fresh token that lives for less than a minute is an event. */
    private fun Meeting.warn(times: Int) {
        val token = token { lifetimeS = 50 }
        repeat(times) { setToken(token) }
    }

    @Test
    fun `what is not known yet is told as it came`() = Service().use { service ->
        service.meet("ann", mode = Mode.SIGNALLING_ONLY) { (ann) ->
            service.sendToSockets(
                """{"notification":true,"method":"somethingNew","data":{"peerId":"ann","depth":[1,{"é":null}]}}""",
            )
            val event = ann.next(EventType.UNKNOWN)
            assertEquals("somethingNew", event.text)
            assertTrue(""""data":{"depth":[1,{"é":null}],"peerId":"ann"}""" in event.json, event.json)
        }
    }

    @Test
    fun `events are pulled in order, and the end is told`() = meeting().use { meeting ->
        val first = meeting.nextEventBlocking(0).event!!
        assertEquals(EventType.STATE_CHANGED, first.type)
        assertEquals("STATE_CHANGED", first.typeName)
        assertEquals(1, first.sequence)
        assertEquals(MeetingState.INITIALISED, first.state)
        assertEquals(MeetingState.INITIALISED.number, first.code)
        assertEquals("INITIALISED", first.text)
        assertEquals(Status.OK, first.status)
        assertEquals(0, first.payload.size)
        meeting.snapshot().use { assertEquals(it.participantId, first.participantId) }
        assertNull(first.trackId)
        assertTrue(Clock.System.now() - first.time < 1.minutes)
        assertTrue(first.json.contains("STATE_CHANGED"))
        assertEquals("1 STATE_CHANGED INITIALISED", first.toString())

        val none = meeting.nextEventBlocking(5)
        assertNull(none.event)
        assertFalse(none.isClosed)
        meeting.leaveBlocking()
        meeting.leaveBlocking()
        assertEquals(MeetingState.LEFT, meeting.nextEventBlocking().event!!.state)
        assertTrue(meeting.nextEventBlocking().isClosed)
        assertStatus(Status.INVALID_STATE) { meeting.setToken(token()) }
    }

    @Test
    fun `a flow has all events and ends with the meeting`() = meeting().use { meeting ->
        runBlocking {
            val all = async(Dispatchers.Default, CoroutineStart.UNDISPATCHED) { meeting.events.toList() }
            meeting.warn(3)
            meeting.leave()
            val events = all.await()
            assertEquals((1L..events.size).toList(), events.map { it.sequence })
            assertEquals(MeetingState.LEFT, events.last().state)
            assertTrue(events.any { it.type == EventType.TOKEN_WARNING })
        }
    }

    @Test
    fun `a flow misses no wake, whenever it comes`() = runBlocking {
        repeat(500) {
            meeting().use { meeting ->
                val all = async(Dispatchers.Default) { meeting.events.toList() }
                repeat(it % 50) { Thread.yield() }
                meeting.leaveBlocking()
                assertEquals(listOf(1L, 2L), all.await().map { event -> event.sequence })
            }
        }
    }

    @Test
    fun `a flow goes on where another has stopped`() = meeting().use { meeting ->
        runBlocking {
            assertEquals(1, meeting.events.first().sequence)
            meeting.leave()
            val rest = meeting.events.toList().map { it.sequence }
            assertEquals((2L..rest.last()).toList(), rest)
        }
    }

    @Test
    fun `a flow ends when the meeting is closed under it`() = runBlocking {
        val meeting = meeting()
        val collector = launch(Dispatchers.Default, CoroutineStart.UNDISPATCHED) {
            meeting.events.collect { }
        }
        meeting.close()
        collector.join()
        assertFalse(collector.isCancelled)
    }

    @Test
    fun `a flow that is cancelled lets its handler go`() = meeting().use { meeting ->
        runBlocking {
            val collector = launch(Dispatchers.Default, CoroutineStart.UNDISPATCHED) {
                meeting.events.collect { }
            }
            assertEquals(1, Callbacks.count)
            collector.cancelAndJoin()
            assertEquals(0, Callbacks.count)
            meeting.leave()
            assertEquals(MeetingState.LEFT, meeting.events.first().state)
        }
    }

    @Test
    fun `one flow at a time`() = meeting().use { meeting ->
        runBlocking {
            val collector = launch(start = CoroutineStart.UNDISPATCHED) { meeting.events.collect { } }
            assertStatus(Status.INVALID_STATE) { runBlocking { meeting.events.first() } }
            assertStatus(Status.INVALID_STATE) { meeting.setWakeHandler { } }
            collector.cancelAndJoin()
            meeting.setWakeHandler { }
        }
    }

    @Test
    fun `a slow reader is told how many events it has lost`() = meeting().use { meeting ->
        meeting.warn(5000)
        meeting.leaveBlocking()
        val events = runBlocking { meeting.events.toList() }
        val overflow = events.single { it.type == EventType.OVERFLOW }
        val last = events[events.indexOf(overflow) - 1].sequence
        val next = events.getOrNull(events.indexOf(overflow) + 1)
        assertTrue(overflow.code > 0)
        println("${events.size} events read, ${overflow.code} lost, behind number $last, then $next")
        assertEquals(events.size.toLong() + overflow.code, events.last().sequence)
    }

    @Test
    fun `a handler gets all events, those that wait first`() = meeting().use { meeting ->
        val events = LinkedBlockingQueue<Event>()
        val threads = LinkedBlockingQueue<Thread>()
        meeting.setEventHandler { event ->
            threads.put(Thread.currentThread())
            events.put(event)
        }
        assertStatus(Status.INVALID_STATE) { meeting.nextEventBlocking(0) }
        assertEquals(1, events.poll(60, TimeUnit.SECONDS)!!.sequence)
        meeting.leaveBlocking()
        assertEquals(MeetingState.LEFT, events.poll(60, TimeUnit.SECONDS)!!.state)
        // One and the same thread, which is known to Java for good and keeps no program alive.
        val known = threads.toSet().single()
        assertTrue(known.isDaemon)
        assertEquals("vsdk-callback", known.name)
        meeting.setEventHandler(null)
        assertEquals(0, Callbacks.count)
    }

    @Test
    fun `a wake handler is told once there is something`() = meeting().use { meeting ->
        do { val next = meeting.nextEventBlocking(0) } while (next.event != null)
        val woken = ArrayBlockingQueue<Boolean>(8)
        meeting.setWakeHandler { woken.put(meeting.nextEventBlocking(0).event != null) }
        meeting.leaveBlocking()
        assertEquals(true, woken.poll(60, TimeUnit.SECONDS))
        meeting.setWakeHandler(null)
    }

    @Test
    fun `closing wakes a thread that waits for events`() {
        val meeting = meeting()
        meeting.nextEventBlocking(0)
        val isWaiting = CountDownLatch(1)
        var end: Any? = null
        val waiter = thread {
            isWaiting.countDown()
            end = runCatching {
                var next = meeting.nextEventBlocking()
                while (next.event != null) next = meeting.nextEventBlocking()
                next
            }.fold({ it.isClosed }, { (it as VsdkException).status })
        }
        isWaiting.await()
        Thread.sleep(50)
        meeting.close()
        waiter.join(60_000)
        assertTrue(end == true || end == Status.INVALID_HANDLE, "$end")
    }

    @Test
    fun `a shutdown ends meetings and their flows`() = meeting().use { meeting ->
        runBlocking {
            val all = async(Dispatchers.Default, CoroutineStart.UNDISPATCHED) { meeting.events.toList() }
            Vsdk.shutdown()
            assertEquals(MeetingState.LEFT, all.await().last().state)
        }
    }

    @Test
    fun `a hundred meetings are read without a thread each`() = runBlocking {
        val before = Thread.activeCount()
        val meetings = List(100) { meeting() }
        coroutineScope {
            val firsts = meetings.map { meeting ->
                async(start = CoroutineStart.UNDISPATCHED) { meeting.events.take(2).toList() }
            }
            assertTrue(Thread.activeCount() <= before + 3, "$before became ${Thread.activeCount()}")
            meetings.forEach { it.leave() }
            assertEquals(List(100) { listOf(1L, 2L) }, firsts.map { first -> first.await().map { it.sequence } })
        }
        meetings.forEach { it.close() }
    }
}
