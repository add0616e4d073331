/// @file
/// Remote tracks: what others send.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_REMOTE_TRACK_HPP
#define VSDK_REMOTE_TRACK_HPP

#include <cstdint>
#include <string>
#include <utility>

#include "audio.hpp"
#include "detail.hpp"
#include "devices.hpp"
#include "frame.hpp"
#include "media.hpp"
#include "next.hpp"
#include "operation.hpp"
#include "text.hpp"
#include "timeout.hpp"
#include "video.hpp"

namespace vsdk {

/// A track that somebody else sends; see Meeting::remote_track().
///
/// Its frames are read with next_frame(), or come to a handler, not both. About a second of sound
/// and two of pictures wait to be read; ReceivedFrame::follows_gap() tells what is lost beyond
/// that. Closing or destroying this object ends nothing: the track goes on, and so does its
/// handler.
///
/// What asks the service for something comes in two forms and throws as in Meeting, and Error
/// (not_found) when the track is no longer sent.
class RemoteTrack : public detail::Object<VsdkRemoteTrack> {
public:
    /// Takes over a handle of vsdk.h. Never throws.
    explicit RemoteTrack(VsdkRemoteTrack *owned) noexcept : Object(owned) {}

    /// Its id, the same for everybody in the meeting.
    std::string id() const { return detail::text(vsdk_remote_track_id(native_handle())); }

    /// Who sends it.
    std::string participant_id() const {
        return detail::text(vsdk_remote_track_participant_id(native_handle()));
    }

    /// What it is. Never throws.
    TrackKind kind() const noexcept {
        return static_cast<TrackKind>(vsdk_remote_track_kind(native_handle()));
    }

    /// How its frames are encoded. Never throws.
    Codec codec() const noexcept {
        return static_cast<Codec>(vsdk_remote_track_codec(native_handle()));
    }

    /// The next frame; empty when none came within `timeout`, or when none will come, for the track
    /// is no longer sent: then closed() of the answer is true. Blocks at most `timeout`. Throws
    /// Error (invalid_state while a frame handler is set or there is an audio output; would_deadlock
    /// when it would wait inside a callback).
    NextFrame next_frame(Timeout timeout = infinite) {
        VsdkReceivedFrame *frame = nullptr;
        const VsdkStatus status =
            detail::call(vsdk_remote_track_next_frame, native_handle(), timeout.c_value(), &frame);
        if (frame != nullptr)
            return NextFrame(ReceivedFrame(frame));
        return NextFrame(status == VSDK_STATUS_CLOSED);
    }

    /// From now on its frames go to the handler, those that wait first; an empty one lets them wait
    /// again.
    ///
    /// When this returns, an earlier handler is not running and will not run again, unless this is
    /// called from inside it. It ends with the track. Throws Error (invalid_state while there is an
    /// audio output, resource_exhausted).
    void set_frame_handler(FrameHandler handler) {
        detail::set_handler(detail::on_frame, std::move(handler),
                            vsdk_remote_track_set_frame_handler, native_handle());
    }

    /// Sets what is called whenever there is something to read after there was nothing, and at the
    /// end of the track; an empty one is nothing.
    ///
    /// Made for event loops: let it signal the loop, and read there with a timeout of 0 until there is
    /// nothing. Runs on the media thread. Throws Error (resource_exhausted).
    void set_wake_handler(WakeHandler handler) {
        detail::set_handler(detail::on_wake, std::move(handler), vsdk_remote_track_set_wake_handler,
                            native_handle());
    }

    /// How many frames wait to be read. A transform may still drop some of them. Never throws.
    std::int32_t waiting_frames() const noexcept {
        return vsdk_remote_track_waiting_frames(native_handle());
    }

    /// Throws away the frames that wait, e.g. to be in time again after a pause of the program. The
    /// next frame tells of the gap; pictures go on with a key frame, which is asked for. Does not
    /// block.
    void flush() { detail::call(vsdk_remote_track_flush, native_handle()); }

