"""Statistics of media: how it is doing at one moment."""

from __future__ import annotations

from dataclasses import dataclass, field

from ._native import structures
from ._native.calls import call, text
from ._native.functions import Handle
from ._native.loading import lib
from .enumerations import Codec, Status, TrackKind, TransportDirection, TransportProtocol
from .errors import InvalidArgumentError


@dataclass(frozen=True)
class TransportStatistics:
    """How one way of media is doing. What is None is not known."""

    is_connected: bool
    """Whether something can go this way."""

    bytes_sent: int
    """All datagrams together, without the headers of UDP and TCP."""

    bytes_received: int
    """Likewise."""

    packets_sent: int
    """How many datagrams: media, repairs, reports, data, and what keeps the way open."""

    packets_received: int
    """Likewise."""

    round_trip_ms: float | None
    """There and back, in milliseconds."""

    estimated_kbps: int | None
    """What the network carries, in kilobits per second; never of what is received."""

    loss_sent: float | None
    """Which part of the packets that were sent in the last second got lost, 0 to 1."""

    loss_received: float | None
    """Which part of the packets that were to come in the last second got lost, 0 to 1."""

    protocol: TransportProtocol | None
    """What it goes by, once a way was found."""


@dataclass(frozen=True)
class StreamStatistics:
    """How one stream of a track is doing: one of the sizes of a simulcast, or all there is.

    What is None is not known.
    """

    ssrc: int | None
    """What its packets are known by (RFC 3550), once some flowed."""

    bytes: int
    """What was in its packets, with those that were sent again."""

    packets: int
    """How many packets, with those that were sent again."""

    packets_lost: int | None
    """Of a track that is sent, how many packets the service reports never to have got the first
    time."""

    nack_count: int
    """Messages that asked for packets once more (NACK): from the service for a track that is sent,
    to it for one that is received. One can ask for several packets."""

    pli_count: int
    """Likewise those that asked for a key frame because pictures were lost (PLI)."""

    fir_count: int
    """Likewise those that asked for a key frame for another reason (FIR)."""

    loss: float | None
    """Which part of the packets got lost before any were sent again, 0 to 1, by the last report of
    whoever receives it."""

    round_trip_ms: float | None
    """There and back, in milliseconds, by that report."""

    jitter_ms: float | None
    """How unevenly packets come, in milliseconds, by that report."""


@dataclass(frozen=True)
class PlayoutStatistics:
    """How the sound of one track is played, which is decoded here."""

    delay_ms: float
    """How long sound is held back, against the fastest packets, in milliseconds."""

    target_delay_ms: float
    """How long it should be, for most packets to come in time, in milliseconds."""

    played_frames: int
    """All that was asked for, in frames of 48,000 hertz."""

    concealed_frames: int
    """Of those, what was made up because it got lost or was late."""

    silent_frames: int
    """Of those, what was silence because nothing was to be heard."""

    removed_frames: int
    """What was left out to shorten the delay, in frames of 48,000 hertz."""

    inserted_frames: int
    """What was played twice to lengthen it, likewise."""

    late_packets: int
    """Packets that came too late to be played."""

    dropped_packets: int
    """Packets that the transform of frames has dropped."""


@dataclass(frozen=True)
class EncodingStatistics:
    """How the pictures of one track are encoded, which raw ones are pushed for.

    All count from the beginning of the input.
    """

    pictures: int
    """How many pictures were encoded, in one size or in several."""

    overtaken: int
    """Those that a later one has overtaken because the encoder was too slow."""

    left_out: int
    """How often one was left out in one size or in all, because the network or the bit rate does
    not carry more."""

    encode_ms: float
    """How long one takes, in all its sizes, in milliseconds; the mean of the last ten or so."""

    reduced_by: float
    """By what each side is divided because the encoder would not keep up otherwise; 1 while it
    does."""


@dataclass(frozen=True)
class DecodingStatistics:
    """How the pictures of one track are decoded, of which raw ones are asked for.

    All count from the beginning of the output.
    """

    pictures: int
    """How many pictures were decoded."""

    overtaken: int
    """Of those, what a later one has overtaken before it was read."""

    undecodable: int
    """Frames that could not be decoded, for want of others or because they came faster than they
    are decoded."""

    decode_ms: float
    """How long one takes, in milliseconds; the mean of the last ten or so."""


@dataclass(frozen=True)
class TrackStatistics:
    """How one track is doing. What is None is not known."""

    track_id: str
    """Its id, as events tell it."""

    participant_id: str
    """Who sends it."""

    is_local: bool
    """Whether that is this participant."""

    kind: TrackKind
    """What it is."""

    codec: Codec
    """How it is encoded."""

    frames: int
    """How many frames were taken: from the program when it is sent, from the network when it is
    received."""

    frames_dropped: int
    """Of a track that is sent, the frames that were refused because too many waited, or needed one
    that was; of one that is received, those that were not read in time. Also those that the
    transform of frames dropped."""

    frames_undecodable: int | None
    """Of a track that is received, the frames that could not have been decoded for want of
    others."""

    frame_gaps: int | None
    """Of a track that is received, how often frames were missing on arrival, lost for good on the
    way."""

    streams: tuple[StreamStatistics, ...]
    """One for each layer of a track that is sent, the smallest first; else one."""

    playout: PlayoutStatistics | None
    """While raw sound is asked for."""

    encoding: EncodingStatistics | None
    """While raw pictures are pushed."""

    decoding: DecodingStatistics | None
    """While raw pictures are asked for."""


