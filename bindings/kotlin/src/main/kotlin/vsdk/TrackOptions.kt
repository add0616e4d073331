// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer

/**
 * What [Meeting.addTrack] makes a track from. All but what it is can stay unassigned.
 *
 * `TrackOptions(TrackKind.VIDEO) { multiStream = true }` makes and fills them in one.
 */
public class TrackOptions(
    /** What the track is. */
    public val kind: TrackKind,
) : Options() {
    /** Makes options and fills them. */
    public constructor(kind: TrackKind, build: TrackOptions.() -> Unit) : this(kind) {
        build()
    }

    /** How its frames are encoded; by default Opus and VP8. */
    public var codec: Codec? by choice(NativeFunctions::vsdk_track_options_set_codec)

    /** Whether it is on from the start, as by default. */
    public var enabled: Boolean? by flag(NativeFunctions::vsdk_track_options_set_enabled)

    /** What its bit rates aim at, by default [BitrateMode.BALANCED]. */
    public var bitrateMode: BitrateMode? by
        choice(NativeFunctions::vsdk_track_options_set_bitrate_mode)

    /**
     * Whether it is sent in several sizes at once (simulcast), so that each receiver gets what
     * fits; by default not. [LocalTrack.layers] says which the encoder has to make.
     */
    public var multiStream: Boolean? by flag(NativeFunctions::vsdk_track_options_set_multi_stream)

    /** In how many sizes it is sent at most, 1 to 3; by default 3. */
    public var maxLayers: Int? by number(NativeFunctions::vsdk_track_options_set_max_layers)

    /** What is heard, by default [AudioProfile.SPEECH_STANDARD]. Receivers are told of it. */
    public var audioProfile: AudioProfile? by
        choice(NativeFunctions::vsdk_track_options_set_audio_profile)

    /** The size and rate of a shared screen; without one only the network limits it. */
    public var shareProfile: ScreenShareProfile? by
        choice(NativeFunctions::vsdk_track_options_set_share_profile)

    /**
     * What the others are told with the track: a JSON object of at most 16 KiB. The names `share`,
     * `encodings`, `width`, `height` and `peerId` in it are the service's own.
     */
    public var appDataJson: String? by text(NativeFunctions::vsdk_track_options_set_app_data_json)

    /**
     * The size of its pictures in pixels, each 1 to 16,384, from which layers and bit rates follow;
     * by default 1280 x 720.
     */
    public fun setSize(width: Int, height: Int) {
        change("size") { options, error ->
            vsdk_track_options_set_size(options, width, height, error)
        }
    }

    override fun create(): Pointer? {
        // The library gives none for it, and no error.
        if (kind.name == UNKNOWN_NAME) {
            throw VsdkException.of(
                Status.INVALID_ARGUMENT,
                "There is no kind of track with the number ${kind.number}",
                "Pass one of the constants of TrackKind.",
            )
        }
        return native.vsdk_track_options_new(kind.number)
    }

    override fun free(pointer: Pointer): Unit = native.vsdk_track_options_free(pointer)
}