    /// Its sound, decoded for playing. Its frames go there from now on, until it is destroyed;
    /// several outputs each get all of it. Does not block. Throws Error (invalid_state when the
    /// track has a frame handler, invalid_argument for other formats and for a track of pictures,
    /// unsupported for other codecs than Opus and when this build of the library has none,
    /// resource_exhausted).
    AudioOutput audio_output(AudioFormat format) {
        return detail::make<AudioOutput>(vsdk_remote_track_audio_output, native_handle(),
                                         format.sample_rate, format.channels);
    }

    /// Opens a speaker, the default one without an id, and plays this track alone on it. Its frames
    /// go there until it is destroyed. Blocks and throws as LocalTrack::open_microphone(), and
    /// invalid_state when the track has a frame handler.
    AudioDevice open_speaker(const TextArg &device_id = nullptr) {
        return detail::make<AudioDevice>(vsdk_audio_device_open_track_speaker, native_handle(),
                                         device_id.c_str());
    }

    /// Its pictures, decoded for showing, as PictureFormat::i420 or PictureFormat::rgba. Its frames go
    /// there from now on, until it is destroyed; several outputs each get all of them. Does not
    /// block. Throws Error (invalid_state when the track has a frame handler, invalid_argument for
    /// other formats and for a track of sound, unsupported for other codecs than VP8 and when this
    /// build of the library has none, resource_exhausted).
    VideoOutput video_output(PictureFormat format) {
        return detail::make<VideoOutput>(vsdk_remote_track_video_output, native_handle(),
                                         static_cast<VsdkPictureFormat>(format));
    }

    /// Asks its sender for a key frame; at most twice a second that is passed on. Does not block.
    void request_key_frame() { detail::call(vsdk_remote_track_request_key_frame, native_handle()); }

    /// Lets the service send nothing of it for now. Blocks and throws as above.
    void pause(Timeout timeout = default_timeout) {
        detail::call(vsdk_remote_track_pause, native_handle(), timeout.c_value());
    }

    /// Starts pause() and does not wait.
    Op<void> pause_async(Timeout timeout = default_timeout, Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_remote_track_pause_async, native_handle(),
                                   timeout.c_value());
    }

    /// Lets the service go on with it after pause(). Blocks and throws as above.
    void resume(Timeout timeout = default_timeout) {
        detail::call(vsdk_remote_track_resume, native_handle(), timeout.c_value());
    }

    /// Starts resume() and does not wait.
    Op<void> resume_async(Timeout timeout = default_timeout, Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_remote_track_resume_async, native_handle(),
                                   timeout.c_value());
    }

    /// How large it is shown, in pixels of the screen: the smallest size that covers that is received,
    /// if it is sent in several, at its full rate; the largest where none does, or the sender does not
    /// tell sizes. With 0 x 0, when nothing of it is seen, that is the smallest: to receive nothing
    /// there is pause(). A side of 0 beside another one leaves that side open.
    ///
    /// Fit to be called whenever a window changes: the service is asked, and not waited for, only when
    /// another size follows. It takes the place of set_preferred_layers(): what was said last of the
    /// two holds, for all objects of the track, and is asked for again by itself when the track comes
    /// back on a new connection. Does not block. Throws Error (invalid_argument for negative sizes and
    /// for a track of sound, not_found when it is no longer sent).
    void set_viewport(std::int32_t width, std::int32_t height) {
        detail::call(vsdk_remote_track_set_viewport, native_handle(), width, height);
    }

    /// Which size and rate of it to receive at most, if it is sent in several; 0 is the smallest
    /// and the lowest. It takes the place of set_viewport() and holds as that does. Blocks and throws
    /// as above.
    void set_preferred_layers(std::int32_t spatial_layer, std::int32_t temporal_layer,
                              Timeout timeout = default_timeout) {
        detail::call(vsdk_remote_track_set_preferred_layers, native_handle(), spatial_layer,
                     temporal_layer, timeout.c_value());
    }

    /// Starts set_preferred_layers() and does not wait.
    Op<void> set_preferred_layers_async(std::int32_t spatial_layer, std::int32_t temporal_layer,
                                        Timeout timeout = default_timeout, Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_remote_track_set_preferred_layers_async,
                                   native_handle(), spatial_layer, temporal_layer,
                                   timeout.c_value());
    }
};

} // namespace vsdk

#endif // VSDK_REMOTE_TRACK_HPP
