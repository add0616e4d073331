// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

/** Receives log records; see [Vsdk.setLogHandler]. */
public fun interface LogHandler {
    /**
     * One record: its level, the part of the library it comes from, e.g. "rooms", and its text,
     * which never holds a secret. Runs on the library's thread for callbacks.
     */
    public fun record(level: LogLevel, target: String, message: String)
}

internal class LogCaller(private val handler: LogHandler) : LogReceiver() {
    override fun record(level: Int, target: String, message: String) =
        handler.record(LogLevel.of(level), target, message)
}
