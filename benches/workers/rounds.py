"""What a worker is asked and answers, in Python; benches/create_room/worker.rs says it."""

import resource
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


def work(measure: Callable[[int, int], list[float]]) -> None:
    """Answer rounds; `measure(in_flight, calls)` gives the latency of each call in seconds."""
    print("ready", flush=True)
    for line in sys.stdin:
        in_flight, calls = map(int, line.split())
        start, processor = time.perf_counter(), _processor_time()
        latencies = measure(in_flight, calls)
        took, used = time.perf_counter() - start, _processor_time() - processor
        assert len(latencies) == calls
        numbers = took / calls, used / calls, statistics.median(latencies)
        print(*(number * 1e6 for number in numbers), flush=True)


def in_threads(create: Callable[[], None]) -> Callable[[int, int], list[float]]:
    """Measure a call that blocks: as many threads as are to be in flight, each one call at a time."""
    pools: dict[int, ThreadPoolExecutor] = {}

    def timed(_: int) -> float:
        start = time.perf_counter()
        create()
        return time.perf_counter() - start

    def measure(in_flight: int, calls: int) -> list[float]:
        if in_flight == 1:
            return [timed(number) for number in range(calls)]
        pool = pools.setdefault(in_flight, ThreadPoolExecutor(in_flight))
        return list(pool.map(timed, range(calls)))

    return measure


def _processor_time() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
