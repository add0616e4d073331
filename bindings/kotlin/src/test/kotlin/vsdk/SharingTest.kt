// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeoutOrNull
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes

/** Values that everybody shares, files, and going from one meeting to another. */
class SharingTest : CleanTest() {
    @Test
    fun `values are set, read, observed and taken away`() = Service().use { service ->
        service.meet("ann", "bob") { (ann, bob) ->
            runBlocking {
                assertNull(bob.meeting.storeGet("topic"))
                ann.meeting.storeSet("topic", "before")
                assertEquals("before", bob.meeting.storeGet("topic"))
                bob.meeting.storeObserve("topic")
                for (value in listOf("grüße 🎙", "", null)) {
                    ann.meeting.storeSet("topic", value)
                    assertEquals(value, bob.meeting.storeGet("topic"))
                    val changed = bob.next(EventType.STORE_VALUE_CHANGED)
                    assertEquals(listOf("ann", "topic", if (value == null) 0 else 1), listOf(changed.participantId, changed.text, changed.code))
                    assertEquals(value.orEmpty(), changed.payload.decodeToString())
                }
                bob.meeting.storeStopObserving("topic")
                ann.meeting.storeSet("topic", "unseen")
                bob.meeting.storeObserve("other")
                ann.meeting.storeSet("other", "seen")
            }
            // In order, so the other one would have come before.
            assertEquals("other", bob.next(EventType.STORE_VALUE_CHANGED).text)
        }
    }

    @Test
    fun `values in blocking calls, as operations, and refused`() = Service().use { service ->
        service.meet("ann", "bob") { (ann, bob) ->
            bob.meeting.storeObserveBlocking("key")
            ann.meeting.storeSetBlocking("key", "value")
            assertEquals("value", bob.next(EventType.STORE_VALUE_CHANGED).payload.decodeToString())
            assertEquals("value", bob.meeting.storeGetBlocking("key"))
            bob.meeting.storeStopObservingBlocking("key")
            ann.meeting.storeSetBlocking("key", null)
            assertNull(bob.meeting.storeGetBlocking("key"))

            val told = LinkedBlockingQueue<Pair<String?, VsdkException?>>()
            val handler = CompletionHandler<String?> { value, error -> told.put(value to error) }
            for (value in listOf("é", null)) {
                ann.meeting.storeSetAsync("key", value).use { it.getBlocking() }
                bob.meeting.storeGetAsync("key").use { assertEquals(value, it.getBlocking()) }
                bob.meeting.storeGetAsync("key", handler = handler).use { it.waitBlocking() }
                assertEquals(value to null, told.poll(60, TimeUnit.SECONDS))
            }
            ann.meeting.storeSetBlocking("key", "once")
            bob.meeting.storeGetAsync("key").use {
                assertEquals("once", it.getBlocking())
                assertStatus(Status.INVALID_STATE) { it.take() }
                assertNull(it.outcome())
            }
            bob.meeting.storeObserveAsync("key").use { it.getBlocking() }
            ann.meeting.storeSetBlocking("key", "seen")
            bob.next(EventType.STORE_VALUE_CHANGED)
            bob.meeting.storeStopObservingAsync("key").use { it.getBlocking() }
            ann.meeting.storeSetBlocking("key", "unseen")
            assertFalse(bob.rest().any { it.type == EventType.STORE_VALUE_CHANGED })

            val long = failure { ann.meeting.storeSetBlocking("key", "x".repeat(1025)) }
            assertEquals(Status.INVALID_ARGUMENT to 3073, long.status to long.serviceCode)
            assertStatus(Status.INVALID_ARGUMENT) { ann.meeting.storeObserveBlocking("") }
            ann.meeting.leaveBlocking()
            assertStatus(Status.INVALID_STATE) { ann.meeting.storeGetBlocking("key") }
        }
    }

    @Test
    fun `a file is fetched byte for byte as it was uploaded`() = Service().use { service ->
        service.meet("ann") { (ann) ->
            // All bytes, so also zeros, and no text.
            val file = ByteArray(1_000_000) { (it % 251).toByte() }
            // It need not be joined.
            service.client(ann.room, "bob").use { bob ->
                runBlocking {
                    val url = ann.meeting.uploadFile("photo é.bin", file)
                    assertTrue(url.startsWith(service.url), url)
                    assertArrayEquals(file, bob.meeting.fetchFile(url))
                }
                val url = bob.meeting.uploadFileBlocking("zero", ByteArray(3))
                assertArrayEquals(ByteArray(3), ann.meeting.fetchFileBlocking(url))
                val other = ann.meeting.uploadFileAsync("text", "grüße".toByteArray()).use { it.getBlocking() }
                bob.meeting.fetchFileAsync(other).use { assertEquals("grüße", it.getBlocking().decodeToString()) }
            }
        }
    }

