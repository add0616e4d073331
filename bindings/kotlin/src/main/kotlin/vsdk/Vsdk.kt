// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/**
 * Where everything begins: `Vsdk.config(token)`, [createRoom], [initMeeting].
 *
 * What waits for the service exists three times. The `suspend` function is the one for Kotlin: it
 * blocks no thread, and cancelling the coroutine cancels the request, which has ended when the
 * CancellationException is thrown. The one ending in `Blocking` is for threads, in Java and Kotlin;
 * an interrupt does not end it, its time limit does. The one ending in `Async` gives an [Op] or
 * calls a handler. All of them throw [VsdkException], and may be called from any thread. What they
 * return is yours to close.
 *
 * The library is loaded at the first use: UnsatisfiedLinkError when there is none for this
 * platform, [VsdkException] with [Status.ABI_MISMATCH] when it is of another version.
 */
public object Vsdk {
    /** 30 seconds, for functions that suspend. */
    @JvmSynthetic
    public val DEFAULT_TIMEOUT: Duration = 30.seconds

    /** 30 seconds, for functions that take milliseconds. */
    public const val TIMEOUT_DEFAULT: Long = VSDK_TIMEOUT_DEFAULT

    /**
     * As long as it takes. Only waiting on events and operations accepts it; other calls throw
     * [VsdkException] with [Status.INVALID_ARGUMENT].
     */
    public const val TIMEOUT_INFINITE: Long = VSDK_TIMEOUT_INFINITE

    /** The version of the library that is loaded, e.g. "0.1.0". */
    @JvmStatic
    public val version: String get() = native.vsdk_version()?.text().orEmpty()

    /** The ABI number of the library that is loaded. */
    @JvmStatic
    public val abiVersion: Int get() = native.vsdk_abi_version()

    /**
     * Sets the token that applies wherever options give none, like VideoSDK.config(token).
     *
     * The doctor looks at it first, see [inspectToken]: what can never work fails here, with the
     * reason, as a [VsdkTokenException]. Meetings that are initialised already keep their token.
     * Does not wait.
     */
    @JvmStatic
    public fun config(token: String) {
        call { error -> vsdk_config(token.native(), error) }
    }

    /**
     * Changes what is assigned in the options and leaves the rest as it is. All or nothing. Does
     * not wait.
     */
    @JvmStatic
    public fun configWith(options: ConfigOptions) {
        options.lend { given -> call { error -> vsdk_config_with(given, error) } }
    }

    /**
     * Mints a token: signs it with the API secret. For servers, tests and demos. Refuses what the
     * service would refuse later, with the reason. Does not wait.
     */
    @JvmStatic
    public fun mintToken(options: TokenMintOptions): Token = options.lend { given ->
        Token(make { token, error -> vsdk_token_mint(given, token, error) })
    }

    /**
     * Fetches a token from a token server: GET with {"token": "..."} expected, e.g. from
     * "http://localhost:3000/get-token". Plain http only on this machine, unless the configuration
     * allows more.
     */
    public suspend fun fetchToken(
        url: String,
        options: TokenFetchOptions? = null,
        timeout: Duration = DEFAULT_TIMEOUT,
    ): Token = run(timeout) { fetchTokenAsync(url, options, it) }

    /** [fetchToken] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmStatic
    @JvmOverloads
    public fun fetchTokenBlocking(
        url: String,
        options: TokenFetchOptions? = null,
        timeoutMs: Long = TIMEOUT_DEFAULT,
    ): Token = options.lendOrNull { given ->
        Token(make { made, error -> vsdk_token_fetch(url.native(), given, timeoutMs, made, error) })
    }

    /** Starts [fetchToken]. What shows at once is thrown; everything else is the operation's. */
    @JvmStatic
    @JvmOverloads
    public fun fetchTokenAsync(
        url: String,
        options: TokenFetchOptions? = null,
        timeoutMs: Long = TIMEOUT_DEFAULT,
        handler: CompletionHandler<Token>? = null,
    ): Op<Token> {
        val address = url.native()
        return options.lendOrNull { given ->
            start(OpResult.TOKEN, handler) { start ->
                vsdk_token_fetch_async(
                    address, given, timeoutMs,
                    start.callback, start.userData, start.destroy, start.op, start.error,
                )
            }
        }
    }

    /**
     * Examines a token, without network and without secret; `token` is the text to examine,
     * whatever it is. Never throws because of what is wrong with the token: that is what the report
     * is for.
     */
    @JvmStatic
    public fun inspectToken(token: String): TokenReport =
        TokenReport(make { report, error -> vsdk_token_inspect(token.native(), report, error) })

    /**
     * Examines a token for one use: in this room and as this participant, or null for those that
     * are not known.
     */
    @JvmStatic
    @JvmOverloads
    public fun inspectToken(
        token: String,
        purpose: TokenPurpose,
        roomId: String? = null,
        participantId: String? = null,
    ): TokenReport = TokenReport(
        make { report, error ->
            vsdk_token_inspect_for(
                token.native(), purpose.number, roomId?.native(), participantId?.native(),
                report, error,
            )
        },
    )

