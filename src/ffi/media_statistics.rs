//! Statistics of media: how it is doing at one moment.
//!
//! Statistics are immutable: texts read from them stay valid until they are freed. The library looks
//! at its transports once a second; take new ones to see what has changed. Counts begin anew with
//! each transport: after a lost connection they begin at 0 again. A number that is not known, or not
//! yet, is -1, and no other number is negative.

use std::ffi::c_char;

use once_cell::sync::OnceCell;

use super::error::VsdkError;
use super::guard;
use super::handle::{self, object};
use super::library::VsdkStatus;
use super::structure::{Filled, Structure};
use super::text::Text;
use super::track_options::{VsdkCodec, VsdkTrackKind};
use crate::media::{
    Direction, MediaStatistics, StreamStatistics, TrackStatistics, TransportStatistics,
};
use crate::{Error, Result, Status};

/// Which way media goes, as this participant sees it.
pub type VsdkTransportDirection = i32;
/// To the service.
pub const VSDK_TRANSPORT_DIRECTION_SEND: VsdkTransportDirection = 1;
/// From the service.
pub const VSDK_TRANSPORT_DIRECTION_RECEIVE: VsdkTransportDirection = 2;

/// What media goes by.
pub type VsdkTransportProtocol = i32;
/// UDP.
pub const VSDK_TRANSPORT_PROTOCOL_UDP: VsdkTransportProtocol = 1;
/// TCP.
pub const VSDK_TRANSPORT_PROTOCOL_TCP: VsdkTransportProtocol = 2;

/// Where a number of statistics stands that is not known.
const UNKNOWN: i64 = -1;

/// How media is doing.
pub struct VsdkMediaStatistics {
    _opaque: [u8; 0],
}

/// How one way of media is doing.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct VsdkTransportStatistics {
    /// The size of the structure as the program was compiled with it.
    pub struct_size: usize,
    /// All datagrams together, in bytes, without the headers of UDP and TCP.
    pub bytes_sent: i64,
    /// Likewise.
    pub bytes_received: i64,
    /// How many datagrams: media, repairs, reports, data, and what keeps the way open.
    pub packets_sent: i64,
    /// Likewise.
    pub packets_received: i64,
    /// There and back, in milliseconds; -1 when it is not known.
    pub round_trip_ms: f64,
    /// Which part of the packets that were sent in the last second got lost, 0 to 1; -1 when it is not known.
    pub loss_sent: f64,
    /// Which part of the packets that were to come in the last second got lost, 0 to 1; -1 when it is not known.
    pub loss_received: f64,
    /// What the network carries, in kilobits per second; -1 when it is not known, and for what is received.
    pub estimated_kbps: i32,
    /// A VSDK_TRANSPORT_PROTOCOL_ constant; -1 while no way was found.
    pub protocol: VsdkTransportProtocol,
    /// 1 while there is a way in this direction at all; else 0, and nothing else is known.
    pub is_open: i32,
    /// 1 while something can go this way, else 0.
    pub is_connected: i32,
}

// SAFETY: `repr(C)`, the size is its first field, the rest are numbers, and four 4-byte ones leave
// no gap.
unsafe impl Structure for VsdkTransportStatistics {
    const NAME: &'static str = "VsdkTransportStatistics";
    const INITIALISER: &'static str = "VSDK_TRANSPORT_STATISTICS_INIT";

    fn empty(struct_size: usize) -> Self {
        Self {
            struct_size,
            bytes_sent: 0,
            bytes_received: 0,
            packets_sent: 0,
            packets_received: 0,
            round_trip_ms: 0.0,
            loss_sent: 0.0,
            loss_received: 0.0,
            estimated_kbps: 0,
            protocol: 0,
            is_open: 0,
            is_connected: 0,
        }
    }
}

