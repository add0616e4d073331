"""Video outputs: raw pictures of others, one track each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from ctypes import byref, c_void_p
from typing import Optional

from ._native import callbacks, process
from ._native.calls import Kept, Owned, content_bytes, taken_error, whole
from ._native.loading import lib
from ._native.operation import each, each_async, giving_content
from ._native.wakes import Wakes
from .enumerations import ImageFormat, PictureFormat, Status
from .errors import EventsEndedError
from .library import DEFAULT_TIMEOUT
from .media_handle import MediaHandle
from .received_picture import ReceivedPicture
from .wake_handler import WakeHandler

_CAPTURE_IMAGE = giving_content(
    lib.vsdk_video_output_capture_image, lib.vsdk_video_output_capture_image_async, content_bytes
)


class VideoOutput(MediaHandle):
    """The pictures of a track of somebody else. `RemoteTrack.video_output()` makes it.

    They are decoded by a thread of the library. Of those that are not read in time only the latest
    is kept: whoever is slow sees fewer of them, and no late ones. Closing it, or no longer
    referring to it, lets the frames of its track be read again.
    """

    format: PictureFormat
    """How its pictures lie in memory."""

    def __init__(self, owned: Kept) -> None:
        """Take over what the track made."""
        super().__init__(owned)
        self.format = PictureFormat(lib.vsdk_video_output_format(self._handle))
        self._wakes = Wakes()

    def next_picture(self, timeout: float | None = None) -> ReceivedPicture | None:
        """Give the latest picture, if it was not read yet; else the next one.

        None when none came within `timeout` seconds. Waits without limit by default; 0 only looks,
        which is allowed inside a handler too.

        Raises:
            EventsEndedError: None will come, for the track is no longer sent.
            InvalidStateError: The output is closed.
            WouldDeadlockError: It would wait inside a handler.

        """
        return self._wakes.next(self._next_picture, timeout, self._start_waking)

    async def next_picture_async(self, timeout: float | None = None) -> ReceivedPicture | None:
        """Do as `next_picture()` without holding up the event loop, and without a thread."""
        return await self._wakes.next_async(self._next_picture, timeout, self._start_waking)

    def pictures(self, timeout: float | None = None) -> Iterator[ReceivedPicture]:
        """Go through the pictures: `for picture in output.pictures()`.

        Ends when the track is no longer sent, when the output is closed, or when none came within
        `timeout` seconds. Each step waits and raises as `next_picture()`.
        """
        _ = self._handle
        return each(self.next_picture, timeout)

    def pictures_async(self, timeout: float | None = None) -> AsyncIterator[ReceivedPicture]:
        """Go through the pictures: `async for picture in output.pictures_async()`.

        Does as `pictures()`.
        """
        _ = self._handle
        return each_async(self.next_picture_async, timeout)

    def _next_picture(self, timeout_ms: int) -> ReceivedPicture | None:
        handle = self._handle
        with Owned(lib.vsdk_received_picture_free) as picture:
            error = c_void_p()
            status = lib.vsdk_video_output_next_picture(
                handle, timeout_ms, picture.out, byref(error)
            )
            if picture.handle is not None:
                return ReceivedPicture._take(picture)
        if status == Status.NO_EVENT:
            return None
        process.freeze_at_exit()
        if status < 0:
            raise taken_error(status, error)
        raise EventsEndedError(
            Status.CLOSED,
            "the track is no longer sent, and no picture will come",
            remedy="Stop reading; pictures() does so by itself.",
            operation="video_output_next_picture",
        )

    def capture_image(
        self,
        format: ImageFormat,  # noqa: A002 - it is one
        quality: int = 0,
        *,
        timeout: float = DEFAULT_TIMEOUT,
    ) -> bytes:
        """Capture what it shows, as the bytes of an image file.

        That is the latest picture, whether it was read or not, or the first one when there was none
        yet. Nothing is taken from those who read pictures. It is encoded on a thread of the
        library, and up to 16 captures may be under way.

        Args:
            format: PNG or JPEG.
            quality: Of a JPEG, from 1 (small) to 100 (good), or 0 for a good one; of a PNG 0.
            timeout: Seconds for all of it.

        Raises:
            InvalidArgumentError: There is no such format or quality.
            InvalidStateError: The track is no longer sent, or the output is closed.
            TimeoutError: There was no picture in time.
            ResourceExhaustedError: Too many are under way.
            WouldDeadlockError: It would wait inside a handler.

        """
        image = whole(format, "format"), whole(quality, "quality")
        return _CAPTURE_IMAGE.wait(self._handle, *image, timeout=timeout)

    async def capture_image_async(
        self,
        format: ImageFormat,  # noqa: A002 - it is one
        quality: int = 0,
        *,
        timeout: float = DEFAULT_TIMEOUT,
    ) -> bytes:
        """Do as `capture_image()` without holding up the event loop."""
        image = whole(format, "format"), whole(quality, "quality")
        return await _CAPTURE_IMAGE.wait_async(self._handle, *image, timeout=timeout)

    def set_wake_handler(self, handler: Optional[WakeHandler]) -> None:
        """Set what is called whenever there is a picture after there was none.

        It is called at the end of the track, too. Made for event loops: let it signal the loop, and
        read there with `next_picture(0)` until there is nothing. With asyncio `pictures_async()`
        does all of it. Runs on the library's thread for media, and is kept until another takes its
        place or the output is closed; None is nothing.
        """
        _ = self._handle
        self._wakes.handler = handler
        # Set anew each time, so that when this returns the earlier one is not running.
        self._set_waking()

    def _start_waking(self) -> None:
        if not callbacks.is_kept(self._wakes.key):
            self._set_waking()

    def _set_waking(self) -> None:
        wakes = self._wakes
        # Whoever waits then finds out that it is closed.
        wakes.key = callbacks.set_output_wake_handler(self._handle, wakes.give, wakes.look_again)

    def close(self) -> None:
        """Free it; the track itself goes on. Again is no mistake. Never fails."""
        super().close()
        self._wakes.look_again()

    def _told(self) -> str:
        return f": {self.format}"