    /**
     * Creates a room, like the service's createRoom. With a custom id that exists already, the
     * service gives the existing one. What can be repeated safely is repeated within `timeout`.
     */
    public suspend fun createRoom(
        options: RoomOptions? = null,
        timeout: Duration = DEFAULT_TIMEOUT,
    ): Room = run(timeout) { createRoomAsync(options, it) }

    /** [createRoom] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmStatic
    @JvmOverloads
    public fun createRoomBlocking(
        options: RoomOptions? = null,
        timeoutMs: Long = TIMEOUT_DEFAULT,
    ): Room = options.lendOrNull { given ->
        Room(make { room, error -> vsdk_create_room(given, timeoutMs, room, error) })
    }

    /** Starts [createRoom]. What shows at once is thrown; everything else is the operation's. */
    @JvmStatic
    @JvmOverloads
    public fun createRoomAsync(
        options: RoomOptions? = null,
        timeoutMs: Long = TIMEOUT_DEFAULT,
        handler: CompletionHandler<Room>? = null,
    ): Op<Room> = options.lendOrNull { given ->
        start(OpResult.ROOM, handler) { start ->
            vsdk_create_room_async(
                given, timeoutMs,
                start.callback, start.userData, start.destroy, start.op, start.error,
            )
        }
    }

    /**
     * Looks a room up by its room id or custom id, and checks that it belongs to the account of the
     * token. Throws [VsdkServiceException] with [Status.NOT_FOUND] when there is none.
     */
    public suspend fun validateRoom(
        roomId: String,
        request: RequestOptions? = null,
        timeout: Duration = DEFAULT_TIMEOUT,
    ): Room = run(timeout) { validateRoomAsync(roomId, request, it) }

    /** [validateRoom] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmStatic
    @JvmOverloads
    public fun validateRoomBlocking(
        roomId: String,
        request: RequestOptions? = null,
        timeoutMs: Long = TIMEOUT_DEFAULT,
    ): Room = request.lendOrNull { given ->
        Room(make { room, error -> vsdk_room_validate(roomId.native(), given, timeoutMs, room, error) })
    }

    /** Starts [validateRoom]. What shows at once is thrown; everything else is the operation's. */
    @JvmStatic
    @JvmOverloads
    public fun validateRoomAsync(
        roomId: String,
        request: RequestOptions? = null,
        timeoutMs: Long = TIMEOUT_DEFAULT,
        handler: CompletionHandler<Room>? = null,
    ): Op<Room> = request.startRoom(roomId, handler) { id, given, start ->
        vsdk_room_validate_async(
            id, given, timeoutMs,
            start.callback, start.userData, start.destroy, start.op, start.error,
        )
    }

    /**
     * Looks a room up by its room id, custom id or database id. Throws [VsdkServiceException] with
     * [Status.NOT_FOUND] when there is none.
     */
    public suspend fun getRoom(
        roomId: String,
        request: RequestOptions? = null,
        timeout: Duration = DEFAULT_TIMEOUT,
    ): Room = run(timeout) { getRoomAsync(roomId, request, it) }

    /** [getRoom] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmStatic
    @JvmOverloads
    public fun getRoomBlocking(
        roomId: String,
        request: RequestOptions? = null,
        timeoutMs: Long = TIMEOUT_DEFAULT,
    ): Room = request.lendOrNull { given ->
        Room(make { room, error -> vsdk_room_get(roomId.native(), given, timeoutMs, room, error) })
    }

    /** Starts [getRoom]. What shows at once is thrown; everything else is the operation's. */
    @JvmStatic
    @JvmOverloads
    public fun getRoomAsync(
        roomId: String,
        request: RequestOptions? = null,
        timeoutMs: Long = TIMEOUT_DEFAULT,
        handler: CompletionHandler<Room>? = null,
    ): Op<Room> = request.startRoom(roomId, handler) { id, given, start ->
        vsdk_room_get_async(
            id, given, timeoutMs,
            start.callback, start.userData, start.destroy, start.op, start.error,
        )
    }

    /**
     * Closes a room for good: nobody can join it any more. Takes its room id; the service takes no
     * custom id here. Throws [VsdkServiceException] with [Status.NOT_FOUND] when there is none.
     */
    public suspend fun deactivateRoom(
        roomId: String,
        request: RequestOptions? = null,
        timeout: Duration = DEFAULT_TIMEOUT,
    ): Room = run(timeout) { deactivateRoomAsync(roomId, request, it) }

    /** [deactivateRoom] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmStatic
    @JvmOverloads
    public fun deactivateRoomBlocking(
        roomId: String,
        request: RequestOptions? = null,
        timeoutMs: Long = TIMEOUT_DEFAULT,
    ): Room = request.lendOrNull { given ->
        Room(make { room, error -> vsdk_room_deactivate(roomId.native(), given, timeoutMs, room, error) })
    }

    /** Starts [deactivateRoom]. What shows at once is thrown; everything else is the operation's. */
    @JvmStatic
    @JvmOverloads
    public fun deactivateRoomAsync(
        roomId: String,
        request: RequestOptions? = null,
        timeoutMs: Long = TIMEOUT_DEFAULT,
        handler: CompletionHandler<Room>? = null,
    ): Op<Room> = request.startRoom(roomId, handler) { id, given, start ->
        vsdk_room_deactivate_async(
            id, given, timeoutMs,
            start.callback, start.userData, start.destroy, start.op, start.error,
        )
    }

