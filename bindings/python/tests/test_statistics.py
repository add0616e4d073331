"""Statistics of media."""

from __future__ import annotations

import json
import os
import pickle

import pytest
from conftest import Service, init
from media import Camera, Microphone, added, pair, send_until

import vsdk

KIND, DIRECTION = vsdk.TrackKind, vsdk.TransportDirection

WITHOUT_MEDIA = os.environ.get("VSDK_WITHOUT_MEDIA")
pytestmark = pytest.mark.skipif(WITHOUT_MEDIA is not None, reason=str(WITHOUT_MEDIA))


def test_what_is_not_known_is_none(service: Service) -> None:
    with init("room", "Ann") as ann, ann.add_track(KIND.VIDEO, multi_stream=True) as track:
        statistics = ann.media_statistics()
        assert [statistics.transport(it) for it in list(DIRECTION)] == [None, None]
        with pytest.raises(vsdk.InvalidArgumentError):
            statistics.transport(DIRECTION(9))
        (video,) = statistics.tracks
        assert (video.track_id, video.participant_id, video.is_local) == (track.id, "ann", True)
        assert (video.kind, video.codec) == (KIND.VIDEO, vsdk.Codec.VP8)
        assert (video.frames, video.frames_dropped) == (0, 0)
        assert (video.frames_undecodable, video.frame_gaps) == (None, None)
        assert len(video.streams) == len(track.layers) == 3
        assert (video.playout, video.encoding, video.decoding) == (None, None, None)
        unused = vsdk.StreamStatistics(
            ssrc=video.streams[0].ssrc,
            bytes=0,
            packets=0,
            packets_lost=None,
            nack_count=0,
            pli_count=0,
            fir_count=0,
            loss=None,
            round_trip_ms=None,
            jitter_ms=None,
        )
        assert video.streams[0] == unused
        told = json.loads(statistics.json)
        assert told["tracks"][0]["streams"][0]["packetsLost"] is None
        ann.close()
        with pytest.raises(vsdk.InvalidStateError):
            ann.media_statistics()


@pytest.mark.parametrize("kind", [KIND.AUDIO, KIND.VIDEO], ids=str)
def test_what_flows_is_counted_at_both_ends(service: Service, kind: vsdk.TrackKind) -> None:
    with pair(kind) as (ann, track, bob), added(bob) as remote:
        source = Microphone(track) if kind == KIND.AUDIO else Camera(track)

        def counted() -> tuple[vsdk.MediaStatistics, vsdk.MediaStatistics] | None:
            remote.next_frame(0)
            both = ann.media_statistics(), bob.media_statistics()
            out, to = both[0].transport(DIRECTION.SEND), both[1].transport(DIRECTION.RECEIVE)
            streams = [it.tracks[0].streams[0] for it in both]
            reported = streams[0].round_trip_ms is not None or kind == KIND.AUDIO
            is_counted = all(it.packets > 0 for it in streams) and out and out.round_trip_ms
            return both if is_counted and reported and to and to.packets_received > 0 else None

        sent, received = send_until(source, counted, pace=0.02)
        out, to = sent.transport(DIRECTION.SEND), received.transport(DIRECTION.RECEIVE)
        assert out is not None
        assert to is not None
        assert out.is_connected
        assert to.is_connected
        assert out.protocol == to.protocol == vsdk.TransportProtocol.UDP
        assert out.bytes_sent > out.packets_sent > 0
        assert to.bytes_received > to.packets_received > 0
        assert to.estimated_kbps is None
        (mine,), (theirs,) = sent.tracks, received.tracks
        assert (mine.is_local, theirs.is_local) == (True, False)
        assert (mine.track_id, theirs.track_id) == (track.id, remote.id)
        assert mine.participant_id == theirs.participant_id == "ann"
        assert mine.frames > 0
        assert theirs.frames > 0
        assert theirs.frame_gaps == theirs.frames_undecodable == 0
        assert mine.streams[0].bytes > mine.streams[0].packets
        assert mine.streams[0].ssrc is not None
        assert pickle.loads(pickle.dumps(sent)) == sent
