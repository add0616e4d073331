// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit

/** Very many events over a real connection: read in time, pushed, and read too late. */
class LoadTest : CleanTest() {
    private val count = 100_000

    /** As many as the service takes in one request; the queue of a meeting holds more. */
    private val burst = 500
    private val queueDepth = 4_096

    /** Without media, which has events of its own. */
    private val mode = Mode.SIGNALLING_ONLY

    private fun text(number: Int) = "message $number ☃"

    /** Lets the service send so many messages to everybody, in one frame. */
    private fun Service.sendBurst(first: Int) {
        val messages = (first until first + burst).joinToString(",") {
            """{"method":"pubsubMessage","data":{"id":"burst-$it","topic":"numbers","message":"${text(it)}","senderId":"ann"}}"""
        }
        sendToSockets("""{"notification":true,"method":"batchNotification","data":{"notifications":[$messages]}}""")
    }

    /** Joins and subscribes; what was told until then is read. Gives the number of the last event. */
    private fun Client.subscribe(): Long {
        meeting.subscribeBlocking("numbers")
        rest()
        return meeting.snapshot().use { it.eventSequence }
    }

    private fun check(events: List<Event>, sequence: Long, number: Int) {
        assertEquals(setOf(EventType.MESSAGE), events.map { it.type }.toSet())
        assertEquals(events.indices.map { sequence + it }, events.map { it.sequence })
        assertEquals(events.indices.map { text(number + it) }, events.map { it.payload.decodeToString() })
    }

    @Test
    fun `all are pulled and flow in order`() = Service().use { service ->
        service.meet("ann", mode = mode) { (ann) ->
            var last = ann.subscribe()
            for (first in 0 until count step burst) {
                service.sendBurst(first)
                val events = when (first % (2 * burst)) {
                    0 -> List(burst) { ann.meeting.nextEventBlocking(60_000).event!! }
                    else -> runBlocking { ann.meeting.events.take(burst).toList() }
                }
                check(events, last + 1, first)
                last += burst
            }
            assertEquals(last, ann.meeting.snapshot().use { it.eventSequence })
        }
    }

    @Test
    fun `all are pushed in order`() = Service().use { service ->
        service.meet("ann", mode = mode) { (ann) ->
            var last = ann.subscribe()
            val told = LinkedBlockingQueue<Event>()
            ann.meeting.setEventHandler { told.add(it) }
            for (first in 0 until count step burst) {
                service.sendBurst(first)
                check(List(burst) { told.poll(60, TimeUnit.SECONDS)!! }, last + 1, first)
                last += burst
            }
            ann.meeting.setEventHandler(null)
        }
    }

    @Test
    fun `what is lost in sleep is counted`() = Service().use { service ->
        service.meet("ann", mode = mode) { (ann) ->
            val last = ann.subscribe()
            val many = 40 * burst
            for (first in 0 until many step burst) {
                service.sendBurst(first)
                val end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60)
                while (ann.meeting.snapshot().use { it.eventSequence } < last + first + burst) {
                    check(System.nanoTime() < end) { "the burst from $first on did not come" }
                    Thread.sleep(1)
                }
            }
            check(List(queueDepth) { ann.meeting.nextEventBlocking(0).event!! }, last + 1, 0)
            val overflow = ann.meeting.nextEventBlocking(0).event!!
            assertEquals(EventType.OVERFLOW to many - queueDepth, overflow.type to overflow.code)
            assertEquals(last + many + 1, overflow.sequence)
            assertNull(ann.meeting.nextEventBlocking(0).event)
            assertEquals(listOf("Ann"), ann.names)
            assertEquals(overflow.sequence, ann.meeting.snapshot().use { it.eventSequence })
            // Awake again, it misses nothing.
            service.sendBurst(many)
            check(List(burst) { ann.meeting.nextEventBlocking(60_000).event!! }, overflow.sequence + 1, many)
        }
    }
}