    /** Lists rooms, one page at a time. */
    public suspend fun listRooms(
        options: RoomListOptions? = null,
        timeout: Duration = DEFAULT_TIMEOUT,
    ): RoomList = run(timeout) { listRoomsAsync(options, it) }

    /** [listRooms] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmStatic
    @JvmOverloads
    public fun listRoomsBlocking(
        options: RoomListOptions? = null,
        timeoutMs: Long = TIMEOUT_DEFAULT,
    ): RoomList = options.lendOrNull { given ->
        RoomList(make { list, error -> vsdk_rooms_list(given, timeoutMs, list, error) })
    }

    /** Starts [listRooms]. What shows at once is thrown; everything else is the operation's. */
    @JvmStatic
    @JvmOverloads
    public fun listRoomsAsync(
        options: RoomListOptions? = null,
        timeoutMs: Long = TIMEOUT_DEFAULT,
        handler: CompletionHandler<RoomList>? = null,
    ): Op<RoomList> = options.lendOrNull { given ->
        start(OpResult.ROOM_LIST, handler) { start ->
            vsdk_rooms_list_async(
                given, timeoutMs,
                start.callback, start.userData, start.destroy, start.op, start.error,
            )
        }
    }

    /**
     * Lists the microphones or the speakers that there are now; none is opened for it.
     *
     * Throws [VsdkException]: with [Status.NOT_FOUND] without a sound system, with [Status.TIMEOUT]
     * when that does not answer, with [Status.UNSUPPORTED] when this build of the library opens no
     * devices.
     */
    public suspend fun listDevices(kind: DeviceKind): List<Device> =
        withContext(Dispatchers.IO) { listDevicesBlocking(kind) }

    /** [listDevices] for threads: blocks at most ten seconds. */
    @JvmStatic
    public fun listDevicesBlocking(kind: DeviceKind): List<Device> =
        devicesIn(make { list, error -> vsdk_devices_list(kind.number, list, error) })

    /**
     * Makes a meeting from its options, like VideoSDK.initMeeting({...}).
     *
     * Checks everything that can be checked without a network: the options, and whether the token
     * can join this room as this participant. The first event is the change to
     * [MeetingState.INITIALISED]; warnings about the token follow. Does not wait.
     */
    @JvmStatic
    public fun initMeeting(options: MeetingOptions): Meeting = options.lend { given ->
        Meeting(make { meeting, error -> vsdk_init_meeting(given, meeting, error) })
    }

    /**
     * Sets who receives log records of this level and the more important ones, in the place of the
     * present handler; null is silence.
     *
     * When this returns, the earlier handler is not running and will not run again, unless this is
     * called from inside it.
     */
    @JvmStatic
    public fun setLogHandler(level: LogLevel, handler: LogHandler?) {
        val receiver = handler?.let(::LogCaller)
        call { error ->
            vsdk_set_log_handler(
                level.number,
                receiver?.let { Callbacks.onLog },
                receiver?.let(Callbacks::keep),
                receiver?.let { Callbacks.onDestroy },
                error,
            )
        }
    }

    /**
     * Sets who is told of exceptions that leave callbacks; null, as at first, is the thread's own
     * handler of uncaught exceptions. An exception never enters the library, which goes on.
     */
    @JvmStatic
    public fun setCallbackExceptionHandler(handler: CallbackExceptionHandler?) {
        Callbacks.exceptionHandler = handler
    }

    /**
     * Ends everything that runs: operations complete with [Status.SHUTDOWN], meetings end, the
     * callbacks that are due are made, all threads of the library stop. Objects stay valid, and the
     * library may be used again. Ending a program without it is fine.
     */
    public suspend fun shutdown(timeout: Duration = DEFAULT_TIMEOUT) {
        withContext(Dispatchers.IO) { shutdownBlocking(timeout.toTimeoutMs()) }
    }

    /** [shutdown] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmStatic
    @JvmOverloads
    public fun shutdownBlocking(timeoutMs: Long = TIMEOUT_DEFAULT) {
        call { error -> vsdk_shutdown(timeoutMs, error) }
    }

    /** How many handles are live; a program that has closed all its objects ends with 0. */
    @JvmStatic
    @JvmOverloads
    public fun liveHandles(kind: HandleKind = HandleKind.ALL): Long =
        native.vsdk_debug_live_handles(kind.number)
}

private inline fun RequestOptions?.startRoom(
    roomId: String,
    handler: CompletionHandler<Room>?,
    crossinline function: NativeFunctions.(ByteArray, Pointer?, Start) -> Int,
): Op<Room> {
    val id = roomId.native()
    return lendOrNull { given -> start(OpResult.ROOM, handler) { function(id, given, it) } }
}
