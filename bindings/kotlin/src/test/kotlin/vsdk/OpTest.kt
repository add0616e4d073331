// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeoutOrNull
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.concurrent.ArrayBlockingQueue
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** Operations complete exactly once, in every way. */
class OpTest : CleanTest() {
    private fun stalled(test: (Service) -> Unit) = Service().use { service ->
        service.fault("""{"route":"*","kind":"stall","times":null}""")
        service.configure()
        test(service)
    }

    @Test
    fun `a cancelled coroutine has ended its operation when it ends`() = stalled {
        runBlocking {
            for (request in listOf<suspend () -> NativeObject>(
                { Vsdk.createRoom() },
                { Vsdk.validateRoom("lesson") },
                { Vsdk.getRoom("lesson") },
                { Vsdk.deactivateRoom("lesson") },
                { Vsdk.listRooms() },
                { Vsdk.fetchToken("${it.url}/get-token") },
            )) {
                var thrown: Throwable? = null
                val job = launch(Dispatchers.Default, CoroutineStart.UNDISPATCHED) {
                    try {
                        request()
                    } catch (exception: Throwable) {
                        thrown = exception
                        // At most the handle that the callback, on its way back, was lent.
                        assertTrue(Vsdk.liveHandles(HandleKind.OP) <= 1)
                        throw exception
                    }
                }
                assertEquals(1, Vsdk.liveHandles(HandleKind.OP))
                job.cancelAndJoin()
                assertTrue(thrown is CancellationException, "$thrown")
                eventually("the callback's end") { Callbacks.count == 0 }
            }
        }
    }

    @Test
    fun `a coroutine's own time limit ends the operation too`() = stalled {
        runBlocking { assertNull(withTimeoutOrNull(50.milliseconds) { Vsdk.createRoom() }) }
        // At most the handle that the callback, on its way back, was lent.
        assertTrue(Vsdk.liveHandles() <= 1)
        eventually("the callback's end") { Vsdk.liveHandles() == 0L }
    }

    /** Callbacks wait until `release` is called. */
    private fun withCallbacksHeld(test: (release: () -> Unit) -> Unit) {
        val isHeld = CountDownLatch(1)
        val isReleased = CountDownLatch(1)
        Vsdk.initMeeting(MeetingOptions { meetingId = "lesson" }).use { meeting ->
            meeting.setEventHandler {
                isHeld.countDown()
                isReleased.await()
            }
            isHeld.await()
            try {
                test(isReleased::countDown)
            } finally {
                isReleased.countDown()
            }
        }
    }

    @Test
    fun `a coroutine that is cancelled ends after its operation`() = stalled {
        withCallbacksHeld { release ->
            runBlocking {
                val job = launch(Dispatchers.Default, CoroutineStart.UNDISPATCHED) { Vsdk.createRoom() }
                job.cancel()
                assertNull(withTimeoutOrNull(100.milliseconds) { job.join() })
                release()
                job.join()
            }
        }
    }

    @Test
    fun `a result that nobody waits for any more is closed`() = Service().use { service ->
        service.configure()
        withCallbacksHeld { release ->
            runBlocking {
                // Resumes on this thread, which has cancelled it by then.
                val job = launch(start = CoroutineStart.UNDISPATCHED) { Vsdk.createRoom() }
                release()
                eventually("the operation") { Callbacks.count <= 1 }
                job.cancelAndJoin()
                assertTrue(job.isCancelled)
            }
        }
        assertEquals(0, Vsdk.liveHandles(HandleKind.ROOM))
    }

    @Test
    fun `an operation completes even if its handler throws`() = Service().use { service ->
        service.configure()
        val thrown = ArrayBlockingQueue<Throwable>(1)
        Vsdk.setCallbackExceptionHandler { thrown.put(it) }
        Vsdk.createRoomAsync { room, _ ->
            room!!.close()
            error("mine")
        }.use { op ->
            // The handler has taken the result.
            assertStatus(Status.INVALID_STATE) { runBlocking { op.await() } }
        }
        assertEquals("mine", thrown.poll(60, TimeUnit.SECONDS)!!.message)
    }

    @Test
    fun `a coroutine that is cancelled already starts nothing`() = stalled {
        runBlocking {
            val job = launch {
                coroutineContext[kotlinx.coroutines.Job]!!.cancel()
                Vsdk.createRoom()
            }
            job.join()
            assertTrue(job.isCancelled)
        }
    }

    @Test
    fun `a failure of one child ends the requests of its siblings`() = stalled {
        val failure = failure {
            runBlocking {
                repeat(20) { async { Vsdk.createRoom() } }
                delay(20)
                Vsdk.getRoom("lesson", timeout = 1.milliseconds)
            }
        }
        assertEquals(Status.TIMEOUT, failure.status)
        eventually("the callbacks' end") { Vsdk.liveHandles() == 0L }
    }

