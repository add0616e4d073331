"""What a participant in Python sends and receives: encoded and decoded with PyAV, or as raw sound and
raw pictures."""

import array
import sys
import threading
import time
from pathlib import Path

import vsdk
from av import CodecContext, Packet
from av.video.frame import PictureType

sys.path.append(str(Path(__file__).parent.parent))
from signals import (  # noqa: E402 - it lies beside this folder.
    FRAMES_PER_SECOND,
    HEIGHT,
    RATE,
    SAMPLES,
    WIDTH,
    bar_in,
    bar_seen,
    moving_bar,
    strength,
    strength_of,
    tone,
    wave,
)

# Far more than anything here takes; it only turns a hang into a failure.
HANG = 60
# What comes first may be silence, or concealed.
SKIPPED = 25


class Sender:
    """Sends frames at their pace, until it is closed, and with it what they go into."""

    def __init__(self, track, seconds, push, *others):
        self.track = track
        self._others = others
        self._seconds = seconds
        self._push = push
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self):
        began = time.monotonic()
        number = 0
        while not self._ended.wait(max(0, began + number * self._seconds - time.monotonic())):
            self._push(self.track, number)
            number += 1

    def close(self):
        self._ended.set()
        self._thread.join()
        for it in (*self._others, self.track):
            it.close()


def send_tone(meeting, hertz):
    encoder = CodecContext.create("libopus", "w")
    encoder.format, encoder.layout, encoder.sample_rate = "s16", "mono", RATE

    def push(track, number):
        for packet in encoder.encode(tone(hertz, number)):
            track.push(bytes(packet), number * 20_000, audio_level=-12)

    return Sender(meeting.add_track(vsdk.TrackKind.AUDIO), SAMPLES / RATE, push)


def say_tone(meeting, hertz):
    track = meeting.add_track(vsdk.TrackKind.AUDIO)
    source = track.audio_input(RATE)

    def push(track, number):
        source.push(wave(hertz, number))

    return Sender(track, SAMPLES / RATE, push, source)


# By codec, the encoder, and what makes it give each picture at once.
ENCODERS = {
    vsdk.Codec.VP8: ("libvpx", {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"}),
    vsdk.Codec.H264: (
        "libx264",
        {"preset": "ultrafast", "tune": "zerolatency", "profile": "baseline", "forced-idr": "1"},
    ),
}


def send_bar(meeting, codec):
    name, options = ENCODERS[codec]
    encoder = CodecContext.create(name, "w")
    encoder.width, encoder.height, encoder.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    encoder.framerate = FRAMES_PER_SECOND
    encoder.bit_rate = 500_000
    encoder.options = options

    def push(track, number):
        picture = moving_bar(number)
        if track.encoder_target().wants_key_frame:
            picture.pict_type = PictureType.I
        for packet in encoder.encode(picture):
            at = number * 1_000_000 // FRAMES_PER_SECOND
            track.push(bytes(packet), at, key_frame=packet.is_keyframe)

    track = meeting.add_track(vsdk.TrackKind.VIDEO, codec=codec, size=(WIDTH, HEIGHT))
    return Sender(track, 1 / FRAMES_PER_SECOND, push)


def film_bar(meeting, codec):
    track = meeting.add_track(vsdk.TrackKind.VIDEO, codec=codec, size=(WIDTH, HEIGHT))
    camera = track.video_input()

    def push(track, number):
        planes = moving_bar(number).planes
        strides = [plane.line_size for plane in planes]
        picture = (vsdk.PictureFormat.I420, WIDTH, HEIGHT, planes)
        camera.push(vsdk.VideoPicture(*picture, strides=strides))

    return Sender(track, 1 / FRAMES_PER_SECOND, push, camera)


def heard(track, count, pitches):
    """How much of each of these tones is in so many frames."""
    decoder = CodecContext.create("libopus", "r")
    decoder.format, decoder.layout, decoder.sample_rate = "s16", "stereo", RATE
    frames = decoded(track, decoder, count)
    return [strength(frames, hertz) for hertz in pitches]


def listened(output, count, pitches):
    """The same of so many blocks of 20 ms of raw sound, in which all was sent: of each by itself, as whoever
    pulls late on a busy machine misses some in between."""
    block = array.array("h", [0]) * SAMPLES
    blocks = []
    began = time.monotonic()
    for number in range(int(HANG * RATE / SAMPLES)):
        time.sleep(max(0, began + number * SAMPLES / RATE - time.monotonic()))
        if output.pull_into(block).decoded_frames < SAMPLES:
            continue
        blocks.append(block[:])
        if len(blocks) == SKIPPED + count:
            break
    kept = blocks[SKIPPED:]
    return [sum(strength_of(one, RATE, hertz) for one in kept) / count for hertz in pitches]


def seen(track, count):
    """Where the bar is in so many pictures."""
    decoder = CodecContext.create("vp8", "r")
    return [bar_seen(picture) for picture in decoded(track, decoder, count)]


def watched(output, count):
    """The same of so many raw pictures."""
    bars = []
    for picture in output.pictures(HANG):
        luma = picture.planes[0]
        middle = picture.height // 2 * luma.stride
        bars.append(bar_in(bytes(luma.data[middle : middle + picture.width])))
        if len(bars) == SKIPPED + count:
            break
    return bars[SKIPPED:]


def decoded(track, decoder, count):
    frames = []
    for frame in track.frames(HANG):
        frames += decoder.decode(Packet(bytes(frame.data)))
        if len(frames) >= SKIPPED + count:
            break
    return frames[SKIPPED : SKIPPED + count]