    @Test
    fun `what cannot be uploaded or fetched says why`() = Service().use { service ->
        service.meet("ann") { (ann) ->
            val empty = failure { runBlocking { ann.meeting.uploadFile("file", ByteArray(0)) } }
            assertEquals(Status.INVALID_ARGUMENT, empty.status)
            assertTrue(empty.message.contains("is empty"), empty.message)
            assertEquals("meeting_upload_file", empty.operation)
            val large = failure { ann.meeting.uploadFileBlocking("file", ByteArray(10 * 1024 * 1024 + 1)) }
            assertTrue(large.message.contains("10485761 bytes"), large.message)
            val missing = failure { ann.meeting.fetchFileBlocking("${service.url}/files/none") }
            assertEquals(Status.NOT_FOUND to 404, missing.status to missing.httpStatus)
            assertEquals("meeting_fetch_file", missing.operation)
            assertStatus(Status.INVALID_ARGUMENT) { runBlocking { ann.meeting.fetchFile("no url") } }
        }
    }

    @Test
    fun `what is cancelled has ended, and leaves nothing`() = Service().use { service ->
        service.meet("ann") { (ann) ->
            val url = ann.meeting.uploadFileBlocking("file", ByteArray(100))
            service.fault("""{"route":"GET /*","kind":"stall","times":null}""")
            runBlocking {
                assertNull(withTimeoutOrNull(50.milliseconds) { ann.meeting.fetchFile(url) })
                val fetching = launch(Dispatchers.Default, CoroutineStart.UNDISPATCHED) { ann.meeting.fetchFile(url, 1.minutes) }
                fetching.cancelAndJoin()
                assertTrue(fetching.isCancelled)
            }
            eventually("the callbacks' end") { Callbacks.count == 0 }
            ann.meeting.fetchFileAsync(url).use {
                it.cancel()
                assertStatus(Status.CANCELLED) { it.getBlocking() }
            }
        }
    }

    @Test
    fun `a participant goes to another meeting and back, and who stayed is told`() = Service().use { service ->
        service.meet("ann", "bob") { (ann, bob) ->
            val first = ann.room
            val second = Vsdk.createRoomBlocking().use { it.id }
            service.client(second, "cid").use { cid ->
                cid.meeting.joinBlocking()
                runBlocking { ann.meeting.switchTo(second) }
                val left = bob.next(EventType.PARTICIPANT_LEFT)
                assertEquals("ann" to 1005, left.participantId to left.code)
                assertEquals("ann", cid.next(EventType.PARTICIPANT_JOINED).participantId)
                assertEquals(second to listOf("Ann", "Cid"), ann.room to ann.names)
                assertEquals(listOf("Bob"), bob.names)

                val token = service.mint { roomId = first }
                runBlocking { ann.meeting.switchTo(first, token) }
                assertEquals("ann", bob.next(EventType.PARTICIPANT_JOINED).participantId)
                assertEquals("ann", cid.next(EventType.PARTICIPANT_LEFT).participantId)
                assertEquals(first to listOf("Ann", "Bob"), ann.room to ann.names)

                bob.meeting.switchToBlocking(second)
                assertEquals(second, bob.room)
                bob.meeting.switchToAsync(first, null).use { it.getBlocking() }
                assertEquals(first, bob.room)

                val missing = failure { runBlocking { bob.meeting.switchTo("no-such-room") } }
                assertEquals(Status.NOT_FOUND to 4003, missing.status to missing.serviceCode)
                assertEquals("meeting_switch_to", missing.operation)
                // A token for another room is not even sent.
                assertStatus(Status.TOKEN_ROOM_MISMATCH) { bob.meeting.switchToBlocking(second, token) }
                assertEquals(MeetingState.CONNECTED to first, bob.state to bob.room)
            }
        }
    }

    @Test
    fun `a participant is asked to go to another meeting, and decides`() = Service().use { service ->
        service.meet("ann", "bob") { (ann, bob) ->
            val second = Vsdk.createRoomBlocking().use { it.id }
            val token = service.mint()
            runBlocking { ann.meeting.requestSwitch("bob", second, token, """{"table": 7}""") }
            val asked = bob.next(EventType.SWITCH_REQUESTED)
            assertEquals("ann" to second, asked.participantId to asked.text)
            assertTrue(asked.json.contains(""""table":7"""), asked.json)
            assertFalse(asked.json.contains(token), asked.json)
            ann.meeting.requestSwitchBlocking("bob", second)
            ann.meeting.requestSwitchAsync("bob", second, payloadJson = "[8]").use { it.getBlocking() }
            assertEquals(second, bob.next(EventType.SWITCH_REQUESTED).text)
            assertTrue(bob.next(EventType.SWITCH_REQUESTED).json.contains("[8]"))
            assertEquals(4077, failure { ann.meeting.requestSwitchBlocking("nobody", second) }.serviceCode)
            assertStatus(Status.INVALID_ARGUMENT) { ann.meeting.requestSwitchBlocking("bob", second, null, "{") }
        }
    }
}
