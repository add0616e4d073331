// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** Recording and the like, and what agents tell of themselves. */
class ServicesTest : CleanTest() {
    private val streamKey = "hunter22-stream-key"

    private fun options(kind: ServiceKind) = ServiceOptions {
        if (kind == ServiceKind.LIVESTREAM) addOutput("rtmp://a.b/live", streamKey)
    }

    private fun Client.serviceState(kind: ServiceKind) =
        meeting.snapshot().use { it.serviceState(kind) }

    @Test
    fun `every service starts and stops once, and everybody is told`() = Service().use { service ->
        service.meet("ann", "bob") { (ann, bob) ->
            for ((kind, type, refused) in listOf(
                Triple(ServiceKind.RECORDING, EventType.RECORDING_STATE_CHANGED, 4011 to 4012),
                Triple(ServiceKind.LIVESTREAM, EventType.LIVESTREAM_STATE_CHANGED, 4013 to 4014),
                Triple(ServiceKind.HLS, EventType.HLS_STATE_CHANGED, 4016 to 4017),
                Triple(ServiceKind.TRANSCRIPTION, EventType.TRANSCRIPTION_STATE_CHANGED, 4031 to 4032),
                Triple(ServiceKind.TRANSLATION, EventType.TRANSLATION_STATE_CHANGED, 4042 to 4043),
                Triple(ServiceKind.WHITEBOARD, EventType.WHITEBOARD_STATE_CHANGED, 4054 to 4055),
            )) {
                fun Client.isTold(state: ServiceState) =
                    next("$kind $state") { it.type == type && ServiceState.of(it.code) == state }
                assertNull(bob.serviceState(kind))
                runBlocking { ann.meeting.startService(kind, options(kind)) }
                for (client in listOf(ann, bob)) {
                    assertTrue(client.isTold(ServiceState.STARTED).text!!.endsWith("_STARTED"))
                }
                if (kind == ServiceKind.HLS) bob.isTold(ServiceState.PLAYABLE)
                val runs = if (kind == ServiceKind.HLS) ServiceState.PLAYABLE else ServiceState.STARTED
                assertEquals(runs, bob.serviceState(kind))
                val twice = failure { ann.meeting.startServiceBlocking(kind, options(kind)) }
                assertEquals(Status.REFUSED to refused.first, twice.status to twice.serviceCode)
                assertTrue(twice.serviceText!!.contains("runs already"), twice.serviceText)
                assertEquals("meeting_start_service", twice.operation)

                runBlocking { bob.meeting.stopService(kind) }
                for (client in listOf(ann, bob)) client.isTold(ServiceState.STOPPED)
                assertEquals(ServiceState.STOPPED, ann.serviceState(kind))
                val idle = failure { bob.meeting.stopServiceBlocking(kind) }
                assertTrue(idle is VsdkMeetingException)
                assertEquals(Status.REFUSED to refused.second, idle.status to idle.serviceCode)
                assertTrue(idle.serviceText!!.contains("does not run"), idle.serviceText)
                assertEquals("meeting_stop_service", idle.operation)
            }
        }
    }

    @Test
    fun `a recording takes every option that it knows`() = Service().use { service ->
        service.meet("ann") { (ann) ->
            val options = ServiceOptions {
                layout = Layout.SIDEBAR
                layoutPriority = LayoutPriority.PIN
                gridSize = 4
                theme = Theme.DARK
                content = ServiceContent.AUDIO
                quality = ServiceQuality.MEDIUM
                orientation = Orientation.PORTRAIT
                webhookUrl = "https://a.b/hook"
                json = """{"awsDirPath": "recordings"}"""
            }
            assertEquals(listOf(Layout.SIDEBAR, 4, "https://a.b/hook"), listOf(options.layout, options.gridSize, options.webhookUrl))
            ann.meeting.startServiceAsync(ServiceKind.RECORDING, options).use { it.getBlocking() }
            assertEquals(ServiceState.STARTED.number, ann.next("a start") {
                it.type == EventType.RECORDING_STATE_CHANGED && it.text == "RECORDING_STARTED"
            }.code)
            ann.meeting.stopServiceAsync(ServiceKind.RECORDING).use { it.getBlocking() }
            // Another time, and without any.
            runBlocking { ann.meeting.startService(ServiceKind.RECORDING, options) }
            ann.meeting.stopServiceBlocking(ServiceKind.RECORDING)
            ann.meeting.startServiceBlocking(ServiceKind.RECORDING)
        }
    }

