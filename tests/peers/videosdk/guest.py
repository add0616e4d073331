"""A participant of the official SDK, with everything that it told its application."""

import asyncio

import service  # Before the SDK.
from videosdk import MeetingEventHandler, PubSubPublishConfig, PubSubSubscribeConfig, VideoSDK

# Far more than anything here takes; it only turns a hang into a failure.
HANG = 60


class Guest(MeetingEventHandler):
    def __init__(self, room_id, name, participant_id=None, meta_data=None, token=None, **more):
        super().__init__()
        self.name = name
        self.events = []
        self.messages = []
        self._changed = asyncio.Event()
        self.meeting = VideoSDK.init_meeting(
            meeting_id=room_id,
            token=token or service.token(),
            name=name,
            participant_id=participant_id or name,
            mic_enabled=False,
            webcam_enabled=False,
            signaling_base_url=service.HOST,
            meta_data=meta_data,
            loop=asyncio.get_running_loop(),
            **more,
        )
        self.meeting.add_event_listener(self)

    async def join(self):
        await asyncio.wait_for(self.meeting.async_join(), HANG)
        await self.event("joined")
        return self

    async def subscribe(self, topic):
        """What was kept; messages to come are in `messages`."""
        config = PubSubSubscribeConfig(topic=topic, cb=self._message)
        return await asyncio.wait_for(self.meeting.pubsub.subscribe(config), HANG)

    async def publish(self, topic, message, payload=None, **options):
        config = PubSubPublishConfig(
            topic=topic, message=message, options=options, payload=payload
        )
        await asyncio.wait_for(self.meeting.pubsub.publish(config), HANG)

    async def event(self, name, data=None):
        """Waits until the application was told this."""
        await self.until(lambda: self.told(name, data))

    def told(self, name, data=None):
        return any(name == event[0] and data in (None, event[1]) for event in self.events)

    async def until(self, holds):
        async def wait():
            while not holds():
                self._changed.clear()
                await self._changed.wait()

        try:
            await asyncio.wait_for(wait(), HANG)
        except asyncio.TimeoutError:
            raise AssertionError(f"{self.name} was told only {self.events}") from None

    def _note(self, name, data=None):
        self.events.append((name, data))
        self._changed.set()

    def _message(self, message):
        self.messages.append(message)
        self._changed.set()

    def on_meeting_joined(self, data):
        self._note("joined", data)

    def on_meeting_left(self, data):
        self._note("left")

    def on_participant_joined(self, participant):
        self._note("participant joined", participant.id)

    def on_participant_left(self, participant):
        self._note("participant left", participant.id)

    def on_meeting_state_change(self, data):
        self._note("state", data["state"])

    def on_recording_state_changed(self, data):
        self._note("recording", data["status"])

    def on_transcription_state_changed(self, data):
        self._note("transcription", data["status"])

    def on_error(self, data):
        self._note("error", data)
