// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer

/**
 * An open microphone, which a track sends, or an open speaker: made with
 * [LocalTrack.openMicrophone], [Meeting.openSpeaker] and [RemoteTrack.openSpeaker].
 *
 * [close] closes the device, and waits for what it does at the moment. It also ends when it fails,
 * which [EventType.DEVICE_FAILED] tells, and with the meeting.
 */
public class AudioDevice internal constructor(pointer: Pointer) :
    NativeObject(pointer, NativeFunctions::vsdk_audio_device_free, lendsTexts = true) {

    /** What it is for. */
    public val kind: DeviceKind = lend { DeviceKind.of(vsdk_audio_device_kind(it)) }

    /** What the sound system knows it by. */
    public val id: String = text { vsdk_audio_device_id(it) }.orEmpty()

    /** What a person knows it by. */
    public val name: String = text { vsdk_audio_device_name(it) }.orEmpty()

    /** How its sound is laid out; of more than two channels the first two are used. */
    public val format: AudioFormat = lend { device ->
        AudioFormat(vsdk_audio_device_sample_rate(device), vsdk_audio_device_channels(device))
    }

    /** How loud what it hears or plays is, sent or not, in decibels below full scale: 0 to -127. */
    public val level: Int get() = lend { vsdk_audio_device_level(it) }

    /** Whether it works: it has not failed, and the meeting is not over. */
    public val isOpen: Boolean get() = lend { vsdk_audio_device_is_open(it) != 0 }

    /** Which one it is. */
    override fun toString(): String = "$kind $name: $format"
}
