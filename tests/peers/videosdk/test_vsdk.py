"""Participants of the official Python SDK and of this library in one room of the local service."""

import asyncio
import unittest

import service
from client import COMMANDS, Client
from guest import Guest

# Numbers of moderations.
REQUEST_MIC, REMOVE = 3, 7


class Together:
    """What holds with a client in each language."""

    language = None

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
        await asyncio.sleep(0.1)

    async def guest(self, name, **options):
        guest = Guest(self.room_id, name, **options)
        self.guests.append(guest)
        return await guest.join()

    async def client(self, name, **options):
        client = Client(self.language, self.room_id, name, **options)
        self.clients.append(client)
        return await client.join()

    def no_errors(self):
        for guest in self.guests:
            errors = [event for event in guest.events if event[0] == "error"]
            self.assertEqual(errors, [], guest.name)
        for client in self.clients:
            errors = [event for event in client.events if event["type"] in ("ERROR", "WARNING", "UNKNOWN")]
            self.assertEqual(errors, [], client.name)

    async def test_each_sees_the_other_with_name_and_meta_data(self):
        ours = await self.client("ours", meta_data={"role": "host", "é": "😀"})
        theirs = await self.guest("theirs", meta_data={"role": "guest", "ß": ["☃"]})
        await theirs.event("participant joined", "ours")
        seen = theirs.meeting.participants["ours"]
        self.assertEqual(seen.display_name, "ours")
        self.assertEqual(seen.meta_data, {"role": "host", "é": "😀"})
        self.assertEqual(seen.mode, "SEND_AND_RECV")

        joined = await ours.event("PARTICIPANT_JOINED", "theirs")
        self.assertEqual(joined["participantName"], "theirs")
        seen = (await ours.participants())["theirs"]
        self.assertEqual(seen["name"], "theirs")
        self.assertEqual(seen["metaData"], {"role": "guest", "ß": ["☃"]})
        self.assertEqual(seen["mode"], "SEND_AND_RECV")
        self.no_errors()

    async def test_who_was_there_before_is_seen_too(self):
        theirs = await self.guest("theirs", meta_data={"first": True})
        ours = await self.client("ours")
        await theirs.event("participant joined", "ours")
        self.assertEqual((await ours.participants())["theirs"]["metaData"], {"first": True})
        self.no_errors()

    async def test_messages_go_both_ways_whole(self):
        ours = await self.client("ours")
        theirs = await self.guest("theirs")
        await ours.do("subscribe", "CHAT")
        self.assertEqual(await theirs.subscribe("CHAT"), [])
        long = "é😀" * 10_923
        self.assertGreater(len(long.encode()), 64 * 1024)
        await ours.publish("CHAT", long)
        await theirs.publish("CHAT", "grüß dich\n☃", payload={"a": [1, None]})
        await theirs.until(lambda: len(theirs.messages) == 2)
        await ours.until(lambda: len(ours.messages()) == 2)
        for first, second in [theirs.messages, ours.messages()]:
            self.assertEqual(first["message"], long)
            self.assertEqual(second["message"], "grüß dich\n☃")
            self.assertEqual(second["payload"], {"a": [1, None]})
        self.assertEqual(theirs.messages[0]["senderId"], "ours")
        self.assertEqual(theirs.messages[0]["senderName"], "ours")
        self.assertEqual(ours.messages()[1]["participantId"], "theirs")
        self.assertEqual(ours.messages()[1]["participantName"], "theirs")
        self.no_errors()

    async def test_who_comes_late_gets_what_was_kept(self):
        theirs = await self.guest("theirs")
        await theirs.publish("CHAT", "gone")
        for number in range(3):
            await theirs.publish("CHAT", f"kept {number}", persist=True)
        ours = await self.client("ours")
        await ours.do("subscribe", "CHAT")
        # They were in the queue before that; the handler may still be at it.
        await ours.until(lambda: len(ours.messages()) == 3)
        texts = [(event["message"], event["code"]) for event in ours.messages()]
        self.assertEqual(texts, [("kept 0", 1), ("kept 1", 1), ("kept 2", 1)])

        await ours.publish("NEWS", "not kept")
        await ours.publish("NEWS", "kept too", persist=True)
        late = await self.guest("late")
        history = await late.subscribe("NEWS")
        self.assertEqual([message["message"] for message in history], ["kept too"])
        self.no_errors()

    async def test_send_only_reaches_one_of_three(self):
        ours = await self.client("ours")
        other = await self.client("other")
        theirs = await self.guest("theirs")
        await ours.do("subscribe", "CHAT")
        await other.do("subscribe", "CHAT")
        await theirs.subscribe("CHAT")
        await theirs.publish("CHAT", "to ours", sendOnly=["ours"])
        await ours.publish("CHAT", "to theirs", to="theirs")
        await ours.publish("CHAT", "to all")
        await theirs.until(lambda: len(theirs.messages) == 2)
        texts = [message["message"] for message in theirs.messages]
        self.assertEqual(texts, ["to theirs", "to all"])
        for client, expected in [(ours, ["to ours", "to all"]), (other, ["to all"])]:
            await client.until(lambda: len(client.messages()) >= len(expected))
            self.assertEqual([event["message"] for event in client.messages()], expected)
        self.no_errors()

    async def test_each_is_told_that_the_other_leaves(self):
        ours = await self.client("ours")
        theirs = await self.guest("theirs")
        await ours.event("PARTICIPANT_JOINED", "theirs")
        theirs.meeting.leave()
        left = await ours.event("PARTICIPANT_LEFT", "theirs")
        self.assertEqual(left["participantName"], "theirs")
        self.assertEqual(await ours.participants(), {})

        again = await self.guest("again")
        await again.event("participant joined", "ours")
        await ours.leave()
        self.clients.remove(ours)
        await again.event("participant left", "ours")
        self.assertEqual(list(again.meeting.participants), [])
        self.no_errors()

    async def test_each_can_remove_the_other(self):
        ours = await self.client("ours")
        theirs = await self.guest("theirs")
        await theirs.event("participant joined", "ours")
        theirs.meeting.participants["ours"].remove()
        left = await ours.event("MEETING_LEFT")
        self.assertEqual((left["code"], left["text"]), (1002, "REMOVE_PEER"))
        await theirs.event("participant left", "ours")

        other = await self.client("other")
        await theirs.event("participant joined", "other")
        await other.do("moderate", "theirs", str(REMOVE))
        await theirs.event("left")
        await other.event("PARTICIPANT_LEFT", "theirs")
        status, code = await other.order("moderate", "theirs", str(REQUEST_MIC))
        self.assertEqual(status, "REFUSED")
        self.assertNotEqual(code, 0)

    async def test_the_same_participant_id_removes_the_earlier_one(self):
        ours = await self.client("ours", participant_id="one")
        watcher = await self.guest("watcher")
        await watcher.event("participant joined", "one")
        theirs = await self.guest("theirs", participant_id="one")
        left = await ours.event("MEETING_LEFT")
        self.assertEqual((left["code"], left["text"]), (1011, "DUPLICATE_PARTICIPANT"))
        await watcher.until(lambda: watcher.events.count(("participant joined", "one")) == 2)
        self.assertEqual(watcher.meeting.participants["one"].display_name, "theirs")

        again = await self.client("again", participant_id="one")
        await theirs.event("left")
        self.assertEqual(list(await again.participants()), ["watcher"])

    async def test_each_can_end_the_meeting_for_all(self):
        ours = await self.client("ours")
        theirs = await self.guest("theirs")
        await ours.event("PARTICIPANT_JOINED", "theirs")
        theirs.meeting.end()
        left = await ours.event("MEETING_LEFT")
        self.assertEqual((left["code"], left["text"]), (1006, "ROOM_CLOSE"))
        await theirs.event("left")

        ours = await self.client("ours-again")
        theirs = await self.guest("theirs-again")
        await ours.event("PARTICIPANT_JOINED", "theirs-again")
        await ours.do("end")
        left = await ours.event("MEETING_LEFT")
        self.assertEqual((left["code"], left["text"]), (1006, "ROOM_CLOSE"))
        await theirs.event("left")


def together_with(language):
    name = f"TogetherWith{language}"
    return type(name, (Together, unittest.IsolatedAsyncioTestCase), {"language": language})


for _language in COMMANDS:
    globals()[f"TogetherWith{_language}"] = together_with(_language)


if __name__ == "__main__":
    unittest.main()
