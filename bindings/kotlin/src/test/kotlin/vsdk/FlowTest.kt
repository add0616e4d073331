// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import kotlin.time.Clock
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** Everything once, as a program would use it, against the local service. */
class FlowTest : CleanTest() {
    @Test
    fun `tokens are fetched, suspended and blocking and as an operation`() = Service().use { service ->
        val options = TokenFetchOptions {
            roomId = "abcd-efgh-ijkl"
            participantId = "ann"
            setHeader("Authorization", "login")
        }
        val tokens = runBlocking {
            listOf(
                Vsdk.fetchToken(service.tokenUrl, options),
                Vsdk.fetchTokenBlocking(service.tokenUrl, options),
                Vsdk.fetchTokenAsync(service.tokenUrl, options).use { it.getBlocking() },
            )
        }
        for (token in tokens) token.use {
            assertTrue(it.expiresAt!! > Clock.System.now() + 60.minutes)
            Vsdk.inspectToken(it.text, TokenPurpose.JOIN, "abcd-efgh-ijkl", "ann").use { report ->
                assertTrue(report.isUsable)
                assertEquals("abcd-efgh-ijkl", report.roomId)
                assertEquals("ann", report.participantId)
            }
        }
    }

    @Test
    fun `tokens are minted with every option, and examined`() = Service().use { service ->
        val text = service.mint {
            addPermission("allow_join")
            addRole("rtc")
            roomId = "lesson"
            participantId = "ann"
            lifetimeS = 120
            claimsJson = """{"note":"mine"}"""
        }
        Vsdk.inspectToken(text, TokenPurpose.REST, "lesson").use { report ->
            assertFalse(report.isUsable)
            assertEquals(service.apiKey, report.apiKey)
            assertTrue(report.claimsJson!!.contains(""""note":"mine""""))
            assertTrue(report.headerJson!!.contains("HS256"))
            assertTrue(report.json.contains("findings"))
            assertTrue(report.secondsLeft!! in 60..120)
            assertEquals(120.seconds, report.expiresAt!! - report.issuedAt!!)
            val finding = report.findings.single { it.code == TokenFinding.ROLE_CANNOT_USE_REST }
            assertEquals("ROLE_CANNOT_USE_REST", finding.name)
            assertEquals(Severity.ERROR, finding.severity)
            assertNull(finding.serviceCode)
            assertTrue(finding.explanation.isNotEmpty() && finding.remedy.isNotEmpty())
            assertEquals("ERROR ROLE_CANNOT_USE_REST: ${finding.explanation}", finding.toString())
        }
        Vsdk.inspectToken(text, TokenPurpose.JOIN, "another", "ann").use {
            assertEquals(listOf<Int?>(4022), it.findings.filter { finding -> finding.code == TokenFinding.ROOM_MISMATCH }.map { finding -> finding.serviceCode })
        }
        Vsdk.inspectToken("Bearer nothing").use {
            assertFalse(it.isUsable)
            assertNull(it.expiresAt)
            assertNull(it.secondsLeft)
            assertNull(it.apiKey)
        }
    }

    @Test
    fun `rooms are created, looked up, listed and deactivated in all three ways`() =
        Service().use { service ->
            service.configure()
            runBlocking {
                val options = RoomOptions {
                    customRoomId = "lesson ä 🎙"
                    geoFence = "eu001"
                    region = "eu001"
                    webhookUrl = "https://example.com/hook"
                    autoStartJson = """{"recording":{"config":{}}}"""
                    addWebhookEvent("participant-joined")
                    setAutoClose("session-ends", 60)
                    setMultiComposition(recording = true, hls = false, rtmp = true)
                    addAllowedParticipantId("ann")
                }
                val rooms = listOf(
                    Vsdk.createRoom(options),
                    Vsdk.createRoomBlocking(options),
                    Vsdk.createRoomAsync(options).use { it.getBlocking() },
                )
                val room = rooms.first()
                val id = room.id
                assertEquals(setOf(id), rooms.map { it.id }.toSet())
                assertEquals("lesson ä 🎙", room.customId)
                assertEquals("eu001", room.geoFence)
                assertEquals("https://example.com/hook", room.webhookUrl)
                assertEquals("session-ends", room.autoCloseType)
                assertEquals(60, room.autoCloseDuration)
                assertTrue(room.autoStartJson!!.contains("recording"))
                assertTrue(room.createdAt!!.startsWith("20"))
                assertFalse(room.isDisabled)
                assertTrue(room.json.contains(id))
                assertNotNull(room.databaseId)
                for (link in listOf(room.roomLink, room.sessionLink)) assertTrue(link!!.startsWith("http"))
                // What devserver does not say is absent, not empty.
                for (text in listOf(room.userId, room.apiKey, room.updatedAt)) {
                    assertTrue(text == null || text.isNotEmpty())
                }
                rooms.forEach { it.close() }

                val found = listOf(
                    Vsdk.validateRoom("lesson ä 🎙"),
                    Vsdk.validateRoomBlocking(id),
                    Vsdk.validateRoomAsync(id).use { it.getBlocking() },
                    Vsdk.getRoom(id),
                    Vsdk.getRoomBlocking("lesson ä 🎙"),
                    Vsdk.getRoomAsync(id).use { it.getBlocking() },
                )
                assertEquals(List(found.size) { id }, found.map { it.id })
                found.forEach { it.close() }

                repeat(4) { Vsdk.createRoomBlocking().close() }
                val page = RoomListOptions { page = 2; perPage = 2 }
                val lists = listOf(
                    Vsdk.listRooms(page),
                    Vsdk.listRoomsBlocking(page),
                    Vsdk.listRoomsAsync(page).use { it.getBlocking() },
                )
                for (list in lists) list.use {
                    assertEquals(listOf<Long>(2, 2, 3, 5), listOf(it.page, it.perPage, it.lastPage, it.total))
                    assertEquals(2, it.size)
                    assertEquals(2, it.map { room -> room.use(Room::id) }.toSet().size)
                    it[1].use { room -> assertTrue(room.id.isNotEmpty()) }
                    assertStatus(Status.INVALID_ARGUMENT) { it[2] }
                }
                Vsdk.listRooms(RoomListOptions { query = "lesson ä 🎙" }).use { list ->
                    assertEquals(listOf(id), list.map { room -> room.use(Room::id) })
                }

                val others = listOf(Vsdk.createRoom(), Vsdk.createRoom())
                val closed = listOf(
                    Vsdk.deactivateRoom(id),
                    Vsdk.deactivateRoomBlocking(others[0].id),
                    Vsdk.deactivateRoomAsync(others[1].id).use { it.getBlocking() },
                )
                assertTrue(closed.all { it.isDisabled })
                (others + closed).forEach { it.close() }
            }
        }

    @Test
    fun `a meeting takes every option`() = Service().use { service ->
        service.configure()
        val options = MeetingOptions {
            json = """{"meetingId": "first", "name": "Bob", "micEnabled": true}"""
            meetingId = "lesson"
            token = service.mint { roomId = "lesson" }
            participantId = "ann"
            name = "Ann"
            micEnabled = false
            webcamEnabled = true
            metadataJson = """{"seat":7}"""
            mode = Mode.RECV_ONLY
            preferredProtocol = PreferredProtocol.TCP_ONLY
            maxResolution = MaxResolution.SD
            audioCodec = AudioCodec.G722
            peerType = PeerType.AGENT
            multiStream = false
            autoConsume = false
            codecSwitchEnabled = false
            batchingEnabled = false
            debugMode = false
            chatEnabled = false
            translationLanguage = "en"
            speakingLanguage = "de"
            deviceInfoJson = """{"board":"pi"}"""
            apiBaseUrl = service.url
            signalingBaseUrl = "127.0.0.1:9"
        }
        Vsdk.initMeeting(options).use { meeting ->
            meeting.snapshot().use {
                assertEquals(MeetingState.INITIALISED, it.state)
                assertEquals(listOf("lesson", "ann", "Ann"), listOf(it.meetingId, it.participantId, it.name))
                assertFalse(it.micEnabled)
                assertTrue(it.webcamEnabled)
                assertEquals(Mode.RECV_ONLY, it.mode)
                assertEquals("""{"seat":7}""", it.metadataJson)
                assertTrue(it.tokenExpiresAt!! > Clock.System.now())
                val json = it.json
                for (part in listOf(
                    "tcp", "\"sd\"", "g722", "agent", "\"en\"", "\"de\"", "board", "127.0.0.1:9",
                    "\"multiStream\":false", "\"autoConsume\":false", "\"codecSwitchEnabled\":false",
                    "\"enableBatching\":false", "\"debugMode\":false", "\"chatEnabled\":false",
                )) {
                    assertTrue(json.contains(part, ignoreCase = true), "$part in $json")
                }
            }
            meeting.setToken(service.mint { roomId = "lesson" })
            assertStatus(Status.TOKEN_MALFORMED) { meeting.setToken("nothing") }
            assertTrue(meeting.eventDescriptor() > 2)
        }
    }

    @Test
    fun `a meeting joins its room and leaves it`() = Service().use { service ->
        service.configure()
        Vsdk.createRoomBlocking().use { room ->
            Vsdk.initMeeting(MeetingOptions { meetingId = room.id }).use { meeting ->
                meeting.joinBlocking()
                meeting.snapshot().use { assertEquals(MeetingState.CONNECTED, it.state) }
                meeting.leaveBlocking()
                meeting.snapshot().use { assertEquals(MeetingState.LEFT, it.state) }
            }
            Vsdk.initMeeting(MeetingOptions { meetingId = room.id }).use { meeting ->
                runBlocking {
                    meeting.join()
                    meeting.leave()
                }
            }
        }
        Vsdk.initMeeting(MeetingOptions { meetingId = "nowhere" }).use { meeting ->
            assertStatus(Status.NOT_FOUND) { meeting.joinBlocking() }
            meeting.snapshot().use { assertEquals(MeetingState.FAILED, it.state) }
        }
    }

    @Test
    fun `options in JSON and as properties come in the order of their assignment`() = Service().use { service ->
        service.configure()
        val options = MeetingOptions { meetingId = "lesson"; name = "Ann" }
        options.json = """{"name": "Bob"}"""
        Vsdk.initMeeting(options).use { it.snapshot().use { snapshot -> assertEquals("Bob", snapshot.name) } }
        options.name = "Cid"
        Vsdk.initMeeting(options).use { it.snapshot().use { snapshot -> assertEquals("Cid", snapshot.name) } }
        options.name = null
        Vsdk.initMeeting(options).use { it.snapshot().use { snapshot -> assertEquals(6, snapshot.name.length) } }
    }

    @Test
    fun `two meetings with two tokens in one process`() = Service().use { first ->
        Service().use { second ->
            fun meeting(service: Service, participant: String) = Vsdk.initMeeting(MeetingOptions {
                meetingId = "lesson"
                token = service.mint { participantId = participant }
                participantId = participant
                apiBaseUrl = service.url
            })
            meeting(first, "ann").use { ann ->
                meeting(second, "bob").use { bob ->
                    val ids = listOf(ann, bob).map { it.snapshot().use(MeetingSnapshot::participantId) }
                    assertEquals(listOf("ann", "bob"), ids)
                    ann.leaveBlocking()
                    val states = listOf(ann, bob).map { it.snapshot().use(MeetingSnapshot::state) }
                    assertEquals(listOf(MeetingState.LEFT, MeetingState.INITIALISED), states)
                }
            }
            runBlocking {
                val requests = listOf(first, second).map {
                    RequestOptions { token = it.mint(); apiBaseUrl = it.url }
                }
                val rooms = requests.map {
                    Vsdk.createRoom(RoomOptions { token = it.token; apiBaseUrl = it.apiBaseUrl })
                }
                Vsdk.getRoom(rooms[0].id, requests[0]).close()
                assertStatus(Status.NOT_FOUND) { Vsdk.getRoomBlocking(rooms[0].id, requests[1]) }
                rooms.forEach { it.close() }
            }
        }
    }

    @Test
    fun `a token stays with the call that has it`() = Service().use { service ->
        val own = service.mint()
        val refused = TokenMintOptions { apiKey = service.apiKey; secret = "not-${service.secret}" }
        Vsdk.configWith(ConfigOptions {
            token = Vsdk.mintToken(refused).use { it.text }
            apiBaseUrl = service.url
        })
        val request = RequestOptions { token = own }
        Vsdk.initMeeting(MeetingOptions { meetingId = "lesson"; token = own }).use { meeting ->
            meeting.setToken(own)
            val id = Vsdk.createRoomBlocking(RoomOptions { token = own }).use { it.id }
            Vsdk.getRoomBlocking(id, request).close()
            Vsdk.validateRoomBlocking(id, request).close()
            Vsdk.listRoomsBlocking(RoomListOptions { token = own }).close()
            for (call in listOf<() -> NativeObject>(
                { Vsdk.createRoomBlocking() },
                { Vsdk.getRoomBlocking(id) },
                { Vsdk.validateRoomBlocking(id) },
                { Vsdk.listRoomsBlocking() },
                { Vsdk.deactivateRoomBlocking(id) },
            )) {
                assertStatus(Status.UNAUTHORIZED) { call() }
            }
        }
    }

    @Test
    fun `two meetings keep their own tokens`() = Service().use { service ->
        service.configure()
        fun text(seconds: Long) = service.mint { lifetimeS = seconds }
        fun expiry(meeting: Meeting) = meeting.snapshot().use { it.tokenExpiresAt!! }
        val first = text(1000)
        val second = text(2000)
        Vsdk.initMeeting(MeetingOptions { meetingId = "lesson"; token = first }).use { one ->
            Vsdk.initMeeting(MeetingOptions { meetingId = "lesson"; token = second }).use { two ->
                for ((meeting, token) in listOf(one to first, two to second)) {
                    assertEquals(Vsdk.inspectToken(token).use { it.expiresAt }, expiry(meeting))
                }
                val third = text(3000)
                two.setToken(third)
                assertEquals(Vsdk.inspectToken(first).use { it.expiresAt }, expiry(one))
                assertEquals(Vsdk.inspectToken(third).use { it.expiresAt }, expiry(two))
            }
        }
    }

    @Test
    fun `every setting of the configuration is taken`() = Service().use { service ->
        service.configure()
        Vsdk.configWith(ConfigOptions {
            proxy = null
            extraCaPem = null
            userAgentSuffix = "kotlin-test/1"
            clockCheck = true
            allowPlainHttp = false
        })
        runBlocking { Vsdk.createRoom().close() }
        assertStatus(Status.NETWORK_INSECURE) {
            Vsdk.configWith(ConfigOptions { apiBaseUrl = "http://192.0.2.1" })
        }
        assertStatus(Status.INVALID_ARGUMENT) { Vsdk.configWith(ConfigOptions { proxy = "not a proxy" }) }
        assertStatus(Status.INVALID_ARGUMENT) { Vsdk.configWith(ConfigOptions { extraCaPem = "nothing" }) }
        // All or nothing: what was configured before still works.
        runBlocking { Vsdk.createRoom().close() }
        // Null puts an address back to the service's own, and an unassigned one stays.
        Vsdk.configWith(ConfigOptions { apiBaseUrl = null })
        Vsdk.initMeeting(MeetingOptions { meetingId = "lesson" }).use {
            it.snapshot().use { snapshot -> assertTrue(snapshot.json.contains("api.videosdk.live")) }
        }
    }

    @Test
    fun `the library may be used again after its shutdown`() = Service().use { service ->
        repeat(3) {
            service.configure()
            runBlocking {
                Vsdk.createRoom().close()
                Vsdk.shutdown()
            }
            Vsdk.shutdownBlocking()
        }
    }
}