/// How one track is doing.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct VsdkTrackStatistics {
    /// The size of the structure as the program was compiled with it.
    pub struct_size: usize,
    /// Its id, as events tell it; borrowed from the statistics, valid until they are freed.
    pub track_id: *const c_char,
    /// Who sends it; borrowed from the statistics, valid until they are freed.
    pub participant_id: *const c_char,
    /// How many frames were taken: from the app when it is sent, from the network when it is received.
    pub frames: i64,
    /// Of a track that is sent, the frames that were refused because too many waited, or needed one that was; of one that is received, those that were not read in time. Of both, those that the transform of frames has dropped.
    pub frames_dropped: i64,
    /// Of a track that is received, the frames that could not have been decoded for want of others; -1 for one that is sent.
    pub frames_undecodable: i64,
    /// Of a track that is received, how often frames were missing on arrival, lost for good on the way; -1 for one that is sent.
    pub frame_gaps: i64,
    /// How many streams it has: one for each layer of a track that is sent, else one.
    pub stream_count: usize,
    /// 1 when this participant sends it, else 0.
    pub is_local: i32,
    /// What it is, a VSDK_TRACK_KIND_ constant.
    pub kind: VsdkTrackKind,
    /// How it is encoded, a VSDK_CODEC_ constant.
    pub codec: VsdkCodec,
    /// Always 0.
    pub reserved: i32,
}

// SAFETY: `repr(C)`, the size is its first field, the rest are numbers and pointers that are never
// followed here, and four 4-byte ones leave no gap.
unsafe impl Structure for VsdkTrackStatistics {
    const NAME: &'static str = "VsdkTrackStatistics";
    const INITIALISER: &'static str = "VSDK_TRACK_STATISTICS_INIT";

    fn empty(struct_size: usize) -> Self {
        Self {
            struct_size,
            track_id: std::ptr::null(),
            participant_id: std::ptr::null(),
            frames: 0,
            frames_dropped: 0,
            frames_undecodable: 0,
            frame_gaps: 0,
            stream_count: 0,
            is_local: 0,
            kind: 0,
            codec: 0,
            reserved: 0,
        }
    }
}

/// How one stream of a track is doing: one of the sizes of a simulcast, or all there is.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct VsdkStreamStatistics {
    /// The size of the structure as the program was compiled with it.
    pub struct_size: usize,
    /// What its packets are known by (RFC 3550); -1 before some flowed.
    pub ssrc: i64,
    /// What was in its packets, with those that were sent again, in bytes.
    pub bytes: i64,
    /// How many packets, with those that were sent again.
    pub packets: i64,
    /// Of a track that is sent, how many packets the service reports never to have got the first time; -1 before it reports, and for a track that is received.
    pub packets_lost: i64,
    /// Messages that asked for packets once more (NACK): from the service for a track that is sent, to it for one that is received. One can ask for several packets.
    pub nack_count: i64,
    /// Likewise those that asked for a key frame because pictures were lost (PLI).
    pub pli_count: i64,
    /// Likewise those that asked for a key frame for another reason (FIR).
    pub fir_count: i64,
    /// Which part of the packets got lost before any were sent again, 0 to 1, by the last report of whoever receives it; -1 when it is not known.
    pub loss: f64,
    /// There and back, in milliseconds, by that report; -1 when it is not known.
    pub round_trip_ms: f64,
    /// How unevenly packets come, in milliseconds, by that report; -1 when it is not known.
    pub jitter_ms: f64,
}

// SAFETY: `repr(C)`, the size is its first field, and all others are numbers of 8 bytes.
unsafe impl Structure for VsdkStreamStatistics {
    const NAME: &'static str = "VsdkStreamStatistics";
    const INITIALISER: &'static str = "VSDK_STREAM_STATISTICS_INIT";

    fn empty(struct_size: usize) -> Self {
        Self {
            struct_size,
            ssrc: 0,
            bytes: 0,
            packets: 0,
            packets_lost: 0,
            nack_count: 0,
            pli_count: 0,
            fir_count: 0,
            loss: 0.0,
            round_trip_ms: 0.0,
            jitter_ms: 0.0,
        }
    }
}

