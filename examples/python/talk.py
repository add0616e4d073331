#!/usr/bin/env python3
"""Talks and listens: a WAV file is the microphone, and what everybody says is written to another.

  talk --room ID --input speech.wav --output heard.wav    until the input has been said
  talk --room ID --output heard.wav --seconds 60          listens for a minute

A program with a sound device does the same in the callbacks of its device, without the sleeping.
The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in quickstart.
"""

import getopt
import os
import sys
import time
import wave
from array import array
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Optional

from wav import BrokenFileError, WavReader

import vsdk

# What is said and heard at a time: 10 ms.
CHUNKS_PER_SECOND = 100

# Of the file that is written, whatever the others send.
OUTPUT_RATE = 48_000
OUTPUT_CHANNELS = 2

USAGE = """\
usage: talk [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--api-url URL]
            [--input FILE.wav] [--output FILE.wav] [--seconds N]

  --token TOKEN      a token, e.g. a temporary one from the dashboard
  --token-url URL    where to fetch one (default http://localhost:3000/get-token)
  --room ID          join this room instead of creating one
  --name NAME        the name that others see
  --api-url URL      another server than https://api.videosdk.live
  --input FILE.wav   what is said: PCM of 16 bits; without it nothing is
  --output FILE.wav  where to write what is heard (default heard.wav)
  --seconds N        end after so long; otherwise when all has been said"""

# Each line at once, also into a pipe.
say = partial(print, flush=True)


@dataclass
class Arguments:
    token: Optional[str] = os.environ.get("VIDEOSDK_TOKEN")
    token_url: str = "http://localhost:3000/get-token"
    room: Optional[str] = None
    name: Optional[str] = None
    api_url: Optional[str] = None
    input: Optional[str] = None
    output: str = "heard.wav"
    seconds: str = "0"


def read_arguments() -> Arguments:
    given = Arguments()
    names = ["token", "token-url", "room", "name", "api-url", "input", "output", "seconds"]
    try:
        options, _ = getopt.getopt(sys.argv[1:], "", [*(f"{it}=" for it in names), "help"])
    except getopt.GetoptError as error:
        sys.exit(f"talk: {error}\n{USAGE}")
    for name, value in options:
        if name == "--help":
            print(USAGE)
            sys.exit()
        if name == "--seconds" and not (value.isdecimal() and int(value) > 0):
            sys.exit("--seconds wants a number from 1 on")
        if name == "--token-url":
            given.token = None
        setattr(given, name[2:].replace("-", "_"), value)
    if given.input is None and given.seconds == "0":
        sys.exit("without --input, --seconds has to say when to end")
    return given


class Sound:
    """Both files, and the sound that goes between them and the meeting."""

    said: Optional[WavReader] = None
    heard: wave.Wave_write
    microphone: Optional[vsdk.AudioInput] = None
    mixer: vsdk.AudioOutput

    def __init__(self, given: Arguments) -> None:
        self.seconds = int(given.seconds)
        if given.input is not None:
            try:
                self.said = WavReader(given.input)
            except OSError:
                sys.exit(f"cannot say {given.input}: it cannot be opened")
            except BrokenFileError as error:
                sys.exit(f"cannot say {given.input}: {error}")
        self._output = open(given.output, "wb")  # noqa: SIM115 - close() does
        self.heard = wave.open(self._output, "wb")  # noqa: SIM115 - likewise
        self.heard.setframerate(OUTPUT_RATE)
        self.heard.setnchannels(OUTPUT_CHANNELS)
        self.heard.setsampwidth(2)

    def open_sound(self, meeting: vsdk.Meeting) -> None:
        """Opens a microphone for what is said, and a mixer for what everybody says."""
        if self.said is not None:
            track = meeting.add_track(vsdk.TrackKind.AUDIO)
            self.microphone = track.audio_input(self.said.sample_rate, self.said.channels)
        self.mixer = meeting.audio_mixer(OUTPUT_RATE, OUTPUT_CHANNELS)

    def talk_and_listen(self) -> None:
        """Says and hears at the pace of a sound device, until the end."""
        # What is said before anybody can hear it is lost.
        while self.microphone is not None and not self.microphone.track.is_sending:
            time.sleep(0.01)
        say("* talking")
        chunk = array("h", [0]) * (OUTPUT_RATE // CHUNKS_PER_SECOND * OUTPUT_CHANNELS)
        decoded = concealed = number = 0
        due = time.monotonic()
        try:
            while self.seconds == 0 or number < self.seconds * CHUNKS_PER_SECOND:
                said = self._next_chunk(number)
                if self.seconds == 0 and not said:
                    break
                if self.microphone is not None and said:
                    self.microphone.push(said)
                pulled = self.mixer.pull_into(chunk)
                decoded += pulled.decoded_frames
                concealed += pulled.concealed_frames
                self.heard.writeframesraw(chunk)
                number += 1
                due += 1 / CHUNKS_PER_SECOND
                time.sleep(max(0, due - time.monotonic()))
        except vsdk.VsdkError:
            self._tell(decoded, concealed)
            raise
        self._tell(decoded, concealed)

    def _next_chunk(self, number: int) -> bytes:
        if self.said is None:
            return b""
        # Not every rate is a multiple of 100: together the chunks are as long as their time.
        begin = self.said.sample_rate * number // CHUNKS_PER_SECOND
        end = self.said.sample_rate * (number + 1) // CHUNKS_PER_SECOND
        return self.said.read((end - begin) * self.said.channels)

    def _tell(self, decoded: int, concealed: int) -> None:
        heard, made_up = (decoded + concealed) / OUTPUT_RATE, concealed / OUTPUT_RATE
        say(f"* {heard:.1f} s were heard, {made_up:.1f} s of that made up")

    def close(self) -> None:
        """Ends the file that is written: its header says how long it is."""
        if self.said is not None:
            self.said.close()
        with self._output:
            self.heard.close()


def talk(given: Arguments, sound: Sound) -> None:
    token = given.token or vsdk.fetch_token(given.token_url).text
    vsdk.config(token, api_base_url=given.api_url)
    room_id = given.room or vsdk.create_room().id
    say(f"room {room_id}")
    with vsdk.init_meeting(room_id, name=given.name) as meeting:
        meeting.join()
        sound.open_sound(meeting)
        sound.talk_and_listen()


def main() -> None:
    given = read_arguments()
    try:
        with closing(Sound(given)) as sound:
            talk(given, sound)
    except vsdk.VsdkError as error:
        sys.exit(f"{error.operation} failed: {error.message}\n  {error.remedy}")
    except OSError as error:
        sys.exit(f"cannot write {given.output}: {error.strerror or error}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
