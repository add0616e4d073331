"""Microphones and speakers of this machine."""

from __future__ import annotations

import _thread
import contextlib
import sys
from dataclasses import dataclass
from typing import Callable

from ._native.calls import Kept, Owned, call, encoded, text
from ._native.functions import Handle
from ._native.loading import lib
from .audio_handle import AudioHandle
from .enumerations import DeviceKind


@dataclass(frozen=True)
class Device:
    """A device that could be opened."""

    id: str
    """What the sound system knows it by, the same whenever it is there."""

    name: str
    """What a person knows it by."""

    is_default: bool
    """Whether it is the one that is opened when none is named."""


def list_devices(kind: DeviceKind) -> tuple[Device, ...]:
    """List the microphones or the speakers that there are now. None is opened for it.

    Waits until the sound system has answered, at most ten seconds.

    Raises:
        NotFoundError: There is no sound system.
        TimeoutError: It does not answer.
        UnsupportedError: This build of the library opens no devices.

    """
    with Owned(lib.vsdk_device_list_free) as devices:
        call(lib.vsdk_devices_list, DeviceKind(kind), devices.out)
        of = devices.handle
        return tuple(
            Device(
                id=text(lib.vsdk_device_list_id(of, index)),
                name=text(lib.vsdk_device_list_name(of, index)),
                is_default=lib.vsdk_device_list_is_default(of, index) != 0,
            )
            for index in range(lib.vsdk_device_list_count(of))
        )


class _OwnedDevice(Kept):
    """The handle of a device, which may be collected as garbage at any moment, in any thread."""

    def __del__(self) -> None:
        # Closing waits for a running transform of frames, which may wait for a lock that this
        # thread holds. At the end no thread can be started, and everything is given back anyway.
        handle = None if sys.is_finalizing() else self.taken()
        if handle is not None:
            with contextlib.suppress(RuntimeError):
                _thread.start_new_thread(lib.vsdk_audio_device_free, (handle,))


class AudioDevice(AudioHandle):
    """An open microphone, which a track sends, or an open speaker.

    `LocalTrack.open_microphone()`, `Meeting.open_speaker()` and `RemoteTrack.open_speaker()` make
    it. Closing it, or no longer referring to it, closes the device. It also ends when it fails,
    which `EventType.DEVICE_FAILED` tells, and with the meeting. Any thread may use it.
    """

    id: str
    """What the sound system knows it by."""

    name: str
    """What a person knows it by."""

    kind: DeviceKind
    """What it is for."""

    def __init__(self, owned: Kept) -> None:
        """Take over what was opened."""
        super().__init__(owned)
        self.id = text(lib.vsdk_audio_device_id(self._handle))
        self.name = text(lib.vsdk_audio_device_name(self._handle))
        self.kind = DeviceKind(lib.vsdk_audio_device_kind(self._handle))
        self.sample_rate = lib.vsdk_audio_device_sample_rate(self._handle)
        self.channels = lib.vsdk_audio_device_channels(self._handle)

    @classmethod
    def _open(
        cls, function: Callable[..., int], handle: Handle, device_id: str | None
    ) -> AudioDevice:
        opened = _OwnedDevice(lib.vsdk_audio_device_free)
        call(function, handle, encoded(device_id, "device_id"), opened.out)
        return cls(opened)

    @property
    def level(self) -> int:
        """How loud what it hears or plays is, sent or not.

        In decibels below full scale: 0 to -127.
        """
        return lib.vsdk_audio_device_level(self._handle)

    @property
    def is_open(self) -> bool:
        """Whether it works: it has not failed, it is not closed, and the meeting is not over."""
        return lib.vsdk_audio_device_is_open(self._owned.handle) != 0

    def _told(self) -> str:
        return f": {self.name!r}{super()._told()}"
