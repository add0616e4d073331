"""Video inputs: raw pictures of the program, for a track that it sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._native.calls import Kept, call
from ._native.loading import lib
from ._native.pictures import lent
from .media_handle import MediaHandle
from .push_result import PushResult
from .video_picture import VideoPicture

if TYPE_CHECKING:
    from .local_track import LocalTrack


class VideoInput(MediaHandle):
    """Raw pictures for a track that this participant sends. `LocalTrack.video_input()` makes it.

    What is pushed is converted, turned upright, made as small as each layer of the track wants it,
    encoded by a thread of the library, and sent. Pictures may have any size, and another one from
    one to the next. One that is not encoded before the next comes makes place for it: whoever films
    faster than is encoded sends fewer pictures, and no late ones.

    It may be used from any thread and inside any handler. Closing it, or no longer referring to it,
    leaves the track as it is: it takes encoded frames or another input again.
    """

    track: LocalTrack
    """Whose pictures they are. It is sent at least as long as this is referred to, or until it is
    closed."""

    def __init__(self, owned: Kept, track: LocalTrack) -> None:
        """Take over what the track made."""
        super().__init__(owned)
        self.track = track

    def push(self, picture: VideoPicture) -> PushResult:
        """Send a picture. The library copies what is in its planes, nothing before does.

        Waits for nothing. A picture that is not taken is no failure: the result says why.

        Raises:
            InvalidArgumentError: Its size, strides, format, turn or time cannot be, or its planes
                are too short, too few, or other buffers.
            InvalidStateError: The input is closed.

        """
        if not isinstance(picture, VideoPicture):
            raise TypeError(f"picture has to be a VideoPicture, not {type(picture).__name__}")
        with lent(picture) as described:
            return PushResult(call(lib.vsdk_video_input_push, self._handle, described.address))

    def _told(self) -> str:
        return f": of track {self.track.id!r}"
