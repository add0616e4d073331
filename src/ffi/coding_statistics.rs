//! How raw media is doing: what is encoded and decoded here, at one moment.

use super::error::VsdkError;
use super::guard;
use super::handle;
use super::library::VsdkStatus;
use super::media_statistics::{StatisticsObject, VsdkMediaStatistics, count};
use super::structure::{Filled, Structure};

/// How the sound of one track is played, which is decoded here.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct VsdkPlayoutStatistics {
    /// The size of the structure as the program was compiled with it.
    pub struct_size: usize,
    /// How long sound is held back, against the fastest packets, in milliseconds.
    pub delay_ms: f64,
    /// How long it should be, for most packets to come in time, in milliseconds.
    pub target_delay_ms: f64,
    /// All that was asked for, in frames of 48,000 hertz.
    pub played_frames: i64,
    /// Of those, what was made up because it got lost or was late.
    pub concealed_frames: i64,
    /// Of those, what was silence because nothing was to be heard.
    pub silent_frames: i64,
    /// What was left out to shorten the delay, in frames of 48,000 hertz.
    pub removed_frames: i64,
    /// What was played twice to lengthen it, likewise.
    pub inserted_frames: i64,
    /// Packets that came too late to be played.
    pub late_packets: i64,
    /// Packets that the transform of frames has dropped.
    pub dropped_packets: i64,
    /// 1 while raw sound is asked for; else 0, and nothing else is known.
    pub is_active: i32,
    /// Always 0.
    pub reserved: i32,
}

// SAFETY: `repr(C)`, the size is its first field, the rest are numbers, and two 4-byte ones leave no
// gap.
unsafe impl Structure for VsdkPlayoutStatistics {
    const NAME: &'static str = "VsdkPlayoutStatistics";
    const INITIALISER: &'static str = "VSDK_PLAYOUT_STATISTICS_INIT";

    fn empty(struct_size: usize) -> Self {
        Self {
            struct_size,
            delay_ms: 0.0,
            target_delay_ms: 0.0,
            played_frames: 0,
            concealed_frames: 0,
            silent_frames: 0,
            removed_frames: 0,
            inserted_frames: 0,
            late_packets: 0,
            dropped_packets: 0,
            is_active: 0,
            reserved: 0,
        }
    }
}

/// How the pictures of one track are encoded, which raw ones are pushed for. All count from the beginning of the input.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct VsdkEncodingStatistics {
    /// The size of the structure as the program was compiled with it.
    pub struct_size: usize,
    /// How many pictures were encoded, in one size or in several.
    pub pictures: i64,
    /// Those that a later one has overtaken because the encoder was too slow.
    pub overtaken: i64,
    /// How often one was left out in one size or in all, because the network or the bit rate does not carry more.
    pub left_out: i64,
    /// How long one takes, in all its sizes, in milliseconds; the mean of the last ten or so.
    pub encode_ms: f64,
    /// By what each side is divided because the encoder would not keep up otherwise; 1 while it does.
    pub reduced_by: f64,
    /// 1 while raw pictures are pushed; else 0, and nothing else is known.
    pub is_active: i32,
    /// Always 0.
    pub reserved: i32,
}

// SAFETY: `repr(C)`, the size is its first field, the rest are numbers, and two 4-byte ones leave no
// gap.
unsafe impl Structure for VsdkEncodingStatistics {
    const NAME: &'static str = "VsdkEncodingStatistics";
    const INITIALISER: &'static str = "VSDK_ENCODING_STATISTICS_INIT";

    fn empty(struct_size: usize) -> Self {
        Self {
            struct_size,
            pictures: 0,
            overtaken: 0,
            left_out: 0,
            encode_ms: 0.0,
            reduced_by: 0.0,
            is_active: 0,
            reserved: 0,
        }
    }
}

/// How the pictures of one track are decoded, of which raw ones are asked for. All count from the beginning of the output.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct VsdkDecodingStatistics {
    /// The size of the structure as the program was compiled with it.
    pub struct_size: usize,
    /// How many pictures were decoded.
    pub pictures: i64,
    /// Of those, what a later one has overtaken before it was read.
    pub overtaken: i64,
    /// Frames that could not be decoded, for want of others or because they came faster than they are decoded.
    pub undecodable: i64,
    /// How long one takes, in milliseconds; the mean of the last ten or so.
    pub decode_ms: f64,
    /// 1 while raw pictures are asked for; else 0, and nothing else is known.
    pub is_active: i32,
    /// Always 0.
    pub reserved: i32,
}

