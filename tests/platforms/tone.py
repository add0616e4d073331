"""Makes a file with a tone, or tells whether the tone is heard in one that the sample `talk` wrote.

    tone.py make FILE.wav
    tone.py hear FILE.wav     ends with 1 when it is not
"""

import array
import math
import sys
import wave

RATE = 48000
FREQUENCY = 440
SECONDS = 4
# Of the tone, and at least of what counts as sound: silence and the ends of the tone do not.
PEAK, LOUD = 10000, 3000


def make(path):
    step = 2 * math.pi * FREQUENCY / RATE
    samples = (int(PEAK * math.sin(step * index)) for index in range(RATE * SECONDS))
    with wave.open(path, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(array.array("h", samples).tobytes())


def is_heard(path):
    """At least half of the tone came, and its waves are as long as they were."""
    with wave.open(path, "rb") as file:
        frames = array.array("h", file.readframes(file.getnframes()))
        left = frames[:: file.getnchannels()]
        tenth = file.getframerate() // 10
    blocks = [left[begin : begin + tenth] for begin in range(0, len(left) - tenth + 1, tenth)]
    loud = [block for block in blocks if max(block) > LOUD]
    waves = sum(
        before < 0 <= after for block in loud for before, after in zip(block, block[1:])
    )
    print(f"{len(loud)} tenths of a second were loud, with {waves} waves")
    return len(loud) >= SECONDS * 5 and abs(waves / len(loud) - FREQUENCY / 10) < 2


if __name__ == "__main__":
    command, path = sys.argv[1:]
    if command == "make":
        make(path)
    else:
        sys.exit(0 if is_heard(path) else 1)
