/// @file
/// What became of something that was pushed.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_PUSHED_HPP
#define VSDK_PUSHED_HPP

#include <cstdint>

#include "detail.hpp"

namespace vsdk {

/// What became of a frame, or of raw sound, that was pushed.
enum class Pushed : std::int32_t {
    /// It goes out.
    queued = VSDK_STATUS_OK,
    /// Not taken, for nobody is there to take it: the track is off, the meeting not joined, or the
    /// connection is being made anew. Nothing is to be done; pictures begin with a key frame once
    /// there is a way.
    not_sending = VSDK_STATUS_NOT_SENDING,
    /// Not taken, for too much waits already: the network is slower than the encoder. Of pictures,
    /// those up to the next key frame are refused as well.
    full = VSDK_STATUS_FULL,
    /// Not taken, for it cannot be decoded without one that was not sent. Make a key frame.
    needs_key_frame = VSDK_STATUS_NEEDS_KEY_FRAME,
    /// Not taken, for its layer is switched off for lack of bandwidth. Save the work of encoding it
    /// until its target is active again.
    layer_off = VSDK_STATUS_LAYER_OFF,
    /// Not taken, for the program's transform of frames has dropped it. Of pictures, the next one has
    /// to be a key frame.
    dropped = VSDK_STATUS_DROPPED,
};

} // namespace vsdk

#endif // VSDK_PUSHED_HPP
