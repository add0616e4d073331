// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** Messages by topic: to whom they go, and what comes with them. */
class MessagesTest : CleanTest() {
    private val text = "grüße 🎙 \"you\" \\ \u0001\n"

    @Test
    fun `messages go both ways, with all their characters and what goes with them`() = Service().use { service ->
        service.meet("ann", "bob") { (ann, bob) ->
            runBlocking {
                ann.meeting.subscribe("CHAT")
                bob.meeting.subscribe("CHAT")
                ann.meeting.publish("CHAT", text, payloadJson = """{"kind":"greeting","é":[1,null]}""")
                bob.meeting.publish("CHAT", "")
            }
            for (client in listOf(ann, bob)) {
                val first = client.next(EventType.MESSAGE)
                assertEquals(text, first.payload.decodeToString())
                assertEquals(listOf("ann", "Ann", "CHAT", 0), listOf(first.participantId, first.participantName, first.text, first.code))
                for (part in listOf(""""kind":"greeting"""", """"é":[1,null]""")) {
                    assertTrue(first.json.contains(part), first.json)
                }
                val second = client.next(EventType.MESSAGE)
                assertEquals("bob" to "", second.participantId to second.payload.decodeToString())
                assertFalse(second.json.contains("greeting"))
            }
        }
    }

    @Test
    fun `who comes later gets what was kept, before anything else, and knows that it is old`() = Service().use { service ->
        service.meet("ann") { (ann) ->
            val room = ann.room
            ann.meeting.publishBlocking("CHAT", "gone")
            ann.meeting.publishBlocking("CHAT", "first", persist = true)
            ann.meeting.publishBlocking("CHAT", "second", true, emptyList(), """{"n":2}""")
            service.client(room, "bob").use { bob ->
                bob.meeting.joinBlocking()
                bob.meeting.subscribeBlocking("CHAT")
                val kept = bob.rest().filter { it.type == EventType.MESSAGE }
                assertEquals(listOf("first", "second"), kept.map { it.payload.decodeToString() })
                assertEquals(listOf(1, 1), kept.map { it.code })
                assertTrue(kept[1].json.contains(""""n":2"""))
                ann.meeting.publishBlocking("CHAT", "third", persist = true)
                assertEquals(0, bob.next(EventType.MESSAGE).code)
            }
        }
    }

    @Test
    fun `a message to one of three comes to that one`() = Service().use { service ->
        service.meet("ann", "bob", "cid") { clients ->
            val (ann, bob, cid) = clients
            clients.forEach { it.meeting.subscribeBlocking("CHAT") }
            runBlocking {
                ann.meeting.publish("CHAT", "for bob", sendOnly = listOf("bob"))
                ann.meeting.publish("CHAT", "for bob and cid", sendOnly = setOf("bob", "cid"))
                ann.meeting.publish("CHAT", "for all")
            }
            fun read(client: Client): List<String> {
                val messages = mutableListOf<String>()
                while (messages.lastOrNull() != "for all") messages += client.message()
                return messages
            }
            assertEquals(listOf("for bob", "for bob and cid", "for all"), read(bob))
            assertEquals(listOf("for bob and cid", "for all"), read(cid))
            assertEquals(listOf("for all"), read(ann))
        }
    }

    @Test
    fun `a topic that is given up is quiet, and others go on`() = Service().use { service ->
        service.meet("ann", "bob") { (ann, bob) ->
            for (topic in listOf("CHAT", "OTHER")) bob.meeting.subscribeBlocking(topic)
            bob.meeting.unsubscribe("CHAT")
            bob.meeting.unsubscribe("NEVER")
            ann.meeting.publishBlocking("CHAT", "unheard")
            ann.meeting.publishBlocking("OTHER", "heard")
            assertEquals("heard", bob.message())
        }
    }

    @Test
    fun `messages flow in the order in which the service took them`() = Service().use { service ->
        service.meet("ann", "bob") { (ann, bob) ->
            runBlocking {
                bob.meeting.subscribe("CHAT")
                val heard = async {
                    bob.meeting.events.filter { it.type == EventType.MESSAGE }
                        .map { it.payload.decodeToString().toInt() }.take(100).toList()
                }
                List(100) { ann.meeting.publishAsync("CHAT", "$it") }.forEach { op -> op.use { it.await() } }
                assertEquals(List(100) { it }, heard.await())
                // From two at once, each in its order.
                val both = async {
                    bob.meeting.events.filter { it.type == EventType.MESSAGE }.take(100).toList()
                }
                listOf(ann, bob).map { client ->
                    async { repeat(50) { client.meeting.publish("CHAT", "$it") } }
                }.awaitAll()
                for (messages in both.await().groupBy { it.participantId }.values) {
                    assertEquals(List(50) { "$it" }, messages.map { it.payload.decodeToString() })
                }
            }
        }
    }

    @Test
    fun `what cannot be published is refused before anything is sent`() = Service().use { service ->
        service.meet("ann") { (ann) ->
            val meeting = ann.meeting
            for (call in listOf(
                { meeting.publishBlocking("", "hello") },
                { meeting.publishBlocking("a\u0000b", "hello") },
                { meeting.publishBlocking("CHAT", "hel\u0000lo") },
                { meeting.publishBlocking("CHAT", "hello", payloadJson = "[]") },
                { meeting.publishBlocking("CHAT", "hello", sendOnly = listOf("")) },
                { meeting.subscribeBlocking("x".repeat(1025)) },
                { meeting.unsubscribe("\u0000") },
                { runBlocking { meeting.publish("CHAT", "hello", payloadJson = "{") } },
                { meeting.publishAsync("", "hello").close() },
            )) {
                assertStatus(Status.INVALID_ARGUMENT) { call() }
            }
        }
        service.client("lesson", "bob").use { bob ->
            assertStatus(Status.INVALID_STATE) { bob.meeting.subscribeBlocking("CHAT") }
            assertStatus(Status.INVALID_STATE) { runBlocking { bob.meeting.publish("CHAT", "hello") } }
            assertStatus(Status.INVALID_STATE) { bob.meeting.refreshConnection() }
        }
    }
}
