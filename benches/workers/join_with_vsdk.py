"""Joins meetings with the library, as benches/join.rs asks for it."""

import os
import sys
import time
from pathlib import Path

import vsdk

vsdk.config(
    os.environ["VIDEOSDK_TOKEN"],
    api_base_url=os.environ["VSDK_BENCH_HTTPS"],
    extra_ca_pem=Path(os.environ["VSDK_BENCH_CA_FILE"]).read_text(),
)


def join(room: str) -> float:
    with vsdk.init_meeting(room, mic_enabled=False, webcam_enabled=False) as meeting:
        begin = time.perf_counter()
        meeting.join()
        took = time.perf_counter() - begin
        meeting.leave()
    return took


print("ready", flush=True)
for line in sys.stdin:
    room, count = line.split()
    print(*(join(room) * 1e3 for _ in range(int(count))), flush=True)
