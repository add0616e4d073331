"""Tokens of PyJWT before the doctor, the library and the service; tokens of the library's before
PyJWT."""

import os
import time
import unittest

import jwt
import library
import requests
import seed

SERVICE = os.environ["VIDEOSDK_API_ENDPOINT"]
API_KEY = os.environ["VIDEOSDK_API_KEY"]
SECRET = os.environ["VIDEOSDK_SECRET"]


def sign(secret=SECRET, algorithm="HS256", **claims):
    """A token that is good for everything, but for these claims. None leaves one out."""
    now = int(time.time())
    usual = {"apikey": API_KEY, "permissions": ["allow_join"], "iat": now, "exp": now + 3600}
    told = {name: value for name, value in {**usual, **claims}.items() if value is not None}
    return jwt.encode(told, secret, algorithm=algorithm)


def for_ann(room_id, **claims):
    """A token with which one participant joins one room."""
    return sign(version=2, roles=["rtc"], roomId=room_id, participantId="ann", **claims)


def creating(token):
    """The status of creating a room with the token."""
    return requests.post(
        f"{SERVICE}/v2/rooms", headers={"Authorization": token}, timeout=60
    ).status_code


class OfPyJWT(unittest.TestCase):
    def test_the_doctor_has_nothing_against_one_for_everything(self):
        for purpose in ["rest", "join"]:
            self.assertEqual(library.examine(sign(), "--for", purpose), ({}, True))

    def test_the_doctor_has_nothing_against_one_for_a_participant(self):
        token = for_ann("abcd-efgh-ijkl")
        fits = ["--for", "join", "--room", "abcd-efgh-ijkl", "--participant", "ann"]
        self.assertEqual(library.examine(token, *fits), ({}, True))
        for arguments, finding in [
            (["--for", "join", "--room", "other", "--participant", "ann"], "ROOM_MISMATCH"),
            (["--for", "join", "--participant", "bob"], "PARTICIPANT_MISMATCH"),
            (["--for", "rest"], "ROLE_CANNOT_USE_REST"),
        ]:
            self.assertEqual(library.examine(token, *arguments), ({finding: "ERROR"}, False))

    def test_the_service_takes_it_for_what_it_allows(self):
        self.assertEqual(creating(sign()), 200)
        self.assertEqual(creating(sign(version=2, roles=["crawler"])), 200)
        self.assertEqual(creating(sign(version=2, roles=["rtc"])), 403)
        room_id = seed.create_room(SERVICE, sign())
        other = seed.create_room(SERVICE, sign())
        token = sign(version=2, roomId=room_id)
        self.assertEqual(seed.validate_room(SERVICE, token, room_id), room_id)
        reply = requests.get(
            f"{SERVICE}/v2/rooms/{other}", headers={"Authorization": token}, timeout=60
        )
        self.assertEqual(reply.status_code, 403)

    def test_the_library_works_with_it(self):
        text, succeeded = library.run("rooms", "create", token=sign())
        self.assertTrue(succeeded, text)
        self.assertRegex(text, library.ID)
        text, succeeded = library.run("quickstart", "--api-url", SERVICE, token=sign())
        self.assertTrue(succeeded, text)
        self.assertRegex(text, "STATE_CHANGED +INITIALISED")

    def test_mistakes_are_told_by_the_doctor_as_the_service_judges_them(self):
        now = int(time.time())
        for token, finding, severity, status in [
            (sign(iat=now - 7200, exp=now - 3600), "EXPIRED", "ERROR", 401),
            (sign(nbf=now + 600), "NOT_YET_VALID", "ERROR", 401),
            (sign(algorithm="HS512"), "ALGORITHM_NOT_HS256", "ERROR", 401),
            (sign(secret=None, algorithm="none"), "ALGORITHM_NOT_HS256", "ERROR", 401),
            (sign(apikey=None), "API_KEY_MISSING", "ERROR", 401),
            (sign(exp=None), "NO_EXPIRY", "WARNING", 200),
            (sign(iat=now - 0.5), "TIME_FRACTION", "NOTICE", 200),
        ]:
            findings, usable = library.examine(token)
            self.assertEqual(findings.get(finding), severity, findings)
            self.assertEqual(usable, severity != "ERROR")
            self.assertEqual(creating(token), status, finding)

    def test_only_the_service_knows_that_the_secret_is_another(self):
        token = sign(secret="another secret, as long as the right one would have been")
        self.assertEqual(library.examine(token), ({}, True))
        self.assertEqual(creating(token), 401)


class OfTheLibrary(unittest.TestCase):
    def verify(self, token, secret=SECRET):
        return jwt.decode(token, secret, algorithms=["HS256"], options={"require": ["exp", "iat"]})

    def test_it_verifies_with_all_its_claims(self):
        token = library.mint(
            *["--permission", "allow_join", "--permission", "allow_mod", "--role", "rtc"],
            *["--room", "abcd-efgh-ijkl", "--participant", "Jörg", "--lifetime", "600"],
            *["--claims", '{"seat": [7, null, "a\\"b"]}'],
        )
        self.assertEqual(jwt.get_unverified_header(token), {"alg": "HS256", "typ": "JWT"})
        claims = self.verify(token)
        self.assertLess(abs(claims["iat"] - time.time()), 300)
        self.assertEqual(
            claims,
            {
                "apikey": API_KEY,
                "permissions": ["allow_join", "allow_mod"],
                "version": 2,
                "roles": ["rtc"],
                "roomId": "abcd-efgh-ijkl",
                "participantId": "Jörg",
                "seat": [7, None, 'a"b'],
                "iat": claims["iat"],
                "exp": claims["iat"] + 600,
            },
        )

    def test_it_does_not_verify_with_another_secret_or_when_changed(self):
        token = library.mint()
        self.assertEqual(self.verify(token)["apikey"], API_KEY)
        with self.assertRaises(jwt.InvalidSignatureError):
            self.verify(token, "another secret, as long as the right one would have been")
        head, _, signature = token.split(".")
        claims = library.mint("--role", "crawler").split(".")[1]
        with self.assertRaises(jwt.InvalidSignatureError):
            self.verify(f"{head}.{claims}.{signature}")

    def test_it_expires_when_it_says(self):
        token = library.mint("--lifetime", "1")
        time.sleep(2.1)
        with self.assertRaises(jwt.ExpiredSignatureError):
            self.verify(token)
        self.assertEqual(creating(token), 401)
        # The doctor does not know how right this machine's clock is.
        self.assertEqual(library.examine(token), ({"EXPIRES_SOON": "WARNING"}, True))

    def test_what_it_refuses_to_mint_the_service_refuses_from_pyjwt(self):
        text, minted = library.run("mint", "--permission", "ask_join", "--permission", "allow_mod")
        self.assertFalse(minted)
        self.assertIn("ask_join", text)
        token = sign(permissions=["ask_join", "allow_mod"])
        self.assertEqual(
            library.examine(token, "--for", "join"), ({"ASK_JOIN_MIXED": "ERROR"}, False)
        )
        self.assertEqual(creating(token), 401)
