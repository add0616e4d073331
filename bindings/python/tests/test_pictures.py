"""Raw pictures, through the media server of the local service, judged by what is seen.

Without the feature `vp8` this is not collected: see conftest.py.
"""

from __future__ import annotations

import asyncio
import gc
import os
import pickle
import threading
import time
from typing import Any, Callable

import numpy as np
import pytest
from conftest import LIMIT_S, Service, counts, wait_until
from media import Camera, added, pair, send_until
from pictures import BARS, FORMAT, KIND, RESULT, SIZE, bars, filming, has_bars, painted, shown

import vsdk

WITHOUT_MEDIA = os.environ.get("VSDK_WITHOUT_MEDIA")
pytestmark = pytest.mark.skipif(WITHOUT_MEDIA is not None, reason=str(WITHOUT_MEDIA))


# ---- What is seen --------------------------------------------------------------------------------


def _i420_with_gaps() -> vsdk.VideoPicture:
    planes, strides = painted(FORMAT.I420, gap=31)
    return vsdk.VideoPicture(FORMAT.I420, *SIZE, planes, strides)


def _nv12_of_bytes() -> vsdk.VideoPicture:
    planes, _ = painted(FORMAT.NV12)
    return vsdk.VideoPicture(FORMAT.NV12, *SIZE, tuple(bytes(it) for it in planes))


def _rgba_in_a_larger_array() -> vsdk.VideoPicture:
    width, height = SIZE
    (plane,), _ = painted(FORMAT.RGBA)
    larger = np.full((height + 20, width + 30, 4), 85, np.uint8)
    larger[10:-10, 13:-17] = np.frombuffer(plane, np.uint8).reshape(height, width, 4)
    return vsdk.VideoPicture(FORMAT.RGBA, width, height, [larger[10:-10, 13:-17]])


def _bgra_with_gaps() -> vsdk.VideoPicture:
    planes, strides = painted(FORMAT.BGRA, gap=1)
    return vsdk.VideoPicture(FORMAT.BGRA, *SIZE, [memoryview(planes[0]).toreadonly()], strides)


