"""Participants of this library, each a program of its own: see clients/participant.c."""

import asyncio
import json
import os
import shlex

import service
from guest import HANG

# By language, the command that starts one.
COMMANDS = {
    language: shlex.split(os.environ[f"VSDK_CLIENT_{language.upper()}"])
    for language in ("C", "Python", "Kotlin")
    if f"VSDK_CLIENT_{language.upper()}" in os.environ
}


class Client:
    """Has every event that its program was told, and what it was told about each order."""

    def __init__(self, language, room_id, name, participant_id=None, meta_data=None):
        self.name = name
        self.events = []
        self.snapshots = []
        self.media = []
        self.outcomes = []
        self._has_ended = False
        self._changed = asyncio.Event()
        self._command = [
            *COMMANDS[language],
            *(service.HTTP, service.token(), room_id),
            *(participant_id or name, name, json.dumps(meta_data or {})),
        ]

    async def join(self):
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=1024 * 1024,
        )
        self._reader = asyncio.create_task(self._read())
        outcome = await self._outcome()
        assert outcome == ("OK", 0), outcome
        return self

    async def _read(self):
        while line := await self._process.stdout.readline():
            kind, _, text = line.decode().rstrip("\n").partition(" ")
            if kind == "event":
                self.events.append(json.loads(text))
            elif kind == "snapshot":
                self.snapshots.append(json.loads(text))
            elif kind == "media":
                self.media.append(json.loads(text))
            else:
                status, code = text.split(" ")
                self.outcomes.append((status, int(code)))
            self._changed.set()
        self._has_ended = True
        self._changed.set()

    async def _outcome(self):
        count = len(self.outcomes)
        await self.until(lambda: len(self.outcomes) > count)
        return self.outcomes[-1]

    async def order(self, *words):
        """Has something done; gives the name of the status and the service's number."""
        waiting = asyncio.create_task(self._outcome())
        await asyncio.sleep(0)
        self._process.stdin.write((" ".join(words) + "\n").encode())
        await self._process.stdin.drain()
        return await waiting

    async def do(self, *words):
        outcome = await self.order(*words)
        assert outcome == ("OK", 0), (words[0], outcome)

    async def publish(self, topic, message, persist=False, to="-"):
        await self.do("publish", topic, str(int(persist)), to, message)

    async def participants(self):
        """Those whom it sees, without itself, by id."""
        await self.do("snapshot")
        everybody = self.snapshots[-1]["participants"]
        return {one["id"]: one for one in everybody if not one["local"]}

    def messages(self):
        return [event for event in self.events if event["type"] == "MESSAGE"]

    async def event(self, kind, participant_id=None):
        """Waits until it was told this; gives the first such event."""
        def found():
            return [
                event
                for event in self.events
                if event["type"] == kind and participant_id in (None, event.get("participantId"))
            ]

        await self.until(found)
        return found()[0]

    async def until(self, holds):
        async def wait():
            while not holds():
                assert not self._has_ended, f"{self.name} ended too early"
                self._changed.clear()
                await self._changed.wait()

        try:
            await asyncio.wait_for(wait(), HANG)
        except asyncio.TimeoutError:
            told = [event["type"] for event in self.events]
            raise AssertionError(f"{self.name} was told only {told}") from None

    async def leave(self):
        """Lets it leave, and look whether anything is left of the library then."""
        self._process.stdin.close()
        status = await asyncio.wait_for(self._process.wait(), HANG)
        await self._reader
        assert status == 0, f"{self.name} ended with {status}"
