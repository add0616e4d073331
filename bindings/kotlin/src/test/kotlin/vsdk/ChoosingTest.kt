// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable

/** Choosing what to receive. */
@DisabledIfEnvironmentVariable(
    named = "VSDK_WITHOUT_MEDIA",
    matches = ".*",
    disabledReason = "the local service has no media server: see VSDK_WITHOUT_MEDIA",
)
class ChoosingTest : CleanTest() {
    @Test
    fun `nothing comes until it is asked for`() = Service().use { service ->
        service.configure()
        val room = Vsdk.createRoomBlocking().use { it.id }
        service.client(room, "ann").use { ann ->
            service.client(room, "bob") { autoConsume = false }.use { bob ->
                ann.meeting.addTrack(TrackKind.AUDIO).use { sound ->
                    ann.meeting.addTrack(TrackKind.VIDEO).use { film ->
                        ann.meeting.joinBlocking()
                        bob.meeting.joinBlocking()
                        ann.published(sound)
                        ann.published(film)
                        ann.next(EventType.PARTICIPANT_JOINED)
                        chooses(bob, Microphone(sound), Camera(film))
                        cannotBeChosen(ann, bob)
                    }
                }
            }
        }
    }

    private fun chooses(bob: Client, microphone: Microphone, camera: Camera) {
        val meeting = bob.meeting
        meeting.subscribeTracksBlocking("ann", MediaKind.VIDEO)
        bob.added().use { seen ->
            assertEquals(TrackKind.VIDEO, seen.kind)
            camera.until(seen::frameNow).pictureNumber
            assertFalse(bob.rest().any { it.type == EventType.TRACK_ADDED })

            runBlocking { meeting.subscribeTracks("ann", MediaKind.AUDIO) }
            bob.added().use { heard ->
                assertEquals(TrackKind.AUDIO, heard.kind)
                microphone.until(heard::frameNow).soundNumber
                meeting.unsubscribeTracksBlocking("ann", MediaKind.AUDIO)
                assertEquals(heard.id, bob.next(EventType.TRACK_REMOVED).trackId)
            }
            runBlocking { meeting.unsubscribeTracks("ann", MediaKind.VIDEO) }
            assertEquals(seen.id, bob.next(EventType.TRACK_REMOVED).trackId)
        }
        meeting.subscribeTracksAsync("ann", MediaKind.AUDIO).use { it.getBlocking() }
        bob.added().use { heard ->
            microphone.until(heard::frameNow).soundNumber
            meeting.unsubscribeTracksAsync("ann", MediaKind.AUDIO).use { it.getBlocking() }
            assertEquals(heard.id, bob.next(EventType.TRACK_REMOVED).trackId)
        }
    }

    private fun cannotBeChosen(ann: Client, bob: Client) {
        for (call in listOf<(Meeting, String, MediaKind) -> Unit>(
            { meeting, whose, kind -> meeting.subscribeTracksBlocking(whose, kind) },
            { meeting, whose, kind -> runBlocking { meeting.unsubscribeTracks(whose, kind) } },
        )) {
            assertStatus(Status.NOT_FOUND) { call(bob.meeting, "bob", MediaKind.AUDIO) }
            assertStatus(Status.INVALID_ARGUMENT) { call(bob.meeting, "ann", MediaKind.of(3)) }
            assertStatus(Status.INVALID_ARGUMENT) { call(bob.meeting, "", MediaKind.VIDEO) }
            // She receives everything by herself.
            assertStatus(Status.INVALID_STATE) { call(ann.meeting, "bob", MediaKind.AUDIO) }
        }
        assertStatus(Status.INVALID_ARGUMENT) { bob.meeting.pauseAllTracksBlocking(TrackKind.of(5)) }
        assertStatus(Status.INVALID_ARGUMENT) { bob.meeting.resumeAllTracksBlocking(TrackKind.of(5)) }
        bob.meeting.leaveBlocking()
        assertStatus(Status.INVALID_STATE) { runBlocking { bob.meeting.pauseAllTracks() } }
        assertStatus(Status.INVALID_STATE) { runBlocking { bob.meeting.resumeAllTracks(TrackKind.VIDEO) } }
    }

    @Test
    fun `all of a kind rest, or everything`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            val microphone = Microphone(track)
            fun rests() {
                generateSequence { remote.nextFrameBlocking(200).frame }.count()
                repeat(20) {
                    microphone.push()
                    Thread.sleep(5)
                }
                assertNull(remote.nextFrameBlocking(200).frame)
            }
            fun goesOn() = assertTrue(microphone.until(remote::frameNow).soundNumber >= 0)
            val meeting = bob.meeting
            goesOn()
            runBlocking { meeting.pauseAllTracks(TrackKind.VIDEO) }
            goesOn()
            meeting.pauseAllTracksBlocking(TrackKind.AUDIO)
            rests()
            runBlocking { meeting.resumeAllTracks(TrackKind.AUDIO) }
            goesOn()
            meeting.pauseAllTracksAsync().use { it.getBlocking() }
            rests()
            remote.resumeBlocking() // A single one can be had.
            goesOn()
            runBlocking { meeting.pauseAllTracks() }
            rests()
            meeting.resumeAllTracksAsync(TrackKind.AUDIO).use { it.getBlocking() }
            goesOn()
            meeting.pauseAllTracksBlocking()
            rests()
            meeting.resumeAllTracksBlocking()
            goesOn()
        }
    }
}
