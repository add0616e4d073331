"""Creates rooms with the library, in threads or, with the argument asyncio, in one event loop."""

import asyncio
import os
import sys
import time

import vsdk
from rounds import in_threads, work

vsdk.config(os.environ["VIDEOSDK_TOKEN"], api_base_url=os.environ["VIDEOSDK_API_ENDPOINT"])


def create() -> None:
    assert vsdk.create_room("benchmark").id


def in_event_loop() -> None:
    loop = asyncio.new_event_loop()

    async def one_after_another(calls: int) -> list[float]:
        latencies = []
        for _ in range(calls):
            start = time.perf_counter()
            room = await vsdk.create_room_async("benchmark")
            latencies.append(time.perf_counter() - start)
            assert room.id
        return latencies

    async def together(in_flight: int, calls: int) -> list[float]:
        shares = [calls // in_flight + (number < calls % in_flight) for number in range(in_flight)]
        lists = await asyncio.gather(*map(one_after_another, shares))
        return [latency for latencies in lists for latency in latencies]

    work(lambda in_flight, calls: loop.run_until_complete(together(in_flight, calls)))


if sys.argv[1:] == ["asyncio"]:
    in_event_loop()
else:
    work(in_threads(create))
