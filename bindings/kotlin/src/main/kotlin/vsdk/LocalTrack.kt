// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import java.nio.ByteBuffer

/**
 * A track that this participant sends: made with [Meeting.addTrack].
 *
 * It may be there before the meeting is joined, and stays through lost connections: whenever there
 * is a way, what is pushed is sent. [close] takes it out of the meeting: the others see that it is
 * gone. One thread for each track is usual; any number may use it.
 */
public class LocalTrack internal constructor(pointer: Pointer) :
    NativeObject(pointer, NativeFunctions::vsdk_local_track_free, lendsTexts = false) {

    /** What events call it. */
    public val id: String = text { vsdk_local_track_id(it) }.orEmpty()

    /** What it is. */
    public val kind: TrackKind = lend { TrackKind.of(vsdk_local_track_kind(it)) }

    /** How its frames have to be encoded. */
    public val codec: Codec = lend { Codec.of(vsdk_local_track_codec(it)) }

    /** The sizes in which its pictures have to be encoded, the smallest first; one for sound. */
    public val layers: List<TrackLayer> = lend { track ->
        List(vsdk_local_track_layer_count(track)) { layer ->
            TrackLayer(
                scale = vsdk_local_track_layer_scale(track, layer),
                maxKbps = vsdk_local_track_layer_max_kbps(track, layer).takeIf { it != 0 },
                maxFps = vsdk_local_track_layer_max_fps(track, layer).takeIf { it != 0 },
            )
        }
    }

    /**
     * Sends a frame, which is copied: one packet of an audio encoder, or one encoded picture; of
     * H.264 an access unit with start codes (Annex B). At most 1,120 bytes of sound and 4 MiB of
     * pictures. Never waits for the network. What was not taken is no failure; the answer says why.
     *
     * `timestampUs` is when it was recorded: microseconds from 0 on, on any clock that all tracks
     * of this participant share. `isKeyFrame` says that it can be decoded without those before it;
     * of no meaning for sound. `layer` is which of [layers] it is. `audioLevel` is how loud it is,
     * in decibels below full scale: 0 to -127, or null when that is not known; it tells the service
     * who speaks.
     *
     * Throws [VsdkException]: with [Status.INVALID_ARGUMENT] for what cannot be a frame of this
     * track, with [Status.INVALID_STATE] while it has an audio or video input.
     */
    @JvmOverloads
    public fun push(
        data: ByteArray,
        timestampUs: Long,
        isKeyFrame: Boolean = false,
        layer: Int = 0,
        audioLevel: Int? = null,
    ): Pushed = push(ByteBuffer.wrap(data), timestampUs, isKeyFrame, layer, audioLevel)

    /** The same with what is between the position and the limit of a buffer, which stay as they are. */
    @JvmOverloads
    public fun push(
        data: ByteBuffer,
        timestampUs: Long,
        isKeyFrame: Boolean = false,
        layer: Int = 0,
        audioLevel: Int? = null,
    ): Pushed {
        val level = audioLevel?.also(::requireAudioLevel) ?: VSDK_AUDIO_LEVEL_UNKNOWN
        return EncodedFrameStructure.make(data, timestampUs, isKeyFrame, layer, level).use { frame ->
            lend { track -> Pushed.of(call { error -> vsdk_local_track_push(track, frame, error) }) }
        }
    }

    // What would be "not known" to the library, which checks the rest.
    private fun requireAudioLevel(level: Int) {
        if (level > 0) {
            throw VsdkException.of(
                Status.INVALID_ARGUMENT,
                "The audio level is $level dB",
                "It is 0 (full scale) to -127 (silence), or null when it is not known.",
            )
        }
    }

    /**
     * An input for raw sound, which makes the track's frames from now on, until it is closed. Does
     * not wait.
     *
     * Yours to close. Throws [VsdkException]: with [Status.INVALID_STATE] when it has one already,
     * with [Status.INVALID_ARGUMENT] for other formats and for a track of pictures, with
     * [Status.UNSUPPORTED] for other codecs than Opus and when this build of the library has none.
     */
    @JvmOverloads
    public fun audioInput(format: AudioFormat = AudioFormat()): AudioInput = lend { track ->
        AudioInput(
            make { made, error ->
                vsdk_local_track_audio_input(
                    track, format.sampleRate, format.channels, made, error,
                )
            },
        )
    }

    /**
     * Opens a microphone, the default one without an id, and sends what it hears as this track: it
     * is its input until it is closed. Mute it with [setEnabled].
     *
     * Yours to close. Throws [VsdkException]: with [Status.NOT_FOUND] when it is not there, with
     * [Status.RESOURCE_EXHAUSTED] when another program has it, with [Status.FORBIDDEN] when it may
     * not be used, with [Status.TIMEOUT] when the sound system does not answer, with
     * [Status.INVALID_STATE] when the track has an input already or the meeting is over, with
     * [Status.INVALID_ARGUMENT] for a track of pictures, with [Status.UNSUPPORTED] for other codecs
     * than Opus and when this build of the library opens no devices.
     */
    public suspend fun openMicrophone(deviceId: String? = null): AudioDevice =
        withContext(Dispatchers.IO) { openMicrophoneBlocking(deviceId) }

    /** [openMicrophone] for threads: blocks at most ten seconds. */
    @JvmOverloads
    public fun openMicrophoneBlocking(deviceId: String? = null): AudioDevice {
        val which = deviceId?.native()
        return lend { track ->
            AudioDevice(
                make { made, error ->
                    vsdk_audio_device_open_microphone(track, which, made, error)
                },
            )
        }
    }

    /**
     * An input for raw pictures, which makes the track's frames from now on, until it is closed. They
     * are encoded in the sizes of [layers], and the bit rates follow what the network carries. Does
     * not wait.
     *
     * Yours to close. Throws [VsdkException]: with [Status.INVALID_STATE] when it has one already,
     * with [Status.INVALID_ARGUMENT] for a track of sound, with [Status.UNSUPPORTED] for other codecs
     * than VP8 and when this build of the library has none.
     */
    public fun videoInput(): VideoInput = lend { track ->
        VideoInput(make { made, error -> vsdk_local_track_video_input(track, made, error) })
    }

    /**
     * What its encoder should do for a layer; 0 is the smallest. Ask before each picture, or after
     * [EventType.KEY_FRAME_REQUESTED] and [EventType.ENCODER_TARGET_CHANGED]. Throws
     * [VsdkException] with [Status.INVALID_ARGUMENT] when there is no such layer.
     */
    @JvmOverloads
    public fun encoderTarget(layer: Int = 0): EncoderTarget =
        EncoderTargetStructure.make().use { target ->
            lend { track ->
                call { error -> vsdk_local_track_encoder_target(track, layer, target, error) }
            }
            EncoderTargetStructure.read(target)
        }

    /** Whether frames are taken now. */
    public val isSending: Boolean get() = lend { vsdk_local_track_is_sending(it) != 0 }

    /** Switches it off or on again, like muting: the others see that it is off. Does not wait. */
    public fun setEnabled(enabled: Boolean) {
        lend { track ->
            call { error -> vsdk_local_track_set_enabled(track, if (enabled) 1 else 0, error) }
        }
    }

    /** What it is, and its id. */
    override fun toString(): String = "$kind $id"
}

/** One of the sizes in which the pictures of a track have to be encoded. */
public class TrackLayer internal constructor(
    /** What width and height of the source are divided by; 1 for the whole picture. */
    public val scale: Double,
    /** In kilobits per second, at most; null when only the network limits it. */
    public val maxKbps: Int?,
    /** In pictures per second, at most; null when nothing limits it. */
    public val maxFps: Int?,
)

/** What an encoder should do for one layer of a track: see [LocalTrack.encoderTarget]. */
public class EncoderTarget internal constructor(
    /** Whether its frames are sent; not while it is switched off for lack of bandwidth. */
    public val isActive: Boolean,
    /** In kilobits per second; null while it is not known. */
    public val kbps: Int?,
    /** Whether somebody waits for a key frame. */
    public val wantsKeyFrame: Boolean,
)
