"""The local service over https, and rooms in it. Imported before the SDK: what the SDK trusts is
decided by variables that are set here."""

import atexit
import json
import os
import subprocess
import tempfile
import urllib.request

_folder = tempfile.TemporaryDirectory()
_ca_file = os.path.join(_folder.name, "ca.pem")
_process = subprocess.Popen(
    [
        os.environ["VSDK_DEVSERVER"],
        *("--http", "127.0.0.1:0"),
        *("--https", "127.0.0.1:0"),
        *("--ca-file", _ca_file),
    ],
    stdout=subprocess.PIPE,
    text=True,
)
atexit.register(_folder.cleanup)
atexit.register(_process.stdout.close)
atexit.register(_process.wait)
atexit.register(_process.terminate)
_ready = json.loads(_process.stdout.readline())

# The SDK's own HTTP client, and the WebSocket behind it.
os.environ["REQUESTS_CA_BUNDLE"] = _ca_file
os.environ["SSL_CERT_FILE"] = _ca_file

HTTP = _ready["http"]
# By name, as in a user's program: the certificate is for localhost as well.
HOST = "localhost:" + _ready["https"].rsplit(":", 1)[1]


def call(method, path, body=None, token=None):
    """A call of the service's HTTP interface."""
    request = urllib.request.Request(
        HTTP + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    if token is not None:
        request.add_header("Authorization", token)
    with urllib.request.urlopen(request, timeout=60) as reply:
        return json.load(reply)


def token():
    return call("GET", "/get-token")["token"]


def new_room():
    return call("POST", "/v2/rooms", {}, token())["roomId"]


# Whether it has a media server.
FORWARDS = call("GET", "/admin/media")["forwards"]
