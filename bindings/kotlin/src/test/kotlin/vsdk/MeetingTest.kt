// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeoutOrNull
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import kotlin.time.Clock
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes

/** Coming, going, entry, ends: who is in the room, and how that ends. */
class MeetingTest : CleanTest() {
    private fun Service.asking() = mint { addPermission("ask_join") }

    private fun room(service: Service): String {
        service.configure()
        return Vsdk.createRoomBlocking().use { it.id }
    }

    @Test
    fun `two see each other come and go, with name and metadata`() = Service().use { service ->
        val room = room(service)
        val ann = service.client(room, "ann") {
            name = "Ann é😀"
            metadataJson = """{"team":"blue"}"""
            mode = Mode.RECV_ONLY
        }
        val bob = service.client(room, "bob")
        ann.use { bob.use {
            val before = ann.meeting.snapshot().use { it.participants.single() }
            assertTrue(before.isLocal)
            assertNull(before.joinedAt)
            runBlocking {
                ann.meeting.join()
                bob.meeting.join()
            }
            assertEquals("bob", ann.next(EventType.PARTICIPANT_JOINED).participantId)
            bob.meeting.snapshot().use { snapshot ->
                val (local, other) = snapshot.participants
                assertEquals(listOf("bob", "ann"), listOf(local.id, other.id))
                assertTrue(local.isLocal && !other.isLocal)
                assertEquals("Ann é😀", other.name)
                assertEquals("""{"team":"blue"}""", other.metadataJson)
                assertEquals(listOf(Mode.SEND_AND_RECV, Mode.RECV_ONLY), listOf(local.mode, other.mode))
                assertNull(local.metadataJson)
                assertEquals(PeerType.NORMAL, other.peerType)
                assertNull(other.agentState)
                assertTrue(Clock.System.now() - other.joinedAt!! in 0.minutes..1.minutes)
                assertTrue(other.json.contains(""""id":"ann""""), other.json)
                assertEquals("Ann é😀 (ann)", "$other")
                for (isOn in listOf(
                    other.isMicOn, other.isWebcamOn, other.isScreenShareOn, other.isScreenShareAudioOn,
                    other.isCameraPinned, other.isScreenSharePinned,
                )) assertFalse(isOn)
                assertTrue(snapshot.sessionId!!.isNotEmpty())
                assertNull(snapshot.activeSpeakerId)
                val after = bob.rest().last()
                assertEquals(after.sequence, snapshot.eventSequence)
                assertEquals("ann" to "Ann é😀", after.participantId to after.participantName)
            }

            runBlocking { bob.meeting.leave() }
            val left = ann.next(EventType.PARTICIPANT_LEFT)
            assertEquals(listOf("bob", "Bob", 1101), listOf(left.participantId, left.participantName, left.code))
            assertEquals(listOf("Ann é😀"), ann.names)
            assertEquals(1101, bob.next(EventType.MEETING_LEFT).code)
            assertEquals(MeetingState.LEFT, bob.untilTheEnd().last().state)
        } }
    }

    @Test
    fun `who asks is let in, and who is denied is told so`() = Service().use { service ->
        service.meet("ann") { (ann) ->
            service.client(ann.room, "bob", service.asking()).use { bob ->
                runBlocking {
                    val joining = async { bob.meeting.join(1.minutes) }
                    val request = ann.meeting.events.first { it.type == EventType.ENTRY_REQUESTED }
                    assertEquals("bob" to "Bob", request.participantId to request.text)
                    assertEquals(MeetingState.WAITING_ENTRY, bob.state)
                    ann.meeting.moderate("bob", Moderation.ALLOW_ENTRY)
                    joining.await()
                    assertEquals(listOf("Bob", "Ann"), bob.names)
                }
            }
            service.client(ann.room, "cid", service.asking()).use { cid ->
                runBlocking {
                    val joining = async { runCatching { cid.meeting.join(1.minutes) } }
                    ann.meeting.events.filter { it.participantId == "cid" }.first { it.type == EventType.ENTRY_REQUESTED }
                    ann.meeting.moderate("cid", Moderation.DENY_ENTRY)
                    val denied = joining.await().exceptionOrNull()
                    assertTrue(denied is VsdkMeetingException, "$denied")
                    assertEquals(Status.ENTRY_DENIED, (denied as VsdkException).status)
                    assertEquals("meeting_join", denied.operation)
                }
                assertEquals(Status.ENTRY_DENIED, cid.state(MeetingState.FAILED).status)
            }
        }
    }

    @Test
    fun `a cancelled coroutine gives the join up, and the meeting joins later`() = Service().use { service ->
        val room = room(service)
        service.client(room, "bob", service.asking()).use { bob ->
            runBlocking {
                val joining = launch(Dispatchers.Default, CoroutineStart.UNDISPATCHED) { bob.meeting.join(1.minutes) }
                bob.state(MeetingState.WAITING_ENTRY)
                joining.cancelAndJoin()
                assertTrue(joining.isCancelled)
                assertEquals(MeetingState.INITIALISED, bob.state)
                // So does a coroutine's own time limit.
                assertNull(withTimeoutOrNull(50.milliseconds) { bob.meeting.join(1.minutes) })
                assertEquals(MeetingState.INITIALISED, bob.state)
            }
            // And an operation.
            bob.meeting.joinAsync(60_000).use { joining ->
                bob.state(MeetingState.WAITING_ENTRY)
                joining.cancel()
                assertStatus(Status.CANCELLED) { joining.getBlocking() }
            }
            bob.meeting.setToken(service.mint())
            runBlocking { bob.meeting.join() }
            assertEquals(MeetingState.CONNECTED, bob.state)
        }
    }

    @Test
    fun `whoever is removed has left, and knows why`() = Service().use { service ->
        service.meet("ann", "bob") { (ann, bob) ->
            runBlocking { ann.meeting.moderate("bob", Moderation.REMOVE) }
            val left = bob.next(EventType.MEETING_LEFT)
            assertEquals(1002 to "REMOVE_PEER", left.code to left.text)
            assertEquals(Status.REMOVED, bob.state(MeetingState.LEFT).status)
            assertEquals("bob", ann.next(EventType.PARTICIPANT_LEFT).participantId)
            assertStatus(Status.INVALID_STATE) { bob.meeting.publishBlocking("CHAT", "too late") }
        }
    }

    @Test
    fun `a meeting is ended for everybody`() = Service().use { service ->
        service.meet("ann", "bob") { clients ->
            runBlocking { clients[0].meeting.end() }
            for (client in clients) {
                assertEquals("ROOM_CLOSE", client.next(EventType.MEETING_LEFT).text)
                assertEquals(Status.MEETING_ENDED, client.state(MeetingState.LEFT).status)
                assertTrue(client.meeting.nextEventBlocking().isClosed)
            }
        }
    }

    @Test
    fun `a changed mode is told to everybody`() = Service().use { service ->
        service.meet("ann", "bob") { (ann, bob) ->
            runBlocking { ann.meeting.changeMode(Mode.SIGNALLING_ONLY) }
            for (client in listOf(ann, bob)) {
                val changed = client.next(EventType.PARTICIPANT_MODE_CHANGED)
                assertEquals("ann" to Mode.SIGNALLING_ONLY, changed.participantId to Mode.of(changed.code))
                val modes = client.meeting.snapshot().use { it.participants.associate { one -> one.id to one.mode } }
                assertEquals(mapOf("ann" to Mode.SIGNALLING_ONLY, "bob" to Mode.SEND_AND_RECV), modes)
            }
        }
    }

    @Test
    fun `everything that is done to a participant comes to it`() = Service().use { service ->
        service.meet("ann", "bob") { (ann, bob) ->
            runBlocking {
                ann.meeting.moderate("bob", Moderation.REQUEST_MIC)
                ann.meeting.moderate("bob", Moderation.REQUEST_WEBCAM)
                ann.meeting.moderate("bob", Moderation.PIN_CAMERA)
            }
            assertEquals("ann", bob.next(EventType.MIC_REQUESTED).participantId)
            assertEquals("ann", bob.next(EventType.WEBCAM_REQUESTED).participantId)
            assertEquals("bob", bob.next(EventType.PIN_STATE_CHANGED).participantId)
            val pinned = bob.meeting.snapshot().use { it.participants.first() }
            assertTrue(pinned.isCameraPinned && !pinned.isScreenSharePinned)
            assertStatus(Status.INVALID_ARGUMENT) { ann.meeting.moderateBlocking("bob", Moderation.of(99)) }
        }
    }

    @Test
    fun `a refusal has the service's number and words`() = Service().use { service ->
        val room = room(service)
        service.client(room, "ann").use { ann ->
            service.fault("""{"method":"join","kind":"refuse","code":4009,"reason":"The room is full"}""")
            val full = failure { runBlocking { ann.meeting.join() } }
            assertEquals(4009 to "The room is full", full.serviceCode to full.serviceText)
            assertEquals(MeetingState.FAILED, ann.state)
            ann.meeting.joinBlocking()

            service.fault("""{"method":"removePeer","kind":"refuse","code":4711,"reason":"Not you"}""")
            val refused = failure { ann.meeting.moderateBlocking("bob", Moderation.REMOVE) }
            assertEquals(Status.REFUSED, refused.status)
            assertTrue(refused is VsdkMeetingException)
            assertEquals(4711 to "Not you", refused.serviceCode to refused.serviceText)
            assertEquals("meeting_moderate", refused.operation)
        }
    }

    @Test
    fun `a lost connection comes back, by itself and when it is asked for`() = Service().use { service ->
        service.meet("ann", "bob") { (ann, bob) ->
            bob.meeting.subscribeBlocking("CHAT")
            bob.meeting.refreshConnection()
            bob.state(MeetingState.RECONNECTING)
            // Waits for the new one.
            runBlocking { bob.meeting.publish("CHAT", "over there") }
            bob.state(MeetingState.CONNECTED)
            assertEquals("over there", bob.message())
            service.cutSockets()
            assertEquals(Status.CONNECTION_LOST, ann.next(EventType.RECONNECTING).status)
            for (client in listOf(ann, bob)) {
                client.state(MeetingState.RECONNECTING)
                client.state(MeetingState.CONNECTED)
            }
            // Its own comes behind its subscription.
            bob.meeting.publishBlocking("CHAT", "back again")
            assertEquals("back again", bob.message())
            ann.meeting.publishBlocking("CHAT", "still here")
            assertEquals("still here", bob.message())
        }
    }

    @Test
    fun `closing a joined meeting leaves the room`() = Service().use { service ->
        service.meet("ann", "bob") { (ann, bob) ->
            bob.close()
            assertEquals(1101, ann.next(EventType.PARTICIPANT_LEFT).code)
        }
    }

    @Test
    fun `leaving begins even in a coroutine that is cancelled`() = Service().use { service ->
        service.meet("ann", "bob") { (ann, bob) ->
            runBlocking {
                val inRoom = launch(start = CoroutineStart.UNDISPATCHED) {
                    try {
                        bob.meeting.events.collect { }
                    } finally {
                        bob.meeting.leave()
                    }
                }
                inRoom.cancelAndJoin()
            }
            assertEquals(1101, ann.next(EventType.PARTICIPANT_LEFT).code)
        }
    }

    @Test
    fun `operations tell their handlers how it ended, and can be asked again and again`() = Service().use { service ->
        val room = room(service)
        val told = LinkedBlockingQueue<Pair<Unit?, VsdkException?>>()
        fun next() = told.poll(60, TimeUnit.SECONDS) ?: error("nothing was told")
        val handler = CompletionHandler<Unit> { result, error -> told.put(result to error) }
        fun done(op: Op<Unit>) = op.use {
            assertEquals(Pair<Unit?, VsdkException?>(Unit, null), next())
            repeat(2) { op.getBlocking() }
            assertNull(op.outcome())
        }
        service.client(room, "ann").use { ann ->
            ann.meeting.endAsync(handler = handler).close()
            val (nothing, early) = next()
            assertNull(nothing)
            assertEquals(Status.INVALID_STATE, early!!.status)
            val meeting = ann.meeting
            done(meeting.joinAsync(handler = handler))
            done(meeting.subscribeAsync("CHAT", handler = handler))
            done(meeting.publishAsync("CHAT", "hello", handler = handler))
            done(meeting.changeModeAsync(Mode.RECV_ONLY, handler = handler))
            done(meeting.moderateAsync("ann", Moderation.PIN_CAMERA, handler = handler))
            done(meeting.endAsync(handler = handler))
            done(meeting.leaveAsync(handler = handler))
            assertEquals(MeetingState.LEFT, ann.state)
        }
    }

    @Test
    fun `blocking calls do the same`() = Service().use { service ->
        service.meet("ann", "bob") { (ann, bob) ->
            ann.meeting.changeModeBlocking(Mode.RECV_ONLY)
            assertEquals(Mode.RECV_ONLY.number, bob.next(EventType.PARTICIPANT_MODE_CHANGED).code)
            ann.meeting.moderateBlocking("bob", Moderation.REQUEST_MIC)
            assertNotNull(bob.next(EventType.MIC_REQUESTED))
            ann.meeting.endBlocking()
            bob.state(MeetingState.LEFT)
        }
    }

    @Test
    fun `fifty wait to be let in without a thread each`() = Service().use { service ->
        service.meet("ann") { (ann) ->
            val asking = service.asking()
            val guests = List(50) { service.client(ann.room, "guest$it", asking) }
            val before = Thread.activeCount()
            runBlocking {
                val joining = guests.map {
                    async(start = CoroutineStart.UNDISPATCHED) { it.meeting.join(1.minutes) }
                }
                repeat(50) { ann.next(EventType.ENTRY_REQUESTED) }
                assertTrue(Thread.activeCount() <= before + 5, "$before threads became ${Thread.activeCount()}")
                guests.indices.map { async { ann.meeting.moderate("guest$it", Moderation.ALLOW_ENTRY) } }
                joining.forEach { it.await() }
                guests.map { async { it.meeting.leave() } }
            }
            repeat(50) { ann.next(EventType.PARTICIPANT_LEFT) }
            guests.forEach { it.close() }
        }
    }
}
