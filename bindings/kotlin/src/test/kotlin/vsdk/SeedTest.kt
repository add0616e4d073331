// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

class SeedTest {
    @Test
    fun `from a token to an initialised meeting`() = Service().use { service ->
        runBlocking {
            service.configure()
            Vsdk.createRoom().use { room ->
                val options = MeetingOptions { meetingId = room.id; name = "Ann"; micEnabled = true }
                Vsdk.initMeeting(options).use { meeting ->
                    meeting.snapshot().use {
                        assertEquals(room.id, it.meetingId)
                        assertEquals("Ann", it.name)
                        assertEquals(true, it.micEnabled)
                    }
                    val event = meeting.events.first()
                    assertEquals(MeetingState.INITIALISED, event.state)
                }
            }
            assertEquals(0, Vsdk.liveHandles())
        }
    }
}
