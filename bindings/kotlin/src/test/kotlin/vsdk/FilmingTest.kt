// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue

/** Tests in which somebody films and somebody else looks. */
abstract class FilmingTest : CleanTest() {

    class Scene(val ann: Client, val bob: Client, val track: LocalTrack, val input: VideoInput, val remote: RemoteTrack)

    /** Ann films, and Bob looks; a library without pictures has to say so at both ends. */
    protected fun filming(test: Scene.() -> Unit) = Service().use { service ->
        service.send(TrackKind.VIDEO) {
            if (hasRawPictures) {
                track.videoInput().use { Scene(ann, bob, track, it, remote).test() }
            } else {
                for (end in listOf({ track.videoInput() }, { remote.videoOutput(PictureFormat.I420) })) {
                    val failure = failure { end() }
                    assertEquals(Status.UNSUPPORTED, failure.status)
                    assertTrue("`vp8`" in failure.remedy)
                }
            }
        }
    }
}