pub(super) struct StatisticsObject {
    statistics: MediaStatistics,
    /// Of each track, in the order of the tracks.
    texts: Vec<TrackTexts>,
    /// Made when it is asked for: with many in the room it is long.
    json: OnceCell<Text>,
}

struct TrackTexts {
    track_id: Text,
    participant_id: Text,
}

object!(StatisticsObject, MediaStatistics, VsdkMediaStatistics);

impl From<MediaStatistics> for StatisticsObject {
    fn from(statistics: MediaStatistics) -> Self {
        let texts = |track: &TrackStatistics| TrackTexts {
            track_id: Text::new(&track.track_id),
            participant_id: Text::new(&track.participant_id),
        };
        Self {
            texts: statistics.tracks.iter().map(texts).collect(),
            json: OnceCell::new(),
            statistics,
        }
    }
}

impl StatisticsObject {
    pub(super) fn track(&self, index: usize) -> Result<&TrackStatistics> {
        let tracks = &self.statistics.tracks;
        tracks.get(index).ok_or_else(|| {
            Error::new(
                Status::InvalidArgument,
                format!(
                    "There is no track {index} in these statistics of {}",
                    tracks.len()
                ),
                "Ask vsdk_media_statistics_track_count() first.",
            )
        })
    }

    fn stream(&self, track: usize, index: usize) -> Result<&StreamStatistics> {
        let streams = &self.track(track)?.streams;
        streams.get(index).ok_or_else(|| {
            Error::new(
                Status::InvalidArgument,
                format!(
                    "There is no stream {index} of track {track}, which has {}",
                    streams.len()
                ),
                "The track's stream_count says how many there are.",
            )
        })
    }
}

/// A count as C has it.
pub(super) fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn optional_count(number: Option<impl Into<u64>>) -> i64 {
    number.map_or(UNKNOWN, |number| count(number.into()))
}

fn optional_number(number: Option<impl Into<f64>>) -> f64 {
    number.map_or(UNKNOWN as f64, Into::into)
}

/// How one way of media is doing.
///
/// @param[in] statistics The statistics.
/// @param[in] direction A VSDK_TRANSPORT_DIRECTION_ constant.
/// @param[in,out] transport VSDK_TRANSPORT_STATISTICS_INIT, which is filled in; all 0 on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, also when there is no such way at the moment, VSDK_STATUS_INVALID_ARGUMENT when there is no such direction.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_media_statistics_transport(
    statistics: *const VsdkMediaStatistics,
    direction: VsdkTransportDirection,
    transport: *mut VsdkTransportStatistics,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the structure and `error`.
    unsafe {
        let transport = Filled::new(transport);
        guard::status("media_statistics_transport", error, || {
            let transport = transport.required("transport")?;
            let object = handle::get::<StatisticsObject>(statistics)?;
            let found = match Direction::from_number(direction)? {
                Direction::Send => &object.statistics.send,
                Direction::Receive => &object.statistics.receive,
            };
            let none = TransportStatistics::default();
            let is_open = found.is_some();
            let found = found.as_ref().unwrap_or(&none);
            transport.set(|transport| {
                transport.bytes_sent = count(found.bytes_sent);
                transport.bytes_received = count(found.bytes_received);
                transport.packets_sent = count(found.packets_sent);
                transport.packets_received = count(found.packets_received);
                transport.round_trip_ms = optional_number(found.round_trip_ms);
                transport.loss_sent = optional_number(found.loss_sent);
                transport.loss_received = optional_number(found.loss_received);
                let kbps = optional_count(found.estimated_kbps);
                transport.estimated_kbps = i32::try_from(kbps).unwrap_or(i32::MAX);
                let protocol = found.protocol.map(|it| it as VsdkTransportProtocol);
                transport.protocol = protocol.unwrap_or(UNKNOWN as VsdkTransportProtocol);
                transport.is_open = i32::from(is_open);
                transport.is_connected = i32::from(found.is_connected);
            });
            Ok(())
        })
    }
}

