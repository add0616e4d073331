"""A participant of the official SDK that looks at what it is sent."""

import asyncio

from guest import HANG, Guest
from signals import bar_seen, goes_on, strength
from videosdk import ParticipantEventHandler


class Viewer(Guest):
    """Keeps what it is sent, by participant and kind."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.streams = {}
        self.data = []

    def on_participant_joined(self, participant):
        participant.add_event_listener(Streams(self, participant.id))
        super().on_participant_joined(participant)

    def on_speaker_changed(self, data):
        self._note("speaker", data)

    def on_data(self, data):
        self.data.append(data)
        self._changed.set()

    async def stream(self, participant_id, kind):
        await self.until(lambda: (participant_id, kind) in self.streams)
        return self.streams[participant_id, kind]

    async def frames(self, participant_id, kind, count):
        track = (await self.stream(participant_id, kind)).track
        return [await asyncio.wait_for(track.recv(), HANG) for _ in range(count)]


class Streams(ParticipantEventHandler):
    def __init__(self, viewer, participant_id):
        super().__init__()
        self._viewer, self._id = viewer, participant_id

    def on_stream_enabled(self, stream):
        self._viewer.streams[self._id, stream.kind] = stream
        self._viewer._note("stream enabled", (self._id, stream.kind))

    def on_stream_disabled(self, stream):
        self._viewer.streams.pop((self._id, stream.kind), None)
        self._viewer._note("stream disabled", (self._id, stream.kind))

    def on_media_status_changed(self, data):
        self._viewer._note("status", (self._id, data["kind"], data["newState"]))


class Judging:
    """For tests: what a viewer gets is what was sent."""

    async def hears(self, viewer, participant_id, hertz, other):
        """The tone arrives, and the other one does not."""
        # What comes first may be silence, or concealed.
        await viewer.frames(participant_id, "audio", 50)
        frames = await viewer.frames(participant_id, "audio", 25)
        self.assertGreater(strength(frames, hertz), 0.8)
        self.assertLess(strength(frames, other), 0.1)

    async def sees(self, viewer, participant_id):
        """The bar is in each picture, and goes on to the right."""
        frames = await viewer.frames(participant_id, "video", 20)
        self.assertIsNone(goes_on([bar_seen(frame) for frame in frames[5:]]))
