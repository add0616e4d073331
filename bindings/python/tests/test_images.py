"""Still images: of what an output shows, and of pictures that were read, looked at with Pillow.

Without the feature `vp8` this is not collected: see conftest.py.
"""

from __future__ import annotations

import asyncio
import io
import os
import pickle
import time
from functools import partial

import pytest
from conftest import LIMIT_S, Service
from pictures import BARS, FORMAT, SIZE, TOLERANCE, Colour, bars, filming, shown
from PIL import Image

import vsdk

PNG, JPEG = vsdk.ImageFormat.PNG, vsdk.ImageFormat.JPEG

WITHOUT_MEDIA = os.environ.get("VSDK_WITHOUT_MEDIA")
pytestmark = pytest.mark.skipif(WITHOUT_MEDIA is not None, reason=str(WITHOUT_MEDIA))


def _is_close(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) <= TOLERANCE for a, b in zip(one, other))


def look_at(data: bytes, format_: vsdk.ImageFormat, size: tuple[int, int] = SIZE) -> None:
    """Find the bars, from left to right, or from top to bottom when it stands on its side."""
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == format_.name
        assert (image.size, image.mode) == (size, "RGB")
        for bar, colour in enumerate(BARS):
            part = (2 * bar + 1) / (2 * len(BARS))
            is_turned = size != SIZE
            across, down = (0.5, part) if is_turned else (part, 0.5)
            pixel = image.getpixel((int(across * size[0]), int(down * size[1])))
            assert isinstance(pixel, tuple)
            assert _is_close((pixel[0], pixel[1], pixel[2]), colour), (pixel, colour)


def captured(output: vsdk.VideoOutput, format_: vsdk.ImageFormat, quality: int = 0) -> bytes:
    """Capture without holding up the loop."""
    return asyncio.run(output.capture_image_async(format_, quality))


@pytest.mark.parametrize("shown_as", [FORMAT.I420, FORMAT.RGBA], ids=str)
def test_images_have_the_colours_of_what_is_filmed(
    service: Service, shown_as: vsdk.PictureFormat
) -> None:
    with filming(shown_as) as (_, source, _, output):
        picture = shown(source, bars(), output)
        for format_ in (PNG, JPEG):
            look_at(picture.encode_image(format_), format_)
            look_at(output.capture_image(format_), format_)
            look_at(captured(output, format_), format_)
        assert len(picture.encode_image(JPEG, 10)) < len(picture.encode_image(JPEG, 95))
        turned = SIZE[::-1]
        shown(source, bars(rotation=90), output, lambda it: (it.width, it.height) == turned)
        look_at(output.capture_image(PNG), PNG, turned)
    # It is there as long as anybody refers to it; what is only a copy is not the library's.
    look_at(picture.encode_image(PNG), PNG)
    with pytest.raises(vsdk.InvalidStateError, match="copy"):
        pickle.loads(pickle.dumps(picture)).encode_image(PNG)


def test_there_is_no_other_quality_and_no_other_format(service: Service) -> None:
    with filming() as (_, source, _, output):
        picture = shown(source, bars(), output)
        wrong = ((PNG, 1), (PNG, -1), (JPEG, 101), (JPEG, -1), (vsdk.ImageFormat(9), 0))
        for format_, quality in wrong:
            for use in (picture.encode_image, output.capture_image, partial(captured, output)):
                with pytest.raises(vsdk.InvalidArgumentError) as caught:
                    use(format_, quality)
                assert caught.value.remedy
        with pytest.raises(TypeError):
            output.capture_image("png")  # type: ignore[arg-type]


def test_a_capture_waits_for_the_first_picture_and_is_given_up(service: Service) -> None:
    with filming() as (_, source, _, output):
        with pytest.raises(vsdk.TimeoutError, match="No picture"):
            output.capture_image(PNG, timeout=0.01)

        async def give_up() -> None:
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(output.capture_image_async(PNG), 0.05)

        async def wait() -> bytes:
            waiting = asyncio.ensure_future(output.capture_image_async(JPEG, timeout=LIMIT_S))
            while not waiting.done():
                source.push(bars())
                await asyncio.sleep(0.02)
            return await waiting

        asyncio.run(give_up())
        look_at(asyncio.run(wait()), JPEG)
        # Whoever reads has it all the same.
        assert output.next_picture(LIMIT_S) is not None
        output.close()
        with pytest.raises(vsdk.InvalidStateError, match="is closed"):
            output.capture_image(PNG)


def test_a_capture_ends_with_the_track(service: Service) -> None:
    with filming() as (_, source, _, output):
        shown(source, bars(), output)
        source.track.close()
        for _ in output.pictures():
            pass
        with pytest.raises(vsdk.InvalidStateError, match="no longer sent"):
            output.capture_image(PNG)


def test_nobody_waits_for_a_capture_inside_a_handler(service: Service) -> None:
    with filming() as (_, source, _, output):
        refused: list[object] = []

        def on_wake() -> None:
            try:
                output.capture_image(PNG)
            except vsdk.WouldDeadlockError as error:
                refused.append(error.status)

        output.set_wake_handler(on_wake)
        end = time.monotonic() + LIMIT_S
        while not refused:
            assert time.monotonic() < end
            source.push(bars())
            time.sleep(0.01)
        output.set_wake_handler(None)
        assert set(refused) == {vsdk.Status.WOULD_DEADLOCK}
