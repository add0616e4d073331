// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer

/**
 * Raw pictures for a track that this participant sends: made with [LocalTrack.videoInput].
 *
 * What is pushed is converted, turned upright, made as small as each layer of the track wants it,
 * encoded by a thread of the library, and sent. Pictures may have any size, and another one from one
 * to the next. One that is not encoded before the next comes makes place for it: whoever films faster
 * than is encoded sends fewer pictures, and no late ones. Any number of threads may push. [close]
 * leaves the track as it is, and lets it take encoded frames or another input.
 */
public class VideoInput internal constructor(pointer: Pointer) :
    NativeObject(pointer, NativeFunctions::vsdk_video_input_free, lendsTexts = false) {

    /**
     * Sends a picture, which is copied. The library reads planes in direct buffers where they are.
     * Does not wait.
     *
     * What was not taken is no failure; the answer says why. [Pushed.NOT_SENDING]: go on pushing.
     *
     * Throws [VsdkException] with [Status.INVALID_ARGUMENT] for sizes, strides, formats, turns and
     * times that cannot be, and for planes that are too short or too few.
     */
    public fun push(picture: VideoPicture): Pushed =
        VideoPictureStructure.make(picture).use { description ->
            lend { input ->
                Pushed.of(call { error -> vsdk_video_input_push(input, description, error) })
            }
        }
}