    @Test
    fun `each option is handed over as itself`() = Service().use { service ->
        service.meet("ann") { (ann) ->
            // A whiteboard knows none, and says which one it was given.
            for ((name, build) in listOf<Pair<String, ServiceOptions.() -> Unit>>(
                "layout" to { layout = Layout.GRID },
                "layout_priority" to { layoutPriority = LayoutPriority.SPEAKER },
                "grid_size" to { gridSize = 1 },
                "theme" to { theme = Theme.LIGHT },
                "content" to { content = ServiceContent.VIDEO_AND_AUDIO },
                "quality" to { quality = ServiceQuality.ULTRA },
                "orientation" to { orientation = Orientation.LANDSCAPE },
                "outputs" to { addOutput("rtmp://a.b/live", streamKey) },
                "webhook_url" to { webhookUrl = "https://a.b/hook" },
                "language" to { language = "en" },
            )) {
                val refused = failure { ann.meeting.startServiceBlocking(ServiceKind.WHITEBOARD, ServiceOptions(build)) }
                assertEquals("`$name` is no option of the service `whiteboard`", refused.message)
                assertEquals(Status.INVALID_ARGUMENT, refused.status)
            }
            for (wrong in listOf<ServiceOptions.() -> Unit>(
                { layout = Layout.of(99) },
                { gridSize = 0 },
                { json = "[]" },
                { addOutput("", streamKey) },
            )) {
                assertStatus(Status.INVALID_ARGUMENT) {
                    ann.meeting.startServiceBlocking(ServiceKind.RECORDING, ServiceOptions(wrong))
                }
            }
            assertStatus(Status.INVALID_ARGUMENT) { ann.meeting.stopServiceBlocking(ServiceKind.of(99)) }
            assertNull(ann.serviceState(ServiceKind.of(99)))
            // What the JSON has goes to the service as it is.
            val outputs = ServiceOptions { json = """{"outputs": [{"url": ""}]}""" }
            val refused = failure { ann.meeting.startServiceBlocking(ServiceKind.LIVESTREAM, outputs) }
            assertEquals(Status.REFUSED to 4015, refused.status to refused.serviceCode)
        }
    }

    @Test
    fun `a stream key is in no error, no event and no text of an object`() = Service().use { service ->
        val records = StringBuffer()
        Vsdk.setLogHandler(LogLevel.TRACE) { _, target, message -> records.append(target).append(message) }
        service.meet("ann") { (ann) ->
            val options = options(ServiceKind.LIVESTREAM)
            service.fault("""{"method":"startLivestream","kind":"refuse","code":4015,"reason":"not $streamKey"}""")
            val refused = failure { ann.meeting.startServiceBlocking(ServiceKind.LIVESTREAM, options) }
            assertEquals(4015, refused.serviceCode)
            ann.meeting.startServiceBlocking(ServiceKind.LIVESTREAM, options)
            val events = ann.rest().map { it.json }
            assertTrue(events.any { it.contains("LIVESTREAM_STARTED") })
            for (text in listOf("$options", "$refused", refused.serviceText!!, "$events", "$records")) {
                assertFalse(text.contains("hunter22"), text)
            }
            assertTrue(records.isNotEmpty())
        }
    }

