// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test

/**
 * Microphones and speakers in every build: they are there, or it is told which build has them.
 *
 * What is heard and played is seen by the tests of media. Here ALSA's own device `null` has to do,
 * which takes everything and gives silence.
 */
class DevicesTest : CleanTest() {

    private val hasDevices = try {
        Vsdk.listDevicesBlocking(DeviceKind.SPEAKER)
        true
    } catch (exception: VsdkException) {
        assertEquals(Status.UNSUPPORTED, exception.status)
        false
    }

    private fun refused(status: Status, call: () -> Unit): VsdkException {
        val exception = assertThrows(VsdkException::class.java) { call() }
        assertEquals(status, exception.status)
        return exception
    }

    @Test
    fun `a library that was built with devices has them`() {
        assertTrue(hasDevices || System.getenv("VSDK_WITH_DEVICES") == null)
    }

    @Test
    fun `the microphone is the track of the program, or a device`() = Service().use { service ->
        service.client("room", "ann").use { ann ->
            ann.meeting.addTrack(TrackKind.AUDIO).use {
                ann.meeting.setMicEnabled(false)
                ann.meeting.setMicEnabled(true)
            }
            if (!hasDevices) refused(Status.UNSUPPORTED) { ann.meeting.setMicEnabled(true) }
        }
    }

    @Test
    fun `devices are listed and opened by their ids`() = Service().use { service ->
        service.client("room", "ann").use { ann ->
            val meeting = ann.meeting
            meeting.addTrack(TrackKind.AUDIO).use { track ->
                if (!hasDevices) {
                    val calls = listOf<suspend () -> Unit>(
                        { Vsdk.listDevices(DeviceKind.MICROPHONE) },
                        { track.openMicrophone() },
                        { meeting.openSpeaker() },
                        { meeting.watchDevices() },
                    )
                    for (call in calls) {
                        val exception = refused(Status.UNSUPPORTED) { runBlocking { call() } }
                        assertTrue("`devices`" in exception.remedy, exception.remedy)
                    }
                    return@use
                }
                for (kind in listOf(DeviceKind.MICROPHONE, DeviceKind.SPEAKER)) {
                    val listed = runBlocking { Vsdk.listDevices(kind) }
                    assertTrue(listed.single { it.id == "null" }.run { name.isNotEmpty() && !isDefault })
                }
                meeting.watchDevicesBlocking()
                meeting.watchDevicesBlocking(false)
                val opened = runBlocking { track.openMicrophone("null") to meeting.openSpeaker("null") }
                for (device in opened.toList()) {
                    device.use {
                        assertTrue(it.isOpen)
                        assertEquals("null", it.id)
                        assertEquals(-127, it.level)
                        assertTrue(it.format.sampleRate >= 8_000 && it.name in it.toString())
                    }
                }
                assertEquals(
                    listOf(DeviceKind.MICROPHONE, DeviceKind.SPEAKER),
                    opened.toList().map { it.kind },
                )
                track.audioInput().close()
                refused(Status.NOT_FOUND) { track.openMicrophoneBlocking("none").close() }
                meeting.openSpeakerBlocking("null").use { speaker ->
                    meeting.leaveBlocking()
                    assertFalse(speaker.isOpen)
                }
                refused(Status.INVALID_STATE) { meeting.openSpeakerBlocking("null").close() }
            }
        }
    }
}
