"""Participants of the official Python SDK send each other sound, pictures and data through the media
server of the local service."""

import asyncio
import contextlib
import unittest

from vsaiortc.exceptions import InvalidStateError

import service
from relay import Relay
from tracks import MovingBar, Tone
from viewer import Judging, Viewer


@unittest.skipUnless(service.FORWARDS, "devserver was built without the feature sfu")
class Media(Judging, unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.room_id = service.new_room()
        self.guests = []

    async def asyncTearDown(self):
        for guest in self.guests:
            guest.meeting.leave()
        # Leaving goes on in tasks of the SDK's own.
        await asyncio.sleep(0.5)

    async def joined(self, name, **options):
        guest = Viewer(self.room_id, name, **options)
        self.guests.append(guest)
        return await guest.join()

    async def test_each_hears_and_sees_the_other(self):
        ann = await self.joined("ann")
        bob = await self.joined("bob")
        for guest, hertz in [(ann, 440), (bob, 880)]:
            guest.meeting.enable_mic(Tone(hertz))
            guest.meeting.enable_webcam(MovingBar())
        await self.hears(bob, "ann", 440, 880)
        await self.hears(ann, "bob", 880, 440)
        await self.sees(bob, "ann")
        await self.sees(ann, "bob")

    async def test_who_comes_late_gets_what_is_sent_already(self):
        ann = await self.joined("ann")
        ann.meeting.enable_mic(Tone(440))
        ann.meeting.enable_webcam(MovingBar())
        late = await self.joined("late")
        await late.event("status", ("ann", "video", True))
        await self.hears(late, "ann", 440, 880)
        await self.sees(late, "ann")

    async def test_muting_is_seen_and_ends_the_stream(self):
        ann = await self.joined("ann")
        bob = await self.joined("bob")
        ann.meeting.enable_mic(Tone(440))
        await bob.event("status", ("ann", "audio", True))
        await bob.stream("ann", "audio")
        self.assertTrue(bob.meeting.participants["ann"].mic_on)
        ann.meeting.disable_mic()
        await bob.event("status", ("ann", "audio", False))
        await bob.event("stream disabled", ("ann", "audio"))
        self.assertFalse(bob.meeting.participants["ann"].mic_on)
        # And again: a new producer.
        ann.meeting.enable_mic(Tone(660))
        await self.hears(bob, "ann", 660, 440)

    async def test_data_arrives_as_it_was_sent(self):
        ann = await self.joined("ann")
        bob = await self.joined("bob")
        await bob.event("participant joined", "ann")
        # The channels open when both sides are connected.
        for attempt in range(100):
            with contextlib.suppress(ConnectionError, InvalidStateError):
                await ann.meeting.send(f"text {attempt}", {"reliability": "RELIABLE"})
            await asyncio.sleep(0.1)
            if bob.data:
                break
        await bob.until(lambda: bob.data)
        self.assertEqual(bob.data[0]["from"], "ann")
        self.assertTrue(bob.data[0]["payload"].startswith("text "))
        # Bytes stay bytes; the SDK makes text of those that can be text.
        await ann.meeting.send(b"\xff\x00\xfe", {"reliability": "RELIABLE"})
        await bob.until(lambda: bob.data[-1]["payload"] == b"\xff\x00\xfe")

    async def test_who_speaks_is_told_and_that_nobody_does(self):
        ann = await self.joined("ann")
        bob = await self.joined("bob")
        ann.meeting.enable_mic(Tone(440))
        await bob.event("speaker", "ann")
        ann.meeting.disable_mic()
        await bob.until(lambda: ("speaker", None) in bob.events)

    async def test_an_announced_relay_is_the_way(self):
        host, port = service.call("GET", "/admin/media")["udp"][0].split(":")
        relay = await Relay.open((host, int(port)))
        service.call("PUT", "/admin/media/announced", {"udp": relay.address})
        try:
            ann = await self.joined("ann")
            bob = await self.joined("bob")
        finally:
            service.call("DELETE", "/admin/media/announced")
        ann.meeting.enable_mic(Tone(440))
        await self.hears(bob, "ann", 440, 880)
        # Fifty a second, there and back.
        self.assertGreater(relay.packets, 75)
        relay.close()
        with self.assertRaises(asyncio.TimeoutError):
            await asyncio.wait_for(bob.frames("ann", "audio", 200), 6)

    async def test_nothing_is_left_when_all_have_gone(self):
        ann = await self.joined("ann")
        bob = await self.joined("bob")
        ann.meeting.enable_webcam(MovingBar())
        await bob.frames("ann", "video", 1)
        self.assertEqual(service.call("GET", "/admin/media")["figures"]["consumers"], 1)
        for guest in self.guests:
            guest.meeting.leave()
        self.guests.clear()
        for _ in range(600):
            figures = service.call("GET", "/admin/media")["figures"]
            if not any(figures.values()):
                break
            await asyncio.sleep(0.1)
        self.assertEqual(set(figures.values()), {0}, figures)


if __name__ == "__main__":
    unittest.main()
