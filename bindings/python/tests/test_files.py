"""Files that participants give each other."""

from __future__ import annotations

import pytest
from conftest import Service, init

import vsdk


def test_a_file_comes_as_it_was(service: Service) -> None:
    room = vsdk.create_room().id
    # Neither need be in the room.
    with init(room, "Ann") as ann, init(room, "Bob") as bob:
        file = bytes(range(256)) * 8_192
        url = ann.upload_file("photo é.bin", file)
        assert url.startswith(service.base)
        assert bob.fetch_file(url) == file
        for other in (b"\0", b"\0\0text\0", b"\xff\xfe", "grüß dich".encode()):
            assert bob.fetch_file(ann.upload_file("file", other)) == other
        viewed = memoryview(file)[1:4_096:3]
        assert bob.fetch_file(ann.upload_file("file", viewed)) == bytes(viewed)
        assert bob.fetch_file(ann.upload_file("file", bytearray(b"a\0b"))) == b"a\0b"
        assert vsdk.live_handles() == 2


def test_what_cannot_be_uploaded_is_told(service: Service) -> None:
    largest = 10 * 1024 * 1024
    with init(vsdk.create_room().id, "Ann") as ann:
        with pytest.raises(vsdk.InvalidArgumentError) as caught:
            ann.upload_file("file", b"")
        assert caught.value.operation == "meeting_upload_file"
        with pytest.raises(vsdk.InvalidArgumentError, match="10485761 bytes"):
            ann.upload_file("file", bytes(largest + 1))
        for wrong in ("text", 7, None):
            with pytest.raises(TypeError, match="bytes"):
                ann.upload_file("file", wrong)  # type: ignore[arg-type]
        assert len(ann.fetch_file(ann.upload_file("file", bytes(largest)))) == largest


def test_what_cannot_be_fetched_is_told(service: Service) -> None:
    with init(vsdk.create_room().id, "Ann") as ann:
        with pytest.raises(vsdk.NotFoundError) as caught:
            ann.fetch_file(f"{service.base}/files/none")
        assert caught.value.http_status == 404
        assert caught.value.operation == "meeting_fetch_file"
        with pytest.raises(vsdk.InvalidArgumentError):
            ann.fetch_file("no url")
