"""Pictures in buffers of the program: read where they are, without a copy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from ..enumerations import PictureFormat
from . import structures
from .buffers import address, held, item_format, wrong
from .calls import capture_time, whole

if TYPE_CHECKING:
    from ..video_picture import VideoPicture

_NAMES = ("first", "second", "third")


def plane_shapes(format_: PictureFormat, width: int, height: int) -> tuple[tuple[int, ...], ...]:
    """Give for each plane its rows, the pixels in one, and the bytes of one if those are several.

    There is none for a format that this version does not know.
    """
    half = (height + 1) // 2, (width + 1) // 2
    if format_ == PictureFormat.I420:
        return (height, width), half, half
    if format_ == PictureFormat.NV12:
        return (height, width), (*half, 2)
    if format_ in (PictureFormat.RGBA, PictureFormat.BGRA):
        return ((height, width, 4),)
    return ()


@contextmanager
def lent(picture: VideoPicture) -> Iterator[structures.VideoPicture]:
    """Hold what is in a picture, for a `with`."""
    format_ = PictureFormat(whole(picture.format, "format"))
    width, height = whole(picture.width, "width"), whole(picture.height, "height")
    described = structures.VideoPicture(
        format=format_,
        width=width,
        height=height,
        rotation=whole(picture.rotation, "rotation"),
        capture_time_us=capture_time(picture.capture_time_us),
    )
    # None of them for a format that is not known, which the library refuses.
    shapes = plane_shapes(format_, width, height)
    planes = _listed(picture.planes, "planes", format_, len(shapes))
    strides: list[Any] = [None] * len(planes)
    if picture.strides is not None:
        strides = _listed(picture.strides, "strides", format_, len(shapes))
    with ExitStack() as holding:
        for index, shape in enumerate(shapes):
            name = f"planes[{index}]"
            view = holding.enter_context(held(planes[index], name))
            row = shape[1] * (shape[2] if len(shape) > 2 else 1)
            stride, length = _rows(view, name, row, strides[index])
            setattr(described, f"{_NAMES[index]}_plane", address(view))
            setattr(described, f"{_NAMES[index]}_length", length)
            setattr(described, f"{_NAMES[index]}_stride", whole(stride, f"the stride of {name}"))
        yield described


def _listed(given: object, name: str, format_: PictureFormat, count: int) -> list[Any]:
    # A numpy array would be as many planes as it has rows.
    if not isinstance(given, (list, tuple)):
        raise TypeError(f"{name} has to be a list or a tuple, not {type(given).__name__}")
    if count > 0 and len(given) != count:
        raise wrong(
            f"{name} has the length {len(given)}; a picture in {format_} has {count}",
            "Pass one for each plane: I420 has three, NV12 two, RGBA and BGRA one.",
        )
    return list(given)


def _rows(view: memoryview, name: str, row: int, stride: int | None) -> tuple[int, int]:
    """Tell how far the beginnings of two rows are apart, and how many bytes there are."""
    if item_format(view) not in ("B", "b", "c"):
        raise wrong(
            f"the items of {name} have the format {view.format!r}",
            "Pass bytes: 'B', or uint8 of numpy.",
        )
    if stride is not None or view.ndim < 2:
        if not view.c_contiguous:
            raise wrong(
                f"{name} is not contiguous",
                "Pass all bytes of a plane with their stride, or an array with a row for each row.",
            )
        return row if stride is None else stride, view.nbytes
    shape, steps = view.shape or (), view.strides or ()
    length = 1
    for count, step in zip(reversed(shape[1:]), reversed(steps[1:])):
        if count > 1 and step != length:
            raise wrong(
                f"{name} has gaps inside its rows",
                "Only the rows may be apart; pass a copy, such as numpy.ascontiguousarray() makes.",
            )
        length *= count
    if shape[0] < 2:
        # Of a single row the stride means nothing, and numpy may have any.
        return max(length, row), length * shape[0]
    if steps[0] < 0:
        raise wrong(
            f"{name} begins with its last row",
            "Pass a copy, such as numpy.ascontiguousarray() makes.",
        )
    return steps[0], steps[0] * (shape[0] - 1) + length
