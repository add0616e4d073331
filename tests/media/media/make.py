"""Makes bar.h264 beside this file: a moving bar on noise, as the encoder x264 makes it of H264. Needs
PyAV (`pip install av`), which holds that encoder. The tests need only the file.
"""

import random
from pathlib import Path

from av import CodecContext, VideoFrame

WIDTH, HEIGHT, BAR = 320, 180, 40
FRAMES, FRAMES_PER_SECOND, KEY_FRAME_INTERVAL = 60, 15, 20


def picture(number):
    """The noise makes key frames larger than a packet."""
    frame = VideoFrame(WIDTH, HEIGHT, "yuv420p")
    noise = random.Random(7)
    luma = frame.planes[0]
    lines = bytearray(noise.randrange(60, 90) for _ in range(luma.line_size * HEIGHT))
    left = 4 * number % (WIDTH - BAR)
    for line in range(HEIGHT):
        begin = line * luma.line_size + left
        lines[begin : begin + BAR] = b"\xeb" * BAR
    luma.update(bytes(lines))
    for chroma in frame.planes[1:]:
        chroma.update(b"\x80" * chroma.buffer_size)
    frame.pts = number
    return frame


def main():
    encoder = CodecContext.create("libx264", "w")
    encoder.width, encoder.height, encoder.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    encoder.framerate = FRAMES_PER_SECOND
    encoder.options = {
        "profile": "baseline",
        "level": "3.1",
        "tune": "zerolatency",
        "crf": "38",
        # Two slices in each picture, parameter sets before each key frame.
        "x264-params": f"slices=2:keyint={KEY_FRAME_INTERVAL}:scenecut=0:annexb=1:repeat-headers=1",
    }
    packets = [bytes(packet) for n in range(FRAMES) for packet in encoder.encode(picture(n))]
    packets += [bytes(packet) for packet in encoder.encode(None)]
    Path(__file__).with_name("bar.h264").write_bytes(b"".join(packets))


if __name__ == "__main__":
    main()
