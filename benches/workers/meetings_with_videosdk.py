"""The official SDK in meetings, with microphone and camera off.

What is asked and answered say benches/join.rs, benches/messages.rs and benches/idle.rs.
"""

import asyncio
import math
import sys
import threading
import time

from videosdk_meeting import HANG, Meeting, processor_time

from videosdk import PubSubPublishConfig, PubSubSubscribeConfig

TOPIC = "BENCHMARK"

# How long what was published may take to come back after the last one, in seconds.
LATE = 10


async def joins(room: str, count: int) -> list[float]:
    took = []
    for _ in range(count):
        meeting = Meeting(room)
        begin = time.perf_counter()
        await meeting.join()
        took.append((time.perf_counter() - begin) * 1e3)
        await meeting.leave()
    return took


async def messages(room: str, rate: int, count: int) -> list[float]:
    meeting = Meeting(room, "SIGNALLING_ONLY")
    await meeting.join()
    times = [math.nan] * count
    missing = count
    all_came = asyncio.Event()

    def came(message: dict) -> None:
        nonlocal missing
        number = int(message["message"].split(" ")[0])
        times[number] = (time.perf_counter() - first - number / rate) * 1e6
        missing -= 1
        if not missing:
            all_came.set()

    pubsub = meeting.meeting.pubsub
    await asyncio.wait_for(pubsub.subscribe(PubSubSubscribeConfig(topic=TOPIC, cb=came)), HANG)
    loop = asyncio.get_running_loop()
    publishing = set()

    def publish(number: int) -> None:
        text = f"{number} ".ljust(100, ".")
        config = PubSubPublishConfig(topic=TOPIC, message=text, options={})
        task = loop.create_task(pubsub.publish(config))
        publishing.add(task)
        task.add_done_callback(publishing.discard)

    # The loop's own timers are no finer than a millisecond.
    def keep_moments() -> None:
        for number in range(count):
            time.sleep(max(0.0, first + number / rate - time.perf_counter()))
            loop.call_soon_threadsafe(publish, number)

    first = time.perf_counter() + 0.02
    thread = threading.Thread(target=keep_moments)
    thread.start()
    try:
        await asyncio.wait_for(all_came.wait(), count / rate + LATE)
    except asyncio.TimeoutError:
        pass
    await asyncio.to_thread(thread.join)
    for task in publishing:
        task.cancel()
    await meeting.leave()
    return times


class Idle:
    def __init__(self) -> None:
        self._meetings: list[Meeting] = []

    async def __call__(self, order: str, *words: str) -> list[float]:
        if order == "rest":
            before = processor_time()
            await asyncio.sleep(int(words[0]))
            return [(processor_time() - before) * 1e6]
        begin = time.perf_counter()
        meetings = [Meeting(room, "SIGNALLING_ONLY") for room in words]
        await asyncio.gather(*(meeting.join() for meeting in meetings))
        self._meetings += meetings
        return [(time.perf_counter() - begin) * 1e3]

    async def leave(self) -> None:
        await asyncio.gather(*(meeting.leave() for meeting in self._meetings))


async def work() -> None:
    idle = Idle()
    print("ready", flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        words = line.split()
        if words[0] in ("join", "rest"):
            numbers = await idle(*words)
        elif len(words) == 2:
            numbers = await joins(words[0], int(words[1]))
        else:
            numbers = await messages(words[0], int(words[1]), int(words[2]))
        print(*numbers, flush=True)
    await idle.leave()


asyncio.run(work())
