// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.concurrent.atomic.AtomicBoolean
import java.util.concurrent.atomic.AtomicInteger
import kotlin.concurrent.thread

/** Objects are given back: closed, forgotten, and while they are used. */
class LifetimeTest : CleanTest() {
    private val key = "3f9a1c52-6d0e-4b7a-9e44-0c1d2e3f4a5b"
    private val options = TokenMintOptions {
        apiKey = key
        secret = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    }
    private val text = Vsdk.mintToken(options).use { it.text }

    private fun meeting() = Vsdk.initMeeting(MeetingOptions { meetingId = "lesson"; token = text })

    @Test
    fun `closing is idempotent, and a closed object says so`() {
        val token = Vsdk.mintToken(options)
        assertFalse(token.isClosed)
        assertEquals(1, Vsdk.liveHandles(HandleKind.TOKEN))
        token.close()
        token.close()
        assertTrue(token.isClosed)
        assertEquals(0, Vsdk.liveHandles())
        val failure = failure { token.text }
        assertEquals(Status.INVALID_HANDLE, failure.status)
        assertEquals("The Token was closed", failure.message)
        val meeting = meeting()
        meeting.close()
        meeting.close()
        for (use in listOf<(Meeting) -> Unit>(
            { it.snapshot() }, { it.leaveBlocking() }, { it.nextEventBlocking() }, { it.setToken(text) },
            { it.setEventHandler { } }, { it.setWakeHandler { } }, { it.eventDescriptor() },
            { it.joinBlocking() }, { it.endBlocking() }, { it.refreshConnection() },
            { it.publishBlocking("CHAT", "hello") }, { it.subscribeBlocking("CHAT") }, { it.unsubscribe("CHAT") },
            { it.moderateBlocking("ann", Moderation.REMOVE) }, { it.changeModeBlocking(Mode.RECV_ONLY) },
        )) {
            assertStatus(Status.INVALID_HANDLE) { use(meeting) }
        }
    }

    @Test
    fun `thousands of objects come and go`() {
        repeat(3000) {
            Vsdk.mintToken(options).close()
            Vsdk.inspectToken(text).use { it.findings }
            meeting().use { meeting ->
                meeting.setWakeHandler { }
                meeting.snapshot().close()
                meeting.nextEventBlocking(0)
            }
            failure { Vsdk.config("") }
            if (it % 500 == 0) assertEquals(0, Vsdk.liveHandles())
        }
        assertEquals(0, Vsdk.liveHandles())
    }

    @Test
    fun `what was forgotten is freed once it is collected`() {
        repeat(500) {
            Vsdk.mintToken(options)
            Vsdk.inspectToken(text)
            meeting().snapshot()
        }
        assertTrue(Vsdk.liveHandles() > 0)
        collectUntilNothingIsLeft()
    }

    @Test
    fun `the collector never frees what a call is using`() {
        val end = AtomicBoolean()
        val collector = thread { while (!end.get()) System.gc() }
        try {
            val threads = List(2) {
                thread {
                    // The object is garbage from the moment on at which its last method begins.
                    repeat(2000) {
                        check(Vsdk.inspectToken(text).apiKey == key)
                        check(Vsdk.mintToken(options).text.length > 100)
                        check(meeting().snapshot().meetingId == "lesson")
                    }
                }
            }
            threads.forEach { it.join() }
        } finally {
            end.set(true)
            collector.join()
        }
        collectUntilNothingIsLeft()
    }

    @Test
    fun `closing during calls lets them end, and refuses the next`() {
        val read = AtomicInteger()
        val refused = AtomicInteger()
        repeat(300) {
            val report = Vsdk.inspectToken(text)
            val readers = List(2) {
                thread {
                    try {
                        while (true) {
                            check(report.apiKey == key)
                            check(report.json.contains(key))
                            read.incrementAndGet()
                        }
                    } catch (exception: VsdkException) {
                        check(exception.status == Status.INVALID_HANDLE)
                        refused.incrementAndGet()
                    }
                }
            }
            Thread.sleep(1)
            report.close()
            readers.forEach { it.join() }
            assertEquals(0, Vsdk.liveHandles(HandleKind.TOKEN_REPORT))
        }
        assertEquals(600, refused.get())
        assertTrue(read.get() > 300)
    }

    private fun collectUntilNothingIsLeft() = eventually("the collector") {
        System.gc()
        Vsdk.liveHandles() == 0L && Cleaner.count == 0
    }
}
