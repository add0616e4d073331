// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

/** How raw sound is laid out. A frame is one sample of each channel, the left one first. */
public data class AudioFormat @JvmOverloads constructor(
    /** In hertz: 8,000 to 192,000. 48,000 needs no conversion. */
    val sampleRate: Int = 48_000,
    /** 1 or 2. */
    val channels: Int = 1,
)
