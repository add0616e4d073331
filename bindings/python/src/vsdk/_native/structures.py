"""The structures of vsdk.h, each as it is to be initialised."""

from __future__ import annotations

from ctypes import (
    Structure,
    byref,
    c_char_p,
    c_double,
    c_int32,
    c_int64,
    c_size_t,
    c_void_p,
    cast,
    sizeof,
)
from typing import Any

from .functions import AUDIO_LEVEL_UNKNOWN


class Sized(Structure):
    """A structure that begins with its size."""

    def __init__(self, **fields: Any) -> None:
        super().__init__(struct_size=sizeof(self), **fields)

    @property
    def address(self) -> int | None:
        return cast(byref(self), c_void_p).value


class EncodedFrame(Sized):
    _fields_ = (
        ("struct_size", c_size_t),
        ("data", c_void_p),
        ("length", c_size_t),
        ("timestamp_us", c_int64),
        ("is_key_frame", c_int32),
        ("layer", c_int32),
        ("codec", c_int32),
        ("audio_level", c_int32),
    )

    def __init__(self, *, audio_level: int = AUDIO_LEVEL_UNKNOWN, **fields: Any) -> None:
        super().__init__(audio_level=audio_level, **fields)


class EncoderTarget(Sized):
    _fields_ = (
        ("struct_size", c_size_t),
        ("is_active", c_int32),
        ("kbps", c_int32),
        ("wants_key_frame", c_int32),
        ("reserved", c_int32),
    )


class FrameInfo(Sized):
    _fields_ = (
        ("struct_size", c_size_t),
        ("participant_id", c_char_p),
        ("track_id", c_char_p),
        ("timestamp_us", c_int64),
        ("kind", c_int32),
        ("codec", c_int32),
        ("is_sent", c_int32),
        ("is_key_frame", c_int32),
        ("layer", c_int32),
        ("reserved", c_int32),
    )


class PulledAudio(Sized):
    _fields_ = (
        ("struct_size", c_size_t),
        ("decoded_frames", c_int64),
        ("concealed_frames", c_int64),
        ("silent_frames", c_int64),
        ("audio_level", c_int32),
        ("reserved", c_int32),
    )


class VideoPicture(Sized):
    _fields_ = (
        ("struct_size", c_size_t),
        ("first_plane", c_void_p),
        ("first_length", c_size_t),
        ("second_plane", c_void_p),
        ("second_length", c_size_t),
        ("third_plane", c_void_p),
        ("third_length", c_size_t),
        ("capture_time_us", c_int64),
        ("format", c_int32),
        ("width", c_int32),
        ("height", c_int32),
        ("rotation", c_int32),
        ("first_stride", c_int32),
        ("second_stride", c_int32),
        ("third_stride", c_int32),
        ("reserved", c_int32),
    )


class TransportStatistics(Sized):
    _fields_ = (
        ("struct_size", c_size_t),
        ("bytes_sent", c_int64),
        ("bytes_received", c_int64),
        ("packets_sent", c_int64),
        ("packets_received", c_int64),
        ("round_trip_ms", c_double),
        ("loss_sent", c_double),
        ("loss_received", c_double),
        ("estimated_kbps", c_int32),
        ("protocol", c_int32),
        ("is_open", c_int32),
        ("is_connected", c_int32),
    )


class TrackStatistics(Sized):
    _fields_ = (
        ("struct_size", c_size_t),
        ("track_id", c_char_p),
        ("participant_id", c_char_p),
        ("frames", c_int64),
        ("frames_dropped", c_int64),
        ("frames_undecodable", c_int64),
        ("frame_gaps", c_int64),
        ("stream_count", c_size_t),
        ("is_local", c_int32),
        ("kind", c_int32),
        ("codec", c_int32),
        ("reserved", c_int32),
    )


class StreamStatistics(Sized):
    _fields_ = (
        ("struct_size", c_size_t),
        ("ssrc", c_int64),
        ("bytes", c_int64),
        ("packets", c_int64),
        ("packets_lost", c_int64),
        ("nack_count", c_int64),
        ("pli_count", c_int64),
        ("fir_count", c_int64),
        ("loss", c_double),
        ("round_trip_ms", c_double),
        ("jitter_ms", c_double),
    )


class PlayoutStatistics(Sized):
    _fields_ = (
        ("struct_size", c_size_t),
        ("delay_ms", c_double),
        ("target_delay_ms", c_double),
        ("played_frames", c_int64),
        ("concealed_frames", c_int64),
        ("silent_frames", c_int64),
        ("removed_frames", c_int64),
        ("inserted_frames", c_int64),
        ("late_packets", c_int64),
        ("dropped_packets", c_int64),
        ("is_active", c_int32),
        ("reserved", c_int32),
    )


class EncodingStatistics(Sized):
    _fields_ = (
        ("struct_size", c_size_t),
        ("pictures", c_int64),
        ("overtaken", c_int64),
        ("left_out", c_int64),
        ("encode_ms", c_double),
        ("reduced_by", c_double),
        ("is_active", c_int32),
        ("reserved", c_int32),
    )


class DecodingStatistics(Sized):
    _fields_ = (
        ("struct_size", c_size_t),
        ("pictures", c_int64),
        ("overtaken", c_int64),
        ("undecodable", c_int64),
        ("decode_ms", c_double),
        ("is_active", c_int32),
        ("reserved", c_int32),
    )
