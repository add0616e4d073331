// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/**
 * Microphones and speakers of a [Meeting], where the library was built with them.
 *
 * There [MeetingOptions.micEnabled] opens the default microphone once the meeting is joined, unless
 * the program has added a track of the kind audio by then.
 */
public abstract class MeetingDevices internal constructor(pointer: Pointer) :
    MeetingMedia(pointer) {

    /**
     * Switches the microphone on or off: all tracks of the kind audio that were added, and where
     * there is none, the default microphone of this machine, which is opened and closed again. Does
     * not wait. [EventType.TRACK_PUBLISHED] says when others hear it, [EventType.DEVICE_FAILED] that
     * it could not be opened.
     *
     * Throws [VsdkException]: with [Status.INVALID_STATE] when the meeting is over, with
     * [Status.UNSUPPORTED] when there is no track and this build of the library opens no devices.
     */
    public fun setMicEnabled(enabled: Boolean) {
        lend { meeting ->
            call { error -> vsdk_meeting_set_mic_enabled(meeting, if (enabled) 1 else 0, error) }
        }
    }

    /**
     * Tells of microphones and speakers that come and go, as [EventType.DEVICES_CHANGED], or no
     * longer: it looks every two seconds. What [Vsdk.listDevices] gives after this has returned is
     * told of when it changes.
     *
     * Throws as [Vsdk.listDevices], and [VsdkException] with [Status.INVALID_STATE] when the meeting
     * is over.
     */
    public suspend fun watchDevices(enabled: Boolean = true) {
        withContext(Dispatchers.IO) { watchDevicesBlocking(enabled) }
    }

    /** [watchDevices] for threads: blocks at most ten seconds. */
    @JvmOverloads
    public fun watchDevicesBlocking(enabled: Boolean = true) {
        lend { meeting ->
            call { error -> vsdk_meeting_watch_devices(meeting, if (enabled) 1 else 0, error) }
        }
    }

    /**
     * Opens a speaker, the default one without an id, and plays everybody together on it, as
     * [audioMixer] does, until it is closed. Yours to close. Throws as [LocalTrack.openMicrophone].
     */
    public suspend fun openSpeaker(deviceId: String? = null): AudioDevice =
        withContext(Dispatchers.IO) { openSpeakerBlocking(deviceId) }

    /** [openSpeaker] for threads: blocks at most ten seconds. */
    @JvmOverloads
    public fun openSpeakerBlocking(deviceId: String? = null): AudioDevice {
        val which = deviceId?.native()
        return lend { meeting ->
            AudioDevice(
                make { made, error ->
                    vsdk_audio_device_open_speaker(meeting, which, made, error)
                },
            )
        }
    }
}
