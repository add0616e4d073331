"""A tone and a moving picture, as frames of PyAV, and what is left of them at the other end."""

import array
import fractions
import math

from av import AudioFrame, VideoFrame

RATE = 48_000
SAMPLES = RATE // 50
WIDTH, HEIGHT, BAR = 320, 180, 40
FRAMES_PER_SECOND = 15


def wave(hertz, number):
    """The 20 ms with that number of a sine of so many hertz, in samples of 16 bits."""
    sent = number * SAMPLES
    step = 2 * math.pi * hertz / RATE
    return array.array("h", (int(12_000 * math.sin(step * (sent + i))) for i in range(SAMPLES)))


def tone(hertz, number):
    """The frame of 20 ms with that number of a sine of so many hertz."""
    frame = AudioFrame(format="s16", layout="mono", samples=SAMPLES)
    frame.planes[0].update(wave(hertz, number).tobytes())
    frame.pts, frame.sample_rate = number * SAMPLES, RATE
    frame.time_base = fractions.Fraction(1, RATE)
    return frame


def moving_bar(number):
    """A white bar on black that goes from left to right, four pixels with each frame."""
    frame = VideoFrame(WIDTH, HEIGHT, "yuv420p")
    left = 4 * number % (WIDTH - BAR)
    row = bytearray(b"\x10" * WIDTH)
    row[left : left + BAR] = b"\xeb" * BAR
    luma = frame.planes[0]
    row += bytes(luma.line_size - WIDTH)
    luma.update(bytes(row) * HEIGHT)
    for chroma in frame.planes[1:]:
        chroma.update(b"\x80" * chroma.buffer_size)
    frame.pts = number * 90_000 // FRAMES_PER_SECOND
    frame.time_base = fractions.Fraction(1, 90_000)
    return frame


def strength(frames, hertz):
    """Which part of the power of these audio frames is a tone of so many hertz, between 0 and 1."""
    samples = array.array("h")
    for frame in frames:
        plane = array.array("h")
        plane.frombytes(bytes(frame.planes[0])[: frame.samples * len(frame.layout.channels) * 2])
        samples.extend(plane[:: len(frame.layout.channels)])
    return strength_of(samples, frames[0].sample_rate, hertz)


def strength_of(samples, rate, hertz):
    """The same of samples in mono."""
    step = 2 * math.pi * hertz / rate
    real = sum(sample * math.cos(step * i) for i, sample in enumerate(samples))
    imaginary = sum(sample * math.sin(step * i) for i, sample in enumerate(samples))
    power = sum(sample * sample for sample in samples)
    return 2 * (real * real + imaginary * imaginary) / (len(samples) * power) if power else 0


def bar_seen(frame):
    """The left edge of the bar in the middle line of this video frame, in pixels of the sender's
    picture; None when there is not exactly one bar."""
    luma = frame.planes[0]
    middle = frame.height // 2 * luma.line_size
    return bar_in(bytes(luma)[middle : middle + frame.width])


def bar_in(line):
    """The same of the brightness of that line."""
    bright = [column for column, value in enumerate(line) if value > 128]
    if not bright or bright[-1] - bright[0] + 1 != len(bright):
        return None
    return bright[0] * WIDTH / len(line)


def goes_on(seen):
    """Why these places of the bar are not those of one that goes to the right by what it moves in a
    frame, or in a few when some were lost; None when they are."""
    if None in seen:
        return f"no bar in {seen}"
    steps = [b - a for a, b in zip(seen, seen[1:])]
    forward = [step for step in steps if step > 0]
    # Once it may begin again at the left.
    if len(forward) < len(steps) - 1 or sum(forward) / len(forward) <= 3:
        return f"it moves by {steps}"
    return None