// SAFETY: `repr(C)`, the size is its first field, the rest are numbers, and two 4-byte ones leave no
// gap.
unsafe impl Structure for VsdkDecodingStatistics {
    const NAME: &'static str = "VsdkDecodingStatistics";
    const INITIALISER: &'static str = "VSDK_DECODING_STATISTICS_INIT";

    fn empty(struct_size: usize) -> Self {
        Self {
            struct_size,
            pictures: 0,
            overtaken: 0,
            undecodable: 0,
            decode_ms: 0.0,
            is_active: 0,
            reserved: 0,
        }
    }
}

/// How the sound of a track is played, while an output or a mixer takes it.
///
/// @param[in] statistics The statistics.
/// @param[in] track_index Of which track, from 0.
/// @param[in,out] playout VSDK_PLAYOUT_STATISTICS_INIT, which is filled in; all 0 on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, also when nothing of the kind is done at the moment, VSDK_STATUS_INVALID_ARGUMENT when there is no such track.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_media_statistics_playout(
    statistics: *const VsdkMediaStatistics,
    track_index: usize,
    playout: *mut VsdkPlayoutStatistics,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the structure and `error`.
    unsafe {
        let playout = Filled::new(playout);
        guard::status("media_statistics_playout", error, || {
            let playout = playout.required("playout")?;
            let object = handle::get::<StatisticsObject>(statistics)?;
            let found = object.track(track_index)?.playout;
            playout.set(|playout| {
                playout.is_active = i32::from(found.is_some());
                let found = found.unwrap_or_default();
                playout.delay_ms = found.delay_ms;
                playout.target_delay_ms = found.target_delay_ms;
                playout.played_frames = count(found.played_frames);
                playout.concealed_frames = count(found.concealed_frames);
                playout.silent_frames = count(found.silent_frames);
                playout.removed_frames = count(found.removed_frames);
                playout.inserted_frames = count(found.inserted_frames);
                playout.late_packets = count(found.late_packets);
                playout.dropped_packets = count(found.dropped_packets);
            });
            Ok(())
        })
    }
}

/// How the pictures of a track are encoded, while it has an input for raw ones.
///
/// @param[in] statistics The statistics.
/// @param[in] track_index Of which track, from 0.
/// @param[in,out] encoding VSDK_ENCODING_STATISTICS_INIT, which is filled in; all 0 on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, also when nothing of the kind is done at the moment, VSDK_STATUS_INVALID_ARGUMENT when there is no such track.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_media_statistics_encoding(
    statistics: *const VsdkMediaStatistics,
    track_index: usize,
    encoding: *mut VsdkEncodingStatistics,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the structure and `error`.
    unsafe {
        let encoding = Filled::new(encoding);
        guard::status("media_statistics_encoding", error, || {
            let encoding = encoding.required("encoding")?;
            let object = handle::get::<StatisticsObject>(statistics)?;
            let found = object.track(track_index)?.encoding;
            encoding.set(|encoding| {
                encoding.is_active = i32::from(found.is_some());
                let found = found.unwrap_or_default();
                encoding.pictures = count(found.pictures);
                encoding.overtaken = count(found.overtaken);
                encoding.left_out = count(found.left_out);
                encoding.encode_ms = found.encode_ms;
                encoding.reduced_by = found.reduced_by;
            });
            Ok(())
        })
    }
}

/// How the pictures of a track are decoded, while an output takes them.
///
/// @param[in] statistics The statistics.
/// @param[in] track_index Of which track, from 0.
/// @param[in,out] decoding VSDK_DECODING_STATISTICS_INIT, which is filled in; all 0 on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, also when nothing of the kind is done at the moment, VSDK_STATUS_INVALID_ARGUMENT when there is no such track.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_media_statistics_decoding(
    statistics: *const VsdkMediaStatistics,
    track_index: usize,
    decoding: *mut VsdkDecodingStatistics,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the structure and `error`.
    unsafe {
        let decoding = Filled::new(decoding);
        guard::status("media_statistics_decoding", error, || {
            let decoding = decoding.required("decoding")?;
            let object = handle::get::<StatisticsObject>(statistics)?;
            let found = object.track(track_index)?.decoding;
            decoding.set(|decoding| {
                decoding.is_active = i32::from(found.is_some());
                let found = found.unwrap_or_default();
                decoding.pictures = count(found.pictures);
                decoding.overtaken = count(found.overtaken);
                decoding.undecodable = count(found.undecodable);
                decoding.decode_ms = found.decode_ms;
            });
            Ok(())
        })
    }
}
