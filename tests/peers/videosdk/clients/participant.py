"""As participant.c, which says what it reads and prints, and with media:

    tone HERTZ              sends that as a microphone
    say HERTZ               does the same with raw sound
    bar CODEC               sends a moving bar as a camera; CODEC: VP8 or H264
    film CODEC              does the same with raw pictures
    enable KIND ON          KIND: audio or video; ON: 0 or 1
    text TEXT               sends data that is a text
    bytes HEX               sends data that is none
    hear ID COUNT HERTZ ... says in `media` how much of each tone is in COUNT frames of somebody
    listen ID COUNT HERTZ ...  does the same with blocks of raw sound; ID: - for all together
    see ID COUNT            says in `media` where the bar is in COUNT pictures
    watch ID COUNT          does the same with raw pictures

Data that comes is told as `media {"from": ID, "data": HEX, "kind": "text" or "binary"}`.
"""

import json
import sys
import threading

import media
import vsdk

OUTPUT = threading.Lock()


def tell(line):
    # As one piece, because handlers tell from another thread. Where PYTHONUNBUFFERED is set,
    # nothing else keeps a line together that is larger than the pipe.
    with OUTPUT:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


class Media:
    """What it sends, and the tracks that it was told of."""

    def __init__(self, meeting):
        self._meeting = meeting
        self._senders = {}
        self._tracks = {}
        self._changed = threading.Condition()

    def on_event(self, event):
        key = (event.participant_id, event.text)
        if event.type == vsdk.EventType.DATA:
            told = {"from": event.participant_id, "data": event.payload.hex(), "kind": event.text}
            tell("media " + json.dumps(told))
        elif event.type == vsdk.EventType.TRACK_ADDED:
            with self._changed:
                self._tracks[key] = event.track_id
                self._changed.notify_all()
        elif event.type == vsdk.EventType.TRACK_REMOVED:
            with self._changed:
                self._tracks.pop(key, None)

    def obey(self, what, words):
        if what == "tone":
            self._senders["audio"] = media.send_tone(self._meeting, int(words))
        elif what == "say":
            self._senders["audio"] = media.say_tone(self._meeting, int(words))
        elif what == "bar":
            self._senders["video"] = media.send_bar(self._meeting, vsdk.Codec[words])
        elif what == "film":
            self._senders["video"] = media.film_bar(self._meeting, vsdk.Codec[words])
        elif what == "enable":
            kind, on = words.split(" ")
            self._senders[kind].track.set_enabled(on == "1")
        elif what == "text":
            self._meeting.send_data(words)
        elif what == "bytes":
            self._meeting.send_data(bytes.fromhex(words))
        elif what == "hear":
            participant_id, count, *pitches = words.split(" ")
            with self._track(participant_id, "audio") as track:
                heard = media.heard(track, int(count), [int(hertz) for hertz in pitches])
            tell("media " + json.dumps(heard))
        elif what == "listen":
            participant_id, count, *pitches = words.split(" ")
            with self._output(participant_id) as output:
                heard = media.listened(output, int(count), [int(hertz) for hertz in pitches])
            tell("media " + json.dumps(heard))
        elif what == "see":
            participant_id, count = words.split(" ")
            with self._track(participant_id, "video") as track:
                track.request_key_frame()
                tell("media " + json.dumps(media.seen(track, int(count))))
        elif what == "watch":
            participant_id, count = words.split(" ")
            with self._track(participant_id, "video") as track:
                output = track.video_output(vsdk.PictureFormat.I420)
            with output:
                tell("media " + json.dumps(media.watched(output, int(count))))
        else:
            return False
        return True

    def _output(self, participant_id):
        if participant_id == "-":
            return self._meeting.audio_mixer(media.RATE)
        with self._track(participant_id, "audio") as track:
            return track.audio_output(media.RATE)

    def _track(self, participant_id, kind):
        key = (participant_id, kind)
        with self._changed:
            self._changed.wait_for(lambda: key in self._tracks, media.HANG)
            return self._meeting.remote_track(self._tracks[key])

    def close(self):
        for sender in self._senders.values():
            sender.close()


def obey(meeting, sent, what, words):
    if sent.obey(what, words):
        return
    if what == "subscribe":
        meeting.subscribe(words)
    elif what == "publish":
        topic, persist, receiver, message = words.split(" ", 3)
        receivers = [] if receiver == "-" else [receiver]
        meeting.publish(topic, message, persist=persist == "1", send_only=receivers)
    elif what == "moderate":
        participant_id, number = words.split(" ")
        meeting.moderate(participant_id, vsdk.Moderation(int(number)))
    elif what == "end":
        meeting.end()
    else:
        tell("snapshot " + meeting.snapshot().json)


def done(action, *arguments):
    try:
        action(*arguments)
    except vsdk.VsdkError as error:
        tell(f"done {error.status.name} {error.service_code or 0}")
        return False
    tell("done OK 0")
    return True


def main():
    api_url, token, room, participant_id, name, metadata = sys.argv[1:]
    vsdk.config(token, api_base_url=api_url)
    with vsdk.init_meeting(
        room, participant_id=participant_id, name=name, metadata=json.loads(metadata)
    ) as meeting:
        sent = Media(meeting)

        def on_event(event):
            sent.on_event(event)
            tell("event " + event.json)

        meeting.set_event_handler(on_event)
        if done(meeting.join):
            for line in sys.stdin:
                what, _, words = line.rstrip("\n").partition(" ")
                done(obey, meeting, sent, what, words)
        sent.close()
    vsdk.shutdown()
    sys.exit(vsdk.live_handles())


main()
