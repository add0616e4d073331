"""Pictures of others, decoded."""

from __future__ import annotations

from ctypes import byref, c_size_t, c_void_p
from dataclasses import dataclass, field
from typing import Any, Optional

from ._native.calls import Kept, Owned, call, content_bytes, text, whole
from ._native.loading import lib
from ._native.memory import lent
from ._native.pictures import plane_shapes
from .enumerations import ImageFormat, PictureFormat, Status
from .errors import InvalidStateError


@dataclass(frozen=True)
class PlaneView:
    """A look at one plane of a picture, row after row, without a copy.

    `numpy.asarray(plane)` looks at the same memory, as an array of that shape which cannot be
    written to.
    """

    data: memoryview = field(repr=False, hash=False)
    """All of its bytes. Cannot be written to; `bytes(plane.data)` is a copy."""

    stride: int
    """How far the beginnings of two rows are apart, in bytes."""

    shape: tuple[int, ...]
    """How many rows it has, how many pixels a row, and how many bytes a pixel, if those are
    several."""

    @property
    def __array_interface__(self) -> dict[str, Any]:
        """What numpy has to know to look at it."""
        pixel = self.shape[2:]
        steps = (self.stride, *pixel, 1) if pixel else (self.stride, 1)
        return {
            "version": 3,
            "typestr": "|u1",
            "shape": self.shape,
            "strides": steps,
            "data": self.data,
        }

    def __reduce__(self) -> tuple[Any, ...]:
        """Let it travel between processes, with a copy of its data."""
        return _again, (bytes(self.data), self.stride, self.shape)


@dataclass(frozen=True)
class ReceivedPicture:
    """A decoded picture of somebody else.

    Its memory is given back with the last reference to it and to what it lends, and used again for
    the next ones: keep no more of them than are shown.
    """

    planes: tuple[PlaneView, ...] = field(repr=False)
    """What is in it: of I420 Y, U and V, of RGBA only one."""

    participant_id: str
    """Who sent it."""

    track_id: str
    """Which track it belongs to."""

    format: PictureFormat
    """How its pixels lie in memory: as its output was asked for."""

    width: int
    """In pixels."""

    height: int
    """In pixels."""

    timestamp_us: int
    """When it was filmed: microseconds from an arbitrary moment of its track."""

    is_resized: bool
    """Whether the picture that was read before it from the same output had another size, or there
    was none."""

    # What the library has; None of one that came from another process.
    _kept: Optional[Kept] = field(init=False, repr=False, compare=False, default=None)

    def encode_image(self, format: ImageFormat, quality: int = 0) -> bytes:  # noqa: A002 - it is one
        """Give the bytes of an image file with it.

        Takes about 20 milliseconds for each million pixels, during which other threads go on.

        Args:
            format: PNG or JPEG.
            quality: Of a JPEG, from 1 (small) to 100 (good), or 0 for a good one; of a PNG 0.

        Raises:
            InvalidArgumentError: There is no such format or quality.
            InvalidStateError: It is a copy, e.g. from another process.

        """
        image = whole(format, "format"), whole(quality, "quality")
        if self._kept is None:
            raise InvalidStateError(
                Status.INVALID_STATE,
                "a copy of a picture cannot be encoded: only the library has its memory",
                remedy="Encode the picture that the output gave.",
                operation="received_picture_encode_image",
            )
        with Owned(lib.vsdk_content_free) as content:
            handle = self._kept.handle
            call(lib.vsdk_received_picture_encode_image, handle, *image, content.out)
            return content_bytes(content.handle)

    def __getstate__(self) -> dict[str, Any]:
        """Let it travel between processes, with a copy of its planes."""
        return {**self.__dict__, "_kept": None}

    @classmethod
    def _take(cls, owned: Owned) -> ReceivedPicture:
        """Read a picture that belongs to this program; its pixels stay where they are."""
        # Only what lives as long as its planes has a finaliser: see Owned.
        kept = Kept(lib.vsdk_received_picture_free, owned.taken())
        handle = kept.handle
        format_ = PictureFormat(lib.vsdk_received_picture_format(handle))
        width = lib.vsdk_received_picture_width(handle)
        height = lib.vsdk_received_picture_height(handle)
        shapes = plane_shapes(format_, width, height)
        picture = cls(
            planes=tuple(_plane(kept, index, shape) for index, shape in enumerate(shapes)),
            participant_id=text(lib.vsdk_received_picture_participant_id(handle)),
            track_id=text(lib.vsdk_received_picture_track_id(handle)),
            format=format_,
            width=width,
            height=height,
            timestamp_us=lib.vsdk_received_picture_timestamp_us(handle),
            is_resized=lib.vsdk_received_picture_is_resized(handle) != 0,
        )
        object.__setattr__(picture, "_kept", kept)
        return picture


def _plane(picture: Kept, index: int, shape: tuple[int, ...]) -> PlaneView:
    start, length, stride = c_void_p(), c_size_t(), c_size_t()
    outs = byref(start), byref(length), byref(stride)
    call(lib.vsdk_received_picture_plane, picture.handle, index, *outs)
    return PlaneView(lent(start.value, length.value, picture), stride.value, shape)


def _again(data: bytes, stride: int, shape: tuple[int, ...]) -> PlaneView:
    return PlaneView(memoryview(data), stride, shape)