@pytest.mark.parametrize("shown_as", [FORMAT.I420, FORMAT.RGBA], ids=str)
@pytest.mark.parametrize(
    "paint", [_i420_with_gaps, _nv12_of_bytes, _rgba_in_a_larger_array, _bgra_with_gaps]
)
def test_bars_are_seen_as_they_are_filmed(
    service: Service, paint: Callable[[], vsdk.VideoPicture], shown_as: vsdk.PictureFormat
) -> None:
    width, height = SIZE
    half = ((height + 1) // 2, (width + 1) // 2)
    with filming(shown_as) as (_, source, bob, output):
        picture = shown(source, paint(), output)
        assert (picture.participant_id, picture.format) == ("ann", shown_as)
        assert picture.track_id == bob.media_statistics().tracks[0].track_id
        assert (picture.width, picture.height) == SIZE
        assert picture.timestamp_us >= 0
        shapes = [it.shape for it in picture.planes]
        if shown_as == FORMAT.RGBA:
            assert shapes == [(height, width, 4)]
        else:
            assert shapes == [(height, width), half, half]
        for plane in picture.planes:
            assert plane.data.readonly
            assert len(plane.data) == plane.stride * plane.shape[0]
    # It is there as long as anybody refers to it.
    assert has_bars(picture)


def test_arrays_of_numpy_look_at_the_same_memory(service: Service) -> None:
    with filming(FORMAT.RGBA) as (_, source, _, output):
        picture = shown(source, bars(), output)
        array: Any = np.asarray(picture.planes[0])
        copy = bytes(picture.planes[0].data)
        assert array.shape == (SIZE[1], SIZE[0], 4)
        assert array.base is not None
        assert not array.flags.writeable
        middle = array[SIZE[1] // 2, :, :3].astype(int)
        for bar, colour in enumerate(BARS):
            column = (2 * bar + 1) * SIZE[0] // (2 * len(BARS))
            assert abs(middle[column] - colour).max() <= 40
        del picture
        gc.collect()
        assert counts()["RECEIVED_PICTURE"] == 1
        # Others come meanwhile, elsewhere.
        dark = vsdk.VideoPicture(FORMAT.RGBA, *SIZE, [bytes(4 * SIZE[0] * SIZE[1])])
        for _ in range(3):
            shown(source, dark, output, lambda it: not has_bars(it))
        assert array.tobytes() == copy
        del array
        gc.collect()
        assert "RECEIVED_PICTURE" not in counts()
    # Rows that are apart, as other versions of the library may have them.
    apart: Any = np.asarray(vsdk.PlaneView(memoryview(bytes(range(10))), 4, (2, 3)))
    assert apart.tolist() == [[0, 1, 2], [4, 5, 6]]
    apart = np.asarray(vsdk.PlaneView(memoryview(bytes(range(20))), 10, (2, 2, 4)))
    assert apart[1].tolist() == [[10, 11, 12, 13], [14, 15, 16, 17]]


def test_a_new_size_is_told_and_what_is_turned_comes_upright(service: Service) -> None:
    width, height = SIZE
    with filming() as (_, source, _, output):
        first = shown(source, bars(), output, lambda it: True)
        assert first.is_resized
        assert not shown(source, bars(), output, lambda it: True).is_resized
        for size in ((64, 48), (1, 1), (33, 101)):
            picture = shown(source, bars(size), output, lambda it, to=size: _size(it) == to)  # type: ignore[misc]
            assert picture.is_resized
        quarter = shown(source, bars(rotation=90), output, lambda it: _size(it) == (height, width))
        assert quarter.is_resized
        # What was its left side is at the top.
        shown(source, bars(rotation=90), output, lambda it: has_bars(it, from_top=True))
        upright = shown(source, bars(), output)
        assert _size(upright) == SIZE


def _size(picture: vsdk.ReceivedPicture) -> tuple[int, int]:
    return picture.width, picture.height


def test_only_the_latest_waits_and_times_are_kept(service: Service) -> None:
    with filming() as (ann, source, bob, output):
        times = []
        for number in range(60):
            source.push(bars(capture_time_us=number * 50_000))
            time.sleep(0.01)
            if number % 20 == 19 and (picture := output.next_picture(LIMIT_S)) is not None:
                times.append(picture.timestamp_us)
        assert len(times) == 3
        assert times == sorted(times)
        # Ten and more were overtaken each time, 50 ms apart.
        assert times[2] - times[1] >= 500_000
        (sent,), (received,) = (it.media_statistics().tracks for it in (ann, bob))
        assert sent.encoding is not None
        assert sent.encoding.pictures > 0
        assert sent.encoding.encode_ms > 0
        assert sent.encoding.reduced_by >= 1
        assert received.decoding is not None
        assert received.decoding.pictures > received.decoding.overtaken > 0
        assert received.decoding.decode_ms > 0
        assert (sent.decoding, received.encoding, received.playout) == (None, None, None)


def test_a_picture_is_a_value(service: Service) -> None:
    with filming() as (_, source, _, output):
        picture = shown(source, bars(), output)
    again = pickle.loads(pickle.dumps(picture))
    assert again == picture
    assert hash(again) == hash(picture)
    assert again.planes[0].data.readonly
    assert "planes" not in repr(picture)
    assert f"width={SIZE[0]}, height={SIZE[1]}" in repr(picture)


def test_raw_pictures_are_transformed_on_their_way(service: Service) -> None:
    ways: set[bool] = set()

    def changed(info: vsdk.FrameInfo, data: bytes) -> bytes:
        ways.add(info.is_sent)
        return data[:10] + bytes(it ^ 0x5A for it in data[10:])

    with pair(KIND.VIDEO) as (ann, track, bob):
        ann.set_frame_transform(changed)
        bob.set_frame_transform(changed)
        with (
            track.video_input() as source,
            added(bob) as remote,
            remote.video_output(FORMAT.RGBA) as output,
        ):
            shown(source, bars(), output)
    assert ways == {True, False}


# ---- Waiting -------------------------------------------------------------------------------------


def _film(source: vsdk.VideoInput, is_over: threading.Event) -> threading.Thread:
    def film() -> None:
        while not is_over.is_set():
            source.push(bars())
            time.sleep(0.02)

    thread = threading.Thread(target=film)
    thread.start()
    return thread


def test_pictures_are_gone_through_to_the_end(service: Service) -> None:
    with filming() as (_, source, _, output):
        assert output.next_picture(0) is None
        assert output.next_picture(0.05) is None
        is_over = threading.Event()
        thread = _film(source, is_over)

        async def look() -> int:
            one = await output.next_picture_async(LIMIT_S)
            assert one is not None
            assert one.is_resized
            seen = 0
            async for picture in output.pictures_async():
                assert not picture.is_resized
                seen += 1
                if seen == 3:
                    # The wait ends with the track.
                    is_over.set()
                    source.track.close()
            return seen

        assert asyncio.run(asyncio.wait_for(look(), LIMIT_S)) >= 3
        thread.join()
        assert list(output.pictures()) == []
        with pytest.raises(vsdk.EventsEndedError, match="no longer sent"):
            output.next_picture()
        # Whoever films does not have to know.
        assert source.push(bars()) == RESULT.NOT_SENDING


@pytest.mark.parametrize("is_main", [True, False])
def test_a_thread_that_waits_is_woken(service: Service, is_main: bool) -> None:
    with filming() as (_, source, _, output):
        found: list[vsdk.ReceivedPicture | None] = []

        def wait() -> None:
            found.append(output.next_picture(LIMIT_S))

        is_over = threading.Event()
        timer = threading.Timer(0.2, lambda: _film(source, is_over))
        timer.start()
        if is_main:
            wait()
        else:
            other = threading.Thread(target=wait)
            other.start()
            other.join(LIMIT_S)
        is_over.set()
        assert found[0] is not None
        timer.join()


def test_whoever_waits_finds_out_that_the_output_is_closed(service: Service) -> None:
    with filming() as (_, _, _, output):

        async def close_soon() -> None:
            asyncio.get_running_loop().call_later(0.1, output.close)
            assert [it async for it in output.pictures_async()] == []

        asyncio.run(close_soon())
        with pytest.raises(vsdk.InvalidStateError, match="the VideoOutput is closed"):
            output.next_picture(0)


def test_a_wait_ends_with_the_meeting(service: Service) -> None:
    with filming() as (_, _, bob, output):

        async def leave_soon() -> None:
            asyncio.get_running_loop().call_later(0.1, bob.close)
            assert [it async for it in output.pictures_async()] == []

        asyncio.run(asyncio.wait_for(leave_soon(), LIMIT_S))
        # The main thread waits in another way than others.
        assert list(output.pictures()) == []


def test_a_wake_handler_may_look_and_push_and_not_wait(service: Service) -> None:
    with filming() as (_, source, _, output):
        done: list[object] = []

        def on_wake() -> None:
            try:
                while output.next_picture(LIMIT_S):
                    pass
            except vsdk.WouldDeadlockError as error:
                done.append(error.status)
            output.next_picture(0)
            done.append(source.push(bars()))

        output.set_wake_handler(on_wake)
        end = time.monotonic() + LIMIT_S
        while len(done) < 6:
            assert time.monotonic() < end, done
            source.push(bars())
            time.sleep(0.01)
        assert set(done) == {vsdk.Status.WOULD_DEADLOCK, RESULT.QUEUED}
        output.set_wake_handler(None)
        done.clear()
        shown(source, bars(), output)
        assert done == []


# ---- Who takes the frames ------------------------------------------------------------------------


def test_an_output_takes_the_frames_and_gives_them_back(service: Service) -> None:
    with pair(KIND.VIDEO) as (_, track, bob), added(bob) as remote:
        with remote.video_output(FORMAT.I420) as output, remote.video_output(FORMAT.RGBA) as other:
            for use in (lambda: remote.next_frame(0), lambda: list(remote.frames(0))):
                with pytest.raises(vsdk.InvalidStateError, match="output"):
                    use()
            with pytest.raises(vsdk.InvalidStateError, match="output"):
                remote.set_frame_handler(print)
            with track.video_input() as source:
                # Several each get all of it.
                shown(source, bars(), output)
                shown(source, bars(), other)
                for take in (track.video_input, lambda: track.push(b"\x10" * 20, 0)):
                    with pytest.raises(vsdk.InvalidStateError):
                        take()
        send_until(Camera(track), lambda: remote.next_frame(0))
        remote.set_frame_handler(lambda frame: None)
        with pytest.raises(vsdk.InvalidStateError, match="handler"):
            remote.video_output(FORMAT.I420)
        remote.set_frame_handler(None)
        for format_ in (FORMAT.NV12, FORMAT.BGRA, FORMAT(0), FORMAT(-1)):
            with pytest.raises(vsdk.InvalidArgumentError) as caught:
                remote.video_output(format_)
            assert caught.value.remedy
        with pytest.raises(TypeError):
            remote.video_output("rgba")  # type: ignore[arg-type]
        remote.close()
        with pytest.raises(vsdk.InvalidStateError, match="closed"):
            remote.video_output(FORMAT.I420)


def test_an_output_that_is_forgotten_is_freed_and_one_that_is_closed_says_so(
    service: Service,
) -> None:
    with pair(KIND.VIDEO) as (_, track, bob), added(bob) as remote, track.video_input() as source:
        output = remote.video_output(FORMAT.RGBA)
        assert repr(output) == "<vsdk.VideoOutput: RGBA>"
        shown(source, bars(), output)
        output.set_wake_handler(lambda: None)
        del output
        gc.collect()
        wait_until(lambda: "VIDEO_OUTPUT" not in counts(), counts)
        output = remote.video_output(FORMAT.I420)
        kept = shown(source, bars(), output)
        output.close()
        output.close()
        assert repr(output) == "<vsdk.VideoOutput: I420 closed>"
        with pytest.raises(TypeError):
            pickle.dumps(output)
        uses: tuple[Callable[[], object], ...] = (
            lambda: output.next_picture(0),
            lambda: output.pictures(),
            lambda: output.pictures_async(),
            lambda: output.set_wake_handler(print),
        )
        for use in uses:
            with pytest.raises(vsdk.InvalidStateError, match="is closed"):
                use()
        assert has_bars(kept)
