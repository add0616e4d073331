// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import java.nio.ByteBuffer

/** A raw picture to send: see [VideoInput.push]. It refers to its planes, and copies nothing. */
public class VideoPicture @JvmOverloads constructor(
    /** How its pixels lie in memory. */
    public val format: PictureFormat,
    /** In pixels, before it is turned: 1 to 16,383, and with the height at most 7680 x 4320 pixels. */
    public val width: Int,
    /** In pixels, likewise. */
    public val height: Int,
    /** As many as the format has: of I420 Y, U and V, of NV12 two, of others one. */
    public val planes: List<PlaneView>,
    /**
     * How far it has to be turned clockwise to be upright, in degrees: 0, 90, 180 or 270. The
     * library turns it.
     */
    public val rotation: Int = 0,
    /**
     * When it was filmed: microseconds from 0 on, on the clock of this participant's other tracks;
     * null for just now.
     */
    public val captureTimeUs: Long? = null,
) {
    /** Its format and its size. */
    override fun toString(): String = "$format of $width x $height"
}

/** A look at one plane of a picture, row after row. */
public class PlaneView(
    data: ByteBuffer,
    /** How far the beginnings of two rows are apart, in bytes. */
    public val stride: Int,
) {
    private val bytes = data.slice()

    /** One in an array. */
    public constructor(data: ByteArray, stride: Int) : this(ByteBuffer.wrap(data), stride)

    /**
     * Its bytes: a view of its own with each call. They are those which were between the position
     * and the limit of the buffer from which this was made; behind the last row nothing need be.
     */
    public val data: ByteBuffer get() = bytes.duplicate()

    /** Its length and its stride. */
    override fun toString(): String = "${bytes.capacity()} bytes, $stride for each row"
}
