"""Participants of the official Python SDK in one room of the local service."""

import asyncio
import unittest

import service
from guest import Guest


class Meeting(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.room_id = service.new_room()
        self.guests = []

    async def asyncTearDown(self):
        for guest in self.guests:
            guest.meeting.leave()
        # Leaving goes on in tasks of the SDK's own.
        await asyncio.sleep(0.1)

    async def joined(self, name, **options):
        guest = Guest(self.room_id, name, **options)
        self.guests.append(guest)
        return await guest.join()

    def no_errors(self):
        for guest in self.guests:
            errors = [event for event in guest.events if event[0] == "error"]
            self.assertEqual(errors, [], guest.name)

    async def test_each_sees_the_other_with_name_and_meta_data(self):
        ann = await self.joined("ann", meta_data={"role": "host", "é": "😀"})
        bob = await self.joined("bob", meta_data={"role": "guest"})
        await ann.event("participant joined", "bob")
        await bob.event("participant joined", "ann")
        seen = bob.meeting.participants["ann"]
        self.assertEqual(seen.display_name, "ann")
        self.assertEqual(seen.meta_data, {"role": "host", "é": "😀"})
        self.assertEqual(seen.mode, "SEND_AND_RECV")
        seen = ann.meeting.participants["bob"]
        self.assertEqual(seen.display_name, "bob")
        self.assertEqual(seen.meta_data, {"role": "guest"})
        self.assertEqual(list(ann.meeting.participants), ["bob"])
        self.no_errors()

    async def test_messages_go_both_ways_whole(self):
        ann = await self.joined("ann")
        bob = await self.joined("bob")
        for guest in (ann, bob):
            self.assertEqual(await guest.subscribe("CHAT"), [])
        long = "é😀" * 10_923
        self.assertGreater(len(long.encode()), 64 * 1024)
        await ann.publish("CHAT", long, payload={"a": [1, None]})
        await bob.publish("CHAT", "grüß dich\n\u0000")
        for guest in (ann, bob):
            await guest.until(lambda: len(guest.messages) == 2)
            first, second = guest.messages
            self.assertEqual(first["message"], long)
            self.assertEqual(first["payload"], {"a": [1, None]})
            self.assertEqual((first["senderId"], first["senderName"]), ("ann", "ann"))
            self.assertEqual(second["message"], "grüß dich\n\u0000")
        self.no_errors()

    async def test_who_comes_late_gets_what_was_kept(self):
        ann = await self.joined("ann")
        await ann.publish("CHAT", "gone")
        for number in range(3):
            await ann.publish("CHAT", f"kept {number}", persist=True)
        bob = await self.joined("bob")
        history = await bob.subscribe("CHAT")
        texts = [message["message"] for message in history]
        self.assertEqual(texts, ["kept 0", "kept 1", "kept 2"])
        self.no_errors()

    async def test_send_only_reaches_one_of_three(self):
        guests = [await self.joined(name) for name in ("ann", "bob", "eve")]
        for guest in guests:
            await guest.subscribe("CHAT")
        ann, bob, eve = guests
        await ann.publish("CHAT", "to bob", sendOnly=["bob"])
        await ann.publish("CHAT", "to all")
        for guest, expected in [(ann, ["to all"]), (bob, ["to bob", "to all"]), (eve, ["to all"])]:
            await guest.until(lambda: len(guest.messages) == len(expected))
            self.assertEqual([message["message"] for message in guest.messages], expected)
        self.no_errors()

    async def test_one_leaves_and_the_other_is_told(self):
        ann = await self.joined("ann")
        bob = await self.joined("bob")
        await ann.event("participant joined", "bob")
        bob.meeting.leave()
        await ann.event("participant left", "bob")
        self.assertEqual(list(ann.meeting.participants), [])
        self.no_errors()

    async def test_one_removes_the_other(self):
        ann = await self.joined("ann")
        bob = await self.joined("bob")
        await ann.event("participant joined", "bob")
        ann.meeting.participants["bob"].remove()
        await bob.event("left")
        await ann.event("participant left", "bob")
        self.no_errors()

    async def test_the_same_participant_id_removes_the_earlier_one(self):
        ann = await self.joined("ann")
        bob = await self.joined("bob")
        again = await self.joined("another bob", participant_id="bob")
        await bob.event("left")
        await ann.until(lambda: ann.events.count(("participant joined", "bob")) == 2)
        self.assertEqual(ann.meeting.participants["bob"].display_name, "another bob")
        self.assertEqual(list(again.meeting.participants), ["ann"])
        self.no_errors()

    async def test_ending_the_meeting_ends_it_for_all(self):
        guests = [await self.joined(name) for name in ("ann", "bob", "eve")]
        guests[0].meeting.end()
        for guest in guests:
            await guest.event("left")
        self.no_errors()

    async def test_a_wrong_token_does_not_get_in(self):
        guest = Guest(self.room_id, "ann", token="a.b.c")
        self.guests.append(guest)
        await asyncio.wait_for(guest.meeting.async_join(), 60)
        await guest.event("error")
        self.assertFalse(guest.told("joined"))
        self.assertTrue(guest.told("state", "FAILED"))


if __name__ == "__main__":
    unittest.main()
