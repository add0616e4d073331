"""Sound, pictures and data between participants of the official Python SDK and of this library."""

import asyncio
import contextlib
import os
import unittest

from vsaiortc.exceptions import InvalidStateError

import service
from client import COMMANDS, Client
from signals import goes_on
from tracks import MovingBar, Tone
from viewer import Judging, Viewer

# Of the figures of what is received, those that nothing counts.
LOST = {"totalPacketsLost", "deltaPacketsLost"}


@unittest.skipUnless(service.FORWARDS, "devserver was built without the feature sfu")
@unittest.skipUnless("Python" in COMMANDS, "there is no participant in Python")
class MediaTogether(Judging, unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.room_id = service.new_room()
        self.guests = []
        self.clients = []

    async def asyncTearDown(self):
        for guest in self.guests:
            guest.meeting.leave()
        for client in self.clients:
            await client.leave()
        # Leaving goes on in tasks of the SDK's own.
        await asyncio.sleep(0.5)

    async def guest(self, name):
        guest = Viewer(self.room_id, name)
        self.guests.append(guest)
        return await guest.join()

    async def client(self, name):
        client = Client("Python", self.room_id, name)
        self.clients.append(client)
        return await client.join()

    async def ours_hears(self, client, participant_id, hertz, other, how="hear"):
        await client.do(how, participant_id, "25", str(hertz), str(other))
        wanted, unwanted = client.media[-1]
        self.assertGreater(wanted, 0.8)
        self.assertLess(unwanted, 0.1)

    async def ours_sees(self, client, participant_id, how="see"):
        await client.do(how, participant_id, "15")
        self.assertIsNone(goes_on(client.media[-1]))

    async def test_the_sdk_hears_and_sees_ours(self):
        ours = await self.client("ours")
        theirs = await self.guest("theirs")
        await ours.do("tone", "440")
        await ours.do("bar", "VP8")
        await self.hears(theirs, "ours", 440, 880)
        await self.sees(theirs, "ours")

    async def test_the_sdk_sees_h264_of_ours(self):
        ours = await self.client("ours")
        witness = await self.client("witness")
        theirs = await self.guest("theirs")
        await ours.do("bar", "H264")
        await self.sees(theirs, "ours")
        # The SDK does not say how it was encoded.
        track = await witness.event("TRACK_ADDED", "ours")
        self.assertEqual(track["codec"], "H264")

    async def test_ours_hears_and_sees_the_sdk(self):
        ours = await self.client("ours")
        theirs = await self.guest("theirs")
        theirs.meeting.enable_mic(Tone(880))
        theirs.meeting.enable_webcam(MovingBar())
        await self.ours_hears(ours, "theirs", 880, 440)
        await self.ours_sees(ours, "theirs")

    async def test_raw_sound_goes_both_ways(self):
        ours = await self.client("ours")
        theirs = await self.guest("theirs")
        await ours.do("say", "440")
        await self.hears(theirs, "ours", 440, 880)
        theirs.meeting.enable_mic(Tone(880))
        await self.ours_hears(ours, "theirs", 880, 440, how="listen")
        # What the raw sound was taken from can be read again.
        await self.ours_hears(ours, "theirs", 880, 440)
        await ours.do("enable", "audio", "0")
        await theirs.event("stream disabled", ("ours", "audio"))
        await ours.do("enable", "audio", "1")
        await self.hears(theirs, "ours", 440, 880)

    @unittest.skipUnless(os.environ.get("VSDK_WITH_VP8"), "the library was built without vp8")
    async def test_raw_pictures_go_both_ways(self):
        ours = await self.client("ours")
        theirs = await self.guest("theirs")
        await ours.do("film", "VP8")
        await self.sees(theirs, "ours")
        theirs.meeting.enable_webcam(MovingBar())
        await self.ours_sees(ours, "theirs", how="watch")
        # What they were taken from can be read again.
        await self.ours_sees(ours, "theirs")
        await ours.do("enable", "video", "0")
        await theirs.event("stream disabled", ("ours", "video"))
        await ours.do("enable", "video", "1")
        await self.sees(theirs, "ours")

    async def test_a_mixer_of_ours_hears_the_sdk_and_ours(self):
        ours = await self.client("ours")
        other = await self.client("other")
        theirs = await self.guest("theirs")
        theirs.meeting.enable_mic(Tone(880))
        await other.do("say", "440")
        await ours.event("TRACK_ADDED", "theirs")
        await ours.event("TRACK_ADDED", "other")
        await self.ours_hears(ours, "theirs", 880, 440, how="listen")
        await self.ours_hears(ours, "other", 440, 880, how="listen")
        await ours.do("listen", "-", "50", "440", "880", "660")
        low, high, neither = ours.media[-1]
        self.assertGreater(low, 0.25)
        self.assertGreater(high, 0.25)
        self.assertGreater(low + high, 0.8)
        self.assertLess(neither, 0.1)

    async def test_who_comes_late_gets_what_is_sent_already(self):
        ours = await self.client("ours")
        await ours.do("tone", "440")
        await ours.do("bar", "VP8")
        theirs = await self.guest("theirs")
        theirs.meeting.enable_mic(Tone(880))
        theirs.meeting.enable_webcam(MovingBar())
        await self.hears(theirs, "ours", 440, 880)
        await self.sees(theirs, "ours")
        late = await self.client("late")
        await self.ours_hears(late, "theirs", 880, 440)
        await self.ours_sees(late, "theirs")
        await self.ours_hears(late, "ours", 440, 880)
        await self.ours_sees(late, "ours")

    async def test_each_is_told_that_the_other_is_muted(self):
        ours = await self.client("ours")
        theirs = await self.guest("theirs")
        await ours.do("tone", "440")
        await theirs.event("status", ("ours", "audio", True))
        await theirs.stream("ours", "audio")
        self.assertTrue(theirs.meeting.participants["ours"].mic_on)
        await ours.do("enable", "audio", "0")
        await theirs.event("status", ("ours", "audio", False))
        await theirs.event("stream disabled", ("ours", "audio"))
        self.assertFalse(theirs.meeting.participants["ours"].mic_on)
        await ours.do("enable", "audio", "1")
        await self.hears(theirs, "ours", 440, 880)

        theirs.meeting.enable_mic(Tone(880))
        await ours.event("TRACK_ADDED", "theirs")
        theirs.meeting.disable_mic()
        await ours.event("TRACK_REMOVED", "theirs")
        self.assertFalse((await ours.participants())["theirs"]["micOn"])
        theirs.meeting.enable_mic(Tone(660))
        await self.ours_hears(ours, "theirs", 660, 880)

    async def test_data_goes_both_ways(self):
        ours = await self.client("ours")
        theirs = await self.guest("theirs")
        await theirs.event("participant joined", "ours")
        # The channels open when both sides are connected.
        for _ in range(100):
            await ours.order("text", "grüß dich ☃")
            with contextlib.suppress(ConnectionError, InvalidStateError):
                await theirs.meeting.send("grüß dich 😀", {"reliability": "RELIABLE"})
            await asyncio.sleep(0.1)
            if theirs.data and ours.media:
                break
        await theirs.until(lambda: theirs.data)
        self.assertEqual(theirs.data[0]["from"], "ours")
        self.assertEqual(theirs.data[0]["payload"], "grüß dich ☃")
        await ours.until(lambda: ours.media)
        told = {"from": "theirs", "data": "grüß dich 😀".encode().hex(), "kind": "text"}
        self.assertEqual(ours.media[0], told)

        await ours.do("bytes", "ff00fe")
        await theirs.until(lambda: theirs.data[-1]["payload"] == b"\xff\x00\xfe")
        told = {"from": "theirs", "data": "ff00fe", "kind": "binary"}
        for _ in range(100):
            # The second channel opens by itself, too.
            with contextlib.suppress(ConnectionError, InvalidStateError):
                await theirs.meeting.send(b"\xff\x00\xfe", {"reliability": "UNRELIABLE"})
            await asyncio.sleep(0.1)
            if told in ours.media:
                break
        await ours.until(lambda: told in ours.media)

    async def test_the_service_gets_figures_of_one_shape_from_both(self):
        ours = await self.client("ours")
        theirs = await self.guest("theirs")
        await ours.do("tone", "440")
        await ours.do("bar", "VP8")
        theirs.meeting.enable_mic(Tone(880))
        theirs.meeting.enable_webcam(MovingBar())
        # By participant, direction and kind, the latest of those that were kept in between.
        entries = {}
        for _ in range(120):
            await asyncio.sleep(1)
            # Elsewhere, for the SDK answers in this thread.
            answers = await asyncio.to_thread(service.call, "POST", "/admin/statistics", {})
            for told in answers["participants"]:
                self.assertEqual(told["answer"]["peerId"], told["peerId"])
                self.keep(told["peerId"], told["answer"]["statsData"], entries)
            # The first of each has nothing to compare with, and none of the other side's reports.
            complete = [
                entry
                for entry in entries.values()
                if entry["bitrate"] > 0 and self.unknown(entry) <= LOST
            ]
            if len(complete) == 8:
                break
        for direction in ("outbound", "inbound"):
            for kind in ("audio", "video"):
                own = entries["ours", direction, kind]
                official = entries["theirs", direction, kind]
                self.assertEqual(sorted(own), sorted(official))
                for name in ("kind", "direction", "codec"):
                    self.assertEqual(own[name], official[name])
                # What nothing counts is null; all else are numbers, or the texts above.
                self.assertLessEqual(self.unknown(own), LOST)
                sent = "Sent" if direction == "outbound" else "Received"
                for one in (own, official):
                    self.assertGreater(one[f"totalPackets{sent}"], 0)
                    self.assertGreater(one[f"deltaBytes{sent}"], 0)
                    self.assertGreater(one["ssrc"], 0)

    def unknown(self, entry):
        return {name for name, value in entry.items() if value is None}

    def keep(self, participant_id, data, entries):
        for kind, reports in data.get("producerStats", {}).items():
            for report in reports:
                self.assertEqual(sorted(report), ["stats", "timestamp"])
                for entry in report["stats"]:
                    entries[participant_id, "outbound", kind] = entry
        other = {"ours": "theirs", "theirs": "ours"}[participant_id]
        received = data.get("consumerStats", {})
        self.assertLessEqual(set(received), {other})
        for kind, kept in received.get(other, {}).items():
            for entry in kept:
                entries[participant_id, "inbound", kind] = entry

    async def test_who_speaks_is_told_and_that_nobody_does(self):
        ours = await self.client("ours")
        theirs = await self.guest("theirs")
        await ours.do("tone", "440")
        await theirs.event("speaker", "ours")
        await ours.do("enable", "audio", "0")
        await theirs.until(lambda: ("speaker", None) in theirs.events)
        theirs.meeting.enable_mic(Tone(880))
        await ours.event("ACTIVE_SPEAKER_CHANGED", "theirs")


if __name__ == "__main__":
    unittest.main()
