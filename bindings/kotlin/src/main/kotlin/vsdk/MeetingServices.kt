// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer
import kotlin.time.Duration

/**
 * What a [Meeting] asks of the service beside meeting: recordings and the like, values that are
 * shared, files, other meetings, and what agents tell of themselves.
 *
 * All but files needs a meeting that is joined, else [VsdkException] with [Status.INVALID_STATE].
 * What the service refuses is a [VsdkMeetingException] with [Status.REFUSED], and has its number
 * and words.
 */
public abstract class MeetingServices internal constructor(pointer: Pointer) :
    NativeObject(pointer, NativeFunctions::vsdk_meeting_free, lendsTexts = false) {

    /**
     * Starts a service of the meeting, such as recording it. It has succeeded when the service
     * agreed; how far it is then, events such as [EventType.RECORDING_STATE_CHANGED] tell
     * everybody, and [MeetingSnapshot.serviceState]. Null options leave all to the service. That
     * native clients have livestream, HLS, translation and whiteboard is inferred.
     */
    public suspend fun startService(
        kind: ServiceKind,
        options: ServiceOptions? = null,
        timeout: Duration = Vsdk.DEFAULT_TIMEOUT,
    ): Unit = run(timeout) { startServiceAsync(kind, options, it) }

    /** [startService] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun startServiceBlocking(
        kind: ServiceKind,
        options: ServiceOptions? = null,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
    ) {
        options.lendOrNull { how ->
            lend { meeting ->
                call { error ->
                    vsdk_meeting_start_service(meeting, kind.number, how, timeoutMs, error)
                }
            }
        }
    }

    /** Starts [startService]. What shows at once is thrown; everything else is the operation's. */
    @JvmOverloads
    public fun startServiceAsync(
        kind: ServiceKind,
        options: ServiceOptions? = null,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> = options.lendOrNull { how ->
        startIn(handler) { meeting, start ->
            vsdk_meeting_start_service_async(
                meeting, kind.number, how, timeoutMs,
                start.callback, start.userData, start.destroy, start.op, start.error,
            )
        }
    }

    /** Stops a service of the meeting. One that does not run is refused. */
    public suspend fun stopService(
        kind: ServiceKind,
        timeout: Duration = Vsdk.DEFAULT_TIMEOUT,
    ): Unit = run(timeout) { stopServiceAsync(kind, it) }

    /** [stopService] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun stopServiceBlocking(kind: ServiceKind, timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT) {
        lend { meeting ->
            call { error -> vsdk_meeting_stop_service(meeting, kind.number, timeoutMs, error) }
        }
    }

    /** Starts [stopService]. What shows at once is thrown; everything else is the operation's. */
    @JvmOverloads
    public fun stopServiceAsync(
        kind: ServiceKind,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> = startIn(handler) { meeting, start ->
        vsdk_meeting_stop_service_async(
            meeting, kind.number, timeoutMs,
            start.callback, start.userData, start.destroy, start.op, start.error,
        )
    }

    /**
     * Has what is said translated into another language, e.g. "en", for this participant, while
     * the translation runs. Everybody is told.
     */
    public suspend fun changeTranslationLanguage(
        language: String,
        timeout: Duration = Vsdk.DEFAULT_TIMEOUT,
    ): Unit = run(timeout) { changeTranslationLanguageAsync(language, it) }

    /** [changeTranslationLanguage] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun changeTranslationLanguageBlocking(
        language: String,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
    ) {
        val text = language.native()
        lend { meeting ->
            call { error ->
                vsdk_meeting_change_translation_language(meeting, text, timeoutMs, error)
            }
        }
    }

    /**
     * Starts [changeTranslationLanguage]. What shows at once is thrown; everything else is the
     * operation's.
     */
    @JvmOverloads
    public fun changeTranslationLanguageAsync(
        language: String,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> {
        val text = language.native()
        return startIn(handler) { meeting, start ->
            vsdk_meeting_change_translation_language_async(
                meeting, text, timeoutMs,
                start.callback, start.userData, start.destroy, start.op, start.error,
            )
        }
    }

    /**
     * Sets a value that everybody in the session shares, as long as the session lasts; null takes
     * it away. Key and value have at most 1,024 bytes each. That native clients have such values
     * is inferred.
     */
    public suspend fun storeSet(
        key: String,
        value: String?,
        timeout: Duration = Vsdk.DEFAULT_TIMEOUT,
    ): Unit = run(timeout) { storeSetAsync(key, value, it) }

    /** [storeSet] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun storeSetBlocking(
        key: String,
        value: String?,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
    ) {
        val named = key.native()
        val text = value?.native()
        lend { meeting ->
            call { error -> vsdk_meeting_store_set(meeting, named, text, timeoutMs, error) }
        }
    }

    /** Starts [storeSet]. What shows at once is thrown; everything else is the operation's. */
    @JvmOverloads
    public fun storeSetAsync(
        key: String,
        value: String?,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> {
        val named = key.native()
        val text = value?.native()
        return startIn(handler) { meeting, start ->
            vsdk_meeting_store_set_async(
                meeting, named, text, timeoutMs,
                start.callback, start.userData, start.destroy, start.op, start.error,
            )
        }
    }

    /** Reads a value that everybody shares; null when there is none. */
    public suspend fun storeGet(
        key: String,
        timeout: Duration = Vsdk.DEFAULT_TIMEOUT,
    ): String? = run(timeout) { storeGetAsync(key, it) }

    /** [storeGet] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun storeGetBlocking(key: String, timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT): String? {
        val named = key.native()
        return lend { meeting ->
            copied(::contentTextOrNull) { made, error ->
                vsdk_meeting_store_get(meeting, named, timeoutMs, made, error)
            }
        }
    }

    /** Starts [storeGet]. What shows at once is thrown; everything else is the operation's. */
    @JvmOverloads
    public fun storeGetAsync(
        key: String,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<String?>? = null,
    ): Op<String?> {
        val named = key.native()
        return startIn(OpResult.TEXT_OR_NULL, handler) { meeting, start ->
            vsdk_meeting_store_get_async(
                meeting, named, timeoutMs,
                start.callback, start.userData, start.destroy, start.op, start.error,
            )
        }
    }

    /**
     * From now on changes of a value come as [EventType.STORE_VALUE_CHANGED]. On a new connection
     * it is observed again by itself.
     */
    public suspend fun storeObserve(
        key: String,
        timeout: Duration = Vsdk.DEFAULT_TIMEOUT,
    ): Unit = run(timeout) { storeObserveAsync(key, it) }

    /** [storeObserve] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun storeObserveBlocking(key: String, timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT) {
        val named = key.native()
        lend { meeting ->
            call { error -> vsdk_meeting_store_observe(meeting, named, timeoutMs, error) }
        }
    }

    /** Starts [storeObserve]. What shows at once is thrown; everything else is the operation's. */
    @JvmOverloads
    public fun storeObserveAsync(
        key: String,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> {
        val named = key.native()
        return startIn(handler) { meeting, start ->
            vsdk_meeting_store_observe_async(
                meeting, named, timeoutMs,
                start.callback, start.userData, start.destroy, start.op, start.error,
            )
        }
    }

    /** From now on changes of a value come no more. */
    public suspend fun storeStopObserving(
        key: String,
        timeout: Duration = Vsdk.DEFAULT_TIMEOUT,
    ): Unit = run(timeout) { storeStopObservingAsync(key, it) }

    /** [storeStopObserving] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun storeStopObservingBlocking(key: String, timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT) {
        val named = key.native()
        lend { meeting ->
            call { error -> vsdk_meeting_store_stop_observing(meeting, named, timeoutMs, error) }
        }
    }

    /**
     * Starts [storeStopObserving]. What shows at once is thrown; everything else is the
     * operation's.
     */
    @JvmOverloads
    public fun storeStopObservingAsync(
        key: String,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> {
        val named = key.native()
        return startIn(handler) { meeting, start ->
            vsdk_meeting_store_stop_observing_async(
                meeting, named, timeoutMs,
                start.callback, start.userData, start.destroy, start.op, start.error,
            )
        }
    }

    /**
     * Uploads a file, for those who may join the room, and gives its URL. Tell them the URL, e.g.
     * in a message: [fetchFile] fetches it. It has at least one byte and at most 10 MiB. The
     * meeting need not be joined.
     */
    public suspend fun uploadFile(
        name: String,
        bytes: ByteArray,
        timeout: Duration = Vsdk.DEFAULT_TIMEOUT,
    ): String = run(timeout) { uploadFileAsync(name, bytes, it) }

    /** [uploadFile] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun uploadFileBlocking(
        name: String,
        bytes: ByteArray,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
    ): String {
        val named = name.native()
        return bytes.lend { memory, length ->
            lend { meeting ->
                copied(::contentText) { made, error ->
                    vsdk_meeting_upload_file(meeting, named, memory, length, timeoutMs, made, error)
                }
            }
        }
    }

    /** Starts [uploadFile]. What shows at once is thrown; everything else is the operation's. */
    @JvmOverloads
    public fun uploadFileAsync(
        name: String,
        bytes: ByteArray,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<String>? = null,
    ): Op<String> {
        val named = name.native()
        return bytes.lend { memory, length ->
            startIn(OpResult.TEXT, handler) { meeting, start ->
                vsdk_meeting_upload_file_async(
                    meeting, named, memory, length, timeoutMs,
                    start.callback, start.userData, start.destroy, start.op, start.error,
                )
            }
        }
    }

    /**
     * Fetches a file of at most 64 MiB that somebody has uploaded. The token goes only to the
     * server that the meeting uses and to hosts of the service. The meeting need not be joined.
     */
    public suspend fun fetchFile(
        url: String,
        timeout: Duration = Vsdk.DEFAULT_TIMEOUT,
    ): ByteArray = run(timeout) { fetchFileAsync(url, it) }

    /** [fetchFile] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun fetchFileBlocking(url: String, timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT): ByteArray {
        val text = url.native()
        return lend { meeting ->
            copied(::contentBytes) { made, error ->
                vsdk_meeting_fetch_file(meeting, text, timeoutMs, made, error)
            }
        }
    }

    /** Starts [fetchFile]. What shows at once is thrown; everything else is the operation's. */
    @JvmOverloads
    public fun fetchFileAsync(
        url: String,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<ByteArray>? = null,
    ): Op<ByteArray> {
        val text = url.native()
        return startIn(OpResult.BYTES, handler) { meeting, start ->
            vsdk_meeting_fetch_file_async(
                meeting, text, timeoutMs,
                start.callback, start.userData, start.destroy, start.op, start.error,
            )
        }
    }

    /**
     * Goes to another meeting, as the same participant and on the same connection; a null token is
     * the present one.
     *
     * The state is [MeetingState.CONNECTING] on the way and [MeetingState.CONNECTED] there; a
     * snapshot has the other meeting id then. Topics and observed values do not come along. What
     * fails after it has left the one meeting ends in [MeetingState.FAILED]; joining then leads
     * back to the meeting that it was in.
     */
    public suspend fun switchTo(
        meetingId: String,
        token: String? = null,
        timeout: Duration = Vsdk.DEFAULT_TIMEOUT,
    ): Unit = run(timeout) { switchToAsync(meetingId, token, it) }

    /** [switchTo] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun switchToBlocking(
        meetingId: String,
        token: String? = null,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
    ) {
        val room = meetingId.native()
        val secret = token?.native()
        lend { meeting ->
            call { error -> vsdk_meeting_switch_to(meeting, room, secret, timeoutMs, error) }
        }
    }

    /** Starts [switchTo]. What shows at once is thrown; everything else is the operation's. */
    @JvmOverloads
    public fun switchToAsync(
        meetingId: String,
        token: String? = null,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> {
        val room = meetingId.native()
        val secret = token?.native()
        return startIn(handler) { meeting, start ->
            vsdk_meeting_switch_to_async(
                meeting, room, secret, timeoutMs,
                start.callback, start.userData, start.destroy, start.op, start.error,
            )
        }
    }

    /**
     * Asks a participant to go on in another meeting, with [EventType.SWITCH_REQUESTED]; it
     * decides. `token` is one for there, null for none; `payloadJson` goes with it: a JSON value.
     */
    public suspend fun requestSwitch(
        participantId: String,
        meetingId: String,
        token: String? = null,
        payloadJson: String? = null,
        timeout: Duration = Vsdk.DEFAULT_TIMEOUT,
    ): Unit = run(timeout) { requestSwitchAsync(participantId, meetingId, token, payloadJson, it) }

    /** [requestSwitch] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun requestSwitchBlocking(
        participantId: String,
        meetingId: String,
        token: String? = null,
        payloadJson: String? = null,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
    ) {
        val id = participantId.native()
        val room = meetingId.native()
        val secret = token?.native()
        val payload = payloadJson?.native()
        lend { meeting ->
            call { error ->
                vsdk_meeting_request_switch(meeting, id, room, secret, payload, timeoutMs, error)
            }
        }
    }

    /** Starts [requestSwitch]. What shows at once is thrown; everything else is the operation's. */
    @JvmOverloads
    public fun requestSwitchAsync(
        participantId: String,
        meetingId: String,
        token: String? = null,
        payloadJson: String? = null,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> {
        val id = participantId.native()
        val room = meetingId.native()
        val secret = token?.native()
        val payload = payloadJson?.native()
        return startIn(handler) { meeting, start ->
            vsdk_meeting_request_switch_async(
                meeting, id, room, secret, payload, timeoutMs,
                start.callback, start.userData, start.destroy, start.op, start.error,
            )
        }
    }

    /**
     * Tells what this agent is doing; the others get [EventType.AGENT_STATE_CHANGED]. As all that
     * agents tell, for meetings that were made with [PeerType.AGENT], else [Status.INVALID_STATE].
     */
    public suspend fun sendAgentState(
        state: AgentState,
        timeout: Duration = Vsdk.DEFAULT_TIMEOUT,
    ): Unit = run(timeout) { sendAgentStateAsync(state, it) }

    /** [sendAgentState] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun sendAgentStateBlocking(state: AgentState, timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT) {
        lend { meeting ->
            call { error -> vsdk_meeting_send_agent_state(meeting, state.number, timeoutMs, error) }
        }
    }

    /**
     * Starts [sendAgentState]. What shows at once is thrown; everything else is the operation's.
     */
    @JvmOverloads
    public fun sendAgentStateAsync(
        state: AgentState,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> = startIn(handler) { meeting, start ->
        vsdk_meeting_send_agent_state_async(
            meeting, state.number, timeoutMs,
            start.callback, start.userData, start.destroy, start.op, start.error,
        )
    }

    /**
     * Tells what was said, by this agent or to it; the others get [EventType.AGENT_TRANSCRIPT].
     * `participantId` is who spoke; `isFinal` is true when these words will not change any more.
     */
    public suspend fun sendAgentTranscript(
        participantId: String,
        words: String,
        isFinal: Boolean,
        timeout: Duration = Vsdk.DEFAULT_TIMEOUT,
    ): Unit = run(timeout) { sendAgentTranscriptAsync(participantId, words, isFinal, it) }

    /** [sendAgentTranscript] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun sendAgentTranscriptBlocking(
        participantId: String,
        words: String,
        isFinal: Boolean,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
    ) {
        val id = participantId.native()
        val text = words.native()
        val final = if (isFinal) 1 else 0
        lend { meeting ->
            call { error ->
                vsdk_meeting_send_agent_transcript(meeting, id, text, final, timeoutMs, error)
            }
        }
    }

    /**
     * Starts [sendAgentTranscript]. What shows at once is thrown; everything else is the
     * operation's.
     */
    @JvmOverloads
    public fun sendAgentTranscriptAsync(
        participantId: String,
        words: String,
        isFinal: Boolean,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> {
        val id = participantId.native()
        val text = words.native()
        val final = if (isFinal) 1 else 0
        return startIn(handler) { meeting, start ->
            vsdk_meeting_send_agent_transcript_async(
                meeting, id, text, final, timeoutMs,
                start.callback, start.userData, start.destroy, start.op, start.error,
            )
        }
    }

    /**
     * Tells figures of this agent, a JSON object of whatever it measures; the others get
     * [EventType.AGENT_METRICS].
     */
    public suspend fun sendAgentMetrics(
        metricsJson: String,
        timeout: Duration = Vsdk.DEFAULT_TIMEOUT,
    ): Unit = run(timeout) { sendAgentMetricsAsync(metricsJson, it) }

    /** [sendAgentMetrics] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun sendAgentMetricsBlocking(
        metricsJson: String,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
    ) {
        val json = metricsJson.native()
        lend { meeting ->
            call { error -> vsdk_meeting_send_agent_metrics(meeting, json, timeoutMs, error) }
        }
    }

    /**
     * Starts [sendAgentMetrics]. What shows at once is thrown; everything else is the operation's.
     */
    @JvmOverloads
    public fun sendAgentMetricsAsync(
        metricsJson: String,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> {
        val json = metricsJson.native()
        return startIn(handler) { meeting, start ->
            vsdk_meeting_send_agent_metrics_async(
                meeting, json, timeoutMs,
                start.callback, start.userData, start.destroy, start.op, start.error,
            )
        }
    }
}
