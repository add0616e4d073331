// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer

/**
 * What a meeting is made from, as initMeeting({...}) takes it in the official SDKs.
 *
 * Only [meetingId] is required. `MeetingOptions { meetingId = room.id; name = "Ann" }` makes and
 * fills them in one. docs/options.md lists every option of every platform.
 */
public class MeetingOptions() : Options() {
    /** Makes options and fills them. */
    public constructor(build: MeetingOptions.() -> Unit) : this() {
        build()
    }

    /**
     * Everything that a JSON object names, with the names of the official SDKs: `{"meetingId":
     * "...", "micEnabled": true, "metaData": {...}}`. A null in it puts an option back to its
     * default. A name that does not exist is an error. It does not show in the other properties.
     */
    public var json: String? by text(NativeFunctions::vsdk_meeting_options_set_json)

    /** The room to meet in: a room id or a custom one, at most 1,024 bytes, not empty. Required. */
    public var meetingId: String? by text(NativeFunctions::vsdk_meeting_options_set_meeting_id)

    /** The token of this meeting; null for the configured one. */
    public var token: String? by resettableText(NativeFunctions::vsdk_meeting_options_set_token)

    /**
     * The participant's id, at most 1,024 bytes, not empty; null for 8 random characters. Joining
     * with an id removes whoever is in the room with it.
     */
    public var participantId: String? by
        resettableText(NativeFunctions::vsdk_meeting_options_set_participant_id)

    /** The name that others see, at most 1,024 bytes, not empty; null for 6 random characters. */
    public var name: String? by resettableText(NativeFunctions::vsdk_meeting_options_set_name)

    /**
     * Whether the microphone is wanted from the start, by default not. A library has no device of
     * its own: publishing begins once a source is attached.
     */
    public var micEnabled: Boolean? by flag(NativeFunctions::vsdk_meeting_options_set_mic_enabled)

    /** Whether the camera is wanted from the start, by default not; as [micEnabled]. */
    public var webcamEnabled: Boolean? by
        flag(NativeFunctions::vsdk_meeting_options_set_webcam_enabled)

    /** What others read about this participant: a JSON object of at most 64 KiB; null for none. */
    public var metadataJson: String? by
        resettableText(NativeFunctions::vsdk_meeting_options_set_metadata_json)

    /** What this participant does with media; [Mode.SEND_AND_RECV] by default. */
    public var mode: Mode? by choice(NativeFunctions::vsdk_meeting_options_set_mode)

    /** How media travels; [PreferredProtocol.UDP_OVER_TCP] by default. */
    public var preferredProtocol: PreferredProtocol? by
        choice(NativeFunctions::vsdk_meeting_options_set_preferred_protocol)

    /** The largest picture that the camera publishes; [MaxResolution.HD] by default. */
    public var maxResolution: MaxResolution? by
        choice(NativeFunctions::vsdk_meeting_options_set_max_resolution)

    /** The codec of published audio; [AudioCodec.OPUS] by default. */
    public var audioCodec: AudioCodec? by
        choice(NativeFunctions::vsdk_meeting_options_set_audio_codec)

    /** What kind of participant this is; [PeerType.NORMAL] by default. */
    public var peerType: PeerType? by choice(NativeFunctions::vsdk_meeting_options_set_peer_type)

    /** Whether the camera publishes several simulcast layers, as by default. */
    public var multiStream: Boolean? by flag(NativeFunctions::vsdk_meeting_options_set_multi_stream)

    /** Whether the media of others comes without asking for it, as by default. */
    public var autoConsume: Boolean? by flag(NativeFunctions::vsdk_meeting_options_set_auto_consume)

    /** Whether the service may ask for another video codec meanwhile, as by default. */
    public var codecSwitchEnabled: Boolean? by
        flag(NativeFunctions::vsdk_meeting_options_set_codec_switch_enabled)

    /** Whether the service may bundle what it tells about large rooms, as by default. */
    public var batchingEnabled: Boolean? by
        flag(NativeFunctions::vsdk_meeting_options_set_batching_enabled)

    /** Whether the service may keep diagnostic data of this participant, as by default. */
    public var debugMode: Boolean? by flag(NativeFunctions::vsdk_meeting_options_set_debug_mode)

    /** Whether data channels are opened, as by default. */
    public var chatEnabled: Boolean? by flag(NativeFunctions::vsdk_meeting_options_set_chat_enabled)

    /** The language into which the service translates, e.g. "en"; null for none. */
    public var translationLanguage: String? by
        resettableText(NativeFunctions::vsdk_meeting_options_set_translation_language)

    /** The language that this participant speaks, e.g. "de"; null for none. */
    public var speakingLanguage: String? by
        resettableText(NativeFunctions::vsdk_meeting_options_set_speaking_language)

    /**
     * What the service keeps about the device, added to the library's own: a JSON object of at
     * most 64 KiB; null for none.
     */
    public var deviceInfoJson: String? by
        resettableText(NativeFunctions::vsdk_meeting_options_set_device_info_json)

    /** The base URL of the REST API for this meeting; null for the configured one. */
    public var apiBaseUrl: String? by
        resettableText(NativeFunctions::vsdk_meeting_options_set_api_base_url)

    /** The signalling service: a host, host:port or URL; null for that of the API. */
    public var signalingBaseUrl: String? by
        resettableText(NativeFunctions::vsdk_meeting_options_set_signaling_base_url)

    override fun create(): Pointer? = native.vsdk_meeting_options_new()

    override fun free(pointer: Pointer): Unit = native.vsdk_meeting_options_free(pointer)
}