    @Test
    fun `the deadline is the operation's`() = stalled {
        val failures = listOf(
            failure { runBlocking { Vsdk.createRoom(timeout = 30.milliseconds) } },
            failure { Vsdk.createRoomBlocking(null, 30) },
            failure { Vsdk.createRoomAsync(null, 30).use { it.getBlocking() } },
        )
        for (failure in failures) {
            assertEquals(Status.TIMEOUT, failure.status)
            assertTrue(failure is VsdkTimeoutException)
        }
    }

    @Test
    fun `an operation is waited for, cancelled and asked how it ended`() = stalled {
        Vsdk.createRoomAsync().use { op ->
            assertFalse(op.isCompleted)
            assertFalse(op.waitBlocking(5))
            assertStatus(Status.INVALID_STATE) { op.outcome() }
            assertStatus(Status.INVALID_STATE) { op.take() }
            op.cancel()
            assertTrue(op.waitBlocking())
            assertEquals(Status.CANCELLED, op.outcome()!!.status)
            assertStatus(Status.CANCELLED) { op.take() }
            assertStatus(Status.CANCELLED) { runBlocking { op.await() } }
            op.cancel()
        }
    }

    @Test
    fun `a result is taken once`() = Service().use { service ->
        service.configure()
        Vsdk.createRoomAsync().use { op ->
            op.getBlocking().close()
            assertNull(op.outcome())
            assertStatus(Status.INVALID_STATE) { op.take() }
        }
        val results = ArrayBlockingQueue<Any>(2)
        Vsdk.createRoomAsync { room, error -> results.put(room ?: error!!) }.use { op ->
            (results.poll(60, TimeUnit.SECONDS) as Room).use { assertTrue(it.id.isNotEmpty()) }
            op.waitBlocking()
            assertStatus(Status.INVALID_STATE) { op.take() }
        }
        assertEquals(0, results.size)
    }

    @Test
    fun `a handler is told a failure`() = Service().use { service ->
        service.configure()
        val results = ArrayBlockingQueue<Pair<Room?, VsdkException?>>(2)
        Vsdk.getRoomAsync("none") { room, error -> results.put(Pair(room, error)) }.close()
        val (room, error) = results.poll(60, TimeUnit.SECONDS)!!
        assertNull(room)
        assertEquals(Status.NOT_FOUND, error!!.status)
    }

    @Test
    fun `a closed operation goes on and its handler is told`() = Service().use { service ->
        service.fault("""{"route":"POST /v2/rooms","latencyMs":50}""")
        service.configure()
        val results = ArrayBlockingQueue<Room>(1)
        Vsdk.createRoomAsync { room, _ -> results.put(room!!) }.close()
        results.poll(60, TimeUnit.SECONDS)!!.close()
    }

    @Test
    fun `what shows at once is thrown at the start, and the handler is let go untold`() {
        var isTold = false
        assertStatus(Status.INVALID_ARGUMENT) {
            Vsdk.createRoomAsync(RoomOptions { token = "x" }, Vsdk.TIMEOUT_INFINITE) { _, _ -> isTold = true }
        }
        assertStatus(Status.INVALID_ARGUMENT) { runBlocking { Vsdk.createRoom(timeout = Duration.INFINITE) } }
        assertStatus(Status.INVALID_ARGUMENT) { Vsdk.getRoomAsync("a\u0000b") { _, _ -> isTold = true } }
        assertStatus(Status.INVALID_ARGUMENT) { Vsdk.fetchTokenAsync("a\u0000b") { _, _ -> isTold = true } }
        assertFalse(isTold)
    }

    @Test
    fun `a shutdown completes what is running`() = stalled {
        runBlocking {
            val running = List(5) {
                async(Dispatchers.Default, CoroutineStart.UNDISPATCHED) {
                    runCatching { Vsdk.createRoom() }.exceptionOrNull()
                }
            }
            Vsdk.shutdown()
            for (outcome in running.awaitAll()) {
                assertSame(Status.SHUTDOWN, (outcome as VsdkException).status)
            }
        }
    }

    @Test
    fun `a hundred requests run at once without a thread each`() = Service().use { service ->
        service.fault("""{"route":"POST /v2/rooms","latencyMs":100,"times":null}""")
        service.configure()
        val before = Thread.activeCount()
        runBlocking {
            val rooms = List(100) { async { Vsdk.createRoom(timeout = 60.seconds) } }
            delay(50)
            assertTrue(Thread.activeCount() <= before + 5, "$before threads became ${Thread.activeCount()}")
            assertEquals(100, rooms.awaitAll().onEach { it.close() }.size)
        }
    }
}
