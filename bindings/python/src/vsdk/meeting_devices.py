"""Microphones and speakers of a meeting."""

from __future__ import annotations

from ._native.calls import call, flag
from ._native.loading import lib
from .device import AudioDevice
from .meeting_media import MeetingMedia


class MeetingDevices(MeetingMedia):
    """Devices of this machine, where the library was built with them.

    There `mic_enabled` opens the default microphone once the meeting is joined, unless the program
    has added a track of the kind audio by then.
    """

    def set_mic_enabled(self, enabled: bool) -> None:
        """Switch the microphone on or off. Does not wait.

        That is all tracks of the kind audio that were added. Where there is none, the default
        microphone of this machine is opened, and closed again. `EventType.TRACK_PUBLISHED` says
        when others hear it, `EventType.DEVICE_FAILED` that it could not be opened.

        Raises:
            InvalidStateError: The meeting is over, or closed.
            UnsupportedError: There is no track, and this build of the library opens no devices.

        """
        call(lib.vsdk_meeting_set_mic_enabled, self._handle, flag(enabled, "enabled"))

    def watch_devices(self, enabled: bool = True) -> None:
        """Tell of microphones and speakers that come and go, or no longer.

        They come as `EventType.DEVICES_CHANGED`: it looks every two seconds. What `list_devices()`
        gives after this has returned is told of when it changes. Waits until they were listed
        once, at most ten seconds, and raises as `list_devices()`.

        Raises:
            InvalidStateError: The meeting is over, or closed.

        """
        call(lib.vsdk_meeting_watch_devices, self._handle, flag(enabled, "enabled"))

    def open_speaker(self, device_id: str | None = None) -> AudioDevice:
        """Open a speaker and play everybody together on it, until it is closed.

        It does as `audio_mixer()`. Waits and raises as `LocalTrack.open_microphone()`.

        Args:
            device_id: Which one, from `list_devices()`; None for the default one.

        """
        opened = AudioDevice._open(lib.vsdk_audio_device_open_speaker, self._handle, device_id)
        self._look_again_for_frames()
        return opened