    @Test
    fun `the language of a translation changes while it runs`() = Service().use { service ->
        service.meet("ann", "bob") { (ann, bob) ->
            val idle = failure { ann.meeting.changeTranslationLanguageBlocking("de") }
            assertEquals(Status.REFUSED to 4044, idle.status to idle.serviceCode)
            runBlocking {
                ann.meeting.startService(ServiceKind.TRANSLATION)
                ann.meeting.changeTranslationLanguage("de")
            }
            ann.meeting.changeTranslationLanguageAsync("fr").use { it.getBlocking() }
            for (language in listOf("de", "fr")) {
                val changed = bob.next(EventType.TRANSLATION_LANGUAGE_CHANGED)
                assertEquals("ann" to language, changed.participantId to changed.text)
            }
        }
    }

    @Test
    fun `an agent tells its state, what was said, and its figures`() = Service().use { service ->
        service.meet("ann") { (ann) ->
            service.client(ann.room, "agent") { peerType = PeerType.AGENT }.use { agent ->
                agent.meeting.joinBlocking()
                runBlocking {
                    agent.meeting.sendAgentState(AgentState.THINKING)
                    agent.meeting.sendAgentTranscript("ann", "hello é😀", isFinal = true)
                    agent.meeting.sendAgentMetrics("""{"latencyMs": 250}""")
                }
                val state = ann.next(EventType.AGENT_STATE_CHANGED)
                assertEquals("agent" to "thinking", state.participantId to state.text)
                val seen = ann.meeting.snapshot().use { it.participants.last() }
                assertEquals(PeerType.AGENT to "thinking", seen.peerType to seen.agentState)
                val said = ann.next(EventType.AGENT_TRANSCRIPT)
                assertEquals("ann" to "hello é😀", said.participantId to said.text)
                assertTrue(said.json.contains(""""type":"final""""), said.json)
                val metrics = ann.next(EventType.AGENT_METRICS)
                assertEquals("agent", metrics.participantId)
                assertTrue(metrics.json.contains(""""latencyMs":250"""), metrics.json)

                agent.meeting.sendAgentStateBlocking(AgentState.SPEAKING)
                agent.meeting.sendAgentTranscriptBlocking("agent", "hi", false)
                agent.meeting.sendAgentMetricsBlocking("{}")
                assertEquals("speaking", ann.next(EventType.AGENT_STATE_CHANGED).text)
                assertFalse(ann.next(EventType.AGENT_TRANSCRIPT).json.contains("final"))
                ann.next(EventType.AGENT_METRICS)
                agent.meeting.sendAgentStateAsync(AgentState.IDLE).use { it.getBlocking() }
                agent.meeting.sendAgentTranscriptAsync("agent", "bye", true).use { it.getBlocking() }
                agent.meeting.sendAgentMetricsAsync("""{"n":1}""").use { it.getBlocking() }
                assertEquals("idle", ann.next(EventType.AGENT_STATE_CHANGED).text)
                assertEquals("bye", ann.next(EventType.AGENT_TRANSCRIPT).text)
                ann.next(EventType.AGENT_METRICS)
                assertStatus(Status.INVALID_ARGUMENT) { agent.meeting.sendAgentMetricsBlocking("[]") }
                assertStatus(Status.INVALID_ARGUMENT) { agent.meeting.sendAgentStateBlocking(AgentState.of(99)) }
            }
            val noAgent = failure { runBlocking { ann.meeting.sendAgentState(AgentState.IDLE) } }
            assertEquals(Status.INVALID_STATE to 3068, noAgent.status to noAgent.serviceCode)
            assertEquals("meeting_send_agent_state", noAgent.operation)
            assertEquals(3068, failure { ann.meeting.sendAgentTranscriptBlocking("ann", "hi", true) }.serviceCode)
            assertEquals(3068, failure { ann.meeting.sendAgentMetricsBlocking("{}") }.serviceCode)
        }
    }
}
