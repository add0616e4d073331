// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import kotlinx.coroutines.channels.Channel

/**
 * Is told that there is something to read; see [Meeting.setWakeHandler],
 * [RemoteTrack.setWakeHandler] and [VideoOutput.setWakeHandler].
 */
public fun interface WakeHandler {
    /** Runs on the library's thread for callbacks; of a track or an output, on its thread for media. */
    public fun wake()
}

internal class WakeCaller(private val handler: WakeHandler) : WakeReceiver() {
    override fun wake() = handler.wake()
}

/** Tells one coroutine that there may be something to read. */
internal class Waker : WakeReceiver() {
    // One signal stands for all that came since the last look.
    private val signal = Channel<Unit>(Channel.CONFLATED)

    /** Whether the library has let it go, so that it is told nothing any more. */
    @Volatile
    var isOver: Boolean = false
        private set

    override fun wake() {
        signal.trySend(Unit)
    }

    override fun destroyed() {
        isOver = true
        signal.close()
    }

    /** Waits until there may be something, or it is over. */
    suspend fun await() {
        signal.receiveCatching()
    }
}
