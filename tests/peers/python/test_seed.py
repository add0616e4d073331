"""The seed's three calls with requests, against the local service, and the library beside them."""

import os
import unittest

import library
import requests
import seed

SERVICE = os.environ["VIDEOSDK_API_ENDPOINT"]


def call(method, path, token=None, **more):
    headers = {} if token is None else {"Authorization": token}
    return requests.request(method, SERVICE + path, headers=headers, timeout=60, **more)


class Seed(unittest.TestCase):
    def setUp(self):
        self.token = seed.get_token(SERVICE)

    def test_token_room_and_validation(self):
        room_id = seed.create_room(SERVICE, self.token)
        self.assertRegex(room_id, f"^{library.ID.pattern}$")
        self.assertEqual(seed.validate_room(SERVICE, self.token, room_id), room_id)
        self.assertNotEqual(seed.create_room(SERVICE, self.token), room_id)

    def test_a_room_is_read_as_it_was_created(self):
        wishes = {"customRoomId": "Grüße / 50%", "geoFence": "eu001"}
        created = call("POST", "/v2/rooms", self.token, json=wishes)
        self.assertEqual(created.status_code, 200)
        self.assertEqual(created.headers["Content-Type"].split(";")[0], "application/json")
        room = created.json()
        for place in ["validate/", ""]:
            for room_id in [room["roomId"], requests.utils.quote("Grüße / 50%", safe="")]:
                reply = call("GET", f"/v2/rooms/{place}{room_id}", self.token)
                read = reply.json()
                self.assertEqual({name: read[name] for name in room}, room)
                self.assertEqual({name: read[name] for name in wishes}, wishes)

    def test_creating_needs_no_body(self):
        reply = call("POST", "/v2/rooms", self.token)
        self.assertEqual(reply.status_code, 200)
        self.assertRegex(reply.json()["roomId"], library.ID)

    def test_the_library_finds_the_room(self):
        room_id = seed.create_room(SERVICE, self.token)
        for command in ["validate", "get"]:
            text, succeeded = library.run("rooms", command, room_id, token=self.token)
            self.assertTrue(succeeded, text)
            self.assertTrue(text.startswith(f"{room_id}  "), text)

    def test_a_room_of_the_librarys_is_found(self):
        text, succeeded = library.run("rooms", "create", token=self.token)
        self.assertTrue(succeeded, text)
        room_id = library.ID.search(text)[0]
        self.assertEqual(seed.validate_room(SERVICE, self.token, room_id), room_id)

    def test_the_other_routes_of_a_sample_server(self):
        body = {"token": self.token}
        room_id = call("POST", "/create-meeting", json=body).json()["roomId"]
        reply = call("POST", f"/validate-meeting/{room_id}", json=body)
        self.assertEqual(reply.json()["roomId"], room_id)
        self.assertEqual(seed.validate_room(SERVICE, self.token, room_id), room_id)

    def test_refusals_are_json_with_a_reason(self):
        for method, path, token, status in [
            ("POST", "/v2/rooms", None, 401),
            ("POST", "/v2/rooms", "nonsense", 401),
            ("POST", "/v2/rooms", f"Bearer {self.token}", 401),
            ("GET", "/v2/rooms/validate/nowhere", self.token, 400),
            ("GET", "/v2/rooms/nowhere", self.token, 402),
        ]:
            reply = call(method, path, token)
            self.assertEqual(reply.status_code, status, f"{path} with {token}")
            self.assertEqual(reply.json()["statusCode"], status)
            self.assertTrue(reply.json()["error"])
