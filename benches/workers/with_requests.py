"""Creates rooms with requests, in as many threads as are to be in flight.

What its arguments name is imported first: what an app on the official SDK has to do in any case,
which leaves the rooms to the app.
"""

import importlib
import os
import sys

for name in sys.argv[1:]:
    importlib.import_module(name)

import requests
from rounds import in_threads, work

session = requests.Session()
session.trust_env = False
session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=32, pool_block=True))
url = os.environ["VIDEOSDK_API_ENDPOINT"] + "/v2/rooms"
headers = {"Authorization": os.environ["VIDEOSDK_TOKEN"]}


def create() -> None:
    reply = session.post(url, json={"customRoomId": "benchmark"}, headers=headers, timeout=30)
    reply.raise_for_status()
    assert reply.json()["roomId"]


work(in_threads(create))
