// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer
import kotlin.time.Duration

/**
 * Media and data of a [Meeting].
 *
 * The library takes and gives encoded frames, and does all that is between. Sound it also encodes
 * and decodes itself: see [LocalTrack.audioInput] and [audioMixer]. So it does with pictures, if it
 * was built for that: see [LocalTrack.videoInput] and [RemoteTrack.videoOutput].
 *
 * By default a meeting receives what everybody sends. With [MeetingOptions.autoConsume] switched
 * off it receives nothing until it is asked for, participant by participant, with
 * [subscribeTracks]. In either case [pauseAllTracks] saves what nobody needs at the moment.
 */
public abstract class MeetingMedia internal constructor(pointer: Pointer) :
    MeetingServices(pointer) {

    /**
     * Adds a track that is sent from now on, or once the meeting is joined, until it is closed. It
     * stays through lost connections. [EventType.TRACK_PUBLISHED] says when the others can receive
     * it, [EventType.TRACK_FAILED] that they cannot. Does not wait.
     *
     * Yours to close; one that was forgotten is taken out of the meeting when it is collected.
     * Throws [VsdkException]: with [Status.INVALID_ARGUMENT] when an option is not allowed, with
     * [Status.INVALID_STATE] when the meeting is over.
     */
    public fun addTrack(options: TrackOptions): LocalTrack = options.lend { what ->
        lend { meeting ->
            LocalTrack(make { made, error -> vsdk_meeting_add_track(meeting, what, made, error) })
        }
    }

    /** Adds a track of that kind, as without any option. */
    public fun addTrack(kind: TrackKind): LocalTrack = addTrack(TrackOptions(kind))

    /**
     * A track of somebody else, by the id that an [EventType.TRACK_ADDED] tells; it is there until
     * [EventType.TRACK_REMOVED]. Yours to close. Throws [VsdkException] with [Status.NOT_FOUND] when
     * nobody sends a track with that id.
     */
    public fun remoteTrack(id: String): RemoteTrack {
        val which = id.native()
        return lend { meeting ->
            RemoteTrack(
                make { made, error -> vsdk_meeting_remote_track(meeting, which, made, error) },
                this@MeetingMedia,
            )
        }
    }

    /**
     * The sound of everybody together, now and later, for playing. The frames of all tracks with
     * sound go there from now on, until it is closed. What is too loud together is turned down;
     * tracks with other codecs than Opus are not heard. Does not wait.
     *
     * Yours to close. Throws [VsdkException]: with [Status.INVALID_STATE] when one of these tracks
     * has a frame handler of its own, with [Status.INVALID_ARGUMENT] for other formats, with
     * [Status.UNSUPPORTED] when this build of the library cannot decode.
     */
    @JvmOverloads
    public fun audioMixer(format: AudioFormat = AudioFormat()): AudioOutput = lend { meeting ->
        AudioOutput(
            make { made, error ->
                vsdk_meeting_audio_mixer(meeting, format.sampleRate, format.channels, made, error)
            },
        )
    }

    /**
     * From now on the frames of all tracks go to the handler, those that wait first, but for those
     * that an [AudioOutput] takes; null lets them wait again. It takes the place of the handlers of
     * single tracks.
     *
     * When this returns, an earlier handler is not running and will not run again, unless this is
     * called from inside it.
     */
    public fun setFrameHandler(handler: FrameHandler?) {
        val receiver = handler?.let { FrameCaller(it) }
        lend { meeting ->
            call { error ->
                vsdk_meeting_set_frame_handler(
                    meeting,
                    receiver?.let { Callbacks.onFrame },
                    receiver?.let(Callbacks::keep),
                    receiver?.let { Callbacks.onDestroy },
                    error,
                )
            }
        }
    }

    /**
     * How media is doing, as it stood at the last look: there is one each second. Does not wait.
     * Yours to close.
     */
    public fun mediaStatistics(): MediaStatistics = lend { meeting ->
        MediaStatistics(
            make { made, error -> vsdk_meeting_media_statistics(meeting, made, error) },
        )
    }

    /**
     * Receives what somebody sends of that kind, now and later; only in a meeting with
     * [MeetingOptions.autoConsume] switched off. [EventType.TRACK_ADDED] tells of each track. On a
     * new connection it is subscribed again by itself; when the participant leaves, it ends. That
     * shared screens and their sound belong to it is inferred.
     *
     * Throws [VsdkException]: with [Status.NOT_FOUND] when nobody else in the meeting has that id,
     * with [Status.INVALID_STATE] when the meeting receives everything by itself, or this
     * participant receives no media or is not in the room; and as all that is asked of the service.
     */
    public suspend fun subscribeTracks(
        participantId: String,
        kind: MediaKind,
        timeout: Duration = Vsdk.DEFAULT_TIMEOUT,
    ): Unit = run(timeout) { subscribeTracksAsync(participantId, kind, it) }

    /** [subscribeTracks] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun subscribeTracksBlocking(
        participantId: String,
        kind: MediaKind,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
    ) {
        val whose = participantId.native()
        lend { meeting ->
            call { error ->
                vsdk_meeting_subscribe_tracks(meeting, whose, kind.number, timeoutMs, error)
            }
        }
    }

    /** Starts [subscribeTracks]. What shows at once is thrown; everything else is the operation's. */
    @JvmOverloads
    public fun subscribeTracksAsync(
        participantId: String,
        kind: MediaKind,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> {
        val whose = participantId.native()
        return startIn(handler) { meeting, start ->
            vsdk_meeting_subscribe_tracks_async(
                meeting, whose, kind.number, timeoutMs,
                start.callback, start.userData, start.destroy, start.op, start.error,
            )
        }
    }

    /**
     * Receives what somebody sends of that kind no longer. [EventType.TRACK_REMOVED] tells of each
     * track. Throws as [subscribeTracks].
     */
    public suspend fun unsubscribeTracks(
        participantId: String,
        kind: MediaKind,
        timeout: Duration = Vsdk.DEFAULT_TIMEOUT,
    ): Unit = run(timeout) { unsubscribeTracksAsync(participantId, kind, it) }

    /** [unsubscribeTracks] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun unsubscribeTracksBlocking(
        participantId: String,
        kind: MediaKind,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
    ) {
        val whose = participantId.native()
        lend { meeting ->
            call { error ->
                vsdk_meeting_unsubscribe_tracks(meeting, whose, kind.number, timeoutMs, error)
            }
        }
    }

    /**
     * Starts [unsubscribeTracks]. What shows at once is thrown; everything else is the operation's.
     */
    @JvmOverloads
    public fun unsubscribeTracksAsync(
        participantId: String,
        kind: MediaKind,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> {
        val whose = participantId.native()
        return startIn(handler) { meeting, start ->
            vsdk_meeting_unsubscribe_tracks_async(
                meeting, whose, kind.number, timeoutMs,
                start.callback, start.userData, start.destroy, start.op, start.error,
            )
        }
    }

    /**
     * Lets the service send nothing of that kind for now; null is every kind.
     *
     * Tracks that are new begin paused as well, on later connections too, until [resumeAllTracks].
     * A single one can be had with [RemoteTrack.resume]. Throws [VsdkMeetingException] with
     * [Status.REFUSED] also when the service did it for some of them only.
     */
    public suspend fun pauseAllTracks(
        kind: TrackKind? = null,
        timeout: Duration = Vsdk.DEFAULT_TIMEOUT,
    ): Unit = run(timeout) { pauseAllTracksAsync(kind, it) }

    /** [pauseAllTracks] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun pauseAllTracksBlocking(
        kind: TrackKind? = null,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
    ) {
        lend { meeting ->
            call { error ->
                vsdk_meeting_pause_all_tracks(meeting, kind?.number ?: 0, timeoutMs, error)
            }
        }
    }

    /** Starts [pauseAllTracks]. What shows at once is thrown; everything else is the operation's. */
    @JvmOverloads
    public fun pauseAllTracksAsync(
        kind: TrackKind? = null,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> = startIn(handler) { meeting, start ->
        vsdk_meeting_pause_all_tracks_async(
            meeting, kind?.number ?: 0, timeoutMs,
            start.callback, start.userData, start.destroy, start.op, start.error,
        )
    }

    /**
     * Lets the service go on with all of that kind, null is everything: with tracks that were
     * paused one by one as well. Throws as [pauseAllTracks].
     */
    public suspend fun resumeAllTracks(
        kind: TrackKind? = null,
        timeout: Duration = Vsdk.DEFAULT_TIMEOUT,
    ): Unit = run(timeout) { resumeAllTracksAsync(kind, it) }

    /** [resumeAllTracks] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun resumeAllTracksBlocking(
        kind: TrackKind? = null,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
    ) {
        lend { meeting ->
            call { error ->
                vsdk_meeting_resume_all_tracks(meeting, kind?.number ?: 0, timeoutMs, error)
            }
        }
    }

    /** Starts [resumeAllTracks]. What shows at once is thrown; everything else is the operation's. */
    @JvmOverloads
    public fun resumeAllTracksAsync(
        kind: TrackKind? = null,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> = startIn(handler) { meeting, start ->
        vsdk_meeting_resume_all_tracks_async(
            meeting, kind?.number ?: 0, timeoutMs,
            start.callback, start.userData, start.destroy, start.op, start.error,
        )
    }

    /**
     * From now on every frame that is sent or received becomes what the transform makes of it; null
     * leaves frames as they are. There is one for both directions and all tracks.
     *
     * Set it before joining, so that nothing goes out without. When this returns, an earlier
     * transform is not running and will not run again, unless this is called inside a callback.
     * Once the meeting is closed, nothing goes on that was to be transformed.
     */
    public fun setFrameTransform(transform: FrameTransform?) {
        val receiver = transform?.let(::TransformCaller)
        lend { meeting ->
            call { error ->
                vsdk_meeting_set_frame_transform(
                    meeting,
                    receiver?.let { Callbacks.onTransform },
                    receiver?.let(Callbacks::keep),
                    receiver?.let { Callbacks.onDestroy },
                    error,
                )
            }
        }
    }

    /**
     * Sends at most 15 KiB of data to everybody who receives media; they get it as an
     * [EventType.DATA]. Never waits for the network.
     *
     * Throws [VsdkException]: with [Status.INVALID_ARGUMENT] when it is too long (service number
     * 3072), with [Status.INVALID_STATE] while there is no connection for media (3048).
     */
    @JvmOverloads
    public fun sendData(
        data: ByteArray,
        reliability: Reliability = Reliability.RELIABLE,
    ): Sent = send(data, isText = false, reliability)

    /** The same with a text, as which it arrives. */
    @JvmOverloads
    public fun sendData(
        data: String,
        reliability: Reliability = Reliability.RELIABLE,
    ): Sent = send(data.utf8(), isText = true, reliability)

    private fun send(data: ByteArray, isText: Boolean, reliability: Reliability): Sent =
        data.lend { bytes, length ->
            lend { meeting ->
                Sent.of(
                    call { error ->
                        vsdk_meeting_send_data(
                            meeting, bytes, length, if (isText) 1 else 0, reliability.number, error,
                        )
                    },
                )
            }
        }
}

internal class FrameCaller(private val handler: FrameHandler) : FrameReceiver() {
    override fun frame(frame: Pointer) = handler.frame(ReceivedFrame.of(frame))
}
