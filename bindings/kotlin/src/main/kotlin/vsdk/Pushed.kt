// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

/** What became of what was pushed: see [LocalTrack.push], [AudioInput.push] and [VideoInput.push]. */
public class Pushed private constructor(number: Int, name: String) : Enumeration(number, name) {
    public companion object {
        /** It goes out. */
        @JvmField
        public val QUEUED: Pushed = Pushed(Status.OK.number, "QUEUED")

        /**
         * Not taken, for nobody is there to take it: the track is off, the meeting not joined, or
         * the connection is being made anew. Go on; pictures begin with a key frame once there is a
         * way.
         */
        @JvmField
        public val NOT_SENDING: Pushed = Pushed(Status.NOT_SENDING.number, "NOT_SENDING")

        /**
         * Not taken, for too much waits already: the network is slower than the encoder. Of
         * pictures, those up to the next key frame are refused as well.
         */
        @JvmField
        public val FULL: Pushed = Pushed(Status.FULL.number, "FULL")

        /** Not taken, for it cannot be decoded without one that was not sent. Make a key frame. */
        @JvmField
        public val NEEDS_KEY_FRAME: Pushed = Pushed(Status.NEEDS_KEY_FRAME.number, "NEEDS_KEY_FRAME")

        /**
         * Not taken, for its layer is switched off for lack of bandwidth. Save the work of encoding
         * it until its target is active again.
         */
        @JvmField
        public val LAYER_OFF: Pushed = Pushed(Status.LAYER_OFF.number, "LAYER_OFF")

        /** Not taken, for your [FrameTransform] has dropped it. Pictures go on with a key frame. */
        @JvmField
        public val DROPPED: Pushed = Pushed(Status.DROPPED.number, "DROPPED")

        private val known: Map<Int, Pushed> = listOf(
            QUEUED,
            NOT_SENDING,
            FULL,
            NEEDS_KEY_FRAME,
            LAYER_OFF,
            DROPPED,
        ).associateBy { it.number }

        /** The value with this number, also when this version has no name for it. */
        @JvmStatic
        public fun of(number: Int): Pushed = known[number] ?: Pushed(number, UNKNOWN_NAME)
    }
}
