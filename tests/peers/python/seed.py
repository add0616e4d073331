"""The three calls with which every app begins, as an app in Python writes them."""

import requests


def get_token(token_server):
    return requests.get(f"{token_server}/get-token", timeout=60).json()["token"]


def create_room(api, token):
    reply = requests.post(
        f"{api}/v2/rooms",
        headers={"Authorization": token, "Content-Type": "application/json"},
        json={},
        timeout=60,
    )
    return reply.json()["roomId"]


def validate_room(api, token, room_id):
    reply = requests.get(
        f"{api}/v2/rooms/validate/{room_id}",
        headers={"Authorization": token},
        timeout=60,
    )
    return reply.json()["roomId"]
