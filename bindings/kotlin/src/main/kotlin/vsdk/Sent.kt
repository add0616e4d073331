// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

/** What became of data that was sent: see [Meeting.sendData]. */
public class Sent private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** It goes out. */
        @JvmField
        public val QUEUED: Sent = Sent(Status.OK.number, "QUEUED")

        /** Not taken, for too much waits already: send it again a little later, or leave it. */
        @JvmField
        public val FULL: Sent = Sent(Status.FULL.number, "FULL")

        private val known: Map<Int, Sent> = listOf(QUEUED, FULL).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): Sent = known[number] ?: Sent(number, UNKNOWN_NAME)
    }
}