@dataclass(frozen=True)
class MediaStatistics:
    """How media is doing at one moment. `Meeting.media_statistics()` gives it.

    The library looks at its transports once a second; take new statistics to see what has changed.
    Counts begin anew with each transport: after a lost connection they begin at 0 again.
    """

    tracks: tuple[TrackStatistics, ...]
    """Every track, those of this participant first."""

    json: str = field(repr=False)
    """All of it; what is not known is null: a JSON object."""

    _transports: dict[TransportDirection, TransportStatistics | None] = field(
        repr=False, hash=False
    )

    def transport(self, direction: TransportDirection) -> TransportStatistics | None:
        """Tell how one way is doing; None when there is no such way at the moment.

        Raises InvalidArgumentError when there is no such direction.
        """
        if direction not in self._transports:
            raise InvalidArgumentError(
                Status.INVALID_ARGUMENT,
                f"{direction!r} is no direction",
                remedy="Pass TransportDirection.SEND or TransportDirection.RECEIVE.",
            )
        return self._transports[direction]

    @classmethod
    def _read(cls, handle: Handle) -> MediaStatistics:
        count = lib.vsdk_media_statistics_track_count(handle)
        return cls(
            tracks=tuple(_track(handle, index) for index in range(count)),
            json=text(lib.vsdk_media_statistics_json(handle)),
            _transports={it: _transport(handle, it) for it in list(TransportDirection)},
        )


def _transport(statistics: Handle, direction: TransportDirection) -> TransportStatistics | None:
    found = structures.TransportStatistics()
    call(lib.vsdk_media_statistics_transport, statistics, direction, found.address)
    if found.is_open == 0:
        return None
    return TransportStatistics(
        is_connected=found.is_connected != 0,
        bytes_sent=found.bytes_sent,
        bytes_received=found.bytes_received,
        packets_sent=found.packets_sent,
        packets_received=found.packets_received,
        round_trip_ms=_known(found.round_trip_ms),
        estimated_kbps=_count(found.estimated_kbps),
        loss_sent=_known(found.loss_sent),
        loss_received=_known(found.loss_received),
        protocol=None if found.protocol < 0 else TransportProtocol(found.protocol),
    )


def _track(statistics: Handle, index: int) -> TrackStatistics:
    found = structures.TrackStatistics()
    call(lib.vsdk_media_statistics_track, statistics, index, found.address)
    return TrackStatistics(
        track_id=text(found.track_id),
        participant_id=text(found.participant_id),
        is_local=found.is_local != 0,
        kind=TrackKind(found.kind),
        codec=Codec(found.codec),
        frames=found.frames,
        frames_dropped=found.frames_dropped,
        frames_undecodable=_count(found.frames_undecodable),
        frame_gaps=_count(found.frame_gaps),
        streams=tuple(_stream(statistics, index, it) for it in range(found.stream_count)),
        playout=_playout(statistics, index),
        encoding=_encoding(statistics, index),
        decoding=_decoding(statistics, index),
    )


def _stream(statistics: Handle, track: int, index: int) -> StreamStatistics:
    found = structures.StreamStatistics()
    call(lib.vsdk_media_statistics_stream, statistics, track, index, found.address)
    return StreamStatistics(
        ssrc=_count(found.ssrc),
        bytes=found.bytes,
        packets=found.packets,
        packets_lost=_count(found.packets_lost),
        nack_count=found.nack_count,
        pli_count=found.pli_count,
        fir_count=found.fir_count,
        loss=_known(found.loss),
        round_trip_ms=_known(found.round_trip_ms),
        jitter_ms=_known(found.jitter_ms),
    )


def _playout(statistics: Handle, track: int) -> PlayoutStatistics | None:
    found = structures.PlayoutStatistics()
    call(lib.vsdk_media_statistics_playout, statistics, track, found.address)
    if found.is_active == 0:
        return None
    return PlayoutStatistics(
        delay_ms=found.delay_ms,
        target_delay_ms=found.target_delay_ms,
        played_frames=found.played_frames,
        concealed_frames=found.concealed_frames,
        silent_frames=found.silent_frames,
        removed_frames=found.removed_frames,
        inserted_frames=found.inserted_frames,
        late_packets=found.late_packets,
        dropped_packets=found.dropped_packets,
    )


def _encoding(statistics: Handle, track: int) -> EncodingStatistics | None:
    found = structures.EncodingStatistics()
    call(lib.vsdk_media_statistics_encoding, statistics, track, found.address)
    if found.is_active == 0:
        return None
    return EncodingStatistics(
        pictures=found.pictures,
        overtaken=found.overtaken,
        left_out=found.left_out,
        encode_ms=found.encode_ms,
        reduced_by=found.reduced_by,
    )


def _decoding(statistics: Handle, track: int) -> DecodingStatistics | None:
    found = structures.DecodingStatistics()
    call(lib.vsdk_media_statistics_decoding, statistics, track, found.address)
    if found.is_active == 0:
        return None
    return DecodingStatistics(
        pictures=found.pictures,
        overtaken=found.overtaken,
        undecodable=found.undecodable,
        decode_ms=found.decode_ms,
    )


# -1 stands for what is not known.


def _count(number: int) -> int | None:
    return None if number < 0 else number


def _known(number: float) -> float | None:
    return None if number < 0 else number
