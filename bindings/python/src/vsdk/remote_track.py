"""Remote tracks: what others send."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from ctypes import byref, c_void_p
from typing import Optional

from ._native import callbacks, process
from ._native.calls import Kept, Owned, call, taken_error, text, whole
from ._native.functions import Handle
from ._native.loading import lib
from ._native.operation import Doing, each, each_async
from ._native.wakes import Wakes
from .audio_output import AudioOutput
from .device import AudioDevice
from .enumerations import Codec, PictureFormat, Status, TrackKind
from .errors import EventsEndedError
from .library import DEFAULT_TIMEOUT
from .received_frame import FrameHandler, ReceivedFrame
from .track_handle import TrackHandle
from .video_output import VideoOutput
from .wake_handler import WakeHandler

_PAUSE = Doing(lib.vsdk_remote_track_pause, lib.vsdk_remote_track_pause_async)
_RESUME = Doing(lib.vsdk_remote_track_resume, lib.vsdk_remote_track_resume_async)
_SET_PREFERRED_LAYERS = Doing(
    lib.vsdk_remote_track_set_preferred_layers, lib.vsdk_remote_track_set_preferred_layers_async
)


class RemoteTrack(TrackHandle):
    """A track that somebody else sends. `Meeting.remote_track()` gives it.

    About a second of sound and two of pictures wait to be read; what is lost beyond that is told by
    `ReceivedFrame.follows_gap`. Several objects for one track share its frames: each frame is read
    by one of them. Closing one does nothing to the track.
    """

    participant_id: str
    """Who sends it."""

    def __init__(self, owned: Kept, wakes: Wakes) -> None:
        """Take over what the meeting made; all objects for one track share who is woken."""
        super().__init__(owned)
        handle = self._handle
        self.id = text(lib.vsdk_remote_track_id(handle))
        self.participant_id = text(lib.vsdk_remote_track_participant_id(handle))
        self.kind = TrackKind(lib.vsdk_remote_track_kind(handle))
        self.codec = Codec(lib.vsdk_remote_track_codec(handle))
        self._wakes = wakes
        # Under which this object last had the library wake.
        self._wake_key = 0

    # ---- Frames ----------------------------------------------------------------------------------

    def next_frame(self, timeout: float | None = None) -> ReceivedFrame | None:
        """Give the next frame; None when none came within `timeout` seconds.

        Waits without limit by default; 0 only looks, which is allowed inside a handler too.

        Raises:
            EventsEndedError: The track is no longer sent, and all its frames were read.
            InvalidStateError: A frame handler is set, an `AudioOutput` or a `VideoOutput` takes the
                frames, or the track is closed.
            WouldDeadlockError: It would wait inside a handler.

        """
        return self._wakes.next(self._next_frame, timeout, self._start_waking)

    async def next_frame_async(self, timeout: float | None = None) -> ReceivedFrame | None:
        """Do as `next_frame()` without holding up the event loop, and without a thread."""
        return await self._wakes.next_async(self._next_frame, timeout, self._start_waking)

    def frames(self, timeout: float | None = None) -> Iterator[ReceivedFrame]:
        """Go through the frames: `for frame in track.frames()`.

        Ends when the track is no longer sent and all its frames were read, when it is closed, or
        when none came within `timeout` seconds: with 0 it gives what is there. Each step waits and
        raises as `next_frame()`.
        """
        _ = self._handle
        return each(self.next_frame, timeout)

    def frames_async(self, timeout: float | None = None) -> AsyncIterator[ReceivedFrame]:
        """Go through the frames: `async for frame in track.frames_async()`; as `frames()`."""
        _ = self._handle
        return each_async(self.next_frame_async, timeout)

    def _next_frame(self, timeout_ms: int) -> ReceivedFrame | None:
        handle = self._handle
        with Owned(lib.vsdk_received_frame_free) as frame:
            error = c_void_p()
            status = lib.vsdk_remote_track_next_frame(handle, timeout_ms, frame.out, byref(error))
            callbacks.go_on_with_interrupt()
            if frame.handle is not None:
                return ReceivedFrame._take(frame)
        if status == Status.NO_EVENT:
            return None
        process.freeze_at_exit()
        if status < 0:
            raise taken_error(status, error)
        raise EventsEndedError(
            Status.CLOSED,
            "the track is no longer sent and all its frames were read",
            remedy="Stop reading; frames() does so by itself.",
            operation="remote_track_next_frame",
        )

    def _start_waking(self) -> None:
        # The track of another object may have the same id and be over. Of one that goes on, the
        # library keeps what was set last.
        is_first = self._wake_key == 0
        if is_first or not any(map(callbacks.is_kept, (self._wake_key, self._wakes.key))):
            self._set_waking()

    def _set_waking(self) -> None:
        wakes = self._wakes
        # Without its meeting a track goes on for a moment: whoever waits then has to ask again to
        # be woken.
        key = callbacks.set_track_wake_handler(self._handle, wakes.give, wakes.look_again)
        self._wake_key = wakes.key = key

    def close(self) -> None:
        """Free it; the track itself goes on. Again is no mistake. Never fails."""
        super().close()
        self._wakes.look_again()

    def set_frame_handler(self, handler: Optional[FrameHandler]) -> None:
        """From now on give its frames to the handler, those that wait first; None lets them wait.

        The handler runs on the library's thread for media, one for the whole process: a slow one
        makes all tracks lose frames. When this returns, an earlier handler is not running and will
        not run again, unless this is called from inside it. Its exceptions go to
        `sys.unraisablehook`. It is kept until it is replaced or the track is gone, whether or not
        this object is closed.
        """
        if handler is None:
            callbacks.set_frame_handler(self._handle, None)
            return
        told = handler

        def on_frame(frame: Handle) -> None:
            told(ReceivedFrame._copy(frame))

        callbacks.set_frame_handler(self._handle, on_frame)
        # Whoever waits is refused from now on.
        self._wakes.look_again()

    def audio_output(self, sample_rate: int = 48_000, channels: int = 1) -> AudioOutput:
        """Give its sound, decoded for playing; its frames go there until that is closed.

        Several outputs each get all of it. Closing this object does nothing to them.

        Args:
            sample_rate: Of what will be pulled: 8,000 to 192,000 hertz. 48,000 needs no conversion.
            channels: How many channels will be pulled: 1 or 2.

        Raises:
            InvalidArgumentError: It is another format, or the track is one of pictures.
            InvalidStateError: The track has a frame handler of its own, or is closed.
            UnsupportedError: Its codec is not Opus, or this build of the library has no codecs.

        """
        made = Kept(lib.vsdk_audio_output_free)
        format_ = whole(sample_rate, "sample_rate"), whole(channels, "channels")
        call(lib.vsdk_remote_track_audio_output, self._handle, *format_, made.out)
        # Whoever waits is refused from now on.
        self._wakes.look_again()
        return AudioOutput(made)

    def open_speaker(self, device_id: str | None = None) -> AudioDevice:
        """Open a speaker and play this track alone on it, until it is closed.

        It does as `audio_output()`. Waits and raises as `LocalTrack.open_microphone()`.

        Args:
            device_id: Which one, from `list_devices()`; None for the default one.

        """
        open_ = lib.vsdk_audio_device_open_track_speaker
        opened = AudioDevice._open(open_, self._handle, device_id)
        # Whoever waits is refused from now on.
        self._wakes.look_again()
        return opened

    def video_output(self, format: PictureFormat) -> VideoOutput:  # noqa: A002 - it is one
        """Give its pictures, decoded for showing; its frames go there until that is closed.

        Several outputs each get all of them. It begins with a key frame, which is asked for.
        Closing this object does nothing to them.

        Args:
            format: How they are to lie in memory: I420 or RGBA.

        Raises:
            InvalidArgumentError: It is another format, or the track is one of sound.
            InvalidStateError: The track has a frame handler of its own, or is closed.
            UnsupportedError: Its codec is not VP8, or this build of the library cannot decode it.

        """
        made = Kept(lib.vsdk_video_output_free)
        call(lib.vsdk_remote_track_video_output, self._handle, whole(format, "format"), made.out)
        # Whoever waits is refused from now on.
        self._wakes.look_again()
        return VideoOutput(made)

    def set_wake_handler(self, handler: Optional[WakeHandler]) -> None:
        """Set what is called whenever there is something to read after there was nothing.

        It is called at the end of the track, too. Made for event loops: let it signal the loop, and
        read there with `next_frame(0)` until there is nothing. With asyncio `frames_async()` does
        all of it. Runs, and is kept, as a frame handler; None is nothing. There is one for the
        track, however many objects there are for it.
        """
        _ = self._handle
        self._wakes.handler = handler
        # Set anew each time, so that when this returns the earlier one is not running.
        self._set_waking()

    @property
    def waiting_frames(self) -> int:
        """How many frames wait to be read. A transform may still drop some of them."""
        return lib.vsdk_remote_track_waiting_frames(self._owned.handle)

    def flush(self) -> None:
        """Throw away the frames that wait, e.g. to be in time again after a pause of the program.

        The next frame tells of the gap; pictures go on with a key frame, which is asked for. Does
        not wait.
        """
        call(lib.vsdk_remote_track_flush, self._handle)

    # ---- Its sender and the service --------------------------------------------------------------

    def request_key_frame(self) -> None:
        """Ask its sender for a key frame; at most twice a second that is passed on."""
        call(lib.vsdk_remote_track_request_key_frame, self._handle)

    def pause(self, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Let the service send nothing of it for now.

        Waits for the service at most `timeout` seconds, and raises as `Meeting.publish()`, also
        NotFoundError when it is no longer sent.
        """
        _PAUSE.wait(self._handle, timeout=timeout)

    async def pause_async(self, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Do as `pause()` without holding up the event loop."""
        await _PAUSE.wait_async(self._handle, timeout=timeout)

    def resume(self, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Let the service go on with it. Waits and raises as `pause()`."""
        _RESUME.wait(self._handle, timeout=timeout)

    async def resume_async(self, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Do as `resume()` without holding up the event loop."""
        await _RESUME.wait_async(self._handle, timeout=timeout)

    def set_viewport(self, width: int, height: int) -> None:
        """Say how large it is shown: of several sizes the smallest that covers that is received.

        It comes at its full rate; where none covers it, or the sender does not tell sizes, the
        largest comes. With 0 x 0, when nothing of it is seen, that is the smallest: to receive
        nothing there is `pause()`. A side of 0 beside another one leaves that side open.

        Fit to be called whenever a window changes: the service is asked, and not waited for, only
        when another size follows. It takes the place of `set_preferred_layers()`: what was said
        last of the two holds, for all objects of the track, and is asked for again by itself when
        the track comes back on a new connection.

        Args:
            width: In pixels of the screen.
            height: Likewise.

        Raises:
            InvalidArgumentError: The size is negative, or the track is one of sound.
            NotFoundError: It is no longer sent.

        """
        size = whole(width, "width"), whole(height, "height")
        call(lib.vsdk_remote_track_set_viewport, self._handle, *size)

    def set_preferred_layers(
        self, spatial_layer: int, temporal_layer: int, *, timeout: float = DEFAULT_TIMEOUT
    ) -> None:
        """Choose which size and rate of it to receive at most, if it is sent in several.

        It takes the place of `set_viewport()`, and holds as that does. Waits and raises as
        `pause()`.

        Args:
            spatial_layer: The size; 0 is the smallest.
            temporal_layer: The rate; 0 is the lowest.
            timeout: Seconds for all of it.

        """
        layers = whole(spatial_layer, "spatial_layer"), whole(temporal_layer, "temporal_layer")
        _SET_PREFERRED_LAYERS.wait(self._handle, *layers, timeout=timeout)

    async def set_preferred_layers_async(
        self, spatial_layer: int, temporal_layer: int, *, timeout: float = DEFAULT_TIMEOUT
    ) -> None:
        """Do as `set_preferred_layers()` without holding up the event loop."""
        layers = whole(spatial_layer, "spatial_layer"), whole(temporal_layer, "temporal_layer")
        await _SET_PREFERRED_LAYERS.wait_async(self._handle, *layers, timeout=timeout)