/// How many tracks there are, those of this participant included.
///
/// @param[in] statistics The statistics.
/// @return The number; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_media_statistics_track_count(
    statistics: *const VsdkMediaStatistics,
) -> usize {
    guard::value(0, || {
        let object = handle::get::<StatisticsObject>(statistics)?;
        Ok(object.statistics.tracks.len())
    })
}

/// How one track is doing: those of this participant come first.
///
/// @param[in] statistics The statistics.
/// @param[in] index Which one, from 0.
/// @param[in,out] track VSDK_TRACK_STATISTICS_INIT, which is filled in; all 0 on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT when there is no such track.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_media_statistics_track(
    statistics: *const VsdkMediaStatistics,
    index: usize,
    track: *mut VsdkTrackStatistics,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the structure and `error`.
    unsafe {
        let track = Filled::new(track);
        guard::status("media_statistics_track", error, || {
            let track = track.required("track")?;
            let object = handle::get::<StatisticsObject>(statistics)?;
            let found = object.track(index)?;
            let texts = &object.texts[index];
            let if_received = |number| {
                if found.is_local {
                    UNKNOWN
                } else {
                    count(number)
                }
            };
            track.set(|track| {
                track.track_id = texts.track_id.pointer();
                track.participant_id = texts.participant_id.pointer();
                track.frames = count(found.frames);
                track.frames_dropped = count(found.frames_dropped);
                track.frames_undecodable = if_received(found.frames_undecodable);
                track.frame_gaps = if_received(found.frame_gaps);
                track.stream_count = found.streams.len();
                track.is_local = i32::from(found.is_local);
                track.kind = found.kind as VsdkTrackKind;
                track.codec = found.codec as VsdkCodec;
            });
            Ok(())
        })
    }
}

/// How one stream of a track is doing: the smallest layer comes first.
///
/// @param[in] statistics The statistics.
/// @param[in] track_index Of which track, from 0.
/// @param[in] stream_index Which one, from 0.
/// @param[in,out] stream VSDK_STREAM_STATISTICS_INIT, which is filled in; all 0 on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT when there is no such track or stream.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_media_statistics_stream(
    statistics: *const VsdkMediaStatistics,
    track_index: usize,
    stream_index: usize,
    stream: *mut VsdkStreamStatistics,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the structure and `error`.
    unsafe {
        let stream = Filled::new(stream);
        guard::status("media_statistics_stream", error, || {
            let stream = stream.required("stream")?;
            let object = handle::get::<StatisticsObject>(statistics)?;
            let found = object.stream(track_index, stream_index)?;
            stream.set(|stream| {
                stream.ssrc = optional_count(found.ssrc);
                stream.bytes = count(found.bytes);
                stream.packets = count(found.packets);
                stream.packets_lost = optional_count(found.packets_lost);
                stream.nack_count = count(found.nack_count);
                stream.pli_count = count(found.pli_count);
                stream.fir_count = count(found.fir_count);
                stream.loss = optional_number(found.loss);
                stream.round_trip_ms = optional_number(found.round_trip_ms);
                stream.jitter_ms = optional_number(found.jitter_ms);
            });
            Ok(())
        })
    }
}

/// All of them; what is not known is null.
///
/// @param[in] statistics The statistics.
/// @return borrowed from statistics. A JSON object; NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_media_statistics_json(
    statistics: *const VsdkMediaStatistics,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<StatisticsObject>(statistics)?;
        let json = || Text::new(&object.statistics.to_json());
        Ok(object.json.get_or_init(json).pointer())
    })
}

/// Frees statistics.
///
/// @param[in] statistics nullable, freed. The statistics.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_media_statistics_free(statistics: *mut VsdkMediaStatistics) {
    guard::value((), || {
        handle::free::<StatisticsObject>(statistics);
        Ok(())
    });
}
