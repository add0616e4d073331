// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer
import kotlin.time.Instant

/**
 * Somebody in the room, as a snapshot has them: see [MeetingSnapshot.participants].
 *
 * A plain value, which can be kept as long as one likes: nothing to close. The next snapshot has
 * what changed.
 */
public class Participant internal constructor(
    /** Its id. */
    public val id: String,
    /** Its name. */
    public val name: String,
    /** Whether it is the participant of this meeting object itself. */
    public val isLocal: Boolean,
    /** What it does with media; null when it is not known. */
    public val mode: Mode?,
    /** What kind of participant it is. */
    public val peerType: PeerType,
    /** What it tells about itself: a JSON object; null when there is none. */
    public val metadataJson: String?,
    /** Whether its microphone is on. */
    public val isMicOn: Boolean,
    /** Whether its camera is on. */
    public val isWebcamOn: Boolean,
    /** Whether it shares a screen. */
    public val isScreenShareOn: Boolean,
    /** Whether it shares the sound of what it shares. */
    public val isScreenShareAudioOn: Boolean,
    /** Whether its camera is pinned. */
    public val isCameraPinned: Boolean,
    /** Whether its shared screen is pinned. */
    public val isScreenSharePinned: Boolean,
    /** What an agent is doing: "idle", "listening", "thinking" or "speaking"; null when untold. */
    public val agentState: String?,
    /** When this meeting first saw it, the local participant: when it joined; null before that. */
    public val joinedAt: Instant?,
    /** All of it, also what has no property of its own: a JSON object. */
    public val json: String,
) {
    /** Its name and its id. */
    override fun toString(): String = "$name ($id)"

    internal companion object {
        /** Copies a participant of the library, which stays its owner's. */
        fun of(pointer: Pointer): Participant = with(native) {
            Participant(
                id = vsdk_participant_id(pointer)?.text().orEmpty(),
                name = vsdk_participant_name(pointer)?.text().orEmpty(),
                isLocal = vsdk_participant_is_local(pointer) != 0,
                mode = vsdk_participant_mode(pointer).takeIf { it != 0 }?.let(Mode::of),
                peerType = PeerType.of(vsdk_participant_peer_type(pointer)),
                metadataJson = vsdk_participant_metadata_json(pointer)?.text(),
                isMicOn = vsdk_participant_is_mic_on(pointer) != 0,
                isWebcamOn = vsdk_participant_is_webcam_on(pointer) != 0,
                isScreenShareOn = vsdk_participant_is_screen_share_on(pointer) != 0,
                isScreenShareAudioOn = vsdk_participant_is_screen_share_audio_on(pointer) != 0,
                isCameraPinned = vsdk_participant_is_camera_pinned(pointer) != 0,
                isScreenSharePinned = vsdk_participant_is_screen_share_pinned(pointer) != 0,
                agentState = vsdk_participant_agent_state(pointer)?.text(),
                joinedAt = vsdk_participant_joined_at_ms(pointer).takeIf { it != 0L }
                    ?.let(Instant::fromEpochMilliseconds),
                json = vsdk_participant_json(pointer)?.text().orEmpty(),
            )
        }
    }
}
